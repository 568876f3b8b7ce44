"""The record: a grid of acts with every filter, sorting, paging, and a choice of columns."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from dotterel.exports.formats import FORMATS
from dotterel.store import Store
from dotterel.web.choices import choices
from dotterel.web.desk import desk_of
from dotterel.web.filters import Filters
from dotterel.web.grid import COLUMNS, SHOWN, SIZES, Row, View
from dotterel.web.paging import pages_with, turns
from dotterel.web.rendering import address, render, segment
from dotterel.web.saving import export
from dotterel.web.wording import NOUNS, beyond, chips, heading, meanings

PATH = "/record"
UNLINKED = "SELECT EXISTS (FROM events) AND NOT EXISTS (FROM linked_members) AS unlinked"


def record(request: Request) -> Response:
    """The page."""
    query = request.query_params
    if moved := tidied(query):
        return RedirectResponse(moved, 303)
    filters, view = Filters.of(query), View.of(query)
    with desk_of(request).store.reading() as store:
        answer = answered(store, filters, view)
    return render(
        request,
        "record.html",
        title=heading(filters),
        filters=filters,
        view=view,
        choices=choices(),
        columns=COLUMNS,
        sizes=SIZES,
        usual=",".join(SHOWN),
        formats=list(FORMATS.values()),
        chips=list(chips(filters)),
        meanings=list(meanings(filters)),
        beyond=list(beyond(filters)),
        noun=NOUNS[filters.by],
        **addresses(filters, view),
        **answer,
    )


def answered(store: Store, filters: Filters, view: View) -> dict[str, Any]:
    """What the store answers: the rows of a page, how many there are in all, and what they are of.

    Raises InputError where there is no such page.
    """
    search, skipped = filters.search(), (view.page - 1) * view.size
    found = store.page(search, sort=view.sort, descending=view.descending, offset=skipped, limit=view.size)
    pages = pages_with(view.page, found.total, view.size)
    return {
        "total": found.total,
        "summary": found.summary,
        "rows": [shown(row, view) for row in found.rows],
        "first": skipped + 1,
        "last": skipped + len(found.rows),
        "pages": pages,
        "turns": list(turns(view.page, pages)),
        "unlinked": not found.total and filters.by == "linked" and unlinked(store),
    }


def unlinked(store: Store) -> bool:
    """Whether there are acts of which none was linked yet, so that none can be shown once."""
    (row,) = store.query(UNLINKED).to_pylist()
    return bool(row["unlinked"])


def shown(row: Row, view: View) -> dict[str, Any]:
    """A row with what the page makes of it: its links, the sentence around the trigger, the plain cells."""
    reader = address(f"/reports/{segment(row['told_by']['report_id'])}", event=row["told_in"])
    return {
        **row,
        "event": f"/events/{segment(row['id'])}",
        "reader": reader,
        "marked": marked(row),
        "cells": {column.name: column.value(row) for column in view.shown},
    }


def marked(row: Row) -> tuple[str, str, str] | None:
    """The sentence before, in and after the words of the act; None where they do not stand in it."""
    sentence, words, start = row["sentence"], row["trigger"], row["trigger_start"]
    if not sentence or not words:
        return None
    if sentence[start : start + len(words)] != words:
        start = sentence.find(words)
    return None if start < 0 else (sentence[:start], words, sentence[start + len(words) :])


def addresses(filters: Filters, view: View) -> dict[str, Any]:
    """What links and forms of the page carry on of the address."""
    carried = view.but().query()
    columns = {"columns": ",".join(view.columns)} if view.columns != SHOWN else {}
    return {
        "carried": carried,
        "kept": {name: value for name, value in carried.items() if name != "columns"},
        "jumping": filters.query() | carried,
        "exported": columns | {name: value for name, value in carried.items() if name in ("sort", "order")},
    }


def tidied(query: QueryParams) -> str | None:
    """The address as it should be; None where it is so.

    Forms leave names without a value in it, or a name many times, and days as people write them.
    """
    pairs, filters = query.multi_items(), Filters.of(query)
    written = all(query.get(name) in (None, getattr(filters, name)) for name in ("since", "until"))
    if written and all(value.strip() for _, value in pairs) and len(pairs) == len(query.keys()) and "day" not in query:
        return None
    if query.get("day", "").strip():
        day = Filters.of(QueryParams({"since": query["day"]})).since
        filters = filters.but(since=day, until=filters.until or day)
    return filters.address(PATH, **View.of(query).query())


ROUTES: list[BaseRoute] = [Route(PATH, record), Route(f"{PATH}/export", export)]
