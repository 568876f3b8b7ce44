"""Finds lasting positions: who stands with whom or for what, told in words or shown by acts."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from dotterel.quotes import find_quotes
from dotterel.quotes.first_person import with_speakers
from dotterel.stances.shown import shown
from dotterel.stances.told import told
from dotterel.stances.votes import votes
from dotterel.types import Event, Report, Roster, Stance

if TYPE_CHECKING:
    from dotterel.parsing import Parse

__all__ = ["find_stances"]


def find_stances(parse: Parse, report: Report, roster: Roster, events: tuple[Event, ...]) -> tuple[Stance, ...]:
    """The lasting positions in text order, one for each holder and what it is toward.

    What words tell goes before what acts show where the two disagree.
    """

    @lru_cache(maxsize=1)
    def spoken() -> Roster:
        return with_speakers(roster, parse, find_quotes(parse, report, roster))

    found: dict[tuple[str, str], Stance] = {}
    for stance in (*told(parse, report, roster, spoken), *votes(parse, report, roster), *shown(parse, report, events)):
        found.setdefault((stance.holder.casefold(), stance.toward.casefold()), stance)
    return tuple(sorted(found.values(), key=lambda s: (s.start, s.end, s.holder, s.toward)))
