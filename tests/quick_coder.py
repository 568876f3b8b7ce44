"""A coder without models, quick and ill-behaved on request: for tests of what runs coders."""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from dotterel.errors import ModelError
from dotterel.reading.text import report_as_is
from dotterel.types import Coding, Failure, Quote, Report


def report(words: str) -> Report:
    """A report of those words, with a path to tell it by."""
    made = report_as_is(words)
    return Report(made.id, words, path=f"{words.split('.')[0]}.txt")


def reports(number: int) -> Iterator[Report]:
    """So many short reports, each unlike the others."""
    for n in range(number):
        chance = random.Random(n)
        yield report(f"Number {n}. " + " ".join(f"w{chance.randrange(10**6)}" for _ in range(12)) + ".")


def coding(of: Report) -> Coding:
    """What the quick coder makes of a report: one quotation of all its words."""
    return Coding(of, quotes=(Quote(of.text, None, None, None, 0, len(of.text)),))


def anew(of: Report) -> Coding:
    """What the coder of another opinion makes of it."""
    return Coding(of, quotes=(replace(coding(of).quotes[0], cue="anew"),))


class QuickCoder:
    """Codes at once. A report with a marker sleeps for ever, ends its process, or does so only the first time."""

    def __init__(self, pause: float = 0.0, marks: Path | None = None) -> None:
        self.pause = pause
        self.marks = marks  # where it notes what has ended a process already

    def load(self) -> None:
        """There is nothing to load."""

    def pipe(self, reports: Iterable[Report | Failure]) -> Iterator[Coding | Failure]:
        """Code a stream, in order."""
        for item in reports:
            yield item if isinstance(item, Failure) else self.code(item)

    def code(self, report: Report) -> Coding | Failure:
        """Code one report, or do what its marker says."""
        time.sleep(self.pause)
        if "SLEEPS" in report.text:
            time.sleep(10_000)
        if "EXITS" in report.text:
            os._exit(3)
        if "CRASHES" in report.text:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "KILLED" in report.text:
            os.kill(os.getpid(), signal.SIGKILL)
        if "ONCE" in report.text and self.marks and not (self.marks / report.id).exists():
            (self.marks / report.id).touch()
            os._exit(3)
        if "FAILS" in report.text:
            return Failure(report.path or report.id, "is bad")
        return coding(report)


class Anew(QuickCoder):
    """A coder of another opinion: it names a cue."""

    def code(self, report: Report) -> Coding | Failure:
        """Code one report, or do what its marker says."""
        made = super().code(report)
        return anew(report) if isinstance(made, Coding) else made


class NeverReady(QuickCoder):
    """A coder whose process ends while it loads."""

    def load(self) -> None:
        """End."""
        os._exit(4)


class Missing(QuickCoder):
    """A coder whose model is not there."""

    def load(self) -> None:
        """Complain."""
        raise ModelError("no such pipeline; install it")
