"""Tallies: the figures reports give, by whose count and over time, their bounds and ranges kept."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from dotterel.actors.vocabulary import fold
from dotterel.analysis.acts import check_linked, describe, frame_of
from dotterel.analysis.between import PERIODS
from dotterel.analysis.needed import library
from dotterel.analysis.scope import DATINGS, DONE, Scope, one_of, scope_of
from dotterel.errors import InputError
from dotterel.store import Store

if TYPE_CHECKING:
    import pandas as pd

WHAT = ("strikes", "dead", "injured", "displaced", "troops", "protesters", "money", "votes", "other")
WHOSE = ("source", "by", "against", "place")
TOLD = ("day", "what", "value", "value_text", "bound", "low", "high", "unit", "by", "against", "place", "source",
        "reports", "dated_by", "act_id", "sentence")  # fmt: skip
SUMMED = ("period", "whose", "unit", "value", "low", "high", "bounds", "acts", "vague")
KEY = ["period", "whose", "unit"]  # of a sum
SAME = ("act", "unit", "value_text", "bound", "low", "high", "by", "against", "place", "source")
# A figure belongs to the act it counts; a figure of no act to its report, or to the report whose copy that prints.
FIGURES = {
    "linked": """
SELECT m.linked_id AS act_id, coalesce(p.group_id, f.report_id) AS copy_id, f.*, r.published
FROM figures f
JOIN reports r ON r.id = f.report_id
LEFT JOIN linked_members m ON m.event_id = f.event_id
LEFT JOIN reprints p ON p.report_id = f.report_id
WHERE f.what = $what""",
    "report": """
SELECT f.event_id AS act_id, f.report_id AS copy_id, f.*, r.published
FROM figures f
JOIN reports r ON r.id = f.report_id
WHERE f.what = $what""",
}
DATED = """
WITH told AS ({figures}),
acts AS (
    SELECT id AS act_id, {start} AS start, {end} AS "end" FROM ({acts}) WHERE list_contains($statuses, status)
)
SELECT t.act_id, coalesce(t.act_id, t.copy_id) AS act, t.event_id, t.report_id, t.position, t.published,
       a.start, a."end", t.what, t.value, t.value_text, t.bound, t.low, t.high, t.unit,
       t.by_whom AS "by", t.against, t.place, t.source, t.sentence
FROM told t LEFT JOIN acts a ON a.act_id = t.act_id
WHERE t.event_id IS NULL OR a.act_id IS NOT NULL
ORDER BY t.published NULLS LAST, t.report_id, t.position
"""


def tallies(
    store: Store,
    what: str,
    *,
    whose: str = "source",
    period: str | None = None,
    cumulate: bool = False,
    source: str | None = None,
    by: str | None = None,
    against: str | None = None,
    unit: str = "linked",
    statuses: Iterable[str] = DONE,
    since: date | str | None = None,
    until: date | str | None = None,
    dating: str = "sure",
) -> pd.DataFrame:
    """The figures of one kind (dead, strikes, troops, ...) in order of day, and by whose count.

    Without `period`, one row a figure: day (of the act, else of the report: dated_by), value (null for a vague count),
    value_text, bound, low and high (null: no bound that way), unit, by, against, place, source (who is cited), reports
    (that give it alike), act_id, sentence. With `period`, sums by day, week, month or year, by `whose` count (source,
    by, against or place) and by unit: of each act one figure a party, the last told as value, with the lowest low and
    the highest high of all; figures that belong to no act are left out, as nobody knows what they include. `cumulate`
    adds running totals. `source`, `by`, `against`: only figures with that in the column.

    Raises InputError for a kind there is not, or where reports are not linked yet and `unit` is "linked".
    """
    one_of("whose", whose, WHOSE)
    if period is not None:
        one_of("period", period, PERIODS)
    if cumulate and period is None:
        raise InputError("a running total needs periods; give one, such as period='month' (--period month)")
    scope = scope_of(unit, statuses, since, until, dating)
    figures = read_figures(store, what, scope, source=source, by=by, against=against)
    if period is not None:
        return sums_of(figures, whose, period, cumulate)
    return describe(figures.rows[list(TOLD)], scope, figures.left_out, what=what, whose=whose, counted="figure")


@dataclass(frozen=True, eq=False)
class Figures:
    """The figures of one kind, each once an act, in order of day."""

    what: str
    scope: Scope
    rows: pd.DataFrame  # the columns of TOLD, and report_id, start and end, published and last_told
    left_out: dict[str, int]


def read_figures(
    store: Store,
    what: str,
    scope: Scope,
    *,
    source: str | None = None,
    by: str | None = None,
    against: str | None = None,
) -> Figures:
    """The figures of one kind within the days of the scope. Raises InputError as `tallies` does."""
    one_of("what", what, WHAT)
    rows = figure_rows(store, scope, what)
    for name, word in (("source", source), ("by", by), ("against", against)):
        if word:
            rows = rows[holding(rows[name], word)]
    rows, left_out = dated(rows, scope)
    return Figures(what, scope, one_row_a_figure(rows), left_out)


def sums_of(figures: Figures, whose: str, period: str, cumulate: bool = False) -> pd.DataFrame:
    """The sums by period and by whose count, as `tallies` tells them."""
    rows, left_out = figures.rows, dict(figures.left_out)
    left_out["of no act"] = int(rows["act_id"].isna().sum())
    summed, vague = by_periods(rows[rows["act_id"].notna()], whose, period)
    left_out["dated too vaguely"] = left_out.get("dated too vaguely", 0) + vague
    if cumulate:
        summed = with_totals(summed)
    facts = {"what": figures.what, "whose": whose, "period": period, "counted": "figure"}
    return describe(summed, figures.scope, left_out, **facts)


def figure_rows(store: Store, scope: Scope, what: str) -> pd.DataFrame:
    """The figures of a kind, each with the act it counts and the ends between which its value lies."""
    check_linked(store, scope)
    start, end = DATINGS[scope.dating]
    sql = DATED.format(figures=FIGURES[scope.unit], acts=scope.views.acts, start=start, end=end)
    rows = frame_of(store, sql, {"what": what, "statuses": list(scope.statuses)})
    exact = rows["bound"].isna() | (rows["bound"] == "about")
    rows["low"] = rows["low"].fillna(rows["value"].where(exact | (rows["bound"] == "at least")))
    rows["low"] = rows["low"].mask((rows["bound"] == "at most") & rows["low"].isna(), 0.0)
    rows["high"] = rows["high"].fillna(rows["value"].where(exact | (rows["bound"] == "at most")))
    return rows


def holding(column: pd.Series, word: str) -> pd.Series:
    """Whether each cell holds the word, accents and case aside."""
    wanted = fold(word).lower()
    found = [isinstance(cell, str) and wanted in fold(cell).lower() for cell in column]
    made: pd.Series = library("pandas").Series(found, index=column.index, dtype=bool)
    return made


def dated(rows: pd.DataFrame, scope: Scope) -> tuple[pd.DataFrame, dict[str, int]]:
    """The rows within the days of the scope: by the act where it is dated, else by the day of the report."""
    by_act = rows["start"].notna() & rows["end"].notna()
    rows = rows.assign(
        dated_by=by_act.map({True: "act", False: "report"}),
        start=rows["start"].where(by_act, rows["published"]),
        end=rows["end"].where(by_act, rows["published"]),
    )
    rows = rows.assign(day=rows["start"])
    if not scope.bounded:
        return rows, {}
    pandas = library("pandas")
    since, until = pandas.Timestamp(scope.since or "1678-01-01"), pandas.Timestamp(scope.until or "2261-12-31")
    inside = (rows["start"] >= since) & (rows["end"] <= until)
    outside = (rows["end"] < since) | (rows["start"] > until)
    undated = rows["start"].isna()
    vague = int((~undated & ~inside & ~outside).sum())
    return rows[inside], {"without a date": int(undated.sum()), "dated too vaguely": vague}


def one_row_a_figure(rows: pd.DataFrame) -> pd.DataFrame:
    """Each figure once an act, however many reports give it alike: as first published, with the number of reports.

    Figures of no act are the same where reprints give them.
    """
    alike = rows.groupby(list(SAME), dropna=False, sort=False).ngroup()
    groups = rows.groupby(alike, sort=False)
    told = {"reports": groups["report_id"].transform("nunique"), "last_told": groups["published"].transform("max")}
    once = rows.assign(**told)[~alike.duplicated()]
    return once.sort_values(["day", "published", "report_id", "position"], na_position="last").reset_index(drop=True)


def by_periods(rows: pd.DataFrame, whose: str, period: str) -> tuple[pd.DataFrame, int]:
    """Sums by period, whose count and unit, and how many figures are of no single period.

    Of one act a party's last figure counts, between its lowest and its highest; an end that is open in one is open in
    the sum. Vague counts ('dozens') are told, not added.
    """
    start, end = (rows[name].dt.to_period(PERIODS[period]) for name in ("start", "end"))
    sure = (start == end) & rows["start"].notna()
    rows = rows.assign(period=start.dt.start_time, whose=rows[whose])[sure]
    rows = rows.sort_values(["last_told", "report_id", "position"], na_position="first")
    known = rows[rows["value"].notna()].fillna({"low": -math.inf, "high": math.inf})
    acts = known.groupby([*KEY, "act"], dropna=False, sort=False)
    each = acts.agg(value=("value", "last"), low=("low", "min"), high=("high", "max")).reset_index()
    every = rows[[*KEY, "act"]].drop_duplicates().groupby(KEY, dropna=False).size()
    sums = each.groupby(KEY, dropna=False).agg(
        value=("value", "sum"), low=("low", "sum"), high=("high", "sum"), acts=("act", "size")
    )
    frame = sums.reindex(every.index).replace([math.inf, -math.inf], math.nan)
    frame = frame.assign(
        bounds=bounds_of(known).reindex(every.index).fillna(""), acts=frame["acts"].fillna(0).astype(int)
    )
    frame = frame.assign(vague=every - frame["acts"]).reset_index()
    return in_order(frame)[list(SUMMED)], int((~sure).sum())


def bounds_of(known: pd.DataFrame) -> pd.Series:
    """The kinds of bounds in each sum: "about; at least"."""
    told = known.dropna(subset=["bound"])[[*KEY, "bound"]].drop_duplicates().sort_values("bound")
    made: pd.Series = told.groupby(KEY, dropna=False)["bound"].agg("; ".join)
    return made


def in_order(frame: pd.DataFrame) -> pd.DataFrame:
    """Sums by period, then by whose count, nobody's last, then by unit."""
    frame = frame.astype({"period": "datetime64[ns]", "value": float, "low": float, "high": float})
    order = frame.assign(nobody=frame["whose"].isna()).sort_values(["period", "nobody", "whose", "unit"])
    return order.drop(columns="nobody").reset_index(drop=True)


def with_totals(summed: pd.DataFrame) -> pd.DataFrame:
    """The sums with running totals of value, low and high by whose count and unit; an open end stays open."""
    groups = summed.groupby(["whose", "unit"], dropna=False)
    totals = {f"total_{name}": groups[name].cumsum(skipna=name == "value") for name in ("value", "low", "high")}
    frame = summed.assign(**totals)
    frame["total_value"] = frame.groupby(["whose", "unit"], dropna=False)["total_value"].ffill()
    return frame
