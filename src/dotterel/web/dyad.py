"""Two parties: how they dealt with each other over time, by what kinds of acts, and the acts behind every point."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dotterel.analysis.between import PERIODS
from dotterel.analysis.changes import MEASURES
from dotterel.store import Search, Store
from dotterel.store.browsing import Found
from dotterel.web.addressed import UNITS, status_options
from dotterel.web.desk import desk_of
from dotterel.web.dyad_asked import Asked
from dotterel.web.dyad_plot import draw
from dotterel.web.dyad_told import (
    MEASURED,
    Told,
    changes,
    chosen,
    kinds,
    left_out,
    pages,
    periods,
    tell,
    ways,
)
from dotterel.web.periods import first_day, last_day, period_words
from dotterel.web.plots import as_response, theme_of
from dotterel.web.rendering import address, go_to, render
from dotterel.web.unlinked import unlinked
from dotterel.web.whose import SAID, which

LONGEST_NAME = 80  # of a file
BY = [("", "as suits"), *((by, by) for by in PERIODS)]
DIRECTION = [("both", "both ways"), ("out", "the first toward the second"), ("in", "the second toward the first")]
DATING = [
    ("sure", "only those surely in one"),
    ("start", "vague ones by their first day"),
    ("published", "and undated ones by their report"),
]


def dyad(request: Request) -> Response:
    """The page; where a name is nobody's or several parties', the choice instead."""
    asked = Asked.of(request.query_params)
    if not (asked.a and asked.b):
        return go_to(address("/dyads", a=asked.a or asked.b))
    if answer := unlinked(request, asked.unit, asked.address(unit="report")):
        return answer
    try:
        told = told_to(request, asked)
    except SAID as error:
        side = "a" if error.said == asked.a else "b"
        return which(request, error, lambda one: asked.address(**{side: one}), **form(asked))
    with desk_of(request).store.reading() as store:
        values = {**told_of(told), **acts_of(store, told)}
    return render(request, "dyad.html", title=" and ".join(told.names), **form(asked), **values)


def told_to(request: Request, asked: Asked) -> Told:
    """The answer, as long as nothing is written into the database read only once."""
    desk = desk_of(request)
    return tell(desk.store, desk.memory, asked)


def told_of(told: Told) -> dict[str, Any]:
    """What the page shows but for the acts themselves."""
    found, why = changes(told)
    first, second = told.whole.first, told.whole.second
    scope = told.whole.scope
    return {
        "told": told,
        "here": "/dyads",
        "total": len(told.acts),
        "by": told.by,
        "names": told.names,
        "keys": (first.key, second.key),
        "whole_countries": [party.column == "country" for party in (first, second)],
        "ways": ways(told),
        "kinds": kinds(told),
        "periods": periods(told),
        "pages": pages(told),
        "changes": found,
        "no_change": why,
        "measured": MEASURED[told.asked.measure],
        "left_out": list(left_out(told)),
        "record": told.asked.record(first, second, scope.since, scope.until),
        "plot_url": told.asked.address("/dyad/plot", at=None, quad=None, page=1, by=told.by),
        "csv": told.asked.address("/dyad/series.csv", at=None, quad=None, page=1, by=told.by),
    }


def acts_of(store: Store, told: Told) -> dict[str, Any]:
    """The acts that are listed: those behind a point, or the latest."""
    asked, scope = told.asked, told.whole.scope
    ids, total = chosen(told)
    found = Found(tuple(ids), tuple(ids.values()), total)
    first, last = scope.since, scope.until
    if asked.at:
        first = first_day(asked.at, told.by)
        last = last_day(first, told.by)
    unit = "linked" if asked.unit == "linked" else "events"
    return {
        "acts": store.told(Search(by=unit), found),
        "acts_total": total,
        "acts_period": period_words(first, told.by) if asked.at and first else None,
        "acts_quad": asked.quad,
        "acts_record": asked.record(told.whole.first, told.whole.second, first, last),
    }


def acts(request: Request) -> Response:
    """The acts behind a point, as a part of the page."""
    told = told_to(request, Asked.of(request.query_params))
    with desk_of(request).store.reading() as store:
        values = acts_of(store, told)
    return render(request, "dyad_acts.html", **values)


def plot(request: Request) -> Response:
    """The plot."""
    return as_response(draw(told_to(request, Asked.of(request.query_params)), theme_of(request)))


def series(request: Request) -> Response:
    """The series as a file."""
    told = told_to(request, Asked.of(request.query_params))
    name = "-".join(part.key.replace(":", "-") for part in (told.whole.first, told.whole.second))
    safe = "".join(letter for letter in name if letter.isascii() and (letter.isalnum() or letter in "-_."))
    words = told.series.to_csv(index=False, date_format="%Y-%m-%d")
    headers = {"content-disposition": f'attachment; filename="{safe[:LONGEST_NAME]}-{told.by}.csv"'}
    return Response(words, media_type="text/csv; charset=utf-8", headers=headers)


def form(asked: Asked) -> dict[str, Any]:
    """What the form needs."""
    choices = {"by": BY, "direction": DIRECTION, "status": status_options(), "unit": UNITS, "dating": DATING}
    return {"asked": asked, "choices": {**choices, "measure": [(one, MEASURED[one]) for one in MEASURES]}}


ROUTES: list[BaseRoute] = [
    Route("/dyad", dyad),
    Route("/dyad/acts", acts),
    Route("/dyad/plot", plot),
    Route("/dyad/series.csv", series),
]
