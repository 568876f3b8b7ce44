"""The words in a trigger's slots: objects, prepositions, possessors, complements and what these govern."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dotterel.events.candidate import Slots
from dotterel.events.clauses import Clause, clause_of
from dotterel.events.grammar import (
    QUANTITIES,
    base_forms,
    child,
    clause_verb,
    is_infinitive,
    is_verb,
    nouns,
    prepositional,
    prepositions,
    strayed_doers,
)
from dotterel.events.lexicon import classes, load
from dotterel.events.subjects import surface_subjects

if TYPE_CHECKING:
    from dotterel.parsing import Token

ADDRESSING = ("to", "with", "from", "against", "on")


def spoken_to(verb: Token) -> Slots:
    """Who is meant by words of will, in what they govern: "refused to recognise X", "promised to send X boats", also
    under a noun of will, "signalled readiness to talk to X"."""
    found: list[tuple[Token, ...]] = []
    will = [c for c in verb.children if c.dep_ == "dobj" and c.lemma_.lower() in classes()["@will"]]
    governed = (c for noun in will for c in complements(noun, "to"))
    for complement in (*complements(verb, "to"), *complements(verb, "ing"), *governed):
        clause = clause_of(complement)
        datives = tuple(t for c in complement.children if c.dep_ == "dative" for t in nouns(c) if t.pos_ != "ADP")
        found.extend((datives, *(prepositional(complement, p) for p in ADDRESSING), clause.patients))
        found.extend(prepositional(patient, p) for patient in clause.patients for p in ("to", "with", "from"))
        found.extend(deeper for deeper in spoken_to(complement))
    wished = prepositional(verb, "for")
    found.extend(noun_slot(slot, noun) for noun in wished for slot in ("by", "with", "between", "from"))
    return tuple(slot for slot in found if slot)


def qualifiers(clause: Clause) -> tuple[Token, ...]:
    """The nouns compounded with the objects, and "humanitarian": "aid" in "suspended aid shipments"."""
    before = (c for p in clause.patients for c in p.lefts)
    return tuple(c for c in before if (c.dep_ == "compound" and c.pos_ == "NOUN") or c.lower_ == "humanitarian")


def complements(verb: Token, kind: str) -> tuple[Token, ...]:
    """The verbs of the infinitive (`to`), finite (`that`) or gerund (`ing`) complements of a word."""
    found = []
    for c in verb.children:
        if c.dep_ not in {"xcomp", "ccomp", "advcl", "acl"} or not (is_verb(c) or c.pos_ in {"NOUN", "ADJ"}):
            continue
        gerund = c.tag_ == "VBG" and not any(a.dep_ == "aux" for a in c.children)
        shape = "to" if is_infinitive(c) else "ing" if gerund else "that"
        if shape == kind and (c.dep_ in {"xcomp", "ccomp"} or (kind == "to" and c.dep_ in {"advcl", "acl"})):
            found.append(c)
    return tuple(found)


def fill(slots: tuple[str, ...], clause: Clause) -> Slots:
    """The words in each slot that is filled, in the row's order of preference."""
    return tuple(filled for slot in slots if (filled := in_slot(slot, clause)))


def in_slot(slot: str, clause: Clause) -> tuple[Token, ...]:
    """The words in one slot of a verb: `obj`, `subj`, `obj.of`, `comp.subj`, `comp.with`, or a preposition."""
    where, _, inner = slot.partition(".")
    if slot == "obj":
        return clause.patients
    if slot == "subj":
        return clause.agents
    if slot == "iobj" and clause.passive and len(clause.patients) > 1:
        return clause.patients[:1]  # "Algeria was granted a loan"
    if slot == "iobj":
        return tuple(t for c in clause.verb.children if c.dep_ == "dative" for t in nouns(c))
    if where == "obj":
        return tuple(t for p in clause.patients if not (inner == "of" and has_victim(p)) for t in noun_slot(inner, p))
    if where == "comp":
        return complement_slot(inner, clause.verb)
    return prepositional(clause.verb, slot) or tuple(t for p in clause.patients for t in prepositional(p, slot))


def has_victim(noun: Token) -> bool:
    """Is who stands after the noun's "of" its victim ("the killing of a reporter"), not its doer?"""
    rows = (row for form in base_forms(noun) for row in load().nouns.get(form, ()))
    return any("of" in row.recipient and row.type in {"ASSAULT", "COERCE", "SANCTION"} for row in rows)


def complement_slot(inner: str, verb: Token) -> tuple[Token, ...]:
    """A slot of the clause that a word governs."""
    for complement in (*complements(verb, "to"), *complements(verb, "that"), *complements(verb, "ing")):
        if inner == "subj":
            own = child(complement, "nsubj", "nsubjpass")
            filled = nouns(own) if own is not None else ()
        else:
            filled = in_slot(inner, clause_of(complement))
        if filled:
            return filled
    return ()


def noun_slot(slot: str, noun: Token) -> tuple[Token, ...]:
    """The words in one slot of a noun: possessor, modifier, preposition, or the subject of its clause."""
    if slot == "poss":
        owners = tuple(t for c in noun.children if c.dep_ == "poss" for t in nouns(c))
        return owners or (() if is_war_of_a_place(noun) else modifiers(noun))
    if slot == "mod":
        return modifiers(noun)
    if slot == "subj":  # "troops entered at the request of": whom the noun's clause is about
        return surface_subjects(clause_verb(noun))
    if slot == "support":
        return supported(noun)
    if slot == "held":
        return tuple(t for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBN" for t in prepositional(c, "by"))
    if slot == "by" and (doers := prepositional(noun, "by") or strayed_doers(noun)):
        return doers
    nested = (t for p in prepositions(noun) for inner in p.children for t in prepositional(inner, slot))
    return prepositional(noun, slot) or tuple(nested)


def supported(noun: Token) -> tuple[Token, ...]:
    """Who is helped by a deed done "in support of" them, whether the words hang on the noun or on its verb."""
    heads = (noun, quantity_head(noun).head)
    helped = (t for head in heads for t in prepositional(head, "in") if t.lower_ == "support")
    return next((found for t in helped if (found := prepositional(t, "of"))), ())


def is_war_of_a_place(noun: Token) -> bool:
    """ "The Vietnam War", called after where it was fought; "the American war on drugs" is of who wages it."""
    return noun.lemma_.lower() in {"war", "conflict"} and not any(
        c.lower_ in {"on", "against", "with", "in"} for c in noun.rights
    )


def modifiers(noun: Token) -> tuple[Token, ...]:
    """The words before a noun that qualify it, nested compounds included, nearest to its front first."""
    found: list[Token] = []
    for c in noun.lefts:
        if c.dep_ in {"amod", "compound", "nmod", "npadvmod", "advmod"}:
            found.extend(t for t in c.subtree if t.pos_ in {"ADJ", "PROPN", "NOUN", "VERB"})
    return tuple(found)


def governing_slot(preposition: str, noun: Token) -> tuple[Token, ...]:
    """The objects of a preposition on the verb over the noun ("made an appeal to Chad", "voiced anger at Rome")."""
    verb = quantity_head(noun).head
    if preposition in {"poss", "mod", "obj", "subj", "by"}:
        return ()
    return tuple(t for t in prepositional(verb, preposition) if t.i > noun.i) if is_verb(verb) else ()


def quantity_head(noun: Token) -> Token:
    """The noun that holds the event noun's place in the clause: "a series of raids" stands where "series" does."""
    preposition = noun.head
    if noun.dep_ == "pobj" and preposition.lower_ == "of" and preposition.head.lemma_.lower() in QUANTITIES:
        return preposition.head
    if noun.dep_ == "conj" and noun.head.pos_ == "NOUN":
        return quantity_head(noun.head)
    return noun
