"""The command line: arguments in, one call, one line a failure. Heavy parts load inside the commands."""

from __future__ import annotations

import os
import sys
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from dotterel.errors import DotterelError, InputError, StoreError
from dotterel.settings import MODEL

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from dotterel.reading.sources import Columns
    from dotterel.run import Output, Tally
    from dotterel.types import Coding, Failure, Report

ALL_GOOD, SOME_FAILED, NOTHING_DONE, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141  # exit statuses
DATABASE = Path("dotterel.duckdb")
SHOWN_ROWS = 200  # of a query, as a table

app = typer.Typer(
    name="dotterel",
    help="Reads news reports and writes down who did what to whom, with the words that say so.",
    epilog="Start with: dotterel code news/ --output events.duckdb",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

Published = Annotated[
    str | None, typer.Option(metavar="DATE", help="Day of publication of reports that give none, as 2015-11-27.")
]
Model = Annotated[str, typer.Option(metavar="NAME", help="Any installed English spaCy pipeline.")]


class Format(StrEnum):
    """How the answer to a query is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def main() -> NoReturn:
    """The entry point: every error dotterel raises on purpose is one line on standard error."""
    try:
        app()
    except DotterelError as error:
        complain(str(error))
        sys.exit(NOTHING_DONE)
    except KeyboardInterrupt:
        complain("stopped")
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # Python would complain once more when it flushes standard output at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(PIPE_CLOSED)


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


@app.command()
def code(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Files, folders, patterns, or - for standard input.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help=".duckdb or .db, .jsonl, .csv or .parquet.")
    ] = DATABASE,
    published: Published = None,
    model: Model = MODEL,
    text_column: Annotated[str, typer.Option(metavar="NAME", help="Column or key of the text.")] = "text",
    title_column: Annotated[str, typer.Option(metavar="NAME", help="... of the headline.")] = "title",
    published_column: Annotated[str, typer.Option(metavar="NAME", help="... of the day.")] = "published",
    source_column: Annotated[str, typer.Option(metavar="NAME", help="... of the publisher.")] = "source",
    url_column: Annotated[str, typer.Option(metavar="NAME", help="... of the address.")] = "url",
    agency_column: Annotated[str, typer.Option(metavar="NAME", help="... of the news agency.")] = "agency",
) -> None:
    """Code reports: write down who did what to whom.

    Reads text, HTML, JSON lines, JSON, CSV, TSV and Parquet. A database or a
    .jsonl file is gone on with: reports it holds are not coded again, so that a
    run that was stopped is simply started again. A .csv or .parquet file is
    replaced as a whole when the run has ended well; quotations, figures, stances
    and failures stand beside it (events.csv has events.quotes.csv, ...).

    Exit status: 0 all coded, 1 some reports failed, 2 nothing could be done.

    \b
    Examples:
      dotterel code news/ --output events.duckdb
      dotterel code wire.csv --text-column body --title-column headline -o events.csv
    """
    from dotterel.reading.sources import Columns
    from dotterel.run import Run, open_output

    columns = Columns(text_column, title_column, published_column, source_column, url_column, agency_column)
    day = as_day(published)
    with open_output(output) as target:
        status = run_over(paths, columns, day, model, target)
    raise typer.Exit(status)
