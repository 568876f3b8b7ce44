"""The list of actors: sought by part of a name, id or wording, filtered, sorted; and who is who as people decided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dotterel.actors.vocabulary import country_name
from dotterel.codebook.loader import sectors
from dotterel.store.cast import SORTS, Member, cast, chosen, tallied
from dotterel.store.profiles import decisions
from dotterel.web.desk import desk_of
from dotterel.web.filters import whole
from dotterel.web.grid import LAST_PAGE, ORDERS, one_of
from dotterel.web.paging import pages_with, turns
from dotterel.web.rendering import address, render

PATH = "/actors"
SIZE = 50
LONGEST = 200  # letters of what is sought
COLUMNS = (
    ("name", "Name"),
    ("country", "Country"),
    ("sector", "Sector"),
    ("actor", "Acted"),
    ("recipient", "Acted upon"),
    ("quotes", "Quoted"),
    ("first", "First seen"),
    ("last", "Last seen"),
)
LEAST_FIRST = ("name", "first")
DECISIONS = 20  # merges and splits that are listed


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is asked for. The names are those of the address."""

    q: str = ""
    country: str = ""
    sector: str = ""
    sort: str = ""  # of acts, most first, unless another is named
    order: str = ""
    page: int = 1

    @classmethod
    def of(cls, query: QueryParams) -> Asked:
        """What an address asks for. Raises InputError for a value that is none."""
        words = {name: query.get(name, "").strip()[:LONGEST] for name in ("q", "country", "sector")}
        sort = one_of("sort", query.get("sort"), SORTS) or ""
        order = one_of("order", query.get("order"), ORDERS) or ""
        return cls(**words, sort=sort, order=order, page=whole("page", query.get("page"), 1, LAST_PAGE) or 1)

    def address(self, **changes: Any) -> str:
        """The list as asked for, but for these; on the first page unless another is among them."""
        told = replace(self, **{"page": 1} | changes)
        query = {name: getattr(told, name) for name in ("q", "country", "sector", "sort", "order")}
        return address(PATH, **query, page=told.page if told.page > 1 else None)

    @property
    def narrowed(self) -> bool:
        """Whether anything is filtered."""
        return any((self.q, self.country, self.sector))

    @property
    def descending(self) -> bool:
        """Whether the greatest come first; of numbers and last days they do unless asked otherwise."""
        return self.order == "desc" if self.order else self.sort not in LEAST_FIRST

    def head(self, name: str) -> tuple[str | None, str]:
        """The head of a column: where it leads to, and how screen readers are told the order."""
        if name not in SORTS:
            return None, "none"
        if self.sort != name:
            return self.address(sort=name, order=""), "none"
        turned = self.address(order="asc" if self.descending else "desc")
        return turned, "descending" if self.descending else "ascending"

    def of_all(self, members: tuple[Member, ...]) -> list[Member]:
        """Those that are asked for, in order."""
        return chosen(members, self.q, self.country or None, self.sector or None, self.sort or "acts", self.descending)


def page(request: Request) -> Response:
    """The page of the list."""
    asked, desk = Asked.of(request.query_params), desk_of(request)
    members = desk.memory.recall(desk.store, "cast", cast)
    with desk.store.reading() as store:
        decided = decisions(store, most=DECISIONS)
    found = asked.of_all(members)
    pages = pages_with(asked.page, len(found), SIZE)
    skipped = (asked.page - 1) * SIZE
    countries, in_sectors = tallied(members)
    return render(
        request,
        "actors.html",
        title="Actors",
        asked=asked,
        heads=[(label, name, *asked.head(name)) for name, label in COLUMNS],
        shown=found[skipped : skipped + SIZE],
        total=len(found),
        everybody=len(members),
        first=skipped + 1,
        pages=pages,
        turns=list(turns(asked.page, pages)),
        countries=[(code, named_country(code), count) for code, count in countries],
        sectors=[(code, named_sector(code), count) for code, count in in_sectors],
        named_country=named_country,
        decided=decided,
        most_decided=DECISIONS,
    )


def named_country(code: str) -> str:
    """The name of a country by its code; of what stands for none, in words."""
    others = {"IGO": "International body", "NGO": "Non-governmental body", "NSA": "No state", "MNC": "Company"}
    return others[code] if code in others else country_name(code)


def named_sector(code: str) -> str:
    """What a sector is, in a few words."""
    told = next((term.definition for term in sectors() if term.name == code), "")
    return told.partition(";")[0].partition(":")[0].partition(",")[0] or code


ROUTES: list[BaseRoute] = [Route(PATH, page)]
