"""Who "I" and "we" are inside a quotation: its speaker."""

from __future__ import annotations

from dotterel.parsing import Parse
from dotterel.types import ActorMention, Quote, Roster

FIRST_PERSON = {"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"}
BELIEF = 0.8  # of a "we": it may be the speaker's side instead of the speaker


def with_speakers(roster: Roster, parse: Parse, quotes: tuple[Quote, ...]) -> Roster:
    """The roster with a mention of the speaker for every first-person pronoun inside a quotation."""
    heads = dict(roster.heads)
    for quote in quotes:
        span = parse.doc.char_span(quote.start, quote.end, alignment_mode="expand")
        if quote.speaker is None or span is None:
            continue
        for token in span:
            if token.lower_ in FIRST_PERSON and token.i not in heads and token.text != "US":
                heads[token.i] = (spoken(token.text, token.idx, quote.speaker),)
    mentions = {m.start: m for found in heads.values() for m in found} | {m.start: m for m in roster.mentions}
    return Roster(tuple(mentions[start] for start in sorted(mentions)), heads)


def spoken(text: str, start: int, speaker: ActorMention) -> ActorMention:
    """A first-person pronoun as a mention of the speaker."""
    score = round(BELIEF * speaker.score, 3)
    return ActorMention(text, start, start + len(text), speaker.actor, "pronoun", score, "speaker of the quotation")
