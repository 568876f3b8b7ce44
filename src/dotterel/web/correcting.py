"""What a person decides at the desk: each endpoint writes one reversible row, and tells the number to undo it by."""

from __future__ import annotations

import getpass
from typing import Any
from urllib.parse import quote, unquote

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from dotterel.errors import InputError
from dotterel.store import Store
from dotterel.web.desk import desk_of
from dotterel.web.event_now import changed, changes_in_words, event_now
from dotterel.web.filters import whole
from dotterel.web.forms import field, fields, posted
from dotterel.web.rendering import go_to, wants_json

BY = "dotterel_by"  # the cookie that holds the name of who decides
LONGEST_NAME = 80
LONGEST_VALUE, LONGEST_NOTE = 300, 2000  # letters
YEAR = 365 * 24 * 3600
LARGEST_NUMBER = 10**12
FIELDS = ("type", "mode", "status", "date", "place")  # of an act, one value each
SIDES = ("actors", "recipients")  # several each
BEST = "SELECT best_event FROM current_linked WHERE id = $id"


def accept(request: Request, form: FormData) -> Response:
    """An act is coded rightly."""
    with desk_of(request).store.writing() as store:
        number = store.accept(event_of(store, form), note=note_of(form), by=who(request, form))
    return told(request, form, "accept", number, "Accepted.")


def reject(request: Request, form: FormData) -> Response:
    """An act is none."""
    with desk_of(request).store.writing() as store:
        number = store.reject(event_of(store, form), note=note_of(form), by=who(request, form))
    return told(request, form, "reject", number, "Rejected: it is left out from now on.")


def edit(request: Request, form: FormData) -> Response:
    """Fields of an act are others. Of those sent only what differs is changed; an empty one empties it."""
    with desk_of(request).store.writing() as store:
        event = event_of(store, form)
        now = event_now(store, event)
        values = changed(now, values_of(form)) if now else values_of(form)
        if now and not values:
            raise InputError("nothing in the form is other than it was; change a field, or accept the event as it is")
        number = store.edit(event, **values, note=note_of(form), by=who(request, form))
    return told(request, form, "edit", number, f"Saved: {changes_in_words(values)}.")


def add(request: Request, form: FormData) -> Response:
    """A report tells an act that was not coded."""
    report, kind = needed(form, "report", "the report to add to"), needed(form, "type", "what kind of act it is")
    words, start = words_of(form)
    with desk_of(request).store.writing() as store:
        number = store.add_event(
            report, kind, words, start=start, **{k: v for k, v in values_of(form).items() if k != "type" and v},
            note=note_of(form), by=who(request, form),
        )  # fmt: skip
    return told(request, form, "add", number, f"Added {kind}: “{shortened(words)}”.", event=f"{report}-c{number}")


def undo(request: Request, form: FormData) -> Response:
    """A correction holds no longer."""
    number = number_of(form)
    with desk_of(request).store.writing() as store:
        store.undo_correction(number)
    return told(request, form, "undo", number, f"Correction {number} is undone.")


def merge(request: Request, form: FormData) -> Response:
    """An actor is another, or several are; whoever is the other already is passed over."""
    needed(form, "actor", "who is merged")
    into = needed(form, "into", "who that is")
    actors = [actor for actor in fields(form, "actor") if actor != into] or [into]
    with desk_of(request).store.writing() as store:
        numbers = store.merge_all(actors, into, noted(request, form))
    told_of = actors[0] if len(actors) == 1 else f"{len(actors)} actors"
    message = f"{told_of} {'is' if len(actors) == 1 else 'are'} {into} from now on."
    return told(request, form, "merge", numbers[-1], message, numbers=numbers)


def split(request: Request, form: FormData) -> Response:
    """Some mentions of an actor are of somebody else."""
    actor, name = needed(form, "actor", "whose mentions they are"), needed(form, "name", "who is meant")
    report, text = field(form, "report") or None, field(form, "text") or None
    name = fitting("name", name)
    if report is None and text is None:
        raise InputError("tell which mentions are of somebody else: those of a report, or those in certain words")
    with desk_of(request).store.writing() as store:
        number = store.split(actor, name, report=report, text=text, note=noted(request, form))
    return told(request, form, "split", number, f"Those mentions are of {name} from now on.")


def undo_decision(request: Request, form: FormData) -> Response:
    """A merge or split holds no longer."""
    number = number_of(form)
    with desk_of(request).store.writing() as store:
        store.undo(number)
    return told(request, form, "undo", number, f"Decision {number} about actors is undone.")


def join(request: Request, form: FormData) -> Response:
    """An event and another, or several, are one act."""
    one, others = events_of(form)
    with desk_of(request).store.writing() as store:
        numbers = store.join_all(one, others, who(request, form) or login(), note_of(form))
    return told(request, form, "join", numbers[-1], "They are one act from now on.", numbers=numbers)


def part(request: Request, form: FormData) -> Response:
    """An event is another act than one other, or several."""
    one, others = events_of(form)
    with desk_of(request).store.writing() as store:
        numbers = store.part_from(one, others, who(request, form) or login(), note_of(form))
    return told(request, form, "part", numbers[-1], "They are different acts from now on.", numbers=numbers)


def undo_judgement(request: Request, form: FormData) -> Response:
    """A join or part holds no longer, or several that were made at one stroke."""
    numbers = numbers_of(form)
    with desk_of(request).store.writing() as store:
        store.undo_judgement(*numbers)
    return told(request, form, "undo", numbers[-1], "That decision about one act or two is undone.")


def name_decider(request: Request, form: FormData) -> Response:
    """Remember the name of who decides; forget it where none is given."""
    name = named(field(form, "by") or "")
    message = f"What you decide is kept under the name {name}." if name else "What you decide is kept without a name."
    answer = told(request, form, "by", 0, message)
    if name:
        answer.set_cookie(BY, quote(name), max_age=YEAR, samesite="strict")
    else:
        answer.delete_cookie(BY, samesite="strict")
    return answer


UNDONE_AT = {
    **dict.fromkeys(("accept", "reject", "edit", "add"), "/corrections/undo"),
    **dict.fromkeys(("merge", "split"), "/actors/undo"),
    **dict.fromkeys(("join", "part"), "/links/undo"),
}


def told(request: Request, form: FormData, kind: str, number: int, message: str, **more: Any) -> Response:
    """What was done, to a script as JSON, to a person on the page that the form asks to go on to."""
    if wants_json(request):
        undone_at = {"undo": UNDONE_AT[kind]} if kind in UNDONE_AT else {}
        return JSONResponse({"message": message, "number": number, "kind": kind, **undone_at, **more})
    return go_to(field(form, "next") or "/corrections", message)


def who(request: Request, form: FormData | None = None) -> str | None:
    """The name of who decides: of the form, else of the cookie; None where there is neither."""
    given = field(form, "by") if form is not None else None
    return named(given or unquote(request.cookies.get(BY, ""))) or None


def named(words: str) -> str:
    """A name without signs that cannot be seen. Raises InputError for one that is too long, or dotterel's own."""
    name = " ".join("".join(c if c.isprintable() else " " for c in words).split())
    if len(name) > LONGEST_NAME:
        raise InputError(f"a name of {len(name)} letters is too long; {LONGEST_NAME} are kept")
    if name.casefold() == "dotterel":
        raise InputError("'dotterel' is what the program's own judgements are kept under; give another name")
    return name


def login() -> str:
    """The name that this machine knows its user by."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "desk"


def noted(request: Request, form: FormData) -> str | None:
    """The note of a decision that has no place for who made it, with the name behind it."""
    note, name = note_of(form), who(request, form)
    return " ".join(part for part in (note, f"({name})" if name else None) if part) or None


def note_of(form: FormData) -> str | None:
    """The note of a form; None where it is empty. Raises InputError for one that is too long."""
    return fitting("note", field(form, "note") or "", LONGEST_NOTE) or None


def fitting(name: str, value: str, most: int = LONGEST_VALUE) -> str:
    """The value. Raises InputError where it has too many letters to be one."""
    if len(value) > most:
        raise InputError(f"{name}: {len(value):,} letters are too many; at most {most:,} are kept")
    return value


def event_of(store: Store, form: FormData) -> str:
    """The event that a form is about; of an act that several reports tell, the one that tells it most fully."""
    event = needed(form, "event", "which event")
    if not event.startswith("L-"):
        return event
    found = store.query(BEST, {"id": event}).column(0).to_pylist()
    if not found:
        raise InputError(f"there is no event {event} here")
    return str(found[0])


def values_of(form: FormData) -> dict[str, Any]:
    """The fields of an act that a form has."""
    single = {name: fitting(name, field(form, name) or "") for name in FIELDS if name in form}
    return {**single, **{name: [fitting(name, one) for one in fields(form, name)] for name in SIDES if name in form}}


def words_of(form: FormData) -> tuple[str, int | None]:
    """The words of a report that were chosen, without the blanks around them, and where they begin."""
    given = form.get("words")
    raw = given.replace("\r\n", "\n") if isinstance(given, str) else ""  # forms send every line break as two signs
    if not raw.strip():
        raise InputError("choose the words of the report that tell the act")
    start = whole("start", field(form, "start"), 0, LARGEST_NUMBER)
    return raw.strip(), None if start is None else start + len(raw) - len(raw.lstrip())


def events_of(form: FormData) -> tuple[str, list[str]]:
    """The event of a form, and those it is held against."""
    needed(form, "event_b", "the other event")
    return needed(form, "event_a", "the first event"), fields(form, "event_b")


def numbers_of(form: FormData) -> list[int]:
    """The numbers of the decisions to undo. Raises InputError where there is none."""
    needed(form, "number", "what to undo")
    return [whole("number", one, 0, LARGEST_NUMBER) or 0 for one in fields(form, "number")]


def number_of(form: FormData) -> int:
    """The number of a decision. Raises InputError where there is none."""
    return whole("number", needed(form, "number", "what to undo"), 0, LARGEST_NUMBER) or 0


def needed(form: FormData, name: str, what: str) -> str:
    """The words of a field. Raises InputError where it is empty."""
    value = field(form, name)
    if not value:
        raise InputError(f"the form does not tell {what} ({name})")
    return value


def shortened(words: str, most: int = 60) -> str:
    """Words on one line, cut where they are many."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"


ROUTES: list[BaseRoute] = [
    posted("/corrections/accept", accept),
    posted("/corrections/reject", reject),
    posted("/corrections/edit", edit),
    posted("/corrections/add", add),
    posted("/corrections/undo", undo),
    posted("/corrections/by", name_decider),
    posted("/actors/merge", merge),
    posted("/actors/split", split),
    posted("/actors/undo", undo_decision),
    posted("/links/join", join),
    posted("/links/part", part),
    posted("/links/undo", undo_judgement),
]
