"""Finds the time expressions of a report and resolves them against its day of publication."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dotterel.times.days import Stretch
from dotterel.times.patterns import Rule, any_of, rules
from dotterel.times.resolve import Context, Match, words
from dotterel.times.tense import context_of, head_of
from dotterel.times.told import Told, dated_noun, day_written
from dotterel.types import Interval, Report

if TYPE_CHECKING:
    from dotterel.parsing import Parse


def find_times(parse: Parse, report: Report) -> tuple[Interval, ...]:
    """All time expressions of the report that can be resolved, in the order of the text.

    Relative ones need `report.published`, or an expression before them; those that cannot be resolved are left out.
    """
    starts = [token.idx for token in parse.doc]
    found: list[Interval] = []
    told = Told(day_written(report))
    end = 0
    for match, rule in _candidates(report.text):
        if match.start() < end:
            continue
        if rule is None:
            end = match.end()
            continue
        interval = _resolve(match, rule, context_of(match, parse, report, starts, told))
        if interval is not None:
            found += _parted(interval, match) if rule.name == "two days" else [interval]
            told.note(interval, head_of(interval.start, interval.end, parse, starts))
            end = match.end()
    return tuple(_joined(found, report.text))


def is_attributive(interval: Interval, parse: Parse) -> bool:
    """Whether a time stands as the attribute of a noun ("the Dec. 2 attack") and so dates it, not the clause."""
    head = head_of(interval.start, interval.end, parse, [token.idx for token in parse.doc])
    return dated_noun(head, interval) is not None


def _candidates(text: str) -> Iterator[tuple[Match, Rule | None]]:
    """Every match of every rule, the earlier and longer first; a name that is no time comes with None."""
    found: list[tuple[Match, Rule | None]] = [(m, rule) for rule in rules() for m in rule.pattern.finditer(text)]
    found += [(m, None) for m in re.finditer(rf"\b(?:{any_of(words('not_time'))})\b", text)]
    return iter(sorted(found, key=lambda pair: (pair[0].start(), -pair[0].end())))


def _resolve(match: Match, rule: Rule, context: Context) -> Interval | None:
    try:
        stretch = rule.resolve(match, context)
    except (ValueError, OverflowError):  # beyond the years the calendar knows ("the last 300 decades")
        return None
    if stretch is None:
        return None
    reason = rule.name
    if match["part"]:
        stretch, reason = _part(stretch, match["part"], context.published), f"part of {reason}"
    if match["since"]:
        first = stretch[0]
        stretch, reason = (first, max(first, context.published or first), "open"), f"since {reason}"
    if context.direction and not match.groupdict().get("year"):
        reason += f", {context.direction} tense"
    return Interval(*stretch, text=match.group(), start=match.start(), end=match.end(), reason=reason)


def _part(stretch: Stretch, part: str, published: date | None) -> Stretch:
    """The early, middle or late share of a stretch, or what of it lies before or after publication."""
    first, last, precision = stretch
    if first == last:
        return stretch
    share = words("part")[" ".join(part.lower().split())]
    if share in {"before", "after"}:
        if published is None or not first <= published <= last:
            return stretch
        return (first, published, precision) if share == "before" else (published, last, precision)
    low, high = (int(x) / 100 for x in share.split())
    days = (last - first).days + 1
    narrowed = first + timedelta(int(days * low)), first + timedelta(int(days * high) - 1)
    return *narrowed, "season" if precision == "year" else precision


def _parted(interval: Interval, match: Match) -> list[Interval]:
    """The two days of "July 9 and 10"."""
    first = replace(interval, last=interval.first, precision="day", end=match.end("day"))
    last = replace(interval, first=interval.last, precision="day", start=match.start("day2"))
    return [replace(i, text=match.string[i.start : i.end]) for i in (first, last)]


def _joined(found: list[Interval], text: str) -> list[Interval]:
    """Make one range of two expressions written "between A and B" or "from A to B"."""
    joined: list[Interval] = []
    for interval in found:
        before = joined[-1] if joined else None
        merged = _range(before, interval, text) if before else None
        if merged:
            joined[-1] = merged
        else:
            joined.append(interval)
    return joined


def _range(before: Interval, after: Interval, text: str) -> Interval | None:
    opening = re.search(r"\b(between|from)\s+(?:the\s+)?$", text[: before.start], re.IGNORECASE)
    linked = re.fullmatch(r"\s*(and|to|until|till|through|-|–)\s*", text[before.end : after.start])
    first = before.first
    if first > after.last and before.reason.startswith("weekday"):
        first = max(first, date.min + timedelta(7)) - timedelta(7)
    if not opening or not linked or before.precision == "open" or first > after.last:
        return None
    span = text[opening.start() : after.end]
    return Interval(first, after.last, "range", span, opening.start(), after.end, f"range of {before.reason}")
