"""What each kind of time expression stands for on the calendar: one pure function a kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from dotterel import tables
from dotterel.times import days
from dotterel.times.days import Stretch
from dotterel.types import Interval

Match = re.Match[str]


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is resolved against."""

    published: date | None  # or the day of the dateline
    told: tuple[Interval, ...]  # the past days and stretches told before this one, on which others may be counted
    event: Interval | None  # when that befell which the words after the expression name ("two days after the attack")
    direction: str | None  # past | future | None, by the tense of the governing verb
    direct: bool  # the expression hangs on that verb itself, not on a noun between
    before: str  # the words just before the expression, lower case


@lru_cache(maxsize=16)
def words(kind: str) -> dict[str, str]:
    """The words of that kind in `data/time_words.tsv`, with their values."""
    return {row["word"]: row["value"] for row in tables.read("time_words") if row["kind"] == kind}


@lru_cache(maxsize=1)
def numbers() -> dict[str, int]:
    """The words for small numbers, with their values."""
    rows = tables.read("number_words")
    return {r["word"]: int(r["value"]) for r in rows if r["kind"] in {"unit", "ten", "article", "pair"}}


def _nearest(stretches: Iterator[Stretch | None], context: Context) -> Stretch | None:
    """Of the same date in several years, the one that tense asks for; without tense the closest, the past preferred."""
    published = context.published
    if published is None:
        return None
    direction = context.direction if context.direct or context.direction == "future" else None
    found = [s for s in stretches if s is not None]
    past = [s for s in found if s[0] <= published]
    coming = [s for s in found if s[1] >= published]
    if direction == "past" or not coming:
        return past[-1] if past else None
    if direction == "future" or not past:
        return coming[0]
    # News looks back more often than ahead: a coming date must be three times as close.
    return coming[0] if (coming[0][0] - published) * 3 < published - past[-1][0] else past[-1]


def _years(context: Context) -> range:
    return range(context.published.year - 8, context.published.year + 9) if context.published else range(0)


# --- what each rule works out ---------------------------------------------------------------------------------------


def _group(match: Match, name: str) -> str | None:
    return match.groupdict().get(name)


def _month_number(name: str) -> int:
    return int(words("month")[name.rstrip(".")])


def _count(word: str | None) -> int:
    if not word:
        return 1
    return int(word) if word.isdigit() else numbers().get(" ".join(word.lower().split()), 1)


def date_days(match: Match, context: Context) -> Stretch | None:
    """A day, or days, of a month, with a year or without."""
    month, day, last = _month_number(match["month"]), int(match["day"]), int(_group(match, "day2") or match["day"])

    def within(year: int) -> Stretch | None:
        first, end = days.day(year, month, day), days.day(year, month, last)
        return (first, end, "day" if first == end else "range") if first and end and first <= end else None

    return within(int(match["year"])) if match["year"] else _nearest(map(within, _years(context)), context)


def iso_days(match: Match, context: Context) -> Stretch | None:
    """A date such as 2015-11-24."""
    day = days.day(int(match["year"]), int(match["m"]), int(match["d"]))
    return days.around(day, "day") if day else None


def numeric_days(match: Match, context: Context) -> Stretch | None:
    """A date such as 24/11/2015: the day first where both orders are possible."""
    first, second = int(match["d"]), int(match["m"])
    day, month = (second, first) if second > 12 else (first, second)
    found = days.day(int(match["year"]), month, day)
    return days.around(found, "day") if found else None


def month_days(match: Match, context: Context) -> Stretch | None:
    """A month, with a year or without; a bare name of a month counts only where it must be one."""
    month, rel = _month_number(match["month"]), (_group(match, "rel") or "").lower()
    if match["year"]:
        return days.month(int(match["year"]), month)
    marked = rel or _group(match, "since") or _group(match, "part")
    loose = not marked and not re.search(
        r"\b(in|by|until|till|from|to|and|during|of|since|before|after|for)$", context.before
    )
    # "the March attack" is a month, "March on the capital" is not
    attributive = re.search(r"\bthe$", context.before) and re.match(r"\s+[a-z]{4}", match.string[match.end() :])
    if loose and not attributive:
        return None
    return _nearest((days.month(y, month) for y in _years(context)), _aimed(context, rel))


def season_days(match: Match, context: Context) -> Stretch | None:
    """A season with its year, or with "last", "this" or "next"."""
    month, rel = int(words("season")[match["season"].lower()]), (match["rel"] or "").lower()
    if match["year"]:
        return days.season(int(match["year"]), month)
    return _nearest((days.season(y, month) for y in _years(context)), _aimed(context, rel)) if rel else None


def _aimed(context: Context, rel: str) -> Context:
    """The context with the direction that "last" or "next" gives; "last September" in September is a year ago."""
    if not rel or context.published is None:
        return context
    step = {"last": -31, "next": 31}.get(rel, 0)
    direction = {"last": "past", "next": "future"}.get(rel, context.direction)
    shifted = context.published + timedelta(step) if step else context.published
    return replace(context, published=shifted, direction=direction, direct=True)


def weekday_days(match: Match, context: Context) -> Stretch | None:
    """The last or the coming such day, the day of publication included."""
    if context.published is None:
        return None
    weekday, rel = int(words("weekday")[match["weekday"]]), " ".join((match["rel"] or "").lower().split())
    back = (context.published.weekday() - weekday) % 7
    ahead = -back % 7
    if rel in {"last", "this past"}:
        step = -(back or 7)
    elif rel in {"next", "this coming", "coming"}:
        step = ahead or 7
    else:
        step = ahead if context.direction == "future" or (rel == "this" and context.direction is None) else -back
    return days.around(context.published + timedelta(step), "day")


def year_days(match: Match, context: Context) -> Stretch | None:
    """A year that stands where a year can stand, and counts nothing."""
    marked = _group(match, "since") or _group(match, "part")
    after = match.string[match.end() :]
    adjectival = re.search(r"\b(the|a|its|his|her|their|'s|’s)$", context.before) and re.match(r"\s+[a-zA-Z]{3}", after)
    linked = re.search(r"(\b(in|of|during|from|until|by|before|after|for|to|and)|\()$", context.before)
    counted = re.match(r"\s+(more|other|people|men|women|[a-z]{3,}s)\b(?!\s+(was|is|has)\b)", after) and not adjectival
    if marked or adjectival or (linked and not counted):
        return days.around(date(int(match["year"]), 1, 1), "year")
    return None


def years_days(match: Match, context: Context) -> Stretch | None:
    """All days from one year to another."""
    first, last = int(match["year"]), int(match["year2"])
    return (date(first, 1, 1), date(last, 12, 31), "range") if first < last else None


def decade_days(match: Match, context: Context) -> Stretch | None:
    """The ten years of a decade."""
    first = int(match["decade"])
    return date(first, 1, 1), date(first + 9, 12, 31), "range"


def deictic_days(match: Match, context: Context) -> Stretch | None:
    """A day told from the day of publication, such as yesterday."""
    step = int(words("deictic")[" ".join(match["word"].lower().split())])
    return days.around(context.published + timedelta(step), "day") if context.published else None


def named_days(match: Match, context: Context) -> Stretch | None:
    """A day with a name, such as a feast."""
    parts = [int(p) for p in words("named")[match["word"]].split("-")]
    if len(parts) == 3:
        return days.around(date(*parts), "day")
    dates = (days.day(y, *parts) for y in ([int(match["year"])] if match["year"] else _years(context)))
    found = [days.around(d, "day") for d in dates if d]
    return found[0] if match["year"] else _nearest(iter(found), context)


def calendar_days(match: Match, context: Context) -> Stretch | None:
    """This, last and next go by the day of publication; the same, that and the following by the expression before."""
    rel, unit = " ".join(match["rel"].lower().split()), match["unit"].lower()
    told = rel not in {"this", "last", "next", "the"}
    if rel in {"later", "earlier"} and not context.told:
        return None
    if (unit == "day" and not told) or (rel == "the" and not match["part"] and unit != "weekend"):
        return None
    if rel in {"last", "next"} and re.search(r"\bthe$", context.before):
        return None
    before = _anchor(context, unit) if told else None
    anchor = before.last if before else None if told else context.published
    steps = {"last": -1, "next": 1, "the following": 1, "the next": 1, "the previous": -1}
    step = steps.get(rel, 0)
    if anchor and rel == "the" and unit == "weekend" and context.direction != "future" and anchor.weekday() < 5:
        step = -1
    return days.around(days.shift(anchor, step, unit), unit) if anchor else None


def span_days(match: Match, context: Context) -> Stretch | None:
    """A stretch that ends or begins with publication: "over the past three days"."""
    way, count, unit = match["way"].lower(), _group(match, "n"), match["unit"].lower()
    if context.published is None or not (count or (way in {"past", "last"} and (match["prep"] or way == "past"))):
        return None
    length = _count(count)
    if unit == "hour":  # part of a day counts as the day
        unit, length = "day", -(-length // 24)
    if way in {"past", "last"}:
        return days.shift(context.published, -length, unit), context.published, "range"
    return context.published, days.shift(context.published, length, unit), "range"


def recent_days(match: Match, context: Context) -> Stretch | None:
    """The days, weeks or months that end with publication."""
    length = int(words("recent")[" ".join(match["word"].lower().split())])
    return (context.published - timedelta(length), context.published, "range") if context.published else None


def ago_days(match: Match, context: Context) -> Stretch | None:
    """The day, week, month or year so long before publication."""
    unit = match["unit"].lower()
    if context.published is None or unit == "decade":
        return None
    return days.around(days.shift(context.published, -_count(match["n"]), unit), unit)


def relative_days(match: Match, context: Context) -> Stretch | None:
    """The day, week, month or year so long before or after the past expression told last, or before publication."""
    unit, back = match["unit"].lower(), match["way"].lower() in {"earlier", "before"}
    told = _anchor(context, unit)
    anchor = (told.first if back else told.last) if told else context.published if back else None
    if anchor is None or unit == "decade":
        return None
    counted = days.around(days.shift(anchor, _count(match["n"]) * (-1 if back else 1), unit), unit)
    late = context.published is not None and counted[0] > context.published and context.direction == "past"
    return None if late else counted


def after_event_days(match: Match, context: Context) -> Stretch | None:
    """The day, week, month or year so long before or after an event whose own day was told."""
    unit, back = match["unit"].lower(), match["way"].lower() == "before"
    if context.event is None or unit == "decade" or not _fine(context.event, unit):
        return None
    anchor = context.event.first if back else context.event.last
    return days.around(days.shift(anchor, _count(match["n"]) * (-1 if back else 1), unit), unit)


def _anchor(context: Context, unit: str) -> Interval | None:
    """The expression told last, where it is as fine as the unit counted in."""
    return context.told[-1] if context.told and _fine(context.told[-1], unit) else None


def _fine(interval: Interval, unit: str) -> bool:
    """Whether a stretch is short enough to count such units from it: no days from a month."""
    longest = {"hour": 7, "day": 7, "week": 7, "weekend": 7, "month": 31, "year": 366}.get(unit, 0)
    return (interval.last - interval.first).days < longest
