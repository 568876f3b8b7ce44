"""Decides who a personal name means: an office-holder of that day, someone the report introduces, or a stranger."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from rapidfuzz.distance import OSA

from dotterel.actors.knowledge import entries
from dotterel.actors.offices import person_actor, persons_by_surname, surname, term_at, terms
from dotterel.actors.vocabulary import fold, slug
from dotterel.tables import read
from dotterel.types import Actor

CLOSE = 6  # letters a name must have before a misspelling of it is forgiven


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a name was taken to mean."""

    actor: Actor
    score: float
    reason: str
    gender: str  # m, f or empty


@lru_cache(maxsize=1)
def _given() -> dict[str, str]:
    return {fold(n).lower(): row["gender"] for row in read("given_names") for n in row["names"].split("|")}


def gender_of(name: str) -> str:
    """The gender the offices table or the given name tells; empty where neither does."""
    held = terms().get(name, ())
    if held and held[0].gender:
        return held[0].gender
    first = fold(name).lower().split()
    return _given().get(first[0], "") if len(first) > 1 else ""


def known(person: str, day: date | None, score: float, reason: str) -> Identity:
    """An office-holder with their role on that day."""
    return Identity(person_actor(person, day), score, reason, gender_of(person))


def _exact(name: str) -> str | None:
    for entry in entries().get(fold(name), ()):
        if entry.kind == "person":
            return entry.actor.name
    return None


@lru_cache(maxsize=1)
def _by_first() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for person in terms():
        found.setdefault(fold(person).lower().split()[0], []).append(person)
    return {key: tuple(value) for key, value in found.items()}


@lru_cache(maxsize=8192)
def _nearly(name: str) -> str | None:
    """The one office-holder whose full name differs from this one by a letter or two."""
    plain = fold(name).lower()
    words = plain.split()
    if len(words) < 2 or len(plain) < 2 * CLOSE:
        return None
    pool = {*_by_first().get(words[0], ()), *persons_by_surname().get(surname(name), ())}
    near = [p for p in pool if OSA.distance(plain, fold(p).lower(), score_cutoff=2) <= (1 if len(plain) < 16 else 2)]
    return near[0] if len(near) == 1 else None


def identify_full(name: str, day: date | None) -> Identity:
    """Who a name of two or more words means."""
    if person := _exact(name):
        return known(person, day, 0.98, "office-holder named in full")
    if person := _same_ends(name, day):
        return known(person, day, 0.9, "office-holder, middle names aside")
    if person := _nearly(name):
        return known(person, day, 0.85, "office-holder, misspelt or transliterated otherwise")
    return Identity(Actor(f"person:{slug(name)}", name), 0.6, "named person", gender_of(name))


def _same_ends(name: str, day: date | None) -> str | None:
    first = fold(name).lower().split()[0]
    same = [
        p
        for p in persons_by_surname().get(surname(name), ())
        if fold(p).lower().split()[0] == first and len(p.split()) > 1
    ]
    return same[0] if len(same) == 1 else None


def in_office(word: str, day: date | None, countries: set[str]) -> str | None:
    """The one office-holder of that surname in office on that day, or, of several, the one whose state is spoken of."""
    bearers = persons_by_surname().get(surname(word), ())
    if day is not None:
        bearers = tuple(p for p in bearers if any(t.first <= day <= t.last for t in terms()[p]))
    if len(bearers) > 1 or day is None:
        bearers = tuple(p for p in bearers if (term := term_at(p, day)) and term.country in countries)
    return bearers[0] if len(bearers) == 1 else None


def once_in_office(word: str, day: date | None) -> str | None:
    """The one office-holder of that surname who had held an office by that day, where the tables know no other."""
    bearers = [
        p for p in persons_by_surname().get(surname(word), ()) if day is None or any(t.first <= day for t in terms()[p])
    ]
    return bearers[0] if len(bearers) == 1 else None


def with_role(identity: Identity, country: str | None, sector: str, score: float) -> Identity:
    """A stranger with the state and sector that their title tells; an office-holder stays as they are."""
    if identity.actor.country or not (country or sector):
        return identity
    actor = replace(identity.actor, country=country, sector=sector or "UNK", sectors=(sector or "UNK",))
    return replace(identity, actor=actor, score=max(identity.score, score), reason="named person with a title")
