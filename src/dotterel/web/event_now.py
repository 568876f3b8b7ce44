"""One event as it stands now, with its report; the fields of its form, and which of those that are sent are new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dotterel.store import Standing, Store
from dotterel.types import Actor, ActorMention, Event, Interval, Place, Report

REPORT_OF = """
SELECT report_id FROM events WHERE id = $id
UNION ALL SELECT report_id FROM verdicts WHERE event_id = $id LIMIT 1
"""
NAMES = {"type": "type", "mode": "mode", "status": "status", "date": "date", "place": "place", "actors": "who",
         "recipients": "to whom"}  # fmt: skip
SINGLE = ("type", "mode", "status", "date", "place")  # fields with one value
EXACT = ("day", "month", "year")  # precisions of a date that is written as one


@dataclass(frozen=True, slots=True)
class EventNow:
    """An event, corrected; one that was rejected is as it was coded."""

    report: Report
    event: Event
    standing: Standing

    @property
    def decided(self) -> str | None:
        """accepted, edited, added or rejected; None where nobody said anything."""
        return "rejected" if self.standing.rejection is not None else self.standing.corrected

    @property
    def date(self) -> str:
        """The date as its field has it."""
        return date_words(self.event.interval)

    @property
    def place(self) -> str:
        """The place as its field has it."""
        return place_words(self.event.place)


def event_now(store: Store, event_id: str) -> EventNow | None:
    """The event of that id; None where there is none, or it was added by hand and is rejected."""
    found = store.query(REPORT_OF, {"id": event_id}).column(0).to_pylist()
    current = store.current(found[0]) if found else None
    if current is None:
        return None
    events = (*current.coding.events, *current.rejected)
    event = next((one for one in events if one.id == event_id), None)
    return EventNow(current.coding.report, event, current.standing[event_id]) if event else None


def date_words(interval: Interval | None) -> str:
    """A date as a person writes it into a form: a day, a month, a year, or two days with a stroke between."""
    if interval is None:
        return ""
    return interval.iso() if interval.precision in EXACT else f"{interval.first}/{interval.last}"


def place_words(place: Place | None) -> str:
    """A place as a person writes it into a form: 'Aleppo, SYR'."""
    return ", ".join(filter(None, (place.name or place.text, place.country))) if place else ""


def changed(now: EventNow, sent: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the fields that say something else than what is; who takes part already is told by who it is."""
    event = now.event
    single = (event.type, event.mode or "", event.status, now.date, now.place)
    is_now = dict(zip(SINGLE, single, strict=True))
    found = {name: value for name, value in sent.items() if name in is_now and not alike(value, is_now[name])}
    known = {key: m.actor for m in (*event.recipients, *event.actors) for key in (m.actor.id, m.actor.name)}
    for name, side in (("actors", event.actors), ("recipients", event.recipients)):
        if name in sent and not same_parties(sent[name], side):
            found[name] = [known.get(party, party) for party in dict.fromkeys(sent[name])]
    return found


def alike(sent: str, is_now: str) -> bool:
    """Whether a field says what is, capitals and blanks aside."""
    return " ".join(sent.split()).casefold() == " ".join(is_now.split()).casefold()


def same_parties(sent: Sequence[str], side: Sequence[ActorMention]) -> bool:
    """Whether a list of names or ids says who is on a side."""
    return len(sent) == len(side) and all(a in (m.actor.name, m.actor.id) for a, m in zip(sent, side, strict=True))


def changes_in_words(changes: Mapping[str, Any]) -> str:
    """What is changed: 'type COERCE, mode none, who France; Russia'."""
    return ", ".join(f"{NAMES[name]} {value_in_words(value)}" for name, value in changes.items())


def value_in_words(value: str | Sequence[str | Actor]) -> str:
    """A value of a field: names for parties, 'none' for nothing."""
    if isinstance(value, str):
        return value or "none"
    return "; ".join(party.name if isinstance(party, Actor) else party for party in value) or "none"
