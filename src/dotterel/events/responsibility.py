"""Claims of responsibility, in whatever sentence they stand: "the Taliban said it was behind the attack"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dotterel.events.grammar import child, is_verb, prepositional
from dotterel.events.signs import negative_subject
from dotterel.events.subjects import surface_subjects
from dotterel.types import ActorMention, Event, Roster

if TYPE_CHECKING:
    from dotterel.parsing import Doc, Token

_OWNED = frozenset({"responsibility", "credit"})
_OWNS = frozenset({"claim", "take", "accept", "admit", "assume"})
_ACTS = frozenset(
    {"attack", "bombing", "assault", "raid", "blast", "explosion", "shooting", "killing", "ambush", "strike"}
)
_SAYS = frozenset({"say", "deny", "claim", "announce", "declare", "boast", "confirm", "state", "admit", "add"})
_DOES = frozenset({"carry", "stage", "conduct", "perpetrate", "launch", "mount", "execute"})
_OWN_SIDE = frozenset({"it", "they", "he", "she", "we", "its", "their", "his"})
_REACH = 1200  # characters back from a claim that names no act: about three paragraphs


@dataclass(frozen=True, slots=True)
class Claim:
    """Somebody's word that an act was theirs."""

    by: ActorMention
    acts: tuple[tuple[int, int], ...]  # character spans of the words for the act, where the claim names it
    start: int
    end: int  # of its sentence
    again: bool  # the act is one told before: "the attack", or "… killed ten, an attack claimed by"
    denied: bool  # "denied it was behind the attack"


def with_claims(events: tuple[Event, ...], doc: Doc, roster: Roster) -> tuple[Event, ...]:
    """The events, attacks with who claimed them; the claimant did it where nobody else is named as the doer."""
    found = {event.id: event for event in events}  # in the order of the report, each replaced in its place
    for claim in claims(doc, roster):
        target = _claimed(tuple(found.values()), claim)
        if target is not None and claim.denied:
            others = tuple(m for m in target.actors if m.actor.id != claim.by.actor.id)
            found[target.id] = replace(target, actors=others)
        elif target is not None:
            told = _told_before(tuple(found.values()), target, claim) if claim.again else None
            if told is not None:  # "the bombing", told in full before
                del found[target.id]
                target = replace(told, mentions=(*told.mentions, *target.mentions))
            by = target.claimed_by or claim.by
            found[target.id] = replace(target, claimed_by=by, actors=target.actors or (claim.by,))
    return tuple(e for e in found.values() if not _self_inflicted(e))


def _self_inflicted(event: Event) -> bool:
    """Is the claimant the only one attacked, as where the grammar of a claim was misread?"""
    by = event.claimed_by.actor.id if event.claimed_by else None
    doers, hit = ({m.actor.id for m in side} for side in (event.actors, event.recipients))
    return by is not None and doers <= {by} and hit == {by}


def claims(doc: Doc, roster: Roster) -> Iterator[Claim]:
    """The claims of a report in text order; "no group has claimed" and what is denied are none."""
    for token in doc:
        if token.lower_ in _OWNED | {"behind"} or token.lemma_.lower() in _DOES | {"claim"}:
            told = _owned(token) or _behind(token) or _done(token) or _claims_act(token)
            by = first_mention_of(told.by, roster) if told else None
            if told and by is not None:
                spans = tuple((t.idx, t.idx + len(t)) for t in told.acts)
                again = not told.acts or any(_again(t) for t in told.acts)
                yield Claim(by, spans, token.sent.start_char, token.sent.end_char, again, _denied(token))


def _again(act: Token) -> bool:
    """Does the noun point back to an act told before, or sum up the clause it stands beside?"""
    pointing = any(c.lower_ in {"the", "this", "that", "these", "both"} or c.dep_ == "poss" for c in act.children)
    first = act.left_edge
    return pointing or (first.i > 0 and first.nbor(-1).text in {",", "–", "—"})


def first_mention_of(tokens: tuple[Token, ...], roster: Roster) -> ActorMention | None:
    """The first actor that one of the words names."""
    return next((m for t in tokens for m in roster.at(t.i)), None)


@dataclass(frozen=True, slots=True)
class Told:
    """The words of a claim: those for the claimant and those for the act."""

    by: tuple[Token, ...]
    acts: tuple[Token, ...]


def _owned(noun: Token) -> Told | None:
    """ "Claimed responsibility for", "took credit for", "a claim of responsibility by"."""
    if noun.lower_ not in _OWNED:
        return None
    verb = noun.head
    acts = (*prepositional(noun, "for"), *prepositional(verb, "for"))
    if verb.lower_ == "of" and verb.head.lemma_.lower() == "claim" and verb.head.pos_ == "NOUN":
        claim, owner = verb.head, child(verb.head, "poss")
        heads = (noun, claim, claim.head)
        by = (
            (owner,)
            if owner is not None
            else tuple(t for h in heads for p in ("by", "from") for t in prepositional(h, p))
        )
        return Told(by, (*acts, *prepositional(claim, "for")))
    if not is_verb(verb) or verb.lemma_.lower() not in _OWNS or _unsaid(verb):
        return None
    if noun.dep_ == "nsubjpass":
        return Told(prepositional(verb, "by"), acts)
    return Told(surface_subjects(verb), acts)


def _behind(word: Token) -> Told | None:
    """ "Said it was behind the attack": the one who says so, of itself."""
    if word.lower_ != "behind" or word.head.lemma_.lower() != "be" or _unsaid(word.head):
        return None
    acts = tuple(t for t in word.children if t.dep_ == "pobj")
    return _of_itself(word.head, acts)


def _done(verb: Token) -> Told | None:
    """ "Said its fighters had carried out the raid"."""
    if verb.lemma_.lower() not in _DOES or not is_verb(verb) or _unsaid(verb):
        return None
    return _of_itself(verb, tuple(t for t in verb.children if t.dep_ == "dobj"))


def _claims_act(verb: Token) -> Told | None:
    """ "Claimed the attack", "the attack was claimed by"."""
    if verb.lemma_.lower() != "claim" or not is_verb(verb) or _unsaid(verb):
        return None
    if verb.tag_ == "VBN" and verb.dep_ == "acl" and verb.head.lemma_.lower() in _ACTS:
        return Told(prepositional(verb, "by"), (verb.head,))
    passive, active = child(verb, "nsubjpass"), child(verb, "dobj")
    act = passive if passive is not None else active
    if act is None or act.lemma_.lower() not in _ACTS:
        return None
    return Told(prepositional(verb, "by") if passive is not None else surface_subjects(verb), (act,))


def _of_itself(verb: Token, acts: tuple[Token, ...]) -> Told | None:
    """The speaker of a clause whose subject is the speaker's own side."""
    subject, saying = child(verb, "nsubj"), verb.head
    if subject is None or verb.dep_ != "ccomp" or saying.lemma_.lower() not in _SAYS or _unsaid(saying):
        return None
    owner = child(subject, "poss")
    own = subject.lower_ in _OWN_SIDE or (owner is not None and owner.lower_ in _OWN_SIDE)
    return Told(surface_subjects(saying), acts) if own else None


def _unsaid(verb: Token) -> bool:
    """Is nothing claimed: negated, or by nobody?"""
    nobody = any(c.dep_ == "nsubj" and c.lower_ in {"nobody", "no-one"} for c in verb.children)
    return nobody or any(c.dep_ == "neg" for c in verb.children) or negative_subject(verb)


def _denied(token: Token) -> bool:
    return any(t.lemma_.lower() == "deny" for t in token.ancestors)


def _told_before(events: tuple[Event, ...], bare: Event, claim: Claim) -> Event | None:
    """The attack told in full before, or in the same sentence, that an attack on nobody named sums up."""
    if bare.recipients or len(bare.mentions) > 1:
        return None
    first = bare.mentions[0].start
    near = [
        e
        for e in _attacks(events)
        if e is not bare
        and e.recipients
        and first - _REACH < e.mentions[0].start < first
        and _may_have_done(e, claim.by)
    ]
    return max(near, key=lambda e: max(m.start for m in e.mentions if m.start < first), default=None)


def _attacks(events: tuple[Event, ...]) -> list[Event]:
    return [e for e in events if e.type == "ASSAULT" and e.status in {"occurred", "ongoing"}]


def _claimed(events: tuple[Event, ...], claim: Claim) -> Event | None:
    """The attack a claim means: one its words tell, else one its sentence tells, else the last one told before."""
    attacks = _attacks(events)
    named = [e for e in attacks if any(m.start < b and a < m.end for m in e.mentions for a, b in claim.acts)]
    here = [e for e in attacks if any(claim.start <= m.start < claim.end for m in e.mentions)]
    before = {m.start: e for e in attacks for m in e.mentions if claim.start - _REACH < m.start < claim.start}
    last = [before[max(before)]] if before and not claim.denied else []
    fitting = [e for e in (*named, *here, *last) if _may_have_done(e, claim.by)]
    return fitting[0] if fitting else None


def _may_have_done(event: Event, by: ActorMention) -> bool:
    """May the claimant have done it: not the one attacked, and no other state or group is named as the doer?"""
    if by.actor.id in {m.actor.id for m in event.recipients}:
        return False
    others = [m.actor for m in event.actors if m.actor.id.startswith(("state:", "group:", "organisation:"))]
    return not others or by.actor.id in {a.id for a in others}
