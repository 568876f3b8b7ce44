"""A run over a cluster: hands out shards, hands them out again where a worker is lost, and keeps the tally."""

from __future__ import annotations

import os
import re
import socket
import time
import uuid
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Protocol

from dotterel.cluster.jobs import Done, Job, Shard
from dotterel.cluster.parts import Parts
from dotterel.cluster.planning import Plan
from dotterel.cluster.worker import code_shard, cut_file
from dotterel.errors import DotterelError, MissingExtraError, OutputError, WorkerError
from dotterel.remote import is_address
from dotterel.run import SHOWN_FAILURES, Tally

ONWARD = "what was coded is kept; the same command goes on from there"
_ADDRESS = re.compile(r"(?:(?:tcp|tls)://)?(?P<host>[^:/\s]+|\[[0-9a-fA-F:.]+\]):(?P<port>\d{1,5})")
_TRIES = 3  # times that a shard is handed out anew after an error that is no report's fault
_PATIENCE = 30.0  # seconds to reach the scheduler
_LOOK = 2.0  # seconds between two looks at how many workers there are


class Watching(Protocol):
    """What shows how far a run is."""

    def __call__(self, tally: Tally, total: int | None, workers: int) -> None:
        """Show the tally, of how many reports about, and how many workers there are."""


class ClusterRun:
    """One run. `tally` is true at any moment: it counts what stands in parts; `passed` what is no failure."""

    def __init__(self, job: Job, watch: Watching) -> None:
        where = job.output if is_address(job.output) else os.path.abspath(job.output)
        self.job = replace(job, output=where, run=job.run or uuid.uuid4().hex[:12])
        self.parts = Parts(where)
        self.tally = Tally()
        self.passed: Counter[str] = Counter()
        self._watch = watch
        self._failing: Counter[str] = Counter()  # by shard: errors that are no report's fault
        self._left: list[str] = []  # why shards were left, each reason once

    def code(self, paths: Iterable[str], address: str) -> Tally:
        """Code what has no part yet, over the cluster whose scheduler is at that address.

        Raises WorkerError where the scheduler cannot be reached or is lost, or the workers cannot do the job;
        OutputError where the parts cannot be written. What was coded until then is kept.
        """
        with _client(address) as client:
            self.parts.begin(self.job.fingerprint())
            plan = Plan(paths, self.job.output, self.job.reports, lambda file: _cutting(client, self.job, file))
            self._hand_out(client, plan)
        self.parts.forget_attempts(self.job.run)
        if self._left:
            raise WorkerError(f"some of the input was left ({'; '.join(self._left[:3])}); {ONWARD}")
        self.parts.end({"reports": self.tally.coded + self.tally.present, "failed": self.tally.failed})
        return self.tally

    def _hand_out(self, client: Any, plan: Plan) -> None:
        """Keep every worker busy until all shards are done."""
        from distributed import wait

        waiting: deque[Shard] = deque()
        coming = self._to_do(plan)
        under_way: dict[Any, Shard] = {}
        workers, looked = 0, 0.0
        try:
            while True:
                if time.monotonic() - looked > _LOOK:
                    threads = client.nthreads()
                    workers, looked = len(threads), time.monotonic()
                    room = sum(threads.values()) + 1
                while len(under_way) < room and (shard := waiting.popleft() if waiting else next(coming, None)):
                    key = f"dotterel-{shard.id}-{uuid.uuid4().hex[:6]}"
                    under_way[client.submit(code_shard, self.job, shard, key=key, pure=False)] = shard
                if not under_way:
                    return
                try:
                    with client.as_current():
                        finished = wait(list(under_way), timeout=_LOOK, return_when="FIRST_COMPLETED").done
                except TimeoutError:
                    finished = ()
                for future in finished:
                    waiting.extend(self._took(future, under_way.pop(future)))
                self._watch(self.tally, plan.expected(), workers)
        finally:
            client.cancel(list(under_way), force=True) if under_way and client.status == "running" else None

    def _to_do(self, plan: Plan) -> Iterator[Shard]:
        """The shards without a part; in the place of those that were split, their pieces."""
        there, split = set(self.parts.names()), self.parts.splits()
        pending: deque[Shard] = deque()
        for planned in plan.shards():
            pending.append(planned)
            while pending:
                shard = pending.popleft()
                if shard.id in there:
                    self.tally.present += shard.weight
                elif shard.id in split:
                    pending.extendleft(reversed(shard.halves()))
                else:
                    yield shard

    def _took(self, future: Any, shard: Shard) -> tuple[Shard, ...]:
        """Add what came of a shard to the tally; what is to be handed out anew."""
        from distributed import KilledWorker

        if future.status == "finished":
            return self._add(future.result())
        error = future.exception() if future.status == "error" else None
        if isinstance(error, DotterelError) and not isinstance(error, OutputError):
            raise error
        if isinstance(error, ImportError):
            raise WorkerError(
                f"a worker lacks something ({error}); install the same dotterel on every worker"
            ) from error
        self._failing[shard.id] += 1
        if error is None or self._failing[shard.id] <= _TRIES:
            return (shard,)
        why = "workers end before they begin to code" if isinstance(error, KilledWorker) else _told(error)
        self._left += [why] if why not in self._left else []
        return ()

    def _add(self, done: Done) -> tuple[Shard, ...]:
        tally = self.tally
        tally.coded += done.coded
        tally.written += done.coded
        tally.events += done.events
        tally.present += done.present
        tally.failed += done.failed
        tally.failures += done.failures[: max(0, SHOWN_FAILURES - len(tally.failures))]
        self.passed.update(done.passed)
        return done.pieces


def code_on_cluster(
    paths: Iterable[str], address: str, job: Job, watch: Watching = lambda tally, total, workers: None
) -> Tally:
    """Code the reports of files over the cluster at an address into parts in `job.output`; see `ClusterRun.code`."""
    return ClusterRun(job, watch).code(paths, address)


class _client:  # noqa: N801 - reads as a word: with _client(address)
    """A `with` block with a client of the scheduler, in which its loss is told in one line."""

    def __init__(self, address: str) -> None:
        self._address = address
        try:
            from distributed import Client
        except ImportError as error:
            raise MissingExtraError("a cluster needs distributed; run: pip install 'dotterel[cluster]'") from error
        try:
            _knock(address)
            self._client = Client(address, timeout=_PATIENCE, set_as_default=False)
        except Exception as error:  # Dask raises what it meets: of sockets, names, protocols, certificates
            raise WorkerError(
                f"{address}: no scheduler can be reached there ({_told(error)}); start one with: dask scheduler"
            ) from error

    def __enter__(self) -> Any:
        return self._client

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        from concurrent.futures import CancelledError as Cancelled

        lost = self._client.status != "running"
        self._client.close(timeout=5)
        if isinstance(error, (OSError, Cancelled)) or (lost and isinstance(error, (RuntimeError, TypeError))):
            raise WorkerError(f"{self._address}: the scheduler was lost ({_told(error)}); {ONWARD}") from error


def _knock(address: str) -> None:
    """Raise an error where nobody listens at an address: a client of Dask that found nobody takes a minute to end."""
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise ValueError("an address is written as tcp://host:8786 or tls://host:8786")
    socket.create_connection((match["host"].strip("[]"), int(match["port"])), timeout=_PATIENCE).close()


def _cutting(client: Any, job: Job, file: Any) -> Any:
    """The stretches of a file, worked out by a worker before it codes on."""
    key = f"dotterel-cut-{uuid.uuid4().hex[:10]}"
    return client.submit(cut_file, file, job.reports, key=key, pure=False, priority=10, retries=_TRIES)


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
