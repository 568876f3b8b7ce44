"""Reads positions off the lists of a recorded vote: "four against (A, B, C and D), with one abstention (E)"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from dotterel.types import ActorMention, Report, Roster, Stance

if TYPE_CHECKING:
    from dotterel.parsing import Parse

_LIST = re.compile(
    r"\b(?P<how>in favou?r|for|against|abstentions?|abstaining|opposed)\s*\((?P<who>[^()\n]+(?:\([^()]*\)[^()\n]*)*)\)"
)
_MATTER = re.compile(
    r"\b(resolution|motion|bill|amendment|treaty|proposal|draft|measure|text|decision)\b", re.IGNORECASE
)
_POSITIONS = {"in": "supports", "fo": "supports", "ag": "opposes", "op": "opposes", "ab": "neutral"}
_REACH = 600  # characters before the list in which the matter voted on is named


def votes(parse: Parse, report: Report, roster: Roster) -> Iterator[Stance]:
    """A stance for each state or party in a list of votes, toward what was voted on."""
    for match in _LIST.finditer(report.text):
        matter = _matter(report.text, match.start(), roster)
        sentence = next((s.text.strip() for s in parse.sentences if s.start_char <= match.start() < s.end_char), "")
        for mention in _voters(roster, *match.span("who")) if matter else ():
            position = _POSITIONS[match["how"][:2].lower()]
            start, end = mention.start, mention.end
            yield Stance(mention.actor.name, matter, position, f"vote on the {matter}", sentence, start, end, "vote")


def _voters(roster: Roster, start: int, end: int) -> list[ActorMention]:
    kinds = ("state:", "organisation:", "group:", "bloc:")
    return [m for m in roster.within(start, end) if m.actor.id.startswith(kinds) and m.kind == "named"]


def _matter(text: str, at: int, roster: Roster) -> str:
    """What was voted on, with the body that votes where the report names one before."""
    from_ = max(0, at - _REACH)
    found = list(_MATTER.finditer(text, from_, at))
    if not found:
        return ""
    bodies = [m for m in roster.within(0, at) if m.actor.id.startswith("organisation:") and m.actor.country == "IGO"]
    noun = found[-1][1].lower()
    return f"{bodies[-1].actor.name} {noun}" if bodies and noun == "resolution" else noun
