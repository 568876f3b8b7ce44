"""Measures the classifier's speed and size: marked pairs a second on one core, sentences of thirty words.

FILE gives the sentences. `encoded` times the network alone, as the coder uses it on what is parsed already; for
`classify_many` the parse counts too, on which the lexicon's opinion rests, with one pair a sentence and with six.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Sequence
from itertools import permutations
from typing import Any

from benchmarks.common import Span, arguments, print_table, rows
from dotterel import classify_many
from dotterel.events import network
from dotterel.events.network import NETWORK
from dotterel.settings import CLASSIFIER

WORDS = 30
PAIRS = 600
WORD = re.compile(r"\S+")
Marked = tuple[str, Span, Span]


def sentences(texts: Sequence[str], count: int) -> list[str]:
    """Runs of thirty words from the texts."""
    found: list[str] = []
    for text in texts:
        words = text.split()
        found += [" ".join(words[i : i + WORDS]) for i in range(0, len(words) - WORDS, WORDS)]
        if len(found) >= count:
            break
    return found[:count]


def marked(sentence: str, pairs: int) -> list[Marked]:
    """Pairs of words of a sentence, marked as actor and recipient."""
    spans = [m.span() for m in list(WORD.finditer(sentence))[2::8]]
    return [(sentence, a, r) for a, r in list(permutations(spans, 2))[:pairs]]


def rate(run: Callable[[list[Any]], object], items: list[Any]) -> str:
    """Items a second, after a first run to warm up."""
    run(items[:20])
    start = time.perf_counter()
    run(items)
    return f"{len(items) / (time.perf_counter() - start):.0f}"


def main() -> None:
    """Time the classifier on one core and print the figures."""
    chosen = arguments(__doc__, "throughput.jsonl").parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    told = sentences([row["text"] for row in rows(chosen.file, chosen.limit)], PAIRS)
    single = [pair for sentence in told for pair in marked(sentence, 1)]
    several = [pair for sentence in told[: PAIRS // 6] for pair in marked(sentence, 6)]
    loaded = network.load(CLASSIFIER)
    summary = [
        ("marked pairs a second, encoded", rate(loaded.scores, single)),
        ("marked pairs a second, classify_many, six pairs a sentence", rate(classify_many, several)),
        ("marked pairs a second, classify_many, one pair a sentence", rate(classify_many, single)),
        ("model file, MB", f"{(CLASSIFIER / NETWORK).stat().st_size / 1e6:.1f}"),
    ]
    print_table("Classifier, one core", ("measure", "value"), summary, chosen.markdown)


if __name__ == "__main__":
    main()
