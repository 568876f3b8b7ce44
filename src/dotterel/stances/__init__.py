"""Finds lasting positions: who stands with whom or for what, told in words or shown by repeated acts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import product
from typing import TYPE_CHECKING

from dotterel.actors.knowledge import entries, fold, states
from dotterel.attribution.sources import mention_of, noun_phrase
from dotterel.quotation import outermost, quotation_spans
from dotterel.stances.wording import Wording, find_wordings
from dotterel.types import Actor, ActorMention, Event, Report, Roster, Stance

if TYPE_CHECKING:
    from dotterel.parsing import Parse, Token

__all__ = ["find_stances"]

_SHOWS = {"ASSAULT": "opposes", "SUPPORT": "supports", "AID": "supports"}  # what a standing act of each type shows
_ISSUE_WORDS = 10  # an issue is a few words
_MATTER_WORDS = 6  # a longer phrase names no matter one can look for


def find_stances(parse: Parse, report: Report, roster: Roster, events: tuple[Event, ...]) -> tuple[Stance, ...]:
    """The lasting positions in text order, one for each holder, what it is toward, and position."""
    found: dict[tuple[str, str, str], Stance] = {}
    for stance in (*_told(parse, report, roster), *_shown(report, events)):
        found.setdefault((stance.holder.casefold(), stance.toward.casefold(), stance.position), stance)
    return tuple(sorted(found.values(), key=lambda s: (s.start, s.end, s.holder, s.toward)))


def name_of(mention: ActorMention) -> str:
    """The name a stance carries for an actor: of the government of a state the state's."""
    return re.sub(r"^Government of (?:the )?", "", mention.actor.name)


def _told(parse: Parse, report: Report, roster: Roster) -> Iterator[Stance]:
    """The positions the report tells in words outside quotations."""
    quoted = outermost(quotation_spans(report.text))
    for wording in find_wordings(parse):
        if any(start <= wording.first.idx < end for start, end in quoted):
            continue
        joined = not isinstance(wording.holder, str) and not isinstance(wording.toward, str)
        holders = _names(wording.holder, roster, joined)
        toward = _names(wording.toward, roster, joined)
        if not toward and not wording.between_actors:
            toward = _matter(wording.toward, report.text)
        for holder, other in product(dict.fromkeys(holders), dict.fromkeys(toward)):
            if holder.casefold() != other.casefold():
                yield _stance(wording, holder, other, report.text)


def _names(head: Token | str, roster: Roster, joined: bool) -> list[str]:
    """The names of the actors a phrase or the name in a compound stands for; `joined`: those after "and" too."""
    if isinstance(head, str):
        known = entries().get(fold(head), ())
        return [_state_name(known[0].actor)] if known else []
    found = [mention_of(token, roster) for token in (head, *(c for c in head.conjuncts if joined and c.i > head.i))]
    return [name_of(m) for m in found if m is not None and m.actor.name]


def _state_name(actor: Actor) -> str:
    """The name of the state for a people ("Iranian-backed"), of another actor its own."""
    return states()[actor.country].name if actor.id.startswith("people:") and actor.country in states() else actor.name


def _matter(head: Token | str, text: str) -> list[str]:
    """The matter a phrase names, without its article, where it is short and no mere pronoun."""
    if isinstance(head, str) or head.pos_ not in ("NOUN", "PROPN"):
        return []
    start, end = noun_phrase(head)
    words = re.sub(r"^(?:the|a|an|its|their|his|her|any|such)\s+", "", text[start:end], flags=re.IGNORECASE)
    words = re.sub(r"[\"“”]|['’]s?$", "", words)
    return [words] if 0 < len(words.split()) <= _MATTER_WORDS and "\n" not in words else []


def _stance(wording: Wording, holder: str, toward: str, text: str) -> Stance:
    start, last = wording.first.idx, wording.last
    whole = last is wording.toward and not isinstance(wording.holder, str)  # of a compound the noun alone
    end = max(last.idx + len(last), noun_phrase(last)[1] if whole else 0)
    sentence = wording.first.sent.text.strip()
    return Stance(holder, toward, wording.position, _compact(text[start:end]), sentence, start, end, wording.reason)


def _compact(words: str) -> str:
    """The first few words, on one line."""
    return " ".join(words.split()[:_ISSUE_WORDS])


def _shown(report: Report, events: Iterable[Event]) -> Iterator[Stance]:
    """The positions that standing or repeated acts show."""
    events = [e for e in events if e.type in _SHOWS and e.status in ("occurred", "ongoing") and e.mentions]
    assaults = Counter(dyad for e in events if e.type == "ASSAULT" for dyad in _dyads(e.actors, e))
    for event in events:
        for holder, toward in dict.fromkeys(_dyads(event.actors, event)):
            if event.status == "ongoing":
                yield _from_event(event, holder, toward, report, f"ongoing {event.type}")
            elif event.type == "ASSAULT" and assaults[holder, toward] > 1:
                yield _from_event(event, holder, toward, report, "repeated ASSAULT")
        claimants = (event.claimed_by,) if event.claimed_by else ()
        if event.type == "ASSAULT":
            for holder, toward in _dyads(claimants, event):
                yield _from_event(event, holder, toward, report, "claimed ASSAULT")


def _dyads(actors: Iterable[ActorMention], event: Event) -> list[tuple[str, str]]:
    """Names of who acts and of whom the act meets, each pair of different names."""
    pairs = product(map(name_of, actors), map(name_of, event.recipients))
    return [(holder, toward) for holder, toward in pairs if holder and toward and holder != toward]


def _from_event(event: Event, holder: str, toward: str, report: Report, reason: str) -> Stance:
    mention = event.mentions[0]
    after = report.text[mention.start : mention.sentence_end]
    clause = re.split(r"[,;.:]\s|\n", after, maxsplit=1)[0].rstrip(".")
    return Stance(
        holder, toward, _SHOWS[event.type], _compact(clause), mention.sentence, mention.start, mention.end, reason
    )
