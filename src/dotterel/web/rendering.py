"""From values to a page: the templates, what every page holds, and notices that outlive one redirect."""

from __future__ import annotations

import json
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import quote, unquote, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from dotterel.codebook.loader import QUADS
from dotterel.web.desk import desk_of

HERE = files("dotterel.web")
NOTICE = "dotterel_notice"  # the cookie that carries a notice over one redirect
SECTIONS = (  # of the navigation: path, name, what it shows
    ("/record", "Record", "Who did what to whom"),
    ("/reports", "Reports", "The reports, and what was read in them"),
    ("/actors", "Actors", "Who takes part"),
    ("/dyads", "Dyads", "Pairs of parties over time"),
    ("/network", "Network", "Who stands with whom"),
    ("/map", "Map", "Where it happened"),
    ("/tallies", "Tallies", "Figures by whose count"),
    ("/review", "Review", "Check events one by one"),
    ("/corrections", "Corrections", "What people decided"),
    ("/code", "Read a text", "Paste or drop a report"),
)


@cache
def environment() -> Environment:
    """The templates. Whatever is put into one is text, never markup; a name that is not there is an error."""
    made = Environment(
        loader=FileSystemLoader(str(HERE / "templates")),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(number=number, day=day, percent=percent, segment=segment, attributes=attributes)
    made.globals.update(quads=QUADS, address=address)
    return made


def render(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """A page of the desk. `title` is among the values."""
    desk = desk_of(request)
    notice = unquote(request.cookies.get(NOTICE, ""))
    shared = {
        "sections": SECTIONS,
        "here": request.url.path,
        "nonce": request.scope["dotterel.nonce"],
        "form_secret": desk.forms,
        "database": desk.path.name,
        "notice": notice or None,
    }
    page = HTMLResponse(environment().get_template(template).render(**shared | values), status)
    if notice:
        page.delete_cookie(NOTICE)
    return page


def wants_json(request: Request) -> bool:
    """Whether a script asks, and not a person."""
    return "application/json" in request.headers.get("accept", "")


def go_to(path: str, notice: str | None = None) -> Response:
    """Lead on to another page of the desk, which shows the notice. A path that leads elsewhere leads home."""
    answer = RedirectResponse(inside(path), 303)
    if notice:
        answer.set_cookie(NOTICE, quote(notice), max_age=60, httponly=True, samesite="strict")
    return answer


def inside(path: str) -> str:
    """A path of the desk as it is; home for one that leads elsewhere."""
    own = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if own else "/"


def address(path: str, **query: object) -> str:
    """A path of the desk with its query; None and '' are left out, a list gives its name several times."""
    kept = {name: value for name, value in query.items() if value not in (None, "", (), [])}
    return path + (f"?{urlencode(kept, doseq=True)}" if kept else "")


def segment(words: str) -> str:
    """Words as one part of a path: an actor's id may hold strokes and blanks."""
    return quote(words, safe=":")


def number(value: float | int | None) -> str:
    """12,345; 0.5; an en dash for nothing."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.2f}"


def percent(value: float | None) -> str:
    """A belief of 0 to 1 in percent."""
    return "–" if value is None else f"{100 * value:.0f} %"


def day(value: date | datetime | str | None) -> str:
    """A day as 2015-11-26; an en dash for none."""
    if isinstance(value, datetime):
        value = value.date()
    return "–" if value is None else str(value)


def attributes(value: object) -> str:
    """A value as JSON, to stand in a data attribute (where it is escaped like all else)."""
    return json.dumps(value, default=str, ensure_ascii=False)
