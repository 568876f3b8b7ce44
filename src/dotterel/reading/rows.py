"""From the rows of a table to reports: which column holds what, and which row holds none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import UTC, date, datetime
from itertools import islice
from typing import Any

from dotterel.errors import InputError
from dotterel.reading.dates import find_written_date
from dotterel.reading.layout import without_codes
from dotterel.reading.text import report_from_text
from dotterel.settings import MAX_REPORT_CHARS
from dotterel.types import Failure, Report

Row = tuple[int, dict[str, Any]]  # its line (or number) in the file, and its cells by column

LONGEST_ROW = 8 * MAX_REPORT_CHARS  # bytes; six a character where JSON escapes it, and room for the other columns
_PROBE = 20  # rows without text, after which the name of the column is taken to be wrong
_NAMED = 20  # columns that a message names
_NAME = 40  # characters of each
_NO_DATE = {"", "-", "n/a", "na", "nan", "nat", "nil", "none", "null", "unknown", "undated"}
_OWN_OUTPUT = {"report", "events"}  # the keys of a coding as dotterel writes it


@dataclass(frozen=True, slots=True)
class Columns:
    """The names of the columns (or keys) that hold the parts of a report; all but `text` may be absent."""

    text: str = "text"
    title: str = "title"
    published: str = "published"
    source: str = "source"
    url: str = "url"
    agency: str = "agency"

    def names(self) -> tuple[str, ...]:
        """The names in the order of the fields."""
        return tuple(getattr(self, part.name) for part in fields(self))


def failure_of(error: InputError, path: str, line: int | None = None) -> Failure:
    """The record of an input that could not be read; its reason does not repeat the path."""
    where = error.path or path
    return Failure(where, str(error).removeprefix(f"{where}: "), error.line or line)


def reports_of(
    rows: Iterable[Row | Failure], path: str, columns: Columns, opening: bool = True
) -> Iterator[Report | Failure]:
    """A report or a failure a row. `opening` says that the rows are the first of the file.

    Raises InputError where the first rows, up to twenty, all lack the text column, or all rows of a later part do; and
    at dotterel's own output.
    """
    waiting: list[Row] = []  # until one row has the text column, its lack may be the fault of them all
    met = False
    for row in rows:
        if isinstance(row, Failure):
            yield row
            continue
        met = met or columns.text in row[1]
        waiting.append(row if met else _named(row))
        if met:
            yield from (_report(number, values, path, columns) for number, values in waiting)
            waiting.clear()
        elif opening and len(waiting) >= _PROBE:
            break
    if waiting:
        _refuse_own_output(*waiting[0], path)
        raise no_text_column(path, dict.fromkeys(key for _, values in waiting for key in values), columns)


def _named(row: Row) -> Row:
    """A row without text, as it is kept: the beginnings of some names, for what it holds may be huge."""
    return row[0], {str(key)[:_NAME]: None for key in islice(row[1], _NAMED + 1)}


def _refuse_own_output(number: int, values: dict[str, Any], path: str) -> None:
    if values.keys() >= _OWN_OUTPUT:
        where = f"{path}:{number}"
        raise InputError(f"{where}: is output of dotterel, not reports; name the files it was made from", where, number)


def no_text_column(path: str, keys: Iterable[str], columns: Columns) -> InputError:
    """The error for a table without the column that should hold the text."""
    shown = [printable(str(key)[:_NAME]) for key in islice(keys, _NAMED + 1)]
    names = ", ".join(shown[:_NAMED]) + (", ..." if len(shown) > _NAMED else "")
    return InputError(
        f"{path}: has no column {columns.text!r}; it has: {names or 'none'}; "
        "name the one that holds the text with --text-column",
        path,
    )


def printable(words: str) -> str:
    """Words as a message may hold them: on one line, without codes and halves of characters."""
    return "".join(c if c.isprintable() else "?" for c in words)


def _report(number: int, values: dict[str, Any], path: str, columns: Columns) -> Report | Failure:
    """The report of one row, or why it is none."""
    where = f"{path}:{number}"
    try:
        return report_from_text(
            _text(values, where, columns.text),
            title=_words(values.get(columns.title)),
            published=_day(values.get(columns.published), where, columns.published),
            path=where,
            source=_words(values.get(columns.source)),
            url=_words(values.get(columns.url)),
            agency=_words(values.get(columns.agency)),
        )
    except InputError as error:
        return failure_of(error, where, number)
    except RecursionError:
        return Failure(where, "is nested too deeply to be read; leave the row out, or give plain values", number)


def _text(values: dict[str, Any], where: str, column: str) -> str:
    """The text of a row. Raises InputError where the row has none."""
    text = values.get(column)
    if isinstance(text, str) and text.strip():
        return text
    if column not in values:
        raise InputError(f"{where}: has no {column!r}; leave the row out, or give its text", where)
    kind = "empty" if text is None or text == "" or text != text else f"{str(text)[:40]!r}, which is no text"
    raise InputError(f"{where}: its {column!r} is {kind}; leave the row out, or give its text", where)


def _words(value: object) -> str | None:
    """A cell as text, or None where it is empty."""
    if value is None or value != value:  # a missing value of pandas is a float unequal to itself
        return None
    return without_codes(str(value)).strip() or None


def _day(value: object, where: str, column: str) -> date | None:
    """The day a cell means: a date, a written date, or seconds or milliseconds since 1970; None where it is empty."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    words = _words(value)
    if words is None or words.casefold() in _NO_DATE:
        return None
    found = find_written_date(words[:80])
    day = found[0] if found else _day_of_seconds(words)
    if day is None:
        raise InputError(f"{where}: {column!r} is {words[:40]!r}, which is no date; write it as YYYY-MM-DD", where)
    return day


def _day_of_seconds(words: str) -> date | None:
    """The day of a Unix time in seconds or milliseconds, such as `1448582400`."""
    try:
        seconds = float(words)
        return (
            datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC).date() if seconds > 1e7 else None
        )
    except (ValueError, OverflowError, OSError):
        return None
