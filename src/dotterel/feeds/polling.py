"""Polls one feed: asks whether it has changed, lists what is new, and decides when to ask again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dotterel.errors import InputError
from dotterel.feeds.items import Contents, Item, read_feed
from dotterel.feeds.plan import Feed
from dotterel.feeds.robots import Robots
from dotterel.feeds.state import LEFT_OUT, LISTED, SAME, FeedState, State
from dotterel.feeds.timing import next_poll, retry_after, wait_after_failure, wait_after_success
from dotterel.feeds.web import Answer, Clock, FetchError, Web

ACCEPTED = "application/rss+xml, application/atom+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1"
_GONE = 410


@dataclass(frozen=True, slots=True)
class Poll:
    """What came of asking a feed once."""

    new: int = 0  # items that are to be read
    failed: bool = False
    note: str | None = None  # what a person should know
    rest: float | None = None  # seconds for which its host asks to be left alone


def is_due(feed: Feed, state: FeedState, now: float, once: bool, early: float = 0.0) -> bool:
    """Whether a feed is to be polled now, or so many seconds too `early`, but never before it was told to wait for.

    With `once` its interval does not count.
    """
    if state.gone or now < state.wait_until:
        return False
    return once or now + early >= due_at(feed, state)


def due_at(feed: Feed, state: FeedState) -> float:
    """When a feed is to be polled next."""
    return next_poll(feed.every, state.polled, state.wait_until, feed.url) if state.polled else state.wait_until


def conditions(state: FeedState) -> dict[str, str]:
    """The headers that ask for the feed only if it has changed."""
    asked = {"If-None-Match": state.etag, "If-Modified-Since": state.last_modified}
    return {name: value for name, value in asked.items() if value}


def sorted_out(
    items: Iterable[Item], feed: Feed, keys: set[str], links: set[str]
) -> list[tuple[Item, str, str | None]]:
    """The items this feed did not have before, each with what becomes of it, and why.

    `keys` this feed had before, `links` any feed had before: an article that two feeds name is read once.
    """
    found: list[tuple[Item, str, str | None]] = []
    seen = set(links)
    for item in items:
        if item.key in keys:
            continue
        if item.link in seen:
            found.append((item, SAME, "its link came before"))
        elif feed.language and item.language not in (None, feed.language):
            found.append((item, LEFT_OUT, f"its feed says it is in another language ({item.language})"))
        else:
            found.append((item, LISTED, None))
            seen |= {item.link} if item.link else set()
    return found


class Poller:
    """Asks feeds and keeps what they told in the memory."""

    def __init__(self, web: Web, robots: Robots, state: State, clock: Clock) -> None:
        self._web = web
        self._robots = robots
        self._state = state
        self._clock = clock

    def poll(self, feed: Feed) -> Poll:
        """Ask a feed once; whatever comes of it is remembered in one transaction."""
        state = self._state.feed(feed.url)
        private = self._web.is_private_host(feed.url)
        try:
            answer = self._web.get(
                state.moved_to or feed.url, ACCEPTED, private=private, given=conditions(state),
                check=self._robots.check(private),
            )  # fmt: skip
            if answer.status == 304:
                return self._unchanged(state)
            if answer.status == 200:
                contents = read_feed(answer.body, answer.url, answer.headers)
                return self._changed(feed, state, answer, contents, private or feed.allow_private)
        except FetchError as error:
            return self._failed(feed, state, error.reason, lost=error.lost)
        except InputError as error:
            return self._failed(feed, state, str(error))
        return self._refused(feed, state, answer)

    def _unchanged(self, state: FeedState) -> Poll:
        now = self._clock.now()
        with self._state.transaction():
            self._state.keep_feed(replace(state, polled=now, wait_until=0.0, failures=0, note=None))
        return Poll()

    def _changed(self, feed: Feed, state: FeedState, answer: Answer, contents: Contents, private: bool) -> Poll:
        now = self._clock.now()
        found = sorted_out(contents.items, feed, *self._state.known(feed.url, contents.items))
        told = replace(
            state,
            polled=now,
            wait_until=wait_after_success(contents.ttl, now),
            failures=0,
            etag=answer.headers.get("etag"),
            last_modified=answer.headers.get("last-modified"),
            moved_to=answer.moved_to or state.moved_to,
            note=contents.problem,
        )
        with self._state.transaction():
            for item, outcome, note in found:
                self._state.list_item(feed.url, item, outcome, private, now, note)
            self._state.keep_feed(told)
        moved = f"has moved to {told.moved_to}; write that into FEEDS.toml" if answer.moved_to else None
        return Poll(sum(outcome == LISTED for _, outcome, _ in found), note=contents.problem or moved)

    def _refused(self, feed: Feed, state: FeedState, answer: Answer) -> Poll:
        """Its server answers, but not with the feed."""
        if answer.status == _GONE:
            note = "is gone for good (410) and no more polled; take it out of FEEDS.toml"
            with self._state.transaction():
                self._state.keep_feed(replace(state, polled=self._clock.now(), gone=True, note=note))
            return Poll(failed=True, note=note)
        asked = retry_after(answer.headers.get("retry-after"), self._clock.now())
        forgotten = replace(state, moved_to=None)  # where it moved to it may have been for a time only
        return self._failed(feed, forgotten, f"answers {answer.status}", asked=asked)

    def _failed(
        self, feed: Feed, state: FeedState, reason: str, lost: bool = False, asked: float | None = None
    ) -> Poll:
        now, failures = self._clock.now(), state.failures + 1
        until = wait_after_failure(feed.every, failures, lost, asked, feed.url, now)
        with self._state.transaction():
            self._state.keep_feed(replace(state, polled=now, wait_until=until, failures=failures, note=reason))
        return Poll(failed=True, note=f"{reason}; asked again {moment(until)}", rest=asked)


def moment(time: float) -> str:
    """A time as a person reads it."""
    from datetime import UTC, datetime

    return f"{datetime.fromtimestamp(time, UTC):%Y-%m-%d %H:%M} UTC"
