"""Windows of days that a slider moves through: months or years in order, as wide as one likes."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTHS = (1, 3, 6, 12, 24, 60, 120)  # months
YEAR = 12
LONGEST = 360  # months; over more than that, windows move by years
LIKED = 12  # about so many windows side by side are a good beginning
FORLORN = 0.05  # share of all acts that may lie before a gap, and be left to the fields for days
GAP = 60  # months without acts that make one
NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
         "December")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Window:
    """Whole months, from the first day of one to the last of another."""

    first: int  # months since the year 0
    last: int

    @property
    def since(self) -> date:
        """The first day."""
        return date(self.first // YEAR, self.first % YEAR + 1, 1)

    @property
    def until(self) -> date:
        """The last day."""
        year, month = self.last // YEAR, self.last % YEAR + 1
        return date(year, month, monthrange(year, month)[1])

    @property
    def label(self) -> str:
        """The window in words."""
        years, months = (self.first // YEAR, self.last // YEAR), (NAMES[self.first % YEAR], NAMES[self.last % YEAR])
        if (self.first % YEAR, self.last % YEAR) == (0, YEAR - 1):
            return str(years[0]) if years[0] == years[1] else f"{years[0]} to {years[1]}"
        if self.first == self.last:
            return f"{months[0]} {years[0]}"
        start = months[0] if years[0] == years[1] else f"{months[0]} {years[0]}"
        return f"{start} to {months[1]} {years[1]}"


@dataclass(frozen=True, slots=True)
class Windows:
    """The windows of every width over the months in which something happened."""

    first: int  # months since the year 0
    last: int

    @property
    def months(self) -> int:
        """How many months there are."""
        return self.last - self.first + 1

    @property
    def widths(self) -> tuple[int, ...]:
        """The widths worth having: those that need to be moved, and move by years over a very long time."""
        least = 1 if self.months <= LONGEST else YEAR
        return tuple(one for one in WIDTHS if one >= least and (one < self.months or one == least))

    @property
    def liked(self) -> int:
        """The width to begin with."""
        return next((one for one in self.widths if one * LIKED >= self.months), self.widths[-1])

    def of(self, width: int) -> list[Window]:
        """The windows of a width in order, up to the one that holds the last month."""
        step = 1 if width < YEAR else YEAR
        first = self.first if step == 1 else self.first - self.first % YEAR
        steps = max(0, -(-(self.last + 1 - width - first) // step))
        return [Window(first + n * step, first + n * step + width - 1) for n in range(steps + 1)]

    def find(self, since: date | None, until: date | None) -> tuple[int, int] | None:
        """The width and the place of the window of exactly those days; None where no window is."""
        if since is None or until is None:
            return None
        months = (until.year - since.year) * YEAR + until.month - since.month + 1
        if months not in self.widths:
            return None
        places = (n for n, one in enumerate(self.of(months)) if (one.since, one.until) == (since, until))
        return next(((months, place) for place in places), None)


def windows_over(months: Sequence[date], counts: Sequence[int]) -> Windows | None:
    """The windows over those months of so many acts each, in order; None where there are none.

    A few acts of long ago, as reports tell them beside the news, do not make the slider long.
    """
    if not months:
        return None
    places = [day.year * YEAR + day.month - 1 for day in months]
    before, start = 0, 0
    for n in range(1, len(places)):
        before += counts[n - 1]
        if before > FORLORN * sum(counts):
            break
        if places[n] - places[n - 1] > GAP:
            start = n
    return Windows(places[start], places[-1])
