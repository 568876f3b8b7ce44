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
WITH mine AS (
    SELECT {id} AS act_id, bool_or(role = 'actor') AS acted FROM {parties}
    WHERE role IN ('actor', 'recipient') AND {me} GROUP BY {id}
),
others AS (
    SELECT act_id, string_agg(name, '; ' ORDER BY name) AS whom
    FROM (
        SELECT DISTINCT {id} AS act_id, name FROM {parties}
        WHERE role IN ('actor', 'recipient') AND NOT coalesce({me}, false)
    )
    GROUP BY act_id
)
SELECT DISTINCT d.{id} AS act_id, d.first_day, d.last_day, d.date, d.status, o.whom,
       r.place, r.place_country AS country, r.sentence,
       CASE WHEN d.mode = 'visit' AND mine.acted THEN 'visited'
            WHEN d.mode = 'visit' THEN 'hosted'
            WHEN d.mode = 'phone' THEN 'spoke from afar with'
            ELSE 'met' END AS how,
       {start} AS start, {end} AS "end"
FROM {dyads} d
JOIN mine ON mine.act_id = d.{id}
LEFT JOIN others o ON o.act_id = d.{id}
LEFT JOIN {rows} r ON r.{id} = d.{id}
WHERE d.type = 'CONSULT' AND list_contains($statuses, d.status) AND ($calls OR d.mode IS DISTINCT FROM 'phone')
ORDER BY d.first_day NULLS LAST, d.last_day, act_id
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
    me = "actor_id = $me" if party.column == "id" else "country = $me"
    sql = MEETINGS.format(me=me, start=start, end=end, **scope.views._asdict())
    rows = frame_of(store, sql, {"me": party.key, "statuses": list(scope.statuses), "calls": calls})
    rows, left_out = within(rows, scope)
    return describe(rows[list(COLUMNS)], scope, left_out, person=party.label)
