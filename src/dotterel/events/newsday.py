"""The day a report is about, and which of the acts that it tells without a time are of that day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from dotterel.events.draft import VERBAL, Draft
from dotterel.types import Interval, Report

OPENING = 3  # sentences with acts in which the report's own day is sought
NEAR = 7  # days: an act told right after one that lies further from the report's day is background too
BESIDE = 300  # characters between the two


class NewsDay:
    """The day that a report is about: the first one its opening sentences tell, else that of its publication."""

    def __init__(self, drafts: Sequence[Draft], report: Report) -> None:
        self.past = sorted((d for d in drafts if is_finished(d)), key=lambda d: d.mention.start)
        self.starts = [d.mention.start for d in self.past]
        self.lead = lead_of(drafts)
        self.day = self.lead or published(report)

    def of(self, act: Draft) -> Interval | None:
        """That day for an act that is news: words and meetings told as such, and deeds where a lead tells the day."""
        if act.status != "occurred" or self.day is None or self.in_background(act, self.day):
            return None
        if act.type in VERBAL:
            return self.day if act.current else None
        return self.lead if act.narrated else None

    def in_background(self, act: Draft, day: Interval) -> bool:
        """Is the act told right after one of long ago?"""
        at = bisect_right(self.starts, act.mention.start) - 1
        before = self.past[at] if at >= 0 else None
        if before is None or before.interval is None or act.mention.start - before.mention.end > BESIDE:
            return False
        return (day.first - before.interval.last).days > NEAR


def is_finished(act: Draft) -> bool:
    """Is it an act of a time gone by, told in the simple past?"""
    return act.narrated and act.status == "occurred" and act.interval is not None and act.interval.precision != "open"


def lead_of(drafts: Sequence[Draft]) -> Interval | None:
    """The first day that the opening sentences tell of an act that is news."""
    opening = sorted({d.mention.sentence_start for d in drafts})[:OPENING]
    told = (d.interval for d in drafts if d.current and not d.definite and d.mention.sentence_start in opening)
    lead = next((i for i in told if i is not None and i.precision == "day"), None)
    return replace(lead, reason=f"not told: the day of the report's lead ({lead.reason})") if lead else None


def published(report: Report) -> Interval | None:
    """The day of publication."""
    if report.published is None:
        return None
    return Interval(report.published, report.published, "day", "", 0, 0, "not told: the day of publication")
