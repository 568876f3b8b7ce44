"""What codes for a command: worker processes, or this one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dotterel.piping import Loading, Piping


@contextmanager
def coding_by(coder: Loading, workers: int | None, timeout: float) -> Iterator[tuple[Piping, int]]:
    """What codes with that many workers, and how many they are; only a process of its own can be held to a limit."""
    from dotterel.workers import Workers

    if workers == 1 and not timeout:
        yield coder, 1
        return
    with Workers(coder, workers, timeout) as pool:
        yield pool, pool.number
