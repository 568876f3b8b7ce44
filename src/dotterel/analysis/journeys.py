"""Itineraries: the meetings and visits of a person in order, with places and whom they met."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from dotterel.analysis.acts import describe, frame_of, within
from dotterel.analysis.scope import DATINGS, DONE, VIEWS, scope_of
from dotterel.analysis.who import find_party
from dotterel.store import Store

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("first_day", "last_day", "how", "whom", "place", "country", "status", "date", "act_id", "sentence")
TOLD = {
    "linked": """SELECT id AS act_id, type, mode, status, date, first_day, last_day, first_published AS published,
       coalesce(place_name, place_text) AS place, place_country AS country, best_event AS told_in FROM linked_events""",
    "report": """SELECT e.id AS act_id, e.type, e.mode, e.status, e.date, e.first_day, e.last_day, r.published,
       coalesce(e.place_name, e.place_text) AS place, e.place_country AS country, e.id AS told_in
       FROM events e JOIN reports r ON r.id = e.report_id""",
}
MEETINGS = """
WITH acts AS ({told}),
mine AS (
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
SELECT a.act_id, a.first_day, a.last_day, a.date, a.place, a.country, a.status, m.sentence, o.whom,
       CASE WHEN a.mode = 'visit' AND mine.acted THEN 'visited'
            WHEN a.mode = 'visit' THEN 'hosted'
            WHEN a.mode = 'phone' THEN 'spoke from afar with'
            ELSE 'met' END AS how,
       {start} AS start, {end} AS "end"
FROM acts a
JOIN mine ON mine.act_id = a.act_id
LEFT JOIN others o ON o.act_id = a.act_id
LEFT JOIN mentions m ON m.event_id = a.told_in AND m.position = 0
WHERE a.type = 'CONSULT' AND list_contains($statuses, a.status) AND ($calls OR a.mode IS DISTINCT FROM 'phone')
ORDER BY a.first_day NULLS LAST, a.last_day, a.act_id
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

    Raises InputError where the person cannot be told, or where nothing has been linked and `unit` is "linked".
    """
    scope = scope_of(unit, statuses, since, until, dating)
    party = find_party(store, person, scope)
    _, parties, column = VIEWS[unit]
    start, end = DATINGS[dating]
    me = "actor_id = $me" if party.column == "id" else "country = $me"
    sql = MEETINGS.format(told=TOLD[unit], id=column, parties=parties, me=me, start=start, end=end)
    rows = frame_of(store, sql, {"me": party.key, "statuses": list(scope.statuses), "calls": calls})
    rows, left_out = within(rows, scope)
    return describe(rows[list(COLUMNS)], scope, left_out, person=party.label)
