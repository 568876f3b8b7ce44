"""Codings as data frames of pandas and Polars."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dotterel.errors import InputError, MissingExtraError
from dotterel.exports.flat import ROWS, arrow_schema, rows
from dotterel.types import Coding

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa


def to_arrow(codings: Iterable[Coding] | Coding, table: str = "events") -> pa.Table:
    """One flat table of the codings as an Arrow table: `events`, `quotes`, `figures`, `stances`,
    `attributions` or `places`.

    Raises InputError for any other table.
    """
    import pyarrow as pa

    if table not in ROWS:
        raise InputError(f"there is no table '{table}'; choose one of {', '.join(ROWS)}")
    codings = [codings] if isinstance(codings, Coding) else codings
    found = [row for coding in codings for row in rows(coding, table)]
    return pa.Table.from_pylist(found, schema=arrow_schema(table))


def to_pandas(codings: Iterable[Coding] | Coding, table: str = "events") -> pd.DataFrame:
    """The same as a pandas data frame.

    Raises MissingExtraError where pandas is not installed, and InputError for an unknown table.
    """
    try:
        import pandas  # noqa: F401
    except ImportError as error:
        raise _missing("pandas") from error
    frame: pd.DataFrame = to_arrow(codings, table).to_pandas()
    return frame


def to_polars(codings: Iterable[Coding] | Coding, table: str = "events") -> pl.DataFrame:
    """The same as a Polars data frame.

    Raises MissingExtraError where Polars is not installed, and InputError for an unknown table.
    """
    try:
        import polars as pl
    except ImportError as error:
        raise _missing("polars") from error
    frame = pl.from_arrow(to_arrow(codings, table))
    assert isinstance(frame, pl.DataFrame)
    return frame


def _missing(library: str) -> MissingExtraError:
    return MissingExtraError(f'{library} is not installed; install it with: pip install "dotterel[{library}]"')
