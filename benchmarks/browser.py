"""A real desk and a real browser before it: for the benchmark of the desk, its tests, and the pictures of docs/."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn

from dotterel.web.app import create_app
from dotterel.web.desk import Desk

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")  # the shell takes half the time
CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip


@contextmanager
def served(desk: Desk) -> Iterator[str]:
    """The address of a desk, in a thread of this process."""
    at = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(desk), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [at]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{at.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(10)
