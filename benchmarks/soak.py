"""Codes the same reports over and over as `dotterel code` does, and tells each round's speed and each worker's memory.

Each round is published 53 weeks before the one before, so that its reports are others, to be coded and written, and
its acts are others, linked within the round. At the end the database is held against what was read: what is missing,
and what stands there twice. The first round has the loading of the models in it.

With --mixed WORDS the reports are others: paragraphs of the file drawn by chance, so that many can be coded in an hour
and none prints the copy of another.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

from benchmarks.common import arguments, print_table, rows
from dotterel.cli.working import coding_by
from dotterel.coder import Coder
from dotterel.reading.sources import read
from dotterel.run import Run, Tally, coder_for, open_output
from dotterel.settings import TIME_LIMIT
from dotterel.store import open_store
from dotterel.types import Failure, Report

APART = timedelta(weeks=53)  # longer than the year that the reports are of; a week, so that Monday is one
SEED = 8  # of chance, the same reports each time
PARAGRAPH = 12  # words of a paragraph that is drawn
LOOK = 0.5  # seconds between two looks at the memory
UNDATED = "2015-11-13"  # the day of a report without one
Item = Report | Failure


def resident(process: int | str) -> float:
    """The memory that a process holds now, in MiB; 0 where it has ended, or the system does not tell."""
    try:
        told = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in told.splitlines() if line.startswith("VmRSS")), 0.0)


@dataclass
class Round:
    """What a round came to."""

    reports: int = 0
    failed: int = 0
    seconds: float = 0.0
    run: float = 0.0  # MiB, the most that the process of the run held
    workers: dict[int, float] = field(default_factory=lambda: defaultdict(float))  # pid -> MiB, the most

    def look(self) -> None:
        """Note the memory of now."""
        self.run = max(self.run, resident("self"))
        for child in multiprocessing.active_children():
            if child.pid is not None and (held := resident(child.pid)):
                self.workers[child.pid] = max(self.workers[child.pid], held)


class Rounds:
    """Divides a run into rounds as its reports are done, and looks at the memory all the while."""

    def __init__(self, sizes: list[int]) -> None:
        self.sizes = sizes
        self.done: list[Round] = []
        self._now = Round()
        self._before = Tally()
        self._began = 0.0
        self._ended = Event()

    def __enter__(self) -> Rounds:
        self._began = time.monotonic()
        Thread(target=self._look, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()

    def __call__(self, tally: Tally) -> None:
        """Close the round where its last report is done."""
        if len(self.done) < len(self.sizes) and tally.seen - self._before.seen >= self.sizes[len(self.done)]:
            self._close(tally)

    def _close(self, tally: Tally) -> None:
        now, self._now = self._now, Round()
        now.look()
        now.reports, now.failed = tally.seen - self._before.seen, tally.failed - self._before.failed
        now.seconds = time.monotonic() - self._began
        self.done.append(now)
        told = f"round {len(self.done)} of {len(self.sizes)}: {now.reports / now.seconds:.2f} reports a second"
        print(told, file=sys.stderr, flush=True)
        self._before = Tally(coded=tally.coded, present=tally.present, failed=tally.failed)
        self._began = time.monotonic()

    def _look(self) -> None:
        while not self._ended.wait(LOOK):
            self._now.look()


def repeated(reports: list[dict[str, Any]], number: int) -> Iterator[dict[str, Any]]:
    """So many reports: all of them, and then all again, a year earlier."""
    for n in range(number):
        report = reports[n % len(reports)]
        day = date.fromisoformat((report.get("published") or UNDATED)[:10]) - APART * (n // len(reports))
        yield {**report, "published": day.isoformat()}


def mixed(reports: list[dict[str, Any]], number: int, words: int) -> Iterator[dict[str, Any]]:
    """So many reports of at least so many words, of paragraphs drawn by chance from all, with a title and a day."""
    chance = random.Random(SEED)
    paragraphs = [part for report in reports for part in report["text"].split("\n") if len(part.split()) >= PARAGRAPH]
    for n in range(number):
        drawn: list[str] = []
        while sum(len(part.split()) for part in drawn) < words:
            drawn.append(chance.choice(paragraphs))
        head = chance.choice(reports)
        yield {**head, "id": f"mixed-{n}", "text": "\n\n".join(drawn)}


def written(path: Path, reports: Iterator[dict[str, Any]]) -> None:
    """Write reports to a file."""
    with path.open("w", encoding="utf-8") as file:
        for report in reports:
            file.write(json.dumps(report, ensure_ascii=False) + "\n")


class Account:
    """Notes what is read, and holds a database against it."""

    def __init__(self) -> None:
        self.expected: dict[str, str | None] = {}  # id -> path
        self.again = 0  # reports that were read before

    def noted(self, items: Iterator[Item]) -> Iterator[Item]:
        """Hand on what is read."""
        for item in items:
            if isinstance(item, Report):
                self.again += item.id in self.expected
                self.expected[item.id] = item.path
            yield item

    def lost_and_doubled(self, database: Path) -> tuple[int, int]:
        """How many reports are neither coded nor recorded as failed, and how many stand there twice."""
        with open_store(database, read_only=True) as store:
            found = [row["id"] for row in store.query("SELECT id FROM reports").to_pylist()]
            failed = {failure.path for failure in store.failures()}
        lost = [name for name in self.expected.keys() - set(found) if self.expected[name] not in failed]
        return len(lost), len(found) - len(set(found))


def sizes(number: int, rounds: int) -> list[int]:
    """How many reports each round has: as many as the others, but for the last."""
    each = -(-number // rounds)
    return [size for n in range(rounds) if (size := min(each, number - n * each)) > 0]


def soak(source: Path, database: Path, rounds: Rounds, workers: int | None, timeout: float) -> tuple[Account, Tally]:
    """Code the reports of a file into a database, through what `dotterel code` is made of."""
    account = Account()
    with (
        open_output(database) as output,
        coding_by(coder_for(database, Coder()), workers, timeout) as (coding, _),
        rounds,
    ):
        tally = Run(output, coding, rounds).code(account.noted(read([str(source)])))
    return account, tally


def told(rounds: list[Round]) -> list[tuple[str, ...]]:
    """The rounds as rows of a table; a worker that was started in another's stead is one more."""
    return [
        (
            str(number),
            f"{one.reports:,}",
            f"{one.failed:,}",
            f"{one.reports / one.seconds:.2f}",
            f"{one.run:,.0f}",
            ", ".join(f"{held:,.0f}" for _, held in sorted(one.workers.items())),
        )
        for number, one in enumerate(rounds, 1)
    ]


def options() -> argparse.ArgumentParser:
    """What the command takes."""
    parser = arguments(__doc__, "throughput.jsonl")
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="rounds to divide the run into (5)")
    parser.add_argument("--reports", type=int, metavar="N", help="reports in all (the file, once a round)")
    parser.add_argument("--mixed", type=int, metavar="WORDS", help="reports of so many words, of paragraphs by chance")
    parser.add_argument("--workers", type=int, metavar="N", help="processes that code side by side (one a core)")
    parser.add_argument("--timeout", type=float, default=TIME_LIMIT, metavar="SECONDS", help="a report's time limit")
    return parser


def main() -> int:
    """Soak, print the table, and tell what was lost or doubled; exit status 1 where anything was."""
    asked = options().parse_args()
    reports = rows(asked.file, asked.limit)
    number = asked.reports or len(reports) * asked.rounds
    rounds = Rounds(sizes(number, asked.rounds))
    with tempfile.TemporaryDirectory() as folder:
        source, database = Path(folder) / "reports.jsonl", Path(folder) / "soak.duckdb"
        made = mixed(reports, number, asked.mixed) if asked.mixed else repeated(reports, number)
        written(source, made)
        account, tally = soak(source, database, rounds, asked.workers, asked.timeout)
        lost, doubled = account.lost_and_doubled(database)
    columns = ("round", "reports", "failures", "reports a second", "run, peak MiB", "each worker, peak MiB")
    print_table("Soak", columns, told(rounds.done), asked.markdown)
    seconds = sum(one.seconds for one in rounds.done)
    print(f"{tally.coded:,} coded, {tally.failed:,} failed, {account.again:,} read twice, in {seconds:,.0f} seconds")
    print(f"reports lost: {lost:,}, doubled: {doubled:,}")
    return int(bool(lost or doubled))


if __name__ == "__main__":
    sys.exit(main())
