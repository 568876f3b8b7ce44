"""Every page of the desk and every kind of link between them, walked in a browser, light and dark, on a narrow page."""

from __future__ import annotations

import re
import shutil
from collections import deque
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from starlette.routing import Route, compile_path

from dotterel.store import open_store
from dotterel.types import Failure
from dotterel.web.app import PAGES
from manners import CONTRAST, serious

# What is asked by scripts, or leads to a text that nobody has pasted: no link leads there.
UNLINKED = {"/actors/complete", "/corrections/sentences/count", "/map/acts", "/map/clusters", "/map/outlines.json",
            "/map/plot", "/network/coalitions", "/network/plot", "/network/window", "/plots/actor", "/review/event",
            "/events/{event_id}/sources", "/dyad/acts", "/dyad/plot", "/tallies/plot", "/code/{lot}",
            "/code/{lot}/progress", "/code/{lot}/{number:int}"}  # fmt: skip


@pytest.fixture(scope="module")
def decided(coded_examples, tmp_path_factory):
    """The examples with a decision of every kind, one of them undone, and an input that could not be read."""
    path = Path(shutil.copy(coded_examples, tmp_path_factory.mktemp("walk") / "record.duckdb"))
    with open_store(path) as store:
        store.add_failure(Failure("lost.pdf", "is no text; give it as a text file"))
        several = store.query("SELECT id, best_event FROM current_linked WHERE events > 1 ORDER BY id").to_pylist()
        alone = store.query(
            "SELECT best_event AS id, first_report AS report FROM current_linked WHERE events = 1 ORDER BY id"
        ).to_pylist()
        actors = store.query(
            "SELECT actor_id AS id, min(text) AS text FROM parties GROUP BY 1 HAVING count(*) > 3 ORDER BY count(*), 1"
        ).to_pylist()
        store.accept(alone[0]["id"], by="Ada Holm")
        store.reject(alone[1]["id"], note="an exercise")
        store.edit(alone[2]["id"], status="planned", place="Aleppo, SYR")
        text = store.query("SELECT text FROM reports WHERE id = $r", {"r": alone[3]["report"]}).to_pylist()[0]["text"]
        store.add_event(alone[3]["report"], "CONSULT", text.split("\n\n")[1].split(". ")[0], actors=["Kenya"])
        store.undo_correction(store.accept(alone[4]["id"]))
        store.merge(actors[0]["id"], actors[1]["id"], note="one band")
        store.split(actors[-1]["id"], "Somebody Else", text=actors[-1]["text"])
        store.join(alone[5]["id"], alone[6]["id"], "Ada Holm")
        members = store.query(
            "SELECT event_id FROM current_members WHERE linked_id = $l ORDER BY 1", {"l": several[0]["id"]}
        ).to_pylist()
        store.part(members[0]["event_id"], members[1]["event_id"], "Ada Holm", "another day")
    return path


ROUTES = [route.path for routes in PAGES for route in routes if isinstance(route, Route) and "GET" in route.methods]


def kind_of(address):
    """The route of an address, and the names in its query."""
    parts = urlsplit(address)
    route = next((one for one in ROUTES if compile_path(one)[0].match(parts.path)), parts.path)
    return route, tuple(sorted({name for name, _ in parse_qsl(parts.query)}))


LOOK = """() => ({
    headings: document.querySelectorAll("h1").length,
    title: document.title,
    wide: document.documentElement.scrollWidth,
    twice: [...document.querySelectorAll("[id]")].map((one) => one.id).filter((id, n, all) => all.indexOf(id) !== n),
    lost: [...document.querySelectorAll("a[href^='#']")].map((one) => one.hash.slice(1))
        .filter((id) => !document.getElementById(decodeURIComponent(id))),
})"""


def test_every_page_is_reached_and_sound(decided, tmp_path, serving, page):
    at = serving(shutil.copy(decided, tmp_path / "record.duckdb"))
    page.set_viewport_size({"width": 390, "height": 844})
    faults, kinds, pages = [], {("/", ())}, set()
    todo = deque([f"{at}/"])
    while todo:
        address = todo.popleft()
        answer, (route, _) = page.request.get(address), kind_of(address)
        if answer.status != 200:
            faults.append((address, answer.status))
        if answer.status != 200 or "attachment" in answer.headers.get("content-disposition", ""):
            continue
        if route in pages:  # a page of that kind was looked at, and all kinds of links on it are followed
            continue
        pages.add(route)
        for link in look_at(page, address, faults):
            if link.startswith(at) and kind_of(link) not in kinds:
                kinds.add(kind_of(link))
                todo.append(link)
    assert not faults, "\n".join(map(str, faults))
    assert {route for route, _ in kinds} >= set(ROUTES) - UNLINKED


def look_at(page, address, faults, dark=True):
    """Open a page in the browser and look at it, in both themes where told so; where its links lead."""
    page.told.clear()
    page.emulate_media(color_scheme="light")
    answer = page.goto(address)
    page.locator("[data-plot][aria-busy=true]").first.wait_for(state="detached")
    found = page.evaluate(LOOK)
    told = [] if answer.status == 200 or (not dark and answer.status < 500) else [answer.status]
    told += [found] if found != sound(found) else []
    links = page.evaluate("[...document.links].map((one) => one.href)")
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    wide = page.evaluate("document.documentElement.scrollWidth")
    told += [f"{wide} wide with all unfolded"] if wide > 390 else []
    told += [one for one in page.told if not re.search(r"status of 40[04]", one) or answer.status == 200]
    told += serious(page)
    if dark:
        page.locator("#theme").click()
        page.locator("[data-plot][aria-busy=true]").first.wait_for(state="detached")
        told += serious(page, CONTRAST)
        page.locator("#theme").click()
    page.told.clear()
    faults += [(address, one) for one in told]
    return links


def sound(found):
    """What a page without a fault tells of itself."""
    title = found["title"] if re.fullmatch(r".+ · record\.duckdb · dotterel", found["title"]) else "a title"
    return {"headings": 1, "title": title, "wide": 390, "twice": [], "lost": []}


EMPTY = ["/record?place=Nowhere", "/reports?q=zzzz", "/reports/failures", "/actors?q=zzzz", "/dyads?a=ZZZ",
         "/dyad?a=RUS", "/dyad?a=zzzz&b=RUS", "/network?since=1900&until=1900", "/map?place=Nowhere",
         "/tallies?what=zzzz", "/itinerary?who=zzzz", "/review?place=Nowhere", "/corrections", "/no/such/page",
         "/events/L-none", "/record?type=zzzz"]  # fmt: skip


def test_where_nothing_is_found_or_wrong_is_asked_pages_are_sound_too(coded_examples, tmp_path, serving, page):
    at = serving(shutil.copy(coded_examples, tmp_path / "record.duckdb"))
    page.set_viewport_size({"width": 390, "height": 844})
    faults = []
    for address in EMPTY:
        look_at(page, at + address, faults, dark=False)
    assert not faults, "\n".join(map(str, faults))
