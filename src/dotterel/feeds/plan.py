"""Reads FEEDS.toml: which feeds to watch, how often, into which database, and who watches."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dotterel.errors import InputError

SHORTEST, LONGEST = 60.0, 7 * 86400.0  # seconds between two polls of a feed
LONGEST_DELAY = 3600.0  # seconds between two requests to one host
DATABASES = (".duckdb", ".db")
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_DURATION = re.compile(r"(\d+(?:\.\d+)?)\s*([smhd])")
_WATCH_KEYS = ("database", "contact", "every", "delay", "full_text", "allow_private", "language")
_FEED_KEYS = ("url", "name", "every", "full_text", "allow_private", "language")


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed as FEEDS.toml asks for it."""

    url: str
    name: str  # the publisher, as it stands in `reports.source`
    every: float  # seconds between two polls
    full_text: bool  # whether the article's page is fetched where the feed does not hold it whole
    allow_private: bool  # whether its links may lead to addresses of a private network
    language: str | None  # items that say they are in another language are left out


@dataclass(frozen=True, slots=True)
class Plan:
    """What FEEDS.toml asks for."""

    database: Path
    contact: str  # whom a publisher can write to
    delay: float  # seconds between two requests to one host
    feeds: tuple[Feed, ...]


class _Section:
    """A table of the file, read key by key; every complaint names file, feed, key and reason."""

    def __init__(self, path: Path, name: str, values: Any, known: tuple[str, ...]) -> None:
        self._where = f"{path}: {name}"
        if not isinstance(values, dict):
            raise InputError(f"{self._where}: must be a table of keys; docs/feeds.md has an example")
        self._values: Mapping[str, Any] = values
        if strange := next((key for key in values if key not in known), None):
            self.refuse(strange, f"is no key of this section; known are {', '.join(known)}")

    def refuse(self, key: str, reason: str) -> None:
        """Raises InputError about a key."""
        raise InputError(f"{self._where}: {key} {reason}")

    def words(self, key: str, default: str | None = None, needed: str = "") -> str | None:
        """A text; `needed` says why it must be there, with an example."""
        value = self._values.get(key, default)
        if value is None and needed:
            self.refuse(key, f"is missing: {needed}")
        if value is not None and not (isinstance(value, str) and value.strip() and value.isprintable()):
            self.refuse(key, f"= {value!r} is no text; write it on one line in quotation marks")
        return value.strip() if value else None

    def flag(self, key: str, default: bool) -> bool:
        """true or false."""
        value = self._values.get(key, default)
        if not isinstance(value, bool):
            self.refuse(key, f"= {value!r} must be true or false, without quotation marks")
        return bool(value)

    def seconds(self, key: str, default: float, least: float, most: float) -> float:
        """A time such as "15m"."""
        value = self._values.get(key)
        if value is None:
            return default
        found = duration(value) if isinstance(value, str) else None
        if found is None:
            self.refuse(key, f'= {value!r} is no length of time; write it as "90s", "15m", "2h" or "1d"')
        assert found is not None
        if not least <= found <= most:
            self.refuse(key, f'= "{value}" is out of bounds; choose between {shown(least)} and {shown(most)}')
        return found

    def language(self, default: str | None) -> str | None:
        """A language tag, in lower case."""
        value = self.words("language", default)
        if value and not re.fullmatch(r"[A-Za-z]{2,3}", value):
            self.refuse("language", f'= "{value}" is no language code; write it as "en"')
        return value.lower() if value else None


def duration(words: str) -> float | None:
    """The seconds that "15m" or "1.5h" means; None for anything else."""
    match = _DURATION.fullmatch(words.strip())
    return float(match[1]) * _UNITS[match[2]] if match else None


def shown(seconds: float) -> str:
    """A length of time in its largest unit."""
    unit = next((u for u in "dhm" if seconds >= _UNITS[u]), "s")
    return f"{seconds / _UNITS[unit]:.3g}{unit}"


def read_plan(path: str | Path, every: float | None = None) -> Plan:
    """What the file asks for; `every` overrides all its intervals.

    Raises InputError, in one line that names file, section, key, reason and way out.
    """
    path = Path(path)
    values = _parsed(path)
    if strange := next((key for key in values if key not in ("watch", "feeds")), None):
        raise InputError(f"{path}: {strange} is no section; known are [watch] and [[feeds]]")
    watch = _Section(path, "[watch]", values.get("watch", {}), _WATCH_KEYS)
    given = values.get("feeds", [])
    if not isinstance(given, list) or not given:
        raise InputError(f'{path}: names no feed; add one: [[feeds]] and below it url = "https://..."')
    feeds = tuple(_feed(path, number, feed, watch, every) for number, feed in enumerate(given, 1))
    _refuse_twins(path, feeds)
    return Plan(_database(path, watch), _contact(watch), watch.seconds("delay", 2.0, 0.0, LONGEST_DELAY), feeds)


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"{path}: is not TOML: {error}; docs/feeds.md has an example") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: is not UTF-8 text; save it as UTF-8") from error
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); docs/feeds.md shows how to write one") from error


def _database(path: Path, watch: _Section) -> Path:
    """The database, beside the file where its path is relative."""
    name = watch.words("database", "dotterel.duckdb") or ""
    if Path(name).suffix not in DATABASES:
        watch.refuse("database", f'= "{name}" must end in {" or ".join(DATABASES)}')
    return path.parent / name


def _contact(watch: _Section) -> str:
    """Whom a publisher can write to: an address of mail or of a page."""
    needed = 'publishers want to know who polls them; write contact = "you@university.example" or a page about you'
    contact = watch.words("contact", needed=needed) or ""
    if not contact.isascii() or ("@" not in contact and "://" not in contact):
        watch.refuse("contact", f'= "{contact}" is neither a mail address nor a page; {needed}')
    return contact


def _feed(path: Path, number: int, values: Any, watch: _Section, every: float | None) -> Feed:
    section = _Section(path, f"feed {number}", values, _FEED_KEYS)
    url = section.words("url", needed='write url = "https://..."') or ""
    host = host_of(url)
    if host is None:
        section.refuse("url", f'= "{url}" is no address of the web; it must begin with http:// or https://')
    usual = watch.seconds("every", 900.0, SHORTEST, LONGEST)
    own = section.seconds("every", usual, SHORTEST, LONGEST)
    return Feed(
        url=url,
        name=section.words("name") or (host or "").removeprefix("www."),
        every=every or own,
        full_text=section.flag("full_text", watch.flag("full_text", True)),
        allow_private=section.flag("allow_private", watch.flag("allow_private", False)),
        language=section.language(watch.language(None)),
    )


def host_of(url: str) -> str | None:
    """The host of an http or https address; None where it is no such address, or carries a user's name."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and not parts.username and (parts.port is None or parts.port > 0)
    except ValueError:
        return None
    clean = not re.search(r"[\x00-\x20\x7f\\]", url)
    return parts.hostname if usable and clean and parts.hostname else None


def _refuse_twins(path: Path, feeds: tuple[Feed, ...]) -> None:
    seen: dict[str, int] = {}
    for number, feed in enumerate(feeds, 1):
        if feed.url in seen:
            raise InputError(f"{path}: feed {number}: url is that of feed {seen[feed.url]}; leave one of them out")
        seen[feed.url] = number
