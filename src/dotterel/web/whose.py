"""Whom a name in an address means, and the page that asks back where it is nobody's or several parties'."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from dotterel.actors.vocabulary import states
from dotterel.analysis.scope import Scope
from dotterel.analysis.who import AmbiguousError, Party, UnknownPartyError, find_parties
from dotterel.errors import InputError
from dotterel.store import Store
from dotterel.store.whom import whom
from dotterel.web.rendering import render

PRESENT = "SELECT DISTINCT country FROM {view} WHERE list_contains($codes, country) ORDER BY country"


class SeveralError(InputError):
    """A name of several countries."""

    def __init__(self, said: str, codes: Sequence[str]) -> None:
        super().__init__(f"'{said}' could be {' or '.join(codes)}")
        self.said, self.codes = said, tuple(codes)


SAID = (UnknownPartyError, AmbiguousError, SeveralError)


def parties(store: Store, said: Sequence[str], scope: Scope) -> list[Party]:
    """Whom the names mean: a country where it is one's name, code or nationality, else as analysis finds parties.

    Raises SeveralError, AmbiguousError or UnknownPartyError.
    """
    try:
        return find_parties(store, [meant(store, one, scope) for one in said], scope)
    except UnknownPartyError as error:
        if error.said in said:
            raise
        return find_parties(store, said, scope)  # a country of nobody here may be a part of somebody's name


def meant(store: Store, said: str, scope: Scope) -> str:
    """What to look up for a name: the code of the country so called, or else the name itself.

    Raises SeveralError where several countries of this record are called so, as two states with one capital are.
    """
    codes = whom(said).countries if said else ()
    if len(codes) < 2:
        return codes[0] if codes else said
    rows = store.query(PRESENT.format(view=scope.views.parties), {"codes": list(codes)}).to_pylist()
    here = [row["country"] for row in rows]
    if len(here) > 1:
        raise SeveralError(said, here)
    return here[0] if here else said


def called(party: Party) -> str:
    """A party by its name: 'France' for FRA."""
    state = states().get(party.key) if party.column == "country" else None
    return state.name if state else party.label


def which(request: Request, error: Exception, address: Callable[[str], str], **more: Any) -> Response:
    """The page on which whoever asked chooses whom a name means, or gives another. `address` has the same question of
    another id or code.
    """
    assert isinstance(error, SAID)
    options: list[tuple[str, str, int | None, str]] = []
    if isinstance(error, AmbiguousError):
        options = [(one.name, one.id, one.acts, address(one.id)) for one in error.candidates]
    elif isinstance(error, SeveralError):
        options = [(states()[code].name, code, None, address(code)) for code in error.codes]
    title = f"Which “{error.said}”?" if options else f"Nobody is called “{error.said}”"
    return render(request, "which.html", 200 if options else 404, title=title, said=error.said, options=options, **more)
