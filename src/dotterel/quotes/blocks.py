"""Finds quotations set without marks: the paragraphs below a line such as "The minister said:"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dotterel.attribution import Attribution
from dotterel.attribution.cues import Cue, find_cues
from dotterel.attribution.sources import mention_of, noun_phrase
from dotterel.quotation import Span
from dotterel.types import Roster

if TYPE_CHECKING:
    from dotterel.parsing import Parse

_ANNOUNCES = re.compile(r"\b[a-z]+(?: [\w ,]{1,40})?:[ \t]*$", re.MULTILINE)
_MARK = re.compile(r"[\"“”«»]|(?:^|\s)[‘']")
_WHOLE = re.compile(r"[.!?][)\]’']?\s*$")  # a paragraph of speech ends in a full stop; a heading does not
_MIN_WORDS = 8
_ITEM = re.compile(r"\s*(?:[-•*·▪]|\d+[.)]\s|\([a-z\d]\))")


def find_blocks(parse: Parse, roster: Roster, quoted: tuple[Span, ...]) -> list[tuple[list[Span], Attribution]]:
    """The paragraphs of each such quotation, with the one who is cited for them.

    A block ends before a heading, a list, a line with quotation marks, or a line that announces the next speaker.
    """
    text = parse.text
    lines = [match.end() for match in _ANNOUNCES.finditer(text)]
    cues = find_cues(parse, quoted) if lines else ()
    found: list[tuple[list[Span], Attribution]] = []
    for end in lines:
        if found and end <= found[-1][0][-1][1]:
            continue
        cue = _cue_of_line(text, cues, end)
        parts = _paragraphs(text, end) if cue is not None else []
        if cue is not None and parts:
            found.append((parts, _attribution(cue, roster, text, (parts[0][0], parts[-1][1]))))
    return found


def _cue_of_line(text: str, cues: tuple[Cue, ...], end: int) -> Cue | None:
    """The verb of saying in the sentence that a colon at `end` closes."""
    line = text.rfind("\n", 0, end) + 1
    sentence = max((m.end() for m in re.finditer(r"[.?!]\s+(?=[A-Z])", text[line:end])), default=0) + line
    near = [c for c in cues if sentence <= c.span[0] < end and c.kind == "verb" and c.entry and _says(c)]
    return near[-1] if near else None


def _says(cue: Cue) -> bool:
    return cue.entry is not None and cue.entry.frames.get("quote") == "speech" and "clause" in cue.entry.frames


def _paragraphs(text: str, start: int) -> list[Span]:
    """The paragraphs of plain speech that follow."""
    parts: list[Span] = []
    for match in re.finditer(r"[^\n]+", text[start:]):
        line = match.group()
        if not line.strip():
            continue
        speech = _WHOLE.search(line) and not _ITEM.match(line) and not _MARK.search(line)
        if not speech or len(line.split()) < _MIN_WORDS:
            break
        left = len(line) - len(line.lstrip())
        parts.append((start + match.start() + left, start + match.start() + len(line.rstrip())))
    return parts


def _attribution(cue: Cue, roster: Roster, text: str, content: Span) -> Attribution:
    first, last = noun_phrase(cue.source)
    source = mention_of(cue.source, roster)
    return Attribution(source, first, last, text[first:last], *cue.span, text[slice(*cue.span)], *content, "direct")
