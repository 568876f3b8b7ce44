"""`dotterel serve` as a process: what it prints, who reaches it, how it ends, and others who write meanwhile."""

from __future__ import annotations

import http.client
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPCookieProcessor, build_opener, urlopen

import pytest

from dotterel.cli import main
from dotterel.store import open_store
from forked import forks
from sample import make_coding

CODING = make_coding()
EVENT = CODING.events[0].id
DOTTEREL = [sys.executable, "-c", "from dotterel.cli import main; main()"]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("serve") / "record.duckdb"
    with open_store(path) as store:
        store.add(CODING)
    return path


@pytest.fixture
def database(made, tmp_path):
    return shutil.copy(made, tmp_path / "record.duckdb")


@contextmanager
def served(database, *options):
    """A desk in a process of its own, and the address that it printed."""
    command = [*DOTTEREL, "serve", str(database), "--port", "0", *options]
    running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        told = running.stdout.readline()
        assert running.stdout.readline() == "Ctrl-C closes it.\n", running.stderr.read()
        yield running, re.fullmatch(rf"{re.escape(str(database))} is open at (http://\S+)\n", told)[1]
    finally:
        running.kill()
        running.communicate()


def ended(running, kind=signal.SIGINT):
    """Stop a desk; its exit status, and what it said. It waits for nobody: half a second where nothing else runs."""
    running.send_signal(kind)
    _, said = running.communicate(timeout=30)
    return running.returncode, said.strip()


def test_another_process_writes_while_a_page_is_open_and_ctrl_c_ends_it(database):
    with served(database) as (running, address):
        assert address.startswith("http://127.0.0.1:")
        at = urlsplit(address).netloc
        page = http.client.HTTPConnection(at, timeout=20)
        page.request("GET", f"/reports/{CODING.report.id}")
        assert "accepted by hand" not in page.getresponse().read().decode()
        done = forks().dotterel("correct", database, "accept", EVENT, "--by", "Ada Holm")
        assert (done.returncode, done.stdout) == (0, f"correction 1: accept {EVENT}\n"), done.stderr
        page.close()
        page.request("GET", f"/reports/{CODING.report.id}")  # over a connection that stays open, as a browser's does
        assert "accepted by hand" in page.getresponse().read().decode()
        page.request("GET", "/corrections")
        assert "Ada Holm" in page.getresponse().read().decode()
        form = socket.create_connection(at.split(":"), timeout=20)  # a form that never comes to its end
        form.sendall(
            f"POST /corrections/accept HTTP/1.1\r\nHost: {at}\r\nContent-Length: 99\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n\r\nevent=".encode()
        )
        assert ended(running) == (130, "dotterel: stopped")
        form.close()
        page.close()
    with open_store(database) as store:  # nobody holds it any more
        assert store.corrections().num_rows == 1


HOLDER = """
import sys
from dotterel.store import open_store
with open_store(sys.argv[1]):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_page_that_waits_for_the_database_does_not_hold_up_the_end(database):
    with served(database) as (running, address):
        command = [sys.executable, "-c", HOLDER, str(database)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdout.readline() == "held\n"
            with socket.create_connection(urlsplit(address).netloc.split(":"), timeout=20) as page:
                page.sendall(b"GET /record HTTP/1.1\r\nHost: " + urlsplit(address).netloc.encode() + b"\r\n\r\n")
                time.sleep(1)  # until it waits
                begun = time.monotonic()
                assert ended(running) == (130, "dotterel: stopped")
                took = time.monotonic() - begun
            writer.communicate()
    assert took < 7, "two seconds, more on a machine that has other work; the page waits for ten"


def test_it_is_reached_with_a_token_where_others_may_reach_it(database):
    with served(database, "--host", "0.0.0.0") as (running, address):
        host, token = re.fullmatch(r"http://0\.0\.0\.0(:\d+)/\?token=([\w-]{32})", address).groups()
        for path in ("/", "/?token=wrong-but-long-enough", "/static/desk.css"):
            with pytest.raises(HTTPError, match="401"):
                urlopen(f"http://127.0.0.1{host}{path}", timeout=20)
        browser = build_opener(HTTPCookieProcessor())
        answer = browser.open(f"http://127.0.0.1{host}/?token={token}", timeout=20)
        assert answer.url == f"http://127.0.0.1{host}/", "the token does not stay in the address"
        assert "Who did what to whom" in answer.read().decode()
        assert browser.open(f"http://127.0.0.1{host}/record", timeout=20).status == 200
        assert ended(running, signal.SIGTERM) == (130, "dotterel: stopped")


@pytest.mark.parametrize(
    ("name", "options", "told"),
    [
        ("absent.duckdb", [], "there is no such database; make one with: dotterel code PATH --output"),
        (".", [], "is a folder"),
        ("notes.txt", [], "is not a DuckDB database; name another file"),
        ("record.duckdb", ["--token", "short"], "--token: is too short to keep anybody out"),
        ("record.duckdb", ["--host", "no.such.host.invalid", "--port", "0"], "cannot listen at no.such.host.invalid"),
        ("record.duckdb", ["--port", "TAKEN"], "cannot listen at 127.0.0.1, port TAKEN: "),
    ],
)
def test_what_keeps_it_from_opening_is_told_in_a_line(database, tmp_path, monkeypatch, capsys, name, options, told):
    (tmp_path / "notes.txt").write_text("no database")
    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = str(other.getsockname()[1])
        arguments = [taken if one == "TAKEN" else one for one in options]
        monkeypatch.setattr(sys, "argv", ["dotterel", "serve", str(tmp_path / name), *arguments])
        with pytest.raises(SystemExit) as end:
            main()
    said = capsys.readouterr()
    assert (end.value.code, said.out) == (2, "")
    assert re.fullmatch(r"dotterel: [^\n]+\n", said.err)
    assert told.replace("TAKEN", taken) in said.err


def test_the_next_free_port_is_taken_where_none_is_asked_for(database):
    from dotterel.web.serving import PORT, listen

    with listen("127.0.0.1", None) as first, listen("127.0.0.1", None) as second:
        assert PORT <= first.getsockname()[1] < second.getsockname()[1]
        waiting = socket.create_connection(second.getsockname(), timeout=5)  # who comes before it answers is kept
        waiting.close()


def test_a_library_that_is_missing_is_named_with_the_command_that_installs_it(database, monkeypatch, capsys):
    import importlib.util

    known = importlib.util.find_spec
    monkeypatch.setattr(
        "importlib.util.find_spec", lambda name, *more: None if name == "uvicorn" else known(name, *more)
    )
    monkeypatch.setattr(sys, "argv", ["dotterel", "serve", str(database)])
    with pytest.raises(SystemExit):
        main()
    assert capsys.readouterr().err == "dotterel: the desk needs uvicorn; run: pip install 'dotterel[web]'\n"
