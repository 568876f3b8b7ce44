"""Where the acts of one search are: their places, counts by country, and those that no map can show."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Any

import pyarrow as pa

from dotterel.actors.vocabulary import country_name
from dotterel.store import Search
from dotterel.web.desk import Desk
from dotterel.web.outlines import projected
from dotterel.web.spots import Circles, Spots, gathered, spots_of

SHADES = 5


@dataclass(frozen=True, slots=True)
class Country:
    """The acts that happened in a country."""

    code: str | None  # None: no country is known
    name: str
    acts: int
    quads: tuple[int, int, int, int]
    unplaced: int  # of the acts, those without coordinates


@dataclass(frozen=True, slots=True, eq=False)
class Whereabouts:
    """What the map shows of a search, and what it cannot."""

    spots: Spots
    countries: tuple[Country, ...]  # the most acts first; the acts of no known country last
    _circles: dict[int, Circles] = field(default_factory=dict)

    @property
    def acts(self) -> int:
        """All that answer."""
        return sum(country.acts for country in self.countries)

    @property
    def unplaced(self) -> int:
        """Those of them that have no coordinates."""
        return sum(country.unplaced for country in self.countries)

    def circles(self, level: int) -> Circles:
        """What is drawn as one circle at a level; reckoned once."""
        found = self._circles.get(level)
        if found is None:
            found = self._circles[level] = gathered(self.spots, level)
        return found


def whereabouts(desk: Desk, search: Search) -> Whereabouts:
    """The answer to a search, kept while the database stays as it is, for a map asks anew at each step.

    Raises StoreError as `Store.located` does.
    """
    return desk.memory.recall(desk.store, ("whereabouts", search), lambda store: whereabouts_of(store.located(search)))


def whereabouts_of(table: pa.Table) -> Whereabouts:
    """From what `Store.located` answers."""
    rows: dict[str | None, list[dict[str, Any]]] = {}
    for row in table.to_pylist():
        rows.setdefault(row["country"], []).append(row)
    found = sorted((country_of(code, of) for code, of in rows.items()), key=lambda c: (c.code is None, -c.acts, c.name))
    return Whereabouts(spots_of(table), tuple(found))


def country_of(code: str | None, rows: Iterable[dict[str, Any]]) -> Country:
    """The sum of the rows of a country."""
    rows = list(rows)
    first, second, third, fourth = (sum(row[f"quad_{quad}"] for row in rows) for quad in (1, 2, 3, 4))
    unplaced = sum(row["acts"] for row in rows if row["latitude"] is None)
    return Country(code, name_of(code), sum(row["acts"] for row in rows), (first, second, third, fourth), unplaced)


def name_of(code: str | None) -> str:
    """A country's name by its code."""
    if code is None:
        return "No country known"
    return country_name(code)


def steps(most: int) -> list[int]:
    """Least counts of the shades of countries: round numbers that grow alike, from 1 to the most there is."""
    found: list[int] = []
    for n in range(SHADES if most else 0):
        least = rounded(most ** (n / SHADES))
        if least <= most and (not found or least > found[-1]):
            found.append(least)
    return found


def rounded(value: float) -> int:
    """The nearest of 1, 2, 5, 10, 20, 50, ... that is not above it."""
    nice: list[int] = [one * 10**power for power in range(len(str(int(value)))) for one in (1, 2, 5)]
    return max(n for n in nice if n <= value)


@lru_cache(maxsize=1)
def land() -> tuple[bytes, str]:
    """The outlines as the page draws them, as JSON, and a mark of them that stands in their address."""
    items = projected()
    data = {
        "code": [outline.code for outline in items],
        "name": [outline.name for outline in items],
        "rings": [[[number for point in ring for number in point] for ring in outline.rings] for outline in items],
    }
    made = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    return made, sha256(made).hexdigest()[:16]
