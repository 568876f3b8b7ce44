"""Candidate acts told by nouns, alone ("the downing of the jet") or under a light verb ("carried out strikes")."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dotterel.events.candidate import Candidate, Slots
from dotterel.events.clauses import Clause, clause_of
from dotterel.events.conditions import noun_met
from dotterel.events.grammar import (
    OBJECTS,
    PASSIVE_SUBJECTS,
    base_forms,
    child,
    clause_verb,
    is_verb,
    nouns,
    prepositional,
)
from dotterel.events.lexicon import Lexicon, Trigger
from dotterel.events.slots import governing_slot, noun_slot, quantity_head
from dotterel.events.subjects import surface_subjects

if TYPE_CHECKING:
    from dotterel.parsing import Token


AIMS = {"target", "hit", "strike", "destroy"}


def noun_candidate(noun: Token, lexicon: Lexicon) -> Iterator[Candidate]:
    """The candidate an event noun tells, alone or under a light verb."""
    rows = [r for form in base_forms(noun) for r in lexicon.nouns.get(form, ()) if compound_of(noun, r) is not None]
    rows.sort(key=lambda r: -r.weight)
    row = next((r for r in rows if all(noun_met(c, noun) == c.wanted for c in r.conditions)), None)
    if row is None or row.type == "NONE" or noun.dep_ == "compound":
        return
    anchor = quantity_head(noun)
    role, clause = light_clause(anchor, lexicon)
    agents = noun_fill(row.actor, noun, anchor)
    recipients = noun_fill(row.recipient, noun, anchor)
    if row.type == "ASSAULT":
        recipients += aimed_at(noun)
    if anchor.dep_ in PASSIVE_SUBJECTS | {"nsubj"}:  # "talks will take place between X and Y"
        agents += tuple(t for slot in row.actor if (t := governing_slot(slot, noun)))
        recipients += tuple(t for slot in row.recipient if (t := governing_slot(slot, noun)))
    owned = noun_slot("by", noun) or child(noun, "poss")
    if not row.alone and not role and not (owned and (recipients or is_will(row))):
        return
    if clause is not None and (givers := backers(noun, row, role, clause)):
        agents, recipients = (givers,), (clause.agents,)
    elif clause is not None:
        agents, recipients = lend(role, clause, row, agents, recipients)
    elif row.reciprocal and not agents:
        agents = attenders(anchor)
    compound = compound_of(noun, row) or ()
    verb = clause.verb if clause is not None else clause_verb(noun)
    yield Candidate(row, (*compound, noun), verb, agents, recipients, light=clause is not None)


def aimed_at(noun: Token) -> Slots:
    """Whom a participle on an attack names: "carried out attacks targeting clinics"."""
    aims = (c for c in noun.rights if c.dep_ == "acl" and c.tag_ == "VBG" and c.lemma_.lower() in AIMS)
    return tuple(filled for c in aims if (filled := clause_of(c).patients))


def is_will(row: Trigger) -> bool:
    """Is it a will with its content told, which needs no addressee: "Khan's offer of talks", "Chad's demand for"?"""
    return (row.type in {"REQUEST", "THREATEN"} and bool(row.conditions)) or row.word == "offer"


def compound_of(noun: Token, row: Trigger) -> tuple[Token, ...] | None:
    """The tokens before the noun that make the row's compound; None where they are other words."""
    words = row.word.split()[:-1]
    if noun.i < len(words):
        return None
    before = tuple(noun.nbor(-n) for n in range(len(words), 0, -1))
    same = all(w in {t.lower_, t.lemma_.lower()} for w, t in zip(words, before, strict=True))
    return before if same else None


def light_clause(noun: Token, lexicon: Lexicon) -> tuple[str, Clause | None]:
    """The role and clause of the light verb over an event noun, or ('', None)."""
    heads = [noun.head] if noun.dep_ in OBJECTS | PASSIVE_SUBJECTS else []
    if noun.dep_ == "pobj" and is_verb(noun.head.head):
        heads.append(noun.head.head)
    heads.extend(c for c in noun.children if c.dep_ in {"acl", "relcl"} and c.i > noun.i)
    for verb in heads:
        role = light_role(verb, noun, lexicon)
        if role:
            return role, clause_of(verb)
    return "", None


def light_role(verb: Token, noun: Token, lexicon: Lexicon) -> str:
    """The role a light verb lends its subject; phrasal ones are looked up with their particle."""
    lemma = next((form for form in base_forms(verb) if form in lexicon.light), verb.lemma_.lower())
    for c in verb.children:
        phrasal = lexicon.light.get(f"{lemma} {c.lower_}") if c.dep_ in {"prt", "prep", "advmod"} else None
        if phrasal and (c.dep_ != "prep" or noun.head == c or noun.i < verb.i):
            return phrasal
    return "" if noun.dep_ == "pobj" and noun.head.head == verb else lexicon.light.get(lemma, "")


def lend(role: str, clause: Clause, row: Trigger, agents: Slots, recipients: Slots) -> tuple[Slots, Slots]:
    """Give the light verb's subject its role, and its prepositions to the noun's recipient slots."""
    if role == "witness":  # "found the bodies of": who finds has no part in it
        return agents, recipients
    if role == "both":  # "subjected villagers to torture"
        return ((clause.agents, *agents), (clause.patients, *recipients))
    own = tuple(filled for slot in row.recipient if (filled := prepositional(clause.verb, slot)))
    own += tuple((t,) for c in clause.verb.children if c.dep_ == "dative" for t in nouns(c))
    if role == "actor":
        return ((clause.agents, *agents) if clause.agents else agents), (*recipients, *own)
    givers = tuple(filled for slot in row.actor if (filled := prepositional(clause.verb, slot)))
    return (*agents, *givers), ((clause.agents, *recipients) if clause.agents else recipients)


def backers(noun: Token, row: Trigger, role: str, clause: Clause) -> tuple[Token, ...]:
    """Whose support the subject has: "has the backing of Kenya", "won Kenya's endorsement"; empty where it gives it."""
    holds = role == "recipient" or clause.verb.lemma_ == "have"
    if row.type != "SUPPORT" or not holds or not clause.agents:
        return ()
    owner = child(noun, "poss")
    return noun_slot("of", noun) or ((owner,) if owner is not None and owner.pos_ != "PRON" else ())


def attenders(noun: Token) -> Slots:
    """The subject of the clause in which a reciprocal act stands aside: "left for a meeting with", "in talks with"."""
    verb = clause_verb(noun)
    subjects = surface_subjects(verb) if is_verb(verb) and noun.dep_ in {"pobj", "dobj"} else ()
    return (subjects,) if subjects else ()


def noun_fill(slots: tuple[str, ...], noun: Token, anchor: Token) -> Slots:
    """The words in each filled slot of an event noun, or of the quantity noun before it."""
    heads = (noun,) if anchor == noun else (noun, anchor)
    return tuple(filled for slot in slots for head in heads if (filled := noun_slot(slot, head)))
