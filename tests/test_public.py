"""The package's public names: all there, nothing loaded before it is used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import dotterel

HEAVY = ("spacy", "duckdb", "pyarrow", "pandas", "polars", "trafilatura", "typer", "rich", "numpy")


def run(program: str) -> str:
    """What a program prints that runs in a Python of its own."""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize("name", dotterel.__all__)
def test_public_name_is_there_and_documented(name: str) -> None:
    found = getattr(dotterel, name)
    assert found is not None
    assert name == "__version__" or (found.__doc__ and found.__name__ == name)


def test_every_name_that_has_a_home_is_public() -> None:
    homed = [name for names in dotterel.HOMES.values() for name in names]
    assert sorted([*homed, "__version__"]) == sorted(dotterel.__all__)
    assert len(homed) == len(set(homed))


def test_another_name_is_refused_by_name() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        dotterel.no_such_name  # noqa: B018
    assert not hasattr(dotterel, "no_such_name")


def test_star_import_gives_the_public_names() -> None:
    told = run("from dotterel import *; print(sorted(n for n in dir() if not n.startswith('__')))")
    assert told == str(sorted(n for n in dotterel.__all__ if not n.startswith("__")))


@pytest.mark.parametrize(
    ("program", "reason"),
    [
        ("import dotterel", "the package itself"),
        ("import dotterel; dotterel.Report, dotterel.DotterelError", "records and errors"),
        ("from dotterel import Coding, Event, Failure", "records by name"),
    ],
)
def test_nothing_heavy_is_loaded_before_it_is_used(program: str, reason: str) -> None:
    assert run(f"{program}; import sys; print([m for m in {HEAVY!r} if m in sys.modules])") == "[]", reason


def test_spacy_is_loaded_by_coding_not_by_naming_the_coder() -> None:
    told = run("import sys, dotterel; dotterel.Coder(); dotterel.code; print('spacy' in sys.modules)")
    assert told == "False"


def test_type_hints_are_shipped() -> None:
    from importlib.resources import files

    assert files("dotterel").joinpath("py.typed").is_file()
