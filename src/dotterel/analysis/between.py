"""The acts between two parties, read once: for their series, their profile, and whoever asks what is behind a point."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dotterel.analysis.acts import acts_of, frame_of, within
from dotterel.analysis.needed import library
from dotterel.analysis.scope import DATINGS, Scope
from dotterel.analysis.who import Party, find_parties
from dotterel.store import Store

if TYPE_CHECKING:
    import pandas as pd

PERIODS = {"day": "D", "week": "W-SUN", "month": "M", "year": "Y"}  # weeks begin on Monday
# As the views of dyads have it, but for these two alone: an act told with actors and recipients is of each actor toward
# each recipient; one with several actors and no recipient is of each of them toward each other.
BETWEEN = """
WITH part AS MATERIALIZED (
    SELECT {id} AS act_id, role, actor_id, {a} AS is_a, {b} AS is_b FROM {parties}
    WHERE role IN ('actor', 'recipient') AND ({a} OR {b})
),
way AS MATERIALIZED (
    SELECT act_id,
           bool_or(role = 'actor' AND is_a) AND bool_or(role = 'recipient' AND is_b) AS there,
           bool_or(role = 'actor' AND is_b) AND bool_or(role = 'recipient' AND is_a) AS back,
           bool_or(role = 'actor' AND is_a) AND bool_or(role = 'actor' AND is_b)
               AND count(DISTINCT actor_id) FILTER (role = 'actor') > 1 AS together
    FROM part GROUP BY act_id
    HAVING there OR back OR together
),
received AS (
    SELECT DISTINCT p.{id} AS act_id FROM {parties} p JOIN way w ON w.act_id = p.{id} AND w.together
    WHERE p.role = 'recipient'
),
told AS (
    SELECT w.act_id, coalesce(w.there, false) AS there, coalesce(w.back, false) AS back,
           coalesce(w.together, false) AND r.act_id IS NULL AS together
    FROM way w LEFT JOIN received r ON r.act_id = w.act_id
)
SELECT e.id AS act_id, e.told_in, e.type, e.quad, e.score, e.confidence, {start} AS start, {end} AS "end",
       t.there OR t.together AS there, t.back OR t.together AS back
FROM ({acts}) e JOIN told t ON t.act_id = e.id
WHERE list_contains($statuses, e.status) AND (t.there OR t.back OR t.together)
ORDER BY act_id
"""


@dataclass(frozen=True, eq=False)
class Dyad:
    """Two parties and the acts between them."""

    scope: Scope
    first: Party
    second: Party
    rows: pd.DataFrame  # one row an act and way: 'a' from the first to the second, 'b' back

    def one_way(self, way: str) -> Dyad:
        """With the acts of one way only; a mutual act is of both."""
        return replace(self, rows=self.rows[self.rows["way"] == way].reset_index(drop=True))


def read_dyad(store: Store, a: str, b: str, scope: Scope) -> Dyad:
    """The acts between two parties.

    Raises InputError where a party cannot be told, or where reports are not linked yet and acts are asked for.
    """
    first, second = find_parties(store, (a, b), scope)
    return Dyad(scope, first, second, directed(store, scope, first, second))


def directed(store: Store, scope: Scope, first: Party, second: Party) -> pd.DataFrame:
    """The acts between two parties, one row an act and way: 'a' from the first to the second, 'b' back."""
    start, end = DATINGS[scope.dating]
    sql = BETWEEN.format(a=first.condition("a"), b=second.condition("b"), start=start, end=end, **scope.views._asdict())
    rows = frame_of(store, sql, {"a": first.key, "b": second.key, "statuses": list(scope.statuses)})
    ways = [rows[rows[column]].assign(way=way) for way, column in (("a", "there"), ("b", "back"))]
    both: pd.DataFrame = library("pandas").concat(ways)
    return both.drop(columns=["there", "back"]).reset_index(drop=True)


def placed(rows: pd.DataFrame, scope: Scope, by: str) -> tuple[pd.DataFrame, dict[str, int]]:
    """The rows with the period of each, those left out that may have been in one period or another."""
    rows, left_out = within(rows, scope)
    undated = rows["start"].isna() | rows["end"].isna()
    left_out["without a date"] = left_out.get("without a date", 0) + acts_of(rows[undated])
    rows = rows[~undated]
    period = rows["start"].dt.to_period(PERIODS[by])
    sure = period == rows["end"].dt.to_period(PERIODS[by])
    left_out["dated too vaguely"] = left_out.get("dated too vaguely", 0) + acts_of(rows[~sure])
    return rows.assign(period=period)[sure], left_out
