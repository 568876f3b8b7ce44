"""A report with its spans marked, and its record beside it."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dotterel.codebook.loader import types
from dotterel.store.edits import STATUSES
from dotterel.store.sentences import sentence_spans
from dotterel.web.desk import desk_of
from dotterel.web.reading_view import Reading, reading_of
from dotterel.web.rendering import render
from dotterel.web.segments import KINDS

NOTHING = "none"  # in the address: no kind of span is marked


def reader(request: Request) -> Response:
    """The page of one report in the database."""
    report_id = request.path_params["report_id"]
    with desk_of(request).store.reading() as store:
        found = store.current(report_id)
    if found is None:
        raise HTTPException(404, f"There is no report {report_id} in this database.")
    view = reading_of(found.coding, found.standing, found.rejected)
    return show(
        request, view, stored=True, types=types(), statuses=STATUSES, sentences=sentence_spans(view.report.text)
    )


def show(request: Request, view: Reading, **values: Any) -> Response:
    """A report as the address asks for it: which kinds of spans are marked, and which record is lit up."""
    asked = request.query_params.getlist("kinds")
    kinds = [NOTHING] if asked == [NOTHING] else [kind for kind in KINDS if kind in asked]
    lit = view.key_of(request.query_params.get("event"))
    if lit is None and request.query_params.get("record") in set(view.keys()):
        lit = request.query_params["record"]
    return render(
        request,
        "reader.html",
        title=view.report.title or f"Report {view.report.id}",
        view=view,
        shown=[kind for kind in KINDS if not kinds or kind in kinds],
        kinds=kinds,
        lit=lit,
        sought=request.query_params.get("event"),
        **values,
    )


ROUTES: list[BaseRoute] = [Route("/reports/{report_id}", reader)]
