"""Corrections, joins and parts over a new coding: each follows its act, under the same number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

import duckdb

from dotterel.codebook import quad, score
from dotterel.store.corrections import Key, Remark, record
from dotterel.store.edits import SEPARATOR
from dotterel.store.verdicts import settle
from dotterel.types import Coding, Event

HOLDING = """
SELECT number, kind, type, start_char, end_char, field, value, note, made_by FROM corrections
WHERE report_id = ? AND undone IS NULL ORDER BY type, start_char, end_char, number, rowid
"""
CLOSE = """
UPDATE corrections SET undone = current_timestamp
WHERE number = ? AND report_id = ? AND type = ? AND start_char = ? AND end_char = ? AND undone IS NULL
"""
OF_USERS = """
SELECT number, event_a, event_b FROM judgements
WHERE (event_a IN (SELECT unnest($ids::VARCHAR[])) OR event_b IN (SELECT unnest($ids::VARCHAR[])))
  AND made_by <> 'dotterel' AND undone IS NULL
"""
REJOIN = "UPDATE judgements SET event_a = ?, event_b = ? WHERE number = ?"
DROP = (
    "UPDATE judgements SET undone = current_timestamp, note = concat_ws('; ', note, 'no longer coded') WHERE number = ?"
)
PLACE = ("name", "country", "region", "latitude", "longitude", "geonames")


class Held(NamedTuple):
    """A correction that holds, about one act."""

    number: int
    kind: str
    key: Key
    values: Mapping[str, str]
    remark: Remark


def carry_over(connection: duckdb.DuckDBPyConnection, old: Coding, new: Coding) -> None:
    """Have the corrections of a report, and joins and parts of its events, hold for its new coding, within the
    transaction under way.

    One whose act has another type or other trigger words now goes on under these; an act accepted or edited that
    the new coding does not have is kept as one added; one added that is coded now becomes an edit of that.
    """
    coded = {key_of(event, new.report.id): event for event in new.events}
    before = {key_of(event, old.report.id): event for event in old.events}
    held = list(holding(connection, new.report.id))
    for key, group in groupby(held, key=lambda one: one.key):
        about = list(group)
        found = successor(key, coded, before)
        if found is None:
            _keep(connection, about, before.get(key))
        elif found != key or any(one.kind == "add" for one in about):
            for one in about:
                _move(connection, one, found)
    settle(connection, new.report.id)
    _carry_links(connection, coded, before)


def _carry_links(
    connection: duckdb.DuckDBPyConnection, coded: Mapping[Key, Event], before: Mapping[Key, Event]
) -> None:
    """Have what users said of two events go on about what these are now; of what is no longer coded it is undone."""
    found = {event.id: successor(key, coded, before) for key, event in before.items()}
    now = {old: coded[key].id if key else None for old, key in found.items()}
    for number, *pair in connection.execute(OF_USERS, {"ids": list(now)}).fetchall():
        a, b = (now.get(name, name) for name in pair)
        if a is None or b is None or a == b:
            connection.execute(DROP, [number])
        elif (a, b) != tuple(pair):
            connection.execute(REJOIN, [*sorted((a, b)), number])


def holding(connection: duckdb.DuckDBPyConnection, report_id: str) -> Iterator[Held]:
    """The corrections of a report that hold, those of one act together, in the order they were made."""
    rows = connection.execute(HOLDING, [report_id]).fetchall()
    for (number, kind, *place), fields in groupby(rows, key=lambda row: row[:5]):
        listed = list(fields)
        values = {row[5]: row[6] for row in listed if row[5]}
        yield Held(number, kind, Key(report_id, *place), values, Remark(*listed[0][7:]))


def key_of(event: Event, report_id: str) -> Key:
    """What a correction of that event is kept by."""
    main = event.mentions[0]
    return Key(report_id, event.type, main.start, main.end)


def successor(key: Key, coded: Mapping[Key, Event], before: Mapping[Key, Event]) -> Key | None:
    """What the act of that key is in a new coding: the same, or one told by words half of which are the same.

    An act that stood beside it in the old coding is another one.
    """
    if key in coded:
        return key
    near = [(closeness(key, event), other) for other, event in coded.items() if other not in before]
    best = max(near, default=None)
    return best[1] if best and best[0][0] >= 0.5 else None


def closeness(key: Key, event: Event) -> tuple[float, bool]:
    """The share of the shorter trigger that both have in common, at the nearest mention; and is the type the same?"""
    shares = (
        (min(m.end, key.end) - max(m.start, key.start)) / max(min(m.end - m.start, key.end - key.start), 1)
        for m in event.mentions
    )
    return max(shares), event.type == key.type


def _move(connection: duckdb.DuckDBPyConnection, held: Held, to: Key) -> None:
    """Have a correction go on about another key; what was said of the type is said outright where the type changed."""
    connection.execute(CLOSE, [held.number, *held.key])
    values = {name: value for name, value in held.values.items() if name != "sentence"}
    kind = held.kind
    if kind == "add" or (kind != "reject" and to.type != held.key.type):
        kind = "edit" if kind == "add" or to.type != held.key.type else kind
        values = _typed(held.key.type) | values
    record(connection, kind, to, values, _with(held.remark, _what_changed(held, to)), held.number)


def _what_changed(held: Held, to: Key) -> str:
    if held.kind == "add" and to == held.key:
        return "coded now"
    changes = [f"{held.key.type} when made"] if to.type != held.key.type else []
    changes += ["its words moved"] if (to.start, to.end) != (held.key.start, held.key.end) else []
    return ", ".join(changes)


def _keep(connection: duckdb.DuckDBPyConnection, about: Iterable[Held], event: Event | None) -> None:
    """Keep an act that is no longer coded as one added, where the last word on it was not to reject it."""
    listed = list(about)
    if event is None or listed[-1].kind == "reject" or any(one.kind == "add" for one in listed):
        return
    first = next(one for one in listed if one.kind != "reject")
    connection.execute(CLOSE, [first.number, *first.key])
    values = values_of(event) | dict(first.values)
    record(connection, "add", first.key, values, _with(first.remark, "no longer coded, kept"), first.number)


def values_of(event: Event) -> dict[str, str]:
    """An event as coded, as the columns an added one has."""
    place, interval = event.place, event.interval
    days = (interval.iso(), interval.first, interval.last, interval.precision) if interval else ("",) * 4
    located = [getattr(place, name) for name in PLACE] if place else [""] * len(PLACE)
    columns = ("place_name", "place_country", "place_region", *PLACE[3:])
    found = dict(zip(("date", "first_day", "last_day", "date_precision"), days, strict=True))
    found |= dict(zip(columns, located, strict=True))
    if place and not place.name:
        found["place_name"] = place.text
    found |= {"mode": event.mode, "status": event.status, "sentence": event.mentions[0].sentence}
    found["actors"] = SEPARATOR.join(m.actor.id for m in event.actors)
    found["recipients"] = SEPARATOR.join(m.actor.id for m in event.recipients)
    return _typed(event.type, event.mode) | {k: "" if v is None else str(v) for k, v in found.items()}


def _typed(kind: str, mode: str | None = None) -> dict[str, str]:
    return {"type": kind, "quad": str(quad(kind)), "score": str(score(kind, mode))}


def _with(remark: Remark, told: str) -> Remark:
    """The remark, and what became of the act in a new coding."""
    return Remark("; ".join(part for part in (remark.note, told) if part) or None, remark.by)
