"""Identities across reports: who is in a database, and what its user decides about who is who."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from dotterel.errors import StoreError
from dotterel.store.edits import id_named

LIST = """
SELECT actor_id, name,
       coalesce(array_to_string(countries, '; '), '') AS countries,
       events, quotes, first_seen, last_seen
FROM actor_rows
WHERE $word IS NULL OR contains(
    strip_accents(lower(concat_ws(chr(10), name, actor_id, array_to_string(texts, chr(10))))),
    strip_accents(lower($word))
)
ORDER BY events + quotes DESC, actor_id
"""
DECISIONS = """
SELECT number, kind, actor_id, into_id, concat_ws(': ', report_id, text) AS mentions, note,
       made::DATE AS made, undone::DATE AS undone
FROM actor_decisions ORDER BY number
"""
NAMED = """
SELECT name FROM actors WHERE id = $id
UNION ALL
SELECT into_name FROM actor_decisions WHERE into_id = $id AND undone IS NULL
LIMIT 1
"""
# Whose name begins with the words stands first, then whoever takes part most often.
COMPLETE = """
WITH called AS (
    SELECT id, name, country FROM actors
    UNION ALL
    SELECT DISTINCT into_id, into_name, NULL FROM actor_decisions
    WHERE kind = 'split' AND undone IS NULL AND into_id NOT IN (SELECT id FROM actors)
),
found AS (
    SELECT a.id AS actor_id, a.name, a.country FROM called a LEFT JOIN merged_actors m ON m.actor_id = a.id
    WHERE m.actor_id IS NULL AND contains(strip_accents(lower(a.name)), strip_accents(lower($word)))
)
SELECT f.actor_id, f.name, f.country, count(p.event_id) AS events
FROM found f LEFT JOIN event_actors p ON p.actor_id = f.actor_id
GROUP BY f.actor_id, f.name, f.country
ORDER BY starts_with(strip_accents(lower(f.name)), strip_accents(lower($word))) DESC, events DESC, f.name, f.actor_id
LIMIT $limit
"""


def complete_actor(connection: duckdb.DuckDBPyConnection, word: str, limit: int) -> pa.Table:
    """The actors whose name holds the words, accents and case aside: actor_id, name, country, events."""
    return connection.sql(COMPLETE, params={"word": word, "limit": limit}).to_arrow_table()


def list_actors(connection: duckdb.DuckDBPyConnection, word: str | None) -> pa.Table:
    """The rows of `actor_rows` whose name, id or wording holds the word, accents and case aside; all for None."""
    return connection.sql(LIST, params={"word": word}).to_arrow_table()


def name_of(connection: duckdb.DuckDBPyConnection, actor_id: str) -> str:
    """The name of the actor of that id.

    Raises StoreError where the database knows none.
    """
    found = connection.execute(NAMED, {"id": actor_id}).fetchone()
    if found is None:
        raise StoreError(f"no actor here has the id {actor_id}; find ids with: dotterel actors DB --search NAME")
    return str(found[0])


def record_merge(connection: duckdb.DuckDBPyConnection, actor_id: str, into_id: str, note: str | None) -> int:
    """Record that one actor is another; the number of the decision.

    Raises StoreError where an id is unknown, both are one, or the other is merged into the first already.
    """
    name_of(connection, actor_id)
    into_name = name_of(connection, into_id)
    merged = {str(k): str(v) for k, v in connection.execute("SELECT actor_id, into_id FROM merged_actors").fetchall()}
    if actor_id == into_id or merged.get(into_id) == actor_id:
        raise StoreError(f"{into_id} is {actor_id} already; undo that first, or merge the other way round")
    if actor_id in merged:
        raise StoreError(f"{actor_id} is merged into {merged[actor_id]}; undo that first")
    return _record(connection, ("merge", actor_id, into_id, into_name, None, None, note))


def record_split(
    connection: duckdb.DuckDBPyConnection,
    actor_id: str,
    name: str,
    report_id: str | None,
    text: str | None,
    note: str | None,
) -> int:
    """Record that an actor's mentions in a report, or in certain words, are of somebody else; the decision's number.

    Raises StoreError where neither report nor words are told, or no mention is such.
    """
    if report_id is None and text is None:
        raise StoreError(
            "tell which mentions to split off: those of a report (--report ID) or in certain words (--text)"
        )
    name_of(connection, actor_id)
    found = connection.execute(
        "SELECT count(*), min(report_id), count(DISTINCT report_id) FROM event_actors WHERE actor_id = $id"
        " AND ($report IS NULL OR starts_with(report_id, $report)) AND ($text IS NULL OR text = $text)",
        {"id": actor_id, "report": report_id, "text": text},
    ).fetchone()
    count, first, reports = found or (0, None, 0)
    if not count:
        raise StoreError(f"{actor_id} has no such mention; dotterel query shows them: SELECT * FROM parties")
    if report_id is not None and reports > 1:
        raise StoreError(f"{reports:,} reports begin with '{report_id}'; give more of the id")
    kind = actor_id.partition(":")[0]
    values = ("split", actor_id, id_named(kind, name), name, first if report_id is not None else None, text, note)
    return _record(connection, values)


def _record(connection: duckdb.DuckDBPyConnection, values: tuple[str | None, ...]) -> int:
    answer = connection.execute(
        "INSERT INTO actor_decisions (kind, actor_id, into_id, into_name, report_id, text, note)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING number",
        list(values),
    ).fetchone()
    assert answer is not None
    return int(answer[0])


def undo(connection: duckdb.DuckDBPyConnection, number: int) -> None:
    """Let a decision hold no longer; its row stays, with the time.

    Raises StoreError where there is no such decision, or it was undone before.
    """
    found = connection.execute("SELECT undone FROM actor_decisions WHERE number = ?", [number]).fetchone()
    if found is None:
        raise StoreError(f"there is no decision {number}; list them with: dotterel actors DB --decisions")
    if found[0] is not None:
        raise StoreError(f"decision {number} was undone before")
    connection.execute("UPDATE actor_decisions SET undone = current_timestamp WHERE number = ?", [number])
