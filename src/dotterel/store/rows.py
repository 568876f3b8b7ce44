"""Codings as rows of the tables in schema.sql; `rebuild` has the way back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import version
from typing import Any

from dotterel.codebook import quad, score
from dotterel.types import (
    Actor,
    ActorMention,
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

Row = dict[str, Any]  # column -> value
Tables = dict[str, list[Row]]  # table -> its rows
# The tables with a report_id.
RECORDS = ("events", "event_actors", "mentions", "quotes", "figures", "stances", "attributions", "places")


def tables_of(codings: Iterable[Coding]) -> Tables:
    """The rows of every table that hold these codings; an actor met more than once has one row."""
    actors: dict[str, Row] = {}
    tables: Tables = {name: [] for name in ("reports", *RECORDS)}
    for coding in codings:
        for mention in _all_actors(coding):
            actors.setdefault(mention.actor.id, _identity(mention.actor))
        tables["reports"].append(_report_row(coding.report))
        _add_records(tables, coding)
    return {"reports": tables.pop("reports"), "actors": list(actors.values()), **tables}


def _add_records(tables: Tables, coding: Coding) -> None:
    report_id = coding.report.id
    for position, event in enumerate(coding.events):
        tables["events"].append(_event_row(event) | {"report_id": report_id, "position": position})
        ids = {"event_id": event.id, "report_id": report_id}
        tables["event_actors"] += [row | ids for row in _part_rows(event)]
        tables["mentions"] += [_mention_row(m) | ids | {"position": n} for n, m in enumerate(event.mentions)]
    for name, rows in (
        ("quotes", map(_quote_row, coding.quotes)),
        ("figures", map(_figure_row, coding.figures)),
        ("stances", map(_stance_row, coding.stances)),
        ("attributions", map(_attribution_row, coding.attributions)),
        ("places", map(_place_row, coding.places)),
    ):
        tables[name] += [row | {"report_id": report_id, "position": n} for n, row in enumerate(rows)]


def _parts(event: Event) -> Iterator[tuple[str, int, ActorMention]]:
    """(role, position, mention) of everybody who takes part in an event or speaks of it."""
    for role, mentions in (("actor", event.actors), ("recipient", event.recipients)):
        for position, mention in enumerate(mentions):
            yield role, position, mention
    if event.attribution:
        yield "attribution", 0, event.attribution
    if event.claimed_by:
        yield "claimed_by", 0, event.claimed_by


def _all_actors(coding: Coding) -> Iterator[ActorMention]:
    for event in coding.events:
        yield from (mention for _, _, mention in _parts(event))
    yield from (quote.speaker for quote in coding.quotes if quote.speaker)
    yield from (attribution.source for attribution in coding.attributions if attribution.source)


def _identity(actor: Actor) -> Row:
    return {
        "id": actor.id,
        "name": actor.name,
        "country": actor.country,
        "sector": actor.sector,
        "sectors": list(actor.sectors),
    }


def _report_row(report: Report) -> Row:
    names = ("id", "path", "title", "published", "source", "agency", "dateline", "url", "language", "text")
    return {name: getattr(report, name) for name in names} | {"coded_by": coder_version()}


@cache
def coder_version() -> str:
    """What a report is signed with once it is coded."""
    return f"dotterel {version('dotterel')}"


def _event_row(event: Event) -> Row:
    row = {name: getattr(event, name) for name in ("id", "type", "mode", "status", "confidence", "reason")}
    row |= {"quad": quad(event.type), "score": score(event.type, event.mode), "contexts": list(event.contexts)}
    return row | _date_columns(event.interval) | _place_columns(event.place)


def _date_columns(interval: Interval | None) -> Row:
    if interval is None:
        return {}
    return {
        "date": interval.iso(),
        "first_day": interval.first,
        "last_day": interval.last,
        "date_precision": interval.precision,
        "date_text": interval.text,
        "date_start_char": interval.start,
        "date_end_char": interval.end,
        "date_reason": interval.reason,
    }


def _place_columns(place: Place | None) -> Row:
    if place is None:
        return {}
    unmarked = ("latitude", "longitude", "geonames")  # the columns that need no "place_" before them
    return {name if name in unmarked else f"place_{name}": value for name, value in _place_row(place).items()}


def _place_row(place: Place) -> Row:
    names = ("text", "name", "region", "country", "latitude", "longitude", "geonames", "score")
    return {name: getattr(place, name) for name in names} | _span(place)


def _part_rows(event: Event) -> Iterator[Row]:
    for role, position, mention in _parts(event):
        identity = _identity(mention.actor)
        yield {
            "role": role,
            "position": position,
            "actor_id": identity.pop("id"),
            **identity,
            **_span(mention),
            "text": mention.text,
            "kind": mention.kind,
            "score": mention.score,
            "alternatives": _alternatives(mention),
        }


def _alternatives(mention: ActorMention) -> list[Row]:
    return [
        {"id": a.actor.id, "name": a.actor.name, "country": a.actor.country, "score": a.score}
        for a in mention.alternatives
    ]


def _span(record: ActorMention | Quote | Figure | Stance | Place) -> Row:
    return {"start_char": record.start, "end_char": record.end, "reason": record.reason}


def _mention_row(mention: Mention) -> Row:
    return {
        "trigger": mention.trigger,
        "start_char": mention.start,
        "end_char": mention.end,
        "sentence": mention.sentence,
        "sentence_start_char": mention.sentence_start,
        "sentence_end_char": mention.sentence_end,
    }


def _quote_row(quote: Quote) -> Row:
    row = {"text": quote.text, "cue": quote.cue, "via": quote.via, **_span(quote)}
    if quote.speaker is None:
        return row
    return row | _named("speaker", quote.speaker)


def _named(role: str, mention: ActorMention) -> Row:
    """The columns of the one actor that a quotation or an attribution has, each after the name of the role."""
    columns = _identity(mention.actor) | _span(mention) | {"alternatives": _alternatives(mention)}
    columns |= {"text": mention.text, "kind": mention.kind, "score": mention.score}
    return {f"{role}_{name}": value for name, value in columns.items()}


def _figure_row(figure: Figure) -> Row:
    names = ("unit", "what", "against", "place", "period", "source", "sentence", "bound", "low", "high")
    row = {name: getattr(figure, name) for name in names} | _span(figure)
    number = None if isinstance(figure.value, str) else float(figure.value)
    return row | {"value": number, "value_text": str(figure.value), "by_whom": figure.by, "event_id": figure.event}


def _stance_row(stance: Stance) -> Row:
    row = {name: getattr(stance, name) for name in ("holder", "toward", "issue", "sentence")}
    return row | {"stance": stance.position} | _span(stance)


def _attribution_row(attribution: Attribution) -> Row:
    parts = ("source", "cue", "content")
    row = {f"{part}_{end}_char": getattr(attribution, f"{part}_{end}") for part in parts for end in ("start", "end")}
    row |= {name: getattr(attribution, name) for name in ("source_text", "cue_text", "kind", "via")}
    return row | (_named("actor", attribution.source) if attribution.source else {})
