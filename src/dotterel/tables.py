"""Reads the knowledge tables: tab-separated files with a header line and `#` comments."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from dotterel.errors import DataError
from dotterel.settings import DATA


def read_file(path: Path, delimiter: str = "\t") -> list[dict[str, str]]:
    """The rows of one table as dictionaries of stripped strings, an absent cell as ''.

    Raises DataError, naming file and line, where a row has more cells than the header.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path}: cannot be read as a table ({error}); it must be a UTF-8 text file") from error
    numbered = [(n, line) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]
    if not numbered:
        raise DataError(f"{path}: the table is empty; its first line must name the columns")
    unquoted = (line for _, line in numbered)
    plain = delimiter == "\t"
    rows = list(csv.reader(unquoted, delimiter="\t", quoting=csv.QUOTE_NONE) if plain else csv.reader(unquoted))
    header = [name.strip() for name in rows[0]]
    table = []
    for (number, _), cells in zip(numbered[1:], rows[1:], strict=True):
        if len(cells) > len(header):
            raise DataError(
                f"{path}:{number}: {len(cells)} cells under {len(header)} columns; take out what is too much"
            )
        padded = [cell.strip() for cell in cells] + [""] * (len(header) - len(cells))
        table.append(dict(zip(header, padded, strict=True)))
    return table


@lru_cache(maxsize=64)
def read(name: str) -> list[dict[str, str]]:
    """The packaged table of that name (`data/NAME.tsv`), read once per process."""
    return read_file(DATA / f"{name}.tsv")
