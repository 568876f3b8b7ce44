"""Where armed groups fight: the states in which an attack by nobody told may be theirs."""

from __future__ import annotations

from functools import lru_cache

from dotterel.actors.vocabulary import split_cell
from dotterel.tables import read
from dotterel.types import Actor


@lru_cache(maxsize=1)
def _grounds() -> dict[str, frozenset[str]]:
    return {row["group"]: frozenset(split_cell(row["countries"])) for row in read("grounds")}


def fights_in(group: Actor, country: str) -> bool:
    """Does an armed group fight in that state?"""
    return group.country == country or country in _grounds().get(group.name, ())
