"""The positions that acts show: who attacks, accuses, arms or works with whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import permutations, product
from typing import TYPE_CHECKING

from dotterel.stances.lexicon import Act, acts, marks
from dotterel.stances.sides import crowd_names, holder_name, names_within, of_state, toward_name
from dotterel.types import ActorMention, Event, Report, Stance

if TYPE_CHECKING:
    from dotterel.parsing import Parse

_HAPPENED = frozenset({"occurred", "ongoing"})
_OFFICIAL = frozenset({"GOV", "MIL", "COP", "SPY"})
_ARMED = _OFFICIAL | {"REB"}
_COLLECTIVE = frozenset({"state", "group", "organisation", "bloc", "person"})
_OF_CROWDS = frozenset({"PROTEST", "ACCUSE"})  # what people without office or arms do as well
_RALLY = re.compile(
    r"\b(?:in support of|support for|solidarity with|in favou?r of)\b", re.IGNORECASE
)  # not against anybody
_ENEMY = re.compile(
    r"\b(?:against|fight(?:ing)?|combat(?:ing)?|defeat(?:ing)?|counter(?:ing)?|battl(?:e|ing)) (?:the )?$"
)
_VICTIM = re.compile(
    r"\b(?:attacks?|assaults?|killings?|murders?|bombings?|strikes?|massacres?|violence|raids?)\b"
    r"[^,;]* (?:on|against|of|in|at) (?:\w+ ){0,2}$"
)
_MANY = re.compile(
    r"(?:army|militia|police|military|navy|force|group|faction|coalition|opposition|public|\ws)$", re.IGNORECASE
)
_BELIEF = 0.45  # sides less sure were filled in from the rest of the report, which shows no position of theirs
_ISSUE_WORDS = 10  # an issue is a few words


@dataclass(frozen=True, slots=True)
class _Pair:
    """Who shows a position toward whom, by name, in which event."""

    holder: str
    toward: str
    event: Event


def shown(parse: Parse, report: Report, events: Iterable[Event]) -> Iterator[Stance]:
    """The positions shown by the events of a report."""
    told = [e for e in events if e.type in acts() and e.mentions]
    crowds = crowd_names(parse, told)
    pairs = [pair for event in told for pair in _pairs(event, crowds)]
    series: dict[tuple[str, str, str], dict[str, str]] = {}
    for pair in pairs:
        if pair.event.status in _HAPPENED:
            series.setdefault(_key(pair), {})[pair.event.id] = pair.event.type
    for pair in pairs:
        evidence = _evidence(pair, acts()[pair.event.type], list(series.get(_key(pair), {}).values()))
        if evidence is not None:
            yield _stance(pair, report, evidence)


def _key(pair: _Pair) -> tuple[str, str, str]:
    """What acts must share to be a series: who shows which position toward whom."""
    return pair.holder, pair.toward, acts()[pair.event.type].position


def _pairs(event: Event, crowds: dict[str, str]) -> Iterator[_Pair]:
    """The pairs of different sides in an event; of an attack only those that can be at odds."""
    act = acts()[event.type]
    position = act.position
    if act.mutual or (event.type == "ASSAULT" and not event.recipients):
        sides: Iterable[tuple[ActorMention, ActorMention]] = permutations((*event.actors, *event.recipients), 2)
    else:
        claimants = (event.claimed_by,) if event.claimed_by else ()
        own = {holder_name(m) for m in event.actors}
        met = [m for m in event.recipients if holder_name(m) not in own]  # who acts along with the others is not met
        sides = product(dict.fromkeys((*event.actors, *claimants)), met)
    for one, other in sides:
        known = crowds.get(one.actor.id)
        holder = known or holder_name(one) if known or _is_side(one, event) else None
        if _is_side(other, event):
            toward: str | None = holder_name(other) if act.mutual else toward_name(other, position)
        else:
            toward = _victims_state(one, other, event)
        if min(one.score, other.score) < _BELIEF or _fought(event, one, other):
            continue
        if holder and toward and not known:
            holder, toward = names_within(one, other) or (holder, toward)
        if holder and toward and holder.casefold() != toward.casefold() and not _same_state(one, other):
            yield _Pair(holder, toward, event)


def _fought(event: Event, *parties: ActorMention) -> bool:
    """Is one the enemy in an act of friends ("joined the campaign against X"), or the victim of a condemned attack?"""
    told = event.mentions[0]
    before = [told.sentence[: max(0, m.start - told.sentence_start)] for m in parties if m.start >= told.sentence_start]
    if acts()[event.type].position == "supports":
        return any(_ENEMY.search(words) for words in before)
    return event.type == "ACCUSE" and any(_VICTIM.search(words[told.start - told.sentence_start :]) for words in before)


def _is_side(mention: ActorMention, event: Event) -> bool:
    """Can it hold, or meet with, a position: a collective, a named person, an organ, or whoever is protesting?"""
    kind = mention.actor.id.split(":")[0]
    if kind == "role" and mention in event.actors and not _MANY.search(mention.actor.name):
        return False  # one unnamed man stands for nobody
    if kind == "state" and event.type == "PROTEST":
        return mention not in event.actors  # crowds protest, states do not
    if kind in _COLLECTIVE:
        return kind != "state" or mention.actor.sector != "CVL"  # a town that is hit takes no side
    return mention.actor.sector in _ARMED or event.type in _OF_CROWDS


def _victims_state(attacker: ActorMention, hit: ActorMention, event: Event) -> str | None:
    """The state that a claimed attack on people, towns or things is meant to meet."""
    abroad = event.claimed_by is not None and attacker.actor.country != hit.actor.country
    return of_state(hit.actor) if abroad else None


def _same_state(one: ActorMention, other: ActorMention) -> bool:
    """Do both act for one state? Its organs are not at odds, nor does it support itself."""
    return (
        one.actor.country == other.actor.country and one.actor.sector in _OFFICIAL and other.actor.sector in _OFFICIAL
    )


def _evidence(pair: _Pair, act: Act, series: list[str]) -> str | None:
    """Why the act shows a lasting position; None where it does not."""
    event = pair.event
    if event.status not in _HAPPENED and not (act.evidence == "joint" and event.status == "planned"):
        return None
    if event.type == "PROTEST" and _RALLY.search(event.mentions[0].sentence):
        return None
    if event.status == "ongoing":
        return f"ongoing {event.type}"
    if act.evidence == "repeated":
        return _several(series) or (_attacks(event) if event.type == "ASSAULT" else None)
    if act.evidence == "joint":
        trigger = event.mentions[0].trigger.lower()
        return f"joint {event.type}" if any(trigger.startswith(word) for word in marks("joint")) else None
    return event.type if act.evidence == "once" else None


def _several(series: list[str]) -> str | None:
    """The acts by which the same position is shown, if they are several."""
    told = ", ".join(dict.fromkeys(series))
    return f"{len(series)} acts: {told}" if len(series) > 1 else None


def _attacks(event: Event) -> str | None:
    """What makes an attack more than one clash."""
    if event.claimed_by is not None:
        return "claimed ASSAULT"
    if len({m.sentence for m in event.mentions}) > 2:
        return "ASSAULT told again and again"
    plural = any(
        re.search(r"(?:strikes|attacks|raids|bombings|operations|clashes)$", m.trigger) for m in event.mentions
    )
    group = any(m.actor.sector == "REB" for m in (*event.actors, *event.recipients))
    return "ASSAULT of several strikes" if plural else "ASSAULT between armed sides" if group else None


def _stance(pair: _Pair, report: Report, reason: str) -> Stance:
    event = pair.event
    mention = event.mentions[0]
    after = report.text[mention.start : mention.sentence_end]
    clause = re.split(r"[,;.:]\s|\n", after, maxsplit=1)[0].rstrip(".\"”'’")
    issue = " ".join(clause.split()[:_ISSUE_WORDS])
    position = acts()[event.type].position
    return Stance(pair.holder, pair.toward, position, issue, mention.sentence, mention.start, mention.end, reason)
