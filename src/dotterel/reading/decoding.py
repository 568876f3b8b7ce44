"""Turns bytes into text: which encodings are tried, and what is refused as no text at all."""

from __future__ import annotations

import codecs
import io
import re
from typing import Any, BinaryIO

from dotterel.errors import InputError

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_CHUNK = 1 << 16  # bytes
_PACKED = re.compile(
    rb"(?P<gzip>\x1f\x8b)|(?P<bzip2>BZh[1-9]1AY&SY)|(?P<xz>\xfd7zXZ\x00)|(?P<zstandard>\x28\xb5\x2f\xfd)|(?P<zip>PK\x03\x04)"
)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def is_utf16(data: bytes) -> bool:
    """Whether the bytes open with a UTF-16 byte order mark."""
    return data.startswith(_UTF16)


def check_unpacked(head: bytes, path: str) -> None:
    """Raise InputError, naming the path, where the first bytes are those of a packed file."""
    if packed := _PACKED.match(head):
        raise InputError(
            f"{path}: is packed ({packed.lastgroup}); only gzip is unpacked here, once, and not of Parquet; "
            "unpack it first",
            path,
        )


def decode(data: bytes, path: str) -> str:
    """The text of bytes in UTF-8, UTF-16 with a byte order mark, or Windows-1252.

    Raises InputError, naming the path, for binary data and for any other encoding.
    """
    if is_utf16(data):
        return _decoded(data, "utf-16", path)
    if looks_binary(data):
        raise InputError(f"{path}: is a binary file, not text; convert it to plain text or HTML first", path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        fallback = data.decode("cp1252", errors="replace")
        if "\ufffd" in fallback or _CONTROL.search(fallback):
            raise InputError(
                f"{path}: is not UTF-8 text (byte 0x{data[error.start]:02x} at offset {error.start}); "
                "if it is text, save it as UTF-8, and if not, convert it to plain text or HTML first",
                path,
            ) from error
        return fallback


def _decoded(data: bytes, encoding: str, path: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise InputError(
            f"{path}: begins like {encoding.upper()} text but is damaged at byte {error.start}; save it as UTF-8", path
        ) from error


def looks_binary(data: bytes) -> bool:
    """Whether bytes are more than text with a stray NUL: among the first, NUL and one in a hundred a control code."""
    sample = data[:100_000]
    if b"\x00" not in sample or is_utf16(data):
        return False
    controls = sum(sample.count(code) for code in (*range(9), *range(14, 32)))
    return controls * 100 > len(sample)


class FromUtf16(io.RawIOBase):
    """A stream of UTF-16 as one of UTF-8; what is no UTF-16 is replaced.

    The standard library's own ends a line at every sign that Unicode calls a line end, also within a line of JSON.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-16")("replace")
        self._held = b""

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill the buffer, and tell how far; 0 at the end."""
        ended = False
        while not self._held and not ended:
            data = self._stream.read(_CHUNK)
            ended = not data
            self._held = self._decoder.decode(data, final=ended).encode("utf-8", "replace")
        given = self._held[: len(buffer)]
        self._held = self._held[len(given) :]
        buffer[: len(given)] = given
        return len(given)
