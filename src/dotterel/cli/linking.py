"""The same act across reports: `dotterel link`."""

from __future__ import annotations

import getpass
from typing import Annotated

import typer

from dotterel.cli.entry import complain
from dotterel.cli.options import Database, Format

LISTS = {
    "linked": """
SELECT linked_id, date, actors, type, recipients, reports, sources, confidence,
       (SELECT string_agg(DISTINCT d.field, '; ' ORDER BY d.field) FROM linked_details d
        WHERE d.linked_id = linked_rows.linked_id AND d.kind = 'conflicting') AS disputed
FROM linked_rows WHERE reports > 1 ORDER BY sources DESC, reports DESC, linked_id
""",
    "members": """
SELECT m.linked_id, m.event_id, r.published, coalesce(r.agency, r.source) AS outlet, e.type, e.date, t.trigger,
       t.sentence
FROM linked_members m
JOIN linked_events l ON l.id = m.linked_id AND l.events > 1
JOIN events e ON e.id = m.event_id
JOIN reports r ON r.id = m.report_id
LEFT JOIN mentions t ON t.event_id = m.event_id AND t.position = 0
ORDER BY l.id, r.published, m.event_id
""",
    "judgements": """
SELECT number, event_a, event_b, same, score, made_by,
       coalesce(array_to_string(reasons, '; '), '') AS reasons,
       coalesce(array_to_string(conflicts, '; '), '') AS conflicts,
       note, undone::DATE AS undone
FROM judgements ORDER BY number
""",
    "reprints": """
SELECT p.report_id, p.of_id, p.containment, r.published, coalesce(r.source, r.agency) AS outlet, r.title
FROM reprints p JOIN reports r ON r.id = p.report_id
WHERE p.of_id IS NOT NULL ORDER BY p.of_id, r.published, p.report_id
""",
}


def link(
    database: Database,
    join: Annotated[
        tuple[str, str] | None, typer.Option(metavar="EVENT EVENT", help="The two events are one act.")
    ] = None,
    part: Annotated[
        tuple[str, str] | None, typer.Option(metavar="EVENT EVENT", help="The two events are different acts.")
    ] = None,
    undo: Annotated[int | None, typer.Option(metavar="NUMBER", help="Take back a join or a part.")] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Who decides; your login name if not given.")] = None,
    note: Annotated[str | None, typer.Option(metavar="WORDS", help="Why, kept with a join or part.")] = None,
    listed: Annotated[bool, typer.Option("--list", help="List the acts that several reports tell.")] = False,
    members: Annotated[bool, typer.Option("--members", help="List the events that such acts are made of.")] = False,
    judgements: Annotated[
        bool, typer.Option("--judgements", help="List which events were judged one act, and why.")
    ] = False,
    reprints: Annotated[bool, typer.Option("--reprints", help="List the reports that print another's copy.")] = False,
    form: Annotated[Format, typer.Option("--format", metavar="FORM", help="table, csv or json.")] = Format.TABLE,
) -> None:
    """Link the same act across reports, show the links, and decide about them.

    Reports are linked as they are coded; without options, those of a database
    that an older dotterel made are linked now. A join or part wins over what
    was judged; it is a row of its own, which --undo takes back. Events are named
    by their ids (--members lists them).

    \b
    Examples:
      dotterel link events.duckdb
      dotterel link events.duckdb --list
      dotterel link events.duckdb --part 615ef9bfb18ee03f-1 9a0c1d2e3f405162-2 --note "two raids"
      dotterel link events.duckdb --undo 12
    """
    asked = {"linked": listed, "members": members, "judgements": judgements, "reprints": reprints}
    if join or part or undo is not None:
        decide(database, join, part, undo, by or getpass.getuser(), note)
    elif any(asked.values()):
        for name, wanted in asked.items():
            if wanted:
                show(database, LISTS[name], form)
    else:
        link_rest(database)


def decide(
    database: Database,
    join: tuple[str, str] | None,
    part: tuple[str, str] | None,
    undo: int | None,
    by: str,
    note: str | None,
) -> None:
    """Record what the user decides."""
    from dotterel.store import open_existing

    with open_existing(database) as store:
        if join:
            print(f"judgement {store.join(*join, made_by=by, note=note)}: {join[0]} and {join[1]} are one act")
        if part:
            print(f"judgement {store.part(*part, made_by=by, note=note)}: {part[0]} and {part[1]} are different acts")
        if undo is not None:
            store.undo_judgement(undo)
            print(f"judgement {undo} undone")


def link_rest(database: Database) -> None:
    """Link what is not linked yet, and say how many acts there are."""
    from dotterel.progress import shown
    from dotterel.store import open_existing

    with open_existing(database) as store:
        waiting = store.query("SELECT count(*) FROM reports WHERE id NOT IN (SELECT report_id FROM reprints)")
        for _ in shown(store.link(), waiting.column(0)[0].as_py(), "reports linked"):
            pass
        counts = "SELECT (SELECT count(*) FROM events), count(*), count(*) FILTER (reports > 1) FROM linked_events"
        events, acts, several = (column[0].as_py() for column in store.query(counts).columns)
    print(f"{events:,} events are {acts:,} acts, {several:,} of them told by several reports")


def show(database: Database, sql: str, form: Format) -> None:
    """Print one of the lists."""
    from dotterel.store import open_store
    from dotterel.terminal import SHOWN_ROWS, print_csv, print_json, print_table

    with open_store(database, read_only=True) as store:
        answer = store.query(sql)
    {Format.TABLE: print_table, Format.CSV: print_csv, Format.JSON: print_json}[form](answer)
    if form is Format.TABLE and answer.num_rows > SHOWN_ROWS:
        complain(f"{SHOWN_ROWS} of {answer.num_rows:,} rows; --format csv prints them all")
