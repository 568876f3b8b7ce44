"""Positions that are no acts: voters, groups of people and those whom a poll asked hold an opinion and do nothing.

"College graduates back the senator", "55 percent of Democrats oppose the treaty". Whom they stand with may be a
stance; an act is told of them where they assemble, elect, accuse or strike, and those are other words.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dotterel.events.lexicon import classes
from dotterel.events.signs import word_list

if TYPE_CHECKING:
    from dotterel.events.candidate import Candidate
    from dotterel.parsing import Token
    from dotterel.types import ActorMention

HELD = {"SUPPORT", "ACCUSE", "REJECT", "REQUEST"}  # types whose words may tell a mere opinion
BY_VOTERS = HELD - {"REJECT"}  # who votes may reject a treaty
PARTISANS = {"PTY", "OPP", "CVL", "UNK"}  # sectors of which a share is a share of the people
PLURAL = {"NNS", "NNPS"}
UP = 4  # prepositional steps from a party to the word that counts it


def is_opinion(candidate: Candidate, actors: tuple[ActorMention, ...]) -> bool:
    """Does the candidate only tell what voters, a group of people or a share of a party think?"""
    kind, doers = candidate.row.type, [t for slot in candidate.agents for t in slot]
    if kind not in HELD or not doers or candidate.spoken:
        return False
    if kind in BY_VOTERS and all(is_of(t, "@electorate") for t in doers):
        return True
    if candidate.head.lemma_.lower() not in word_list("opinion"):
        return False
    if all(is_of(t, "@electorate") or is_of(t, "@demographic") for t in doers):
        return True
    if actors and all(is_nobody_known(m) for m in actors):
        return True
    shares = all(m.actor.sector in PARTISANS and m.kind != "titled" for m in actors)
    return shares and (all(counted_as_share(t) for t in doers) or (asked_by_poll(candidate) and all_many(doers)))


def is_nobody_known(mention: ActorMention) -> bool:
    """A person by name of no office, party or country that the report tells: one voter of many."""
    actor = mention.actor
    return actor.id.startswith("person:") and actor.country is None and actor.sector in {"CVL", "UNK"}


def is_of(token: Token, group: str) -> bool:
    """Does a word class, or a proportion ("55 percent", "a majority of women"), name who acts?"""
    named = (token, *counters(token))
    words = {form for t in named for form in (t.lemma_.lower(), t.lower_.removesuffix("s"))}  # "Hispanics" has no lemma
    return not words.isdisjoint(classes()[group])


def counters(token: Token) -> Iterator[Token]:
    """The words that count a noun from above: "percent" in "55 percent of voters"."""
    for _ in range(UP):
        if token.dep_ != "pobj" or token.head.lower_ not in {"of", "among"}:
            return
        token = token.head.head
        yield token


def counted_as_share(token: Token) -> bool:
    """Is it "most", "many", "half of", "a majority of" those of a name?"""
    words = (token, *counters(token))
    near = {t.lemma_.lower() for word in words for t in (word, *word.children) if t.pos_ not in {"VERB", "AUX"}}
    return not near.isdisjoint(word_list("share"))


def asked_by_poll(candidate: Candidate) -> bool:
    """Does the sentence speak of a poll or of percentages?"""
    return any(t.lemma_.lower() in word_list("poll") for t in candidate.verb.sent)


def all_many(doers: list[Token]) -> bool:
    """Are all of them several people: not the candidate whom a poll is about?"""
    return all(t.tag_ in PLURAL or t.lower_ == "they" for t in doers)
