"""The positions a report tells in words: its own outside quotations, the speaker's in the first person inside them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import product
from typing import TYPE_CHECKING

from dotterel.actors.knowledge import entries, fold
from dotterel.actors.vocabulary import agents
from dotterel.attribution.sources import mention_of, noun_phrase
from dotterel.quotation import outermost, quotation_spans
from dotterel.quotes.first_person import FIRST_PERSON
from dotterel.stances.sides import holder_name, of_state, plain_name, toward_name
from dotterel.stances.worded import Wording
from dotterel.stances.wording import find_wordings
from dotterel.types import Actor, ActorMention, Report, Roster, Stance

if TYPE_CHECKING:
    from dotterel.parsing import Parse, Token

BELIEF = 0.4  # a side less sure is a mere guess
_ISSUE_WORDS = 10  # an issue is a few words
_MATTER_WORDS = 6  # a longer phrase names no matter one can look for
_BAND = re.compile(r"\b(?:rebels|fighters|militants|militias|insurgents|forces)$", re.IGNORECASE)
_AGAINST = re.compile(r"\bagainst (?:the )?(.+)$")
_POINTS = frozenset({"north", "south", "east", "west"})
_PAIRED = frozenset({"rival", "archrival", "arch-rival", "enemy", "foe", "adversary"})


def told(parse: Parse, report: Report, roster: Roster, spoken: Callable[[], Roster]) -> Iterator[Stance]:
    """The positions told in words; `spoken` gives the roster in which "we" is whoever speaks."""
    quoted = outermost(quotation_spans(report.text))
    for wording in find_wordings(parse):
        known = roster
        if any(start <= wording.first.idx < end for start, end in quoted):
            if isinstance(wording.holder, str) or wording.holder.lower_ not in FIRST_PERSON:
                continue
            known = spoken()
        yield from _stances(wording, known, report.text)
    yield from _named_for_enemy(parse, roster)
    yield from _paired(parse, roster, report.text)


def _stances(wording: Wording, roster: Roster, text: str) -> Iterator[Stance]:
    """One stance for each holder and each side it is toward."""
    joined = not isinstance(wording.holder, str) and not isinstance(wording.toward, str)
    if wording.position == "supports" and _is_new_band(wording.toward, roster):
        return
    holders = _names(wording.holder, roster, joined, holder_name)
    toward = _names(wording.toward, roster, joined, _patient(wording))
    if wording.mutual and toward:
        back = _names(wording.toward, roster, joined, holder_name)
        yield from _paired_off(wording, back, _names(wording.holder, roster, joined, _patient(wording)), text)
    if not toward and not wording.between_actors:
        toward = _matter(wording.toward, text)
    yield from _paired_off(wording, holders, toward, text)


def _is_new_band(head: Token | str, roster: Roster) -> bool:
    """Are "C.I.A.-backed rebels" taken for a group named before? The words that tell who backs them tell them apart."""
    mention = None if isinstance(head, str) else mention_of(head, roster)
    return (
        mention is not None
        and mention.kind in ("anaphor", "described")
        and mention.actor.id.startswith("group:")
        and (_BAND.search(mention.text) is not None)
    )


def _patient(wording: Wording) -> Callable[[ActorMention], str]:
    """Names a side that the wording's position is toward."""
    return lambda mention: toward_name(mention, wording.position)


def _paired_off(wording: Wording, holders: list[str], toward: list[str], text: str) -> Iterator[Stance]:
    for holder, other in product(dict.fromkeys(holders), dict.fromkeys(toward)):
        if holder.casefold() != other.casefold():
            yield _stance(wording, holder, other, text)


def _names(head: Token | str, roster: Roster, joined: bool, name: Callable[[ActorMention], str]) -> list[str]:
    """The names of the actors a phrase or the name in a compound stands for; `joined`: those after "and" too."""
    if isinstance(head, str):
        known = entries().get(fold(head), ())
        return [plain_name(known[0].actor)] if known else []
    found = [_named(token, roster) for token in (head, *(c for c in head.conjuncts if joined and c.i > head.i))]
    return [name(m) for m in found if m is not None and m.actor.name and m.score >= BELIEF and _stands(m.actor)]


def _named(head: Token, roster: Roster) -> ActorMention | None:
    """The mention a word stands for; a capital that the roster took for a place stands for its state ("ally of X")."""
    mention = mention_of(head, roster)
    if mention is not None or head.pos_ != "PROPN":
        return mention
    known = [e.actor for e in entries().get(fold(head.text), ())]
    if len(known) > 1:  # Moscow, of Russia or of the Soviet Union: the one the report speaks of
        named = {m.actor.id for m in roster.mentions}
        known = [actor for actor in known if actor.id in named]
    here = head.idx, head.idx + len(head)
    return ActorMention(head.text, *here, known[0], "metonym") if len(known) == 1 else None


def _stands(actor: Actor) -> bool:
    """Can an actor have a side: not a thing, a number or a word that no table knows."""
    if actor.id.startswith("role:") and actor.country is None and actor.name.lower() in agents():
        return False  # "the country", "the group": nobody knows which
    return actor.sector != "UNK" or not actor.id.startswith("role:")


def _matter(head: Token | str, text: str) -> list[str]:
    """The matter a phrase names, without its article, where it is short and no mere pronoun."""
    if isinstance(head, str) or head.pos_ not in ("NOUN", "PROPN"):
        return []
    if head.lemma_.lower() in agents():  # "the country", "the group": an actor, if an unknown one, and no matter
        return []
    if head.pos_ == "PROPN" and head.lower_ in _POINTS:  # "the North": a state, if an unknown one
        return []
    start, end = noun_phrase(head)
    words = re.sub(r"^(?:the|a|an|its|their|his|her|any|such)\s+", "", text[start:end], flags=re.IGNORECASE)
    words = re.sub(r"[\"“”]|['’]s?$", "", words)
    words = re.split(r"\s+(?:as|near|under|after|before|since|during)\s+", words)[0]
    return [words] if 0 < len(words.split()) <= _MATTER_WORDS and "\n" not in words else []


def _stance(wording: Wording, holder: str, toward: str, text: str) -> Stance:
    start, last = wording.first.idx, wording.last
    whole = last is wording.toward and not isinstance(wording.holder, str)  # of a compound the noun alone
    end = max(last.idx + len(last), noun_phrase(last)[1] if whole else 0)
    issue = " ".join(text[start:end].split()[:_ISSUE_WORDS])
    return Stance(holder, toward, wording.position, issue, wording.first.sent.text.strip(), start, end, wording.reason)


def _named_for_enemy(parse: Parse, roster: Roster) -> Iterator[Stance]:
    """A coalition that is named for whom it fights opposes it: "the Coalition against …"."""
    for mention in roster.mentions:
        match = _AGAINST.search(mention.actor.name)
        known = entries().get(fold(match[1]), ()) if match else ()
        if known:
            actor = mention.actor
            sentence = next(
                (s.text.strip() for s in parse.sentences if s.start_char <= mention.start < s.end_char), mention.text
            )
            toward, reason = plain_name(known[0].actor), "named for whom it fights"
            yield Stance(actor.name, toward, "opposes", mention.text, sentence, mention.start, mention.end, reason)


def _paired(parse: Parse, roster: Roster, text: str) -> Iterator[Stance]:
    """ "The archrivals" after two sides have been named: each opposes the other."""
    for token in parse.doc:
        if token.tag_ != "NNS" or token.lemma_.lower() not in _PAIRED or token.dep_ in ("attr", "appos"):
            continue
        if not any(c.lower_ in ("the", "two", "both", "these") for c in token.children):
            continue
        if any(c.dep_ == "prep" and c.lower_ == "of" for c in token.children):  # "the enemies of X" are others
            continue
        sides = _two_before(roster, token.sent.start_char, token.idx)
        for one, other in (sides, sides[::-1]) if len(sides) == 2 else ():
            wording = Wording(token, token, "opposes", token, token, f"'{token.text}' of two sides named before")
            yield _stance(wording, one, other, text)


def _two_before(roster: Roster, start: int, end: int) -> list[str]:
    """The states or groups named in that stretch of a sentence, if they are two."""
    within = [m for m in roster.within(start, end) if m.kind != "pronoun"]
    named = dict.fromkeys(plain_name(m.actor) for m in within if m.actor.id.startswith(("state:", "group:")))
    whose = dict.fromkeys(name for m in within if (name := of_state(m.actor)))  # "a soldier held in Peru"
    return next((list(names) for names in (named, whose) if len(names) == 2), [])
