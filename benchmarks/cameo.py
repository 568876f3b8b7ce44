"""Measures actor and recipient spans of coded events on sentences annotated with them (CAMEO).

A span counts as right where it overlaps a gold span of the same role. The parties of a reciprocal act all
stand under `actors` in dotterel's codings and are given sides here; the third row counts a span as right in
either role. A party that dotterel concludes where the sentence gives none is left out. The same is counted for
the sentences that have a quad class: the rest tell neutral statements ("declined to comment", "is sceptical"),
which PLOVER has no type for. Then the classifier is given the annotated spans and its quad class is compared
with the annotated one.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from benchmarks.common import RATE_COLUMNS, Rate, Span, arguments, overlap, print_table, rows, share
from dotterel import Classification, classify_many, codebook
from dotterel.coder import Coder
from dotterel.types import ActorMention, Coding, Event, Report

OPENING = {"(", "$", "€", "“", "‘", "/"}
CLOSING = {".", ",", ")", ":", ";", "%", "'s", "”", "?", "!", "/"}
APOSTROPHES = {"'", "’"}
NUMBER_GOES_ON = r"\d{3}$|\d{1,2}[mb]?$"
ROLES = {"S": "actor", "T": "recipient"}
PLV_QUADS = {codebook.plv(t.name): t.quad for t in codebook.types() if t.name != "CONCEDE"}  # YIELD as RETREAT: 2
Spans = dict[str, set[Span]]


def sentence(tokens: Sequence[str]) -> tuple[str, list[Span]]:
    """The tokens joined as they were before they were cut ("Iran 's" is Iran's), and the character span of each."""
    text, spans = "", []
    for n, token in enumerate(tokens):
        text += " " if n and apart(tokens, n) else ""
        spans.append((len(text), len(text) + len(token)))
        text += token
    return text, spans


def apart(tokens: Sequence[str], n: int) -> bool:
    """Whether a space stood before that token."""
    before, token = tokens[n - 1], tokens[n]
    after = tokens[n + 1] if n + 1 < len(tokens) else ""
    if token in CLOSING or before in OPENING or "-" in {before, token}:
        return False
    if token in APOSTROPHES:
        return not (after == "s" or before.endswith("s"))
    if before in APOSTROPHES and token == "s":
        return False
    return not (before in {",", "."} and n > 1 and tokens[n - 2][-1:].isdigit() and re.match(NUMBER_GOES_ON, token))


def gold_spans(row: Mapping[str, Any]) -> Spans:
    """The character spans that the B- and I- tags mark, by role."""
    _, places = sentence(row["tokens"])
    open_spans: dict[str, list[Span]] = {role: [] for role in ROLES}
    previous = "O"
    for tag, place in zip(row["tags"], places, strict=True):
        role = tag[2:]
        if role in open_spans and tag[0] == "I" and previous[2:] == role:
            open_spans[role][-1] = (open_spans[role][-1][0], place[1])
        elif role in open_spans:
            open_spans[role].append(place)
        previous = tag
    return {role: set(spans) for role, spans in open_spans.items()}


def coded_spans(coding: Coding) -> Spans:
    """The character spans of the actors and the recipients of every event."""
    sides = [(*directed(event, coding.report.text),) for event in coding.events]
    return {role: {(m.start, m.end) for side in sides for m in side[n]} for n, role in enumerate(ROLES)}


def directed(event: Event, text: str) -> tuple[Sequence[ActorMention], Sequence[ActorMention]]:
    """The two sides of an event, as these sentences have them.

    The guide has all parties of a meeting or treaty under `actors`. Here the first named, with those coordinated with
    them, are the actors, and who comes after "with" or a verb is the recipient.
    """
    if event.recipients or len(event.actors) < 2:
        return tuple(filter(said, event.actors)), tuple(filter(said, event.recipients))
    parties = sorted(event.actors, key=lambda m: m.start)
    cut = next((n for n in range(1, len(parties)) if not coordinated(parties[n - 1], parties[n], text)), len(parties))
    return parties[:cut], parties[cut:]


def said(mention: ActorMention) -> bool:
    """Whether the sentence itself gives a party that part, so that its words can be looked for."""
    return not mention.reason.startswith("not said here")


def coordinated(one: ActorMention, other: ActorMention, text: str) -> bool:
    """Whether nothing but a comma or "and" stands between two mentions."""
    return set(re.findall(r"\w+", text[one.end : other.start])) <= {"and", "the", "both"}


def either_role(spans: Spans) -> Spans:
    """The same spans with their roles forgotten."""
    return {"any": set().union(*spans.values())}


def tally(pairs: Iterable[tuple[Spans, Spans]], role: str) -> tuple[Rate, Rate]:
    """Two rates whose `precision` and `recall` belong together: hits among coded spans, hits among gold spans."""
    gold = predicted = right = found = 0
    for true, coded in pairs:
        gold += len(true[role])
        predicted += len(coded[role])
        right += sum(any(overlap(c, t) for t in true[role]) for c in coded[role])
        found += sum(any(overlap(c, t) for c in coded[role]) for t in true[role])
    return Rate(right, gold, predicted), Rate(found, gold, predicted)


def table_row(name: str, rates: tuple[Rate, Rate]) -> tuple[object, ...]:
    """Precision from the coded side, recall from the gold side."""
    precision, recall = rates[0].precision, rates[1].recall
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return (name, f"{precision:.3f}", f"{recall:.3f}", f"{f1:.3f}", rates[0].gold, rates[0].predicted)


def code(data: Sequence[Mapping[str, Any]]) -> list[Coding]:
    """The coding of each sentence, taken as a report as it stands so that offsets hold."""
    texts = [sentence(row["tokens"])[0] for row in data]
    reports = [Report(id=hashlib.sha1(f"{n} {text}".encode()).hexdigest(), text=text) for n, text in enumerate(texts)]
    codings = list(Coder().pipe(reports))
    return [c if isinstance(c, Coding) else Coding(r) for c, r in zip(codings, reports, strict=True)]


def quads(data: Sequence[Mapping[str, Any]]) -> list[tuple[int, int]]:
    """Annotated and classified quad class of the sentences that have one: the quad class with most probability."""
    told = [row for row in data if row["penta"]]
    answers = classify_many([(sentence(row["tokens"])[0], *first_spans(row)) for row in told])
    return [(row["penta"], likeliest_quad(answer)) for row, answer in zip(told, answers, strict=True)]


def first_spans(row: Mapping[str, Any]) -> tuple[Span | None, Span | None]:
    """The first span of each role, None where it has none."""
    spans = gold_spans(row)
    return min(spans["S"], default=None), min(spans["T"], default=None)


def likeliest_quad(answer: Classification) -> int:
    """The quad class whose types have most probability together."""
    total: dict[int, float] = defaultdict(float)
    for name, probability in answer.plv.items():
        total[PLV_QUADS[name]] += probability
    return max(total, key=lambda quad: total[quad])


def main() -> None:
    """Code every sentence and print the figures."""
    chosen = arguments(__doc__, "cameo_dev.jsonl").parse_args()
    data = rows(chosen.file, chosen.limit)
    codings = code(data)
    pairs = [(gold_spans(row), coded_spans(coding)) for row, coding in zip(data, codings, strict=True)]
    body = [table_row(name, tally(pairs, role)) for role, name in ROLES.items()]
    loose = [(either_role(gold), either_role(coded)) for gold, coded in pairs]
    body.append(table_row("either role", tally(loose, "any")))
    acts = [pair for pair, row in zip(pairs, data, strict=True) if row["penta"]]
    body += [table_row(f"{name}, acts only", tally(acts, role)) for role, name in ROLES.items()]
    print_table(f"CAMEO, {len(data)} sentences", ("span", *RATE_COLUMNS), body, chosen.markdown)
    events = [len(coding.events) for coding in codings]
    summary = [
        ("events a sentence", f"{sum(events) / max(1, len(events)):.2f}"),
        ("sentences with no event", str(events.count(0))),
        ("events lacking an actor", str(sum(not e.actors for c in codings for e in c.events))),
        ("events lacking a recipient", str(sum(not e.recipients for c in codings for e in c.events))),
    ]
    print_table("Events", ("measure", "value"), summary, chosen.markdown)
    compared = quads(data)
    right = [("quad class right", share(sum(g == p for g, p in compared), len(compared)))]
    print_table("Quad class between the annotated spans", ("measure", "value"), right, chosen.markdown)


if __name__ == "__main__":
    main()
