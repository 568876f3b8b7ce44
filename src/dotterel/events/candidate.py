"""A candidate act: its trigger, what the lexicon calls it, and the words that may name its parties."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dotterel.events.lexicon import Trigger

if TYPE_CHECKING:
    from dotterel.parsing import Token

Slots = tuple[tuple["Token", ...], ...]  # alternatives in order of preference, each with its conjuncts


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible act: its trigger, what the lexicon calls it, and the words that may name the parties."""

    row: Trigger
    trigger: tuple[Token, ...]  # in text order
    verb: Token  # the verb of its clause, which carries tense and negation
    agents: Slots
    recipients: Slots
    light: bool = False  # told by a light verb and a noun
    spoken: bool = False  # done by what a speech says: the speaker's act, real as soon as he has spoken

    @property
    def head(self) -> Token:
        """The word that carries the sense: a verb before its particles, a noun after what qualifies it."""
        if self.spoken:
            return self.verb
        return self.trigger[0] if self.row.pos == "VERB" else self.trigger[-1]
