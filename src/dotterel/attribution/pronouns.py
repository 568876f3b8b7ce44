"""Whom a pronoun cites: "he said", "it also expressed" mostly go on with the one cited last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dotterel.actors.persons import gender_of
from dotterel.types import ActorMention, Attribution

MARKS = " \"“”'`‘’"
PERSONAL = {"he": "m", "she": "f"}
_PARAGRAPHS_BACK = 2
_SENTENCE_END = re.compile(r"[.?!][\"”’']*\s")


def with_antecedents(text: str, attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions, those by a pronoun that opens a paragraph put right where another was cited last."""
    return [_put_right(text, cited, attributions) for cited in attributions]


def _put_right(text: str, cited: Attribution, attributions: Sequence[Attribution]) -> Attribution:
    words = cited.source_text.lower()
    if cited.kind == "attitude" or not (words in PERSONAL or words == "it"):
        return cited
    near = _cited_before(attributions, cited.source_start)
    if words in PERSONAL:
        known = cited.source is not None and is_person(cited.source)
        opens = opens_line(text, cited.source_start) or ends_first_sentence(text, cited)
        meant = None if known and not opens else last_person(text, words, cited, near)
    else:
        meant = last_body(text, cited, near) if opens_line(text, cited.source_start) else None
    return cited if meant is None else replace(cited, source=meant)


def _cited_before(attributions: Sequence[Attribution], at: int) -> list[ActorMention]:
    """Whom the report cited by a name or description before that place, the last first."""
    said = [a for a in attributions if a.kind != "attitude" and not is_recalled(a.source_text)]
    found = {a.source.start: a.source for a in said if a.source is not None}
    return [m for _, m in sorted(found.items(), reverse=True) if m.start < at and m.kind != "pronoun"]


def ends_first_sentence(text: str, cited: Attribution) -> bool:
    """Does "…, he said" close the first sentence of a paragraph? Those named in what he says are not he."""
    line = text.rfind("\n", 0, cited.content_start) + 1
    before = text[line : cited.content_start]
    return (
        cited.content_end <= cited.source_start
        and not _SENTENCE_END.search(before)
        and "\n" not in text[cited.content_start : cited.source_start]
    )


def is_recalled(source: str) -> bool:
    """Are the words brought up as somebody's, who does not go on to speak: "recalled the envoy's words"?"""
    return source.endswith(("'s", "’s", "s'", "s’"))


def last_person(text: str, pronoun: str, cited: Attribution, near: Sequence[ActorMention]) -> ActorMention | None:
    """The person cited last, in this or the last two paragraphs, whom the pronoun may mean."""
    for mention in near:
        if _far(text, mention.start, cited.source_start):
            return None
        if is_person(mention):
            return mention if gender_of(mention.actor.name) in ("", PERSONAL[pronoun]) else None
    return None


def last_body(text: str, cited: Attribution, near: Sequence[ActorMention]) -> ActorMention | None:
    """The one cited last, where that is a state, an organ or a group: what "it also said" goes on with."""
    last = near[0] if near else None
    if last is None or is_person(last) or _far(text, last.start, cited.source_start):
        return None
    return last


def _far(text: str, start: int, end: int) -> bool:
    return len(re.findall(r"\n+", text[start:end])) > _PARAGRAPHS_BACK


def is_person(mention: ActorMention) -> bool:
    """Is it one human being: somebody named, or somebody with a title?"""
    return mention.actor.id.startswith("person:") or mention.kind == "titled"


def opens_line(text: str, at: int) -> bool:
    """Does a paragraph begin there, but for quotation marks?"""
    return not text[text.rfind("\n", 0, at) + 1 : at].strip(MARKS)
