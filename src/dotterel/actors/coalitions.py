"""Which coalition a report means by "the coalition": that of the time and place, or against the group it names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dotterel.actors.vocabulary import slug, word_class
from dotterel.tables import read
from dotterel.types import Actor

if TYPE_CHECKING:
    from dotterel.actors.scene import Scene
    from dotterel.parsing import Token


@dataclass(frozen=True, slots=True)
class Coalition:
    """One row of coalitions.tsv."""

    actor: Actor
    first: int
    last: int
    states: frozenset[str]
    against: str  # id of a group, or empty


@lru_cache(maxsize=1)
def _coalitions() -> tuple[Coalition, ...]:
    return tuple(
        Coalition(
            Actor(f"organisation:{slug(row['name'])}", row["name"], row["country"], row["sector"], (row["sector"],)),
            int(row["from"] or 0),
            int(row["to"] or 9999),
            frozenset(row["states"].split("|")),
            f"group:{slug(row['against'])}" if row["against"] else "",
        )
        for row in read("coalitions")
    )


def coalition_of(scene: Scene, head: Token, start: int) -> Actor | None:
    """The military coalition meant by "the coalition" or "coalition jets"; None where no such thing is meant."""
    words = {scene.doc[i].lower_ for i in range(start, head.i + 1)}
    if (
        not words & {"coalition", "coalitions"}
        or words & word_class("political coalition")
        or any(scene.name_at(i) for i in range(start, head.i) if _led(scene, i))
    ):
        return None
    named = {name.entry.actor.id for name in scene.groups}
    year = scene.day.year if scene.day else None
    for coalition in _coalitions():
        if coalition.against in named and (year is None or coalition.first <= year <= coalition.last):
            return coalition.actor
    for coalition in _coalitions():
        if (
            year is not None
            and coalition.first <= year <= coalition.last
            and any(scene.spoken_of[s] for s in coalition.states)
        ):
            return coalition.actor
    return None


def _led(scene: Scene, i: int) -> bool:
    """Whether a name there is other than a state said to lead the coalition."""
    name = scene.name_at(i)
    if name is None or (name.entry.kind in {"state", "demonym"} and name.entry.actor.country == "USA"):
        return False
    return not (name.end + 1 < len(scene.doc) and scene.doc[name.end + 1].lower_ == "led")
