"""What a running desk holds: its database, how it may be reached, and whoever sits at it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path

from starlette.requests import Request

from dotterel.store import HeldStore
from dotterel.web.memory import Memory
from dotterel.web.tray import Tray

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Desk:
    """One database on the desk."""

    store: HeldStore
    host: str = "127.0.0.1"  # the address that is listened on
    token: str | None = None  # what whoever comes has to show; None on this machine alone
    tray: Tray = field(default_factory=Tray)  # texts that are coded but not kept
    forms: str = field(default_factory=lambda: secrets.token_urlsafe(24))  # what every form has to send back
    memory: Memory = field(default_factory=Memory)  # what was dear to read

    @property
    def path(self) -> Path:
        """The database file."""
        return self.store.path

    @property
    def local(self) -> bool:
        """Whether only this machine can reach it."""
        return self.host in LOOPBACK


def desk_of(request: Request) -> Desk:
    """The desk that a request is made to."""
    desk: Desk = request.app.state.desk
    return desk
