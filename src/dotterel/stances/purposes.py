"""Reads positions off purposes: "working to defeat X", "the fight against X", "committed to a settlement"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dotterel.attribution.sources import possessor_of, source_of
from dotterel.stances.lexicon import marks, words
from dotterel.stances.worded import Wording, asserted, linked

if TYPE_CHECKING:
    from dotterel.parsing import Token

_COMMITTED = frozenset({"committed", "dedicated", "devoted", "determined"})
_ASKING = frozenset({"urge", "ask", "call", "tell", "order", "press", "want", "help", "invite", "fail", "refuse"})
_MAX_CLIMB = 4


def purposes(token: Token) -> Iterator[Wording]:
    """The positions told by a verb of aim or endeavour, or by a noun for a struggle."""
    yield from _aim(token)
    yield from _struggle(token)


def _aim(verb: Token) -> Iterator[Wording]:
    """ "X is determined to defeat Y", "the coalition to fight Y", "X is committed to promoting Y"."""
    if verb.tag_ not in ("VB", "VBG") or verb.pos_ != "VERB":
        return
    lemma = verb.lemma_.lower()
    use = "aim" if ("aim", lemma) in words() else "endeavour"
    for entry in words().get((use, lemma), ()):
        toward = linked(verb, entry)
        holder = _willing(verb, committed_only=use == "endeavour")
        if holder is not None and toward is not None:
            reason = f"'{verb.text}' is what somebody is set on"
            yield Wording(holder, toward, entry.position, verb, toward, reason)


def _willing(verb: Token, committed_only: bool) -> Token | None:
    """Who is set on doing what an infinitive tells; None where it is asked of somebody, or merely possible."""
    if not any(c.tag_ == "TO" for c in verb.children) and verb.dep_ not in ("pcomp", "conj"):
        return None
    clause = verb
    for _ in range(_MAX_CLIMB):
        head = clause.head
        if clause.dep_ == "conj" or clause.dep_ in ("pcomp", "prep"):
            clause = head
            continue
        if head.lower_ in _COMMITTED:
            return _committed(head)
        if committed_only:
            return None
        if clause.dep_ in ("acl", "relcl") and head.pos_ == "NOUN":
            return _of_noun(head)
        if clause.dep_ in ("xcomp", "advcl") and head.pos_ in ("VERB", "AUX"):
            return _of_verb(head)
        return None
    return None


def _committed(word: Token) -> Token | None:
    """Who is committed: the subject of the participle, or of the verb it completes."""
    own = next((c for c in word.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if any(c.dep_ == "neg" for c in (*word.children, *word.head.children)):
        return None
    return own or (source_of(word.head) if word.dep_ in ("acomp", "oprd") else None)


def _of_verb(head: Token) -> Token | None:
    """The subject of a verb that strives; of one that asks somebody else nobody."""
    asked = head.lemma_.lower() in _ASKING or any(c.dep_ == "dobj" and c.i > head.i for c in head.children)
    return None if asked or not asserted(head) else source_of(head)


def _of_noun(noun: Token) -> Token | None:
    """Whose will a noun tells: "their determination to", "the resolve of X to"; a coalition's own."""
    if noun.lemma_.lower() not in marks("resolve"):
        return None
    of = next((c for p in noun.children if p.lower_ in ("of", "by") for c in p.children if c.dep_ == "pobj"), None)
    return of or possessor_of(noun) or next((c for c in noun.children if c.dep_ in ("amod", "compound")), None) or noun


def _struggle(noun: Token) -> Iterator[Wording]:
    """ "X's campaign against Y", "X stepped up its fight against Y", "the war on Y by X"."""
    if noun.pos_ != "NOUN":
        return
    for entry in words().get(("struggle", noun.lemma_.lower()), ()):
        toward = linked(noun, entry)
        if toward is None:
            continue
        for holder in _strugglers(noun):
            yield Wording(holder, toward, entry.position, noun, toward, f"'{noun.text}' tells a standing effort")


def _strugglers(noun: Token) -> list[Token]:
    """Who struggles: the owner, the adjective or name before the noun, else the subject of what is done about it."""
    before = [c for c in noun.children if c.dep_ in ("poss", "amod", "compound", "nmod") and c.i < noun.i]
    if before:
        return before
    verb = noun.head
    if noun.dep_ in ("dobj", "pobj") and noun.head.pos_ == "ADP":
        verb = noun.head.head
    holder = source_of(verb) if verb.pos_ == "VERB" and asserted(verb) else None
    return [holder, *(c for c in holder.children if c.dep_ == "conj")] if holder is not None else []
