"""What is compared of an event when it is asked whether another report tells the same act."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dotterel import tables
from dotterel.types import ActorMention, Coding, Event, Figure, Interval, Place

NO_STATE = frozenset({"IGO", "NGO", "NSA", "MNC"})
WORD = re.compile(r"[a-z]+|\d[\d,.]*\d|\d")
STEM = 5  # letters of a word by which its forms count as one

SenseOf = Callable[[str], bytes]


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who takes part in an event."""

    id: str
    name: str
    country: str | None
    sector: str
    sectors: tuple[str, ...]
    text: str

    @property
    def known_as(self) -> str:
        """What events are sought by: the state somebody is of, or, where there is none, the party itself."""
        return self.country if self.country and self.country not in NO_STATE else self.id


@dataclass(frozen=True, slots=True)
class Toll:
    """A count told of an event: twelve dead, at least 200 protesters."""

    what: str
    low: float | None  # None where the count is words: "dozens"
    high: float | None  # None where it is open: "at least"
    told: str  # "at least 12"


@dataclass(frozen=True, slots=True)
class Facts:
    """An event as it is compared and linked: nothing of it depends on other reports."""

    event_id: str
    report_id: str
    published: date | None
    outlet: str | None  # agency, or where there is none the publisher
    type: str
    mode: str | None
    status: str
    contexts: tuple[str, ...]
    confidence: float
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    attribution: tuple[Party, ...]
    claimed_by: tuple[Party, ...]
    first: date | None
    last: date | None
    day: str | None  # as the coding guide writes a date: 2015-11-24, 2015-11, 2015
    precision: str | None
    told: bool  # the time stands in the text, and is not only the report's own day
    place_text: str | None
    place_name: str | None
    place_region: str | None
    place_country: str | None
    latitude: float | None
    longitude: float | None
    geonames: int | None
    tolls: tuple[Toll, ...]
    titled: bool  # told in the headline only
    sentence: str  # the fullest telling
    words: frozenset[str]  # what its tellings are about, by the beginnings of words
    sense: bytes  # of the fullest telling, a whole number a byte; none for an event without sentence


def facts_of(coding: Coding, sense_of: SenseOf) -> tuple[Facts, ...]:
    """The facts of each event of a report, in order. `sense_of` gives the vector of a sentence."""
    return tuple(_facts(coding, event, sense_of) for event in coding.events)


def _facts(coding: Coding, event: Event, sense_of: SenseOf) -> Facts:
    report = coding.report
    when, where = event.interval, event.place
    return Facts(
        event_id=event.id,
        report_id=report.id,
        published=report.published,
        outlet=report.agency or report.source,
        type=event.type,
        mode=event.mode,
        status=event.status,
        contexts=event.contexts,
        confidence=event.confidence,
        actors=_parties(event.actors),
        recipients=_parties(event.recipients),
        attribution=_parties((event.attribution,) if event.attribution else ()),
        claimed_by=_parties((event.claimed_by,) if event.claimed_by else ()),
        first=when.first if when else None,
        last=when.last if when else None,
        day=when.iso() if when else None,
        precision=when.precision if when else None,
        told=is_told(when),
        **_place(where),  # type: ignore[arg-type]
        tolls=tuple(toll(figure) for figure in coding.figures if figure.event == event.id),
        titled=bool(report.title) and all(m.start < len(report.title or "") for m in event.mentions),
        sentence=event.mentions[0].sentence if event.mentions else "",
        words=frozenset(word for mention in event.mentions for word in content(mention.sentence)),
        sense=sense_of(event.mentions[0].sentence) if event.mentions else b"",
    )


def _parties(mentions: tuple[ActorMention, ...]) -> tuple[Party, ...]:
    return tuple(
        Party(m.actor.id, m.actor.name, m.actor.country, m.actor.sector, m.actor.sectors, m.text) for m in mentions
    )


def _place(place: Place | None) -> dict[str, object]:
    names = ("text", "name", "region", "country")
    found = {f"place_{name}": getattr(place, name, None) for name in names}
    return found | {name: getattr(place, name, None) for name in ("latitude", "longitude", "geonames")}


def is_told(when: Interval | None) -> bool:
    """Does a time stand in the text, and is not only the day of the report or of its lead?"""
    return when is not None and not when.reason.startswith("not told")


def toll(figure: Figure) -> Toll:
    """A figure as bounds: what is at least so much has no upper one, vague words have none at all."""
    told = f"{figure.bound} {figure.value}" if figure.bound and figure.bound != "range" else str(figure.value)
    if isinstance(figure.value, str):
        return Toll(figure.what, _number(figure.low), _number(figure.high), told)
    value = float(figure.value)
    low = None if figure.bound == "at most" else value
    high = None if figure.bound == "at least" else value
    return Toll(figure.what, low, high, told)


def _number(value: float | int | None) -> float | None:
    return None if value is None else float(value)


@lru_cache(maxsize=1)
def small_words() -> frozenset[str]:
    """Words that say nothing of an act in particular."""
    return frozenset(word for row in tables.read("linking_words") for word in row["words"].split())


def content(sentence: str) -> Iterator[str]:
    """The words of a sentence that say what it is about, cut to their beginnings so that forms of a word are one."""
    for word in WORD.findall(sentence.lower()):
        if word not in small_words() and (len(word) > 2 or word.isdigit()):
            yield word[:STEM]
