"""The only way to the network: one polite request at a time, guarded against slow, huge and private servers."""

from __future__ import annotations

import ipaddress
import queue
import socket
import threading
import time
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import Any, Protocol, TypeVar
from urllib.parse import urljoin, urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError, LocationParseError, NameResolutionError

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


class _PrivateError(Exception):
    """The address is one of a private network."""


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


class _Guarded:
    """A connection that resolves its host first and refuses private addresses, before anything is sent there."""

    def _new_conn(self) -> socket.socket:
        named: Any = self
        host = named._dns_host
        try:
            named._dns_host = public_address(host, named.port)
            return super()._new_conn()  # type: ignore[misc, no-any-return]
        except socket.gaierror as error:
            raise NameResolutionError(host, named, error) from error
        finally:
            named._dns_host = host  # the certificate must be that of the name


class _GuardedHTTP(_Guarded, HTTPConnection):
    pass


class _GuardedHTTPS(_Guarded, HTTPSConnection):
    pass


class _GuardedHTTPPool(HTTPConnectionPool):
    ConnectionCls = _GuardedHTTP


class _GuardedHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _GuardedHTTPS


def addresses(host: str, port: int | None) -> list[str]:
    """The addresses of a host."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port or 443, type=socket.SOCK_STREAM)]


def public_address(host: str, port: int | None) -> str:
    """An address of the host; raises _PrivateError where any of them is private."""
    found = addresses(host.strip("[]"), port)
    if any(is_private(address) for address in found):
        raise _PrivateError
    return found[0]


def is_private(address: str) -> bool:
    """Whether an address is of this machine, a private network, or anything else but a public host."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_private(str(inner))
    return not ip.is_global or ip.is_multicast


class Web:
    """Fetches addresses: one at a time, a delay between two requests to one host, a name and a contact in each."""

    def __init__(self, contact: str, delay: float, clock: Clock) -> None:
        self.agent = f"dotterel/{version('dotterel')} (codes news for research; contact: {contact})"
        self._delay = delay
        self._clock = clock
        self._asked: dict[str, tuple[float, float]] = {}  # host -> when it was asked last, and the pause it wants
        headers = {"User-Agent": self.agent, "Accept-Encoding": "gzip, deflate"}
        self._open = urllib3.PoolManager(headers=headers, timeout=TIMEOUT, retries=False)
        self._public = urllib3.PoolManager(headers=headers, timeout=TIMEOUT, retries=False)
        self._public.pool_classes_by_scheme = {"http": _GuardedHTTPPool, "https": _GuardedHTTPSPool}

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

    def _once(self, url: str, headers: Mapping[str, str], private: bool) -> Answer:
        """One request and its whole body, within a minute."""
        manager = self._open if private else self._public
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
        except _PrivateError as error:
            raise FetchError(
                f"is on a private network ({urlsplit(url).hostname}); allow_private = true permits it"
            ) from error
        except (UnicodeError, LocationParseError) as error:
            raise FetchError("is no address that can be asked") from error
        except (HTTPError, OSError) as error:
            raise FetchError(_plain(error), lost=True) from error


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
    }
    return words.get(name, f"cannot be fetched ({name})")
