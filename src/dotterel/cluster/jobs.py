"""What workers are told: how to code, what to read, where to write."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from importlib.metadata import version

from dotterel.piping import Piping
from dotterel.reading.finding import suffix_of
from dotterel.reading.sources import USUAL_COLUMNS, Columns
from dotterel.reading.stretches import Stretch, halves
from dotterel.run import Counts
from dotterel.settings import CLASSIFIER, MIN_CONFIDENCE, MODEL
from dotterel.types import Failure

REPORTS = 200  # a shard: half a minute of work, of which a lost worker costs the half
TWICE = 2  # times that a worker may die over a shard


@dataclass(frozen=True, slots=True)
class CoderMaker:
    """Makes the coder of a worker, once; `classifier` and `actors` are paths that every worker has."""

    model: str = MODEL
    classifier: str = str(CLASSIFIER)
    min_confidence: float = MIN_CONFIDENCE
    actors: str | None = None

    def __call__(self) -> Piping:
        """The coder."""
        from dotterel.coder import Coder

        coder = Coder(self.model, classifier=self.classifier, min_confidence=self.min_confidence, actors=self.actors)
        coder.load()
        return coder


@dataclass(frozen=True, slots=True)
class Job:
    """One run: all that a worker must know but for its shard.

    `maker` is called once in each worker process and gives what codes there (a `Piping`); it must be hashable, and of
    a module that the workers have.
    """

    output: str  # folder by path or address that all workers reach
    maker: Callable[[], Piping] = CoderMaker()
    columns: Columns = USUAL_COLUMNS
    published: date | None = None
    reports: int = REPORTS  # a shard
    timeout: float = 0.0  # seconds a report may take; 0: as long as it takes
    run: str = ""  # differs from start to start
    version: str = field(default_factory=lambda: version("dotterel"))

    def fingerprint(self) -> str:
        """The same for runs whose parts may lie in one folder."""
        told = (self.version, self.maker, self.columns, self.published, self.reports)
        return sha256(repr(told).encode("utf-8", "surrogateescape")).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Shard:
    """Some stretches of files, in order, that one task codes; or, of what could not be read, the failures."""

    order: int  # where it stands in the input
    stretches: tuple[Stretch, ...] = ()
    stamps: tuple[str, ...] = ()  # of the files: a file that was changed is read again
    failures: tuple[Failure, ...] = ()

    @property
    def id(self) -> str:
        """The same for the same stretches of the same files."""
        told = (self.stretches, self.stamps, self.failures)
        return sha256(repr(told).encode("utf-8", "surrogateescape")).hexdigest()[:20]

    @property
    def weight(self) -> int:
        """About how many reports it has."""
        return sum(stretch.weight for stretch in self.stretches) or len(self.failures)

    def halves(self) -> tuple[Shard, ...]:
        """The shard in two or a few; empty where it is a single report, or a file that cannot be cut.

        Raises OSError where a file cannot be read.
        """
        pieces: list[tuple[Stretch, ...]]
        if len(self.stretches) > 1:
            middle = len(self.stretches) // 2
            pieces = [self.stretches[:middle], self.stretches[middle:]]
        else:
            cut = [half for stretch in self.stretches for half in halves(stretch)]
            pieces = [(half,) for half in cut] if len(cut) > 1 else []
        return tuple(replace(self, stretches=piece) for piece in pieces)


@dataclass
class Done(Counts):
    """What came of a shard."""

    passed: dict[str, int] = field(default_factory=dict)
    pieces: tuple[Shard, ...] = ()  # to be coded in its place: workers died over it


def blame(shard: Shard) -> Iterator[Failure]:
    """The record of reports that killed their workers."""
    for stretch in shard.stretches:
        single = stretch.weight == 1
        counted = single and suffix_of(stretch.path) == ".json"  # of which the lines are not known
        line = stretch.number if single and not counted else None
        path = f"{stretch.name}:{line}" if line else stretch.name
        what = "" if single else f"with the {stretch.weight:,} reports of a file that cannot be cut, "
        what = f"report {stretch.number} of it " if counted and stretch.number else what
        reason = (
            f"{what}killed the worker that coded it, {TWICE} times; it was set aside; please report it with the text"
        )
        yield Failure(path, reason, line)
