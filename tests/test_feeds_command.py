"""`dotterel watch` as a process of its own, against a server on this machine."""

import os
import re
import signal
import subprocess
import sys
import time
from importlib.util import find_spec

import pytest

from dotterel.store import open_store
from forked import forks
from newsroom import Page, newsroom, rss, rss_item

ONE = ("--workers", "1", "--timeout", "0")  # no process of its own, which would load the models anew
COMMAND = [sys.executable, "-c", "from dotterel.cli import main; main()", "watch"]
READER = """
import time
from dotterel import open_store
with open_store("news.duckdb", read_only=True):
    print("open", flush=True)
    time.sleep(5)
"""


@pytest.fixture
def room():
    with newsroom() as opened:
        yield opened


@pytest.fixture
def folder(tmp_path):
    return tmp_path


def plan(folder, *urls):
    feeds = "".join(f'[[feeds]]\nurl = "{url}"\nname = "Herald"\n' for url in urls)
    text = f'[watch]\ndatabase = "news.duckdb"\ncontact = "me@uni.example"\ndelay = "0s"\n{feeds}'
    (folder / "feeds.toml").write_text(text)


def watch(folder, *arguments):
    done = forks().dotterel("watch", "feeds.toml", *arguments, cwd=folder)
    done.stderr = without_progress(done.stderr)
    return done


def without_progress(said):
    """What was said, without the lines that a slow machine adds."""
    return re.sub(r"^dotterel: \d+ items done, \d+ to go\n", "", said, flags=re.MULTILINE)


def stored(folder):
    if not (folder / "news.duckdb").exists():
        return []
    with open_store(folder / "news.duckdb", read_only=True) as store:
        return [row["url"] for row in store.query("SELECT url FROM reports").to_pylist()]


def wait_until(true, seconds=60):
    ended = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ended, "nothing happened"
        time.sleep(0.02)


def test_once_codes_what_is_new_and_tells_it_in_one_line(folder, room):
    room.add_articles(range(4))
    plan(folder, room.rss(range(3)))
    done = watch(folder, "--once")
    line = r"\d{4}-\d\d-\d\d \d\d:\d\d UTC: 1 feed polled, 3 new items, 3 reports coded, \d+ events; in news\.duckdb\n"
    assert re.fullmatch(line, done.stdout)
    assert (done.returncode, done.stderr) == (0, "")
    with open_store(folder / "news.duckdb", read_only=True) as store:
        assert store.query("SELECT count(*) AS n FROM dyads WHERE type = 'ASSAULT'").to_pylist()[0]["n"] >= 3
    room.rss(range(4))
    reader = subprocess.Popen([sys.executable, "-c", READER], cwd=folder, stdout=subprocess.PIPE, text=True)
    assert reader.stdout.readline() == "open\n"
    again, _ = watch(folder, "--once", *ONE), reader.communicate()
    assert (again.returncode, again.stderr) == (0, "")  # it waited until the reader had done
    assert "1 new item, 1 report coded" in again.stdout
    status = watch(folder, "--status").stdout
    assert re.search(r"Herald +\d{4}", status)


def test_failures_are_a_line_each_and_the_status_tells_of_them(folder, room):
    room.pages["/rss.xml"] = Page(
        rss(f"<item><title>Storm</title><link>{room.url}/x</link></item>" + rss_item(1, None))
    )
    plan(folder, f"{room.url}/rss.xml", f"{room.url}/none")
    done = watch(folder, "--once")
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert len(lines) == 2
    assert re.fullmatch(rf"dotterel: Herald: {room.url}/none answers 404; asked again .* UTC", lines[0])
    assert lines[1] == f"dotterel: {room.url}/x: its page answers 404; and its feed gives no text"
    assert "answers 404" in watch(folder, "--status").stdout


def test_an_item_that_takes_too_long_is_a_recorded_failure(folder, room):
    room.add_articles(range(1))
    plan(folder, room.rss(range(1)))
    done = watch(folder, "--once", "--workers", "2", "--timeout", "0.001")
    assert done.returncode == 1
    assert "took longer than 0.001 seconds; give it more time with --timeout" in done.stderr
    assert stored(folder) == []


def test_nothing_done_is_status_two(folder, room):
    plan(folder, f"{room.url}/none")
    assert watch(folder, "--once").returncode == 2


@pytest.mark.parametrize(
    ("text", "arguments", "message"),
    [
        ("[watch]\n", (), r"feeds\.toml: names no feed"),
        (None, (), r"feeds\.toml: cannot be read"),
        ("", ("--interval", "5s"), "--interval 5s: is no time of a minute or more"),
        ("database", (), "there is no such folder"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(folder, room, text, arguments, message):
    plan(folder, f"{room.url}/rss.xml")
    if text is None:
        (folder / "feeds.toml").unlink()
    elif text == "database":
        good = (folder / "feeds.toml").read_text()
        (folder / "feeds.toml").write_text(good.replace("news.duckdb", "absent/news.duckdb"))
    elif text:
        (folder / "feeds.toml").write_text(text)
    done = watch(folder, *arguments)
    assert done.returncode == 2
    assert re.search(message, done.stderr)
    assert re.fullmatch(r"dotterel: .*\n", done.stderr)


def test_a_watch_killed_midway_and_started_again_loses_nothing_and_doubles_nothing(folder, room):
    links = room.add_articles(range(48))
    plan(folder, room.rss(range(48), etag='"1"'))
    for pages in (3, 12, 20):
        asked = len(room.paths()) + pages
        process = subprocess.Popen([*COMMAND, "feeds.toml"], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        wait_until(lambda asked=asked: len(room.paths()) >= asked)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    room.rss(range(0), etag='"2"')  # meanwhile the feed has gone on: what was listed must come from memory
    done = watch(folder, "--once", *ONE)
    assert (done.returncode, done.stderr) == (0, "")
    assert sorted(stored(folder)) == sorted(links)


@pytest.mark.parametrize(("kind", "busy"), [(signal.SIGINT, True), (signal.SIGTERM, False)])
def test_a_signal_ends_a_watch_soon_whatever_it_does(folder, room, kind, busy):
    room.add_articles(range(2))
    plan(folder, room.rss(range(2)))
    if busy:
        room.pages["/news/0.html"].wait = 600  # a server that dawdles
    command = [*COMMAND, "feeds.toml"]
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if busy:
        wait_until(lambda: "/news/0.html" in room.paths())
    else:
        assert "2 reports coded" in process.stdout.readline()
    time.sleep(0.3)
    process.send_signal(kind)
    _, said = process.communicate(timeout=60)  # half a second where nothing else runs
    assert process.returncode == 130
    stopped = "dotterel: stopped; news.duckdb holds what was coded; the same command goes on from there\n"
    assert without_progress(said) == stopped


def test_a_missing_library_is_named_with_the_command_that_installs_it(folder, monkeypatch):
    plan(folder, "http://127.0.0.1:9/rss")
    (folder / "sitecustomize.py").write_text(
        "import importlib.util as u\nold = u.find_spec\n"
        "u.find_spec = lambda name, *a: None if name == 'feedparser' else old(name, *a)\n"
    )
    monkeypatch.setenv("PYTHONPATH", f"{folder}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    done = subprocess.run([*COMMAND, "feeds.toml"], cwd=folder, capture_output=True, text=True, check=False)
    assert done.stderr == "dotterel: watching feeds needs feedparser; run: pip install 'dotterel[watch]'\n"
    assert find_spec("feedparser")
