"""Measures the places of events on whole reports coded by hand: is the country that of the gold coding's place?

Events are paired with the gold ones as by the shared scorer ../shared/bench/score.py. Counted are pairs in which the
gold coding has a place with a country: those with the right dyad, and all that tell the same act. Nothing is measured,
and the exit status is 0, where the scorer or the folder is absent.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.common import BENCH, arguments, print_table, require, share
from benchmarks.score import predictions

FOUND, DYAD = 1, 3  # the scorer's levels


@dataclass(frozen=True, slots=True)
class Pair:
    """An event of the gold coding and the one that tells the same act."""

    report: str
    level: int  # of the scorer
    gold: dict[str, Any]
    told: dict[str, Any]

    @property
    def wanted(self) -> str | None:
        """The country of the gold place, None where there is none."""
        return (self.gold.get("place") or {}).get("country")

    @property
    def given(self) -> str | None:
        """The country of the place told, None where there is none."""
        return (self.told.get("place") or {}).get("country")


def scorer() -> ModuleType:
    """The shared scorer as a module."""
    spec = importlib.util.spec_from_file_location("shared_score", require(BENCH / "score.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pairs(gold_dir: Path) -> Iterator[Pair]:
    """All pairs of all reports."""
    shared = scorer()
    for coding in predictions(gold_dir, gold_dir, None):
        name = Path(coding["report"]["path"]).stem
        gold = json.loads((gold_dir / f"{name}.json").read_text(encoding="utf-8"))["events"]
        for one, other, level in shared.pair(gold, coding["events"], shared.level):
            yield Pair(name, level, gold[one], coding["events"][other])


def measures(found: list[Pair], what: str) -> list[tuple[str, str]]:
    """The rows of the table for some of the pairs."""
    placed = [pair for pair in found if pair.wanted]
    told = [pair for pair in placed if pair.given]
    right = [pair for pair in told if pair.given == pair.wanted]
    without = [pair for pair in found if not pair.gold.get("place")]
    extra = [pair for pair in without if pair.told.get("place")]
    return [
        (f"{what}: right country", share(len(right), len(placed))),
        (f"{what}: right country, of those told", share(len(right), len(told))),
        (f"{what}: told a place where the gold coding has none", share(len(extra), len(without))),
    ]


def describe(pair: Pair) -> str:
    """One pair in a line."""
    gold, told = pair.gold.get("place"), pair.told.get("place")
    here = f"{told['text']}, {told['country']} ({told['score']}; {told['reason']})" if told else "nowhere"
    first = pair.told["mentions"][0]
    wanted = f"{gold['text']}, {gold['country']}" if gold else "nowhere"
    return f"{pair.report}: {pair.told['type']} {first['trigger']}: {here}, should be {wanted}: {first['sentence']}"


def main() -> int:
    """Measure and print."""
    parser = arguments(__doc__, "gold")
    parser.add_argument("--misses", action="store_true", help="print each event whose place is wrong or missing")
    options = parser.parse_args()
    found = list(pairs(require(options.file)))[: options.limit]
    if options.misses:
        print("\n".join(describe(p) for p in found if p.given != p.wanted))
    dyads = [pair for pair in found if pair.level >= DYAD]
    body = measures(dyads, "right dyad") + measures([p for p in found if p.level >= FOUND], "same act")
    print_table("Places of events", ("measure", "share"), body, options.markdown)
    return 0


if __name__ == "__main__":
    sys.exit(main())
