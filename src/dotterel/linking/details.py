"""What the members of a linked event tell alike and what they dispute, field by field."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import product

from dotterel.linking.compare import HAPPENED, place_signs
from dotterel.linking.facts import NO_STATE, Facts, Party, Toll
from dotterel.types import Detail

Telling = tuple[str, Facts, object]  # value in words, who tells it, what is compared
Fits = Callable[[Telling, Telling], bool]
CONTRADICT = frozenset({"country other", "place far", "place named otherwise"})
ABOUT = 0.1  # by which share a count that is about so much may be off


def details_of(members: Sequence[Facts]) -> tuple[Detail, ...]:
    """All details, in the order of fields: type, status, date, place, parties, figures."""
    dated = [m for m in members if m.told and m.day] or [m for m in members if m.day]
    tellings: list[tuple[str, list[Telling], Fits]] = [
        ("type", [(m.type, m, m.type) for m in members], _equal),
        ("status", [(m.status, m, m.status) for m in members], _statuses_fit),
        ("date", [(m.day or "", m, None) for m in dated], _times_fit),
        ("place", [(m.place_name or m.place_text or "", m, None) for m in members if m.place_text], _places_fit),
        ("actor", [(_names(m.actors), m, m.actors) for m in members if m.actors], _parties_fit),
        ("recipient", [(_names(m.recipients), m, m.recipients) for m in members if m.recipients], _parties_fit),
    ]
    for what in sorted({toll.what for m in members for toll in m.tolls}):
        counts: list[Telling] = [(toll.told, m, toll) for m in members for toll in m.tolls if toll.what == what]
        tellings.append((what, counts, _counts_fit))
    return tuple(detail for field, told, fits in tellings for detail in _of_field(field, told, fits))


def _of_field(field: str, told: Sequence[Telling], fits: Fits) -> Iterable[Detail]:
    """A detail for each value told."""
    values: dict[str, list[Telling]] = {}
    for telling in told:
        values.setdefault(telling[0], []).append(telling)
    for value in sorted(values):
        own = values[value]
        others = [t for other, found in values.items() if other != value for t in found if t[1] is not own[0][1]]
        kind = _kind(own, others, fits)
        yield Detail(field, value, kind, tuple(sorted({t[1].event_id for t in own})))


def _kind(own: Sequence[Telling], others: Sequence[Telling], fits: Fits) -> str:
    if any(not fits(one, other) for one, other in product(own, others)):
        return "conflicting"
    several = len({t[1].report_id for t in (*own, *others)}) > 1
    return "agreed" if several else "single"


def _names(parties: Sequence[Party]) -> str:
    return "; ".join(party.name for party in parties)


def _equal(one: Telling, other: Telling) -> bool:
    return one[2] == other[2]


def _statuses_fit(one: Telling, other: Telling) -> bool:
    """An act that goes on has taken place as well."""
    return one[2] == other[2] or (one[2] in HAPPENED and other[2] in HAPPENED)


def _times_fit(one: Telling, other: Telling) -> bool:
    a, b = one[1], other[1]
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return True
    return a.first <= b.last and b.first <= a.last


def _places_fit(one: Telling, other: Telling) -> bool:
    """Can both be right: no two countries, and no two towns far from each other?"""
    return not CONTRADICT & place_signs(one[1], other[1])


def _parties_fit(one: Telling, other: Telling) -> bool:
    """Are some of the same state, or might be? Ten agencies have ten words for who was hit."""
    states = [{p.country for p in m if p.country and p.country not in NO_STATE} for m in (one[2], other[2])]  # type: ignore[attr-defined]
    return not all(states) or bool(states[0] & states[1])


def _counts_fit(one: Telling, other: Telling) -> bool:
    """Do the bounds of two counts overlap? Words such as "dozens" fit everything."""
    (low, high), (other_low, other_high) = _bounds(one[2]), _bounds(other[2])
    return low <= other_high and other_low <= high


def _bounds(told: object) -> tuple[float, float]:
    assert isinstance(told, Toll)
    low = 0.0 if told.low is None else told.low
    high = float("inf") if told.high is None else told.high
    off = ABOUT if told.told.startswith("about") else 0.0
    return low * (1 - off), high * (1 + off)
