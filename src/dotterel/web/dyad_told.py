"""Two parties as a page tells them: their series, the kinds of acts both ways, what changed, what was left out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dotterel.analysis.acts import within
from dotterel.analysis.between import Dyad, directed, placed
from dotterel.analysis.changes import SHORTEST, changes_of
from dotterel.analysis.dyads import KINDS, profile_of, series_of
from dotterel.codebook.loader import QUADS
from dotterel.errors import DotterelError, InputError
from dotterel.store import HeldStore, Store
from dotterel.web.dyad_asked import Asked, suiting
from dotterel.web.memory import Memory
from dotterel.web.paging import page_count
from dotterel.web.periods import Rows, day_of, first_day, period_words, plain
from dotterel.web.whose import called, parties

if TYPE_CHECKING:
    import pandas as pd

LATEST, BEHIND = 10, 50  # acts that are listed: the latest of all, and those behind a point
TABLED = 100  # periods on a page
MOST = 20_000  # periods of a series
WAYS = {"both": None, "out": "a", "in": "b"}  # direction -> way of the rows
MEASURED = {
    "net": "sum of scores",
    "score": "mean score",
    "acts": "number of acts",
    "cooperation": "acts of cooperation",
    "conflict": "acts of conflict",
}


@dataclass(frozen=True, eq=False)
class Told:
    """What is known of two parties."""

    asked: Asked
    whole: Dyad  # both ways
    by: str

    @cached_property
    def dyad(self) -> Dyad:
        """The acts of the direction that is asked for."""
        way = WAYS[self.asked.direction]
        return self.whole.one_way(way) if way else self.whole

    @cached_property
    def series(self) -> pd.DataFrame:
        """The series of that direction."""
        return series_of(self.dyad, self.by)

    @cached_property
    def plain(self) -> str:
        """The address of the page without a point in it; a series has very many points."""
        return self.asked.address(at=None, quad=None, page=1, by=self.by)

    @property
    def names(self) -> tuple[str, str]:
        """The two parties in words."""
        return called(self.whole.first), called(self.whole.second)

    @cached_property
    def inside(self) -> pd.DataFrame:
        """The acts of both directions within the days that are asked for; without days all of them."""
        return within(self.whole.rows, self.whole.scope)[0]

    @cached_property
    def acts(self) -> pd.DataFrame:
        """Those of the direction that is asked for, each once."""
        rows, way = self.inside, WAYS[self.asked.direction]
        return (rows[rows["way"] == way] if way else rows).drop_duplicates("act_id")


def tell(store: HeldStore, memory: Memory, asked: Asked) -> Told:
    """The answer to a question about two parties.

    Raises InputError where a party cannot be told or a series would be too long; its subclasses tell why.
    """
    scope = asked.scope()

    def read(open_store: Store) -> Dyad:
        first, second = parties(open_store, (asked.a, asked.b), scope)
        return Dyad(scope, first, second, directed(open_store, scope, first, second))

    dyad = memory.recall(store, ("dyad", asked.a, asked.b, scope), read)
    days = span(dyad)
    by = asked.by or suiting(days)
    if days / {"day": 1, "week": 7, "month": 28, "year": 365}[by] > MOST:
        raise InputError(f"by: {days:,} days are too many for a series by {by}; choose longer periods or fewer days")
    return Told(asked, dyad, by)


def span(dyad: Dyad) -> int:
    """How many days a series of them is long."""
    rows, scope = dyad.rows, dyad.scope
    first = scope.since or day_of(rows["start"].min())
    last = scope.until or day_of(rows["end"].max())
    return (last - first).days + 1 if first and last else 0


def periods(told: Told) -> Rows:
    """The periods in which something was, the latest first, each with its name and the addresses of its acts."""
    some = told.series[told.series["acts"] > 0].iloc[::-1]
    start = (told.asked.page - 1) * TABLED
    rows = plain(some.iloc[start : start + TABLED])
    for row in rows:
        row["words"] = period_words(row["period"], told.by)
        row["href"] = behind(told, row["period"], None)
        row["quads"] = [(quad, row[name], behind(told, row["period"], quad)) for quad, name in KINDS.items()]
    return rows


def behind(told: Told, period: date, quad: int | None) -> str:
    """Where the acts of a period are listed."""
    return f"{told.plain}&at={period}" + (f"&quad={quad}" if quad else "") + "#acts"


def chosen(told: Told) -> tuple[dict[str, str], int]:
    """The ids of the acts that are listed, the latest first, each with the event that tells it best, and how many there
    are: those behind a point, or all.
    """
    rows, asked = told.acts, told.asked
    if asked.at:
        rows, _ = placed(told.dyad.rows, told.dyad.scope, told.by)
        rows = rows[rows["period"].dt.start_time.dt.date == first_day(asked.at, told.by)]
    if asked.quad:
        rows = rows[rows["quad"] == asked.quad]
    rows = rows.drop_duplicates("act_id").sort_values(["start", "act_id"], ascending=[False, True], na_position="last")
    some = rows.head(BEHIND if asked.at else LATEST)
    return dict(zip(some["act_id"], some["told_in"], strict=True)), len(rows)


def kinds(told: Told) -> Rows:
    """The classes of acts, each with both ways side by side, and their sums."""
    rows = plain(profile_of(told.whole))
    both = [(rows[n], rows[n + len(QUADS)]) for n in range(len(QUADS))]
    return [{"quad": there["quad"], "kind": there["kind"], "ways": (there, back)} for there, back in both]


def ways(told: Told) -> Rows:
    """The two directions, compared: acts, their mean score, their first and last day."""
    (first, second), rows = told.names, told.inside
    there, back = (replace(told.asked, direction=way) for way in ("out", "in"))
    return [
        way_row(rows[rows["way"] == "a"], f"{first} toward {second}", there),
        way_row(rows[rows["way"] == "b"], f"{second} toward {first}", back),
    ]


def way_row(rows: pd.DataFrame, words: str, asked: Asked) -> dict[str, Any]:
    """One direction."""
    dated = rows.dropna(subset=["start", "end"])
    return {
        "words": words,
        "href": asked.address(at=None, quad=None, page=1),
        "acts": len(rows),
        "score": float(rows["score"].mean()) if len(rows) else None,
        "first": day_of(dated["start"].min()),
        "last": day_of(dated["end"].max()),
    }


def changes(told: Told) -> tuple[Rows, str]:
    """When the series changed for longer, and why nothing is told where there is none."""
    try:
        frame = changes_of(told.series, told.dyad.scope, measure=told.asked.measure)
    except DotterelError as error:
        return [], f"Changes cannot be sought: {error}"
    count = frame.attrs["periods"]
    if count < 2 * SHORTEST:
        return [], f"Too few periods to tell a change: {count}, and it takes {2 * SHORTEST}."
    if frame.empty:
        return [], f"No lasting change of the {MEASURED[told.asked.measure]} in {count:,} periods."
    return [{**row, "words": period_words(row["period"], told.by)} for row in plain(frame)], ""


def left_out(told: Told) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """What is in no period and why, each with ways to have it counted: words and address."""
    start = ("count them on the first day they may have happened", told.asked.address(dating="start"))
    published = ("count them on the day of the first report", told.asked.address(dating="published"))
    words = {"without a date": ("without a day", [published]),
             "dated too vaguely": (f"dated too vaguely for one {told.by}", [start])}  # fmt: skip
    for why, count in told.series.attrs["left_out"].items():
        reason, others = words[why]
        yield f"{count:,} act{'' if count == 1 else 's'} {reason}", others


def pages(told: Told) -> int:
    """How many pages the table of periods has."""
    return page_count(int((told.series["acts"] > 0).sum()), TABLED)
