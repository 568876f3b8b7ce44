"""A database as files: `dotterel export`."""

from __future__ import annotations

from itertools import islice
from pathlib import Path
from typing import Annotated

import typer

from dotterel.cli.options import Database

EXPORT_BATCH = 500  # reports written at a time


def export(
    database: Database,
    output: Annotated[Path, typer.Argument(metavar="FILE", help=".jsonl, .csv or .parquet.")],
) -> None:
    """Write a database as files.

    CSV and Parquet have one row an event; quotations, figures, stances,
    attributions and places stand beside it (events.csv has events.quotes.csv,
    ...). JSON lines have one report a line, with everything.

    \b
    Example:
      dotterel export events.duckdb events.parquet
    """
    from dotterel.exports import open_export
    from dotterel.run import counted
    from dotterel.store import open_store

    with open_store(database, read_only=True) as store, open_export(output) as target:
        reports = 0
        codings = store.codings()
        while batch := list(islice(codings, EXPORT_BATCH)):
            reports += target.add_many(batch)
        for failure in store.failures():
            target.add_failure(failure)
    print(f"{counted(reports, 'report')} written to {output}")
