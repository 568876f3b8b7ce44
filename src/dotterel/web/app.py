"""The app: every page's routes, the static files, and the guard before them."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from dotterel.web import (
    actor,
    actors,
    coding_page,
    correcting,
    corrections,
    dyad,
    dyads,
    editing,
    event,
    home,
    itinerary,
    map,
    network,
    reader,
    record,
    reports,
    review,
    tallies,
)
from dotterel.web.desk import Desk
from dotterel.web.failures import HANDLERS
from dotterel.web.guard import Guard
from dotterel.web.warming import warming

PAGES: tuple[list[BaseRoute], ...] = (
    correcting.ROUTES,
    event.ROUTES,
    actors.ROUTES,
    corrections.ROUTES,
    dyad.ROUTES,
    dyads.ROUTES,
    editing.ROUTES,
    home.ROUTES,
    record.ROUTES,
    itinerary.ROUTES,
    reports.ROUTES,  # before the reader: /reports/failures is no report
    map.ROUTES,
    network.ROUTES,
    reader.ROUTES,
    review.ROUTES,
    coding_page.ROUTES,
    actor.ROUTES,  # at the end: every path under /actors is an id
    tallies.ROUTES,
)
STATIC = Path(str(files("dotterel.web") / "static"))


def create_app(desk: Desk) -> ASGIApp:
    """The desk as an ASGI app. The guard stands before all else, so that no answer goes out without its headers."""

    @asynccontextmanager
    async def running(app: Starlette) -> AsyncIterator[None]:
        with warming():
            yield
        desk.store.close()

    app = Starlette(
        routes=[route for routes in PAGES for route in routes] + [static(), plotting()],
        exception_handlers=dict(HANDLERS),
        lifespan=running,
    )
    app.state.desk = desk
    return Guard(app, desk)


class Kept(StaticFiles):
    """Files that a browser keeps, and asks before each use whether they are still the same."""

    def lookup_path(self, path: str) -> tuple[str, os.stat_result | None]:
        """Where a file lies; nowhere where no file could be named so, which some versions of starlette stumble over."""
        return super().lookup_path(path) if "\0" not in path else ("", None)

    def file_response(self, *args: Any, **options: Any) -> Response:
        """The file, or that it is the same. A browser also keeps what it made of a script so."""
        answer = super().file_response(*args, **options)
        answer.headers["Cache-Control"] = "no-cache"
        return answer


def static() -> Mount:
    """Our own scripts and styles."""
    return Mount("/static", Kept(directory=STATIC), name="static")


def plotting() -> Mount:
    """Bokeh's scripts, from its wheel."""
    import bokeh

    folder = Path(str(bokeh.__file__)).parent / "server" / "static" / "js"
    return Mount("/bokeh", Kept(directory=folder), name="bokeh")
