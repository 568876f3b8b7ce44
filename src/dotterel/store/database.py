"""The store: codings kept in one DuckDB file, each report whole or not at all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from importlib.resources import files
from itertools import islice
from pathlib import Path
from types import TracebackType

import duckdb
import pyarrow as pa

from dotterel.errors import OutputError, StoreError
from dotterel.exports.acts import Act
from dotterel.store.acts import acts_of
from dotterel.store.identities import DECISIONS, list_actors, record_merge, record_split, undo
from dotterel.store.inserting import insert_rows
from dotterel.store.links import decide, link_codings, undo_decision, unlinked
from dotterel.store.query import run_query
from dotterel.store.rebuild import coding_of
from dotterel.store.rows import RECORDS, Row, Tables, tables_of
from dotterel.types import Coding, Failure

SCHEMA_VERSION = 4
STEPS = {1: "migrate_1", 2: "migrate_2", 3: "linking"}  # from that schema version to the next
WRITE_BATCH = 50  # reports a transaction
READ_BATCH = 1000  # reports rebuilt at a time
COUNTED = ("reports", "actors", *RECORDS, "failures")
SANDBOX: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "python_enable_replacements": "false",
}  # SQL reaches no file, no variable


class _OldSchemaError(Exception):
    """The database is of an older schema."""

    def __init__(self, version: int) -> None:
        super().__init__(version)
        self.version = version


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

    def close(self) -> None:
        """Close the database; closing twice is harmless."""
        self._connection.close()

    def has(self, report_id: str) -> bool:
        """Whether the report of that id has been coded into this database."""
        return bool(self._connection.execute("SELECT 1 FROM reports WHERE id = ?", [report_id]).fetchone())

    def add(self, coding: Coding) -> bool:
        """Write one coding in a transaction of its own; False where its report was there already.

        Raises StoreError where it cannot be written; what was written before stays.
        """
        return self.add_many([coding]) == 1

    def add_many(self, codings: Iterable[Coding]) -> int:
        """Write codings, 50 a transaction, and tell how many were new.

        Raises StoreError where a transaction cannot be written: nothing of it is kept, all before it is.
        """
        added = 0
        stream = iter(codings)
        while batch := list(islice(stream, WRITE_BATCH)):
            new = {c.report.id: c for c in reversed(batch) if not self.has(c.report.id)}
            if new:
                self._write(list(reversed(new.values())))
            added += len(new)
        return added

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

    def codings(self) -> Iterator[Coding]:
        """Every coding, rebuilt from its rows, in the order they were written."""
        last = -1
        page = f"SELECT rowid AS at, * FROM reports WHERE rowid > ? ORDER BY rowid LIMIT {READ_BATCH}"
        while reports := self._rows(page, [last]):
            records = self._records([report["id"] for report in reports])
            for report in reports:
                last = report.pop("at")
                yield coding_of(report, records[report["id"]])

    def acts(self, unit: str = "linked") -> Iterator[Act]:
        """Every act with its parties, by its first day: linked events, or events of reports with unit "report"."""
        return acts_of(self._connection, unit)

    def find(self, report_id: str) -> Coding | None:
        """The coding of the report whose id is, or alone begins with, `report_id`.

        Raises StoreError where several begin so.
        """
        reports = self._rows("SELECT * FROM reports WHERE starts_with(id, ?)", [report_id])
        if len(reports) > 1:
            raise StoreError(f"{self.path}: {len(reports):,} reports begin with '{report_id}'; give more of the id")
        return coding_of(reports[0], self._records([reports[0]["id"]])[reports[0]["id"]]) if reports else None

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

    def merge(self, actor_id: str, into_id: str, note: str | None = None) -> int:
        """Have one actor be another from now on, in `actors` and the views; the number to undo it by.

        Raises StoreError where an id is unknown or the two are one already.
        """
        with self._transaction():
            return record_merge(self._connection, actor_id, into_id, note)

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

    def link(self) -> Iterator[int]:
        """Link the reports that an older dotterel wrote, 50 a transaction; tells how many are done as it goes.

        Reports written by this version are linked as they are written. Raises StoreError where it cannot be written.
        """
        waiting, done = unlinked(self._connection), 0
        while batch := waiting[done : done + WRITE_BATCH]:
            reports = self._rows("SELECT * FROM reports WHERE id IN (SELECT unnest(?::VARCHAR[]))", [batch])
            records = self._records(batch)
            with self._transaction():
                link_codings(self._connection, [coding_of(report, records[report["id"]]) for report in reports])
            done += len(batch)
            yield done

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

    def undo_judgement(self, number: int) -> None:
        """Take back a user's join or part. Raises StoreError where there is none of that number that holds."""
        with self._transaction():
            undo_decision(self._connection, number)

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

    def _write(self, codings: list[Coding]) -> None:
        with self._transaction():
            for table, rows in tables_of(codings).items():
                more = "ON CONFLICT DO NOTHING" if table == "actors" else ""
                insert_rows(self._connection, table, rows, more=more)
            link_codings(self._connection, codings)

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


def open_store(path: str | Path, read_only: bool = False) -> Store:
    """Open the database at `path`, making it where there is none.

    Raises OutputError where a database cannot be made there, and StoreError where the file is no database of
    dotterel, is of a newer schema, or is in use by another process, or where it is missing and `read_only` is set.
    """
    path = Path(path)
    _check_place(path, read_only)
    connection = _connect(path, read_only)
    try:
        _check_schema(connection, path, read_only)
        connection.execute("SET lock_configuration = true")
    except _OldSchemaError as old:
        connection.close()
        _migrate(path, old.version)
        return open_store(path, read_only)
    except BaseException:
        connection.close()
        raise
    return Store(connection, path)


def _check_place(path: Path, read_only: bool) -> None:
    if read_only and not path.exists():
        raise StoreError(f"{path}: there is no such database; make one with: dotterel code PATH --output {path}")
    if path.is_dir():
        raise OutputError(f"{path}: is a folder; name a file in it, such as {path / 'dotterel.duckdb'}")
    if not path.parent.is_dir():
        raise OutputError(f"{path}: the folder {path.parent} does not exist; make it first, or name another output")


def _connect(path: Path, read_only: bool) -> duckdb.DuckDBPyConnection:
    try:
        return duckdb.connect(str(path), read_only=read_only, config=SANDBOX)
    except duckdb.Error as error:
        reason = str(error)
    if "not a valid DuckDB" in reason:
        raise StoreError(f"{path}: is not a DuckDB database; name another file")
    if "lock" in reason.lower():
        raise StoreError(f"{path}: is in use by another process; wait until that has ended, or name another database")
    if "ermission denied" in reason or "ead-only file system" in reason:
        raise OutputError(f"{path}: may not be written; name an output in a folder of yours")
    raise StoreError(f"{path}: cannot be opened as a database: {reason.splitlines()[0]}")


def _check_schema(connection: duckdb.DuckDBPyConnection, path: Path, read_only: bool) -> None:
    tables = {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if not tables and not read_only:
        _create(connection)
        return
    version = "meta" in tables and connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
    if not version:
        raise StoreError(f"{path}: is a DuckDB database, but none that dotterel made; name another file")
    if int(version[0]) > SCHEMA_VERSION:
        raise StoreError(
            f"{path}: has schema version {version[0]}, and this dotterel knows up to {SCHEMA_VERSION};"
            " upgrade with: pip install --upgrade dotterel"
        )
    if int(version[0]) < SCHEMA_VERSION:
        raise _OldSchemaError(int(version[0]))


def _create(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("BEGIN")
    for part in ("schema", "linking", "views"):
        connection.execute(_sql(part))
    connection.execute("INSERT INTO meta VALUES ('schema_version', ?)", [str(SCHEMA_VERSION)])
    connection.execute("COMMIT")


def _sql(name: str) -> str:
    return files("dotterel.store").joinpath(f"{name}.sql").read_text(encoding="utf-8")


def _migrate(path: Path, version: int) -> None:
    """Bring a database of an older schema version up to date, a version a step."""
    with closing(_connect(path, read_only=False)) as connection:
        connection.execute("BEGIN")
        for step in range(version, SCHEMA_VERSION):
            connection.execute(_sql(STEPS[step]))
        connection.execute(_sql("views"))
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", [str(SCHEMA_VERSION)])
        connection.execute("COMMIT")


def _roll_back(connection: duckdb.DuckDBPyConnection) -> None:
    """Undo the transaction under way; DuckDB has undone it already where a commit failed."""
    try:
        connection.execute("ROLLBACK")
    except duckdb.Error:
        return


def _first_line(error: BaseException) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
