"""Measures speed and memory: reports a second, peak memory, and time as a multiple of spaCy's bare `nlp.pipe`.

Both are timed in one process over the same texts, the coder first, each after one report to warm up.
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterable
from itertools import islice
from typing import TypeVar

from benchmarks.common import arguments, print_table, require
from dotterel.actors import find_actors
from dotterel.coder import Coder
from dotterel.parsing import load, parse_many
from dotterel.places import find_places
from dotterel.reading.sources import read
from dotterel.settings import PARSE_BATCH
from dotterel.types import Coding, Report


def peak_memory() -> float:
    """The most memory this process has held so far, in MiB."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


Item = TypeVar("Item")


def seconds(run: Iterable[Item]) -> tuple[float, list[Item]]:
    """Wall-clock seconds to exhaust an iterable, and what it gave."""
    start = time.perf_counter()
    items = list(run)
    return time.perf_counter() - start, items


def resolving(reports: list[Report], texts: list[str]) -> float:
    """Wall-clock seconds to find and resolve the actors of reports that are parsed."""
    ready = [(p, r, find_places(p, r)) for p, r in zip(parse_many(texts), reports, strict=True)]
    return seconds(find_actors(parsed, report, places) for parsed, report, places in ready)[0]


def main() -> None:
    """Time the coder and the bare parser over the same reports and print the figures."""
    parser = arguments(__doc__, "throughput.jsonl")
    parser.set_defaults(limit=100)
    chosen = parser.parse_args()
    reading, items = seconds(islice(read([str(require(chosen.file))]), chosen.limit))
    reports = [item for item in items if isinstance(item, Report)]
    texts = [report.text for report in reports]
    coder = Coder()
    loading, _ = seconds(coder.pipe(reports[:1]))
    coding, codings = seconds(coder.pipe(reports))
    memory = peak_memory()
    parsing, _ = seconds(load().pipe(texts, batch_size=PARSE_BATCH))
    actors = resolving(reports, texts)
    good = [c for c in codings if isinstance(c, Coding)]
    words = sum(len(text.split()) for text in texts)
    body = [
        ("reports, words", f"{len(texts)}, {words:,}"),
        ("coded, failed", f"{len(good)}, {len(codings) - len(good)}"),
        ("reports a second", f"{len(texts) / coding:.1f}"),
        ("words a second", f"{words / coding:,.0f}"),
        ("reports an hour", f"{3600 * len(texts) / coding:,.0f}"),
        ("time as a multiple of bare nlp.pipe", f"{coding / parsing:.2f} ({coding:.1f} s to {parsing:.1f} s)"),
        ("actors' share of that time", f"{100 * actors / coding:.1f} %"),
        ("peak memory", f"{memory:,.0f} MiB"),
        ("reading the file", f"{reading:.2f} s"),
        ("loading pipeline and tables, first report", f"{loading:.2f} s"),
        ("events a report", f"{sum(len(c.events) for c in good) / max(1, len(good)):.1f}"),
    ]
    print_table("Throughput", ("measure", "value"), body, chosen.markdown)


if __name__ == "__main__":
    main()
