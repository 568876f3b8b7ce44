"""The crowd that shouts or holds up words, where the grammar gives them to a place or to the placard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dotterel.actors.vocabulary import agents
from dotterel.attribution.lexicon import bearers, utterances

if TYPE_CHECKING:
    from dotterel.parsing import Token

_PUBLIC = frozenset({"CVL", "OPP", "REF", "REB", "PTY"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})


def crowd_of(verb: Token, source: Token | None) -> Token | None:
    """Who shouts, or holds the placard that says so: the crowd told before, unless the grammar gives a person."""
    if verb.tag_ != "VBG" or not utters(verb) or (source is not None and _can_speak(source)):
        return source
    before = (t for t in reversed(verb.doc[verb.sent.start : verb.i]) if _is_crowd(t))
    return next(before, source)


def utters(verb: Token) -> bool:
    """Is it a word for shouting, or one after a placard or the like: "signs reading"?"""
    held = verb.i > 0 and verb.nbor(-1).lemma_.lower() in bearers()
    return held or verb.lemma_.lower() in utterances()


def _can_speak(word: Token) -> bool:
    """Is the word somebody, rather than a place or a thing?"""
    if word.ent_type_ in _PLACES:
        return False
    known = agents().get(word.lemma_.lower())
    return word.pos_ in ("PROPN", "PRON") or (known is not None and known.kind in ("person", "crowd"))


def _is_crowd(word: Token) -> bool:
    known = agents().get(word.lemma_.lower()) if word.pos_ == "NOUN" else None
    if known is None or known.sector not in _PUBLIC:
        return False
    return known.kind == "crowd" or (known.kind == "person" and word.tag_ == "NNS")
