"""The list of reports: sought by words, filtered by source and days, sorted; and the inputs that could not be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from dotterel.store import Search
from dotterel.store.terms import WORD, folded, term, terms
from dotterel.web.desk import desk_of
from dotterel.web.filters import check_days, when, whole
from dotterel.web.grid import LAST_PAGE, ORDERS, one_of
from dotterel.web.paging import pages_with, turns
from dotterel.web.rendering import address, render

PATH = "/reports"
SIZE = 50
SOURCES_OFFERED = 200
COLUMNS = (("published", "Day"), ("title", "Report"), ("source", "Source"), ("events", "Acts"))
SORTS = tuple(name for name, _ in COLUMNS)
GREATEST_FIRST = ("published", "events")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is asked for. The names are those of the address."""

    q: str = ""
    source: str = ""
    since: str = ""
    until: str = ""
    sort: str = ""
    order: str = ""
    page: int = 1

    @classmethod
    def of(cls, query: QueryParams) -> Asked:
        """What an address asks for. Raises InputError for a value that is none."""
        words = {name: query.get(name, "").strip() for name in ("q", "source", "since", "until")}
        words |= {name: when(words[name]) for name in ("since", "until") if words[name]}
        check_days(words["since"], words["until"])
        sort = one_of("sort", query.get("sort"), SORTS) or ""
        order = one_of("order", query.get("order"), ORDERS) or ""
        return cls(**words, sort=sort, order=order, page=whole("page", query.get("page"), 1, LAST_PAGE) or 1)

    def address(self, **changes: Any) -> str:
        """The list as asked for, but for these; on the first page unless another is among them."""
        told = replace(self, **{"page": 1} | changes)
        query = {name: getattr(told, name) for name in ("q", "source", "since", "until", "sort", "order")}
        return address(PATH, **query, page=told.page if told.page > 1 else None)

    @property
    def narrowed(self) -> bool:
        """Whether anything is filtered."""
        return any((self.q, self.source, self.since, self.until))

    @property
    def descending(self) -> bool:
        """Whether the last come first; of days and numbers they do unless asked otherwise."""
        return self.order == "desc" if self.order else not self.sort or self.sort in GREATEST_FIRST

    def head(self, name: str) -> tuple[str, str]:
        """The head of a column: where it leads to, and how screen readers are told the order."""
        if self.sort != name:
            return self.address(sort=name, order=""), "none"
        return self.address(order="asc" if self.descending else "desc"), (
            "descending" if self.descending else "ascending"
        )

    def search(self) -> Search:
        """What the store is asked."""
        return Search(
            self.q, by="reports", source=self.source or None, since=self.since or None, until=self.until or None
        )


def reports(request: Request) -> Response:
    """The page of the list."""
    query = request.query_params
    asked = Asked.of(query)
    if not all(value.strip() for value in query.values()):
        return RedirectResponse(asked.address(page=asked.page), 303)
    skipped = (asked.page - 1) * SIZE
    with desk_of(request).store.reading() as store:
        found = store.reports(asked.search(), asked.sort or None, asked.descending, skipped, SIZE)
        sources = store.sources(SOURCES_OFFERED)
        failures = store.counts()["failures"]
    pages = pages_with(asked.page, found.total, SIZE)
    sought = set(terms(asked.q))
    return render(
        request,
        "reports.html",
        title="Reports",
        asked=asked,
        heads=[(label, name, *asked.head(name)) for name, label in COLUMNS],
        rows=[row | pieces(row, sought) for row in found.rows],
        total=found.total,
        first=skipped + 1,
        last=skipped + len(found.rows),
        pages=pages,
        turns=list(turns(asked.page, pages)),
        sources=sources,
        failures=failures,
    )


def pieces(row: dict[str, Any], sought: set[str]) -> dict[str, list[tuple[str, bool]]]:
    """The title, and the sentence that fits best unless that is the title, in pieces."""
    title, sentence = row["title"] or "Report without a title", row.get("sentence") or ""
    return {
        "title_words": list(marked(title, sought)),
        "words": list(marked(sentence, sought)) if sentence != title else [],
    }


def marked(sentence: str, sought: set[str]) -> Iterator[tuple[str, bool]]:
    """A sentence in pieces, each with whether it is a word that was sought."""
    end = 0
    for word in WORD.finditer(sentence):
        if term(folded(word.group())) in sought:
            yield sentence[end : word.start()], False
            yield word.group(), True
            end = word.end()
    yield sentence[end:], False


def failures(request: Request) -> Response:
    """The page of the inputs that could not be read or coded."""
    page = whole("page", request.query_params.get("page"), 1, LAST_PAGE) or 1
    with desk_of(request).store.reading() as store:
        told = list(store.failures())
    pages = pages_with(page, len(told), SIZE)
    return render(
        request,
        "unread.html",
        title="What could not be read",
        failures=told[(page - 1) * SIZE : page * SIZE],
        total=len(told),
        pages=pages,
        turns=list(turns(page, pages)),
    )


ROUTES: list[BaseRoute] = [Route(PATH, reports), Route(f"{PATH}/failures", failures)]
