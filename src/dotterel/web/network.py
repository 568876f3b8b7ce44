"""The network: who stands with whom in a chosen period, as a graph and in tables, with a slider over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from dotterel.analysis.nodes import LEVELS
from dotterel.analysis.relations import read_relations
from dotterel.analysis.scope import DONE, STATUSES, VIEWS, Scope, one_of, scope_of
from dotterel.store import Store
from dotterel.web.desk import desk_of
from dotterel.web.filters import whole
from dotterel.web.plots import as_response, theme_of
from dotterel.web.rendering import address, environment, render, segment, wants_json
from dotterel.web.standing import Network, Standing, standing
from dotterel.web.ties_plot import drawing, sources
from dotterel.web.unlinked import some_unlinked
from dotterel.web.windows import Window, Windows

LEAST, WEIGHT, TOP = 1, 0, 40  # unless asked otherwise
MOST = 150  # parties shown
FORMED = 20  # coalitions listed
MEMBERS, MORE = 10, 100  # of a side, listed at once and behind a summary
SIDES = 6  # listed at once


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    scope: Scope
    by: str
    least: int  # acts and stances in a tie
    weight: int  # of a tie: how far its score is from 0
    top: int  # parties shown
    ego: str | None  # the party around which all is shown

    @classmethod
    def of(cls, query: QueryParams) -> Asked:
        """From an address. Raises InputError for a value that is none."""
        words = {name: query.get(name, "").strip() or None for name in ("since", "until", "ego")}
        statuses = tuple(one for one in query.getlist("status") if one) or DONE
        return cls(
            scope_of(query.get("unit") or "linked", statuses, words["since"], words["until"]),
            one_of("by", query.get("by") or "country", LEVELS),
            whole("least", query.get("least"), 1, 1000) or LEAST,
            whole("weight", query.get("weight"), 0, 10_000) or WEIGHT,
            whole("top", query.get("top"), 3, MOST) or TOP,
            words["ego"],
        )

    def query(self, **changes: object) -> dict[str, object]:
        """As an address has it; what is as usual is left out."""
        scope = self.scope
        said: dict[str, object] = {
            "since": scope.since,
            "until": scope.until,
            "by": None if self.by == "country" else self.by,
            "unit": None if scope.unit == "linked" else scope.unit,
            "status": [] if set(scope.statuses) == set(DONE) else list(scope.statuses),
            "least": None if self.least == LEAST else self.least,
            "weight": None if self.weight == WEIGHT else self.weight,
            "top": None if self.top == TOP else self.top,
            "ego": self.ego,
        }
        return said | changes

    def at(self, path: str, **changes: object) -> str:
        """A path of the network with this state, or with changes."""
        return address(path, **self.query(**changes))

    def party(self, node: str) -> str:
        """Where a party is told of: the acts of a country, or the page of an actor."""
        if ":" in node:
            return f"/actors/{segment(node)}"
        return address("/record", a=node, **self._days())

    def tie(self, a: str, b: str) -> str:
        """Where a pair is told of."""
        return address("/dyad", a=a, b=b)

    def _days(self) -> dict[str, object]:
        by = "events" if self.scope.unit == "report" else None
        return {"by": by, "since": self.scope.since, "until": self.scope.until}


def network_of(request: Request, asked: Asked) -> Network:
    """The relations of the desk's database, read anew once it has changed. Raises InputError where it is not linked."""
    desk = desk_of(request)

    def read(store: Store) -> Network:
        return Network(read_relations(store, by=asked.by, unit=asked.scope.unit))

    return desk.memory.recall(desk.store, ("network", asked.by, asked.scope.unit), read)


def standing_for(network: Network, asked: Asked) -> Standing:
    """What is shown."""
    return standing(network, asked.scope, least=asked.least, weight=asked.weight, top=asked.top, ego=asked.ego)


def page(request: Request) -> Response:
    """The page."""
    asked = Asked.of(request.query_params)
    if asked.scope.unit == "linked" and some_unlinked(request):
        return render(request, "network_unlinked.html", title="Network", asked=asked)
    network = network_of(request, asked)
    found = standing_for(network, asked)
    return render(
        request, "network.html", title="Network", statuses=STATUSES, levels=LEVELS, units=VIEWS, most=MOST,
        slider=slider(network, asked), **shown(network, asked, found),
    )  # fmt: skip


def shown(network: Network, asked: Asked, found: Standing) -> dict[str, Any]:
    """What the templates of the page and of a window tell."""
    return {
        "asked": asked,
        "found": found,
        "days": days_told(network, asked),
        "members": MEMBERS,
        "more": MEMBERS + MORE,
        "sides_listed": SIDES,
        "anything": bool(network.relations.pairs.size),
    }


def days_told(network: Network, asked: Asked) -> str:
    """The days asked for, in words."""
    since, until = asked.scope.since, asked.scope.until
    place = network.windows.find(since, until) if network.windows else None
    if place and network.windows:
        return network.windows.of(place[0])[place[1]].label
    if since and until:
        return f"{since} to {until}"
    return f"Since {since}" if since else f"Until {until}" if until else "All days"


def slider(network: Network, asked: Asked) -> dict[str, Any] | None:
    """What the slider goes through and where it stands; None where no act has a day."""
    windows = network.windows
    if windows is None:
        return None
    place = windows.find(asked.scope.since, asked.scope.until)
    width, at = place or (windows.liked, len(windows.of(windows.liked)) - 1)
    listed = {one: [told(window) for window in windows.of(one)] for one in windows.widths}
    return {
        "width": width if place else None,
        "liked": windows.liked,
        "at": at,
        "last": len(listed[width]) - 1,
        "listed": listed,
        "earlier": beside(asked, listed[width], at - 1 if place else -1),
        "later": beside(asked, listed[width], at + 1 if place else -1),
        "bars": bars(network, windows),
        "months": windows.months,
        "here": [windows.of(width)[at].first - windows.first, width] if place else None,
        "own": place is None and asked.scope.bounded,
    }


def beside(asked: Asked, listed: list[tuple[str, str, str]], at: int) -> str | None:
    """The address of another window; None where there is none."""
    return asked.at("/network", since=listed[at][0], until=listed[at][1]) if 0 <= at < len(listed) else None


def told(window: Window) -> tuple[str, str, str]:
    """A window as the script has it: its first and last day, and its name."""
    return window.since.isoformat(), window.until.isoformat(), window.label


def bars(network: Network, windows: Windows) -> list[tuple[int, float]]:
    """How busy the months were, from 0 to 1, each with its place; those without acts have none."""
    months, counts = network.months
    places = [day.year * 12 + day.month - 1 - windows.first for day in months]
    some = [(place, count) for place, count in zip(places, counts, strict=True) if place >= 0]
    most = max((count for _, count in some), default=1)
    return [(place, round(count / most, 3)) for place, count in some]


def window(request: Request) -> Response:
    """A window for the script: what the graph shows, and the tables."""
    asked = Asked.of(request.query_params)
    network = network_of(request, asked)
    found = standing_for(network, asked)
    values = shown(network, asked, found)
    graph = sources(found, theme_of(request), asked.party, asked.tie)
    parts = {name: fragment(f"network_{name}.html", values) for name in ("told", "ties")}
    days = values["days"]
    return JSONResponse({"sources": graph, "days": days, "summary": summary(days, found), **parts})


def summary(days: str, found: Standing) -> str:
    """A window in one sentence, to be said aloud."""
    if not found.parties:
        return f"{days}: nobody had to do with anybody."
    balance = f"; {found.balance:.0%} of triads in balance" if found.balance is not None else ""
    return f"{days}: parties {found.party_count}, ties {found.tie_count}, sides {len(found.sides)}{balance}."


def fragment(template: str, values: dict[str, Any]) -> str:
    """A part of a page."""
    return environment().get_template(template).render(**values)


def plot(request: Request) -> Response:
    """The graph."""
    asked = Asked.of(request.query_params)
    theme = theme_of(request)
    found = standing_for(network_of(request, asked), asked)
    return as_response(drawing(sources(found, theme, asked.party, asked.tie), theme))


def coalitions(request: Request) -> Response:
    """Coalitions that formed in those days, as a page or, for the script, as a part of one."""
    asked = Asked.of(request.query_params)
    network = network_of(request, asked)
    rows = network.coalitions(asked.scope)
    rows = rows.sort_values(["size", "acts"], ascending=False, kind="stable")
    listed: list[dict[str, Any]] = rows.head(FORMED).to_dict("records")
    for row in listed:
        row["acts_listed"] = row["act_ids"].split("; ")
        row["formed"], row["last_day"] = (day_or_none(row[name]) for name in ("formed", "last_day"))
    values: dict[str, Any] = {
        "asked": asked,
        "rows": listed,
        "more": len(rows) - len(listed),
        "days": days_told(network, asked),
    }
    if wants_json(request):
        return JSONResponse({"told": fragment("network_coalitions_told.html", values)})
    return render(request, "network_coalitions.html", title="Coalitions", **values)


def day_or_none(value: Any) -> Any:
    """A timestamp as a day; None where there is none."""
    return None if value != value or value is None else value.date()


ROUTES: list[BaseRoute] = [
    Route("/network", page),
    Route("/network/window", window),
    Route("/network/plot", plot),
    Route("/network/coalitions", coalitions),
]
