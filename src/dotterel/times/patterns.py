"""The grammar of time expressions: the patterns, and for each the function that resolves it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from dotterel.times import resolve
from dotterel.times.days import Stretch
from dotterel.times.resolve import Context, Match

Resolver = Callable[[Match, Context], Stretch | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern of time expressions and what works out the days one stands for."""

    name: str
    pattern: re.Pattern[str]
    resolve: Resolver


def any_of(phrases: Iterable[str]) -> str:
    """The pattern of any of the phrases, the longest tried first."""
    return "|".join(re.escape(w).replace("\\ ", r"\s+") for w in sorted(phrases, key=len, reverse=True))


@lru_cache(maxsize=1)
def rules() -> tuple[Rule, ...]:
    """All rules; where two match at one place, the longer match counts."""
    months = resolve.words("month")
    short = [m for m in months if len(m) <= 4 and m not in {"May", "June", "July"}]  # these take a full stop
    month = rf"(?P<month>(?:{any_of(short)})\b\.?|(?:{any_of(set(months) - set(short))})\b)"
    weekday = rf"(?:{any_of(resolve.words('weekday'))})(?<=[a-z.])(?![a-z])"
    day, day2 = (rf"(?P<{name}>[0-3]?\d)(?:st|nd|rd|th)?\b(?![.,]?\d|%)" for name in ("day", "day2"))
    year, year2 = (rf"(?P<{name}>(?:1[5-9]|20)\d\d)\b(?![.,]\d|%)" for name in ("year", "year2"))
    number = rf"(?P<n>\d{{1,3}}|(?i:{any_of(resolve.numbers())}))"
    unit = r"(?P<unit>(?i:hour|day|week|month|year|decade))(?i:s?)\b"
    part_of_day = r"(?:\s+(?:morning|afternoon|evening|night|midday|midnight)\b)?"
    named_day = rf"(?:{weekday}{part_of_day},?\s+\(?)?"
    dash = r"\s*(?:-|–|—|to|through|until)\s*"
    optional_year = rf"(?:,?\s+{year})?"
    # "July 9 and 10 in Rome", but not "July 9 and 10 people died"
    ended = r"(?=\s*(?:[.,;:)]|$)|\s+(?:after|and|as|at|before|between|by|for|from|in|near|of|on|over|to|when|with)\b)"
    sources: list[tuple[str, str, Resolver]] = [
        ("iso date", rf"{year}-(?P<m>\d\d)-(?P<d>\d\d)", resolve.iso_days),
        ("numeric date", rf"(?P<d>\d\d?)(?P<join>[-/.])(?P<m>\d\d?)(?P=join){year}", resolve.numeric_days),
        ("day and month", rf"{named_day}(?:the\s+)?{day}\s+(?:of\s+)?{month}{optional_year}", resolve.date_days),
        ("day and month", rf"{named_day}{month}\s+{day}{optional_year}", resolve.date_days),
        ("days of a month", rf"(?:from\s+)?{day}{dash}{day2}\s+{month}{optional_year}", resolve.date_days),
        ("days of a month", rf"between\s+{day}\s+and\s+{day2}\s+{month}{optional_year}", resolve.date_days),
        ("days of a month", rf"(?:from\s+)?{month}\s+{day}{dash}{day2}{optional_year}", resolve.date_days),
        ("days of a month", rf"between\s+{month}\s+{day}\s+and\s+{day2}{optional_year}", resolve.date_days),
        ("two days", rf"{month}\s+{day}\s+and\s+{day2}{optional_year}{ended}", resolve.date_days),
        ("two days", rf"{day}\s+and\s+{day2}\s+(?:of\s+)?{month}{optional_year}", resolve.date_days),
        (
            "weekday",
            rf"(?:(?P<rel>(?i:last|next|this\s+past|this\s+coming|coming|this))\s+)?(?P<weekday>{weekday})"
            rf"{part_of_day}",
            resolve.weekday_days,
        ),
        ("month", rf"(?:(?P<rel>(?i:last|next|this))\s+)?{month}(?:,?\s+(?:of\s+)?{year})?", resolve.month_days),
        (
            "season",
            rf"(?:(?P<rel>(?i:last|next|this))\s+)?(?P<season>(?i:{any_of(resolve.words('season'))}))"
            rf"(?:\s+(?:of\s+)?{year})?",
            resolve.season_days,
        ),
        ("decade", r"(?:(?i:the)\s+)?(?P<decade>(?:1[5-9]|20)\d0)s\b", resolve.decade_days),
        ("year", year, resolve.year_days),
        ("years", rf"(?:(?i:between|from)\s+)?{year}(?:{dash}|\s+and\s+){year2}", resolve.years_days),
        ("day by name", rf"(?P<word>{any_of(resolve.words('named'))}){optional_year}", resolve.named_days),
        ("day of publication", rf"(?P<word>(?i:{any_of(resolve.words('deictic'))}))\b", resolve.deictic_days),
        (
            "calendar unit",
            r"(?P<rel>(?i:this|last|next|(?:the\s+)?same|that|the\s+following|the\s+next|the\s+previous|the))\s+"
            r"(?P<unit>(?i:day|weekend|week|month|year))\b",
            resolve.calendar_days,
        ),
        (
            "calendar unit",
            r"(?P<rel>(?i:later|earlier))\s+(?:in\s+the|that|the\s+same)\s+(?P<unit>day)\b",
            resolve.calendar_days,
        ),
        (
            "running span",
            rf"(?:(?P<prep>(?i:over|in|during|for|within|throughout))\s+)?(?i:the)\s+"
            rf"(?P<way>(?i:past|last|next|coming))\s+(?:{number}\s+)?{unit}",
            resolve.span_days,
        ),
        (
            "recent",
            rf"(?:(?i:in|over|during)\s+)?(?P<word>(?i:{any_of(resolve.words('recent'))}))\b",
            resolve.recent_days,
        ),
        ("relative to an event", rf"{number}\s+{unit}\s+(?P<way>(?i:before|after))\b", resolve.after_event_days),
        ("ago", rf"{number}\s+{unit}\s+ago\b", resolve.ago_days),
        (
            "relative",
            rf"{number}\s+{unit}\s+(?P<way>(?i:earlier|later|(?:before|after|afterwards)(?=\s*[.,;)])))",
            resolve.relative_days,
        ),
        ("relative", r"(?P<n>)(?P<unit>(?i:hour))s\s+(?P<way>(?i:earlier|later))\b", resolve.relative_days),
        (
            "relative",
            r"(?P<n>(?i:the))\s+(?P<unit>(?i:day))\s+(?P<way>(?i:before|after)(?=\s*[.,;)]))",
            resolve.relative_days,
        ),
    ]
    prefix = r"(?<![\w$€£/.,-])(?:(?P<since>(?i:since))\s+(?:at\s+least\s+)?)?"
    prefix += rf"(?:(?P<part>(?i:{any_of(resolve.words('part'))}))(?:-|\s+)(?:in\s+|on\s+)?)?"
    prefix += r"(?(since)(?:the\s+)?|)"
    return tuple(Rule(name, re.compile(prefix + source), resolver) for name, source, resolver in sources)
