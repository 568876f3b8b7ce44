"""A database as files: `dotterel export`."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dotterel.cli.entry import complain
from dotterel.cli.options import Database
from dotterel.errors import InputError

if TYPE_CHECKING:
    from dotterel.exports.acts import Act
    from dotterel.store import Store

EXPORT_BATCH = 500  # reports written at a time


class Unit(StrEnum):
    """What a row of an export is of."""

    LINKED = "linked"
    REPORT = "report"


def export(
    database: Database,
    file: Annotated[
        Path | None, typer.Argument(metavar="FILE", help="Instead of --output; the suffix tells the format.")
    ] = None,
    form: Annotated[
        str | None, typer.Option("--format", metavar="FORM", help="One of the formats above; else as the suffix says.")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where it is written.")] = None,
    unit: Annotated[
        Unit | None, typer.Option(metavar="UNIT", help="linked: each act once; report: the events of each report.")
    ] = None,
    publication_day: Annotated[
        bool, typer.Option("--publication-day", help="Events without date stand under the day of publication.")
    ] = False,
) -> None:
    """Write a database as files.

    \b
    polecat   POLECAT's 40 columns, one row an event
    icews     ICEWS' 20 columns, one row a dyad, CAMEO codes
    gdelt     GDELT 2.0 events, 61 columns without header, one row a dyad
    cameo     CAMEO-coded dyads as PETRARCH-2 writes them, without header
    csv       plain CSV, one row an event
    parquet   plain Parquet, one row an event
    geojson   GeoJSON, the events whose place is known as points
    graphml   GraphML, actors and one edge a dyad with its events counted
    rdf       RDF in Turtle, Simple Event Model and PROV
    jsonl     whole codings of reports, one a line

    What a format cannot hold is told on standard error, a line a kind. Each act
    is written once, however many reports tell it (--unit linked), or once for
    each report that does (--unit report).

    With FILE alone, .csv and .parquet have the events of reports, and their
    quotations, figures, stances, attributions and places stand beside it
    (events.csv has events.quotes.csv, ...).

    \b
    Examples:
      dotterel export events.duckdb --format polecat --output polecat.txt
      dotterel export events.duckdb --format geojson --output map.geojson --unit report
      dotterel export events.duckdb events.parquet
    """
    from dotterel.exports.formats import LINES, check_format, format_of
    from dotterel.store import open_store

    if file and output:
        raise InputError(f"both {file} and --output {output} are named; name one file")
    target = output or file
    if target is None:
        raise InputError("no file is named; add --output FILE")
    name = check_format(form) if form else format_of(target)
    with open_store(database, read_only=True) as store:
        if name is None or name == LINES:
            if unit is Unit.LINKED:
                raise InputError(f"{target}: holds whole codings of reports; name a --format to write linked events")
            write_codings(store, target, name)
        else:
            write_events(store, target, name, unit, publication_day)


def write_codings(store: Store, path: Path, name: str | None) -> None:
    """Write whole codings as JSON lines, or as the tables that the suffix names."""
    from dotterel.exports import JsonLines, open_export
    from dotterel.exports.files import check_place
    from dotterel.run import counted

    if name:
        check_place(path)
    with JsonLines(path) if name else open_export(path) as target:
        reports = 0
        codings = store.codings()
        while batch := list(islice(codings, EXPORT_BATCH)):
            reports += target.add_many(batch)
        for failure in store.failures():
            target.add_failure(failure)
    print(f"{counted(reports, 'report')} written to {path}")


def write_events(store: Store, path: Path, name: str, asked: Unit | None, publication_day: bool) -> None:
    """Write events in a format, tell what it could not hold, and how much is written."""
    from dotterel.exports.acts import by_publication
    from dotterel.exports.formats import write_acts

    unit = asked or unit_there(store)
    acts = watched(store, unit)
    written = write_acts(by_publication(acts) if publication_day else acts, path, name)
    if asked is None and unit is Unit.REPORT:
        complain(
            f"events are not linked, so those of each report are written; link them with: dotterel link {store.path}"
        )
    for loss in written.losses:
        complain(loss)
    print(f"{written.rows:,} {written.noun} written to {path}")


def unit_there(store: Store) -> Unit:
    """Linked events, or those of each report where none is linked yet."""
    counts = "SELECT (SELECT count(*) FROM events) AS events, (SELECT count(*) FROM linked_members) AS linked"
    (row,) = store.query(counts).to_pylist()
    return Unit.REPORT if row["events"] and not row["linked"] else Unit.LINKED


def watched(store: Store, unit: Unit) -> Iterator[Act]:
    """The acts of a database, with the progress shown on standard error."""
    from dotterel.progress import shown

    table = {Unit.LINKED: "current_linked", Unit.REPORT: "current_events"}[unit]
    (row,) = store.query(f"SELECT count(*) AS n FROM {table}").to_pylist()
    return shown(store.acts(unit.value), row["n"], "events")
