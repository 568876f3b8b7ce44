"""Cuts the input into shards, the same at every start, while the first are coded already."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Protocol

from dotterel.cluster.jobs import Shard
from dotterel.errors import InputError
from dotterel.reading.finding import STDIN, files_of, shown_name, suffix_of
from dotterel.reading.stretches import CUT, Stretch
from dotterel.remote import filesystem, is_address, told
from dotterel.types import Failure

_AHEAD = 8  # files that are cut before their turn

Cutting = Callable[[Stretch], "Promise"]


class Promise(Protocol):
    """What is being worked out elsewhere: a future of Dask."""

    def result(self) -> Any:
        """What came of it, when it has come."""


class Plan:
    """The shards of an input, in order. `weight` is how many reports the shards told so far have, about.

    Raises InputError for standard input, which only this machine could read.
    """

    def __init__(self, paths: Iterable[str], output: str, most: int, cutting: Cutting) -> None:
        self.weight = 0
        self._cutting = cutting
        self._most = most
        own = output if is_address(output) else os.path.abspath(output) + os.sep
        self._files = [file for file in _listed(paths) if isinstance(file, Failure) or not file.path.startswith(own)]
        self._cut = 0

    def expected(self) -> int | None:
        """About how many reports there are in all; None where nothing can be said yet."""
        return round(self.weight * len(self._files) / self._cut) if self._cut else None

    def shards(self) -> Iterator[Shard]:
        """The shards. Files that are short share one; a long one has several."""
        held: list[Stretch] = []
        stamps: list[str] = []
        order = 0
        for found in self._stretches():
            if isinstance(found, Failure):
                yield self._told(Shard(order, failures=(found,)))
                order += 1
                continue
            stretch, stamp = found
            if held and sum(one.weight for one in held) + stretch.weight > self._most:
                yield self._told(Shard(order, tuple(held), tuple(stamps)))
                held, stamps, order = [], [], order + 1
            held.append(stretch)
            stamps.append(stamp)
        if held:
            yield self._told(Shard(order, tuple(held), tuple(stamps)))

    def _told(self, shard: Shard) -> Shard:
        self.weight += shard.weight
        return shard

    def _stretches(self) -> Iterator[tuple[Stretch, str] | Failure]:
        """The stretches of all files, each with the stamp of its file; a few files are cut ahead."""
        waiting: deque[tuple[Stretch | Failure, Promise | None]] = deque()
        files = iter(self._files)
        while True:
            while len(waiting) < _AHEAD and (file := next(files, None)) is not None:
                cut = isinstance(file, Stretch) and suffix_of(file.path) in CUT
                waiting.append((file, self._cutting(file) if cut and isinstance(file, Stretch) else None))
            if not waiting:
                return
            file, promise = waiting.popleft()
            self._cut += 1
            if isinstance(file, Failure):
                yield file
            else:
                stamp = stamp_of(file.path)
                yield from ((stretch, stamp) for stretch in (promise.result() if promise else [file]))


def _listed(paths: Iterable[str]) -> Iterator[Stretch | Failure]:
    """The files of the input, whole, in order; each once."""
    seen: set[str] = set()
    for given in paths:
        if given == STDIN:
            raise InputError("standard input cannot be read by a cluster; name a file, a folder or an address")
        for file in files_of(given):
            if isinstance(file, Failure):
                yield file
                continue
            path = file if is_address(file) else os.path.abspath(file)
            if path not in seen:
                seen.add(path)
                yield Stretch(path, shown_name(file))


def stamp_of(path: str) -> str:
    """What differs when a file was changed: its size, and what its storage tells of its age."""
    try:
        if not is_address(path):
            state = os.stat(path)
            return f"{state.st_size}-{state.st_mtime_ns}"
        system, place = filesystem(path)
        with told():
            info = system.info(place)
        return "-".join(str(info.get(key, "")) for key in ("size", "ETag", "etag", "LastModified", "mtime"))
    except OSError:
        return ""  # that it cannot be read is told when it is
