"""Candidate acts: every trigger of the lexicon found in a parse, with the words in its actor and recipient slots."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from dotterel.events.candidate import Candidate
from dotterel.events.clauses import Clause, clause_of, is_passive
from dotterel.events.conditions import fits
from dotterel.events.event_nouns import noun_candidate
from dotterel.events.grammar import base_forms, is_verb, nouns, prepositional
from dotterel.events.hints import demands
from dotterel.events.lexicon import Lexicon, Trigger, classes
from dotterel.events.parties import DOCUMENTS
from dotterel.events.slots import fill, spoken_to
from dotterel.events.subjects import surface_subjects

if TYPE_CHECKING:
    from dotterel.parsing import Doc, Token

WORDS = {"AGREE", "REJECT", "THREATEN", "REQUEST", "CONCEDE"}  # acts of the will, whose object lies in what they govern
DEMAND = Trigger(
    "must", "VERB", (), "REQUEST", None, (), (), True, False, "[Oslo] said that {Minsk} must free the men."
)
ALONGSIDE = Trigger(
    "fight", "VERB", (), "COOPERATE", None, (), ("alongside",), True, True, "[Togo] fought rebels alongside [Benin]."
)
DECLARED = {"REQUEST", "ACCUSE", "SUPPORT", "REJECT"}  # acts that a document does once it is adopted
ADOPTS = {"adopt", "approve", "pass", "issue", "sign", "endorse"}
TURNS_DOWN = {"reject", "veto", "block", "defeat", "oppose", "withdraw", "shelve"}
MODALS = {"will", "would", "may", "might", "could", "should", "must", "can", "shall"}
LEAD = {"coordination", "auspex", "auspices", "leadership", "aegis", "direction", "supervision", "command", "umbrella"}
MEMBER = Trigger(
    "serve", "VERB", (), "ASSAULT", None, (), (), True, False, "[Togo] served as part of the coalition to defeat {IS}."
)
COALITIONS = {"coalition", "alliance", "force", "mission"}
DEFEATS = {"defeat", "fight", "destroy", "degrade", "combat", "battle", "crush", "bomb"}
FIGHTS = {"fight", "battle", "bomb", "attack", "combat"}
NOMINAL = {"pobj", "dobj", "nsubj", "nsubjpass", "compound"}  # places of a noun


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
            if fuller and not row.weight and not done_by(candidate, "@crowd"):
                candidate = replace(candidate, row=fuller[-1])
            elif row.type == "PROTEST" and done_by(candidate, "@armed"):
                candidate = replace(candidate, row=replace(row, type="ASSAULT", mode=None))
        yield candidate


def done_by(candidate: Candidate, group: str) -> bool:
    """Is the act done by people of that word class: strikes by nurses, strikes by jets?"""
    return any(t.lemma_.lower() in classes()[group] for slot in candidate.agents for t in slot)


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
            yield from alongside_candidate(token)
            yield from member_candidate(token)
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
    over = document_over(verb)
    if over is not None and row.type in DECLARED and is_unadopted(over):
        return
    yield Candidate(
        row=row,
        trigger=tuple(sorted((verb, *particles), key=lambda t: t.i)),
        verb=verb,
        agents=tuple(filter(None, (clause.agents, auspices(verb)))),
        recipients=(*fill(row.recipient, clause), *(spoken_to(verb) if row.type in WORDS else ())),
        spoken=over is not None and row.type in DECLARED and is_adopted(over),
    )


def auspices(verb: Token) -> tuple[Token, ...]:
    """Under whose lead something is done, for want of a known doer: "under the auspices of the UN, engineers built"."""
    led = (t for t in prepositional(verb, "under") if t.lemma_.lower() in LEAD)
    return next((found for t in led if (found := prepositional(t, "of"))), ())


def document_over(verb: Token) -> Token | None:
    """The verb over a document whose words a participle tells: "adopted a resolution urging Chad to"."""
    while verb.dep_ == "conj" and verb.head.tag_ == "VBG":
        verb = verb.head
    written = verb.dep_ == "acl" and verb.tag_ == "VBG" and verb.head.lemma_.lower() in DOCUMENTS
    return verb.head.head if written and verb.head.dep_ == "dobj" else None


def is_adopted(over: Token) -> bool:
    """Has the document been adopted, so that what it says is said?"""
    past = over.tag_ in {"VBD", "VBN"} and not any(c.dep_ == "neg" or c.lower_ in MODALS for c in over.children)
    return over.lemma_.lower() in ADOPTS and past


def is_unadopted(over: Token) -> bool:
    """Is the document turned down, or not adopted yet, so that nobody says what it says?"""
    adopts = over.lemma_.lower() in ADOPTS
    undone = any(c.dep_ == "neg" or c.lower_ in {*MODALS, "to"} for c in over.children if c.dep_ in {"aux", "neg"})
    return over.lemma_.lower() in TURNS_DOWN or (adopts and undone)


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


def demand_candidates(verb: Token) -> Iterator[Candidate]:
    """What is asked by saying what another must do: "Oslo said that Minsk must free the men"."""
    for hint in demands(verb):
        asked = tuple(t for t in hint.patients[:1] if t.pos_ != "PRON")
        if hint.agents and asked:
            yield Candidate(DEMAND, (verb,), verb, (hint.agents,), (asked,))


def alongside_candidate(verb: Token) -> Iterator[Candidate]:
    """Who stands together in a fight against a third: "fighting rebels alongside Chadian troops"."""
    company = prepositional(verb, "alongside")
    if verb.lemma_.lower() in FIGHTS and company and (clause := clause_of(verb)).patients and clause.agents:
        yield Candidate(ALONGSIDE, (verb,), verb, (clause.agents,), (company,))


def member_candidate(verb: Token) -> Iterator[Candidate]:
    """Who fights a third as one of a coalition: "is working as part of the coalition to defeat the rebels"."""
    parts = (t for t in prepositional(verb, "as") if t.lower_ in {"part", "member"})
    united = tuple(t for part in parts for t in prepositional(part, "of") if t.lemma_.lower() in COALITIONS)
    aims = [c for t in (verb, *united) for c in t.children if c.dep_ in {"advcl", "xcomp", "acl", "relcl"}]
    foes = next((p for c in aims if c.lemma_.lower() in DEFEATS and (p := shared_objects(c))), ())
    if united and foes:
        yield Candidate(MEMBER, (verb,), verb, ((*clause_of(verb).agents, *united),), (foes,))


def shared_objects(verb: Token) -> tuple[Token, ...]:
    """The object of a verb or of one coordinated with it: "to degrade and defeat the rebels"."""
    joined = (c for c in verb.children if c.dep_ == "conj")
    return clause_of(verb).patients or next((p for c in joined if (p := clause_of(c).patients)), ())


def predicative(verb: Token, lexicon: Lexicon) -> bool:
    """Is a participle after "be" an adjective of the lexicon ("is opposed to", "was outraged by")?"""
    if verb.tag_ != "VBN" or verb.lower_ not in lexicon.adjectives:
        return False
    clause = Clause(verb, surface_subjects(verb), (), False)
    return (is_passive(verb) or verb.dep_ == "acomp") and any(
        fits(row, clause) for row in lexicon.adjectives[verb.lower_]
    )


def adjective_candidate(adjective: Token, lexicon: Lexicon) -> Iterator[Candidate]:
    """The candidate a predicative adjective tells ("is critical of", "was willing to work with")."""
    rows = lexicon.adjectives.get(adjective.lower_)
    if not rows or adjective.dep_ not in {"acomp", "xcomp", "conj", "ccomp", "ROOT", "oprd", "acl", "amod", "advcl"}:
        return
    leaning = adjective.pos_ == "ADJ" or adjective.dep_ == "acomp"
    verb = adjective.head if leaning and is_verb(adjective.head) else adjective
    subjects = surface_subjects(verb) or surface_subjects(adjective)
    if adjective.dep_ in {"amod", "acl"} and adjective.head.pos_ in {"NOUN", "PROPN"}:
        subjects = nouns(adjective.head)
    clause = Clause(adjective, subjects, (), False)
    row = next((r for r in rows if fits(r, clause)), None)
    if row is not None and row.type != "NONE":
        yield Candidate(row, (adjective,), verb, (subjects,) if subjects else (), fill(row.recipient, clause))
