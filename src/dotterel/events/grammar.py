"""Who does what in a clause, read off the dependency parse: voice, agents, patients, prepositions, control.

Labels are those of spaCy's English pipelines (ClearNLP). Everything here is a pure function of tokens.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dotterel.parsing import Span, Token

SUBJECTS = {"nsubj", "csubj"}
PASSIVE_SUBJECTS = {"nsubjpass", "csubjpass"}
OBJECTS = {"dobj", "obj", "oprd"}
RELATIVES = {"who", "whom", "which", "that", "whose"}
ASPECT = {"continue", "begin", "start", "keep", "resume", "stop"}  # verbs over a gerund: "continued shelling"
SAID = {"say", "tell", "insist", "stress", "reiterate", "state", "declare", "warn", "add", "argue", "repeat",
        "emphasise", "emphasize", "maintain", "tweet", "write", "announce", "confirm", "indicate"}  # fmt: skip
MAX_HOPS = 6  # how far a missing subject is sought up the tree; longer chains are parser errors
# nouns that only count or group what follows their "of"
QUANTITIES = {"series", "number", "wave", "string", "spate", "round", "campaign", "dozen", "hundred", "thousand",
              "lot", "couple", "pair", "total", "act", "set", "score", "majority", "some", "most", "ten", "million",
              "plenty", "many", "several", "both", "each", "day", "week", "hour", "crowd", "group", "handful",
              "rest"}  # fmt: skip


def base_forms(token: Token) -> tuple[str, ...]:
    """Forms under which a word may stand in a table: its lemma, the word itself, and the lemma with the "e" that the
    lemmatiser loses ("staged" comes out as "stag")."""
    lemma, lower = token.lemma_.lower().replace("co-op", "coop"), token.lower_
    restored = (lemma + "e",) if token.pos_ == "VERB" and lower.startswith(lemma + "e") else ()
    return tuple(dict.fromkeys((lemma, *restored, lower)))


def extent(sentence: Span) -> tuple[int, int]:
    """Where the words of a sentence begin and end in the text, the blanks around them left out."""
    text = sentence.text
    return sentence.start_char + len(text) - len(text.lstrip()), sentence.start_char + len(text.rstrip())


def child(token: Token, *deps: str) -> Token | None:
    """The first child with one of these labels."""
    return next((c for c in token.children if c.dep_ in deps), None)


def with_conjuncts(token: Token) -> tuple[Token, ...]:
    """The token and the nouns coordinated with it to its right, headline commas included ("Russia, France")."""
    found = [token]
    for other in token.children:
        joined = other.dep_ == "conj" or (other.dep_ == "appos" and listed(token, other))
        if joined and other.pos_ in {"NOUN", "PROPN", "PRON", "NUM", "ADJ", "X"}:
            found.extend(with_conjuncts(other))
    return tuple(found)


def listed(token: Token, other: Token) -> bool:
    """Is an "apposition" really a list in headline style: two names set apart by a comma and no determiner?"""
    if not (token.ent_type_ == other.ent_type_ == "GPE" and other.i - token.i == 2):
        return False
    verb = token.head
    return token.dep_ in SUBJECTS | PASSIVE_SUBJECTS | {"ROOT", "nmod"} or verb.i > other.i


def antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for; any other token stands for itself."""
    if token.lower_ not in RELATIVES or token.pos_ not in {"PRON", "DET", "SCONJ"}:
        return token
    verb = token.head.head if token.lower_ == "whose" else token.head
    for _ in range(MAX_HOPS):
        if verb.dep_ == "relcl":
            return verb.head
        if verb.dep_ in {"conj", "xcomp", "ccomp", "advcl", "aux"} and verb.head != verb:
            verb = verb.head
        else:
            break
    return token


def nouns(token: Token) -> tuple[Token, ...]:
    """The token with its conjuncts, relative pronouns and counting nouns replaced by what they stand for."""
    spoken = (t for part in with_conjuncts(token) for t in with_conjuncts(antecedent(part)))
    return tuple(dict.fromkeys(t for word in spoken for t in counted(word)))


def counted(noun: Token) -> tuple[Token, ...]:
    """What a counting noun counts ("thousands of people", "a series of raids"); any other word itself."""
    if noun.lemma_.lower() not in QUANTITIES and noun.pos_ != "NUM":
        return (noun,)
    objects = (c for p in noun.children if p.lower_ == "of" for c in p.children if c.dep_ == "pobj")
    return tuple(t for c in objects for t in with_conjuncts(c)) or (noun,)


def is_verb(token: Token) -> bool:
    """A verb, or an auxiliary standing as one ("to be", "has")."""
    return token.pos_ in {"VERB", "AUX"}


def gerund_taken_for_adjective(verb: Token) -> bool:
    """ "continued shelling villages": a gerund that the parser hangs on its own object."""
    noun = verb.head
    over = noun.head
    misread = verb.tag_ == "VBG" and verb.dep_ == "amod" and noun.dep_ in OBJECTS
    return misread and over.lemma_.lower() in ASPECT and verb.i == over.i + 1


def is_infinitive(verb: Token) -> bool:
    """An infinitive with its "to"."""
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


def prepositional(head: Token, name: str) -> tuple[Token, ...]:
    """The objects of the prepositions of that name hanging on a word, conjuncts included."""
    found: list[Token] = []
    for preposition in prepositions(head):
        if preposition.lower_ == name:
            found.extend(
                t for c in preposition.children if c.dep_ in {"pobj", "pcomp"} and not is_verb(c) for t in nouns(c)
            )
    return tuple(dict.fromkeys(found))


def strayed_doers(noun: Token) -> tuple[Token, ...]:
    """Who does what an object tells, where the parser hung the by-phrase on its verb: "to halt attacks by rebels"."""
    verb = noun.head
    active = noun.dep_ == "dobj" and is_verb(verb) and (is_infinitive(verb) or verb.tag_ == "VBG")
    doers = prepositional(verb, "by") if active else ()
    return tuple(t for t in doers if t.i > noun.i)


def prepositions(head: Token) -> Iterator[Token]:
    """The prepositions hanging on a word, stacked ones ("from Moscow to Paris") included."""
    for c in head.children:
        if c.dep_ in {"prep", "agent", "dative", "prt"} and c.pos_ in {"ADP", "SCONJ", "PART", "VERB"}:
            yield c
            if c.lower_ not in {"according", "due", "prior", "thanks", "owing"}:
                yield from (d for d in c.children if d.dep_ in {"prep", "conj"} and d.pos_ == "ADP")


def clause_verb(token: Token) -> Token:
    """The verb of the clause a word stands in."""
    for ancestor in (token, *token.ancestors):
        if is_verb(ancestor) and ancestor.dep_ not in {"aux", "auxpass"}:
            return ancestor
    return token


def own_words(head: Token) -> Iterator[Token]:
    """A word and what hangs on it, other clauses, apposed and coordinated parts left out."""
    yield head
    for c in head.children:
        if c.dep_ not in {"conj", "relcl", "appos", "ccomp", "advcl", "parataxis"}:
            yield from own_words(c)
