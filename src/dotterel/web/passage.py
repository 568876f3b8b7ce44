"""An event's sentence in its paragraph, with the words for who, to whom, when and where marked."""

from __future__ import annotations

from dataclasses import dataclass

from dotterel.web.event_now import EventNow
from dotterel.web.reading_view import Told, event_spans
from dotterel.web.segments import Segment, segments, stretches

CONTEXT = 600  # characters of the paragraph that are shown on either side of the sentence
KEY = "e"  # of the only record


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence and what stands around it in its paragraph."""

    before: tuple[Segment, ...]
    sentence: tuple[Segment, ...]
    after: tuple[Segment, ...]
    cut_before: bool  # the paragraph begins earlier
    cut_after: bool


def passage_of(now: EventNow) -> Passage | None:
    """The passage of an event's fullest telling; None where it has no words."""
    if not now.event.mentions:
        return None
    text, main = now.report.text, now.event.mentions[0]
    spans = [span for span in event_spans(Told(KEY, now.event), now.standing.quad) if span.start < span.end]
    start, end = around(text, main.sentence_start, main.sentence_end)
    first, last = near(text, start, main.sentence_start, -1), near(text, end, main.sentence_end, 1)
    return Passage(
        tuple(segments(text, first, main.sentence_start, spans)),
        tuple(segments(text, main.sentence_start, main.sentence_end, spans)),
        tuple(segments(text, main.sentence_end, last, spans)),
        first > start,
        last < end,
    )


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """The paragraphs that a sentence lies in, from the first to the last."""
    held = [(a, b) for a, b in stretches(text) if a < end and start < b]
    return (min(start, held[0][0]), max(end, held[-1][1])) if held else (start, end)


def near(text: str, edge: int, sentence: int, way: int) -> int:
    """The edge of a paragraph, or of a word on the way to it where it lies far from the sentence."""
    if abs(edge - sentence) <= CONTEXT:
        return edge
    at = sentence + way * CONTEXT
    blank = text.find(" ", at, edge) if way > 0 else text.rfind(" ", edge, at)
    return blank if blank >= 0 else at


def roles(segment: Segment) -> str:
    """What the words that end with a segment are to the event: 'who, when'."""
    return ", ".join(end.partition(":")[2] for end in segment.ends)
