"""Reports are coded side by side as they are one by one; what hangs, crashes or is killed loses and doubles nothing."""

import multiprocessing
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dotterel.coder import Coder
from dotterel.errors import DotterelError, ModelError, WorkerError
from dotterel.reading.sources import read
from dotterel.run import Run, open_output
from dotterel.store import open_store
from dotterel.types import Coding, Failure
from dotterel.workers import Workers, cores
from forked import Asked
from quick_coder import Missing, NeverReady, QuickCoder, coding, report, reports

EXAMPLES = Path(__file__).parents[1] / "examples"


def piped(items, coder=None, number=2, limit=20.0):
    """What two workers make of a stream."""
    with Workers(coder or QuickCoder(), number, limit) as workers:
        return list(workers.pipe(items))


def test_the_examples_are_coded_as_in_one_process():
    items = list(read([EXAMPLES]))[:4]
    with Workers(Coder(), 2, 0) as workers:
        workers._most = 2
        found = list(workers.pipe(items))
    assert found == list(Coder().pipe(items))


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_stream_comes_back_in_order_and_failures_where_they_stood(number):
    items = list(reports(150))
    for place in (0, 40, 41, 151):
        items.insert(place, Failure(f"{place}.txt", "cannot be read"))
    assert piped(items, number=number) == [i if isinstance(i, Failure) else coding(i) for i in items]


def test_nothing_comes_of_nothing():
    lost = Failure("a.txt", "cannot be read")
    assert piped([]) == []
    assert piped([lost] * 40) == [lost] * 40


def test_few_reports_start_few_processes():
    with Workers(QuickCoder(), 4) as workers:
        list(workers.pipe(reports(10)))
        assert len(multiprocessing.active_children()) == 1
        list(workers.pipe(reports(200)))
        assert 1 < len(multiprocessing.active_children()) <= 4
    assert cores() >= 1


def test_workers_end_with_the_block():
    with Workers(QuickCoder(), 2) as workers:
        next(iter(workers.pipe(reports(100))))
        children = multiprocessing.active_children()
    until = time.monotonic() + 10
    while any(child.is_alive() for child in children):  # not by join, for the run waits for their ends in a thread too
        assert time.monotonic() < until
        time.sleep(0.05)


def test_the_stream_is_read_as_it_is_needed():
    taken = []
    with Workers(QuickCoder(), 2) as workers:
        next(iter(workers.pipe(taken.append(one) or one for one in reports(5_000))))
    assert len(taken) < 300


POISON = [
    ("SLEEPS", r"took longer than 1 seconds; .*--timeout", "no end"),
    ("EXITS", r"exit status 3.*report it", "the process ends itself"),
    ("CRASHES", r"signal 11.*report it", "a fault in a library"),
    ("KILLED", r"was killed, as the system does where memory runs out", "out of memory"),
    ("FAILS", "is bad", "a failure of the coder's own"),
]


@pytest.mark.parametrize(("marker", "reason", "why"), POISON)
def test_a_poisonous_report_is_set_aside_and_named(marker, reason, why):
    items = [*reports(20), report(f"Poison. It {marker}."), *reports(60)]
    found = piped(items, limit=1.0)
    failure = found.pop(20)
    assert isinstance(failure, Failure), why
    assert failure.path == "Poison.txt"
    assert re.search(reason, failure.reason), failure.reason
    assert found == [coding(one) for one in [*reports(20), *reports(60)]]


def test_poison_in_a_list_costs_its_neighbours_nothing():
    bad = [report(f"Bad {n}. It {marker}.") for n, marker in enumerate(("EXITS", "SLEEPS", "CRASHES"))]
    items = [*reports(5), *bad, *reports(5)]
    with Workers(QuickCoder(), 1, 4.0) as workers:
        workers._most = 16  # all in one list
        found = list(workers.pipe(items))
    assert [f.path for f in found if isinstance(f, Failure)] == ["Bad 0.txt", "Bad 1.txt", "Bad 2.txt"]
    assert [f for f in found if isinstance(f, Coding)] == [coding(one) for one in [*reports(5), *reports(5)]]


def test_a_report_whose_worker_was_lost_once_is_coded(tmp_path):
    items = [*reports(3), report("Twice. ONCE it ends."), report("Again. ONCE it ends."), *reports(3)]
    assert piped(items, QuickCoder(marks=tmp_path)) == [coding(one) for one in items]


def test_a_coder_that_cannot_be_loaded_stops_the_run_with_its_own_words():
    with pytest.raises(ModelError, match="no such pipeline"):
        piped(reports(3), Missing())


def test_workers_that_never_start_are_not_started_without_end():
    with pytest.raises(WorkerError, match=r"exit status 4.*--timeout 0"):
        piped(reports(3), NeverReady())
    assert issubclass(WorkerError, DotterelError)


def test_workers_killed_at_random_moments_lose_and_double_nothing():
    chance, killed, found, items = random.Random(3), 0, [], list(reports(400))
    with Workers(QuickCoder(pause=0.005), 2, 20.0) as workers:
        for one in workers.pipe(items):
            found.append(one)
            children = multiprocessing.active_children()
            if chance.random() < 0.04 and children:
                os.kill(chance.choice(children).pid, signal.SIGKILL)
                killed += 1
    assert killed >= 10
    assert found == [coding(one) for one in items]


KILLS, STEP, KEPT = 20, 15, 5  # how often a run is killed, the new reports of each, and how many are written at once

# Codes so many reports, and one that hangs for so many seconds, whenever it is asked for a run. What a run needs is
# imported once, and each run is a fork: twenty of them start in the time of one.
RUNS = f"""
import os, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
import dotterel.run, dotterel.store
from dotterel.run import Run, open_output
from dotterel.workers import Workers
from quick_coder import QuickCoder, report, reports
dotterel.run.KEEP_EVERY = {KEPT}
def tell(tally):
    print(tally.seen, flush=True)
def code(number, limit):
    items = [*reports(number), report("Hung. It SLEEPS.")]
    try:
        with open_output(sys.argv[1]) as output, Workers(QuickCoder(pause=0.002), 2, limit) as workers:
            workers._most = 1
            Run(output, workers, tell).code(items)
    except KeyboardInterrupt:
        return 130
    return 0
for line in sys.stdin:
    run = os.fork()
    if run == 0:
        number, limit = line.split()
        os._exit(code(int(number), float(limit)))
    print("run", run, flush=True)
    print("ended", os.waitstatus_to_exitcode(os.waitpid(run, 0)[1]), flush=True)
"""


class Runs(Asked):
    """Runs into one database, one after another."""

    def __init__(self, path):
        super().__init__(RUNS, path)

    def begin(self, number, limit):
        """Start a run over so many reports and one that hangs, until the limit strikes it; its process."""
        self.process.stdin.write(f"{number} {limit}\n")
        word, pid = self.process.stdout.readline().split()
        assert word == "run"
        return int(pid)

    def until(self, seen):
        """Wait until a run has dealt with so many reports."""
        line = next((line for line in self.process.stdout if line.startswith("ended") or int(line) >= seen), "")
        assert line.strip().isdigit(), "it has ended"

    def ended(self):
        """Wait until the run has ended; its exit status."""
        line = next(line for line in self.process.stdout if line.startswith("ended"))
        return int(line.split()[1])


def offspring(pid):
    """The processes that a process has started, and they."""
    told = Path(f"/proc/{pid}/task/{pid}/children")
    children = [int(word) for word in told.read_text().split()] if told.exists() else []
    return [*children, *(one for child in children for one in offspring(child))]


def assert_gone(pids):
    until = time.monotonic() + 15
    while any(is_running(pid) for pid in pids) and time.monotonic() < until:
        time.sleep(0.05)
    assert not [pid for pid in pids if is_running(pid)]


def is_running(pid):
    stat = Path(f"/proc/{pid}/stat")
    try:
        return stat.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def held(path):
    """How many reports a database holds, each once and whole."""
    whole = {one.id: coding(one) for one in reports(600)}
    with open_store(path, read_only=True) as store:
        found = list(store.codings())
    assert all(one == whole[one.report.id] for one in found)
    assert len({one.report.id for one in found}) == len(found)
    return len(found)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to find the workers")
def test_a_run_killed_twenty_times_is_gone_on_with_until_all_is_there_once(tmp_path):
    """Each run has reports left that none coded before, and hangs when they are done: none ends before its kill."""
    path, chance, before = tmp_path / "d.duckdb", random.Random(11), 0
    with Runs(path) as runs:
        for turn in range(KILLS):
            process, new = runs.begin(before + STEP, limit=600), 0
            if turn % 5:  # else while it starts, opens the database or codes its first
                new = chance.randrange(1, STEP + 1)
                runs.until(before + new)
            time.sleep(chance.uniform(0.0, 0.1 if turn % 5 else 1.0))
            workers, stopped = offspring(process), turn % 5 == 1
            os.kill(process, signal.SIGINT if stopped else signal.SIGKILL)
            assert runs.ended() == (130 if stopped else -signal.SIGKILL)
            assert_gone(workers)
            now = held(path) if path.exists() else 0
            assert now >= before + (new if stopped else new - new % KEPT), "nothing that was written is lost"
            before = now
        runs.begin(KILLS * STEP, limit=2)
        assert runs.ended() == 0
    assert held(path) == KILLS * STEP
    with open_store(path, read_only=True) as store:
        assert [failure.path for failure in store.failures()] == ["Hung.txt"]


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_writes_what_is_coded_and_ends_its_workers(tmp_path, sent):
    """It is stopped after its first writing, long before its last report."""
    path = tmp_path / "o.duckdb"
    for n in range(2_000):
        (tmp_path / f"{n}.txt").write_text(f"Kenya condemned Sudan on Sunday. Bulletin {n} has more.\n")
    command = [sys.executable, "-c", "from dotterel.cli import main; main()", "code", ".", "-o", path.name]
    process = subprocess.Popen(
        [*command, "--workers", "2"], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    while process.poll() is None and not written(path):
        time.sleep(0.2)
    workers = offspring(process.pid)
    process.send_signal(sent)
    _, complaints = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "the same command goes on from there" in complaints
    assert "Traceback" not in complaints
    assert_gone(workers)
    assert f"holds {written(path)} report" in complaints


def written(path):
    """How many reports a database holds; none where it is not there yet."""
    if not path.exists():
        return 0
    with open_store(path, read_only=True) as store:
        return store.counts()["reports"]


MEMORY = f"""
import resource, sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from dotterel.run import Run, open_output
from dotterel.workers import Workers
from quick_coder import QuickCoder, reports
def resident():
    with open("/proc/self/statm") as told:
        return int(told.read().split()[1]) * resource.getpagesize() / 2**20
seen = {{}}
def note(tally):
    if tally.coded % 500 == 0:
        seen[tally.coded] = resident()
with open_output(sys.argv[1]) as output, Workers(QuickCoder(), 2) as workers:
    Run(output, workers, note).code(reports(3_000))
print(max(seen.values()) - seen[500])
"""


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="needs /proc to tell memory")
def test_memory_of_the_run_is_flat(tmp_path):
    done = subprocess.run([sys.executable, "-c", MEMORY, str(tmp_path / "o.jsonl")], capture_output=True, text=True)
    assert float(done.stdout) < 50, done.stderr


def test_an_export_has_the_reports_in_their_order(tmp_path):
    path = tmp_path / "o.jsonl"
    with open_output(path) as output, Workers(QuickCoder(), 3, 20.0) as workers:
        tally = Run(output, workers).code(reports(300))
    assert (tally.coded, tally.written) == (300, 300)
    told = [line.partition('"id": "')[2][:16] for line in path.read_text().splitlines()]
    assert told == [one.id for one in reports(300)]
