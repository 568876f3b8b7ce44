"""Names the outlet that carried a quotation: "told AFP", "the agency quoted her as saying", "in an interview with"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from dotterel.attribution.sources import mention_of, noun_phrase
from dotterel.tables import read
from dotterel.types import Attribution, Roster

if TYPE_CHECKING:
    from dotterel.parsing import Parse, Token

_MEDIA = re.compile(
    r"\b(?:news agency|news service|newswire|newspaper|daily|weekly|magazine|television|TV|radio|channel|network"
    r"|broadcaster|news site|website|station|wire service|Times|Post|Journal|Tribune|Herald|Gazette|News)\b"
)
_KINDS = r"(?:news agency|news service|newspaper|daily|weekly|magazine|network|broadcaster|website|agency|channel)"
_KIND = re.compile(
    r"^(?:[Tt]he|[Aa]n?)\s+|^(?:[A-Z]?[a-z]+ )?state-(?:run|owned)\s+"
    rf"|\s+{_KINDS}$|^(?:[A-Z]?[a-z-]+ )*{_KINDS}\s+(?=[A-Z])"
)
_GENERIC = re.compile(
    r"\b(?:news agency|news service|newspaper|paper|daily|magazine|media|press|television|TV|radio|broadcaster|channel"
    r"|network|news site|station)$"
)
_GIVEN_TO = frozenset({"interview", "statement", "comment", "remark", "telephone", "broadcast", "speech"})
_CARRY = frozenset({"quote", "cite", "carry", "report", "publish", "broadcast", "air", "post", "release"})


@lru_cache(maxsize=1)
def _agencies() -> frozenset[str]:
    """Names of news agencies, in lower case, from the table `agencies`."""
    forms = (form for row in read("agencies") for form in (row["name"], *row["alias"].split("|")))
    return frozenset(form.lower() for form in forms if form)


def is_outlet(words: str) -> bool:
    """Do the words alone tell that somebody is an outlet?"""
    return words.lower() in _agencies() or bool(_MEDIA.search(words) or _GENERIC.search(words))


def outlet_of(parse: Parse, roster: Roster, cited: Attribution) -> str | None:
    """The name of the outlet through which the source of an attribution spoke, if the sentence names one."""
    cue = parse.doc.char_span(cited.cue_start, cited.cue_end)
    if not cue:
        return None
    for token in _carriers(cue.root):
        if not cited.source_start <= token.idx < cited.source_end:
            name = outlet_name(token, roster)
            if name is not None:
                return name
    return None


def _carriers(verb: Token) -> Iterator[Token]:
    """The words that would name an outlet around a citing verb, likeliest first."""
    if verb.lemma_ == "tell":
        yield from (t for t in verb.children if t.dep_ in ("dobj", "dative"))
    quoting = verb.head.head if verb.dep_ == "pcomp" and verb.head.lower_ == "as" else None
    if quoting is not None and quoting.lemma_ in ("quote", "cite"):
        yield from (t for t in quoting.children if t.dep_ == "nsubj")
        yield from _by(quoting)
    for token in verb.sent:
        if token.lower_ in ("with", "to") and (token.head.lemma_ in _GIVEN_TO or token.head.lower_ == "according"):
            yield from (t for t in token.children if t.dep_ == "pobj")
        elif token.lemma_ in _CARRY and token.tag_ == "VBN":
            yield from _by(token)
        elif token.lemma_ == "report" and token.dep_ in ("parataxis", "ccomp", "advcl", "ROOT"):
            yield from (t for t in token.children if t.dep_ == "nsubj")


def _by(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.lower_ in ("by", "on", "in"):
            yield from (t for t in child.children if t.dep_ == "pobj")


def outlet_name(token: Token, roster: Roster) -> str | None:
    """The outlet a noun phrase names, or its words where it is one of no name ("state media"); None for any other."""
    phrase = token.doc.char_span(*noun_phrase(token)) or token.doc[token.i : token.i + 1]
    apposed = next((t for t in token.children if t.dep_ == "appos" and t.pos_ == "PROPN" and t.i > token.i), None)
    if apposed is not None and _GENERIC.search(phrase.text):
        return token.doc.text[slice(*noun_phrase(apposed))]  # "the newspaper Le Monde"
    words = phrase.text.strip("\"“”'‘’")
    mention = mention_of(token, roster)
    bare = _KIND.sub("", _KIND.sub("", words)).strip()
    proper = any(t.pos_ == "PROPN" for t in phrase)
    if bare.lower() in _agencies() or (proper and mention is None and _MEDIA.search(words)):
        return bare
    if not proper and _GENERIC.search(words) and token.i == phrase[-1].i:
        return words
    medium = mention is not None and "MED" in (mention.actor.sector, *mention.actor.sectors)
    if mention is None or not medium or (mention.actor.id.startswith("role:") and not proper):
        return None
    return bare if proper else mention.actor.name
