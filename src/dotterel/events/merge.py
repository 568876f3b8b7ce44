"""One act, one record: joins the drafts of a report that tell the same act."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from dotterel.events.carry import with_scenes
from dotterel.events.complete import completed
from dotterel.events.draft import WORDS, Draft, worth_recording
from dotterel.events.newsday import NewsDay
from dotterel.types import ActorMention, Event, Interval, Place, Report, Roster

T = TypeVar("T")
NUMBER = re.compile(r"\d[\d,.]*")
TOLL = {"kill", "wound", "injure", "destroy", "damage", "maim"}
LASTING = {"ASSAULT", "PROTEST", "COERCE", "SANCTION"}  # acts that go on for days
DISTINCT = {"SUPPORT"}  # thanks, praise and condolences are acts each of their own
REAL = {"occurred", "ongoing"}


def merge(drafts: Iterable[Draft], report: Report, roster: Roster) -> tuple[Event, ...]:
    """The events of a report, in the order in which it first tells them.

    Acts are joined, recipients left unsaid are filled in from the report, and acts that then prove the same are joined.
    """
    told = with_scenes(drafts)
    groups = joined([d] for d in told if worth_recording(d))
    for draft in (d for d in told if not worth_recording(d)):
        home = antecedent_group(draft, groups)
        if home is not None:
            home.append(draft)
    leads = [fullest(group) for group in groups]
    whole = joined([completed(lead, leads, roster), *rest(group)] for lead, group in zip(leads, groups, strict=True))
    newsday = NewsDay(told, report)
    return tuple(spelt(event_of(group, f"{report.id}-{n}", newsday), roster) for n, group in enumerate(whole, 1))


def spelt(event: Event, roster: Roster) -> Event:
    """The event with a name or description in place of each pronoun for which its sentence has one."""
    first, last = event.mentions[0].sentence_start, event.mentions[0].sentence_end
    here = [m for m in roster.within(first, last) if m.kind != "pronoun"]
    sides = (tuple(antecedent_of(m, here) for m in side) for side in (event.actors, event.recipients))
    actors, recipients = sides
    return replace(event, actors=actors, recipients=recipients)


def antecedent_of(mention: ActorMention, here: Sequence[ActorMention]) -> ActorMention:
    """The words that a pronoun takes up, with its score and reason: evidence that can be read alone."""
    same = [m for m in here if mention.kind == "pronoun" and m.actor.id == mention.actor.id]
    nearest = min(same, key=lambda m: abs(m.start - mention.start), default=None)
    return mention if nearest is None else replace(nearest, score=mention.score, reason=mention.reason)


def joined(groups: Iterable[list[Draft]]) -> list[list[Draft]]:
    """Groups of drafts, those that tell one act put together."""
    found: list[list[Draft]] = []
    for group in groups:
        home = next((g for g in reversed(found) if belongs(fullest(group), g)), None)
        if home is None:
            found.append(list(group))
        else:
            home.extend(group)
    return found


def fullest(group: list[Draft]) -> Draft:
    """The draft that tells most of its act."""
    return max(group, key=lambda d: d.fullness)


def rest(group: list[Draft]) -> list[Draft]:
    """The group without its fullest draft."""
    lead = fullest(group)
    return [d for d in group if d is not lead]


def belongs(draft: Draft, group: list[Draft]) -> bool:
    """Is the draft the act of one in the group, and at odds with none?"""
    measure = [fullest(group)] if draft.reciprocal else group  # a meeting half told must not join two meetings
    return any(same_act(d, draft) for d in measure) and not any(clash(d, draft) for d in group)


def same_act(a: Draft, b: Draft) -> bool:
    """Do two drafts tell one act? Same type and reality, parties and days that can be the same."""
    if a.type != b.type or not same_reality(a, b) or not days_agree(a.interval, b.interval):
        return False
    if (a.mode == "visit") != (b.mode == "visit"):
        return False  # a visit and the talks held on it are two acts
    if a.type == "AGREE" and a.mention.sentence_start == b.mention.sentence_start:
        return same_parties(a.actors, b.actors)  # "is ready to cooperate": one promise, told by two words
    if a.reciprocal and b.reciprocal:
        return same_parties(a.actors + a.recipients, b.actors + b.recipients)
    if a.type in DISTINCT and not akin(a, b):
        return False
    if not (a.actors and b.actors) and not (a.recipients and b.recipients):
        return False
    if not side_agrees(a, b, a.actors, b.actors):
        return False
    return is_toll(a, b) or side_agrees(a, b, a.recipients, b.recipients)


def is_toll(a: Draft, b: Draft) -> bool:
    """Is one the toll of the other: "shelled the island, killing two soldiers"?"""
    one_sentence = a.mention.sentence_start == b.mention.sentence_start
    return a.type == "ASSAULT" and one_sentence and bool({a.lemma, b.lemma} & TOLL) and a.lemma != b.lemma


def clash(a: Draft, b: Draft) -> bool:
    """Do two drafts of one group contradict each other in their day, in who did it, or in whom words are spoken to?"""
    if not days_agree(a.interval, b.interval):
        return True
    if a.reciprocal or b.reciprocal:
        return False
    return others_than(a.actors, b.actors) or (a.type in WORDS and others_than(a.recipients, b.recipients))


def others_than(one: tuple[ActorMention, ...], other: tuple[ActorMention, ...]) -> bool:
    """Do two sides, both told, stand for different parties?"""
    told_twice = bool(one and other)
    return told_twice and not (same_parties(one, other) or same_parties(one, other, loosely_like))


def same_reality(a: Draft, b: Draft) -> bool:
    """Done acts are told apart from undone ones."""
    return a.status == b.status or {a.status, b.status} <= REAL


def days_agree(a: Interval | None, b: Interval | None) -> bool:
    """Can two times be one: overlapping, or one of them untold?"""
    return a is None or b is None or (a.first <= b.last and b.first <= a.last)


def side_agrees(a: Draft, b: Draft, one: tuple[ActorMention, ...], other: tuple[ActorMention, ...]) -> bool:
    """Can the actors (or recipients) of two drafts be the same? A side left out agrees where the words are akin."""
    if one and other:
        return same_parties(one, other) or (same_stem(a, b) and same_parties(one, other, loosely_like))
    return akin(a, b)


def same_parties(
    one: tuple[ActorMention, ...],
    other: tuple[ActorMention, ...],
    alike: Callable[[ActorMention, ActorMention], bool] | None = None,
) -> bool:
    """Has every party of the shorter list its like in the longer one?"""
    short, long = sorted((one, other), key=len)
    return bool(short) and all(any((alike or like)(x, y) for y in long) for x in short)


def loosely_like(x: ActorMention, y: ActorMention) -> bool:
    """Can two mentions stand for one actor where the words of the act are the same: "a UN official", then his name?"""
    people = all(m.actor.id.startswith("person:") for m in (x, y))
    if all(m.kind == "described" for m in (x, y)) and (x.actor.sector != y.actor.sector or counts(x) != counts(y)):
        return False
    return like(x, y) or (x.actor.country is not None and x.actor.country == y.actor.country and not people)


def like(x: ActorMention, y: ActorMention) -> bool:
    """Can two mentions stand for one actor: the same identity, or a state and one who acts for it?"""
    if all(m.kind == "described" and counts(m) for m in (x, y)) and counts(x) != counts(y):
        return False
    if x.actor.id == y.actor.id:
        return True
    if not x.actor.country or x.actor.country != y.actor.country or x.actor.country in {"IGO", "NGO", "NSA", "MNC"}:
        return False
    kinds = {m.actor.id.split(":")[0] for m in (x, y)}
    public = all(m.actor.sector in {"GOV", "MIL", "UNK"} for m in (x, y))
    return public and "state" in kinds


def counts(mention: ActorMention) -> list[str]:
    """The numbers in a mention: fifteen villagers are not fifty."""
    return NUMBER.findall(mention.text)


def akin(a: Draft, b: Draft) -> bool:
    """Are the words of two drafts forms of one act: the same stem, the same mode, or one sentence?"""
    open_ended = a.type == "ASSAULT" and bool(a.actors and b.actors)  # a campaign is told by many words
    return kindred(a, b) or open_ended or a.mention.sentence_start == b.mention.sentence_start


def kindred(a: Draft, b: Draft) -> bool:
    """Do two triggers name one sort of act: by their stem or their mode?"""
    return same_stem(a, b) or (a.mode is not None and a.mode == b.mode)


def same_stem(a: Draft, b: Draft) -> bool:
    """Do two triggers begin alike ("bomb", "bombing")?"""
    return a.lemma[:5] == b.lemma[:5]


def antecedent_group(draft: Draft, groups: list[list[Draft]]) -> list[Draft] | None:
    """The group that a party-less definite noun ("the meeting", "those strikes") points back to."""
    if not draft.definite:
        return None
    fitting = [
        g
        for g in groups
        if any(d.type == draft.type and kindred(d, draft) for d in g) and not any(clash(d, draft) for d in g)
    ]
    before = [g for g in fitting if g[0].mention.start < draft.mention.start]
    ranked = before or fitting
    return ranked[-1] if ranked else None


def event_of(group: list[Draft], identifier: str, newsday: NewsDay) -> Event:
    """One event from all drafts of one act: each field from the fullest draft that has it."""
    ranked = sorted(group, key=lambda d: d.fullness, reverse=True)
    best = ranked[0]
    return Event(
        id=identifier,
        type=best.type,
        mode=first(d.mode for d in ranked),
        status=status_of(ranked),
        actors=first(d.actors for d in ranked) or (),
        recipients=first(d.recipients for d in ranked) or (),
        interval=min((d.interval for d in group if d.interval is not None), key=days, default=None) or newsday.of(best),
        place=surest(d.place for d in ranked),
        attribution=first(d.attribution for d in ranked),
        claimed_by=first(d.claimed_by for d in ranked),
        mentions=tuple(d.mention for d in ranked),
        confidence=max(d.confidence for d in group),
        reason=best.reason,
    )


def status_of(ranked: list[Draft]) -> str:
    """That of the fullest draft; what one sentence tells as done and another as lasting, lasts."""
    best = ranked[0] if ranked[0].actors or ranked[0].recipients else ranked[-1]
    lasts = best.type in LASTING and any(d.status == "ongoing" for d in ranked)
    return "ongoing" if best.status == "occurred" and lasts else best.status


def days(interval: Interval) -> int:
    """How many days an interval covers; the shortest is the most precise."""
    return (interval.last - interval.first).days


def surest(places: Iterable[Place | None]) -> Place | None:
    """The place that is told most surely, the first of equals."""
    return max(filter(None, places), key=lambda place: place.score, default=None)


def first(values: Iterable[T]) -> T | None:
    """The first value that says something."""
    return next((v for v in values if v), None)
