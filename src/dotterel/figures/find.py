"""Finds the figures of a report: each political count with who, where, when and according to whom."""

from __future__ import annotations

from collections.abc import Iterable, Set
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from dotterel import tables
from dotterel.attribution import Attribution, cited_for, find_attributions
from dotterel.figures.numbers import find_numbers
from dotterel.figures.units import Count, count_of
from dotterel.types import ActorMention, Event, Figure, Interval, Place, Report, Roster

if TYPE_CHECKING:
    from dotterel.parsing import Parse, Token

Spot = TypeVar("Spot", Place, Interval)

CLAUSES = {"ROOT", "ccomp", "advcl", "relcl", "acl", "conj", "parataxis", "pcomp", "xcomp"}
SHARED = {"conj", "advcl", "xcomp", "acl"}  # such a clause without a subject is told of the subject of the clause above
SCENE = {"in", "at", "near", "outside", "inside", "across", "around", "throughout", "on", "over", "off", "along", "to"}
BEFORE_NAME = {"the", "a", "northern", "southern", "eastern", "western", "central", "city", "town", "village", "of"}


def find_figures(
    parse: Parse,
    report: Report,
    roster: Roster,
    places: tuple[Place, ...],
    times: tuple[Interval, ...],
    events: tuple[Event, ...],
) -> tuple[Figure, ...]:
    """Every count of the report that measures political action or its toll, in the order of the text.

    A count told twice is one figure, the fuller telling kept.
    """
    attributions = find_attributions(parse, report, roster)
    figures: list[Figure] = []
    for number in find_numbers(report.text):
        if any(t.start < number.end and number.start < t.end for t in times):
            continue
        count = count_of(number, parse.doc)
        if count is not None:
            figures.append(_figure(count, places, times, events, attributions))
    return _distinct(figures)


def _figure(
    count: Count,
    places: tuple[Place, ...],
    times: tuple[Interval, ...],
    events: tuple[Event, ...],
    attributions: tuple[Attribution, ...],
) -> Figure:
    sentence = count.head.sent
    event = _event(count, events)
    place, period = _place(count, places), _period(count, times)
    cited = cited_for(attributions, count.start, count.end)
    return Figure(
        value=count.number.value,
        unit=count.unit,
        what=count.what,
        by=_names(event.actors, count) if event else None,
        against=_names(event.recipients, count) if event else None,
        place=place.text if place else None,
        period=period.text if period else None,
        source=_source(cited) if cited else None,
        sentence=sentence.text.strip(),
        start=count.start,
        end=count.end,
        reason=count.reason,
    )


def _source(cited: Attribution) -> str:
    """The words that name the source, or for a pronoun the name of whom it means."""
    if cited.source is None:
        return cited.source_text
    return cited.source.actor.name if cited.source.kind in {"pronoun", "anaphor"} else cited.source.text


def _names(mentions: Iterable[ActorMention], count: Count) -> str | None:
    """The names of the actors, those left out who are themselves what is counted."""
    counted = count.unit.split()[-1].lower()
    apart = [m for m in mentions if m.end <= count.start or count.end <= m.start]
    others = [m for m in apart if counted not in m.text.lower().split()]
    return ", ".join(dict.fromkeys(m.actor.name for m in others)) or None


# --- what stands around a count -------------------------------------------------------------------------------------


def _event(count: Count, events: tuple[Event, ...]) -> Event | None:
    """The event whose trigger governs the count, else the nearest in its clause of a type that fits."""
    clause, nearest = _clause(count.head, SHARED), None
    for event in events:
        for mention in event.mentions:
            if not mention.sentence_start <= count.start < mention.sentence_end:
                continue
            if count.governor is not None and mention.start <= count.governor.idx < mention.end:
                return event
            trigger = count.head.doc.char_span(mention.start, mention.end, alignment_mode="expand")
            if event.type not in _types(count.what) or trigger is None or _clause(trigger.root, SHARED) != clause:
                continue
            distance = max(mention.start - count.end, count.start - mention.end)
            nearest = min(nearest or (distance, event), (distance, event), key=lambda pair: pair[0])
    return nearest[1] if nearest else None


@lru_cache(maxsize=16)
def _types(what: str) -> frozenset[str]:
    rows = tables.read("figure_words")
    return frozenset(r["word"] for r in rows if r["role"] == "event" and r["what"] == what)


def _place(count: Count, places: tuple[Place, ...]) -> Place | None:
    """The place that the count's clause names as the scene, the nearest of several."""
    return _within_clause(count, [p for p in places if _preposition(p, count) in SCENE])


def _preposition(place: Place, count: Count) -> str:
    """The word before a place and its article or compass point, in lower case."""
    doc = count.head.doc
    name = doc.char_span(place.start, place.end, alignment_mode="expand")
    index = name.start - 1 if name is not None else -1
    while index > 0 and doc[index].lower_ in BEFORE_NAME:
        index -= 1
    return doc[index].lower_ if index >= 0 else ""


def _period(count: Count, times: tuple[Interval, ...]) -> Interval | None:
    """The time that the count's clause gives, the nearest of several, else the only one in its sentence."""
    sentence = count.head.sent
    around = [t for t in times if sentence.start_char <= t.start and t.end <= sentence.end_char]
    return _within_clause(count, around) or (around[0] if len(around) == 1 else None)


def _within_clause(count: Count, spots: Iterable[Spot]) -> Spot | None:
    """The nearest place or time in the count's own clause, else in that with which it shares its subject."""
    doc = count.head.doc
    spans = [(spot, doc.char_span(spot.start, spot.end, alignment_mode="expand")) for spot in spots]
    for shared in (set[str](), SHARED):
        clause = _clause(count.head, shared)
        inside = [spot for spot, span in spans if span is not None and _clause(span.root, shared) == clause]
        if inside:
            return min(inside, key=lambda s: max(s.start - count.end, count.start - s.end))
    return None


def _clause(token: Token, shared: Set[str] = frozenset()) -> Token:
    """The verb, or the root, of the clause a token stands in; clauses of the shared kinds belong to the one above."""
    while token.head != token:
        verbal = token.dep_ in CLAUSES and token.pos_ in {"VERB", "AUX"}
        own_subject = any(c.dep_ in {"nsubj", "nsubjpass"} for c in token.children)
        if verbal and (token.dep_ not in shared or own_subject):
            break
        token = token.head
    return token


# --- one figure a count ---------------------------------------------------------------------------------------------


def _distinct(figures: list[Figure]) -> tuple[Figure, ...]:
    kept: list[Figure] = []
    for figure in figures:
        twin = next((i for i, k in enumerate(kept) if _same(k, figure)), None)
        if twin is None:
            kept.append(figure)
        elif _fullness(figure) > _fullness(kept[twin]):
            kept[twin] = figure
    return tuple(sorted(kept, key=lambda f: f.start))


def _same(one: Figure, other: Figure) -> bool:
    """Same value and sense, in another sentence, and no word that the places differ."""
    apart = one.place and other.place and one.place != other.place
    return (one.value, one.what) == (other.value, other.what) and one.sentence != other.sentence and not apart


def _fullness(figure: Figure) -> int:
    parts = (figure.by, figure.against, figure.place, figure.period, figure.source)
    return sum(part is not None for part in parts)
