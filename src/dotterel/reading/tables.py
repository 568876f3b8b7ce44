"""Reads reports from the rows of JSON lines, JSON, CSV and Parquet files, one row at a time."""

from __future__ import annotations

import codecs
import csv
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO

from dotterel.errors import InputError
from dotterel.reading.decoding import decode, is_utf16
from dotterel.reading.rows import Columns, Row, failure_of, no_text_column, reports_of
from dotterel.settings import MAX_REPORT_CHARS
from dotterel.types import Failure, Report

LONGEST_ROW = 8 * MAX_REPORT_CHARS  # bytes; six a character where JSON escapes it, and room for the other columns
_LINE_SEPARATOR = "\u2028"  # stands for a carriage return inside a cell, which the csv module refuses
_CHUNK = 1 << 16  # bytes


def read_json_lines(stream: BinaryIO, path: str, columns: Columns, first: int = 1) -> Iterator[Report | Failure]:
    """The reports in a file of one JSON object a line. A malformed line is a Failure, and the next are read.

    `first` is the number of the first line, where the stream begins in the midst of a file.
    """
    yield from reports_of(_json_rows(_byte_lines(_as_utf8(stream), first), path), path, columns)


def read_json(
    stream: BinaryIO, path: str, columns: Columns, start: int = 0, end: int | None = None
) -> Iterator[Report | Failure]:
    """The reports in a JSON file: one object, a list of them, or several one after the other; read piece by piece.

    `start` and `end` choose among them, counted from 0.
    """
    yield from reports_of(islice(json_values(stream, path), start, end), path, columns)


def read_csv(
    stream: BinaryIO, path: str, columns: Columns, delimiter: str | None = None, first: int = 2
) -> Iterator[Report | Failure]:
    """The reports in a CSV file whose first row names the columns; the delimiter is guessed from that row if not given.

    `first` is the line of the first row, where the stream goes on in the midst of a file after that of the columns.
    Raises InputError where the file lacks the text column; a row that cannot be read is a Failure.
    """
    yield from reports_of(_csv_rows(stream, path, columns, delimiter, first), path, columns)


def read_parquet(
    path: str | BinaryIO, columns: Columns, name: str | None = None, start: int = 0, end: int | None = None
) -> Iterator[Report | Failure]:
    """The reports in a Parquet file, numbered by row from 1; `name` is what reports and errors call the file.

    `start` and `end` choose among the rows, counted from 0. Raises InputError where the file is no Parquet or lacks
    the text column.
    """
    shown = name or str(path)
    yield from reports_of(_parquet_rows(path, shown, columns, start, end), shown, columns)


def parquet_rows(path: str | BinaryIO) -> int:
    """How many rows a Parquet file says it has. Raises InputError where it is none."""
    return int(_parquet(path, str(path)).metadata.num_rows)


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


def _fault(error: Exception) -> str:
    """What is wrong with a piece of JSON. The line that the parser counts is one of the piece, not of the file."""
    return f"{error.msg}, character {error.pos + 1}" if isinstance(error, json.JSONDecodeError) else str(error)


def _row_of(value: object, where: str, number: int) -> Row | Failure:
    if isinstance(value, dict):
        return number, value
    return Failure(where, f"is a JSON {type(value).__name__}, not an object; write one object a report", number)


def json_values(stream: BinaryIO, path: str) -> Iterator[Row | Failure]:
    """The objects of a JSON file, numbered by line, read no further ahead than the longest row."""
    decoder = json.JSONDecoder()
    pending, line, ended = "", 1, False
    text = _characters(stream, path)
    while True:
        bare = pending.lstrip(" \t\r\n,[]\ufeff\x00")
        line += pending.count("\n", 0, len(pending) - len(bare))
        pending = bare
        if pending:
            try:
                value, end = decoder.raw_decode(pending)
            except (ValueError, RecursionError) as error:
                if ended or len(pending) > LONGEST_ROW or isinstance(error, RecursionError):
                    reason = f"is malformed JSON ({_fault(error)}); the rest of the file was not read; mend the file"
                    yield Failure(f"{path}:{line}", reason, line)
                    return
            else:
                yield _row_of(value, f"{path}:{line}", line)
                line += pending.count("\n", 0, end)
                pending = pending[end:]
                continue
        if ended:
            return
        # Growing what is read with what is pending keeps a long object from being parsed again and again.
        added = "".join(islice(text, 1 + len(pending) // _CHUNK))
        ended, pending = not added, pending + added


def _characters(stream: BinaryIO, path: str) -> Iterator[str]:
    """The text of a UTF-8 or UTF-16 file, in pieces."""
    first = stream.read(_CHUNK)
    reader = codecs.getincrementaldecoder("utf-16" if is_utf16(first) else "utf-8-sig")()
    try:
        while first:
            yield reader.decode(first)
            first = stream.read(_CHUNK)
        yield reader.decode(b"", final=True)
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8 text ({error.reason}); save it as UTF-8", path) from error


def _csv_rows(
    stream: BinaryIO, path: str, columns: Columns, delimiter: str | None, first: int
) -> Iterator[Row | Failure]:
    """The rows of a CSV file under its header, numbered by their first line, from `first` on."""
    lines = text_lines(stream, path, first - 1)  # that of the columns comes before
    header_line = next(lines, "")
    mark = delimiter or max(",;\t|", key=header_line.count)
    header = [name.strip() for name in next(csv.reader([header_line], delimiter=mark), [])]
    if columns.text not in header:
        raise no_text_column(path, header, columns)
    csv.field_size_limit(max(LONGEST_ROW, csv.field_size_limit()))
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
        if any(cells):
            yield first, dict(zip(header, cells + [""] * (len(header) - len(cells)), strict=False))
        first = reader.line_num + before


def text_lines(stream: BinaryIO, path: str, first: int = 1) -> Iterator[str]:
    """The lines of a file as text, numbered from `first`, NULs removed.

    Raises InputError, naming the line, at one that is no text.
    """
    for number, line in _byte_lines(_as_utf8(stream), first):
        where = f"{path}:{number}"
        if line is None:
            reason = f"the line is longer than {LONGEST_ROW:,} bytes; split the report"
            raise InputError(f"{where}: {reason}", where, number)
        text = decode(line.replace(b"\x00", b""), where)
        yield text.replace("\r\n", "\n").replace("\r", _LINE_SEPARATOR)


def _as_utf8(stream: BinaryIO) -> BinaryIO:
    """The stream, re-encoded where it is UTF-16 with a byte order mark."""
    peek = getattr(stream, "peek", None)
    return codecs.EncodedFile(stream, "utf-8", "utf-16", "replace") if peek and is_utf16(peek(2)[:2]) else stream


def _parquet(path: str | BinaryIO, name: str) -> Any:
    """The opened Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        reason = " ".join(str(error).split())[:200]
        raise InputError(f"{name}: cannot be read as Parquet ({reason}); write the file again", name) from error


def _parquet_rows(
    path: str | BinaryIO, name: str, columns: Columns, start: int, end: int | None
) -> Iterator[Row | Failure]:
    """Rows of a Parquet file, only the columns of a report, numbered from 1; groups before the first are not read."""
    import pyarrow as pa

    file = _parquet(path, name)
    held = file.schema_arrow.names
    if columns.text not in held:
        raise no_text_column(name, held, columns)
    groups, number = _groups_from(file.metadata, start)
    wanted = [column for column in columns.names() if column in held]
    try:
        for batch in file.iter_batches(batch_size=64, row_groups=groups, columns=wanted):
            if end is not None and number >= end:
                return
            for values in batch.to_pylist():
                number += 1
                if number > start and (end is None or number <= end):
                    yield number, values
    except (pa.ArrowException, OSError, ValueError) as error:
        reason = " ".join(str(error).split())[:200]
        yield Failure(f"{name}:{number + 1}", f"is damaged Parquet ({reason}); the rest was not read", number + 1)


def _groups_from(metadata: Any, start: int) -> tuple[list[int], int]:
    """The groups of rows from that row on, and how many rows stand before them."""
    before = 0
    for group in range(metadata.num_row_groups):
        rows = metadata.row_group(group).num_rows
        if before + rows > start:
            return list(range(group, metadata.num_row_groups)), before
        before += rows
    return [], before
