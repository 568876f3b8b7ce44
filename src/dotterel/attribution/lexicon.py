"""The words that cite, read from the table `reporting_verbs`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from dotterel.errors import DataError
from dotterel.tables import read

CITING = frozenset({"speech", "show"})  # senses that tell what was said; the others tell what is thought or wanted
SENSES = CITING | {"belief", "wish", "judgement"}


@dataclass(frozen=True, slots=True)
class Entry:
    """What one citing word can mean: for each frame that may follow it, the sense it then has."""

    lemma: str
    frames: dict[str, str]  # quote | clause | infinitive | object | gerund | a preposition -> sense


@lru_cache(maxsize=1)
def entries() -> dict[tuple[str, str], Entry]:
    """The table by (part of speech, lemma). Raises DataError for a sense that does not exist."""
    found: dict[tuple[str, str], Entry] = {}
    for row in read("reporting_verbs"):
        if row["sense"] not in SENSES:
            raise DataError(f"reporting_verbs.tsv: '{row['lemma']}' has sense '{row['sense']}'; use one of {SENSES}")
        entry = found.setdefault((row["pos"], row["lemma"]), Entry(row["lemma"], {}))
        for frame in row["frames"].split():
            entry.frames.setdefault(frame, row["sense"])  # the table lists the stronger sense first
    return found


def verb(lemma: str) -> Entry | None:
    """The entry of a verb."""
    return entries().get(("verb", lemma.lower()))


def noun(lemma: str) -> Entry | None:
    """The entry of a noun."""
    return entries().get(("noun", lemma.lower()))


def adjective(lemma: str) -> Entry | None:
    """The entry of an adjective."""
    return entries().get(("adjective", lemma.lower()))


@lru_cache(maxsize=1)
def bearers() -> frozenset[str]:
    """Nouns for what bears words but does not speak ("statement", "placard"): behind them stands who issues them."""
    return frozenset(lemma for pos, lemma in entries() if pos == "bearer")


@lru_cache(maxsize=1)
def utterances() -> frozenset[str]:
    """Verbs beside which anything in quotation marks is an utterance ("chant")."""
    return frozenset(lemma for pos, lemma in entries() if pos == "utter")


@lru_cache(maxsize=1)
def phrases() -> dict[str, list[tuple[str, ...]]]:
    """The phrases that stand before a source ("according to"), as lower-case words, by their last word."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for pos, lemma in entries():
        if pos == "phrase":
            phrase = tuple(lemma.split())
            found.setdefault(phrase[-1], []).append(phrase)
    return found
