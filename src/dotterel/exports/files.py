"""Where an export may be written, and what stands beside it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from dotterel.errors import OutputError


def check_place(path: Path) -> None:
    """Raise OutputError where no file can be written at `path`."""
    if path.is_dir():
        raise OutputError(f"{path}: is a folder; name a file in it")
    if not path.parent.is_dir():
        raise OutputError(f"{path}: the folder {path.parent} does not exist; make it first, or name another output")
    if not os.access(path if path.exists() else path.parent, os.W_OK):
        raise OutputError(f"{path}: may not be written; name an output in a folder of yours")


def sibling(path: Path, table: str) -> Path:
    """The file beside `path` that holds another table: `out.csv` has `out.quotes.csv`."""
    return path if table == "events" else path.with_suffix(f".{table}{path.suffix}")


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Turn what the file system refuses inside the block into an OutputError that names the file."""
    try:
        yield
    except OSError as error:
        raise OutputError(f"{path}: cannot be written ({error.strerror or error})") from error


def claim(file: IO[bytes], path: Path) -> None:
    """Keep a file that is open to be written to oneself until it is closed, where the system can.

    Raises OutputError where another run has it.
    """
    if sys.platform == "win32":
        return
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise OutputError(f"{path}: another run writes to it; wait until that has ended, or name another") from error
    except OSError:
        return  # a file system without locks
