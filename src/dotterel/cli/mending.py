"""Mending a database: `dotterel correct`, `dotterel recode`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dotterel.cli.answers import give
from dotterel.cli.entry import NOTHING_DONE, SOME_FAILED, StoppedError, complain
from dotterel.cli.options import Classifier, Database, Format, MinConfidence, Model, OwnTable, Timeout, WorkerCount
from dotterel.cli.working import coding_by
from dotterel.errors import InputError, OutputError
from dotterel.settings import CLASSIFIER, MIN_CONFIDENCE, MODEL, TIME_LIMIT

if TYPE_CHECKING:
    from dotterel.store import Store


class Act(StrEnum):
    """What `dotterel correct` does."""

    ACCEPT = "accept"
    REJECT = "reject"
    EDIT = "edit"
    ADD = "add"
    LIST = "list"
    UNDO = "undo"
    EXPORT = "export"


def correct(
    database: Database,
    act: Annotated[Act, typer.Argument(metavar="WHAT", help="accept, reject, edit, add, list, undo or export.")],
    target: Annotated[
        str | None, typer.Argument(metavar="ID", help="The event; the report to add to; the number to undo.")
    ] = None,
    kind: Annotated[str | None, typer.Option("--type", metavar="TYPE", help="Its event type.")] = None,
    mode: Annotated[str | None, typer.Option(metavar="MODE", help="Its mode.")] = None,
    status: Annotated[str | None, typer.Option(metavar="STATUS", help="occurred, planned, negated, ...")] = None,
    date: Annotated[str | None, typer.Option(metavar="DATE", help="2015-11-24, 2015-11, 2015 or first/last.")] = None,
    actor: Annotated[
        list[str] | None, typer.Option(metavar="WHO", help="Who acted: an id or name; again for another.")
    ] = None,
    recipient: Annotated[list[str] | None, typer.Option(metavar="WHO", help="Toward whom; again for another.")] = None,
    place: Annotated[str | None, typer.Option(metavar="PLACE", help="Where: a name, or 'Aleppo, SYR'.")] = None,
    words: Annotated[
        str | None, typer.Option(metavar="WORDS", help="With add: the report's words for the act.")
    ] = None,
    note: Annotated[str | None, typer.Option(metavar="WORDS", help="Why.")] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who says so.")] = None,
    form: Annotated[Format, typer.Option("--format", metavar="FORM", help="table, csv or json.")] = Format.TABLE,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="With export: where the sentences are written."),
    ] = None,
) -> None:
    """Correct what was coded.

    No coding is changed: each correction is a row of its own, which undo takes
    back. The views, searches and exports follow it: rejected acts are left out,
    edits applied, added acts shown. It stays with its act when the report is coded
    anew. An empty value ('') empties a field. export writes what was decided as
    labelled sentences, which dotterel train learns from.

    \b
    Examples:
      dotterel correct events.duckdb reject 615ef9bfb18ee03f-2 --note "an exercise"
      dotterel correct events.duckdb edit 615ef9bfb18ee03f-1 --status planned --recipient Turkey
      dotterel correct events.duckdb add 615ef9bfb18ee03f --type THREATEN --words "will answer"
      dotterel correct events.duckdb list
      dotterel correct events.duckdb undo 2
      dotterel correct events.duckdb export --output corrected.jsonl
    """
    from dotterel.store import open_existing

    reading = act in (Act.LIST, Act.EXPORT)
    if not reading and target is None:
        raise InputError(f"tell what to {act}: an event, a report to add to, or a number to undo")
    with open_existing(database, read_only=reading) as store:
        if act is Act.LIST:
            give(store.corrections(target), form)
            return
        if act is Act.EXPORT:
            write_sentences(store, output)
            return
        name = target or ""
        if act is Act.UNDO:
            store.undo_correction(as_number(name))
            print(f"correction {name} undone")
            return
        if act is Act.EDIT:
            number = store.edit(
                name, type=kind, mode=mode, status=status, date=date, place=place,
                actors=given(actor), recipients=given(recipient), note=note, by=by,
            )  # fmt: skip
        elif act is Act.ADD:
            if kind is None or words is None:
                raise InputError("an act that is added needs --type TYPE and --words, the report's words for it")
            number = store.add_event(
                name, kind, words, mode=mode, status=status, date=date, place=place,
                actors=actor or (), recipients=recipient or (), note=note, by=by,
            )  # fmt: skip
        else:
            number = (store.accept if act is Act.ACCEPT else store.reject)(name, note=note, by=by)
    print(f"correction {number}: {act} {name}")


def write_sentences(store: Store, output: Path | None) -> None:
    """Write what was decided as labelled sentences, and tell how many they are and what is left out.

    Raises InputError where no file is named, OutputError where it cannot be written.
    """
    from dotterel.run import counted
    from dotterel.training.corrected import labelled

    if output is None:
        raise InputError("no file is named; add --output FILE")
    found = labelled(store.decided())
    try:
        output.write_text("".join(found.lines()), encoding="utf-8")
    except OSError as error:
        raise OutputError(f"{output}: cannot be written: {error.strerror or error}") from error
    told = f"{counted(found.acts, 'pair')} with an act, {found.none:,} without"
    print(f"{counted(len(found.rows), 'labelled sentence')} written to {output}: {told}")
    if found.left_out:
        named = ", ".join(found.left_out[:5]) + (", ..." if len(found.left_out) > 5 else "")
        complain(f"left out, as their sentence does not name who takes part: {len(found.left_out):,} ({named})")


def given(parties: list[str] | None) -> list[str] | None:
    """The parties named, without the '' that empties a side; None where the option was not given."""
    return [party for party in parties if party] if parties else None


def as_number(words: str) -> int:
    """The number of a correction. Raises InputError for anything else."""
    if not words.isdecimal():
        raise InputError(f"'{words}' is no number of a correction; list them with: dotterel correct DB list")
    return int(words)


def recode(
    database: Database,
    every: Annotated[bool, typer.Option("--all", help="Every report, not only those an older dotterel coded.")] = False,
    min_confidence: MinConfidence = MIN_CONFIDENCE,
    classifier: Classifier = None,
    own: OwnTable = None,
    model: Model = MODEL,
    workers: WorkerCount = None,
    timeout: Timeout = TIME_LIMIT,
) -> None:
    """Code the reports of a database anew, from the text that it holds.

    Only reports that an older dotterel coded, unless --all. Corrections, merges and
    splits hold on, and linked events follow. Each report is whole at any moment;
    stopped, the same command goes on.

    Reports are coded by processes side by side, each within --timeout, as dotterel
    code does it. With --workers 1 --timeout 0 all is done in this process.

    Exit status: 0 all coded, 1 some reports failed and stay as they were.

    \b
    Example:
      dotterel recode events.duckdb
    """
    from dotterel.anew import code_anew
    from dotterel.coder import Coder
    from dotterel.progress import Watch
    from dotterel.run import counted
    from dotterel.store import ReadyCoder, open_store

    with open_store(database, read_only=True) as store:
        total = store.outdated_count(every)
    if not total:
        print(f"nothing to do: no report in {database} was coded by an older dotterel; --all codes every one anew")
        return
    coder = Coder(model, classifier=classifier or CLASSIFIER, min_confidence=min_confidence, actors=own)
    with coding_by(ReadyCoder(coder), workers, timeout) as (coding, number), Watch(total, number) as watch:
        try:
            tally = code_anew(database, coding, watch, every)
        except KeyboardInterrupt:
            again = f"dotterel recode {database}{' --all' if every else ''}"
            raise StoppedError(f"stopped; the same command goes on: {again}") from None
    for failure in tally.failures:
        complain(f"{failure.path}: {failure.reason}")
    failed = f", {tally.failed:,} failed and stay as they were" if tally.failed else ""
    print(f"{counted(tally.coded, 'report')} coded anew, {counted(tally.events, 'event')}{failed}; in {database}")
    raise typer.Exit((SOME_FAILED if tally.coded else NOTHING_DONE) if tally.failed else 0)
