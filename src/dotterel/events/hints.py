"""What a sentence hints at where no trigger's conditions hold: demands put as "must", known words in other frames."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dotterel.events.clauses import clause_of
from dotterel.events.grammar import SAID, base_forms, clause_verb, is_verb
from dotterel.events.lexicon import Lexicon, Trigger

if TYPE_CHECKING:
    from dotterel.parsing import Doc, Token


@dataclass(frozen=True, slots=True)
class Hint:
    """A type that a word may tell, with the words that may name the parties; `share` is how far to believe it."""

    word: Token
    type: str
    share: float  # 0 to 1
    agents: tuple[Token, ...]
    patients: tuple[Token, ...]


def hints(doc: Doc, lexicon: Lexicon, told: set[int]) -> Iterator[Hint]:
    """All hints of a text, words at the positions in `told` left out: those are triggers already."""
    for token in doc:
        if token.pos_ == "VERB":
            yield from demands(token)
        if token.i not in told and token.pos_ in {"VERB", "NOUN"}:
            yield from other_senses(token, lexicon)


def demands(verb: Token) -> Iterator[Hint]:
    """ "Oslo said that Minsk must free the men": a request to who must."""
    if verb.lemma_.lower() not in SAID:
        return
    for c in verb.children:
        if c.dep_ == "ccomp" and is_verb(c) and owes(c):
            owed = clause_of(c)
            yield Hint(verb, "REQUEST", 1.0, clause_of(verb).agents, (*owed.agents, *owed.patients))


def owes(verb: Token) -> bool:
    """Does a verb stand with a word of duty ("must leave", "has to leave", "needs to leave")?"""
    if any(c.dep_ == "aux" and c.lower_ in {"must", "should", "ought"} for c in verb.children):
        return True
    active = not any(c.dep_ == "auxpass" for c in verb.children)  # who is needed owes nothing
    return active and verb.lemma_.lower() in {"need", "have"} and any(c.dep_ == "xcomp" for c in verb.children)


def other_senses(token: Token, lexicon: Lexicon) -> Iterator[Hint]:
    """The types of a word's rows although their conditions do not hold, each with its share of the rows."""
    rows = list(rows_of(token, lexicon))
    counts = Counter(row.type for row in rows if row.type != "NONE")
    if not counts:
        return
    clause = clause_of(token if token.pos_ == "VERB" else clause_verb(token))
    for kind, count in counts.items():
        yield Hint(token, kind, count / len(rows), clause.agents, clause.patients)


def rows_of(token: Token, lexicon: Lexicon) -> Iterator[Trigger]:
    """The rows of a single word, and those of its phrasal forms whose particle stands by."""
    table = lexicon.verbs if token.pos_ == "VERB" else lexicon.nouns
    found = next((r for form in base_forms(token) if (r := table.get(form))), ())
    nearby = {t.lower_ for t in token.children} | {t.lower_ for t in token.lefts}
    yield from (row for row in found if all(w in nearby for w in extra_words(row)))


def extra_words(row: Trigger) -> list[str]:
    """A row's words beside its head: particles of a verb, what stands before a noun."""
    words = row.word.split()
    return words[:-1] if row.pos == "NOUN" else words[1:]
