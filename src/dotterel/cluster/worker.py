"""What a worker does: read a shard, code it with the one coder of its process, write its part."""

from __future__ import annotations

import os
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from importlib.metadata import version

from dotterel.cluster.jobs import TWICE, Done, Job, Shard, blame
from dotterel.cluster.parts import Parts
from dotterel.errors import WorkerError
from dotterel.piping import Piping
from dotterel.reading.stretches import Stretch, cut, read_stretch
from dotterel.run import printable
from dotterel.settings import PARSE_BATCH
from dotterel.store.ready import sensed
from dotterel.types import Coding, Failure, Report

_one_at_a_time = threading.Lock()  # a pipeline serves one thread, however many the worker has
_OVERDUE = 75  # exit status of a worker that gave up a report


@lru_cache(maxsize=1)
def coder_of(maker: Callable[[], Piping]) -> Piping:
    """The coder of this process, made at the first use."""
    return maker()


def cut_file(whole: Stretch, most: int) -> list[Stretch]:
    """The file as stretches; as it is where it cannot be read, which is told when it is to be coded."""
    try:
        return cut(whole, most)
    except OSError:
        return [whole]


def code_shard(job: Job, shard: Shard) -> Done:
    """Code a shard and write its part, unless workers have died over it: then its pieces are to be coded instead.

    A single report over which they have died is recorded as a failure. Raises WorkerError, OutputError, and what
    hinders the coder from being made.
    """
    if job.version != version("dotterel"):
        raise WorkerError(
            f"a worker has dotterel {version('dotterel')}, not {job.version}; install the same everywhere"
        )
    parts = Parts(job.output)
    try:
        return _dealt_with(parts, job, shard)
    except Exception:
        parts.forget_attempts(job.run, shard)  # the worker lives: it is no fault of a report
        raise


def _dealt_with(parts: Parts, job: Job, shard: Shard) -> Done:
    if parts.attempts(job.run, shard) > TWICE:
        if pieces := shard.halves():
            parts.note_split(shard)
            return Done(pieces=pieces)
        return _write(parts, shard, blame(shard), Done())
    done = Done()
    with _one_at_a_time:
        return _write(parts, shard, _coded(job, shard, done), done)


def _write(parts: Parts, shard: Shard, items: Iterable[Coding | Failure], done: Done) -> Done:
    """Write the part, and tell what is in it."""
    held = list(items)
    parts.write(shard, held)
    for item in held:
        done.count(item)
    return done


def _coded(job: Job, shard: Shard, done: Done) -> Iterator[Coding | Failure]:
    """The codings of a shard, its failures among them."""
    coder = coder_of(job.maker)
    passed: Counter[str] = Counter()
    with Limit(job.timeout * min(shard.weight, PARSE_BATCH)) as limit:
        yield from shard.failures
        for item in coder.pipe(_reports(job, shard, passed, done)):
            limit.renew()
            yield item if isinstance(item, Failure) else sensed(item)
    done.passed = dict(passed)


def _reports(job: Job, shard: Shard, passed: Counter[str], done: Done) -> Iterator[Report | Failure]:
    """The reports of a shard, each once."""
    seen: set[str] = set()
    for stretch in shard.stretches:
        for item in read_stretch(stretch, job.columns, job.published, passed):
            if isinstance(item, Failure):
                yield item
            elif item.id in seen:
                done.present += 1
            else:
                seen.add(item.id)
                yield printable(item)


class Limit:
    """Ends the process where nothing is coded for longer than so many seconds: only that stops a parser."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._timer: threading.Timer | None = None

    def __enter__(self) -> Limit:
        self.renew()
        return self

    def __exit__(self, *_: object) -> None:
        if self._timer:
            self._timer.cancel()

    def renew(self) -> None:
        """Begin to count anew."""
        if self._timer:
            self._timer.cancel()
        if self._seconds:
            self._timer = threading.Timer(self._seconds, self._give_up)
            self._timer.daemon = True
            self._timer.start()

    def _give_up(self) -> None:
        print(
            f"dotterel: nothing was coded for {self._seconds:g} seconds; this worker ends", file=sys.stderr, flush=True
        )
        os._exit(_OVERDUE)
