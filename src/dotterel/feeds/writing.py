"""Puts codings and failures into the database, which is open only while it is written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dotterel.errors import StoreError
from dotterel.feeds.web import Clock
from dotterel.store import open_store
from dotterel.types import Coding, Failure

PATIENCE = 10.0  # seconds for which a database that somebody reads is waited for
_PAUSE = 0.25


class Writer:
    """Writes to one database; between two writings anyone may read it."""

    def __init__(self, database: Path, clock: Clock) -> None:
        self.database = database
        self._clock = clock

    def check(self) -> None:
        """Make the database where there is none. Raises StoreError or OutputError where it cannot be written."""
        self.write([], [])

    def write(self, codings: Sequence[Coding], failures: Sequence[Failure]) -> set[str]:
        """Write them, and tell the ids of the reports that were new.

        Raises StoreError where the database cannot be written, after waiting while somebody else has it open.
        """
        ended = self._clock.now() + PATIENCE
        while True:
            try:
                return self._written(codings, failures)
            except StoreError as error:
                if "in use" not in str(error) or self._clock.now() >= ended:
                    raise
            self._clock.sleep(_PAUSE)

    def _written(self, codings: Sequence[Coding], failures: Sequence[Failure]) -> set[str]:
        with open_store(self.database) as store:
            new = {coding.report.id for coding in codings if not store.has(coding.report.id)}
            store.add_many(codings)
            for failure in failures:
                store.add_failure(failure)
        return new
