"""One report's record as it holds now: corrections applied, identities merged, and what was rejected beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from dotterel.store.rebuild import coding_of
from dotterel.store.rows import RECORDS, Row
from dotterel.types import Coding, Event

OWN = {table: f"SELECT * FROM {table} WHERE report_id = $report ORDER BY position" for table in RECORDS}
# What corrections and decisions about identities change; to plan these takes longer than all else together.
CORRECTED = {
    "events": """
SELECT c.*, e.date_start_char, e.date_end_char, e.date_reason, e.place_start_char, e.place_end_char, e.place_score,
       e.place_reason
FROM current_events c LEFT JOIN events e ON e.id = c.id WHERE c.report_id = $report ORDER BY c.position
""",
    "event_actors": "SELECT * FROM parties WHERE report_id = $report ORDER BY position",
    "mentions": "SELECT * FROM current_mentions WHERE report_id = $report ORDER BY position",
    "quotes": "SELECT * FROM current_quotes WHERE report_id = $report ORDER BY position",
    "attributions": "SELECT * FROM current_attributions WHERE report_id = $report ORDER BY position",
}
TOUCHED = """
SELECT 1 AS touched FROM corrections WHERE report_id = $report AND undone IS NULL
UNION ALL SELECT 1 FROM actor_decisions WHERE undone IS NULL LIMIT 1
"""
TOLD = """
SELECT o.event_id, o.linked_id, count(DISTINCT m.report_id) AS reports
FROM current_members o JOIN current_members m ON m.linked_id = o.linked_id
WHERE o.report_id = $report GROUP BY o.event_id, o.linked_id
"""
VERDICTS = "SELECT event_id, number FROM verdicts WHERE report_id = $report AND rejected AND added IS NULL"
GIVEN = "given by a correction"  # the reason of a date or place that a person set


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an event stands: what people said of it, and which act it is across reports."""

    quad: int  # 1 to 4
    corrected: str | None = None  # accepted, edited, added
    linked_id: str | None = None
    reports: int = 1  # that tell the act, this one among them
    rejection: int | None = None  # the number of the correction that rejects it


@dataclass(frozen=True, slots=True)
class Current:
    """A report's record as it holds now. A date or place that a person gave has no words: its span is empty."""

    coding: Coding
    rejected: tuple[Event, ...]  # as coded
    standing: Mapping[str, Standing]  # event id -> where it stands


def current_of(connection: duckdb.DuckDBPyConnection, report_id: str) -> Current | None:
    """The record of the report of that id; None where there is none."""
    reports = rows(connection, "SELECT * FROM reports WHERE id = $report", report_id)
    if not reports:
        return None
    touched = bool(rows(connection, TOUCHED, report_id))
    record = {table: rows(connection, sql, report_id) for table, sql in (OWN | (CORRECTED if touched else {})).items()}
    told = {row["event_id"]: row for row in rows(connection, TOLD, report_id)}
    standing = {row["id"]: standing_of(row, told.get(row["id"], {})) for row in record["events"]}
    rejected = rejected_of(connection, reports[0]) if touched else {}
    record["events"] = [with_given(row) for row in record["events"]]
    return Current(coding_of(reports[0], record), tuple(rejected), standing | {e.id: s for e, s in rejected.items()})


def standing_of(row: Row, told: Row) -> Standing:
    """Where the event of that row stands."""
    return Standing(row["quad"], row.get("corrected"), told.get("linked_id"), told.get("reports", 1))


def rejected_of(connection: duckdb.DuckDBPyConnection, report: Row) -> dict[Event, Standing]:
    """The coded events that a person rejected, in order, and where they stand."""
    numbers = {row["event_id"]: row["number"] for row in rows(connection, VERDICTS, report["id"])}
    if not numbers:
        return {}
    record = {table: rows(connection, OWN[table], report["id"]) for table in RECORDS}
    quads = {row["id"]: row["quad"] for row in record["events"]}
    events = [event for event in coding_of(report, record).events if event.id in numbers]
    return {event: Standing(quads[event.id], rejection=numbers[event.id]) for event in events}


def with_given(row: Row) -> Row:
    """The row of an event; a date or place that was given without words of the report gets an empty span."""
    given: Row = {}
    if row["first_day"] is not None and row["date_text"] is None:
        given |= {"date_text": "", "date_start_char": 0, "date_end_char": 0, "date_reason": GIVEN}
    if row["place_name"] is not None and row["place_text"] is None:
        given |= {"place_text": "", "place_start_char": 0, "place_end_char": 0}
        given |= {"place_score": 1.0, "place_reason": GIVEN}
    return row | given


def rows(connection: duckdb.DuckDBPyConnection, sql: str, report_id: str) -> list[dict[str, Any]]:
    """The rows that a question about one report has for an answer."""
    cursor = connection.execute(sql, {"report": report_id})
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
