"""An itinerary: the meetings and visits of a person in order, where and with whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dotterel import analysis
from dotterel.analysis.scope import scope_of
from dotterel.web.addressed import counted_statuses, given, status_options, told
from dotterel.web.desk import desk_of
from dotterel.web.periods import plain
from dotterel.web.rendering import address, render, segment
from dotterel.web.unlinked import unlinked
from dotterel.web.whose import SAID, which

SHOWN = 500  # rows; somebody who meets more often is asked for by days


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose itinerary, of which days. The names are those of the address."""

    who: str = ""
    calls: str | None = None  # "1": talks from afar too
    since: date | None = None
    until: date | None = None
    unit: str = "linked"
    status: str | None = None

    @classmethod
    def of(cls, query: QueryParams) -> Asked:
        """What an address asks. Raises InputError or StoreError for a value that is none."""
        return cls(**given(cls, query, {"calls": ("1",)}, {}))

    def address(self, **changes: Any) -> str:
        """The page with this question, changed as told."""
        return address("/itinerary", **told(replace(self, **changes)))


def itinerary(request: Request) -> Response:
    """The page."""
    asked = Asked.of(request.query_params)
    scope_of(asked.unit, counted_statuses(asked.status), asked.since, asked.until)
    if answer := unlinked(request, asked.unit, asked.address(unit="report")):
        return answer
    if not asked.who:
        found: dict[str, Any] = {"title": "Itinerary of a person", "rows": None}
        return render(request, "itinerary.html", asked=asked, statuses=status_options(), **found)
    try:
        found = stops(request, asked)
    except SAID as error:
        return which(request, error, lambda one: asked.address(who=one), asked=None)
    return render(request, "itinerary.html", asked=asked, statuses=status_options(), **found)


def stops(request: Request, asked: Asked) -> dict[str, Any]:
    """The meetings and visits, and what was left out. Raises InputError where the person cannot be told."""
    with desk_of(request).store.reading() as store:
        frame = analysis.itinerary(store, asked.who, calls=asked.calls is not None, unit=asked.unit, since=asked.since,
                                   statuses=counted_statuses(asked.status), until=asked.until)  # fmt: skip
    rows = plain(frame.head(SHOWN))
    for row in rows:
        row["href"] = f"/events/{segment(row['act_id'])}"
    title = f"{frame.attrs['person']}: meetings and visits"
    return {"title": title, "rows": rows, "total": len(frame), "left_out": frame.attrs["left_out"]}


ROUTES: list[BaseRoute] = [Route("/itinerary", itinerary)]
