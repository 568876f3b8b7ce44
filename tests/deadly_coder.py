"""What codes in tests of a cluster: the real coder, but that it dies of some words, or is slow."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dotterel import Coder, Coding, Failure, Report


@dataclass(frozen=True)
class DeadlyMaker:
    """Makes a coder whose process ends, or hangs, at a report with certain words."""

    pause: float = 0.0  # seconds before each report
    log: str = ""  # where each report that is begun is written

    def __call__(self) -> DeadlyCoder:
        return DeadlyCoder(self)


class DeadlyCoder:
    def __init__(self, maker: DeadlyMaker) -> None:
        self.maker = maker
        self.coder = Coder()
        self.coder.load()

    def pipe(self, reports: Iterable[Report | Failure]) -> Iterator[Coding | Failure]:
        for item in reports:
            if isinstance(item, Report) and "deadly words" in item.text:
                os._exit(9)
            if isinstance(item, Report) and "endless words" in item.text:
                time.sleep(600)
            time.sleep(self.maker.pause)
            yield from self.coder.pipe([item])
