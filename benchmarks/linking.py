"""Acts told by several reports (tests/linking): are their events linked, and only theirs? And are reprints found?"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.common import RATE_COLUMNS, Rate, print_table
from dotterel import Coder, tables
from dotterel.codebook import quad
from dotterel.events.sense import sense_of
from dotterel.linking.acts import link
from dotterel.linking.compare import are_apart, signs_of
from dotterel.linking.facts import facts_of
from dotterel.linking.keys import keys_of
from dotterel.linking.reprints import find_reprints
from dotterel.reading.sources import read
from dotterel.types import Coding, Event, Report

ROOT = Path(__file__).parents[1]
SET, EXAMPLES = ROOT / "tests" / "linking", ROOT / "examples"
HALVES = "ab"
PULL = 8.0  # how strongly a fitted weight is held to the one that was set by hand
# That of weights which stay as they were set: the set holds no two acts that have nothing to do with each other, as a
# store full of news does, and whom the coder mistook is no sign that two acts are one.
HELD = 1e6
OF_NEWS = ("sense", "words", "said", "actors of", "recipients of")  # beginnings of the signs that are held
COPY_SEED = 20161124
HEADS = ("World news in brief", "What we know so far", "Morning briefing", "From our correspondents", "Update")
FURNITURE = (
    "Sign up to our newsletter for the day's news every morning.",
    "This story was published from a wire agency feed without changes to the text.",
    "Read more: Ten photographs of the week. Share this article with your friends.",
    "(Reporting by our staff; editing by the night desk)",
    "Copyright 2021. All rights reserved. This material may not be published or broadcast.",
)


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


def one_act_each(codings: Sequence[Coding]) -> dict[str, str]:
    """Of each coded event the linked event it is a member of."""
    copies = {one.report_id: one.of_id for one in find_reprints(coding.report for coding in codings)}
    facts = [one for coding in codings for one in facts_of(coding, sense_of)]
    return {member: event.id for event in link(facts, copies) for member in event.members}


def scores(half: str) -> list[tuple[str, ...]]:
    """The rows of a half: over the events coded, and over every gold mention, a missed one being alone."""
    told = gold(half)
    codings = [one for one in Coder().pipe(reports(half)) if isinstance(one, Coding)]
    acts, coded = mapped(codings, told)
    linked = one_act_each(codings)
    all_told = {mention: linked.get(coded.get(mention, ""), str(n)) for n, mention in enumerate(told)}
    rows: list[tuple[str, dict[Any, str], dict[Any, str]]] = [
        ("coded events", linked, acts),
        ("coded events, none linked", {event: event for event in acts}, acts),
        ("all mentions", all_told, {mention: mention.act for mention in told}),
    ]
    use = "tuned on" if half == "a" else "held back"
    return [
        (f"{half} ({use})", name, *(f"{value:.3f}" for value in b_cubed(clusters, of)), str(len(of)))
        for name, clusters, of in rows
    ]


def long_texts(fewest: int = 40) -> list[Report]:
    """The longer reports of the test set and of the examples, which reprints are made of."""
    examples = [one for one in read([str(EXAMPLES)]) if isinstance(one, Report)]
    found = [one for one in (*reports("a"), *reports("b"), *examples) if len(one.text.split()) >= fewest]
    return sorted(found, key=lambda report: report.id)


def copied(report: Report, number: int, chance: random.Random) -> Report:
    """Another site's print of a report: a new headline, sentences cut, its furniture, words changed."""
    body = report.text.removeprefix(report.title or "").strip()
    sentences = re.split(r"(?<=[.!?])\s+", body)
    kept = max(2, round(len(sentences) * chance.choice((0.5, 0.65, 0.8, 1.0))))
    words = " ".join(sentences[:kept]).split(" ")
    for at in chance.sample(range(len(words)), k=int(len(words) * chance.choice((0.0, 0.02, 0.04, 0.06)))):
        words[at] = chance.choice(("", "also", f"{words[at]} reportedly", words[at].upper()))
    head, *foot = chance.choice(HEADS), *chance.sample(FURNITURE, k=chance.randrange(3))
    text = "\n\n".join((head, " ".join(word for word in words if word), *foot))
    day = report.published + timedelta(days=chance.randrange(3)) if report.published else None
    return Report(f"{report.id}-copy{number}", text, head, day, source=chance.choice(("Morning Mail", "The Bay Times")))


def reprint_rate(copies: int = 3) -> Rate:
    """Pairs of reports that print the same copy, among the set, the examples and the prints made of them."""
    chance = random.Random(COPY_SEED)
    originals = long_texts()
    everything = [*reports("a"), *reports("b"), *originals]
    groups = {one.id: one.id for one in everything}
    made = [copied(one, number, chance) for one in originals for number in range(copies)]
    groups |= {one.id: one.id.rpartition("-copy")[0] for one in made}
    all_reports = list({one.id: one for one in (*everything, *made)}.values())
    roots = {one.report_id: one.of_id for one in find_reprints(all_reports)}
    true = set(pairs_within(groups))
    found = set(pairs_within({name: roots.get(name, name) for name in groups}))
    return Rate(len(true & found), len(true), len(found))


def pairs_within(groups: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Every two items of the same group."""
    by_group: dict[str, list[str]] = defaultdict(list)
    for name, group in sorted(groups.items()):
        by_group[group].append(name)
    for names in by_group.values():
        yield from combinations(names, 2)


def fitted(half: str) -> list[tuple[str, str, str, str]]:
    """Sign, hand-set weight, weight fitted to the half, and how often it is there: logistic regression, held to what
    was set by hand.
    """
    codings = [one for one in Coder().pipe(reports(half)) if isinstance(one, Coding)]
    acts, _ = mapped(codings, gold(half))
    facts = [one for coding in codings for one in facts_of(coding, sense_of) if one.event_id in acts]
    keys = {one.event_id: set(keys_of(one)) for one in facts}
    near = [(a, b) for a, b in combinations(facts, 2) if keys[a.event_id] & keys[b.event_id]]
    pairs = [(a, b) for a, b in near if not are_apart(a, b)]
    rows = tables.read("linking_weights")
    names = [row["sign"] for row in rows]
    signs = [signs_of(a, b) for a, b in pairs]
    there = np.array([[found.get(name, 0.0) for name in names] for found in signs])
    same = np.array([acts[a.event_id] == acts[b.event_id] for a, b in pairs], dtype=float)
    start = np.array([float(row["start"]) for row in rows])
    weights = newton(there, same, start, np.array([HELD if name.startswith(OF_NEWS) else PULL for name in names]))
    return [
        (name, f"{set_to:.1f}", f"{weight:.1f}", str(int((there[:, at] > 0).sum())))
        for at, (name, set_to, weight) in enumerate(zip(names, start, weights, strict=True))
    ]


def newton(there: np.ndarray, same: np.ndarray, start: np.ndarray, pull: np.ndarray, steps: int = 50) -> np.ndarray:
    """The weights that are likeliest, with a normal prior around the start."""
    weights = start.copy()
    for _ in range(steps):
        belief = 1 / (1 + np.exp(-there @ weights))
        slope = there.T @ (belief - same) + pull * (weights - start)
        bend = (there * (belief * (1 - belief))[:, None]).T @ there + np.diag(pull)
        weights -= np.linalg.solve(bend, slope)
    return weights


def main() -> int:
    """Print the tables; --fit prints the weights that half a of the set asks for."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("--fit", action="store_true", help="fit the weights to half a and print them, nothing else")
    parser.add_argument("--markdown", action="store_true", help="print the tables as Markdown")
    asked = parser.parse_args()
    if asked.fit:
        print_table("Weights", ("sign", "set by hand", "fitted", "pairs"), fitted("a"), asked.markdown)
        return 0
    rows = [row for half in HALVES for row in scores(half)]
    print_table("Linked acts, B-cubed", ("half", "items", "P", "R", "F1", "number"), rows, asked.markdown)
    print_table("Pairs of reprints", ("pairs", *RATE_COLUMNS), [("all", *reprint_rate().cells())], asked.markdown)
    return 0


if __name__ == "__main__":
    sys.exit(main())
