"""Tells a report that is plainly not in English, from its script and its commonest small words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from dotterel import tables

_SAMPLE = 20_000  # characters judged: enough, and cheap for the longest report
_FEWEST_LETTERS = 20  # of a script other than Latin, before anything is concluded from it
_FEWEST_WORDS = 25  # Latin words; fewer are a headline, which passes
_FEWEST_DIFFERENT = 4  # small words of a language; "a" alone is a word of many
_ENGLISH_ENOUGH = 0.12  # share of small English words above which nothing else is asked; news has 0.3 to 0.45
_FOREIGN_ENOUGH = 0.15  # share of another language's small words that names it
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@lru_cache(maxsize=1)
def _small_words() -> dict[str, frozenset[str]]:
    return {row["language"]: frozenset(row["words"].split()) for row in tables.read("stopwords")}


def _other_script(text: str) -> str | None:
    """The script of three letters in four, where it is not Latin."""
    letters = [c for c in text if c.isalpha()]
    foreign = [c for c in letters if ord(c) > 0x24F]
    if len(foreign) < _FEWEST_LETTERS or 4 * len(foreign) < 3 * len(letters):
        return None
    scripts = Counter(unicodedata.name(c, "UNKNOWN").split()[0] for c in foreign[:500])
    script = scripts.most_common(1)[0][0]
    return None if script == "LATIN" else {"CJK": "Chinese"}.get(script, script.capitalize())


def _share(counts: Counter[str], small: frozenset[str]) -> float:
    """The share of a language's small words among all words; 0 where only a few different ones occur."""
    occurring = [counts[word] for word in small if word in counts]
    return sum(occurring) / counts.total() if len(occurring) >= _FEWEST_DIFFERENT else 0.0


def why_not_english(text: str) -> str | None:
    """Why the text cannot be English ("its letters are Cyrillic"), or None where it may be; a short text may."""
    sample = text[:_SAMPLE]
    script = _other_script(sample)
    if script:
        return f"most of its letters are {script}"
    words = [word.lower() for word in _WORD.findall(sample)]
    if len(words) < _FEWEST_WORDS:
        return None
    counts = Counter(words)
    shares = {language: _share(counts, small) for language, small in _small_words().items()}
    english = shares.pop("English")
    language = max(shares, key=lambda name: shares[name])
    if english < _ENGLISH_ENOUGH and shares[language] >= max(_FOREIGN_ENOUGH, 2 * english):
        return f"its words look {language}"
    return None
