"""One actor: roles over time, wordings, whom they cooperate and conflict with, acts, quotations and stances."""

from __future__ import annotations

from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dotterel.analysis.acts import unlinked_events
from dotterel.store import Store
from dotterel.store.deeds import Deeds, Partner, deeds, in_full
from dotterel.store.profiles import (
    Profile,
    citations_of,
    decisions,
    ids_of,
    merged_into,
    profile,
    quotes_of,
    stances_of,
)
from dotterel.web.act_sentence import sentence
from dotterel.web.actor_plot import MOST, drawn
from dotterel.web.actors import named_country, named_sector
from dotterel.web.desk import desk_of
from dotterel.web.filters import whole
from dotterel.web.grid import LAST_PAGE
from dotterel.web.paging import page_count, turns
from dotterel.web.plots import as_response, theme_of
from dotterel.web.rendering import address, go_to, render, segment

PARTS = ("wordings", "partners", "quotes", "citations", "stances")  # that `all` in the address shows more of
FEW = 10  # of each part
MANY = 200
ACTS = 20  # a page


def page(request: Request) -> Response:
    """The page of one actor; somebody merged into another leads there."""
    actor_id = request.path_params["actor_id"]
    with desk_of(request).store.reading() as store:
        if into := merged_into(store, actor_id):
            told = f"{actor_id} is {into['into_name']}, by decision {into['number']}; it can be undone below."
            return go_to(f"/actors/{segment(into['into_id'])}", told)
        who = profile(store, actor_id)
        if who is None:
            raise HTTPException(404, f"Nobody in this database has the id {actor_id}.")
        return render(request, "actor.html", title=who.name, who=who, **shown(request, store, who))


def shown(request: Request, store: Store, who: Profile) -> dict[str, Any]:
    """What the page tells of the actor."""
    every = request.query_params.get("all")
    most = {part: MANY if part == every else FEW for part in PARTS}
    did = deeds(store, who.actor_id, who.ids)
    pages = page_count(len(did.acts), ACTS)
    number = min(whole("page", request.query_params.get("page"), 1, LAST_PAGE) or 1, pages)
    stances, partners = stances_of(store, who), did.partners()
    return {
        "every": every,
        "most": most,
        "did": did,
        "unlinked": 0 if did.acts else unlinked_events(store),
        "counts": {role: did.on(role) for role in ("actor", "recipient")},
        "acts": told(store, did, number),
        "page": number,
        "pages": pages,
        "turns": list(turns(number, pages)),
        "partners": {"cooperate": ranked(partners, (1, 2)), "conflict": ranked(partners, (3, 4))},
        "quotes": quotes_of(store, who, most["quotes"]),
        "citations": citations_of(store, who, most["citations"]),
        "stances": {
            "theirs": [one for one in stances if one["held"]],
            "toward": [one for one in stances if not one["held"]],
        },
        "decided": decisions(store, who),
        "drawn_most": MOST,
        "plot_at": address("/plots/actor", id=who.actor_id),
        "named_country": named_country,
        "named_sector": named_sector,
    }


def told(store: Store, did: Deeds, number: int) -> list[dict[str, Any]]:
    """A page of the acts, each with its sentence."""
    rows = in_full(store, did.acts[(number - 1) * ACTS : number * ACTS])
    for row in rows:
        sides = did.sides[row["id"]]
        actors, recipients = ([name for _, name, _ in sides.get(role, ())] for role in ("actor", "recipient"))
        row["sentence"] = sentence(row, actors, recipients, dated=False)
    return rows


def ranked(partners: list[Partner], quads: tuple[int, int]) -> list[Partner]:
    """Those with whom there are acts of these classes, most first."""
    found = [partner for partner in partners if any(partner.quads[quad] for quad in quads)]
    return sorted(found, key=lambda partner: -sum(partner.quads[quad] for quad in quads))


def plot(request: Request) -> Response:
    """The acts of an actor on a time line."""
    actor_id = request.query_params.get("id", "")
    with desk_of(request).store.reading() as store:
        did = deeds(store, actor_id, ids_of(store, actor_id))
    if not did.acts:
        raise HTTPException(404, "No act tells of that actor.")
    return as_response(drawn(did, theme_of(request)))


ROUTES: list[BaseRoute] = [Route("/actors/{actor_id:path}", page), Route("/plots/actor", plot)]
