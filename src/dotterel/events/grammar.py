"""Who does what in a clause, read off the dependency parse: voice, agents, patients, prepositions, control.

Labels are those of spaCy's English pipelines (ClearNLP). Everything here is a pure function of tokens.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dotterel.parsing import Token

FINITE = {"VBD", "VBZ", "VBP"}
SUBJECTS = {"nsubj", "csubj"}
PASSIVE_SUBJECTS = {"nsubjpass", "csubjpass"}
OBJECTS = {"dobj", "obj", "oprd"}
RELATIVES = {"who", "whom", "which", "that", "whose"}
# nouns that only count or group what follows their "of"
QUANTITIES = {"series", "number", "wave", "string", "spate", "round", "campaign", "dozen", "hundred", "thousand",
              "lot", "couple", "pair", "total", "act", "set", "score", "majority", "some", "most", "ten", "million",
              "plenty", "many", "several", "both", "each", "day", "week", "hour", "crowd", "group", "handful",
              "rest"}  # fmt: skip
ACCUSERS = {"accuse", "suspect", "convict", "acquit", "clear", "absolve"}  # "of" belongs to them, not to their object
MAX_HOPS = 6  # how far a missing subject is sought up the tree; longer chains are parser errors


@dataclass(frozen=True, slots=True)
class Clause:
    """A verb with its logical arguments: `agents` act, `patients` undergo, whatever the voice."""

    verb: Token
    agents: tuple[Token, ...]
    patients: tuple[Token, ...]
    passive: bool


def base_forms(token: Token) -> tuple[str, ...]:
    """Forms under which a word may stand in a table: its lemma, the word itself, and the lemma with the "e" that the
    lemmatiser loses ("staged" comes out as "stag")."""
    lemma, lower = token.lemma_.lower(), token.lower_
    restored = (lemma + "e",) if token.pos_ == "VERB" and lower.startswith(lemma + "e") else ()
    return tuple(dict.fromkeys((lemma, *restored, lower)))


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
    verb = token.head
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


def is_infinitive(verb: Token) -> bool:
    """An infinitive with its "to"."""
    return any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children)


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


def surface_subjects(verb: Token, hops: int = MAX_HOPS) -> tuple[Token, ...]:
    """The grammatical subject, own or shared: coordination, control, raising, participles, gerunds."""
    own = child(verb, *SUBJECTS, *PASSIVE_SUBJECTS)
    if own is not None:
        if own.dep_.startswith("csubj"):
            return (own,) if own.tag_ == "VBG" else ()  # "Shelling by the army killed ..."
        return (*headline_list(own), *nouns(own))
    if hops == 0:
        return ()
    return inherited_subjects(verb, hops - 1)


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
    return (surface_subjects(above, hops) if above is not None else ()) or near


def finite_above(verb: Token) -> Token | None:
    """The nearest finite verb over a clause."""
    return next((a for a in verb.ancestors if is_verb(a) and a.tag_ in FINITE), None)


def has_auxiliary(verb: Token) -> bool:
    """Is the verb finite by its auxiliary ("had failed")?"""
    return any(c.dep_ in {"aux", "auxpass"} and c.lower_ != "to" for c in verb.children)


def controller(verb: Token, head: Token, hops: int) -> tuple[Token, ...]:
    """Who does the act of a complement: the governor's object where it has one ("urged X to"), else its subject."""
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
    patient = child(head, *OBJECTS)
    if preposition.lower_ in {"of", "for", "from", "with"} and patient is not None and patient.i < preposition.i:
        return nouns(patient)
    return surface_subjects(head, hops)


def owners_of(noun: Token) -> tuple[Token, ...]:
    """Who has or makes the thing a noun names: possessor or by-phrase."""
    possessor = child(noun, "poss")
    return nouns(possessor) if possessor is not None else prepositional(noun, "by")


def prepositional(head: Token, name: str) -> tuple[Token, ...]:
    """The objects of the prepositions of that name hanging on a word, conjuncts included."""
    found: list[Token] = []
    for preposition in prepositions(head):
        if preposition.lower_ == name:
            found.extend(
                t for c in preposition.children if c.dep_ in {"pobj", "pcomp"} and not is_verb(c) for t in nouns(c)
            )
    return tuple(dict.fromkeys(found))


def prepositions(head: Token) -> Iterator[Token]:
    """The prepositions hanging on a word, stacked ones ("from Moscow to Paris") included."""
    for c in head.children:
        if c.dep_ in {"prep", "agent", "dative", "prt"} and c.pos_ in {"ADP", "SCONJ", "PART", "VERB"}:
            yield c
            if c.lower_ not in {"according", "due", "prior", "thanks", "owing"}:
                yield from (d for d in c.children if d.dep_ in {"prep", "conj"} and d.pos_ == "ADP")


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


def clause_span(verb: Token) -> tuple[int, int]:
    """First and last+1 token index of a clause, other clauses before and after it left out."""
    own = [t.i for t in own_words(verb)]
    return min(own), max(own) + 1
