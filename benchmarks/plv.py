"""Measures the type classifier on PLV: sentences with marked actor and recipient, fifteen PLOVER types.

The classifier gets the sentence and the two spans and gives a probability to each of the sixteen types and
NONE; the best type other than NONE counts. PLV has one type, YIELD, for CONCEDE and RETREAT.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import dotterel
from benchmarks.common import RATE_COLUMNS, Rate, Span, arguments, print_table, rows, share

YIELD = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
QUAD = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), "verbal cooperation"),
    **dict.fromkeys(("AID", "COOPERATE", "YIELD"), "material cooperation"),
    **dict.fromkeys(("ACCUSE", "REJECT", "REQUEST", "THREATEN"), "verbal conflict"),
    **dict.fromkeys(("ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "SANCTION"), "material conflict"),
}
Pairs = Sequence[tuple[str, str]]


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


def question(row: Mapping[str, Any]) -> tuple[str, Span, Span]:
    """What the classifier is asked; a role that nobody fills in the sentence may be filled by any of its words."""
    sentence, spans = unmark(row["marked"])
    anywhere = (0, len(sentence))
    return sentence, spans.get("s", anywhere), spans.get("t", anywhere)


def best(probabilities: Mapping[str, float]) -> str:
    """The most probable type other than NONE, with CONCEDE and RETREAT added up as YIELD."""
    total: dict[str, float] = defaultdict(float)
    for name, probability in probabilities.items():
        if name != "NONE":
            total[YIELD.get(name, name)] += probability
    return max(total, key=lambda name: total[name])


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
    answers = list(dotterel.classify_many([question(row) for row in data]))
    pairs = [(row["type"], best(answer)) for row, answer in zip(data, answers, strict=True)]
    silent = sum(max(answer, key=lambda name: answer[name]) == "NONE" for answer in answers)
    summary = [
        ("accuracy", share(sum(g == p for g, p in pairs), len(pairs))),
        ("macro-F1 over the types", f"{macro_f1(pairs):.3f}"),
        ("quad macro-F1", f"{macro_f1(pairs, QUAD.__getitem__):.3f}"),
        ("cooperation against conflict macro-F1", f"{macro_f1(pairs, polarity):.3f}"),
        ("NONE most probable", share(silent, len(pairs))),
    ]
    print_table(f"PLV, {len(pairs)} sentences", ("measure", "value"), summary, chosen.markdown)
    body = [(name, *rate.cells()) for name, rate in rates(pairs).items()]
    print_table("By type", ("type", *RATE_COLUMNS), body, chosen.markdown)
    wrong = Counter((g, p) for g, p in pairs if g != p).most_common(12)
    print_table("Commonest confusions", ("gold", "coded", "times"), [(*key, n) for key, n in wrong], chosen.markdown)


if __name__ == "__main__":
    main()
