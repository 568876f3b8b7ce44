"""Who held which office when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dotterel.actors.vocabulary import fold, has_table, slug, titles, word_class
from dotterel.tables import read
from dotterel.types import Actor

GRACE = 60  # days after a term, as told by months, in which its holder still counts as holding it
_OF_STATE = {"GOV", "LEG", "MIL", "JUD", "COP"}


@dataclass(frozen=True, slots=True)
class Term:
    """One person's time in one office."""

    person: str
    office: str
    country: str | None
    organisation: str
    sector: str
    first: date
    last: date
    gender: str  # m, f or empty


def _day(cell: str, end: bool) -> date:
    if not cell[:4].isdigit():
        return date.max if end else date.min
    parts = [int(p) for p in cell.split("-")]
    if len(parts) == 3:
        return date(*parts)
    return date(parts[0], parts[1] if len(parts) > 1 else (12 if end else 1), 28 if end else 1)


@lru_cache(maxsize=1)
def terms() -> dict[str, tuple[Term, ...]]:
    """Person -> their terms of office, oldest first."""
    if not has_table("offices"):
        return {}
    found: dict[str, list[Term]] = defaultdict(list)
    for row in read("offices"):
        span = _day(row["from"], False), _day(row["to"], True)
        term = Term(
            row["person"],
            row["office"],
            row["country"] or None,
            row["organisation"],
            row["sector"],
            *span,
            row["gender"],
        )
        found[row["person"]].append(term)
    return {person: tuple(sorted(held, key=lambda t: t.first)) for person, held in found.items()}


def office_class(office: str) -> str:
    """The office that a title comes to, e.g. `foreign minister` for "foreign secretary"."""
    title = titles().get(office.lower())
    return title.office if title else office


@lru_cache(maxsize=1)
def _led_by_ministers() -> dict[str, tuple[int, int]]:
    return {row["code"]: (int(row["from"] or 0), int(row["to"] or 9999)) for row in read("executives")}


def _leading_offices(code: str, day: date) -> tuple[str, ...]:
    first, last = _led_by_ministers().get(code, (9999, 0))
    if first <= day.year <= last:
        return "prime minister", "president"
    return "supreme leader", "chancellor", "president", "prime minister", "monarch"


@lru_cache(maxsize=1)
def _holders() -> dict[tuple[str, str], tuple[Term, ...]]:
    found: dict[tuple[str, str], list[Term]] = defaultdict(list)
    for held in terms().values():
        for term in held:
            if not term.organisation or not term.country:
                found[office_class(term.office), term.country or term.organisation].append(term)
    return {key: tuple(sorted(value, key=lambda t: t.first)) for key, value in found.items()}


def holder(office: str, owner: str, day: date | None) -> Term | None:
    """Who held that office of that state (by code) or organisation (by name) on that day; None where untold."""
    if day is None:
        return None
    if office == "leader":
        crowned = holder("monarch", owner, day) and holder("prime minister", owner, day)
        offices = ("prime minister",) if crowned else _leading_offices(owner, day)
        return next((t for o in offices if o != "leader" and (t := holder(o, owner, day))), _held("leader", owner, day))
    return _held(office, owner, day)


def _held(office: str, owner: str, day: date) -> Term | None:
    if office in word_class("local office"):
        return None
    held = [t for t in _holders().get((office, owner), ()) if t.first <= day <= t.last]
    return held[-1] if held else None


@lru_cache(maxsize=1)
def persons_by_surname() -> dict[str, tuple[str, ...]]:
    """Last word of a name, folded, -> the office-holders who bear it."""
    found: dict[str, list[str]] = defaultdict(list)
    for person in terms():
        found[surname(person)].append(person)
    return {key: tuple(people) for key, people in found.items()}


def surname(name: str) -> str:
    """The folded last word of a personal name, in lower case, without Arabic articles."""
    words = [
        w for w in fold(name).lower().replace("-", " ").split() if w not in {"al", "el", "jr", "jr.", "sr", "ii", "iii"}
    ]
    return words[-1] if words else ""


def term_at(person: str, day: date | None) -> Term | None:
    """The office that decides a person's sector on that day: one held then, else the latest before, else the last."""
    held = terms().get(person, ())
    if not held or day is None:
        return held[-1] if held else None
    now = [t for t in held if t.first <= day <= t.last]
    past = [t for t in held if t.first <= day]
    return (now or past or held)[-1]


def serves(term: Term, day: date | None) -> bool:
    """Whether a term runs on that day; false without a day."""
    return day is not None and term.first <= day <= term.last


def has_left(term: Term, day: date | None) -> bool:
    """Whether a term had ended on that day, the months of handing over set aside; false without a day."""
    return day is not None and term.last < date.max and (day - term.last).days > GRACE


def is_to_come(term: Term, day: date | None) -> bool:
    """Whether a term had not begun on that day, the months of taking over set aside; false without a day."""
    return day is not None and (term.first - day).days > GRACE


def person_actor(person: str, day: date | None) -> Actor:
    """An office-holder as an actor with the country and sector of their office on that day.

    Who has left a state's service, or does not serve it yet, is a civilian, and of PLOVER's elite (ELI): Barack Obama
    in 2018, Donald Trump in 2015.
    """
    term = term_at(person, day)
    country = term.country if term else None
    sector = (term.sector if term else "") or "GOV"
    if term and not country:
        country = "IGO"
    private = term is not None and (has_left(term, day) or is_to_come(term, day))
    sectors = ("CVL", "ELI") if private and sector in _OF_STATE else (sector,)
    return Actor(f"person:{slug(person)}", person, country, sectors[0], sectors)
