"""Reads reports from whatever is named: files, folders, patterns, standard input; each bad input is a Failure."""

from __future__ import annotations

import glob
import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import BinaryIO, cast

from dotterel.errors import InputError
from dotterel.reading.decoding import decode
from dotterel.reading.html import decode_html, report_from_html
from dotterel.reading.rows import Columns, failure_of
from dotterel.reading.tables import LONGEST_ROW, parquet_rows, read_csv, read_json, read_json_lines, read_parquet
from dotterel.reading.text import report_from_text, with_default_date
from dotterel.settings import MAX_REPORT_CHARS
from dotterel.types import Failure, Report

__all__ = ["SUFFIXES", "Columns", "count", "read"]

Item = Report | Failure

STDIN = "-"
USUAL_COLUMNS = Columns()
SUFFIXES = (".txt", ".html", ".htm", ".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet")
_HEAD = 65_536  # bytes looked at to tell what standard input, or a file of unknown suffix, holds
_COUNTED = 256 * 1024 * 1024  # bytes; the lines of a longer file are not counted
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|\?xml[^>]{0,200}>\s*<(?:!doctype\s+)?html)\b", re.IGNORECASE)
_MARKUP = re.compile(rb"<[!?a-z]", re.IGNORECASE)
_OBJECT_LINE = re.compile(rb'\{\s*"[^"\n]{0,200}"\s*:[^\n]*(?:\}\s*(?:\n|$)|$)')
_JSON = re.compile(rb'(?:\[\s*)?\{\s*(?:"[^"\n]{0,200}"\s*:|\}|$)')


def read(
    paths: Iterable[str | os.PathLike[str]], *, columns: Columns = USUAL_COLUMNS, published: date | None = None
) -> Iterator[Report | Failure]:
    """The reports in files, folders (all below them), glob patterns, and `-` for standard input, in that order.

    `columns` names the columns of tables; `published` is the day of reports that give none. What cannot be read is a
    Failure that says why and what to do, and the reading goes on.
    """
    for given in [paths] if isinstance(paths, str) else paths:
        for found in _expanded(os.fspath(given)):
            for item in [found] if isinstance(found, Failure) else _guarded(found, columns):
                yield with_default_date(item, published) if isinstance(item, Report) else item


def count(paths: Iterable[str | os.PathLike[str]]) -> int | None:
    """About how many reports `read` will find: files, rows of Parquet, lines of JSON; None where it cannot tell."""
    total = 0
    for given in [paths] if isinstance(paths, str) else paths:
        for found in _expanded(os.fspath(given)):
            number = 0 if isinstance(found, Failure) else _count_file(found)
            if number is None:
                return None
            total += number
    return total


def _shown(path: str) -> str:
    """The path as it can be printed: bytes of a file name that are no UTF-8 are replaced."""
    return os.fsencode(path).decode("utf-8", "replace")


def _expanded(given: str) -> Iterator[str | Failure]:
    """The files a path, folder or pattern names."""
    if given == STDIN or (given and os.path.exists(given) and not os.path.isdir(given)):
        yield given
    elif given and os.path.isdir(given):
        yield from _files_below(given)
    elif re.match(r"[a-zA-Z]{3,6}://", given):
        yield Failure(given, "is an address, not a file; save the page first, and name the file")
    elif glob.has_magic(given):
        yield from _matches(given)
    else:
        reason = "there is a broken link of that name" if os.path.islink(given) else "there is no such file or folder"
        yield Failure(_shown(given) or "''", f"{reason}; check the path")


def _files_below(folder: str) -> Iterator[str | Failure]:
    """The files of known suffix in a folder and all below it, sorted, hidden ones left out."""
    unreadable: list[Failure] = []

    def note(error: OSError) -> None:
        name = _shown(str(error.filename))
        unreadable.append(Failure(name, f"the folder cannot be read ({error.strerror}); check its permissions"))

    empty = True
    for place, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.lower().endswith(SUFFIXES) and not name.startswith("."):
                empty = False
                yield os.path.join(place, name)
    yield from unreadable
    if empty and not unreadable:
        yield Failure(_shown(folder), f"the folder holds no reports; files must end in {', '.join(SUFFIXES)}")


def _matches(pattern: str) -> Iterator[str | Failure]:
    """The files a glob pattern matches, sorted; of a folder it matches, the files below."""
    recursive = "**" in pattern
    found = sorted(glob.glob(pattern, recursive=recursive))
    files = [path for path in found if not os.path.isdir(path)]
    if not found or (recursive and not files):
        yield Failure(_shown(pattern), "no file matches the pattern; check it, or name a folder")
    for path in files if recursive else found:
        if os.path.isdir(path):
            yield from _files_below(path)
        else:
            yield path


def _guarded(path: str, columns: Columns) -> Iterator[Item]:
    """The reports of one file; where it cannot be read, or holds none, a Failure."""
    name = "standard input" if path == STDIN else _shown(path)
    empty = True
    try:
        for item in _read_file(path, name, columns):
            empty = False
            yield item
        if empty:
            yield Failure(name, "holds no reports; leave it out")
    except InputError as error:
        yield failure_of(error, name)
    except RecursionError:
        yield Failure(name, "is nested too deeply to be read; give its text as .txt")
    except OSError as error:
        yield Failure(name, f"cannot be read ({error.strerror or error}); check that it is there and its permissions")


def _read_file(path: str, name: str, columns: Columns) -> Iterator[Item]:
    """The reports of one file, by its suffix."""
    if path == STDIN:
        yield from _by_looks(_standard_input(), name, columns)
    elif path.lower().endswith(".parquet"):
        yield from read_parquet(path, columns, name)
    else:
        reader = _READERS.get(os.path.splitext(path)[1].lower(), _by_looks)
        with open(path, "rb") as stream:
            yield from reader(stream, name, columns)


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
    reader = read_json_lines if _OBJECT_LINE.match(_head(stream)) else read_json
    yield from reader(stream, name, columns)


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
    suffix = os.path.splitext(path)[1].lower()
    if path == STDIN or suffix in {".csv", ".tsv", ".json"}:
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
    last = b"\n"
    lines = 0
    with open(path, "rb") as stream:
        while chunk := stream.read(1 << 20):
            lines += chunk.count(b"\n")
            last = chunk[-1:]
    return lines + (last != b"\n")
