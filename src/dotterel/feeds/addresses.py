"""Which addresses are of a private network, and connections that refuse them before anything is sent."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NameResolutionError


class PrivateError(Exception):
    """The address is one of a private network."""


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


class GuardedHTTPPool(HTTPConnectionPool):
    """Connections by http to public hosts only."""

    ConnectionCls = _GuardedHTTP


class GuardedHTTPSPool(HTTPSConnectionPool):
    """Connections by https to public hosts only."""

    ConnectionCls = _GuardedHTTPS


def addresses(host: str, port: int | None) -> list[str]:
    """The addresses of a host."""
    return [str(found[4][0]) for found in socket.getaddrinfo(host, port or 443, type=socket.SOCK_STREAM)]


def public_address(host: str, port: int | None) -> str:
    """An address of the host; raises PrivateError where any of them is private."""
    found = addresses(host.strip("[]"), port)
    if any(is_private(address) for address in found):
        raise PrivateError
    return found[0]


def proxy_of(url: str) -> str | None:
    """The proxy for an address by HTTP_PROXY, HTTPS_PROXY and NO_PROXY, or the system's settings."""
    parts = urlsplit(url)
    return None if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme)


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
