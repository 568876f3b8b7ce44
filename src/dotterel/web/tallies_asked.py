"""What the page of tallies is asked, as its address has it: which figures, by whose count, of which days."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from starlette.datastructures import QueryParams

from dotterel.analysis.between import PERIODS
from dotterel.analysis.counts import WHAT, WHOSE
from dotterel.analysis.scope import DATINGS, Scope, scope_of
from dotterel.web.addressed import LAST_PAGE, counted_statuses, given, told
from dotterel.web.rendering import address

EACH = "each"  # as a period: no sums, every figure by itself
CHOICES = {"what": WHAT, "whose": WHOSE, "period": (*PERIODS, EACH), "dating": DATINGS, "cumulate": ("1",)}


@dataclass(frozen=True, slots=True)
class Counted:
    """Which figures are asked for. The names are those of the address."""

    what: str | None = None  # dead, strikes, ...; None: what there is most of
    whose: str = "source"
    period: str = "month"
    cumulate: str | None = None  # "1": running totals
    source: str | None = None  # words of it
    by: str | None = None
    against: str | None = None
    since: date | None = None
    until: date | None = None
    unit: str = "linked"
    status: str | None = None
    dating: str = "sure"
    page: int = 1

    @classmethod
    def of(cls, query: QueryParams) -> Counted:
        """What an address asks. Raises InputError or StoreError for a value that is none."""
        return cls(**given(cls, query, CHOICES, {"page": LAST_PAGE}))

    def scope(self) -> Scope:
        """What is counted. Raises InputError where the days are the wrong way round."""
        return scope_of(self.unit, counted_statuses(self.status), self.since, self.until, self.dating)

    @property
    def words(self) -> dict[str, str | None]:
        """The words that a figure's source and its parties have to hold."""
        return {"source": self.source, "by": self.by, "against": self.against}

    @property
    def narrowed(self) -> bool:
        """Whether days, words or a status are asked for."""
        return bool(self.since or self.until or self.source or self.by or self.against or self.status)

    def address(self, path: str = "/tallies", **changes: Any) -> str:
        """A path of the desk with this question, changed as told; None takes a part out."""
        return address(path, **told(replace(self, **changes)))
