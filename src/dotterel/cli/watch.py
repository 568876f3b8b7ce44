"""Live news: `dotterel watch`."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dotterel.cli.entry import ALL_GOOD, NOTHING_DONE, SOME_FAILED, StoppedError, complain
from dotterel.cli.options import Classifier, FewWorkers, MinConfidence, Model, OwnTable, Timeout, require
from dotterel.cli.working import coding_by
from dotterel.errors import InputError
from dotterel.settings import CLASSIFIER, MIN_CONFIDENCE, MODEL, TIME_LIMIT

NEEDED = ("certifi", "feedparser", "protego", "urllib3")
LINE_EVERY = 10.0  # seconds between two lines of progress

if TYPE_CHECKING:
    from dotterel.feeds.plan import Plan
    from dotterel.feeds.watching import Round


def watch(
    plan: Annotated[Path, typer.Argument(metavar="FEEDS.toml", help="Which feeds, how often, into which database.")],
    once: Annotated[bool, typer.Option("--once", help="Poll each feed once, code what is new, and end.")] = False,
    interval: Annotated[
        str | None, typer.Option(metavar="TIME", help="Poll all feeds so often, as 15m or 2h, whatever the file says.")
    ] = None,
    status: Annotated[bool, typer.Option("--status", help="Show how each feed stands, and end.")] = False,
    min_confidence: MinConfidence = MIN_CONFIDENCE,
    classifier: Classifier = None,
    own: OwnTable = None,
    model: Model = MODEL,
    workers: FewWorkers = 1,
    timeout: Timeout = TIME_LIMIT,
) -> None:
    """Poll RSS and Atom feeds, and code what is new into a database.

    Asks politely: only for what has changed, as often as the file says, more rarely
    after failures, as robots.txt permits, with a name and your contact. Takes
    the article from the feed or from its page. What was done is remembered
    beside the database: a watch that was stopped, killed or offline goes on where
    it was. The database is open only while it is written.

    Reports are coded by processes of their own, each report within --timeout, as
    dotterel code does it. With --workers 1 --timeout 0 all is done in this process.

    Exit status with --once: 0 all well, 1 some feeds or items failed or wait, 2
    nothing could be done. Needs the extra: pip install 'dotterel[watch]'

    \b
    Examples:
      dotterel watch feeds.toml
      dotterel watch feeds.toml --once
      dotterel watch feeds.toml --status
    """
    require("watching feeds", "watch", NEEDED)
    from dotterel.feeds.plan import read_plan

    asked = read_plan(plan, every(interval))
    if status:
        print_status(asked)
        return
    from dotterel.coder import Coder
    from dotterel.feeds.watching import open_watcher, summary
    from dotterel.feeds.web import WallClock
    from dotterel.store import ReadyCoder

    clock = WallClock()
    coder = Coder(model, classifier=classifier or CLASSIFIER, min_confidence=min_confidence, actors=own)

    def done(found: Round) -> None:
        print(summary(found, asked.database, clock.now()), flush=True)

    with (
        coding_by(ReadyCoder(coder), workers, timeout) as (coding, number),
        open_watcher(asked, coding, clock, complain, Progress(), number) as watcher,
    ):
        try:
            if not once:
                watcher.run(done)
                complain("every feed is gone for good; nothing is left to watch")
                return
            found = watcher.round(once=True)
            done(found)
        except KeyboardInterrupt:
            kept = f"{asked.database} holds what was coded; the same command goes on from there"
            raise StoppedError(f"stopped; {kept}") from None
    raise typer.Exit(status_of(found))


class Progress:
    """Tells every ten seconds how far a long round is."""

    def __init__(self) -> None:
        self._said = time.monotonic()

    def __call__(self, found: Round) -> None:
        """Show the state of the round."""
        if time.monotonic() - self._said >= LINE_EVERY:
            self._said = time.monotonic()
            complain(f"{found.coded + found.present + found.failed:,} items done, {found.waiting:,} to go")


def status_of(found: Round) -> int:
    """The exit status of a single round."""
    if not (found.troubled or found.failed or found.waiting):
        return ALL_GOOD
    return SOME_FAILED if found.polled > found.troubled or found.coded else NOTHING_DONE


def every(interval: str | None) -> float | None:
    """The seconds of --interval. Raises InputError where it is no length of time, or too short."""
    from dotterel.feeds.plan import SHORTEST, duration

    seconds = duration(interval) if interval else None
    if interval and (seconds is None or seconds < SHORTEST):
        raise InputError(f'--interval {interval}: is no time of a minute or more; write it as "15m" or "2h"')
    return seconds


def print_status(plan: Plan) -> None:
    """How each feed stands, and the latest failures."""
    from dotterel.feeds.status import FEED_COLUMNS, ITEM_COLUMNS, feed_rows, item_rows
    from dotterel.terminal import console, rows_view

    console().print(rows_view(FEED_COLUMNS, feed_rows(plan)))
    if failed := item_rows(plan):
        console().print(rows_view(ITEM_COLUMNS, failed))
