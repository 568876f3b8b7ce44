"""Actors of a user's own: a table beside those of the package, whose names win over theirs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ahocorasick_rs import AhoCorasick

from dotterel.actors.knowledge import Entry
from dotterel.actors.vocabulary import fold, slug, split_cell, states
from dotterel.codebook import sectors
from dotterel.errors import DataError
from dotterel.tables import read_file
from dotterel.types import Actor

NOWHERE = ("IGO", "NGO", "NSA", "MNC")
KINDS = ("person", "organisation", "group", "medium")
COLUMNS = ("name", "aliases", "country", "sector", "kind", "from", "to")


@dataclass(frozen=True)
class OwnActors:
    """The names of a table and whom each may mean, ready to be looked for."""

    entries: dict[str, tuple[Entry, ...]]  # folded name -> what it may stand for, one a row
    patterns: tuple[str, ...]
    automaton: AhoCorasick

    def person(self, name: str, year: int | None) -> Actor | None:
        """The person of that full name as of that year; None where the table has none."""
        rows = [e for e in self.entries.get(fold(name), ()) if e.kind == "person"]
        return next((e.actor for e in rows if e.lived(year)), None)


@lru_cache(maxsize=4)
def own_actors(path: Path) -> OwnActors:
    """The actors of a table: tab-separated, or with commas where the file ends in .csv.

    Columns: name, country (alpha-3, or IGO, NGO, NSA, MNC), sector (PLOVER codes, `|` between, the primary first); and
    where wanted aliases (`|` between), kind (person, organisation, group, medium), from and to (years).
    Raises DataError naming file, row and what is wrong with it.
    """
    rows = read_file(path, delimiter="," if path.suffix.lower() == ".csv" else "\t")
    lacking = [c for c in ("name", "country", "sector") if rows and c not in rows[0]]
    if lacking:
        raise DataError(f"{path}: lacks the column {lacking[0]}; a table of actors has: {', '.join(COLUMNS)}")
    found: dict[str, list[Entry]] = {}
    for number, row in enumerate(rows, 1):
        entry = _entry(row, f"{path}: row {number} ({row['name'] or 'without name'})")
        for name in (row["name"], *split_cell(row.get("aliases", ""))):
            found.setdefault(fold(name), []).append(entry)
    patterns = tuple(found)
    return OwnActors({name: tuple(entries) for name, entries in found.items()}, patterns, AhoCorasick(patterns))


def _entry(row: dict[str, str], where: str) -> Entry:
    """One row as what its names stand for. Raises DataError, beginning with `where`."""
    codes = tuple(split_cell(row["sector"])) or ("UNK",)
    kind = row.get("kind") or ("group" if codes[0] == "REB" else "organisation")
    unknown = [code for code in codes if code not in {s.name for s in sectors(written=False)}]
    if not row["name"]:
        raise DataError(f"{where}: has no name; fill in the first column")
    if row["country"] not in states() and row["country"] not in (*NOWHERE, ""):
        raise DataError(f"{where}: {row['country']} is no country; write ISO 3166 alpha-3, or {', '.join(NOWHERE)}")
    if unknown:
        raise DataError(f"{where}: {unknown[0]} is no sector; dotterel's are those of PLOVER, such as GOV, MIL, REB")
    if kind not in KINDS:
        raise DataError(f"{where}: {kind} is no kind of actor; write {', '.join(KINDS)}")
    years = [row.get(column, "") for column in ("from", "to")]
    if any(year and not year[:4].isdigit() for year in years):
        raise DataError(f"{where}: from and to are years, such as 2014, or empty")
    actor = Actor(f"{kind}:{slug(row['name'])}", row["name"], row["country"] or None, codes[0], codes)
    return Entry(actor, kind, *(int(year[:4]) if year else None for year in years))
