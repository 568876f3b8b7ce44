"""The formats a database is exported to, and the writing of a file that appears whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from dotterel.errors import InputError
from dotterel.exports.acts import Act
from dotterel.exports.files import check_place, naming
from dotterel.exports.losses import Losses

Writer = Callable[[Iterable[Act], BinaryIO, Losses], int]  # writes a file, and tells how many rows it has


@dataclass(frozen=True, slots=True)
class Format:
    """A format of a file of acts."""

    name: str
    description: str
    module: str  # in dotterel.exports
    rows: str = "rows"  # what the file is made of
    function: str = "write"

    @property
    def writer(self) -> Writer:
        """What writes it; loaded only then."""
        writer: Writer = getattr(import_module(f"dotterel.exports.{self.module}"), self.function)
        return writer


FORMATS = {
    made.name: made
    for made in (
        Format("polecat", "POLECAT's 40 columns, one row an event", "polecat"),
        Format("icews", "ICEWS' 20 columns, one row a dyad, CAMEO codes", "icews"),
        Format("gdelt", "GDELT 2.0 events, 61 columns without header, one row a dyad", "gdelt"),
        Format("cameo", "CAMEO-coded dyads as PETRARCH-2 writes them, without header", "cameo"),
        Format("csv", "plain CSV, one row an event", "plain", function="write_csv"),
        Format("parquet", "plain Parquet, one row an event", "plain", function="write_parquet"),
        Format("geojson", "GeoJSON, the events whose place is known as points", "geojson", "points"),
        Format("graphml", "GraphML, a graph of actors, one edge a dyad with its events counted", "graphml", "edges"),
        Format("rdf", "RDF in Turtle, Simple Event Model and PROV", "semantic", "events"),
    )
}
LINES = "jsonl"  # whole codings, which are no acts: written by JsonLines
NAMES = (*FORMATS, LINES)


@dataclass(frozen=True, slots=True)
class Written:
    """What an export wrote, and what it could not."""

    rows: int
    noun: str  # what the rows are: rows, points, edges, events
    losses: tuple[str, ...]  # a line each


def check_format(name: str) -> str:
    """The name of a format. Raises InputError, with those there are, for any other."""
    if name in NAMES:
        return name
    near = get_close_matches(name.lower(), NAMES, n=1, cutoff=0.6)
    hint = f"did you mean {near[0]}? " if near else ""
    raise InputError(f"there is no format '{name}'; {hint}the formats are {', '.join(NAMES)}")


def write_acts(acts: Iterable[Act], path: str | Path, name: str) -> Written:
    """Write acts as a file in the format of that name; where it goes wrong, what was there before stays as it was.

    Raises InputError for an unknown format and OutputError where the file cannot be written.
    """
    path, made = Path(path), FORMATS[check_format(name)]
    check_place(path)
    losses = Losses()
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with naming(path), part.open("wb") as file:
            rows = made.writer(acts, file, losses)
        with naming(path):
            part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return Written(rows, made.rows, tuple(losses.lines()))
