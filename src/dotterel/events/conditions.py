"""Does a row of the lexicon fit? Its conditions, held against the words around the trigger."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dotterel.events.clauses import Clause
from dotterel.events.grammar import prepositions
from dotterel.events.lexicon import Condition, Trigger
from dotterel.events.slots import complements, governing_slot, modifiers, noun_slot, qualifiers

if TYPE_CHECKING:
    from dotterel.parsing import Token

PERSONAL = {"he", "she", "him", "her", "who", "whom", "they", "them", "i", "we"}


def fits(row: Trigger, clause: Clause) -> bool:
    """Are all conditions of a verb row met?"""
    return all(met(c, clause) == c.wanted for c in row.conditions)


def met(condition: Condition, clause: Clause) -> bool:
    """Is what the condition speaks of there, whether or not it is wanted?"""
    verb = clause.verb
    match condition.what:
        case "obj":
            return any_of((*clause.patients, *(qualifiers(clause) if condition.words else ())), condition)
        case "subj":
            return any_of(clause.agents, condition)
        case "prep":
            return has_preposition(clause, condition)
        case "to":
            return any_of(complements(verb, "to"), condition)
        case "that":
            return any_of(complements(verb, "that"), condition)
        case "ing":
            return any_of(complements(verb, "ing"), condition)
        case "mod":
            return any_of(tuple(c for c in verb.children if c.dep_ in {"advmod", "acomp", "oprd"}), condition)
    return False


def any_of(tokens: Iterable[Token], condition: Condition) -> bool:
    """Is there a token at all, and one of those lemmas or entities where the condition asks for them?"""
    words, entities = condition.words, condition.entities
    return any(not words or t.lemma_.lower() in words or t.lower_ in words or named(t, entities) for t in tokens)


def named(token: Token, entities: frozenset[str]) -> bool:
    """Is the word a name of such an entity? A name that the parser cannot place counts as a party."""
    if token.lower_ in PERSONAL:
        return "PERSON" in entities
    if token.pos_ in {"NOUN", "VERB"}:
        return False
    return token.ent_type_ in entities or (not token.ent_type_ and token.pos_ == "PROPN" and "PERSON" in entities)


def has_preposition(clause: Clause, condition: Condition) -> bool:
    """Has the verb, or its object, that preposition with such an object?"""
    heads = (clause.verb, *clause.patients[:1])
    for preposition in (p for head in heads for p in prepositions(head)):
        if preposition.lower_ == condition.preposition:
            if not condition.words:
                return True
            if any_of(preposition.children, condition):
                return True
    return False


def noun_met(condition: Condition, noun: Token) -> bool:
    """Is what a noun row's condition speaks of there?"""
    if condition.what == "mod":
        return any_of(modifiers(noun), condition)
    if condition.what == "under":  # "at the request of": the preposition over the noun
        return noun.dep_ == "pobj" and noun.head.lower_ in condition.words
    if condition.what == "poss":
        return any_of(noun_slot("poss", noun), condition)
    preposition = condition.preposition or condition.what
    return any_of((*noun_slot(preposition, noun), *governing_slot(preposition, noun)), condition)
