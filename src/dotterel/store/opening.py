"""Opening a database file: waiting for whoever holds it, its schema, and bringing an older one up to date.

DuckDB lets in one process that writes or several that read. Whoever finds the file held waits and tries again.
"""

from __future__ import annotations

import hashlib
import os
import random
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from importlib.resources import files
from pathlib import Path
from uuid import uuid4

import duckdb

from dotterel.errors import InUseError, OutputError, StoreError
from dotterel.store.terms import index_all
from dotterel.store.verdicts import settle_all

SCHEMA_VERSION = 5
# From that schema version to the next.
STEPS = {1: ("migrate_1",), 2: ("migrate_2",), 3: ("linking", "search"), 4: ("verdicts",)}
SEARCHED_SINCE = 4  # the schema version that first held the words of reports
KEPT_SINCE = 5  # the one that first kept what corrections come to
TABLES = ("schema", "linking", "search", "verdicts")
VIEWS = ("corrected", "views", "linked_views")
NO_DATABASE = "is not a DuckDB database; name another file"
WAIT = 10.0  # seconds to wait for another process that holds the file
SANDBOX: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "python_enable_replacements": "false",
}  # SQL reaches no file, no variable


class _OldSchemaError(Exception):
    """The database is of an older schema."""


def connect(path: Path, read_only: bool, wait: float) -> duckdb.DuckDBPyConnection:
    """A connection to the database at `path`, made or brought up to date where needed; errors as `open_store`."""
    _check_place(path, read_only)
    with _refused(path):
        if not path.exists():
            make(path)
        connection = _open(path, read_only, wait)
        try:
            _check_schema(connection, path, read_only)
            with suppress(duckdb.InvalidInputException):  # locked already, by another connection of this process
                connection.execute("SET lock_configuration = true")
            return connection
        except _OldSchemaError:
            connection.close()
        except BaseException:
            connection.close()
            raise
        _migrate(path, wait)
    return connect(path, read_only, wait)


@contextmanager
def _refused(path: Path) -> Iterator[None]:
    """A `with` block in which what DuckDB refuses is told of the path, and Ctrl-C is Ctrl-C."""
    try:
        yield
    except duckdb.Error as error:
        raise _refusal(path, str(error)) from error
    except RuntimeError as error:
        if was_stopped(error):
            raise KeyboardInterrupt from error
        raise


def was_stopped(error: BaseException | None) -> bool:
    """Whether it is what DuckDB makes of Ctrl-C in the middle of a query."""
    return isinstance(error, RuntimeError) and str(error) == "Query interrupted"


def require_database(path: Path) -> None:
    """Raises StoreError where there is no file."""
    if not path.exists():
        raise StoreError(f"{path}: there is no such database; make one with: dotterel code PATH --output {path}")


def _check_place(path: Path, read_only: bool) -> None:
    if read_only:
        require_database(path)
    if path.is_dir():
        raise OutputError(f"{path}: is a folder; name a file in it, such as {path / 'dotterel.duckdb'}")
    if not path.parent.is_dir():
        raise OutputError(f"{path}: the folder {path.parent} does not exist; make it first, or name another output")


def make(path: Path) -> None:
    """Make the database, which is there with all its tables or not at all: of several that begin at once one makes it.

    Left to itself DuckDB makes a file that it finds missing, and empties the one that another process made meanwhile.
    """
    left = path.with_name(f"{path.name}.wal")
    if left.exists() and not path.exists():
        raise StoreError(f"{path}: is gone, and {left} holds what was written to it last; put it back, or delete that")
    part = path.with_name(f".{path.name}.{uuid4().hex}.part")
    try:
        with closing(duckdb.connect(str(part), config=SANDBOX)) as connection:
            _create(connection)
        _give_name(part, path)
    except OSError as error:
        raise _refusal(path, str(error)) from error
    finally:
        for passing in (part, part.with_name(f"{part.name}.wal")):
            with suppress(OSError):
                passing.unlink()


def _give_name(part: Path, path: Path) -> None:
    """Give a finished database its name, unless another has it by now."""
    with suppress(FileExistsError):
        try:
            os.link(part, path)
        except OSError as error:
            if isinstance(error, FileExistsError) or path.exists():
                raise
            part.rename(path)  # file systems without links


def _open(path: Path, read_only: bool, wait: float) -> duckdb.DuckDBPyConnection:
    """A bare connection; where another process holds the file, tries again until `wait` seconds are over."""
    until = time.monotonic() + wait
    while True:
        try:
            connection = duckdb.connect(str(path), read_only=read_only, config=SANDBOX)
            with suppress(duckdb.Error):  # a notebook has a bar of its own, which may not be set
                connection.execute("SET enable_progress_bar = false")  # else drawn among what a script prints
            return connection
        except duckdb.Error as error:
            reason = str(error)
        if "lock" not in reason.lower() or "not a valid DuckDB" in reason:
            raise _refusal(path, reason)
        if time.monotonic() >= until:
            held = f" for {wait:g} seconds" if wait else ""
            raise InUseError(
                f"{path}: is in use by another process{held}; wait until that has ended, or name another database"
            )
        time.sleep(random.uniform(0.01, 0.05))  # not all at the same moment


def _refusal(path: Path, reason: str) -> OutputError | StoreError:
    """What to tell where the file cannot be opened, whoever holds it."""
    if "not a valid DuckDB" in reason or "in-memory database in read-only" in reason:
        return StoreError(f"{path}: {NO_DATABASE}")
    if "ermission denied" in reason or "ead-only file system" in reason:
        return OutputError(f"{path}: may not be written; name an output in a folder of yours")
    if "ould not write" in reason or "o space left" in reason:
        return OutputError(f"{path}: cannot be written ({reason.splitlines()[0]}); make room, or name another output")
    return StoreError(f"{path}: cannot be opened as a database: {reason.splitlines()[0]}")


def _check_schema(connection: duckdb.DuckDBPyConnection, path: Path, read_only: bool) -> None:
    tables = {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if not tables and _is_in_memory(connection):
        raise StoreError(f"{path}: {NO_DATABASE}")
    if not tables and not read_only:
        _create(connection)
        return
    if not tables:
        raise StoreError(f"{path}: holds nothing yet; fill it with: dotterel code PATH --output {path}")
    version = _version(connection) if "meta" in tables else None
    if version is None:
        raise StoreError(f"{path}: is a DuckDB database, but none that dotterel made; name another file")
    if version > SCHEMA_VERSION:
        raise StoreError(
            f"{path}: has schema version {version}, and this dotterel knows up to {SCHEMA_VERSION};"
            " upgrade with: pip install --upgrade dotterel"
        )
    if version < SCHEMA_VERSION:
        raise _OldSchemaError
    if not read_only:
        _renew_views(connection)


def _is_in_memory(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether DuckDB took lines of JSON or CSV for a database. The file itself is not looked into: a process that
    closes it once, however it opened it, lets others in where a connection of its own holds it.
    """
    sql = "SELECT 1 FROM duckdb_databases() WHERE NOT internal AND path IS NULL"
    return connection.execute(sql).fetchone() is not None


def has_own_views(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the views are those of this dotterel; another one that wrote since has put its own in their place."""
    sql = "SELECT 1 FROM meta WHERE key = 'views' AND value = ?"
    return connection.execute(sql, [_views_digest()]).fetchone() is not None


def _renew_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Have the views be those of this dotterel; they hold no data, so that a schema version is not worth one."""
    if has_own_views(connection):
        return
    connection.execute("BEGIN")
    for part in VIEWS:
        connection.execute(_sql(part))
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('views', ?)", [_views_digest()])
    connection.execute("COMMIT")


@cache
def _views_digest() -> str:
    return hashlib.sha256("".join(map(_sql, VIEWS)).encode()).hexdigest()[:16]


def _version(connection: duckdb.DuckDBPyConnection) -> int | None:
    found = connection.execute("SELECT value FROM meta WHERE key = 'schema_version'").fetchone()
    return int(found[0]) if found else None


def _create(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("BEGIN")
    for part in (*TABLES, *VIEWS):
        connection.execute(_sql(part))
    connection.execute("INSERT INTO meta VALUES ('schema_version', ?)", [str(SCHEMA_VERSION)])
    connection.execute("INSERT INTO meta VALUES ('views', ?)", [_views_digest()])
    connection.execute("COMMIT")


def _sql(name: str) -> str:
    return files("dotterel.store").joinpath(f"{name}.sql").read_text(encoding="utf-8")


def _migrate(path: Path, wait: float) -> None:
    """Bring a database of an older schema version up to date, a version a step, all or nothing."""
    with closing(_open(path, read_only=False, wait=wait)) as connection:
        connection.execute("BEGIN")
        version = _version(connection) or SCHEMA_VERSION  # another process may have been quicker
        for step in range(version, SCHEMA_VERSION):
            for part in STEPS[step]:
                connection.execute(_sql(part))
        for part in VIEWS:
            connection.execute(_sql(part))
        if version < SEARCHED_SINCE:
            index_all(connection)
        if version < KEPT_SINCE:
            settle_all(connection)
        connection.execute("UPDATE meta SET value = ? WHERE key = 'schema_version'", [str(SCHEMA_VERSION)])
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('views', ?)", [_views_digest()])
        connection.execute("COMMIT")
