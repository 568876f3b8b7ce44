"""Decides who a personal name means: an office-holder of that day, someone the report introduces, or a stranger."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from rapidfuzz.distance import OSA

from dotterel.actors.knowledge import entries
from dotterel.actors.offices import (
    Term,
    has_left,
    office_class,
    person_actor,
    persons_by_surname,
    surname,
    term_at,
    terms,
)
from dotterel.actors.spelling import sound, surnames_like
from dotterel.actors.vocabulary import fold, slug, word_class
from dotterel.tables import read
from dotterel.types import Actor, Alternative

MEMORY = 10  # years after a term in which a bare surname may still mean who held it
CLOSE = 6  # letters a name must have before a misspelling of it is forgiven


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a name was taken to mean."""

    actor: Actor
    score: float
    reason: str
    gender: str  # m, f or empty
    others: tuple[Alternative, ...] = ()  # whom else it could mean


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


def _heard(name: str) -> str | None:
    """The one office-holder whose first name and surname both sound like those of a name: Muamar Gaddaffi's."""
    words = fold(name).split()
    if len(words) < 2:
        return None
    near = [p for last in surnames_like(name) for p in persons_by_surname()[last]]
    same = [p for p in near if sound(p.split()[0]) == sound(words[0])]
    return same[0] if len(same) == 1 else None


def identify_full(name: str, day: date | None) -> Identity:
    """Who a name of two or more words means."""
    if person := _exact(name):
        term = term_at(person, day)
        left = f", who left office in {term.last.year}" if term and has_left(term, day) else ""
        return known(person, day, 0.98, f"office-holder named in full{left}")
    if person := _same_ends(name, day):
        return known(person, day, 0.9, "office-holder, middle names aside")
    if person := _nearly(name) or _heard(name):
        return known(person, day, 0.85, "office-holder, misspelt or transliterated otherwise")
    return Identity(Actor(f"person:{slug(name)}", name), 0.6, "named person", gender_of(name))


def _same_ends(name: str, day: date | None) -> str | None:
    """The office-holder of that name with middle names, or with or without a second surname."""
    first = fold(name).lower().split()[0]
    same = [
        p
        for p in persons_by_surname().get(surname(name), ())
        if fold(p).lower().split()[0] == first and len(p.split()) > 1
    ]
    return same[0] if len(same) == 1 else _second_surname(name, day)


def alike_first(name: str, person: str) -> bool:
    """Can a full name's first name be one of a person's, spelt otherwise or cut short: not Gwen for Lindsey?"""
    first, *_ = fold(name).lower().replace(".", "").split()
    own = fold(person).lower().replace(".", "").split()
    return any(
        o.startswith(first[:2]) or first.startswith(o) or OSA.similarity(first, o) * 2 > len(o) for o in own[:-1]
    )


def first_surname(name: str) -> str:
    """The first of two surnames, folded ("prats" of Carlos Prats Gonzalez); empty after two given names."""
    words = fold(name).lower().split()
    if len(words) != 3 or len(words[1]) <= 3 or not words[1].isalpha() or words[1] in _given():
        return ""
    return words[1]


def _second_surname(name: str, day: date | None) -> str | None:
    """The one in office on that day whose name and this one differ but in a second surname that one leaves out."""
    words = fold(name).lower().split()
    if day is None or len(words) < 2 or (len(words) > 2 and not first_surname(name)):
        return None
    same = []
    for person in _by_first().get(words[0], ()):
        other = fold(person).lower().split()
        fuller = person if len(other) > len(words) else name
        if {len(other), len(words)} == {2, 3} and other[1] == words[1] and first_surname(fuller):
            same.append(person)
    serving = [p for p in same if any(t.first <= day <= t.last for t in terms()[p])]
    return serving[0] if len(serving) == 1 else None


def in_office(word: str, day: date | None, countries: Collection[str]) -> str | None:
    """The one office-holder of that surname in office on that day whose state the report speaks of.

    A leader whose surname nobody else of that time in the tables bears needs no such mention.
    """
    bearers = persons_by_surname().get(surname(word), ())
    then = [p for p in bearers if day is None or _of_that_time(p, day)]
    leaders = [p for p in then if any(_led_state(t) for t in terms()[p])]
    alone = len(then) == 1 or len(leaders) == 1
    if day is not None:
        bearers = tuple(p for p in bearers if any(t.first <= day <= t.last for t in terms()[p]))
    found = [p for p in bearers if (term := term_at(p, day)) and _spoken_of(term, countries, day, alone)]
    return found[0] if len(found) == 1 else None


def _led_state(term: Term) -> bool:
    """Whether an office is one of a government whose holders news name by surname at once."""
    return term.sector == "GOV" and office_class(term.office) in word_class("known by surname")


def namesakes(person: str, day: date | None) -> tuple[Alternative, ...]:
    """The other office-holders of that surname and time, whom the name could mean as well."""
    others = [p for p in persons_by_surname().get(surname(person), ()) if p != person]
    then = [p for p in others if day is None or _of_that_time(p, day)]
    return tuple(Alternative(person_actor(p, day), round(0.2 / len(then), 3)) for p in then[:3])


def _of_that_time(person: str, day: date) -> bool:
    """Whether somebody held an office on that day or in the years before."""
    return any(t.first <= day and day.year - t.last.year < MEMORY for t in terms()[person])


def _spoken_of(term: Term, countries: Collection[str], day: date | None, alone: bool) -> bool:
    if term.country is None or term.country in countries:
        return term.country is not None or "IGO" in countries
    return alone and day is not None and _led_state(term)


def once_in_office(word: str, day: date | None, countries: Collection[str]) -> str | None:
    """The one office-holder of that surname who had held an office by that day of a state the report speaks of."""
    bearers = [
        p for p in persons_by_surname().get(surname(word), ()) if day is None or any(t.first <= day for t in terms()[p])
    ]
    if len(bearers) != 1:
        return None
    term = term_at(bearers[0], day)
    return bearers[0] if term and _spoken_of(term, countries, day, alone=True) else None


def with_role(identity: Identity, country: str | None, sector: str, score: float) -> Identity:
    """A stranger with the state and sector that their title tells; an office-holder stays as they are."""
    if identity.actor.country or not (country or sector):
        return identity
    actor = replace(identity.actor, country=country, sector=sector or "UNK", sectors=(sector or "UNK",))
    return replace(identity, actor=actor, score=max(identity.score, score), reason="named person with a title")
