"""Change points: when the relations of two parties turned, sought among all ways to cut their series."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from dotterel.analysis.acts import describe
from dotterel.analysis.between import read_dyad
from dotterel.analysis.dyads import series_of
from dotterel.analysis.needed import library
from dotterel.analysis.scope import DONE, Scope, one_of, scope_of
from dotterel.errors import InputError
from dotterel.store import Store

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

MEASURES = ("net", "score", "acts", "cooperation", "conflict")
COLUMNS = ("period", "since", "until", "before", "after", "change")
PENALTY = (
    3.0  # of a change point, in units of noise variance times log of the periods; BIC of a mean and a place is 2 to 3
)
SHORTEST = 3  # periods between two change points


def change_points(
    store: Store,
    a: str,
    b: str,
    *,
    by: str = "week",
    measure: str = "net",
    penalty: float = PENALTY,
    shortest: int = SHORTEST,
    one_a_day: bool = False,
    unit: str = "linked",
    statuses: Iterable[str] = DONE,
    since: date | str | None = None,
    until: date | str | None = None,
    dating: str = "sure",
) -> pd.DataFrame:
    """The periods in which the relations of two parties change for longer, one row a change.

    `measure` is a column of `dyad_series`: net (sum of scores), score (mean; periods without acts are passed over),
    acts, cooperation or conflict. A higher `penalty` gives fewer changes; two are at least `shortest` periods apart.
    Columns: period (the first after the change); since and until (first period of the stretch before, last of the one
    after); before and after (means of the measure in the two); change.

    Raises InputError as `dyad_series` does.
    """
    scope = scope_of(unit, statuses, since, until, dating)
    dyad = read_dyad(store, a, b, scope)
    return changes_of(series_of(dyad, by, one_a_day), scope, measure=measure, penalty=penalty, shortest=shortest)


def changes_of(
    series: pd.DataFrame,
    scope: Scope,
    *,
    measure: str = "net",
    penalty: float = PENALTY,
    shortest: int = SHORTEST,
) -> pd.DataFrame:
    """The same of a series of that scope. Raises InputError for a measure there is not."""
    one_of("measure", measure, MEASURES)
    if penalty <= 0 or shortest < 1:
        raise InputError("penalty and shortest must be more than nothing; give no value for the usual one")
    facts = {key: value for key, value in series.attrs.items() if key not in {"unit", "statuses", "left_out"}}
    told = series.dropna(subset=[measure])
    values = told[measure].to_numpy(dtype=float)
    rows = rows_of(told["period"].tolist(), values, breaks(values, penalty, shortest))
    frame = library("pandas").DataFrame(rows, columns=list(COLUMNS))
    if frame.empty:
        frame = frame.astype({"period": "datetime64[ns]", "since": "datetime64[ns]", "until": "datetime64[ns]"})
    return describe(frame, scope, series.attrs["left_out"], **facts, measure=measure, periods=len(values))


def breaks(values: NDArray[np.float64], penalty: float, shortest: int) -> list[int]:
    """Where the mean changes: the indices of the first values after each change.

    Of all ways to cut the values into stretches that is the one with the least sum of squares about the means, each cut
    paid for with the penalty. The least cost of the first n values is known from that of fewer, so none is left out.
    """
    count, spread = len(values), noise(values)
    if count < 2 * shortest or spread == 0:
        return []
    scaled = (values - values.mean()) / spread
    sums, squares = (np.concatenate(([0.0], np.cumsum(part))) for part in (scaled, scaled**2))
    price = penalty * math.log(count)
    least = np.full(count + 1, np.inf)
    least[0] = -price
    start = np.zeros(count + 1, dtype=int)  # of the last stretch, in the best way to cut so many values
    lengths = np.arange(count, 0, -1)
    for end in range(shortest, count + 1):
        last = end - shortest + 1
        within = squares[end] - squares[:last] - (sums[end] - sums[:last]) ** 2 / lengths[count - end :][:last]
        costs = least[:last] + within
        start[end] = int(costs.argmin())
        least[end] = costs[start[end]] + price
    found = []
    while count := int(start[count]):
        found.append(count)
    return found[::-1]


def noise(values: NDArray[np.float64]) -> float:
    """The spread of values about their mean, from the steps between neighbours, which a change hardly touches."""
    steps = np.abs(np.diff(values))
    if not steps.any():
        return 0.0
    robust = float(np.median(steps)) / 0.6745
    return (robust or float(np.sqrt(np.mean(steps**2)))) / math.sqrt(2)


def rows_of(periods: list[Any], values: NDArray[np.float64], found: list[int]) -> list[dict[str, object]]:
    """One row a change, with the stretches on both sides of it."""
    edges = [0, *found, len(values)]
    means = [float(values[start:end].mean()) for start, end in pairwise(edges) if end > start]
    return [
        {
            "period": periods[at],
            "since": periods[edges[n]],
            "until": periods[edges[n + 2] - 1],
            "before": means[n],
            "after": means[n + 1],
            "change": means[n + 1] - means[n],
        }
        for n, at in enumerate(found)
    ]
