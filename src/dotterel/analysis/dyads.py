"""The relations of two parties: acts and their mean score by period, and what kinds of acts they are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from dotterel.analysis.acts import acts_of, describe, within
from dotterel.analysis.between import PERIODS, Dyad, placed, read_dyad
from dotterel.analysis.needed import library
from dotterel.analysis.scope import DONE, Scope, one_of, scope_of
from dotterel.analysis.who import Party
from dotterel.codebook.loader import QUADS
from dotterel.errors import InputError
from dotterel.store import Store

if TYPE_CHECKING:
    import pandas as pd

KINDS = {quad: kind.replace(" ", "_") for quad, kind in QUADS.items()}  # columns of a series
COUNTS = ("acts", "cooperation", "conflict", "from_a", "from_b", "mutual", *KINDS.values())


def dyad_series(
    store: Store,
    a: str,
    b: str,
    *,
    by: str = "week",
    one_a_day: bool = False,
    unit: str = "linked",
    statuses: Iterable[str] = DONE,
    since: date | str | None = None,
    until: date | str | None = None,
    dating: str = "sure",
) -> pd.DataFrame:
    """Acts between two parties by day, week (from Monday), month or year, one row a period, also where nothing was.

    Columns: period (its first day); acts; cooperation and conflict (acts of quad class 1, 2 and 3, 4); score (mean of
    the PLOVER scores, null without acts) and net (their sum); from_a and from_b (acts of one toward the other), mutual
    (acts that are both, as a meeting is, so that acts = from_a + from_b - mutual), score_from_a and score_from_b,
    verbal_cooperation, material_cooperation, verbal_conflict and material_conflict (acts of each quad class).
    With `one_a_day` only one act of a type is kept a day and direction. `attrs["left_out"]` tells how many acts are
    in no period.

    Raises InputError where a party cannot be told, or where reports are not linked yet and `unit` is "linked".
    """
    one_of("by", by, PERIODS)
    scope = scope_of(unit, statuses, since, until, dating)
    return series_of(read_dyad(store, a, b, scope), by, one_a_day)


def series_of(dyad: Dyad, by: str, one_a_day: bool = False) -> pd.DataFrame:
    """The same of acts that were read before. Raises InputError for a period there is not."""
    one_of("by", by, PERIODS)
    rows, left_out = placed(dyad.rows, dyad.scope, by)
    if one_a_day:
        before = acts_of(rows)
        rows = first_of_each_day(rows)
        left_out["more than one of a type a day"] = before - acts_of(rows)
    frame = by_period(rows, all_periods(rows, dyad.scope, by))
    a, b = dyad.first.label, dyad.second.label
    return describe(frame, dyad.scope, left_out, a=a, b=b, by=by, one_a_day=one_a_day)


def quad_profile(
    store: Store,
    a: str,
    b: str,
    *,
    unit: str = "linked",
    statuses: Iterable[str] = DONE,
    since: date | str | None = None,
    until: date | str | None = None,
    dating: str = "sure",
) -> pd.DataFrame:
    """What two parties do to each other, by quad class: eight rows, the four classes each way.

    Columns: actor, recipient, quad, kind (the class in words), acts, share (of all acts that way; null where there is
    none), score (mean), types ("ASSAULT 3; COERCE 1").

    Raises InputError as `dyad_series` does.
    """
    return profile_of(read_dyad(store, a, b, scope_of(unit, statuses, since, until, dating)))


def profile_of(dyad: Dyad) -> pd.DataFrame:
    """The same of acts that were read before."""
    rows, left_out = within(dyad.rows, dyad.scope)
    made = []
    for way, actor, recipient in (("a", dyad.first, dyad.second), ("b", dyad.second, dyad.first)):
        acts = rows[rows["way"] == way]
        made += [class_row(acts, quad, actor, recipient) for quad in QUADS]
    frame = library("pandas").DataFrame(made)
    return describe(frame, dyad.scope, left_out, a=dyad.first.label, b=dyad.second.label)


def class_row(acts: pd.DataFrame, quad: int, actor: Party, recipient: Party) -> dict[str, object]:
    """One row of a profile: the acts of a class among all acts that way."""
    some = acts[acts["quad"] == quad]
    types = sorted(some["type"].value_counts().items(), key=lambda pair: (-pair[1], pair[0]))
    return {
        "actor": actor.label,
        "recipient": recipient.label,
        "quad": quad,
        "kind": QUADS[quad],
        "acts": len(some),
        "share": len(some) / len(acts) if len(acts) else float("nan"),
        "score": float(some["score"].mean()),
        "types": "; ".join(f"{name} {number}" for name, number in types),
    }


def first_of_each_day(rows: pd.DataFrame) -> pd.DataFrame:
    """One act a day, type and way: a mutual act before a one-way act, then the surest.

    An act of no single day, as "in May", is held against others of the same days.
    """
    ways = rows.groupby("act_id")["way"].transform("nunique")
    order = rows.assign(ways=ways).sort_values(["ways", "confidence", "act_id"], ascending=[False, False, True])
    return order.drop_duplicates(["way", "type", "start", "end"]).sort_values(["act_id", "way"])


def all_periods(rows: pd.DataFrame, scope: Scope, by: str) -> pd.PeriodIndex:
    """Every period from the first day to the last: those of the scope, or else of the acts."""
    pandas = library("pandas")
    first = scope.since or (rows["start"].min() if len(rows) else scope.until)
    last = scope.until or (rows["end"].max() if len(rows) else scope.since)
    if first is None or last is None:
        return pandas.PeriodIndex([], freq=PERIODS[by])
    return pandas.period_range(pandas.Period(first, PERIODS[by]), pandas.Period(last, PERIODS[by]))


def by_period(rows: pd.DataFrame, periods: pd.PeriodIndex) -> pd.DataFrame:
    """The counts and means of each period."""
    acts = rows.drop_duplicates("act_id")
    whole = acts.groupby("period")
    ways = {way: rows[rows["way"] == way].groupby("period") for way in ("a", "b")}
    columns = {
        "acts": whole.size(),
        "cooperation": acts[acts["quad"] <= 2].groupby("period").size(),
        "conflict": acts[acts["quad"] > 2].groupby("period").size(),
        "score": whole["score"].mean(),
        "net": whole["score"].sum(),
        "from_a": ways["a"].size(),
        "from_b": ways["b"].size(),
        "mutual": rows[rows.duplicated("act_id")].groupby("period").size(),
        "score_from_a": ways["a"]["score"].mean(),
        "score_from_b": ways["b"]["score"].mean(),
        **{name: acts[acts["quad"] == quad].groupby("period").size() for quad, name in KINDS.items()},
    }
    frame = library("pandas").DataFrame({name: column.reindex(periods) for name, column in columns.items()})
    frame = frame.astype("float64").fillna(dict.fromkeys((*COUNTS, "net"), 0))
    frame = frame.astype(dict.fromkeys(COUNTS, "int64"))
    frame.insert(0, "period", first_days(periods))
    return frame


def first_days(periods: pd.PeriodIndex) -> pd.DatetimeIndex:
    """The first day of each period. Raises InputError where pandas cannot tell it: before 3 it counts nanoseconds."""
    pandas = library("pandas")
    try:
        return periods.start_time
    except pandas.errors.OutOfBoundsDatetime as error:
        raise InputError(
            f"periods from {periods[0]} to {periods[-1]}: pandas {pandas.__version__} holds days of 1678 to 2261 only;"
            " ask for some of those, or run: pip install --upgrade pandas"
        ) from error
