"""Candidate acts: every trigger of the lexicon found in a parse, with the words in its actor and recipient slots."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dotterel.events.grammar import (
    OBJECTS,
    PASSIVE_SUBJECTS,
    QUANTITIES,
    Clause,
    base_forms,
    child,
    clause_of,
    clause_verb,
    is_infinitive,
    is_passive,
    is_verb,
    nouns,
    prepositional,
    prepositions,
    surface_subjects,
)
from dotterel.events.hints import demands
from dotterel.events.lexicon import Condition, Lexicon, Trigger

if TYPE_CHECKING:
    from dotterel.parsing import Doc, Token

Slots = tuple[tuple["Token", ...], ...]  # alternatives in order of preference, each with its conjuncts

WORDS = {"AGREE", "REJECT", "THREATEN", "REQUEST", "CONCEDE"}  # acts of the will, whose object lies in what they govern
PERSONAL = {"he", "she", "him", "her", "who", "whom", "they", "them", "i", "we"}
DEMAND = Trigger(
    "must", "VERB", (), "REQUEST", None, (), (), True, False, "[Oslo] said that {Minsk} must free the men."
)
NOMINAL = {"pobj", "dobj", "nsubj", "nsubjpass", "compound"}  # places of a noun
ADDRESSING = ("to", "with", "from", "against", "on")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible act: its trigger, what the lexicon calls it, and the words that may name the parties."""

    row: Trigger
    trigger: tuple[Token, ...]  # in text order
    verb: Token  # the verb of its clause, which carries tense and negation
    agents: Slots
    recipients: Slots
    light: bool = False  # told by a light verb and a noun


def find_candidates(doc: Doc, lexicon: Lexicon) -> Iterator[Candidate]:
    """All candidates of a document, in text order; an act told by a verb and its object noun is told once."""
    found = list(all_candidates(doc, lexicon))
    phrases = {c.verb.i for c in found if c.row.pos == "VERB" and names_its_object(c.row)}
    for candidate in one_sense(found):
        if not (candidate.light and candidate.verb.i in phrases):
            yield candidate


def one_sense(found: list[Candidate]) -> Iterator[Candidate]:
    """Give a bare noun ("those strikes") the sense that a fuller word of the report ("air strikes") has given it."""
    senses: dict[str, Trigger] = {}
    for candidate in found:
        head, row = candidate.trigger[-1].lemma_.lower(), candidate.row
        if row.pos == "NOUN":
            senses[row.word.replace(" ", "")] = row
            fuller = [known for word, known in senses.items() if word.endswith(head) and word != head]
            if fuller and not row.weight:
                candidate = replace(candidate, row=fuller[-1])
        yield candidate


def names_its_object(row: Trigger) -> bool:
    """Does a verb row say which objects it takes ("hold" with "talks"), so that it tells the noun's act itself?"""
    return any(c.what == "obj" and c.words for c in row.conditions)


def all_candidates(doc: Doc, lexicon: Lexicon) -> Iterator[Candidate]:
    """The candidates of every verb, noun and adjective."""
    for token in doc:
        if token.pos_ == "VERB" and token.dep_ in NOMINAL and any(f in lexicon.nouns for f in base_forms(token)):
            yield from noun_candidate(token, lexicon)  # "airstrikes" taken for a verb
        elif token.pos_ == "VERB" and not predicative(token, lexicon):
            yield from verb_candidate(token, lexicon)
            yield from demand_candidates(token)
        elif token.pos_ == "NOUN" or (token.pos_ == "PROPN" and token.ent_type_ in {"", "EVENT"}):
            yield from noun_candidate(token, lexicon)
        elif token.pos_ in {"ADJ", "VERB"}:
            yield from adjective_candidate(token, lexicon)


def verb_candidate(verb: Token, lexicon: Lexicon) -> Iterator[Candidate]:
    """The candidate a verb tells, if a row of the lexicon fits its clause."""
    rows = next((r for form in base_forms(verb) if (r := lexicon.verbs.get(form))), ())
    found = next((f for clause in readings(verb) if (f := fitting_row(rows, clause)) is not None), None)
    if found is None or found[0].type == "NONE":
        return
    row, particles, clause = found
    yield Candidate(
        row=row,
        trigger=tuple(sorted((verb, *particles), key=lambda t: t.i)),
        verb=verb,
        agents=(clause.agents,) if clause.agents else (),
        recipients=(*fill(row.recipient, clause), *(spoken_to(verb) if row.type in WORDS else ())),
    )


def spoken_to(verb: Token) -> Slots:
    """Who is meant by words of will, in what they govern: "refused to recognise X", "promised to send X boats"."""
    found: list[tuple[Token, ...]] = []
    for complement in (*complements(verb, "to"), *complements(verb, "ing")):
        clause = clause_of(complement)
        datives = tuple(t for c in complement.children if c.dep_ == "dative" for t in nouns(c) if t.pos_ != "ADP")
        found.extend((datives, *(prepositional(complement, p) for p in ADDRESSING), clause.patients))
        found.extend(prepositional(patient, p) for patient in clause.patients for p in ADDRESSING)
        found.extend(deeper for deeper in spoken_to(complement))
    wished = prepositional(verb, "for")
    found.extend(noun_slot(slot, noun) for noun in wished for slot in ("by", "with", "between", "from"))
    return tuple(slot for slot in found if slot)


def readings(verb: Token) -> Iterator[Clause]:
    """The clause as parsed; in a headline also as a passive without its auxiliary ("Minister arrested over bribes")."""
    clause = clause_of(verb)
    yield clause
    headline = verb.dep_ == "ROOT" and not verb.sent.text.rstrip().endswith((".", "!", "?", '"', "”"))
    if headline and not clause.passive and not clause.patients and verb.tag_ in {"VBD", "VBN"}:
        yield Clause(verb, prepositional(verb, "by"), clause.agents, True)


def fitting_row(rows: tuple[Trigger, ...], clause: Clause) -> tuple[Trigger, tuple[Token, ...], Clause] | None:
    """The most specific row that fits a clause, with its particles."""
    for row in rows:
        particles = particles_of(clause.verb, row)
        if particles is None:
            continue
        whole = with_particle_object(clause, particles)
        if fits(row, whole):
            return row, particles, whole
    return None


def with_particle_object(clause: Clause, particles: tuple[Token, ...]) -> Clause:
    """The clause with the object that the parser hung on a particle ("called in the ambassador")."""
    strayed = tuple(t for p in particles for c in p.children if c.dep_ == "pobj" for t in nouns(c))
    return clause if clause.patients or not strayed else replace(clause, patients=strayed)


def particles_of(verb: Token, row: Trigger) -> tuple[Token, ...] | None:
    """The tokens of the row's particles beside the verb; None where one is missing."""
    found: list[Token] = []
    for word in row.word.split()[1:]:
        particle = next(
            (c for c in verb.subtree if c.lower_ == word and 0 < c.i - verb.i <= 6 and near(c, verb, found)), None
        )
        if particle is None:
            return None
        found.append(particle)
    return tuple(found)


def near(token: Token, verb: Token, chain: list[Token]) -> bool:
    """Does the particle hang on the verb, or on a particle already found?"""
    return token.head == verb or token.head in chain or token.i == verb.i + 1 + len(chain)


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
            return any_of(tuple(c for c in verb.children if c.dep_ in {"advmod", "acomp"}), condition)
    return False


def qualifiers(clause: Clause) -> tuple[Token, ...]:
    """The nouns compounded with the objects: "aid" in "suspended aid shipments"."""
    return tuple(c for p in clause.patients for c in p.lefts if c.dep_ == "compound" and c.pos_ == "NOUN")


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


def complements(verb: Token, kind: str) -> tuple[Token, ...]:
    """The verbs of the infinitive (`to`), finite (`that`) or gerund (`ing`) complements of a word."""
    found = []
    for c in verb.children:
        if c.dep_ not in {"xcomp", "ccomp", "advcl", "acl"} or not (is_verb(c) or c.pos_ in {"NOUN", "ADJ"}):
            continue
        gerund = c.tag_ == "VBG" and not any(a.dep_ == "aux" for a in c.children)
        shape = "to" if is_infinitive(c) else "ing" if gerund else "that"
        if shape == kind and (c.dep_ in {"xcomp", "ccomp"} or (kind == "to" and c.dep_ == "advcl")):
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
        return tuple(t for patient in clause.patients for t in noun_slot(inner, patient))
    if where == "comp":
        return complement_slot(inner, clause.verb)
    return prepositional(clause.verb, slot) or tuple(t for p in clause.patients for t in prepositional(p, slot))


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
    """The words in one slot of a noun: possessor, modifier, or preposition."""
    if slot == "poss":
        return tuple(t for c in noun.children if c.dep_ == "poss" for t in nouns(c)) or modifiers(noun)
    if slot == "mod":
        return modifiers(noun)
    if slot == "held":
        return tuple(t for c in noun.children if c.dep_ == "acl" and c.tag_ == "VBN" for t in prepositional(c, "by"))
    nested = (t for p in prepositions(noun) for inner in p.children for t in prepositional(inner, slot))
    return prepositional(noun, slot) or tuple(nested)


def modifiers(noun: Token) -> tuple[Token, ...]:
    """The words before a noun that qualify it, nested compounds included, nearest to its front first."""
    found: list[Token] = []
    for c in noun.lefts:
        if c.dep_ in {"amod", "compound", "nmod", "npadvmod", "advmod"}:
            found.extend(t for t in c.subtree if t.pos_ in {"ADJ", "PROPN", "NOUN", "VERB"})
    return tuple(found)


def demand_candidates(verb: Token) -> Iterator[Candidate]:
    """What is asked by saying what another must do: "Oslo said that Minsk must free the men"."""
    for hint in demands(verb):
        asked = tuple(t for t in hint.patients[:1] if t.pos_ != "PRON")
        if hint.agents and asked:
            yield Candidate(DEMAND, (verb,), verb, (hint.agents,), (asked,))


def predicative(verb: Token, lexicon: Lexicon) -> bool:
    """Is a participle after "be" an adjective of the lexicon ("is opposed to", "was outraged by")?"""
    if verb.tag_ != "VBN" or verb.lower_ not in lexicon.adjectives:
        return False
    clause = Clause(verb, surface_subjects(verb), (), False)
    return is_passive(verb) and any(fits(row, clause) for row in lexicon.adjectives[verb.lower_])


def adjective_candidate(adjective: Token, lexicon: Lexicon) -> Iterator[Candidate]:
    """The candidate a predicative adjective tells ("is critical of", "was willing to work with")."""
    rows = lexicon.adjectives.get(adjective.lower_)
    if not rows or adjective.dep_ not in {"acomp", "xcomp", "conj", "ccomp", "ROOT", "oprd", "acl", "amod", "advcl"}:
        return
    verb = adjective.head if adjective.pos_ == "ADJ" and is_verb(adjective.head) else adjective
    subjects = surface_subjects(verb) or surface_subjects(adjective)
    if adjective.dep_ in {"amod", "acl"} and adjective.head.pos_ in {"NOUN", "PROPN"}:
        subjects = nouns(adjective.head)
    clause = Clause(adjective, subjects, (), False)
    row = next((r for r in rows if fits(r, clause)), None)
    if row is not None and row.type != "NONE":
        yield Candidate(row, (adjective,), verb, (subjects,) if subjects else (), fill(row.recipient, clause))


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
    if anchor.dep_ in PASSIVE_SUBJECTS | {"nsubj"}:  # "talks will take place between X and Y"
        agents += tuple(t for slot in row.actor if (t := governing_slot(slot, noun)))
        recipients += tuple(t for slot in row.recipient if (t := governing_slot(slot, noun)))
    if not row.alone and not role and not (recipients and (noun_slot("by", noun) or child(noun, "poss"))):
        return
    if clause is not None:
        agents, recipients = lend(role, clause, row, agents, recipients)
    elif row.reciprocal and not agents:
        agents = attenders(anchor)
    compound = compound_of(noun, row) or ()
    verb = clause.verb if clause is not None else clause_verb(noun)
    yield Candidate(row, (*compound, noun), verb, agents, recipients, light=clause is not None)


def compound_of(noun: Token, row: Trigger) -> tuple[Token, ...] | None:
    """The tokens before the noun that make the row's compound; None where they are other words."""
    words = row.word.split()[:-1]
    if noun.i < len(words):
        return None
    before = tuple(noun.nbor(-n) for n in range(len(words), 0, -1))
    same = all(w in {t.lower_, t.lemma_.lower()} for w, t in zip(words, before, strict=True))
    return before if same else None


def noun_met(condition: Condition, noun: Token) -> bool:
    """Is what a noun row's condition speaks of there?"""
    if condition.what == "mod":
        return any_of(modifiers(noun), condition)
    if condition.what == "poss":
        return any_of(noun_slot("poss", noun), condition)
    preposition = condition.preposition or condition.what
    return any_of((*noun_slot(preposition, noun), *governing_slot(preposition, noun)), condition)


def governing_slot(preposition: str, noun: Token) -> tuple[Token, ...]:
    """The objects of a preposition on the verb over the noun ("made an appeal to Chad", "voiced anger at Rome")."""
    verb = quantity_head(noun).head
    if preposition in {"poss", "mod", "obj", "subj"}:
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
    own = tuple(filled for slot in row.recipient if (filled := prepositional(clause.verb, slot)))
    own += tuple((t,) for c in clause.verb.children if c.dep_ == "dative" for t in nouns(c))
    if role == "actor":
        return ((clause.agents, *agents) if clause.agents else agents), (*recipients, *own)
    givers = tuple(filled for slot in row.actor if (filled := prepositional(clause.verb, slot)))
    return (*agents, *givers), ((clause.agents, *recipients) if clause.agents else recipients)


def attenders(noun: Token) -> Slots:
    """The subject of the clause in which a reciprocal act stands aside: "left for a meeting with", "in talks with"."""
    verb = clause_verb(noun)
    subjects = surface_subjects(verb) if is_verb(verb) and noun.dep_ in {"pobj", "dobj"} else ()
    return (subjects,) if subjects else ()


def noun_fill(slots: tuple[str, ...], noun: Token, anchor: Token) -> Slots:
    """The words in each filled slot of an event noun, or of the quantity noun before it."""
    heads = (noun,) if anchor == noun else (noun, anchor)
    return tuple(filled for slot in slots for head in heads if (filled := noun_slot(slot, head)))
