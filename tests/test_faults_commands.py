"""Commands on a full disk, or where nothing may be written: one line, exit status 2, and what was there stays."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from dotterel.cluster.jobs import Shard
from dotterel.cluster.parts import Parts
from dotterel.reading.stretches import Stretch
from dotterel.store import open_store
from forked import Forks, forks
from quick_coder import coding, reports
from sample import make_coding

pytest.importorskip("resource", reason="no limits of file size")

NUMBER = 30
ONE = ("--workers", "1", "--timeout", "0")  # no process that would outlive the trial
COMMANDS = [
    (("code", "report.txt", "-o", "there/d.duckdb", *ONE), "code into a database that is there"),
    (("code", "report.txt", "-o", "there/new.duckdb", *ONE), "code into a new one"),
    (("code", "report.txt", "-o", "there/o.jsonl", *ONE), "code into JSON lines that are there"),
    (("recode", "there/d.duckdb", "--all", *ONE), "code anew"),
    (("link", "there/d.duckdb", "--part", "615ef9bfb18ee03f-1", "615ef9bfb18ee03f-2"), "link"),
    (("load", "parts", "-o", "there/d.duckdb"), "load into a database that is there"),
    (("load", "parts", "-o", "there/new.duckdb"), "load into a new one"),
    (("export", "d.duckdb", "there/o.csv"), "export tables"),
    (("export", "d.duckdb", "there/o.parquet"), "export Parquet"),
    (("export", "d.duckdb", "there/new.jsonl"), "export JSON lines"),
    (("export", "d.duckdb", "--format", "polecat", "--output", "there/p.txt"), "export a format"),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A database, parts and a report to begin with; in `there`, what must stay as it is. To be copied."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "there").mkdir()
    with open_store(folder / "d.duckdb") as store:
        store.add_many([make_coding(), *(coding(one) for one in reports(NUMBER))])
    shutil.copy(folder / "d.duckdb", folder / "there" / "d.duckdb")
    for name in ("o.jsonl", "o.csv"):
        forks().dotterel("export", "d.duckdb", f"there/{name}", cwd=folder).check_returncode()
    Parts(str(folder / "parts")).write(Shard(0, (Stretch("a", "a"),), ("",)), [make_coding(" It rained.")])
    (folder / "report.txt").write_text("France condemned Chad on Sunday, the ministry said. It will go on.\n")
    return folder


@pytest.fixture
def folder(made, tmp_path):
    """The same, of a test's own."""
    return Path(shutil.copytree(made, tmp_path, dirs_exist_ok=True))


def held(folder):
    """What is in the folder that is tried: codings, judgements, and files, also any that should have been taken back.

    An empty log of a database and JSON lines without a line hold nothing, and what comes next goes on with them.
    """
    with open_store(folder / "there" / "d.duckdb", read_only=True) as store:
        codings = {one.report.id: one for one in store.codings()}
        judged = store.query("SELECT * FROM judgements ORDER BY ALL").to_pylist()
    others = [path for path in (folder / "there").iterdir() if path.name != "d.duckdb"]
    kept = [path for path in others if path.stat().st_size or path.suffix not in (".wal", ".jsonl")]
    return codings, judged, {path.name: path.read_bytes() for path in kept}


def assert_refused(done, before, folder):
    assert done.returncode == 2, done.stderr
    told = [line for line in done.stderr.splitlines() if line]
    assert len(told) == 1, done.stderr
    assert told[0].startswith("dotterel: there/"), told
    assert held(folder) == before


@pytest.mark.parametrize("command", [command for command, _ in COMMANDS], ids=[why for _, why in COMMANDS])
def test_a_full_disk_is_told_in_a_line_nothing_is_lost_and_with_room_the_same_goes_on(folder, command):
    before = held(folder)
    assert_refused(forks().dotterel(*command, cwd=folder, most=100), before, folder)
    again = forks().dotterel(*command, cwd=folder)
    assert again.returncode == 0, again.stderr


SHUT = 'mount --bind "$1" "$1" && mount -o remount,bind,ro "$1" && shift && exec "$@"'


def in_shut(folder):
    """What a command is put behind to run where a folder may not be written, by root neither."""
    root = ["--mount"] if os.geteuid() == 0 else ["--mount", "--map-root-user"]
    return ["unshare", *root, "sh", "-c", SHUT, "sh", str(folder)]


@pytest.fixture(scope="module")
def shut(made, tmp_path_factory):
    """A copy of the folder, and a process to fork from, for which what lies in `there` may only be read."""
    folder = shutil.copytree(made, tmp_path_factory.mktemp("shut"), dirs_exist_ok=True)
    before = in_shut(folder / "there")
    if not shutil.which("unshare") or subprocess.run([*before, "true"], capture_output=True).returncode:
        pytest.skip("this system lets nobody mount a folder to be read only")
    with Forks(before) as forking:
        yield folder, forking


@pytest.mark.parametrize("command", [command for command, _ in COMMANDS], ids=[why for _, why in COMMANDS])
def test_a_folder_that_may_only_be_read_is_told_in_a_line_and_nothing_is_lost(shut, command):
    folder, forking = shut
    before = held(folder)
    assert_refused(forking.dotterel(*command, cwd=folder), before, folder)


def test_a_failure_that_finds_no_room_leaves_no_torn_line(tmp_path):
    code = """
import sys
from pathlib import Path
from dotterel.errors import OutputError
from dotterel.exports import JsonLines
from dotterel.types import Failure
with JsonLines(Path("o.jsonl")) as lines:
    lines.add_failure(Failure("a.jsonl:1", 1, "is empty"))
    try:
        lines.add_failure(Failure("b.jsonl:1", 1, "is empty" * 20))
    except OutputError as error:
        sys.exit(str(error))
"""
    done = forks().run(code, cwd=tmp_path, most=100)
    assert done.stderr == "o.failures.jsonl: cannot be written (File too large)\n"
    lines = (tmp_path / "o.failures.jsonl").read_text().splitlines()
    assert [json.loads(line)["path"] for line in lines] == ["a.jsonl:1"]


def test_a_part_that_finds_no_room_is_told_and_the_others_stay(folder):
    code = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from dotterel.cluster.jobs import Shard
from dotterel.cluster.parts import Parts
from dotterel.errors import OutputError
from dotterel.reading.stretches import Stretch
from sample import make_coding
try:
    Parts("parts").write(Shard(1, (Stretch("b", "b"),), ("",)), [make_coding(" It snowed.")])
except OutputError as error:
    sys.exit(str(error))
"""
    before = Parts(str(folder / "parts")).names()
    done = forks().run(code, cwd=folder, most=100)
    assert done.stderr.startswith("parts: cannot be used (")
    assert Parts(str(folder / "parts")).names() == before
