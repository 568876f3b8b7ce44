"""Answers printed: as a table, CSV or JSON, or written as Parquet."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dotterel.cli.entry import complain
from dotterel.cli.options import FileFormat, Format
from dotterel.errors import InputError, OutputError

if TYPE_CHECKING:
    import pyarrow as pa


def give(answer: pa.Table, form: Format | FileFormat, output: Path | None = None, hint: str = "") -> None:
    """Print an answer, or write it to `output`, which Parquet needs; `hint` is how to get fewer rows.

    Raises OutputError where it cannot be written, InputError where Parquet has no file to go to.
    """
    from dotterel.terminal import SHOWN_ROWS, print_csv, print_json, print_table

    if form == FileFormat.PARQUET or output is not None:
        write(answer, form, output)
        return
    {"table": print_table, "csv": print_csv, "json": print_json}[form.value](answer)
    if form == Format.TABLE and answer.num_rows > SHOWN_ROWS:
        complain(f"{SHOWN_ROWS} of {answer.num_rows:,} rows; --format csv prints them all{hint}")


def write(answer: pa.Table, form: Format | FileFormat, output: Path | None) -> None:
    """Write an answer as a Parquet file."""
    if form != FileFormat.PARQUET:
        raise InputError(f"--output is for --format parquet; others are printed: ... --format {form} > {output}")
    if output is None:
        raise InputError("Parquet is not printed; name a file: --format parquet --output FILE")
    import pyarrow.parquet as pq

    try:
        pq.write_table(answer, output)
    except OSError as error:
        raise OutputError(f"{output}: cannot be written: {error.strerror or error}") from error
    print(f"{answer.num_rows:,} {'row' if answer.num_rows == 1 else 'rows'} written to {output}")
