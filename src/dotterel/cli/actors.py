"""Who is who in a database: `dotterel actors`."""

from __future__ import annotations

from typing import Annotated

import typer

from dotterel.cli.answers import give
from dotterel.cli.options import Database, Format


def actors(
    database: Database,
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
    from dotterel.store import open_existing

    with open_existing(database, read_only=not (merge or split or undo)) as store:
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
    give(answer, form, hint=", --search finds one")
