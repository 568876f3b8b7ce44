"""The grammar of time expressions: patterns, and what each stands for on the calendar."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache

from dotterel import calendar_days, tables
from dotterel.calendar_days import Stretch
from dotterel.types import Interval

Match = re.Match[str]


@dataclass(frozen=True, slots=True)
class Context:
    """What an expression is resolved against."""

    published: date | None
    previous: Interval | None  # the expression resolved before this one in the text
    direction: str | None  # past | future | None, by the tense of the governing verb
    direct: bool  # the expression hangs on that verb itself, not on a noun between
    before: str  # the words just before the expression, lower case


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern of time expressions and what works out the days one stands for."""

    name: str
    pattern: re.Pattern[str]
    resolve: Callable[[Match, Context], Stretch | None]


@lru_cache(maxsize=16)
def words(kind: str) -> dict[str, str]:
    """The words of that kind in `data/time_words.tsv`, with their values."""
    return {row["word"]: row["value"] for row in tables.read("time_words") if row["kind"] == kind}


@lru_cache(maxsize=1)
def _numbers() -> dict[str, int]:
    rows = tables.read("number_words")
    return {r["word"]: int(r["value"]) for r in rows if r["kind"] in {"unit", "ten", "article", "pair"}}


def any_of(phrases: Iterable[str]) -> str:
    """The pattern of any of the phrases, the longest tried first."""
    return "|".join(re.escape(w).replace("\\ ", r"\s+") for w in sorted(phrases, key=len, reverse=True))


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
    return int(word) if word.isdigit() else _numbers().get(" ".join(word.lower().split()), 1)


def _resolve_date(match: Match, context: Context) -> Stretch | None:
    month, day, last = _month_number(match["month"]), int(match["day"]), int(_group(match, "day2") or match["day"])

    def within(year: int) -> Stretch | None:
        first, end = calendar_days.day(year, month, day), calendar_days.day(year, month, last)
        return (first, end, "day" if first == end else "range") if first and end and first <= end else None

    return within(int(match["year"])) if match["year"] else _nearest(map(within, _years(context)), context)


def _resolve_iso(match: Match, context: Context) -> Stretch | None:
    day = calendar_days.day(int(match["year"]), int(match["m"]), int(match["d"]))
    return calendar_days.around(day, "day") if day else None


def _resolve_month(match: Match, context: Context) -> Stretch | None:
    month, rel = _month_number(match["month"]), (_group(match, "rel") or "").lower()
    if match["year"]:
        return calendar_days.month(int(match["year"]), month)
    marked = rel or _group(match, "since") or _group(match, "part")
    loose = not marked and not re.search(
        r"\b(in|by|until|till|from|to|and|during|of|since|before|after|for)$", context.before
    )
    # "the March attack" is a month, "March on the capital" is not
    attributive = re.search(r"\bthe$", context.before) and re.match(r"\s+[a-z]{4}", match.string[match.end() :])
    if loose and not attributive:
        return None
    return _nearest((calendar_days.month(y, month) for y in _years(context)), _aimed(context, rel))


def _resolve_season(match: Match, context: Context) -> Stretch | None:
    month, rel = int(words("season")[match["season"].lower()]), (match["rel"] or "").lower()
    if match["year"]:
        return calendar_days.season(int(match["year"]), month)
    return _nearest((calendar_days.season(y, month) for y in _years(context)), _aimed(context, rel)) if rel else None


def _aimed(context: Context, rel: str) -> Context:
    """The context with the direction that "last" or "next" gives; "last September" in September is a year ago."""
    if not rel or context.published is None:
        return context
    step = {"last": -31, "next": 31}.get(rel, 0)
    direction = {"last": "past", "next": "future"}.get(rel, context.direction)
    shifted = context.published + timedelta(step) if step else context.published
    return replace(context, published=shifted, direction=direction, direct=True)


def _resolve_weekday(match: Match, context: Context) -> Stretch | None:
    if context.published is None:
        return None
    weekday, rel = int(words("weekday")[match["weekday"]]), " ".join((match["rel"] or "").lower().split())
    back = (context.published.weekday() - weekday) % 7
    ahead = -back % 7
    if rel in {"last", "this past"}:
        days = -(back or 7)
    elif rel in {"next", "this coming", "coming"}:
        days = ahead or 7
    else:
        days = ahead if context.direction == "future" or (rel == "this" and context.direction is None) else -back
    return calendar_days.around(context.published + timedelta(days), "day")


def _resolve_year(match: Match, context: Context) -> Stretch | None:
    marked = _group(match, "since") or _group(match, "part")
    after = match.string[match.end() :]
    adjectival = re.search(r"\b(the|a|its|his|her|their|'s|’s)$", context.before) and re.match(r"\s+[a-zA-Z]{3}", after)
    linked = re.search(r"(\b(in|of|during|from|until|by|before|after|for|to|and)|\()$", context.before)
    counted = re.match(r"\s+(more|other|people|men|women|[a-z]{3,}s)\b(?!\s+(was|is|has)\b)", after) and not adjectival
    if marked or adjectival or (linked and not counted):
        return calendar_days.around(date(int(match["year"]), 1, 1), "year")
    return None


def _resolve_years(match: Match, context: Context) -> Stretch | None:
    first, last = int(match["year"]), int(match["year2"])
    return (date(first, 1, 1), date(last, 12, 31), "range") if first < last else None


def _resolve_decade(match: Match, context: Context) -> Stretch | None:
    first = int(match["decade"])
    return date(first, 1, 1), date(first + 9, 12, 31), "range"


def _resolve_deictic(match: Match, context: Context) -> Stretch | None:
    days = int(words("deictic")[" ".join(match["word"].lower().split())])
    return calendar_days.around(context.published + timedelta(days), "day") if context.published else None


def _resolve_named(match: Match, context: Context) -> Stretch | None:
    parts = [int(p) for p in words("named")[match["word"]].split("-")]
    if len(parts) == 3:
        return calendar_days.around(date(*parts), "day")
    days = (calendar_days.day(y, *parts) for y in ([int(match["year"])] if match["year"] else _years(context)))
    found = [calendar_days.around(d, "day") for d in days if d]
    return found[0] if match["year"] else _nearest(iter(found), context)


def _resolve_calendar(match: Match, context: Context) -> Stretch | None:
    """This, last and next go by the day of publication; the same, that and the following by the expression before."""
    rel, unit = " ".join(match["rel"].lower().split()), match["unit"].lower()
    told = rel not in {"this", "last", "next", "the"}
    if (unit == "day" and not told) or (rel == "the" and not match["part"] and unit != "weekend"):
        return None
    if rel in {"last", "next"} and re.search(r"\bthe$", context.before):
        return None
    anchor = context.previous.last if told and context.previous else None if told else context.published
    steps = {"last": -1, "next": 1, "the following": 1, "the next": 1, "the previous": -1}
    step = steps.get(rel, 0)
    if anchor and rel == "the" and unit == "weekend" and context.direction != "future" and anchor.weekday() < 5:
        step = -1
    return calendar_days.around(calendar_days.shift(anchor, step, unit), unit) if anchor else None


def _resolve_span(match: Match, context: Context) -> Stretch | None:
    way, count, unit = match["way"].lower(), _group(match, "n"), match["unit"].lower()
    if context.published is None or not (count or (way in {"past", "last"} and (match["prep"] or way == "past"))):
        return None
    hours = -(-_count(count) // 24) if unit == "hour" else 0
    days = _count(count)
    if way in {"past", "last"}:
        return (
            calendar_days.shift(context.published, -(hours or days), "day" if hours else unit),
            context.published,
            "range",
        )
    return context.published, calendar_days.shift(context.published, hours or days, "day" if hours else unit), "range"


def _resolve_ago(match: Match, context: Context) -> Stretch | None:
    unit = match["unit"].lower()
    if context.published is None or unit == "decade":
        return None
    return calendar_days.around(calendar_days.shift(context.published, -_count(match["n"]), unit), unit)


def _resolve_relative(match: Match, context: Context) -> Stretch | None:
    unit, way = match["unit"].lower(), match["way"].lower()
    if context.previous is None or unit == "decade":
        return None
    back = way in {"earlier", "before"}
    anchor = context.previous.first if back else context.previous.last
    return calendar_days.around(calendar_days.shift(anchor, _count(match["n"]) * (-1 if back else 1), unit), unit)


# --- the patterns ---------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """All rules; where two match at one place, the longer match counts."""
    month = rf"(?P<month>(?:{any_of(words('month'))})\b\.?)"
    weekday = rf"(?:{any_of(words('weekday'))})(?<=[a-z.])(?![a-z])"
    day, day2 = (rf"(?P<{name}>[0-3]?\d)(?:st|nd|rd|th)?\b(?![.,]?\d|%)" for name in ("day", "day2"))
    year, year2 = (rf"(?P<{name}>(?:1[5-9]|20)\d\d)\b(?![.,]\d|%)" for name in ("year", "year2"))
    number = rf"(?P<n>\d{{1,3}}|(?i:{any_of(_numbers())}))"
    unit = r"(?P<unit>(?i:hour|day|week|month|year|decade))(?i:s?)\b"
    part_of_day = r"(?:\s+(?:morning|afternoon|evening|night|midday|midnight)\b)?"
    named_day = rf"(?:{weekday}{part_of_day},?\s+\(?)?"
    dash = r"\s*(?:-|–|—|to|through|until)\s*"
    optional_year = rf"(?:,?\s+{year})?"
    sources: list[tuple[str, str, Callable[[Match, Context], Stretch | None]]] = [
        ("iso date", rf"{year}-(?P<m>\d\d)-(?P<d>\d\d)", _resolve_iso),
        ("day and month", rf"{named_day}(?:the\s+)?{day}\s+(?:of\s+)?{month}{optional_year}", _resolve_date),
        ("day and month", rf"{named_day}{month}\s+{day}{optional_year}", _resolve_date),
        ("days of a month", rf"(?:from\s+)?{day}{dash}{day2}\s+{month}{optional_year}", _resolve_date),
        ("days of a month", rf"between\s+{day}\s+and\s+{day2}\s+{month}{optional_year}", _resolve_date),
        ("days of a month", rf"(?:from\s+)?{month}\s+{day}{dash}{day2}{optional_year}", _resolve_date),
        ("days of a month", rf"between\s+{month}\s+{day}\s+and\s+{day2}{optional_year}", _resolve_date),
        (
            "weekday",
            rf"(?:(?P<rel>(?i:last|next|this\s+past|this\s+coming|coming|this))\s+)?(?P<weekday>{weekday})"
            rf"{part_of_day}",
            _resolve_weekday,
        ),
        ("month", rf"(?:(?P<rel>(?i:last|next|this))\s+)?{month}(?:,?\s+(?:of\s+)?{year})?", _resolve_month),
        (
            "season",
            rf"(?:(?P<rel>(?i:last|next|this))\s+)?(?P<season>(?i:{any_of(words('season'))}))"
            rf"(?:\s+(?:of\s+)?{year})?",
            _resolve_season,
        ),
        ("decade", r"(?:(?i:the)\s+)?(?P<decade>(?:1[5-9]|20)\d0)s\b", _resolve_decade),
        ("year", year, _resolve_year),
        ("years", rf"(?:(?i:between|from)\s+)?{year}(?:{dash}|\s+and\s+){year2}", _resolve_years),
        ("day by name", rf"(?P<word>{any_of(words('named'))}){optional_year}", _resolve_named),
        ("day of publication", rf"(?P<word>(?i:{any_of(words('deictic'))}))\b", _resolve_deictic),
        (
            "calendar unit",
            r"(?P<rel>(?i:this|last|next|(?:the\s+)?same|that|the\s+following|the\s+next|the\s+previous|the))\s+"
            r"(?P<unit>(?i:day|weekend|week|month|year))\b",
            _resolve_calendar,
        ),
        (
            "running span",
            rf"(?:(?P<prep>(?i:over|in|during|for|within|throughout))\s+)?(?i:the)\s+"
            rf"(?P<way>(?i:past|last|next|coming))\s+(?:{number}\s+)?{unit}",
            _resolve_span,
        ),
        ("ago", rf"{number}\s+{unit}\s+ago\b", _resolve_ago),
        (
            "relative",
            rf"{number}\s+{unit}\s+(?P<way>(?i:earlier|later|(?:before|after|afterwards)(?=\s*[.,;)])))",
            _resolve_relative,
        ),
        (
            "relative",
            r"(?P<n>(?i:the))\s+(?P<unit>(?i:day))\s+(?P<way>(?i:before|after)(?=\s*[.,;)]))",
            _resolve_relative,
        ),
    ]
    prefix = r"(?<![\w$€£/.,-])(?:(?P<since>(?i:since))\s+(?:at\s+least\s+)?)?"
    prefix += rf"(?:(?:in\s+|on\s+)?(?P<part>(?i:{any_of(words('part'))}))(?:-|\s+)(?:in\s+|on\s+)?)?"
    prefix += r"(?(since)(?:the\s+)?|)"
    return tuple(Rule(name, re.compile(prefix + source), resolve) for name, source, resolve in sources)
