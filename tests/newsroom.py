"""A news server on 127.0.0.1 for the tests of feeds: pages that change, break, move, dawdle; what was asked is kept."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PLACES = ["Lysne", "Orvath", "Kemsk", "Dalun", "Bretta", "Sorn", "Vilna Gora", "Tarek", "Ulm", "Pesna"]


@dataclass
class Page:
    """What the server answers under one path."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    wait: float = 0.0  # seconds before it answers
    etag: str | None = None  # answered with 304 when asked for

    @property
    def data(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body


FILE = "file:" + "///etc/passwd"  # an address of a file, which nobody may be made to read


class Newsroom:
    """The server; `pages` may be changed at any time, `asked` has (path, headers) of every request."""

    def __init__(self) -> None:
        self.pages: dict[str, Page] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        room = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                room.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
                page = room.pages.get(self.path, Page("nothing here", 404))
                time.sleep(page.wait)
                if page.etag and self.headers.get("If-None-Match") == page.etag:
                    page = Page(status=304, etag=page.etag)
                self.send_response(page.status)
                headers = {"Content-Type": "text/html; charset=utf-8", **page.headers}
                if page.etag:
                    headers["ETag"] = page.etag
                for name, value in headers.items():
                    self.send_header(name, value)
                if page.status != 304:
                    self.send_header("Content-Length", str(len(page.data)))
                self.end_headers()
                try:
                    if page.status != 304:
                        self.wfile.write(page.data)
                except OSError:
                    pass  # the other side had enough

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def paths(self) -> list[str]:
        """The paths asked for, in order, robots.txt left out."""
        return [path for path, _ in self.asked if path != "/robots.txt"]

    def add_articles(self, numbers: range) -> list[str]:
        """Serve the pages of those articles; the addresses."""
        for n in numbers:
            self.pages[f"/news/{n}.html"] = Page(article(n))
        return [f"{self.url}/news/{n}.html" for n in numbers]

    def rss(self, numbers: range, path: str = "/rss.xml", **more: object) -> str:
        """Serve a feed of those articles; its address."""
        items = "".join(rss_item(n, f"{self.url}/news/{n}.html") for n in numbers)
        self.pages[path] = Page(rss(items), headers={"Content-Type": "application/rss+xml"}, **more)  # type: ignore[arg-type]
        return self.url + path


@contextmanager
def newsroom() -> Iterator[Newsroom]:
    room = Newsroom()
    try:
        yield room
    finally:
        room.close()


def place(n: int) -> str:
    return f"{PLACES[n % len(PLACES)]} {n}"


def title(n: int) -> str:
    return f"Russian troops shell the village of {place(n)}"


def article(n: int) -> str:
    body = "".join(
        f"<p>{words}</p>"
        for words in (
            f"Russian troops shelled the village of {place(n)} on Monday, killing {n + 2} people, officials said.",
            f"Ukraine's president condemned the attack on {place(n)} and asked the United Nations for observers.",
            "Moscow denied the report. Residents told reporters that the power station was hit twice in the night.",
        )
    )
    return (
        f"<!DOCTYPE html><html><head><title>{title(n)}</title></head><body><header><nav>Home World Sport</nav></header>"
        f"<article><h1>{title(n)}</h1>{body}</article><footer>All rights reserved</footer></body></html>"
    )


def rss_item(n: int, link: str | None, summary: str = "", date: str | None = None, more: str = "") -> str:
    day = date if date is not None else format_datetime(datetime(2026, 3, 2, 10, n % 60, tzinfo=UTC))
    return (
        f"<item><title>{title(n)}</title>"
        + (f"<link>{link}</link>" if link else "")
        + (f"<pubDate>{day}</pubDate>" if day else "")
        + f"<guid isPermaLink='false'>guid-{n}</guid>"
        + f"<description>{summary or 'Troops shelled ' + place(n) + ', officials said.'}</description>{more}</item>"
    )


def rss(items: str, more: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Herald</title>'
        f"<link>http://herald.example/</link><description>News</description>{more}{items}</channel></rss>"
    )


def bomb(size: int) -> bytes:
    """So many bytes of blanks, packed small."""
    return gzip.compress(b" " * size)


class FakeClock:
    """A clock that stands still until somebody sleeps."""

    def __init__(self, time: float = 1_800_000_000.0) -> None:
        self.time = time
        self.slept: list[float] = []
        self.at_sleep: Callable[[], None] = lambda: None

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.time += seconds
        self.at_sleep()
