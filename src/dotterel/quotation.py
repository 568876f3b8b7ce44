"""Finds the stretches of a text that stand inside quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

Span = tuple[int, int]

_DOUBLE = re.compile(r"[“”„«»\"]|''|``")
_SINGLE = re.compile(r"[‘’'](?!')")
_OPENING = frozenset({"“", "„", "«", "``"})
_NOT_OPENING = re.compile(r"['’‘](?:\d\ds?\b|em\b|tis\b|twas\b|til\b|cause\b|n['’])", re.IGNORECASE)  # '90s, 'em
_BEFORE_OPENING = frozenset('([{—–-/:“"«')


def quotation_spans(text: str) -> tuple[Span, ...]:
    """The quoted stretches, marks excluded, sorted by start with the outer before the nested ones.

    Straight and curly marks, single and double, count; apostrophes do not. A quotation running over several
    paragraphs gives one span a paragraph, the earlier ones ending where their paragraph ends.
    """
    lines = list(_paragraphs(text))
    spans: list[Span] = []
    for (start, end), following in zip_longest(lines, lines[1:]):
        closed, unclosed = _doubles(text, start, end)
        if unclosed is not None and following and _opens(text, following[0]):
            closed = [(s, e) for s, e in closed if s < unclosed] + [(unclosed, end)]
        spans += closed + [s for s in _singles(text, start, end) if not any(_cross(s, other) for other in closed)]
    return tuple(sorted(set(spans), key=lambda span: (span[0], -span[1])))


def outermost(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """Those spans that lie inside no other; `spans` as `quotation_spans` gives them."""
    kept: list[Span] = []
    for span in spans:
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return tuple(kept)


def _paragraphs(text: str) -> Iterator[Span]:
    """Start and end of each line with something on it, outer blanks left out."""
    for match in re.finditer(r"[^\n]+", text):
        line = match.group()
        if line.strip():
            yield match.start() + len(line) - len(line.lstrip()), match.start() + len(line.rstrip())


def _opens(text: str, start: int) -> bool:
    """Does a paragraph starting there open with a double mark?"""
    return bool(_DOUBLE.match(text, start))


def _doubles(text: str, start: int, end: int) -> tuple[list[Span], int | None]:
    """The double-quoted spans of one paragraph, and where a quotation left open at its end begins."""
    stack: list[int] = []
    closed: list[Span] = []
    for match in _DOUBLE.finditer(text, start, end):
        before = text[match.start() - 1] if match.start() > start else " "
        after = text[match.end()] if match.end() < end else " "
        if _is_opening(match.group(), before, after, bool(stack)):
            stack.append(match.end())
        elif stack:
            begun = stack.pop()
            if text[begun : match.start()].strip():
                closed.append((begun, match.start()))
    return closed, stack[0] if stack else None


def _is_opening(mark: str, before: str, after: str, inside: bool) -> bool:
    """Does a double mark between those two characters open a quotation? `inside`: one is open already."""
    if mark in _OPENING:
        return True
    outside_word = before.isspace() or before in _BEFORE_OPENING
    if inside:
        return mark not in "”»" and before.isspace() and not after.isspace()
    return outside_word and not after.isspace()


def _singles(text: str, start: int, end: int) -> list[Span]:
    """The single-quoted spans of one paragraph, where the marks leave no doubt."""
    spans: list[Span] = []
    position = start
    for match in _SINGLE.finditer(text, start, end):
        if match.start() < position or not _opens_single(text, match, start):
            continue
        close = _closing_single(text, match, end)
        if close is not None:
            spans.append((match.end(), close))
            position = close + 1
    return spans


def _opens_single(text: str, match: re.Match[str], start: int) -> bool:
    """Can this single mark open a quotation: at the start of a word, and no contraction such as '90s?"""
    before = text[match.start() - 1] if match.start() > start else " "
    after = text[match.end() : match.end() + 1]
    boundary = before.isspace() or before in _BEFORE_OPENING
    return match.group() != "’" and boundary and bool(after.strip()) and not _NOT_OPENING.match(text, match.start())


def _closing_single(text: str, opening: re.Match[str], end: int) -> int | None:
    """Where the quotation opened by a single mark closes; a plural possessive only when nothing better comes."""
    mark = "’" if opening.group() == "‘" else "'"
    doubtful = None
    for match in re.finditer(mark, text[:end][opening.end() :]):
        at = opening.end() + match.start()
        before, after = text[at - 1], text[at + 1 : at + 2]
        if after.isalnum() or before.isspace():
            if before.isspace() and after.isalnum():
                break
            continue
        if before != "s" or not after.isspace():
            return at
        doubtful = doubtful or at
    return doubtful


def _cross(span: Span, other: Span) -> bool:
    """Do the spans overlap without one holding the other?"""
    if span[1] <= other[0] or other[1] <= span[0]:
        return False
    return not (other[0] <= span[0] and span[1] <= other[1]) and not (span[0] <= other[0] and other[1] <= span[1])
