"""A text that is pasted, or a file that is dropped: coded, shown in the reader, kept only where that is asked for."""

from __future__ import annotations

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from dotterel.coder import as_date
from dotterel.errors import InputError
from dotterel.reading.finding import SUFFIXES
from dotterel.settings import MAX_REPORT_CHARS
from dotterel.types import Coding
from dotterel.web.desk import desk_of
from dotterel.web.filters import whole
from dotterel.web.forms import field, posted
from dotterel.web.giving import MOST_REPORTS, lot_of_file, lot_of_text
from dotterel.web.guard import LARGEST_BODY
from dotterel.web.reader import show
from dotterel.web.reading_view import reading_of
from dotterel.web.rendering import go_to, render
from dotterel.web.tray import Lot

GONE = "That text is no longer held here: only the last few are, until the desk is closed. Paste it again."


def form(request: Request) -> Response:
    """The page to paste a text into, or drop a file on."""
    return ask(request)


def ask(request: Request, status: int = 200, error: str | None = None, **given: str | None) -> Response:
    """The form, with what was given before and what was wrong with it."""
    return render(
        request,
        "code.html",
        status,
        title="Read a text",
        error=error,
        given={name: given.get(name) or "" for name in ("text", "title", "published", "name")},
        suffixes=SUFFIXES,
        most_chars=MAX_REPORT_CHARS,
        most_bytes=LARGEST_BODY,
        most_reports=MOST_REPORTS,
    )


def receive(request: Request, sent: FormData) -> Response:
    """Read what was given and have it coded; where it cannot be read, the form again, with all that was written."""
    file = sent.get("file")
    name = file.filename or "" if isinstance(file, UploadFile) else ""
    try:
        lot = given_in(sent)
    except InputError as error:
        kept = {key: sent.get(key) for key in ("text", "title", "published")}
        words = {key: value if isinstance(value, str) else "" for key, value in kept.items()}
        return ask(request, 400, str(error), **words, name=name)
    desk_of(request).tray.put(lot)
    return go_to(f"/code/{lot.id}")


def given_in(sent: FormData) -> Lot:
    """What a form holds. Raises InputError where it is nothing, two things, or nothing that can be read."""
    text, file, day = sent.get("text"), sent.get("file"), as_date(field(sent, "published") or None)
    written = isinstance(text, str) and bool(text.strip())
    if isinstance(file, UploadFile) and file.filename:
        if written:
            raise InputError("a text and a file were given; take one of them out")
        return lot_of_file(file.filename, file.file.read(), day)
    if not written:
        raise InputError("there is nothing to read yet; paste a text, or choose a file")
    return lot_of_text(str(text), field(sent, "title") or None, day)


def held(request: Request) -> Lot:
    """The lot that the address names."""
    found = desk_of(request).tray.get(request.path_params["lot"])
    if found is None:
        raise HTTPException(404, GONE)
    return found


def lot_page(request: Request) -> Response:
    """One report in the reader; several, or what is not coded yet, as a list."""
    lot = held(request)
    if lot.finished and len(lot.items) == 1 and not lot.more and lot.coding(0):
        return shown(request, lot, 0)
    return render(request, "lot.html", title=lot.name, lot=lot, most_reports=MOST_REPORTS)


def report_page(request: Request) -> Response:
    """One report of several."""
    return shown(request, held(request), request.path_params["number"] - 1)


def shown(request: Request, lot: Lot, number: int) -> Response:
    """A report in the reader."""
    coding = lot.coding(number)
    if coding is None:
        raise HTTPException(404, "This report is not coded; see the list for why.")
    return show(request, reading_of(coding), stored=False, lot=lot, number=number)


def progress(request: Request) -> Response:
    """How far a lot has come, for a script."""
    lot = held(request)
    return JSONResponse({"stage": lot.stage, "done": len(lot.coded), "of": len(lot.items), "finished": lot.finished})


def keep(request: Request, sent: FormData) -> Response:
    """Put a report of a lot, or all of them, into the database."""
    lot = held(request)
    number = whole("number", field(sent, "number"), 1, MOST_REPORTS)
    chosen = [number - 1] if number is not None else lot.addable
    codings = [coding for n in chosen if (coding := lot.coding(n))]
    if not codings:
        raise InputError("there is no such report to add, or it is not coded yet")
    with desk_of(request).store.writing() as store:
        added = store.add_many(codings)
    lot.added.update(chosen)
    there = f"/reports/{codings[0].report.id}" if len(codings) == 1 else f"/code/{lot.id}"
    return go_to(there, told(codings, added))


def told(codings: list[Coding], added: int) -> str:
    """What was added, and what was there."""
    if len(codings) == 1:
        events = len(codings[0].events)
        if not added:
            return "This report was in the database already, and nothing was changed."
        return f"Added to the database, with {events} event{'' if events == 1 else 's'}."
    if not added:
        return "These reports were in the database already, and nothing was changed."
    there = len(codings) - added
    return f"Added {added} of {len(codings)} reports to the database" + ("; the others were there." if there else ".")


ROUTES: list[BaseRoute] = [
    Route("/code", form),
    posted("/code", receive),
    Route("/code/{lot}", lot_page),
    Route("/code/{lot}/progress", progress),
    Route("/code/{lot}/{number:int}", report_page),
    posted("/code/{lot}/add", keep),
]
