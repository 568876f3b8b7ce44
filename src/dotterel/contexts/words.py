"""Finds in a report the words that `data/context_words.tsv` lists: whole words, of a context the longest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from dotterel import tables

NONE = "none"  # the context of words that count for nothing
ENDINGS = ("s", "es")  # understood after every word; no letter or figure stands in "'s"


@dataclass(frozen=True, slots=True)
class Listed:
    """A word or phrase of the table, and what it counts for."""

    word: str  # as listed, without its marks
    any_ending: bool
    small: bool  # only in small letters
    senses: tuple[tuple[str, float], ...]  # context and weight

    def fits(self, text: str, start: int, end: int) -> bool:
        """Does it stand there as a word of its own, its capitals as listed?"""
        if start and text[start - 1].isalnum():
            return False
        letters = zip(self.word, text[start:end], strict=True)
        if not all(mine == theirs or not (mine.isupper() or self.small) for mine, theirs in letters):
            return False
        return self.any_ending or ends_there(text, end)


@dataclass(frozen=True, slots=True)
class Hit:
    """A listed word in the text; offsets count characters."""

    start: int
    end: int
    word: str
    senses: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Words:
    """The table, ready to be looked for."""

    listed: Mapping[str, Sequence[Listed]]  # in small letters -> as listed
    patterns: Sequence[str]
    automaton: AhoCorasick


@lru_cache(maxsize=1)
def table() -> Words:
    """The table of words, read once a process."""
    senses: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for row in tables.read("context_words"):
        for word in row["words"].split("|"):
            senses[word.strip()].append((row["context"], float(row["weight"])))
    listed: dict[str, list[Listed]] = defaultdict(list)
    for word, found in senses.items():
        bare = word.strip("_*")
        marks = word.endswith("*"), word.startswith("_")
        listed[bare.lower()].append(Listed(bare, *marks, tuple(found)))
    patterns = list(listed)
    return Words(listed, patterns, AhoCorasick(patterns))


def find_words(text: str) -> tuple[Hit, ...]:
    """The listed words in the text that count for something, in order.

    Of words of one context that overlap, the longest counts; inside words listed as `none`, no other does.
    """
    kept: list[Hit] = []
    taken: dict[str, int] = defaultdict(int)  # context -> end of its last hit
    for hit in sorted(_candidates(text), key=lambda h: (h.start, -h.end)):
        senses = tuple(sense for sense in hit.senses if sense[0] != NONE and hit.start >= taken[sense[0]])
        if hit.start >= taken[NONE]:
            taken.update({context: hit.end for context, _ in hit.senses})
            kept.append(Hit(hit.start, hit.end, hit.word, senses))
    return tuple(hit for hit in kept if hit.senses)


def _candidates(text: str) -> Iterator[Hit]:
    words = table()
    for number, start, end in words.automaton.find_matches_as_indexes(_small(text), overlapping=True):
        for entry in words.listed[words.patterns[number]]:
            if entry.fits(text, start, end):
                yield Hit(start, end, entry.word, entry.senses)


def _small(text: str) -> str:
    """The text in small letters, every character where it was."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def ends_there(text: str, end: int) -> bool:
    """Does a word end there, or after a plural or possessive s?"""
    if end == len(text) or not text[end].isalnum():
        return True
    return any(text.startswith(s, end) and not text[end + len(s) : end + len(s) + 1].isalnum() for s in ENDINGS)
