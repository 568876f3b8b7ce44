"""What tests of the desk share: a database of the examples, a client of the app, a real browser on a real server."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from dotterel.store import HeldStore

EXAMPLES = Path(__file__).parents[1] / "examples"
# A shell that starts tests in the background has them, and whatever they start, ignore Ctrl-C, which they send.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def coded_examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the reports in examples/; to be copied by whoever changes it."""
    from dotterel import Coder, Coding, open_store, read

    path = tmp_path_factory.mktemp("desk") / "examples.duckdb"
    with open_store(path) as store:
        store.add_many(item for item in Coder().pipe(read([str(EXAMPLES)])) if isinstance(item, Coding))
    return path


@pytest.fixture
def database(coded_examples: Path, tmp_path: Path) -> Path:
    """A database of a test's own."""
    return Path(shutil.copy(coded_examples, tmp_path / "record.duckdb"))


@pytest.fixture(scope="session")
def coded_retold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database of the four reports of tests/retold.py; to be copied by whoever changes it."""
    from dotterel import open_store
    from retold import retold_codings

    path = tmp_path_factory.mktemp("desk") / "retold.duckdb"
    with open_store(path) as store:
        store.add_many(retold_codings())
    return path


@pytest.fixture
def two_reports(tmp_path: Path) -> Path:
    """A database of two reports of the same, the second a little longer."""
    from dotterel import open_store
    from sample import make_coding

    path = tmp_path / "record.duckdb"
    with open_store(path) as store:
        store.add_many([make_coding(), make_coding(" It rained.")])
    return path


@pytest.fixture
def client(database: Path) -> Iterator[Any]:
    """A client of the desk over `database`, without a browser."""
    from starlette.testclient import TestClient

    from dotterel.web.app import create_app
    from dotterel.web.desk import Desk

    desk = Desk(HeldStore(database))
    with TestClient(create_app(desk), base_url="http://127.0.0.1", raise_server_exceptions=True) as made:
        made.desk = desk
        made.headers["x-desk-secret"] = desk.forms
        yield made


@pytest.fixture
def serving() -> Iterator[Callable[..., str]]:
    """A function that serves a database on a port of this machine, and tells the address."""
    from benchmarks.browser import served

    from dotterel.web.desk import Desk

    with ExitStack() as running:
        yield lambda path, **options: running.enter_context(served(Desk(HeldStore(path), **options)))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A headless Chromium; tests that need one are skipped where there is none."""
    from benchmarks.browser import ARGUMENTS, CHROMIUM

    playwright = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine; install it to run the tests of the desk in a browser")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Any, serving: Callable[..., str]) -> Iterator[Any]:
    """A page of the browser, closed before any server of the test. The test fails where the page tells an error or asks
    another host for anything.
    """
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    made = context.new_page()
    made.set_default_timeout(30_000)
    told: list[str] = []
    made.on("console", lambda message: told.append(message.text) if message.type == "error" else None)
    made.on("pageerror", lambda error: told.append(str(error)))
    made.on("request", lambda sent: told.append(f"asks {sent.url}") if is_elsewhere(sent.url) else None)
    made.told = told  # a test that provokes an error takes it out
    yield made
    context.close()
    assert not told, told


def is_elsewhere(url: str) -> bool:
    """Whether an address leads off this machine."""
    return not url.startswith(("http://127.0.0.1:", "data:", "blob:"))
