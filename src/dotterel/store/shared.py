"""A database that a long run writes to and others read meanwhile: opened only for the moment of each writing."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import TracebackType

from dotterel.store.database import open_store
from dotterel.types import Coding, Failure

PATIENCE = 60.0  # seconds that a run waits for its turn to write
FAILURES_HELD = 50  # that are recorded at a time, or with the next codings


class SharedStore:
    """Where codings go in a run. DuckDB lets nobody else in while a writer holds the file, so it is not held.

    Raises OutputError or StoreError as `open_store` does.
    """

    def __init__(self, path: Path, wait: float = PATIENCE) -> None:
        self.path = path
        self._wait = wait
        self._failures: list[Failure] = []
        with open_store(path, wait=wait) as store:
            self._known = store.report_ids()

    def __enter__(self) -> SharedStore:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Record the failures that wait; closing twice is harmless."""
        if self._failures:
            self.add_many(())

    def has(self, report_id: str) -> bool:
        """Whether the report of that id was there when the run began, or was written since."""
        return report_id in self._known

    def add_many(self, codings: Iterable[Coding]) -> int:
        """Write codings and the failures that wait, and tell how many codings were new."""
        listed = list(codings)
        with open_store(self.path, wait=self._wait) as store:
            added = store.add_many(listed)
            for failure in self._failures:
                store.add_failure(failure)
        self._failures.clear()
        self._known.update(coding.report.id for coding in listed)
        return added

    def add_failure(self, failure: Failure) -> bool:
        """Have a failure recorded with what is written next."""
        self._failures.append(failure)
        if len(self._failures) >= FAILURES_HELD:
            self.add_many(())
        return True
