"""Reads bytes that may be packed in gzip members, knows where each begins, and tells where the end is missing."""

from __future__ import annotations

import zlib
from typing import BinaryIO

_CHUNK = 1 << 16  # bytes read, or unpacked, at a time: a small file that unpacks to a huge one fills no memory
GZIP = b"\x1f\x8b"  # how a member begins
_GZIP_BITS = 31  # what zlib calls the gzip format


class Members:
    """The unpacked bytes of a stream, from front to back. `fault` says what ended them too early, if so."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._raw = stream.read(_CHUNK)
        self._fetched = len(self._raw)
        self.packed = self._raw.startswith(GZIP)
        self._member: zlib._Decompress | None = None
        self._held = b""  # unpacked, from `_at` on not yet handed out
        self._at = 0
        self.fault: str | None = None

    def place(self) -> int | None:
        """Where in the stream the next byte stands, if reading can begin there; None in the midst of a member."""
        while self._at == len(self._held) and self.packed and self._member:
            if not self._fill():
                return None
        if not self.packed:
            return self._fetched - len(self._raw) - (len(self._held) - self._at)
        return self._fetched - len(self._raw) if self._at == len(self._held) else None

    def read(self, size: int) -> bytes:
        """That many bytes; fewer only where the stream ends."""
        parts, wanted = [], size
        while wanted and (self._at < len(self._held) or self._fill()):
            parts.append(self._held[self._at : self._at + wanted])
            self._at += len(parts[-1])
            wanted -= len(parts[-1])
        return b"".join(parts)

    def peek(self, size: int) -> bytes:
        """That many of the next bytes, which stay to be read; fewer only where the stream ends."""
        ahead = self.read(size)
        self._held, self._at = ahead + self._held[self._at :], 0
        return ahead

    def skip(self, size: int) -> int:
        """Pass over that many bytes; how many there were."""
        passed = 0
        while passed < size and (self._at < len(self._held) or self._fill()):
            step = min(size - passed, len(self._held) - self._at)
            self._at += step
            passed += step
        return passed

    def line(self, limit: int) -> bytes:
        """The bytes up to a newline, that included; cut after `limit` bytes, or where the stream ends."""
        parts: list[bytes] = []
        length = 0
        while length < limit and (self._at < len(self._held) or self._fill()):
            end = self._held.find(b"\n", self._at, self._at + limit - length) + 1
            parts.append(self._held[self._at : end or self._at + limit - length])
            self._at += len(parts[-1])
            length += len(parts[-1])
            if end:
                break
        return b"".join(parts)

    def _fill(self) -> bool:
        """Unpack some more; False at the end."""
        self._held, self._at = b"", 0
        while not self._held:
            if self.fault or not (self._unpack() if self.packed else self._pass_on()):
                return False
        return True

    def _fetch(self) -> bytes:
        if not self._raw:
            self._raw = self._stream.read(_CHUNK)
            self._fetched += len(self._raw)
        return self._raw

    def _pass_on(self) -> bool:
        self._held, self._raw = self._fetch(), b""
        return bool(self._held)

    def _unpack(self) -> bool:
        """A step on in a member, or into the next; False where no more comes."""
        if self._member is None:
            while self._fetch() and not (bare := self._raw.lstrip(b"\x00")):  # some writers fill up with zeros
                self._raw = bare
            if not self._raw:
                return False
            self._raw = self._raw.lstrip(b"\x00")
            self._member = zlib.decompressobj(_GZIP_BITS)
        ended = not self._fetch()
        before = self._member.copy()
        try:
            self._held = self._member.decompress(self._raw, _CHUNK)
        except zlib.error as error:
            self.fault = f"is damaged ({error})"
            self._held = _up_to_the_fault(before, self._raw)
            return bool(self._held)
        if self._member.eof:
            self._raw, self._member = self._member.unused_data, None
        elif ended and not self._held:
            self.fault = "is cut off"
            return False
        else:
            self._raw = self._member.unconsumed_tail
        return True


def _up_to_the_fault(member: zlib._Decompress, raw: bytes) -> bytes:
    """What can be unpacked of a damaged piece: zlib gives nothing of a call in which it meets the fault."""
    parts, step = [], _CHUNK
    while step and raw:
        before = member.copy()
        try:
            parts.append(member.decompress(raw, step))
            raw = member.unconsumed_tail
        except zlib.error:
            member, step = before, step // 16
    return b"".join(parts)
