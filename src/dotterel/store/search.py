"""Search: words in the text of reports, ranked, and filters on what was coded; every value is bound, none is SQL."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import duckdb
import pyarrow as pa

from dotterel.codebook import get
from dotterel.errors import StoreError
from dotterel.store.edits import date_columns
from dotterel.store.sentences import sentence_spans
from dotterel.store.terms import term, terms, words
from dotterel.store.whom import whom

UNITS = ("events", "linked", "reports")
PHRASE = re.compile(r'"([^"]*)"')
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
EVENTS = """
SELECT e.id AS event_id, e.date, e.type, e.mode, e.status, 
       coalesce(e.place_name, e.place_text) AS place, e.place_country, e.contexts, e.confidence,
       r.title, r.published, r.source, r.id AS report_id, e.id AS told_in, {rank} AS rank
FROM current_events e JOIN reports r ON r.id = e.report_id {ranked}
"""
LINKED = """
SELECT e.id AS linked_id, e.date, e.type, e.mode, e.status, 
       coalesce(e.place_name, e.place_text) AS place, e.place_country, e.contexts, e.confidence, e.reports, e.sources,
       r.title, e.first_published AS published, r.source, r.id AS report_id,
       {told} AS told_in, {rank} AS rank
FROM current_linked e JOIN reports r ON r.id = e.first_report {ranked}
"""
REPORTS = """
SELECT r.id AS report_id, r.published, r.source, r.title, {rank} AS rank
FROM reports r {ranked}
"""
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


@dataclass(frozen=True, slots=True)
class Search:
    """What is sought. Words must all be in the report, a phrase stands in quotation marks; None asks for nothing."""

    words: str = ""
    by: str = "events"  # events, linked (each act once) or reports
    actor: str | None = None  # a country, an id, or part of a name (see `whom`); on either side
    dyad: tuple[str, str] | None = None  # who acted, toward whom
    type: str | None = None
    quad: int | None = None
    status: str | None = None
    country: str | None = None  # where it happened, or of a party
    context: str | None = None
    since: str | None = None  # first day, month or year
    until: str | None = None
    source: str | None = None  # part of the name of publisher or agency
    min_confidence: float = 0.0
    limit: int = 50

    @property
    def phrases(self) -> list[str]:
        """The phrases, as they are looked for in small letters."""
        found = (" ".join(phrase.lower().split()) for phrase in PHRASE.findall(self.words))
        return [phrase for phrase in found if phrase]

    @property
    def terms(self) -> list[str]:
        """The terms to be found, each once."""
        return list(dict.fromkeys(terms(self.words)))


def run_search(connection: duckdb.DuckDBPyConnection, search: Search) -> pa.Table:
    """What answers, the best first, each with the sentence that fits best.

    Raises StoreError where a filter asks for what there cannot be, or no word is left to look up.
    """
    if search.by not in UNITS:
        raise StoreError(f"'{search.by}' is nothing to search by; known: {', '.join(UNITS)}")
    if search.words.strip() and not search.terms:
        raise StoreError(f"'{search.words}' has common words only, which are not looked up; add one that tells more")
    sql, values = statement(search)
    try:
        cursor = connection.execute(sql, values)
        names = [column[0] for column in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    except (duckdb.Error, UnicodeError) as error:
        raise StoreError(f"the search failed: {str(error).splitlines()[0]}") from error
    told = with_sentences(connection, rows, search)
    told.sort(key=lambda row: -row["rank"] if search.terms else 0)
    return as_table(with_names(connection, told[: search.limit], search), search)


def statement(search: Search) -> tuple[str, dict[str, Any]]:
    """The SQL of a search, and the values of its parameters."""
    values: dict[str, Any] = {"terms": search.terms} if search.terms else {}
    phrases = {f"phrase_{n}": phrase for n, phrase in enumerate(search.phrases)}
    values |= phrases
    ranked = bool(search.terms)
    join = "JOIN ranked k ON k.report_id = r.id" if ranked else ""
    told = "e.best_event"
    if search.by == "linked" and ranked:
        join, told = BEST_MEMBER, "k.event_id"
    select = {"events": EVENTS, "linked": LINKED, "reports": REPORTS}[search.by].format(
        rank="k.rank" if ranked else "0.0::DOUBLE", ranked=join, told=told
    )
    found = conditions(search, values)
    where = f"WHERE {' AND '.join(found)}" if found else ""
    order = "rank DESC, published DESC NULLS LAST, 1" if ranked else "published DESC NULLS LAST, 1"
    values["limit"] = max(search.limit, RERANKED) if ranked else search.limit
    # Letters are not folded here: taking accents off every text would take ten times as long.
    tests = " AND ".join(f"contains(lower(r.text), ${name})" for name in phrases)
    words_first = f"WITH {RANKED.format(phrases=f'WHERE {tests}' if tests else '')}" if ranked else ""
    return f"{words_first} {select} {where} ORDER BY {order} LIMIT $limit", values


def conditions(search: Search, values: dict[str, Any]) -> list[str]:
    """What rows have to fulfil; the values they name are added to `values`."""
    found = []
    if search.source:
        values["source"] = search.source
        found.append(
            "contains(strip_accents(lower(concat_ws(' ', r.source, r.agency))), strip_accents(lower($source)))"
        )
    day = {"reports": "r.published", "events": "coalesce({}, r.published)", "linked": "coalesce({}, e.first_published)"}
    if search.since:
        values["since"] = bound(search.since, "first_day")
        found.append(f"{day[search.by].format('e.last_day')} >= $since")
    if search.until:
        values["until"] = bound(search.until, "last_day")
        found.append(f"{day[search.by].format('e.first_day')} <= $until")
    acts = act_conditions(search, values)
    if acts and search.by == "reports":
        inner = f"SELECT 1 FROM current_events e WHERE e.report_id = r.id AND {' AND '.join(acts)}"
        return [*found, f"EXISTS ({inner})"]
    return found + acts


def bound(value: str, end: str) -> date:
    """The first or last day of a date that is given. Raises StoreError where it is none."""
    return date.fromisoformat(date_columns(value)[end])


def act_conditions(search: Search, values: dict[str, Any]) -> list[str]:
    """The conditions on acts."""
    linked = search.by == "linked"
    key, parties, dyads = (
        ("linked_id", "linked_parties", "linked_dyads") if linked else ("event_id", "parties", "dyads")
    )
    found = []
    for name in ("type", "quad", "status"):
        if (value := getattr(search, name)) is not None:
            values[name] = get(value).name if name == "type" else value
            found.append(f"e.{name} = ${name}")
    if search.context:
        values["context"] = search.context
        found.append("list_contains(e.contexts, $context)")
    if search.min_confidence:
        values["sure"] = search.min_confidence
        found.append("e.confidence >= $sure")
    on_a_side = "p.role IN ('actor', 'recipient')"
    if search.country:
        values["country"] = search.country.upper()
        found.append(
            f"(e.place_country = $country OR e.id IN (SELECT p.{key} FROM {parties} p"
            f" WHERE {on_a_side} AND p.country = $country))"
        )
    if search.actor:
        one = whom(search.actor).condition(("p.actor_id", "p.country", "p.name"), "actor", values)
        found.append(f"e.id IN (SELECT p.{key} FROM {parties} p WHERE {on_a_side} AND {one})")
    if search.dyad:
        a = whom(search.dyad[0]).condition(("p.actor_id", "p.actor_country", "p.actor"), "side_a", values)
        b = whom(search.dyad[1]).condition(("p.recipient_id", "p.recipient_country", "p.recipient"), "side_b", values)
        found.append(f"e.id IN (SELECT p.{key} FROM {dyads} p WHERE {a} AND {b})")
    return found


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
