"""One worker process: what it does, and how the run that started it speaks to it."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection

from dotterel.errors import DotterelError
from dotterel.piping import Loading
from dotterel.types import Report

SPAWN = multiprocessing.get_context("spawn")  # a forked process would inherit threads and locks of this one
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
START = 300.0  # seconds a worker may take to load its models
GRACE = 60  # seconds beyond the limit after which the system ends a worker that nobody is left to end


class LostError(Exception):
    """A worker is gone, and with it what it was coding. `late` where it was ended for taking too long."""

    def __init__(self, how: str, way_out: str = "please report it with the text", late: bool = False) -> None:
        super().__init__(how)
        self.how = how
        self.way_out = way_out
        self.late = late

    def reason(self) -> str:
        """Why the report that it was coding is not coded."""
        return f"{self.how if self.late else f'could not be coded (its worker {self.how})'}; {self.way_out}"


def serve(pipe: Connection, packed: bytes, limit: float) -> None:
    """The life of a worker: load the coder, then code each list of reports that comes, until the run is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes of a terminal; the run ends its own
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    os.environ.update((name, "1") for name in THREADS if name not in os.environ)
    threading.Thread(target=leave_with_parent, daemon=True).start()
    try:
        coder: Loading = pickle.loads(packed)
        try:
            coder.load()
        except DotterelError as error:
            pipe.send(error)
            return
        pipe.send(None)
        while True:
            answer(pipe, coder, pipe.recv(), limit)
    except (EOFError, OSError):
        os._exit(1)


def answer(pipe: Connection, coder: Loading, reports: list[Report], limit: float) -> None:
    """Code reports and send each result as soon as it is there."""
    arm(limit)
    for result in coder.pipe(reports):
        pipe.send_bytes(pickle.dumps(result))
        arm(limit)
    arm(0)


def arm(limit: float) -> None:
    """Have the system end this process where it is still at the same report long after the limit; 0 calls it off.

    The run ends a late worker itself. This is for one stuck in a library whose run was killed.
    """
    if hasattr(signal, "alarm"):
        signal.alarm(int(limit) + GRACE if limit else 0)


def leave_with_parent() -> None:
    """End this process when the one that started it is gone, in the middle of a report as well."""
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
    os._exit(1)


class Worker:
    """A worker process, seen from the run. Starting it returns at once; `ready` waits for its models."""

    def __init__(self, packed: bytes, limit: float) -> None:
        self._limit = limit
        self._pipe, theirs = SPAWN.Pipe()
        self.process = SPAWN.Process(target=serve, args=(theirs, packed, limit), name="dotterel worker", daemon=True)
        self.process.start()
        theirs.close()

    def ready(self) -> None:
        """Wait until it can code. Raises the DotterelError that its models ended in, LostError where it is gone."""
        error = pickle.loads(self._next(START))
        if error is not None:
            raise error

    def code(self, reports: list[Report]) -> Iterator[bytes]:
        """The pickled result of each report, in order. Raises LostError where it is gone, or is late with the next."""
        try:
            self._pipe.send(reports)
        except OSError:
            raise self._lost() from None
        for _ in reports:
            yield self._next(self._limit)

    def end(self) -> None:
        """End it at once, whatever it does."""
        self.process.kill()

    def _next(self, limit: float) -> bytes:
        try:
            if self._pipe.poll(limit or None):
                return self._pipe.recv_bytes()
        except (EOFError, OSError):
            raise self._lost() from None
        self.end()
        way_out = "give it more time with --timeout, or leave it out"
        raise LostError(f"took longer than {limit:g} seconds", way_out, late=True)

    def _lost(self) -> LostError:
        """How it ended, by itself or at the hand of another."""
        status = exit_status(self.process)
        if status == -signal.SIGKILL:
            way_out = "use fewer --workers, or leave it out"
            return LostError("was killed, as the system does where memory runs out", way_out)
        return LostError(f"ended with signal {-status}" if status < 0 else f"ended with exit status {status}")


def exit_status(process: multiprocessing.process.BaseProcess, patience: float = 10.0) -> int:
    """The exit status of a process that has closed its pipe; below zero, the signal that ended it."""
    until = time.monotonic() + patience
    while process.exitcode is None and time.monotonic() < until:
        process.join(0.05)
    if process.exitcode is None:
        process.kill()
    return -signal.SIGKILL if process.exitcode is None else process.exitcode
