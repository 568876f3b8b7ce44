"""Which pairs of a sentence's parties the classifier is asked about, beside those that the lexicon links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import dropwhile, permutations
from typing import TYPE_CHECKING

from dotterel.events.grammar import extent
from dotterel.events.lexical import ancestry
from dotterel.events.marking import Marked, Offsets
from dotterel.types import ActorMention, Roster

if TYPE_CHECKING:
    from dotterel.parsing import Doc, Span, Token

MOST_PARTIES = 5  # of a sentence, between which acts are sought that no trigger tells
MOST_APART = 25  # words between the heads of two parties of such an act
WITHIN_NAME = {"conj", "compound", "appos", "amod", "nmod", "poss"}  # from a party's head up to the noun it belongs to
DOING = {"nsubj", "nsubjpass", "csubj", "agent"}  # from a doer to its verb
BELOW = {"advcl", "acl", "xcomp"}  # from that verb up to the one that is above both parties


@dataclass(frozen=True, slots=True)
class Question:
    """Two mentions of a sentence, one of them perhaps untold, whose act is asked for."""

    sentence: Offsets  # in characters of the report
    actor: Offsets | None
    recipient: Offsets | None

    def marked(self, text: str) -> Marked:
        """The question in characters of its sentence."""
        start = self.sentence[0]
        spans = [(s[0] - start, s[1] - start) if s else None for s in (self.actor, self.recipient)]
        return text[start : self.sentence[1]], spans[0], spans[1]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parties of a sentence, of whom the first may have acted on the second."""

    question: Question
    actor: ActorMention
    recipient: ActorMention

    @property
    def ids(self) -> set[str]:
        """The identities of both."""
        return {self.actor.actor.id, self.recipient.actor.id}


def pairs_of(sentence: Span, roster: Roster, sided: bool) -> Iterator[Pair]:
    """The ordered pairs of a sentence's first parties, no identity twice; `sided` leaves out what may be one party."""
    first, last = extent(sentence)
    parties = {m.actor.id: m for m in reversed(roster.within(first, last))}
    for one, other in permutations(list(parties.values())[-MOST_PARTIES:], 2):
        apart = one.end <= other.start or other.end <= one.start
        acts = one.actor.sector != "MED" and not one.actor.id.startswith("place:")
        if apart and acts and (of_two_sides(one, other) or not sided):
            yield Pair(Question((first, last), (one.start, one.end), (other.start, other.end)), one, other)


def of_two_sides(one: ActorMention, other: ActorMention) -> bool:
    """Are these surely two? A party without a sector may be a thing; of one country, a part of it or a guess."""
    known = all(m.actor.sector not in {None, "", "UNK"} for m in (one, other))
    return known and (one.actor.country is None or one.actor.country != other.actor.country)


def may_act(pair: Pair, doc: Doc) -> bool:
    """Does the grammar let the first party act on the second: is it the doer of a clause that the second stands near?

    Of the acts that the classifier saw in 10,000 pairs of news and of the corpus, three in four are kept and five
    pairs in six are not asked about.
    """
    actor, recipient = (ancestry(doc, (m.start, m.end)) for m in (pair.actor, pair.recipient))
    meeting = next((i for i in actor if i in recipient), None)
    if meeting is None or abs(actor[0] - recipient[0]) >= MOST_APART:
        return False
    return leads([doc[i] for i in actor[: actor.index(meeting)]])


def leads(way: list[Token]) -> bool:
    """Is the way up from a party that of a doer: within its own name ("members of"), as subject or agent just below?"""
    rest = [t.dep_ for t in dropwhile(is_within_name, way)]
    return not rest or (rest[0] in DOING and BELOW.issuperset(rest[1:]))


def is_within_name(token: Token) -> bool:
    """Does a noun on the way up only name, join or own the next: "members of the militia", "soldiers and police"?"""
    if token.dep_ == "pobj":
        return token.head.lower_ == "of" or token.head.dep_ == "agent"
    return token.dep_ in WITHIN_NAME or (token.dep_ == "prep" and token.lower_ == "of")
