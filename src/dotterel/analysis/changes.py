"""Change points: when the relations of two parties turned, by the PELT search of the library ruptures."""

from __future__ import annotations

import math
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from dotterel.analysis.acts import describe
from dotterel.analysis.dyads import dyad_series
from dotterel.analysis.needed import library
from dotterel.analysis.scope import DONE, one_of, scope_of
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
    one_of("measure", measure, MEASURES)
    if penalty <= 0 or shortest < 1:
        raise InputError("penalty and shortest must be more than nothing; give no value for the usual one")
    scope = scope_of(unit, statuses, since, until, dating)
    series = dyad_series(store, a, b, by=by, one_a_day=one_a_day, unit=unit, statuses=statuses, since=since,
                         until=until, dating=dating)  # fmt: skip
    facts = {key: value for key, value in series.attrs.items() if key not in {"unit", "statuses", "left_out"}}
    told = series.dropna(subset=[measure])
    values = told[measure].to_numpy(dtype=float)
    rows = rows_of(told["period"].tolist(), values, breaks(values, penalty, shortest))
    frame = library("pandas").DataFrame(rows, columns=list(COLUMNS))
    if frame.empty:
        frame = frame.astype({"period": "datetime64[ns]", "since": "datetime64[ns]", "until": "datetime64[ns]"})
    return describe(frame, scope, series.attrs["left_out"], **facts, measure=measure, periods=len(values))


def breaks(values: NDArray[np.float64], penalty: float, shortest: int) -> list[int]:
    """Where the mean changes: the indices of the first values after each change."""
    spread = noise(values)
    if len(values) < 2 * shortest or spread == 0:
        return []
    search = library("ruptures").Pelt(model="l2", min_size=shortest, jump=1).fit((values / spread).reshape(-1, 1))
    return [int(index) for index in search.predict(pen=penalty * math.log(len(values)))[:-1]]


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
