"""Who claimed an act: "an attack claimed by X", "X claimed responsibility for the bombing"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dotterel.events.grammar import prepositional
from dotterel.events.setting import Context
from dotterel.events.signs import negative_subject
from dotterel.events.subjects import surface_subjects
from dotterel.types import ActorMention

if TYPE_CHECKING:
    from dotterel.parsing import Token


def claimant(noun: Token, context: Context) -> ActorMention | None:
    """Who claimed the act: "an attack claimed by X", "X claimed responsibility for the bombing".

    A claim of "both" or "all" attacks in a sentence covers every act named in it.
    """
    for claim in (t for t in noun.sent if t.lemma_ == "claim" and t.pos_ == "VERB"):
        claimed = claim.head
        collective = any(c.lower_ in {"both", "all", "which", "each"} for c in claimed.children)
        if claim.dep_ in {"acl", "relcl"} and (claimed == noun or claimed in same_acts(noun) or collective):
            return first_mention(prepositional(claim, "by"), context)
        if any(c.lemma_ in {"responsibility", "credit"} for c in claim.children) and claim in noun.ancestors:
            unsaid = negative_subject(claim) or any(c.dep_ == "neg" for c in claim.children)
            return None if unsaid else first_mention(surface_subjects(claim), context)
    return None


def first_mention(tokens: tuple[Token, ...], context: Context) -> ActorMention | None:
    """The first actor that one of the words names."""
    return next((m for t in tokens for m in context.roster.at(t.i)), None)


def same_acts(noun: Token) -> tuple[Token, ...]:
    """The appositions of a noun and of those coordinated with it: "A and B, an attack claimed by X"."""
    joined = (noun, *noun.conjuncts) if noun.pos_ in {"NOUN", "PROPN"} else (noun,)
    return tuple(c for word in joined for c in word.children if c.dep_ == "appos")
