"""What the reader shows of one report: its text in marked segments, and its record; from the store or from a coding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

from dotterel.codebook import quad
from dotterel.store import Standing
from dotterel.types import ActorMention, Attribution, Coding, Event, Figure, Place, Quote, Report, Stance
from dotterel.web.segments import Paragraph, Segment, Span, paragraphs, segments

T = TypeVar("T")
BY_HAND = "corrected"  # the kind of a party that a person gave: it has no words of its own in the text


@dataclass(frozen=True, slots=True)
class Told(Generic[T]):
    """A record with the key that its words in the text carry."""

    key: str
    record: T


@dataclass(frozen=True, slots=True)
class Reading:
    """One report as the reader shows it, every kind of record in the order of the text."""

    report: Report
    title: tuple[Segment, ...]  # of the headline; empty where the text does not begin with one
    paragraphs: tuple[Paragraph, ...]  # of the rest
    events: tuple[Told[Event], ...]
    quotes: tuple[Told[Quote], ...]
    figures: tuple[Told[Figure], ...]
    stances: tuple[Told[Stance], ...]
    attributions: tuple[Told[Attribution], ...]
    places: tuple[Told[Place], ...]
    rejected: tuple[Event, ...]
    standing: Mapping[str, Standing]  # event id -> where it stands
    named: tuple[tuple[int, int, str, str], ...]  # (start, end, id, name) of everybody who is named, in order

    @property
    def link(self) -> str | None:
        """The address that the report is from, where a browser may be sent there."""
        return web_address(self.report.url)

    @property
    def names(self) -> list[str]:
        """The names of everybody who is named, each once."""
        return sorted({name for *_, name in self.named})

    @property
    def place_names(self) -> list[str]:
        """The places that are named, as a correction takes them: with their country, each once."""
        places = (told.record for told in self.places)
        return sorted({f"{place.name}, {place.country}" for place in places if place.name and place.country})

    def key_of(self, event_id: str | None) -> str | None:
        """The key of the event of that id; None where there is none."""
        return next((told.key for told in self.events if told.record.id == event_id), None)

    @property
    def sections(self) -> list[tuple[str, str, Sequence[Told[Any]]]]:
        """(id, heading, records) of every kind of record that the report has any of."""
        told: list[tuple[str, str, Sequence[Told[Any]]]] = [
            ("events", "Events", self.events),
            ("quotes", "Quotations", self.quotes),
            ("figures", "Figures", self.figures),
            ("stances", "Stances", self.stances),
            ("attributions", "Who is cited", self.attributions),
            ("places", "Places", self.places),
        ]
        return [section for section in told if section[2]]

    def keys(self) -> Iterator[str]:
        """The keys of all records."""
        return (told.key for _, _, records in self.sections for told in records)


def reading_of(
    coding: Coding, standing: Mapping[str, Standing] | None = None, rejected: Sequence[Event] = ()
) -> Reading:
    """The reader's view of a coding; `standing` tells of its events in a database, `rejected` are those that a person
    rejected.
    """
    report = coding.report
    known = standing if standing is not None else {event.id: Standing(quad(event.type)) for event in coding.events}
    events = keyed("e", sorted(coding.events, key=first_word))
    quotes = keyed("q", sorted(coding.quotes, key=lambda one: one.start))
    figures = keyed("f", sorted(coding.figures, key=lambda one: one.start))
    stances = keyed("s", sorted(coding.stances, key=lambda one: one.start))
    attributions = keyed("a", sorted(coding.attributions, key=lambda one: one.content_start))
    places = keyed("p", sorted(coding.places, key=lambda one: one.start))
    spans = [
        *(span for told in events for span in event_spans(told, known[told.record.id].quad)),
        *(span for told in quotes for span in quote_spans(told)),
        *(Span(told.record.start, told.record.end, "figure", told.key) for told in figures),
        *(Span(told.record.start, told.record.end, "", told.key) for told in stances),
        *(span for told in attributions for span in attribution_spans(told)),
        *(Span(told.record.start, told.record.end, "place", told.key) for told in places),
    ]
    headline = len(report.title) if report.title and report.text.startswith(report.title) else 0
    return Reading(
        report,
        tuple(segments(report.text, 0, headline, spans)),
        tuple(paragraphs(report.text, spans, headline)),
        *(events, quotes, figures, stances, attributions, places),
        tuple(rejected),
        known,
        tuple(sorted({(m.start, m.end, m.actor.id, m.actor.name) for m in people(coding) if m.start < m.end})),
    )


def keyed(letter: str, records: Iterable[T]) -> tuple[Told[T], ...]:
    """The records, each with its key: the letter and its number."""
    return tuple(Told(f"{letter}{number}", record) for number, record in enumerate(records, 1))


def first_word(event: Event) -> int:
    """Where the text first tells the event."""
    return min((mention.start for mention in event.mentions), default=0)


def parties(event: Event) -> Iterator[tuple[str, ActorMention]]:
    """(role, mention) of everybody who takes part in an event or speaks of it, as far as words name them."""
    sides = (("who", event.actors), ("to whom", event.recipients))
    told = [(role, mention) for role, side in sides for mention in side]
    told += [("according to", event.attribution)] if event.attribution else []
    told += [("claimed by", event.claimed_by)] if event.claimed_by else []
    return ((role, mention) for role, mention in told if mention.kind != BY_HAND)


def people(coding: Coding) -> Iterator[ActorMention]:
    """Everybody who is named in a part of a record."""
    for event in coding.events:
        yield from (mention for _, mention in parties(event))
    yield from (quote.speaker for quote in coding.quotes if quote.speaker)
    yield from (attribution.source for attribution in coding.attributions if attribution.source)


def event_spans(told: Told[Event], quad_class: int) -> Iterator[Span]:
    """The words of an event. A date or place that a person gave has none: its span is empty."""
    event = told.record
    yield from (Span(m.start, m.end, "trigger", told.key, quad=quad_class) for m in event.mentions)
    yield from (Span(m.start, m.end, "actor", told.key, role) for role, m in parties(event))
    if event.interval:
        yield Span(event.interval.start, event.interval.end, "time", told.key, "when")
    if event.place:
        yield Span(event.place.start, event.place.end, "place", told.key, "where")


def quote_spans(told: Told[Quote]) -> Iterator[Span]:
    """The words of a quotation and of its speaker."""
    yield Span(told.record.start, told.record.end, "quote", told.key)
    if told.record.speaker:
        yield Span(told.record.speaker.start, told.record.speaker.end, "actor", told.key, "speaker")


def attribution_spans(told: Told[Attribution]) -> Iterator[Span]:
    """The words for a source, those that cite it, and those that it is cited for."""
    one = told.record
    yield Span(one.source_start, one.source_end, "actor" if one.source else "", told.key, "source")
    yield Span(one.cue_start, one.cue_end, "", told.key)
    yield Span(one.content_start, one.content_end, "", told.key, "cited for this")


def web_address(url: str | None) -> str | None:
    """The address, where it is one of the web and of no other kind, which could run something."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and parts.netloc else None
