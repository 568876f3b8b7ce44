"""Measures speed and memory: reports a second, peak memory, and time as a multiple of spaCy's bare `nlp.pipe`.

Both are timed in one process, on one core, by processor time, in turns over the same texts; the lowest of the rounds'
ratios counts, as what else the machine does only ever adds. The bare pipeline is as spaCy loads it. With `--profile`
the share of each stage is told instead.
"""

from __future__ import annotations

import os
import resource
import sys
import time
from collections.abc import Iterable
from itertools import islice
from typing import TypeVar

import spacy

from benchmarks.common import arguments, print_table, require
from benchmarks.stages import profile
from dotterel.coder import Coder
from dotterel.reading.sources import read
from dotterel.settings import MODEL, PARSE_BATCH
from dotterel.types import Coding, Failure, Report

Item = TypeVar("Item")
Done = list[Coding | Failure]


def one_core() -> None:
    """Keep this process, its libraries' threads included, on one core, where the system can."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def peak_memory() -> float:
    """The most memory this process has held so far, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def seconds(run: Iterable[Item]) -> tuple[float, list[Item]]:
    """Processor seconds to exhaust an iterable, and what it gave."""
    start = time.process_time()
    items = list(run)
    return time.process_time() - start, items


def rounds(coder: Coder, reports: list[Report], count: int) -> tuple[list[tuple[float, float]], float, Done]:
    """Seconds of coder and bare parser in each round, the coder's peak memory in MiB, and its codings."""
    coding, codings = seconds(coder.pipe(reports))
    memory = peak_memory()  # before the other pipeline is in memory
    bare = spacy.load(MODEL)
    texts = [report.text for report in reports]
    seconds(bare.pipe(texts[:1]))
    found = [(coding, seconds(bare.pipe(texts, batch_size=PARSE_BATCH))[0])]
    for _ in range(count - 1):
        coding, _ = seconds(coder.pipe(reports))
        found.append((coding, seconds(bare.pipe(texts, batch_size=PARSE_BATCH))[0]))
    return found, memory, codings


def table(reports: list[Report], coder: Coder, count: int) -> list[tuple[str, str]]:
    """The measures over some reports, as rows."""
    loading, _ = seconds(coder.pipe(reports[:1]))
    times, memory, codings = rounds(coder, reports, count)
    ratios = [coding / parsing for coding, parsing in times]
    coding, parsing = min(times, key=lambda pair: pair[0] / pair[1])
    good = [c for c in codings if isinstance(c, Coding)]
    words = sum(len(report.text.split()) for report in reports)
    return [
        ("reports, words", f"{len(reports)}, {words:,}"),
        ("coded, failed", f"{len(good)}, {len(codings) - len(good)}"),
        ("reports a second", f"{len(reports) / coding:.1f}"),
        ("words a second", f"{words / coding:,.0f}"),
        ("reports an hour", f"{3600 * len(reports) / coding:,.0f}"),
        ("time as a multiple of bare nlp.pipe", f"{min(ratios):.2f} ({coding:.1f} s to {parsing:.1f} s)"),
        ("the same in each round", ", ".join(f"{ratio:.2f}" for ratio in ratios)),
        ("peak memory", f"{memory:,.0f} MiB"),
        ("loading pipeline and tables, first report", f"{loading:.2f} s"),
        ("events a report", f"{sum(len(c.events) for c in good) / max(1, len(good)):.1f}"),
    ]


def main() -> None:
    """Time the coder and the bare parser over the same reports and print the figures."""
    parser = arguments(__doc__, "throughput.jsonl")
    parser.add_argument("--rounds", type=int, default=3, help="how often both are timed in turn")
    parser.add_argument("--profile", action="store_true", help="print the share of each stage in the coder's time")
    parser.set_defaults(limit=100)
    chosen = parser.parse_args()
    one_core()
    reading, items = seconds(islice(read([str(require(chosen.file))]), chosen.limit))
    reports = [item for item in items if isinstance(item, Report)]
    coder = Coder()
    if chosen.profile:
        seconds(coder.pipe(reports[:1]))
        shares = profile(lambda: coder.pipe(reports))
        print_table("Where the time goes", ("stage", "seconds", "share"), shares, chosen.markdown)
        return
    body = [*table(reports, coder, chosen.rounds), ("reading the file", f"{reading:.2f} s")]
    print_table("Throughput", ("measure", "value"), body, chosen.markdown)


if __name__ == "__main__":
    main()
