"""Measures who is cited for what on news articles with every attribution annotated (PolNeAR).

A direct quotation is an annotated content that begins or ends inside quotation marks; it is found where a quotation
overlaps it, and has the right speaker where a quotation found cites words that overlap the annotated source. Of all
attributions with a source, one is right where the contents share half of the characters that either
covers, and the sources overlap. An attribution is counted once, whatever the number of parts of its content.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.common import RATE_COLUMNS, Rate, Span, arguments, overlap, print_table, rows, share
from dotterel.actors import find_actors
from dotterel.attribution import Attribution, find_attributions
from dotterel.parsing import Parse, parse
from dotterel.places import find_places
from dotterel.quotation import quotation_spans
from dotterel.quotes import find_quotes
from dotterel.types import Quote, Report, Roster

SHARE = 0.5  # of the characters two contents cover together, that both must cover


@dataclass(frozen=True, slots=True)
class Cited:
    """A source with what it is cited for, as spans."""

    source: tuple[Span, ...]
    content: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """What one article adds to the measures."""

    direct: int = 0  # annotated direct quotations
    found: int = 0
    speaker: int = 0
    hits: int = 0  # attributions that are right
    gold: int = 0
    predicted: int = 0

    def __add__(self, other: Counts) -> Counts:
        """The sums, field by field."""
        return Counts(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


def read_out(row: Mapping[str, Any]) -> tuple[Parse, Report, Roster]:
    """The text as it stands, so that the annotators' offsets hold, with its parse and its actors."""
    report = Report(id=hashlib.sha1(row["text"].encode()).hexdigest(), text=row["text"], title=row.get("title"))
    parsed = parse(report.text)
    return parsed, report, find_actors(parsed, report, find_places(parsed, report))


def annotated(row: Mapping[str, Any]) -> list[Cited]:
    """The annotated attributions that have a source."""
    return [Cited(spans(a["source"]), spans(a["content"])) for a in row["attributions"] if a["source"]]


def spans(pairs: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    """Pairs of offsets as spans."""
    return tuple((start, end) for start, end in pairs)


def predicted(attributions: Iterable[Attribution]) -> list[Cited]:
    """The attributions found, those of one cue and source as one."""
    grouped: dict[tuple[Span, Span, str], list[Span]] = {}
    for a in attributions:
        kind = "attitude" if a.kind == "attitude" else "said"
        key = ((a.cue_start, a.cue_end), (a.source_start, a.source_end), kind)
        grouped.setdefault(key, []).append((a.content_start, a.content_end))
    return [Cited((source,), tuple(content)) for (_, source, _), content in grouped.items()]


def characters(parts: Iterable[Span]) -> set[int]:
    """The offsets the spans cover."""
    return {i for start, end in parts for i in range(start, end)}


def likeness(first: Sequence[Span], second: Sequence[Span]) -> float:
    """Shared characters over those of either."""
    if not any(overlap(a, b) for a in first for b in second):
        return 0.0
    one, other = characters(first), characters(second)
    return len(one & other) / len(one | other)


def agrees(gold: Cited, found: Cited) -> float:
    """How alike the contents are; 0 where the sources do not meet or the contents share too little."""
    if not any(overlap(a, b) for a in gold.source for b in found.source):
        return 0.0
    alike = likeness(gold.content, found.content)
    return alike if alike >= SHARE else 0.0


def matched(gold: Sequence[Cited], found: Sequence[Cited]) -> set[tuple[int, int]]:
    """One-to-one pairs of indices, the likest first."""
    ranked = sorted(((agrees(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)), reverse=True)
    pairs: set[tuple[int, int]] = set()
    used_gold, used_found = set(), set()
    for alike, i, j in ranked:
        if alike and i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.add((i, j))
    return pairs


def is_direct(content: Sequence[Span], quoted: Sequence[Span]) -> bool:
    """Is every part of a content the beginning, the end or the whole of a quotation, give or take the marks?"""
    inside = [[q for q in quoted if q[0] - 2 <= start and end <= q[1] + 3] for start, end in content]
    edges = zip(content, inside, strict=True)
    return all(any(start <= q[0] + 2 or end >= q[1] - 2 for q in around) for (start, end), around in edges)


def quote_source(quote: Quote, attributions: Iterable[Attribution]) -> tuple[Span, ...]:
    """Where the words stand that say who speaks: the cited source, or the mention of an implied speaker."""
    cited = [a for a in attributions if overlap((a.content_start, a.content_end), (quote.start, quote.end))]
    named = tuple((a.source_start, a.source_end) for a in cited if a.source_text == quote.cue)
    implied = ((quote.speaker.start, quote.speaker.end),) if quote.speaker and quote.cue is None else ()
    return named or implied


def counts(row: Mapping[str, Any]) -> Counts:
    """The measures of one article."""
    parsed, report, roster = read_out(row)
    attributions = find_attributions(parsed, report, roster)
    quotes = find_quotes(parsed, report, roster, attributions)
    gold, found = annotated(row), predicted(attributions)
    direct = [g for g in gold if is_direct(g.content, quotation_spans(report.text))]
    near = [[q for q in quotes if any(overlap((q.start, q.end), part) for part in g.content)] for g in direct]
    right = [
        any(overlap(s, t) for q in own for s in quote_source(q, attributions) for t in g.source)
        for g, own in zip(direct, near, strict=True)
    ]
    return Counts(len(direct), sum(map(bool, near)), sum(right), len(matched(gold, found)), len(gold), len(found))


def main() -> None:
    """Print both measures."""
    options = arguments(__doc__, "polnear_dev.jsonl").parse_args()
    total = sum((counts(row) for row in rows(options.file, options.limit)), Counts())
    print_table(
        "Direct quotations",
        ("measure", "share"),
        [("found", share(total.found, total.direct)), ("with the right speaker", share(total.speaker, total.direct))],
        options.markdown,
    )
    attributions = Rate(total.hits, total.gold, total.predicted)
    print_table("Attributions with a source", RATE_COLUMNS, [attributions.cells()], options.markdown)


if __name__ == "__main__":
    main()
