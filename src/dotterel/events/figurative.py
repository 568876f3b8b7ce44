"""Blows or words: an attack on a politician by a politician, with no sign of arms, is a rebuke, a contest, or nothing.

News of politics speaks of attacks, blasts, clashes and battles where nobody is touched. Only who stands on both sides
and what else the sentence tells show which is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from dotterel.events.signs import word_list

if TYPE_CHECKING:
    from dotterel.events.draft import Draft
    from dotterel.types import ActorMention

POLITICAL = {"GOV", "LEG", "PTY", "OPP", "MED", "JUD"}
ARMED = {"MIL", "REB", "COP"}
NAMED = {"named", "titled", "pronoun", "anaphor"}  # "ruling party youths" may well use their fists
MANY = {"attacks", "attacking"}  # by nobody told: words as a rule, where "the attack on Reagan" was none
WORD = re.compile(r"[a-z]+")


def literal(acts: Iterable[Draft]) -> Iterator[Draft]:
    """The acts, blows of words as accusations, contests and attacks by nobody on a politician's name left out."""
    for act in acts:
        if not among_politicians(act) or is_violent(act.mention.sentence):
            yield act
        elif act.lemma in word_list("rebuke") and act.actors and act.recipients:
            yield replace(
                act, type="ACCUSE", plain="ACCUSE", mode="disapprove", reason=f"{act.reason}; words among politicians"
            )


def among_politicians(act: Draft) -> bool:
    """Is it told by a word that rivals are spoken of with, of named persons and parties of which one is in politics?"""
    if act.type != "ASSAULT" or act.lemma not in word_list("rebuke") | word_list("contest"):
        return False
    spoken_to = all(is_speaker(m) or is_spoken_of(m) for m in act.recipients)
    if not spoken_to or not all(is_speaker(m) for m in act.actors):
        return False
    alone = not act.actors and act.mention.trigger.lower() not in MANY
    return not alone and any(is_politician(m) for m in (*act.actors, *act.recipients))


def is_speaker(mention: ActorMention) -> bool:
    """A person, party or newspaper by name, that bears no arms."""
    actor = mention.actor
    person = actor.id.startswith("person:") or actor.sector in {"PTY", "LEG", "MED"}
    return person and mention.kind in NAMED and not ARMED & {actor.sector, *actor.sectors}


def is_spoken_of(mention: ActorMention) -> bool:
    """Whom politicians attack in words although no name is told: the media, his rival for the nomination."""
    return mention.kind == "described" and mention.actor.sector in {"PTY", "LEG", "MED"}


def is_politician(mention: ActorMention) -> bool:
    """In politics by the sector, or known to the tables although out of office."""
    return mention.actor.sector in POLITICAL or mention.actor.country is not None


def is_violent(sentence: str) -> bool:
    """Does the sentence tell of arms, wounds or other force?"""
    return not word_list("armed").isdisjoint(WORD.findall(sentence.lower()))
