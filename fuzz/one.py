"""Fuzzes one target with coverage guidance: `python -m fuzz.one TARGET`, then what libFuzzer takes; needs atheris."""

from __future__ import annotations

import sys

import atheris

WATCHED = ["dotterel", "trafilatura", "htmldate"]  # whose branches guide the search


def main() -> None:
    """Fuzz until libFuzzer is told to stop, or something breaks."""
    name = sys.argv.pop(1)
    with atheris.instrument_imports(include=WATCHED):
        import htmldate  # noqa: F401  # dotterel imports it only when the first page comes
        import trafilatura  # noqa: F401

        from fuzz.targets import TARGETS
    atheris.Setup(sys.argv, TARGETS[name])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
