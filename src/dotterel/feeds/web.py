"""The only way to the network: one polite request at a time, guarded against slow, huge and private servers."""

from __future__ import annotations

import queue
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, partial
from importlib.metadata import version
from typing import Any, Protocol, TypeVar
from urllib.parse import urljoin, urlsplit

import certifi
import urllib3
from urllib3 import ProxyManager
from urllib3.exceptions import HTTPError, LocationParseError

from dotterel.feeds.addresses import (
    GuardedHTTPPool,
    GuardedHTTPSPool,
    PrivateError,
    addresses,
    is_private,
    proxy_of,
)
from dotterel.feeds.plan import host_of

LARGEST = 10 * 1024 * 1024  # bytes of a feed or page, as sent and unpacked
LONGEST = 60.0  # seconds a request may take in all, however its server drips
TIMEOUT = urllib3.Timeout(connect=10.0, read=20.0)
HOPS = 5  # redirects followed
_PERMANENT, _REDIRECTS = (301, 308), (301, 302, 303, 307, 308)
_CHUNK = 65536

T = TypeVar("T")
Check = Callable[[str], float]  # whether an address may be asked (else it raises FetchError), and its host's delay


class FetchError(Exception):
    """A request that brought no answer, with the reason. `lost`: the connection failed, and may work again soon."""

    def __init__(self, reason: str, lost: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.lost = lost


class Clock(Protocol):
    """The time, and waiting; tests have one that does not wait."""

    def now(self) -> float:
        """Seconds since 1970."""

    def sleep(self, seconds: float) -> None:
        """Wait."""


class WallClock:
    """The real clock."""

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time()

    def sleep(self, seconds: float) -> None:
        """Wait; Ctrl-C ends it."""
        time.sleep(seconds)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered in the end."""

    status: int
    url: str  # where it came from, redirects followed
    moved_to: str | None  # that address, where every redirect said it is for good
    headers: Mapping[str, str]  # names in lower case
    body: bytes = field(repr=False)


class Web:
    """Fetches addresses: one at a time, a delay between two requests to one host, a name and a contact in each."""

    def __init__(self, contact: str, delay: float, clock: Clock) -> None:
        self.agent = f"dotterel/{version('dotterel')} (codes news for research; contact: {contact})"
        self._delay = delay
        self._clock = clock
        self._asked: dict[str, tuple[float, float]] = {}  # host -> when it was asked last, and the pause it wants
        headers = {"User-Agent": self.agent, "Accept-Encoding": "gzip, deflate"}
        trusted = ssl.create_default_context()
        trusted.load_verify_locations(certifi.where())  # some systems have none that Python finds
        self._open = urllib3.PoolManager(headers=headers, timeout=TIMEOUT, retries=False, ssl_context=trusted)
        self._public = urllib3.PoolManager(headers=headers, timeout=TIMEOUT, retries=False, ssl_context=trusted)
        self._public.pool_classes_by_scheme = {"http": GuardedHTTPPool, "https": GuardedHTTPSPool}
        self._by_proxy = lru_cache(partial(ProxyManager, headers=headers, timeout=TIMEOUT, retries=False,
                                           ssl_context=trusted))  # fmt: skip

    def get(
        self,
        url: str,
        accept: str,
        *,
        private: bool = False,
        given: Mapping[str, str] | None = None,
        check: Check = lambda url: 0.0,
    ) -> Answer:
        """The answer of an address, redirects followed; `private` lets it be on a private network.

        `given` are further headers; `check` is asked about every address on the way. Raises FetchError.
        """
        seen: set[str] = set()
        lasting = True
        for _ in range(HOPS + 1):
            if host_of(url) is None:
                raise FetchError(f"leads to {url}, which is no http or https address")
            seen.add(url)
            self.wait_for(url, check(url))
            answer = self._once(url, {"Accept": accept, **(given or {})}, private)
            target = answer.headers.get("location")
            if answer.status not in _REDIRECTS or not target:
                moved = url if lasting and len(seen) > 1 else None
                return Answer(answer.status, url, moved, answer.headers, answer.body)
            lasting = lasting and answer.status in _PERMANENT
            url = urljoin(url, target).partition("#")[0]
            if url in seen:
                raise FetchError(f"is redirected in a circle, by way of {url}")
        raise FetchError(f"is redirected more than {HOPS} times")

    def wait_for(self, url: str, pause: float = 0.0) -> None:
        """Wait until the host may be asked again, and note that it is asked now."""
        host = urlsplit(url).netloc
        asked, earlier = self._asked.get(host, (0.0, 0.0))
        passed = self._clock.now() - asked
        if 0 <= passed < max(self._delay, pause, earlier):  # a clock put back must not stop us
            self._clock.sleep(max(self._delay, pause, earlier) - passed)
        self._asked[host] = (self._clock.now(), pause)

    def is_private_host(self, url: str) -> bool:
        """Whether the host of an address is on a private network; False where it has no address now."""
        try:
            host = urlsplit(url).hostname or ""
            return any(is_private(address) for address in within(LONGEST, lambda: addresses(host, None)))
        except (OSError, UnicodeError, FetchError):
            return False

    def _manager(self, url: str, private: bool) -> urllib3.PoolManager:
        """What fetches an address: directly, or by the proxy that the environment names for it."""
        proxy = proxy_of(url)
        if proxy is None or (private and self.is_private_host(url)):
            return self._open if private else self._public
        if self.is_private_host(url):
            raise FetchError(_private(url))
        return self._by_proxy(proxy)

    def _once(self, url: str, headers: Mapping[str, str], private: bool) -> Answer:
        """One request and its whole body, within a minute."""
        manager = self._manager(url, private)
        ended = time.monotonic() + LONGEST

        def fetch() -> Answer:
            response = manager.request(
                "GET", url, headers={**manager.headers, **headers}, redirect=False, preload_content=False,
                decode_content=False,
            )  # fmt: skip
            try:
                told = {name.lower(): value for name, value in response.headers.items()}
                body = _body(response, told.get("content-encoding", ""), ended) if response.status == 200 else b""
                return Answer(response.status, url, None, told, body)
            finally:
                response.close()

        try:
            return within(LONGEST, fetch)
        except PrivateError as error:
            raise FetchError(_private(url)) from error
        except (UnicodeError, LocationParseError) as error:
            raise FetchError("is no address that can be asked") from error
        except (HTTPError, OSError) as error:
            raise FetchError(_plain(error), lost=True) from error


def _private(url: str) -> str:
    return f"is on a private network ({urlsplit(url).hostname}); allow_private = true permits it"


def within(seconds: float, function: Callable[[], T]) -> T:
    """What a function returns or raises; FetchError where it takes longer.

    It runs in a thread of its own, as no library bounds a look-up of a name or a dripping header; Ctrl-C is heard.
    """
    results: queue.SimpleQueue[tuple[T | None, BaseException | None]] = queue.SimpleQueue()

    def run() -> None:
        try:
            results.put((function(), None))
        except BaseException as error:
            results.put((None, error))

    threading.Thread(target=run, daemon=True).start()
    try:
        value, error = results.get(timeout=seconds)
    except queue.Empty:
        raise FetchError(f"took longer than {seconds:.0f} seconds", lost=True) from None
    if error is not None:
        raise error
    return value  # type: ignore[return-value]


def _body(response: Any, encoding: str, ended: float) -> bytes:
    """The body unpacked; raises FetchError where it is too large, packed otherwise than asked, damaged or too slow."""
    unpack = _unpacker(encoding.strip().lower())
    raw, parts, size = 0, [], 0
    while chunk := response.read1(_CHUNK):
        raw += len(chunk)
        part = unpack(chunk, LARGEST + 1 - size)
        parts.append(part)
        size += len(part)
        if max(raw, size) > LARGEST:
            raise FetchError(f"is larger than {LARGEST // 1024**2} MB")
        if time.monotonic() > ended:
            raise FetchError(f"took longer than {LONGEST:.0f} seconds", lost=True)
    return b"".join(parts)


def _unpacker(encoding: str) -> Callable[[bytes, int], bytes]:
    """A function that unpacks a chunk to at most so many bytes: what a bomb would be is cut short."""
    if encoding in ("", "identity"):
        return lambda chunk, most: chunk
    if encoding not in ("gzip", "x-gzip", "deflate"):
        raise FetchError(f"is packed as {encoding!r}, which was not asked for")
    packed = zlib.decompressobj(47 if encoding != "deflate" else 15)

    def unpack(chunk: bytes, most: int) -> bytes:
        try:
            return packed.decompress(chunk, most)
        except zlib.error as error:
            raise FetchError(f"is damaged ({encoding})") from error

    return unpack


def _plain(error: BaseException) -> str:
    """What went wrong with a connection, in words of one line."""
    name = type(getattr(error, "reason", None) or error).__name__
    words = {
        "NameResolutionError": "its host is not known, or there is no network",
        "gaierror": "its host is not known, or there is no network",
        "ConnectTimeoutError": "its server did not answer",
        "ReadTimeoutError": "its server stopped answering",
        "NewConnectionError": "its server cannot be reached",
        "ProtocolError": "its server broke off",
        "IncompleteRead": "its server broke off",
        "SSLError": "its certificate is not valid",
        "ProxyError": "the proxy of your network cannot be reached",
    }
    return words.get(name, f"cannot be fetched ({name})")
