"""A search answered a page at a time, in any order: first which acts answer, then what is to be read of those shown."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from dotterel.errors import StoreError
from dotterel.store.conditions import PARTIES, Values
from dotterel.store.rows import Row
from dotterel.store.search import RERANKED, answering, asked, share
from dotterel.store.sought import Search

BEST = "best"  # by words; without words the newest first
EVERY = 2**31 - 1  # rows of a page that holds them all
# What rows are sorted by. Of equals the latest act comes first, then the smallest id, so that the order is always one.
KEYS = {
    "date": "e.first_day",
    "actors": "strip_accents(lower(s.name))",  # the first of them
    "type": "e.type",
    "recipients": "strip_accents(lower(s.name))",
    "mode": "e.mode",
    "status": "e.status",
    "quad": "e.quad",
    "score": "e.score",
    "place": "strip_accents(lower(coalesce(e.place_name, e.place_text)))",
    "country": "e.place_country",
    "confidence": "e.confidence",
    "source": "strip_accents(lower(coalesce(r.source, r.agency)))",
}
OF_UNIT = {
    "events": {"published": "r.published", "reports": "1", "sources": "1"},
    "linked": {"published": "e.first_published", "reports": "e.reports", "sources": "e.sources"},
}
SIDES = {"actors": "actor", "recipients": "recipient"}
SUMMED = """count(*) AS total, min(e.first_day) AS first, max(e.last_day) AS last,
       count(*) FILTER (e.quad = 1) AS quad_1, count(*) FILTER (e.quad = 2) AS quad_2,
       count(*) FILTER (e.quad = 3) AS quad_3, count(*) FILTER (e.quad = 4) AS quad_4"""
FOUND = """
{words_first} found AS MATERIALIZED (
    SELECT e.id, {told} AS told_in, {rank} AS rank, {key} AS key, e.first_day, e.last_day, e.quad FROM {rows}
),
whole AS (SELECT {summed} FROM found e)
SELECT f.id, f.told_in, f.rank, w.* FROM found f CROSS JOIN whole w
ORDER BY key {way} NULLS LAST, first_day DESC NULLS LAST, id LIMIT $limit OFFSET $offset"""
NAMED = " LEFT JOIN (SELECT {id} AS id, name FROM {parties} WHERE role = '{role}' AND position = 0) s ON s.id = e.id"
SUMMARY = "{words_first} SELECT {summed} FROM {rows}"
ACT = """e.id, e.date, e.first_day, e.last_day, e.date_precision, e.type, e.mode, e.status, e.quad, e.score, e.contexts,
       coalesce(e.place_name, e.place_text) AS place, e.place_region, e.place_country, e.confidence,
       r.title, r.source, r.agency, r.url, r.id AS report_id"""
ROWS = {
    "events": f"""
SELECT {ACT}, r.published, 1 AS reports, 1 AS sources, NULL AS conflicting, e.corrected
FROM current_events e JOIN reports r ON r.id = e.report_id WHERE e.id IN (SELECT unnest($ids::VARCHAR[]))""",
    "linked": f"""
SELECT {ACT}, e.first_published AS published, e.reports, e.sources
FROM current_linked e JOIN reports r ON r.id = e.first_report WHERE e.id IN (SELECT unnest($ids::VARCHAR[]))""",
}
# What linked events have besides, each asked for by itself: as a subquery of each row it would be worked out for all.
MORE = {
    "conflicting": """
SELECT linked_id, string_agg(field || ': ' || value, '; ' ORDER BY field, value) FROM linked_details
WHERE kind = 'conflicting' AND linked_id IN (SELECT unnest($ids::VARCHAR[])) GROUP BY linked_id""",
    "corrected": """
SELECT linked_id, arg_max(corrected, number) FROM corrected_members
WHERE linked_id IN (SELECT unnest($ids::VARCHAR[])) GROUP BY linked_id""",
}
NAMES = """
SELECT {id} AS id, role, actor_id, name, text FROM {parties}
WHERE {id} IN (SELECT unnest($ids::VARCHAR[])) ORDER BY position"""
TELLINGS = """
SELECT event_id, report_id, trigger, sentence, start_char - sentence_start_char AS trigger_start
FROM current_mentions WHERE event_id IN (SELECT unnest($ids::VARCHAR[])) ORDER BY position"""
REPORTS = (
    "SELECT id AS report_id, title, published, source, agency FROM reports WHERE id IN (SELECT unnest($ids::VARCHAR[]))"
)
REPORT = ("report_id", "title", "published", "source", "agency")
PARTY = ("actor_id", "name", "text")
ROLES = ("actor", "recipient", "attribution", "claimed_by")
NO_TELLING: Row = {"report_id": None, "trigger": None, "sentence": None, "trigger_start": None}


@dataclass(frozen=True, slots=True)
class Found:
    """Which rows answer a search."""

    ids: tuple[str, ...]  # those of the page, in order
    told_in: tuple[str, ...]  # of each the event whose words are shown: of a linked event the one that tells it best
    total: int  # all that answer

    def parts(self, size: int) -> Iterator[Found]:
        """The same in parts of so many rows."""
        for start in range(0, len(self.ids), size):
            part = slice(start, start + size)
            yield Found(self.ids[part], self.told_in[part], self.total)


@dataclass(frozen=True, slots=True)
class Summary:
    """What answers a search, in a few numbers."""

    total: int
    first: date | None  # first day of the earliest act that has one
    last: date | None
    quads: dict[int, int]  # quad class -> acts

    @classmethod
    def of(cls, row: Row) -> Summary:
        """From a row with the columns of SUMMED."""
        return cls(row["total"], row["first"], row["last"], {quad: row[f"quad_{quad}"] for quad in (1, 2, 3, 4)})


@dataclass(frozen=True, slots=True)
class Page:
    """A part of what answers a search."""

    rows: list[Row]
    summary: Summary  # of all that answer

    @property
    def total(self) -> int:
        """How many answer in all."""
        return self.summary.total


def page(
    connection: duckdb.DuckDBPyConnection, search: Search, sort: str, descending: bool, offset: int, limit: int
) -> Page:
    """A page of what answers; see `Store.page`."""
    found, whole = find_and_sum(connection, search, sort, descending, offset, limit)
    return Page(rows_of(connection, search, found), whole)


def find(
    connection: duckdb.DuckDBPyConnection, search: Search, sort: str, descending: bool, offset: int, limit: int
) -> Found:
    """The ids of a page of what answers, and how many answer; see `find_and_sum`."""
    return find_and_sum(connection, search, sort, descending, offset, limit)[0]


def find_and_sum(
    connection: duckdb.DuckDBPyConnection, search: Search, sort: str, descending: bool, offset: int, limit: int
) -> tuple[Found, Summary]:
    """The ids of a page of what answers, and the summary of all, from one look at what answers.

    The best by the words of their reports are ranked again by their own sentences. Raises StoreError where a filter
    or the order asks for what there cannot be.
    """
    if sort == BEST and search.terms and descending and offset < RERANKED:
        rows = _reranked(connection, search, _found(connection, search, sort, True, 0, RERANKED))
        more = offset + limit - RERANKED
        rows += _found(connection, search, sort, True, RERANKED, more) if more > 0 and len(rows) == RERANKED else []
        rows = rows[offset : offset + limit]
    else:
        rows = _found(connection, search, sort, descending, offset, limit)
    whole = Summary.of(rows[0]) if rows else summary(connection, search)
    return Found(tuple(row["id"] for row in rows), tuple(row["told_in"] for row in rows), whole.total), whole


def _found(
    connection: duckdb.DuckDBPyConnection, search: Search, sort: str, descending: bool, offset: int, limit: int
) -> list[Row]:
    """(id, told_in, rank) of so many from `offset` on, each with the columns of SUMMED for all that answer."""
    key, ranked = key_of(search, sort), bool(search.terms)
    key_column, parties = PARTIES[search.by]
    named = NAMED.format(id=key_column, parties=parties, role=SIDES[sort]) if sort in SIDES else ""
    words_first, rows, values = answering(search, report="r." in key, join=named)
    told = "e.id" if search.by == "events" else "k.event_id" if ranked else "e.best_event"
    sql = FOUND.format(
        words_first=f"{words_first}," if words_first else "WITH",
        told=told,
        rank="k.rank" if ranked else "0.0",
        key=key,
        rows=rows,
        summed=SUMMED,
        way="DESC" if descending else "ASC",
    )
    return asked(connection, sql, values | {"limit": limit, "offset": offset})


def key_of(search: Search, sort: str) -> str:
    """What rows are sorted by, in SQL. Raises StoreError where there is no such order, or reports are sought."""
    if search.by not in OF_UNIT:
        raise StoreError(f"'{search.by}' is nothing that is shown in pages; known: {', '.join(OF_UNIT)}")
    keys = KEYS | OF_UNIT[search.by]
    keys[BEST] = "k.rank" if search.terms else keys["published"]
    if sort not in keys:
        raise StoreError(f"nothing is sorted by '{sort}'; known: {', '.join(keys)}")
    return keys[sort]


def _reranked(connection: duckdb.DuckDBPyConnection, search: Search, rows: list[Row]) -> list[Row]:
    """The rows, those first whose own sentences hold more of what is sought."""
    wanted = set(search.terms)
    told = _tellings(connection, [row["told_in"] for row in rows])
    best = {event: max(share(one["sentence"], wanted) for one in tellings) for event, tellings in told.items()}
    return sorted(rows, key=lambda row: -row["rank"] * (1 + best.get(row["told_in"], 0.0)))


def rows_of(connection: duckdb.DuckDBPyConnection, search: Search, found: Found) -> list[Row]:
    """All that is to be read of these acts, in their order."""
    if not found.ids:
        return []
    values: Values = {"ids": list(found.ids)}
    acts = {row["id"]: row for row in asked(connection, ROWS[search.by], values)}
    key, parties = PARTIES[search.by]
    sides: dict[str, list[Row]] = defaultdict(list)
    for row in asked(connection, NAMES.format(id=key, parties=parties), values):
        sides[row["id"]].append(row)
    more = MORE if search.by == "linked" else {}
    besides = {name: dict(connection.execute(sql, values).fetchall()) for name, sql in more.items()}
    told, wanted = _tellings(connection, found.told_in), set(search.terms)
    best = {event: max(told[event], key=lambda t: share(t["sentence"], wanted), default=NO_TELLING) for event in told}
    asked_of = {"ids": [telling["report_id"] for telling in best.values()]}
    reports = {row["report_id"]: row for row in asked(connection, REPORTS, asked_of)}
    rows = []
    for one, event in zip(found.ids, found.told_in, strict=True):
        if one not in acts:
            continue  # written over since it was found
        act, telling = acts[one], best.get(event, NO_TELLING)
        own: Row = {name: known.get(one) for name, known in besides.items()}
        own |= {"told_in": event, "told_by": reports.get(telling["report_id"]) or pick(act, REPORT)}
        rows.append({**telling, **act, **_named(sides[one]), **own})
    return rows


def pick(row: Row, names: Sequence[str]) -> Row:
    """Those columns of a row."""
    return {name: row[name] for name in names}


def _named(parties: Sequence[Row]) -> Row:
    """Those who take part by role, their names, a role a cell, and the ids of both sides."""

    def of(role: str, what: str) -> list[str]:
        return [party[what] for party in parties if party["role"] == role]

    return {
        "parties": {role: [pick(party, PARTY) for party in parties if party["role"] == role] for role in ROLES},
        "actors": "; ".join(of("actor", "name")) or None,
        "recipients": "; ".join(of("recipient", "name")) or None,
        "according_to": "; ".join(of("attribution", "text")) or None,
        "claimed_by": "; ".join(of("claimed_by", "name")) or None,
        "actor_ids": of("actor", "actor_id"),
        "recipient_ids": of("recipient", "actor_id"),
    }


def _tellings(connection: duckdb.DuckDBPyConnection, events: Sequence[str]) -> dict[str, list[Row]]:
    """Event -> where its report tells it, the fullest first."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in asked(connection, TELLINGS, {"ids": list(events)}) if events else ():
        found[row.pop("event_id")].append(row)
    return found


def summary(connection: duckdb.DuckDBPyConnection, search: Search) -> Summary:
    """How many acts answer, from when to when, and how many of each quad class. Raises StoreError as `find` does."""
    key_of(search, BEST)
    words_first, rows, values = answering(search, report=False)
    (row,) = asked(connection, SUMMARY.format(words_first=words_first, summed=SUMMED, rows=rows), values)
    return Summary.of(row)
