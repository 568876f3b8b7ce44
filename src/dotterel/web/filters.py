"""What is shown, as the address bar has it: filters to a search and back, so that a view can be shared or reloaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from starlette.datastructures import QueryParams

from dotterel.errors import InputError
from dotterel.reading.dates import parse_written_date
from dotterel.store import Search
from dotterel.store.edits import date_columns
from dotterel.web.rendering import address

UNITS = ("linked", "events")
LOCATED = {"yes": True, "no": False}
# Filters that a search has by the same name and in the same words.
ALIKE = ("type", "mode", "status", "context", "country", "where", "place", "since", "until", "source", "corrected")
MONTHS = ("%B %Y", "%b %Y", "%Y/%m", "%m/%Y")


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of a view; None asks for nothing. The names are those of the address."""

    q: str | None = None  # words of the reports
    by: str = "linked"  # linked: each act once; events: each act once a report
    a: str | None = None  # a party: id, country code, or part of a name
    b: str | None = None  # another, with or toward the first
    directed: str | None = None  # "1": a acted toward b, not the other way round
    type: str | None = None
    mode: str | None = None
    quad: str | None = None  # 1 to 4
    status: str | None = None
    context: str | None = None
    country: str | None = None  # where it happened, or of a party
    where: str | None = None  # where it happened: a country's code, none
    located: str | None = None  # yes: at a place with coordinates, as a map needs; no: at none
    place: str | None = None  # part of a place's name
    since: str | None = None
    until: str | None = None
    source: str | None = None  # publisher or agency
    surest: str | None = None  # at most so sure, in percent
    sure: str | None = None  # at least so sure, in percent
    corrected: str | None = None  # accepted, edited, added, none

    @classmethod
    def of(cls, query: QueryParams) -> Filters:
        """The filters that an address asks for; names that are none of a filter are passed over."""
        given = {f.name: query[f.name].strip() for f in fields(cls) if query.get(f.name, "").strip()}
        return cls(**given | {name: when(given[name]) for name in ("since", "until") if name in given})

    def query(self) -> dict[str, str]:
        """The filters that are set, as the address has them."""
        set_ = {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) is not None}
        return {name: value for name, value in set_.items() if (name, value) != ("by", "linked")}

    def address(self, path: str, **more: object) -> str:
        """A path of the desk with these filters, and what else its address holds."""
        return address(path, **self.query(), **more)

    def but(self, **changes: str | None) -> Filters:
        """The same with other values; None takes a filter out."""
        return replace(self, **changes)  # type: ignore[arg-type]

    @property
    def narrowed(self) -> bool:
        """Whether anything is filtered."""
        return bool(set(self.query()) - {"by"})

    def search(self) -> Search:
        """What the store is asked. Raises InputError for a value that is none."""
        if self.by not in UNITS:
            raise InputError(f"by: there is no '{self.by}'; choose one of {', '.join(UNITS)}")
        check_days(self.since, self.until)
        asked: Mapping[str, Any] = {
            "words": self.q or "",
            "by": self.by,
            **self._parties(),
            "quad": whole("quad", self.quad, 1, 4),
            "min_confidence": (whole("sure", self.sure, 0, 100) or 0) / 100,
        }
        if self.located is not None:
            asked = {**asked, "located": one_of("located", self.located, LOCATED)}
        if self.surest is not None:
            asked = {**asked, "max_confidence": (whole("surest", self.surest, 0, 100) or 0) / 100}
        same = (
            "type",
            "mode",
            "status",
            "context",
            "country",
            "where",
            "place",
            "since",
            "until",
            "source",
            "corrected",
        )
        return Search(**asked, **{name: getattr(self, name) for name in same if getattr(self, name) is not None})

    def _parties(self) -> dict[str, Any]:
        if self.a and self.b:
            return {"dyad" if self.directed else "between": (self.a, self.b)}
        one = self.a or self.b
        return {"actor": one} if one else {}


def when(words: str) -> str:
    """A day or month as the address has it: 2015-11-26 for "26 November 2015"; what is none stays as it is."""
    if day := parse_written_date(words):
        return str(day)
    for form in MONTHS:
        try:
            return datetime.strptime(words, form).strftime("%Y-%m")
        except ValueError:
            continue
    return words


def check_days(since: str | None, until: str | None) -> None:
    """Raises InputError where a view would end before it begins, which is most likely an exchange of the two."""
    if since and until and days_of(since)[0] > days_of(until)[1]:
        raise InputError(f"since {since} is after until {until}; exchange them")


def days_of(words: str) -> tuple[str, str]:
    """The first and last day of a day, month or year. Raises StoreError where it is none."""
    columns = date_columns(words)
    return columns["first_day"], columns["last_day"]


def one_of(name: str, words: str, known: Mapping[str, Any]) -> Any:
    """What words of an address stand for. Raises InputError where they are none of those known."""
    if words not in known:
        raise InputError(f"{name}: there is no '{words}'; choose one of {', '.join(known)}")
    return known[words]


def whole(name: str, words: str | None, least: int, most: int) -> int | None:
    """A whole number of an address; None where it is not given. Raises InputError where it is none of that range."""
    if words is None or words == "":
        return None
    if not words.isascii() or not words.isdecimal() or not least <= int(words[:18]) <= most:
        raise InputError(f"{name}: '{words}' is no whole number from {least} to {most}")
    return int(words)
