"""Makes a database of many generated events, quickly, that looks like a real one: what the desk is measured on."""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations, islice, pairwise
from pathlib import Path
from typing import TypeVar

import duckdb

from benchmarks.desk_reports import Told, told_reports
from benchmarks.desk_world import Pattern, World
from dotterel import open_store
from dotterel.events.sense import sense_of
from dotterel.linking.cluster import components
from dotterel.linking.compare import SAME, judge
from dotterel.linking.facts import Facts, facts_of
from dotterel.linking.keys import keys_of
from dotterel.linking.linked import linked_event
from dotterel.linking.reprints import bands_of, original, reprint, runs
from dotterel.store.copies import ALONE, FIRST, HOLDERS
from dotterel.store.inserting import insert_rows
from dotterel.store.linked_rows import LINKED, facts_row, judgement_rows, linked_tables
from dotterel.store.links import JUDGED
from dotterel.store.rows import Row, tables_of
from dotterel.store.terms import index, term_counts
from dotterel.types import Judgement, LinkedEvent

EVENTS, SEED = 100_000, 7
BATCH = 1000  # reports written at a time
# The rows of bands that the store would not have written.
BEYOND = f"""DELETE FROM report_bands WHERE rowid IN (
    SELECT rowid FROM report_bands QUALIFY row_number() OVER (PARTITION BY hash ORDER BY rowid) > {HOLDERS})"""
Acts = dict[int, list[Facts]]  # number of the deed -> its tellings
Item = TypeVar("Item")


def make(path: Path, events: int, seed: int = SEED, linked: bool = True) -> None:
    """Write a new database of so many events; the same for the same seed. Without `linked` it waits for being linked.

    Every row is what the coder, the linker and the index would write of those codings, but for two things: which
    events are one act is known and not judged, and the sense of a sentence is that of its pattern. A database is
    filled so some hundred times faster than by adding reports.
    """
    open_store(path).close()
    acts: Acts = defaultdict(list)
    with duckdb.connect(str(path)) as connection:
        copies: dict[str, str] = {}
        for batch in batched(told_reports(World(random.Random(seed)), events), BATCH):
            connection.execute("BEGIN")
            write_reports(connection, batch)
            if linked:
                write_facts(connection, batch, acts)
                copies |= write_copies(connection, batch)
                write_acts(connection, taken(acts, batch[-1].settled), copies)
            connection.execute("COMMIT")
        connection.execute("BEGIN")
        write_acts(connection, list(acts.values()), copies)
        connection.execute(BEYOND)
        connection.execute("COMMIT")
        connection.execute("CHECKPOINT")


def taken(acts: Acts, settled: int) -> list[list[Facts]]:
    """The tellings of the deeds that no later report tells, taken out of `acts` so that they are not held in memory."""
    return [acts.pop(number) for number in [number for number in acts if number < settled]]


def batched(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items, so many at a time."""
    stream = iter(items)
    while batch := list(islice(stream, size)):
        yield batch


def write_reports(connection: duckdb.DuckDBPyConnection, batch: Sequence[Told]) -> None:
    """Write codings and their words."""
    for table, rows in tables_of(told.coding for told in batch).items():
        insert_rows(connection, table, rows, more="ON CONFLICT DO NOTHING" if table == "actors" else "")
    index(connection, [(told.coding.report.id, term_counts(told.coding.report.text)) for told in batch])


def write_facts(connection: duckdb.DuckDBPyConnection, batch: Sequence[Told], acts: Acts) -> None:
    """Write what the events of codings are linked by; the tellings are added to `acts`."""
    new: list[Facts] = []
    for told in batch:
        senses = {
            event.mentions[0].sentence: sense(deed.pattern)
            for event, deed in zip(told.coding.events, told.deeds, strict=True)
        }
        found = facts_of(told.coding, senses.__getitem__)
        new += found
        for one, deed in zip(found, told.deeds, strict=True):
            acts[deed.number].append(one)
    insert_rows(connection, "event_facts", [facts_row(one) for one in new])
    keys = [{"event_id": f.event_id, "report_id": f.report_id, "key": key} for f in new for key in keys_of(f)]
    insert_rows(connection, "event_keys", keys)


@cache
def sense(pattern: Pattern) -> bytes:
    """The sense of the sentences made by a pattern."""
    return sense_of(f"{pattern.verb[0]} {pattern.rest}".replace("{B}", "them"))


def write_copies(connection: duckdb.DuckDBPyConnection, batch: Sequence[Told]) -> dict[str, str]:
    """Write which reports print the same copy; of each report its group.

    A reprint comes right after its report; one that begins a batch counts as a report of its own.
    """
    reports = {told.coding.report.id: told.coding.report for told in batch}
    bands: list[Row] = [
        {"report_id": name, "hash": band} for name, report in reports.items() for band in bands_of(report.text)
    ]
    insert_rows(connection, "report_bands", bands)
    listed = list(reports.values())
    pairs = [(a.id, b.id) for a, b in pairwise(listed) if b.text.startswith(a.text)]
    rows: list[Row] = []
    for group in components(reports, pairs):
        first = original((reports[name].published, name) for name in group)
        texts = {name: runs(reports[name].text) for name in group} if len(group) > 1 else {}
        for name in group:
            row: Row = {"report_id": name, "group_id": group[0], "reason": FIRST if len(group) > 1 else ALONE}
            if name != first:
                found = reprint(name, first, texts)
                row |= {"of_id": first, "containment": found.containment, "reason": found.reason}
            rows.append(row)
    insert_rows(connection, "reprints", rows)
    return {row["report_id"]: row["group_id"] for row in rows}


def write_acts(connection: duckdb.DuckDBPyConnection, acts: Sequence[list[Facts]], copies: dict[str, str]) -> None:
    """Write the linked events, each given as its tellings, and the judgements that join those told several times."""
    reports = {one.event_id: one.report_id for members in acts for one in members}
    found = linked_tables(_linked(acts, copies), reports)
    for table in LINKED:
        insert_rows(connection, table, found[table])
    insert_rows(connection, "judgements", judgement_rows(j for members in acts for j in _joined(members)), JUDGED)


def _linked(acts: Iterable[Sequence[Facts]], copies: dict[str, str]) -> Iterator[tuple[str, LinkedEvent]]:
    for members in acts:
        yield min(one.event_id for one in members), linked_event(members, copies)


def _joined(members: Sequence[Facts]) -> Iterator[Judgement]:
    for a, b in combinations(members, 2):
        found = judge(a, b)
        yield found if found.same else replace(found, same=True, score=max(found.score, SAME))


def main() -> int:
    """Make the database, and tell how long that took."""
    parser = argparse.ArgumentParser(description=__doc__, allow_abbrev=False)
    parser.add_argument("file", type=Path, help="the database to make; it must not be there yet")
    parser.add_argument("--events", type=int, default=EVENTS, metavar="N", help=f"how many (default: {EVENTS:,})")
    parser.add_argument("--seed", type=int, default=SEED, metavar="N", help=f"of chance (default: {SEED})")
    asked = parser.parse_args()
    if asked.file.exists():
        parser.error(f"{asked.file} is there already; delete it first, or name another file")
    started = time.perf_counter()
    make(asked.file, asked.events, asked.seed)
    with open_store(asked.file, read_only=True) as store:
        counts = ", ".join(f"{number:,} {table}" for table, number in store.counts().items())
    print(f"{asked.file}: {counts}; made in {time.perf_counter() - started:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
