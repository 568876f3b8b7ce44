"""Questions to the store in SQL: one statement, read only, that reaches no file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait

import duckdb
import pyarrow as pa

from dotterel.errors import StoreError

READING = ("SELECT", "EXPLAIN")  # kinds of statement that may be asked; DESCRIBE, SHOW and SUMMARIZE count as SELECT


def run_query(
    connection: duckdb.DuckDBPyConnection, sql: str, parameters: Mapping[str, object] | None = None
) -> pa.Table:
    """The answer to one SQL statement as an Arrow table; `parameters` are the values of its $names.

    Raises StoreError where the statement is malformed, would change the database, or is not exactly one.
    """
    try:
        sql.encode()  # DuckDB takes text that is no UTF-8 for a mistake in the call
        cursor = connection.cursor()
        _refuse_all_but_reading(cursor.extract_statements(sql))
        cursor.execute("BEGIN TRANSACTION READ ONLY")
        try:
            return _stoppable(cursor, lambda: cursor.sql(sql, params=dict(parameters or {})).to_arrow_table())
        finally:
            cursor.execute("ROLLBACK")
            cursor.close()
    except (duckdb.Error, UnicodeError) as error:
        raise StoreError(f"the query failed: {_one_line(error)}") from error


def _stoppable(cursor: duckdb.DuckDBPyConnection, ask: Callable[[], pa.Table]) -> pa.Table:
    """The answer, asked for in another thread, so that Ctrl-C reaches this one: DuckDB, as it sorts, is deaf to it."""
    with ThreadPoolExecutor(1) as beside:
        asked = beside.submit(ask)
        try:
            return asked.result()
        except KeyboardInterrupt:
            while not asked.done():  # it may not have begun
                cursor.interrupt()
                wait([asked], 0.05)
            raise


def _refuse_all_but_reading(statements: list[duckdb.Statement]) -> None:
    if len(statements) != 1:
        raise StoreError(f"the query holds {len(statements)} statements; give exactly one SELECT")
    kind = statements[0].type.name
    if kind not in READING:
        raise StoreError(f"a query only reads, and this is a {kind} statement; give a SELECT")


def _one_line(error: Exception) -> str:
    """DuckDB's message without the picture of the statement beneath it."""
    lines = str(error).split("\n\nLINE ")[0].split()
    return " ".join(lines)
