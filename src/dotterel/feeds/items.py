"""Reads a feed, RSS or Atom: its items, each with what identifies it, however broken the feed."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from dotterel.errors import InputError
from dotterel.feeds.markup import text_of
from dotterel.reading.dates import find_written_date

_BROKEN = ("SAXParseException", "UndeclaredNamespace")
MOST = 1000  # items of one feed that are read at a time
_TRACKING = re.compile(r"utm_\w+|at_medium|at_campaign|fbclid|gclid|cmpid|ns_\w+", re.IGNORECASE)
_PAGE = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_NAMED_FEED = re.compile(rb"<link\b[^>]*application/(?:rss|atom)\+xml[^>]*>", re.IGNORECASE)
_HREF = re.compile(rb"""href\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a feed, as the feed tells it."""

    key: str  # what it is known by: its guid, else its link, else a hash of its words
    link: str | None  # address of the article
    title: str | None
    published: date | None  # the day as written, in the outlet's own zone
    text: str  # the longest text the feed gives, without markup
    language: str | None  # of the item, else of the feed: "en", "fr"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a feed holds."""

    items: tuple[Item, ...]
    ttl: float | None = None  # minutes for which it stays as it is, by its own word
    problem: str | None = None  # what is wrong with it, though its items could be read


def read_feed(data: bytes, url: str, headers: Mapping[str, str]) -> Contents:
    """The items of a feed, each once, the oldest first.

    Raises InputError, saying why, where the bytes are no feed.
    """
    import feedparser

    told = {"content-type": headers.get("content-type", "application/xml"), "content-location": url}
    try:
        found = feedparser.parse(io.BytesIO(data), response_headers=told)
    except Exception as error:  # a parser of broken markup of all kinds
        raise InputError(f"cannot be read as a feed ({type(error).__name__})") from error
    entries = found.get("entries", [])
    if not found.get("version") and not entries:
        raise InputError(why_no_feed(data, url))
    broken = found.get("bozo") and type(found.get("bozo_exception")).__name__ in _BROKEN
    if broken and not entries:
        raise InputError("is broken XML, and no item of it can be read")
    language = _language(found.get("feed", {}).get("language"))
    items = distinct([_item(entry, url, language) for entry in entries[:MOST]])
    problem = f"is broken XML; {len(items)} items of it could be read" if broken else None
    if len(entries) > MOST:
        problem = f"has {len(entries):,} items; the first {MOST:,} are read"
    return Contents(tuple(reversed(items)), _number(found.get("feed", {}).get("ttl")), problem)


def why_no_feed(data: bytes, url: str) -> str:
    """What the bytes are instead of a feed, and where the feed may be."""
    if not data.strip():
        return "is empty"
    if not _PAGE.search(data[:2048]):
        return "is no feed that can be read, neither RSS nor Atom"
    named = _NAMED_FEED.search(data[:200_000])
    href = _HREF.search(named[0]) if named else None
    where = f"; it names {urljoin(url, href[1].decode('utf-8', 'replace'))}" if href else ""
    return f"is a web page, not a feed{where}"


def distinct(items: list[Item]) -> list[Item]:
    """The items, each once. Where one guid is given to several links, the link is what an item is known by."""
    links: dict[str, set[str | None]] = {}
    for item in items:
        links.setdefault(item.key, set()).add(item.link)
    told = [replace(i, key=i.link) if len(links[i.key]) > 1 and i.link else i for i in items]
    return list({item.key: item for item in reversed(told)}.values())[::-1]


def canonical(link: str) -> str:
    """The address without what only tells where a reader came from."""
    parts = urlsplit(link)
    query = [(name, value) for name, value in parse_qsl(parts.query, True) if not _TRACKING.fullmatch(name)]
    asked = urlencode(query) if len(query) != len(parse_qsl(parts.query, True)) else parts.query
    return urlunsplit((parts.scheme, parts.netloc, parts.path, asked, ""))


def _item(entry: Any, url: str, language: str | None) -> Item:
    link = _link(entry, url)
    title = " ".join(text_of(str(entry.get("title") or "")).split()) or None
    text = max(_texts(entry), key=len, default="")
    words = sha256(f"{title}\x1f{text}".encode("utf-8", "surrogatepass")).hexdigest()
    return Item(
        key=str(entry.get("id") or link or words[:32]),
        link=link,
        title=title,
        published=_day(entry),
        text=text,
        language=_language(_entry_language(entry)) or language,
    )


def _link(entry: Any, url: str) -> str | None:
    """The address of the article: absolute, or none."""
    link = str(entry.get("link") or "").strip()
    try:
        return canonical(urljoin(url, link)) if link else None
    except ValueError:
        return None


def _texts(entry: Any) -> list[str]:
    """The texts an item gives: its contents and its summary."""
    given = [part.get("value") for part in entry.get("content", ())] + [entry.get("summary")]
    return [text_of(str(html)) for html in given if html]


def _day(entry: Any) -> date | None:
    """The day of publication as written, else as feedparser reads it, else of the last change."""
    given: dict[str, Any] = dict(entry)  # feedparser's own `get` answers one key for another
    for name in ("published", "created", "updated"):
        if found := find_written_date(str(given.get(name) or "")[:60]):
            return found[0]
        if parsed := given.get(f"{name}_parsed"):
            return date(*parsed[:3])
    return None


def _entry_language(entry: Any) -> Any:
    return next((part.get("language") for part in entry.get("content", ()) if part.get("language")), None)


def _language(tag: Any) -> str | None:
    """The main part of a language tag: "en" of "en-GB"."""
    match = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", str(tag or "").strip())
    return match[0].lower() if match else None


def _number(value: Any) -> float | None:
    words = str(value or "").strip()
    return float(words) if re.fullmatch(r"\d{1,6}", words) else None
