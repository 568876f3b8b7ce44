"""Measures the contexts given to events: on sentences of our own, and on events in news articles.

The events are given, so that only the contexts are measured. The sentences (tests/cases/contexts.tsv) were written by
the authors of the table of words, before it; the events in news articles (contexts.tsv, the articles in the bench
folder) were coded by hand before any programme's contexts were seen. Each has a part that was looked at for no word of
the table.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from benchmarks.common import RATE_COLUMNS, Rate, arguments, print_table, rows
from dotterel.contexts import contexts_of
from dotterel.contexts.words import find_words
from dotterel.reading.text import report_from_text
from dotterel.tables import read_file
from dotterel.types import Actor, ActorMention, Event, Mention, Report

CASES = Path(__file__).parents[1] / "tests" / "cases" / "contexts.tsv"
KEY = Path(__file__).with_suffix(".tsv")
BRACKETS = str.maketrans("", "", "[]")
PARTS = {"tuned": "seen", "held_back": "held back"}


@dataclass(frozen=True)
class Case:
    """An event in its report, the contexts that a reader gave it, and those of dotterel."""

    part: str
    report: Report
    event: Event
    gold: frozenset[str]

    @cached_property
    def given(self) -> frozenset[str]:
        """The contexts that dotterel gives the event."""
        return frozenset(contexts_of(self.event, self.report, find_words(self.report.text)))


def sentences() -> list[Case]:
    """The sentences of our own; brackets stand around the event's where there are more."""
    return [
        case(row, Report("case", row["text"].translate(BRACKETS)), sentence_of(row["text"])) for row in read_file(CASES)
    ]


def sentence_of(text: str) -> tuple[int, int]:
    """The sentence between brackets, counted without them; all of it without."""
    return (text.index("["), text.index("]") - 1) if "[" in text else (0, len(text))


def articles(data: Sequence[Mapping[str, Any]]) -> list[Case]:
    """The events in news articles."""
    found = []
    for row in read_file(KEY):
        article = data[int(row["report"])]
        report = report_from_text(article["text"], title=article["title"])
        found.append(case(row, report, (int(row["start"]), int(row["end"]))))
    return found


def case(row: Mapping[str, str], report: Report, sentence: tuple[int, int]) -> Case:
    """The case of a row."""
    start, end = sentence
    mention = Mention(report.text[start:end], "", start, start, start, end)
    actors, recipients = (tuple(map(party, filter(None, row[side].split(";")))) for side in ("actors", "recipients"))
    kind, mode = row["type"], row["mode"] or None
    event = Event("case", kind, mode, "occurred", actors, recipients, None, None, None, None, (mention,), 1.0, "given")
    return Case(row["part"], report, event, frozenset(filter(None, row["contexts"].split(";"))))


def party(written: str) -> ActorMention:
    """A party written as country and sector, or as one of them: `SYR/MIL`, `CVL`."""
    country, _, sector = written.rpartition("/")
    return ActorMention("", -1, -1, Actor(written, written, country or None, sector, (sector,)), "named")


def rate(cases: Iterable[Case]) -> Rate:
    """Precision, recall and F1 over all contexts together."""
    pairs = [(case.gold, case.given) for case in cases]
    return Rate(sum(len(g & p) for g, p in pairs), sum(len(g) for g, _ in pairs), sum(len(p) for _, p in pairs))


def by_context(cases: Sequence[Case]) -> list[tuple[str, ...]]:
    """A row a context."""
    hits = Counter(c for case in cases for c in case.gold & case.given)
    wanted, given = Counter(c for case in cases for c in case.gold), Counter(c for case in cases for c in case.given)
    return [(c, *Rate(hits[c], wanted[c], given[c]).cells()) for c in sorted(wanted | given)]


def part_of(cases: Iterable[Case], part: str) -> list[Case]:
    """The cases of one part."""
    return [case for case in cases if case.part == part]


def misses(cases: Iterable[Case]) -> list[tuple[str, str, str]]:
    """What was missed and what was wrongly given, with the sentence."""
    return [
        ("; ".join(sorted(c.gold - c.given)), "; ".join(sorted(c.given - c.gold)), c.event.mentions[0].sentence.strip())
        for c in cases
        if c.gold != c.given
    ]


def main() -> None:
    """Print the tables; --contexts adds one by context, --misses lists what is wrong in a part."""
    parser = arguments(__doc__, "throughput.jsonl")
    parser.add_argument("--misses", choices=PARTS, help="list what is wrong in that part")
    parser.add_argument("--contexts", action="store_true", help="add a table with a row a context")
    asked = parser.parse_args()
    own, news = sentences(), articles(rows(asked.file)) if asked.file.exists() else []
    body = []
    for name, cases in (("sentences of our own", own), ("news articles", news)):
        body += [(f"{name}, {told}", *rate(part_of(cases, part)).cells()) for part, told in PARTS.items()]
    print_table("Contexts of an event, all contexts together", ("cases", *RATE_COLUMNS), body, asked.markdown)
    if asked.contexts:
        print_table("By context, all cases", ("context", *RATE_COLUMNS), by_context([*own, *news]), asked.markdown)
    if asked.misses:
        wrong = misses(part_of([*own, *news], asked.misses)[: asked.limit])
        print_table("Wrong", ("missed", "given", "sentence"), wrong, asked.markdown)


if __name__ == "__main__":
    main()
