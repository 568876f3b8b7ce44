"""Writes the generated pages of docs/ anew; with --check it only tells whether they are stale."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path
from typing import Any

import typer

from dotterel import codebook
from dotterel.cli import app

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))
from api_reference import api_reference  # noqa: E402

INTRODUCTION = """<!-- made by docs/generate.py; edit src/dotterel/cli/, then run `make docs` -->

# The command line

What `dotterel COMMAND --help` tells of every command. Whatever goes wrong is told in one line on standard error.

Exit status of every command: 0 done, 1 some reports failed, 2 nothing could be done, 130 stopped (Ctrl-C, SIGTERM),
141 the reader of a pipe went away. `dotterel --version` tells the version.
"""


def command_reference() -> str:
    """The command line, from the commands themselves, not from how one release of typer lays out their help."""
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    return "\n".join([INTRODUCTION, *(part for name, command in commands.items() for part in sections(name, command))])


def sections(name: str, command: Any) -> list[str]:
    """A command, or every command of a group."""
    inner = getattr(command, "commands", None)
    if inner is None:
        return [section(name, command)]
    return [section(f"{name} {part}", command) for part, command in inner.items()]


def section(name: str, command: Any) -> str:
    """One command: how it is called, what it does, and what it takes."""
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    named = " ".join(p.metavar if p.required else f"[{p.metavar}]" for p in arguments)
    told = inspect.cleandoc(command.help).replace("\b\n", "")
    rows = "".join(f"| {shown(p)} | {p.help}{default(p)} |\n" for p in command.params)
    return f"## dotterel {name} {named}\n\n```text\n{told}\n```\n\n| it takes | which is |\n| --- | --- |\n{rows}"


def shown(parameter: Any) -> str:
    """An argument or option as it is written."""
    if parameter.param_type_name == "argument":
        return f"`{parameter.metavar}`"
    return ", ".join(f"`{name}`" for name in parameter.opts) + f" {parameter.metavar or ''}".rstrip()


def default(parameter: Any) -> str:
    """What holds where an option is not given."""
    value = parameter.default
    return "" if value is None or parameter.required else f" Default: `{getattr(value, 'value', value)}`."


def pages() -> dict[str, str]:
    """Every generated page by file name."""
    return {"api.md": api_reference(), "cli.md": command_reference(), "codebook.md": codebook.as_markdown()}


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
