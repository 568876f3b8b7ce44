"""Reads the web pages of WARC files, packed or not, as of Common Crawl News, one record at a time.

Written for the purpose because the libraries for WARC take a file that is cut off for one that ends.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from dotterel.errors import InputError
from dotterel.reading.dates import find_written_date
from dotterel.reading.html import decode_html, report_from_html
from dotterel.reading.layout import without_codes
from dotterel.reading.members import Members
from dotterel.reading.rows import LONGEST_ROW, failure_of
from dotterel.reading.text import with_default_date
from dotterel.types import Failure, Report

_LONGEST_LINE = 1 << 16  # bytes of one line of a head
_MOST_LINES = 1000  # of one head
_LONGEST_HEAD = 1 << 20  # bytes
_PAGES = {"text/html", "application/xhtml+xml"}
_ANY_ZLIB = 47  # zlib tells gzip and deflate apart by itself
_CUT = "is cut off"
_AGAIN = "fetch the file again"

# What `passed` counts.
NO_PAGE = "records of WARC files that hold no web page"
DATED_BY_CRAWL = "pages that give no day, so that the day they were fetched stands for it"

Head = dict[str, str]  # lower-case name -> value


class _Body:
    """What follows the head of a record."""

    def __init__(self, source: Members, length: int) -> None:
        self._source = source
        self.left = length

    def read(self, size: int) -> bytes:
        """That many bytes, or as many as there are. Raises _BrokenError where the file ends before the body does."""
        wanted = min(size, self.left)
        data = self._source.read(wanted)
        if len(data) < wanted:
            raise _BrokenError(self._source.fault or _CUT)
        self.left -= wanted
        return data

    def line(self) -> bytes:
        """One line of a head. Raises _BrokenError where the file ends within it."""
        line = self._source.line(min(_LONGEST_LINE, self.left))
        self.left -= len(line)
        if self.left and not line.endswith(b"\n") and len(line) < _LONGEST_LINE:
            raise _BrokenError(self._source.fault or _CUT)
        return line

    def skip(self) -> None:
        """Pass over the rest. Raises _BrokenError where the file ends before it does."""
        if self._source.skip(self.left) < self.left:
            raise _BrokenError(self._source.fault or _CUT)
        self.left = 0


@dataclass(frozen=True, slots=True)
class _Record:
    """The head of a record, and its body, which must be read before the next record is."""

    number: int  # in the file, from 1
    place: int | None  # byte at which it begins, where reading can begin there
    head: Head
    body: _Body


class _BrokenError(Exception):
    """The rest of the file cannot be read; the message says why."""


def read_warc(
    stream: BinaryIO, path: str, passed: Counter[str] | None = None, first: int = 1
) -> Iterator[Report | Failure]:
    """The web pages in a WARC file that were fetched well, each a report named by the number of its record.

    Other records are passed over, and counted in `passed`. A page too large or without an article is a Failure; so is
    the place where a file is cut off or damaged, after all that could be read before. `first` is the number of the
    first record, where the stream begins in the midst of a file.
    """
    counts: Counter[str] = Counter() if passed is None else passed
    at = first
    try:
        for record in _records(Members(stream), first):
            at = record.number
            found = _page(record, f"{path}:{record.number}")
            if found is None:
                counts[NO_PAGE] += 1
            else:
                report, by_crawl = found
                counts[DATED_BY_CRAWL] += by_crawl
                yield report
    except _BrokenError as error:
        yield Failure(
            path, f"{error} in record {at:,} or after it; the pages before it are read, the rest is not; {_AGAIN}"
        )


def warc_places(stream: BinaryIO, first: int = 1) -> Iterator[tuple[int | None, int]]:
    """The byte at which each record begins, None where reading cannot begin there, and its number.

    At the end None, and the number after the last, also where the file is broken.
    """
    number = first
    try:
        for record in _records(Members(stream), first):
            yield record.place, record.number
            number = record.number + 1
    except _BrokenError:
        pass
    yield None, number


def _records(source: Members, number: int) -> Iterator[_Record]:
    """The records, in order. Raises _BrokenError where the file ends in the midst of one, or is no WARC."""
    blank = 0  # lines since the last record
    while True:
        place = source.place()
        line = source.line(_LONGEST_LINE)
        if not line:
            break
        if not line.strip():
            blank += 1
            if blank > _MOST_LINES:
                raise _BrokenError(f"is no WARC file, or is damaged (more than {_MOST_LINES:,} blank lines)")
            continue
        blank = 0
        if not line.startswith(b"WARC/"):
            raise _BrokenError("is no WARC file, or is damaged")
        try:
            head = _head(_Body(source, 2 * _LONGEST_HEAD))
        except InputError as error:
            raise _BrokenError(f"is damaged (the head of a record {error})") from error
        length = head.get("content-length", "")
        if not (length.isascii() and length.isdigit() and len(length) < 16):
            raise _BrokenError("is damaged (a record does not say how long it is)")
        record = _Record(number, place, head, _Body(source, int(length)))
        yield record
        record.body.skip()
        if source.read(4).count(b"\n") < 2 and source.place() is not None and not source.packed:
            raise _BrokenError(_CUT)
        number += 1
    if source.fault:
        raise _BrokenError(source.fault)


def _head(body: _Body) -> Head:
    """The fields of a head, up to the blank line that ends it; the first of those of one name.

    Raises InputError where it has no end, _BrokenError where the file ends within it.
    """
    found: Head = {}
    least = body.left - _LONGEST_HEAD
    for _ in range(_MOST_LINES):
        line = body.line().decode("utf-8", "replace")
        if not line.strip():
            return found
        if body.left < least:
            break
        name, _, value = line.partition(":")
        found.setdefault(name.strip().lower(), without_codes(value).strip())
    raise InputError(f"has more than {_MOST_LINES:,} lines, or {_LONGEST_HEAD:,} bytes")


def _page(record: _Record, where: str) -> tuple[Report | Failure, bool] | None:
    """The report of a page that was fetched well, and whether its day is that of the crawl; None for other records."""
    if record.head.get("warc-type", "").lower() != "response" or "application/http" not in record.head.get(
        "content-type", ""
    ):
        return None
    status = record.body.line().split(None, 2)
    try:
        head = _head(record.body)
    except InputError as error:
        return Failure(where, f"what the server told of the page {error}; it is left out", record.number), False
    if len(status) < 2 or status[1] != b"200" or head.get("content-type", "").split(";")[0].lower() not in _PAGES:
        return None
    if record.body.left > LONGEST_ROW:
        reason = f"the page is {record.body.left:,} bytes long, more than {LONGEST_ROW:,}; it is left out"
        return Failure(where, reason, record.number), False
    return _report(record, head, record.body.read(record.body.left), where)


def _report(record: _Record, head: Head, data: bytes, where: str) -> tuple[Report | Failure, bool]:
    url = record.head.get("warc-target-uri", "").strip("<>") or None
    try:
        html = decode_html(_unpacked(data, head, where), where)
        report = report_from_html(html, path=where, url=url)
    except InputError as error:
        return failure_of(error, where, record.number), False
    fetched = find_written_date(record.head.get("warc-date", "")[:40])
    dated = with_default_date(report, fetched[0] if fetched else None)
    return dated, dated is not report


def _unpacked(data: bytes, head: Head, where: str) -> bytes:
    """The page itself, where it was kept as it came over the wire. Raises InputError where it cannot be unpacked."""
    if head.get("transfer-encoding", "").lower() == "chunked":
        data = _joined(data)
    coding = head.get("content-encoding", "identity").lower()
    if coding in {"gzip", "x-gzip", "deflate"}:
        return _inflated(data, coding, where)
    if coding not in {"identity", "", "none", "utf-8"}:
        raise InputError(
            f"{where}: the page is packed as {coding[:20]!r}, which cannot be unpacked; it is left out", where
        )
    return data


def _joined(data: bytes) -> bytes:
    """The pieces of a page sent in pieces; the data as they are where they are no such pieces."""
    parts: list[bytes] = []
    at = 0
    while (end := data.find(b"\n", at, at + 100)) >= 0:
        try:
            size = int(data[at:end].split(b";")[0], 16)
        except ValueError:
            break
        if size <= 0:
            return b"".join(parts)
        parts.append(data[end + 1 : end + 1 + size])
        at = end + 1 + size + 2
    return b"".join(parts) if parts else data


def _inflated(data: bytes, coding: str, where: str) -> bytes:
    """The unpacked data; as they are where they only claim to be packed, as crawlers unpack and leave the claim."""
    if coding != "deflate" and not data.startswith(b"\x1f\x8b"):
        return data
    try:
        page = zlib.decompressobj(_ANY_ZLIB).decompress(data, LONGEST_ROW + 1)
    except zlib.error:
        return data
    if len(page) > LONGEST_ROW:
        raise InputError(f"{where}: the page unpacks to more than {LONGEST_ROW:,} bytes; it is left out", where)
    return page
