"""What became of an id of an event: the linked event that it is told under now, or the correction that rejects it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from dotterel.store.database import Store
from dotterel.store.tellings import AT, rows_of


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What became of an id of an event."""

    linked_id: str | None  # the linked event that it is told under now
    report_id: str | None = None
    rejected: tuple[Mapping[str, Any], ...] = ()  # the corrections that reject it
    known: bool = False


FOUND = "SELECT linked_id, report_id FROM current_members WHERE event_id = $id"
CODED = "SELECT report_id FROM events WHERE id = $id UNION ALL SELECT report_id FROM verdicts WHERE event_id = $id"
REJECTING = f"""
SELECT v.event_id, v.number, v.report_id, any_value(c.note) AS note, any_value(c.made_by) AS made_by,
       any_value(c.made) AS made
FROM verdicts v JOIN corrections c ON c.number = v.number AND c.undone IS NULL
WHERE v.rejected AND v.event_id {AT} GROUP BY ALL ORDER BY v.number
"""
ONCE = "SELECT event_id FROM linked_members WHERE linked_id = $id OR event_id = $event"


def whereabouts(store: Store, event_id: str) -> Whereabouts:
    """Where an event is told now: of a report's event its linked event, of a linked event that is none any more the one
    that its first member went to; or by which correction it is rejected.
    """
    bare = event_id.removeprefix("L-")
    found = rows_of(store, FOUND, id=bare)
    if found:
        return Whereabouts(found[0]["linked_id"], found[0]["report_id"], known=True)
    ids = [row["event_id"] for row in rows_of(store, ONCE, id=event_id, event=bare)] or [bare]
    rejected = tuple(rows_of(store, REJECTING, ids=ids))
    coded = rows_of(store, CODED, id=bare)
    report_id = coded[0]["report_id"] if coded else rejected[0]["report_id"] if rejected else None
    return Whereabouts(None, report_id, rejected, bool(coded or rejected))
