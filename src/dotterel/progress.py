"""How far a run is, on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from typing import TypeVar

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from dotterel.run import Tally

Item = TypeVar("Item")

LINE_EVERY = 10.0  # seconds between two lines where there is no terminal


class Watch:
    """Shows how far a run is, on standard error: a bar in a terminal, else a line every ten seconds.

    `total` is the number of inputs where it is known, `workers` that of the processes which code.
    """

    def __init__(self, total: int | None, workers: int = 1) -> None:
        self._total = total
        self._workers = workers
        self._started = self._said = time.monotonic()
        self._bar = progress_bar() if sys.stderr.isatty() else None
        self._task = self._bar.add_task("coding", total=total, note="") if self._bar else None

    def __enter__(self) -> Watch:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()

    def expect(self, total: int | None, workers: int) -> None:
        """Show from now on so many inputs, and workers."""
        self._total, self._workers = total, workers
        if self._bar and self._task is not None:
            self._bar.update(self._task, total=total)

    def __call__(self, tally: Tally) -> None:
        """Show the state of the run."""
        note = f"{self._rate(tally):.1f} a second" + (f", {tally.failed:,} failed" if tally.failed else "")
        note += f", {self._workers:,} workers" if self._workers > 1 else ""
        if self._bar and self._task is not None:
            self._bar.update(self._task, completed=tally.seen, note=note)
        elif time.monotonic() - self._said >= LINE_EVERY:
            self._said = time.monotonic()
            of = f" of {self._total:,}" if self._total else ""
            print(f"dotterel: {tally.seen:,}{of} reports, {note}{self._left(tally)}", file=sys.stderr, flush=True)

    def _left(self, tally: Tally) -> str:
        """The time left, where it can be told."""
        if not self._total or not tally.coded or tally.seen >= self._total:
            return ""
        seconds = (self._total - tally.seen) / self._rate(tally)
        for size, unit in ((86400, "days"), (3600, "hours"), (60, "minutes")):
            if seconds >= 1.5 * size:
                return f", about {seconds / size:.0f} {unit} left"
        return f", about {seconds:.0f} seconds left"

    def _rate(self, tally: Tally) -> float:
        """Reports coded a second since the start."""
        return tally.coded / max(time.monotonic() - self._started, 1e-6)


def progress_bar() -> Progress:
    """The bar of a run."""
    columns = (
        BarColumn(bar_width=None),
        MofNCompleteColumn(),
        TextColumn("{task.fields[note]}"),
        TimeRemainingColumn(),
    )
    return Progress(*columns, console=Console(stderr=True), transient=True, expand=True)


def shown(items: Iterable[Item], total: int, noun: str) -> Iterator[Item]:
    """Hand on items and show how many went by: a bar in a terminal, else a line every ten seconds."""
    bar = progress_bar() if sys.stderr.isatty() else None
    task = bar.add_task(noun, total=total, note=noun) if bar else None
    said = time.monotonic()
    with bar or nullcontext():
        for done, item in enumerate(items, 1):
            yield item
            if bar and task is not None:
                bar.update(task, completed=done)
            elif time.monotonic() - said >= LINE_EVERY:
                said = time.monotonic()
                print(f"dotterel: {done:,} of {total:,} {noun}", file=sys.stderr, flush=True)
