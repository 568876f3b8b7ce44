"""Forms: what a page of this desk sends to have something changed, told from what anybody else might send."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from dotterel.web.desk import desk_of

SECRET = "secret"  # the field that every form of the desk has
SECRET_HEADER = "x-desk-secret"  # the same, from a script
LARGEST_PART = 8 * 1024 * 1024  # bytes of one field
ALPHABET = "Forms are read in UTF-8; this one tells another alphabet."
STALE = "This page is from an earlier run of the desk; load it anew and send the form again. Nothing was changed."
Handler = Callable[[Request, FormData], Response]


def posted(path: str, handler: Handler) -> Route:
    """A route for a form: the handler runs in a thread, once the form has shown the secret of this run."""

    async def receive(request: Request) -> Response:
        form = await read(request)
        try:
            shown = request.headers.get(SECRET_HEADER) or form.get(SECRET) or ""
            if not secrets.compare_digest(str(shown).encode(), desk_of(request).forms.encode()):
                raise HTTPException(403, STALE)
            return await run_in_threadpool(handler, request, form)
        finally:
            await form.close()

    endpoint: Callable[[Request], Awaitable[Response]] = receive
    return Route(path, endpoint, methods=["POST"])


async def read(request: Request) -> FormData:
    """The form that was sent. Raises HTTPException for what is none."""
    if not in_utf8(request.headers.get("content-type", "")):
        raise HTTPException(415, ALPHABET)
    try:
        return await request.form(max_files=1, max_part_size=LARGEST_PART)
    except ValueError as error:  # of the parser, which some versions of starlette let through
        raise HTTPException(400, "The form cannot be read: it was not sent as browsers send forms.") from error


def in_utf8(content_type: str) -> bool:
    """Whether a form is in UTF-8, as browsers send them: others may hold what is no text."""
    _, named, charset = content_type.lower().partition("charset=")
    return not named or charset.partition(";")[0].strip(' "') == "utf-8"


def field(form: FormData, name: str) -> str | None:
    """The words of a field without the blanks around them; None where it was not sent."""
    value = form.get(name)
    return value.strip() if isinstance(value, str) else None


def fields(form: FormData, name: str) -> list[str]:
    """The words of every field of that name that holds any."""
    return [value.strip() for value in form.getlist(name) if isinstance(value, str) and value.strip()]
