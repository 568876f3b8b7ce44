"""What is exported: an act with its parties, told by one report or linked over several, and its dyads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

DONE = ("occurred", "ongoing")  # statuses of acts that took place


@dataclass(frozen=True, slots=True)
class Party:
    """Who takes part in an act, under the identity that the user decided on."""

    id: str  # actor id, "state:FRA"
    name: str
    country: str | None  # ISO 3166 alpha-3, or IGO, NGO, NSA, MNC
    sector: str
    sectors: tuple[str, ...]
    text: str  # the words


@dataclass(frozen=True, slots=True)
class Source:
    """The report that tells an act, or the first of those that do."""

    id: str
    title: str | None
    published: dt.date | None
    publisher: str | None
    agency: str | None
    url: str | None
    language: str  # ISO 639-1
    coded_by: str  # "dotterel 0.1.0"
    people: tuple[str, ...] = ()  # names of those who take part in any of its events
    organisations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()  # every place it names


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an act took place."""

    text: str  # the words
    name: str | None  # gazetteer name
    region: str | None  # first-order division
    country: str | None  # ISO 3166 alpha-3
    latitude: float | None
    longitude: float | None
    geonames: int | None


@dataclass(frozen=True, slots=True)
class Act:
    """One act: an event of a report, or a linked event."""

    id: str
    type: str
    mode: str | None
    status: str
    contexts: tuple[str, ...]
    quad: int
    score: float  # PLOVER's, -10 to 10
    date: str | None  # as precise as it is known: "2015-11-24", "2015-11", "2015"
    first_day: dt.date | None
    last_day: dt.date | None
    place: Spot | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    claimed_by: tuple[Party, ...]
    attribution: tuple[Party, ...]
    source: Source
    trigger: str  # of its fullest telling
    sentence: str
    lead: bool  # it is told in the title or the first paragraph
    reports: tuple[str, ...]  # ids of the reports that tell it
    sources: int  # independent of one another
    mentions: int  # tellings
    confidence: float
    reason: str
    disputed: tuple[str, ...] = ()  # what its reports disagree on: "date: 2015-11-23"


@dataclass(frozen=True, slots=True)
class Dyad:
    """Who did it to whom; one side of a one-sided act is None."""

    actor: Party | None
    recipient: Party | None


def dyads(act: Act) -> Iterator[Dyad]:
    """Every actor with every recipient; the parties of a reciprocal act in pairs, both ways; else one side alone.

    The same as the views `dyads` and `linked_dyads`.
    """
    if act.actors and act.recipients:
        yield from (Dyad(a, r) for a in act.actors for r in act.recipients)
    elif len({party.id for party in act.actors}) > 1:
        yield from (Dyad(a, b) for a in act.actors for b in act.actors if a.id != b.id)
    elif act.actors:
        yield Dyad(act.actors[0], None)
    else:
        yield from (Dyad(None, recipient) for recipient in act.recipients)


def by_publication(acts: Iterable[Act]) -> Iterator[Act]:
    """The acts, those without date under the day on which their report was published; their `date` stays unknown."""
    for act in acts:
        day = act.source.published if act.first_day is None else None
        yield replace(act, first_day=day, last_day=day) if day else act


def took_place(act: Act) -> bool:
    """Whether an act is one that data sets without a status would hold: it happened, or agrees to what is planned."""
    return act.status in DONE or (act.type == "AGREE" and act.status == "planned")
