"""Finds the figures of a report: each political count with who, where, when and according to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dotterel.attribution import Attribution, cited_for, find_attributions
from dotterel.figures.numbers import find_numbers
from dotterel.figures.parties import doers_of, event_of, names, sides_of, told_beside
from dotterel.figures.scene import period_of, place_of
from dotterel.figures.units import Count, count_of
from dotterel.types import Event, Figure, Interval, Place, Report, Roster

if TYPE_CHECKING:
    from dotterel.parsing import Parse

HOSTILE = frozenset({"ASSAULT", "COERCE", "SANCTION", "PROTEST", "MOBILIZE", "THREATEN", "ACCUSE", "REJECT"})


def find_figures(
    parse: Parse,
    report: Report,
    roster: Roster,
    places: tuple[Place, ...],
    times: tuple[Interval, ...],
    events: tuple[Event, ...],
    attributions: tuple[Attribution, ...] | None = None,
) -> tuple[Figure, ...]:
    """Every count of the report that measures political action or its toll, in the order of the text.

    A count told twice is one figure, the fuller telling kept. `attributions` saves finding them again where the
    caller has them.
    """
    if attributions is None:
        attributions = find_attributions(parse, report, roster)
    figures: list[Figure] = []
    for number in find_numbers(report.text):
        if any(t.start < number.end and number.start < t.end for t in times):
            continue
        count = count_of(number, parse.doc)
        if count is not None:
            figures.append(_figure(count, roster, places, times, events, attributions))
    return _distinct(figures)


def _figure(
    count: Count,
    roster: Roster,
    places: tuple[Place, ...],
    times: tuple[Interval, ...],
    events: tuple[Event, ...],
    attributions: tuple[Attribution, ...],
) -> Figure:
    number, sentence = count.number, count.head.sent
    agents, targets = sides_of(count, roster)
    event = event_of(count, events, agents)
    counted = event or told_beside(count, events, agents)
    cited = cited_for(attributions, count.start, count.end)
    return Figure(
        value=number.value,
        unit=count.unit,
        what=count.what,
        by=names(agents, count)
        or (names(event.actors, count) if event else None)
        or names(doers_of(count, roster), count),
        against=names(targets, count) or (names(event.recipients, count) if event and event.type in HOSTILE else None),
        place=place_of(count, places),
        period=period_of(count, times),
        source=_source(cited) if cited else None,
        sentence=sentence.text.strip(),
        start=count.start,
        end=count.end,
        reason=count.reason,
        event=counted.id if counted else None,
        bound=number.bound,
        low=number.low,
        high=number.high,
    )


def _source(cited: Attribution) -> str:
    """The words that name the source, or for a pronoun the name of whom it means."""
    if cited.source is None:
        return cited.source_text
    return cited.source.actor.name if cited.source.kind in {"pronoun", "anaphor"} else cited.source.text


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
