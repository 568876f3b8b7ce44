"""Acts done by speaking: what a speech asks of another party, blames it for, praises, offers, refuses or threatens."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from dotterel import tables
from dotterel.attribution import Attribution
from dotterel.events.candidate import Candidate
from dotterel.events.candidates import DEMAND
from dotterel.events.frames import FRAMES
from dotterel.events.grammar import base_forms
from dotterel.events.lexicon import Trigger
from dotterel.events.sayings import Saying, may_demand, named_at
from dotterel.events.speeches import Speech, speaks_politics, speech_of_tokens, speeches
from dotterel.types import Quote, Roster

if TYPE_CHECKING:
    from dotterel.parsing import Doc, Token


@lru_cache(maxsize=1)
def rows() -> dict[str, tuple[tuple[str, Trigger], ...]]:
    """The table of speech acts by lemma, each with its frame."""
    found: dict[str, list[tuple[str, Trigger]]] = defaultdict(list)
    for row in tables.read("speech_acts"):
        act = Trigger(row["frame"], "VERB", (), row["type"], None, (), (), True, False, row["example"])
        for word in row["words"].split("|"):
            found[word].append((row["frame"], act))
    return {word: tuple(acts) for word, acts in found.items()}


def with_spoken(found: Iterable[Candidate], spoken: Iterable[Candidate], roster: Roster) -> tuple[Candidate, ...]:
    """All candidates; of the others those left out that only tell what a speech asks for, offers, refuses or threatens.

    Who accuses another of a deed tells the deed as well. What "must" be done is asked of somebody the roster knows.
    """
    spoken = tuple(spoken)
    willed = {t.i for c in spoken if c.row.type not in {"ACCUSE", "SUPPORT"} for t in (*c.trigger, c.verb)}
    others = (c for c in found if c.head.i not in willed)
    return (*(c for c in others if c.row is not DEMAND or asks_somebody(c, spoken, roster)), *spoken)


def asks_somebody(demand: Candidate, spoken: Iterable[Candidate], roster: Roster) -> bool:
    """Is a demand of somebody in a political role put to an actor, and told by no act of the speech already?"""
    told = {c.verb.head.i for c in spoken if c.row.type == "REQUEST"}
    asked = [m for slot in demand.recipients for t in slot if t.dep_ != "nsubjpass" for m in named_at(t, roster)]
    doers = [m for slot in demand.agents for t in slot for m in roster.at(t.i) if speaks_politics(m, t)]
    return demand.verb.i not in told and any(may_demand(d.actor, m.actor) for d in doers for m in asked)


def find_spoken(
    doc: Doc, attributions: Iterable[Attribution], quotes: Iterable[Quote], roster: Roster
) -> Iterator[Candidate]:
    """The acts that political actors do in the words they are cited for, one a type and clause, in text order."""
    owners = speech_of_tokens(doc, speeches(doc, attributions, quotes, roster))
    seen: set[tuple[str, int]] = set()
    for at in sorted(owners):
        for candidate in spoken_at(doc[at], owners[at], roster):
            key = (candidate.row.type, candidate.verb.i)
            if key not in seen:
                seen.add(key)
                yield candidate


def spoken_at(token: Token, speech: Speech, roster: Roster) -> Iterator[Candidate]:
    """The acts that a word of a speech tells."""
    saying = Saying(speech, roster)
    for frame, act in next((found for form in base_forms(token) if (found := rows().get(form))), ()):
        told = FRAMES[frame](token, saying)
        if told is not None:
            agents = told.agents or (speech.head,)
            recipients = (told.recipients,) if told.recipients else ()
            yield Candidate(act, told.words, told.verb, (agents,), recipients, spoken=True)
