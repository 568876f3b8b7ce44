"""Reads written dates ("November 27th, 2015", "27/11/2015") and the lines of a page that give its date."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from dotterel import tables

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAMES = (
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b"
)
_MONTH = rf"(?P<month>{_MONTH_NAMES})\.?"
_DAY = r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})(?![\d:])"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        r"(?<!\d)(?P<year>\d{4})(?P<join>[-/.])(?P<month>\d{1,2})(?P=join)(?P<day>\d{1,2})(?!\d)",
        rf"{_MONTH}\s*{_DAY}\s*,?\s*{_YEAR}",
        rf"{_DAY}(?:\s+of)?[-\s]*{_MONTH}[-,\s]\s*{_YEAR}",
        rf"(?<!\d)(?P<day>\d{{1,2}})(?P<join>[-/.])(?P<month>\d{{1,2}})(?P=join){_YEAR}",
        r"(?<!\d)(?P<year>(?:19|20)\d{2})(?P<month>\d{2})(?P<day>\d{2})(?!\d)",
    )
)
YEARLESS = re.compile(
    rf"{_MONTH_NAMES}\.?\s*\d{{1,2}}(?:st|nd|rd|th)?\b|\b\d{{1,2}}(?:st|nd|rd|th)?\s+{_MONTH_NAMES}\.?", re.IGNORECASE
)
# What may stand beside a date without making the line more than a date: weekday, clock time, zone, small words.
_BESIDE = re.compile(
    r"(?:[\s,;|()\-–—/·•@]"
    r"|\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?"
    r"|\bT?\d{1,2}[:.h]\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z\b)?|\b\d{1,2}(?=\s?[ap]\.?m\b)|[ap]\.?m\b\.?"
    r"|[+-]\d{2}:?\d{2}\b|\b\d{4}(?=\s*(?:GMT|UTC|hours|hrs)\b)|\b(?:at|on|hours|hrs|local|time)\b"
    r"|\b(?:GMT|UTC|BST|CES?T|EES?T|[ECMP][SD]?T|IST|MSK|JST|KST|PKT|HKT|SGT|SAST|AE[SD]T|NZ[SD]T|WIB)\b)*+",
    re.IGNORECASE,
)
_LONGEST_DATE_LINE = 120  # characters; a longer line says more than a date
_PIECES = re.compile(r"\s*[|•·]\s*|\s{3,}|(?<!last)[\s,;(]+(?=(?:last\s+)?updated\b)", re.IGNORECASE)


def _as_date(match: re.Match[str]) -> date | None:
    """The day a match of one of the forms means; day first where both orders are possible."""
    year, day, month = int(match["year"]), int(match["day"]), match["month"]
    number = int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1
    day_first = match.start("day") < match.start("year")
    if month.isdigit() and day_first and number > 12:
        day, number = number, day
    try:
        return date(year, number, day) if 1000 <= year <= 2999 else None
    except ValueError:
        return None


def find_written_date(text: str) -> tuple[date, int, int] | None:
    """The first full date (day, month, year) written in the text, with its character offsets."""
    matches = [match for form in _FORMS for match in form.finditer(text)]
    for match in sorted(matches, key=lambda found: (found.start(), -found.end())):
        day = _as_date(match)
        if day:
            return day, match.start(), match.end()
    return None


def parse_written_date(text: str) -> date | None:
    """The day the text means when it is nothing but a date, a weekday or clock time beside it allowed; else None.

    `27/11/2015` is read day first, `11/27/2015` as it must be. A date without a year is None.
    """
    found = find_written_date(text) if len(text) <= _LONGEST_DATE_LINE else None
    if found is None:
        return None
    day, start, end = found
    return day if _BESIDE.fullmatch(text[:start]) and _BESIDE.fullmatch(text[end:]) else None


@lru_cache(maxsize=1)
def _labels() -> re.Pattern[str]:
    """A pattern for the words that introduce a page's date ("Published", "Last updated on")."""
    rows = sorted(tables.read("date_labels"), key=lambda row: -len(row["label"]))
    kinds = {
        kind: "|".join(re.escape(row["label"]) for row in rows if row["kind"] == kind)
        for kind in ("published", "updated")
    }
    # "Last updated" must be tried before "updated", and the longest label of each kind first.
    return re.compile(
        rf"[\W_]*(?:(?P<updated>{kinds['updated']})|(?P<published>{kinds['published']}))\b\s*(?:on\b|at\b)?[\s:\-–—]*",
        re.IGNORECASE,
    )


def dates_of_line(line: str) -> dict[str, date]:
    """The dates a line gives when it is nothing but dates: kind (`published`, `updated` or `plain`) -> day.

    Empty for any other line: prose, a copyright year, a date within a sentence.
    """
    found: dict[str, date] = {}
    if len(line) > _LONGEST_DATE_LINE or not any(c.isdigit() for c in line):
        return found
    for piece in filter(None, _PIECES.split(line.strip())):
        label = _labels().match(piece)
        day = parse_written_date(piece[label.end() :] if label else piece.strip(" \t-–—[]*_"))
        if day is None:
            return {}
        found.setdefault((label.lastgroup or "plain") if label else "plain", day)
    return found
