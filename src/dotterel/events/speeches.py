"""Which words of a report are whose: each token of a speech with the political actor who is cited for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dotterel.attribution import Attribution
from dotterel.events.lexicon import classes
from dotterel.types import ActorMention, Quote, Roster

if TYPE_CHECKING:
    from dotterel.parsing import Doc, Token

POLITICAL = {"GOV", "LEG", "MIL", "IGO", "NGO", "PTY", "OPP", "REB", "JUD", "COP"}  # sectors whose words are acts


@dataclass(frozen=True, slots=True)
class Speech:
    """A stretch of words and whose they are."""

    speaker: ActorMention
    head: Token  # of the speaker's mention
    start: int  # in characters
    end: int
    direct: bool


def speeches(
    doc: Doc, attributions: Iterable[Attribution], quotes: Iterable[Quote], roster: Roster
) -> Iterator[Speech]:
    """What political actors are cited for, a quotation that only its neighbours give a speaker included."""
    said = [
        (a.source, a.content_start, a.content_end, a.kind == "direct") for a in attributions if a.kind != "attitude"
    ]
    said += [(q.speaker, q.start, q.end, True) for q in quotes]
    for speaker, start, end, direct in said:
        head = head_of(doc, speaker) if speaker is not None else None
        if speaker is not None and head is not None and speaks_politics(speaker, head) and roster.at(head.i):
            yield Speech(speaker, head, start, end, direct)


def head_of(doc: Doc, mention: ActorMention) -> Token | None:
    """The head word of a mention."""
    span = doc.char_span(mention.start, mention.end)
    return span.root if span is not None else None


def speaks_politics(speaker: ActorMention, head: Token) -> bool:
    """Are the speaker's words acts: an official's, a party's, a body's, a crowd's or an activist's?"""
    if speaker.actor.sector in POLITICAL:
        return True
    called = (head, *head.lefts)
    return speaker.actor.sector == "CVL" and any(t.lemma_.lower() in classes()["@activist"] for t in called)


def speech_of_tokens(doc: Doc, said: Iterable[Speech]) -> dict[int, Speech]:
    """For each token inside speeches the innermost one."""
    owners: dict[int, Speech] = {}
    for speech in sorted(said, key=lambda s: s.start - s.end):  # the longest first, so that inner ones overwrite
        span = doc.char_span(speech.start, speech.end)
        owners.update((t.i, speech) for t in span or ())
    return owners
