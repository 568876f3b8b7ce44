"""A database that a program looks into for hours: open for reading while it is looked at, for writing one moment.

DuckDB lets in one process that writes or several that read, and one process opens a file in one way at a time. So the
file is let go a moment after the last look, for others to write, and nobody looks while this program itself writes.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dotterel.errors import InUseError, StoreError
from dotterel.store.database import Store, open_existing, open_store

KEPT_OPEN = 2.0  # seconds after the last look; others who write wait longer than that
PATIENCE = 10.0  # seconds to wait while another process holds the file


class HeldStore:
    """Looks into one database from several threads, and writes into it now and then. Close it at the end."""

    def __init__(self, path: Path, kept_open: float = KEPT_OPEN, wait: float = PATIENCE) -> None:
        """Raises StoreError or OutputError where there is no such database, or it cannot be opened."""
        self.path = path
        self._kept_open = kept_open
        self._wait = wait
        self._turn = threading.Condition()
        self._store: Store | None = None
        self._readers = 0
        self._writers = 0  # that write or wait for it
        self._writing = False
        self._timer: threading.Timer | None = None
        self._closed = threading.Event()
        with open_existing(path):  # brings an older schema up to date
            pass

    @contextmanager
    def reading(self) -> Iterator[Store]:
        """The store, to be read by this thread alone. Raises StoreError where another process writes for too long."""
        with self._turn:
            self._turn.wait_for(lambda: not self._writers)
            if self._closed.is_set():
                raise StoreError(f"{self.path}: is not looked into any longer; open it again")
            if self._timer:
                self._timer.cancel()
            if self._store is None:
                self._store = self._opened()
            own = self._store.beside()
            self._readers += 1
        try:
            yield own
        finally:
            own.close()
            with self._turn:
                self._readers -= 1
                if not self._readers:
                    self._rest()
                self._turn.notify_all()

    @contextmanager
    def writing(self) -> Iterator[Store]:
        """The store, to be written by this thread alone. Raises StoreError where another process holds it too long."""
        with self._turn:
            self._writers += 1
            self._turn.wait_for(lambda: not self._readers and not self._writing)
            self._writing = True
            self._let_go()
        try:
            with self._patiently(lambda: open_store(self.path, wait=0)) as store:
                yield store
        finally:
            with self._turn:
                self._writers -= 1
                self._writing = False
                self._turn.notify_all()

    def close(self) -> None:
        """Let the file go, and nobody wait for it any longer; closing twice is harmless."""
        self._closed.set()  # first: whoever waits for the file has the turn
        with self._turn:
            self._turn.wait_for(lambda: not self._readers and not self._writing)
            self._let_go()

    def _opened(self) -> Store:
        """The store, opened to be read, with the views of this dotterel: one of another version may have written."""
        store = self._patiently(lambda: open_store(self.path, read_only=True, wait=0))
        if store.has_own_views():
            return store
        store.close()
        with open_existing(self.path):
            pass
        return self._patiently(lambda: open_store(self.path, read_only=True, wait=0))

    def _patiently(self, opening: Callable[[], Store]) -> Store:
        """The store as soon as nobody else holds it. Raises InUseError where that takes too long, or this is closed."""
        until = time.monotonic() + self._wait
        while True:
            try:
                return opening()
            except InUseError:
                if time.monotonic() >= until or self._closed.wait(random.uniform(0.01, 0.05)):
                    raise

    def _rest(self) -> None:
        """Let the file go unless somebody looks again soon."""
        if self._timer:
            self._timer.cancel()
        self._timer = threading.Timer(self._kept_open, self._let_go_if_unread)
        self._timer.daemon = True
        self._timer.start()

    def _let_go_if_unread(self) -> None:
        with self._turn:
            if not self._readers:
                self._let_go()

    def _let_go(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
        if self._store is not None:
            self._store.close()
            self._store = None
