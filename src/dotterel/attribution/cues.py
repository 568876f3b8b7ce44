"""Finds the words that cite, each with the head word of its source: verbs, nouns, adjectives, phrases, colons."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dotterel.attribution import lexicon
from dotterel.attribution.crowds import crowd_of
from dotterel.attribution.lexicon import Entry
from dotterel.attribution.sources import possessor_of, quoted_by, source_of

if TYPE_CHECKING:
    from dotterel.parsing import Parse, Token

Span = tuple[int, int]

_UNSAID = frozenset({"if", "unless"})  # "if he says so" reports nothing
_GOING_ON = frozenset({"go", "continue", "begin", "start", "use", "proceed", "have", "write", "appear", "seem"})
_PASSES_ON = frozenset({"quote", "cite"})
_NO_SOURCE = frozenset({"it", "there", "that", "this"})


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase that cites, in place."""

    head: Token  # the verb, noun or adjective; of a phrase its last word
    first: Token  # the words of the cue run from here to `last`
    last: Token
    source: Token  # head word of the source
    entry: Entry | None  # None: a phrase
    kind: str  # verb | noun | adjective | phrase

    @property
    def span(self) -> Span:
        """Character offsets of the cue."""
        return self.first.idx, self.last.idx + len(self.last)


def inside(spans: tuple[Span, ...], position: int) -> bool:
    """Does the character stand in one of those spans, which are sorted and do not overlap?"""
    at = bisect_right(spans, (position, 1 << 60)) - 1
    return at >= 0 and spans[at][0] <= position < spans[at][1]


def find_cues(parse: Parse, quoted: tuple[Span, ...]) -> tuple[Cue, ...]:
    """The cues that stand outside the quoted stretches and have a source outside them, in text order."""
    found: list[Cue] = []
    for token in parse.doc:
        if token.is_alpha and not inside(quoted, token.idx):
            found += [cue for cue in _cues_at(token) if _names(cue.source, quoted)]
    return tuple(found)


def _names(source: Token, quoted: tuple[Span, ...]) -> bool:
    """Is the source a word outside all quotations?"""
    return source.text[0].isalnum() and not inside(quoted, source.idx)


def _cues_at(token: Token) -> Iterator[Cue]:
    """The cue this token is the head of, if any."""
    if token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB"):
        entry, source = lexicon.verb(token.lemma_), None
        saying = _passed_on(token) if entry is not None else None
        if saying is not None and not any(c.dep_ in ("ccomp", "dobj") for c in saying.rights):
            source = quoted_by(token)  # `"…," the agency quoted the minister as saying`
        elif entry is not None and saying is None and not _unsaid(token):
            source = crowd_of(token, source_of(token))
        if entry is not None and source is not None and source.lower_ not in _NO_SOURCE - {"it"}:
            yield Cue(token, token, token, source, entry, "verb")
    elif token.pos_ == "NOUN":
        entry = lexicon.noun(token.lemma_)
        owner = possessor_of(token) if entry else None
        if entry is not None and owner is not None:
            yield Cue(token, token, token, owner, entry, "noun")
    elif token.dep_ == "acomp":
        entry = lexicon.adjective(token.lemma_)
        holder = source_of(token.head) if entry else None
        if entry is not None and holder is not None and holder.lower_ not in _NO_SOURCE:
            yield Cue(token, token, token, holder, entry, "adjective")
    yield from _phrase_at(token)


def _unsaid(verb: Token) -> bool:
    """Is nothing reported: a condition, or an infinitive that nothing says came true?"""
    if any(child.dep_ == "mark" and child.lower_ in _UNSAID for child in verb.children):
        return True
    infinitive = any(child.tag_ == "TO" for child in verb.children)
    return infinitive and verb.dep_ != "ROOT" and verb.head.lemma_.lower() not in _GOING_ON


def _passed_on(verb: Token) -> Token | None:
    """The word that says, where a verb but passes it on: "quoted the minister as saying"."""
    if verb.lemma_.lower() not in _PASSES_ON:
        return None
    said = (t for c in verb.rights if c.lower_ == "as" for t in c.children if t.dep_ == "pcomp")
    return next((t for t in said if lexicon.verb(t.lemma_) is not None), None)


def _phrase_at(token: Token) -> Iterator[Cue]:
    """A phrase such as "according to" that ends with this token, whose object is the source."""
    for words in lexicon.phrases().get(token.lower_, ()):
        start = token.i - len(words) + 1
        if start < 0 or tuple(t.lower_ for t in token.doc[start : token.i + 1]) != words:
            continue
        source = next((t for t in token.children if t.dep_ in ("pobj", "pcomp")), None)
        if source is not None:
            yield Cue(token, token.doc[start], token, source, None, "phrase")
