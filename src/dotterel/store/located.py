"""Where acts happened: how many answer a search at each place, and which those at some places are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb
import pyarrow as pa

from dotterel.errors import StoreError
from dotterel.store.conditions import Values
from dotterel.store.search import answering, asked, with_names
from dotterel.store.sought import Search

UNITS = ("linked", "events")
COUNTED = """
SELECT e.place_name AS name, e.place_country AS country, e.latitude, e.longitude, count(*) AS acts,
       count(*) FILTER (e.quad = 1) AS quad_1, count(*) FILTER (e.quad = 2) AS quad_2,
       count(*) FILTER (e.quad = 3) AS quad_3, count(*) FILTER (e.quad = 4) AS quad_4
FROM {acts}
GROUP BY ALL ORDER BY acts DESC, name, country, e.latitude, e.longitude
"""
LISTED = """
SELECT e.id AS {id}, e.date, e.type, e.mode, e.status, e.quad, e.place_name AS place, e.place_country, r.title,
       r.published, r.id AS report_id
FROM {acts}
ORDER BY coalesce(e.first_day, r.published) DESC NULLS LAST, e.id LIMIT $limit
"""
# Coordinates are compared as they were read, so that each place is one, however many have its name.
AMONG = "(e.latitude, e.longitude) IN (SELECT unnest($latitudes::DOUBLE[]), unnest($longitudes::DOUBLE[]))"
Degrees = tuple[float, float]  # north, east


def located(connection: duckdb.DuckDBPyConnection, search: Search) -> pa.Table:
    """One row a place with the acts that answer: name, country, latitude, longitude, acts, quad_1 to quad_4.

    Acts that are put nowhere are in rows without coordinates. Raises StoreError as a search does.
    """
    words_first, acts, values = acts_answering(search)
    try:
        return connection.sql(f"{words_first} {COUNTED.format(acts=acts)}", params=values).to_arrow_table()
    except (duckdb.Error, UnicodeError) as error:
        raise StoreError(f"the search failed: {str(error).splitlines()[0]}") from error


def acts_at(
    connection: duckdb.DuckDBPyConnection, search: Search, points: Sequence[Degrees], limit: int
) -> list[dict[str, Any]]:
    """The latest acts that answer and happened at any of the points, with the names of both sides.

    Raises StoreError as a search does.
    """
    words_first, acts, values = acts_answering(search, AMONG)
    values |= {"latitudes": [p[0] for p in points], "longitudes": [p[1] for p in points], "limit": limit}
    key = "linked_id" if search.by == "linked" else "event_id"
    rows = asked(connection, f"{words_first} {LISTED.format(acts=acts, id=key)}", values)
    return [row | {"id": row[key]} for row in with_names(connection, rows, search)]


def acts_answering(search: Search, *more: str) -> tuple[str, str, Values]:
    """What answers a search as `answering` has it. Raises StoreError where reports are sought."""
    if search.by not in UNITS:
        raise StoreError(f"'{search.by}' is nothing that happens at a place; known: {', '.join(UNITS)}")
    return answering(search, *more)
