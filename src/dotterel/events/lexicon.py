"""The trigger lexicon as read from its tables: which words tell an act of which type, under which conditions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from dotterel import tables
from dotterel.errors import DataError

PARTIES, PLACES = ("PERSON", "NORP", "ORG", "GPE"), ("GPE", "LOC", "FAC")
ENTITIES = {"@people": PARTIES, "@leader": PARTIES, "state": ("GPE",), "country": ("GPE",), "government": ("GPE",),
            "nation": ("GPE", "NORP", "ORG"),
            "@armed": ("GPE", "NORP", "ORG"), "@place": PLACES, "@territory": PLACES}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Condition:
    """One demand of a row on the words around its trigger, e.g. `prep:from=@place` or `-obj`."""

    what: str  # obj | subj | prep | to | that | ing | mod | under or the name of a preposition for nouns
    preposition: str  # the preposition, for `prep`
    words: frozenset[str]  # head lemmas that satisfy it; empty: any
    entities: frozenset[str]  # entity labels that satisfy it too: a named state is a @state, a named town a @place
    wanted: bool  # False where the row demands the absence


@dataclass(frozen=True, slots=True)
class Trigger:
    """One row of the lexicon."""

    word: str  # lemma, with particle or compound
    pos: str  # VERB | NOUN | ADJ
    conditions: tuple[Condition, ...]
    type: str  # PLOVER type, or NONE for a sense that is no event
    mode: str | None
    actor: tuple[str, ...]  # slots, in order of preference (nouns)
    recipient: tuple[str, ...]  # slots, in order of preference
    alone: bool  # a noun that needs no light verb
    reciprocal: bool  # the parties do it together
    example: str

    @property
    def weight(self) -> int:
        """How specific the row is: its conditions, twice where they name words, and its own words beyond the first."""
        return sum(2 if c.words else 1 for c in self.conditions) + 3 * self.word.count(" ")


@dataclass(frozen=True, slots=True)
class Governor:
    """A word that governs another act and changes what is recorded of it."""

    word: str
    pos: str
    complement: str  # to | that | ing | gerund | obj | prep:X
    control: str  # subj | obj | -
    effect: str  # drop | planned | proposed | hypothetical | negated | ongoing | keep | alleged | said


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All trigger tables, indexed by lemma."""

    verbs: dict[str, tuple[Trigger, ...]]
    nouns: dict[str, tuple[Trigger, ...]]
    adjectives: dict[str, tuple[Trigger, ...]]
    light: dict[str, str]  # verb -> role its subject takes: actor | recipient
    governors: dict[str, tuple[Governor, ...]]


@lru_cache(maxsize=1)
def classes() -> dict[str, frozenset[str]]:
    """Word classes by name (`@people` -> head lemmas)."""
    members: dict[str, set[str]] = defaultdict(set)
    for row in tables.read("trigger_classes"):
        members[row["class"]].add(row["word"].casefold())
    return {name: frozenset(words) for name, words in members.items()}


def words_of(text: str, where: str) -> frozenset[str]:
    """The lemmas that a condition's right side allows: words and @classes joined by `|`."""
    found: set[str] = set()
    for part in filter(None, (p.strip() for p in text.split("|"))):
        if part.startswith("@"):
            if part not in classes():
                raise DataError(f"{where}: unknown word class {part}; define it in trigger_classes.tsv")
            found |= classes()[part]
        else:
            found.add(part.casefold())
    return frozenset(found)


def condition(text: str, where: str) -> Condition:
    """One condition from its written form."""
    wanted, body = not text.startswith("-"), text.lstrip("-")
    name, _, right = body.partition("=")
    what, _, preposition = name.partition(":")
    entities = {label for part in right.split("|") for label in ENTITIES.get(part.strip(), ())}
    return Condition(what.strip(), preposition.strip(), words_of(right, where), frozenset(entities), wanted)


def conditions(text: str, where: str) -> tuple[Condition, ...]:
    """All conditions of a `needs` cell."""
    return tuple(condition(part.strip(), where) for part in text.split(";") if part.strip())


def slots(text: str) -> tuple[str, ...]:
    """The alternatives of an `actor` or `recipient` cell, `-` (nobody) left out."""
    return tuple(part.strip() for part in text.split("|") if part.strip() not in {"", "-"})


def trigger(row: dict[str, str], word: str, pos: str) -> Trigger:
    """One table row as a Trigger. Raises DataError for an unknown word class."""
    return Trigger(
        word=word,
        pos=pos,
        conditions=conditions(row["needs"], f"trigger '{word}'"),
        type=row["type"],
        mode=row.get("mode") or None,
        actor=slots(row.get("actor", "")),
        recipient=slots(row.get("recipient", "")),
        alone=row.get("alone", "yes") == "yes",
        reciprocal=row.get("reciprocal") == "yes",
        example=row["example"],
    )


def index(rows: Iterable[Trigger]) -> dict[str, tuple[Trigger, ...]]:
    """Triggers by the last word of a noun compound or the first of a phrasal verb, most specific first."""
    found: dict[str, list[Trigger]] = defaultdict(list)
    for row in rows:
        found[row.word.split()[-1 if row.pos == "NOUN" else 0]].append(row)
    return {word: tuple(sorted(group, key=lambda t: -t.weight)) for word, group in found.items()}


def governors() -> dict[str, tuple[Governor, ...]]:
    """The governor table, by lemma."""
    found: dict[str, list[Governor]] = defaultdict(list)
    for row in tables.read("triggers_governors"):
        found[row["word"]].append(Governor(row["word"], row["pos"], row["complement"], row["control"], row["effect"]))
    return {word: tuple(rows) for word, rows in found.items()}


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """The whole lexicon, read once per process. Raises DataError for a malformed table."""
    verbs = (trigger(r, r["verb"].casefold(), "VERB") for r in tables.read("triggers_verbs"))
    nouns = (trigger(r, r["noun"].casefold(), "NOUN") for r in tables.read("triggers_nouns"))
    adjectives = (trigger(r, r["adjective"].casefold(), "ADJ") for r in tables.read("triggers_adjectives"))
    light = {r["verb"]: r["role"] for r in tables.read("triggers_light")}
    return Lexicon(index(verbs), index(nouns), index(adjectives), light, governors())
