"""The acts that a person decided on, each in its sentence, with the words for its parties: material for training."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import duckdb

from dotterel.store.rows import Row

# A rejected act is in no view of what holds, so it is taken as it was coded.
ACTS = """
SELECT e.id AS event_id, e.report_id, e.type, e.mode, e.status, m.sentence_start_char AS start,
       substring(r.text, m.sentence_start_char + 1, m.sentence_end_char - m.sentence_start_char) AS sentence
FROM current_events e
JOIN current_mentions m ON m.event_id = e.id AND m.position = 0
JOIN reports r ON r.id = e.report_id
WHERE e.corrected IS NOT NULL
UNION ALL
SELECT e.id, e.report_id, NULL, NULL, NULL, m.sentence_start_char,
       substring(r.text, m.sentence_start_char + 1, m.sentence_end_char - m.sentence_start_char)
FROM verdicts v
JOIN events e ON e.id = v.event_id
JOIN mentions m ON m.event_id = e.id AND m.position = 0
JOIN reports r ON r.id = e.report_id
WHERE v.rejected
ORDER BY report_id, start, event_id
"""
PARTIES = """
SELECT p.event_id, p.role, p.position, p.actor_id, p.coded_id, p.name, p.start_char, p.end_char, p.kind
FROM parties p JOIN current_events e ON e.id = p.event_id
WHERE e.corrected IS NOT NULL AND p.role IN ('actor', 'recipient')
UNION ALL
SELECT p.event_id, p.role, p.position, p.actor_id, p.actor_id, p.name, p.start_char, p.end_char, p.kind
FROM event_actors p JOIN verdicts v ON v.event_id = p.event_id
WHERE v.rejected AND p.role IN ('actor', 'recipient')
ORDER BY event_id, role, position
"""
MENTIONED = """
SELECT DISTINCT report_id, actor_id, start_char AS start, end_char AS "end", text, kind FROM event_actors
WHERE report_id IN (SELECT unnest($reports::VARCHAR[]))
UNION
SELECT report_id, speaker_id, speaker_start_char, speaker_end_char, speaker_text, speaker_kind FROM quotes
WHERE report_id IN (SELECT unnest($reports::VARCHAR[])) AND speaker_id IS NOT NULL
UNION
SELECT report_id, actor_id, actor_start_char, actor_end_char, actor_text, actor_kind FROM attributions
WHERE report_id IN (SELECT unnest($reports::VARCHAR[])) AND actor_id IS NOT NULL
ORDER BY ALL
"""
GIVEN = "corrected"  # the kind of a party that a person named: it has no words of its own
NAMING = ("named", "titled")  # kinds of mention whose words name the actor wherever they stand


@dataclass(frozen=True, slots=True)
class DecidedParty:
    """Who takes part in an act, and where the report tells it. Offsets count characters of the sentence."""

    name: str
    own: tuple[int, int] | None  # the words that were coded; None where a person gave the party by name
    others: tuple[tuple[int, int], ...]  # where the report mentions the same actor elsewhere
    words: tuple[str, ...]  # what the report calls the actor by name, the longest first


@dataclass(frozen=True, slots=True)
class Decided:
    """An act as a person left it, or one that they rejected."""

    event_id: str
    report_id: str
    type: str | None  # None: rejected
    mode: str | None
    status: str | None
    sentence: str
    start: int  # of the sentence in its report
    actors: tuple[DecidedParty, ...]
    recipients: tuple[DecidedParty, ...]


def decided(connection: duckdb.DuckDBPyConnection) -> list[Decided]:
    """Every act that was accepted, edited, added or rejected, by report and place in it."""
    acts = _rows(connection, ACTS, {})
    reports = {"reports": list({act["report_id"] for act in acts})}
    mentioned = _grouped(_rows(connection, MENTIONED, reports), "report_id", "actor_id")
    parties = _grouped(_rows(connection, PARTIES, {}), "event_id", "role")

    def side(act: Row, role: str) -> tuple[DecidedParty, ...]:
        return tuple(_party(party, act, mentioned) for party in parties.get((act["event_id"], role), []))

    return [Decided(**act, actors=side(act, "actor"), recipients=side(act, "recipient")) for act in acts]


def _party(party: Row, act: Row, mentioned: Mapping[tuple[str, str], list[Row]]) -> DecidedParty:
    ids = dict.fromkeys((party["coded_id"], party["actor_id"]))
    elsewhere = [row for name in ids for row in mentioned.get((act["report_id"], name), [])]
    own = (party["start_char"] - act["start"], party["end_char"] - act["start"])
    others = dict.fromkeys((row["start"] - act["start"], row["end"] - act["start"]) for row in elsewhere)
    words = sorted({row["text"] for row in elsewhere if row["kind"] in NAMING}, key=lambda text: (-len(text), text))
    return DecidedParty(party["name"], None if party["kind"] == GIVEN else own, tuple(others), tuple(words))


def _grouped(rows: Iterable[Row], first: str, second: str) -> dict[tuple[str, str], list[Row]]:
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        found[row[first], row[second]].append(row)
    return found


def _rows(connection: duckdb.DuckDBPyConnection, sql: str, values: dict[str, Any]) -> list[Row]:
    cursor = connection.execute(sql, values)
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
