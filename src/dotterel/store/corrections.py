"""What a person decided about codings: acts accepted, rejected, edited and added; nothing else is changed.

A correction is kept by its act's type as coded and the place of its trigger in the report's text, for ids change with
every new coding; `carrying` has it follow the act into one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import duckdb
import pyarrow as pa

from dotterel.errors import StoreError
from dotterel.store.edits import Parties, columns, party_ids
from dotterel.store.sentences import sentence_around
from dotterel.store.verdicts import settle

ADD_ROW = """
INSERT INTO corrections (number, report_id, kind, type, start_char, end_char, field, value, note, made_by)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
ACT = """
SELECT e.report_id, e.type, m.start_char, m.end_char FROM events e
JOIN mentions m ON m.event_id = e.id AND m.position = 0 WHERE e.id = $id
UNION ALL
SELECT report_id, coded_type, start_char, end_char FROM verdicts WHERE event_id = $id AND added IS NOT NULL
"""
NOW = "SELECT coalesce(v.type, e.type), coalesce(v.mode, e.mode) FROM (SELECT $id AS id) LEFT JOIN events e USING (id)\
 LEFT JOIN verdicts v ON v.event_id = $id"
LIST = """
SELECT c.number, c.kind, c.report_id, any_value(a.event_id) AS event_id, c.type,
       any_value(substring(r.text, c.start_char + 1, c.end_char - c.start_char)) AS words,
       string_agg(c.field || ': ' || c.value, ', ' ORDER BY c.rowid) FILTER (list_contains($shown, c.field)) AS changes,
       any_value(c.note) AS note, any_value(c.made_by) AS made_by,
       any_value(c.made)::DATE AS made, max(c.undone)::DATE AS undone
FROM corrections c
JOIN reports r ON r.id = c.report_id
LEFT JOIN corrected_acts a
  ON c.undone IS NULL AND a.report_id = c.report_id AND a.type = c.type
 AND a.start_char = c.start_char AND a.end_char = c.end_char AND (c.kind <> 'add' OR a.added = c.number)
WHERE $report IS NULL OR starts_with(c.report_id, $report)
GROUP BY c.number, c.kind, c.report_id, c.type, c.start_char, c.end_char, c.undone IS NULL
QUALIFY row_number() OVER (PARTITION BY c.number ORDER BY max(c.rowid) DESC) = 1
ORDER BY c.number
"""
SHOWN = ["type", "mode", "status", "date", "place_name", "place_country", "actors", "recipients"]


class Key(NamedTuple):
    """Which act a correction is about."""

    report_id: str
    type: str  # as coded
    start: int  # of its trigger
    end: int


class Remark(NamedTuple):
    """What is told about a correction beside what it says."""

    note: str | None = None
    by: str | None = None  # who made it


def judge(connection: duckdb.DuckDBPyConnection, event_id: str, kind: str, remark: Remark) -> int:
    """Record that an act is accepted or rejected. Raises StoreError where there is no such act."""
    return record(connection, kind, act_of(connection, event_id), {}, remark)


def edit(
    connection: duckdb.DuckDBPyConnection,
    event_id: str,
    fields: Mapping[str, str | None],
    actors: Parties | None,
    recipients: Parties | None,
    remark: Remark,
) -> int:
    """Record other values of an act. Raises StoreError where there is no such act, no value, or a value is none."""
    key = act_of(connection, event_id)
    kind, mode = connection.execute(NOW, {"id": event_id}).fetchone() or (key.type, None)
    values = columns(fields, kind, mode) | _sides(connection, actors, recipients)
    if not values:
        raise StoreError(f"tell what to change in {event_id}: type, mode, status, date, actors, recipients or place")
    return record(connection, "edit", key, values, remark)


def add(
    connection: duckdb.DuckDBPyConnection,
    report_id: str,
    words: str,
    start: int | None,
    fields: Mapping[str, str | None],
    actors: Parties,
    recipients: Parties,
    remark: Remark,
) -> int:
    """Record an act that was not coded. Raises StoreError where the words are not there, or it is coded already."""
    found = connection.execute("SELECT text FROM reports WHERE id = ?", [report_id]).fetchone()
    if found is None:
        raise StoreError(f"holds no report {report_id}")
    text = str(found[0])
    at = text.find(words, start or 0) if words.strip() else -1
    if at < 0 or (start is not None and at != start):
        raise StoreError(f"report {report_id} has no words '{words}'" + (f" at {start}" if start is not None else ""))
    values = columns(fields, "", None) | _sides(connection, actors, recipients)
    key = Key(report_id, values["type"], at, at + len(words))
    if same := event_at(connection, key):
        raise StoreError(f"that act is there already: {same}; edit it instead")
    return record(connection, "add", key, values | {"sentence": sentence_around(text, key.start, key.end)}, remark)


def _sides(connection: duckdb.DuckDBPyConnection, actors: Parties | None, recipients: Parties | None) -> dict[str, str]:
    """The columns of both sides, where they are given."""
    given = {"actors": actors, "recipients": recipients}
    return {name: party_ids(connection, value) for name, value in given.items() if value is not None}


def act_of(connection: duckdb.DuckDBPyConnection, event_id: str) -> Key:
    """The key of an event, coded or added. Raises StoreError where there is none of that id."""
    found = connection.execute(ACT, {"id": event_id}).fetchone()
    if found is None:
        raise StoreError(f"no event here has the id {event_id}; find ids with: dotterel search DB WORDS")
    return Key(*found)


def event_at(connection: duckdb.DuckDBPyConnection, key: Key) -> str | None:
    """The event, coded or added, that has this key."""
    found = connection.execute(
        "SELECT e.id FROM events e JOIN mentions m ON m.event_id = e.id AND m.position = 0"
        " WHERE e.report_id = $r AND e.type = $t AND m.start_char = $s AND m.end_char = $e"
        " UNION ALL SELECT event_id FROM corrected_acts WHERE added IS NOT NULL"
        " AND report_id = $r AND type = $t AND start_char = $s AND end_char = $e",
        dict(zip("rtse", key, strict=True)),
    ).fetchone()
    return str(found[0]) if found else None


def record(
    connection: duckdb.DuckDBPyConnection,
    kind: str,
    key: Key,
    values: Mapping[str, str],
    remark: Remark,
    number: int | None = None,
) -> int:
    """Write a correction, a row a field, and tell its number: the one given, or the next."""
    if number is None:
        (number,) = connection.execute("SELECT nextval('correction_number')").fetchone() or (0,)
    rows: Iterable[tuple[str | None, str | None]] = values.items() or ((None, None),)
    for field, value in rows:
        connection.execute(ADD_ROW, [number, key.report_id, kind, *key[1:], field, value, *remark])
    settle(connection, key.report_id)
    return int(number)


def undo(connection: duckdb.DuckDBPyConnection, number: int) -> None:
    """Let a correction hold no longer; its rows stay, with the time.

    Raises StoreError where there is no such correction, or it was undone before.
    """
    rows = connection.execute("SELECT undone, report_id FROM corrections WHERE number = ?", [number]).fetchall()
    if not rows:
        raise StoreError(f"there is no correction {number}; list them with: dotterel correct DB list")
    if all(undone for undone, _ in rows):
        raise StoreError(f"correction {number} was undone before")
    connection.execute(
        "UPDATE corrections SET undone = current_timestamp WHERE number = ? AND undone IS NULL", [number]
    )
    settle(connection, rows[0][1])


def listed(connection: duckdb.DuckDBPyConnection, report_id: str | None) -> pa.Table:
    """Every correction, a row each, about its act as the newest coding has it."""
    return connection.sql(LIST, params={"report": report_id, "shown": SHOWN}).to_arrow_table()
