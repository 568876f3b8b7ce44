"""Which acts an analysis looks at: acts or tellings, status, days, and how far an unsure date is trusted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from dotterel.errors import InputError

STATUSES = ("occurred", "ongoing", "planned", "proposed", "hypothetical", "negated")
DONE = ("occurred", "ongoing")  # what is counted unless asked otherwise


class Views(NamedTuple):
    """The views of the database that have acts of a unit, in which merges, splits and corrections hold."""

    dyads: str
    parties: str
    acts: str  # a query: every act with its id, the day of the first report of it and the event that tells it best
    id: str  # the column of the other views that tells acts apart


VIEWS = {
    "linked": Views(  # each act once
        "linked_dyads",
        "linked_parties",
        "SELECT *, first_published AS published, best_event AS told_in FROM current_linked",
        "linked_id",
    ),
    "report": Views(  # each act once a report
        "dyads",
        "parties",
        "SELECT e.*, r.published, e.id AS told_in FROM current_events e JOIN reports r ON r.id = e.report_id",
        "event_id",
    ),
}
# From when to when an act is taken to have happened. sure: as dated, so that "in May" is in no week; start: on the
# first day it may have happened; published: the same, and an act without a date on the day of the first report of it.
DATINGS = {
    "sure": ("first_day", "last_day"),
    "start": ("first_day", "first_day"),
    "published": ("coalesce(first_day, published)", "coalesce(first_day, published)"),
}
UNITS = {"linked": "linked events", "report": "events of single reports"}


@dataclass(frozen=True, slots=True)
class Scope:
    """What an analysis looks at."""

    unit: str
    statuses: tuple[str, ...]
    since: date | None
    until: date | None
    dating: str

    @property
    def views(self) -> Views:
        """Where the acts of this unit are."""
        return VIEWS[self.unit]

    @property
    def bounded(self) -> bool:
        """Whether only certain days are looked at."""
        return self.since is not None or self.until is not None

    @property
    def unit_words(self) -> str:
        """What is counted, in words."""
        return UNITS[self.unit]


def scope_of(
    unit: str = "linked",
    statuses: Iterable[str] = DONE,
    since: date | str | None = None,
    until: date | str | None = None,
    dating: str = "sure",
) -> Scope:
    """The scope those arguments ask for. Raises InputError for one that has no sense."""
    statuses = (statuses,) if isinstance(statuses, str) else tuple(statuses)
    one_of("unit", unit, VIEWS)
    one_of("dating", dating, DATINGS)
    for status in statuses:
        one_of("status", status, STATUSES)
    first, last = day_of("since", since), day_of("until", until)
    if first and last and first > last:
        raise InputError(f"since {first} is after until {last}; exchange them")
    return Scope(unit, statuses, first, last, dating)


def one_of(name: str, value: str, choices: Iterable[str]) -> str:
    """The value. Raises InputError where it is none of the choices."""
    choices = tuple(choices)
    if value not in choices:
        raise InputError(f"{name}: there is no '{value}'; choose one of {', '.join(choices)}")
    return value


def day_of(name: str, value: date | str | None) -> date | None:
    """A day given as a date or as 2015-11-27. Raises InputError for anything else."""
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise InputError(f"{name}: '{value}' is no day; write it as 2015-11-27") from None
