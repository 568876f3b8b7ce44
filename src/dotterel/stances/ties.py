"""Reads ties between two sides off nouns and compounds: relations that sour, rivals, X-backed, anti-X."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dotterel.stances.lexicon import marks, words
from dotterel.stances.worded import Wording, asserted

if TYPE_CHECKING:
    from dotterel.parsing import Token

_RELATIONS = frozenset({"relation", "tie", "relationship", "link"})


def ties(token: Token) -> Iterator[Wording]:
    """The positions told by a noun for a relation or a compound that is, or ends with, this token."""
    yield from _relation(token)
    yield from _compound(token)


def _relation(noun: Token) -> Iterator[Wording]:
    """ "Relations between X and Y have soured", "X's ties with Y are tense"."""
    if noun.lemma_.lower() not in _RELATIONS or noun.dep_ not in ("nsubj", "nsubjpass"):
        return
    verb = noun.head
    said = [verb, *(c for c in verb.children if c.dep_ in ("acomp", "attr"))]
    entry = next((e for t in said for e in words().get(("relation", t.lemma_.lower()), ())), None)
    if entry is None or not asserted(verb):
        return
    parties = [c for p in noun.children if p.dep_ == "prep" and p.lower_ in ("between", "with") for c in p.children]
    owner = next((c for c in noun.children if c.dep_ in ("poss", "amod")), None)
    named = [c for c in parties if c.dep_ == "pobj"]
    if owner is not None and owner.lower_ == "whose":
        named = [verb.head, *verb.head.conjuncts] if verb.dep_ == "relcl" else []
    if named and named[0].conjuncts:
        named = [named[0], named[0].conjuncts[0]]
    elif named and owner is not None:
        named = [owner, named[0]]
    if len(named) == 2:
        reason = f"relations that '{said[-1].text}'"
        yield Wording(named[0], named[1], entry.position, noun, verb, reason, True, entry.mutual)


def _compound(token: Token) -> Iterator[Wording]:
    """ "Iranian-backed militias", "pro-Russian separatists", "anti-Assad rebels", as one token or as three."""
    for name, use, position, first, last in _hyphened(token):
        noun = _noun_after(last)
        if noun is not None:
            holder, toward = (name, noun) if use == "suffix" else (noun, name)
            reason = f"compound '{token.doc[first.i : last.i + 1].text}'"
            yield Wording(holder, toward, position, first, noun, reason)


def _hyphened(token: Token) -> Iterator[tuple[str, str, str, Token, Token]]:
    """The name in a compound with this token, the use and position of its other half, first and last token."""
    doc, at = token.doc, token.i
    before, sign, after = token.text.rpartition("-")
    if sign and after.lower() in marks("suffix"):
        yield before, "suffix", marks("suffix")[after.lower()], token, token
    if sign and before.lower() in marks("prefix"):
        yield after, "prefix", marks("prefix")[before.lower()], token, token
    if at >= 2 and doc[at - 1].text in "-–" and token.lower_ in marks("suffix"):
        yield doc[at - 2].text, "suffix", marks("suffix")[token.lower_], doc[at - 2], token
    if at + 2 < len(doc) and doc[at + 1].text in "-–" and token.lower_ in marks("prefix"):
        yield doc[at + 2].text, "prefix", marks("prefix")[token.lower_], token, doc[at + 2]


def _noun_after(token: Token) -> Token | None:
    """The noun a compound that ends with this token describes: the last plain noun of the phrase after it."""
    found = None
    for following in token.doc[token.i + 1 : token.i + 5]:
        if following.pos_ not in ("ADJ", "NOUN", "PROPN"):
            break
        found = following if following.pos_ == "NOUN" else None
    return found
