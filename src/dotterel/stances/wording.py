"""Reads positions off the grammar: verbs, nouns, adjectives, phrases and compounds that tell one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dotterel.attribution.sources import possessor_of, source_of
from dotterel.stances.demands import demands
from dotterel.stances.lexicon import StanceWord, marks, phrases, words
from dotterel.stances.purposes import purposes
from dotterel.stances.ties import ties
from dotterel.stances.worded import GOING_ON, Wording, asserted, linked

if TYPE_CHECKING:
    from dotterel.parsing import Parse, Token

_FIGHTING = frozenset({"fight", "battle"})
_PRESENT = frozenset({"VBZ", "VBP"})


def find_wordings(parse: Parse) -> Iterator[Wording]:
    """The positions told in words, in text order; whoever holds them may still turn out to be nobody known."""
    for token in parse.doc:
        if token.is_alpha or "-" in token.text:
            yield from _verb(token)
            yield from _noun(token)
            yield from _adjective(token)
            yield from _phrase(token)
            yield from ties(token)
            yield from purposes(token)
            yield from demands(token)


def _verb(verb: Token) -> Iterator[Wording]:
    """ "X has long supported Y", "rebels fighting alongside Y", "the militia, backed by X"."""
    if verb.pos_ not in ("VERB", "AUX"):
        return
    if (
        verb.tag_ == "VBN"
        and verb.lower_ in marks("participle")
        and verb.dep_ in ("acl", "amod", "relcl", "ROOT", "conj")
    ):
        yield from _backed(verb)
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)
    if passive or not asserted(verb) or any(c.dep_ == "prt" for c in verb.children):
        return
    for entry in words().get(("verb", verb.lemma_.lower()), ()):
        holder = verb.head if verb.dep_ == "acl" and verb.tag_ == "VBG" else source_of(verb)
        toward = linked(verb, entry)
        if holder is not None and toward is not None and _standing(verb, entry):
            reason = f"'{verb.text}' tells a lasting position"
            hostile = entry.lemma in _FIGHTING or entry.standing == "perfect"
            yield Wording(holder, toward, entry.position, verb, toward, reason, hostile)


def _backed(verb: Token) -> Iterator[Wording]:
    """ "Y is backed by X", "Y, backed by X"."""
    by = next((c for c in verb.children if c.lower_ == "by" and c.dep_ in ("agent", "prep")), None)
    holder = next((c for c in by.children if c.dep_ == "pobj"), None) if by is not None else None
    patient = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if patient is None and verb.dep_ in ("acl", "amod"):
        patient = verb.head
    tensed = [c.tag_ for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if holder is not None and patient is not None and "VBD" not in tensed and asserted(verb):
        position = marks("participle")[verb.lower_]
        yield Wording(holder, patient, position, verb, holder, f"'{verb.text} by' tells a lasting position", True)


def _standing(verb: Token, entry: StanceWord) -> bool:
    """Does the verb tell a lasting position rather than one act?"""
    if entry.standing == "yes":
        return True
    beside = {c.lower_ for c in verb.children} | {
        g.lower_ for c in verb.children for g in c.children if c.dep_ == "aux"
    }
    if beside & set(marks("duration")) or beside & set(marks("degree")):
        return True
    if entry.standing == "degree":
        return False
    if entry.standing == "perfect":
        return verb.tag_ == "VBN" and any(c.dep_ == "aux" and c.lower_ in ("has", "have") for c in verb.children)
    aux = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    progressive = verb.tag_ == "VBG" and (
        bool(aux & {"is", "are", "been", "'s", "’s", "'re", "’re"}) or verb.dep_ == "acl"
    )
    return verb.tag_ in _PRESENT or progressive or verb.head.lemma_ in GOING_ON


def _noun(noun: Token) -> Iterator[Wording]:
    """ "X is an ally of Y", "X, a critic of Y", "Y's ally X", "X and Y are archrivals"."""
    if noun.pos_ != "NOUN":
        return
    lemma = noun.lemma_.lower()
    compound = noun.i >= 2 and noun.nbor(-1).text == "-" and noun.nbor(-2).lower_ == "arch"
    for entry in words().get(("noun", lemma), ()):
        holder = _described(noun)
        if holder is None:
            continue
        toward = linked(noun, entry) or next((c for c in noun.children if c.dep_ == "poss"), None)
        reason = f"'{'arch-' if compound else ''}{noun.text}' tells a lasting position"
        if toward is not None:
            last = toward if toward.i > noun.i else noun
            yield Wording(holder, toward, entry.position, noun, last, reason, mutual=entry.mutual)
        elif noun.tag_ == "NNS" and noun.dep_ == "attr":
            yield from (Wording(holder, other, entry.position, noun, noun, reason) for other in holder.conjuncts[:1])


def _described(noun: Token) -> Token | None:
    """Whom a noun describes: the subject of its copula, or the name it stands beside."""
    if noun.dep_ == "attr" and noun.head.lemma_ in ("be", "remain") and noun.head.tag_ in ("VBZ", "VBP", "VBN"):
        return None if not asserted(noun.head) else source_of(noun.head)
    if noun.dep_ == "appos":
        return noun.head
    return next((c for c in noun.children if c.dep_ == "appos"), None)


def _adjective(adjective: Token) -> Iterator[Wording]:
    """ "X is opposed to Y", "forces loyal to Y", "committed to …"."""
    for entry in words().get(("adjective", adjective.lower_), ()):
        toward = linked(adjective, entry)
        holder = _holder_of_adjective(adjective)
        if holder is None or toward is None:
            continue
        if entry.standing == "yes" or {c.lower_ for c in adjective.children} & set(marks("duration")):
            yield Wording(
                holder, toward, entry.position, adjective, toward, f"'{adjective.text}' tells a lasting position"
            )


def _holder_of_adjective(adjective: Token) -> Token | None:
    head = adjective.head
    if adjective.dep_ in ("acomp", "oprd") and head.tag_ in ("VBZ", "VBP", "VBN") and asserted(head):
        return source_of(head)
    if adjective.tag_ == "VBN" and adjective.dep_ not in ("amod", "acl"):
        near = [t for c in adjective.children for t in (c, *c.children)]
        present = any(t.dep_ in ("aux", "auxpass") and t.lower_ in ("is", "are", "has", "have") for t in near)
        subject = next((c for c in adjective.children if c.dep_ in ("nsubjpass", "nsubj")), None)
        return subject if present and asserted(adjective) else None
    return (
        head if adjective.dep_ in ("amod", "acl") and head.pos_ in ("NOUN", "PROPN") and head.i < adjective.i else None
    )


def _phrase(token: Token) -> Iterator[Wording]:
    """ "X is at war with Y", "countries in favour of Y"."""
    for text, entry in phrases().get(token.lower_, ()):
        start = token.i - len(text) + 1
        if start < 0 or tuple(t.lower_ for t in token.doc[start : token.i + 1]) != text:
            continue
        first = token.doc[start]
        verb = first.head
        toward = next((c for c in token.children if c.dep_ == "pobj"), None)
        holder = _holder_of_phrase(verb)
        if holder is not None and toward is not None:
            alliance = text[-2:] == ("part", "of")
            reason = f"'{' '.join(text)}' tells a lasting position"
            yield Wording(holder, toward, entry.position, first, toward, reason, alliance, entry.mutual)


def _holder_of_phrase(head: Token) -> Token | None:
    """Whose position a phrase tells that hangs on this word: the noun itself, or the subject of "is", of "works"."""
    if head.lemma_.lower() in marks("undertaking"):
        return _undertaker(head)
    if head.pos_ in ("NOUN", "PROPN"):
        return head
    if head.lemma_ in ("be", "remain", "stay"):
        return source_of(head) if head.tag_ in ("VBZ", "VBP", "VBN") and asserted(head) else None
    return source_of(head) if head.tag_ in ("VBZ", "VBP", "VBG") and asserted(head) else None


def _undertaker(noun: Token) -> Token | None:
    """Who goes on a mission: its owner, else the subject of the verb it completes ("returned from a mission")."""
    verb = noun.head.head if noun.dep_ == "pobj" else noun.head
    active = verb.pos_ == "VERB" and noun.dep_ in ("pobj", "dobj") and asserted(verb)
    return possessor_of(noun) or (source_of(verb) if active else None)
