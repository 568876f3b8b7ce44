"""Who stands with whom in some days, as a page tells it: the parties shown, their ties, their sides, and what is left
out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from dotterel.analysis.groups import coalitions_among
from dotterel.analysis.layout import Spot, homes, settled
from dotterel.analysis.network import KINDS, Sides, acts_of_each, sides_among
from dotterel.analysis.relations import Relations
from dotterel.analysis.scope import Scope, scope_of
from dotterel.errors import InputError
from dotterel.web.windows import Windows, windows_over

if TYPE_CHECKING:
    import pandas as pd

DRAWN = 160  # ties, the strongest; more are a thicket
LISTED = 12  # pairs of friends, and of foes, in the tables
NAMED = 6  # candidates, where a name could be several
REMEMBERED = 64  # windows whose sums are kept, for a slider goes to and fro
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Party:
    """A party of a network."""

    id: str
    name: str
    side: str | None  # its letter; None: stands with nobody
    acts: int
    friends: int
    foes: int
    triads: int
    balanced: float | None


@dataclass(frozen=True, slots=True)
class Tie:
    """A tie between two parties."""

    a: str
    b: str
    a_name: str
    b_name: str
    score: float
    counts: dict[str, int]  # cooperation, conflict, joint, supports, opposes


@dataclass(frozen=True, slots=True)
class Side:
    """Parties that stand together."""

    letter: str
    members: list[Party]  # the busiest first


@dataclass(frozen=True, slots=True)
class Standing:
    """What is shown of some days."""

    parties: list[Party]  # those shown, the busiest first
    party_count: int  # of all that have a tie
    ties: list[Tie]  # those drawn, the strongest first
    shown_ties: int  # among the parties shown
    tie_count: int
    friendly: list[Tie]
    hostile: list[Tie]
    sides: list[Side]
    alone: int  # parties that stand with nobody
    spots: dict[str, Spot]
    triads: int
    balance: float | None
    strained: int
    left_out: dict[str, int]
    ego: str | None  # the name of the party around which all is


@dataclass(eq=False)
class Network:
    """A database's relations, and what was reckoned from them."""

    relations: Relations
    _made: dict[Hashable, Any] = field(default_factory=dict)

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What was made under that key before, or is now."""
        found: Made | None = self._made.get(key)
        if found is None:
            if len(self._made) >= REMEMBERED:
                self._made.clear()
            found = self._made[key] = make()
        return found

    @cached_property
    def windows(self) -> Windows | None:
        """What a slider moves through; None where no act has a day."""
        return windows_over(*self.months)

    @cached_property
    def months(self) -> tuple[list[Any], list[int]]:
        """The months in which something happened, and how many acts in each."""
        months, counts = self.relations.span()
        return months.astype("datetime64[D]").astype(object).tolist(), counts.tolist()

    @cached_property
    def names(self) -> dict[str, str]:
        """Node -> its name."""
        return dict(zip(self.relations.nodes, self.relations.names, strict=True))

    @cached_property
    def always(self) -> Sides:
        """The sides of all days, by which those of some days are named, and places given."""
        return self.sides(scope_of(self.relations.unit), 1, 0)

    @cached_property
    def homes(self) -> dict[str, Spot]:
        """The own place of each of the busiest parties."""
        return homes(self.always.ties)

    def sides(self, scope: Scope, least: int, weight: float) -> Sides:
        """As `sides_among` has them."""
        key = ("sides", scope, least, weight)
        return self.once(key, lambda: sides_among(self.relations, scope, min_ties=least, min_score=weight))

    def acts(self, scope: Scope) -> dict[str, int]:
        """As `acts_of_each` has them."""
        return self.once(("acts", scope), lambda: acts_of_each(self.relations, scope))

    def coalitions(self, scope: Scope) -> pd.DataFrame:
        """As `coalitions_among` has them."""
        return self.once(("coalitions", scope), lambda: coalitions_among(self.relations, scope))

    def find(self, said: str) -> str:
        """The node that a code, an id, a name or a part of one means. Raises InputError where it is none or several."""
        word = said.casefold()
        begins = re.compile(rf"\b{re.escape(word)}")
        ways: tuple[Callable[[str, str], bool], ...] = (
            lambda one, name: one == said,
            lambda one, name: one in (f"state:{said.upper()}", said.removeprefix("state:")),
            lambda one, name: word in (one.casefold(), name.casefold()),
            lambda one, name: begins.search(name.casefold()) is not None,
            lambda one, name: word in name.casefold(),
        )
        meant = (found for way in ways if (found := [one for one, name in self.names.items() if way(one, name)]))
        found = next(meant, [])
        if not found:
            raise InputError(f"nobody here is called '{said}'; look at the list of actors")
        if len(found) > 1:
            raise InputError(f"'{said}' could be {self.listed(found)}; give one of these ids")
        return found[0]

    def listed(self, some: list[str]) -> str:
        """Nodes in a line, the busiest first."""
        acts = self.acts(scope_of(self.relations.unit))
        some = sorted(some, key=lambda one: (-acts.get(one, 0), one))
        more = f" or {len(some) - NAMED} more" if len(some) > NAMED else ""
        return " or ".join(f"{self.names[one]} ({one})" for one in some[:NAMED]) + more


def standing(
    network: Network, scope: Scope, *, least: int, weight: float, top: int, ego: str | None = None
) -> Standing:
    """What is shown of those days: `top` parties, the busiest, or those with the strongest ties with `ego`.

    Raises InputError where `ego` is nobody, or could be several.
    """
    found = network.sides(scope, least, weight)
    middle = network.find(ego) if ego else None
    everybody = parties_of(network, found, scope)
    ties = [tie for tie in ties_in(found) if tie.score]
    shown = around(everybody, ties, middle, top) if middle else everybody[:top]
    ids = {party.id for party in shown}
    among = [tie for tie in ties if tie.a in ids and tie.b in ids]
    told = [tie for tie in ties if middle in (tie.a, tie.b)] if middle else ties
    sided = sides_in(everybody)
    return Standing(
        parties=shown,
        party_count=len(everybody),
        ties=among[:DRAWN],
        shown_ties=len(among),
        tie_count=len(ties),
        friendly=[tie for tie in told if tie.score > 0][:LISTED],
        hostile=[tie for tie in told if tie.score < 0][:LISTED],
        sides=near(sided, shown, middle) if middle else sided,
        alone=len(everybody) - sum(len(side.members) for side in sided),
        spots=settled([party.id for party in shown], [(t.a, t.b, t.score) for t in among], network.homes),
        triads=found.triad_count,
        balance=found.balance if found.triad_count else None,
        strained=found.strained,
        left_out=dict(found.ties.attrs["left_out"]),
        ego=network.names[middle] if middle else None,
    )


def parties_of(network: Network, found: Sides, scope: Scope) -> list[Party]:
    """Everybody who has a tie, the busiest first."""
    acts, letters = network.acts(scope), lettered(network, found, scope)
    columns = (found.actors[name].tolist() for name in ("id", "name", "side", "friends", "foes", "triads", "balanced"))
    made = [
        Party(one, name, letters.get(side), acts.get(one, 0), friends, foes, triads, None if triads == 0 else balanced)
        for one, name, side, friends, foes, triads, balanced in zip(*columns, strict=True)
    ]
    return sorted(made, key=lambda party: (-party.acts, -party.friends - party.foes, party.name, party.id))


def lettered(network: Network, found: Sides, scope: Scope) -> dict[int, str]:
    """The letter of every side: that of the side of all days with which it shares most acts, so that a side keeps its
    letter as long as most of those who act stay on it; sides of their own have letters after those.
    """
    acts = network.acts(scope)
    before = side_of_each(network.always)
    shared: dict[tuple[int, int], int] = {}
    for one, side in side_of_each(found).items():
        if one in before:
            key = (side, before[one])
            shared[key] = shared.get(key, 0) + acts.get(one, 0) + 1
    taken: dict[int, int] = {}
    for side, old in sorted(shared, key=lambda key: (-shared[key], key)):
        if side not in taken and old not in taken.values():
            taken[side] = old
    free = (number for number in range(1, 10_000) if number not in set(before.values()))
    return {side: letter(taken.get(side) or next(free)) for side in sorted(set(side_of_each(found).values()))}


def side_of_each(found: Sides) -> dict[str, int]:
    """Node -> the number of its side, of those who are on one."""
    some = found.actors.dropna(subset=["side"])
    return dict(zip(some["id"].tolist(), some["side"].astype(int).tolist(), strict=True))


def letter(number: int) -> str:
    """A to Z, then A2 to Z2, ..."""
    turn, place = divmod(number - 1, len(LETTERS))
    return LETTERS[place] + (str(turn + 1) if turn else "")


def ties_in(found: Sides) -> list[Tie]:
    """Every tie, the strongest first."""
    names = ("a_id", "b_id", "a", "b", "score", *KINDS)
    rows = zip(*(found.ties[name].tolist() for name in names), strict=True)
    return [Tie(a, b, a_name, b_name, score, dict(zip(KINDS, counts, strict=True)))
            for a, b, a_name, b_name, score, *counts in rows]  # fmt: skip


def around(everybody: list[Party], ties: list[Tie], middle: str, top: int) -> list[Party]:
    """A party and those with the strongest ties with it."""
    others = [tie.b if tie.a == middle else tie.a for tie in ties if middle in (tie.a, tie.b)]
    kept = {middle, *others[: top - 1]} if others else set()
    return [party for party in everybody if party.id in kept]


def sides_in(everybody: list[Party]) -> list[Side]:
    """The sides, the largest first."""
    members: dict[str, list[Party]] = {}
    for party in everybody:
        if party.side:
            members.setdefault(party.side, []).append(party)
    return [Side(*pair) for pair in sorted(members.items(), key=lambda pair: (-len(pair[1]), pair[0]))]


def near(sides: list[Side], shown: list[Party], middle: str) -> list[Side]:
    """The sides of the parties shown, that of the one around which they are first."""
    letters = {party.id: party.side for party in shown}
    return sorted((side for side in sides if side.letter in letters.values()),
                  key=lambda side: side.letter != letters.get(middle))  # fmt: skip
