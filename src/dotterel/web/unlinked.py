"""What is told where acts are to be counted once and some reports are not linked yet."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from dotterel.analysis.acts import unlinked_events
from dotterel.web.desk import desk_of
from dotterel.web.rendering import render


def some_unlinked(request: Request) -> bool:
    """Whether some events are not linked yet, so that acts of several reports cannot be counted once."""
    desk = desk_of(request)
    return bool(desk.memory.recall(desk.store, "unlinked", unlinked_events))


def unlinked(request: Request, unit: str, otherwise: str) -> Response | None:
    """The page that says so and leads on, `otherwise` to the same counted once a report; None where all is linked."""
    if unit != "linked" or not some_unlinked(request):
        return None
    return render(request, "unlinked.html", 409, title="The reports are not linked yet", otherwise=otherwise)
