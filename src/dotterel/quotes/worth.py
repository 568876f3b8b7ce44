"""Tells quotations from scare quotes and from names in quotation marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dotterel.attribution import Attribution
from dotterel.quotation import Span
from dotterel.quotes.citing import uttering

if TYPE_CHECKING:
    from dotterel.parsing import Parse, Token

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_MIN_WORDS = 3  # two words in marks are a scare quote or a name, unless they are all that was said
_SAID = frozenset({"direct", "indirect"})
_SCARE = frozenset({"so", "so-called", "called", "alleged", "supposed", "self-styled"})
_NAMING = frozenset({"called", "dubbed", "named", "titled", "entitled", "codenamed", "known", "nicknamed"})


def is_quotation(parse: Parse, parts: list[Span], cited: Attribution | None) -> bool:
    """Are the words what somebody said?

    A whole utterance with a citing word beside it is, however short; so are so are the words that somebody is
    cited for, and whatever is chanted or held up; words nobody is cited for must make a sentence.
    """
    tokens = [t for part in parts for t in parse.doc.char_span(*part) or ()]
    words = [t for t in tokens if any(c.isalnum() for c in t.text)]
    if not words:
        return False
    if cited is not None and cited.kind == "direct" and _uttered(parse, cited):
        return True
    if cited is not None and _called_by_source(words, cited):
        return True
    if _is_name(words):
        return False
    if cited is None:
        return len(words) >= _MIN_WORDS and _is_sentence(words, tokens)
    if cited.kind == "direct" and _is_utterance(tokens):
        return True
    return len(words) >= _MIN_WORDS or (cited.kind in _SAID and _is_fragment(words))


def _uttered(parse: Parse, cited: Attribution) -> bool:
    """Is it cited by a word beside which anything is an utterance: chanted, or written on a placard?"""
    cue = parse.doc.char_span(cited.cue_start, cited.cue_end)
    if not cue:
        return False
    beside = cue[0].nbor(-1).lemma_.lower() if cue[0].i else ""
    return cue.root.lemma_.lower() in uttering() or (cue[0].tag_ == "VBG" and beside in uttering())


def _called_by_source(words: list[Token], cited: Attribution) -> bool:
    """Does "what he called" or the like stand right before the words?"""
    doc, first = words[0].doc, words[0].i
    before = [t for t in doc[max(0, first - 3) : first] if t.is_alpha]
    what = next((t for t in doc[max(0, first - 8) : first] if t.lower_ == "what"), None)
    called = bool(before) and before[-1].lower_ in {"called", "termed", "dubbed", "described", "as", "labelled"}
    return called and what is not None and what.idx <= cited.source_start < words[0].idx


def _is_fragment(words: list[Token]) -> bool:
    """Are the one or two words a piece of somebody's sentence, neither a name nor called so by others?"""
    before = {t.lower_ for t in words[0].doc[max(0, words[0].i - 3) : words[0].i]}
    return words[0].text[:1].islower() and not before & (_NAMING | _SCARE)


def _is_utterance(tokens: list[Token]) -> bool:
    """Does the quotation begin like a sentence and end like one: "Never,"?"""
    return tokens[0].text[:1].isupper() and tokens[-1].text[-1:] in ",.!?…-—"


def _is_sentence(words: list[Token], tokens: list[Token]) -> bool:
    finite = any(t.tag_ in _FINITE for t in words)
    return words[0].text[:1].isupper() and (finite or tokens[-1].text[-1:] in ".!?…,")


def _is_name(words: list[Token]) -> bool:
    """Is every word of weight capitalised and none a finite verb, or does a naming word stand before?"""
    heavy = [t for t in words if t.pos_ not in ("ADP", "DET", "CCONJ", "PART")]
    capitals = bool(heavy) and all(t.text[:1].isupper() or t.text[:1].isdigit() for t in heavy)
    ends = words[-1].i + 1 < len(words[-1].doc) and words[-1].nbor(1).text in (",", ".", "!", "?")
    if capitals and len(words) > 1 and not any(t.tag_ in _FINITE for t in words) and not ends:
        return True
    before = [t.lower_ for t in words[0].doc[max(0, words[0].i - 4) : words[0].i]]
    return bool(_NAMING & set(before)) and capitals
