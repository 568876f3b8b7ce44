"""Cuts a file into stretches that are read by themselves, each as if the whole file had been read to it."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any, BinaryIO, cast

from dotterel.errors import InputError
from dotterel.reading.decoding import check_unpacked, is_utf16
from dotterel.reading.finding import suffix_of
from dotterel.reading.packed import unpacked
from dotterel.reading.parquet import parquet_rows, read_parquet
from dotterel.reading.rows import Columns
from dotterel.reading.sources import guarded, holds_lines, read_stream
from dotterel.reading.tables import (
    RowLines,
    json_values,
    read_csv,
    read_json,
    read_json_lines,
)
from dotterel.reading.text import with_default_date
from dotterel.reading.warc import read_warc, warc_places
from dotterel.remote import opened
from dotterel.types import Failure, Report

_LINES, _ROWS = {".jsonl", ".ndjson"}, {".parquet", ".json"}
_DELIMITED = {".csv": None, ".tsv": "\t"}
CUT = frozenset({*_LINES, *_ROWS, *_DELIMITED, ".warc"})  # the suffixes of files that can be cut
LARGE = 64 * 1024 * 1024  # bytes; a stretch of fewer reports ends there too

Place = tuple[int, int]  # a byte, unpacked but in WARC, or row, and the number of the line or record that begins there


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of a file: whole where `number` is None, else from `start` to `end`."""

    path: str  # where it is opened
    name: str  # what reports and failures call it
    number: int | None = None  # of its first line or record, from 1
    start: int = 0  # in bytes; in rows for Parquet and JSON
    end: int | None = None  # None: the end of the file
    weight: int = 1  # how many lines, rows or records it has

    @property
    def is_whole(self) -> bool:
        """Whether it is all of its file."""
        return self.start == 0 and self.end is None


def cut(whole: Stretch, most: int) -> list[Stretch]:
    """A file, or a stretch of one, as stretches of at most so many lines, rows or records, in order.

    One stretch where it cannot be cut, as a text, a page, or a WARC file packed as a whole. What is wrong with a file
    is told when its last stretch is read. Raises OSError where the file cannot be read.
    """
    suffix = _kind(whole.path)
    if suffix not in CUT or (whole.number is not None and whole.weight <= 1):
        return [whole]
    try:
        places, after = _rows_of(whole, most) if suffix in _ROWS else _places(whole, suffix, most)
    except (InputError, RecursionError):
        return [whole]
    if not places:
        return [whole]
    # What stands before the first place, such as the columns of a CSV file, belongs to the first stretch.
    start = [(whole.start, places[0][1]), *places[1:]]
    ends = [place for place, _ in places[1:]] + [whole.end]
    numbers = [number for _, number in places] + [after]
    return [
        replace(whole, start=begin, end=end, number=first, weight=max(1, after_it - first))
        for (begin, first), end, (_, after_it) in zip(start, ends, pairwise(numbers), strict=True)
    ]


def halves(stretch: Stretch) -> list[Stretch]:
    """The stretch in two, or as it is where it cannot be cut. Raises OSError where the file cannot be read."""
    return cut(stretch, (stretch.weight + 1) // 2) if stretch.weight > 1 else [stretch]


def read_stretch(
    stretch: Stretch, columns: Columns, published: date | None, passed: Counter[str]
) -> Iterator[Report | Failure]:
    """The reports of a stretch, as `read` gives them when it comes to it."""
    whole = stretch.is_whole
    for item in guarded(stretch.name, _items(stretch, columns, passed), whole):
        yield with_default_date(item, published) if isinstance(item, Report) else item


def _items(stretch: Stretch, columns: Columns, passed: Counter[str]) -> Iterator[Report | Failure]:
    suffix, name, first = _kind(stretch.path), stretch.name, stretch.number
    with opened(stretch.path) as file:
        if first is None:
            yield from read_stream(file, stretch.path, name, columns, passed)
        elif suffix == ".parquet":
            yield from read_parquet(file, columns, name, stretch.start, stretch.end)
        elif suffix == ".warc":
            yield from read_warc(_part(file, stretch, b""), name, passed, first)
        elif suffix == ".json":
            yield from read_json(unpacked(file, name), name, columns, stretch.start, stretch.end)
        else:
            whole = unpacked(file, name)
            head = whole.readline(LARGE) if suffix in _DELIMITED else b""
            part = _part(whole, stretch, head)
            if suffix in _DELIMITED:
                yield from read_csv(part, name, columns, _DELIMITED[suffix], first)
            else:
                yield from read_json_lines(part, name, columns, first)


def _kind(path: str) -> str:
    """The suffix that says how a file is cut: for a .json file with an object a line, that of JSON lines."""
    suffix = suffix_of(path)
    if suffix != ".json":
        return suffix
    with opened(path) as file:
        return ".jsonl" if holds_lines(unpacked(file, path)) else suffix


def _rows_of(whole: Stretch, most: int) -> tuple[list[Place], int]:
    """The rows at which stretches begin, and the number after the last."""
    with opened(whole.path) as file:
        if whole.end is not None:
            rows = whole.end
        elif suffix_of(whole.path) == ".parquet":
            rows = parquet_rows(file)
        else:
            rows = sum(1 for _ in json_values(unpacked(file, whole.name), whole.name))
    return [(row, row + 1) for row in range(whole.start, rows, most)], rows + 1


def _places(whole: Stretch, suffix: str, most: int) -> tuple[list[Place], int]:
    """The bytes at which stretches begin, each with the number of its line or record, and the number after the last."""
    with opened(whole.path) as stream:
        file = stream if suffix == ".warc" else unpacked(stream, whole.name)
        head = file.readline(LARGE) if suffix in _DELIMITED else b""
        begin = max(whole.start, len(head))
        file.seek(begin)
        opening = head or cast(io.BufferedReader, file).peek(16)[:16]
        if suffix != ".warc" and is_utf16(opening):
            return [], 0
        if suffix != ".warc" and whole.start == 0:
            check_unpacked(opening, whole.name)
        if suffix in _LINES and begin == 0 and _is_laid_out(file):
            return [], 0
        part = _part(file, replace(whole, start=begin), b"")
        if suffix == ".warc":
            starts = warc_places(part, whole.number or 1)
        elif suffix in _DELIMITED:
            starts = _row_starts(part, whole, _DELIMITED[suffix] or _mark(head))
        else:
            starts = _line_starts(part, whole.number or 1)
        return _chosen(starts, begin, most)


def _chosen(starts: Iterator[tuple[int | None, int]], begin: int, most: int) -> tuple[list[Place], int]:
    """Of all starts those that stand at least `most` apart, or far from the one before; and the number after all."""
    places: list[Place] = []
    number = 0
    for place, number in starts:
        if place is not None:
            at = begin + place
            if not places or number - places[-1][1] >= most or at - places[-1][0] >= LARGE:
                places.append((at, number))
    return places, number


def _line_starts(part: BinaryIO, number: int) -> Iterator[tuple[int | None, int]]:
    """Where each line begins; at the end None, and the number after the last."""
    place, begins = 0, True
    try:
        while line := part.readline(LARGE):
            if begins:
                yield place, number
                number += 1
            place += len(line)
            begins = line.endswith(b"\n")
    except InputError:
        pass  # a packed file that breaks off is told when the last stretch is read
    yield None, number


def _row_starts(part: BinaryIO, whole: Stretch, mark: str) -> Iterator[tuple[int | None, int]]:
    """Where each row of a CSV file begins; a row may have several lines."""
    counting = _Counting(part)
    first = whole.number or 2
    lines = RowLines(cast(BinaryIO, counting), whole.name)
    reader = csv.reader(lines, delimiter=mark)
    place, line = 0, 0
    try:
        for _ in reader:
            lines.row_ended()
            yield place, first + line
            place, line = counting.place, reader.line_num
    except (csv.Error, InputError):
        pass  # told when the last stretch is read
    yield None, first + max(line, 1)


def _mark(head: bytes) -> str:
    text = head.decode("utf-8", "replace")
    return max(",;\t|", key=text.count)


def _is_laid_out(file: BinaryIO) -> bool:
    """Whether a file of JSON lines is rather JSON of another layout, which only reading it whole can tell."""
    head = cast(io.BufferedReader, file).peek(4096).removeprefix(b"\xef\xbb\xbf").lstrip()
    return re.match(rb"\[|\{\s*\n", head) is not None


class _Counting:
    """The lines of a stream, and how many bytes of it they were."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.place = 0

    def readline(self, limit: int) -> bytes:
        line = self._stream.readline(limit)
        self.place += len(line)
        return line


def _part(file: BinaryIO, stretch: Stretch, head: bytes) -> BinaryIO:
    """The bytes of a stretch, behind the line that names the columns where there is one."""
    begin = max(stretch.start, len(head))
    file.seek(begin)
    left = None if stretch.end is None else stretch.end - begin
    return cast(BinaryIO, io.BufferedReader(_Part(file, left, head), 1 << 16))


class _Part(io.RawIOBase):
    """A stream up to so many bytes, behind a first line."""

    def __init__(self, file: BinaryIO, left: int | None, head: bytes) -> None:
        self._file = file
        self._left = left
        self._head = head

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        size = len(buffer)
        if self._head:
            data, self._head = self._head[:size], self._head[size:]
        else:
            data = self._file.read(size if self._left is None else min(size, self._left))
            self._left = None if self._left is None else self._left - len(data)
        buffer[: len(data)] = data
        return len(data)
