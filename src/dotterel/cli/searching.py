"""Searching a database: `dotterel search`."""

from __future__ import annotations

from typing import Annotated

import typer

from dotterel.cli.answers import give
from dotterel.cli.options import Database, FileFormat, Output


def search(
    database: Database,
    words: Annotated[list[str] | None, typer.Argument(metavar="WORDS", help='Words; "..." is a phrase.')] = None,
    actor: Annotated[
        str | None, typer.Option(metavar="WHO", help="Who takes part: an id, country code or part of a name.")
    ] = None,
    dyad: Annotated[tuple[str, str] | None, typer.Option(metavar="A B", help="Who acted, and toward whom.")] = None,
    between: Annotated[
        tuple[str, str] | None, typer.Option(metavar="A B", help="Two parties, whoever of them acted.")
    ] = None,
    kind: Annotated[str | None, typer.Option("--type", metavar="TYPE", help="An event type, such as ASSAULT.")] = None,
    mode: Annotated[str | None, typer.Option(metavar="MODE", help="A mode of a type, such as aerial.")] = None,
    quad: Annotated[int | None, typer.Option(min=1, max=4, metavar="N", help="Quad class, 1 to 4.")] = None,
    status: Annotated[str | None, typer.Option(metavar="STATUS", help="occurred, planned, negated, ...")] = None,
    country: Annotated[str | None, typer.Option(metavar="CODE", help="Where it happened, or of a party: SYR.")] = None,
    place: Annotated[str | None, typer.Option(metavar="NAME", help="Part of the name of the place.")] = None,
    context: Annotated[str | None, typer.Option(metavar="CONTEXT", help="What it is about, such as military.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="From that day, month or year on.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="To that day, month or year.")] = None,
    source: Annotated[
        str | None, typer.Option(metavar="NAME", help="Part of the publisher's or agency's name.")
    ] = None,
    min_confidence: Annotated[float, typer.Option(min=0, max=1, metavar="P", help="Surer than this.")] = 0.0,
    linked: Annotated[bool, typer.Option("--linked", help="Each act once, however many reports tell it.")] = False,
    reports: Annotated[bool, typer.Option("--reports", help="Reports, whether an act was coded or not.")] = False,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="At most so many.")] = 50,
    form: Annotated[
        FileFormat, typer.Option("--format", metavar="FORM", help="table, csv, json or parquet.")
    ] = FileFormat.TABLE,
    output: Output = None,
) -> None:
    """Find acts, or reports, by words and by what was coded.

    All words must be in the report; endings, accents and capitals do not count,
    and small common words are not looked up; a phrase stands as it is written, but
    for capitals. The best come first, each with the
    sentence that fits best; without words, the newest. A date is that of the act,
    or of the report where the act has none. What you corrected holds.

    \b
    Examples:
      dotterel search events.duckdb convoy shelled --since 2015-11
      dotterel search events.duckdb '"chemical weapons"' --reports
      dotterel search events.duckdb --dyad RUS TUR --type THREATEN --linked --format csv
      dotterel search events.duckdb --between Russia Turkey --since 2015-11
    """
    from dotterel.store import open_store

    with open_store(database, read_only=True) as store:
        answer = store.search(
            " ".join(words or ()),
            by="linked" if linked else "reports" if reports else "events",
            actor=actor,
            dyad=dyad,
            between=between,
            type=kind,
            mode=mode,
            quad=quad,
            status=status,
            country=country,
            place=place,
            context=context,
            since=since,
            until=until,
            source=source,
            min_confidence=min_confidence,
            limit=limit,
        )
    if form is FileFormat.TABLE:
        shown = [name for name in SHOWN if name in answer.column_names and (reports or name != "title")]
        answer = answer.select([*(["report_id"] if reports else []), *shown])
    give(answer, form, output)


SHOWN = ("date", "actors", "type", "recipients", "title", "sentence")  # of a table; csv and json have all columns
