"""The workers of a run: reports are handed out in small lists, and come back coded in the order of the reports.

A list whose worker is lost is coded again report by report. One that takes too long alone, or loses its worker twice
alone, becomes a Failure; so a bad report costs its neighbours some time and nothing else.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Iterable, Iterator
from itertools import count
from queue import Queue
from threading import Lock, Thread

from dotterel.errors import WorkerError
from dotterel.piping import Loading
from dotterel.settings import PARSE_BATCH, TIME_LIMIT
from dotterel.types import Coding, Failure, Report
from dotterel.workers.process import LostError, Worker

LIST_CHARS = 200_000  # a list is closed when its texts are so long together
SECONDS_EACH = 4  # a list is so short that each of its reports may take so long before the limit strikes all
AHEAD = 2  # lists that wait for each worker, so that it goes on while codings are written
WINDOW = 24  # lists for each worker that may be under way or wait for one before them: what order costs in memory
TRIES = 2  # of a report alone: whoever ends a process by hand may hit any
STARTS = 5  # failed starts in a row, after which there is no hope

Item = Report | Failure
Result = bytes | Failure  # a pickled Coding or Failure: a tenth of the memory of the objects


def cores() -> int:
    """How many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class ClosedError(Exception):
    """The workers were sent home."""


class Seat:
    """The place of one worker: when it is lost another is started in its stead."""

    def __init__(self, packed: bytes, limit: float) -> None:
        self._packed = packed
        self._limit = limit
        self._worker: Worker | None = None
        self._lock = Lock()
        self._closed = False

    def code(self, reports: list[Report]) -> list[Result]:
        """One result a report, in order. Raises DotterelError where no worker can be started."""
        if len(reports) == 1:
            return [self._alone(reports[0])]
        found: list[Result] = []
        if self._try(reports, found):
            found += [self._alone(report) for report in reports[len(found) :]]
        return found

    def close(self) -> None:
        """End the worker, and start no other."""
        with self._lock:
            self._closed = True
            if self._worker:
                self._worker.end()

    def _alone(self, report: Report) -> Result:
        """The coding of one report by itself, or the failure that it is."""
        lost = None
        for _ in range(TRIES):
            found: list[Result] = []
            lost = self._try([report], found)
            if lost is None:
                return found[0]
            if lost.late:
                break
        return Failure(report.path or report.id, lost.reason() if lost else "")

    def _try(self, reports: list[Report], found: list[Result]) -> LostError | None:
        """Code reports into `found`; what the worker was lost to, where it was."""
        worker = self._ready_worker()
        try:
            found.extend(worker.code(reports))
        except LostError as lost:
            self._worker = None
            return lost
        return None

    def _ready_worker(self) -> Worker:
        """The worker that sits here, or a new one."""
        lost = None
        for _ in range(STARTS):
            with self._lock:
                if self._closed:
                    raise ClosedError
                if self._worker:
                    return self._worker
                started = self._worker = Worker(self._packed, self._limit)
            try:
                started.ready()
                return started
            except LostError as error:
                self._worker, lost = None, error
        raise WorkerError(f"no worker process can be started (it {lost}); --workers 1 --timeout 0 does without")


class Workers:
    """Codes reports with `coder` in `number` processes, by default one a core; `limit` is seconds a report, 0 for none.

    Processes are started as they are needed, and stay until the `with` block is left. The coder is sent to them, so
    it must be one that can be pickled and is not loaded; a script that uses it needs `if __name__ == "__main__":`.
    """

    def __init__(self, coder: Loading, number: int | None = None, limit: float = TIME_LIMIT) -> None:
        self.number = number or cores()
        self._most = max(1, min(PARSE_BATCH, int(limit / SECONDS_EACH))) if limit else PARSE_BATCH
        self._make = (pickle.dumps(coder), limit)
        self._seats: list[Seat] = []
        self._numbers = count()
        self._tasks: Queue[tuple[int, list[Report]] | None] = Queue()
        self._back: Queue[tuple[int, list[Result] | Exception]] = Queue()

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End all processes at once, whatever they do."""
        for seat in self._seats:
            seat.close()
            self._tasks.put(None)

    def pipe(self, reports: Iterable[Item]) -> Iterator[Coding | Failure]:
        """Code a stream, in order; failures pass through, a bad report becomes one.

        Stopped by Ctrl-C, it still gives what is coded. Raises DotterelError where no worker can be started.
        """
        lists = self._lists(reports)
        out: dict[int, list[Item]] = {}  # lists handed out, in order
        back: dict[int, list[Result]] = {}  # of them, those that are coded
        try:
            while self._hand_out(lists, out, back) or out:
                first = next(iter(out))
                while first not in back:
                    self._take_back(out, back)
                yield from in_place(out.pop(first), back.pop(first))
        except KeyboardInterrupt:
            for number, results in back.items():
                yield from in_place(out[number], results)
            raise

    def _lists(self, reports: Iterable[Item]) -> Iterator[list[Item]]:
        """The stream in short lists, each a unit of work."""
        gathered: list[Item] = []
        length = 0
        for item in reports:
            gathered.append(item)
            length += len(item.text) if isinstance(item, Report) and item.text else 0
            if len(gathered) >= self._most or length >= LIST_CHARS:
                yield gathered
                gathered, length = [], 0
        if gathered:
            yield gathered

    def _hand_out(self, lists: Iterator[list[Item]], out: dict[int, list[Item]], back: dict[int, list[Result]]) -> bool:
        """Give the workers as much as they need to be busy; whether anything was given."""
        given = False
        while len(out) - len(back) < (1 + AHEAD) * self.number and len(out) < WINDOW * self.number:
            items = next(lists, None)
            if items is None:
                break
            given, number = True, next(self._numbers)
            out[number] = items
            if todo := [item for item in items if isinstance(item, Report)]:
                self._tasks.put((number, todo))
                self._seat(len(out) - len(back))
            else:
                back[number] = []
        return given

    def _seat(self, under_way: int) -> None:
        """Add a worker where there are more lists under way than workers."""
        if len(self._seats) < min(self.number, under_way):
            seat = Seat(*self._make)
            self._seats.append(seat)
            Thread(target=self._work, args=(seat,), daemon=True).start()

    def _work(self, seat: Seat) -> None:
        """Have one worker code list after list; what stops it is raised where the codings are taken."""
        while (task := self._tasks.get()) is not None:
            number, reports = task
            try:
                self._back.put((number, seat.code(reports)))
            except ClosedError:
                return
            except Exception as error:
                self._back.put((number, error))

    def _take_back(self, out: dict[int, list[Item]], back: dict[int, list[Result]]) -> None:
        """Wait for the next list that is coded."""
        number, results = self._back.get()
        if isinstance(results, Exception):
            raise results
        if number in out:  # else it is of a stream that was left before its end
            back[number] = results


def in_place(items: list[Item], results: list[Result]) -> Iterator[Coding | Failure]:
    """The results of a list where its reports stood."""
    found = iter(results)
    for item in items:
        result = item if isinstance(item, Failure) else next(found)
        yield pickle.loads(result) if isinstance(result, bytes) else result
