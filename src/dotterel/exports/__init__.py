"""Codings written as files and frames, and acts in the formats of other data sets (formats.py)."""

from __future__ import annotations

from pathlib import Path

from dotterel.errors import OutputError
from dotterel.exports.files import check_place
from dotterel.exports.frames import to_arrow, to_pandas, to_polars
from dotterel.exports.lines import JsonLines
from dotterel.exports.tabular import TableFiles

__all__ = ["SUFFIXES", "JsonLines", "TableFiles", "open_export", "to_arrow", "to_pandas", "to_polars"]

SUFFIXES = (".jsonl", ".csv", ".parquet")


def open_export(path: str | Path) -> JsonLines | TableFiles:
    """The export that the suffix of `path` names: `.jsonl`, `.csv` or `.parquet`.

    Raises OutputError where it cannot be written, or would destroy a file that dotterel did not write.
    """
    path = Path(path)
    if path.suffix not in SUFFIXES:
        raise OutputError(f"{path}: the suffix tells no format; end the name in {', '.join(SUFFIXES)}")
    check_place(path)
    return JsonLines(path) if path.suffix == ".jsonl" else TableFiles(path)
