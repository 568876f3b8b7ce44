"""Where and when a count holds: the place and the time that its clause gives."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from typing import TYPE_CHECKING, TypeVar

from dotterel.figures.units import Count
from dotterel.types import Interval, Place

if TYPE_CHECKING:
    from dotterel.parsing import Token

Spot = TypeVar("Spot", Place, Interval)

CLAUSES = {"ROOT", "ccomp", "advcl", "relcl", "acl", "conj", "parataxis", "pcomp", "xcomp"}
SHARED = {"conj", "advcl", "xcomp", "acl"}  # such a clause without a subject is told of the subject of the clause above
SCENE = {"in", "at", "near", "outside", "inside", "across", "around", "throughout", "on", "over", "off", "along", "to"}
BEFORE_NAME = {"the", "a", "northern", "southern", "eastern", "western", "central", "city", "town", "village", "of"}
JOINED = re.compile(r",? and (?:in )?|, ")  # between the names of places that share a count
_CLIMB = 4  # a "since" further above a date does not date the count


def place_of(count: Count, places: tuple[Place, ...]) -> str | None:
    """The words for the place that the count's clause names as the scene, the nearest of several."""
    place = _within_clause(count, [p for p in places if _preposition(p, count) in SCENE])
    return _with_joined(place, places, count) if place else None


def _with_joined(place: Place, places: tuple[Place, ...], count: Count) -> str:
    """The place with those listed after it: "Iraq and Syria"."""
    text, end = count.head.doc.text, place.end
    for later in sorted(places, key=lambda p: p.start):
        if later.start > end and JOINED.fullmatch(text[end : later.start]):
            end = later.end
    whole = text[place.start : end]
    return whole if " and " in whole[len(place.text) :] else place.text


def _preposition(place: Place, count: Count) -> str:
    """The word before a place and its article or compass point, in lower case; "" where an owner is named."""
    doc = count.head.doc
    name = doc.char_span(place.start, place.end)
    if name is None or (name.end < len(doc) and doc[name.end].lower_ in {"'s", "’s"}):
        return ""
    index = name.start - 1
    while index > 0 and doc[index].lower_ in BEFORE_NAME:
        index -= 1
    stretch = any(t.lower_ == "from" for t in doc[max(0, index - 3) : max(0, index)])  # "from Australia to India"
    return "" if index < 0 or (stretch and doc[index].lower_ == "to") else doc[index].lower_


def period_of(count: Count, times: tuple[Interval, ...]) -> str | None:
    """The words for the time that the count's clause gives, the nearest of several, else the only one in its sentence.

    A clause that begins with "since" opens the period: "since it began in 2014" is "since 2014".
    """
    sentence = count.head.sent
    around = [t for t in times if sentence.start_char <= t.start and t.end <= sentence.end_char]
    period = _within_clause(count, around) or (around[0] if len(around) == 1 else None)
    if period is None:
        return None
    return f"since {re.sub(r'^(?:in|on|from|since) ', '', period.text)}" if _opened(period, count) else period.text


def _opened(period: Interval, count: Count) -> bool:
    """Does a "since" begin the clause of a date?"""
    span = count.head.doc.char_span(period.start, period.end)
    if span is None:
        return False
    above = [span.root, *list(span.root.ancestors)[:_CLIMB]]
    return any(c.lower_ == "since" and c.dep_ == "mark" and c.i < span.start for t in above for c in t.children)


def _within_clause(count: Count, spots: Iterable[Spot]) -> Spot | None:
    """The nearest place or time in the count's own clause, else in that with which it shares its subject."""
    doc = count.head.doc
    spans = [(spot, doc.char_span(spot.start, spot.end)) for spot in spots]
    for shared in (set[str](), SHARED):
        clause = clause_of(count.head, shared)
        inside = [spot for spot, span in spans if span is not None and clause_of(span.root, shared) == clause]
        if inside:
            return min(inside, key=lambda s: max(s.start - count.end, count.start - s.end))
    return None


def clause_of(token: Token, shared: Set[str] = frozenset()) -> Token:
    """The verb, or the root, of the clause a token stands in; clauses of the shared kinds belong to the one above."""
    while token.head != token:
        verbal = token.dep_ in CLAUSES and token.pos_ in {"VERB", "AUX"}
        own_subject = any(c.dep_ in {"nsubj", "nsubjpass"} for c in token.children)
        if verbal and (token.dep_ not in shared or own_subject):
            break
        token = token.head
    return token
