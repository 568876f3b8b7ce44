"""Reads reports from the rows of JSON lines, JSON and CSV files, one row at a time."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import BinaryIO, cast

from dotterel.errors import InputError
from dotterel.reading.decoding import FromUtf16, decode, is_utf16
from dotterel.reading.rows import LONGEST_ROW, Columns, Row, failure_of, no_text_column, reports_of
from dotterel.types import Failure, Report

_LINE_SEPARATOR = "\u2028"  # stands for a carriage return inside a cell, which the csv module refuses
_BETWEEN = re.compile(r"[ \t\r\n,\[\]\ufeff\x00]*")  # what stands between the objects of a JSON file
_CHUNK = 1 << 16  # bytes


def read_json_lines(stream: BinaryIO, path: str, columns: Columns, first: int = 1) -> Iterator[Report | Failure]:
    """The reports in a file of one JSON object a line. A malformed line is a Failure, and the next are read.

    `first` is the number of the first line, where the stream begins in the midst of a file.
    """
    yield from reports_of(_json_rows(_byte_lines(_as_utf8(stream), first), path), path, columns, first == 1)


def read_json(
    stream: BinaryIO, path: str, columns: Columns, start: int = 0, end: int | None = None
) -> Iterator[Report | Failure]:
    """The reports in a JSON file: one object, a list of them, or several one after the other; read piece by piece.

    `start` and `end` choose among them, counted from 0.
    """
    yield from reports_of(islice(json_values(stream, path), start, end), path, columns, start == 0)


def read_csv(
    stream: BinaryIO, path: str, columns: Columns, delimiter: str | None = None, first: int = 2
) -> Iterator[Report | Failure]:
    """The reports in a CSV file whose first row names the columns; the delimiter is guessed from that row if not given.

    `first` is the line of the first row, where the stream goes on in the midst of a file after that of the columns.
    Raises InputError where the file lacks the text column; a row that cannot be read is a Failure.
    """
    yield from reports_of(_csv_rows(stream, path, columns, delimiter, first), path, columns)


def _byte_lines(stream: BinaryIO, first: int = 1) -> Iterator[tuple[int, bytes | None]]:
    """The lines of a file, numbered from `first`; None for one longer than a row may be, which is passed over."""
    number = first - 1
    while line := stream.readline(LONGEST_ROW):
        number += 1
        whole = line.endswith(b"\n") or len(line) < LONGEST_ROW
        rest = line
        while not rest.endswith(b"\n") and (rest := stream.readline(LONGEST_ROW)):
            pass
        yield number, line if whole else None


def _json_rows(lines: Iterable[tuple[int, bytes | None]], path: str) -> Iterator[Row | Failure]:
    """The objects of JSON lines, numbered by line."""
    for number, line in lines:
        where = f"{path}:{number}"
        if line is None:
            yield Failure(where, f"the line is longer than {LONGEST_ROW:,} bytes; split the report", number)
        elif line.strip(b" \t\r\n\xef\xbb\xbf\x00"):
            yield _json_object(line, where, number)


def _json_object(line: bytes, where: str, number: int) -> Row | Failure:
    try:
        value = json.loads(decode(line.replace(b"\x00", b""), where).strip())
    except InputError as error:
        return failure_of(error, where, number)
    except (ValueError, RecursionError) as error:
        return Failure(where, f"is malformed JSON ({_fault(error)}); write one object a line", number)
    return _row_of(value, where, number)


def _fault(error: Exception, begin: int = 0) -> str:
    """What is wrong with a piece of JSON. The line that the parser counts is one of the piece, not of the file."""
    return f"{error.msg}, character {error.pos - begin + 1}" if isinstance(error, json.JSONDecodeError) else str(error)


def _row_of(value: object, where: str, number: int) -> Row | Failure:
    if isinstance(value, dict):
        return number, value
    return Failure(where, f"is a JSON {type(value).__name__}, not an object; write one object a report", number)


def json_values(stream: BinaryIO, path: str) -> Iterator[Row | Failure]:
    """The objects of a JSON file, numbered by line, read no further ahead than the longest row."""
    decoder = json.JSONDecoder()
    pending, at, line, ended = "", 0, 1, False
    text = _Characters(stream, path)
    while True:
        begin = cast(re.Match[str], _BETWEEN.match(pending, at)).end()
        line += pending.count("\n", at, begin)
        at = begin
        if at < len(pending):
            try:
                value, end = decoder.raw_decode(pending, at)
            except (ValueError, RecursionError) as error:
                endless = len(pending) - at > LONGEST_ROW or isinstance(error, RecursionError)
                if endless or (ended and not text.fault):
                    reason = (
                        f"is malformed JSON ({_fault(error, at)}); the rest of the file was not read; mend the file"
                    )
                    yield Failure(f"{path}:{line}", reason, line)
                    return
            else:
                yield _row_of(value, f"{path}:{line}", line)
                line += pending.count("\n", at, end)
                at = end
                continue
        if ended and text.fault:
            raise text.fault
        if ended:
            return
        # Growing what is read with what is pending keeps a long object from being parsed again and again.
        added = "".join(islice(text, 1 + (len(pending) - at) // _CHUNK))
        ended, pending, at = not added, pending[at:] + added, 0


class _Characters:
    """The text of a UTF-8 or UTF-16 file, in pieces, NULs removed. Where it is neither it ends; `fault` says why."""

    def __init__(self, stream: BinaryIO, path: str) -> None:
        self._stream = stream
        self._path = path
        self._decoder: codecs.IncrementalDecoder | None = None
        self.fault: InputError | None = None

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        text, data = "", b"-"
        while data and not text:
            data = b"" if self.fault else self._read()
            text = self._decoded(data).replace("\x00", "")
        if not text:
            raise StopIteration
        return text

    def _read(self) -> bytes:
        """The next bytes; none where a packed file breaks off, so that what was read before stands."""
        try:
            return self._stream.read(_CHUNK)
        except InputError as error:
            self.fault = error
            return b""

    def _decoded(self, data: bytes) -> str:
        """The text of the next bytes, up to those that are none."""
        if self._decoder is None:
            self._decoder = codecs.getincrementaldecoder("utf-16" if is_utf16(data) else "utf-8-sig")()
        try:
            return self._decoder.decode(data, final=not data)
        except UnicodeDecodeError as error:
            reason = f"is not UTF-8 text ({error.reason}); save it as UTF-8"
            self.fault = self.fault or InputError(f"{self._path}: {reason}", self._path)
            return self._decoder.decode(data[: max(0, len(data) - len(error.object) + error.start)])


def _csv_rows(
    stream: BinaryIO, path: str, columns: Columns, delimiter: str | None, first: int
) -> Iterator[Row | Failure]:
    """The rows of a CSV file under its header, numbered by their first line, from `first` on."""
    lines = RowLines(stream, path)
    header_line = next(lines, "")
    if fault := lines.row_ended():
        raise fault
    lines.passed = first - 2
    mark = delimiter or max(",;\t|", key=header_line.count)
    header = [name.strip() for name in next(csv.reader([header_line], delimiter=mark), [])]
    if columns.text not in header:
        raise no_text_column(path, header, columns)
    wanted = set(columns.names())
    places = {name: place for place, name in enumerate(header) if name in wanted}
    reader = csv.reader(lines, delimiter=mark)
    before = first
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            reason = (
                f"is malformed CSV ({error}); the rest of the file was not read; look for an unclosed quotation mark"
            )
            yield Failure(f"{path}:{first}", reason, first)
            return
        if fault := lines.row_ended():
            yield failure_of(fault, path, first)
        elif any(cells):
            yield first, {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
        first = reader.line_num + before


class RowLines:
    """The lines of a CSV file as the csv module takes them, NULs removed.

    Raises InputError, naming the line, at one longer than a row may be, csv.Error where a row of several lines is.
    """

    def __init__(self, stream: BinaryIO, path: str) -> None:
        csv.field_size_limit(max(LONGEST_ROW, csv.field_size_limit()))
        self._lines = _byte_lines(_as_utf8(stream))
        self._path = path
        self.passed = 0  # lines of the file that the stream leaves out, between that of the columns and the next
        self._left = LONGEST_ROW  # bytes that the row may still have
        self._fault: InputError | None = None

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        number, line = next(self._lines)
        number += self.passed
        where = f"{self._path}:{number}"
        if line is None:
            reason = f"the line is longer than {LONGEST_ROW:,} bytes; split the report"
            raise InputError(f"{where}: {reason}", where, number)
        self._left -= len(line)
        if self._left < 0:
            raise csv.Error(f"a row is longer than {LONGEST_ROW:,} bytes")
        return self._decoded(line.replace(b"\x00", b""), where, number)

    def row_ended(self) -> InputError | None:
        """What was wrong with a line of the row that has ended here; the next begins."""
        fault, self._fault, self._left = self._fault, None, LONGEST_ROW
        return fault

    def _decoded(self, line: bytes, where: str, number: int) -> str:
        """The line as text; where it is none, what there is of it, so that the next rows can be told from this one."""
        try:
            text = decode(line, where)
        except InputError as error:
            self._fault = self._fault or InputError(str(error), where, number)
            text = line.decode("utf-8", "replace")
        return text.replace("\r\n", "\n").replace("\r", _LINE_SEPARATOR)


def _as_utf8(stream: BinaryIO) -> BinaryIO:
    """The stream, re-encoded where it is UTF-16 with a byte order mark."""
    peek = getattr(stream, "peek", None)
    return io.BufferedReader(FromUtf16(stream)) if peek and is_utf16(peek(2)[:2]) else stream
