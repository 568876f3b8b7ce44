"""Fast inserts, and look-ups by many values, for every part of the store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from dotterel.store.rows import Row

_SCHEMAS: dict[tuple[str, str], pa.Schema] = {}  # of each table and selection: asking costs more than a small insert
FEW = 250  # values that an index is asked for at a time
PASSED = 1000  # rows that a pass over a table goes by in the time in which an index finds one value


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
    insert_table(connection, table, pa.Table.from_pylist(list(rows), schema=_SCHEMAS[table, named]), more)


def insert_table(connection: duckdb.DuckDBPyConnection, table: str, rows: pa.Table, more: str = "") -> None:
    """Insert the rows of an Arrow table; columns that it lacks have the table's defaults."""
    connection.register("incoming", rows)
    # By name, for a database that was migrated has its columns in another order.
    connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM incoming {more}")
    connection.unregister("incoming")


def found_by(
    connection: duckdb.DuckDBPyConnection, select: str, column: str, values: Iterable[Any], more: str = ""
) -> list[tuple[Any, ...]]:
    """The rows of `select` whose column has one of the values, sought by its index or in one pass over the table.

    `more` is a further condition, an order of the rows of one value, or by what they are grouped, that value among it.
    """
    found: list[tuple[Any, ...]] = []
    for some in _portions(connection, select.rpartition(" FROM ")[2], values):
        given = [] if len(some) <= FEW else [some]
        found += connection.execute(f"{select} WHERE {column} IN {_listed(some)} {more}", given).fetchall()
    return found


def delete_by(connection: duckdb.DuckDBPyConnection, table: str, column: str, values: Iterable[Any]) -> None:
    """Delete the rows of a table whose column has one of the values."""
    for some in _portions(connection, table, values):
        given = [] if len(some) <= FEW else [some]
        connection.execute(f"DELETE FROM {table} WHERE {column} IN {_listed(some)}", given)


def _portions(connection: duckdb.DuckDBPyConnection, table: str, values: Iterable[Any]) -> Iterator[list[Any]]:
    """The values as they are asked for: few at a time by an index, or, where that is quicker, all in one pass.

    So what a look-up costs stops growing with the table.
    """
    wanted = sorted(set(values))
    size = FEW
    if len(wanted) > FEW:
        ((rows,),) = connection.execute(f"SELECT count(*) FROM {table}").fetchall()
        size = FEW if rows > PASSED * len(wanted) else len(wanted)
    for start in range(0, len(wanted), size):
        yield wanted[start : start + size]


def _listed(wanted: Sequence[Any]) -> str:
    """The values as DuckDB's optimiser needs them to use an index: written out, not as parameters."""
    if len(wanted) > FEW:
        kind = "UBIGINT" if isinstance(wanted[0], int) else "VARCHAR"
        return f"(SELECT unnest(?::{kind}[]))"
    return f"({', '.join(str(v) if isinstance(v, int) else _quoted(str(v)) for v in wanted)})"


def _quoted(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'"
