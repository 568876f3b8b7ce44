"""A queue of events to be checked one by one, by keys alone."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dotterel.store import Store
from dotterel.web.desk import desk_of
from dotterel.web.editing import choices, found_event
from dotterel.web.passage import passage_of, roles
from dotterel.web.queue import DECIDED, ORDERS, Asked, queue_of
from dotterel.web.rendering import render

KEYS = (
    ("a", "Accept: it is coded rightly"),
    ("r", "Reject: it is no such act"),
    ("e", "Edit its fields; Ctrl+Enter saves, Esc leaves"),
    ("u", "Undo what was decided last"),
    ("j or →", "The next event"),
    ("k or ←", "The one before"),
    ("s", "Skip: go on without a decision"),
    ("o", "Open its report"),
    ("?", "Show these keys"),
)


def review(request: Request) -> Response:
    """The page: the batch that the address asks for, and one event of it."""
    asked = Asked.of(request.query_params)
    with desk_of(request).store.reading() as store:
        queue = queue_of(store, asked)
        event_id = request.query_params.get("event") or (queue.events[0] if queue.events else None)
        shown = event_values(store, event_id) if event_id else {}
        checked = 0 if queue.total or asked.decided else queue_of(store, all_of(asked)).total
    before, after = queue.beside(event_id) if event_id else (None, None)
    return render(
        request, "review.html", title="Review", asked=asked, queue=queue, orders=ORDERS, keys=KEYS,
        chips=asked.chips(), checked=checked, at=queue.place(event_id) if event_id else None,
        before=before and asked.address(event=before), after=after and asked.address(event=after),
        back=asked.address(event=after), shown_too=DECIDED, onward=asked.onward(queue), **shown,
    )  # fmt: skip


def all_of(asked: Asked) -> Asked:
    """The same with those that were decided on, from the first."""
    return Asked(asked.filters, asked.order, decided=True)


def review_part(request: Request) -> Response:
    """One event alone, to be put into the page by its script."""
    event_id = request.query_params.get("event", "")
    with desk_of(request).store.reading() as store:
        shown = event_values(store, event_id)
    back = Asked.of(request.query_params).address(event=event_id)
    return render(request, "review_event.html", title="Review", back=back, before=None, after=None, **shown)


def event_values(store: Store, event_id: str) -> dict[str, Any]:
    """What the page shows of one event. Raises HTTPException where there is none."""
    now = found_event(store, event_id)
    return {"now": now, "passage": passage_of(now), "roles": roles, **choices()}


ROUTES: list[BaseRoute] = [Route("/review", review), Route("/review/event", review_part)]
