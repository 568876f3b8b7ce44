"""Who passed words on: the outlet or person between the report and whoever it cites for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dotterel.attribution.cues import Span
from dotterel.attribution.outlets import outlet_name, outlet_of
from dotterel.attribution.sources import mention_of, noun_phrase
from dotterel.types import Attribution, Roster

if TYPE_CHECKING:
    from dotterel.parsing import Parse, Token

_RELAYS = frozenset({"citing", "quoting"})
_UNNAMED = frozenset({"source", "witness", "official", "officer", "resident", "diplomat", "activist", "spokesman"})


def with_chains(parse: Parse, roster: Roster, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions, each with who passed it on: "the agency", in "the agency quoted the minister as saying".

    What an outlet says "citing" another is the other's, and "X said, according to the agency" is all X's.
    """
    found = [_relayed(parse, roster, a) for a in attributions]
    relays = {a.cue_start for a in attributions if a.cue_text.lower() in _RELAYS}
    kept = [a for a in found if a.via is not None or a.cue_start not in relays or not _relay_used(found, a)]
    return tuple(_carried(parse, roster, a, kept) for a in _unwrapped(parse, roster, kept))


def _relay_used(found: Sequence[Attribution], relay: Attribution) -> bool:
    """Did the object of a "citing" become the source of what the outlet says?"""
    return any(a.via is not None and relay.content_start <= a.source_start < relay.content_end for a in found)


def _relayed(parse: Parse, roster: Roster, cited: Attribution) -> Attribution:
    """Of "the agency reported, citing the ministry, that …": the ministry's words, through the agency."""
    cue, source = _token(parse, cited.cue_start), _head(parse, cited.source_start, cited.source_end)
    if cue is None or source is None or cue.lower_ in _RELAYS:
        return cited
    relay = next((t for t in cue.sent if t.lower_ in _RELAYS and t.tag_ == "VBG" and _set_off(t)), None)
    whom = next((t for t in relay.children if t.dep_ == "dobj"), None) if relay is not None else None
    outlet = outlet_name(source, roster) if whom is not None else None
    if relay is None or whom is None or outlet is None:
        return cited
    mention = mention_of(whom, roster)
    if mention is None and whom.lemma_.lower() not in _UNNAMED:
        return cited
    start, end = noun_phrase(whom)
    content = _beside(parse.text, (cited.content_start, cited.content_end), (relay.idx, end))
    return replace(
        cited,
        source=mention,
        source_start=start,
        source_end=end,
        source_text=parse.text[start:end],
        content_start=content[0],
        content_end=content[1],
        via=outlet,
    )


def _set_off(token: Token) -> bool:
    """Does a comma stand before it, so that it belongs to the sentence's speaker?"""
    return token.i > 0 and token.nbor(-1).text == ","


def _beside(text: str, content: Span, relay: Span) -> Span:
    """The content without the words of the relay at its start or end."""
    start, end = content
    if relay[0] <= start < relay[1]:
        start = relay[1]
    elif relay[0] <= start + 1 <= relay[1] or start <= relay[0] < end <= relay[1] + 2:
        end = relay[0]
    blank = re.match(r"[\s,]*", text[start:end])
    return start + (blank.end() if blank else 0), start + len(text[start:end].rstrip(" ,\n"))


def _unwrapped(parse: Parse, roster: Roster, attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, those cut short whose content holds "…, according to the agency" at its end."""
    outlets = [a for a in attributions if a.kind == "according" and _source_outlet(parse, roster, a)]
    cut = {a: _cut(parse, roster, a, outlets) for a in attributions}
    ends = {c.content_end: a for a, c in cut.items() if a is not c}
    return [_widened(c, ends) if a in outlets else c for a, c in cut.items()]


def _widened(outlet: Attribution, ends: dict[int, Attribution]) -> Attribution:
    """An outlet's content, from where the words begin that cite whom it passed on."""
    inner = ends.get(outlet.content_end)
    start = min(inner.source_start, inner.cue_start) if inner is not None else outlet.content_start
    return replace(outlet, content_start=min(start, outlet.content_start))


def _cut(parse: Parse, roster: Roster, cited: Attribution, outlets: Sequence[Attribution]) -> Attribution:
    for outlet in outlets:
        inside = cited.content_start < outlet.cue_start and outlet.source_end <= cited.content_end + 1
        last = inside and not parse.text[outlet.source_end : cited.content_end].strip(" .,")
        if outlet is not cited and last and cited.via is None:
            end = cited.content_start + len(parse.text[cited.content_start : outlet.cue_start].rstrip(" ,"))
            return replace(cited, content_end=end, via=_source_outlet(parse, roster, outlet))
    return cited


def _carried(parse: Parse, roster: Roster, cited: Attribution, all_: Sequence[Attribution]) -> Attribution:
    """The attribution with its carrier: one told by the sentence, or the outlet cited for the words that cite."""
    if cited.via is not None or cited.kind == "attitude":
        return cited
    via = outlet_of(parse, roster, cited) or _quoter(parse, roster, cited)
    if via is None:
        around = [a for a in all_ if a.kind in ("indirect", "according") and a.cue_start != cited.cue_start]
        around = [
            a
            for a in around
            if a.covers(cited.cue_start, cited.cue_end) and a.covers(cited.source_start, cited.source_end)
        ]
        nearest = min(around, key=lambda a: a.content_end - a.content_start, default=None)
        via = _source_outlet(parse, roster, nearest) if nearest is not None else None
    return replace(cited, via=via)


def _quoter(parse: Parse, roster: Roster, cited: Attribution) -> str | None:
    """Who "quoted X as saying" it, outlet or not."""
    cue = _token(parse, cited.cue_start)
    if cue is None:
        return None
    verb = cue.head.head if cue.dep_ == "pcomp" and cue.head.lower_ == "as" else cue
    if verb.lemma_ not in ("quote", "cite") or not any(c.lower_ == "as" for c in verb.rights):
        return None
    agents = [t for c in verb.children if c.dep_ == "agent" for t in c.children if t.dep_ == "pobj"]
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)
    subjects = agents if passive else [t for t in verb.children if t.dep_ == "nsubj"]
    if not subjects:
        return None
    return outlet_name(subjects[0], roster) or parse.text[slice(*noun_phrase(subjects[0]))]


def _source_outlet(parse: Parse, roster: Roster, cited: Attribution) -> str | None:
    source = _head(parse, cited.source_start, cited.source_end)
    return outlet_name(source, roster) if source is not None else None


def _token(parse: Parse, at: int) -> Token | None:
    span = parse.doc.char_span(at, at + 1)
    return span[0] if span else None


def _head(parse: Parse, start: int, end: int) -> Token | None:
    span = parse.doc.char_span(start, end)
    return span.root if span else None
