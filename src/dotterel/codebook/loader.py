"""Reads the PLOVER tables into frozen records and answers questions about them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path

from dotterel import tables
from dotterel.errors import DataError

QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}

DONE = {"occurred", "ongoing"}  # statuses of acts that words of plv_words.tsv may convert


@dataclass(frozen=True, slots=True)
class Mode:
    """How an act of a type is done."""

    name: str
    definition: str
    score: float | None  # from -10 (conflict) to 10 (cooperation); None where PLOVER gives none
    cameo: tuple[str, ...]  # CAMEO codes that map here


@dataclass(frozen=True, slots=True)
class EventType:
    """One of the sixteen PLOVER event types."""

    name: str
    definition: str
    quad: int  # 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict
    score: float  # from -10 (conflict) to 10 (cooperation)
    cameo: tuple[str, ...]  # two-digit CAMEO roots
    plv: str  # type in the fifteen-type scheme
    example: str
    modes: tuple[Mode, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """A context or a sector: a name and what it covers."""

    name: str
    definition: str


def codes(cell: str) -> tuple[str, ...]:
    """The codes in a table cell, joined there by `|`."""
    return tuple(part for part in cell.split("|") if part)


def number(cell: str, where: str) -> float:
    """A score as a number. Raises DataError where the cell holds none between -10 and 10."""
    try:
        value = float(cell)
    except ValueError as error:
        raise DataError(f"{where}: '{cell}' is no score; give a number from -10 to 10") from error
    if not -10 <= value <= 10:
        raise DataError(f"{where}: score {cell} lies outside -10 to 10")
    return value


def quad_class(cell: str, where: str) -> int:
    """A quad class. Raises DataError for anything but 1 to 4."""
    if cell not in {str(q) for q in QUADS}:
        raise DataError(f"{where}: '{cell}' is no quad class; give 1, 2, 3 or 4")
    return int(cell)


def mode_of(row: dict[str, str]) -> Mode:
    """One row of the mode table."""
    where = f"plover_modes.tsv, {row['type']} {row['mode']}"
    value = number(row["score"], where) if row["score"] else None
    return Mode(row["mode"], row["definition"], value, codes(row["cameo"]))


def type_of(row: dict[str, str]) -> EventType:
    """One row of the type table with its modes."""
    where = f"plover_types.tsv, {row['type']}"
    own = tuple(mode_of(m) for m in tables.read("plover_modes") if m["type"] == row["type"])
    return EventType(
        name=row["type"],
        definition=row["definition"],
        quad=quad_class(row["quad"], where),
        score=number(row["score"], where),
        cameo=codes(row["cameo"]),
        plv=row["plv"],
        example=row["example"],
        modes=own,
    )


@lru_cache(maxsize=1)
def types() -> tuple[EventType, ...]:
    """The sixteen event types, from most cooperative in words to most violent in deed."""
    return tuple(type_of(row) for row in tables.read("plover_types"))


@lru_cache(maxsize=1)
def by_name() -> dict[str, EventType]:
    """The event types by name, those of adopted codebooks included."""
    return {t.name: t for t in types()}


def read_codebook(path: Path) -> tuple[EventType, ...]:
    """The event types of a user's codebook: a tab-separated table with `type` and `quad`, and, where told,
    `definition`, `score` (else the mean of PLOVER's types of that quad class) and `example`.

    Raises DataError naming file and type for what cannot be read.
    """
    rows = tables.read_file(path)
    for column in ("type", "quad"):
        if column not in rows[0]:
            raise DataError(f"{path}: lacks the column {column}; a codebook needs type and quad (1 to 4)")
    return tuple(own_type(row, path) for row in rows)


def own_type(row: dict[str, str], path: Path) -> EventType:
    """One row of a user's codebook."""
    where = f"{path}, {row['type']}"
    quad = quad_class(row["quad"], where)
    alike = [t.score for t in types() if t.quad == quad]
    score = number(row["score"], where) if row.get("score") else sum(alike) / len(alike)
    return EventType(row["type"], row.get("definition", ""), quad, score, (), "", row.get("example", ""), ())


def adopt(path: Path) -> None:
    """Let the types of a user's codebook be known in this process beside PLOVER's. Raises DataError."""
    by_name().update({t.name: t for t in read_codebook(path)})


def known(name: str) -> bool:
    """Is that an event type of PLOVER or of an adopted codebook?"""
    return name in by_name()


def get(name: str) -> EventType:
    """The event type of that name, whatever its case. Raises DataError naming the near ones where there is none."""
    found = by_name().get(name) or by_name().get(name.strip().upper())
    if found is None:
        near = get_close_matches(name.strip().upper(), list(by_name()), n=3, cutoff=0.5)
        hint = f"near: {', '.join(near)}" if near else f"known: {', '.join(by_name())}"
        raise DataError(f"'{name}' is no PLOVER event type; {hint}")
    return found


def quad(name: str) -> int:
    """The quad class of a type, 1 to 4. Raises DataError for an unknown type."""
    return get(name).quad


def score(name: str, mode: str | None = None) -> float:
    """The conflict-cooperation score of a type, or of its mode where PLOVER scores that; -10 to 10.

    Raises DataError for an unknown type.
    """
    kind = get(name)
    scores = (m.score for m in kind.modes if m.name == mode and m.score is not None)
    return next(scores, kind.score)


def plv(name: str, mode: str | None = None, status: str = "occurred", words: str = "") -> str:
    """The type in the fifteen-type scheme, where a yielding to come, say, is AGREE and sanctions are COERCE.

    plover_to_plv.tsv converts by mode and status; for acts done, plv_words.tsv by the `words` that tell them, too.
    Raises DataError for an unknown type.
    """
    told = {"type": get(name).name, "mode": mode or "", "status": status}
    if words and status in DONE:
        for row, pattern in worded():
            if row["type"] == told["type"] and fits(row["mode"], told["mode"]) and pattern.search(words):
                return row["plv"]
    fitting = (row["plv"] for row in tables.read("plover_to_plv") if all(fits(row[key], told[key]) for key in told))
    return next(fitting, get(name).plv)


@lru_cache(maxsize=1)
def worded() -> tuple[tuple[dict[str, str], re.Pattern[str]], ...]:
    """The rows of plv_words.tsv with their patterns."""
    return tuple((row, re.compile(row["words"], re.IGNORECASE)) for row in tables.read("plv_words"))


def fits(cell: str, value: str) -> bool:
    """Does a value stand among a cell's alternatives?"""
    return cell == "*" or value in cell.split("|")


def modes(name: str) -> tuple[Mode, ...]:
    """The modes of a type; empty where it has none. Raises DataError for an unknown type."""
    return get(name).modes


def cameo_roots(name: str) -> tuple[str, ...]:
    """The two-digit CAMEO roots that map to a type. Raises DataError for an unknown type."""
    return get(name).cameo


@lru_cache(maxsize=1)
def contexts() -> tuple[Term, ...]:
    """The 37 contexts an act of any type can have."""
    return tuple(Term(row["context"], row["definition"]) for row in tables.read("plover_contexts"))


@lru_cache(maxsize=2)
def sectors(written: bool = True) -> tuple[Term, ...]:
    """The sectors dotterel writes; with `written=False` also those it only knows from data of others."""
    rows = tables.read("plover_sectors")
    return tuple(Term(row["sector"], row["definition"]) for row in rows if not written or row["written"] == "yes")
