"""Sentences of a stored text, for showing where words stand; the coder's own sentences are in `mentions`."""

from __future__ import annotations

import re

# After a full stop and closing marks where something begins like a sentence, and at the end of a line.
BREAK = re.compile(r"""(?<=[.!?])["”’')]*\s+(?=["“‘'(]?[A-Z0-9])|\s*\n\s*""")
ABBREVIATION = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Maj|Capt|Gov|Sen|Rep|St|No|vs|Prof)|\b[A-Z])\.$")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """(start, end) of every sentence, in order, without the blanks around it."""
    found, start = [], 0
    for gap in BREAK.finditer(text):
        end = gap.start() + len(gap.group().rstrip())
        if "\n" not in gap.group() and ABBREVIATION.search(text, max(start, gap.start() - 8), gap.start()):
            continue
        if text[start:end].strip():
            found.append((start, end))
        start = gap.end()
    if text[start:].strip():
        found.append((start, len(text.rstrip())))
    return found


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence, or the run of sentences, that holds a span."""
    held = [span for span in sentence_spans(text) if span[0] < end and start < span[1]]
    return text[held[0][0] : held[-1][1]] if held else text[start:end]
