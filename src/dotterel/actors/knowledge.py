"""The index of every name the tables know, and what it may stand for."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from dotterel.actors.vocabulary import fold, has_table, slug, split_cell, states
from dotterel.tables import read
from dotterel.types import Actor


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


def _year(cell: str) -> int | None:
    return int(cell[:4]) if cell[:4].isdigit() else None


def _state_entries() -> list[tuple[str, Entry]]:
    found: list[tuple[str, Entry]] = []
    for row in read("states"):
        years = _year(row["from"]), _year(row["to"])
        actor = states()[row["code"]]
        found += [(name, Entry(actor, "state", *years)) for name in [row["name"], *split_cell(row["aliases"])]]
        found += [(name, Entry(actor, "demonym", *years)) for name in split_cell(row["demonyms"])]
        found += [(name, Entry(actor, "capital", *years)) for name in split_cell(row["capital"])]
        found += [_seat(seat, actor, years) for seat in split_cell(row["seats"])]
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
        names = split_cell(row["name"])
        actor = Actor(f"people:{slug(names[0])}", _people_name(names), row["country"] or None, "CVL", ("CVL",))
        found += [(name, Entry(actor, "people")) for name in names]
    return found


def _bloc_entries() -> list[tuple[str, Entry]]:
    found = []
    for row in read("blocs"):
        actor = Actor(f"bloc:{slug(row['name'])}", row["name"], None, row["sector"], (row["sector"],))
        found += [(name, Entry(actor, "bloc")) for name in [row["name"], *split_cell(row["aliases"])]]
    return found


def _listed(table: str, kind: str) -> list[tuple[str, Entry]]:
    found = []
    for row in read(table):
        sectors = tuple(split_cell(row["sector"]))
        actor = Actor(f"{kind}:{slug(row['name'])}", row["name"], row["country"] or None, sectors[0], sectors)
        entry = Entry(actor, kind, _year(row["from"]), _year(row["to"]))
        names = [row["name"], *split_cell(row["aliases"])]
        american = [form + name[2:] for name in names if name.startswith("US ") for form in ("U.S.", "United States")]
        found += [(name, entry) for name in [*names, *american]]
    return found


def _person_entries() -> list[tuple[str, Entry]]:
    if not has_table("offices"):
        return []
    found: dict[str, Entry] = {}
    for row in read("offices"):
        actor = Actor(f"person:{slug(row['person'])}", row["person"])
        for name in [row["person"], *split_cell(row["aliases"])]:
            if " " in name.strip() or "-" in name:
                found.setdefault(name, Entry(actor, "person"))
    return list(found.items())


@lru_cache(maxsize=1)
def news_agencies() -> dict[str, Entry]:
    """Folded name -> the news agency so called, for names that also stand for something else ("PAP")."""
    found: dict[str, Entry] = {}
    for row in read("agencies"):
        actor = Actor(f"medium:{slug(row['name'])}", row["name"], row["country"] or None, "MED", ("MED",))
        for name in [row["name"], *split_cell(row["alias"])]:
            found.setdefault(fold(name), Entry(actor, "medium"))
    return found


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


__all__ = ["Entry", "entries", "fold", "news_agencies", "states"]
