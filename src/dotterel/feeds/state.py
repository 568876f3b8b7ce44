"""What a watcher remembers between polls and over restarts, in a small SQLite file beside the database."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from dotterel.errors import StoreError
from dotterel.feeds.items import Item
from dotterel.types import Report

VERSION = 1
LISTED, READ, STORED, SAME, LEFT_OUT, FAILED = "listed", "read", "stored", "same", "left out", "failed"
_OF_FEEDS = "feed IN (SELECT value FROM json_each(?))"


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is remembered of a feed; see state.sql."""

    url: str
    polled: float = 0.0
    wait_until: float = 0.0
    failures: int = 0
    etag: str | None = None
    last_modified: str | None = None
    moved_to: str | None = None
    gone: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """An item that is not dealt with yet: its page is to be read, or its report to be coded."""

    feed: str
    key: str
    link: str | None
    private: bool
    tries: int
    item: Item | None = None  # while it is listed
    report: Report | None = None  # once it is read; None where it became no report, for the reason in `note`
    note: str | None = None

    @property
    def name(self) -> str:
        """What a failure is recorded under."""
        return self.link or f"{self.feed}#{self.key}"


def state_path(database: Path) -> Path:
    """Where the memory of a database's watcher lies."""
    return database.with_name(f"{database.stem}.watch.sqlite")


class State:
    """The memory. One watcher at a time holds it; anyone may read it meanwhile with `read_only`.

    Raises StoreError where another watcher holds it, or it is no such file.
    """

    def __init__(self, path: Path, read_only: bool = False) -> None:
        self.path = path
        self._lock = None if read_only else _locked(path)
        try:
            self._connection = sqlite3.connect(path.resolve().as_uri() + ("?mode=ro" if read_only else ""), uri=True)
            self._connection.isolation_level = None
            self._connection.row_factory = sqlite3.Row
            self._prepare(read_only)
        except sqlite3.Error as error:
            raise StoreError(f"{path}: cannot be used as the watcher's memory ({error}); move it away") from error

    def __enter__(self) -> State:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close it, and let another watcher have it."""
        self._connection.close()
        if self._lock:
            self._lock.close()

    def _prepare(self, read_only: bool) -> None:
        version = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            raise StoreError(f"{self.path}: was made by a newer dotterel; upgrade with: pip install --upgrade dotterel")
        if not read_only:
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.executescript(files("dotterel.feeds").joinpath("state.sql").read_text(encoding="utf-8"))
            self._connection.execute(f"PRAGMA user_version = {VERSION}")

    def _run(self, sql: str, values: Sequence[Any] = ()) -> sqlite3.Cursor:
        """Run one statement. Raises StoreError where the memory cannot be written or read."""
        try:
            return self._connection.execute(sql, values)
        except sqlite3.Error as error:
            raise StoreError(
                f"{self.path}: the watcher's memory cannot be used ({error}); is the disk full?"
            ) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All of the block or nothing."""
        self._run("BEGIN IMMEDIATE")
        try:
            yield
            self._run("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._run("ROLLBACK")
            raise

    def feed(self, url: str) -> FeedState:
        """What is remembered of a feed; a new one has never been polled."""
        row = self._run("SELECT * FROM feeds WHERE url = ?", [url]).fetchone()
        return FeedState(**{**dict(row), "gone": bool(row["gone"])}) if row else FeedState(url)

    def keep_feed(self, feed: FeedState) -> None:
        """Remember what is now known of a feed."""
        names = FeedState.__slots__
        self._run(
            f"INSERT OR REPLACE INTO feeds ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})",
            [getattr(feed, name) for name in names],
        )

    def known(self, feed: str, items: Iterable[Item]) -> tuple[set[str], set[str]]:
        """Of those items: the keys this feed had before, and the links any feed had before."""
        found = list(items)
        keys, links = json.dumps([i.key for i in found]), json.dumps([i.link for i in found if i.link])
        rows = "SELECT {0} FROM items WHERE {1} AND {0} IN (SELECT value FROM json_each(?))"
        had = self._run(rows.format("key", "feed = ?"), [feed, keys])
        linked = self._run(rows.format("link", "true"), [links])
        return {row[0] for row in had}, {row[0] for row in linked}

    def list_item(self, feed: str, item: Item, outcome: str, private: bool, now: float, note: str | None) -> None:
        """Remember an item of a feed for the first time."""
        kept = json.dumps(_plain(item)) if outcome == LISTED else None
        self._run(
            "INSERT OR IGNORE INTO items (feed, key, link, title, outcome, private, seen, kept, note)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [feed, item.key, item.link, item.title, outcome, private, now, kept, note],
        )

    def listed(self, feeds: Sequence[str], now: float, most: int) -> list[Task]:
        """Items of those feeds whose article is to be read now, the longest known first."""
        return self._open(LISTED, feeds, now, most)

    def read(self, feeds: Sequence[str], now: float, most: int) -> list[Task]:
        """Items of those feeds whose report is to be coded now, or whose failure is to be recorded."""
        return self._open(READ, feeds, now, most)

    def next_due(self, feeds: Sequence[str], outcome: str) -> float | None:
        """When the next item of those feeds that stands so is due."""
        found = self._run(
            f"SELECT min(due) FROM items WHERE {_OF_FEEDS} AND outcome = ?", [json.dumps(feeds), outcome]
        ).fetchone()
        return float(found[0]) if found[0] is not None else None

    def waiting(self, feeds: Sequence[str]) -> int:
        """How many items of those feeds are open."""
        found = self._run(f"SELECT count(*) FROM items WHERE {_OF_FEEDS} AND outcome IN (?, ?)",
                          [json.dumps(feeds), LISTED, READ]).fetchone()  # fmt: skip
        return int(found[0])

    def postpone(self, task: Task, due: float, counted: bool, note: str | None) -> None:
        """Deal with an item later; `counted` makes it a try."""
        self._run(
            "UPDATE items SET due = ?, tries = tries + ?, note = ? WHERE feed = ? AND key = ?",
            [due, int(counted), note, task.feed, task.key],
        )

    def keep_report(self, task: Task, report: Report | None, note: str | None) -> None:
        """Remember the report that an item became, or with None why it became none, until the database holds that."""
        kept = json.dumps(_plain(report) if report else None)
        self._run(
            "UPDATE items SET outcome = ?, kept = ?, report_id = ?, note = ?, due = 0 WHERE feed = ? AND key = ?",
            [READ, kept, report.id if report else None, note, task.feed, task.key],
        )

    def settle(self, task: Task, outcome: str, note: str | None) -> None:
        """An item is dealt with."""
        self._run(
            "UPDATE items SET outcome = ?, kept = NULL, note = ? WHERE feed = ? AND key = ?",
            [outcome, note, task.feed, task.key],
        )

    def robots(self, origin: str) -> tuple[str, float] | None:
        """The text of an origin's robots.txt, and when it was fetched."""
        row = self._run("SELECT text, fetched FROM robots WHERE origin = ?", [origin]).fetchone()
        return (row["text"], row["fetched"]) if row else None

    def keep_robots(self, origin: str, text: str, fetched: float) -> None:
        """Remember an origin's robots.txt."""
        self._run("INSERT OR REPLACE INTO robots VALUES (?, ?, ?)", [origin, text, fetched])

    def counts(self, feed: str) -> dict[str, int]:
        """Outcome -> how many items of a feed ended so; "noted" are those stored with a note."""
        rows = self._run(
            "SELECT outcome, count(*) AS items, count(note) AS noted FROM items WHERE feed = ? GROUP BY outcome", [feed]
        ).fetchall()
        return {row["outcome"]: row["items"] for row in rows} | {
            "noted": sum(row["noted"] for row in rows if row["outcome"] == STORED)
        }

    def troubles(self, most: int) -> list[tuple[str, str, str]]:
        """The latest items with a note: (link, outcome, note)."""
        rows = self._run(
            "SELECT coalesce(link, feed || '#' || key) AS name, outcome, note FROM items"
            " WHERE note IS NOT NULL AND outcome NOT IN (?, ?) ORDER BY seen DESC, rowid DESC LIMIT ?",
            [SAME, LEFT_OUT, most],
        )
        return [(row["name"], row["outcome"], row["note"]) for row in rows]

    def _open(self, outcome: str, feeds: Sequence[str], now: float, most: int) -> list[Task]:
        rows = self._run(
            f"SELECT * FROM items WHERE {_OF_FEEDS} AND outcome = ? AND due <= ? ORDER BY seen, rowid LIMIT ?",
            [json.dumps(feeds), outcome, now, most],
        ).fetchall()
        return [_task(row) for row in rows]


def _task(row: sqlite3.Row) -> Task:
    task = Task(row["feed"], row["key"], row["link"], bool(row["private"]), row["tries"], note=row["note"])
    kept = json.loads(row["kept"])
    if row["outcome"] == LISTED:
        return replace(task, item=Item(**_dated(kept)))
    return replace(task, report=Report(**_dated(kept)) if kept else None)


def _locked(path: Path) -> sqlite3.Connection:
    """A lock that one process can hold, and that falls with it however it ends."""
    if not path.parent.is_dir():
        raise StoreError(f"{path.parent}: there is no such folder; make it, or name another database in FEEDS.toml")
    try:
        lock = sqlite3.connect(f"{path}-lock", timeout=0, isolation_level=None)
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.Error as error:
        if "locked" in str(error):
            raise StoreError(f"{path}: another dotterel watch is running on this database; stop it first") from error
        raise StoreError(f"{path}: cannot be written ({error}); name a database in a folder of yours") from error
    return lock


def _plain(record: Item | Report) -> dict[str, Any]:
    """A record with all its fields, its day of publication as ISO date."""
    given = {name: getattr(record, name) for name in type(record).__slots__}
    return given | {"published": record.published.isoformat() if record.published else None}


def _dated(data: dict[str, Any]) -> dict[str, Any]:
    day = data["published"]
    return data | {"published": date.fromisoformat(day) if day else None}
