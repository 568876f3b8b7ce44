"""Finds the files that a path, folder, pattern or address names, and what their names say that they hold."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator

from dotterel.errors import InputError, MissingExtraError
from dotterel.remote import found, is_address
from dotterel.types import Failure

STDIN = "-"
SUFFIXES = (".txt", ".html", ".htm", ".jsonl", ".ndjson", ".json", ".csv", ".tsv", ".parquet", ".warc")
_PACKED = ".gz"
_KNOWN = (*SUFFIXES, *(f"{suffix}{_PACKED}" for suffix in SUFFIXES if suffix != ".parquet"))  # which packs itself


def suffix_of(path: str) -> str:
    """The suffix that says what a file holds; that of what is packed where it is."""
    name = path.partition("?")[0] if is_address(path) else path
    return os.path.splitext(name.lower().removesuffix(_PACKED))[1]


def _is_known(name: str) -> bool:
    return name.lower().endswith(_KNOWN)


def shown_name(path: str) -> str:
    """What reports and failures call a file."""
    return "standard input" if path == STDIN else _shown(path)


def _shown(path: str) -> str:
    """The path as it can be printed: bytes of a file name that are no UTF-8 are replaced."""
    return os.fsencode(path).decode("utf-8", "replace")


def files_of(given: str) -> Iterator[str | Failure]:
    """The files that a path, folder, pattern or address names, in the order in which they are read."""
    if given == STDIN or (given and os.path.exists(given) and not os.path.isdir(given)):
        yield given
    elif given and os.path.isdir(given):
        yield from _files_below(given)
    elif is_address(given):
        yield from _found(given)
    elif glob.has_magic(given):
        yield from _matches(given)
    else:
        reason = "there is a broken link of that name" if os.path.islink(given) else "there is no such file or folder"
        yield Failure(_shown(given) or "''", f"{reason}; check the path")


def _found(address: str) -> Iterator[str | Failure]:
    """The files that an address names; of a folder those of known suffix."""
    try:
        paths = found(address)
    except (InputError, MissingExtraError) as error:
        yield Failure(address, str(error).removeprefix(f"{address}: "))
        return
    except OSError as error:
        yield Failure(address, f"cannot be reached ({error.strerror or error}); check the address and your access")
        return
    known = [path for path in paths if _is_known(path)] if len(paths) > 1 else paths
    if not known:
        yield Failure(address, "there is no such file or folder, or nothing in it that can be read; check the address")
    yield from known


def _files_below(folder: str) -> Iterator[str | Failure]:
    """The files of known suffix in a folder and all below it, sorted, hidden ones left out."""
    unreadable: list[Failure] = []

    def note(error: OSError) -> None:
        name = _shown(str(error.filename))
        unreadable.append(Failure(name, f"the folder cannot be read ({error.strerror}); check its permissions"))

    empty = True
    for place, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if _is_known(name) and not name.startswith("."):
                empty = False
                yield os.path.join(place, name)
    yield from unreadable
    if empty and not unreadable:
        suffixes = f"{', '.join(SUFFIXES)}, or in one of them and {_PACKED}"
        yield Failure(_shown(folder), f"the folder holds no reports; files must end in {suffixes}")


def _matches(pattern: str) -> Iterator[str | Failure]:
    """The files a glob pattern matches, sorted; of a folder it matches, the files below."""
    recursive = "**" in pattern
    found = sorted(glob.glob(pattern, recursive=recursive))
    files = [path for path in found if not os.path.isdir(path)]
    if not found or (recursive and not files):
        yield Failure(_shown(pattern), "no file matches the pattern; check it, or name a folder")
    for path in files if recursive else found:
        if os.path.isdir(path):
            yield from _files_below(path)
        else:
            yield path
