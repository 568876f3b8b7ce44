"""Does adding a report take longer the more linked events a store holds? Generated reports, through the real code."""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice, product
from pathlib import Path
from unittest.mock import patch

from benchmarks.common import print_table
from dotterel import open_store
from dotterel.codebook import types
from dotterel.store import Store
from dotterel.types import Actor, ActorMention, Coding, Event, Interval, Mention, Report

SMALL, LARGE, ADDED = 1_000, 100_000, 40  # linked events in the two stores, reports added to each and timed
A_DAY = 60  # reports published a day
SEED = 7
FILL_BATCH = 500  # reports a transaction while a store is filled; timed ones have one of their own
STATES = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ1234")
SYLLABLES = ("ran", "sel", "tor", "vin", "dal", "mek", "pos")
WORDS = [
    f"{first}{last}" for first in ("ba", "co", "du", "fe", "gi", "ho", "ju", "ka", "li", "mo") for last in SYLLABLES
]
TELLINGS = [
    f"The {who} {did} the {whom} over {what}."
    for who, did, whom, what in product(WORDS[:6], WORDS[6:12], WORDS[12:18], WORDS[18:24])
]


def codings(chance: random.Random, start: date) -> Iterator[Coding]:
    """Reports of a world without end: sixty a day, three acts each, four in ten of an act that others tell too."""
    kinds = [kind.name for kind in types()]
    number, acts = 0, []
    while True:
        day = start + timedelta(days=number // A_DAY)
        if number % A_DAY == 0:
            acts = [(*chance.sample(STATES, 2), chance.choice(kinds), chance.choice(TELLINGS)) for _ in range(A_DAY)]
        number += 1
        fresh = [(*chance.sample(STATES, 2), chance.choice(kinds), chance.choice(TELLINGS)) for _ in range(2)]
        yield coding(f"{number:08d}", day, [chance.choice(acts), *fresh], chance)


def coding(name: str, day: date, acts: Sequence[tuple[str, str, str, str]], chance: random.Random) -> Coding:
    """One report that tells these acts."""
    body = " ".join(chance.choices(WORDS, k=250))
    text = f"{' '.join(chance.choices(WORDS, k=8))}\n\n{' '.join(act[3] for act in acts)} {body}"
    report = Report(name, text, published=day, source=f"Paper {chance.randrange(200)}")
    events = tuple(event(report, number, act) for number, act in enumerate(acts, 1))
    return Coding(report, events)


def event(report: Report, number: int, act: tuple[str, str, str, str]) -> Event:
    """One act as the coder would write it down."""
    actor, recipient, kind, sentence = act
    assert report.published is not None
    start = report.text.index(sentence)
    when = Interval(report.published, report.published, "day", "today", 0, 5, "day of publication")
    mention = Mention(sentence, sentence.split()[2], start, start + 5, start, start + len(sentence))
    return Event(f"{report.id}-{number}", kind, None, "occurred", (party(actor),), (party(recipient),), when, None,
                 None, None, (mention,), 0.8, "generated")  # fmt: skip


def party(state: str) -> ActorMention:
    """A state as an actor."""
    return ActorMention(state, 0, 1, Actor(f"state:{state}", f"State {state}", state, "GOV", ("GOV",)), "named")


def linked_events(store: Store) -> int:
    """How many linked events a store holds."""
    count = store.query("SELECT count(*) FROM linked_events").column(0)[0].as_py()
    return int(count)


def filled(store: Store, stream: Iterator[Coding], events: int) -> int:
    """Add reports until the store holds so many linked events; tells how many it holds."""
    while (now := linked_events(store)) < events:
        wanted = max(1, min(2_000, (events - now) // 3))
        store.add_many(islice(stream, wanted))
    return now


def seconds(folder: Path, events: int) -> tuple[int, float]:
    """Linked events in a new store of that size, and how long one more report takes: the median of forty."""
    stream = codings(random.Random(SEED), date(2020, 1, 1))
    with open_store(folder / f"{events}.duckdb") as store:
        with patch("dotterel.store.database.WRITE_BATCH", FILL_BATCH):
            held = filled(store, stream, events)
        took = []
        for new in islice(stream, ADDED):
            started = time.perf_counter()
            store.add(new)
            took.append(time.perf_counter() - started)
    return held, statistics.median(took)


def main() -> int:
    """Fill the two stores and time them."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--sizes", nargs="+", type=int, default=[SMALL, LARGE], metavar="N", help="linked events")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = [seconds(Path(folder), size) for size in asked.sizes]
    base = found[0][1]
    rows = [(f"{held:,}", f"{took * 1000:.0f}", f"{took / base:.2f}") for held, took in found]
    print_table("One more report", ("linked events", "milliseconds, median", "ratio"), rows, asked.markdown)
    return 0


if __name__ == "__main__":
    sys.exit(main())
