"""Itineraries: the meetings and visits of a person in order, with places and whom they met."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from dotterel.analysis.acts import describe, frame_of, within
from dotterel.analysis.scope import DATINGS, DONE, scope_of
from dotterel.analysis.who import find_party
from dotterel.store import Store

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("first_day", "last_day", "how", "whom", "place", "country", "status", "date", "act_id", "sentence")
MEETINGS = """
WITH part AS MATERIALIZED (
    SELECT {id} AS act_id, role, name, coalesce({me}, false) AS is_me FROM {parties}
    WHERE role IN ('actor', 'recipient')
),
mine AS (SELECT act_id, bool_or(role = 'actor') AS acted FROM part WHERE is_me GROUP BY act_id),
met AS MATERIALIZED (
    SELECT e.*, mine.acted
    FROM ({acts}) e JOIN mine ON mine.act_id = e.id
    WHERE e.type = 'CONSULT' AND list_contains($statuses, e.status) AND ($calls OR e.mode IS DISTINCT FROM 'phone')
),
others AS (
    SELECT p.act_id, string_agg(DISTINCT p.name, '; ' ORDER BY p.name) AS whom
    FROM part p JOIN met ON met.id = p.act_id
    WHERE NOT p.is_me GROUP BY p.act_id
)
SELECT e.id AS act_id, e.first_day, e.last_day, e.date, e.status, o.whom,
       coalesce(e.place_name, e.place_text) AS place, e.place_country AS country, m.sentence,
       CASE WHEN e.mode = 'visit' AND e.acted THEN 'visited'
            WHEN e.mode = 'visit' THEN 'hosted'
            WHEN e.mode = 'phone' THEN 'spoke from afar with'
            ELSE 'met' END AS how,
       {start} AS start, {end} AS "end"
FROM met e
LEFT JOIN others o ON o.act_id = e.id
LEFT JOIN current_mentions m ON m.event_id = e.told_in AND m.position = 0
ORDER BY e.first_day NULLS LAST, e.last_day, act_id
"""


def itinerary(
    store: Store,
    person: str,
    *,
    calls: bool = False,
    unit: str = "linked",
    statuses: Iterable[str] = DONE,
    since: date | str | None = None,
    until: date | str | None = None,
    dating: str = "sure",
) -> pd.DataFrame:
    """The meetings and visits of a person in order, those of no known day last; with `calls` telephone calls too.

    Columns: first_day and last_day (between which it was), how (visited, hosted, met), whom (all others, `; ` between),
    place, country, status, date (as told), act_id, sentence.

    Raises InputError where the person cannot be told, or where reports are not linked yet and `unit` is "linked".
    """
    scope = scope_of(unit, statuses, since, until, dating)
    party = find_party(store, person, scope)
    start, end = DATINGS[dating]
    sql = MEETINGS.format(me=party.condition("me"), start=start, end=end, **scope.views._asdict())
    rows = frame_of(store, sql, {"me": party.key, "statuses": list(scope.statuses), "calls": calls})
    rows, left_out = within(rows, scope)
    return describe(rows[list(COLUMNS)], scope, left_out, person=party.label)
