"""Decides when a feed is polled next: its interval, a little jitter, back-off after failures, what its server asks."""

from __future__ import annotations

from datetime import UTC
from email.utils import parsedate_to_datetime
from zlib import crc32

FIRST_WAIT = 60.0  # seconds after the first lost connection
LONGEST_WAIT = 86400.0  # however often a feed has failed, it is tried once a day
LONGEST_ASKED = 7 * 86400.0  # a server that asks for more is asked again after a week
LONGEST_PAGE_WAIT = 6 * 3600.0  # between two tries of a page
LONGEST_TTL = 6 * 3600.0  # a feed that says it changes more rarely is asked all the same
JITTER = 0.1  # of the interval, so that a hundred watchers started by cron do not come at once


def jitter(key: str, time: float) -> float:
    """A share from 0 to 1 that is the same for the same key and time, and otherwise as if by chance."""
    return crc32(f"{key} {time:.3f}".encode()) / 0xFFFFFFFF


def next_poll(every: float, polled: float, wait_until: float, key: str) -> float:
    """When a feed polled at that time is due again, never before `wait_until`."""
    return max(polled + every * (1 + JITTER * jitter(key, polled)), wait_until)


def wait_after_failure(every: float, failures: int, lost: bool, asked: float | None, key: str, now: float) -> float:
    """Until when a feed that has failed `failures` times in a row is left in peace.

    The interval doubles with each failure, up to a day. A lost connection (`lost`) is most often our own: it is tried
    again after a minute, then two, and never later than the interval. What the server `asked` for is kept.
    """
    doubled = (FIRST_WAIT if lost else every) * 2.0 ** min(failures - (1 if lost else 0), 30)
    waited = min(doubled, every if lost else max(LONGEST_WAIT, every))
    waited = max(waited, min(asked or 0.0, LONGEST_ASKED))
    return now + waited * (1 + JITTER * jitter(key, now))


def wait_after_success(ttl_minutes: float | None, now: float) -> float:
    """Until when a feed that says how long it stays as it is (RSS `ttl`) is left in peace."""
    return now + min((ttl_minutes or 0.0) * 60, LONGEST_TTL)


def retry_after(value: str | None, now: float) -> float | None:
    """The seconds that a Retry-After header asks for: a number of them, or a moment; None where it says neither."""
    if value is None:
        return None
    if value.strip().isdigit():
        return float(value)
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, IndexError, TypeError):
        return None
    return max(0.0, (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp() - now)


def wait_before_try(tries: int, asked: float | None) -> float:
    """Seconds before the next try of a page: a minute, two, four ..., or what its server asks for."""
    return max(min(FIRST_WAIT * 2.0 ** min(tries, 30), LONGEST_PAGE_WAIT), min(asked or 0.0, LONGEST_WAIT))
