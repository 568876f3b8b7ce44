"""Every decision that a person made, of all kinds, the newest first: corrections, merges, splits, joins and parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import duckdb

from dotterel.store.corrections import SHOWN
from dotterel.store.edits import SEPARATOR
from dotterel.store.rows import Row

KINDS = ("accept", "reject", "edit", "add", "merge", "split", "join", "part")
MADE = """
WITH made AS (
    SELECT 'corrections' AS family, number, arg_max(kind, rowid) AS kind, min(made) AS made,
           CASE WHEN bool_and(undone IS NOT NULL) THEN max(undone) END AS undone
    FROM corrections GROUP BY number
    UNION ALL
    SELECT 'actors', number, kind, made, undone FROM actor_decisions
    UNION ALL
    SELECT 'links', number, CASE WHEN same THEN 'join' ELSE 'part' END, made, undone
    FROM judgements WHERE made_by <> 'dotterel'
)
"""
PAGE = f"""{MADE} SELECT * FROM made WHERE $kind IS NULL OR kind = $kind
ORDER BY made DESC, family, number DESC LIMIT $limit OFFSET $offset"""
COUNTS = f"{MADE} SELECT kind, count(*), count(*) FILTER (undone IS NULL) FROM made GROUP BY kind"
# A correction that followed its act into a new coding has rows of several places: the newest are about it as it is now.
CORRECTED = """
WITH asked AS (SELECT rowid AS written, * FROM corrections WHERE number IN (SELECT unnest($numbers::BIGINT[]))),
place AS (SELECT * FROM asked QUALIFY row_number() OVER (PARTITION BY number ORDER BY written DESC) = 1),
told AS (
    SELECT p.number,
           list((a.field, a.value) ORDER BY a.written) FILTER (list_contains($shown, a.field)) AS changes,
           any_value(a.value) FILTER (a.field = 'sentence') AS sentence
    FROM place p JOIN asked a ON a.number = p.number AND a.kind = p.kind AND a.type = p.type
     AND a.start_char = p.start_char AND a.end_char = p.end_char
    GROUP BY p.number
)
SELECT p.number, p.report_id, p.type, p.note, p.made_by, t.changes, r.title, r.published,
       CASE WHEN p.kind = 'add' THEN p.report_id || '-c' || p.number ELSE m.event_id END AS event_id,
       substring(r.text, p.start_char + 1, p.end_char - p.start_char) AS words,
       coalesce(m.sentence, t.sentence) AS sentence
FROM place p
JOIN told t ON t.number = p.number
JOIN reports r ON r.id = p.report_id
LEFT JOIN (
    SELECT e.id AS event_id, e.report_id, e.type, m.start_char, m.end_char, m.sentence
    FROM events e JOIN mentions m ON m.event_id = e.id AND m.position = 0
    WHERE e.report_id IN (SELECT report_id FROM place)
) m ON m.report_id = p.report_id AND m.type = p.type AND m.start_char = p.start_char AND m.end_char = p.end_char
"""
IDENTIFIED = """
SELECT d.number, d.note, d.actor_id, coalesce(a.name, d.actor_id) AS actor, d.into_id, d.into_name, d.text AS words,
       d.report_id, r.title, r.published
FROM actor_decisions d LEFT JOIN actors a ON a.id = d.actor_id LEFT JOIN reports r ON r.id = d.report_id
WHERE d.number IN (SELECT unnest($numbers::BIGINT[]))
"""
LINKED = """
SELECT number, note, made_by, event_a, event_b FROM judgements WHERE number IN (SELECT unnest($numbers::BIGINT[]))
"""
NAMES = "SELECT id, name FROM actors WHERE id IN (SELECT unnest($ids::VARCHAR[]))"
SIDES = ("actors", "recipients")
ACTS = """
SELECT e.id AS event_id, e.report_id, r.title, r.published, e.type, m.trigger AS words, m.sentence
FROM events e JOIN reports r ON r.id = e.report_id LEFT JOIN mentions m ON m.event_id = e.id AND m.position = 0
WHERE e.id IN (SELECT unnest($events::VARCHAR[]))
"""


@dataclass(frozen=True, slots=True)
class ToldAct:
    """An act that a decision is about, in its report's words."""

    event_id: str | None  # None where the report's coding has no such act any more
    report_id: str
    title: str | None
    published: date | None
    type: str  # as coded
    words: str | None
    sentence: str | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided, and whether it holds."""

    family: str  # corrections, actors, links: each counts its own numbers
    number: int
    kind: str  # one of KINDS
    made: datetime
    undone: datetime | None  # None while it holds
    by: str | None
    note: str | None
    acts: tuple[ToldAct, ...] = ()  # the one that is corrected, or the two that are joined or parted
    changes: tuple[tuple[str, str], ...] = ()  # what is set: field and value, '' for nothing, actors by their names
    actor: tuple[str, str] | None = None  # id and name of who is merged or split
    into: tuple[str, str] | None = None  # and of whom is meant
    mentions: str | None = None  # split: the words that are of somebody else
    within: ToldAct | None = None  # split: the report whose mentions they are


def history(
    connection: duckdb.DuckDBPyConnection, kind: str | None = None, limit: int = 100, offset: int = 0
) -> list[Decision]:
    """Decisions of one kind, or of all, the newest first."""
    made = rows(connection, PAGE, {"kind": kind, "limit": limit, "offset": offset})
    numbers = {family: [row["number"] for row in made if row["family"] == family] for family in FAMILIES}
    told = {family: FAMILIES[family](connection, wanted) for family, wanted in numbers.items() if wanted}
    return [Decision(**row, **told[row["family"]][row["number"]]) for row in made]


def history_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[int, int]]:
    """Kind -> how many decisions there are, and how many of them hold; in the order of KINDS."""
    found = {kind: (made, held) for kind, made, held in connection.execute(COUNTS).fetchall()}
    return {kind: found[kind] for kind in KINDS if kind in found}


def corrections_told(connection: duckdb.DuckDBPyConnection, numbers: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Corrections by number: what they are about."""
    found = rows(connection, CORRECTED, {"numbers": list(numbers), "shown": SHOWN})
    sides = [value for row in found for field, value in row["changes"] or () if field in SIDES]
    ids = list({name for value in sides for name in value.split(SEPARATOR)})
    names = {row["id"]: row["name"] for row in rows(connection, NAMES, {"ids": ids})}
    return {
        row["number"]: {
            "by": row["made_by"],
            "note": row["note"],
            "acts": (act_told(row),),
            "changes": tuple((field, named(field, value, names)) for field, value in row["changes"] or ()),
        }
        for row in found
    }


def named(field: str, value: str, names: Mapping[str, str]) -> str:
    """A value with the names of actors in place of their ids."""
    return SEPARATOR.join(names.get(name, name) for name in value.split(SEPARATOR)) if field in SIDES else value


def identities_told(connection: duckdb.DuckDBPyConnection, numbers: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Merges and splits by number: who is who."""
    return {
        row["number"]: {
            "by": None,
            "note": row["note"],
            "actor": (row["actor_id"], row["actor"]),
            "into": (row["into_id"], row["into_name"]),
            "mentions": row["words"],
            "within": act_told(row | {"event_id": None, "type": "", "sentence": None}) if row["report_id"] else None,
        }
        for row in rows(connection, IDENTIFIED, {"numbers": list(numbers)})
    }


def links_told(connection: duckdb.DuckDBPyConnection, numbers: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Joins and parts by number: the two events. One that is coded no more has nothing but its id."""
    found = rows(connection, LINKED, {"numbers": list(numbers)})
    wanted = list({row[side] for row in found for side in ("event_a", "event_b")})
    acts = {row["event_id"]: act_told(row) for row in rows(connection, ACTS, {"events": wanted})}
    return {
        row["number"]: {
            "by": row["made_by"],
            "note": row["note"],
            "acts": tuple(acts.get(name) or gone(name) for name in (row["event_a"], row["event_b"])),
        }
        for row in found
    }


FAMILIES = {"corrections": corrections_told, "actors": identities_told, "links": links_told}


def act_told(row: Mapping[str, Any]) -> ToldAct:
    """The act of a row."""
    names = ("event_id", "report_id", "title", "published", "type", "words", "sentence")
    return ToldAct(*(row[name] for name in names))


def gone(event_id: str) -> ToldAct:
    """An event that is coded no more."""
    return ToldAct(None, event_id.rpartition("-")[0], None, None, "", None, None)


def rows(connection: duckdb.DuckDBPyConnection, sql: str, values: Mapping[str, Any]) -> list[Row]:
    """The rows of an answer."""
    cursor = connection.execute(sql, dict(values))
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
