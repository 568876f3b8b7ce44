"""The entry point: the app that commands join, one line a failure, exit statuses."""

from __future__ import annotations

import io
import os
import signal
import sys
from typing import Annotated, NoReturn

import typer

from dotterel.errors import DotterelError

ALL_GOOD, SOME_FAILED, NOTHING_DONE, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141  # exit statuses
UsageError: type[Exception] = typer.BadParameter.__bases__[0]  # typer gives it no name of its own

app = typer.Typer(
    name="dotterel",
    help="Reads news reports and writes down who did what to whom, with the words that say so.",
    epilog="Start with: dotterel code news/ --output events.duckdb",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class StoppedError(Exception):
    """A command was stopped by Ctrl-C or by SIGTERM; the message says what is kept and how to go on."""


def main() -> NoReturn:
    """The entry point: every error dotterel raises on purpose is one line on standard error.

    Whoever ends it with SIGTERM, as schedulers and services do, stops it as a person does with Ctrl-C.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal of few letters shows what it can
    try:
        status = app(sys.argv[1:] or ["--help"], prog_name="dotterel", standalone_mode=False)
    except DotterelError as error:
        complain(str(error))
        sys.exit(NOTHING_DONE)
    except UsageError as error:
        complain(misuse(error))
        sys.exit(NOTHING_DONE)
    except StoppedError as told:
        complain(str(told))
        sys.exit(INTERRUPTED)
    except KeyboardInterrupt:
        status = INTERRUPTED  # as the app answers where it meets one itself
    except BrokenPipeError:
        # Python would complain once more when it flushes standard output at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(PIPE_CLOSED)
    if status == INTERRUPTED:
        complain("stopped")
    sys.exit(status or ALL_GOOD)


def misuse(error: Exception) -> str:
    """What is wrong with the arguments, and where it says how they should be."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context else "dotterel"
    told = getattr(error, "format_message", error.__str__)()
    return f"{told.rstrip('.')}; see: {command} --help"


def complain(message: str) -> None:
    """One line on standard error."""
    print(f"dotterel: {' '.join(message.split())}", file=sys.stderr)


def show_version(asked: bool) -> None:
    """Print the version and end, where it was asked for."""
    if asked:
        from importlib.metadata import version

        print(f"dotterel {version('dotterel')}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[bool, typer.Option("--version", callback=show_version, is_eager=True, help="Version.")] = False,
) -> None:
    """Options of dotterel itself."""
