"""Saving what is shown: all acts that answer, as a table of the chosen columns or in the format of a data set."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import FileResponse, Response, StreamingResponse

from dotterel.actors.vocabulary import slug
from dotterel.errors import InputError
from dotterel.exports.formats import FORMATS, write_acts
from dotterel.store import HeldStore, Search
from dotterel.store.browsing import Found
from dotterel.web.desk import desk_of
from dotterel.web.filters import Filters
from dotterel.web.grid import Column, Row, View

BATCH = 5000  # acts looked up at a time
TABLES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}
SUFFIXES = {"polecat": "txt", "icews": "txt", "gdelt": "csv", "cameo": "txt", "rdf": "ttl"}  # else the format's name
LONGEST_NAME = 80
ACT_UNITS = {"linked": "linked", "events": "report"}


def export(request: Request) -> Response:
    """The file. Raises InputError for a format that is none."""
    query = request.query_params
    form = query.get("format", "csv")
    filters, view = Filters.of(query), View.of(query)
    search, store = filters.search(), desk_of(request).store
    if form not in (*TABLES, *FORMATS):
        raise InputError(f"format: there is no '{form}'; choose one of {', '.join(dict.fromkeys((*TABLES, *FORMATS)))}")
    with store.reading() as open_:
        found = open_.found(search, view.sort, view.descending)
    name = file_name(store.path, filters, SUFFIXES.get(form, form))
    if form in TABLES:
        lines = {"csv": csv_lines, "json": json_lines}[form]
        rows = told_rows(store, search, found)
        disposition = {"Content-Disposition": f'attachment; filename="{name}"'}
        return StreamingResponse(lines(rows, view.shown), media_type=TABLES[form], headers=disposition)
    return as_data_set(store, search, found, form, name)


def as_data_set(store: HeldStore, search: Search, found: Found, form: str, name: str) -> Response:
    """The acts in the format of a data set; the file is sent once it is whole."""
    folder = tempfile.TemporaryDirectory(prefix="dotterel-")
    try:
        path = Path(folder.name) / name
        with store.reading() as open_:
            write_acts(open_.acts(ACT_UNITS[search.by], found.ids), path, form)
    except BaseException:
        folder.cleanup()
        raise
    return FileResponse(path, filename=name, background=BackgroundTask(folder.cleanup))


def told_rows(store: HeldStore, search: Search, found: Found) -> Iterator[Row]:
    """The acts as the grid tells them. The database is let go between parts, for others to write."""
    for part in found.parts(BATCH):
        with store.reading() as open_:
            rows = open_.told(search, part)
        yield from rows


def csv_lines(rows: Iterator[Row], columns: list[Column]) -> Iterator[bytes]:
    """A header and a line a row: UTF-8, comma-separated, an absent value left empty."""
    yield csv_line([column.name for column in columns])
    for row in rows:
        yield csv_line([column.value(row) for column in columns])


def csv_line(cells: list[Any]) -> bytes:
    """One line of CSV."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(cells)
    return text.getvalue().encode("utf-8", "replace")


def json_lines(rows: Iterator[Row], columns: list[Column]) -> Iterator[bytes]:
    """A JSON array of objects, one a line."""
    between = b"[\n"
    for row in rows:
        told = {column.name: column.value(row) for column in columns}
        yield between + json.dumps(told, ensure_ascii=False, default=str).encode("utf-8", "replace")
        between = b",\n"
    yield b"[]\n" if between == b"[\n" else b"\n]\n"


def file_name(database: Path, filters: Filters, suffix: str) -> str:
    """A name that tells what is in the file, of small letters, digits and hyphens only."""
    asked = [value for name, value in filters.query().items() if name != "by"]
    return (slug(" ".join([database.stem, *asked]))[:LONGEST_NAME].strip("-") or "record") + f".{suffix}"
