"""Gives each quotation the cue that says whose it is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from dotterel.attribution.cues import Cue, Span
from dotterel.attribution.sources import noun_phrase

if TYPE_CHECKING:
    from dotterel.parsing import Parse

_SENTENCE_END = re.compile(
    r"(?<![A-Z])(?<!\b(?:Mr|Ms|Dr|St|Lt))(?<!\b(?:Mrs|Gen|Col|Sen|Rep|Gov))[.?!][\"”’')]*(?=\s+[\"“‘(]?[A-Z]|\s*$)"
)
_MARKS = " \t\"“”«»'`,‘’"
_LEAD_IN = re.compile(r"(?:[:,–—-]|\bthat|\bas|\bby)\s*$")
_REACH = 60  # characters between a quotation and the cue after it, where their grammar is unknown


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A quotation in its report, between its neighbours."""

    parse: Parse
    text: str
    span: Span
    previous: Span | None
    following: Span | None


def cues_of_quotations(parse: Parse, quotations: tuple[Span, ...], cues: tuple[Cue, ...]) -> dict[Span, Cue]:
    """For each quotation that has one, its cue. Quotations: outermost spans inside marks, in text order."""
    text = parse.text
    found: dict[Span, Cue] = {}
    for at, span in enumerate(quotations):
        previous = quotations[at - 1] if at else None
        following = quotations[at + 1] if at + 1 < len(quotations) else None
        cue = _own_cue(_Quoted(parse, text, span, previous, following), cues)
        if cue is None and previous in found and previous and _carries_on(text, previous, span, found[previous]):
            cue = found[previous]
        if cue is not None:
            found[span] = cue
    for earlier, later in reversed(list(pairwise(quotations))):
        if earlier not in found and later in found and continues(text, earlier, later):
            found[earlier] = found[later]
    return found


def continues(text: str, earlier: Span, later: Span) -> bool:
    """Is the later quotation the next paragraph of the earlier one, which was left open?"""
    between = text[earlier[1] : later[0]]
    return "\n" in between and not between[: between.index("\n")].strip() and not between.strip(" \n\"“'`")


def splits(text: str, earlier: Span, later: Span, cue_start: int) -> bool:
    """Does nothing but their cue stand between two quotations of one paragraph?"""
    between = text[earlier[1] : later[0]]
    if "\n" in between or not earlier[1] <= cue_start < later[0]:
        return False
    return len(_SENTENCE_END.findall(between.strip(_MARKS))) <= 1


def _carries_on(text: str, earlier: Span, later: Span, cue: Cue) -> bool:
    return continues(text, earlier, later) or splits(text, earlier, later, cue.span[0])


def _own_cue(here: _Quoted, cues: Sequence[Cue]) -> Cue | None:
    """The cue before, after or above a quotation."""
    text, span = here.text, here.span
    line = text.rfind("\n", 0, span[0]) + 1
    before = text[max(line, here.previous[1] if here.previous else 0) : span[0]].rstrip(_MARKS[2:])
    near = [c for c in cues if line <= c.span[0] and _can_quote(c)]
    trailing = _after(here, near) if text[span[0] : span[1]].endswith(",") else None
    if trailing is not None and not text[span[1] : _start(trailing)].strip(_MARKS):
        return trailing  # in `she scolded him: "…," she said` the words after the comma are the cue
    opens = not before.strip(_MARKS) or bool(_SENTENCE_END.search(before.strip()[-4:] + " A"))
    order = (_after, _before) if opens else (_before, _above, _after)
    for search in order:
        cue = search(here, near)
        if cue is not None:
            return cue
    return _announced(text, span, cues) if not before.strip(_MARKS) else None


def _can_quote(cue: Cue) -> bool:
    return cue.entry is None or bool({"quote", "clause", "object"} & set(cue.entry.frames))


def _after(here: _Quoted, cues: Sequence[Cue]) -> Cue | None:
    """The cue that begins right after the closing mark: `," he said`."""
    text, span = here.text, here.span
    end = here.following[0] if here.following else len(text)
    for cue in cues:
        if cue.span[0] < span[1]:
            continue
        start = _start(cue)
        between = text[span[1] : start].strip(_MARKS + "–—-")
        if cue.span[0] >= end or start - span[1] > _REACH or "\n" in between:
            return None
        if _follows(text, span, start, between) and cue.kind != "noun":
            return cue
    return None


def _start(cue: Cue) -> int:
    """Where the cue, its source or the one who passes it on begins, whichever comes first."""
    subjects = [t for t in cue.head.lefts if t.dep_ == "nsubj"] if cue.head.lemma_ in ("quote", "cite") else []
    return min(cue.span[0], *(noun_phrase(t)[0] for t in (cue.source, *subjects)))


def _follows(text: str, span: Span, start: int, between: str) -> bool:
    """Does a cue starting there belong to the sentence the quotation ends in?"""
    stopped = text[span[0] : span[1]].rstrip(" ’'").endswith(".")
    if start < span[1]:
        return False
    first = text[span[1] :].lstrip(_MARKS)[:1]
    if stopped and first.isupper():
        return False
    return len(between.split()) <= 3 and not re.search(r"[.?!;:]", between)


def _before(here: _Quoted, cues: Sequence[Cue]) -> Cue | None:
    """The cue that leads up to the opening mark: `he said: "`."""
    text, span = here.text, here.span
    for cue in reversed([c for c in cues if c.span[1] <= span[0]]):
        between = text[cue.span[1] : span[0]].rstrip(_MARKS[2:].replace(",", ""))
        if _SENTENCE_END.search(between + " A"):
            return None
        if cue.kind == "phrase":
            return cue if noun_phrase(cue.source)[1] + 4 >= span[0] else None
        bare = not between.strip(_MARKS)
        if cue.kind == "verb" and (bare or _LEAD_IN.search(between)) and _speaks(cue):
            return cue
    return None


def _speaks(cue: Cue) -> bool:
    return cue.entry is not None and (
        "quote" in cue.entry.frames or cue.entry.frames.get("clause") in ("speech", "show")
    )


def _above(here: _Quoted, cues: Sequence[Cue]) -> Cue | None:
    """The nearest cue in the grammar above the first word of a quotation that is part of a sentence."""
    by_head = {cue.head.i: cue for cue in cues}
    first = next((t for t in here.parse.doc.char_span(*here.span) or () if t.is_alpha), None)
    if first is None:
        return None
    for ancestor in first.ancestors:
        if ancestor.i in by_head and not here.span[0] <= ancestor.idx < here.span[1]:
            return by_head[ancestor.i]
    return None


def _announced(text: str, span: Span, cues: Sequence[Cue]) -> Cue | None:
    """The cue of a paragraph before that ends in a colon: what follows is the quotation."""
    before = text[: span[0]].rstrip(_MARKS + "\n")
    if not before.endswith(":"):
        return None
    sentence = max((m.end() for m in _SENTENCE_END.finditer(before)), default=0)
    sentence = max(sentence, before.rfind("\n"))
    near = [c for c in cues if sentence <= c.span[0] < len(before) and c.kind == "verb" and _speaks(c)]
    return near[-1] if near else None
