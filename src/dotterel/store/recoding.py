"""Coding a report anew: which reports an older dotterel coded, and taking away what it said of them."""

from __future__ import annotations

import duckdb

from dotterel.store.rows import RECORDS, Row, coder_version

OUTDATED = """
SELECT rowid, * EXCLUDE (coded_by) FROM reports
WHERE rowid > $after AND ($every OR coded_by IN (SELECT unnest($older::VARCHAR[])))
ORDER BY rowid LIMIT $limit
"""


def outdated(connection: duckdb.DuckDBPyConnection, every: bool, after: int, limit: int) -> list[tuple[int, Row]]:
    """(place, row) of the next reports to code anew."""
    values = {"after": after, "every": every, "older": older_coders(connection), "limit": limit}
    cursor = connection.execute(OUTDATED, values)
    names = [column[0] for column in cursor.description or ()][1:]
    return [(row[0], dict(zip(names, row[1:], strict=True))) for row in cursor.fetchall()]


def count(connection: duckdb.DuckDBPyConnection, every: bool) -> int:
    """How many reports there are to code anew; of every one, those that a stopped run has not come to."""
    sql = OUTDATED.replace("rowid, * EXCLUDE (coded_by)", "count(*)").partition("ORDER")[0]
    values = {"after": noted(connection) if every else -1, "every": every, "older": older_coders(connection)}
    return int(connection.execute(sql, values).fetchall()[0][0])


def older_coders(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """The versions of dotterel older than this one that coded reports here."""
    found = (str(row[0]) for row in connection.execute("SELECT DISTINCT coded_by FROM reports").fetchall())
    return [coder for coder in found if release(coder) < release(coder_version())]


def release(coder: str) -> tuple[int, ...]:
    """The numbers of a version, to compare it by: 'dotterel 0.10.2' is (0, 10, 2)."""
    return tuple(int(part) for part in coder.split()[-1].split(".") if part.isdigit())


def remove(connection: duckdb.DuckDBPyConnection, report_id: str) -> None:
    """Take away every record of a report, within the transaction under way; report, words and corrections stay."""
    for table in RECORDS:
        connection.execute(f"DELETE FROM {table} WHERE report_id = ?", [report_id])


def sign(connection: duckdb.DuckDBPyConnection, report_id: str, coder: str) -> None:
    """Note which coder coded a report."""
    connection.execute("UPDATE reports SET coded_by = ? WHERE id = ?", [coder, report_id])


def noted(connection: duckdb.DuckDBPyConnection) -> int:
    """The place up to which every report was coded anew; -1 where that is not under way."""
    found = connection.execute("SELECT value FROM meta WHERE key = 'recoded_to'").fetchall()
    return int(found[0][0]) if found else -1


def note(connection: duckdb.DuckDBPyConnection, place: int | None) -> None:
    """Note how far coding every report anew has come; None where it is done."""
    if place is None:
        connection.execute("DELETE FROM meta WHERE key = 'recoded_to'")
    else:
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('recoded_to', ?)", [str(place)])
