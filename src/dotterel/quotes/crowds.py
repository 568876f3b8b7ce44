"""Names a crowd that shouts or holds up words by what it is and where it stands: "protesters in Sydney"."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dotterel.attribution import Attribution
from dotterel.attribution.crowds import utters
from dotterel.attribution.cues import inside
from dotterel.quotation import outermost, quotation_spans
from dotterel.types import ActorMention

if TYPE_CHECKING:
    from dotterel.parsing import Parse, Token

_ANYBODY = frozenset({"people", "crowd", "man", "woman", "person", "resident"})  # whoever shouts in a crowd protests
_PLACES = frozenset({"GPE", "LOC"})
_WITHIN = frozenset({"poss", "amod", "compound", "nmod", "dobj"})


def crowd_speaking(parse: Parse, cited: Attribution) -> ActorMention | None:
    """The crowd cited, called by the place its sentence tells; None where no crowd shouts or no place is told."""
    cue = parse.doc.char_span(cited.cue_start, cited.cue_end)
    source = parse.doc.char_span(cited.source_start, cited.source_end)
    mention = cited.source
    if not cue or not source or mention is None or mention.actor.sector != "CVL" or not utters(cue[0]):
        return None
    if mention.actor.id.startswith("person:") or source.root.pos_ != "NOUN":
        return None
    where = _place(cue[0])
    if where is None:
        return None
    noun = source.root
    name = f"{'protesters' if noun.lemma_.lower() in _ANYBODY else noun.lower_} in {where}"
    return replace(mention, actor=replace(mention.actor, name=name))


def _place(cue: Token) -> str | None:
    """The place told last before the words, but for one that owns or describes something."""
    before = cue.doc[cue.sent.start : cue.i]
    quoted = outermost(quotation_spans(before.text))
    told = [e for e in before.ents if e.label_ in _PLACES and e.root.dep_ not in _WITHIN]
    told = [e for e in told if not inside(quoted, e.start_char - before.start_char)]
    return told[-1].text.removeprefix("the ") if told else None
