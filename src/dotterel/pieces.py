"""Cuts a long text into pieces that are parsed one by one: the parser's memory grows with what it is given at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dotterel.reading.text import WORD_OR_SIGN, check_words
from dotterel.settings import MAX_PIECE, PARSE_BATCH

_SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+")


def pieces(text: str) -> list[str]:
    """A text in pieces of at most `MAX_PIECE` words and signs, which joined are the text; most texts are one.

    A piece ends with a paragraph, else with a sentence, else with a word.
    """
    found: list[str] = []
    begin, count = 0, 0
    for match in WORD_OR_SIGN.finditer(text):
        count += 1
        if count > MAX_PIECE:
            end = _end(text, begin, match.start())
            found.append(text[begin:end])
            begin, count = end, sum(1 for _ in WORD_OR_SIGN.finditer(text, end, match.end()))
    return [*found, text[begin:]]


def _end(text: str, begin: int, limit: int) -> int:
    """Where best to end a piece: in its second half, behind what ends most."""
    middle = (begin + limit + 1) // 2
    line = text.rfind("\n", middle, limit)
    if line >= 0:
        return line + 1
    sentences = [match.end() for match in _SENTENCE_END.finditer(text, middle, limit)]
    return sentences[-1] if sentences else max(text.rfind(" ", middle, limit) + 1, 0) or limit


def batches(texts: Iterable[str]) -> Iterator[list[list[str]]]:
    """The texts, each in pieces, in batches that have together no more words than a piece may have, or are one text.

    Raises InputError at a text of more words than a report may have.
    """
    gathered: list[list[str]] = []
    size = 0
    for text in texts:
        words = check_words(text, "text")
        if gathered and (size + words > MAX_PIECE or len(gathered) == PARSE_BATCH):
            yield gathered
            gathered, size = [], 0
        gathered.append([text] if words <= MAX_PIECE else pieces(text))
        size += words
    if gathered:
        yield gathered
