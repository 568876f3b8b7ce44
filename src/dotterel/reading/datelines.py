"""Takes datelines, bylines and credit lines off a report, and says which agency and place they name."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from dotterel import tables
from dotterel.reading.dates import YEARLESS, dates_of_line, find_written_date

_LONGEST_DATELINE = 100  # characters
_LONGEST_BARE_PLACE = 4  # words of a place that no agency or date vouches for
_LONGEST_BYLINE = 140
_DASH = r"(?:\s*(?:—|–|―|--+)\s*|\s+[-_]\s+|(?<=[A-Z).])-\s+|\s+-$)"
_MARK = re.compile(rf"(?P<dash>{_DASH})|(?P<slash>(?<=/)\.?\s+)|(?P<colon>:(?:\s+|$))")
_BRACKETED = re.compile(r"\(([^()]{2,40})\)|(?<![\w])/([^/]{2,40})/")
_PLACE_WORD = re.compile(r"[^\W\d_][\w.'’/-]*")
_WITHIN_PLACE = {"of", "the", "and", "es", "du", "de", "la", "al", "el"}  # "Democratic Republic of the Congo"
_NAME = r"[^\W\d_a-z][\w.'’-]*"
_NAMES = rf"{_NAME}(?:\s+(?:{_NAME}|al|bin|da|de|del|den|der|di|du|el|la|le|van|von))" + "{0,4}"
_BYLINE = re.compile(
    rf"(?:[Bb]y|BY)\s+(?P<who>{_NAMES}(?:\s*(?:,|&|and|AND)\s*{_NAMES}){{0,5}})"
    rf"(?P<rest>(?:\s*(?:[,|/(–—-]|\bin\b|\bfor\b|\bof\b)\s*.{{1,80}})?)"
)
_INLINE_BYLINE = re.compile(r"^[Bb]y [^.]{3,60}\.\s+")  # "By Jane Doe. BOSTON (Reuters) - "
_CREDIT_END = re.compile(r"(?<=[.!?\"”’])\s*(?:[–—-]+\s*|\(|\[|/)\s*(?P<name>[\w.&'’ /-]{2,40}?)\s*[)\]/]?\.?$")
_CREDIT_LINE = re.compile(
    r"[\s(\[/–—-]*(?:(?:source|from|via|credit|agency)\s*:?\s+)?(?P<name>.{2,60}?)[\s)\]/.]*$", re.I
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """What the opening words of a report say about where, by whom and when it was written."""

    length: int  # characters of the line that are dateline
    place: str | None  # as written
    agency: str | None
    published: date | None
    day: str | None = None  # as `Report.dateline_day`


@lru_cache(maxsize=1)
def _agencies() -> dict[str, tuple[str, str]]:
    """Every form of an agency's name, case-folded -> the form as written in the table, the agency's name."""
    forms: dict[str, tuple[str, str]] = {}
    for row in tables.read("agencies"):
        for form in (row["name"], *row["alias"].split("|")):
            if form.strip():
                forms.setdefault(form.strip().casefold(), (form.strip(), row["name"]))
    return forms


def _known(words: str) -> str | None:
    """The agency that words name in full. A short form counts only as it is written ("MAP" is one, "Map" is none)."""
    form, name = _agencies().get(words.casefold(), ("", None))
    return name if len(form) > 4 or words.isupper() or words == form else None


@lru_cache(maxsize=1)
def _not_places() -> frozenset[str]:
    return frozenset(row["word"] for row in tables.read("not_datelines"))


def agency_of(words: str) -> str | None:
    """The name of the first news agency among words separated by commas, slashes or `and`; None where none is known."""
    for part in (words, *re.split(r"\s*(?:[,;/|&–—]|\s-\s|\band\b|\bin\b)\s*", words)):
        bare = part.strip(" .-()[]")
        name = _known(bare) or _known(re.sub(r"(?i)^the\s+|\s+staff$", "", bare))
        if name:
            return name
    return None


def _bracketed(head: str) -> tuple[str, str | None, bool]:
    """A dateline without its brackets, the agency they name, and whether that one is known."""
    contents = [first or second for first, second in _BRACKETED.findall(head)]
    named = next((agency for words in contents if (agency := agency_of(words))), None)
    written = next((words for words in contents if words[0].isupper() and not any(c.isdigit() for c in words)), None)
    dates = " ".join(words for words in contents if YEARLESS.search(words) or find_written_date(words))
    return f"{_BRACKETED.sub(' ', head)} {dates}", named or written, named is not None


def _without_date(head: str) -> tuple[str, date | None, str | None]:
    """A dateline without its date, the date where it has a year, and its day ("02-14" where it has none)."""
    full = find_written_date(head)
    if full:
        day, start, end = full
        return f"{head[:start]} {head[end:]}", day, day.isoformat()
    short = YEARLESS.search(head)
    leap = find_written_date(f"{short.group()} 2000") if short else None
    if short is None or leap is None:
        return head, None, None
    return head[: short.start()] + head[short.end() :], None, leap[0].isoformat()[5:]


def _is_place(words: str, capitals: bool) -> bool:
    """Whether words can be the place of a dateline: up to five, all in capitals, or each with one but "of", "the"."""
    parts = words.split()
    if not capitals:
        parts = [*parts[:1], *(part for part in parts[1:-1] if part not in _WITHIN_PLACE), *parts[1:][-1:]]
    letters = [c for c in words if c.isalpha()]
    if not 1 <= len(parts) <= 5 or len(letters) < (3 if capitals else 2) or words.upper() in _not_places():
        return False
    if not all(_PLACE_WORD.fullmatch(part) for part in parts):
        return False
    return all(c.isupper() for c in letters) if capitals else all(part[0].isupper() for part in parts)


def _pieces(words: str) -> list[str]:
    """The parts of a dateline between commas; the full stop after the place is taken off, that of "D.C." stays."""
    pieces = [bare for piece in words.split(",") if (bare := piece.strip(" ;-–—")).strip(".")]
    return [pieces[0].rstrip(" ."), *(piece.lstrip(" .") for piece in pieces[1:])] if pieces else []


def _agency_piece(pieces: list[str]) -> str | None:
    """The piece of a dateline that names the agency without brackets: a later one, or the only one."""
    return next((piece for piece in pieces[1:] or pieces if agency_of(piece)), None)


def _read_head(head: str, body: str, mark: str | None, opening: bool) -> Dateline | None:
    """The dateline that the words before a mark (dash, slash, colon, or none) make; None where they make none."""
    rest, agency, known = _bracketed(_INLINE_BYLINE.sub("", head))
    rest, published, day = _without_date(rest)
    pieces = _pieces(rest)
    named = None if agency else _agency_piece(pieces)
    if named:
        pieces.remove(named)
        agency, known = agency_of(named), True
    evidence = known or day is not None
    if not pieces:  # "(Reuters) - ", but not the "AP:" before a question of an interview
        return Dateline(0, None, agency, published, day) if known and (mark == "dash" or not named) else None
    proof = evidence or (body.strip() and (mark == "dash" or (mark == "colon" and opening)))
    place = _is_place(pieces[0], capitals=True) or (evidence and _is_place(pieces[0], capitals=False))
    if not proof or not place or len(pieces) > 3 or not all(_is_place(piece, False) for piece in pieces[1:]):
        return None
    if not evidence and len(" ".join(pieces).split()) > _LONGEST_BARE_PLACE:
        return None
    return Dateline(0, ", ".join(pieces), agency, published, day)


def find_dateline(line: str, opening: bool) -> Dateline | None:
    """The dateline a paragraph opens with ("KABUL, May 3 (Reuters) - "), or None.

    `opening` says that the paragraph is the first; a later one needs an agency, a date or a dash after capitals.
    """
    candidates = []
    for mark in _MARK.finditer(line[: _LONGEST_DATELINE + 5]):
        head, body = line[: mark.start()], line[mark.end() :]
        if 2 < len(head) <= _LONGEST_DATELINE and not (body.isupper() and " " in body.strip()):
            found = _read_head(head, body, mark.lastgroup, opening)
            candidates += [replace(found, length=mark.end())] if found else []
    alone = _read_head(line, "", None, opening) if len(line) <= _LONGEST_DATELINE else None
    candidates += [replace(alone, length=len(line))] if alone else []
    # "CAIRO - 3 May 2016: ..." holds two marks; the one that takes in the date is right.
    return max(candidates, key=lambda found: (bool(found.published), bool(found.agency), -found.length), default=None)


def read_byline(line: str) -> tuple[str | None, date | None] | None:
    """The agency and the date in a line that names who wrote the report; None where the line is no byline."""
    bare = line.strip()
    if len(bare) > _LONGEST_BYLINE or bare.endswith((".", "?", "!")):
        return None
    if agency := agency_of(bare.removeprefix("By ").removeprefix("by ")):
        names = re.split(r"\s*[,/|–—-]\s*|\s+and\s+|\s+for\s+", bare)
        if len(names) <= 4 and all(re.fullmatch(rf"(?:[Bb]y\s+)?(?:{_NAMES}|dpa)", name) for name in names):
            return agency, None
    match = _BYLINE.fullmatch(bare)
    if match is None or (len(match["who"].split()) < 2 and not agency_of(match["who"])):
        return None
    found = find_written_date(match["rest"])
    return agency_of(match["who"]) or agency_of(match["rest"].strip(" ,|/(-–—)")), found[0] if found else None


def read_credit(line: str) -> str | None:
    """The agency in a line that is nothing but its credit ("Source: Xinhua", "/TASS/"); None for any other line."""
    match = _CREDIT_LINE.fullmatch(line) if len(line) <= _LONGEST_DATELINE else None
    return _known(match["name"].strip()) if match and not dates_of_line(line) else None


def cut_credit(paragraph: str) -> tuple[str, str | None]:
    """A last paragraph without the credit at its end ("... he said. (AFP)"), and the agency credited."""
    match = _CREDIT_END.search(paragraph[-60:])
    agency = agency_of(match["name"]) if match else None
    if match is None or agency is None:
        return paragraph, None
    return paragraph[: len(paragraph) - len(paragraph[-60:]) + match.start()], agency
