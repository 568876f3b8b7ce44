"""Reads reports from whatever is named: files, folders, patterns, addresses, standard input; a bad one is a Failure."""

from __future__ import annotations

import io
import os
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date
from typing import BinaryIO, cast

from dotterel.errors import InputError, MissingExtraError
from dotterel.reading.decoding import check_unpacked, decode
from dotterel.reading.finding import STDIN, files_of, shown_name, suffix_of
from dotterel.reading.html import decode_html, report_from_html
from dotterel.reading.packed import unpacked
from dotterel.reading.parquet import parquet_rows, read_parquet
from dotterel.reading.rows import LONGEST_ROW, Columns, failure_of
from dotterel.reading.tables import read_csv, read_json, read_json_lines
from dotterel.reading.text import report_from_text, with_default_date
from dotterel.reading.warc import read_warc
from dotterel.remote import is_address, opened
from dotterel.settings import MAX_REPORT_CHARS
from dotterel.types import Failure, Report

__all__ = ["Columns", "count", "read"]

Item = Report | Failure

USUAL_COLUMNS = Columns()
_HEAD = 65_536  # bytes looked at to tell what standard input, or a file of unknown suffix, holds
_COUNTED = 256 * 1024 * 1024  # bytes; the lines of a longer file are not counted
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|\?xml[^>]{0,200}>\s*<(?:!doctype\s+)?html)\b", re.IGNORECASE)
_MARKUP = re.compile(rb"<[!?a-z]", re.IGNORECASE)
_OBJECT_LINE = re.compile(rb'\{[ \t]*"[^"\n]{0,200}"[ \t]*:[^\n]*(?:\}\s*(?:\n|$)|$)')
_JSON = re.compile(rb'(?:\[\s*)?\{\s*(?:"[^"\n]{0,200}"\s*:|\}|$)')


def read(
    paths: Iterable[str | os.PathLike[str]],
    *,
    columns: Columns = USUAL_COLUMNS,
    published: date | None = None,
    passed: Counter[str] | None = None,
) -> Iterator[Report | Failure]:
    """The reports in files, folders (all below them), glob patterns, addresses, and `-` for standard input, in order.

    `columns` names the columns of tables; `published` is the day of reports that give none; `passed` counts what is
    no failure and yet worth telling, such as the records of a WARC file that are no pages. What cannot be read is a
    Failure that says why and what to do, and the reading goes on. Nothing is fetched but the addresses given.
    """
    counts: Counter[str] = Counter() if passed is None else passed
    for given in [paths] if isinstance(paths, str) else paths:
        for path in files_of(os.fspath(given)):
            for item in [path] if isinstance(path, Failure) else _read_file(path, columns, counts):
                yield with_default_date(item, published) if isinstance(item, Report) else item


def count(paths: Iterable[str | os.PathLike[str]]) -> int | None:
    """About how many reports `read` will find: files, rows of Parquet, lines of JSON; None where it cannot tell."""
    total = 0
    for given in [paths] if isinstance(paths, str) else paths:
        for path in files_of(os.fspath(given)):
            number = 0 if isinstance(path, Failure) else _count_file(path)
            if number is None:
                return None
            total += number
    return total


def guarded(name: str, items: Iterable[Item], whole: bool = True) -> Iterator[Item]:
    """What a file of that name holds; where it cannot be read, or holds nothing though it is whole, a Failure."""
    empty = whole
    try:
        for item in items:
            empty = False
            yield item
        if empty:
            yield Failure(name, "holds no reports; leave it out")
    except InputError as error:
        yield failure_of(error, name)
    except MissingExtraError as error:
        yield Failure(name, str(error).removeprefix(f"{name}: "))
    except RecursionError:
        yield Failure(name, "is nested too deeply to be read; give its text as .txt")
    except OSError as error:
        yield Failure(name, f"cannot be read ({error.strerror or error}); check that it is there and its permissions")


def _read_file(path: str, columns: Columns, passed: Counter[str]) -> Iterator[Item]:
    """The reports of one file; where it cannot be read, or holds none, a Failure."""
    name = shown_name(path)
    yield from guarded(name, _items(path, name, columns, passed))


def _items(path: str, name: str, columns: Columns, passed: Counter[str]) -> Iterator[Item]:
    if path == STDIN:
        yield from read_stream(_standard_input(), path, name, columns, passed)
        return
    with opened(path) as stream:
        yield from read_stream(stream, path, name, columns, passed)


def read_stream(
    stream: BinaryIO, path: str, name: str, columns: Columns, passed: Counter[str]
) -> Iterator[Report | Failure]:
    """The reports of an opened file, by the suffix of its path; raises InputError or OSError where it is none."""
    kind = suffix_of(path)
    if kind == ".parquet":
        check_unpacked(_head(stream), name)
        yield from read_parquet(stream, columns, name)
    elif kind == ".warc":
        yield from read_warc(stream, name, passed)
    else:
        stream = unpacked(stream, name)
        check_unpacked(_head(stream), name)
        yield from _READERS.get(kind, _by_looks)(stream, name, columns)


def _standard_input() -> io.BufferedReader:
    """Standard input as bytes that can be looked at before they are read."""
    stream = getattr(sys.stdin, "buffer", None)
    if stream is None:
        stream = io.BytesIO(sys.stdin.read().encode("utf-8", "replace"))
    return stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(cast(io.RawIOBase, stream))


def _head(stream: BinaryIO) -> bytes:
    """The first bytes of a stream, which stay to be read."""
    return cast(io.BufferedReader, stream).peek(_HEAD)[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()


def _bytes(stream: BinaryIO, limit: int, name: str) -> bytes:
    """All of a stream. Raises InputError where it is empty or longer than the limit in bytes."""
    data = stream.read(limit + 1)
    if len(data) <= limit:
        stream.read(1)  # a packed file that breaks off raises only now
    if not data:
        raise InputError(f"{name}: is empty; leave it out", name)
    if len(data) > limit:
        raise InputError(
            f"{name}: is longer than {limit:,} bytes, more than the {MAX_REPORT_CHARS:,} characters a report may have; "
            "split it into single reports, or into the rows of a .jsonl file",
            name,
        )
    return data


def _page(stream: BinaryIO, name: str, columns: Columns) -> Iterator[Item]:
    html = decode_html(_bytes(stream, LONGEST_ROW, name), name)
    yield report_from_html(html, path=name)


def _text(stream: BinaryIO, name: str, columns: Columns) -> Iterator[Item]:
    if _HTML.match(_head(stream)):
        yield from _page(stream, name, columns)
    else:
        yield report_from_text(decode(_bytes(stream, 4 * MAX_REPORT_CHARS, name), name), path=name)


def _json(stream: BinaryIO, name: str, columns: Columns) -> Iterator[Item]:
    """JSON lines where the first line is a whole object, else JSON of any layout."""
    reader = read_json_lines if holds_lines(stream) else read_json
    yield from reader(stream, name, columns)


def holds_lines(stream: BinaryIO) -> bool:
    """Whether JSON that is about to be read has an object a line."""
    return _OBJECT_LINE.match(_head(stream)) is not None


def _json_lines(stream: BinaryIO, name: str, columns: Columns) -> Iterator[Item]:
    """JSON lines, or, where the first line is only an opening bracket, JSON laid out over several."""
    reader = read_json if re.match(rb"\[|\{\s*\n", _head(stream)) else read_json_lines
    yield from reader(stream, name, columns)


def _tab_separated(stream: BinaryIO, name: str, columns: Columns) -> Iterator[Item]:
    yield from read_csv(stream, name, columns, "\t")


def _by_looks(stream: BinaryIO, name: str, columns: Columns) -> Iterator[Item]:
    """Standard input, or a file whose suffix says nothing: JSON, HTML or text, by how it begins."""
    head = _head(stream)
    reader = _json if _JSON.match(head) else _page if _MARKUP.match(head) else _text
    yield from reader(stream, name, columns)


_READERS: dict[str, Callable[[BinaryIO, str, Columns], Iterator[Item]]] = {
    ".txt": _text,
    ".html": _page,
    ".htm": _page,
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".json": _json,
    ".csv": read_csv,
    ".tsv": _tab_separated,
}


def _count_file(path: str) -> int | None:
    """About how many reports a file holds, without reading it as reports."""
    suffix = suffix_of(path)
    if path == STDIN or is_address(path) or suffix in {".csv", ".tsv", ".json", ".warc"}:
        return None
    try:
        if suffix == ".parquet":
            return parquet_rows(path)
        if suffix in {".jsonl", ".ndjson"}:
            return _count_lines(path)
    except (InputError, OSError):
        return 0
    return 1


def _count_lines(path: str) -> int | None:
    """How many lines a file has; None where it is too long to look."""
    if os.path.getsize(path) > _COUNTED:
        return None
    lines, left, last = 0, _COUNTED, b"\n"
    with opened(path) as file, suppress(InputError):  # a packed file that breaks off has the lines before
        stream = unpacked(file, path)
        while left >= 0 and (chunk := stream.read(1 << 20)):
            lines += chunk.count(b"\n")
            left -= len(chunk)
            last = chunk[-1:]
    return lines + (last != b"\n") if left >= 0 else None
