"""What the tables know of actors: states, organisations, groups, office-holders, titles and head nouns."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dotterel.settings import DATA
from dotterel.tables import read
from dotterel.types import Actor

_STRAIGHT = {
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "–": "-",
    "—": "-",
    "\u00a0": " ",
    "ı": "i",
    "ø": "o",
    "ł": "l",
    "đ": "d",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing a name may stand for."""

    actor: Actor
    kind: str  # state | demonym | people | capital | seat | bloc | organisation | group | medium | person
    first: int | None = None  # first and last year of its existence, where that matters
    last: int | None = None

    def lived(self, year: int | None) -> bool:
        """Whether it existed in that year; true where either is unknown."""
        return year is None or ((self.first or 0) <= year <= (self.last or 9999))


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


@dataclass(frozen=True, slots=True)
class Title:
    """A title and what it says of its bearer."""

    office: str
    sector: str
    scope: str  # state | organisation | both
    gender: str


@dataclass(frozen=True, slots=True)
class Agent:
    """A head noun that describes an actor; the columns of agents.tsv."""

    sector: str
    kind: str  # person | crowd | organ | thing
    take: str  # strong | weak
    home: str  # state | place | none


def _plain(character: str) -> str:
    if character in _STRAIGHT:
        return _STRAIGHT[character]
    base = unicodedata.normalize("NFKD", character)[0]
    return base if base.isascii() else character


@lru_cache(maxsize=4096)
def _plain_cached(character: str) -> str:
    return _plain(character)


def fold(text: str) -> str:
    """The text without accents and curly quotes, character for character, so that offsets stay."""
    return text if text.isascii() else "".join(map(_plain_cached, text))


def slug(name: str) -> str:
    """A name as part of an id: lower case, words joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name).lower()).strip("-")


def _year(cell: str) -> int | None:
    return int(cell[:4]) if cell[:4].isdigit() else None


def _day(cell: str, end: bool) -> date:
    if not cell[:4].isdigit():
        return date.max if end else date.min
    parts = [int(p) for p in cell.split("-")]
    if len(parts) == 3:
        return date(*parts)
    return date(parts[0], parts[1] if len(parts) > 1 else (12 if end else 1), 28 if end else 1)


def has_table(name: str) -> bool:
    """Whether the package carries that table."""
    return (DATA / f"{name}.tsv").exists()


def _split(cell: str) -> list[str]:
    return [part.strip() for part in cell.split("|") if part.strip()]


@lru_cache(maxsize=1)
def states() -> dict[str, Actor]:
    """Code -> the state as an actor: its government."""
    return {
        row["code"]: Actor(f"state:{row['code']}", row["name"], row["code"], "GOV", ("GOV",)) for row in read("states")
    }


@lru_cache(maxsize=1)
def adjectives() -> dict[str, str]:
    """Code -> the first demonym, for the names of described actors."""
    return {row["code"]: (_split(row["demonyms"]) or [row["name"]])[0] for row in read("states")}


def state_as(code: str, sector: str, name: str) -> Actor:
    """A described part of a state, such as its soldiers."""
    return Actor(f"role:{code}-{sector}-{slug(name)}", name, code, sector, (sector,))


def _state_entries() -> list[tuple[str, Entry]]:
    found: list[tuple[str, Entry]] = []
    for row in read("states"):
        years = _year(row["from"]), _year(row["to"])
        actor = states()[row["code"]]
        found += [(name, Entry(actor, "state", *years)) for name in [row["name"], *_split(row["aliases"])]]
        found += [(name, Entry(actor, "demonym", *years)) for name in _split(row["demonyms"])]
        found += [(name, Entry(actor, "capital", *years)) for name in _split(row["capital"])]
        found += [_seat(seat, actor, years) for seat in _split(row["seats"])]
    return found


def _seat(cell: str, state: Actor, years: tuple[int | None, int | None]) -> tuple[str, Entry]:
    name, _, sector = cell.rpartition(":")
    actor = (
        state
        if sector == "GOV"
        else Actor(f"role:{state.country}-{sector}-{slug(name)}", name, state.country, sector, (sector,))
    )
    return name, Entry(actor, "seat", *years)


def _people_name(names: list[str]) -> str:
    return next((n for n in names if n.endswith(("s", "men"))), names[0])


def _people_entries() -> list[tuple[str, Entry]]:
    found = []
    for row in read("peoples"):
        names = _split(row["name"])
        actor = Actor(f"people:{slug(names[0])}", _people_name(names), row["country"] or None, "CVL", ("CVL",))
        found += [(name, Entry(actor, "people")) for name in names]
    return found


def _bloc_entries() -> list[tuple[str, Entry]]:
    found = []
    for row in read("blocs"):
        actor = Actor(f"bloc:{slug(row['name'])}", row["name"], None, row["sector"], (row["sector"],))
        found += [(name, Entry(actor, "bloc")) for name in [row["name"], *_split(row["aliases"])]]
    return found


def _listed(table: str, kind: str) -> list[tuple[str, Entry]]:
    found = []
    for row in read(table):
        sectors = tuple(_split(row["sector"]))
        actor = Actor(f"{kind}:{slug(row['name'])}", row["name"], row["country"] or None, sectors[0], sectors)
        entry = Entry(actor, kind, _year(row["from"]), _year(row["to"]))
        found += [(name, entry) for name in [row["name"], *_split(row["aliases"])]]
    return found


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


def person_actor(person: str, day: date | None) -> Actor:
    """An office-holder as an actor with the country and sector of their office on that day."""
    term = term_at(person, day)
    country = term.country if term else None
    sector = (term.sector if term else "") or "GOV"
    if term and not country:
        country = "IGO"
    return Actor(f"person:{slug(person)}", person, country, sector, (sector,))


def _person_entries() -> list[tuple[str, Entry]]:
    if not has_table("offices"):
        return []
    found: dict[str, Entry] = {}
    for row in read("offices"):
        actor = Actor(f"person:{slug(row['person'])}", row["person"])
        for name in [row["person"], *_split(row["aliases"])]:
            if " " in name.strip() or "-" in name:
                found.setdefault(name, Entry(actor, "person"))
    return list(found.items())


@lru_cache(maxsize=1)
def entries() -> dict[str, tuple[Entry, ...]]:
    """Folded name -> what it may stand for, the commonest table first."""
    found: dict[str, list[Entry]] = defaultdict(list)
    tables = [
        *_state_entries(),
        *_listed("organisations", "organisation"),
        *_listed("groups", "group"),
        *_people_entries(),
    ]
    tables += _bloc_entries()
    tables += _listed("media", "medium") if has_table("media") else []
    for name, entry in [*tables, *_person_entries()]:
        key = fold(name)
        if all(known.actor.id != entry.actor.id for known in found[key]):
            found[key].append(entry)
    for key in [k for k in found if len(k) > 4 and not k.isupper() and not k.islower()]:
        found.setdefault(key.upper(), found[key])
    return {name: tuple(values) for name, values in found.items()}


@lru_cache(maxsize=1)
def agents() -> dict[str, Agent]:
    """Head noun -> what it says of the actor it describes."""
    return {row["head"]: Agent(row["sector"], row["kind"], row["take"], row["home"]) for row in read("agents")}


@lru_cache(maxsize=1)
def titles() -> dict[str, Title]:
    """Title in lower case -> what it says of its bearer."""
    return {
        row["title"].lower(): Title(row["office"], row["sector"], row["scope"], row["gender"]) for row in read("titles")
    }


@lru_cache(maxsize=1)
def sector_words() -> dict[str, tuple[str, str]]:
    """Word before a head noun -> the sector it tells, and over which head nouns it prevails: weak | all."""
    return {row["word"]: (row["sector"], row["over"]) for row in read("sector_words")}


@lru_cache(maxsize=1)
def stateless_words() -> frozenset[str]:
    """Words before a head noun which say that it is of no one state, or of another than that spoken of."""
    return frozenset(row["word"] for row in read("stateless_words"))
