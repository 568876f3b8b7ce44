"""Fast inserts, and look-ups by many values, for every part of the store."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from dotterel.store.rows import Row

_SCHEMAS: dict[tuple[str, str], pa.Schema] = {}  # of each table and selection: asking costs more than a small insert
FEW = 250  # values up to which an index is asked for each; more are found faster in one pass over the table


def insert_rows(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    rows: Sequence[Row],
    columns: Sequence[str] | None = None,
    more: str = "",
) -> None:
    """Insert rows; columns that are not named have the table's defaults."""
    if not rows:
        return
    # A row-by-row insert is some hundred times slower in DuckDB than one from an Arrow table.
    named = ", ".join(columns) if columns else "*"
    if (table, named) not in _SCHEMAS:
        _SCHEMAS[table, named] = connection.sql(f"SELECT {named} FROM {table} LIMIT 0").to_arrow_table().schema
    connection.register("incoming", pa.Table.from_pylist(list(rows), schema=_SCHEMAS[table, named]))
    # By name, for a database that was migrated has its columns in another order.
    connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming {more}")
    connection.unregister("incoming")


def found_by(
    connection: duckdb.DuckDBPyConnection, select: str, column: str, values: Iterable[Any], more: str = ""
) -> list[tuple[Any, ...]]:
    """The rows of `select` whose column has one of the values, sought by its index where they are few.

    `more` is a further condition.
    """
    wanted = sorted(set(values))
    if not wanted:
        return []
    condition = f"{column} IN {_listed(wanted)}"
    given = [] if len(wanted) <= FEW else [wanted]
    return connection.execute(f"{select} WHERE {condition} {more}", given).fetchall()


def delete_by(connection: duckdb.DuckDBPyConnection, table: str, column: str, values: Iterable[Any]) -> None:
    """Delete the rows of a table whose column has one of the values."""
    wanted = sorted(set(values))
    if wanted:
        given = [] if len(wanted) <= FEW else [wanted]
        connection.execute(f"DELETE FROM {table} WHERE {column} IN {_listed(wanted)}", given)


def _listed(wanted: Sequence[Any]) -> str:
    """The values as DuckDB's optimiser needs them to use an index: written out, not as parameters."""
    if len(wanted) > FEW:
        kind = "UBIGINT" if isinstance(wanted[0], int) else "VARCHAR"
        return f"(SELECT unnest(?::{kind}[]))"
    return f"({', '.join(str(v) if isinstance(v, int) else _quoted(str(v)) for v in wanted)})"


def _quoted(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'"
