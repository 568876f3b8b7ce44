"""What a report has told of time so far: the day it was written, the days others count from, the days of its events."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dotterel.times import days
from dotterel.times.resolve import words
from dotterel.types import Interval, Report

if TYPE_CHECKING:
    from dotterel.parsing import Doc, Token

NOUNS = {"NOUN", "PROPN"}
ATTRIBUTIVE = {"nummod", "compound", "nmod", "amod", "poss", "npadvmod"}
SPANS = ("running span", "recent")  # reasons of stretches from which no other time is counted


@dataclass(slots=True)
class Told:
    """The times told before some point of a report; grows while it is read."""

    published: date | None  # or the day of the dateline
    past: list[Interval] = field(default_factory=list)  # what a later "two days earlier" may count from
    events: dict[str, Interval] = field(default_factory=dict)  # lemma of a noun -> when that befell

    def note(self, interval: Interval, head: Token) -> None:
        """Keep a time that hangs on the sentence by its head."""
        dated = dated_noun(head, interval)
        past = self.published is None or interval.first <= self.published
        if past and dated is None and interval.precision != "open" and not interval.reason.startswith(SPANS):
            self.past.append(interval)
        for lemma in [dated.lemma_.lower()] if dated is not None else _lemmas_of_clause(head):
            self.events[lemma] = interval

    def event_at(self, doc: Doc, index: int) -> Interval | None:
        """The time of the event which the words from a token on name ("the attack"), where it was told before."""
        noun = next((t for t in doc[index : index + 6] if t.pos_ in NOUNS and t.dep_ != "compound"), None)
        definite = noun is not None and any(c.lower_ in {"the", "that", "this"} for c in noun.children)
        if noun is None or not definite or noun.left_edge.i != index:
            return None
        return self.events.get(noun.lemma_.lower())


def dated_noun(head: Token, interval: Interval) -> Token | None:
    """The noun before which a time stands as its attribute ("the Dec. 2 attack", "Monday's vote"); None elsewhere."""
    noun = head.head
    after = noun.idx >= interval.end and noun.pos_ in NOUNS and noun.text.rstrip(".") not in words("month")
    return noun if after and head.dep_ in ATTRIBUTIVE else None


def _lemmas_of_clause(head: Token) -> list[str]:
    """The lemmas of what a time dates: the nouns and the verb above it, and the verb's subject and object."""
    node, lemmas = head, []
    while node.head != node and node.pos_ not in {"VERB", "AUX"}:
        node = node.head
        if node.pos_ in {"NOUN", "VERB"}:
            lemmas.append(node.lemma_.lower())
    if node.pos_ in {"VERB", "AUX"} and len(lemmas) < 2:
        parts = {"nsubj", "nsubjpass", "dobj", "attr"}
        lemmas += [c.lemma_.lower() for c in node.children if c.dep_ in parts and c.pos_ == "NOUN"]
        lemmas += [node.head.lemma_.lower()] if node.dep_ in {"acl", "relcl"} else []
    return lemmas


def day_written(report: Report) -> date | None:
    """The day relative times count from: that of the dateline, in its nearest year before publication, else the latter.

    The dateline may be a day ahead of publication, the world having time zones.
    """
    if not report.dateline_day:
        return report.published
    parts = [int(part) for part in report.dateline_day.split("-")]
    if len(parts) == 3:
        return date(*parts)
    if report.published is None:
        return None
    latest = min(report.published, date.max - timedelta(1)) + timedelta(1)
    years = range(latest.year, max(latest.year - 9, 0), -1)
    return next((d for y in years if (d := days.day(y, *parts)) and d <= latest), report.published)
