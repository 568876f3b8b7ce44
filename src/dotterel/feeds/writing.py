"""Puts codings and failures into the database, which is open only while it is written."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dotterel.store import open_store
from dotterel.types import Coding, Failure


class Writer:
    """Writes to one database; between two writings anyone may read it."""

    def __init__(self, database: Path) -> None:
        self.database = database

    def check(self) -> None:
        """Make the database where there is none. Raises StoreError or OutputError where it cannot be written."""
        self.write([], [])

    def write(self, codings: Sequence[Coding], failures: Sequence[Failure]) -> set[str]:
        """Write them, and tell the ids of the reports that were new.

        Raises StoreError where the database cannot be written, or somebody else still has it open after ten seconds.
        """
        with open_store(self.database) as store:
            new = {coding.report.id for coding in codings if not store.has(coding.report.id)}
            store.add_many(codings)
            for failure in failures:
                store.add_failure(failure)
        return new
