"""Did it happen? The status of an act by grammar: tense, modals, negation, conditions, and the words that govern it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dotterel.events.governors import governor_signs, governs, is_purpose, speaks_of
from dotterel.events.grammar import is_verb
from dotterel.events.lexicon import Lexicon
from dotterel.events.signs import FUTURE, NEGATIONS, auxiliaries, noun_signs, verb_signs

if TYPE_CHECKING:
    from dotterel.parsing import Token

REFUSAL = "refusal"
STRENGTH = ("drop", "negated", "hypothetical", "proposed", "planned", "ongoing")


@dataclass(frozen=True, slots=True)
class Verdict:
    """An act's status, or that it must not be recorded (`drop`), and the word that decided."""

    status: str
    reason: str


def status_of(trigger: Token, verb: Token, lexicon: Lexicon) -> Verdict:
    """The status of the act told by `trigger` in the clause of `verb`.

    The strongest sign wins: a governor that makes it mere words, negation, condition, wish, plan, continuation.
    """
    signs = list(governor_signs(trigger, lexicon))
    lasts = any(sign == "ongoing" for sign, _ in signs)
    if trigger != verb and trigger.pos_ != "VERB":
        signs.extend(noun_signs(trigger))
    if is_verb(verb) and (trigger == verb or governs(verb, trigger)):
        told = list(verb_signs(verb))
        told += governor_signs(verb, lexicon) if trigger != verb else ()
        told = [
            s for s in told if s[0] != "negated" or not speaks_of(verb, trigger)
        ]  # who did not mention it made none
        signs += [s for s in told if not lasts or s[0] in {"drop", "negated"}]  # what is to be extended goes on already
    if is_purpose(verb, lexicon):
        return Verdict("drop", f"what '{verb.head.lemma_}' is for")
    if refuses(verb, trigger):
        return Verdict("negated", REFUSAL)
    for status in STRENGTH:
        for sign, reason in signs:
            if sign == status:
                return Verdict(status, reason)
    return Verdict("occurred", "plain past or present")


def refuses(verb: Token, trigger: Token) -> bool:
    """ "Oslo will not negotiate": a future denied by who would do it is a refusal."""
    words = {t.lower_ for t in auxiliaries(verb)} if trigger == verb and is_verb(verb) else set()
    return bool(words & FUTURE and words & NEGATIONS)
