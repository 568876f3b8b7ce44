"""Whom the report cites for one quotation: the attribution that fits it best, with its source put right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from dotterel.attribution import Attribution, cited_for
from dotterel.attribution.lexicon import bearers, noun, utterances, verb
from dotterel.attribution.sources import mention_of, noun_phrase, source_of
from dotterel.quotation import Span
from dotterel.types import Roster

if TYPE_CHECKING:
    from dotterel.parsing import Parse, Token

_QUOTING = frozenset({"quote", "cite"})
_REPORTS = frozenset({"speech", "show"})
_PLACES = frozenset({"GPE", "LOC", "FAC"})
_MAX_CLIMB = 6  # a citing word further above a quotation hardly ever means it


@lru_cache(maxsize=1)
def uttering() -> frozenset[str]:
    """Words beside which anything in quotation marks is an utterance: to chant, a placard."""
    return bearers() | utterances()


def citation_of(
    parse: Parse, roster: Roster, attributions: Sequence[Attribution], start: int, end: int
) -> Attribution | None:
    """Whom the report cites for a quotation: directly, else for the clause around it, else for the thought in it.

    Where none of the attributions tells it, whoever is the subject of the citing word above the quotation.
    """
    exact = next(
        (a for a in attributions if a.kind == "direct" and (a.content_start, a.content_end) == (start, end)), None
    )
    covering = [a for a in attributions if a.covers(start, end)]
    thought = min(covering, key=lambda a: a.content_end - a.content_start, default=None)
    said = cited_for([a for a in covering if a is not exact], start, end)
    if exact is not None and said is not None and _reporters_own(exact, start, end):
        exact = None  # in `he said her "blind" claims were old` it is he who calls them blind
    found = exact or said or thought or _cited_above(parse, roster, start, end)
    return None if found is None else _put_right(parse, roster, found)


def _reporters_own(cited: Attribution, start: int, end: int) -> bool:
    """Does the quotation stand between a possessive and the noun it owns, and so describe it?"""
    return cited.source_end <= start and end <= cited.cue_start and cited.cue_start - cited.source_end < end - start + 8


def _cited_above(parse: Parse, roster: Roster, start: int, end: int) -> Attribution | None:
    """The subject of a clause that speaks, "made fresh calls on Monday for a …", for a part of that clause."""
    span = parse.doc.char_span(start, end)
    first = next((t for t in span or () if t.is_alpha), None)
    if first is None or not first.text[0].islower():
        return None
    for above in list(first.ancestors)[:_MAX_CLIMB]:
        if above.pos_ == "VERB" and above.i < first.i:
            cue = _speaking(above, first)
            source = source_of(above) if cue is not None else None
            if cue is not None and source is not None:
                return _attribution(roster, source, cue, (start, end))
    return None


def _speaking(above: Token, quoted: Token) -> Token | None:
    """The citing word of a clause: its verb, or the noun that its verb hands out ("issued a call")."""
    entry = verb(above.lemma_)
    if entry is not None and entry.frames.get("clause") in _REPORTS:
        return above
    for child in above.children:
        if child.dep_ == "dobj" and child.pos_ == "NOUN" and child.i < quoted.i and noun(child.lemma_) is not None:
            return child
    return None


def _attribution(roster: Roster, source: Token, cue: Token, content: Span) -> Attribution:
    first, last = noun_phrase(source)
    return Attribution(
        mention_of(source, roster),
        first,
        last,
        source.doc.text[first:last],
        cue.idx,
        cue.idx + len(cue),
        cue.text,
        *content,
        "indirect",
    )


def _put_right(parse: Parse, roster: Roster, cited: Attribution) -> Attribution:
    """The attribution with the one who spoke for its source, where an outlet or a placard stands in the place."""
    cue = parse.doc.char_span(cited.cue_start, cited.cue_end)
    if not cue:
        return cited
    source = _quoted_person(cue.root) or _bearers_holder(cue[0]) or _in_a_place(cue[0])
    if source is None or cited.source_start <= source.idx < cited.source_end:
        return cited
    start, end = noun_phrase(source)
    mention = mention_of(source, roster)
    return replace(cited, source=mention, source_start=start, source_end=end, source_text=parse.text[start:end])


def _quoted_person(cue: Token) -> Token | None:
    """Who spoke where an outlet "quoted X as saying"."""
    if cue.lemma_ not in _QUOTING or any(c.dep_ in ("auxpass", "nsubjpass") for c in cue.children):
        return None
    if not any(c.lower_ == "as" for c in cue.rights):
        return None
    return next((c for c in cue.rights if c.dep_ == "dobj"), None)


def _bearers_holder(cue: Token) -> Token | None:
    """Who carries the placard or the like that stands right before a citing participle: "held signs reading …"."""
    if cue.i == 0 or cue.tag_ != "VBG" or cue.nbor(-1).lemma_.lower() not in bearers():
        return None
    before = [t for t in cue.sent if t.i < cue.i - 1 and t.pos_ in ("VERB", "AUX")]
    for carrying in reversed(before[-2:]):
        holder = _in_a_place(carrying) or source_of(carrying)
        if holder is not None and holder.i < carrying.i and holder.lemma_.lower() not in bearers():
            return holder
    return None


def _in_a_place(verb: Token) -> Token | None:
    """The subject of "marched in the capital shouting", where the parser hangs the participle on the place."""
    subject = next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if verb.tag_ == "VBG" and subject is not None and subject.ent_type_ in _PLACES and verb.head.pos_ == "VERB":
        return source_of(verb.head)
    if verb.tag_ != "VBG" or verb.dep_ != "acl" or verb.head.dep_ not in ("pobj", "appos", "dobj"):
        return None
    if verb.head.ent_type_ not in _PLACES and not any(c.dep_ == "poss" for c in verb.head.children):
        return None
    clause = next((t for t in verb.head.ancestors if t.pos_ == "VERB"), None)
    return source_of(clause) if clause is not None else None
