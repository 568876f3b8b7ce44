"""The reports of a database as a list to be looked through: sought by words, filtered, sorted, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import duckdb

from dotterel.errors import StoreError
from dotterel.store.search import answering, asked, with_sentences
from dotterel.store.sought import Search

Row = dict[str, Any]
SORTS = {  # of the list: what it is sorted by
    "published": "r.published",
    "title": "lower(r.title)",
    "source": "lower(coalesce(r.source, r.agency))",
    "events": "coalesce(n.events, 0)",
    "rank": "rank",
}
EVENTS = (
    " LEFT JOIN (SELECT report_id, count(*) AS events FROM current_events GROUP BY report_id) n ON n.report_id = r.id"
)
LISTED = """
SELECT r.id AS report_id, r.title, r.published, r.source, r.agency, r.url, coalesce(n.events, 0) AS events,
       (SELECT count(*) FROM verdicts v WHERE v.report_id = r.id) AS corrected, {rank} AS rank
"""
SOURCES = """
SELECT coalesce(source, agency) AS source, count(*) AS reports FROM reports
WHERE coalesce(source, agency) IS NOT NULL GROUP BY 1 ORDER BY reports DESC, 1 LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class ReportPage:
    """A page of the list, and how long the list is."""

    rows: list[Row]  # report_id, title, published, source, agency, url, events, corrected, rank, sentence
    total: int


def list_reports(
    connection: duckdb.DuckDBPyConnection,
    search: Search,
    sort: str | None = None,
    descending: bool = True,
    offset: int = 0,
    limit: int = 50,
) -> ReportPage:
    """The reports that answer, in that order (else the best first where words are sought, else the newest).

    Raises StoreError where a filter asks for what there cannot be, or the list cannot be sorted so.
    """
    if sort not in (None, *SORTS):
        raise StoreError(f"reports cannot be sorted by '{sort}'; choose one of {', '.join(SORTS)}")
    words_first, found, values = answering(search, join=EVENTS)
    order = SORTS[sort or ("rank" if search.terms else "published")]
    rank = "k.rank" if search.terms else "0.0::DOUBLE"
    total = asked(connection, f"{words_first} SELECT count(*) AS total FROM {found}", values)[0]["total"]
    listed = f"""{words_first} {LISTED.format(rank=rank)} FROM {found}
        ORDER BY {order} {"DESC" if descending else "ASC"} NULLS LAST, r.published DESC NULLS LAST, r.id
        LIMIT $limit OFFSET $offset"""
    rows = asked(connection, listed, values | {"limit": limit, "offset": offset})
    return ReportPage(with_sentences(connection, rows, search) if search.terms else rows, total)


def frequent_sources(connection: duckdb.DuckDBPyConnection, limit: int) -> list[tuple[str, int]]:
    """The publishers, or agencies where none is told, of most reports, and of how many."""
    return connection.execute(SOURCES, [limit]).fetchall()
