"""What a worded position is, and when the words assert it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dotterel.stances.lexicon import StanceWord

if TYPE_CHECKING:
    from dotterel.parsing import Token

_NOT_MEANT = frozenset({"would", "could", "might", "may", "should", "will", "can", "must"})
GOING_ON = frozenset({"continue", "remain", "keep", "vote", "vow", "pledge"})


@dataclass(frozen=True, slots=True)
class Wording:
    """A position as worded: who holds it toward what (head words), and the words that tell it."""

    holder: Token | str  # a str is a name inside a compound ("Iranian-backed")
    toward: Token | str
    position: str
    first: Token  # the words that tell it run from here
    last: Token
    reason: str
    between_actors: bool = False  # it tells nothing unless it is toward an actor ("fights", "backed by")
    mutual: bool = False  # the other side holds the position too


def asserted(verb: Token) -> bool:
    """Is the verb stated as fact: not denied, not merely possible, no bare infinitive?"""
    if verb.dep_ == "ccomp" and any(c.dep_ == "neg" for c in verb.head.children):
        return False  # "I don't think that we are at war with X"
    aux = [c for c in verb.children if c.dep_ in ("aux", "neg")]
    if any(c.dep_ == "neg" or c.lower_ in _NOT_MEANT for c in aux):
        return False
    return verb.tag_ != "VB" or (verb.dep_ == "xcomp" and verb.head.lemma_ in GOING_ON)


def linked(word: Token, entry: StanceWord) -> Token | None:
    """What the word is tied to by its table row: the object, or the object of one of the prepositions."""
    for child in word.rights:
        if "object" in entry.link and child.dep_ in ("dobj", "obj"):
            return child
        if child.dep_ in ("prep", "advmod") and child.lower_ in entry.link:
            return next((t for t in child.children if t.dep_ == "pobj"), None)
    return None
