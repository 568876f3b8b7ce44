"""What a person sees when something goes wrong: what happened, what was kept, and the way out; never a traceback."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from dotterel.errors import DotterelError, InputError, InUseError, MissingExtraError, StoreError
from dotterel.web.rendering import render, wants_json

KEPT = "Nothing was changed; everything in the database is as it was."


def on_dotterel_error(request: Request, error: Exception) -> Response:
    """An error that dotterel raises on purpose."""
    message = str(error)
    status = 503 if isinstance(error, (InUseError, MissingExtraError)) else 400
    return answer(request, status, message)


def on_http_error(request: Request, error: Exception) -> Response:
    """A page that is not there, a method that is not allowed."""
    assert isinstance(error, HTTPException)
    told = {404: "There is no such page here.", 405: "This page cannot be asked in that way."}
    message = error.detail if error.detail and error.status_code == 404 and error.detail != "Not Found" else None
    return answer(request, error.status_code, message or told.get(error.status_code, error.detail))


def on_any_error(request: Request, error: Exception) -> Response:
    """A mistake of dotterel's own; the server prints it where the desk was started, for whoever mends it."""
    name = type(error).__name__
    return answer(request, 500, f"dotterel made a mistake of its own ({name}); its terminal tells where.")


def answer(request: Request, status: int, message: str) -> Response:
    """The page, or the same as JSON for a script."""
    kept = KEPT if request.method == "POST" else ""
    if wants_json(request):
        return JSONResponse({"error": message, "kept": kept}, status)
    return render(request, "failure.html", status, title="That did not work", message=message, kept=kept)


HANDLERS = {
    DotterelError: on_dotterel_error,
    InputError: on_dotterel_error,
    StoreError: on_dotterel_error,
    HTTPException: on_http_error,
    Exception: on_any_error,
}
