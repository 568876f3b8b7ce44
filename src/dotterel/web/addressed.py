"""The fields of an address, each checked: choices, days and whole numbers, and how they are written back into one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from starlette.datastructures import QueryParams

from dotterel.analysis.scope import DONE, STATUSES, VIEWS, one_of
from dotterel.store.conditions import bound
from dotterel.web.filters import whole

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

EVERY = "any"  # as a status: whatever the status
DAYS = {"since": "first_day", "until": "last_day", "at": "first_day"}  # which day of a month or year each is
LAST_PAGE = 100_000
CHOICES: Mapping[str, Iterable[str]] = {"unit": VIEWS, "status": (*STATUSES, EVERY)}
UNITS = [("linked", "each act once"), ("report", "each act once a report")]


def given(
    kind: type[DataclassInstance], query: QueryParams, choices: Mapping[str, Iterable[str]], numbers: Mapping[str, int]
) -> dict[str, Any]:
    """The fields of that kind that an address fills in.

    `choices` has what may stand in a field, `numbers` the largest whole number. Raises InputError or StoreError for a
    value that cannot be in its field.
    """
    found: dict[str, Any] = {f.name: query[f.name].strip() for f in fields(kind) if query.get(f.name, "").strip()}
    for name, some in {**CHOICES, **choices}.items():
        if name in found:
            one_of(name, found[name], some)
    for name, end in DAYS.items():
        if name in found:
            found[name] = bound(found[name], end)
    for name, most in numbers.items():
        if name in found:
            found[name] = whole(name, found[name], 1, most)
    return found


def told(asked: DataclassInstance) -> dict[str, object]:
    """The fields that are not as they are where nothing is asked for."""
    values = {f.name: (getattr(asked, f.name), f.default) for f in fields(asked)}
    return {name: value for name, (value, usual) in values.items() if value not in (usual, None, "")}


def counted_statuses(status: str | None) -> tuple[str, ...]:
    """The statuses that are counted where one, EVERY or none is asked for."""
    return DONE if status is None else STATUSES if status == EVERY else (status,)


def status_options() -> list[tuple[str, str]]:
    """What a select of statuses offers: value and words."""
    return [("", "occurred or ongoing"), *((one, one) for one in STATUSES), (EVERY, "any status")]
