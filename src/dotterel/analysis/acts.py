"""What every analysis does with acts: reads them as a frame, keeps those within days, tells what it counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from dotterel.analysis.needed import library
from dotterel.analysis.scope import Scope
from dotterel.errors import InputError
from dotterel.store import Store

if TYPE_CHECKING:
    import pandas as pd

WRITTEN = """
SELECT count(*) AS events, count(*) FILTER (m.event_id IS NULL) AS apart
FROM events e LEFT JOIN linked_members m ON m.event_id = e.id
"""


def frame_of(store: Store, sql: str, values: Mapping[str, object]) -> pd.DataFrame:
    """The answer to a query as a frame; days as timestamps."""
    library("pandas")
    frame: pd.DataFrame = store.query(sql, values).to_pandas(date_as_object=False)
    return frame


def unlinked_events(store: Store) -> int:
    """How many events have not been linked across reports yet."""
    (found,) = store.query(WRITTEN).to_pylist()
    return int(found["apart"])


def check_linked(store: Store, scope: Scope) -> None:
    """Raises InputError where acts are to be counted across reports and some have not been linked yet."""
    if scope.unit != "linked":
        return
    (found,) = store.query(WRITTEN).to_pylist()
    if found["apart"]:
        raise InputError(
            f"{store.path}: {found['apart']:,} of its {found['events']:,} events are not linked across reports yet;"
            f" run: dotterel link {store.path}, or count the events of each report with unit 'report' (--unit report)"
        )


def within(rows: pd.DataFrame, scope: Scope) -> tuple[pd.DataFrame, dict[str, int]]:
    """The rows whose acts fall into the days of the scope, and how many acts were left out for want of a date.

    Where no days are asked for, everything stays. An act that may have happened inside or outside is left out.
    """
    if not scope.bounded:
        return rows, {}
    pandas = library("pandas")
    since = pandas.Timestamp(scope.since or "1678-01-01")
    until = pandas.Timestamp(scope.until or "2261-12-31")
    undated = rows["start"].isna() | rows["end"].isna()
    inside = (rows["start"] >= since) & (rows["end"] <= until)
    outside = (rows["end"] < since) | (rows["start"] > until)
    left = {
        "without a date": acts_of(rows[undated]),
        "dated too vaguely": acts_of(rows[~undated & ~inside & ~outside]),
    }
    return rows[inside], left


def acts_of(rows: pd.DataFrame) -> int:
    """How many acts those rows are of."""
    return int(rows["act_id"].nunique())


def describe(frame: pd.DataFrame, scope: Scope, left_out: Mapping[str, int], **facts: object) -> pd.DataFrame:
    """The frame with what it counts in its `attrs`: unit, statuses, what was left out and why."""
    frame = frame.reset_index(drop=True)
    frame.attrs.update(
        unit=scope.unit_words,
        statuses=list(scope.statuses),
        left_out={reason: number for reason, number in left_out.items() if number},
        **facts,
    )
    return frame
