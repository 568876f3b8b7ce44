"""Writes what benchmarks print to its place on a page: `python -m benchmarks.measured docs/performance.md workers`.

A page marks the place of a table by two comments, of which the first names the command. Those whose command holds one
of the words given are run and their tables put there, with the machine and the commit; without words all are run.
"""

from __future__ import annotations

import argparse
import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.common import BENCH
from benchmarks.page import machine

PLACE = re.compile(r"<!-- measured: (python -m [^>]+?) -->\n(.*?)<!-- end of measured -->", re.DOTALL)


def renewed(page: str, words: Sequence[str], printed: Callable[[str], str]) -> str:
    """The page with the tables of the commands that hold one of the words, or of all; `printed` runs a command."""

    def place(match: re.Match[str]) -> str:
        command, _ = match.groups()
        if words and not any(word in command for word in words):
            return match[0]
        return f"<!-- measured: {command} -->\n\n{printed(command).strip()}\n\n<!-- end of measured -->"

    return PLACE.sub(place, page)


def run(command: str) -> str:
    """What a benchmark prints as Markdown, below it where that was. Ends the programme where it fails."""
    print(command, flush=True)
    arguments = [sys.executable, *shlex.split(command)[1:], "--markdown"]
    done = subprocess.run(arguments, capture_output=True, text=True)
    if done.returncode or "|" not in done.stdout:
        raise SystemExit(f"{command}: {(done.stderr or done.stdout).strip()[-2000:]}")
    return told(done.stdout, command)


def told(tables: str, command: str) -> str:
    """Tables with the command that made them, and where and when."""
    return f"{tables.replace(str(BENCH), '../shared/bench').strip()}\n\n`{command}` {machine()}"


def main() -> int:
    """Renew a page."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("page", type=Path)
    parser.add_argument("words", nargs="*", metavar="WORD", help="part of the commands to be run; all if none is given")
    parser.add_argument(
        "--printed", type=Path, metavar="FILE", help="what the one command printed when it was run before"
    )
    asked = parser.parse_args()

    def printed(command: str) -> str:
        return told(asked.printed.read_text(encoding="utf-8"), command) if asked.printed else run(command)

    page = renewed(asked.page.read_text(encoding="utf-8"), asked.words, printed)
    asked.page.write_text(page, encoding="utf-8")
    print(f"wrote {asked.page}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
