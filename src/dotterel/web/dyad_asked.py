"""What a page on two parties is asked, as its address has it: the parties, the days, what is counted and how."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from starlette.datastructures import QueryParams

from dotterel.analysis.between import PERIODS
from dotterel.analysis.changes import MEASURES
from dotterel.analysis.scope import DATINGS, STATUSES, Scope, scope_of
from dotterel.analysis.who import Party
from dotterel.web.addressed import LAST_PAGE, counted_statuses, given, told
from dotterel.web.filters import Filters
from dotterel.web.rendering import address

DIRECTIONS = ("both", "out", "in")  # both ways; the first toward the second; back
CHOICES = {"by": PERIODS, "direction": DIRECTIONS, "dating": DATINGS, "measure": MEASURES}
LONGEST = {"day": 62, "week": 600, "month": 6000}  # days that a series by each spans where nothing else is asked for


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of two parties. The names are those of the address."""

    a: str = ""
    b: str = ""
    by: str | None = None  # day, week, month, year; None: what suits the days
    direction: str = "both"
    since: date | None = None
    until: date | None = None
    unit: str = "linked"
    status: str | None = None  # one status, or EVERY; None: occurred or ongoing
    dating: str = "sure"
    measure: str = "net"  # of which changes are sought
    at: date | None = None  # first day of a period whose acts are listed
    quad: int | None = None  # class of those acts
    page: int = 1  # of the table of periods

    @classmethod
    def of(cls, query: QueryParams) -> Asked:
        """What an address asks. Raises InputError or StoreError for a value that is none."""
        return cls(**given(cls, query, CHOICES, {"quad": 4, "page": LAST_PAGE}))

    @property
    def statuses(self) -> tuple[str, ...]:
        """The statuses that are counted."""
        return counted_statuses(self.status)

    def scope(self) -> Scope:
        """What an analysis looks at. Raises InputError where the days are the wrong way round."""
        return scope_of(self.unit, self.statuses, self.since, self.until, self.dating)

    def address(self, path: str = "/dyad", **changes: Any) -> str:
        """A path of the desk with this question, changed as told; None takes a part out."""
        return address(path, **told(replace(self, **changes)))

    def record(self, first: Party, second: Party, since: date | None, until: date | None) -> str:
        """The same acts in the record, as near as its filters go."""
        back = self.direction == "in"
        filters = Filters(
            by="events" if self.unit == "report" else "linked",
            a=(second if back else first).key,
            b=(first if back else second).key,
            directed=None if self.direction == "both" else "1",
            quad=str(self.quad) if self.quad else None,
            status=self.status if self.status in STATUSES else None,
            since=str(since) if since else None,
            until=str(until) if until else None,
        )
        return filters.address("/record")


def suiting(days: int) -> str:
    """The periods by which a series of so many days is told."""
    return next((by for by, most in LONGEST.items() if days <= most), "year")
