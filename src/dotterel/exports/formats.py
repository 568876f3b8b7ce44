"""The formats a database is exported to, and the writing of a file that appears whole or not at all."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from dotterel.errors import InputError, OutputError
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
    begins: str  # how its files begin, as a pattern; another file is never replaced
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
        Format("polecat", "POLECAT's 40 columns, one row an event", "polecat", "Event ID\tEvent Date\tEvent Type\t"),
        Format(
            "icews", "ICEWS' 20 columns, one row a dyad, CAMEO codes", "icews", "Event ID\tEvent Date\tSource Name\t"
        ),
        Format(
            "gdelt",
            "GDELT 2.0 events, 61 columns without header, one row a dyad",
            "gdelt",
            r"\d+\t\d{8}\t\d{6}\t\d{4}\t",
        ),
        Format(
            "cameo",
            "CAMEO-coded dyads as PETRARCH-2 writes them, without header",
            "cameo",
            r"\d{8}\t[A-Z]+\t[A-Z]+\t\d{3}",
        ),
        Format("csv", "plain CSV, one row an event", "plain", "id,date,first_day,", function="write_csv"),
        Format("parquet", "plain Parquet, one row an event", "plain", "PAR1", function="write_parquet"),
        Format(
            "geojson",
            "GeoJSON, the events whose place is known as points",
            "geojson",
            '{"type": "FeatureCollection"',
            "points",
        ),
        Format(
            "graphml",
            "GraphML, a graph of actors, one edge a dyad with its events counted",
            "graphml",
            "<\\?xml [^>]*>\\s*<graphml",
            "edges",
        ),
        Format("rdf", "RDF in Turtle, Simple Event Model and PROV", "semantic", "@prefix sem:", "events"),
    )
}
LINES = "jsonl"  # whole codings, which are no acts: written by JsonLines
NAMES = (*FORMATS, LINES)


SUFFIXES = {".geojson": "geojson", ".graphml": "graphml", ".ttl": "rdf", ".jsonl": LINES}  # tell the format alone
TABLES = (".csv", ".parquet")  # alone, they have whole codings in several files: written by TableFiles


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


def format_of(path: Path) -> str | None:
    """The format that a suffix tells; None for the tables of whole codings. Raises InputError where it tells none."""
    if path.suffix in TABLES:
        return None
    if path.suffix not in SUFFIXES:
        raise InputError(f"{path}: the suffix tells no format; name one with --format: {', '.join(NAMES)}")
    return SUFFIXES[path.suffix]


def write_acts(acts: Iterable[Act], path: str | Path, name: str) -> Written:
    """Write acts as a file in the format of that name; where it goes wrong, what was there before stays as it was.

    Raises InputError for an unknown format and OutputError where the file cannot be written.
    """
    path, made = Path(path), FORMATS[check_format(name)]
    check_place(path)
    _check_ours(path, made)
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


def _check_ours(path: Path, made: Format) -> None:
    """Raises OutputError where a file stands that is none of that format, such as the database itself."""
    if path.exists() and path.stat().st_size:
        with naming(path), path.open("rb") as file:
            opening = file.read(200).decode("latin-1")
        if not re.match(made.begins, opening):
            raise OutputError(f"{path}: is there and no {made.name} file; name another output")
