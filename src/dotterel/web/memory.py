"""What is dear to read is kept until anything is written into the database, by this desk or by anybody."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar

from dotterel.store import HeldStore, Store

KEPT = 32
Kept = TypeVar("Kept")


class Memory:
    """The latest answers of one database, each for as long as its file stays as it was."""

    def __init__(self, kept: int = KEPT) -> None:
        self._most = kept
        self._answers: OrderedDict[Hashable, tuple[Hashable, Any]] = OrderedDict()
        self._asked: dict[Hashable, threading.Lock] = {}
        self._turn = threading.Lock()

    def recall(self, store: HeldStore, key: Hashable, read: Callable[[Store], Kept]) -> Kept:
        """What `read` answered under that key, or answers now if the database has changed since.

        Several who ask for the same at once wait for one answer. Raises what `read` raises, and keeps nothing then.
        """
        with self._turn:
            own = self._asked.setdefault(key, threading.Lock())
        with own:
            kept: Kept | None = self._known(key, stamp(store.path))
            return self._anew(store, key, read) if kept is None else kept

    def _known(self, key: Hashable, now: Hashable) -> Any:
        with self._turn:
            then, kept = self._answers.get(key, (None, None))
            if then != now:
                return None
            self._answers.move_to_end(key)
            return kept

    def _anew(self, store: HeldStore, key: Hashable, read: Callable[[Store], Kept]) -> Kept:
        with store.reading() as open_store:  # nobody writes meanwhile, so the stamp is that of what is read
            now, made = stamp(store.path), read(open_store)
        with self._turn:
            self._answers[key] = (now, made)
            self._answers.move_to_end(key)
            while len(self._answers) > self._most:
                self._asked.pop(self._answers.popitem(last=False)[0], None)
        return made


def stamp(path: Path) -> Hashable:
    """What changes whenever anything is written into a database: its file, and the log that writers keep beside it."""
    return tuple(state_of(file) for file in (path, path.with_name(path.name + ".wal")))


def state_of(file: Path) -> tuple[int, int, int] | None:
    """What tells a file from what it was before; None where there is none."""
    try:
        state = file.stat()
    except OSError:  # the log comes and goes
        return None
    return state.st_ino, state.st_mtime_ns, state.st_size
