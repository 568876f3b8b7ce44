"""A database is whole however its writer ends, and others read it while it is written."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import pytest

from dotterel.errors import StoreError
from dotterel.store import SharedStore, open_store
from dotterel.store.rows import RECORDS
from dotterel.types import Failure
from sample import make_coding

REPORTS = 24
# Writes the reports one after another, a batch of two at a time, as a run does.
WRITER = f"""
import sys, time
sys.path.insert(0, {str(Path(__file__).parent)!r})
from pathlib import Path
from dotterel.store import SharedStore
from sample import make_coding
with SharedStore(Path(sys.argv[1])) as store:
    print("begun", flush=True)
    new = [c for c in (make_coding(f" Number {{n}}.") for n in range({REPORTS})) if not store.has(c.report.id)]
    for n in range(0, len(new), 2):
        store.add_many(new[n : n + 2])
        print(n, flush=True)
        time.sleep(float(sys.argv[2]))
"""


def writer(path, pause=0.0):
    command = [sys.executable, "-c", WRITER, str(path), str(pause)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def assert_whole(path):
    """Every report there has all its records, once, and is linked and indexed; how many there are."""
    whole = {make_coding(f" Number {n}.").report.id: make_coding(f" Number {n}.") for n in range(REPORTS)}
    with open_store(path, read_only=True) as store:
        found = list(store.codings())
        assert all(coding == whole[coding.report.id] for coding in found)
        assert len({coding.report.id for coding in found}) == len(found)
        for table in RECORDS:
            assert store.query(f"SELECT 1 FROM {table} WHERE report_id NOT IN (SELECT id FROM reports)").num_rows == 0
        for table in ("indexed", "reprints"):
            assert store.query(f"SELECT report_id FROM {table}").num_rows == len(found)
        unlinked = "SELECT 1 FROM events WHERE id NOT IN (SELECT event_id FROM linked_members)"
        assert store.query(unlinked).num_rows == 0
    return len(found)


def test_a_writer_killed_at_any_moment_leaves_whole_reports_and_is_gone_on_from(tmp_path):
    path, chance = tmp_path / "d.duckdb", random.Random(7)
    held = 0
    for _ in range(8):
        running = writer(path)
        for _ in range(chance.randrange(1, 4)):  # as it begins, or after so many batches
            running.stdout.readline()
        time.sleep(chance.uniform(0.0, 0.05))
        running.send_signal(signal.SIGKILL)
        running.communicate()
        now = assert_whole(path)
        assert now >= held, "nothing that was written is lost"
        held = now
    running = writer(path)
    running.communicate()
    assert running.returncode == 0
    assert assert_whole(path) == REPORTS


def test_a_file_whose_making_was_cut_short_is_gone_on_with(tmp_path):
    path = tmp_path / "d.duckdb"
    duckdb.connect(str(path)).close()  # a database without tables
    with pytest.raises(StoreError, match="holds nothing yet"):
        open_store(path, read_only=True)
    with open_store(path) as store:
        assert store.add(make_coding())


READER = """
import sys
from dotterel.store import open_store
seen = []
for _ in range(8):
    with open_store(sys.argv[1], read_only=True) as store:
        ((row),) = store.query("SELECT count(*) AS n, count(DISTINCT report_id) AS m FROM event_rows").to_pylist()
        assert row["n"] == 3 * row["m"], row
        seen.append(row["m"])
assert seen == sorted(seen)
print(seen[-1])
"""


def test_many_read_while_one_writes(tmp_path):
    path = tmp_path / "d.duckdb"
    with open_store(path) as store:
        store.add(make_coding())
    writing = writer(path, 0.05)
    readers = [
        subprocess.Popen([sys.executable, "-c", READER, str(path)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(2)
    ]
    ended = [reader.communicate(timeout=60) for reader in readers]
    writing.communicate(timeout=60)
    assert [reader.returncode for reader in readers] == [0, 0], ended
    assert writing.returncode == 0
    with open_store(path, read_only=True) as store:
        assert store.counts()["reports"] == REPORTS + 1


def test_who_waits_too_long_is_told_so(tmp_path):
    path = tmp_path / "d.duckdb"
    code = (
        "import sys; from dotterel.store import open_store; s = open_store(sys.argv[1]); print(1, flush=True); input()"
    )
    command = [sys.executable, "-c", code, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        holder.stdout.readline()
        began = time.monotonic()
        with pytest.raises(StoreError, match=r"in use by another process for 0\.3 seconds"):
            open_store(path, read_only=True, wait=0.3)
        assert time.monotonic() - began >= 0.3
        holder.stdin.close()


def test_failures_wait_for_the_next_writing_and_are_not_lost_at_the_end(tmp_path):
    path = tmp_path / "d.duckdb"
    with SharedStore(path) as store:
        store.add_failure(Failure("a.txt", "is empty"))
        assert store.add_many([make_coding()]) == 1
        store.add_failure(Failure("b.txt", "is empty"))
        assert store.has(make_coding().report.id)
        assert store.add_many([make_coding()]) == 0
    with open_store(path, read_only=True) as store:
        assert [failure.path for failure in store.failures()] == ["a.txt", "b.txt"]
