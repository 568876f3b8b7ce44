"""Reports, names and decisions that hold markup and worse are text: on every page, in every file, in a browser."""

from __future__ import annotations

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from starlette.routing import Route

from dotterel.exports.formats import FORMATS
from dotterel.store import open_store
from dotterel.web.app import STATIC, create_app
from hostile_store import ADDRESS, LONG, MARK, MARKUP, make_hostile

EVENTS = [f"bad{n}-1" for n in range(4)]
MARKUP_ACTOR = f"group:{MARKUP}"[:306]
# Where the markup stands in what is asked; its letters have to come back as letters.
ECHOED = urlencode({"q": MARKUP, "a": MARKUP, "b": MARKUP, "place": MARKUP, "source": MARKUP})


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make_hostile(tmp_path_factory.mktemp("hostile") / "record.duckdb")


@pytest.fixture
def database(made, tmp_path):
    return Path(shutil.copy(made, tmp_path / "record.duckdb"))


@pytest.fixture(scope="module")
def ids(made):
    """The ids of actors and of linked events, and of two who dealt with each other."""
    with open_store(made, read_only=True) as store:
        actors = store.query("SELECT id FROM actors ORDER BY id").column("id").to_pylist()
        linked = store.query("SELECT id FROM current_linked ORDER BY id").column("id").to_pylist()
        pair = store.query(
            "SELECT a.actor_id AS a, b.actor_id AS b FROM parties a JOIN parties b USING (event_id)"
            " WHERE a.role = 'actor' AND b.role = 'recipient' AND event_id = 'bad0-1'"
        ).to_pylist()[0]
    return actors, linked, pair


def addresses(routes, ids):
    """Every address that can be looked at, each page of records once a hostile record."""
    actors, linked, pair = ids
    several = {
        "/reports/{report_id}": [f"/reports/bad{n}?event=bad{n}-1" for n in range(4)],
        "/events/{event_id}": [f"/events/{one}" for one in linked],
        "/events/{event_id}/sources": [f"/events/{one}/sources" for one in linked],
        "/actors/{actor_id:path}": [f"/actors/{quote(one, safe='')}" for one in actors],
        "/plots/actor": [f"/plots/actor?{urlencode({'id': one})}" for one in actors],
        "/review": ["/review", *(f"/review?event={one}" for one in EVENTS)],
        "/review/event": [f"/review/event?event={one}" for one in EVENTS],
        "/corrections/edit": [f"/corrections/edit?{urlencode({'event': one, 'next': ADDRESS})}" for one in EVENTS],
        "/record": ["/record", "/record?by=events", f"/record?{ECHOED}", f"/record?{urlencode({'a': ADDRESS})}"],
        "/record/export": ["/record/export", *(f"/record/export?format={form}" for form in ("json", *FORMATS))],
        "/map/clusters": ["/map/clusters?x0=-180&x1=180&y0=-90&y1=90"],
        "/map/acts": ["/map/acts?x0=-180&x1=180&y0=-90&y1=90"],
        "/network": ["/network", f"/network?{urlencode({'by': 'actor', 'ego': MARKUP})}"],
        "/actors/complete": [f"/actors/complete?{urlencode({'q': MARKUP[:40]})}"],
    }
    for route in routes:
        asked = several.get(route, [] if route.startswith("/code/") else [route])
        if route.startswith("/dyad") and route != "/dyads":
            asked = [f"{route}?{urlencode(pair)}", f"{route}?{urlencode(dict(zip('ab', actors[:2], strict=True)))}"]
        elif asked == [route]:
            asked = [route, f"{route}?{ECHOED}"]
        yield from asked


class Marked(HTMLParser):
    """The elements of a page that words of a report have made, and where its links, scripts and forms lead."""

    def __init__(self, text):
        super().__init__()
        self.made, self.leads = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.made += [tag] if MARK in given or any(name.startswith("on") or name == "style" for name in given) else []
        self.leads += [(tag, given[name]) for name in ("href", "src", "action", "data-plot") if given.get(name)]


def test_whatever_they_hold_pages_and_files_are_of_their_kind(client, ids):
    routes = [r.path for r in create_app(client.desk)._app.routes if isinstance(r, Route) and "GET" in r.methods]
    client.cookies.update({"dotterel_notice": quote(MARKUP), "dotterel_by": quote(MARKUP[:60])})
    kinds = {}
    for address in addresses(routes, ids):
        answer = client.get(address)
        assert answer.status_code in (200, 400, 404), (address, answer.status_code)
        assert_strict(answer)
        kind = answer.headers["content-type"].partition(";")[0]
        kinds[address.partition("?")[0]] = kind
        if kind == "text/html":
            page = Marked(answer.text)
            assert not page.made, address
            assert not [lead for lead in page.leads if leads_away(*lead)], address
            assert not re.search(r"49\{%|[$#]\{49", answer.text), address
        elif kind == "application/json":
            json.loads(answer.text)
        else:
            name = re.fullmatch(r'attachment; filename="([\w.-]+)"', answer.headers["content-disposition"])
            assert name, address
            assert len(name[1]) < 100, address
    assert {"text/html", "application/json", "text/csv", "application/jsonl"} <= set(kinds.values())


def assert_strict(answer):
    """An answer lets nothing run but the desk's own scripts, and is taken for nothing but what it says it is."""
    policy = answer.headers["content-security-policy"]
    assert re.fullmatch(
        r"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-[\w-]{22}'; img-src 'self' data:;"
        r" font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        policy,
    )
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


def leads_away(tag, address):
    """Whether an address of a page leads off the desk; a report's own page may be linked, for a person to follow."""
    return not re.match(r"/(?!/)|#|\?", address) and not (tag == "a" and re.match("https?://", address))


def test_nothing_of_the_desk_names_another_host():
    for path in sorted(STATIC.rglob("*")):
        if path.is_file():
            words = path.read_text(encoding="utf-8")
            assert not re.findall(
                r"(?:https?:)?//(?!www\.w3\.org/)[\w.-]+\.\w+/?", re.sub(r"(?m)//\s.*$", "", words)
            ), path


PAGES = ["/", "/record", "/record?by=events", "/reports", "/reports/failures", "/actors", "/dyads", "/network?by=actor",
         "/map", "/tallies", "/itinerary", "/review", "/corrections", "/code"]  # fmt: skip
LOOK = f"""() => {{
    const roots = [document];
    const shadows = (root) => [...root.querySelectorAll("*")].map((one) => one.shadowRoot).filter(Boolean);
    for (const root of roots) roots.push(...shadows(root));
    return {{
        marked: roots.reduce((sum, root) => sum + root.querySelectorAll("[{MARK}]").length, 0),
        pwned: String(window.pwned),
        leads: [...document.links].map((one) => one.protocol).filter((one) => !/^https?:$/.test(one)),
        wide: document.documentElement.scrollWidth,
    }};
}}"""


def test_nothing_of_them_runs_in_a_browser(database, ids, serving, page):
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.set_viewport_size({"width": 390, "height": 844})
    _, linked, pair = ids
    at, seen, told = serving(database), {}, 0
    of_records = [f"/reports/bad{n}?event=bad{n}-1" for n in range(3)] + [f"/events/{one}" for one in linked[:2]]
    of_records += [f"/actors/{quote(pair['a'], safe='')}", f"/dyad?{urlencode(pair)}"]
    of_records += [f"/review?event={EVENTS[3]}", f"/corrections/edit?event={EVENTS[2]}", f"/record?{ECHOED}"]
    for address in PAGES + of_records:
        page.goto(at + address)
        page.locator("[data-plot][aria-busy=true]").first.wait_for(state="detached")
        page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        told += hover(page)
        seen[address[:60]] = page.evaluate(LOOK)
    sound = {"marked": 0, "pwned": "undefined", "leads": [], "wide": 390}
    assert {address: found for address, found in seen.items() if found != sound} == {}
    assert not dialogs
    assert told > 20, "plots were pointed at"


# Where points and bars are drawn, in pixels of the window.
DRAWN = """() => {
    const found = [];
    const walk = (view, plot) => {
        const drawn = view?.glyph, box = plot?.canvas_view.el.getBoundingClientRect();
        const x = drawn?.sx ?? drawn?.sleft, y = drawn?.sy ?? drawn?.stop;
        const few = box && x && y ? Math.min(x.length, 3) : 0;
        for (let n = 0; n < few; n++) found.push([box.left + x[n] + 1, box.top + y[n] + 1]);
        const inside = view.renderer_views ? view : plot;
        for (const one of [...(view.renderer_views?.values() ?? []), ...(view.child_views ?? [])]) walk(one, inside);
    };
    for (const root of window.Bokeh?.index ?? []) walk(root, null);
    return found.filter(([x, y]) => x > 0 && y > 0);
}"""


def hover(page):
    """Point at what is drawn, so that all is told that is told under the mouse; how many points that were."""
    for plot in page.locator("[data-plot]").all()[:1]:
        plot.evaluate("one => one.scrollIntoView({ block: 'center' })")
    points = page.evaluate(DRAWN)
    for x, y in points:
        page.mouse.move(x, y)
    return len(points)


def test_a_file_that_is_dropped_is_shown_as_text(database, serving, page):
    told = {
        "title": MARKUP,
        "text": f"{MARKUP} France attacked Mali on Monday. {LONG[:3000]}",
        "source": MARKUP,
        "url": ADDRESS,
    }
    name = "'\"><img data-pwned src=x onerror=window.pwned=1>.jsonl"
    page.goto(f"{serving(database)}/code")
    lines = "\n".join(json.dumps(told | {"published": f"2016-02-0{n}"}) for n in (1, 2))
    page.set_input_files("input[type=file]", {"name": name, "mimeType": "text/html", "buffer": lines.encode()})
    page.locator("form button.first").click()
    page.locator("a[href$='/1']").first.click(timeout=60_000)
    page.locator("#text").wait_for()
    found = page.evaluate(LOOK)
    assert (found["marked"], found["pwned"], found["leads"]) == (0, "undefined", [])
