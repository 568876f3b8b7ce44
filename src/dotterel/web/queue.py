"""Which events are to be checked, in which order: what answers the filters of an address, a batch at a time."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.datastructures import QueryParams

from dotterel.errors import InputError
from dotterel.store import Store
from dotterel.web.filters import Filters, whole

BATCH = 100  # events that are gone through at a time
LARGEST = 10**9
ORDERS = {  # name -> words, what it sorts by, the largest first
    "least": ("least sure first", "confidence", False),
    "most": ("most sure first", "confidence", True),
    "newest": ("newest report first", "published", True),
}
DECIDED = "decided"  # in the address: those already decided are shown too


@dataclass(frozen=True, slots=True)
class Asked:
    """The queue that an address asks for."""

    filters: Filters
    order: str = "least"
    decided: bool = False
    start: int = 0  # how many of those that answer are passed over

    @classmethod
    def of(cls, query: QueryParams) -> Asked:
        """Raises InputError for an order or a start that is none."""
        order = query.get("order") or "least"
        if order not in ORDERS:
            raise InputError(f"order: there is no '{order}'; choose one of {', '.join(ORDERS)}")
        return cls(
            Filters.of(query), order, bool(query.get(DECIDED)), whole("from", query.get("from"), 0, LARGEST) or 0
        )

    def address(self, **more: object) -> str:
        """The address of the queue, and what else it holds."""
        return self.filters.address("/review", **self.own() | more)

    def own(self) -> dict[str, object]:
        """What the address has beside the filters."""
        order = None if self.order == "least" else self.order
        return {"order": order, DECIDED: "1" if self.decided else None, "from": self.start or None}

    def chips(self) -> list[tuple[str, str, str]]:
        """The filters that are set: name, value, and the address without them."""
        own = {name: value for name, value in self.own().items() if name != "from"}
        set_ = self.filters.query().items()
        return [(name, value, self.filters.but(**{name: None}).address("/review", **own)) for name, value in set_]

    def onward(self, queue: Queue) -> str | None:
        """The address of the batch behind this one; None where there is none."""
        start = self.start + len(queue.events)
        return self.filters.address("/review", **self.own() | {"from": start}) if start < queue.total else None

    @property
    def searched(self) -> Filters:
        """The filters that the store is asked with: where nothing else is said, those that nobody decided on."""
        hidden = not self.decided and self.filters.corrected is None
        return self.filters.but(corrected="none") if hidden else self.filters


@dataclass(frozen=True, slots=True)
class Queue:
    """Events to be checked."""

    events: tuple[str, ...]  # ids of events of reports: of an act that several tell, the one that tells it best
    total: int  # all that answer

    def place(self, event_id: str) -> int | None:
        """Where an event stands; None where it is none of these."""
        return self.events.index(event_id) if event_id in self.events else None

    def beside(self, event_id: str) -> tuple[str | None, str | None]:
        """The event before and the one after; of one that stands in none, the first is after."""
        at = self.place(event_id)
        if at is None:
            return None, self.events[0] if self.events else None
        return self.events[at - 1] if at else None, self.events[at + 1] if at + 1 < len(self.events) else None


def queue_of(store: Store, asked: Asked) -> Queue:
    """The batch that an address asks for. Raises InputError or StoreError for a filter that is none."""
    _, sort, descending = ORDERS[asked.order]
    search = asked.searched.search()
    found = store.found(search, sort, descending, asked.start, BATCH)
    return Queue(tuple(dict.fromkeys(found.told_in)), found.total)
