"""Analysis of a database: `dotterel analyze series`, `quads`, `sides`, ..., as tables and plots."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from dotterel.cli.options import Database, Format

Actor = Annotated[str, typer.Argument(metavar="A", help="A country code, an actor's id, name or part of a name.")]
Other = Annotated[str, typer.Argument(metavar="B", help="The other, likewise.")]
By = Annotated[str, typer.Option("--by", metavar="PERIOD", help="day, week (from Monday), month or year.")]
OneADay = Annotated[bool, typer.Option("--one-a-day", help="Keep one act of a type a day and direction.")]
Level = Annotated[str, typer.Option("--by", metavar="LEVEL", help="country (armed groups by themselves) or actor.")]
Unit = Annotated[str, typer.Option(metavar="UNIT", help="linked (each act once) or report (once a report).")]
Status = Annotated[
    list[str] | None,
    typer.Option("--status", metavar="STATUS", help="Acts of this status; may be given again. [occurred, ongoing]"),
]
Since = Annotated[str | None, typer.Option(metavar="DATE", help="First day, as 2015-11-27.")]
Until = Annotated[str | None, typer.Option(metavar="DATE", help="Last day.")]
Dating = Annotated[
    str,
    typer.Option(
        metavar="HOW",
        help="sure (acts surely in the period), start (vague dates by their first day) or published"
        " (also undated acts, by the day of the first report).",
    ),
]
Form = Annotated[Format, typer.Option("--format", metavar="FORM", help="table (main columns), csv or json (all).")]
Plot = Annotated[Path | None, typer.Option(metavar="FILE", help="Also draw it: a .png or .svg file.")]

app = typer.Typer(
    name="analyze",
    help="Series, profiles, sides, coalitions, tallies, itineraries and change points of a database.",
    rich_markup_mode=None,
    no_args_is_help=True,
)


def scope(unit: str, status: list[str] | None, since: str | None, until: str | None, dating: str) -> dict[str, Any]:
    """The arguments that every analysis takes."""
    from dotterel.analysis.scope import DONE

    return {"unit": unit, "statuses": tuple(status or DONE), "since": since, "until": until, "dating": dating}


def ready(plot: Path | None) -> None:
    """Raises an error at once where a plot could not be written in the end."""
    from dotterel.analysis.plots import check_plot

    if plot is not None:
        check_plot(plot)


@app.command()
def series(
    database: Database,
    a: Actor,
    b: Other,
    by: By = "week",
    one_a_day: OneADay = False,
    unit: Unit = "linked",
    status: Status = None,
    since: Since = None,
    until: Until = None,
    dating: Dating = "sure",
    form: Form = Format.TABLE,
    plot: Plot = None,
) -> None:
    """Acts between two parties by day, week, month or year, with their mean score.

    A period without acts has zeros and no score. Every act counts once, however
    many reports tell it; --one-a-day keeps only one of a type a day and direction.

    \b
    Examples:
      dotterel analyze series events.duckdb RUS TUR --by month
      dotterel analyze series events.duckdb RUS TUR --since 2015-11-01 --plot rus_tur.svg
    """
    from dotterel.analysis import dyad_series
    from dotterel.analysis.plots import draw_series
    from dotterel.cli.frames import OTHERWISE, give, plotted, with_bars
    from dotterel.store import open_store

    ready(plot)
    with open_store(database, read_only=True) as store:
        frame = dyad_series(store, a, b, by=by, one_a_day=one_a_day, **scope(unit, status, since, until, dating))
    first, second = frame.attrs["a"], frame.attrs["b"]
    ways = (f"{first} to {second}", f"{second} to {first}")
    columns = ("period", "acts", "cooperation", "conflict", "score", *ways, "bar")
    nothing = None if frame["acts"].any() else f"No acts between {first} and {second} in any {by}. {OTHERWISE}"
    shown = with_bars(frame) if form is Format.TABLE else frame
    give(shown, form, f"{first} and {second}: acts by {by}", columns, nothing)
    plotted(plot, form, frame, lambda figure: draw_series(figure, frame), 5)


@app.command()
def quads(
    database: Database,
    a: Actor,
    b: Other,
    unit: Unit = "linked",
    status: Status = None,
    since: Since = None,
    until: Until = None,
    dating: Dating = "sure",
    form: Form = Format.TABLE,
    plot: Plot = None,
) -> None:
    """What two parties do to each other: verbal and material, cooperation and conflict.

    \b
    Example:
      dotterel analyze quads events.duckdb RUS TUR --plot quads.png
    """
    from dotterel.analysis import quad_profile
    from dotterel.analysis.plots import draw_quads
    from dotterel.cli.frames import OTHERWISE, give, plotted
    from dotterel.store import open_store

    ready(plot)
    with open_store(database, read_only=True) as store:
        frame = quad_profile(store, a, b, **scope(unit, status, since, until, dating))
    first, second = frame.attrs["a"], frame.attrs["b"]
    nothing = None if frame["acts"].any() else f"No acts between {first} and {second}. {OTHERWISE}"
    columns = ("actor", "recipient", "kind", "acts", "share", "score", "types")
    give(frame, form, f"{first} and {second}: kinds of acts", columns, nothing)
    plotted(plot, form, frame, lambda figure: draw_quads(figure, frame))


@app.command()
def sides(
    database: Database,
    show: Annotated[str, typer.Option(metavar="WHICH", help="actors, ties or triads.")] = "actors",
    by: Level = "country",
    min_ties: Annotated[int, typer.Option(min=1, metavar="N", help="Ties of fewer acts and stances are left out.")] = 1,
    unit: Unit = "linked",
    status: Status = None,
    since: Since = None,
    until: Until = None,
    dating: Dating = "sure",
    form: Form = Format.TABLE,
    plot: Plot = None,
) -> None:
    """Who stands with whom: ties, the sides they form, and whether they are in balance.

    Ties add up the scores of acts, acts done together, and stances; sides are the
    communities of the friendly ties; a triad is in balance where a friend's foe is
    a foe.

    \b
    Examples:
      dotterel analyze sides events.duckdb --since 2017-06-01 --until 2017-06-30
      dotterel analyze sides events.duckdb --show ties --min-ties 3 --format csv > ties.csv
    """
    from dotterel import analysis
    from dotterel.analysis.plots import draw_sides
    from dotterel.analysis.scope import one_of
    from dotterel.cli.frames import OTHERWISE, give, plotted
    from dotterel.store import open_store

    one_of("show", show, ("actors", "ties", "triads"))
    ready(plot)
    with open_store(database, read_only=True) as store:
        found = analysis.sides(store, by=by, min_ties=min_ties, **scope(unit, status, since, until, dating))
    frame = getattr(found, show)
    nothing = None if len(frame) else f"There are no {show} to tell. {OTHERWISE}"
    balance = f"{found.balance:.0%} of {found.triad_count:,} triads in balance" if found.triad_count else "no triads"
    columns = tuple(name for name in frame if name not in {"id", "a_id", "b_id"})
    give(frame, form, f"Who stands with whom: {show}; {balance}", columns, nothing)
    plotted(plot, form, found.actors, lambda figure: draw_sides(figure, found), 7)


@app.command()
def coalitions(
    database: Database,
    days: Annotated[int, typer.Option(min=0, metavar="N", help="Days within which an act alike joins another.")] = 7,
    alike: Annotated[str, typer.Option(metavar="WHAT", help="type, quad or any: which acts are alike.")] = "type",
    min_members: Annotated[int, typer.Option(min=2, metavar="N", help="Smallest coalition.")] = 2,
    by: Level = "country",
    unit: Unit = "linked",
    status: Status = None,
    since: Since = None,
    until: Until = None,
    dating: Dating = "sure",
    form: Form = Format.TABLE,
    plot: Plot = None,
) -> None:
    """Groups that act together, or alike within days of each other, against a third.

    \b
    Example:
      dotterel analyze coalitions events.duckdb --days 14 --min-members 3
    """
    from dotterel import analysis
    from dotterel.analysis.plots import draw_coalitions
    from dotterel.cli.frames import give, plotted
    from dotterel.store import open_store

    ready(plot)
    with open_store(database, read_only=True) as store:
        frame = analysis.coalitions(store, days=days, alike=alike, min_members=min_members, by=by,
                                    **scope(unit, status, since, until, dating))  # fmt: skip
    columns = ("formed", "target", "members", "last_day", "acts", "joint", "types")
    nothing = (
        None if len(frame) else f"No coalition of {min_members} or more within {days} days; --days 30 looks wider."
    )
    give(frame, form, "Coalitions as they form", columns, nothing)
    plotted(plot, form, frame, lambda figure: draw_coalitions(figure, frame), 2 + 0.5 * min(len(frame), 40))


@app.command()
def tallies(
    database: Database,
    what: Annotated[
        str,
        typer.Argument(metavar="WHAT", help="dead, injured, strikes, troops, ..."),
    ],
    whose: Annotated[str, typer.Option(metavar="BY", help="source, by, against or place: by whose count.")] = "source",
    period: Annotated[str | None, typer.Option(metavar="PERIOD", help="Add up by day, week, month or year.")] = None,
    cumulate: Annotated[bool, typer.Option("--cumulate", help="With --period: running totals too.")] = False,
    source: Annotated[str | None, typer.Option(metavar="NAME", help="Only figures of this source.")] = None,
    by: Annotated[str | None, typer.Option(metavar="NAME", help="Only of what this party did.")] = None,
    against: Annotated[str | None, typer.Option(metavar="NAME", help="Only of what was done to this party.")] = None,
    unit: Unit = "linked",
    status: Status = None,
    since: Since = None,
    until: Until = None,
    dating: Dating = "sure",
    form: Form = Format.TABLE,
    plot: Plot = None,
) -> None:
    """Figures over time and by whose count, their bounds and ranges kept.

    Nothing is added up unless --period asks for it. "At least 12" has no upper
    end, and a sum that holds it has none.

    \b
    Examples:
      dotterel analyze tallies events.duckdb dead
      dotterel analyze tallies events.duckdb strikes --whose by --period month --cumulate
    """  # fmt: skip
    from dotterel import analysis
    from dotterel.analysis.plots import draw_tallies
    from dotterel.cli.frames import OTHERWISE, give, plotted, with_counts
    from dotterel.store import open_store

    ready(plot)
    with open_store(database, read_only=True) as store:
        frame = analysis.tallies(store, what, whose=whose, period=period, cumulate=cumulate, source=source, by=by,
                                 against=against, **scope(unit, status, since, until, dating))  # fmt: skip
    told = ("day", "count", "by", "against", "place", "source", "reports")
    nothing = None if len(frame) else f"No figures of {what}. {OTHERWISE}"
    shown = frame if period or form is not Format.TABLE else with_counts(frame)
    give(shown, form, f"Figures of {what} by {whose}", tuple(frame) if period else told, nothing)
    plotted(plot, form, frame, lambda figure: draw_tallies(figure, frame))


@app.command()
def itinerary(
    database: Database,
    person: Annotated[str, typer.Argument(metavar="PERSON", help="An actor's id, name or part of a name.")],
    calls: Annotated[bool, typer.Option("--calls", help="Talks by telephone and the like too.")] = False,
    unit: Unit = "linked",
    status: Status = None,
    since: Since = None,
    until: Until = None,
    dating: Dating = "sure",
    form: Form = Format.TABLE,
    plot: Plot = None,
) -> None:
    """The meetings and visits of a person in order, where and with whom.

    \b
    Example:
      dotterel analyze itinerary events.duckdb hollande --since 2015-11-23
    """
    from dotterel import analysis
    from dotterel.analysis.plots import draw_itinerary
    from dotterel.cli.frames import OTHERWISE, give, plotted
    from dotterel.store import open_store

    ready(plot)
    with open_store(database, read_only=True) as store:
        frame = analysis.itinerary(store, person, calls=calls, **scope(unit, status, since, until, dating))
    nothing = None if len(frame) else f"No meetings or visits of {frame.attrs['person']}. {OTHERWISE}"
    columns = ("date", "how", "whom", "place", "country", "sentence")
    give(frame, form, f"{frame.attrs['person']}: meetings and visits", columns, nothing)
    plotted(plot, form, frame, lambda figure: draw_itinerary(figure, frame), 2 + 0.5 * min(len(frame), 40))


@app.command()
def changes(
    database: Database,
    a: Actor,
    b: Other,
    by: By = "week",
    measure: Annotated[str, typer.Option(metavar="WHAT", help="net, score, acts, cooperation or conflict.")] = "net",
    penalty: Annotated[float, typer.Option(metavar="X", help="Higher finds fewer changes.")] = 3.0,
    shortest: Annotated[int, typer.Option(min=1, metavar="N", help="Fewest periods between two changes.")] = 3,
    one_a_day: OneADay = False,
    unit: Unit = "linked",
    status: Status = None,
    since: Since = None,
    until: Until = None,
    dating: Dating = "sure",
    form: Form = Format.TABLE,
    plot: Plot = None,
) -> None:
    """When the relations of two parties changed for longer.

    \b
    Example:
      dotterel analyze changes events.duckdb RUS TUR --by month --measure conflict
    """
    from dotterel.analysis import change_points, dyad_series
    from dotterel.analysis.plots import draw_changes
    from dotterel.cli.frames import give, plotted
    from dotterel.store import open_store

    ready(plot)
    common = {"by": by, "one_a_day": one_a_day, **scope(unit, status, since, until, dating)}
    with open_store(database, read_only=True) as store:
        frame = change_points(store, a, b, measure=measure, penalty=penalty, shortest=shortest, **common)
        drawn = dyad_series(store, a, b, **common)
    first, second, periods = (frame.attrs[name] for name in ("a", "b", "periods"))
    nothing = None if len(frame) else f"No change in {periods:,} periods ({by}); a lower --penalty finds smaller ones."
    give(frame, form, f"{first} and {second}: changes of {measure} by {by}", tuple(frame), nothing)
    plotted(plot, form, drawn, lambda figure: draw_changes(figure, drawn, frame))
