"""Codings written as JSON lines, a file that can be gone on with."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from dotterel.errors import OutputError
from dotterel.exports.files import claim, naming, sibling
from dotterel.serial import coding_dict
from dotterel.types import Coding, Failure

LINE_START = b'{"report": {"id": "'  # how every line begins; tells our files from others


class JsonLines:
    """One coding a line, in the form of `dotterel.serial`; failures go to NAME.failures.jsonl.

    An existing file is gone on with: its whole lines stay, a torn last line is cut off, and reports that are there
    are not written again. While it is open, nobody else may write to it.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._ids: set[str] = set()
        self._failures = _Appended(sibling(path, "failures"))
        with naming(path):
            self._file = path.open("ab", buffering=0)  # a buffer would keep what a full disk refuses
            try:
                claim(self._file, path)
                self._resume()
            except BaseException:
                self._file.close()
                raise

    def __enter__(self) -> JsonLines:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the files; what was added is in them already."""
        self._file.close()

    def has(self, report_id: str) -> bool:
        """Whether a line holds the report of that id."""
        return report_id in self._ids

    def add_many(self, codings: Iterable[Coding]) -> int:
        """Write the codings whose reports are not there yet, and tell how many they were.

        Raises OutputError where the file cannot be written; whole lines stay.
        """
        before = len(self._ids)
        for coding in codings:
            if coding.report.id not in self._ids:
                self._append(json.dumps(coding_dict(coding), ensure_ascii=False).encode() + b"\n")
                self._ids.add(coding.report.id)
        return len(self._ids) - before

    def add_failure(self, failure: Failure) -> bool:
        """Record an input that could not be read or coded; False where the same was recorded before."""
        row = {"path": failure.path, "line": failure.line, "reason": failure.reason}
        return self._failures.add(json.dumps(row, ensure_ascii=False))

    def _append(self, line: bytes) -> None:
        with naming(self.path):
            _append_whole(self._file, line)

    def _resume(self) -> None:
        with self.path.open("rb") as there:
            self._file.truncate(self._end_of_whole(there))

    def _end_of_whole(self, there: BinaryIO) -> int:
        """Where the whole lines of the file end; a last one that lacks only its line break is given one."""
        end = 0
        for number, line in enumerate(there, 1):
            if not _begins_like_ours(line):
                raise OutputError(f"{self.path}:{number}: is no coding by dotterel; name another output")
            try:
                self._ids.add(json.loads(line)["report"]["id"])
            except ValueError as error:
                if line.endswith(b"\n"):
                    raise OutputError(
                        f"{self.path}:{number}: is a broken line; take it out, or name another"
                    ) from error
                break
            end += len(line)
            if not line.endswith(b"\n"):
                return end + self._file.write(b"\n")
        return end


def _append_whole(file: BinaryIO, line: bytes) -> None:
    """Append a line to a file that is open without a buffer, or leave the file as it was."""
    end = file.seek(0, os.SEEK_END)
    rest = memoryview(line)
    try:
        while rest:
            rest = rest[file.write(rest) :]
    except BaseException:
        file.truncate(end)  # an interruption between two writes leaves no torn line behind
        raise


def _begins_like_ours(line: bytes) -> bool:
    return line.startswith(LINE_START) or LINE_START.startswith(line)


class _Appended:
    """Lines appended to a file once each; the file is made with the first."""

    def __init__(self, path: Path) -> None:
        self.path = path
        with naming(path):
            self._lines = set(path.read_text(encoding="utf-8").splitlines()) if path.exists() else set()

    def add(self, line: str) -> bool:
        if line in self._lines:
            return False
        with naming(self.path), self.path.open("ab", buffering=0) as file:
            _append_whole(file, line.encode() + b"\n")
        self._lines.add(line)
        return True
