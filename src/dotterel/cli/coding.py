"""Coding reports, and looking at one: `dotterel code`, `dotterel show`."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dotterel.cli.clustering import code_over, status_of, tell_passed
from dotterel.cli.entry import StoppedError, complain
from dotterel.cli.options import Classifier, Cluster, MinConfidence, Model, OwnTable, Published, Timeout, WorkerCount
from dotterel.cli.working import coding_by
from dotterel.errors import InputError, OutputError
from dotterel.remote import is_address
from dotterel.settings import CLASSIFIER, MIN_CONFIDENCE, MODEL, TIME_LIMIT

if TYPE_CHECKING:
    from dotterel.coder import Coder
    from dotterel.types import Coding

DATABASE = "dotterel.duckdb"


def code(
    paths: Annotated[list[str], typer.Argument(metavar="PATH", help="Files, folders, patterns; - is standard input.")],
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="FILE", help=".duckdb or .db, .jsonl, .csv or .parquet.")
    ] = DATABASE,
    published: Published = None,
    min_confidence: MinConfidence = MIN_CONFIDENCE,
    classifier: Classifier = None,
    own: OwnTable = None,
    model: Model = MODEL,
    workers: WorkerCount = None,
    timeout: Timeout = TIME_LIMIT,
    cluster: Cluster = None,
    text_column: Annotated[str, typer.Option(metavar="NAME", help="Column or key of the text.")] = "text",
    title_column: Annotated[str, typer.Option(metavar="NAME", help="... of the headline.")] = "title",
    published_column: Annotated[str, typer.Option(metavar="NAME", help="... of the day.")] = "published",
    source_column: Annotated[str, typer.Option(metavar="NAME", help="... of the publisher.")] = "source",
    url_column: Annotated[str, typer.Option(metavar="NAME", help="... of the address.")] = "url",
    agency_column: Annotated[str, typer.Option(metavar="NAME", help="... of the news agency.")] = "agency",
) -> None:
    """Code reports: write down who did what to whom.

    Reads text, HTML, JSON lines, JSON, CSV, TSV, Parquet and WARC, all but Parquet
    also packed (.gz). A database or a .jsonl file is gone on with: reports it holds
    are not coded again, so that a run that was stopped is simply started again. A
    .csv or .parquet file is replaced as a whole when the run has ended well;
    quotations, figures, stances, attributions, places and failures stand beside it
    (events.csv has events.quotes.csv, ...).

    Reports are coded by processes side by side. One that takes longer than --timeout,
    or ends its process, is recorded as failed, and the others are coded. With
    --workers 1 --timeout 0 all is done in this process, without that safeguard.

    With --cluster reports are coded by the workers of a Dask cluster, and --output is
    a folder, by path or address, that all of them reach; dotterel load makes a
    database of it. See docs/cluster.md. Needs the extra: pip install
    'dotterel[cluster]'

    Exit status: 0 all coded, 1 some reports failed, 2 nothing could be done.

    \b
    Examples:
      dotterel code news/ --output events.duckdb
      dotterel code wire.csv --text-column body --title-column headline -o events.csv
      dotterel code news/ --cluster tcp://10.0.0.1:8786 --output parts/
    """
    from dotterel.cluster import CoderMaker, Job
    from dotterel.coder import Coder, as_date
    from dotterel.progress import Watch
    from dotterel.reading.sources import Columns, count, read
    from dotterel.run import Run, coder_for, failure_lines, open_output, summary, what_was_kept

    columns = Columns(text_column, title_column, published_column, source_column, url_column, agency_column)
    day = as_date(published)
    if cluster:
        if workers:
            raise InputError("--workers is of this machine; a cluster has the workers that were started there")
        maker = CoderMaker(model, absolute(classifier or CLASSIFIER), min_confidence, absolute(own) if own else None)
        code_over(cluster, paths, Job(output, maker, columns, day, timeout=timeout))
    if is_address(output):
        raise OutputError(f"{output}: is an address; only a run with --cluster writes there; name a file")
    file, passed = Path(output), Counter[str]()
    coder = Coder(model, classifier=classifier or CLASSIFIER, min_confidence=min_confidence, actors=own)
    with (
        open_output(file) as target,
        coding_by(coder_for(file, coder), workers, timeout) as (coding, number),
        Watch(count(paths), number) as watch,
    ):
        run = Run(target, coding, watch)
        try:
            run.code(read(paths, columns=columns, published=day, passed=passed))
        except KeyboardInterrupt:
            raise StoppedError(what_was_kept(run.tally, file)) from None
    for line in failure_lines(run.tally, file):
        complain(line)
    tell_passed(passed)
    print(summary(run.tally, file))
    raise typer.Exit(status_of(run.tally))


def absolute(path: Path) -> str:
    """The path as others on the machine, or with the same folders, find it."""
    return str(path.absolute())


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
