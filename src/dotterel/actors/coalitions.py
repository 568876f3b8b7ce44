"""Which coalition a report means by "the coalition": that of the time and place, or against the group it names."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dotterel.actors.phrases import premodifies
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
    if not _military(scene, head, start) or any(scene.name_at(i) for i in range(start, head.i) if _led(scene, i)):
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


def enemy_of(coalition: str) -> str | None:
    """The id of the group that a coalition, by its id, was formed to fight."""
    return next((c.against or None for c in _coalitions() if c.actor.id == coalition), None)


def _military(scene: Scene, head: Token, start: int) -> bool:
    """Whether the words name a coalition, and none of parties in a parliament."""
    words = {scene.doc[i].lower_ for i in range(start, max(head.i, head.head.i if premodifies(head) else 0) + 1)}
    return bool(words & {"coalition", "coalitions"}) and not words & word_class("political coalition")


def led_coalition(scene: Scene, head: Token, start: int) -> Actor | None:
    """A coalition of no row that a state leads: "a Nigerian-led coalition"; None where no state is said to lead it."""
    doc, at = scene.doc, head.i - 3
    leader = scene.name_at(at) if at >= start else None
    if head.lower_ != "coalition" or doc[head.i - 1].lower_ != "led" or not _military(scene, head, start):
        return None
    if leader is None or leader.entry.kind not in {"state", "demonym"}:
        return None
    name = f"{doc[leader.start : leader.end].text}-led coalition"
    return Actor(f"organisation:{slug(name)}", name, "IGO", "MIL", ("MIL",))


def led_from(scene: Scene, head: Token, start: int) -> int:
    """Where the words on a coalition start, with its leader before a noun: "US-led coalition jets"."""
    name = scene.name_at(head.i - 3) if head.i - start < 3 <= head.i else None
    return name.start if name is not None and scene.doc[head.i - 1].lower_ == "led" else start


def _led(scene: Scene, i: int) -> bool:
    """Whether a name there is other than a state said to lead the coalition."""
    name = scene.name_at(i)
    if name is None or (name.entry.kind in {"state", "demonym"} and name.entry.actor.country == "USA"):
        return False
    return not (name.end + 1 < len(scene.doc) and scene.doc[name.end + 1].lower_ == "led")
