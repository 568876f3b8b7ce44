"""The one serialised form of a coding: plain JSON types, as the coding guide writes them, with offsets; both ways."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, fields
from datetime import date
from typing import Any

from dotterel.errors import InputError
from dotterel.types import (
    Actor,
    ActorMention,
    Alternative,
    Attribution,
    Coding,
    Event,
    Figure,
    Interval,
    Mention,
    Place,
    Quote,
    Report,
    Stance,
)

Json = dict[str, Any]  # one JSON object
# The fields of an attribution that are plain: all but its source.
ATTRIBUTION_PARTS = tuple(field.name for field in fields(Attribution) if field.name != "source")


def coding_dict(coding: Coding) -> Json:
    """One coding as a JSON object: `report`, `events`, `quotes`, `figures`, `stances`, `attributions`, `places`."""
    return {
        "report": report_dict(coding.report),
        "events": [event_dict(event) for event in coding.events],
        "quotes": [quote_dict(quote) for quote in coding.quotes],
        "figures": [asdict(figure) for figure in coding.figures],
        "stances": [asdict(stance) for stance in coding.stances],
        "attributions": [attribution_dict(attribution) for attribution in coding.attributions],
        "places": [asdict(place) for place in coding.places],
    }


def report_dict(report: Report) -> Json:
    """A report, its day of publication as ISO date."""
    return {
        "id": report.id,
        "path": report.path,
        "title": report.title,
        "published": report.published.isoformat() if report.published else None,
        "source": report.source,
        "agency": report.agency,
        "dateline": report.dateline,
        "url": report.url,
        "language": report.language,
        "text": report.text,
    }


def actor_dict(mention: ActorMention) -> Json:
    """An actor as mentioned: the words and their offsets, whom they were taken to mean, and why."""
    actor = mention.actor
    return {
        "text": mention.text,
        "name": actor.name,
        "country": actor.country,
        "sector": actor.sector,
        "sectors": list(actor.sectors),
        "id": actor.id,
        "kind": mention.kind,
        "score": mention.score,
        "reason": mention.reason,
        "start": mention.start,
        "end": mention.end,
        "alternatives": [
            {"id": a.actor.id, "name": a.actor.name, "country": a.actor.country, "score": a.score}
            for a in mention.alternatives
        ],
    }


def interval_dict(interval: Interval) -> Json:
    """A stretch of days, both ends as ISO dates."""
    return {**asdict(interval), "first": interval.first.isoformat(), "last": interval.last.isoformat()}


def event_dict(event: Event) -> Json:
    """An event in the guide's form; `*_mention` and `interval` carry what its short fields leave out."""
    interval, place = event.interval, event.place
    return {
        "id": event.id,
        "type": event.type,
        "mode": event.mode,
        "status": event.status,
        "contexts": list(event.contexts),
        "actors": [actor_dict(actor) for actor in event.actors],
        "recipients": [actor_dict(actor) for actor in event.recipients],
        "date": interval.iso() if interval else None,
        "date_text": interval.text if interval else None,
        "interval": interval_dict(interval) if interval else None,
        "place": asdict(place) if place else None,
        "attribution": event.attribution.text if event.attribution else None,
        "attribution_mention": actor_dict(event.attribution) if event.attribution else None,
        "claimed_by": event.claimed_by.actor.name if event.claimed_by else None,
        "claimed_by_mention": actor_dict(event.claimed_by) if event.claimed_by else None,
        "mentions": [asdict(mention) for mention in event.mentions],
        "confidence": event.confidence,
        "reason": event.reason,
    }


def quote_dict(quote: Quote) -> Json:
    """A direct quotation with the name and id of its speaker."""
    return {
        "text": quote.text,
        "speaker": quote.speaker.actor.name if quote.speaker else None,
        "speaker_id": quote.speaker.actor.id if quote.speaker else None,
        "speaker_mention": actor_dict(quote.speaker) if quote.speaker else None,
        "cue": quote.cue,
        "via": quote.via,
        "start": quote.start,
        "end": quote.end,
        "reason": quote.reason,
    }


def attribution_dict(attribution: Attribution) -> Json:
    """A source with its name and id, the words that cite it, and where the words stand that it is cited for."""
    source = attribution.source
    return {
        "source": source.actor.name if source else None,
        "source_id": source.actor.id if source else None,
        "source_mention": actor_dict(source) if source else None,
        **{name: getattr(attribution, name) for name in ATTRIBUTION_PARTS},
    }


def coding_from_dict(data: Json) -> Coding:
    """The coding that `coding_dict` wrote, now or before there were contexts, attributions and places.

    Raises InputError where the object is not one, naming what it lacks.
    """
    try:
        return Coding(
            report=_report(data["report"]),
            events=tuple(_event(event) for event in data["events"]),
            quotes=tuple(_quote(quote) for quote in data["quotes"]),
            figures=tuple(Figure(**figure) for figure in data["figures"]),
            stances=tuple(Stance(**stance) for stance in data["stances"]),
            attributions=tuple(_attribution(attribution) for attribution in data.get("attributions", ())),
            places=tuple(Place(**place) for place in data.get("places", ())),
        )
    except KeyError as error:
        raise InputError(f"not a coding by dotterel: it lacks {error}; code the report again") from error
    except (AttributeError, TypeError, ValueError) as error:
        raise InputError(f"not a coding by dotterel: {error}; code the report again") from error


def _report(data: Json) -> Report:
    published = data["published"]
    return Report(**{**data, "published": date.fromisoformat(published) if published else None})


def _actor_mention(data: Json) -> ActorMention:
    actor = Actor(data["id"], data["name"], data["country"], data["sector"], tuple(data["sectors"]))
    others = tuple(Alternative(Actor(a["id"], a["name"], a["country"]), a["score"]) for a in data["alternatives"])
    return ActorMention(
        data["text"], data["start"], data["end"], actor, data["kind"], data["score"], data["reason"], others
    )


def _maybe_actor(data: Json | None) -> ActorMention | None:
    return _actor_mention(data) if data else None


def _actors(data: Iterable[Json]) -> tuple[ActorMention, ...]:
    return tuple(_actor_mention(actor) for actor in data)


def _interval(data: Json | None) -> Interval | None:
    if not data:
        return None
    days = {"first": date.fromisoformat(data["first"]), "last": date.fromisoformat(data["last"])}
    return Interval(**{**data, **days})


def _event(data: Json) -> Event:
    return Event(
        id=data["id"],
        type=data["type"],
        mode=data["mode"],
        status=data["status"],
        actors=_actors(data["actors"]),
        recipients=_actors(data["recipients"]),
        interval=_interval(data["interval"]),
        place=Place(**data["place"]) if data["place"] else None,
        attribution=_maybe_actor(data["attribution_mention"]),
        claimed_by=_maybe_actor(data["claimed_by_mention"]),
        mentions=tuple(Mention(**mention) for mention in data["mentions"]),
        confidence=data["confidence"],
        reason=data["reason"],
        contexts=tuple(data.get("contexts", ())),
    )


def _quote(data: Json) -> Quote:
    return Quote(
        text=data["text"],
        speaker=_maybe_actor(data["speaker_mention"]),
        cue=data["cue"],
        via=data["via"],
        start=data["start"],
        end=data["end"],
        reason=data["reason"],
    )


def _attribution(data: Json) -> Attribution:
    return Attribution(_maybe_actor(data["source_mention"]), **{name: data[name] for name in ATTRIBUTION_PARTS})
