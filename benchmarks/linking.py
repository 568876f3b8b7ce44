"""Acts told by several reports (tests/linking): are their events linked, and only theirs? And are reprints found?"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dotterel.codebook import quad
from dotterel.types import Coding, Event, Report

SET = Path(__file__).parents[1] / "tests" / "linking"


@dataclass(frozen=True, slots=True)
class Told:
    """A gold mention: which act a sentence of a report tells by which word."""

    act: str
    type: str
    report: str
    sentence: str
    trigger: str


def reports(half: str) -> list[Report]:
    """The reports of a half of the test set."""
    lines = (SET / f"reports_{half}.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        Report(**{**row, "published": date.fromisoformat(row["published"]) if row.get("published") else None})
        for row in map(json.loads, lines)
    ]


def gold(half: str) -> list[Told]:
    """The gold mentions of a half of the test set."""
    rows = map(json.loads, (SET / f"acts_{half}.jsonl").read_text(encoding="utf-8").splitlines())
    return [
        Told(row["act"], row["type"], m["report"], m["sentence"], m["trigger"]) for row in rows for m in row["mentions"]
    ]


def mapped(codings: Iterable[Coding], told: Sequence[Told]) -> tuple[dict[str, str], dict[Told, str]]:
    """Of each coded event the act that it tells, where the set has it; of each gold mention the event that codes it."""
    by_report: dict[str, list[Told]] = defaultdict(list)
    for mention in told:
        by_report[mention.report].append(mention)
    acts: dict[str, str] = {}
    coded: dict[Told, str] = {}
    for coding in codings:
        for event in coding.events:
            worth = {m: fit(event, m) for m in by_report[coding.report.id]}
            best = max(worth, key=lambda m: worth[m], default=None)
            if best is not None and worth[best] > 0:
                acts[event.id] = best.act
                coded |= {m: event.id for m, w in worth.items() if w > 0 and m.act == best.act and m not in coded}
    return acts, coded


def fit(event: Event, told: Told) -> int:
    """How well an event answers to a gold mention: by its trigger (2) and its type (1); 0 where by neither.

    A type that is only near counts where the trigger is the very word.
    """
    found = 0
    for mention in event.mentions:
        if told.sentence not in mention.sentence and mention.sentence not in told.sentence:
            continue
        word = bool(set(mention.trigger.lower().split()) & set(told.trigger.lower().split()))
        type_right = event.type == told.type
        if word or (type_right and quad(event.type) == quad(told.type)):
            found = max(found, 2 * word + type_right)
    return found


def b_cubed(clusters: Mapping[Hashable, Hashable], acts: Mapping[Hashable, str]) -> tuple[float, float, float]:
    """Precision, recall and F1 of items' clusters against their acts: the mean over the items."""
    by_cluster: dict[Hashable, set[Hashable]] = defaultdict(set)
    by_act: dict[str, set[Hashable]] = defaultdict(set)
    for item, act in acts.items():
        by_cluster[clusters[item]].add(item)
        by_act[act].add(item)
    precision = recall = 0.0
    for item, act in acts.items():
        common = len(by_cluster[clusters[item]] & by_act[act])
        precision += common / len(by_cluster[clusters[item]])
        recall += common / len(by_act[act])
    precision, recall = precision / len(acts), recall / len(acts)
    return precision, recall, 2 * precision * recall / (precision + recall)
