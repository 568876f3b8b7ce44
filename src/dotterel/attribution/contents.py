"""What a cue introduces: the stretch of text its source is cited for, and in which sense."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dotterel.attribution.cues import Cue, Span

if TYPE_CHECKING:
    from dotterel.parsing import Token

_TRIM = " \t\n,;:–—-"
_OPENERS = frozenset({"prep", "aux", "neg", "advmod", "cc", "mark"})


def contents(cue: Cue, text: str) -> Iterator[tuple[Span, str]]:
    """The contents of a cue in `text`, the report's, in text order, each with the sense of the frame it fills."""
    if cue.kind == "phrase":
        yield from ((span, "speech") for span in _around(cue.first, _clause_head(cue.first), text))
        return
    if cue.kind == "line":
        yield from ((span, "speech") for span in _rest_of_line(cue, text))
        return
    assert cue.entry is not None
    frames = cue.entry.frames
    if "addressee" in frames:
        frames = {**frames, "object": frames["addressee"]}
    filled = [
        (_with_complement(child, frame, cue, text), frames[frame]) for child, frame in _fillers(cue) if frame in frames
    ]
    filled = [(span, sense) for span, sense in filled if span[0] < span[1]]
    if not filled and {"clause", "quote"} & set(frames) and cue.kind == "verb":
        sense = frames.get("clause") or frames["quote"]
        filled = [(span, sense) for span in _parenthetical(cue, text)]
    yield from _strongest(filled)


def _rest_of_line(cue: Cue, text: str) -> Iterator[Span]:
    """What stands after the colon of a headline or a transcript; a credit's quotation is found by its marks."""
    start = cue.span[1]
    if cue.head.text == ":":
        end = text.find("\n", start)
        yield trim(text, start, end if end >= 0 else len(text))


def _strongest(filled: list[tuple[Span, str]]) -> list[tuple[Span, str]]:
    """The contents that count: of a clause and an object beside it ("told reporters that …") the clause alone."""
    if len(filled) < 2:
        return filled
    rank = {"speech": 0, "show": 1, "belief": 2, "wish": 3, "judgement": 4}
    best = min(rank[sense] for _, sense in filled)
    return [(span, sense) for span, sense in filled if rank[sense] == best]


def _fillers(cue: Cue) -> Iterator[tuple[Token, str]]:
    """Words hanging on the cue that may be its content, each with the frame it fills."""
    host = cue.head.head if cue.kind == "adjective" else cue.head
    children = [*cue.head.children, *(host.children if cue.kind == "adjective" else ())]
    has_clause = False
    for child in sorted(children, key=lambda t: t.dep_ != "ccomp"):
        frame = _frame(child)
        if frame == "object" and has_clause:
            continue  # the one spoken to: "told reporters that …"
        if frame is not None:
            has_clause = has_clause or frame == "clause"
            yield child, frame


def _frame(child: Token) -> str | None:
    """Which frame a word hanging on a cue fills."""
    if child.dep_ == "ccomp" or (child.dep_ == "acl" and any(t.lower_ == "that" for t in child.lefts)):
        return "clause"
    if child.dep_ in ("xcomp", "acl"):
        return "gerund" if child.tag_ == "VBG" else "infinitive" if child.tag_ == "VB" else None
    if child.dep_ == "dobj" or (child.dep_ == "oprd" and not any(t.dep_ == "dobj" for t in child.head.children)):
        return "object"
    return child.lower_ if child.dep_ == "prep" else None


def _with_complement(child: Token, frame: str, cue: Cue, text: str) -> Span:
    """Character span of a content; of an object with what is said of it: "urged X to go", "called X a liar"."""
    start, end = _hull(child, cue, text)
    if frame == "object" and start < end:
        for other in cue.head.rights:
            completes = other.dep_ in ("xcomp", "oprd", "ccomp") or (
                other.dep_ in ("prep", "dative") and other.lower_ in ("of", "for", "as", "to")
            )
            if other.i > child.i and completes:
                end = max(end, trim(text, start, other.right_edge.idx + len(other.right_edge))[1])
        assert cue.entry is not None
        if end == child.idx + len(child) and "addressee" in cue.entry.frames:
            return end, end
    return start, end


def _hull(token: Token, cue: Cue, text: str) -> Span:
    """Character span of everything under a word, cut where the cue's own clause begins or ends."""
    left, right = token.left_edge, token.right_edge
    if token.dep_ == "prep":
        left = token.nbor(1) if token.i < right.i else token
    if left.i <= cue.head.i <= right.i:  # the clause surrounds its cue; take the side its head is on
        left, right = (left, cue.head.nbor(-1)) if token.i < cue.head.i else (cue.head.nbor(1), right)
    if token.i < cue.head.i and left.i <= cue.source.i <= right.i:
        right = cue.source.left_edge.nbor(-1) if cue.source.left_edge.i > left.i else right
    return trim(text, left.idx, right.idx + len(right))


def trim(text: str, start: int, end: int) -> Span:
    """The span without the blanks and commas at its ends."""
    part = text[start:end]
    return start + len(part) - len(part.lstrip(_TRIM)), start + len(part.rstrip(_TRIM))


def _parenthetical(cue: Cue, text: str) -> list[Span]:
    """The sentence around a cue set off by commas: "The rebels, he said, were beaten"."""
    verb = cue.head
    if verb.dep_ in ("parataxis", "ccomp", "advcl") and verb.head.pos_ in ("VERB", "AUX", "NOUN", "PROPN"):
        edge = verb.left_edge
        comma = (edge.i > 0 and edge.nbor(-1).is_punct) or edge.is_punct
        if (verb.dep_ == "parataxis" or comma) and (verb.dep_ != "advcl" or _has_as(verb)):
            return _around(verb, verb.head, text)
    return []


def _has_as(verb: Token) -> bool:
    return any(t.dep_ == "mark" and t.lower_ == "as" for t in verb.children)


def _clause_head(token: Token) -> Token:
    """The verb of the clause a phrase belongs to, or the root of its sentence."""
    for ancestor in token.ancestors:
        if ancestor.pos_ in ("VERB", "AUX"):
            return ancestor
    root: Token = token.sent.root
    return root


def _around(inner: Token, clause: Token, text: str) -> list[Span]:
    """The parts of a clause before and after the phrase or clause of a cue inside it."""
    first, last = inner.left_edge, inner.right_edge
    whole = (clause.left_edge.idx, clause.right_edge.idx + len(clause.right_edge))
    parts = [(whole[0], first.idx), (last.idx + len(last), whole[1])]
    trimmed = [trim(text, *part) for part in parts if part[0] < part[1]]
    return [part for part in trimmed if any(c.isalnum() for c in text[part[0] : part[1]])]
