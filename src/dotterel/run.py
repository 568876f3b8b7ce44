"""One run over many reports: an output is filled, what is there is not coded again, and a tally is kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

from dotterel.errors import OutputError, StoreError
from dotterel.exports import SUFFIXES, open_export
from dotterel.exports.files import sibling
from dotterel.exports.flat import TABLES
from dotterel.piping import Loading, Piping
from dotterel.types import Coding, Failure, Report

DATABASES = (".duckdb", ".db")
SHOWN_FAILURES = 20
PATIENCE = 60.0  # seconds to wait for a turn to write to a database
KEEP_EVERY = 200  # reports, or
KEEP_SECONDS = 20.0  # seconds, between one writing and the next: so much is coded again after a power cut
SOON = 2.5  # seconds to the first writing, for whoever waits to see something; then twice as many each time


class Output(AbstractContextManager["Output"], Protocol):
    """Where codings go: the store, or an export. Leaving its `with` block in an error undoes an unfinished file."""

    path: Path

    def has(self, report_id: str) -> bool:
        """Whether the report of that id is there."""

    def add_many(self, codings: Iterable[Coding]) -> int:
        """Write codings, and tell how many were new."""

    def add_failure(self, failure: Failure) -> bool:
        """Record a failure once."""


@dataclass
class Counts:
    """What became of reports."""

    coded: int = 0
    present: int = 0  # that were there already, or twice
    failed: int = 0
    events: int = 0  # of the reports coded
    failures: list[Failure] = field(default_factory=list)  # the first twenty

    def count(self, item: Coding | Failure) -> None:
        """Count what became of a report."""
        if isinstance(item, Failure):
            self.failed += 1
            self.failures += [item] if len(self.failures) < SHOWN_FAILURES else []
        else:
            self.coded += 1
            self.events += len(item.events)


@dataclass
class Tally(Counts):
    """What has happened so far in a run."""

    written: int = 0  # of the reports coded, those that are in the output

    @property
    def seen(self) -> int:
        """Inputs dealt with."""
        return self.coded + self.present + self.failed


def open_output(path: str | Path) -> Output:
    """The output that the suffix of `path` names: a database, JSON lines, CSV or Parquet.

    Raises OutputError where it cannot be written there, StoreError where a database cannot be opened.
    """
    path = Path(path)
    if path.suffix in DATABASES:
        from dotterel.store import SharedStore

        return SharedStore(path)
    if path.is_dir():
        raise OutputError(f"{path}: is a folder; name a file in it, such as {path / 'dotterel.duckdb'}")
    if path.suffix not in SUFFIXES:
        raise OutputError(f"{path}: the suffix tells no format; end the name in {', '.join((*DATABASES, *SUFFIXES))}")
    return open_export(path)


def coder_for(output: Path, coder: Loading) -> Loading:
    """What codes for an output: for a database, each coding comes ready to be written."""
    if output.suffix not in DATABASES:
        return coder
    from dotterel.store import ReadyCoder

    return ReadyCoder(coder)


class Pace:
    """When what is coded is written: soon at first, then every so many seconds or reports."""

    def __init__(self) -> None:
        self._pause = SOON  # seconds until the next writing
        self._written_at = time.monotonic()

    def is_due(self, waiting: int) -> bool:
        """Whether so many codings are to be written now."""
        return waiting >= KEEP_EVERY or time.monotonic() - self._written_at > self._pause

    def written(self) -> None:
        """Count from now to the next writing."""
        self._pause = min(2 * self._pause, KEEP_SECONDS)
        self._written_at = time.monotonic()


class Run:
    """Codes reports into an output. `tally` is true at any moment, also after an interruption."""

    def __init__(self, output: Output, coder: Piping, watch: Callable[[Tally], None] = lambda tally: None) -> None:
        self.tally = Tally()
        self._output = output
        self._coder = coder
        self._watch = watch
        self._waiting: list[Coding] = []  # coded, not yet written
        self._under_way: set[str] = set()  # ids given to the coder, not yet written
        self._pace = Pace()

    def code(self, reports: Iterable[Report | Failure]) -> Tally:
        """Code what the output does not hold yet, and record what fails.

        Whatever stops it, what was coded until then is written. Raises OutputError or StoreError where the output
        cannot be written.
        """
        try:
            for item in self._coder.pipe(self._new(reports)):
                if isinstance(item, Failure):
                    self._fail(item)
                else:
                    self._keep(item)
                self._watch(self.tally)
        except (OutputError, StoreError):
            raise
        except BaseException:
            self._write()
            raise
        self._write()
        self._watch(self.tally)
        return self.tally

    def _new(self, reports: Iterable[Report | Failure]) -> Iterator[Report | Failure]:
        """The reports to code, and the failures, without those that stem from reading the output itself."""
        own = own_files(self._output.path)
        for item in reports:
            if isinstance(item, Failure):
                if Path(item.path.removesuffix(f":{item.line}")).resolve() not in own:
                    yield item
            elif item.id in self._under_way or self._output.has(item.id):
                self.tally.present += 1
                self._watch(self.tally)
            else:
                self._under_way.add(item.id)
                yield printable(item)

    def _fail(self, failure: Failure) -> None:
        self._output.add_failure(failure)
        self.tally.count(failure)

    def _keep(self, coding: Coding) -> None:
        self._waiting.append(coding)
        self.tally.count(coding)
        if self._pace.is_due(len(self._waiting)):
            self._write()

    def _write(self) -> None:
        if self._waiting:
            self._output.add_many(self._waiting)
            self.tally.written += len(self._waiting)
            self._under_way.difference_update(coding.report.id for coding in self._waiting)
            self._waiting.clear()
        self._pace.written()


def what_was_kept(tally: Tally, output: Path) -> str:
    """What a person who stopped a run wants to know."""
    if output.suffix in {".csv", ".parquet"}:
        return f"stopped; {output} was not written, as it is only at the end; a .duckdb output keeps what was coded"
    held = counted(tally.written + tally.present, "report")
    return f"stopped; {output} holds {held} of this run; the same command goes on from there"


def failure_lines(tally: Tally, output: Path) -> Iterator[str]:
    """The first failures, a line each, and where the rest is."""
    for failure in tally.failures:
        yield f"{failure.path}: {failure.reason}"
    if more := tally.failed - len(tally.failures):
        place = f"table failures in {output}" if output.suffix in DATABASES else str(sibling(output, "failures"))
        yield f"and {more:,} more; see {place}"


def summary(tally: Tally, output: Path) -> str:
    """A run in one line."""
    parts = [f"{counted(tally.coded, 'report')} coded", counted(tally.events, "event")]
    parts += [f"{tally.present:,} already there"] if tally.present else []
    parts += [f"{tally.failed:,} failed"] if tally.failed else []
    return f"{', '.join(parts)}; in {output}"


def counted(number: int, noun: str) -> str:
    """A number and its noun."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def own_files(output: Path) -> set[Path]:
    """The files an output consists of, which may lie in a folder that is read."""
    return {sibling(output, table).resolve() for table in TABLES}


def printable(report: Report) -> Report:
    """The report with '?' for halves of characters, which no output can hold; offsets stay true."""
    words: dict[str, Any] = {
        name: value.encode("utf-8", "replace").decode()
        for name in ("text", "title", "source", "agency", "dateline", "url", "path")
        if isinstance(value := getattr(report, name), str) and not is_unicode(value)
    }
    return replace(report, **words) if words else report


def is_unicode(words: str) -> bool:
    """Whether the words can be written as UTF-8."""
    try:
        words.encode()
    except UnicodeEncodeError:
        return False
    return True
