"""Coding the reports of a database anew: read a few at a time, coded in a stream, each put in the place of what was."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

from dotterel.errors import OutputError, StoreError
from dotterel.piping import Piping
from dotterel.run import PATIENCE, Pace, Tally
from dotterel.store import open_store
from dotterel.types import Coding, Failure, Report


def code_anew(
    path: Path, coder: Piping, watch: Callable[[Tally], None] = lambda tally: None, every: bool = False
) -> Tally:
    """Code the reports of a database anew that an older dotterel coded, or `every` one; corrections hold on.

    Each report is whole, old or new, at any moment; stopped, it goes on where it was. Whatever stops it, what was coded
    until then is written. Raises StoreError where the database cannot be read or written.
    """
    anew = _Anew(path, every)
    try:
        for item in coder.pipe(anew.reports()):
            anew.take(item)
            watch(anew.tally)
    except (OutputError, StoreError):
        raise
    except BaseException:
        anew.write()
        raise
    anew.write(done=True)
    return anew.tally


class _Anew:
    """The reports under way, in their order in the database, and what is coded and not yet written."""

    def __init__(self, path: Path, every: bool) -> None:
        self.tally = Tally()
        self._path = path
        self._every = every
        self._under_way: deque[tuple[int, Report]] = deque()
        self._done: list[Coding] = []
        self._place = -1  # of the last report that is dealt with, as is every one before it
        self._in_order = True  # a run that is stopped hands on what is coded, whatever came before it
        self._pace = Pace()

    def reports(self) -> Iterator[Report]:
        """The reports to code, read from the database as they are needed; it is open only meanwhile."""
        place = self._begun_at()
        while batch := self._batch(place):
            for place, report in batch:
                self._under_way.append((place, report))
                yield report

    def _begun_at(self) -> int:
        """Where an earlier run has come to."""
        if not self._every:
            return -1
        with open_store(self._path, read_only=True, wait=PATIENCE) as store:
            return store.recoded_to()

    def _batch(self, place: int) -> list[tuple[int, Report]]:
        with open_store(self._path, read_only=True, wait=PATIENCE) as store:
            return store.outdated(self._every, place)

    def take(self, item: Coding | Failure) -> None:
        """Take what became of the next report."""
        place, report = self._under_way.popleft()
        name = item.path if isinstance(item, Failure) else item.report.id
        self._in_order &= name == (report.path or report.id if isinstance(item, Failure) else report.id)
        self._place = place if self._in_order else self._place
        self.tally.count(item)
        if isinstance(item, Coding):
            self._done.append(item)
        if self._pace.is_due(len(self._done)):
            self.write()

    def write(self, done: bool = False) -> None:
        """Put each new coding in the place of the old, and note how far that has come; `done` when that is all."""
        if self._done or self._every:
            with open_store(self._path, wait=PATIENCE) as store:
                for coding in self._done:
                    store.replace(coding)
                    self.tally.written += 1
                if self._every and (done or self._place >= 0):
                    store.recoded_to(self._place, done)
        self._done.clear()
        self._pace.written()
