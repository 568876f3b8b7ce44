"""Questions to a database: `dotterel query`."""

from __future__ import annotations

from typing import Annotated

import typer

from dotterel.cli.answers import give
from dotterel.cli.options import Database, FileFormat, Output


def query(
    database: Database,
    sql: Annotated[str, typer.Argument(metavar="SQL", help="One SELECT statement.")],
    form: Annotated[
        FileFormat, typer.Option("--format", metavar="FORM", help="table, csv, json or parquet.")
    ] = FileFormat.TABLE,
    output: Output = None,
) -> None:
    """Ask a database in SQL.

    Nothing is changed, and no other file is read.

    Tables: reports, actors, actor_decisions, events, event_actors, mentions,
    quotes, figures, stances, attributions, places, failures. Views: dyads (one
    row an event, actor and recipient), event_rows (one row an event, to be
    read), attribution_rows (who is cited for which words), parties and
    actor_rows (who took part, by the merges and splits that hold).

    \b
    Examples:
      dotterel query events.duckdb "SELECT actor, type, count(*) FROM dyads GROUP BY ALL"
      dotterel query events.duckdb "SELECT * FROM event_rows" --format csv > events.csv
      dotterel query events.duckdb "SELECT * FROM dyads" --format parquet --output dyads.parquet
    """
    from dotterel.store import open_store

    with open_store(database, read_only=True) as store:
        answer = store.query(sql)
    give(answer, form, output)
