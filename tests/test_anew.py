"""A database is coded anew side by side: each report is old or new, whole, and none is passed over or done twice."""

import random
import shutil
import signal
import subprocess
import sys
import time
from itertools import islice
from pathlib import Path

import pytest

from dotterel.anew import code_anew
from dotterel.store import open_store
from dotterel.types import Failure
from dotterel.workers import Workers
from forked import forks
from quick_coder import Anew, anew, coding, report, reports

NUMBER = 70  # more than are read at a time


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("anew") / "d.duckdb"
    with open_store(path) as store:
        store.add_many(coding(one) for one in reports(NUMBER))
    return path


@pytest.fixture
def path(made, tmp_path):
    return Path(shutil.copy(made, tmp_path / "d.duckdb"))


def left(path):
    """How many reports are as they were; each is that, or coded anew, and there once."""
    old = {one.id: coding(one) for one in reports(NUMBER)}
    new = {one.id: anew(one) for one in reports(NUMBER)}
    with open_store(path, read_only=True) as store:
        found = {one.report.id: one for one in store.codings()}
        assert store.counts()["quotes"] == store.counts()["reports"]
    assert all(one in (old[name], new[name]) for name, one in found.items() if name in old)
    assert old.keys() <= found.keys()
    return sum(found[name] == old[name] for name in old)


@pytest.mark.parametrize("number", [1, 2])
def test_workers_code_every_report_anew(path, number):
    with Workers(Anew(), number, 20.0) as workers:
        tally = code_anew(path, workers, every=True)
    assert (tally.coded, tally.written, tally.failed) == (NUMBER, NUMBER, 0)
    assert left(path) == 0


def test_nothing_is_outdated_where_this_dotterel_coded_all(path):
    assert code_anew(path, Anew()).coded == 0
    assert left(path) == NUMBER


def test_a_report_that_never_ends_stays_as_it_was_and_is_told(path):
    hung = report("Hung. It SLEEPS.")
    with open_store(path) as store:
        store.add(coding(hung))
    with Workers(Anew(), 2, 1.0) as workers:
        tally = code_anew(path, workers, every=True)
    assert (tally.coded, tally.failed) == (NUMBER, 1)
    assert "took longer than 1 seconds" in tally.failures[0].reason
    assert left(path) == 0
    with open_store(path, read_only=True) as store:
        assert store.find(hung.id) == coding(hung)


class Stopped(Anew):
    """Is stopped after so many reports; hands on some that come later, as workers do, before it ends."""

    def __init__(self, after, later=(0, 0)):
        super().__init__()
        self.after, self.later = after, later

    def pipe(self, reports):
        stream = super().pipe(reports)
        yield from islice(stream, self.after)
        list(islice(stream, self.later[0]))
        yield from islice(stream, self.later[1])
        raise KeyboardInterrupt


@pytest.mark.parametrize("after", [0, 50, 69])
def test_stopped_at_any_report_it_goes_on_with_the_next(path, after):
    with pytest.raises(KeyboardInterrupt):
        code_anew(path, Stopped(after), every=True)
    assert left(path) == NUMBER - after
    assert code_anew(path, Anew(), every=True).coded == NUMBER - after
    assert left(path) == 0


def test_what_was_coded_out_of_turn_is_kept_and_what_came_before_it_not_passed_over(path):
    with pytest.raises(KeyboardInterrupt):
        code_anew(path, Stopped(30, later=(10, 5)), every=True)
    assert left(path) == NUMBER - 35
    assert code_anew(path, Anew(), every=True).coded == NUMBER - 30
    assert left(path) == 0


class Doubting(Anew):
    """Fails at every third report."""

    def code(self, report):
        return Failure(report.path, "is bad") if int(report.path[7:-4]) % 3 == 0 else super().code(report)


def test_failures_are_not_tried_again_before_the_rest_is_done(path):
    tally = code_anew(path, Doubting(), every=True)
    assert (tally.coded, tally.failed) == (46, 24)
    assert left(path) == 24
    assert len(tally.failures) == 20


RUN = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
from pathlib import Path
import dotterel.anew, dotterel.run
from dotterel.workers import Workers
from quick_coder import Anew
dotterel.run.KEEP_EVERY = 10
with Workers(Anew(pause=0.003), 2, 20.0) as workers:
    dotterel.anew.code_anew(Path(sys.argv[1]), workers, lambda tally: print(tally.coded, flush=True), every=True)
"""


def test_killed_again_and_again_every_report_is_whole_and_in_the_end_new(path):
    chance, before = random.Random(5), NUMBER
    for _ in range(4):
        process = subprocess.Popen([sys.executable, "-c", RUN, str(path)], stdout=subprocess.PIPE, text=True)
        for _ in range(chance.randrange(1, 30)):
            process.stdout.readline()
        time.sleep(chance.uniform(0, 0.1))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        now = left(path)
        assert now <= before, "nothing that was done is lost"
        before = now
    subprocess.run([sys.executable, "-c", RUN, str(path)], stdout=subprocess.DEVNULL, check=True)
    assert left(path) == 0


def test_the_command_codes_anew_with_workers(two_reports):
    command = ("recode", two_reports, "--all", "--workers", "1")
    done = forks().dotterel(*command)
    assert done.returncode == 0, done.stderr
    assert "2 reports coded anew, " in done.stdout
    late = forks().dotterel(*command, "--timeout", "0.001")
    assert late.returncode == 2
    assert "took longer than 0.001 seconds; give it more time with --timeout" in late.stderr
    assert "failed and stay as they were" in late.stdout
