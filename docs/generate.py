"""Writes the generated pages of docs/ anew: `python docs/generate.py`; with --check it only tells whether they are stale."""

from __future__ import annotations

import sys
from pathlib import Path

from typer.testing import CliRunner

from dotterel import codebook
from dotterel.cli import app

HERE = Path(__file__).parent
INTRODUCTION = """<!-- made by docs/generate.py from the commands themselves; edit src/dotterel/cli.py, then run `make docs` -->

# The command line

Every command, as its `--help` tells it. What goes wrong is told in one line on standard error.

Exit status of every command: 0 done, 1 some reports failed, 2 nothing could be done, 130 stopped by Ctrl-C,
141 the reader of a pipe went away.
"""


def command_reference() -> str:
    """The command line, from the help of dotterel and of every command."""
    names = [command.callback.__name__ for command in app.registered_commands if command.callback]
    return "\n".join([INTRODUCTION, help_of(), *(f"## {name}\n\n{help_of(name)}" for name in names)])


def help_of(*command: str) -> str:
    """What `dotterel COMMAND --help` prints, as a block."""
    shown = CliRunner().invoke(app, [*command, "--help"], prog_name="dotterel", env={"COLUMNS": "100"}).stdout
    return "```text\n" + "\n".join(line.rstrip() for line in shown.strip().splitlines()) + "\n```\n"


def pages() -> dict[str, str]:
    """Every generated page by file name."""
    return {"cli.md": command_reference(), "codebook.md": codebook.as_markdown()}


def stale() -> list[str]:
    """The pages on disk that differ from what the source says."""
    return [
        name
        for name, text in pages().items()
        if not (HERE / name).exists() or (HERE / name).read_text(encoding="utf-8") != text
    ]


def main() -> int:
    """Write the pages, or with --check report the stale ones; exit status 1 if there are any."""
    if "--check" in sys.argv:
        found = stale()
        print("stale: " + ", ".join(found) if found else "all generated pages are up to date")
        return bool(found)
    for name, text in pages().items():
        (HERE / name).write_text(text, encoding="utf-8")
        print(f"wrote docs/{name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
