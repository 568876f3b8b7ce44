"""Whether a time expression looks back or ahead, by the tense of the verb that governs it."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from dotterel.times.patterns import any_of
from dotterel.times.resolve import Context, Match, words
from dotterel.times.told import Told
from dotterel.types import Report

if TYPE_CHECKING:
    from dotterel.parsing import Parse, Token

MODALS = {"will", "shall", "wo", "'ll", "’ll", "would", "could", "should", "might", "may", "must", "can"}


def context_of(match: Match, parse: Parse, report: Report, starts: list[int], told: Told) -> Context:
    """What the match of a rule is resolved against; `starts` are the offsets of all tokens."""
    before = report.text[max(0, match.start() - 20) : match.start()].rstrip().lower()
    token = head_of(match.start(), match.end(), parse, starts)
    verb, direct = _governor(token)
    ahead = re.search(rf"\b(?:{any_of(words('ahead'))})(?:\s+of)?(?:\s+(?:the|its|his|her|their))?$", before)
    in_title = bool(report.title) and match.end() <= len(report.title or "")
    direction = "future" if ahead else _tense(verb, in_title) if verb is not None else None
    event = told.event_at(parse.doc, bisect_right(starts, match.end() - 1))
    return Context(told.published, tuple(told.past), event, direction, direct, before)


def head_of(start: int, end: int, parse: Parse, starts: list[int]) -> Token:
    """The token of the expression between two offsets that hangs on a word outside it."""
    first = max(0, bisect_right(starts, start) - 1)
    inside = [t for t in parse.doc[first : bisect_right(starts, end - 1)] if not t.is_space]
    outer = [t for t in inside if t.head not in inside or t.head == t]
    return (outer or inside or [parse.doc[first]])[-1]


def _governor(token: Token) -> tuple[Token | None, bool]:
    """The verb above a token, and whether no noun stands between them."""
    direct, node = True, token
    while node.head != node:
        node = node.head
        if node.pos_ in {"VERB", "AUX"}:
            return node, direct
        if node.pos_ in {"NOUN", "PROPN"}:
            direct = False
            if node.lemma_.lower() in words("coming_noun"):
                return node, direct
    return None, False


def _tense(verb: Token, in_title: bool) -> str | None:
    """Past or future, as the verb group says; None where it does not tell."""
    if verb.pos_ == "NOUN":
        return "future"
    auxiliaries = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    lowered = {c.lower_ for c in auxiliaries}
    if lowered & MODALS:
        return "past" if "have" in lowered else "future"
    if "to" in lowered:
        return "past" if "have" in lowered else _tense_of_infinitive(verb, in_title)
    if any(c.tag_ == "VBD" for c in auxiliaries) or lowered & {"has", "have", "having", "'ve", "’ve"}:
        return _prospective_or(verb, "past")
    if verb.tag_ == "VBD":
        return "past"
    if verb.tag_ in {"VBN", "VBG"} and not auxiliaries:
        return _prospective_or(
            verb, "past" if verb.tag_ == "VBN" or verb.head == verb else _tense_above(verb, in_title)
        )
    if in_title:
        return "past"
    return "future" if verb.tag_ in {"VBZ", "VBP", "VBG"} else _prospective_or(verb, None)


def _prospective_or(verb: Token, tense: str | None) -> str | None:
    """A participle such as "scheduled" puts the date ahead, whatever its auxiliary; other verbs keep their tense."""
    return "future" if verb.tag_ == "VBN" and verb.lemma_.lower() in words("scheduled") else tense


def _tense_above(verb: Token, in_title: bool) -> str | None:
    above, _ = _governor(verb)
    return _tense(above, in_title) if above is not None else None


def _tense_of_infinitive(verb: Token, in_title: bool) -> str | None:
    """ "due to meet" and a bare "to meet" look ahead; "came to meet" has the tense of its own verb."""
    if verb.head == verb or verb.head.lemma_.lower() in words("prospective"):
        return "future"
    return _tense_above(verb, in_title)
