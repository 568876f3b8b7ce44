"""The words that tell a lasting position, read from the tables `stance_words` and `stance_marks`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dotterel.tables import read


@dataclass(frozen=True, slots=True)
class StanceWord:
    """One row of the table: what a word says, and how it is tied to what it is said of."""

    lemma: str
    position: str  # supports | opposes | neutral
    link: tuple[str, ...]  # "object" or prepositions
    standing: str  # yes | marked | degree
    mutual: bool = False  # both sides hold the position toward each other


@dataclass(frozen=True, slots=True)
class Act:
    """What an event of one type shows: a row of the table `stance_acts`."""

    position: str  # supports | opposes
    evidence: str  # once | repeated | standing | joint
    mutual: bool


@lru_cache(maxsize=1)
def acts() -> dict[str, Act]:
    """The rows of `stance_acts` by event type."""
    return {row["type"]: Act(row["position"], row["evidence"], row["mutual"] == "yes") for row in read("stance_acts")}


@lru_cache(maxsize=1)
def words() -> dict[tuple[str, str], tuple[StanceWord, ...]]:
    """The rows by (part of speech, lemma); a word may have several ("fight", "fight alongside")."""
    found: dict[tuple[str, str], tuple[StanceWord, ...]] = {}
    for row in read("stance_words"):
        word = StanceWord(
            row["lemma"], row["position"], tuple(row["link"].split()), row["standing"], row["mutual"] == "yes"
        )
        found[row["pos"], row["lemma"]] = (*found.get((row["pos"], row["lemma"]), ()), word)
    return found


@lru_cache(maxsize=1)
def phrases() -> dict[str, list[tuple[tuple[str, ...], StanceWord]]]:
    """Phrases such as "at war with", as lower-case words with the row of each, by their last word."""
    found: dict[str, list[tuple[tuple[str, ...], StanceWord]]] = {}
    for (pos, lemma), rows in words().items():
        if pos == "phrase":
            phrase = tuple(lemma.split())
            found.setdefault(phrase[-1], []).append((phrase, rows[0]))
    return found


@lru_cache(maxsize=8)
def marks(use: str) -> dict[str, str]:
    """The words of one use, as the table lists the uses, with the position each tells, if any."""
    return {row["word"]: row["position"] for row in read("stance_marks") if row["use"] == use}
