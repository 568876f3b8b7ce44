"""Whom a protest is against, where its sentence says so otherwise than by "against": by its scene or its slogans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dotterel.actors.vocabulary import states
from dotterel.events.candidate import Candidate
from dotterel.types import ActorMention, Roster

if TYPE_CHECKING:
    from dotterel.parsing import Token

MISSIONS = {"embassy", "consulate", "mission"}
BEFORE = {"outside", "front", "at", "near", "opposite", "by", "beside"}
CARRIED = {"placard", "banner", "sign", "poster", "slogan", "chant", "shout", "declare"}
HOSTILE = {"down", "stop", "shame", "death", "no", "out", "against", "end", "murderer", "killer", "murderers", "war",
           "genocide", "terrorist", "terrorists", "boycott", "leave", "aggressor", "invader"}  # fmt: skip
MARKS = {'"', "“", "”", "'", "‘", "’", "``", "''"}


def told_target(candidate: Candidate, roster: Roster) -> tuple[ActorMention, ...]:
    """The state whose embassy the crowd stands before, or that its slogans name in anger; of several none."""
    sentence = list(candidate.verb.sent)
    at_embassy = {m.actor.country: m for t in sentence if before_mission(t, candidate) for m in foreign(t, roster)}
    found = at_embassy or {m.actor.country: m for t in slogans(sentence) for m in foreign(t, roster)}
    return tuple(found.values()) if len(found) == 1 else ()


def foreign(token: Token, roster: Roster) -> Iterator[ActorMention]:
    """The states and missions of states that a word names."""
    near = (token, *(c for c in token.children if c.dep_ in {"amod", "poss", "compound"}))
    named = (m for t in near for m in roster.at(t.i) if m.actor.country in states() and m.actor.sector == "GOV")
    yield from list(named)[:1]


def before_mission(token: Token, candidate: Candidate) -> bool:
    """Is it an embassy that the crowd of this act stands before?"""
    if token.lemma_.lower() not in MISSIONS or token.dep_ != "pobj":
        return False
    before = token.head.lower_ in BEFORE or (token.head.lower_ == "of" and token.head.head.lower_ == "front")
    return before and candidate.verb in token.ancestors


def slogans(sentence: list[Token]) -> Iterator[Token]:
    """The words of a sentence's hostile slogans, each in quotation marks after what carries it."""
    if not any(t.lemma_.lower() in CARRIED for t in sentence):
        return
    quoted: list[Token] = []
    inside = False
    for token in sentence:
        if token.text in MARKS and not (token.text in {"'", "’"} and token.dep_ == "case"):
            if inside and any(t.lower_ in HOSTILE for t in quoted):
                yield from quoted
            inside, quoted = not inside, []
        elif inside:
            quoted.append(token)
