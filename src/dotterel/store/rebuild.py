"""The coding of a report from its rows, as `rows` made them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dotterel.store.rows import Row
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


def coding_of(report: Row, records: Mapping[str, list[Row]]) -> Coding:
    """The coding of one report from its row and, table by table in order of position, the rows of its records."""
    known = {name: value for name, value in report.items() if name != "coded_by"}
    return Coding(
        report=Report(**known),
        events=tuple(_event(row, records) for row in records["events"]),
        quotes=tuple(map(_quote, records["quotes"])),
        figures=tuple(map(_figure, records["figures"])),
        stances=tuple(map(_stance, records["stances"])),
        attributions=tuple(map(_attribution, records["attributions"])),
        places=tuple(map(_place, records["places"])),
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
        place=_event_place(row),
        attribution=next(iter(of("attribution")), None),
        claimed_by=next(iter(of("claimed_by")), None),
        mentions=tuple(_mention(m) for m in records["mentions"] if m["event_id"] == row["id"]),
        confidence=row["confidence"],
        reason=row["reason"],
        contexts=tuple(row["contexts"] or ()),
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


def _event_place(row: Row) -> Place | None:
    if row["place_text"] is None:
        return None
    return _place({**row, **{name.removeprefix("place_"): row[name] for name in row if name.startswith("place_")}})


def _place(row: Row) -> Place:
    names = ("text", "start_char", "end_char", "name", "country", "latitude", "longitude", "geonames")
    return Place(*(row[name] for name in (*names, "score", "reason", "region")))


def _mention(row: Row) -> Mention:
    names = ("sentence", "trigger", "start_char", "end_char", "sentence_start_char", "sentence_end_char")
    return Mention(*(row[name] for name in names))


def _quote(row: Row) -> Quote:
    speaker = _actor(row, "speaker_", "speaker_id") if row["speaker_id"] else None
    return Quote(row["text"], speaker, row["cue"], row["via"], row["start_char"], row["end_char"], row["reason"])


def _figure(row: Row) -> Figure:
    names = ("unit", "what", "by_whom", "against", "place", "period", "source", "sentence")
    ends = (_whole(row["low"]), _whole(row["high"]))
    columns = (*names, "start_char", "end_char", "reason", "event_id", "bound")
    return Figure(_value(row), *(*(row[name] for name in columns), *ends))


def _whole(number: float | None) -> float | int | None:
    """A whole number as such, for the database knows fractions only."""
    return int(number) if number is not None and number.is_integer() else number


def _value(row: Row) -> float | int | str:
    """The count as it was: a whole number, a fraction, or words."""
    words: str = row["value_text"]
    if row["value"] is None:
        return words
    return int(words) if words.lstrip("-").isdigit() else float(words)


def _stance(row: Row) -> Stance:
    names = ("holder", "toward", "stance", "issue", "sentence", "start_char", "end_char", "reason")
    return Stance(*(row[name] for name in names))


def _attribution(row: Row) -> Attribution:
    source = _actor(row, "actor_", "actor_id") if row["actor_id"] else None
    names = ("source_start_char", "source_end_char", "source_text", "cue_start_char", "cue_end_char", "cue_text")
    return Attribution(
        source, *(row[name] for name in (*names, "content_start_char", "content_end_char", "kind", "via"))
    )
