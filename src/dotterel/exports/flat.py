"""Codings as flat tables: one row an event, a quotation, a figure and so on; columns named as in the store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from dotterel.codebook import known, quad, score
from dotterel.types import ActorMention, Coding, Event, Report

if TYPE_CHECKING:
    import pyarrow as pa

Row = dict[str, Any]  # column -> value
Columns = dict[str, str]  # column -> name of its Arrow type


def text_columns(*names: str) -> Columns:
    """Those columns, all of them text."""
    return dict.fromkeys(names, "string")


SPAN: Columns = {"start_char": "int32", "end_char": "int32"}
REPORT: Columns = {**text_columns("report_id", "title"), "published": "date32", **text_columns("source", "url")}

TABLES: dict[str, Columns] = {
    "events": {
        **text_columns("event_id", "date"),
        **{"first_day": "date32", "last_day": "date32"},
        **text_columns("type", "mode", "status", "contexts"),
        **{"quad": "int8", "score": "float64"},
        **text_columns("actors", "actor_ids", "actor_countries", "actor_sectors"),
        **text_columns("recipients", "recipient_ids", "recipient_countries", "recipient_sectors"),
        **text_columns("place", "place_region", "place_country"),
        **{"latitude": "float64", "longitude": "float64", "geonames": "int64"},
        **text_columns("attribution", "claimed_by", "trigger"),
        **SPAN,
        **text_columns("sentence"),
        "confidence": "float64",
        **text_columns("reason"),
        **REPORT,
    },
    "quotes": {
        **text_columns("quotation", "speaker", "speaker_id", "speaker_country", "speaker_sector", "cue", "via"),
        **SPAN,
        **text_columns("reason"),
        **REPORT,
    },
    "figures": {
        "value": "float64",
        **text_columns("value_text", "unit", "what", "by_whom", "against", "place", "period", "cited", "sentence"),
        **SPAN,
        **text_columns("reason", "event_id", "bound"),
        "low": "float64",
        "high": "float64",
        **REPORT,
    },
    "stances": {
        **text_columns("holder", "toward", "stance", "issue", "sentence"),
        **SPAN,
        **text_columns("reason"),
        **REPORT,
    },
    "attributions": {
        **text_columns("kind", "cited", "cited_id", "cited_country", "cited_sector", "source_text", "cue", "content"),
        **text_columns("via"),
        **{
            "source_start_char": "int32",
            "source_end_char": "int32",
            "cue_start_char": "int32",
            "cue_end_char": "int32",
        },
        **SPAN,
        **REPORT,
    },
    "places": {
        **text_columns("place", "name", "region", "country"),
        **{"latitude": "float64", "longitude": "float64", "geonames": "int64"},
        **SPAN,
        "score": "float64",
        **text_columns("reason"),
        **REPORT,
    },
    "failures": {**text_columns("path"), "line": "int32", **text_columns("reason")},
}


def rows(coding: Coding, table: str) -> list[Row]:
    """The rows of one coding in a table of `ROWS`; every column is there."""
    report = report_columns(coding.report)
    return [{**dict.fromkeys(TABLES[table]), **row, **report} for row in ROWS[table](coding)]


def arrow_schema(table: str) -> pa.Schema:
    """The Arrow schema of that table."""
    import pyarrow as pa

    return pa.schema([(name, pa.type_for_alias(kind)) for name, kind in TABLES[table].items()])


def report_columns(report: Report) -> Row:
    """What every row says of its report."""
    return {
        "report_id": report.id,
        "title": report.title,
        "published": report.published,
        "source": report.source,
        "url": report.url,
    }


def event_rows(coding: Coding) -> Iterator[Row]:
    """One row an event; of its tellings, the fullest."""
    for event in coding.events:
        yield {
            "event_id": event.id,
            "type": event.type,
            "mode": event.mode,
            "status": event.status,
            "contexts": "; ".join(event.contexts),
            "quad": quad(event.type) if known(event.type) else None,
            "score": score(event.type, event.mode),
            **party_columns(event.actors, "actor"),
            **party_columns(event.recipients, "recipient"),
            **circumstance_columns(event),
            **telling_columns(event),
            "confidence": event.confidence,
            "reason": event.reason,
        }


def party_columns(mentions: tuple[ActorMention, ...], side: str) -> Row:
    """Names, ids, countries and sectors of one side, in one order, joined by '; '; an unknown country is empty."""
    actors = [mention.actor for mention in mentions]
    return {
        f"{side}s": "; ".join(actor.name for actor in actors),
        f"{side}_ids": "; ".join(actor.id for actor in actors),
        f"{side}_countries": "; ".join(actor.country or "" for actor in actors),
        f"{side}_sectors": "; ".join(actor.sector for actor in actors),
    }


def circumstance_columns(event: Event) -> Row:
    """When, where and according to whom."""
    when, place = event.interval, event.place
    row: Row = {
        "attribution": event.attribution.text if event.attribution else None,
        "claimed_by": event.claimed_by.actor.name if event.claimed_by else None,
    }
    if when:
        row |= {"date": when.iso(), "first_day": when.first, "last_day": when.last}
    if place:
        row |= {"place": place.name or place.text, "place_region": place.region, "place_country": place.country}
        row |= {"latitude": place.latitude, "longitude": place.longitude, "geonames": place.geonames}
    return row


def telling_columns(event: Event) -> Row:
    """The fullest telling of an event."""
    if not event.mentions:
        return {}
    told = event.mentions[0]
    return {"trigger": told.trigger, "start_char": told.start, "end_char": told.end, "sentence": told.sentence}


def quote_rows(coding: Coding) -> Iterator[Row]:
    """One row a quotation."""
    for quote in coding.quotes:
        row = {"quotation": quote.text, "cue": quote.cue, "via": quote.via, "reason": quote.reason}
        if quote.speaker:
            actor = quote.speaker.actor
            row |= {"speaker": actor.name, "speaker_id": actor.id}
            row |= {"speaker_country": actor.country, "speaker_sector": actor.sector}
        yield {**row, "start_char": quote.start, "end_char": quote.end}


def figure_rows(coding: Coding) -> Iterator[Row]:
    """One row a figure; a vague count has its words alone."""
    for figure in coding.figures:
        yield {
            "value": None if isinstance(figure.value, str) else float(figure.value),
            "value_text": str(figure.value),
            "unit": figure.unit,
            "what": figure.what,
            "by_whom": figure.by,
            "against": figure.against,
            "place": figure.place,
            "period": figure.period,
            "cited": figure.source,
            "sentence": figure.sentence,
            "start_char": figure.start,
            "end_char": figure.end,
            "reason": figure.reason,
            "event_id": figure.event,
            "bound": figure.bound,
            "low": figure.low,
            "high": figure.high,
        }


def stance_rows(coding: Coding) -> Iterator[Row]:
    """One row a stance."""
    for stance in coding.stances:
        yield {
            "holder": stance.holder,
            "toward": stance.toward,
            "stance": stance.position,
            "issue": stance.issue,
            "sentence": stance.sentence,
            "start_char": stance.start,
            "end_char": stance.end,
            "reason": stance.reason,
        }


def attribution_rows(coding: Coding) -> Iterator[Row]:
    """One row an attribution; its span is that of the content."""
    for one in coding.attributions:
        row: Row = {"cited": one.source_text}
        if one.source:
            actor = one.source.actor
            row = {"cited": actor.name, "cited_id": actor.id}
            row |= {"cited_country": actor.country, "cited_sector": actor.sector}
        yield {
            **row,
            "kind": one.kind,
            "source_text": one.source_text,
            "source_start_char": one.source_start,
            "source_end_char": one.source_end,
            "cue": one.cue_text,
            "cue_start_char": one.cue_start,
            "cue_end_char": one.cue_end,
            "content": coding.report.text[one.content_start : one.content_end],
            "start_char": one.content_start,
            "end_char": one.content_end,
            "via": one.via,
        }


def place_rows(coding: Coding) -> Iterator[Row]:
    """One row a place as mentioned."""
    for place in coding.places:
        yield {
            "place": place.text,
            "name": place.name,
            "region": place.region,
            "country": place.country,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "geonames": place.geonames,
            "start_char": place.start,
            "end_char": place.end,
            "score": place.score,
            "reason": place.reason,
        }


ROWS: dict[str, Callable[[Coding], Iterator[Row]]] = {
    "events": event_rows,
    "quotes": quote_rows,
    "figures": figure_rows,
    "stances": stance_rows,
    "attributions": attribution_rows,
    "places": place_rows,
}
