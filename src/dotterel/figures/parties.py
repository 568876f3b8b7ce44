"""Who a count is of: the event that it counts or whose toll it is, by whom, and against whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from dotterel import tables
from dotterel.actors.knowledge import states
from dotterel.attribution.sources import mention_of
from dotterel.figures.governors import senses
from dotterel.figures.scene import SHARED, clause_of
from dotterel.figures.units import Count
from dotterel.types import ActorMention, Event, Mention, Roster

if TYPE_CHECKING:
    from dotterel.parsing import Token

ACTS = frozenset({"strikes"})  # counts of acts, whose own words may say by whom and on whom
DOING = frozenset({"conduct", "carry", "launch", "fly", "fire", "stage", "mount", "perform", "make"})
LISTED = re.compile(r"(?:\s+(?:against|for|in favou?r|opposed|abstentions?))?\s*\(([^()\n]+(?:\([^()]*\)[^()\n]*)*)\)")


def names(mentions: Iterable[ActorMention], count: Count) -> str | None:
    """The names of the actors, those left out who are themselves what is counted, or are counted beside it."""
    counted = count.unit.split()[-1].lower()
    beside = [token.idx for token in count.head.conjuncts]
    apart = [m for m in mentions if m.end <= count.start or count.end <= m.start]
    apart = [m for m in apart if not any(m.start <= at < m.end for at in beside)]
    others = [m for m in apart if counted not in m.text.lower().split() and not _elsewhere(m, count)]
    return ", ".join(dict.fromkeys(map(_name, others))) or None


def _elsewhere(mention: ActorMention, count: Count) -> bool:
    """People whom another sentence describes may be those counted, in other words."""
    sentence = count.head.sent
    return mention.actor.id.startswith("role:") and not sentence.start_char <= mention.start < sentence.end_char


def _name(mention: ActorMention) -> str:
    """The name of the actor; where a state's own name stands for its army or government, the state."""
    state = states().get(mention.actor.country or "")
    return state.name if state is not None and mention.text == state.name else mention.actor.name


# --- the sides that the counted noun phrase names itself ------------------------------------------------------------


def sides_of(count: Count, roster: Roster) -> tuple[tuple[ActorMention, ...], tuple[ActorMention, ...]]:
    """By whom and on whom acts were done, where the words beside the count say so: "strikes flown by X on Y"."""
    if count.what == "votes":
        return _voters(count, roster), ()
    if count.what not in ACTS:
        return (), ()
    return _known(_agents(count.head), roster), _known(_targets(count.head), roster)


def doers_of(count: Count, roster: Roster) -> tuple[ActorMention, ...]:
    """Who carried out the acts counted, where they are what a verb of doing has for its object."""
    verb = count.head.head
    if count.what not in ACTS or count.head.dep_ != "dobj" or verb.lemma_.lower() not in DOING:
        return ()
    return _known((c for c in verb.children if c.dep_ == "nsubj"), roster)


def _voters(count: Count, roster: Roster) -> tuple[ActorMention, ...]:
    """Those listed in brackets after a count of votes: "four against (A, B, C and D)"."""
    listed = LISTED.match(count.head.doc.text, count.end)
    found = roster.within(*listed.span(1)) if listed else ()
    return tuple(m for m in found if m.kind == "named" and m.actor.sector != "UNK")


def _known(heads: Iterable[Token], roster: Roster) -> tuple[ActorMention, ...]:
    found = (mention_of(head, roster) for head in heads)
    return tuple(mention for mention in found if mention is not None)


def _agents(noun: Token) -> Iterator[Token]:
    """ "300 airstrikes by X", "the 8,000 strikes that were flown by X"."""
    for child in (noun, *(c for c in noun.children if c.dep_ in {"acl", "relcl"})):
        for by in child.children:
            if by.lower_ == "by" and by.dep_ in {"agent", "prep"}:
                yield from (t for c in by.children if c.dep_ == "pobj" for t in (c, *c.conjuncts))


def _targets(noun: Token) -> Iterator[Token]:
    """ "12 strikes on X", "25 attacks targeting X", "strikes that were flown against X"."""
    clauses = [c for c in noun.children if c.dep_ in {"acl", "relcl"}]
    for child in (c for word in (noun, *clauses) for c in word.children):
        if child.dep_ == "prep" and child.lower_ in {"on", "against"}:
            yield from (c for c in child.children if c.dep_ == "pobj")
    for clause in clauses:
        if clause.lemma_.lower() in {"target", "hit"}:
            yield from (c for c in clause.children if c.dep_ == "dobj")


# --- the event ------------------------------------------------------------------------------------------------------


def event_of(count: Count, events: tuple[Event, ...], agents: tuple[ActorMention, ...] = ()) -> Event | None:
    """The event whose trigger governs the count, else the nearest in its clause of a type that fits.

    `agents` are those the count's own words name: an event of others is not counted.
    """
    clause, nearest = clause_of(count.head, SHARED), None
    for event, mention in _in_sentence(count, events, agents):
        if count.governor is not None and mention.start <= count.governor.idx < mention.end:
            return event
        trigger = count.head.doc.char_span(mention.start, mention.end)
        if trigger is None or not _fits(event, mention, count) or clause_of(trigger.root, SHARED) != clause:
            continue
        if not _bears_on(trigger.root, count):
            continue
        nearest = min(nearest or (_gap(mention, count), event), (_gap(mention, count), event), key=lambda pair: pair[0])
    return nearest[1] if nearest else None


def _bears_on(trigger: Token, count: Count) -> bool:
    """Does one of the two stand below the other? "Killing 12" is no part of "before being shot by police"."""
    anchor = count.governor or count.head
    return trigger == anchor or trigger in anchor.ancestors or anchor in trigger.ancestors


def told_beside(count: Count, events: tuple[Event, ...], agents: tuple[ActorMention, ...] = ()) -> Event | None:
    """The only event of a fitting type in the count's sentence, though another clause tells it."""
    fitting = {e.id: e for e, mention in _in_sentence(count, events, agents) if _fits(e, mention, count)}
    return next(iter(fitting.values())) if len(fitting) == 1 else None


def _in_sentence(
    count: Count, events: tuple[Event, ...], agents: tuple[ActorMention, ...]
) -> Iterator[tuple[Event, Mention]]:
    """The events told in the count's sentence, each with its mention there; only those by `agents`, if any."""
    ids = {m.actor.id for m in agents}
    for event in events:
        if ids and ids.isdisjoint(m.actor.id for m in event.actors):
            continue
        for mention in event.mentions:
            if mention.sentence_start <= count.start < mention.sentence_end:
                yield event, mention


def _gap(mention: Mention, count: Count) -> int:
    return max(mention.start - count.end, count.start - mention.end)


def _fits(event: Event, mention: Mention, count: Count) -> bool:
    """Is the event of a type that such figures measure, or does a word such as "voted" tell it?"""
    if event.status in {"negated", "hypothetical"}:
        return False
    acting = count.head.dep_ in {"nsubj", "dep"} and count.governor is not None and count.governor.pos_ == "VERB"
    if event.type in _types(count.what, "subject_event" if acting and count.what == "troops" else "event"):
        return True
    told = mention.trigger.lower().split()
    return any(what == count.what and word in told for word, what in senses("trigger").items())


@lru_cache(maxsize=32)
def _types(what: str, role: str) -> frozenset[str]:
    """The event types that figures of that sense measure."""
    rows = tables.read("figure_words")
    return frozenset(r["word"] for r in rows if r["role"] == role and r["what"] == what)
