"""A verb with its logical arguments: who acts, who undergoes, whatever the voice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dotterel.events.grammar import (
    OBJECTS,
    RELATIVES,
    SUBJECTS,
    child,
    clause_verb,
    gerund_taken_for_adjective,
    is_verb,
    nouns,
    prepositional,
)
from dotterel.events.subjects import surface_subjects

if TYPE_CHECKING:
    from dotterel.parsing import Token


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb with its logical arguments: `agents` act, `patients` undergo, whatever the voice."""

    verb: Token
    agents: tuple[Token, ...]
    patients: tuple[Token, ...]
    passive: bool


def is_passive(verb: Token) -> bool:
    """Passive by its auxiliary, as a reduced relative ("shot down by"), or as a conjunct of a passive."""
    if any(c.dep_ in {"auxpass", "nsubjpass", "csubjpass"} for c in verb.children):
        return True
    if verb.tag_ not in {"VBN", "VBD"} or any(c.dep_ == "aux" for c in verb.children):
        return False
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        return True
    has_object = child(verb, *OBJECTS) is not None
    if child(verb, "agent") is not None and not has_object:
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and is_verb(verb.head) and child(verb, *SUBJECTS) is None:
        return is_passive(verb.head)
    return verb.dep_ == "advcl" and verb.tag_ == "VBN" and child(verb, *SUBJECTS) is None and not has_object


def clause_of(verb: Token) -> Clause:
    """The verb's logical arguments, whatever its voice and wherever they stand."""
    passive = is_passive(verb)
    surface = surface_subjects(verb)
    if passive:
        own = child(verb, *OBJECTS)  # "Algeria was granted a loan": both undergo
        retained = nouns(own) if own is not None else ()
        return Clause(verb, agents_by(verb), (*surface, *retained), True)
    return Clause(verb, surface, direct_objects(verb), False)


def agents_by(verb: Token) -> tuple[Token, ...]:
    """The by-agent of a passive, also where the parser hung it on a noun ("was granted a loan by China")."""
    own = prepositional(verb, "by")
    if own:
        return own
    strayed = (
        t for t in verb.rights for p in t.subtree if p.lower_ == "by" and clause_verb(p) == verb for t in (p.head,)
    )
    return next((found for noun in strayed if (found := prepositional(noun, "by"))), ())


def direct_objects(verb: Token) -> tuple[Token, ...]:
    """The direct object; in a relative clause without one, the noun the clause hangs on ("the man police held")."""
    own = child(verb, *OBJECTS)
    if own is not None:
        return nouns(own)
    if gerund_taken_for_adjective(verb):
        return nouns(verb.head)
    what = next((w for c in verb.children if c.dep_ == "ccomp" for w in c.children if w.lower_ == "what"), None)
    if what is not None:
        return (what,)
    doer = small_clause_subject(verb)
    if doer is not None:
        return nouns(doer)
    if verb.dep_ == "conj" and is_verb(verb.head) and child(verb, "prep", "xcomp", "ccomp") is None:
        shared = child(verb.head, *OBJECTS)
        if shared is not None and shared.i > verb.i:
            return nouns(shared)
    subject = child(verb, *SUBJECTS)
    if verb.dep_ == "relcl" and subject is not None and subject.lower_ not in RELATIVES and not stranded(verb):
        return nouns(verb.head)
    return ()


def small_clause_subject(verb: Token) -> Token | None:
    """Whom a clause without a finite verb is about: "opposed the general's staying", "allowed inspectors to visit"."""
    for c in verb.children:
        unfinished = c.dep_ == "ccomp" and (c.tag_ in {"VB", "VBG"} or c.pos_ == "ADJ")
        if unfinished and not any(a.dep_ == "aux" and a.lower_ != "to" for a in c.children):
            return child(c, *SUBJECTS)
    return None


def stranded(verb: Token) -> bool:
    """Does the relative clause's gap belong to a preposition or adverb ("the town where they met")?"""
    return any(
        c.lower_ in {"where", "when", "why", "how"} or (c.dep_ == "prep" and not list(c.children))
        for c in verb.children
    )
