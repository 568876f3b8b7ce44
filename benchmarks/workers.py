"""Times coding with one and with two workers, alone and under a Dask scheduler, and how much quicker two are than one.

Every run is a process of its own, as a user starts it, and each has a new cluster. It is timed over 32 reports, and
over those and --limit more: the difference is the steady part, and what the 32 take beyond their share is the start.
Alone, the codings are written to a database and linked; a cluster writes parts, so what it takes to load them is told
beside it. The starting of scheduler and workers is not counted, the loading of their models is.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from benchmarks.common import arguments, print_table, require
from dotterel.workers.process import THREADS

REPORTS, FIRST = 200, 32  # reports of the steady part; those before it, enough that two workers have a list each
SHARD = 16  # reports a shard, as many as a list alone, so that two workers share a few hundred evenly
PATIENCE = 60.0  # seconds for a scheduler and its workers to start
ALONE, DASK = "alone", "under Dask"
DOTTEREL = Path(sys.executable).with_name("dotterel")
ON_CLUSTER = (
    "import sys; from dotterel.cluster import Job, code_on_cluster;"
    "code_on_cluster([sys.argv[1]], sys.argv[2], Job(sys.argv[3], reports=int(sys.argv[4])))"
)
COLUMNS = ("how", "workers", "start, s", "in all, s", "reports/s in all", "reports/s steady", "the same in each round",
           "times as quick, in all", "times as quick, steady", "loading, s")  # fmt: skip
Command = Sequence[str | Path]


@dataclass
class Timed:
    """The seconds of one way of coding, a round each."""

    how: str
    workers: int
    first: list[float] = field(default_factory=list)  # over the first few reports
    whole: list[float] = field(default_factory=list)  # over all
    loading: list[float] = field(default_factory=list)  # of the parts of a cluster

    def steady(self, reports: int) -> list[float]:
        """Reports a second of the steady part, in each round."""
        return [reports / (whole - first) for first, whole in zip(self.first, self.whole, strict=True)]

    def start(self, reports: int) -> float:
        """Seconds until coding goes at its steady rate."""
        return max(0.0, statistics.median(self.first) - FIRST / statistics.median(self.steady(reports)))


def environment() -> dict[str, str]:
    """That of every process: the numeric libraries have one thread each."""
    return {**os.environ, **dict.fromkeys(THREADS, "1")}


def seconds(command: Command) -> float:
    """Seconds from the start of a command to its end. Ends the programme where it fails."""
    begun = time.perf_counter()
    done = subprocess.run([str(part) for part in command], env=environment(), capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(str(part) for part in command)}: {done.stderr.strip()[-2000:]}")
    return time.perf_counter() - begun


def alone(file: Path, workers: int, folder: Path) -> float:
    """Seconds of `dotterel code` into a new database."""
    return seconds([DOTTEREL, "code", file, "--output", folder / "events.duckdb", "--workers", str(workers)])


def under_dask(file: Path, workers: int, folder: Path) -> tuple[float, float]:
    """Seconds of coding over a new cluster, and of loading its parts into a new database."""
    parts = folder / "parts"
    with cluster(workers, folder) as address:
        coding = seconds([sys.executable, "-c", ON_CLUSTER, file, address, parts, str(SHARD)])
    return coding, seconds([DOTTEREL, "load", parts, "--output", folder / "events.duckdb"])


@contextmanager
def cluster(workers: int, folder: Path) -> Iterator[str]:
    """The address of a scheduler of this machine, with so many worker processes, each at an address of its own."""
    from distributed import Client

    told = folder / "scheduler.json"
    with ExitStack() as running:
        running.enter_context(dask("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", told))
        address = address_in(told)
        for number in range(workers):
            own = ("--host", f"127.0.0.{number + 2}", "--nthreads", "1", "--local-directory", folder)
            running.enter_context(dask("worker", address, *own))
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(workers, timeout=PATIENCE)
        yield address


@contextmanager
def dask(kind: str, *options: str | Path) -> Iterator[None]:
    """A scheduler or a worker, for the length of a block."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", "--no-dashboard", *map(str, options)]
    process = subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()


def address_in(told: Path) -> str:
    """The address that a scheduler writes to a file once it listens."""
    until = time.monotonic() + PATIENCE
    while not (told.exists() and (text := told.read_text())):
        if time.monotonic() > until:
            raise SystemExit("the scheduler does not start; try it by hand: dask scheduler")
        time.sleep(0.05)
    return str(json.loads(text)["address"])


def a_round(ways: Sequence[Timed], first: Path, whole: Path) -> None:
    """Time every way once."""
    for way in ways:
        for file, took in ((first, way.first), (whole, way.whole)):
            with tempfile.TemporaryDirectory() as folder:
                if way.how == ALONE:
                    took.append(alone(file, way.workers, Path(folder)))
                else:
                    coding, loading = under_dask(file, way.workers, Path(folder))
                    took.append(coding)
                    way.loading += [loading] if file is whole else []


def rows(ways: Sequence[Timed], reports: int) -> list[tuple[str, ...]]:
    """The table; how much quicker is told against the first of the same kind."""
    found = []
    for way in ways:
        base = next(other for other in ways if other.how == way.how)
        rates, whole = way.steady(reports), statistics.median(way.whole)
        steady = statistics.median(rates)
        found.append((
            way.how, str(way.workers), f"{way.start(reports):.1f}", f"{whole:.1f}",
            f"{(reports + FIRST) / whole:.2f}", f"{steady:.2f}", ", ".join(f"{rate:.2f}" for rate in rates),
            f"{statistics.median(base.whole) / whole:.2f}", f"{steady / statistics.median(base.steady(reports)):.2f}",
            f"{statistics.median(way.loading):.1f}" if way.loading else "",
        ))  # fmt: skip
    return found


def main() -> None:
    """Time the ways in turn, round by round, and print the table."""
    parser = arguments(__doc__, "throughput.jsonl")
    parser.add_argument("--rounds", type=int, default=3, help="how often each way is timed; the medians count")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2], metavar="N", help="numbers of workers")
    parser.set_defaults(limit=REPORTS)
    chosen = parser.parse_args()
    with require(chosen.file).open(encoding="utf-8") as stream:
        lines = list(islice(stream, FIRST + chosen.limit))
    if (steady := len(lines) - FIRST) <= 0:
        parser.error(f"{chosen.file}: holds {len(lines)} reports; at least {FIRST + 1} are needed")
    ways = [Timed(how, number) for how in (ALONE, DASK) for number in chosen.workers]
    with tempfile.TemporaryDirectory() as folder:
        first, whole = Path(folder) / "first.jsonl", Path(folder) / "whole.jsonl"
        first.write_text("".join(lines[:FIRST]), encoding="utf-8")
        whole.write_text("".join(lines), encoding="utf-8")
        for _ in range(chosen.rounds):
            a_round(ways, first, whole)
    title = f"Workers, over {FIRST} and {steady} reports"
    print_table(title, COLUMNS, rows(ways, steady), chosen.markdown)


if __name__ == "__main__":
    main()
