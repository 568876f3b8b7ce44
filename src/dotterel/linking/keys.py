"""What events that may be one act are sought by: two events are compared where they share a key."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from dotterel.codebook import quad
from dotterel.linking.facts import Facts

DAYS_OF_ACT = 3  # acts told to be of days so far apart may share a key
DAYS_OF_PRINT = 5  # so may acts told in reports published so far apart
LONGEST = 7  # days; a longer stretch of time does not say when an act was
NAMED = ("person:", "group:", "organisation:", "place:")
MOST_PARTIES = 5  # of one event; the keys of a summit of forty states would be eight hundred


def keys_of(facts: Facts) -> tuple[str, ...]:
    """Who (two parties, or one and the type) or where, each with a stretch of days."""
    whens = _whens(facts)
    return tuple(f"{what}|{when}" for what in _whats(facts) for when in whens) + tuple(_of_names(facts))


def _whats(facts: Facts) -> list[str]:
    parties = {party.known_as for party in (*facts.actors, *facts.recipients)}
    if facts.place_country:
        parties.add(facts.place_country)
    known = sorted(parties)[:MOST_PARTIES]
    found = [f"{one} {other}" for one, other in combinations(known, 2)]
    found += [f"{one} {facts.type}" for one in known]
    return found + ([f"{facts.geonames} {quad(facts.type)}"] if facts.geonames is not None else [])


def _of_names(facts: Facts) -> Iterator[str]:
    """Persons and bodies by name are rare enough to be sought by month, as acts of long ago are told."""
    day = facts.first or facts.published
    named = {party.id for party in (*facts.actors, *facts.recipients) if party.id.startswith(NAMED)}
    for one in sorted(named)[:MOST_PARTIES] if day else ():
        yield f"{one} {quad(facts.type)}|month {day:%Y-%m}"


def _whens(facts: Facts) -> list[str]:
    found = set()
    if facts.first is not None and facts.last is not None and (facts.last - facts.first).days <= LONGEST:
        ends = {day.toordinal() // DAYS_OF_ACT for day in (facts.first, facts.last)}
        found |= {f"act {at + more}" for at in ends for more in (0, 1)}
    if facts.published is not None:
        at = facts.published.toordinal() // DAYS_OF_PRINT
        found |= {f"print {at}", f"print {at + 1}"}
    return sorted(found) or ["undated"]
