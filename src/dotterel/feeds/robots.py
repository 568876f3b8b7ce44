"""What a host's robots.txt permits dotterel to fetch, remembered for a day."""

from __future__ import annotations

from functools import partial
from typing import Protocol
from urllib.parse import urlsplit

from protego import Protego

from dotterel.feeds.web import Check, Clock, FetchError, Web

AGENT = "dotterel"
REMEMBERED = 86400.0  # seconds
LONGEST_PAUSE = 60.0  # of a Crawl-delay, seconds
LARGEST = 500_000  # characters of a robots.txt that are read


class ForbiddenError(FetchError):
    """robots.txt forbids it."""


class Memory(Protocol):
    """Where the files are kept: `dotterel.feeds.state.State`."""

    def robots(self, origin: str) -> tuple[str, float] | None:
        """The text of an origin's robots.txt, and when it was fetched."""

    def keep_robots(self, origin: str, text: str, fetched: float) -> None:
        """Keep it."""


class Robots:
    """Asks each host's robots.txt, once a day, before anything else is asked of it."""

    def __init__(self, web: Web, memory: Memory, clock: Clock) -> None:
        self._web = web
        self._memory = memory
        self._clock = clock
        self._rules: dict[str, tuple[str, Protego]] = {}

    def check(self, private: bool) -> Check:
        """A check for `Web.get`; `private` lets the host be on a private network."""
        return partial(self._check, private)

    def _check(self, private: bool, url: str) -> float:
        parts = urlsplit(url)
        rules = self._rules_of(f"{parts.scheme}://{parts.netloc}", private)
        if not rules.can_fetch(url, AGENT):
            raise ForbiddenError(f"robots.txt of {parts.hostname} forbids to fetch it")
        return min(rules.crawl_delay(AGENT) or 0.0, LONGEST_PAUSE)

    def _rules_of(self, origin: str, private: bool) -> Protego:
        kept = self._memory.robots(origin)
        if kept is None or not 0 <= self._clock.now() - kept[1] < REMEMBERED:
            kept = (self._fetched(origin, private), self._clock.now())
            self._memory.keep_robots(origin, *kept)
        known = self._rules.get(origin)
        if known is None or known[0] != kept[0]:
            known = self._rules[origin] = (kept[0], Protego.parse(kept[0]))
        return known[1]

    def _fetched(self, origin: str, private: bool) -> str:
        """The text of robots.txt, empty where there is none.

        Raises FetchError where its server is in trouble: nothing may be fetched until it can be asked (RFC 9309).
        """
        answer = self._web.get(f"{origin}/robots.txt", "text/plain, */*;q=0.1", private=private)
        if answer.status == 429 or answer.status >= 500:
            raise FetchError(f"its host's robots.txt answers {answer.status}", lost=True)
        return answer.body.decode("utf-8-sig", "replace")[:LARGEST] if answer.status == 200 else ""
