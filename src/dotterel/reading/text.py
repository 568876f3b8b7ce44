"""Makes a report of a text: finds its title, date, agency and dateline, and leaves out what is no part of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256

from dotterel.errors import InputError
from dotterel.reading.datelines import cut_credit, find_dateline, read_byline, read_credit
from dotterel.reading.dates import dates_of_line
from dotterel.reading.furniture import is_prose, without_furniture
from dotterel.reading.language import why_not_english
from dotterel.reading.layout import normalised, without_csv_quotes, without_wrapping
from dotterel.settings import MAX_REPORT_CHARS, MAX_REPORT_WORDS
from dotterel.types import Report

_HEADER_LINES = 8  # lines with words among which title, byline and a date without a label are looked for
_FOOTER_LINES = 3  # lines with words at the end among which a credit and a date without a label are looked for
_DATELINE_PARAGRAPHS = 4  # a title may be followed by a summary or two before the dateline
_LONGEST_TITLE = 200  # characters
_SPEAKER = re.compile(r"[A-Z][A-Z .'’-]{2,30}:\s")  # of a transcript: "SMITH: ..."
WORD_OR_SIGN = re.compile(r"\w+|[^\w\s]")
_ENDS_IN_ACRONYM = re.compile(r"(?:\b[A-Z]\.){2,}$")


@dataclass(slots=True)
class _Draft:
    """A report while its lines are read."""

    title: str | None
    lines: list[str]
    dates: dict[str, date] = field(default_factory=dict)  # published, updated, plain, dateline -> day
    agency: str | None = None
    dateline: str | None = None
    dateline_day: str | None = None

    def note(self, dates: dict[str, date], agency: str | None = None) -> None:
        """Keep the first date of each kind, and the first agency."""
        self.dates = dates | self.dates
        self.agency = self.agency or agency

    def published(self) -> date | None:
        """The day of publication: as labelled, else as it stands alone, in the dateline, or of the last update."""
        kinds = ("published", "plain", "dateline", "updated")
        return next((self.dates[kind] for kind in kinds if kind in self.dates), None)


def report_id(title: str | None, text: str, published: date | None) -> str:
    """Sixteen hexadecimal digits that are the same for the same title, text and day of publication."""
    content = "\x1f".join((title or "", text, published.isoformat() if published else ""))
    return sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def report_as_is(text: str) -> Report:
    """A report of exactly that text: nothing removed, no title, no date."""
    return Report(id=report_id(None, text, None), text=text)


def with_default_date(report: Report, published: date | None) -> Report:
    """The report, with that day of publication where it has none."""
    if published is None or report.published is not None:
        return report
    return replace(report, published=published, id=report_id(report.title, report.text, published))


def report_from_text(
    raw: str,
    *,
    title: str | None = None,
    published: date | None = None,
    path: str | None = None,
    source: str | None = None,
    url: str | None = None,
    agency: str | None = None,
) -> Report:
    """The report a text holds: title, a blank line, body; furniture, dates, byline and dateline taken out.

    Paragraphs keep their own newlines; every other character stays as written. What is given (title, day, agency)
    goes before what the text says. Raises InputError, naming the path, where the text is empty, too long, nothing
    but page furniture, or plainly not in English.
    """
    name = path or "text"
    _check_size(raw, name)
    draft = _read(raw, " ".join(normalised(title).split()) if title else None)
    body = "\n".join(draft.lines)
    text = "\n\n".join(part for part in (draft.title, body) if part)
    _check_language(text, name)
    day = published or draft.published()
    return Report(
        id=report_id(draft.title, text, day),
        text=text,
        title=draft.title,
        published=day,
        source=source,
        agency=agency or draft.agency,
        dateline=draft.dateline,
        dateline_day=draft.dateline_day,
        url=url,
        path=path,
    )


def _check_size(raw: str, name: str) -> None:
    if len(raw) > MAX_REPORT_CHARS:
        raise InputError(
            f"{name}: is {len(raw):,} characters long, more than the {MAX_REPORT_CHARS:,} a report may have; "
            "split it into single reports",
            name,
        )
    if not any(c.isalpha() for c in raw):
        raise InputError(f"{name}: has no words in it; leave it out", name)
    if len(raw) > MAX_REPORT_WORDS:  # a word has a character at least
        check_words(raw, name)


def check_words(text: str, name: str) -> int:
    """How many words and signs a text has, about as the parser counts them.

    Raises InputError where they are more than a report may have.
    """
    words = sum(1 for _ in WORD_OR_SIGN.finditer(text))
    if words > MAX_REPORT_WORDS:
        raise InputError(
            f"{name}: is {words:,} words and signs long, more than the {MAX_REPORT_WORDS:,} a report may have; "
            "split it into single reports",
            name,
        )
    return words


def _check_language(text: str, name: str) -> None:
    if not any(c.isalpha() for c in text):
        raise InputError(
            f"{name}: holds nothing but page furniture and dates; leave it out, or give its full text", name
        )
    reason = why_not_english(text)
    if reason:
        raise InputError(f"{name}: report is not in English ({reason}); leave it out, or translate it first", name)


def _read(raw: str, title: str | None) -> _Draft:
    """The text taken apart, step by step."""
    lines = [without_csv_quotes(line) for line in normalised(raw).split("\n")]
    draft = _Draft(title, without_furniture(without_wrapping(lines)))
    _take_labelled_dates(draft)
    _take_header(draft)
    _take_footer(draft)
    _take_dateline(draft)
    draft.lines = _without_outer_blanks(draft.lines)
    return draft


def _with_words(lines: list[str]) -> list[int]:
    """The indices of the lines that are not blank."""
    return [n for n, line in enumerate(lines) if line.strip()]


def _without_outer_blanks(lines: list[str]) -> list[str]:
    """The lines without blank ones at either end, and with one blank line wherever there were several."""
    worded = _with_words(lines)
    if not worded:
        return []
    inner = lines[worded[0] : worded[-1] + 1]
    return [line for n, line in enumerate(inner) if line.strip() or inner[n - 1].strip()]


def _drop(draft: _Draft, numbers: Iterable[int]) -> None:
    gone = set(numbers)
    draft.lines = [line for n, line in enumerate(draft.lines) if n not in gone]


def _take_labelled_dates(draft: _Draft) -> None:
    """Take out, wherever they stand, the lines that say when the report was published or updated."""
    dated = {n: dates for n in _with_words(draft.lines) if (dates := dates_of_line(draft.lines[n]))}
    labelled = {n: dates for n, dates in dated.items() if dates.keys() != {"plain"}}
    for dates in labelled.values():
        draft.note(dates)
    _drop(draft, labelled)


def _take_header(draft: _Draft) -> None:
    """Take out the title, a repetition of it, bylines, credits and dates above the first paragraph."""
    taken: list[int] = []
    for n in _with_words(draft.lines)[:_HEADER_LINES]:
        line = draft.lines[n]
        rest = draft.lines[n + 1 :]
        byline = read_byline(line)
        if dates := dates_of_line(line):
            draft.note(dates)
        elif byline and (draft.title or any(byline)):
            draft.note({"plain": byline[1]} if byline[1] else {}, byline[0])
        elif agency := read_credit(line):
            draft.note({}, agency)
        elif draft.title and _same_words(line, draft.title):
            pass
        elif draft.title is None and len(taken) == _rank(draft, n) and _is_title(line, rest):
            draft.title = line.strip()
        elif is_prose(line):
            break
        else:
            continue
        taken.append(n)
    _drop(draft, taken)


def _rank(draft: _Draft, number: int) -> int:
    """How many lines with words stand above that one."""
    return sum(1 for n in _with_words(draft.lines[:number]))


def _has_letters(lines: list[str]) -> bool:
    return any(c.isalpha() for line in lines for c in line)


def _same_words(line: str, title: str) -> bool:
    """Whether two lines are alike but for letter case and punctuation."""
    first, second = (re.sub(r"[\W_]+", "", text).casefold() for text in (line, title))
    return first == second


def _is_title(line: str, rest: list[str]) -> bool:
    """Whether a first line is a headline: short, no full stop at its end, no dateline, with more text after it."""
    bare = line.strip()
    if len(bare) > _LONGEST_TITLE or not _has_letters([bare]) or not _has_letters(rest):
        return False
    if bare.endswith((".", ",", ";", '."', ".”")) and not _ENDS_IN_ACRONYM.search(bare):
        return False
    dateline = find_dateline(bare, opening=True)
    if dateline and (dateline.agency or dateline.published):
        return False
    return not (rest[0].strip()[:1].islower())


def _take_footer(draft: _Draft) -> None:
    """Take out a date, byline or agency's credit that stands below the last paragraph, and a credit at its end."""
    taken: list[int] = []
    for n in reversed(_with_words(draft.lines)[1:][-_FOOTER_LINES:]):
        line = draft.lines[n]
        if dates := dates_of_line(line):
            draft.note(dates)
        elif agency := read_credit(line):
            draft.note({}, agency)
        else:
            draft.lines[n], agency = cut_credit(line)
            draft.note({}, agency)
            break
        taken.append(n)
    _drop(draft, taken)


def _take_dateline(draft: _Draft) -> None:
    """Take the dateline off the paragraph that has it, one of the first few."""
    transcript = sum(1 for line in draft.lines if _SPEAKER.match(line)) > 1
    for rank, n in enumerate(_with_words(draft.lines)[:_DATELINE_PARAGRAPHS]):
        line = draft.lines[n]
        blanks = len(line) - len(line.lstrip())
        found = find_dateline(line.lstrip(), opening=rank == 0 and not transcript)
        if found and _has_letters([line[blanks + found.length :], *draft.lines[n + 1 :]]):
            draft.lines[n] = line[blanks + found.length :].lstrip()
            draft.dateline, draft.dateline_day = found.place, found.day
            draft.note({"dateline": found.published} if found.published else {}, found.agency)
            if not draft.lines[n].strip():
                _drop(draft, [n])
            return
