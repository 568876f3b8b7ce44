"""A full disk, a place that may not be written, two runs at once: one clear line, and nothing lost or doubled."""

import subprocess
import sys
from pathlib import Path

import pytest

from dotterel.store import open_store
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
    _, complaints = process.communicate(timeout=120)
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
