"""One event with all that belongs to it, as it holds now: corrections applied, identities merged and split."""

from __future__ import annotations

import duckdb

from dotterel.store.rows import Row
from dotterel.store.search import asked

EVENT = """
SELECT e.*, r.title, r.published, r.source, r.agency, r.url, m.linked_id
FROM current_events e JOIN reports r ON r.id = e.report_id LEFT JOIN current_members m ON m.event_id = e.id
WHERE e.id = $id"""
OF_EVENT = {
    "parties": "SELECT * EXCLUDE (event_id, report_id) FROM parties WHERE event_id = $id ORDER BY role, position",
    "mentions": "SELECT * EXCLUDE (event_id, report_id) FROM current_mentions WHERE event_id = $id ORDER BY position",
    "figures": "SELECT * EXCLUDE (event_id, report_id) FROM figures WHERE event_id = $id ORDER BY position",
}


def event_of(connection: duckdb.DuckDBPyConnection, event_id: str) -> Row | None:
    """The event of that id; see `Store.event`."""
    found = asked(connection, EVENT, {"id": event_id})
    if not found:
        return None
    return found[0] | {name: asked(connection, sql, {"id": event_id}) for name, sql in OF_EVENT.items()}
