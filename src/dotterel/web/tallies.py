"""Tallies: the figures that reports give of the dead, of strikes, of troops, by whose count and over time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dotterel.analysis.between import PERIODS
from dotterel.analysis.counts import TOLD, WHAT
from dotterel.web.addressed import UNITS, status_options
from dotterel.web.desk import desk_of
from dotterel.web.paging import pages_with, turns
from dotterel.web.plots import as_response, theme_of
from dotterel.web.rendering import render
from dotterel.web.tallies_asked import EACH, Counted
from dotterel.web.tallies_plot import draw, legend
from dotterel.web.tallies_told import LISTED, SUMS, Tally, figures, kinds, left_out, summed, tally
from dotterel.web.unlinked import unlinked

NAMES = {what: what for what in WHAT} | {
    "dead": "the dead",
    "injured": "the injured",
    "displaced": "the displaced",
    "other": "other things",
}
CHOICES = {
    "whose": [
        ("source", "who is cited"),
        ("by", "whose doing it was"),
        ("against", "whom it struck"),
        ("place", "the place"),
    ],
    "period": [(EACH, "no sums, each figure"), *((period, f"sums by {period}") for period in PERIODS)],
    "unit": UNITS,
    "dating": [
        ("sure", "surely within"),
        ("start", "vague ones by their first day"),
        ("published", "and undated ones by their report"),
    ],
}


def tallies(request: Request) -> Response:
    """The page."""
    asked, held = question(request)
    if answer := unlinked(request, asked.unit, asked.address(unit="report")):
        return answer
    told = told_of(request, asked)
    rows, sums = summed(told)
    listed, total = figures(told)
    count, size = (total, LISTED) if told.sums is None else (sums, SUMS)
    shown, more = legend(told)
    pages = pages_with(asked.page, count, size)
    return render(
        request,
        "tallies.html",
        title=f"Figures of {NAMES[asked.what or '']}",
        names=NAMES,
        asked=asked,
        held=[(what, held.get(what, 0), Counted(what=what, unit=asked.unit).address()) for what in by_number(held)],
        choices={**CHOICES, "status": status_options()},
        sums=rows,
        sums_total=sums,
        summed=told.sums is not None,
        figures=listed,
        total=total,
        left_out=list(left_out(told)),
        pages=pages,
        turns=[(turn.words, asked.address(page=turn.page) if turn.page else None) for turn in turns(asked.page, pages)],
        legend=shown,
        undrawn=more,
        plot_url=asked.address("/tallies/plot", page=1),
        csv=asked.address("/tallies/figures.csv", page=1),
    )


def by_number(held: dict[str, int]) -> list[str]:
    """Every kind of figure, those first of which there are most."""
    return sorted(WHAT, key=lambda what: -held.get(what, 0))


def question(request: Request) -> tuple[Counted, dict[str, int]]:
    """What is asked for, with the kind there is most of where none is named; and how many figures of each there are."""
    asked, desk = Counted.of(request.query_params), desk_of(request)
    held = desk.memory.recall(desk.store, "kinds of figures", kinds)
    return replace(asked, what=asked.what or next(iter(held), WHAT[1])), held


def told_of(request: Request, asked: Counted) -> Tally:
    """The figures that are asked for."""
    desk = desk_of(request)
    return tally(desk.store, desk.memory, asked)


def plot(request: Request) -> Response:
    """The plot."""
    asked, _ = question(request)
    return as_response(draw(told_of(request, asked), theme_of(request)))


def saved(request: Request) -> Response:
    """The sums, or each figure, as a file."""
    asked, _ = question(request)
    told = told_of(request, asked)
    frame: Any = told.figures.rows[[*TOLD, "report_id"]] if told.sums is None else told.sums
    words = frame.to_csv(index=False, date_format="%Y-%m-%d")
    headers = {"content-disposition": f'attachment; filename="{asked.what}-{asked.period}.csv"'}
    return Response(words, media_type="text/csv; charset=utf-8", headers=headers)


ROUTES: list[BaseRoute] = [
    Route("/tallies", tallies),
    Route("/tallies/plot", plot),
    Route("/tallies/figures.csv", saved),
]
