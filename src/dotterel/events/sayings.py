"""A speech and what its words do: who is named in it, and which clauses assert something."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dotterel.events.grammar import child, is_verb, nouns
from dotterel.events.slots import noun_slot
from dotterel.events.speeches import Speech
from dotterel.events.subjects import surface_subjects
from dotterel.types import Actor, ActorMention, Roster

if TYPE_CHECKING:
    from dotterel.parsing import Token

OURS = {"i", "we"}
FUTURE = {"will", "shall", "'ll", "’ll", "wo"}
UNREAL = {"would", "could", "may", "might", "should", "must", "can"}
KNOWN = {"GOV", "LEG", "MIL", "IGO", "NGO", "PTY", "OPP", "REB", "JUD", "COP"}
OWES = KNOWN | {"BUS"}  # of whom something can be demanded by saying what they must do
CAMPAIGNS = {"LEG", "PTY"}  # whose members say at every turn what the parties at home should do


@dataclass(frozen=True, slots=True)
class Told:
    """An act in a speech: its words, the verb of its clause, who else than the speaker does it, whom it is done to."""

    words: tuple[Token, ...]
    verb: Token
    recipients: tuple[Token, ...] = ()
    agents: tuple[Token, ...] = ()


@dataclass(frozen=True, slots=True)
class Saying:
    """A speech and who is named in it."""

    speech: Speech
    roster: Roster

    def parties(self, words: Iterable[Token]) -> tuple[Token, ...]:
        """Those of the words that name another political party than the speaker or his side, or whose things they are:
        Israel for "Israeli occupiers", where these are no actors themselves."""
        found: list[Token] = []
        for word in words:
            if word.lower_ not in OURS and self.is_other(word):
                found.append(word)
            elif word.pos_ == "NOUN" and not self.roster.at(word.i):
                found.extend(self.behind(word))
        return tuple(found)

    def is_other(self, word: Token) -> bool:
        """Does the word name somebody political who is not the speaker?"""
        own = self.speech.speaker.actor
        return any(
            m.actor.id != own.id
            and m.actor.sector in KNOWN
            and not (m.actor.country == own.country and same_side(m, own))
            for m in self.roster.at(word.i)
        )

    def bound(self, words: Iterable[Token]) -> tuple[Token, ...]:
        """Those of the parties of whom the speaker can demand something by saying what they must do."""
        own = self.speech.speaker.actor
        return tuple(t for t in self.parties(words) if any(may_demand(own, m.actor) for m in named_at(t, self.roster)))

    def behind(self, noun: Token) -> tuple[Token, ...]:
        """The parties who own, did or qualify what a noun names: "ISIL's violence", "acts by", "Russian aggression"."""
        for slot in ("poss", "by", "mod"):
            found = tuple(t for t in noun_slot(slot, noun) if self.is_other(t))
            if found:
                return found
        return ()


def may_demand(speaker: Actor, asked: Actor) -> bool:
    """Is "must" a demand here? Of a state, its organ, a body or an armed group; but what lawmakers and candidates say
    that the parties and persons of their own country should do is talk."""
    if asked.sector not in OWES or asked.id.startswith("people:"):
        return False
    at_home = asked.country == speaker.country and speaker.country is not None
    talk = asked.sector in {"PTY", "OPP"} or (asked.id.startswith("person:") and asked.sector in CAMPAIGNS)
    return not (at_home and speaker.sector in CAMPAIGNS and talk)


def same_side(mention: ActorMention, own: Actor) -> bool:
    """Is a mention the state that the speaker speaks for?"""
    return mention.actor.id.startswith("state:") and own.sector in {"GOV", "MIL"}


def auxiliaries(verb: Token) -> set[str]:
    """The verb's auxiliaries, in lower case."""
    return {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}


def is_real(verb: Token) -> bool:
    """Is the clause asserted: no negation, condition, modal or question, its own or of a clause over it?"""
    for word in (verb, *verb.ancestors):
        if is_verb(word) and (word == verb or verb.dep_ in {"ccomp", "advcl", "xcomp", "acl", "relcl"}):
            if any(c.dep_ == "neg" for c in word.children) or (auxiliaries(word) & UNREAL and word == verb):
                return False
            if any(c.dep_ == "mark" and c.lower_ in {"if", "unless", "whether", "lest"} for c in word.children):
                return False
    return not verb.sent.text.rstrip(" \"”'").endswith("?")


def named_at(word: Token, roster: Roster) -> tuple[ActorMention, ...]:
    """Who a word names, "we" and "us" aside."""
    return () if word.lower_ in OURS | {"us", "our"} else tuple(roster.at(word.i))


def subjects_of(verb: Token) -> tuple[Token, ...]:
    """A verb's own subjects, conjuncts included."""
    own = child(verb, "nsubj", "nsubjpass")
    return nouns(own) if own is not None else ()


def is_ours(verb: Token) -> bool:
    """Is the doer "we" or "I"?"""
    return any(t.lower_ in OURS for t in surface_subjects(verb))
