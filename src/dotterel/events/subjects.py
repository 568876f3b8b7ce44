"""Who a verb's subject is where it stands elsewhere: coordination, control, raising, participles, gerunds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dotterel.events.grammar import (
    MAX_HOPS,
    OBJECTS,
    PASSIVE_SUBJECTS,
    SAID,
    SUBJECTS,
    child,
    gerund_taken_for_adjective,
    is_infinitive,
    is_verb,
    nouns,
    prepositional,
)

if TYPE_CHECKING:
    from dotterel.parsing import Token

FINITE = {"VBD", "VBZ", "VBP"}
WORDS = {"urge", "call", "warn", "accuse", "add", "condemn", "demand", "appeal", "blame", "praise", "thank", "vow",
         "pledge", "criticise", "criticize", "describe", "express", "denounce", "threaten", "insist", "stress", "hail",
         "welcome", "promise", "reiterate", "ask", "indicate", "signal", "voice"}  # fmt: skip
ACCUSERS = {"accuse", "suspect", "convict", "acquit", "clear", "absolve"}  # "of" belongs to them, not to their object


def surface_subjects(verb: Token, hops: int = MAX_HOPS) -> tuple[Token, ...]:
    """The grammatical subject, own or shared: coordination, control, raising, participles, gerunds."""
    own = own_subject(verb)
    if own is None:  # a slip of the parser: the subject hangs on the auxiliary
        slips = (child(a, *SUBJECTS, *PASSIVE_SUBJECTS) for a in verb.children if a.dep_ in {"aux", "auxpass"})
        own = next((s for s in slips if s is not None), None)
    if own is not None:
        if own.dep_.startswith("csubj"):
            return (own,) if own.tag_ == "VBG" else ()  # "Shelling by the army killed ..."
        return (*headline_list(own), *nouns(own))
    if hops == 0:
        return ()
    return inherited_subjects(verb, hops - 1)


def own_subject(verb: Token) -> Token | None:
    """The verb's own subject; of two, which is a slip of the parser, the one nearest before it."""
    found = [c for c in verb.children if c.dep_ in SUBJECTS | PASSIVE_SUBJECTS]
    before = [c for c in found if c.i < verb.i]
    return before[-1] if before else next(iter(found), None)


def headline_list(subject: Token) -> tuple[Token, ...]:
    """The name before a headline's comma, which the parser takes for an adverb: "Russia, France to coordinate"."""
    if subject.i < 2 or subject.nbor(-1).text != ",":
        return ()
    first = subject.nbor(-2)
    listed_names = first.pos_ == subject.pos_ == "PROPN" and first.head == subject.head and first.dep_ == "npadvmod"
    return (first,) if listed_names else ()


def inherited_subjects(verb: Token, hops: int) -> tuple[Token, ...]:
    """The subject that a verb without one takes from the words it depends on."""
    head = verb.head
    if verb.dep_ == "conj" and is_verb(head):
        return shared_subjects(verb, head, hops)
    if verb.dep_ in {"relcl", "acl"} and head.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}:
        return noun_governed_subjects(verb, head, hops)
    if verb.dep_ in {"xcomp", "ccomp", "advcl"} and is_verb(head):
        return controller(verb, head, hops)
    if gerund_taken_for_adjective(verb):
        return surface_subjects(head.head, hops)
    if verb.dep_ in {"xcomp", "ccomp"} and head.pos_ == "ADJ":
        return surface_subjects(head.head, hops) if is_verb(head.head) else ()
    if verb.dep_ in OBJECTS and is_verb(head):
        return surface_subjects(head, hops)
    if verb.dep_ == "pcomp" and head.dep_ in {"prep", "agent", "mark"}:
        return preposition_governed_subjects(head, hops)
    return ()


def shared_subjects(verb: Token, head: Token, hops: int) -> tuple[Token, ...]:
    """The subject of a coordinated verb: of the verb before it, or of the one above that is finite as this one is.

    The parser hangs the second of two main verbs on the clause between them: "Oslo accused Rome of lying and recalled
    its envoy", "Oslo said the talks had failed, and recalled its envoy".
    """
    if verb.tag_ not in FINITE:
        return surface_subjects(head, hops)
    near = surface_subjects(head, hops) if head.tag_ in FINITE or has_auxiliary(head) else ()
    named = any(t.ent_type_ or t.pos_ in {"PROPN", "PRON"} for t in near)
    apart = verb.i > 1 and any(c.text == "," for c in verb.doc[max(head.i, verb.i - 4) : verb.i])
    if near and (head.dep_ not in {"ccomp", "pcomp", "advcl", "xcomp"} or (named and not apart)):
        return near
    above = finite_above(head)
    while apart and above is not None and above.dep_ == "ccomp" and finite_above(above) is not None:
        above = finite_above(above)  # "said the note showed that Rome did not know, and recalled its envoy"
    return (surface_subjects(above, hops) if above is not None else ()) or near


def finite_above(verb: Token) -> Token | None:
    """The nearest finite verb over a clause."""
    return next((a for a in verb.ancestors if is_verb(a) and a.tag_ in FINITE), None)


def has_auxiliary(verb: Token) -> bool:
    """Is the verb finite by its auxiliary ("had failed")?"""
    return any(c.dep_ in {"aux", "auxpass"} and c.lower_ != "to" for c in verb.children)


def controller(verb: Token, head: Token, hops: int) -> tuple[Token, ...]:
    """Who does the act of a complement: the governor's object where it has one ("urged X to"), else its subject."""
    speaking = speech_above(verb) if set_off(verb) else None
    if speaking is not None:
        return surface_subjects(speaking, hops)
    patient = child(head, *OBJECTS, "dative")
    if verb.dep_ != "advcl" and patient is not None and patient.i < verb.i:
        return nouns(patient)
    if verb.dep_ == "xcomp":
        called = [
            t
            for p in head.children
            if p.dep_ == "prep" and p.lower_ in {"on", "upon"} and p.i < verb.i
            for t in p.children
            if t.dep_ == "pobj"
        ]
        if called and head.lemma_ in {"call", "prevail"}:
            return nouns(called[0])
    return surface_subjects(head, hops)


def set_off(verb: Token) -> bool:
    """Is it a participle of words after a comma: "..., urging the army to leave"?"""
    first = verb.left_edge
    return (
        verb.dep_ == "advcl"
        and verb.tag_ == "VBG"
        and verb.lemma_ in WORDS
        and first.i > 0
        and first.nbor(-1).text == ","
    )


def speech_above(verb: Token) -> Token | None:
    """The finite verb over a participle of words that the parser hangs on what is said, or is for: its subject goes on.

    "Said food was short for those who stay, urging", "called for a force to fight pirates, signalling".
    """
    purpose = is_infinitive(verb.head) and verb.head.dep_ in {"acl", "relcl"}
    return next((a for a in verb.ancestors if a.tag_ in FINITE and (purpose or a.lemma_.lower() in SAID)), None)


def noun_governed_subjects(verb: Token, noun: Token, hops: int) -> tuple[Token, ...]:
    """The subject of a participle or infinitive on a noun: the noun itself, or who has the plan, effort or right."""
    if not is_infinitive(verb):
        return nouns(noun)
    if noun.pos_ == "PROPN":  # a headline: "Egypt, Jordan to host talks"
        return nouns(noun.head if noun.dep_ == "appos" else noun)
    owners = owners_of(noun)
    if owners:
        return owners
    if noun.dep_ in OBJECTS and is_verb(noun.head):
        return surface_subjects(noun.head, hops)
    return ()


def preposition_governed_subjects(preposition: Token, hops: int) -> tuple[Token, ...]:
    """The subject of a gerund after a preposition: "accused X of killing" is X's, "left after meeting" the leaver's."""
    head = preposition.head
    if head.pos_ in {"NOUN", "PROPN"}:
        if preposition.lower_ == "of" and head.dep_ in OBJECTS and head.head.lemma_ in ACCUSERS:
            return nouns(head)
        return owners_of(head) or (surface_subjects(head.head, hops) if is_verb(head.head) else ())
    if not is_verb(head):
        return ()
    told = next((c for c in head.children if c.dep_ == "ccomp" and c.i < preposition.i), None)
    if told is not None and child(told, *SUBJECTS, *PASSIVE_SUBJECTS) is not None:
        return surface_subjects(told, hops)  # "alleged they had beaten X after arresting him": the nearer clause's
    patient = child(head, *OBJECTS)
    if preposition.lower_ in {"of", "for", "from", "with"} and patient is not None and patient.i < preposition.i:
        return nouns(patient)
    return surface_subjects(head, hops)


def owners_of(noun: Token) -> tuple[Token, ...]:
    """Who has or makes the thing a noun names: possessor or by-phrase."""
    possessor = child(noun, "poss")
    return nouns(possessor) if possessor is not None else prepositional(noun, "by")
