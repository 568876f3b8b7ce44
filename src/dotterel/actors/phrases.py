"""The grammar of noun phrases: which tokens head one, where it starts, what it governs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dotterel.actors.vocabulary import agents
from dotterel.types import Actor, Alternative

if TYPE_CHECKING:
    from dotterel.parsing import Doc, Token

PREMODIFIERS = {"compound", "nmod", "amod", "poss", "npadvmod", "nummod", "quantmod", "det", "advmod", "punct", "case"}
NOMINAL = {"NOUN", "PROPN", "PRON"}
_EDGE = {"PUNCT", "SPACE", "CCONJ", "SCONJ", "ADP"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A mention in the making: tokens start to end (exclusive), what is known, and what the context must supply."""

    head: int
    start: int
    end: int
    actor: Actor | None
    kind: str  # as ActorMention.kind
    score: float
    reason: str
    need: str = ""  # state | place | group | holder | possessor | pronoun | counterpart | plural; empty when resolved
    word: str = ""  # lemma of the head noun, or the office of a person
    gender: str = ""  # m, f or empty
    plural: bool = False
    human: bool = False  # whether it is one human being
    link: int = -1  # token of the possessor or antecedent to be looked up
    others: tuple[Alternative, ...] = ()  # whom else it could mean, the likeliest first

    def settled(self, actor: Actor, kind: str, score: float, reason: str) -> Draft:
        """The draft once its actor is known."""
        return replace(self, actor=actor, kind=kind, score=score, reason=reason, need="")


def is_plural(token: Token) -> bool:
    """Whether a noun is plural by its tag or by a number before it."""
    if token.tag_ in {"NNS", "NNPS"} or token.lemma_.lower() in {"people", "police", "personnel"}:
        return True
    return token.pos_ == "PROPN" and singular(token.lower_) != token.lower_ and singular(token.lower_) in agents()


def premodifies(token: Token) -> bool:
    """Whether a token stands inside a larger noun phrase, before its head."""
    return token.dep_ in PREMODIFIERS and token.head.i > token.i and token.head.pos_ in {"NOUN", "PROPN", "ADJ", "VERB"}


def _breaks(doc: Doc, i: int) -> bool:
    """Whether a token cannot lie inside a noun phrase, before its head."""
    token, before = doc[i], doc[i - 1] if i else doc[i]
    if token.is_space or token.pos_ in {"AUX", "SCONJ"} or token.tag_ == "TO":
        return True
    if token.pos_ == "PUNCT" and token.text in {'"', "“", "(", ":", ";", "—", "--"}:
        return True
    if token.text in {"-", "–"} and token.whitespace_ and before.whitespace_:
        return True
    if token.pos_ == "CCONJ" and (before.pos_ == "NOUN" or before.lower_ in agents()):
        return True
    return token.pos_ == "PRON" and token.dep_ not in {"poss", "det"}


def phrase_start(head: Token) -> int:
    """The first token of the phrase, without leading punctuation or conjunctions."""
    doc, start = head.doc, head.left_edge.i
    start = next((i + 1 for i in range(head.i - 1, start - 1, -1) if _breaks(doc, i)), start)
    while start < head.i and doc[start].pos_ in _EDGE:
        start += 1
    return start


def complements(head: Token, prepositions: frozenset[str]) -> Iterator[tuple[Token, Token]]:
    """The (preposition, object) pairs to the right of a noun, nearest first."""
    for child in head.rights:
        if child.dep_ == "prep" and child.lower_ in prepositions:
            for grandchild in child.rights:
                if grandchild.dep_ == "pobj":
                    yield child, grandchild


def conjuncts(token: Token) -> list[Token]:
    """A token and what is coordinated to its right."""
    found = [token]
    for child in token.rights:
        if child.dep_ == "conj" and child.pos_ in {"NOUN", "PROPN", "ADJ", "PRON"}:
            found += conjuncts(child)
    return found


def depth_first(doc: Doc) -> Iterator[Token]:
    """All tokens, every governor before what it governs, sentences in order."""
    for sentence in doc.sents:
        stack = [sentence.root]
        while stack:
            token = stack.pop(0)
            yield token
            stack.extend(token.children)


def lemma(token: Token) -> str:
    """The lemma in lower case, except of an acronym."""
    if token.is_upper and len(token.text) > 1:
        return token.text
    word = token.lemma_.lower() if token.pos_ != "PROPN" else token.lower_
    if token.pos_ == "PROPN" and token.tag_ == "NNPS":
        return singular(word)
    return word


def singular(word: str) -> str:
    """A regular plural without its ending, for capitalised nouns the lemmatiser leaves alone."""
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes")):
        return word[:-2]
    if word.endswith("men"):
        return word[:-2] + "an"
    return word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
