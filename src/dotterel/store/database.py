"""The store: codings kept in one DuckDB file, each report whole or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb
import pyarrow as pa

from dotterel.errors import StoreError
from dotterel.exports.acts import Act
from dotterel.store import corrections, recoding
from dotterel.store.acts import acts_of
from dotterel.store.browsing import BEST, EVERY, Found, Page, Summary, find, page, rows_of, summary
from dotterel.store.carrying import carry_over
from dotterel.store.corrections import Remark
from dotterel.store.current import Current, current_of
from dotterel.store.decided import Decided, decided
from dotterel.store.edits import Parties
from dotterel.store.history import Decision, history, history_counts
from dotterel.store.identities import DECISIONS, complete_actor, list_actors, record_merge, record_split, undo
from dotterel.store.inserting import found_by, insert_rows
from dotterel.store.links import decide, decide_all, forget, link_codings, undo_decision, unlinked
from dotterel.store.located import Degrees, acts_at, located
from dotterel.store.opening import WAIT, connect, has_own_views, require_database, was_stopped
from dotterel.store.query import run_query
from dotterel.store.ready import Ready, ready
from dotterel.store.rebuild import coding_of
from dotterel.store.report_list import ReportPage, frequent_sources, list_reports
from dotterel.store.rows import RECORDS, Row, Tables, coder_version, tables_of
from dotterel.store.search import run_search
from dotterel.store.single import event_of
from dotterel.store.sought import Search
from dotterel.store.terms import index
from dotterel.types import Coding, Failure, Report

WRITE_BATCH = 200  # reports a transaction
READ_BATCH = 1000  # reports rebuilt at a time
COUNTED = ("reports", "actors", *RECORDS, "failures")


class Store:
    """An open database of codings. Close it, or use it in a `with` block; see `open_store`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path) -> None:
        self._connection = connection
        self.path = path

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        if was_stopped(error):
            raise KeyboardInterrupt from error

    def close(self) -> None:
        """Close the database; closing twice is harmless."""
        self._connection.close()

    def has_own_views(self) -> bool:
        """Whether the views are those of this dotterel. Opened only to be read, a database keeps those of another."""
        return has_own_views(self._connection)

    def beside(self) -> Store:
        """The same open database for another thread, to be closed by itself; it closes with this one at the latest."""
        return Store(self._connection.cursor(), self.path)

    def has(self, report_id: str) -> bool:
        """Whether the report of that id has been coded into this database."""
        return bool(self._connection.execute("SELECT 1 FROM reports WHERE id = ?", [report_id]).fetchone())

    def add(self, coding: Coding) -> bool:
        """Write one coding in a transaction of its own; False where its report was there already.

        Raises StoreError where it cannot be written; what was written before stays.
        """
        return self.add_many([coding]) == 1

    def add_many(self, codings: Iterable[Coding]) -> int:
        """Write codings, 200 a transaction, and tell how many were new.

        Raises StoreError where a transaction cannot be written: nothing of it is kept, all before it is.
        """
        added = 0
        stream = iter(codings)
        while batch := list(islice(stream, WRITE_BATCH)):
            ids = [coding.report.id for coding in batch]
            held = {name for (name,) in found_by(self._connection, "SELECT id FROM reports", "id", ids)}
            new = {c.report.id: c for c in reversed(batch) if c.report.id not in held}
            if new:
                self._write([ready(coding) for coding in reversed(new.values())])
            added += len(new)
        return added

    def replace(self, coding: Coding) -> None:
        """Put a new coding in the place of the one its report has, in a transaction; corrections hold on.

        Raises StoreError where the report is not there, or where nothing can be written: the old coding stays then.
        """
        old = self.find(coding.report.id)
        if old is None or old.report.id != coding.report.id:
            raise StoreError(f"{self.path}: holds no report {coding.report.id} to put a new coding of")
        with self._transaction():
            forget(self._connection, [coding.report.id])
            recoding.remove(self._connection, coding.report.id)
            tables = tables_of([coding])
            del tables["reports"]
            self._insert(tables)
            recoding.sign(self._connection, coding.report.id, coder_version())
            carry_over(self._connection, old, coding)
            link_codings(self._connection, [ready(coding)])

    def outdated(self, every: bool = False, after: int = -1, limit: int = WRITE_BATCH) -> list[tuple[int, Report]]:
        """Reports that an older dotterel coded, or `every` report, in the order they were written, each after its
        place in that order; those behind the place `after`.
        """
        rows = recoding.outdated(self._connection, every, after, limit)
        return [(place, Report(**row)) for place, row in rows]

    def outdated_count(self, every: bool = False) -> int:
        """How many reports `outdated` has."""
        return recoding.count(self._connection, every)

    def recoded_to(self, place: int | None = None, done: bool = False) -> int:
        """How far coding every report anew has come, -1 at the beginning; `place` notes it, `done` ends it."""
        if place is not None or done:
            with self._transaction():
                recoding.note(self._connection, None if done else place)
        return recoding.noted(self._connection)

    def search(self, words: str = "", **filters: Any) -> pa.Table:
        """What answers the words and filters, the best first, each with the sentence that fits best; see `Search`.

        Raises StoreError where a filter asks for what there cannot be.
        """
        return run_search(self._connection, Search(words, **filters))

    def page(
        self, search: Search, sort: str | None = None, descending: bool = True, offset: int = 0, limit: int = 50
    ) -> Page:
        """What answers a search from `offset` on, and how many answer in all; `search.limit` does not count.

        A row has all that is to be read of an event, or of a linked event: each party by its name, `parties` by role,
        and in `told_by` the report whose words are shown. `sort` is best (by
        words, without words the newest), date, actors, recipients, type, mode, status, quad, score, place, country,
        confidence, published, source, reports or sources; None is best. Those without a value come last either way.
        Raises StoreError where a filter or the order asks for what there cannot be.
        """
        return page(self._connection, search, sort or BEST, descending, offset, limit)

    def found(
        self, search: Search, sort: str | None = None, descending: bool = True, offset: int = 0, limit: int = EVERY
    ) -> Found:
        """Which acts answer a search, all of them or a page, in the order that `page` has; `told` reads them."""
        return find(self._connection, search, sort or BEST, descending, offset, limit)

    def told(self, search: Search, found: Found) -> list[dict[str, Any]]:
        """The rows of `page` of acts that were found."""
        return rows_of(self._connection, search, found)

    def ids(self, search: Search, sort: str | None = None, descending: bool = True) -> list[str]:
        """The ids of all that answers a search, in the order that `page` has."""
        return list(self.found(search, sort, descending).ids)

    def summary(self, search: Search) -> Summary:
        """How many acts answer a search, from when to when, and how many of each quad class."""
        return summary(self._connection, search)

    def event(self, event_id: str) -> dict[str, Any] | None:
        """One event as it holds now; None where there is none of that id, or a person rejected it.

        It has the columns of `current_events`, its report's title, published, source, agency and url, its linked_id,
        and lists of rows: parties (actors, recipients and whoever is cited, with their words and alternatives),
        mentions (the fullest first) and figures.
        """
        return event_of(self._connection, event_id)

    def located(self, search: Search) -> pa.Table:
        """How many acts answer a search, one row a place: name, country, latitude, longitude, acts, quad_1 to quad_4.

        Acts that are put nowhere are in rows without coordinates. Raises StoreError as `search` does.
        """
        return located(self._connection, search)

    def acts_at(self, search: Search, points: Sequence[Degrees], limit: int) -> list[dict[str, Any]]:
        """The latest acts that answer a search and happened at one of the points (degrees north, degrees east)."""
        return acts_at(self._connection, search, points, limit)

    def reports(
        self, search: Search, sort: str | None = None, descending: bool = True, offset: int = 0, limit: int = 50
    ) -> ReportPage:
        """A page of the list of reports that answer a search; see `list_reports`."""
        return list_reports(self._connection, search, sort, descending, offset, limit)

    def sources(self, limit: int) -> list[tuple[str, int]]:
        """The publishers and agencies of most reports, and of how many."""
        return frequent_sources(self._connection, limit)

    def add_failure(self, failure: Failure) -> bool:
        """Record an input that could not be read or coded; False where the same was recorded before.

        Raises StoreError where it cannot be written.
        """
        values = [failure.path, failure.line, failure.reason]
        known = "SELECT 1 FROM failures WHERE path = ? AND line IS NOT DISTINCT FROM ? AND reason = ?"
        with self._transaction():
            if self._connection.execute(known, values).fetchone():
                return False
            self._connection.execute("INSERT INTO failures VALUES (?, ?, ?)", values)
        return True

    def report_ids(self) -> set[str]:
        """The ids of all reports here."""
        return {str(row[0]) for row in self._connection.execute("SELECT id FROM reports").fetchall()}

    def codings(self) -> Iterator[Coding]:
        """Every coding, rebuilt from its rows, in the order they were written."""
        last = -1
        page = f"SELECT rowid AS at, * FROM reports WHERE rowid > ? ORDER BY rowid LIMIT {READ_BATCH}"
        while reports := self._rows(page, [last]):
            records = self._records([report["id"] for report in reports])
            for report in reports:
                last = report.pop("at")
                yield coding_of(report, records[report["id"]])

    def acts(self, unit: str = "linked", ids: Sequence[str] | None = None) -> Iterator[Act]:
        """Every act with its parties, by its first day: linked events, or events of reports with unit "report".

        With `ids`, those alone.
        """
        return acts_of(self._connection, unit, ids)

    def find(self, report_id: str) -> Coding | None:
        """The coding of the report whose id is, or alone begins with, `report_id`.

        Raises StoreError where several begin so.
        """
        reports = self._rows("SELECT * FROM reports WHERE starts_with(id, ?)", [report_id])
        if len(reports) > 1:
            raise StoreError(f"{self.path}: {len(reports):,} reports begin with '{report_id}'; give more of the id")
        return coding_of(reports[0], self._records([reports[0]["id"]])[reports[0]["id"]]) if reports else None

    def current(self, report_id: str) -> Current | None:
        """The record of the report of that id as it holds now, corrected and with identities merged."""
        return current_of(self._connection, report_id)

    def failures(self) -> Iterator[Failure]:
        """Every failure recorded, in order."""
        for row in self._rows("SELECT * FROM failures ORDER BY rowid", []):
            yield Failure(row["path"], row["reason"], row["line"])

    def counts(self) -> dict[str, int]:
        """How many rows each table of records holds: reports, actors, events, ..., failures."""
        columns = ", ".join(f"(SELECT count(*) FROM {table}) AS {table}" for table in COUNTED)
        (row,) = self._rows(f"SELECT {columns}", [])
        return row

    def query(self, sql: str, parameters: Mapping[str, object] | None = None) -> pa.Table:
        """The answer to one reading SQL statement as an Arrow table; see schema.sql for tables and the views
        `dyads` and `event_rows`. `parameters` are the values of the $names in it.

        Raises StoreError where it is malformed, would change the database or reach a file.
        """
        return run_query(self._connection, sql, parameters)

    def actors(self, search: str | None = None) -> pa.Table:
        """Who takes part in events or is quoted, the most frequent first: actor_id, name, countries (`; ` between),
        events, quotes, first_seen, last_seen. `search` is part of a name, id or wording.
        """
        return list_actors(self._connection, search)

    def complete_actor(self, word: str, limit: int = 12) -> pa.Table:
        """Whom a word that is being typed could name: actor_id, name, country, events; the likeliest first."""
        return complete_actor(self._connection, word, limit)

    def merge(self, actor_id: str, into_id: str, note: str | None = None) -> int:
        """Have one actor be another from now on, in `actors` and the views; the number to undo it by.

        Raises StoreError where an id is unknown or the two are one already.
        """
        with self._transaction():
            return record_merge(self._connection, actor_id, into_id, note)

    def merge_all(self, actor_ids: Iterable[str], into_id: str, note: str | None = None) -> list[int]:
        """Have several actors be one other from now on, all or none; the numbers to undo it by.

        Raises StoreError as `merge` does.
        """
        with self._transaction():
            return [record_merge(self._connection, actor_id, into_id, note) for actor_id in dict.fromkeys(actor_ids)]

    def split(
        self, actor_id: str, name: str, *, report: str | None = None, text: str | None = None, note: str | None = None
    ) -> int:
        """Have an actor's mentions in one report, or in certain words, be of somebody else; the number to undo it by.

        Raises StoreError where neither is told or there is no such mention.
        """
        with self._transaction():
            return record_split(self._connection, actor_id, name, report, text, note)

    def undo(self, number: int) -> None:
        """Take back a merge or a split. Raises StoreError where there is none of that number that holds."""
        with self._transaction():
            undo(self._connection, number)

    def decisions(self) -> pa.Table:
        """Every merge and split, in order, with the days it was made and undone."""
        return self._connection.sql(DECISIONS).to_arrow_table()

    def link(self) -> Iterator[str]:
        """Link the reports that an older dotterel wrote, 50 a transaction; hands on the id of each as it is done.

        Reports written by this version are linked as they are written. Raises StoreError where it cannot be written.
        """
        waiting = iter(unlinked(self._connection))
        while batch := list(islice(waiting, WRITE_BATCH)):
            reports = self._rows("SELECT * FROM reports WHERE id IN (SELECT unnest(?::VARCHAR[]))", [batch])
            records = self._records(batch)
            with self._transaction():
                link_codings(self._connection, [ready(coding_of(one, records[one["id"]])) for one in reports])
            yield from batch

    def join(self, event_a: str, event_b: str, made_by: str, note: str | None = None) -> int:
        """Have two events be one act from now on, whatever was judged; the number to undo it by.

        Events are named by their ids, or by the id of the linked event that begins with them. Raises StoreError where
        one is unknown or both are one.
        """
        with self._transaction():
            return decide(self._connection, (event_a, event_b), True, made_by, note)

    def part(self, event_a: str, event_b: str, made_by: str, note: str | None = None) -> int:
        """Have two events be different acts from now on, whatever was judged; the number to undo it by.

        Raises StoreError where one is unknown or both are one.
        """
        with self._transaction():
            return decide(self._connection, (event_a, event_b), False, made_by, note)

    def join_all(self, event_id: str, others: Iterable[str], made_by: str, note: str | None = None) -> list[int]:
        """Have all tellings of an act and of others be one act from now on, at one stroke; the numbers to undo it by.

        Events are named as in `join`; a linked event stands for all its members. Raises StoreError as `join` does.
        """
        with self._transaction():
            return decide_all(self._connection, event_id, others, True, made_by, note)

    def part_from(self, event_id: str, others: Iterable[str], made_by: str, note: str | None = None) -> list[int]:
        """Have one event be another act than each of the others, at one stroke; the numbers to undo it by.

        Raises StoreError as `part` does.
        """
        with self._transaction():
            return decide_all(self._connection, event_id, others, False, made_by, note)

    def undo_judgement(self, *numbers: int) -> None:
        """Take back joins or parts of a user's, all or none.

        Raises StoreError where there is none of such a number that holds.
        """
        with self._transaction():
            for number in numbers:
                undo_decision(self._connection, number)

    def accept(self, event_id: str, *, note: str | None = None, by: str | None = None) -> int:
        """Record that an act is coded rightly; the number to undo it by. `by` is who says so.

        Raises StoreError where there is no such act.
        """
        with self._transaction():
            return corrections.judge(self._connection, event_id, "accept", Remark(note, by))

    def reject(self, event_id: str, *, note: str | None = None, by: str | None = None) -> int:
        """Have an act be none: the views leave it out from now on; the number to undo it by.

        Raises StoreError where there is no such act.
        """
        with self._transaction():
            return corrections.judge(self._connection, event_id, "reject", Remark(note, by))

    def edit(
        self,
        event_id: str,
        *,
        type: str | None = None,
        mode: str | None = None,
        status: str | None = None,
        date: str | None = None,
        actors: Parties | None = None,
        recipients: Parties | None = None,
        place: str | None = None,
        note: str | None = None,
        by: str | None = None,
    ) -> int:
        """Have fields of an act be others in the views; the number to undo it by. None leaves a field, '' or () empties
        it.

        `date` is '2015-11-24', '2015-11', '2015' or 'first/last'; `actors` and `recipients` are ids or names; `place`
        is a name, with its country: 'Aleppo, SYR'. Raises StoreError where there is no such act or a value is none.
        """
        fields = {"type": type, "mode": mode, "status": status, "date": date, "place": place}
        with self._transaction():
            return corrections.edit(self._connection, event_id, fields, actors, recipients, Remark(note, by))

    def add_event(
        self,
        report_id: str,
        type: str,
        words: str,
        *,
        start: int | None = None,
        actors: Parties = (),
        recipients: Parties = (),
        mode: str | None = None,
        status: str | None = None,
        date: str | None = None,
        place: str | None = None,
        note: str | None = None,
        by: str | None = None,
    ) -> int:
        """Have a report tell an act that was not coded, in these words of it (those at `start`, else the first such).

        The number to undo it by; its event is report id, '-c' and that number. Raises StoreError where the report or
        the words are not there, the same is coded already, or a value is none.
        """
        fields = {"type": type, "mode": mode, "status": status, "date": date, "place": place}
        with self._transaction():
            return corrections.add(
                self._connection, report_id, words, start, fields, actors, recipients, Remark(note, by)
            )

    def undo_correction(self, number: int) -> None:
        """Take back a correction. Raises StoreError where there is none of that number that holds."""
        with self._transaction():
            corrections.undo(self._connection, number)

    def corrections(self, report_id: str | None = None) -> pa.Table:
        """Every correction, of one report where it is given, in order: number, kind, event_id (as it is now; null where
        nothing coded answers to it any more), type and words as coded, changes, note, made_by, made, undone.
        """
        return corrections.listed(self._connection, report_id)

    def history(self, kind: str | None = None, limit: int = 100, offset: int = 0) -> list[Decision]:
        """What people decided (corrections, merges, splits, joins, parts), or one kind of it, the newest first."""
        return history(self._connection, kind, limit, offset)

    def history_counts(self) -> dict[str, tuple[int, int]]:
        """Kind of decision -> how many were made, and how many of them hold."""
        return history_counts(self._connection)

    def decided(self) -> list[Decided]:
        """Every act that was accepted, edited, added or rejected, with its sentence and the words for its parties."""
        return decided(self._connection)

    def _rows(self, sql: str, values: list[object]) -> list[Row]:
        cursor = self._connection.execute(sql, values)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def _records(self, report_ids: list[str]) -> dict[str, Tables]:
        """Report id -> table -> rows, in order of position."""
        records: dict[str, Tables] = defaultdict(lambda: {table: [] for table in RECORDS})
        for table in RECORDS:
            for row in self._rows(
                f"SELECT * FROM {table} WHERE report_id IN (SELECT unnest(?::VARCHAR[])) ORDER BY position",
                [report_ids],
            ):
                records[row["report_id"]][table].append(row)
        return records

    def _write(self, codings: list[Ready]) -> None:
        with self._transaction():
            self._insert(tables_of(codings))
            index(self._connection, [(coding.report.id, coding.terms) for coding in codings])
            link_codings(self._connection, codings)

    def _insert(self, tables: Tables) -> None:
        for table, rows in tables.items():
            insert_rows(self._connection, table, rows, more="ON CONFLICT DO NOTHING" if table == "actors" else "")

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        """All of the block or nothing; whatever goes wrong inside rolls back."""
        self._connection.execute("BEGIN")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException as error:
            _roll_back(self._connection)
            if isinstance(error, (duckdb.Error, pa.ArrowException, UnicodeError)):
                raise StoreError(f"{self.path}: cannot write to the database: {_first_line(error)}") from error
            raise


def open_existing(path: str | Path, read_only: bool = False) -> Store:
    """Open the database at `path` as `open_store` does, but never make one. Raises StoreError where there is none."""
    require_database(Path(path))
    return open_store(path, read_only)


def open_store(path: str | Path, read_only: bool = False, wait: float = WAIT) -> Store:
    """Open the database at `path`, making it where there is none.

    DuckDB lets in one process that writes or several that read: where another holds the file, up to `wait` seconds are
    waited for it. Raises OutputError where a database cannot be made there, and StoreError where the file is no
    database of dotterel, is of a newer schema, or is still in use by then, or where it is missing and `read_only` is
    set.
    """
    return Store(connect(Path(path), read_only, wait), Path(path))


def _roll_back(connection: duckdb.DuckDBPyConnection) -> None:
    """Undo the transaction under way; DuckDB has undone it already where a commit failed."""
    try:
        connection.execute("ROLLBACK")
    except duckdb.Error:
        return


def _first_line(error: BaseException) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
