"""What an act itself tells of its context: its type, mode and parties, by `data/context_signs.tsv`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dotterel import tables
from dotterel.types import ActorMention, Event

NO_STATE = {"IGO", "NGO", "NSA", "MNC", None}


@dataclass(frozen=True, slots=True)
class Sign:
    """A row of the table: what must be so of an act, and what it then tells."""

    context: str
    type: str
    mode: str
    actor: frozenset[str]
    recipient: frozenset[str]
    party: frozenset[str]
    between: str  # one | several | empty
    weight: float

    def fits(self, event: Event, sides: Sides) -> bool:
        """Does every cell that is filled fit the act?"""
        return (
            self.type in ("", event.type)
            and self.mode in ("", event.mode)
            and all(not wanted or wanted & has for wanted, has in self._wanted(sides))
            and self.between in ("", sides.between)
        )

    def _wanted(self, sides: Sides) -> Iterator[tuple[frozenset[str], frozenset[str]]]:
        yield self.actor, sides.actor
        yield self.recipient, sides.recipient
        yield self.party, sides.actor | sides.recipient

    def __str__(self) -> str:
        """The sign in words: "ASSAULT aerial by GOV"."""
        by, to, of = ("|".join(sorted(codes)) for codes in (self.actor, self.recipient, self.party))
        parts = [
            self.type,
            self.mode,
            f"by {by}" if by else "",
            f"toward {to}" if to else "",
            f"party {of}" if of else "",
        ]
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Sides:
    """The sectors of both sides of an act, and whether they are of one country."""

    actor: frozenset[str]
    recipient: frozenset[str]
    between: str


@lru_cache(maxsize=1)
def table() -> tuple[Sign, ...]:
    """The table of signs, read once a process."""
    return tuple(
        Sign(
            context=row["context"],
            type=row["type"],
            mode=row["mode"],
            actor=codes(row["actor"]),
            recipient=codes(row["recipient"]),
            party=codes(row["party"]),
            between=row["between"],
            weight=float(row["weight"]),
        )
        for row in tables.read("context_signs")
    )


def codes(cell: str) -> frozenset[str]:
    """The sectors that a cell names."""
    return frozenset(filter(None, cell.split("|")))


def signs_of(event: Event) -> tuple[Sign, ...]:
    """The signs that an act bears."""
    sides = Sides(sectors_of(event.actors), sectors_of(event.recipients), between(event.actors, event.recipients))
    return tuple(sign for sign in table() if sign.fits(event, sides))


def sectors_of(mentions: Iterable[ActorMention]) -> frozenset[str]:
    """The sectors of one side; only a state has armed forces."""
    found = ((m.actor, sector) for m in mentions for sector in (m.actor.sector, *m.actor.sectors))
    return frozenset(sector for actor, sector in found if sector != "MIL" or actor.country not in NO_STATE)


def between(actors: Sequence[ActorMention], recipients: Sequence[ActorMention]) -> str:
    """`one` where both sides are of one state, `several` where states, or a state and others, face each other."""
    countries = {m.actor.country for m in (*actors, *recipients)} - {None, "NSA"}
    if len(countries) > 1:
        return "several"
    return "one" if countries and actors and recipients and not countries <= NO_STATE else ""
