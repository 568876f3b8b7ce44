"""Finds sources named by layout: `Name: …` in a headline or transcript, and `"…" — Name` under a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dotterel.attribution.cues import Cue, Span

if TYPE_CHECKING:
    from dotterel.parsing import Parse

_WORD = r"[^\W\d_a-z][\w.'’-]*"
_HEADLINE = re.compile(
    rf"[\"“]?((?:{_WORD} ){{0,3}}{_WORD})(:) (?=\S)|[^:\n]{{0,120}}?((?:{_WORD} ){{0,3}}{_WORD})(:) (?=[\"“‘'])"
)
_TRANSCRIPT = re.compile(r"^[\"“]?([A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3})(:) (?=\S)", re.MULTILINE)
_CREDIT = re.compile(rf"[\"”]\s*([―—–]|--)\s*((?:{_WORD} ){{0,4}}{_WORD})(?=\s*(?:[.\n]|,|$))")


def find_line_cues(parse: Parse, quoted: tuple[Span, ...]) -> tuple[Cue, ...]:
    """The cues that are marks of layout: a colon after the name that opens a line, a dash before a credit."""
    text = parse.text
    spans = [(m.span(m.lastindex or 0), m.span((m.lastindex or 0) - 1)) for m in _named_lines(text)]
    spans += [(m.span(1), m.span(2)) for m in _CREDIT.finditer(text)]
    found = (_cue(parse, mark, name) for mark, name in spans)
    return tuple(cue for cue in found if cue is not None)


def _named_lines(text: str) -> Iterator[re.Match[str]]:
    headline = _HEADLINE.match(text)
    if headline:
        yield headline
    yield from (m for m in _TRANSCRIPT.finditer(text) if not headline or m.start() != headline.start())


def _cue(parse: Parse, mark: Span, name: Span) -> Cue | None:
    """A cue whose words are the mark and whose source is the last word of the name."""
    marked = parse.doc.char_span(*mark)
    named = parse.doc.char_span(*name)
    if not marked or not named:
        return None
    return Cue(marked[0], marked[0], marked[-1], named.root, None, "line")
