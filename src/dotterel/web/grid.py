"""How the grid of the record is shown, as the address bar has it: columns, order, page; and what a column tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from starlette.datastructures import QueryParams

from dotterel.errors import InputError
from dotterel.web.filters import whole

Row = Mapping[str, Any]
Value = TypeVar("Value", str, int)
SIZES = (25, 50, 100)
SIZE = 50
ORDERS = ("asc", "desc")
LAST_PAGE = 10_000_000


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the grid."""

    name: str
    label: str
    value: Callable[[Row], object]  # what a file has in it
    sort: str | None = None  # what the store calls it where it can be sorted by
    shown: bool = False  # unless others are chosen


def cell(name: str) -> Callable[[Row], object]:
    """A field as it is."""
    return lambda row: row[name]


COLUMNS = (
    Column("date", "When", cell("date"), "date", shown=True),
    Column("actors", "Who", cell("actors"), "actors", shown=True),
    Column("type", "Did what", cell("type"), "type", shown=True),
    Column("recipients", "To whom", cell("recipients"), "recipients", shown=True),
    Column("place", "Where", cell("place"), "place", shown=True),
    Column("according_to", "Who says so", cell("according_to"), shown=True),
    Column("sentence", "In these words", cell("sentence"), shown=True),
    Column("mode", "Mode", cell("mode"), "mode"),
    Column("status", "Status", cell("status"), "status"),
    Column("contexts", "About", lambda row: "; ".join(row["contexts"] or ()) or None),
    Column("quad", "Quad class", cell("quad"), "quad"),
    Column("score", "Score", cell("score"), "score"),
    Column("country", "Country", cell("place_country"), "country"),
    Column("claimed_by", "Claimed by", cell("claimed_by")),
    Column("confidence", "How sure", lambda row: round(row["confidence"], 4), "confidence"),
    Column("reports", "Reports", cell("reports"), "reports"),
    Column("sources", "Independent sources", cell("sources"), "sources"),
    Column("conflicting", "Told differently", lambda row: row.get("conflicting")),
    Column("corrected", "Corrected", cell("corrected")),
    Column("published", "Published", cell("published"), "published"),
    Column("source", "Source", lambda row: row["source"] or row["agency"], "source"),
    Column("title", "Report", cell("title")),
    Column("id", "Id", cell("id")),
)
BY_NAME = {column.name: column for column in COLUMNS}
SHOWN = tuple(column.name for column in COLUMNS if column.shown)


@dataclass(frozen=True, slots=True)
class View:
    """What of the answer is shown, and in what order."""

    columns: tuple[str, ...] = SHOWN
    sort: str | None = None  # name of a column; None: the best first where words are sought, else the newest
    order: str | None = None  # asc or desc; None: as is usual for the column
    page: int = 1
    size: int = SIZE

    @classmethod
    def of(cls, query: QueryParams) -> View:
        """The view that an address asks for. Raises InputError for a value that is none."""
        size = whole("size", query.get("size"), 1, max(SIZES)) or SIZE
        return cls(
            chosen(query.getlist("columns")),
            one_of("sort", query.get("sort"), [column.name for column in COLUMNS if column.sort]),
            one_of("order", query.get("order"), ORDERS),
            whole("page", query.get("page"), 1, LAST_PAGE) or 1,
            one_of("size", size, SIZES) or SIZE,
        )

    def query(self) -> dict[str, str]:
        """What of it is not as usual, as the address has it."""
        told = {"columns": ",".join(self.columns), "sort": self.sort, "order": self.order}
        told |= {"page": str(self.page), "size": str(self.size)}
        usual = {"columns": ",".join(SHOWN), "page": "1", "size": str(SIZE)}
        return {name: value for name, value in told.items() if value and value != usual.get(name)}

    def but(self, **changes: Any) -> View:
        """The same with other values; on the first page unless another is asked for."""
        return replace(self, **{"page": 1} | changes)

    @property
    def descending(self) -> bool:
        """Whether the last come first; of times and numbers they do unless asked otherwise."""
        if self.order is None:
            return self.sort is None or self.sort in GREATEST_FIRST
        return self.order == "desc"

    @property
    def shown(self) -> list[Column]:
        """The columns in their order."""
        return [column for column in COLUMNS if column.name in self.columns]

    def sorted_by(self, column: Column) -> View:
        """What a click on the head of a column leads to: sorted by it, or the other way round."""
        if self.sort == column.name:
            return self.but(order="asc" if self.descending else "desc")
        return self.but(sort=column.name, order=None)

    def aria_sort(self, column: Column) -> str:
        """How screen readers are told the order."""
        if self.sort != column.name:
            return "none"
        return "descending" if self.descending else "ascending"


GREATEST_FIRST = ("date", "confidence", "reports", "sources", "published", "score")


def chosen(given: list[str]) -> tuple[str, ...]:
    """The columns of an address, in their fixed order. Raises InputError for a name that is none."""
    names = [name for part in given for name in part.split(",") if name]
    if unknown := [name for name in names if name not in BY_NAME]:
        raise InputError(f"columns: there is no '{unknown[0]}'; choose of {', '.join(BY_NAME)}")
    return tuple(column.name for column in COLUMNS if column.name in names) or SHOWN


def one_of(name: str, value: Value | None, choices: Sequence[Value]) -> Value | None:
    """The value; None where it is not given. Raises InputError where it is none of the choices."""
    if value is None or value == "":
        return None
    if value not in choices:
        raise InputError(f"{name}: there is no '{value}'; choose one of {', '.join(map(str, choices))}")
    return value
