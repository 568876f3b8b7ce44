"""Writes WARC files as crawlers do, for tests."""

from __future__ import annotations

import gzip

PARAGRAPH = (
    "The foreign minister of Norland met the president of Sudland on Tuesday and they signed a treaty on fishing. "
)


def page(words: str, day: str | None = "2021-03-04", length: int = 4) -> bytes:
    meta = f'<meta property="article:published_time" content="{day}">' if day else ""
    body = "".join(f"<p>{words} {PARAGRAPH}</p>" for _ in range(length))
    head = f"<head><title>{words}</title>{meta}</head>"
    return f"<html>{head}<body><article><h1>{words}</h1>{body}</article></body></html>".encode()


def record(
    body: bytes,
    kind: str = "response",
    url: str = "https://news.example/a",
    status: str = "200 OK",
    content: str = "text/html; charset=utf-8",
    more: str = "",
) -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {content}\r\n{more}\r\n".encode() + body if kind != "warcinfo" else body
    of = "application/warc-fields" if kind == "warcinfo" else f"application/http; msgtype={kind}"
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Date: 2021-03-05T06:07:08Z\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: {of}\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def warc(records: list[bytes], packed: bool = True) -> bytes:
    return b"".join(gzip.compress(one) if packed else one for one in records)
