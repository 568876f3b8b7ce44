"""Frames in which a speech blames or praises: bad names, bad deeds, failed duties, friends, mourning, virtues."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dotterel.events.clauses import clause_of
from dotterel.events.grammar import child, clause_verb, is_verb, prepositional
from dotterel.events.lexicon import load
from dotterel.events.sayings import FUTURE, OURS, Saying, Told, auxiliaries, is_ours, is_real, subjects_of
from dotterel.events.subjects import surface_subjects

if TYPE_CHECKING:
    from dotterel.parsing import Token

POSSESSIVES = {"our", "my"}
BEING = {"be", "become", "remain"}
THIS = {"this", "that", "it", "which", "these"}
HOSTILE = {"ASSAULT", "COERCE", "SANCTION", "MOBILIZE"}
DEEDS = {"act", "action", "deed", "behaviour", "behavior", "conduct", "policy", "regime", "violence", "campaign",
         "crime", "practice", "measure", "move", "decision", "statement", "rhetoric", "blockade", "annexation",
         "occupation", "law", "war", "claim", "demand", "tactic", "presence"}  # fmt: skip


def said_of(word: Token, saying: Saying) -> Told | None:
    """A bad name given to a party, to its deed, or to "this" after its deed."""
    verb = word.head
    if word.dep_ not in {"acomp", "attr", "oprd"} or verb.lemma_ not in BEING or not is_real(verb):
        return None
    return blamed(word, verb, saying)


def amounts(word: Token, saying: Saying) -> Told | None:
    """The same after "amounts to", "constitutes", "is an act of"."""
    verb = clause_verb(word)
    holder = word.head.head if word.dep_ == "pobj" else word.head
    act_of = holder.lemma_ in {"act", "declaration", "form"} and holder.dep_ == "attr"
    if not is_real(verb) or not (act_of or (holder == verb and verb.lemma_ in {"amount", "constitute", "represent"})):
        return None
    return blamed(word, verb, saying)


def blamed(word: Token, verb: Token, saying: Saying) -> Told | None:
    """The party that the subject of a bad name is, did, or is told to have done just before."""
    for subject in subjects_of(verb) or tuple(c for c in verb.children if c.dep_ == "csubj"):
        if subject.lower_ in OURS:
            return None
        found = saying.parties((subject,)) or saying.behind(subject)
        if not found and is_deed(subject) and any(c.lower_ == "the" for c in subject.children):
            return Told((word,), verb)
        if not found and subject.dep_ == "csubj":
            found = saying.parties(clause_of(subject).agents)
        if not found and subject.lower_ in THIS:
            found = doers_before(verb, saying)
        if found:
            return Told((word,), verb, found)
    return None


def doers_before(verb: Token, saying: Saying) -> tuple[Token, ...]:
    """Who does what is told in the clause before this one: "is bombing the town, and that is shameful"."""
    if verb.dep_ == "conj" and is_verb(verb.head):
        return saying.parties(surface_subjects(verb.head))
    return ()


def deed(word: Token, saying: Saying) -> Told | None:
    """A bad word before what a party did: "the cowardly attack by", "ISIL's murderous violence"."""
    noun = word.head
    if word.dep_ != "amod" or not is_deed(noun):
        return None
    done_by = saying.behind(noun)
    return Told((word, noun), clause_verb(noun), done_by) if done_by else None


def is_deed(noun: Token) -> bool:
    """Does the noun name what somebody did?"""
    lemma = noun.lemma_.lower()
    return noun.pos_ == "NOUN" and (lemma in DEEDS or any(r.type in HOSTILE for r in load().nouns.get(lemma, ())))


def crime(word: Token, saying: Saying) -> Told | None:
    """A bad noun with who did it: "Russian aggression"."""
    done_by = saying.behind(word) if word.pos_ == "NOUN" and word.dep_ not in {"compound", "attr"} else ()
    denied = any(c.lower_ in {"no", "any"} for c in word.children)
    return Told((word,), clause_verb(word), done_by) if done_by and not denied else None


def does(word: Token, saying: Saying) -> Told | None:
    """A party does what is bad by its word."""
    if not is_verb(word) or not is_real(word) or auxiliaries(word) & FUTURE or word.dep_ == "amod":
        return None
    doers = saying.parties(clause_of(word).agents)
    return Told((word,), word, doers) if doers else None


def fails(word: Token, saying: Saying) -> Told | None:
    """A party fails to do its duty."""
    if not is_verb(word) or child(word, "xcomp") is None or not is_real(word) or auxiliaries(word) & FUTURE:
        return None
    doers = saying.parties(surface_subjects(word))
    return Told((word,), word, doers) if doers else None


def partner(word: Token, saying: Saying) -> Told | None:
    """Our partner, ally, friend: said of a party."""
    verb = clause_verb(word)
    ours = any(c.dep_ == "poss" and c.lower_ in POSSESSIVES for c in word.children)
    predicate = word.dep_ == "attr" or (word.dep_ == "pobj" and word.head.head.lower_ == "one")
    if not ours or not predicate or verb.lemma_ not in BEING or not is_real(verb):
        return None
    friends = saying.parties(subjects_of(verb))
    return Told((word,), verb, friends) if friends else None


def feels(word: Token, saying: Saying) -> Told | None:
    """We mourn, grieve with a party or with "you"."""
    companions = tuple(t for p in ("with", "for", "alongside") for t in prepositional(word, p))
    companions += tuple(t for c in word.children if c.dep_ == "advmod" for t in prepositional(c, "with"))
    if not is_verb(word) or not is_ours(word) or not is_real(word) or not companions:
        return None
    return Told((word,), word, known(companions, saying))


def known(words: Iterable[Token], saying: Saying) -> tuple[Token, ...]:
    """Those of the words that the roster knows as other than the speaker, whatever their sector."""
    own = saying.speech.speaker.actor.id
    return tuple(t for t in words if any(m.actor.id != own for m in saying.roster.at(t.i)))


def thoughts(word: Token, saying: Saying) -> Told | None:
    """Our thoughts are with, our hearts go out to a party."""
    verb = clause_verb(word)
    ours = any(c.dep_ == "poss" and c.lower_ in POSSESSIVES for c in word.children)
    if word.dep_ != "nsubj" or not ours or verb.lemma_ not in {"be", "go"}:
        return None
    toward = (*prepositional(verb, "with"), *prepositional(verb, "to"))
    toward += tuple(t for c in verb.children if c.dep_ in {"advmod", "prt"} for t in prepositional(c, "to"))
    return Told((word,), verb, known(toward, saying)) if toward else None


def shows(word: Token, saying: Saying) -> Told | None:
    """A party shows courage, has demonstrated unity."""
    verb = word.head
    if word.dep_ != "dobj" or verb.lemma_ not in {"show", "demonstrate", "display", "prove", "exhibit"}:
        return None
    praised = saying.parties(surface_subjects(verb)) if is_real(verb) and not auxiliaries(verb) & FUTURE else ()
    return Told((verb, word), verb, praised) if praised else None
