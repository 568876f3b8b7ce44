"""The acts of a database, one after another, as exports write them: linked, or the events of each report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import duckdb

from dotterel.exports.acts import Act, Party, Source, Spot

Row = dict[str, Any]
# Acts held at a time; the views are gone through once for each so many, which in a large store costs most.
BATCH = 50_000
UNITS = ("linked", "report")

IDS = {
    "linked": "SELECT id FROM current_linked {only} ORDER BY first_day NULLS LAST, id",
    "report": "SELECT id FROM current_events {only} ORDER BY first_day NULLS LAST, id",
}
REPORT = """r.id AS report_id, r.title, r.published, r.source AS publisher, r.agency, r.url, r.language, r.coded_by,
       m.trigger, m.sentence, r.title IS NOT NULL AS titled,
       len(regexp_extract_all(substring(t.text, 1, m.start_char), '\\n+')) AS breaks"""
ACTS = {
    "linked": f"""
SELECT e.* EXCLUDE (reports), {REPORT}, tellings.mentions, coalesce(tellings.reports, [e.first_report]) AS reports,
       (SELECT list(d.field || ': ' || d.value ORDER BY d.field, d.value)
        FROM linked_details d WHERE d.linked_id = e.id AND d.kind = 'conflicting') AS disputed
FROM current_linked e
JOIN reports r ON r.id = e.first_report
LEFT JOIN current_mentions m ON m.event_id = e.best_event AND m.position = 0
LEFT JOIN reports t ON t.id = m.report_id
LEFT JOIN (
    SELECT l.linked_id, count(*) AS mentions, list_sort(list(DISTINCT l.report_id)) AS reports
    FROM current_members l LEFT JOIN current_mentions n ON n.event_id = l.event_id
    WHERE l.linked_id IN (SELECT unnest(?::VARCHAR[])) GROUP BY l.linked_id
) tellings ON tellings.linked_id = e.id
WHERE e.id IN (SELECT unnest(?::VARCHAR[]))
ORDER BY e.first_day NULLS LAST, e.id""",
    "report": f"""
SELECT e.*, {REPORT}, tellings.mentions, [e.report_id] AS reports, 1 AS sources, NULL AS disputed
FROM current_events e
JOIN reports r ON r.id = e.report_id
LEFT JOIN current_mentions m ON m.event_id = e.id AND m.position = 0
LEFT JOIN reports t ON t.id = e.report_id
LEFT JOIN (
    SELECT event_id, count(*) AS mentions FROM current_mentions
    WHERE event_id IN (SELECT unnest(?::VARCHAR[])) GROUP BY event_id
) tellings ON tellings.event_id = e.id
WHERE e.id IN (SELECT unnest(?::VARCHAR[]))
ORDER BY e.first_day NULLS LAST, e.id""",
}
PARTIES = {
    "linked": "SELECT linked_id AS act, * FROM linked_parties WHERE linked_id IN (SELECT unnest(?::VARCHAR[]))",
    "report": "SELECT event_id AS act, * FROM parties WHERE event_id IN (SELECT unnest(?::VARCHAR[]))",
}
STORIES = """
SELECT report_id, 'people' AS kind, name FROM parties
WHERE actor_id LIKE 'person:%' AND report_id IN (SELECT unnest($1::VARCHAR[]))
UNION
SELECT report_id, 'organisations', name FROM parties
WHERE split_part(actor_id, ':', 1) NOT IN ('person', 'state', 'role', 'people', 'place', 'crowd', 'bloc')
  AND report_id IN (SELECT unnest($1::VARCHAR[]))
UNION
SELECT report_id, 'places', coalesce(name, text) FROM places WHERE report_id IN (SELECT unnest($1::VARCHAR[]))
ORDER BY ALL"""


def acts_of(connection: duckdb.DuckDBPyConnection, unit: str, ids: Sequence[str] | None = None) -> Iterator[Act]:
    """Every act by its first day, the undated last: linked events (`linked`) or events of reports (`report`).

    With `ids`, only those.
    """
    only = "WHERE id IN (SELECT unnest(?::VARCHAR[]))" if ids is not None else ""
    wanted = connection.cursor().execute(IDS[unit].format(only=only), [list(ids)] if ids is not None else [])
    while batch := [row[0] for row in wanted.fetchmany(BATCH)]:
        yield from _batch(connection.cursor(), unit, batch)


def _batch(cursor: duckdb.DuckDBPyConnection, unit: str, ids: list[str]) -> Iterator[Act]:
    """The acts of those ids, in order."""
    rows = _rows(cursor, ACTS[unit], [ids] * ACTS[unit].count("?"))
    parties: dict[str, list[Row]] = defaultdict(list)
    for row in _rows(cursor, f"{PARTIES[unit]} ORDER BY position", [ids]):
        parties[row["act"]].append(row)
    stories: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in _rows(cursor, STORIES, [sorted({row["report_id"] for row in rows})]):
        stories[row["report_id"]][row["kind"]].append(row["name"])
    for row in rows:
        yield _act(row, parties[row["id"]], stories[row["report_id"]])


def _rows(cursor: duckdb.DuckDBPyConnection, sql: str, values: list[list[str]]) -> list[Row]:
    answer = cursor.execute(sql, values)
    names = [column[0] for column in answer.description or ()]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def _act(row: Row, parties: list[Row], story: dict[str, list[str]]) -> Act:
    same = (
        "id",
        "type",
        "mode",
        "status",
        "quad",
        "score",
        "date",
        "first_day",
        "last_day",
        "sources",
        "confidence",
        "reason",
    )
    return Act(
        **{name: row[name] for name in same},
        contexts=tuple(row["contexts"] or ()),
        place=_spot(row),
        actors=_side(parties, "actor"),
        recipients=_side(parties, "recipient"),
        claimed_by=_side(parties, "claimed_by"),
        attribution=_side(parties, "attribution"),
        source=_source(row, story),
        trigger=row["trigger"] or "",
        sentence=row["sentence"] or "",
        lead=row["breaks"] is not None and row["breaks"] <= row["titled"],
        reports=tuple(row["reports"]),
        mentions=row["mentions"] or 1,
        disputed=tuple(row["disputed"] or ()),
    )


def _side(parties: list[Row], role: str) -> tuple[Party, ...]:
    return tuple(
        Party(p["actor_id"], p["name"], p["country"], p["sector"], tuple(p["sectors"] or ()), p["text"])
        for p in parties
        if p["role"] == role
    )


def _spot(row: Row) -> Spot | None:
    words = row["place_text"] or row["place_name"]  # a place that a person gave has no words in the report
    if words is None:
        return None
    where = {name: row[name] for name in ("latitude", "longitude", "geonames")}
    return Spot(words, row["place_name"], row["place_region"], row["place_country"], **where)


def _source(row: Row, story: dict[str, list[str]]) -> Source:
    return Source(
        row["report_id"],
        **{name: row[name] for name in ("title", "published", "publisher", "agency", "url", "language", "coded_by")},
        people=tuple(story["people"]),
        organisations=tuple(story["organisations"]),
        places=tuple(story["places"]),
    )
