"""Codings written as CSV and Parquet, files that appear whole or not at all."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

from dotterel.errors import OutputError
from dotterel.exports.files import check_place, naming, sibling
from dotterel.exports.flat import ROWS, TABLES, Row, arrow_schema, rows
from dotterel.types import Coding, Failure


class TableFiles:
    """CSV or Parquet: events in NAME, the other records and failures in NAME.quotes and so on.

    Everything is written to temporary files, which take the names when the `with` block ends well; where it ends
    in an error, what was there before stays as it was.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._ids: set[str] = set()
        self._failures: set[Failure] = set()
        writer = _CsvTable if path.suffix == ".csv" else _ParquetTable
        self._paths = {table: sibling(path, table) for table in TABLES}
        for table, file in self._paths.items():
            check_place(file)
            writer.check_ours(file, table)
        self._tables: dict[str, _CsvTable | _ParquetTable] = {}
        try:
            with naming(path):
                for table, file in self._paths.items():
                    self._tables[table] = writer(_temporary(file), table)
        except BaseException:
            self.discard()
            raise

    def __enter__(self) -> TableFiles:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self.close()
        else:
            self.discard()

    def close(self) -> None:
        """Finish the files and give them their names."""
        try:
            with naming(self.path):
                for table in self._tables.values():
                    table.close()
                for file in self._paths.values():
                    _temporary(file).replace(file)
        except BaseException:
            self.discard()
            raise

    def discard(self) -> None:
        """Take back everything that was added."""
        for table in self._tables.values():
            with suppress(OSError):  # a full disk refuses the end of what is thrown away
                table.close()
        for file in self._paths.values():
            with suppress(OSError):  # the error that led here is the one to tell
                _temporary(file).unlink(missing_ok=True)

    def has(self, report_id: str) -> bool:
        """Whether the report of that id was added since the files were opened."""
        return report_id in self._ids

    def add_many(self, codings: Iterable[Coding]) -> int:
        """Add the rows of the codings whose reports were not added yet, and tell how many they were."""
        new = {c.report.id: c for c in codings if c.report.id not in self._ids}
        with naming(self.path):
            for table in ROWS:
                self._tables[table].write([row for coding in new.values() for row in rows(coding, table)])
        self._ids |= set(new)
        return len(new)

    def add_failure(self, failure: Failure) -> bool:
        """Record an input that could not be read or coded; False where the same was recorded before."""
        if failure in self._failures:
            return False
        self._failures.add(failure)
        with naming(self.path):
            self._tables["failures"].write([{"path": failure.path, "line": failure.line, "reason": failure.reason}])
        return True


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.part")


class _CsvTable:
    """One CSV file: UTF-8, comma-separated, a header line, an absent value left empty."""

    def __init__(self, path: Path, table: str) -> None:
        self._columns = list(TABLES[table])
        self._file: BinaryIO = path.open("wb")
        self._write_cells([self._columns])

    @staticmethod
    def check_ours(path: Path, table: str) -> None:
        header = ",".join(TABLES[table]).encode()
        if path.exists() and path.stat().st_size:
            with path.open("rb") as file:
                if file.readline().strip() != header:
                    raise OutputError(f"{path}: is a file that dotterel did not write; name another output")

    def write(self, found: list[Row]) -> None:
        self._write_cells([row[column] for column in self._columns] for row in found)

    def close(self) -> None:
        self._file.close()

    def _write_cells(self, lines: Iterable[list[Any]]) -> None:
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows(lines)
        self._file.write(text.getvalue().encode())


class _ParquetTable:
    """One Parquet file with the Arrow schema of its table."""

    def __init__(self, path: Path, table: str) -> None:
        from pyarrow import parquet

        self._schema = arrow_schema(table)
        self._writer = parquet.ParquetWriter(path, self._schema, compression="zstd")

    @staticmethod
    def check_ours(path: Path, table: str) -> None:
        import pyarrow as pa
        from pyarrow import parquet

        if path.exists() and path.stat().st_size:
            try:
                ours = parquet.read_schema(path).names == list(TABLES[table])
            except pa.ArrowInvalid:
                ours = False
            if not ours:
                raise OutputError(f"{path}: is a file that dotterel did not write; name another output")

    def write(self, found: list[Row]) -> None:
        import pyarrow as pa

        if found:
            self._writer.write_table(pa.Table.from_pylist(found, schema=self._schema))

    def close(self) -> None:
        self._writer.close()
