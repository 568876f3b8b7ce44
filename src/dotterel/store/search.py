"""Search: words in the text of reports, ranked, and filters on what was coded; every value is bound, none is SQL."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import duckdb
import pyarrow as pa

from dotterel.errors import StoreError
from dotterel.store.conditions import Values, conditions
from dotterel.store.sentences import sentence_spans
from dotterel.store.sought import Search
from dotterel.store.terms import term, words

RERANKED = 500  # of the best by their reports' words, ranked again by their own sentences

# How well each report answers the words, by BM25; a report has to hold them all, and every phrase.
RANKED = """
hits AS (SELECT report, term, count FROM terms WHERE term IN (SELECT unnest($terms::VARCHAR[]))),
frequent AS (SELECT term, count(*) AS reports FROM hits GROUP BY term),
size AS (SELECT count(*) AS reports, avg(length) AS length FROM indexed),
fitting AS (
    SELECT h.report,
           sum(ln(1 + (s.reports - f.reports + 0.5) / (f.reports + 0.5))
               * h.count * 2.2 / (h.count + 1.2 * (0.25 + 0.75 * i.length / s.length))) AS rank,
           any_value(i.report_id) AS report_id
    FROM hits h JOIN frequent f ON f.term = h.term JOIN indexed i ON i.number = h.report CROSS JOIN size s
    GROUP BY h.report HAVING count(*) = len($terms)
),
ranked AS (
    SELECT f.report_id, f.rank FROM fitting f JOIN reports r ON r.id = f.report_id
    {phrases}
)
"""
ACTS = {"events": "current_events e", "linked": "current_linked e", "reports": "reports r"}
FIRST_REPORT = {"events": "e.report_id", "linked": "e.first_report"}
REPORT = re.compile(r"\br\.")  # a condition that names a column of the report
COLUMNS = {
    "events": """e.id AS event_id, e.date, e.type, e.mode, e.status,
       coalesce(e.place_name, e.place_text) AS place, e.place_country, e.contexts, e.confidence,
       r.title, r.published, r.source, r.id AS report_id, e.id AS told_in, {rank} AS rank""",
    "linked": """e.id AS linked_id, e.date, e.type, e.mode, e.status,
       coalesce(e.place_name, e.place_text) AS place, e.place_country, e.contexts, e.confidence, e.reports, e.sources,
       r.title, e.first_published AS published, r.source, r.id AS report_id, {told} AS told_in, {rank} AS rank""",
    "reports": "r.id AS report_id, r.published, r.source, r.title, {rank} AS rank",
}
BEST_MEMBER = """JOIN (
    SELECT m.linked_id, max(k.rank) AS rank, arg_max(m.event_id, k.rank) AS event_id
    FROM current_members m JOIN ranked k ON k.report_id = m.report_id GROUP BY m.linked_id
) k ON k.linked_id = e.id"""
NAMES = """
SELECT {id} AS id, string_agg(name, '; ' ORDER BY position) FILTER (role = 'actor') AS actors,
       string_agg(name, '; ' ORDER BY position) FILTER (role = 'recipient') AS recipients
FROM {parties} WHERE {id} IN (SELECT unnest($ids::VARCHAR[])) GROUP BY {id}
"""
SENTENCES = """
SELECT event_id, list(sentence ORDER BY position) FROM current_mentions
WHERE event_id IN (SELECT unnest($ids::VARCHAR[])) GROUP BY event_id
"""
TEXTS = "SELECT id, text FROM reports WHERE id IN (SELECT unnest($ids::VARCHAR[]))"


def run_search(connection: duckdb.DuckDBPyConnection, search: Search) -> pa.Table:
    """What answers, the best first, each with the sentence that fits best.

    Raises StoreError where a filter asks for what there cannot be, or no word is left to look up.
    """
    rows = asked(connection, *statement(search))
    told = with_sentences(connection, rows, search)
    told.sort(key=lambda row: -row["rank"] if search.terms else 0)
    return as_table(with_names(connection, told[: search.limit], search), search)


def asked(connection: duckdb.DuckDBPyConnection, sql: str, values: Values) -> list[dict[str, Any]]:
    """The rows that a statement has for an answer. Raises StoreError where it fails."""
    try:
        cursor = connection.execute(sql, values)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    except (duckdb.Error, UnicodeError) as error:
        raise StoreError(f"the search failed: {str(error).splitlines()[0]}") from error


def statement(search: Search) -> tuple[str, Values]:
    """The SQL of a search, and the values of its parameters."""
    ranked = bool(search.terms)
    words_first, rows, values = answering(search)
    told = "k.event_id" if ranked and search.by == "linked" else "e.best_event"
    columns = COLUMNS[search.by].format(rank="k.rank" if ranked else "0.0::DOUBLE", told=told)
    order = "rank DESC, published DESC NULLS LAST, 1" if ranked else "published DESC NULLS LAST, 1"
    values["limit"] = max(search.limit, RERANKED) if ranked else search.limit
    return f"{words_first} SELECT {columns} FROM {rows} ORDER BY {order} LIMIT $limit", values


def answering(search: Search, *more: str, report: bool = True, join: str = "") -> tuple[str, str, Values]:
    """What answers a search as SQL: what stands before SELECT, what after FROM, and the values of both.

    `e` is an act, `r` its report, `k` its rank by words; `more` are further conditions, `join` another join. Without
    `report` the report is joined only where a condition asks for it. Raises StoreError as `run_search` does.
    """
    search.check()
    phrases = {f"phrase_{n}": phrase for n, phrase in enumerate(search.phrases)}
    values: Values = {**phrases, **({"terms": search.terms} if search.terms else {})}
    where = " AND ".join([*conditions(search, values), *more])
    rows = ACTS[search.by]
    if search.by != "reports" and (report or search.terms or REPORT.search(where)):
        rows += f" JOIN reports r ON r.id = {FIRST_REPORT[search.by]}"
    if search.terms:
        rows += f" {BEST_MEMBER if search.by == 'linked' else 'JOIN ranked k ON k.report_id = r.id'}"
    # Letters are not folded here: taking accents off every text would take ten times as long.
    tests = " AND ".join(f"contains(lower(r.text), ${name})" for name in phrases)
    words_first = f"WITH {RANKED.format(phrases=f'WHERE {tests}' if tests else '')}" if search.terms else ""
    return words_first, f"{rows}{join} WHERE {where}" if where else f"{rows}{join}", values


def with_sentences(
    connection: duckdb.DuckDBPyConnection, rows: list[dict[str, Any]], search: Search
) -> list[dict[str, Any]]:
    """The rows with the sentence of each that holds most of what is sought; an act whose own does ranks higher."""
    asked = set(search.terms)
    ids = [row["told_in"] for row in rows if "told_in" in row]
    told = dict(connection.execute(SENTENCES, {"ids": ids}).fetchall()) if ids else {}
    bare = [row["report_id"] for row in rows if search.by == "reports"]
    texts = dict(connection.execute(TEXTS, {"ids": bare}).fetchall()) if bare else {}
    found = []
    for row in rows:
        text = texts.get(row["report_id"], "")
        sentences = told.get(row.get("told_in")) or [text[a:b] for a, b in sentence_spans(text)]
        sentence = max(sentences, key=lambda s: share(s, asked), default=None)
        found.append(row | {"sentence": sentence, "rank": row["rank"] * (1 + share(sentence or "", asked))})
    return found


def share(sentence: str, asked: set[str]) -> float:
    """How many of the terms a sentence holds, 0 to 1."""
    return len(asked & {term(word) for word in words(sentence)}) / len(asked) if asked else 0.0


def with_names(
    connection: duckdb.DuckDBPyConnection, rows: list[dict[str, Any]], search: Search
) -> list[dict[str, Any]]:
    """The rows with the names of both sides."""
    if search.by == "reports" or not rows:
        return rows
    key, parties = ("linked_id", "linked_parties") if search.by == "linked" else ("event_id", "parties")
    sql = NAMES.format(id=key, parties=parties)
    found = {i: (a, b) for i, a, b in connection.execute(sql, {"ids": [row[key] for row in rows]}).fetchall()}
    blank = (None, None)
    return [row | dict(zip(("actors", "recipients"), found.get(row[key], blank), strict=True)) for row in rows]


def as_table(rows: Sequence[dict[str, Any]], search: Search) -> pa.Table:
    """The answer with the columns that a search by that unit has."""
    act = ("date", "actors", "type", "mode", "status", "recipients", "place", "place_country", "contexts", "confidence")
    report = ("title", "published", "source", "report_id", "rank")
    columns = {
        "events": ("event_id", *act, "sentence", *report),
        "linked": ("linked_id", *act, "reports", "sources", "sentence", *report),
        "reports": ("report_id", "published", "source", "title", "sentence", "rank"),
    }[search.by]
    kinds = {"contexts": pa.list_(pa.string()), "confidence": pa.float64(), "rank": pa.float64(),
             "published": pa.date32(), "reports": pa.int32(), "sources": pa.int32()}  # fmt: skip
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in columns])
    return pa.Table.from_pylist([{name: row.get(name) for name in columns} for row in rows], schema=schema)
