"""Who may ask, and what a page may do: hosts, tokens, forms of the desk's own, and a strict content security policy.

A page that another site shows in the same browser must not reach the desk: names that lead here by rebinding are no
host of the desk, forms carry a secret of this run, and no other site may frame a page.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dotterel.web.desk import LOOPBACK, Desk
from dotterel.web.rendering import inside

LARGEST_BODY = 8 * 1024 * 1024  # bytes that may be sent at once: a report of the longest kind, and its form
TOO_MUCH = f"Too much was sent at once: at most {LARGEST_BODY // 1024 // 1024} MB."
HOST = re.compile(r"(\[[^\[\]]*\]|[^:\[\]]*)(:\d+)?")  # a name or address, and a port
TOKEN_COOKIE = "dotterel_token"
UNREAD = ("GET", "HEAD")
# Bokeh makes <style> elements; static/plots.js gives them the nonce of the page.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; font-src 'self';"
    " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class Guard:
    """Turns away who may not ask, and sends the headers that keep pages to themselves."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app = app
        self._desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request. The desk has no sockets that stay open, so none is let in past what follows."""
        if scope["type"] == "websocket":
            await send({"type": "websocket.close"})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        nonce = scope["dotterel.nonce"] = secrets.token_urlsafe(16)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in FIXED.items():
                    headers[name] = value
                headers["Content-Security-Policy"] = POLICY.format(nonce=nonce)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        refusal = self._refusal(Request(scope))
        await (refusal or self._app)(scope, measured(receive), guarded)

    def _refusal(self, request: Request) -> Response | None:
        """What to answer to whoever may not ask; None for who may."""
        if not self._is_host(request.headers):
            return PlainTextResponse("This name does not lead to the desk; open the address that it printed.", 421)
        if self._desk.token is not None:
            answer = self._ask_token(request, self._desk.token)
            if answer is not None:
                return answer
        if request.method not in UNREAD and not same_site(request.headers):
            return PlainTextResponse("This was sent by another site, and nothing was changed.", 403)
        length = int_or_none(request.headers.get("content-length", "0"))
        if length is None:
            return PlainTextResponse("The length of what was sent is not told.", 400)
        if length > LARGEST_BODY:
            return PlainTextResponse(TOO_MUCH, 413)
        return None

    def _is_host(self, headers: Headers) -> bool:
        """Whether the request names the desk by an address of its own; a token holds where others may reach it."""
        named = HOST.fullmatch(headers.get("host", ""))
        return not self._desk.local or bool(named and named[1].strip("[]") in LOOPBACK)

    def _ask_token(self, request: Request, token: str) -> Response | None:
        """None where the token is shown by a cookie; where it is in the address, it is made into one."""
        given = request.query_params.get("token")
        if given is not None and secrets.compare_digest(given.encode(), token.encode()):
            rest = urlencode([pair for pair in parse_qsl(request.url.query) if pair[0] != "token"])
            answer = RedirectResponse(inside(request.url.path) + (f"?{rest}" if rest else ""), 303)
            answer.set_cookie(TOKEN_COOKIE, token, httponly=True, samesite="strict")
            return answer
        shown = request.cookies.get(TOKEN_COOKIE, "")
        if secrets.compare_digest(shown.encode(), token.encode()):
            return None
        return PlainTextResponse("Open the whole address that `dotterel serve` printed, with its token.", 401)


def measured(receive: Receive) -> Receive:
    """What is sent, as long as it is not too much: a sender need not tell the length beforehand, or truly."""
    came = 0

    async def counted() -> Message:
        nonlocal came
        message = await receive()
        came += len(message.get("body", b""))
        if came > LARGEST_BODY:
            raise HTTPException(413, TOO_MUCH)
        return message

    return counted


def same_site(headers: Mapping[str, str]) -> bool:
    """Whether a page of the desk's own sent this, as far as the browser tells."""
    origin = headers.get("origin")
    if origin not in (None, "null"):
        return origin.split("//", 1)[-1] == headers.get("host")
    return headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")


def int_or_none(words: str) -> int | None:
    """A whole number of digits, of a very long one the first; None for anything else."""
    return int(words[:20]) if words.isdecimal() else None
