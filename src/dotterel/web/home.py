"""The first page: what the database holds, and the ways into it."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dotterel.web.desk import desk_of
from dotterel.web.rendering import render


def home(request: Request) -> Response:
    """The page."""
    with desk_of(request).store.reading() as store:
        counts = store.counts()
    return render(request, "home.html", title="Overview", counts=counts)


ROUTES: list[BaseRoute] = [Route("/", home)]
