"""Coding over a cluster, and loading what came of it: `dotterel code --cluster`, `dotterel load`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dotterel.cli.entry import ALL_GOOD, NOTHING_DONE, SOME_FAILED, StoppedError, complain

if TYPE_CHECKING:
    from dotterel.cluster import Job
    from dotterel.run import Tally


def code_over(address: str, paths: list[str], job: Job) -> None:
    """Code the reports over the cluster whose scheduler is at that address, and end with the status of the run."""
    from dotterel.cluster import ClusterRun
    from dotterel.progress import Watch
    from dotterel.run import counted

    with Watch(None) as watch:

        def show(tally: Tally, total: int | None, workers: int) -> None:
            watch.expect(total, workers)
            watch(tally)

        run = ClusterRun(job, show)
        try:
            tally = run.code(paths, address)
        except KeyboardInterrupt:
            raise StoppedError(
                f"stopped; {job.output} keeps what was coded; the same command goes on from there"
            ) from None
    tell_failures(tally, job.output)
    tell_passed(run.passed)
    parts = [f"{counted(tally.coded, 'report')} coded", counted(tally.events, "event")]
    parts += [f"about {tally.present:,} already there"] if tally.present else []
    parts += [f"{tally.failed:,} failed"] if tally.failed else []
    print(f"{', '.join(parts)}; in {job.output}; load them with: dotterel load {job.output} --output events.duckdb")
    raise typer.Exit(status_of(tally))


def load(
    folder: Annotated[str, typer.Argument(metavar="FOLDER", help="Path or address that code --cluster wrote to.")],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help=".duckdb or .db, .jsonl, .csv or .parquet.")
    ],
) -> None:
    """Load what a cluster coded: the parts in a folder become a database.

    Each report is loaded once, however often the command is given, and failures are
    recorded. A database or a .jsonl file is gone on with, so that loading that was
    stopped, or begun before the cluster was done, is simply started again. Needs the
    extra: pip install 'dotterel[cluster]'

    Exit status: 0 all loaded, 1 some of the reports had failed, 2 nothing could be
    done.

    \b
    Examples:
      dotterel load parts/ --output events.duckdb
      dotterel load s3://bucket/parts --output events.duckdb
    """
    from dotterel.cluster import has_ended, load_parts
    from dotterel.progress import shown
    from dotterel.run import open_output, summary

    with open_output(output) as target:
        try:
            tally = load_parts(folder, target, lambda names: shown(names, len(names), "parts"))
        except KeyboardInterrupt:
            raise StoppedError(
                f"stopped; {output} keeps what was loaded; the same command goes on from there"
            ) from None
    tell_failures(tally, folder)
    if not has_ended(folder):
        complain(f"{folder}: the run that writes there has not ended; load again when it has")
    print(summary(tally, output).replace(" coded", " loaded", 1))
    raise typer.Exit(status_of(tally))


def tell_failures(tally: Tally, where: str) -> None:
    """The first failures, a line each, and where the rest is."""
    for failure in tally.failures:
        complain(f"{failure.path}: {failure.reason}")
    if more := tally.failed - len(tally.failures):
        complain(f"and {more:,} more; see the rows without a coding in {where}, or table failures once it is loaded")


def tell_passed(passed: Counter[str]) -> None:
    """What is no failure and yet worth telling."""
    for what, number in passed.items():
        if number:
            complain(f"{number:,} {what}")


def status_of(tally: Tally) -> int:
    """The exit status of a run."""
    if tally.failed == 0 and tally.seen:
        return ALL_GOOD
    return SOME_FAILED if tally.coded + tally.present else NOTHING_DONE
