"""Who counts as one party where many are compared: a country with its organs, or every actor by itself."""

from __future__ import annotations

from collections.abc import Iterable

from dotterel.actors.vocabulary import country_name

LEVELS = ("country", "actor")
NO_STATE = ("IGO", "MNC", "NGO", "NSA")  # country codes of those that belong to no country
APART = ("REB",)  # sectors that do not act for their country
NAMELESS = ("role:", "crowd:", "people:")  # ids of actors who are only described


def node(side: str, by: str) -> str:
    """In SQL, of a row with the columns SIDE_id, SIDE_country and SIDE_sector: whom the actor on that side counts for.

    By country: the country, but armed groups, organisations and persons of no country stand for themselves. Those who
    are only described ('protesters') and of no country are nobody certain: null, as is nobody at all.
    """
    stateless = f"(coalesce({side}_country, 'NSA') IN ({quoted(NO_STATE)}))"
    nameless = " OR ".join(f"starts_with({side}_id, {quoted([start])})" for start in NAMELESS)
    alone = f"CASE WHEN NOT ({stateless} AND ({nameless})) THEN {side}_id END"
    if by == "actor":
        return alone
    own = f"{side}_id IS NOT NULL AND NOT {stateless} AND coalesce({side}_sector, '') NOT IN ({quoted(APART)})"
    return f"CASE WHEN {own} THEN {side}_country ELSE {alone} END"


def quoted(words: Iterable[str]) -> str:
    """Words of this module as a list in SQL."""
    return ", ".join(f"'{word}'" for word in words)


def node_names(known: Iterable[tuple[str, str, str]]) -> dict[str, str]:
    """Node -> its name, from nodes with the id and the name of an actor each: that of the country, or of the actor."""
    named: dict[str, str] = {}
    for key, actor_id, name in sorted(known):
        named[key] = name if key == actor_id else country_name(key)
    return named
