"""What is pasted or dropped, as reports: read in memory or in a private folder, whatever the file is called."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator
from contextlib import closing
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path

from dotterel.errors import InputError
from dotterel.reading import finding
from dotterel.reading.sources import read
from dotterel.reading.text import report_from_text
from dotterel.types import Failure, Report
from dotterel.web.tray import Lot

MOST_REPORTS = 100  # of a file; more are for the command line
LONGEST_NAME = 120
PASTED = "pasted text"


def lot_of_text(text: str, title: str | None, published: date | None) -> Lot:
    """One text. Raises InputError where it is empty, too long, or plainly not English."""
    report = report_from_text(text, title=title, published=published)
    return Lot(report.title or PASTED, [report])


def lot_of_file(name: str, data: bytes, published: date | None) -> Lot:
    """The reports of a file; `published` is the day of those that tell none.

    Raises InputError where it holds nothing that can be read, telling why.
    """
    shown = shown_name(name)
    with closing(reports_in(data, suffix_of(name), shown, published)) as found:
        items = list(islice(found, MOST_REPORTS + 1))
    if len(items) == 1 and isinstance(items[0], Failure):
        raise InputError(f"{shown}: {items[0].reason}")
    return Lot(shown, items[:MOST_REPORTS], more=len(items) > MOST_REPORTS)


def reports_in(data: bytes, suffix: str, shown: str, published: date | None) -> Generator[Report | Failure]:
    """The reports of a file that lies, while they are read, in a folder that nobody else can look into."""
    with tempfile.TemporaryDirectory(prefix="dotterel-") as folder:
        path = Path(folder) / f"given{suffix}"
        path.write_bytes(data)
        for item in read([str(path)], published=published):
            told = (item.path or shown).replace(os.fspath(path), shown)
            yield replace(item, path=told)


def suffix_of(name: str) -> str:
    """The suffix of a file's name, where it is one that tells how to read it; where packed, that of what it holds."""
    found = finding.suffix_of(name)
    return found if found in finding.SUFFIXES else ""


def shown_name(name: str) -> str:
    """A file's name as it is shown: its last part, without signs that cannot be seen."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(c if c.isprintable() else "\ufffd" for c in last).strip()
    return seen[:LONGEST_NAME] or "file"
