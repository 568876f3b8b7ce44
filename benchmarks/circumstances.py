"""Of the acts found in whole reports: how many have the right date, and the right one of the six statuses.

GOLD_DIR and REPORTS_DIR are those of `benchmarks.score`, whose scorer (../shared/bench/score.py) pairs the events.
Dates count in reports with a day of publication, among events of the right type and dyad that have a date in the gold
coding; a date is right where it is the gold one, or coarser or finer. Statuses count among all paired events. Nothing
is measured, and the exit status is 0, where the scorer or the folder is absent.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.common import BENCH, print_table, require, share
from benchmarks.score import predictions
from dotterel.training.corpus import STATUSES

DYAD = 3  # level of the shared scorer: sentence, type, actor and recipient country


@dataclass(frozen=True, slots=True)
class Paired:
    """A gold event and the predicted one it is paired with."""

    report: str
    published: bool  # has the report a day of publication?
    gold: dict[str, Any]
    found: dict[str, Any]
    level: int

    @property
    def sentence(self) -> str:
        """Where the report tells it."""
        return str(self.gold["mentions"][0]["sentence"])

    @property
    def date_is_right(self) -> bool:
        """Is one date the beginning of the other?"""
        gold, found = self.gold["date"], self.found["date"]
        return bool(found) and (found.startswith(gold) or gold.startswith(found))

    @property
    def status_is_right(self) -> bool:
        """Is it the same of the six?"""
        return bool(self.gold["status"] == self.found["status"])


def shared_scorer() -> ModuleType:
    """The module ../shared/bench/score.py; ends the programme where it is absent."""
    spec = importlib.util.spec_from_file_location("shared_score", require(BENCH / "score.py"))
    if spec is None or spec.loader is None:
        raise RuntimeError(f"{BENCH / 'score.py'} is no Python module")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def paired(codings: Sequence[dict[str, Any]], gold_dir: Path, scorer: ModuleType) -> Iterator[Paired]:
    """The events of every report, paired as the shared scorer does."""
    for coding in codings:
        name = Path(coding["report"]["path"]).stem
        gold = json.loads((gold_dir / f"{name}.json").read_text(encoding="utf-8"))["events"]
        for i, j, level in scorer.pair(gold, coding["events"], scorer.level):
            yield Paired(name, bool(coding["report"].get("published")), gold[i], coding["events"][j], level)


def measures(pairs: Sequence[Paired]) -> list[tuple[str, str, str]]:
    """Each measure as a row: what, share, meaning."""
    dyads = [p for p in pairs if p.level >= DYAD]
    dated = [p for p in dyads if p.published and p.gold["date"]]
    undated = [p for p in dyads if p.published and not p.gold["date"]]
    return [
        ("date right", share(sum(p.date_is_right for p in dated), len(dated)),
         "of acts of the right type and dyad that have a date, in reports with a day of publication"),
        ("date given", share(sum(bool(p.found["date"]) for p in dated), len(dated)), "of the same, right or wrong"),
        ("date invented", share(sum(bool(p.found["date"]) for p in undated), len(undated)),
         "of acts without one in the gold coding"),
        ("status right", share(sum(p.status_is_right for p in pairs), len(pairs)), "of all acts found"),
        ("status right, dyad", share(sum(p.status_is_right for p in dyads), len(dyads)),
         "of acts of the right type and dyad"),
    ]  # fmt: skip


def confusion(pairs: Sequence[Paired]) -> list[tuple[object, ...]]:
    """A row for each status of the gold coding: how often each was given for it."""
    counts = Counter((p.gold["status"], p.found["status"]) for p in pairs)
    return [(gold, *(counts[gold, found] or "" for found in STATUSES)) for gold in STATUSES]


def misses(pairs: Sequence[Paired]) -> list[tuple[str, ...]]:
    """Every wrong date and status, with its sentence."""
    rows = []
    for p in pairs:
        if p.level >= DYAD and p.published and p.gold["date"] and not p.date_is_right:
            rows.append((p.report, "date", p.gold["date"], str(p.found["date"]), p.sentence))
        if not p.status_is_right:
            rows.append((p.report, "status", p.gold["status"], p.found["status"], p.sentence))
    return rows


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold_dir", nargs="?", type=Path, default=BENCH / "gold", help=f"default: {BENCH / 'gold'}")
    parser.add_argument("reports_dir", nargs="?", type=Path, help="default: GOLD_DIR")
    parser.add_argument("--misses", action="store_true", help="list what is wrong")
    parser.add_argument("--markdown", action="store_true", help="print the tables as Markdown")
    return parser.parse_args()


def main() -> None:
    """Code, pair, count, print."""
    chosen = options()
    scorer, gold_dir = shared_scorer(), require(chosen.gold_dir)
    codings = list(predictions(gold_dir, require(chosen.reports_dir or gold_dir), None))
    pairs = list(paired(codings, gold_dir, scorer))
    print_table("Dates and statuses", ("measure", "share", "meaning"), measures(pairs), chosen.markdown)
    title = "Statuses: a row for each of the gold coding, a column for each that was given"
    print_table(title, ("gold", *STATUSES), confusion(pairs), chosen.markdown)
    if chosen.misses:
        print_table("Wrong", ("report", "field", "is", "was taken for", "sentence"), misses(pairs), chosen.markdown)


if __name__ == "__main__":
    main()
