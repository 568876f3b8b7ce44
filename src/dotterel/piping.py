"""What codes a stream of reports, as those that run, spread or wrap it see it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from dotterel.types import Coding, Failure, Report


class Piping(Protocol):
    """What codes a stream of reports, in order: `dotterel.coder.Coder`."""

    def pipe(self, reports: Iterable[Report | Failure]) -> Iterator[Coding | Failure]:
        """Code a stream, one result a report; a failure passes through."""


class Loading(Piping, Protocol):
    """What codes once it is loaded, such as a worker process is given."""

    def load(self) -> None:
        """Load what it needs. Raises DotterelError where it cannot."""
