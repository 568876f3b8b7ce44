"""Finds the names of places in a parse: what the entity recogniser marked, and what it missed but the tables know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dotterel.places import gazetteer
from dotterel.tables import read

if TYPE_CHECKING:
    from dotterel.parsing import Doc, Parse, Span, Token

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
MISLABELLED = frozenset({"PERSON", "ORG", "NORP", "PRODUCT", "WORK_OF_ART", "EVENT"})  # entities that may be a place after all
LONGEST = 4  # words of a name looked for outside entities
CERTAIN_WEIGHT = 5.0  # least weight at which a name is a place without a locative word: a city of 100,000
CONTAINER_AFTER = re.compile(r", ([A-Z][\w.]+(?: [A-Z][\w.]+)?)(?!['’\w])")


@dataclass(frozen=True, slots=True)
class Name:
    """One mention of a place: its core name, and the span with the words of direction and kind beside it."""

    core: str
    start: int  # of the span, in characters
    end: int
    core_start: int
    core_end: int
    located: bool  # whether the words before it say that it is a place
    label: str  # of the entity recogniser, '' where it marked nothing


@lru_cache(maxsize=8)
def words(role: str) -> frozenset[str]:
    """The words of one role in the table of words beside places."""
    return frozenset(row["word"] for row in read("place_words") if row["role"] == role)


@lru_cache(maxsize=1)
def _no_places() -> frozenset[str]:
    """Names of groups and organisations, which the recogniser at times takes for places."""
    return frozenset(
        name for table in ("groups", "organisations") for row in read(table) for name in (row["name"], *row["aliases"].split("|"))
    )


def find_names(parse: Parse) -> tuple[Name, ...]:
    """All mentions of places in the parse, in text order, none overlapping another."""
    doc = parse.doc
    persons = _surnames(doc)
    found = [n for span in doc.ents if (n := _from_entity(span, persons)) is not None]
    taken = {i for span in doc.ents for i in range(span.start, span.end)}
    found += _missed(doc, taken, persons)
    return tuple(sorted(found, key=lambda n: n.core_start))


def _surnames(doc: Doc) -> frozenset[str]:
    """Last words of the persons whom the report names in full."""
    return frozenset(e[-1].text for e in doc.ents if e.label_ == "PERSON" and len(e) > 1)


def _from_entity(span: Span, persons: frozenset[str]) -> Name | None:
    """An entity as a place's name, None where it is none."""
    span = _trimmed(span)
    core = span.text
    located = _is_located(span)
    if not core or core in gazetteer.demonyms() or core in _no_places():
        return None
    known = gazetteer.sites(core)
    if span.label_ in PLACE_LABELS:
        if core in persons and not located:
            return None
        good = bool(known) or located or (span.label_ != "GPE" and core[0].isupper())
    else:
        good = span.label_ in MISLABELLED and bool(known) and located and not _is_part_of_name(span)
    return _named(span, located) if good and any(c.isupper() for c in core) else None


def _trimmed(span: Span) -> Span:
    """The entity without article, words of direction and possessive, which are found again by their own rule."""
    while len(span) > 1 and (span[0].lower_ in words("direction") and span[0].is_lower or span[0].lower_ == "the"):
        span = span[1:] if span.text not in {"The Hague", "the Hague"} else span
        if span.text in {"The Hague", "the Hague"}:
            break
    while len(span) > 1 and (span[-1].text in {"'s", "’s", "'", ",", "-"} or span[-1].is_space):
        span = span[:-1]
    return span


def _is_located(span: Span) -> bool:
    """Whether a locative preposition, or a kind of place and `of`, stands before the span, past its own modifiers."""
    token = span[0]
    while token.i > span.sent.start and (token.nbor(-1).lower_ in words("direction") or token.nbor(-1).lower_ == "the"):
        token = token.nbor(-1)
    if token.i == span.sent.start:
        return False
    before = token.nbor(-1)
    if before.lower_ == "of" and before.i > span.sent.start:
        return before.nbor(-1).lower_ in words("of")
    return before.lower_ in words("locative") or (before.lower_ == "at" and span.label_ == "FAC")


def _is_part_of_name(span: Span) -> bool:
    """Whether the span modifies a capitalised word that follows it: "Homs Front"."""
    end = span[-1]
    return end.i + 1 < len(end.doc) and end.nbor(1).pos_ == "PROPN" and end.dep_ == "compound"


def _named(span: Span, located: bool) -> Name:
    """The mention of a span, widened by words of direction before and of kind after it."""
    first, last = span[0], span[-1]
    while first.i > span.sent.start and first.nbor(-1).lower_ in words("direction") and first.nbor(-1).whitespace_:
        first = first.nbor(-1)
    if last.i + 1 < len(span.doc) and last.nbor(1).lower_ in words("kind") and last.nbor(1).dep_ != "compound":
        last = last.nbor(1)
    end = last.idx + len(last.text)
    return Name(span.text, first.idx, end, span.start_char, span.end_char, located, span.label_)


def _missed(doc: Doc, taken: set[int], persons: frozenset[str]) -> Iterator[Name]:
    """Capitalised names outside all entities that the tables know as places."""
    skip = -1
    for token in doc:
        if token.i <= skip or token.i in taken or not token.text[0].isupper() or token.is_stop:
            continue
        for length in range(LONGEST, 0, -1):
            span = doc[token.i : token.i + length]
            if len(span) == length and not taken & set(range(span.start, span.end)) and _is_known_place(span, persons):
                skip = span.end - 1
                yield _named(span, _is_located(span))
                break


def _is_known_place(span: Span, persons: frozenset[str]) -> bool:
    """Whether an unmarked span names a place: a state or a big city, a smaller one only where a preposition says so."""
    first, last = span[0], span[-1]
    if not last.text[0].isalpha() or not last.text[0].isupper() or "\n" in span.text:
        return False
    core = span.text
    if core in persons or core in gazetteer.demonyms() or core in _no_places() or _is_beside_name(first, last):
        return False
    known = gazetteer.sites(core)
    if not known:
        return False
    if first.is_sent_start and len(span) == 1 and core not in gazetteer.states():
        return False
    return _is_located(span) or (all(t.pos_ == "PROPN" for t in span) and max(s.weight for s in known) >= CERTAIN_WEIGHT)


def _is_beside_name(first: Token, last: Token) -> bool:
    """Whether a capitalised word stands on either side, so that the span is a piece of a longer name."""
    before = first.nbor(-1) if first.i and not first.is_sent_start else None
    after = last.nbor(1) if last.i + 1 < len(last.doc) else None
    before_is_name = before is not None and before.pos_ == "PROPN" and before.text[0].isupper()
    return before_is_name or (after is not None and after.pos_ == "PROPN" and after.text[0].isupper())
