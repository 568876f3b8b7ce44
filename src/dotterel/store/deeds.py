"""What one actor did and met with: their acts over time, and whom they cooperate and conflict with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dotterel.store.database import Store
from dotterel.store.tellings import rows_of

DONE = ("occurred", "ongoing")
MINE = """
SELECT p.linked_id FROM linked_parties p
WHERE list_contains($ids, p.coded_id) AND p.actor_id = $id AND p.role IN ('actor', 'recipient')
"""
PARTS = f"""
SELECT linked_id, role, actor_id, name, country FROM linked_parties
WHERE role IN ('actor', 'recipient') AND linked_id IN ({MINE}) ORDER BY position
"""
ACTS = f"""
SELECT id, type, coalesce(first_day, first_published) AS day, quad, score, status IN ('occurred', 'ongoing') AS done
FROM current_linked WHERE id IN ({MINE}) ORDER BY day DESC NULLS LAST, id
"""
FULL = """
SELECT id, type, mode, status, quad, score, date, first_day, last_day, date_precision, place_text, place_name,
       place_country, reports, sources, confidence, first_published
FROM current_linked WHERE id IN (SELECT unnest($ids::VARCHAR[]))
"""


@dataclass(frozen=True, slots=True)
class Act:
    """An act of somebody's, as a point in time."""

    linked_id: str
    type: str
    day: date | None  # the first on which it may have happened; else of the first report
    quad: int
    score: float
    done: bool  # it took place or goes on


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody on the other side of acts that took place."""

    actor_id: str
    name: str
    country: str | None
    quads: Mapping[int, int]  # acts by quad class
    score: float  # mean

    @property
    def acts(self) -> int:
        """All of them."""
        return sum(self.quads.values())


@dataclass(frozen=True, slots=True)
class Year:
    """The acts of a year."""

    year: int | None
    quads: Mapping[int, int]
    score: float

    @property
    def acts(self) -> int:
        """All of them."""
        return sum(self.quads.values())


Sides = dict[str, list[tuple[str, str, str | None]]]  # role -> (id, name, country) in order


@dataclass(frozen=True, slots=True)
class Deeds:
    """All acts of an actor, each once however many reports tell it."""

    actor_id: str
    acts: tuple[Act, ...]  # the latest first
    sides: Mapping[str, Sides]  # by linked event: who takes part in it

    def on(self, role: str) -> int:
        """In how many they have that role."""
        return sum(any(one[0] == self.actor_id for one in self.sides[act.linked_id].get(role, ())) for act in self.acts)

    def years(self) -> list[Year]:
        """Their acts by year, the latest first."""
        found: dict[int | None, list[Act]] = defaultdict(list)
        for act in self.acts:
            found[act.day.year if act.day else None].append(act)
        return [Year(year, by_quad(acts), mean(acts)) for year, acts in found.items()]

    def partners(self) -> list[Partner]:
        """Whom their acts are toward, who acts toward them, and who takes part in an act of no direction as they do; by
        acts that took place.
        """
        found: dict[str, list[Act]] = defaultdict(list)
        named: dict[str, tuple[str, str | None]] = {}
        for act in self.acts if self.acts else ():
            for actor_id, name, country in self.others(act) if act.done else ():
                found[actor_id].append(act)
                named.setdefault(actor_id, (name, country))
        partners = [Partner(one, *named[one], by_quad(acts), mean(acts)) for one, acts in found.items()]
        return sorted(partners, key=lambda p: (-p.acts, p.actor_id))

    def others(self, act: Act) -> Iterable[tuple[str, str, str | None]]:
        """Who is on the other side of an act, each once."""
        actors, recipients = (self.sides[act.linked_id].get(role, []) for role in ("actor", "recipient"))
        acted = any(one[0] == self.actor_id for one in actors)
        received = any(one[0] == self.actor_id for one in recipients)
        facing = (recipients or actors if acted else []) + (actors if received else [])
        return {one[0]: one for one in facing if one[0] != self.actor_id}.values()


def by_quad(acts: Iterable[Act]) -> dict[int, int]:
    """How many acts there are of each quad class."""
    counts = dict.fromkeys((1, 2, 3, 4), 0)
    for act in acts:
        counts[act.quad] += 1
    return counts


def mean(acts: Sequence[Act]) -> float:
    """The mean score."""
    return sum(act.score for act in acts) / len(acts)


def deeds(store: Store, actor_id: str, ids: Sequence[str]) -> Deeds:
    """The acts of an actor; `ids` is whom dotterel took their words for."""
    values = {"id": actor_id, "ids": list(ids)}
    acts, parts = store.query(ACTS, values).to_pydict(), store.query(PARTS, values).to_pydict()
    sides: dict[str, Sides] = {}
    for linked_id, role, *who in zip(*parts.values(), strict=True):
        sides.setdefault(linked_id, {}).setdefault(role, []).append((who[0], who[1], who[2]))
    return Deeds(actor_id, tuple(Act(*row) for row in zip(*acts.values(), strict=True)), sides)


def in_full(store: Store, acts: Sequence[Act]) -> list[dict[str, Any]]:
    """Some of the acts with all that is told of them, in the order given."""
    rows = {row["id"]: row for row in rows_of(store, FULL, ids=[act.linked_id for act in acts])}
    return [rows[act.linked_id] for act in acts if act.linked_id in rows]
