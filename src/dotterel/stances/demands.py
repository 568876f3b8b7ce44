"""Reads opposition off demands to give up office: "insisted that X must go", "called for X's resignation"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dotterel.attribution.sources import source_of
from dotterel.stances.lexicon import marks
from dotterel.stances.worded import Wording, asserted

if TYPE_CHECKING:
    from dotterel.parsing import Token

_MUST = frozenset({"must", "should"})
_HAVE_TO = frozenset({"have", "need", "ought"})
_DOWN = frozenset({"down", "aside"})
_OFFICE = frozenset({"power", "office", "post"})


def demands(token: Token) -> Iterator[Wording]:
    """The opposition told by a demand that somebody go."""
    found = _told_to_go(token) if token.pos_ == "VERB" else _departure(token) if token.pos_ == "NOUN" else None
    if found is None:
        return
    verb, target = found
    holder = source_of(verb)
    if holder is not None and target is not None and asserted(verb):
        reason = f"'{verb.text} … {token.text}' tells who should go"
        yield Wording(holder, target, "opposes", min(verb, token), max(verb, token), reason, True)


def _told_to_go(verb: Token) -> tuple[Token, Token | None] | None:
    """The verb of saying or asking above "must go" or "to step down", and who should."""
    if not _is_going(verb):
        return None
    clause = verb.head if verb.dep_ == "xcomp" and verb.head.lemma_ in _HAVE_TO else verb
    subjects = [c for c in clause.children if c.dep_ in ("nsubj", "nsubjpass")]
    subject = subjects[-1] if subjects else None  # the parser may take each part of a name for one
    due = clause is not verb or any(c.dep_ == "aux" and c.lower_ in _MUST for c in verb.children)
    above = clause.head.lemma_.lower()
    if any(c.dep_ == "neg" for c in (*clause.children, *verb.children)):
        return None
    if due:
        return (clause.head, subject) if clause.dep_ == "ccomp" and above in marks("insist") else None
    if verb.dep_ in ("xcomp", "ccomp", "advcl") and above in marks("demand") and verb.tag_ == "VB":
        return verb.head, subject or _asked(verb.head)
    return None


def _is_going(verb: Token) -> bool:
    """Does the verb tell of giving up office: "resign", "step down", "go", "leave power"?"""
    lemma, rights = verb.lemma_.lower(), [c for c in verb.rights if not c.is_punct]
    if lemma in ("step", "stand"):
        return any(c.lower_ in _DOWN for c in rights)
    if lemma == "go":
        return not any(c.dep_ in ("prep", "prt", "xcomp", "acomp", "dobj") for c in rights)
    if lemma == "leave":
        objects = [c for c in rights if c.dep_ == "dobj"]
        return bool(objects) and all(c.lemma_.lower() in _OFFICE for c in objects)
    return lemma == "resign"


def _asked(verb: Token) -> Token | None:
    """Whom a verb asks: its object, or that of "on", "upon", "for"."""
    objects = [c for c in verb.children if c.dep_ == "dobj"]
    prepositions = [c for c in verb.children if c.dep_ == "prep" and c.lower_ in ("on", "upon", "for")]
    return next((c for c in (*objects, *(o for p in prepositions for o in p.children if o.dep_ == "pobj"))), None)


def _departure(noun: Token) -> tuple[Token, Token | None] | None:
    """The verb that demands a departure, and whose."""
    if noun.lemma_.lower() not in marks("departure"):
        return None
    verb = noun.head.head if noun.dep_ == "pobj" and noun.head.lower_ == "for" else noun.head
    if noun.dep_ not in ("dobj", "pobj") or verb.lemma_.lower() not in marks("demand"):
        return None
    of = (o for p in noun.children if p.lower_ == "of" for o in p.children if o.dep_ == "pobj")
    owner = (c for c in noun.children if c.dep_ == "poss")
    return verb, next(owner, None) or next(of, None)
