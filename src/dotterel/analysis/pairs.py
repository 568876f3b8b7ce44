"""Pairs of parties, those of most acts first: how many acts of each class, how they scored, when, and by year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from dotterel.actors.vocabulary import states
from dotterel.analysis.acts import check_linked
from dotterel.analysis.nodes import LEVELS, node
from dotterel.analysis.scope import DATINGS, Scope, one_of
from dotterel.store import Store

SORTS = {  # what comes first
    "acts": "acts DESC",
    "cooperation": "cooperation DESC, acts DESC",
    "conflict": "conflict DESC, acts DESC",
    "last": "last DESC NULLS LAST, acts DESC",
}
# As the views of dyads have it, without what they tell besides: an act told with actors and recipients is of each actor
# with each recipient; one with several actors and no recipient is of each of them with each other. Each once a pair.
PAIRS = """
WITH part AS MATERIALIZED (
    SELECT DISTINCT act_id, role, p_name AS name, {node} AS node
    FROM (
        SELECT {id} AS act_id, role, name AS p_name, actor_id AS p_id, country AS p_country, sector AS p_sector
        FROM {parties} WHERE role IN ('actor', 'recipient')
    )
),
pair AS (
    SELECT s.act_id, least(s.node, t.node) AS a, greatest(s.node, t.node) AS b
    FROM part s JOIN part t ON t.act_id = s.act_id AND s.role = 'actor' AND t.role = 'recipient' AND s.node <> t.node
    UNION
    SELECT s.act_id, s.node, t.node
    FROM part s JOIN part t ON t.act_id = s.act_id AND s.role = 'actor' AND t.role = 'actor' AND s.node < t.node
    WHERE s.act_id NOT IN (SELECT act_id FROM part WHERE role = 'recipient')
),
act AS (
    SELECT id, quad, score, {start} AS start, {end} AS "end" FROM ({acts}) WHERE list_contains($statuses, status)
),
told AS MATERIALIZED (
    SELECT p.a, p.b, e.* FROM pair p JOIN act e ON e.id = p.act_id
    WHERE ($party IS NULL OR p.a = $party OR p.b = $party) AND {inside}
),
summed AS (
    SELECT e.a, e.b, count(*) AS acts,
           count(*) FILTER (e.quad <= 2) AS cooperation, count(*) FILTER (e.quad > 2) AS conflict,
           [count(*) FILTER (e.quad = 1), count(*) FILTER (e.quad = 2),
            count(*) FILTER (e.quad = 3), count(*) FILTER (e.quad = 4)] AS quads,
           avg(e.score) AS score, min(e.start) AS first, max(e."end") AS last
    FROM told e GROUP BY e.a, e.b
),
shown AS (
    SELECT *, count(*) OVER () AS pairs FROM summed ORDER BY {order}, a, b LIMIT $limit OFFSET $offset
),
dated AS (
    SELECT e.a, e.b, histogram(year(e.start)) AS years FROM told e JOIN shown s ON s.a = e.a AND s.b = e.b GROUP BY ALL
),
called AS (
    SELECT node, arg_max(name, (length(name), name)) AS name FROM part
    WHERE node IN (SELECT a FROM shown UNION SELECT b FROM shown) GROUP BY node
)
SELECT s.*, d.years, x.name AS a_name, y.name AS b_name
FROM shown s
JOIN dated d ON d.a = s.a AND d.b = s.b
JOIN called x ON x.node = s.a
JOIN called y ON y.node = s.b
ORDER BY {order}, s.a, s.b
"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parties and what was between them, whoever acted."""

    a: str  # country code or actor's id
    b: str
    names: tuple[str, str]
    acts: int
    quads: tuple[int, int, int, int]  # acts of each class
    score: float  # mean
    first: date | None
    last: date | None
    years: dict[int, int]  # acts by the year they began in


def pairs(
    store: Store,
    scope: Scope,
    *,
    by: str = "country",
    party: str | None = None,
    sort: str = "acts",
    limit: int = 50,
    offset: int = 0,
) -> tuple[list[Pair], int]:
    """Some of the pairs that have acts between them, and how many there are in all.

    By country, armed groups, organisations and those of no country stand for themselves; by actor everybody does.
    `party` is a country code or an id that one of the two has to be. Raises InputError for a choice there is not, or
    where acts are asked for and reports are not linked yet.
    """
    one_of("by", by, LEVELS)
    one_of("sort", sort, SORTS)
    check_linked(store, scope)
    start, end = DATINGS[scope.dating]
    sql = PAIRS.format(node=node("p", by), start=start, end=end, order=SORTS[sort], inside=inside(scope),
                       **scope.views._asdict())  # fmt: skip
    days = {name: day for name, day in (("since", scope.since), ("until", scope.until)) if day}
    values = {"statuses": list(scope.statuses), "party": party, "limit": limit, "offset": offset, **days}
    rows = store.query(sql, values).to_pylist()
    return [pair_of(row) for row in rows], rows[0]["pairs"] if rows else 0


def inside(scope: Scope) -> str:
    """In SQL: that an act is surely within the days of the scope."""
    ends = ((scope.since, "e.start >= $since"), (scope.until, 'e."end" <= $until'))
    return " AND ".join(condition for day, condition in ends if day) or "true"


def pair_of(row: dict[str, Any]) -> Pair:
    """A row of the query."""
    names = [name_of(row[side], row[f"{side}_name"]) for side in ("a", "b")]
    years = dict(sorted((int(year), int(count)) for year, count in (row["years"] or ())))
    return Pair(row["a"], row["b"], (names[0], names[1]), row["acts"], tuple(row["quads"]), row["score"], row["first"],
                row["last"], years)  # fmt: skip


def name_of(key: str, name: str) -> str:
    """The name of a country for its code; else the actor's."""
    return states()[key].name if key in states() else name


def all_years(found: Iterable[Pair]) -> list[int]:
    """Every year from the first to the last in which any of the pairs acted."""
    years = [year for pair in found for year in pair.years]
    return list(range(min(years), max(years) + 1)) if years else []
