"""A run over a real scheduler and three workers with addresses of their own: nothing lost, nothing doubled."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

pytest.importorskip("distributed")

from deadly_coder import DeadlyMaker
from dotterel import Coder, Coding, open_store, read
from dotterel.cluster import ClusterRun, Job, code_on_cluster, load_parts
from dotterel.cluster.parts import Parts
from dotterel.errors import DotterelError, InputError, OutputError
from dotterel.run import open_output
from dotterel.serial import coding_dict
from dotterel.types import Failure
from sample import make_coding
from warcs import page, record, warc

ROOT = Path(__file__).parents[1]
EXAMPLES = [str(ROOT / "examples" / name) for name in ("panmunjom_summit.txt", "qatar_rift.html", "wires.jsonl")]
QUIET = {
    **os.environ,
    "OMP_NUM_THREADS": "1",
    "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")]),
}
COUNTRIES = ("France", "Chad", "Kenya", "Peru", "Norway", "Japan")


def reports(number, deadly=()):
    return [
        {
            "text": f"The president of {COUNTRIES[n % 6]} accused Syria of "
            f"{'deadly words' if n in deadly else 'lies'} in speech {n}.",
            "published": "2016-05-04",
        }
        for n in range(number)
    ]


def written(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


def started(*command):
    return subprocess.Popen(
        [sys.executable, "-m", *command],
        env=QUIET,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory):
    """The address of a scheduler with three workers, each under its own nanny and at its own address."""
    told = tmp_path_factory.mktemp("scheduler") / "scheduler.json"
    running = [
        started(
            "distributed.cli.dask_scheduler",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--no-dashboard",
            "--scheduler-file",
            str(told),
        )
    ]
    while not told.exists() or not told.read_text().strip():
        time.sleep(0.1)
    address = json.loads(told.read_text())["address"]
    for host in ("127.0.0.2", "127.0.0.3", "127.0.0.4"):
        running.append(
            started("distributed.cli.dask_worker", address, "--host", host, "--nthreads", "1", "--no-dashboard")
        )
    yield address
    for process in reversed(running):
        process.terminate()
    for process in running:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def pids(address):
    from distributed import Client

    with Client(address, set_as_default=False) as client:
        return client.run(os.getpid)


@cache
def plain(paths):
    """What a plain run makes of the files."""
    return list(Coder().pipe(read(paths)))


def direct(paths):
    """The same, as what a run over a cluster holds is told."""
    items = plain(paths)
    codings = {item.report.id: coding_dict(item) for item in reversed(items) if isinstance(item, Coding)}
    return codings, sorted((item.path, item.reason) for item in items if isinstance(item, Failure))


def held(folder):
    """What the parts hold, which is told once a report."""
    parts = Parts(str(folder))
    items = [item for name in parts.names().values() for item in parts.read(name)]
    codings = [item for item in items if isinstance(item, Coding)]
    by_id = {coding.report.id: coding_dict(coding) for coding in codings}
    assert len(by_id) == len(codings), "a report stands in two parts"
    return by_id, sorted((item.path, item.reason) for item in items if isinstance(item, Failure))


def test_the_parts_are_what_a_plain_run_codes_and_load_into_the_same_store(scheduler, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.warc.gz").write_bytes(
        warc([record(page("Ministers meet")), record(b"", "request"), record(page("Treaty signed"))])[:-20]
    )
    written(tmp_path / "in" / "b.jsonl", [*reports(7), {"text": ""}, {"no": "text"}])
    paths = (*EXAMPLES, str(tmp_path / "in"), str(tmp_path / "gone.txt"))
    tally = code_on_cluster(paths, scheduler, Job(str(tmp_path / "parts"), reports=3))
    codings, failures = direct(paths)
    assert held(tmp_path / "parts") == (codings, failures)
    assert (tally.coded, tally.failed) == (len(codings), len(failures))

    for times in (1, 2):
        with open_output(tmp_path / "cluster.duckdb") as output:
            loaded = load_parts(str(tmp_path / "parts"), output)
        assert (loaded.coded, loaded.present) == ((len(codings), 0) if times == 1 else (0, len(codings)))
    with open_store(tmp_path / "direct.duckdb") as store:
        items = plain(paths)
        store.add_many(item for item in items if isinstance(item, Coding))
        for item in items:
            _ = isinstance(item, Failure) and store.add_failure(item)
    with open_store(tmp_path / "cluster.duckdb") as one, open_store(tmp_path / "direct.duckdb") as other:
        assert one.counts() == other.counts()
        assert {c.report.id: c for c in one.codings()} == {c.report.id: c for c in other.codings()}
        assert sorted(one.failures(), key=repr) == sorted(other.failures(), key=repr)


def test_a_worker_killed_midway_costs_nothing(scheduler, tmp_path):
    path = written(tmp_path / "a.jsonl", reports(40))
    run = ClusterRun(Job(str(tmp_path / "parts"), DeadlyMaker(pause=0.1), reports=4), lambda *_: None)
    running = threading.Thread(target=run.code, args=([str(path)], scheduler))
    victim = next(iter(pids(scheduler).values()))
    running.start()
    while run.tally.coded < 8:
        time.sleep(0.05)
    os.kill(victim, signal.SIGKILL)
    assert run.tally.coded < 40
    running.join()
    codings, failures = direct((str(path),))
    assert held(tmp_path / "parts") == (codings, failures)
    assert (run.tally.coded, run.tally.failed) == (40, 0)


def test_reports_that_kill_their_worker_are_set_aside_and_named(scheduler, tmp_path):
    path = written(tmp_path / "a.jsonl", reports(3, deadly={2}))
    tally = code_on_cluster([str(path)], scheduler, Job(str(tmp_path / "parts"), DeadlyMaker(), reports=3))
    by_id, failures = held(tmp_path / "parts")
    assert len(by_id) == tally.coded == 2
    ((where, reason),) = failures
    assert where == f"{path}:3"
    assert "killed the worker that coded it" in reason
    assert tally.failures == [Failure(where, reason, 3)]
    again = code_on_cluster([str(path)], scheduler, Job(str(tmp_path / "parts"), DeadlyMaker(), reports=3))
    assert (again.coded, again.present) == (0, 3), "what was split stays split"


CLIENT = """
import sys
from deadly_coder import DeadlyMaker
from dotterel.cluster import Job, code_on_cluster
job = Job(sys.argv[3], DeadlyMaker(pause=0.1), reports=2)
def watch(tally, total, workers):
    print(tally.coded, flush=True)
code_on_cluster([sys.argv[1]], sys.argv[2], job, watch)
"""


def test_a_client_that_was_killed_is_started_again_and_goes_on(scheduler, tmp_path):
    path = written(tmp_path / "a.jsonl", reports(24))
    command = [sys.executable, "-c", CLIENT, str(path), scheduler, str(tmp_path / "parts")]
    with subprocess.Popen(command, env=QUIET, stdout=subprocess.PIPE, text=True) as client:
        while int(client.stdout.readline()) < 4:
            pass
        client.kill()
    before = len(Parts(str(tmp_path / "parts")).names())
    assert 0 < before < 12
    assert not Parts(str(tmp_path / "parts")).has_ended()
    tally = code_on_cluster([str(path)], scheduler, Job(str(tmp_path / "parts"), DeadlyMaker(pause=0.1), reports=2))
    assert tally.present >= 4
    assert tally.coded + tally.present == 24
    assert held(tmp_path / "parts") == direct((str(path),))
    assert Parts(str(tmp_path / "parts")).has_ended()


def test_two_commands_at_once_into_one_folder_write_each_report_once(scheduler, tmp_path):
    path = written(tmp_path / "a.jsonl", reports(12))
    command = [sys.executable, "-c", CLIENT, str(path), scheduler, str(tmp_path / "parts")]
    both = [subprocess.Popen(command, env=QUIET, stdout=subprocess.DEVNULL) for _ in range(2)]
    assert [client.wait(200) for client in both] == [0, 0]
    assert held(tmp_path / "parts") == direct((str(path),))
    assert Parts(str(tmp_path / "parts")).has_ended()


def test_a_report_that_takes_too_long_is_set_aside(scheduler, tmp_path):
    row = {"text": "The president of France met endless words of the king of Jordan."}
    path = written(tmp_path / "a.jsonl", [row])
    tally = code_on_cluster([str(path)], scheduler, Job(str(tmp_path / "parts"), DeadlyMaker(), timeout=1.5))
    assert (tally.coded, tally.failed) == (0, 1)


def test_what_hinders_a_run_is_told_in_a_line(scheduler, tmp_path, monkeypatch):
    path = written(tmp_path / "a.jsonl", reports(1))
    monkeypatch.setattr("dotterel.cluster.running._PATIENCE", 1.0)
    for address in ("tcp://127.0.0.1:9", "nowhere", "x://y:1", "127.0.0.1:99999"):
        with pytest.raises(DotterelError, match="no scheduler can be reached there"):
            code_on_cluster([str(path)], address, Job(str(tmp_path / "parts")))
    with pytest.raises(InputError, match="standard input cannot be read by a cluster"):
        code_on_cluster(["-"], scheduler, Job(str(tmp_path / "parts")))
    with pytest.raises(DotterelError, match=r"a worker has dotterel .*, not 0\.0\.1"):
        code_on_cluster([str(path)], scheduler, Job(str(tmp_path / "old"), version="0.0.1"))
    with pytest.raises(OutputError, match="parts of a run with other options"):
        code_on_cluster([str(path)], scheduler, Job(str(tmp_path / "parts"), reports=7))
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be used"):
        code_on_cluster([str(path)], scheduler, Job(str(tmp_path / "file")))


def test_parts_by_address_are_whole_or_not_there(tmp_path):
    from dotterel.cluster.jobs import Shard
    from dotterel.reading.stretches import Stretch

    strange = make_coding()
    strange = replace(strange, report=replace(strange.report, title="half \ud800 a character"))
    items = [strange, Failure("a\udc80.txt", "is empty", 3)]
    for folder in (str(tmp_path / "parts"), "memory://parts"):
        parts = Parts(folder)
        assert parts.names() == {}
        shard = Shard(3, (Stretch("a", "a"),), ("",))
        for _ in (1, 2):
            parts.write(shard, items)
        assert parts.names() == {shard.id: f"part-00000003-{shard.id}.parquet"}
        assert list(parts.read(parts.names()[shard.id])) == [strange, Failure("a?.txt", "is empty", 3)]
    (damaged,) = (tmp_path / "parts").glob("*.parquet")
    damaged.write_bytes(damaged.read_bytes()[:-9])
    with pytest.raises(InputError, match=r"is damaged .*; delete it, run the cluster again"):
        list(Parts(str(tmp_path / "parts")).read(damaged.name))
    with pytest.raises(InputError, match="holds no parts"):
        load_parts(str(tmp_path / "none"), open_output(tmp_path / "a.jsonl"))
