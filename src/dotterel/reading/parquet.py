"""Reads reports from the rows of Parquet files, a few at a time; a cell that cannot be read costs one row."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any, BinaryIO

from dotterel.errors import InputError
from dotterel.reading.rows import LONGEST_ROW, Columns, Row, failure_of, no_text_column, printable, reports_of
from dotterel.types import Failure, Report

_BATCH = 64  # rows
_UNPACKED = 256 * 1024 * 1024  # bytes; a group of rows that unpacks to more
_PACKED_TIMES = 100  # and to so many times the file is no text: that packs ten times at most


def read_parquet(
    path: str | BinaryIO, columns: Columns, name: str | None = None, start: int = 0, end: int | None = None
) -> Iterator[Report | Failure]:
    """The reports in a Parquet file, numbered by row from 1; `name` is what reports and errors call the file.

    `start` and `end` choose among the rows, counted from 0. Raises InputError where the file is no Parquet, lacks the
    text column, or unpacks to far more than text can.
    """
    shown = name or str(path)
    yield from reports_of(_rows(path, shown, columns, start, end), shown, columns)


def parquet_rows(path: str | BinaryIO) -> int:
    """How many rows a Parquet file says it has. Raises InputError where it is none."""
    return int(_opened(path, str(path)).metadata.num_rows)


def _opened(path: str | BinaryIO, name: str, **options: Any) -> Any:
    """The opened Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        return pq.ParquetFile(path, **options)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise InputError(f"{name}: cannot be read as Parquet ({_told(error)}); write the file again", name) from error


def _rows(path: str | BinaryIO, name: str, columns: Columns, start: int, end: int | None) -> Iterator[Row | Failure]:
    """Rows of a Parquet file, only the columns of a report, numbered from 1; groups before the first are not read."""
    import pyarrow as pa

    file, wanted = _checked(path, name, columns)
    groups, number = _groups_from(file.metadata, start)
    try:
        for batch in file.iter_batches(batch_size=_BATCH, row_groups=groups, columns=wanted):
            if end is not None and number >= end:
                return
            for at in range(batch.num_rows):
                number += 1
                if number > start and (end is None or number <= end):
                    yield _row(batch, at, name, number)
    except (pa.ArrowException, OSError, ValueError) as error:
        yield Failure(f"{name}:{number + 1}", f"is damaged Parquet ({_told(error)}); the rest was not read", number + 1)


def _checked(path: str | BinaryIO, name: str, columns: Columns) -> tuple[Any, list[str]]:
    """The opened file, and which of its columns to read. Raises InputError where it cannot be read as reports."""
    import pyarrow as pa

    file = _opened(path, name)
    try:
        wanted = _wanted(file.schema_arrow, name, columns)
        _check_unpacked(file.metadata, _size(path), name)
        # Words that come again are kept once, so that a million rows of one long text fill no memory.
        words = [column for column in wanted if _is_words(file.schema_arrow.field(column).type)]
        return _opened(path, name, metadata=file.metadata, read_dictionary=words), wanted
    except (pa.ArrowException, ValueError, KeyError) as error:  # what it says of itself is damaged
        raise InputError(f"{name}: cannot be read as Parquet ({_told(error)}); write the file again", name) from error


def _wanted(schema: Any, name: str, columns: Columns) -> list[str]:
    """The columns to read: those of a report that hold single values. Raises InputError where that of text is none."""
    import pyarrow as pa

    single = [field.name for field in schema if not pa.types.is_nested(field.type)]
    if columns.text not in single:
        raise no_text_column(name, single, columns)
    return [column for column in dict.fromkeys(columns.names()) if column in single]


def _is_words(kind: Any) -> bool:
    import pyarrow as pa

    return bool(pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_binary(kind))


def _check_unpacked(metadata: Any, packed: int, name: str) -> None:
    """Raise InputError where a group of rows would unpack to more than memory should hold, and than text packs to.

    The groups' own word for it is asked: that of a column of theirs, where damaged, ends the process in pyarrow.
    """
    for group in range(metadata.num_row_groups):
        whole = metadata.row_group(group).total_byte_size
        if whole > max(_UNPACKED, _PACKED_TIMES * packed):
            raise InputError(
                f"{name}: a group of its rows would unpack from {packed:,} to {whole:,} bytes, as no text does; "
                "write the file again, in groups of fewer rows",
                name,
            )


def _size(path: str | BinaryIO) -> int:
    """How many bytes a file has."""
    return os.path.getsize(path) if isinstance(path, str) else path.seek(0, os.SEEK_END)


def _row(batch: Any, at: int, name: str, number: int) -> Row | Failure:
    """One row, or why it cannot be read."""
    import pyarrow as pa

    where = f"{name}:{number}"
    try:
        return number, {field.name: _cell(batch.column(n)[at], where) for n, field in enumerate(batch.schema)}
    except InputError as error:
        return failure_of(error, where, number)
    except (pa.ArrowException, ValueError, OverflowError) as error:
        return Failure(
            where, f"holds a value that cannot be read ({_told(error)}); mend it, or leave the row out", number
        )


def _cell(value: Any, where: str) -> Any:
    """The value of a cell. Raises InputError where it is longer than a report may be, ValueError where it is none."""
    import pyarrow as pa

    if isinstance(value, pa.DictionaryScalar):
        value = value.value
    if isinstance(value, pa.BinaryScalar) and value.is_valid and value.as_buffer().size > LONGEST_ROW:
        raise InputError(f"{where}: is longer than {LONGEST_ROW:,} bytes; split the report", where)
    if isinstance(value, pa.TimestampScalar) and value.type.unit == "ns":  # which only pandas could tell
        value = value.cast(pa.timestamp("us", value.type.tz), safe=False)
    return value.as_py()


def _told(error: Exception) -> str:
    """What the library complains of, on one line."""
    return printable(" ".join(str(error).split())[:200])


def _groups_from(metadata: Any, start: int) -> tuple[list[int], int]:
    """The groups of rows from that row on, and how many rows stand before them."""
    before = 0
    for group in range(metadata.num_row_groups):
        rows = metadata.row_group(group).num_rows
        if before + rows > start:
            return list(range(group, metadata.num_row_groups)), before
        before += rows
    return [], before
