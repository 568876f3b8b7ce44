"""One event: every report that tells it side by side, what they dispute, its sources over time, and why it is one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from dotterel.store import Store
from dotterel.store.likely import others
from dotterel.store.looked_up import whereabouts
from dotterel.store.tellings import Judged, Telling, Whole, sources_of, stances_of, whole
from dotterel.web.act_sentence import sentence
from dotterel.web.desk import desk_of
from dotterel.web.event_plot import drawn
from dotterel.web.plots import as_response, theme_of
from dotterel.web.rendering import address, go_to, render, segment
from dotterel.web.segments import Segment, Span, segments

SHOWN = 24  # copies side by side before the rest is asked for
JUDGED = 8  # judgements that are listed before the rest is unfolded
ROLES = {"actor": "who", "recipient": "whom", "attribution": "says", "claimed_by": "claims"}
FIELDS = {"type": "What", "status": "Status", "date": "Day", "place": "Place", "actor": "Who", "recipient": "To whom"}


def page(request: Request) -> Response:
    """The page of a linked event; the id of a report's event leads to the linked event that it is told under."""
    asked = request.path_params["event_id"]
    with desk_of(request).store.reading() as store:
        event = whole(store, asked) if asked.startswith("L-") else None
        return show(request, store, event) if event else elsewhere(request, store, asked)


def show(request: Request, store: Store, event: Whole) -> Response:
    """A linked event."""
    every = request.query_params.get("all") == "1"
    heading = sentence_of(event)
    return render(
        request,
        "event.html",
        title=heading,
        event=event,
        copies=event.copies if every else event.copies[:SHOWN],
        marked=marked,
        sources=sources_of(event.tellings),
        by_day=by_day(event.tellings),
        disputed=disputed(event),
        tellings_in=Counter(telling.report_id for telling in event.tellings),
        members={telling.event_id: telling for telling in event.tellings},
        field_names=FIELDS,
        judged=event.within,
        decisions=decisions(event),
        others=others(store, event),
        stances=stances_of(store, event.tellings),
        sentence=sentence,
        first_judged=JUDGED,
        told=request.query_params.get("told"),
    )


def sentence_of(event: Whole) -> str:
    """What happened, in one sentence."""
    actors, recipients = ([party["name"] for party in event.side(role)] for role in ("actor", "recipient"))
    return sentence(event.act, actors, recipients)


def elsewhere(request: Request, store: Store, event_id: str) -> Response:
    """An id that is no linked event now: where it leads, or what became of it.

    Raises HTTPException where there never was one.
    """
    found = whereabouts(store, event_id)
    if found.linked_id:
        bare = event_id.removeprefix("L-")
        return go_to(address(f"/events/{segment(found.linked_id)}", told=bare) + f"#t-{segment(bare)}")
    if not found.known:
        raise HTTPException(404, f"There is no event {event_id} in this database.")
    return render(request, "event_gone.html", title="Event left out", found=found, event_id=event_id)


def disputed(event: Whole) -> dict[str, set[str]]:
    """Member -> the fields in which another says otherwise."""
    found: dict[str, set[str]] = defaultdict(set)
    for field in event.fields:
        for _, kind, members in field.values:
            for member in members if kind == "conflicting" else ():
                found[member].add(field.name)
    return found


def by_day(tellings: Iterable[Telling]) -> list[tuple[Any, list[Telling]]]:
    """Each report once, by the day it was published, the undated last."""
    once = {telling.report_id: telling for telling in reversed(list(tellings))}.values()
    ordered = sorted(once, key=lambda t: (t.row["published"] is None, str(t.row["published"]), t.report_id))
    return [(day, list(found)) for day, found in groupby(ordered, key=lambda t: t.row["published"])]


def decisions(event: Whole) -> list[list[Judged]]:
    """What people decided of it: what was decided at one stroke is undone at one stroke."""
    by_hand = [one for one in (*event.within, *event.beyond) if one.by_hand]
    by_hand.sort(key=lambda one: (one.made, one.made_by, one.same))
    return [list(found) for _, found in groupby(by_hand, key=lambda one: (one.made, one.made_by, one.same))]


def marked(telling: Telling) -> list[Segment]:
    """The sentence that tells the act, cut at the words for what was done, who, whom, when, where and who says so."""
    if telling.mention is None:
        return []
    start, words = telling.mention["sentence_start_char"], telling.mention["sentence"]
    spans = [
        Span(telling.mention["start_char"], telling.mention["end_char"], "trigger", "what", quad=telling.row["quad"])
    ]
    spans += [Span(p.start_char, p.end_char, "actor", ROLES[p.role]) for p in telling.parts if p.kind != "corrected"]
    for kind, name, key in (("time", "date", "when"), ("place", "place", "where")):
        first, last = telling.row[f"{name}_start_char"], telling.row[f"{name}_end_char"]
        if telling.row[f"{name}_text"] and first is not None:
            spans.append(Span(first, last, kind, key))
    moved = [Span(s.start - start, s.end - start, s.kind, s.record, quad=s.quad) for s in spans]
    return list(segments(words, 0, len(words), moved))


def plot(request: Request) -> Response:
    """The sources of a linked event on a time line."""
    with desk_of(request).store.reading() as store:
        event = whole(store, request.path_params["event_id"])
    if event is None or not any(telling.row["published"] for telling in event.tellings):
        raise HTTPException(404, "There is no such event, or none with a day of publication.")
    return as_response(drawn(event, theme_of(request)))


ROUTES: list[BaseRoute] = [Route("/events/{event_id}", page), Route("/events/{event_id}/sources", plot)]
