"""A database looked into for hours: read by several threads, written by one, and let go for others between."""

from __future__ import annotations

import threading
import time

import duckdb
import pytest

from dotterel.errors import StoreError
from dotterel.store import HeldStore, open_store


def test_many_read_while_one_writes(database):
    held = HeldStore(database)
    with held.reading() as store:
        event = store.query("SELECT min(id) AS id FROM events").to_pylist()[0]["id"]
    counts, trouble = [], []

    def read():
        try:
            for _ in range(8):
                with held.reading() as store:
                    counts.append(store.counts()["reports"])
        except Exception as error:
            trouble.append(error)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for _ in range(5):
        with held.writing() as store:
            store.accept(event)
    for thread in threads:
        thread.join()
    held.close()
    assert not trouble
    assert set(counts) == {9}
    with open_store(database, read_only=True) as store:
        assert store.corrections().num_rows == 5


def let_go(path):
    """The database, once nothing else in this process has it open, to be read; a minute at the most."""
    until = time.monotonic() + 60
    while True:
        try:
            return open_store(path, wait=0)
        except (duckdb.Error, StoreError):
            assert time.monotonic() < until, "it is never let go"
            time.sleep(0.05)


def test_the_file_is_let_go_after_the_last_look(database):
    held = HeldStore(database, kept_open=0.1)
    with held.reading() as store:
        assert store.counts()["reports"] == 9
        with pytest.raises((duckdb.Error, StoreError)):
            open_store(database, wait=0)
    with let_go(database) as store:
        assert store.counts()["reports"] == 9
    held.close()


def test_what_goes_wrong_while_writing_leaves_the_store_readable(database):
    held = HeldStore(database)
    with pytest.raises(StoreError, match="no event here"), held.writing() as store:
        store.reject("no-such-event")
    with held.reading() as store:
        assert store.corrections().num_rows == 0
    held.close()


def test_there_must_be_a_database(tmp_path):
    with pytest.raises(StoreError, match="there is no such database"):
        HeldStore(tmp_path / "none.duckdb")


def test_nobody_looks_once_it_is_closed(database):
    held = HeldStore(database)
    held.close()
    with pytest.raises(StoreError, match="any longer"), held.reading():
        pass


def test_another_dotterel_that_wrote_meanwhile_leaves_its_views_to_nobody(database):
    held = HeldStore(database)
    with duckdb.connect(str(database)) as raw:
        raw.execute("CREATE OR REPLACE VIEW event_rows AS SELECT 1 AS one")
        raw.execute("UPDATE meta SET value = 'other' WHERE key = 'views'")
    with held.reading() as store:
        assert "sentence" in store.query("SELECT * FROM event_rows").column_names
    held.close()
