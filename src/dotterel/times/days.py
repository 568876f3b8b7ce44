"""Arithmetic of days, weeks, months, seasons and years: the stretches that time expressions stand for."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

Stretch = tuple[date, date, str]  # first day, last day, precision as in Interval


def day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none such."""
    return date(year, month, day) if 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1] else None


def month(year: int, month: int) -> Stretch:
    """The days of a month."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1]), "month"


def season(year: int, month: int) -> Stretch:
    """The three months that begin with that month."""
    return date(year, month, 1), months_on(date(year, month, 1), 3) - timedelta(1), "season"


def months_on(day: date, months: int) -> date:
    """The same day so many months on, or the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def around(day: date, unit: str) -> Stretch:
    """The day, week (Monday to Sunday), weekend, month or year in which the day lies."""
    monday = day - timedelta(day.weekday())
    if unit == "week":
        return monday, monday + timedelta(6), "week"
    if unit == "weekend":
        return monday + timedelta(5), monday + timedelta(6), "range"
    if unit == "month":
        return month(day.year, day.month)
    if unit == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31), "year"
    return day, day, "day"


def shift(day: date, count: int, unit: str) -> date:
    """The day so many units on; hours count where they make up whole days."""
    if unit in {"month", "year", "decade"}:
        return months_on(day, count * {"month": 1, "year": 12, "decade": 120}[unit])
    return day + timedelta(int(count * {"week": 7, "weekend": 7, "day": 1, "hour": 1 / 24}[unit]))
