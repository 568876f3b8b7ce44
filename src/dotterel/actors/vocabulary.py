"""What the tables say of words: states, head nouns, titles, sector words; and how names are folded for look-up."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from dotterel.settings import DATA
from dotterel.tables import read
from dotterel.types import Actor

_STRAIGHT = {
    "’": "'",
    "‘": "'",
    "“": '"',
    "”": '"',
    "–": "-",
    "—": "-",
    "\u00a0": " ",
    "ı": "i",
    "ø": "o",
    "ł": "l",
    "đ": "d",
}


@dataclass(frozen=True, slots=True)
class Title:
    """A title and what it says of its bearer."""

    office: str
    sector: str
    scope: str  # state | organisation | both
    gender: str
    home: tuple[str, ...] = ()  # states that have an office so called, the likeliest first; empty where many do


@dataclass(frozen=True, slots=True)
class Agent:
    """A head noun that describes an actor; the columns of agents.tsv."""

    sector: str
    kind: str  # person | crowd | organ | thing
    take: str  # strong | weak
    home: str  # state | place | none


def _plain(character: str) -> str:
    if character in _STRAIGHT:
        return _STRAIGHT[character]
    base = unicodedata.normalize("NFKD", character)[0]
    return base if base.isascii() else character


@lru_cache(maxsize=4096)
def _plain_cached(character: str) -> str:
    return _plain(character)


def fold(text: str) -> str:
    """The text without accents and curly quotes, character for character, so that offsets stay."""
    return text if text.isascii() else "".join(map(_plain_cached, text))


def slug(name: str) -> str:
    """A name as part of an id: lower case, words joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", fold(name).lower()).strip("-")


def has_table(name: str) -> bool:
    """Whether the package carries that table."""
    return (DATA / f"{name}.tsv").exists()


def split_cell(cell: str) -> list[str]:
    """The parts of a table cell between upright bars."""
    return [part.strip() for part in cell.split("|") if part.strip()]


@lru_cache(maxsize=1)
def states() -> dict[str, Actor]:
    """Code -> the state as an actor: its government."""
    return {
        row["code"]: Actor(f"state:{row['code']}", row["name"], row["code"], "GOV", ("GOV",)) for row in read("states")
    }


def country_name(code: str) -> str:
    """The name of a country by its code; the code itself where it is none's."""
    return states()[code].name if code in states() else code


@lru_cache(maxsize=1)
def adjectives() -> dict[str, str]:
    """Code -> the first demonym, for the names of described actors."""
    return {row["code"]: (split_cell(row["demonyms"]) or [row["name"]])[0] for row in read("states")}


def state_as(code: str, sector: str, name: str) -> Actor:
    """A described part of a state, such as its soldiers."""
    return Actor(f"role:{code}-{sector}-{slug(name)}", name, code, sector, (sector,))


@lru_cache(maxsize=1)
def agents() -> dict[str, Agent]:
    """Head noun -> what it says of the actor it describes."""
    return {row["head"]: Agent(row["sector"], row["kind"], row["take"], row["home"]) for row in read("agents")}


@lru_cache(maxsize=1)
def titles() -> dict[str, Title]:
    """Title in lower case -> what it says of its bearer."""
    return {
        row["title"].lower(): Title(
            row["office"], row["sector"], row["scope"], row["gender"], tuple(split_cell(row["country"]))
        )
        for row in read("titles")
    }


@lru_cache(maxsize=1)
def sector_words() -> dict[str, tuple[str, str]]:
    """Word before a head noun -> the sector it tells, and over which head nouns it prevails: weak | all."""
    return {row["word"]: (row["sector"], row["over"]) for row in read("sector_words")}


@lru_cache(maxsize=1)
def _word_classes() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in read("actor_words"):
        found.setdefault(row["use"], set()).add(row["word"])
    return {use: frozenset(members) for use, members in found.items()}


def word_class(use: str) -> frozenset[str]:
    """The words of one class of actor_words.tsv."""
    return _word_classes()[use]
