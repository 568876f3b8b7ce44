"""Who "I", "we" and "you" are inside a quotation: its speaker, his side, and whom he speaks to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dotterel import tables
from dotterel.attribution import Attribution
from dotterel.parsing import Parse
from dotterel.types import Actor, ActorMention, Quote, Roster

if TYPE_CHECKING:
    from dotterel.parsing import Token

OWN = {"i", "me", "my", "mine", "myself"}
SIDE = {"we", "us", "our", "ours", "ourselves"}
FIRST_PERSON = OWN | SIDE
HEARER = {"you", "your", "yours", "yourself", "yourselves"}
OFFICIAL = {"GOV", "MIL", "LEG", "COP"}  # sectors whose people say "we" of their state
BELIEF = {"own": 0.9, "side": 0.8, "hearer": 0.6}  # of what a pronoun means, the speaker being known
REASON = {"own": "speaker of the quotation", "side": "the speaker's side", "hearer": "whom the quotation is spoken to"}


def with_speakers(
    roster: Roster,
    parse: Parse,
    quotes: tuple[Quote, ...],
    attributions: tuple[Attribution, ...] = (),
    *,
    acts: bool = False,
) -> Roster:
    """The roster with a mention for every pronoun of the first or second person inside a quotation.

    "I" is the speaker and "you" the one told. "We" is the speaker as well, but where `acts` are sought it is the state
    that an official speaks for: a minister who says "we bombed the camp" has not.
    """
    heads = dict(roster.heads)
    for quote in quotes:
        span = parse.doc.char_span(quote.start, quote.end)
        if quote.speaker is None or span is None:
            continue
        side = side_of(quote.speaker.actor) if acts else quote.speaker.actor
        meant = {"own": quote.speaker, "side": replace(quote.speaker, actor=side)}
        if told := hearer(quote, parse, roster, attributions):
            meant["hearer"] = told
        for token in span:
            part = part_of(token.lower_)
            if part in meant and token.i not in heads and token.text != "US":
                heads[token.i] = (spoken(token, meant[part], part),)
    mentions = {m.start: m for found in heads.values() for m in found} | {m.start: m for m in roster.mentions}
    return Roster(tuple(mentions[start] for start in sorted(mentions)), heads)


def part_of(pronoun: str) -> str:
    """Which part in a talk a pronoun has: own, side, hearer; empty for other words."""
    return next((part for part, words in (("own", OWN), ("side", SIDE), ("hearer", HEARER)) if pronoun in words), "")


def spoken(token: Token, meant: ActorMention, part: str) -> ActorMention:
    """A pronoun as a mention of who is meant by it."""
    score = round(BELIEF[part] * meant.score, 3)
    start, end = token.idx, token.idx + len(token.text)
    return ActorMention(token.text, start, end, meant.actor, "pronoun", score, REASON[part], meant.alternatives)


def side_of(speaker: Actor) -> Actor:
    """Whom "we" means: the state, for its officials; else the speaker, whose side has no better name."""
    row = next((r for r in tables.read("states") if r["code"] == speaker.country), None)
    if row is None or speaker.sector not in OFFICIAL:
        return speaker
    return Actor(f"state:{row['code']}", row["name"], row["code"], "GOV", ("GOV",))


def hearer(quote: Quote, parse: Parse, roster: Roster, attributions: tuple[Attribution, ...]) -> ActorMention | None:
    """Whom the verb of saying is addressed to: Abe, in "Trump told Abe"; None where nobody or but the press is."""
    if quote.speaker is None:
        return None
    here = [a for a in attributions if a.content_start < quote.end and quote.start < a.content_end and a.source]
    cue = next((a for a in here if a.source and a.source.actor.id == quote.speaker.actor.id), None)
    span = parse.doc.char_span(cue.cue_start, cue.cue_end) if cue else None
    if span is None:
        return None
    objects = [t for t in span.root.children if t.dep_ in {"dobj", "dative"}]
    objects += [t for p in span.root.children if p.lower_ == "to" for t in p.children if t.dep_ == "pobj"]
    told = [m for t in objects for m in roster.at(t.i) if m.actor.sector != "MED" and m.actor.country is not None]
    return next((m for m in told if m.actor.id != quote.speaker.actor.id), None)
