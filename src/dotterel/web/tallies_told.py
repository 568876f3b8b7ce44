"""Figures as a page tells them: sums by period and by whose count, and every figure with its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from dotterel.analysis.counts import Figures, read_figures, sums_of
from dotterel.store import Store
from dotterel.web.memory import Memory
from dotterel.web.periods import Rows, last_day, period_words, plain
from dotterel.web.rendering import address, number, segment
from dotterel.web.tallies_asked import EACH, Counted

if TYPE_CHECKING:
    import pandas as pd

    from dotterel.store import HeldStore

SUMS, LISTED = 100, 50  # rows on a page
NOBODY = {"source": "no source named", "by": "nobody named", "against": "nobody named", "place": "no place named"}
KINDS = "SELECT what, count(*) AS figures FROM figures GROUP BY what ORDER BY figures DESC, what"


@dataclass(frozen=True, eq=False)
class Tally:
    """The figures that are asked for."""

    asked: Counted
    figures: Figures

    @cached_property
    def sums(self) -> pd.DataFrame | None:
        """The sums by period; None where each figure stands by itself."""
        if self.asked.period == EACH:
            return None
        return sums_of(self.figures, self.asked.whose, self.asked.period, bool(self.asked.cumulate))

    @property
    def left_out(self) -> dict[str, int]:
        """How many figures are left out, and why."""
        if self.sums is None:
            return {why: count for why, count in self.figures.left_out.items() if count}
        left_out: dict[str, int] = self.sums.attrs["left_out"]
        return left_out


def tally(store: HeldStore, memory: Memory, asked: Counted) -> Tally:
    """The figures that are asked for. Raises InputError for a kind there is not."""
    scope = asked.scope()

    def read(open_store: Store) -> Figures:
        return read_figures(open_store, asked.what or "", scope, **asked.words)

    return Tally(asked, memory.recall(store, ("figures", asked.what, scope, *asked.words.values()), read))


def kinds(store: Store) -> dict[str, int]:
    """How many figures of each kind the database holds, the most first."""
    return {row["what"]: row["figures"] for row in store.query(KINDS).to_pylist()}


def summed(told: Tally) -> tuple[Rows, int]:
    """A page of the sums, the latest period first, and how many there are."""
    if told.sums is None or not len(told.sums):
        return [], 0
    start = (told.asked.page - 1) * SUMS
    ordered = told.sums.sort_values("period", ascending=False, kind="stable")
    rows = plain(ordered.iloc[start : start + SUMS])
    for row in rows:
        row["words"] = period_words(row["period"], told.asked.period)
        row["href"] = behind(told.asked, row)
        row["whose"] = row["whose"] or NOBODY[told.asked.whose]
    return rows, len(told.sums)


def behind(asked: Counted, row: dict[str, Any]) -> str:
    """Where the figures of a sum stand."""
    words = {} if asked.whose == "place" else {asked.whose: row["whose"] or getattr(asked, asked.whose)}
    until = last_day(row["period"], asked.period)
    return asked.address(period=EACH, cumulate=None, since=row["period"], until=until, page=1, **words)


def figures(told: Tally) -> tuple[Rows, int]:
    """A page of the figures, the latest first, and how many there are."""
    page = told.asked.page if told.sums is None else 1
    rows = told.figures.rows.sort_values("day", ascending=False, kind="stable", na_position="last")
    some = plain(rows.iloc[(page - 1) * LISTED : page * LISTED])
    for row in some:
        row["count"] = figure_words(row)
        row["act"] = f"/events/{segment(row['act_id'])}" if row["act_id"] else None
        row["report"] = address(f"/reports/{segment(row['report_id'])}", event=row.get("event_id"))
    return some, len(rows)


def figure_words(row: dict[str, Any]) -> str:
    """A figure as it was told: 'at least 12 people', '40 to 50 strikes', 'dozens of'."""
    if row["bound"] == "range" and row["low"] is not None and row["high"] is not None:
        return f"{number(row['low'])} to {number(row['high'])} {row['unit']}"
    value = row["value_text"] if row["value"] is None else number(row["value"])
    return " ".join(part for part in (row["bound"], value, row["unit"]) if part)


def left_out(told: Tally) -> Iterator[tuple[str, str | None, str | None]]:
    """What is left out and why, each with what else can be done and where that leads."""
    asked, each = told.asked, told.asked.address(period=EACH, cumulate=None, page=1)
    others: dict[str, tuple[str, str | None, str | None]] = {
        "without a date": ("without a day", None, None),
        "dated too vaguely": (
            "dated too vaguely" + (f" for one {asked.period}" if told.sums is not None else ""),
            "count them on the first day they may be of",
            asked.address(dating="start", page=1),
        ),
        "of no act": (
            "of no act that is recorded",
            "list every figure",
            each,
        ),
    }
    for why, count in told.left_out.items():
        words, other, href = others[why]
        yield f"{count:,} figure{'' if count == 1 else 's'} {words}", other, href
