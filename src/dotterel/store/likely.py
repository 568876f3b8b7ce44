"""Which other linked events may be the same act as one: what a person is offered to join with it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dotterel.codebook.loader import known
from dotterel.store.database import Store
from dotterel.store.tellings import AT, Judged, Whole, rows_of

OWNERS = f"SELECT event_id, linked_id FROM current_members WHERE event_id {AT}"
KEYS = f"SELECT DISTINCT key FROM event_keys WHERE event_id {AT}"
# The keys are given as values: joined with themselves, all of them would be gone through many times.
NEAR = """
SELECT event_id, count(*) AS shared FROM event_keys
WHERE key IN (SELECT unnest($keys::VARCHAR[])) AND NOT list_contains($ids, event_id)
GROUP BY event_id ORDER BY shared DESC, event_id LIMIT $most
"""
LIKELY = """
SELECT e.id AS linked_id, e.best_event, e.type, e.mode, e.status, e.quad, e.date, e.first_day, e.last_day,
       e.date_precision, e.place_text, e.place_name, e.place_country, e.reports, e.first_published
FROM current_linked e WHERE e.id IN (SELECT unnest($linked::VARCHAR[]))
"""
NAMES = """
SELECT linked_id, role, name FROM linked_parties
WHERE linked_id IN (SELECT unnest($linked::VARCHAR[])) AND role IN ('actor', 'recipient') ORDER BY position
"""
NEAREST = 8  # other events that are offered
LOOKED_AT = 60  # events that share most keys


@dataclass(frozen=True, slots=True)
class Other:
    """Another linked event that may be the same act."""

    linked_id: str
    event_id: str  # its fullest telling
    act: Mapping[str, Any]
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    why: str  # why it is likely
    judged: Judged | None  # the judgement that came nearest, where there is one


def others(store: Store, event: Whole) -> tuple[Other, ...]:
    """Linked events that may be the same act, the likeliest first: those that were judged near it and fell short, then
    acts of the same parties within days; none that a person has parted from it.
    """
    ids = [telling.event_id for telling in event.tellings]
    members = set(ids)
    judged: dict[str, Judged] = {}
    for one in event.beyond:
        other = one.event_b if one.event_a in members else one.event_a
        judged.setdefault(other, one)
    parted = {other for other, one in judged.items() if one.by_hand and not one.same}
    keys = [row["key"] for row in rows_of(store, KEYS, ids=ids) if of_two_parties(row["key"])]
    near = [row["event_id"] for row in rows_of(store, NEAR, keys=keys, ids=ids, most=LOOKED_AT)]
    owners = {row["event_id"]: row["linked_id"] for row in rows_of(store, OWNERS, ids=[*judged, *near])}
    found: dict[str, str] = {}  # linked id -> the event that it was found by
    for event_id in (*judged, *near):
        if event_id in owners and event_id not in parted and owners[event_id] != event.act["id"]:
            found.setdefault(owners[event_id], event_id)
    return _offered(store, event.act, found, judged)


def of_two_parties(key: str) -> bool:
    """Whether a key that events are compared by is of two parties, and not of one, or a place, and a kind of act."""
    second = key.partition("|")[0].rpartition(" ")[2]
    return not known(second) and not second.isdecimal()


def _offered(
    store: Store, act: Mapping[str, Any], found: Mapping[str, str], judged: Mapping[str, Judged]
) -> tuple[Other, ...]:
    """The likeliest of what was found, in full."""
    rows = {
        row["linked_id"]: row
        for row in rows_of(store, LIKELY, linked=list(found))
        if found[row["linked_id"]] in judged or row["quad"] == act["quad"]
    }

    def rank(linked_id: str) -> tuple[float, bool, int]:
        score = judged[found[linked_id]].score if found[linked_id] in judged else 0.0
        apart = abs((rows[linked_id]["first_day"] or date.min) - (act["first_day"] or date.min)).days
        return (-score, rows[linked_id]["type"] != act["type"], apart)

    chosen = sorted(rows, key=rank)[:NEAREST]
    names: dict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows_of(store, NAMES, linked=chosen):
        names[row["linked_id"], row["role"]].append(row["name"])
    return tuple(
        Other(
            one,
            rows[one]["best_event"],
            rows[one],
            tuple(names[one, "actor"]),
            tuple(names[one, "recipient"]),
            "judged near" if found[one] in judged else "same parties, near in time",
            judged.get(found[one]),
        )
        for one in chosen
    )
