"""Times the stages of the coder from outside: processor seconds in each, without those of the stages it calls."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from types import ModuleType
from typing import Any

from dotterel import coder
from dotterel.events import lexical
from dotterel.events.network import Network

STAGES: dict[str, tuple[tuple[ModuleType | type, str], ...]] = {
    "parse": ((coder, "parse_many"),),
    "places": ((coder, "find_places"), (coder, "scene_of")),
    "times": ((coder, "find_times"),),
    "actors": ((coder, "find_actors"),),
    "attributions": ((coder, "find_attributions"),),
    "quotes": ((coder, "find_quotes"), (coder, "with_speakers")),
    "candidates": (
        *((coder, name) for name in ("find_candidates", "find_spoken", "with_spoken", "find_ballots")),
        (lexical, "read"),
    ),
    "network": ((Network, "scores"),),
    "drafts and verdicts": ((coder, "judged"),),
    "merge": ((coder, "literal"), (coder, "merge"), (coder, "with_claims")),
    "contexts": ((coder, "find_contexts"),),
    "figures": ((coder, "find_figures"),),
    "stances": ((coder, "find_stances"),),
}


class Clock:
    """Processor seconds by stage."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)
        self.inner: list[float] = []  # seconds of the stages called by those that run now

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function with its time kept; what it gives one by one is all made at once."""

        @wraps(function)
        def run(*args: Any, **options: Any) -> Any:
            begun = time.process_time()
            self.inner.append(0.0)
            found = function(*args, **options)
            if isinstance(found, Iterator):
                found = iter(list(found))
            spent = time.process_time() - begun
            self.seconds[stage] += spent - self.inner.pop()
            if self.inner:
                self.inner[-1] += spent
            return found

        return run


@contextmanager
def clocked() -> Iterator[Clock]:
    """A clock on every stage for the length of a block."""
    clock = Clock()
    with ExitStack() as undo:
        for stage, places in STAGES.items():
            for home, name in places:
                undo.callback(setattr, home, name, getattr(home, name))
                setattr(home, name, clock.timed(stage, getattr(home, name)))
        yield clock


def profile(run: Callable[[], Iterable[object]]) -> list[tuple[str, str, str]]:
    """Seconds and share of each stage while `run` is exhausted, in the order of the dataflow."""
    with clocked() as clock:
        begun = time.process_time()
        for _ in run():
            pass
        whole = time.process_time() - begun
    told = {stage: clock.seconds[stage] for stage in STAGES}
    told["the rest"] = whole - sum(told.values())
    told["all"] = whole
    return [(stage, f"{spent:.2f}", f"{100 * spent / whole:.1f} %") for stage, spent in told.items()]
