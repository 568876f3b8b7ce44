"""Facts, judgements and linked events as rows of the tables in linking.sql, and facts back from theirs."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any

from dotterel.codebook import quad, score
from dotterel.linking.facts import Facts, Party, Toll
from dotterel.store.rows import Row, Tables
from dotterel.types import Judgement, LinkedEvent

APART = frozenset({"event_id", "report_id", "sense"})  # fields with a column of their own
DAYS = ("published", "first", "last")
PARTIES = ("actors", "recipients", "attribution", "claimed_by")
FACTS = tuple(f.name for f in fields(Facts) if f.name not in APART)
PARTY, TOLL = (tuple(f.name for f in fields(kind)) for kind in (Party, Toll))
LINKED = ("linked_events", "linked_members", "linked_actors", "linked_details")


def facts_row(facts: Facts) -> Row:
    """The row of event_facts."""
    told: dict[str, Any] = {name: getattr(facts, name) for name in FACTS}
    told |= {name: told[name].isoformat() if told[name] else None for name in DAYS}
    told |= {name: [[getattr(p, key) for key in PARTY] for p in told[name]] for name in PARTIES}
    told["tolls"] = [[getattr(toll, key) for key in TOLL] for toll in facts.tolls]
    told["words"] = sorted(facts.words)
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return {"event_id": facts.event_id, "report_id": facts.report_id, "facts": text, "sense": facts.sense}


def facts_from(event_id: str, report_id: str, text: str, sense: bytes) -> Facts:
    """The facts of a row of event_facts."""
    told = json.loads(text)
    told |= {name: date.fromisoformat(told[name]) if told[name] else None for name in DAYS}
    told |= {name: tuple(_party(values) for values in told[name]) for name in PARTIES}
    told["tolls"] = tuple(Toll(*values) for values in told["tolls"])
    told |= {"contexts": tuple(told["contexts"]), "words": frozenset(told["words"])}
    return Facts(event_id=event_id, report_id=report_id, sense=sense, **told)


def _party(values: list[Any]) -> Party:
    told: list[Any] = [tuple(value) if isinstance(value, list) else value for value in values]
    return Party(*told)


def judgement_rows(judgements: Iterable[Judgement]) -> list[Row]:
    """Rows of judgements; number and time are the database's."""
    names = ("event_a", "event_b", "same", "score", "made_by")
    return [
        {name: getattr(j, name) for name in names} | {"reasons": list(j.reasons), "conflicts": list(j.conflicts)}
        for j in judgements
    ]


def linked_tables(events: Iterable[tuple[str, LinkedEvent]], reports: dict[str, str]) -> Tables:
    """The rows of linked events, each given with its component; `reports` has the report of each member."""
    tables: Tables = {name: [] for name in LINKED}
    for component, event in events:
        tables["linked_events"].append(_event_row(event))
        tables["linked_members"] += [
            {"event_id": member, "linked_id": event.id, "report_id": reports[member], "component": component}
            for member in event.members
        ]
        tables["linked_actors"] += _party_rows(event)
        tables["linked_details"] += [
            {"linked_id": event.id, "field": d.field, "value": d.value, "kind": d.kind, "event_ids": list(d.event_ids)}
            for d in event.details
        ]
    return tables


def _event_row(event: LinkedEvent) -> Row:
    names = ("id", "type", "mode", "status", "first_day", "last_day", "date_precision", "place_text",
             "place_name", "place_region", "place_country", "latitude", "longitude", "geonames", "sources",
             "first_published", "best_event", "confidence", "reason")  # fmt: skip
    row = {name: getattr(event, name) for name in names}
    row |= {
        "date": event.day,
        "quad": quad(event.type),
        "score": score(event.type, event.mode),
        "contexts": list(event.contexts),
    }
    row |= {"events": len(event.members), "reports": len(event.reports), "first_report": event.reports[0]}
    return row


def _party_rows(event: LinkedEvent) -> list[Row]:
    rows: list[Row] = []
    for party in event.parties:
        who = party.actor
        rows.append({
            "linked_id": event.id, "role": party.role, "position": sum(row["role"] == party.role for row in rows),
            "actor_id": who.id, "name": who.name, "country": who.country, "sector": who.sector,
            "sectors": list(who.sectors), "text": party.text, "events": party.events,
        })  # fmt: skip
    return rows
