"""Codings as rows of the tables in schema.sql, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import version
from typing import Any

from dotterel.codebook import quad, score
from dotterel.types import (
    Actor,
    ActorMention,
    Alternative,
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
RECORDS = ("events", "event_actors", "mentions", "quotes", "figures", "stances")  # tables with a report_id


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
    return {name: getattr(report, name) for name in names} | {"coded_by": f"dotterel {version('dotterel')}"}


def _event_row(event: Event) -> Row:
    row = {name: getattr(event, name) for name in ("id", "type", "mode", "status", "confidence", "reason")}
    row |= {"quad": quad(event.type), "score": score(event.type, event.mode)}
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
    return {
        "place_text": place.text,
        "place_start_char": place.start,
        "place_end_char": place.end,
        "place_name": place.name,
        "place_country": place.country,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "geonames": place.geonames,
        "place_score": place.score,
        "place_reason": place.reason,
    }


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


def _span(record: ActorMention | Quote | Figure | Stance) -> Row:
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
    speaker = _identity(quote.speaker.actor) | _span(quote.speaker)
    speaker |= {"text": quote.speaker.text, "kind": quote.speaker.kind, "score": quote.speaker.score}
    speaker |= {"alternatives": _alternatives(quote.speaker)}
    return row | {f"speaker_{name}": value for name, value in speaker.items()}


def _figure_row(figure: Figure) -> Row:
    names = ("unit", "what", "against", "place", "period", "source", "sentence")
    row = {name: getattr(figure, name) for name in names} | _span(figure)
    number = None if isinstance(figure.value, str) else float(figure.value)
    return row | {"value": number, "value_text": str(figure.value), "by_whom": figure.by}


def _stance_row(stance: Stance) -> Row:
    row = {name: getattr(stance, name) for name in ("holder", "toward", "issue", "sentence")}
    return row | {"stance": stance.position} | _span(stance)


def coding_of(report: Row, records: Mapping[str, list[Row]]) -> Coding:
    """The coding of one report from its row and, table by table in order of position, the rows of its records."""
    known = {name: value for name, value in report.items() if name != "coded_by"}
    return Coding(
        report=Report(**known),
        events=tuple(_event(row, records) for row in records["events"]),
        quotes=tuple(map(_quote, records["quotes"])),
        figures=tuple(map(_figure, records["figures"])),
        stances=tuple(map(_stance, records["stances"])),
    )


def _event(row: Row, records: Mapping[str, list[Row]]) -> Event:
    parts = [part for part in records["event_actors"] if part["event_id"] == row["id"]]

    def of(role: str) -> tuple[ActorMention, ...]:
        return tuple(_actor(part) for part in parts if part["role"] == role)

    return Event(
        id=row["id"],
        type=row["type"],
        mode=row["mode"],
        status=row["status"],
        actors=of("actor"),
        recipients=of("recipient"),
        interval=_interval(row),
        place=_place(row),
        attribution=next(iter(of("attribution")), None),
        claimed_by=next(iter(of("claimed_by")), None),
        mentions=tuple(_mention(m) for m in records["mentions"] if m["event_id"] == row["id"]),
        confidence=row["confidence"],
        reason=row["reason"],
    )


def _actor(row: Row, prefix: str = "", identity: str = "actor_id") -> ActorMention:
    def get(name: str) -> Any:
        return row[prefix + name]

    actor = Actor(row[identity], get("name"), get("country"), get("sector"), tuple(get("sectors")))
    others = tuple(Alternative(Actor(a["id"], a["name"], a["country"]), a["score"]) for a in get("alternatives") or ())
    return ActorMention(
        get("text"), get("start_char"), get("end_char"), actor, get("kind"), get("score"), get("reason"), others
    )


def _interval(row: Row) -> Interval | None:
    if row["first_day"] is None:
        return None
    names = ("date_precision", "date_text", "date_start_char", "date_end_char", "date_reason")
    return Interval(row["first_day"], row["last_day"], *(row[name] for name in names))


def _place(row: Row) -> Place | None:
    if row["place_text"] is None:
        return None
    spans = ("place_text", "place_start_char", "place_end_char", "place_name", "place_country")
    values = ("latitude", "longitude", "geonames", "place_score", "place_reason")
    return Place(*(row[name] for name in (*spans, *values)))


def _mention(row: Row) -> Mention:
    names = ("sentence", "trigger", "start_char", "end_char", "sentence_start_char", "sentence_end_char")
    return Mention(*(row[name] for name in names))


def _quote(row: Row) -> Quote:
    speaker = _actor(row, "speaker_", "speaker_id") if row["speaker_id"] else None
    return Quote(row["text"], speaker, row["cue"], row["via"], row["start_char"], row["end_char"], row["reason"])


def _figure(row: Row) -> Figure:
    names = ("unit", "what", "by_whom", "against", "place", "period", "source", "sentence")
    return Figure(_value(row), *(row[name] for name in (*names, "start_char", "end_char", "reason")))


def _value(row: Row) -> float | int | str:
    """The count as it was: a whole number, a fraction, or words."""
    words: str = row["value_text"]
    if row["value"] is None:
        return words
    return int(words) if words.lstrip("-").isdigit() else float(words)


def _stance(row: Row) -> Stance:
    names = ("holder", "toward", "stance", "issue", "sentence", "start_char", "end_char", "reason")
    return Stance(*(row[name] for name in names))
