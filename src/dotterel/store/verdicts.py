"""What corrections come to, kept in a table: the last say on every act that one holds of, for views to read."""

from __future__ import annotations

import duckdb


def settle(connection: duckdb.DuckDBPyConnection, report_id: str) -> None:
    """Work out anew what the corrections of a report come to, in the transaction that changes them or its coding."""
    connection.execute("DELETE FROM verdicts WHERE report_id = ?", [report_id])
    connection.execute("INSERT INTO verdicts BY NAME SELECT * FROM last_say WHERE report_id = ?", [report_id])


def settle_all(connection: duckdb.DuckDBPyConnection) -> None:
    """The same of every report."""
    connection.execute("DELETE FROM verdicts")
    connection.execute("INSERT INTO verdicts BY NAME SELECT * FROM last_say")
