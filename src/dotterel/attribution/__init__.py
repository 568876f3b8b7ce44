"""Finds who is cited for which stretch of a report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from dotterel.attribution.chains import with_chains
from dotterel.attribution.contents import contents
from dotterel.attribution.cues import Cue, Span, find_cues
from dotterel.attribution.direct import cues_of_quotations
from dotterel.attribution.lexicon import CITING
from dotterel.attribution.lines import find_line_cues
from dotterel.attribution.pronouns import with_antecedents
from dotterel.attribution.sources import mention_of, noun_phrase
from dotterel.quotation import outermost, quotation_spans
from dotterel.types import Attribution, Report, Roster

if TYPE_CHECKING:
    from dotterel.parsing import Parse

__all__ = ["Attribution", "cited_for", "find_attributions"]


def find_attributions(parse: Parse, report: Report, roster: Roster) -> tuple[Attribution, ...]:
    """Who is cited for what, in the order of the contents; a content in several parts gives several records."""
    quoted = outermost(quotation_spans(report.text))
    cues = find_cues(parse, quoted)
    cues = tuple(sorted((*cues, *find_line_cues(parse, quoted)), key=lambda cue: cue.span))
    direct = cues_of_quotations(parse, quoted, cues)
    found = {_record(cue, span, kind, report.text, roster) for cue, span, kind in _parts(cues, direct, report.text)}
    settled = with_antecedents(report.text, sorted(found, key=_place))
    chained = with_chains(parse, roster, settled)
    return tuple(sorted(chained, key=_place))


def _place(cited: Attribution) -> tuple[int, int, int, str]:
    return cited.content_start, -cited.content_end, cited.cue_start, cited.kind


def cited_for(attributions: Iterable[Attribution], start: int, end: int) -> Attribution | None:
    """The innermost attribution that says, rather than thinks or wants, what stands in that character span."""
    covering = [a for a in attributions if a.kind != "attitude" and a.covers(start, end)]
    return min(covering, key=lambda a: (a.content_end - a.content_start, a.content_start), default=None)


def _parts(cues: Iterable[Cue], direct: dict[Span, Cue], text: str) -> Iterator[tuple[Cue, Span, str]]:
    """Each cue with each stretch of its content and the kind of the attribution."""
    for cue in cues:
        quotations = [span for span, own in direct.items() if own is cue]
        told = list(contents(cue, text))
        if cue.kind == "noun" and quotations and not told:
            continue
        mixed = [s for s, _ in told if any(_goes_beyond(s, q) for q in quotations)]
        for span in quotations:
            if not any(a <= span[0] and span[1] <= b for a, b in mixed):
                yield cue, span, "direct"
        for span, sense in told:
            if span in mixed or not any(span[0] < q[1] and q[0] < span[1] for q in quotations):
                yield cue, span, _kind(cue, sense)


def _goes_beyond(content: Span, quotation: Span) -> bool:
    """Does the content begin with words of the reporter's own before the quotation inside it?"""
    return content[0] < quotation[0] - 3 and quotation[1] <= content[1] + 1


def _kind(cue: Cue, sense: str) -> str:
    if sense not in CITING:
        return "attitude"
    return "according" if cue.kind == "phrase" else "indirect"


def _record(cue: Cue, content: Span, kind: str, text: str, roster: Roster) -> Attribution:
    source_start, source_end = noun_phrase(cue.source)
    cue_start, cue_end = cue.span
    return Attribution(
        mention_of(cue.source, roster),
        source_start,
        source_end,
        text[source_start:source_end],
        cue_start,
        cue_end,
        text[cue_start:cue_end],
        *content,
        kind,
    )
