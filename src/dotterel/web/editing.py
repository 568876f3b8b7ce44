"""The form that changes an event, by itself or as part of another page; and whom a name could mean, as it is typed."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from dotterel.actors.vocabulary import states
from dotterel.codebook.loader import types
from dotterel.store import Store
from dotterel.store.edits import STATUSES
from dotterel.web.desk import desk_of
from dotterel.web.event_now import EventNow, event_now
from dotterel.web.rendering import inside, render

COMPLETED = 12  # names offered at once
SHORTEST, LONGEST = 2, 100  # letters that are completed


def edit_page(request: Request) -> Response:
    """The form of one event: a page, or with `part` in the address the form alone, to be put into another page."""
    event_id = request.query_params.get("event", "")
    with desk_of(request).store.reading() as store:
        now = found_event(store, event_id)
    template = "editing_part.html" if "part" in request.query_params else "editing_page.html"
    back = inside(request.query_params.get("next") or f"/reports/{now.report.id}")
    return render(request, template, title="Edit an event", now=now, back=back, **choices())


def found_event(store: Store, event_id: str) -> EventNow:
    """The event of that id. Raises HTTPException where there is none."""
    found = event_now(store, event_id)
    if found is None:
        raise HTTPException(404, f"There is no event {event_id} in this database.")
    return found


def choices() -> dict[str, Any]:
    """What may be chosen in the form."""
    return {"types": types(), "statuses": STATUSES}


def complete(request: Request) -> Response:
    """Whom the words could name: actors of the database, then states that are not in it yet."""
    words = " ".join(request.query_params.get("q", "").split())[:LONGEST]
    if len(words) < SHORTEST:
        return JSONResponse([])
    with desk_of(request).store.reading() as store:
        rows = store.complete_actor(words, COMPLETED).to_pylist()
    known = {row["actor_id"] for row in rows}
    new = [state for state in states().values() if state.id not in known and begins(state.name, words)]
    rows += [{"actor_id": s.id, "name": s.name, "country": s.country, "events": 0} for s in new]
    return JSONResponse(values(rows[:COMPLETED]))


def begins(name: str, words: str) -> bool:
    """Whether a name begins with the words."""
    return name.casefold().startswith(words.casefold())


def values(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with what stands for each in the form: the name, or the id where somebody before has the name too."""
    seen: set[str] = set()
    for row in rows:
        row["value"] = row["actor_id"] if row["name"].casefold() in seen else row["name"]
        seen.add(row["name"].casefold())
    return rows


ROUTES: list[BaseRoute] = [Route("/corrections/edit", edit_page), Route("/actors/complete", complete)]
