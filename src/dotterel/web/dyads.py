"""Pairs of parties: those with the most acts, and a form to look at any two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dotterel.analysis.nodes import LEVELS
from dotterel.analysis.pairs import SORTS, Pair, all_years, pairs
from dotterel.analysis.scope import Scope, scope_of
from dotterel.analysis.who import Party
from dotterel.errors import InputError
from dotterel.store import Store
from dotterel.web.addressed import LAST_PAGE, UNITS, counted_statuses, given, status_options, told
from dotterel.web.desk import desk_of
from dotterel.web.dyad_asked import Asked
from dotterel.web.paging import page_count, turns
from dotterel.web.rendering import address, render
from dotterel.web.unlinked import unlinked
from dotterel.web.whose import SAID, called, parties, which

SIZE = 50  # pairs on a page
SORTED = {"acts": "most acts", "cooperation": "most cooperation", "conflict": "most conflict", "last": "latest act"}
HEIGHT = 26  # of the bars of years, in pixels
WIDEST, NARROWEST, ALL = 14, 3, 110  # of one such bar, and of all together


@dataclass(frozen=True, slots=True)
class Listed:
    """Which pairs are asked for. The names are those of the address."""

    a: str = ""  # a party that one of the two is
    by: str = "country"
    since: date | None = None
    until: date | None = None
    unit: str = "linked"
    status: str | None = None
    sort: str = "acts"
    page: int = 1

    @classmethod
    def of(cls, query: QueryParams) -> Listed:
        """What an address asks. Raises InputError or StoreError for a value that is none."""
        return cls(**given(cls, query, {"by": LEVELS, "sort": SORTS}, {"page": LAST_PAGE}))

    def scope(self) -> Scope:
        """What is counted. Raises InputError where the days are the wrong way round."""
        return scope_of(self.unit, counted_statuses(self.status), self.since, self.until)

    def address(self, **changes: Any) -> str:
        """The page with this question, changed as told; None takes a part out."""
        return address("/dyads", **told(replace(self, **changes)))

    def dyad(self, pair: Pair) -> str:
        """The page of a pair, with the same days and the same acts."""
        return Asked(pair.a, pair.b, since=self.since, until=self.until, unit=self.unit, status=self.status).address()


def dyads(request: Request) -> Response:
    """The page."""
    asked = Listed.of(request.query_params)
    if answer := unlinked(request, asked.unit, asked.address(unit="report")):
        return answer
    desk = desk_of(request)
    try:
        party, by, found, total = desk.memory.recall(desk.store, ("pairs", asked), lambda store: listed(store, asked))
    except SAID as error:
        return which(request, error, lambda one: asked.address(a=one), asked=None)
    last = page_count(total, SIZE)
    if asked.page > last:  # behind the last page none are counted, and which that is is not known
        raise InputError(f"page: there is no page {asked.page:,}")
    name = called(party) if party else None
    return render(
        request,
        "dyads.html",
        title=f"Whom {name} dealt with" if name else "Who deals with whom",
        asked=asked,
        by=by,
        party=party,
        name=name,
        rows=list(rows_of(asked, found)),
        years=all_years(found),
        total=total,
        first=(asked.page - 1) * SIZE + 1,
        pages=last,
        turns=[(turn.words, asked.address(page=turn.page) if turn.page else None) for turn in turns(asked.page, last)],
        statuses=status_options(),
        sorts=list(SORTED.items()),
        units=UNITS,
    )


def listed(store: Store, asked: Listed) -> tuple[Party | None, str, list[Pair], int]:
    """The party that is asked for, at which level pairs are told, a page of them, and how many there are."""
    scope = asked.scope()
    party = parties(store, (asked.a,), scope)[0] if asked.a else None
    by = "actor" if party and party.column == "id" else asked.by
    found, total = pairs(store, scope, by=by, party=party.key if party else None, sort=asked.sort, limit=SIZE,
                         offset=(asked.page - 1) * SIZE)  # fmt: skip
    return party, by, found, total


def rows_of(asked: Listed, found: list[Pair]) -> Iterator[dict[str, Any]]:
    """The pairs, each with its link and its bars of years."""
    years = all_years(found)
    step = min(WIDEST, max(NARROWEST, ALL // max(1, len(years))))
    for pair in found:
        most = max(pair.years.values(), default=1)
        bars = [(n * step, count * HEIGHT / most) for n, year in enumerate(years) if (count := pair.years.get(year, 0))]
        yield {
            "pair": pair,
            "href": asked.dyad(pair),
            "bars": [(x, round(HEIGHT - height, 1), round(height, 1)) for x, height in bars],
            "bar": step - 1,
            "width": max(1, len(years)) * step,
            "told": ", ".join(f"{year}: {count:,}" for year, count in pair.years.items()) or "no act with a day",
            "quads": list(enumerate(pair.quads, 1)),
        }


ROUTES: list[BaseRoute] = [Route("/dyads", dyads)]
