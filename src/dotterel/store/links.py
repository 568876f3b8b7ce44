"""Linked events in the store: each new report is compared with what may be the same act, and only that is done anew."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

import duckdb

from dotterel.errors import StoreError
from dotterel.linking.acts import Decisions, joined_up, likely, ordered
from dotterel.linking.cluster import Pair
from dotterel.linking.facts import Facts
from dotterel.linking.keys import keys_of
from dotterel.store.copies import add_copies, groups_of
from dotterel.store.inserting import delete_by, found_by, insert_rows
from dotterel.store.linked_rows import LINKED, facts_from, facts_row, judgement_rows, linked_tables
from dotterel.store.ready import Ready
from dotterel.types import Judgement

DOTTEREL = "dotterel"  # who made a judgement that no user made
JUDGED = ("event_a", "event_b", "same", "score", "reasons", "conflicts", "made_by")
Connection = duckdb.DuckDBPyConnection


def link_codings(connection: Connection, codings: Sequence[Ready]) -> None:
    """Link reports that were just written, inside the transaction that writes them."""
    # The text of a report that is coded anew is what it was, and so is whose copy it prints.
    known = {name for (name,) in found_by(connection, "SELECT report_id FROM reprints", "report_id", _reports(codings))}
    merged = add_copies(connection, [coding for coding in codings if coding.report.id not in known])
    new = {one.event_id: one for coding in codings for one in coding.facts}
    insert_rows(connection, "event_facts", [facts_row(one) for one in new.values()])
    keys = {name: keys_of(one) for name, one in new.items()}
    rows = [
        {"event_id": name, "report_id": new[name].report_id, "key": key}
        for name, found in keys.items()
        for key in found
    ]
    insert_rows(connection, "event_keys", rows)
    found = _compared(connection, new, keys)
    insert_rows(connection, "judgements", judgement_rows(found), JUDGED)
    touched = {name for judgement in found if judgement.same for name in (judgement.event_a, judgement.event_b)}
    told = found_by(connection, "SELECT event_id FROM linked_members", "report_id", merged)
    relink(connection, {*new, *touched, *(name for (name,) in told)})


def _reports(codings: Iterable[Ready]) -> list[str]:
    return [coding.report.id for coding in codings]


def forget(connection: Connection, report_ids: Collection[str]) -> None:
    """Take the events of reports out of all links, inside the transaction that takes them out or codes them anew.

    What was one act with them is linked anew. Reprints stay, for they are of the text; so does what a user decided.
    """
    events = [name for (name,) in found_by(connection, "SELECT event_id FROM event_facts", "report_id", report_ids)]
    others = _with_components(connection, events) - set(events)
    _delete_linked(connection, {*events, *others})
    for table in ("event_facts", "event_keys"):
        delete_by(connection, table, "report_id", report_ids)
    for column in ("event_a", "event_b"):
        for name in events:
            connection.execute(f"DELETE FROM judgements WHERE {column} = ? AND made_by = ?", [name, DOTTEREL])
    relink(connection, others)


def unlinked(connection: Connection) -> list[str]:
    """The ids of reports that were written before there were links, in order of writing."""
    sql = "SELECT id FROM reports WHERE id NOT IN (SELECT report_id FROM reprints) ORDER BY rowid"
    return [name for (name,) in connection.execute(sql).fetchall()]


def relink(connection: Connection, events: Collection[str]) -> None:
    """Make the linked events of these events, and of all joined to them, anew."""
    known = _facts(connection, _with_components(connection, events))
    judged, decisions = _judged(connection, known), _decisions(connection, known)
    copies = groups_of(connection, {one.report_id for one in known.values()})
    made = [(component[0], event) for component, acts in joined_up(known, judged, copies, decisions) for event in acts]
    _delete_linked(connection, known)
    tables = linked_tables(made, {name: one.report_id for name, one in known.items()})
    for table in LINKED:
        insert_rows(connection, table, tables[table])


def decide(connection: Connection, pair: Pair, same: bool, made_by: str, note: str | None) -> int:
    """Record a user's say on two events and link anew; the number to undo it by.

    Raises StoreError where an event is unknown, both are one, or the name is dotterel's own.
    """
    if made_by == DOTTEREL:
        raise StoreError("a decision needs the name of who made it, and that is not 'dotterel'")
    a, b = ordered(*(_event(connection, name) for name in pair))
    if a == b:
        raise StoreError(f"{a} and {b} are one event; name two")
    sql = (
        "INSERT INTO judgements (event_a, event_b, same, score, reasons, conflicts, made_by, note)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING number"
    )
    said = [f"{made_by} says so"]
    values = [a, b, same, float(same), said if same else [], [] if same else said, made_by, note]
    answer = connection.execute(sql, values).fetchone()
    assert answer is not None
    relink(connection, {a, b})
    return int(answer[0])


def decide_all(
    connection: Connection, event: str, others: Iterable[str], same: bool, made_by: str, note: str | None
) -> list[int]:
    """Record a user's say on an event and each of some others; the numbers to undo it by.

    Joining takes in all members of linked events, for acts are grouped by how sure all their members are to be one: two
    that were joined by one member each could fall apart. Raises StoreError as `decide` does.
    """
    one, *more = [_event(connection, name) for name in (event, *dict.fromkeys(others))]
    if same and one not in more:
        more = sorted(_acts_of(connection, (one, *more)) - {one})
    return [decide(connection, (one, other), same, made_by, note) for other in more]


def _acts_of(connection: Connection, events: Iterable[str]) -> set[str]:
    """The members of the linked events that these events are members of."""
    linked = found_by(connection, "SELECT DISTINCT linked_id FROM linked_members", "event_id", events)
    rows = found_by(connection, "SELECT event_id FROM linked_members", "linked_id", (name for (name,) in linked))
    return {name for (name,) in rows}


def undo_decision(connection: Connection, number: int) -> None:
    """Let a user's judgement hold no longer and link anew.

    Raises StoreError where there is none of that number, it was undone before, or it is dotterel's own.
    """
    sql = "SELECT event_a, event_b, made_by, undone FROM judgements WHERE number = ?"
    found = connection.execute(sql, [number]).fetchone()
    if found is None:
        raise StoreError(f"there is no judgement {number}; list them with: dotterel link DB --judgements")
    a, b, made_by, undone = found
    if made_by == DOTTEREL:
        raise StoreError(f"judgement {number} is dotterel's own; overrule it with: dotterel link DB --part {a} {b}")
    if undone is not None:
        raise StoreError(f"judgement {number} was undone before")
    connection.execute("UPDATE judgements SET undone = current_timestamp WHERE number = ?", [number])
    relink(connection, {a, b})


def _event(connection: Connection, name: str) -> str:
    """The id of an event, given as such or as a linked event of one member. Raises StoreError where it is unknown."""
    found = connection.execute("SELECT event_id FROM event_facts WHERE event_id = ?", [name.removeprefix("L-")])
    answer = found.fetchone()
    if answer is None:
        raise StoreError(f"there is no event {name} here; list them with: dotterel link DB --members")
    return str(answer[0])


def _compared(connection: Connection, new: dict[str, Facts], keys: dict[str, tuple[str, ...]]) -> list[Judgement]:
    """What is likely of each new event and each other that shares a key with it."""
    holders: dict[str, list[str]] = defaultdict(list)
    wanted = {key for found in keys.values() for key in found}
    for key, name in found_by(connection, "SELECT key, event_id FROM event_keys", "key", wanted):
        holders[key].append(name)
    pairs = {
        ordered(name, other) for name, found in keys.items() for key in found for other in holders[key] if other != name
    }
    known = _facts(connection, {name for pair in pairs for name in pair} - set(new)) | new
    return likely((known[a], known[b]) for a, b in sorted(pairs))


def _facts(connection: Connection, events: Iterable[str]) -> dict[str, Facts]:
    rows = found_by(connection, "SELECT event_id, report_id, facts, sense FROM event_facts", "event_id", events)
    return {row[0]: facts_from(*row) for row in rows}


def _with_components(connection: Connection, events: Collection[str]) -> set[str]:
    """The events and all that are in a component with one of them."""
    found = found_by(connection, "SELECT DISTINCT component FROM linked_members", "event_id", events)
    joined = found_by(connection, "SELECT event_id FROM linked_members", "component", (name for (name,) in found))
    return {*events, *(name for (name,) in joined)}


def _judged(connection: Connection, known: Collection[str]) -> dict[Pair, Judgement]:
    """What dotterel judged of pairs of these events."""
    select = f"SELECT {', '.join(JUDGED)} FROM judgements"
    rows = found_by(connection, select, "event_a", known, f"AND made_by = '{DOTTEREL}'") if len(known) > 1 else []
    return {(a, b): Judgement(a, b, same, score, (), ()) for a, b, same, score, *_ in rows if b in known}


def _decisions(connection: Connection, known: Collection[str]) -> Decisions:
    """What users decided of pairs of these events and of others; of one pair the last say holds."""
    select = "SELECT event_a, event_b, same FROM judgements"
    more = f"AND made_by <> '{DOTTEREL}' AND undone IS NULL ORDER BY number"
    said = {(a, b): same for a, b, same in found_by(connection, select, "event_a", known, more)}
    joined = frozenset(pair for pair, same in said.items() if same)
    return Decisions(joined, frozenset(said) - joined)


def _delete_linked(connection: Connection, events: Collection[str]) -> None:
    found = found_by(connection, "SELECT DISTINCT linked_id FROM linked_members", "event_id", events)
    gone = [name for (name,) in found]
    for table in LINKED:
        delete_by(connection, table, "id" if table == "linked_events" else "linked_id", gone)
