"""Measures how a store grows: its size, what questions and new reports take, and linking all of it, by events held.

The stores are generated (`python -m benchmarks.desk_store`) and tell of six years each, so that a larger one is
denser. What is new is 1,000 further reports of those years, written and linked 50 at a time as a run does. Each figure
of memory is the peak of a process that does nothing else. Times are of the processor, all its cores together, so that
they hold on a busy machine as well; what is waited for is somewhat less where several cores work on one question.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

from benchmarks import growth_queries
from benchmarks.common import print_table
from benchmarks.desk_reports import A_REPORT, told_reports
from benchmarks.desk_store import SEED, make
from benchmarks.desk_world import World
from benchmarks.throughput import peak_memory
from dotterel import open_store
from dotterel.store import SharedStore, open_existing
from dotterel.store.database import WRITE_BATCH
from dotterel.store.ready import ready

SIZES = (10_000, 100_000, 1_000_000)
NEW = 1_000  # reports added
RELINKED = 100_000  # events up to which all is linked from nothing
MIB = 2**20
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Cost:
    """What something took."""

    seconds: float
    memory: float  # MiB, the peak of its process


@dataclass(frozen=True, slots=True)
class Grown:
    """What was measured of one store."""

    events: int
    reports: int
    bytes: int
    asked: dict[str, float]
    new: Cost
    whole: Cost | None  # linking all of it; None where that was not tried


def apart(function: Callable[..., Answer], *arguments: object) -> Answer:
    """What a function answers in a new process, so that its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(function, *arguments).result()


def generate(path: Path, events: int, linked: bool) -> None:
    """Make a store."""
    make(path, events, linked=linked)


def add(path: Path, count: int) -> Cost:
    """Write and link so many new reports, as a run does whose workers have coded them."""
    world = World(random.Random(SEED))
    world.chance = random.Random(SEED + 1)
    new = [ready(told.coding) for told in islice(told_reports(world, count * A_REPORT * 2), count)]
    store = SharedStore(path)
    begun = time.process_time()
    for start in range(0, count, WRITE_BATCH):
        store.add_many(new[start : start + WRITE_BATCH])
    return Cost(time.process_time() - begun, peak_memory())


def link(path: Path) -> Cost:
    """Link all reports of a store in which none is, as `dotterel link` does."""
    begun = time.process_time()
    with open_existing(path) as store:
        for _ in store.link():
            pass
    return Cost(time.process_time() - begun, peak_memory())


def grown(path: Path, rounds: int, new: int) -> Grown:
    """Measure a store, to which reports are added."""
    with open_store(path, read_only=True) as store:
        counts = store.counts()
    size = path.stat().st_size
    asked = apart(growth_queries.seconds, path, rounds)
    return Grown(counts["events"], counts["reports"], size, asked, apart(add, path, new), None)


def grown_to(folder: Path, events: int, rounds: int, new: int, relink: bool) -> Grown:
    """Make a store of so many events and measure all of it; only one stands on the disk at a time."""
    path = folder / "generated.duckdb"
    apart(generate, path, events, True)
    found = grown(path, rounds, new)
    path.unlink()
    if relink:
        apart(generate, path, events, False)
        found = replace(found, whole=apart(link, path))
        path.unlink()
    return found


def grown_copy(folder: Path, given: Path, rounds: int, new: int) -> Grown:
    """Measure a copy of a store that is there."""
    path = Path(shutil.copy(given, folder / "copy.duckdb"))
    found = grown(path, rounds, new)
    path.unlink()
    return found


def of_sizes(found: Sequence[Grown]) -> list[tuple[str, ...]]:
    """How large the files are."""
    rows = []
    for one in found:
        size = one.bytes / MIB
        each = (f"{1000 * size / one.reports:.1f}", f"{1000 * size / one.events:.2f}")
        rows.append((f"{one.events:,}", f"{one.reports:,}", f"{size:,.0f}", *each))
    return rows


def of_questions(found: Sequence[Grown]) -> list[tuple[str, ...]]:
    """What each question takes in each store."""
    return [(name, *(f"{one.asked[name]:.2f}" for one in found)) for name in growth_queries.QUESTIONS]


def of_linking(found: Sequence[Grown], new: int) -> list[tuple[str, ...]]:
    """What new reports cost, and the linking of all."""
    rows = []
    for one in found:
        row = [f"{one.events:,}", f"{1000 * one.new.seconds / new:.0f}", f"{one.new.memory:,.0f}"]
        if whole := one.whole:
            each = f"{1000 * whole.seconds / one.reports:.0f}"
            row += [f"{whole.seconds:,.0f}", each, f"{whole.memory:,.0f}"]
        rows.append((*row, *[""] * (6 - len(row))))
    return rows


def show(found: Sequence[Grown], new: int, as_markdown: bool) -> None:
    """Print the tables."""
    files = ("events", "reports", "file, MiB", "MiB a 1,000 reports", "MiB a 1,000 events")
    linking = ("events held", "a new report written and linked, ms", "memory, MiB", "all linked from nothing, s",
               "the same a report, ms", "memory, MiB")  # fmt: skip
    print_table("The file", files, of_sizes(found), as_markdown)
    asked = ("seconds to answer", *(f"{one.events:,} events" for one in found))
    print_table("Questions", asked, of_questions(found), as_markdown)
    print_table("Writing and linking", linking, of_linking(found, new), as_markdown)


def main() -> int:
    """Make stores of each size, measure them, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="+", type=int, default=list(SIZES), metavar="N", help="events of each store")
    parser.add_argument("--stores", nargs="+", type=Path, metavar="FILE", help="measure copies of these instead")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="how often each question is put")
    parser.add_argument("--new", type=int, default=NEW, metavar="N", help="reports added to each store")
    told = f"events up to which all is linked from nothing as well (default: {RELINKED:,})"
    parser.add_argument("--relink", type=int, default=RELINKED, metavar="N", help=told)
    parser.add_argument("--folder", type=Path, help="where the stores are made; the largest takes some gigabytes")
    parser.add_argument("--markdown", action="store_true", help="print the tables as Markdown")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.folder) as name:
        folder, common = Path(name), (chosen.rounds, chosen.new)
        if chosen.stores:
            found = [grown_copy(folder, path, *common) for path in chosen.stores]
        else:
            found = [grown_to(folder, size, *common, size <= chosen.relink) for size in chosen.sizes]
    show(found, chosen.new, chosen.markdown)
    return 0


if __name__ == "__main__":
    sys.exit(main())
