"""A full disk, a place that may not be written, two runs at once: one clear line, and nothing lost or doubled."""

import subprocess
import sys
from pathlib import Path

import pytest

from dotterel.run import open_output
from dotterel.store import open_store, opening
from quick_coder import coding, reports

# Codes so many reports, as `dotterel code` does, with files that may grow to so many bytes.
RUN = f"""
import resource, signal, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from dotterel.errors import DotterelError
from dotterel.run import Run, open_output
from dotterel.workers import Workers
from quick_coder import QuickCoder, reports
path, number, most = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
if most:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))
try:
    with open_output(path) as output, Workers(QuickCoder(), 2) as workers:
        print(Run(output, workers).code(reports(number)).written)
except DotterelError as error:
    print(error, file=sys.stderr)
    sys.exit(2)
"""


def start(path, number, most=0):
    command = [sys.executable, "-c", RUN, str(path), str(number), str(most)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def ended(process):
    """Its exit status, and what it complained of."""
    _, complaints = process.communicate(timeout=300)
    return process.returncode, complaints


def held(path):
    """The ids of the reports in a database, each whole."""
    whole = {one.id: coding(one) for one in reports(400)}
    with open_store(path, read_only=True) as store:
        found = list(store.codings())
    assert all(one == whole[one.report.id] for one in found)
    return [one.report.id for one in found]


@pytest.mark.skipif(sys.platform == "win32", reason="no limits of file size")
@pytest.mark.parametrize("room", [6_000_000, 9_000_000])
def test_a_run_on_a_full_disk_ends_with_a_line_and_is_gone_on_with_when_there_is_room(tmp_path, room):
    path = tmp_path / "d.duckdb"
    status, complaints = ended(start(path, 400, room))
    if status:
        assert status == 2
        assert "Traceback" not in complaints
        assert str(path) in complaints
    before = held(path) if path.exists() else []
    assert ended(start(path, 400)) == (0, "")
    now = held(path)
    assert set(before) <= set(now)
    assert len(now) == len(set(now)) == 400


@pytest.mark.skipif(sys.platform == "win32", reason="no limits of file size")
def test_json_lines_on_a_full_disk_keep_whole_lines(tmp_path):
    path = tmp_path / "o.jsonl"
    status, complaints = ended(start(path, 400, 50_000))
    assert status == 2
    assert "Traceback" not in complaints
    assert f"{path}: cannot be written" in complaints
    before = path.read_text().splitlines()
    assert 0 < len(before) < 400
    assert ended(start(path, 400)) == (0, "")
    lines = path.read_text().splitlines()
    assert lines[: len(before)] == before
    assert len(set(lines)) == len(lines) == 400


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a folder that nobody may write, not even root")
@pytest.mark.parametrize("name", ["d.duckdb", "o.jsonl", "o.csv", "o.parquet"])
def test_a_folder_that_may_not_be_written_is_named(name):
    path = Path("/proc/self") / name
    status, complaints = ended(start(path, 3))
    assert status == 2
    assert "Traceback" not in complaints
    assert str(path) in complaints


def test_two_runs_at_once_into_one_database_lose_and_double_nothing(tmp_path):
    path = tmp_path / "d.duckdb"
    both = [start(path, 200), start(path, 260)]
    assert [ended(one) for one in both] == [(0, ""), (0, "")]
    found = held(path)
    assert len(found) == len(set(found)) == 260
    assert [left.name for left in tmp_path.iterdir()] == ["d.duckdb"]


def test_a_database_that_another_made_meanwhile_is_left_as_it_is(tmp_path):
    path = tmp_path / "d.duckdb"
    with open_store(path) as store:
        store.add_many(coding(one) for one in reports(20))
    opening.make(path)  # by a process that found no file before
    assert len(held(path)) == 20
    assert [left.name for left in tmp_path.iterdir()] == ["d.duckdb"]


def test_several_that_make_one_database_at_the_same_moment_all_write_to_it(tmp_path):
    at_once = f"""
import sys, time
sys.path.insert(0, {str(Path(__file__).parent)!r})
from dotterel.store import open_store
from quick_coder import coding, reports
print("ready", flush=True)
for line in sys.stdin:
    name, number = line.split()
    with open_store(name, wait=200.0) as store:
        store.add(coding(list(reports(int(number) + 1))[-1]))
    print("done", flush=True)
"""
    command = [sys.executable, "-c", at_once]
    several = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1) for _ in range(3)
    ]
    for turn in range(4):
        assert {one.stdout.readline() for one in several} == {"ready\n" if turn == 0 else "done\n"}
        for number, one in enumerate(several):
            one.stdin.write(f"{tmp_path}/{turn}.duckdb {number}\n")
    for one in several:
        one.communicate()
    assert [one.returncode for one in several] == [0, 0, 0]
    assert [len(set(held(tmp_path / f"{turn}.duckdb"))) for turn in range(4)] == [3] * 4


def test_a_second_run_into_the_same_json_lines_is_refused_and_the_first_goes_on(tmp_path):
    path = tmp_path / "o.jsonl"
    with open_output(path) as output:
        output.add_many(coding(one) for one in reports(2))
        status, complaints = ended(start(path, 3))
        assert status == 2
        assert f"{path}: another run writes to it" in complaints
        output.add_many(coding(one) for one in reports(4))
    assert ended(start(path, 5)) == (0, "")
    lines = path.read_text().splitlines()
    assert len(lines) == len(set(lines)) == 5


def test_of_two_runs_at_once_into_one_table_one_stands_whole(tmp_path):
    both = [start(tmp_path / "o.csv", 20), start(tmp_path / "o.csv", 30)]
    assert [ended(one) for one in both] == [(0, ""), (0, "")]
    assert len((tmp_path / "o.quotes.csv").read_text().splitlines()) in (21, 31)
    assert not list(tmp_path.glob(".*"))


def test_a_log_of_a_database_that_is_gone_is_not_thrown_away(tmp_path):
    path, log = tmp_path / "d.duckdb", tmp_path / "d.duckdb.wal"
    log.write_bytes(b"what was written last")
    status, complaints = ended(start(path, 1))
    assert status == 2
    assert complaints.startswith(f"{path}: is gone, and {log} holds what was written to it last")
    assert log.read_bytes() == b"what was written last"
