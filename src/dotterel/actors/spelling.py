"""Names spelt otherwise: transliterations that sound alike, and slips of a letter."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from dotterel.actors.knowledge import Entry, entries
from dotterel.actors.offices import persons_by_surname, surname
from dotterel.actors.vocabulary import fold
from dotterel.places import country_of
from dotterel.tables import read

if TYPE_CHECKING:
    from dotterel.parsing import Doc

SURE_LENGTH = {"group": 7, "organisation": 8, "medium": 8}  # letters from which a slip in such a name is put right
MOST_WORDS = 3
LEAST_SOUND = 5  # letters of a surname below which sounding alike says nothing


@lru_cache(maxsize=8192)
def sound(name: str) -> str:
    """A name reduced to what its romanisations share: the rules of romanisations.tsv, double letters once."""
    key = re.sub(r"[^a-z]", "", fold(name).lower())
    for row in read("romanisations"):
        key = key.replace(row["letters"], row["as"])
    return re.sub(r"(.)\1+", r"\1", key)


@lru_cache(maxsize=1)
def _by_sound() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for last in persons_by_surname():
        if len(last) >= LEAST_SOUND:
            found[sound(last)].append(last)
    return {key: tuple(names) for key, names in found.items()}


def surnames_like(word: str) -> tuple[str, ...]:
    """The surnames of office-holders that sound like a word which is none of them: "zelensky" for Zelenskiy."""
    last = surname(word)
    if len(last) < LEAST_SOUND or last in persons_by_surname():
        return ()
    return _by_sound().get(sound(last), ())


@lru_cache(maxsize=1)
def _long_names() -> dict[tuple[str, int], tuple[str, ...]]:
    """(First letter, number of words) -> the folded names of bodies long enough that a slip in them can be told."""
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for name, options in entries().items():
        words = len(re.split(r"[ -]", name))
        least = SURE_LENGTH.get(options[0].kind)
        if least and len(name) >= least and words <= MOST_WORDS and not name.isupper() and name[0].isupper():
            found[name[0], words].append(name)
    return {key: tuple(names) for key, names in found.items()}


@lru_cache(maxsize=8192)
def misspelt(name: str) -> str | None:
    """The one body whose name is a letter added, dropped, changed or swapped away; None for a name known otherwise."""
    if len(name) < min(SURE_LENGTH.values()) or name.lower() in persons_by_surname() or country_of(name) is not None:
        return None
    pool = _long_names().get((name[0], len(re.split(r"[ -]", name))), ())
    near = {entries()[n][0].actor.id: n for n in pool if OSA.distance(name, n, score_cutoff=1) <= 1}
    return next(iter(near.values())) if len(near) == 1 else None


def slips(doc: Doc, taken: set[int]) -> list[tuple[int, int, tuple[Entry, ...]]]:
    """Misspelt names of bodies among the capitalised words that no table knows, as (start, end, meanings)."""
    found = []
    for token in doc:
        if token.i in taken or token.pos_ not in {"PROPN", "NOUN", "ADJ"} or not token.text[0].isupper():
            continue
        for end in _ends(doc, token.i, taken):
            known = misspelt(fold(doc[token.i : end].text))
            if known:
                found.append((token.i, end, entries()[known]))
                taken |= set(range(token.i, end))
                break
    return found


def _ends(doc: Doc, start: int, taken: set[int]) -> list[int]:
    """Where a name that starts there may end, the longest first: capitalised words, joined by hyphens or not."""
    ends, words = [], 0
    for i in range(start, min(len(doc), start + 2 * MOST_WORDS)):
        if doc[i].text == "-" and i > start:
            continue
        if i in taken or not doc[i].text[0].isupper() or not doc[i].is_alpha or words == MOST_WORDS:
            break
        words += 1
        ends.append(i + 1)
    return ends[::-1]
