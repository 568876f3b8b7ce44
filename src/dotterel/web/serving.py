"""Listening: at which address, with or without a token, until it is stopped."""

from __future__ import annotations

import asyncio
import logging
import secrets
import socket
from collections.abc import Callable
from pathlib import Path

import uvicorn

from dotterel.errors import InputError
from dotterel.store import HeldStore
from dotterel.web.app import create_app
from dotterel.web.desk import LOOPBACK, Desk

PORT = 8377
TRIED = 20  # ports after the first, where none was asked for
SHORTEST_TOKEN = 16
GRACE = 1  # seconds that pages under way have when it is closed


def desk_for(path: Path, host: str, token: str | None) -> Desk:
    """The desk over a database; with a token of its own making where others may reach it and none is given.

    Raises InputError for a token that is too short; StoreError where there is no such database.
    """
    if token is not None and len(token) < SHORTEST_TOKEN:
        raise InputError(f"--token: is too short to keep anybody out; give at least {SHORTEST_TOKEN} letters")
    if token is None and host not in LOOPBACK:
        token = secrets.token_urlsafe(24)
    return Desk(HeldStore(path), host, token)


def listen(host: str, port: int | None) -> socket.socket:
    """A socket at that port; at the first free one of some where none is asked for. Raises InputError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    ports = [port] if port is not None else range(PORT, PORT + TRIED)
    reason = ""
    for one in ports:
        made = socket.socket(family, socket.SOCK_STREAM)
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            made.bind((host, one))
            made.listen()  # from now on whoever comes waits, and nobody else can listen here
            return made
        except (OSError, OverflowError) as error:
            made.close()
            reason = str(error)
    raise InputError(f"cannot listen at {host}, port {ports[0]}: {reason}; give another with --port or --host")


def location(desk: Desk, port: int) -> str:
    """What to open in a browser."""
    host = f"[{desk.host}]" if ":" in desk.host else desk.host
    return f"http://{host}:{port}/" + (f"?token={desk.token}" if desk.token else "")


def serve(desk: Desk, at: socket.socket, ready: Callable[[str], None]) -> None:
    """Answer until stopped; `ready` is told the address."""
    ready(location(desk, at.getsockname()[1]))
    logging.getLogger("uvicorn.error").addFilter(is_mistake)
    config = uvicorn.Config(
        create_app(desk), log_level="error", access_log=False, server_header=False, timeout_graceful_shutdown=GRACE
    )
    uvicorn.Server(config).run(sockets=[at])


def is_mistake(told: logging.LogRecord) -> bool:
    """Whether the server tells of anything but requests that it leaves unanswered since the desk is closed."""
    error = told.exc_info[1] if told.exc_info else None
    return not isinstance(error, asyncio.CancelledError) and not told.getMessage().startswith("Cancel ")
