"""The words above a counted noun that tell what it counts: verbs that befall it or that it does, nouns that own it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from dotterel import tables

if TYPE_CHECKING:
    from dotterel.parsing import Span, Token

NOUNS = {"NOUN", "PROPN"}
RAISING = {"believe", "say", "report", "think", "know", "fear", "expect", "appear", "seem", "begin", "continue"}


@lru_cache(maxsize=16)
def senses(role: str) -> dict[str, str]:
    """The words of that role in `data/figure_words.tsv`, with what they make a number count."""
    return {r["word"]: r["what"] for r in tables.read("figure_words") if r["role"] == role}


def in_context(what: str, sentence: Span) -> bool:
    """Does the sentence hold a word beside which such a count is political?"""
    forms = {t.lemma_.lower() for t in sentence} | {t.lower_ for t in sentence}
    return any(word in forms for word, sense in senses("context").items() if sense == what)


def governing_sense(noun: Token) -> tuple[str, Token, str] | None:
    """What the verb or noun above makes of the counted noun, that word, and the role the count plays to it."""
    for word, role in _governors(noun):
        for key in _keys(word):
            what = senses(role).get(key) or (_joining(key, word) if role == "subject" else None)
            if what:
                return what, word, role
    return None


def _joining(key: str, verb: Token) -> str | None:
    """What those count who gather or take part: protesters, where the sentence tells a protest."""
    what = senses("joins").get(key)
    return what if what and in_context(what, verb.sent) else None


def _keys(word: Token) -> Iterator[str]:
    """A word as the table may list it: alone, with its particle or object, or with a preposition and its object."""
    lemma = word.lemma_.lower()
    for child in word.children:
        if child.dep_ in {"prt", "dobj", "oprd", "acomp"}:
            yield f"{lemma} {child.lemma_.lower()}"
        elif child.lower_ == "fatally":
            yield f"fatally {lemma}"
        elif child.dep_ == "prep":
            yield from (f"{lemma} {child.lower_} {p.lemma_.lower()}" for p in child.children)
    yield lemma


def _governors(noun: Token) -> Iterator[tuple[Token, str]]:
    """The words that may give a counted noun its sense, each with the noun's role to it."""
    for child in noun.children:
        if child.dep_ == "acl" and child.tag_ in {"VBN", "VBD"}:
            yield child, "object"
            yield child, "subject"  # "3,000 people demonstrated outside", which the parser takes for a participle
        elif child.dep_ == "acl" and child.tag_ == "VBG":
            yield child, "subject"
        elif child.dep_ == "relcl":
            passive = any(c.dep_ == "nsubjpass" for c in child.children)
            yield child, "object" if passive else "subject"
    head, dep = noun.head, noun.dep_
    if dep == "conj":
        yield from _governors(head)
    elif dep in {"dobj", "nsubjpass", "oprd"}:
        yield head, "object"
        yield from _subject_nouns(head)
        yield from _further(head, dep)
    elif dep == "nsubj":
        bare_participle = head.tag_ == "VBN" and not any(c.dep_ in {"aux", "dobj"} for c in head.children)
        yield head, "object" if bare_participle else "subject"
        yield from _further(head, dep)
        yield from _subject_nouns(head, {"attr", "acomp"})
    elif dep == "attr":
        yield from _subject_nouns(head)
    elif dep == "pobj":
        yield from _through_preposition(head)


def _further(verb: Token, dep: str) -> Iterator[tuple[Token, str]]:
    """The verbs that share a subject with this one: "were shot and killed", "are reported to have died"."""
    passive = dep == "nsubjpass"
    for child in verb.children if dep != "dobj" else ():
        raised = child.dep_ == "xcomp" and verb.lemma_.lower() in RAISING
        if child.pos_ != "VERB" or not (raised or child.dep_ == "conj"):
            continue
        if any(c.dep_ in {"nsubj", "nsubjpass"} for c in child.children):
            continue
        auxiliaries = {c.dep_ for c in child.children if c.dep_ in {"aux", "auxpass"}}
        shared = passive and not raised and child.tag_ == "VBN" and "aux" not in auxiliaries
        yield child, "object" if shared or "auxpass" in auxiliaries else "subject"


def _through_preposition(preposition: Token) -> Iterator[tuple[Token, str]]:
    above = preposition.head
    if preposition.lower_ in {"of", "on", "against"} and above.pos_ in NOUNS:
        yield above, "of"
    if preposition.lower_ in {"to", "at", "from", "by", "of", "past", "above"}:
        yield from _subject_nouns(above, {"nsubj", "nsubjpass", "dobj"})  # "put the toll at 12"
        if above.pos_ in NOUNS:
            yield above, "subject_noun"
    elif preposition.lower_ == "including":
        yield above, "subject_noun"
        yield from ((c, "object") for c in above.children if c.dep_ == "acl")
        yield from _governors(above)


def _subject_nouns(
    verb: Token, roles: frozenset[str] | set[str] = frozenset({"nsubj", "nsubjpass"})
) -> Iterator[tuple[Token, str]]:
    for child in verb.children:
        if child.dep_ in roles:
            yield child, "subject_noun"
            yield from ((p, "subject_noun") for c in child.children if c.dep_ == "prep" for p in c.children)
