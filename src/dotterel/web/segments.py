"""A text and its spans as segments: cut at every end of a span, so that what overlaps needs no element in another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

KINDS = ("trigger", "actor", "time", "place", "quote", "figure")  # of spans that are marked
# What HTML does not keep as it is; a sign stands for a sign, so that places in the text stay what they are.
UNSHOWN = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)), "\ufffd") | {13: " ", 0x2028: " ", 0x2029: " "}


@dataclass(frozen=True, slots=True)
class Span:
    """Words of a text that a record points to."""

    start: int  # in characters of the text
    end: int
    kind: str  # one of KINDS, or "" where the words are only lit up
    record: str  # key of the record; "" where the words belong to none
    role: str = ""  # what the words are to the record: actor, recipient, when, ...
    quad: int = 0  # of a trigger: 1 to 4


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the text that the same spans cover."""

    text: str  # as it is shown, as many characters as the stretch has
    start: int
    kinds: tuple[str, ...] = ()  # in the order of KINDS
    quad: int = 0
    records: tuple[tuple[str, ...], ...] = ()  # the keys by span, the innermost span first
    ends: tuple[str, ...] = ()  # key and role, with a colon between, of every span that ends here

    @property
    def keys(self) -> set[str]:
        """The keys of all records that it is words of."""
        return {key for keys in self.records for key in keys}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of a text up to a blank one."""

    start: int
    segments: tuple[Segment, ...]


def paragraphs(text: str, spans: Iterable[Span], after: int = 0) -> Iterator[Paragraph]:
    """The paragraphs of a text behind its first `after` characters, each cut into segments.

    No character is lost but the line ends between them; spans that do not lie in the text are passed over.
    """
    inside = (span for span in dict.fromkeys(spans) if 0 <= span.start < span.end <= len(text))
    ordered = sorted(inside, key=lambda span: (span.start, span.end))
    waiting, held = 0, list[Span]()
    for start, end in stretches(text, after):
        while waiting < len(ordered) and ordered[waiting].start < end:
            held.append(ordered[waiting])
            waiting += 1
        held = [span for span in held if span.end > start]
        yield Paragraph(start, tuple(segments(text, start, end, held)))


def stretches(text: str, after: int = 0) -> Iterator[tuple[int, int]]:
    """(start, end) of every paragraph behind the first characters."""
    start = after
    for block in text[after:].split("\n\n"):
        lines = block.strip("\n")
        if lines.strip():
            first = start + len(block) - len(block.lstrip("\n"))
            yield first, first + len(lines)
        start += len(block) + 2


def segments(text: str, start: int, end: int, spans: Sequence[Span]) -> Iterator[Segment]:
    """The segments of one stretch of a text. Spans that reach beyond it count as far as they lie in it."""
    opening, closing = defaultdict[int, list[Span]](list), defaultdict[int, list[Span]](list)
    for span in spans:
        if start < span.end and span.start < end and span.start < span.end:
            opening[max(start, span.start)].append(span)
            closing[min(end, span.end)].append(span)
    covering: list[Span] = []
    for here, there in pairwise(sorted({start, end, *opening, *closing})):
        covering = [span for span in covering if span.end > here] + opening[here]
        yield segment(text[here:there], here, covering, [span for span in closing[there] if span.end == there])


def segment(words: str, start: int, covering: Sequence[Span], closing: Sequence[Span]) -> Segment:
    """One segment with all that covers it."""
    kinds = {span.kind for span in covering}
    by_span: dict[tuple[int, int], list[str]] = defaultdict(list)
    for span in sorted(covering, key=lambda span: span.end - span.start):
        if span.record:
            by_span[span.end - span.start, span.start].append(span.record)
    return Segment(
        words.translate(UNSHOWN),
        start,
        tuple(kind for kind in KINDS if kind in kinds),
        max((span.quad for span in covering), default=0),
        tuple(tuple(dict.fromkeys(keys)) for keys in by_span.values()),
        tuple(dict.fromkeys(f"{span.record}:{span.role}" for span in closing if span.role)),
    )
