"""Days, weeks, months and years in words, and rows of frames as templates take them."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

Rows = list[dict[str, Any]]


def period_words(first: date, by: str) -> str:
    """A period by its name: 'week from 2015-11-23', 'November 2015'."""
    return {
        "day": first.isoformat(),
        "week": f"week from {first}",
        "month": f"{first:%B %Y}",
        "year": f"{first.year}",
    }[by]


def first_day(day: date, by: str) -> date:
    """The first day of the period that holds a day."""
    return {
        "day": day,
        "week": day - timedelta(days=day.weekday()),
        "month": day.replace(day=1),
        "year": day.replace(month=1, day=1),
    }[by]


def last_day(first: date, by: str) -> date:
    """The last day of the period that begins on that day."""
    if by in ("day", "week"):
        return first + min(timedelta(days=0 if by == "day" else 6), date.max - first)
    month = 12 if by == "year" else first.month
    return date(first.year, month, monthrange(first.year, month)[1])


def day_of(value: Any) -> date | None:
    """A timestamp of a frame as a day; None for none."""
    return None if value is None or value != value else value.date()


def plain(frame: pd.DataFrame) -> Rows:
    """The rows of a frame with days as days and nothing as None."""
    return [
        {name: day_of(cell) if hasattr(cell, "date") else None if cell != cell else cell for name, cell in row.items()}
        for row in frame.to_dict("records")
    ]
