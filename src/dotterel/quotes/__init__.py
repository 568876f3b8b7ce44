"""Finds the direct quotations of a report, each with its speaker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from dotterel.attribution import Attribution, find_attributions
from dotterel.attribution.direct import continues, splits
from dotterel.attribution.outlets import is_outlet, outlet_of
from dotterel.quotation import Span, outermost, quotation_spans
from dotterel.quotes.blocks import find_blocks
from dotterel.quotes.citing import citation_of
from dotterel.quotes.crowds import crowd_speaking
from dotterel.quotes.speakers import implied_speaker, speaker_of
from dotterel.quotes.worth import is_quotation
from dotterel.types import Quote, Report, Roster

if TYPE_CHECKING:
    from dotterel.parsing import Parse

__all__ = ["find_quotes", "quotation_spans"]


@dataclass(frozen=True, slots=True)
class _Page:
    """What a report is read with."""

    parse: Parse
    roster: Roster
    attributions: tuple[Attribution, ...]


_LABEL = re.compile(r"[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}: ")


def find_quotes(
    parse: Parse, report: Report, roster: Roster, attributions: tuple[Attribution, ...] | None = None
) -> tuple[Quote, ...]:
    """The direct quotations in text order; scare quotes and names in quotation marks are left out.

    `attributions` saves finding them again where the caller has them.
    """
    if attributions is None:
        attributions = find_attributions(parse, report, roster)
    page = _Page(parse, roster, attributions)
    spans = tuple(_without_label(report.text, *span) for span in outermost(quotation_spans(report.text)))
    cited = {span: citation_of(parse, roster, attributions, *span) for span in spans}
    said = [(parts, _first(cited[part] for part in parts)) for parts in _records(report.text, spans, cited)]
    said = [(parts, whom) for parts, whom in said if is_quotation(parse, parts, whom)]
    found: list[Quote] = []
    for parts, whom in sorted([*said, *find_blocks(parse, roster, spans)], key=lambda record: record[0]):
        found.append(_quote(page, parts, whom, found))
    return tuple(quote for quote in found if not _repeated_headline(report, quote, found))


def _first(cited: Iterable[Attribution | None]) -> Attribution | None:
    """The first attribution among those of the parts of a quotation."""
    return next((a for a in cited if a is not None), None)


def _without_label(text: str, start: int, end: int) -> Span:
    """The quotation without the name that opens a line of a transcript: `"SMITH: We agreed."`."""
    label = _LABEL.match(text, start, end)
    return (label.end(), end) if label else (start, end)


def _records(text: str, spans: tuple[Span, ...], cited: Mapping[Span, Attribution | None]) -> Iterator[list[Span]]:
    """The quotations as lists of their parts: those split by their cue and those of several paragraphs are one."""
    parts: list[Span] = []
    for span in spans:
        if parts and not _joined(text, parts[-1], span, cited):
            yield parts
            parts = []
        parts.append(span)
    if parts:
        yield parts


def _joined(text: str, earlier: Span, later: Span, cited: Mapping[Span, Attribution | None]) -> bool:
    if continues(text, earlier, later):
        return True
    first, second = cited[earlier], cited[later]
    if first is None or second is None or first.kind != "direct" or second.kind != "direct":
        return False
    return first.cue_start == second.cue_start and splits(text, earlier, later, first.cue_start)


def _quote(page: _Page, parts: list[Span], cited: Attribution | None, before: list[Quote]) -> Quote:
    """One record, its speaker cited or implied."""
    text = _joined_text(page.parse.text, parts)
    start, end = parts[0][0], parts[-1][1]
    if cited is None:
        speaker, reason = implied_speaker(page.parse, page.roster, page.attributions, start, before)
        return Quote(text, speaker, None, None, start, end, reason)
    speaker, reason = speaker_of(page.parse.text, cited, start, page.attributions, before)
    crowd = crowd_speaking(page.parse, cited)
    if crowd is not None:
        speaker, reason = crowd, f"the crowd cited by '{cited.cue_text}', called by its place"
    via = outlet_of(page.parse, page.roster, cited) or (cited.via if is_outlet(cited.via or "") else None)
    return Quote(text, speaker, cited.source_text, via, start, end, reason)


def _joined_text(text: str, parts: list[Span]) -> str:
    """The parts joined by " ... " where their cue stood, and by a blank where a paragraph ended."""
    joined = text[slice(*parts[0])].strip()
    for earlier, later in pairwise(parts):
        joined += (" " if "\n" in text[earlier[1] : later[0]] else " ... ") + text[slice(*later)].strip()
    return joined


def _repeated_headline(report: Report, quote: Quote, quotes: list[Quote]) -> bool:
    """Does the quotation stand in the title, and its words again in a quotation of the body?"""
    if not report.title or quote.start >= len(report.title):
        return False
    words = quote.text.strip(" .,!?").casefold()
    return any(words in other.text.casefold() for other in quotes if other.start >= len(report.title))
