"""Files by path or by address (s3://, https://, memory://): the only home of fsspec, which only addresses need."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from glob import has_magic
from typing import Any, BinaryIO, cast

from dotterel.errors import InputError, MissingExtraError

_ADDRESS = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]+)://")  # two letters at least: C:// is a drive
_WEB = {"http", "https"}  # has no folders, and a "?" in it is no pattern
_BUFFER = 1 << 20  # bytes fetched at a time


def is_address(path: str) -> bool:
    """Whether a path is an address, such as s3://bucket/news.jsonl."""
    return _ADDRESS.match(path) is not None


def filesystem(address: str) -> tuple[Any, str]:
    """The file system of an address or a path, and the path in it.

    Raises MissingExtraError where the library for that kind of address is not installed, InputError where there is no
    such kind.
    """
    try:
        import fsspec
    except ImportError as error:
        raise MissingExtraError(
            f"{address}: reading or writing there needs fsspec; run: pip install 'dotterel[remote]'"
        ) from error
    try:
        system, path = fsspec.core.url_to_fs(address)
    except ImportError as error:
        needed = " ".join(str(error).split())
        raise MissingExtraError(f"{address}: needs a library that is not installed: {needed}") from error
    except ValueError as error:
        raise InputError(f"{address}: {' '.join(str(error).split())}; check how the address begins", address) from error
    return system, str(path)


def opened(path: str) -> BinaryIO:
    """A file by path or address, to be read as bytes, with a buffer that can be looked into."""
    if not is_address(path):
        return open(path, "rb")
    system, place = filesystem(path)
    with told():
        stream = system.open(place, "rb")
    return cast(BinaryIO, io.BufferedReader(_Stream(stream), _BUFFER))


def found(address: str) -> list[str]:
    """The addresses of the files that an address names: itself, all below a folder, or those a pattern matches.

    Empty where there is none. An address of the web stands for itself and is not asked after.
    """
    kind = _ADDRESS.match(address)
    if kind and kind[1].lower() in _WEB:
        return [address]
    system, place = filesystem(address)
    with told():
        if system.isfile(place):
            paths = [place]
        elif has_magic(place):
            paths = [path for path in system.glob(place) if system.isfile(path)]
        else:
            paths = system.find(place) if system.isdir(place) else []
    return [str(system.unstrip_protocol(path)) for path in sorted(paths)]


@contextmanager
def told() -> Iterator[None]:
    """A `with` block in which whatever goes wrong on the way to an address is an OSError that says what."""
    try:
        yield
    except FileNotFoundError as error:
        raise FileNotFoundError("there is nothing at that address") from error
    except OSError:
        raise
    except Exception as error:  # each kind of storage has errors of its own, of libraries that are not ours to import
        raise OSError(f"{type(error).__name__}: {' '.join(str(error).split())[:200]}") from error


class _Stream(io.RawIOBase):
    """A file of fsspec whose errors are told."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return bool(self._stream.seekable())

    def readinto(self, buffer: Any) -> int:
        with told():
            data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        with told():
            return int(self._stream.seek(offset, whence))

    def tell(self) -> int:
        return int(self._stream.tell())

    def close(self) -> None:
        self._stream.close()
        super().close()
