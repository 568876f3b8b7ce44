"""Measures the type classifier on PLV: sentences with marked actor and recipient, fifteen PLOVER types.

The classifier gets the sentence and the two spans. Its network has been trained on none of them, while nearly every
miss of the lexicon here was read when it was widened: the network's own figure is the one that carries over. PLV's
fifteen types are those of PLOVER's first version, which follows CAMEO's roots: its probabilities of these count, which
take an act for granted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from benchmarks.common import RATE_COLUMNS, Rate, Span, arguments, print_table, rows, share
from dotterel import Classification, classify_many
from dotterel.events.lexical import opinions
from dotterel.events.network import load
from dotterel.settings import CLASSIFIER

QUAD = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), "verbal cooperation"),
    **dict.fromkeys(("AID", "COOPERATE", "YIELD"), "material cooperation"),
    **dict.fromkeys(("ACCUSE", "REJECT", "REQUEST", "THREATEN"), "verbal conflict"),
    **dict.fromkeys(("ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "SANCTION"), "material conflict"),
}
Pairs = Sequence[tuple[str, str]]
Question = tuple[str, Span | None, Span | None]


def unmark(marked: str) -> tuple[str, dict[str, Span]]:
    """The sentence without its `<s>` and `<t>` marks, and the character span that stood between each pair."""
    plain = ""
    spans: dict[str, Span] = {}
    opened: dict[str, int] = {}
    for piece in re.split(r"(</?[st]>)", marked):
        if piece in {"<s>", "<t>"}:
            opened[piece[1]] = len(plain)
        elif piece in {"</s>", "</t>"} and piece[2] in opened:
            spans[piece[2]] = (opened[piece[2]], len(plain))
        else:
            plain += piece
    return plain, spans


def question(row: Mapping[str, Any]) -> Question:
    """What the classifier is asked."""
    sentence, spans = unmark(row["marked"])
    return sentence, spans.get("s"), spans.get("t")


def best(answer: Classification) -> str:
    """The most probable of the fifteen types."""
    return max(answer.plv, key=lambda name: answer.plv[name])


def apart(questions: Sequence[Question]) -> dict[str, list[str]]:
    """The type that the network and the lexicon would each give without the other."""
    network = load(CLASSIFIER)
    scores = network.scores(questions).plv
    return {
        "network": [network.labels.plv[at] for at in scores.argmax(axis=1)],
        "lexicon": [max(told.plv, key=lambda name: told.plv[name]) for told in opinions(questions)],
    }


def confusion(pairs: Pairs) -> list[tuple[object, ...]]:
    """A row a gold type: how often it was coded as each."""
    counts = Counter(pairs)
    names = sorted({g for g, _ in pairs})
    return [(gold, *(counts[gold, coded] or "" for coded in names)) for gold in names]


def rates(pairs: Pairs) -> dict[str, Rate]:
    """Precision, recall and F1 of each class, over (gold, predicted) pairs."""
    gold, predicted = Counter(g for g, _ in pairs), Counter(p for _, p in pairs)
    hits = Counter(g for g, p in pairs if g == p)
    return {name: Rate(hits[name], gold[name], predicted[name]) for name in sorted(gold)}


def macro_f1(pairs: Pairs, grouping: Callable[[str], str] = str) -> float:
    """Mean F1 over the gold classes, after each type is replaced by its group."""
    found = rates([(grouping(g), grouping(p)) for g, p in pairs])
    return sum(rate.f1 for rate in found.values()) / len(found)


def polarity(name: str) -> str:
    """`cooperation` or `conflict`."""
    return QUAD[name].split()[1]


def main() -> None:
    """Classify every sentence and print the figures."""
    chosen = arguments(__doc__, "plv_dev.jsonl").parse_args()
    data = rows(chosen.file, chosen.limit)
    answers = classify_many([question(row) for row in data])
    pairs = [(row["type"], best(answer)) for row, answer in zip(data, answers, strict=True)]
    silent = sum(answer.type == "NONE" for answer in answers)
    agreed = sum(polarity(g) == polarity(p) for g, p in pairs)
    gold = [row["type"] for row in data]
    parts = {
        name: list(zip(gold, types, strict=True)) for name, types in apart([question(row) for row in data]).items()
    }
    summary = [
        ("accuracy", share(sum(g == p for g, p in pairs), len(pairs))),
        ("macro-F1 over the types", f"{macro_f1(pairs):.3f}"),
        ("quad macro-F1", f"{macro_f1(pairs, QUAD.__getitem__):.3f}"),
        ("cooperation against conflict, accuracy", share(agreed, len(pairs))),
        ("cooperation against conflict macro-F1", f"{macro_f1(pairs, polarity):.3f}"),
        ("NONE most probable", share(silent, len(pairs))),
        *((f"macro-F1 of the {name} alone", f"{macro_f1(told):.3f}") for name, told in parts.items()),
    ]
    print_table(f"PLV, {len(pairs)} sentences", ("measure", "value"), summary, chosen.markdown)
    body = [(name, *rate.cells()) for name, rate in rates(pairs).items()]
    print_table("By type", ("type", *RATE_COLUMNS), body, chosen.markdown)
    names = sorted({g for g, _ in pairs})
    print_table("Confusion: gold down, coded across", ("gold", *names), confusion(pairs), chosen.markdown)


if __name__ == "__main__":
    main()
