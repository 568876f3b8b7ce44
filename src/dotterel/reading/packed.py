"""Reads a file packed with gzip as if it were not, from front to back; where it breaks off, that is told."""

from __future__ import annotations

import io
import sys
from typing import BinaryIO, cast

from dotterel.errors import InputError
from dotterel.reading.members import GZIP, Members

_CHUNK = 1 << 16  # bytes


def unpacked(stream: BinaryIO, name: str) -> BinaryIO:
    """What an opened file of that name holds, unpacked where it is packed, whatever the name says."""
    packed = cast(io.BufferedReader, stream).peek(len(GZIP)).startswith(GZIP)
    return cast(BinaryIO, _Unpacked(stream, name)) if packed else stream


class _Unpacked(io.BufferedIOBase):
    """The unpacked bytes of a stream.

    Where they end too early all that there are can be read; who reads on, or reads a line that has no end, gets an
    InputError that names the line. It can be sought in, but only forward.
    """

    def __init__(self, stream: BinaryIO, name: str) -> None:
        self._members = Members(stream)
        self._name = name
        self._place = 0
        self._lines = 0  # that have ended so far

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        if whence != io.SEEK_SET or offset < self._place:
            raise io.UnsupportedOperation("a packed file is only read forward")
        while self._place < offset and self.read(min(_CHUNK, offset - self._place)):
            pass
        return self._place

    def peek(self, size: int = 0) -> bytes:
        """The next bytes, which stay to be read."""
        return self._members.peek(max(1, size))

    def read(self, size: int | None = -1) -> bytes:
        """That many bytes, or all. Raises InputError where none are left as the file breaks off."""
        if size is None or size < 0:
            return b"".join(iter(lambda: self.read(_CHUNK), b""))
        data = self._passed(self._members.read(size))
        if size and not data:
            self._check()
        return data

    def readline(self, size: int | None = -1) -> bytes:
        """The bytes up to a newline, that included. Raises InputError where the file breaks off before it."""
        limit = sys.maxsize if size is None or size < 0 else size
        line = self._passed(self._members.line(limit))
        if len(line) < limit and not line.endswith(b"\n"):
            self._check()
        return line

    def _passed(self, data: bytes) -> bytes:
        self._place += len(data)
        self._lines += data.count(b"\n")
        return data

    def _check(self) -> None:
        if self._members.fault:
            line = self._lines + 1
            where = f"{self._name}:{line}"
            raise InputError(
                f"{where}: the packed file {self._members.fault} here; reports that end before it are read, the rest "
                "is not; fetch the file again",
                where,
                line,
            )
