"""The first page: what this is, a question to ask it, what the database holds, and the ways on."""

from __future__ import annotations

from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dotterel.analysis.overview import NAMES_LISTED, Overview, overview
from dotterel.web.desk import desk_of
from dotterel.web.rendering import render

OFFERED = 300  # names that the question offers to complete


def home(request: Request) -> Response:
    """The page."""
    with desk_of(request).store.reading() as store:
        held = overview(store, OFFERED)
    return render(
        request,
        "home.html",
        title="Overview",
        held=held,
        actors=held.actors[:NAMES_LISTED],
        offered=sorted({actor.name for actor in held.actors}),
        most=max((kind.acts for kind in held.types), default=0),
        example=example(held),
        by="" if held.unit == "linked" else "events",
    )


def example(held: Overview) -> tuple[str, str, date] | None:
    """A question to begin with: two parties that often meet, and a day with much news."""
    if not held.dyads or not held.busiest:
        return None
    return held.dyads[0].name_a, held.dyads[0].name_b, held.busiest[0].day


ROUTES: list[BaseRoute] = [Route("/", home)]
