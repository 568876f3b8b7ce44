"""The network page: windows, places, what is shown of whom, and the page in a browser."""

from __future__ import annotations

import math
from datetime import date
from itertools import combinations

import pytest
from starlette.testclient import TestClient

from deeds import act, make_store
from dotterel.analysis import coalitions, sides
from dotterel.analysis.layout import settled, sprung
from dotterel.store import HeldStore, open_store
from dotterel.web.app import create_app
from dotterel.web.desk import Desk
from dotterel.web.memory import Memory, stamp
from dotterel.web.standing import letter
from dotterel.web.windows import Window, Windows, windows_over
from manners import faults

GULF = ("SAU", "EGY", "BHR")
ACTS = [
    *(act("AID", a, b, "2015-01-10") for a, b in combinations(GULF, 2)),
    *(act("SANCTION", one, "QAT", "2015-02-05") for one in GULF),
    act("AID", "TUR", "QAT", "2015-02-06"),
    act("SANCTION", "SAU EGY", "TUR", "2015-02-07"),
    *(act("CONSULT", "putin TUR", "", f"2015-03-{day:02}") for day in (3, 4, 5)),
    act("ASSAULT", "isis", "FRA", "2015-03-20"),
    act("AID", "USA", "FRA", "2015-03-01", "2015-04-30"),
    act("COERCE", "RUS", "TUR", "2016-02-01"),
    act("AID", "hollande", "merkel"),
    act("AID", "RUS", "EGY", "2015-02-10", status="planned"),
]
FEBRUARY = {"since": "2015-02-01", "until": "2015-02-28"}


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "deeds.duckdb"
    make_store(path, ACTS, stances=[("Turkey", "supports", "Qatar")]).close()
    return path


def client_over(path):
    desk = Desk(HeldStore(path))
    made = TestClient(create_app(desk), base_url="http://127.0.0.1")
    made.headers["x-desk-secret"] = desk.forms
    made.desk = desk
    return made


@pytest.fixture
def client(path):
    with client_over(path) as made:
        yield made


def window(client, **query):
    answer = client.get("/network/window", params=query, headers={"accept": "application/json"})
    assert answer.status_code == 200, answer.text
    return answer.json()


def ties(item):
    """The ties drawn, with their scores."""
    return {
        (a, b): float(score)
        for name in ("friendly", "hostile")
        for a, b, score in zip(*(item["sources"][name][key] for key in ("a", "b", "score")), strict=True)
    }


# What is shown


@pytest.mark.parametrize(
    "query",
    [
        {},
        FEBRUARY,
        {"since": "2015-02-06"},
        {"by": "actor"},
        {"status": ["planned", "occurred"]},
        {"least": "3"},
        {"unit": "report", "until": "2015-12-31"},
        {"since": "2015-03-01", "until": "2015-03-31", "by": "actor"},
    ],
)
def test_a_window_is_what_the_analysis_says(client, query):
    item = window(client, **query)
    asked = {name: value for name, value in query.items() if name not in ("status", "least")}
    if "status" in query:
        asked["statuses"] = query["status"]
    with client.desk.store.reading() as store:
        found = sides(store, min_ties=int(query.get("least", 1)), **asked)
    signed = found.ties[found.ties["sign"] != 0]
    assert ties(item) == dict(zip(zip(signed["a_id"], signed["b_id"], strict=True), signed["score"], strict=True))
    parties = item["sources"]["parties"]
    letters = dict(zip(parties["id"], parties["letter"], strict=True))
    side = {one: None if number != number else number for one, number in
            zip(found.actors["id"], found.actors["side"].astype("float"), strict=True)}  # fmt: skip
    assert letters.keys() == side.keys()
    assert {one for one in letters if not letters[one]} == {one for one in side if side[one] is None}
    for a, b in combinations(letters, 2):
        assert (letters[a] == letters[b]) == (side[a] == side[b]), "the same parties stand together"
    friends = dict(zip(found.actors["id"], found.actors["friends"], strict=True))
    assert dict(zip(parties["id"], parties["friends"], strict=True)) == friends


def test_windows_add_up(client):
    months = [("2015-01-01", "2015-01-31"), ("2015-02-01", "2015-02-28"), ("2015-03-01", "2015-03-31"),
              ("2016-02-01", "2016-02-29")]  # fmt: skip
    sums: dict[tuple[str, str], float] = {}
    for since, until in months:
        for pair, score in ties(window(client, since=since, until=until)).items():
            sums[pair] = sums.get(pair, 0) + score
    whole = ties(window(client, since="2015-01-01", until="2016-12-31"))
    assert whole.pop(("FRA", "USA")) == 10, "an act of two months is in neither of them"
    assert whole.pop(("QAT", "TUR")) == sums.pop(("QAT", "TUR")) + 5, "a stance of December is in no month here"
    assert whole == sums
    told = window(client, since="2015-03-01", until="2015-03-31")["told"]
    assert "1 act without a date, 1 act dated too vaguely" in " ".join(told.split())


def test_a_side_keeps_its_letter_from_period_to_period(client):
    def letters(**query):
        parties = window(client, **query)["sources"]["parties"]
        return dict(zip(parties["id"], parties["letter"], strict=True))

    always, january, february = letters(), letters(since="2015-01-01", until="2015-01-31"), letters(**FEBRUARY)
    assert always["SAU"] == january["SAU"] == january["BHR"]
    assert always["TUR"] == february["QAT"] != always["SAU"], "though it is the only side of that month"
    assert always["DEU"] not in (always["SAU"], always["TUR"])


def test_corrections_show_at_once(client):
    assert ("FRA", "group:islamic-state") in ties(window(client))
    number = client.post("/corrections/reject", data={"event": "L-e11"}, headers={"accept": "application/json"}).json()
    assert ("FRA", "group:islamic-state") not in ties(window(client))
    client.post("/corrections/undo", data={"number": number["number"]})
    assert ("FRA", "group:islamic-state") in ties(window(client))
    with client.desk.store.writing() as store:
        store.merge("group:islamic-state", "group:free-hills-front")
    assert ("FRA", "group:free-hills-front") in ties(window(client)), "whoever wrote it"


def test_around_one_party(client):
    item = window(client, ego="QAT")
    assert set(item["sources"]["parties"]["id"]) == {"QAT", "TUR", *GULF}
    assert ("BHR", "EGY") in ties(item), "ties among those around it are shown"
    assert "Around Qatar" in item["told"]
    letter = dict(zip(*(item["sources"]["parties"][key] for key in ("id", "letter")), strict=True))["QAT"]
    assert f"<h4>Side {letter} <" in item["told"].split("</section>")[0], "its own side is told first"
    assert item["ties"].count("<tr>") == 3 + 1 + 3 + 5, "three heads, its own ties, the parties"
    assert set(window(client, ego="QAT", top="3")["sources"]["parties"]["id"]) == {"QAT", "TUR", "BHR"}
    for said in ("qatar", "Qat", "state:QAT"):
        assert window(client, ego=said) == item
    assert window(client, ego="FRA", by="actor")["sources"]["parties"]["id"][0] == "state:FRA"


def test_how_many_are_left_out_is_told(client):
    item = window(client, top="3")
    assert len(item["sources"]["parties"]["id"]) == 3
    assert "10 with a tie; 3 are shown" in item["told"]
    assert "among the parties shown" in item["told"]


def test_where_clicks_lead(client):
    parties = window(client, since="2015-03-01", until="2015-03-31", by="actor")["sources"]
    hrefs = dict(zip(parties["parties"]["id"], parties["parties"]["href"], strict=True))
    assert hrefs["group:islamic-state"] == "/actors/group:islamic-state"
    item = window(client, **FEBRUARY)
    hrefs = dict(zip(item["sources"]["parties"]["id"], item["sources"]["parties"]["href"], strict=True))
    assert hrefs["QAT"] == "/record?a=QAT&since=2015-02-01&until=2015-02-28"
    assert item["sources"]["friendly"]["href"] == ["/dyad?a=QAT&b=TUR", "/dyad?a=EGY&b=SAU"]
    assert 'href="/dyad?a=QAT&amp;b=TUR"' in item["ties"]


def test_coalitions_of_the_window(client):
    with client.desk.store.reading() as store:
        expected = coalitions(store, **FEBRUARY)
    page = client.get("/network/coalitions", params=FEBRUARY).text
    assert len(expected) == 2
    for row in expected.itertuples():
        assert row.members in page
        for one in row.act_ids.split("; "):
            assert f'href="/events/{one}"' in page
    told = client.get("/network/coalitions?since=2015-03-01", headers={"accept": "application/json"}).json()["told"]
    assert "No two parties acted together" in told


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("since=soon", "since: &#39;soon&#39; is no day"),
        ("since=2016-01-01&until=2015-01-01", "is after until"),
        ("by=planet", "by: there is no &#39;planet&#39;"),
        ("unit=events", "unit: there is no &#39;events&#39;"),
        ("status=done", "status: there is no &#39;done&#39;"),
        ("least=0", "least: &#39;0&#39; is no whole number from 1 to 1000"),
        ("weight=-3", "weight"),
        ("top=9999", "top: &#39;9999&#39; is no whole number"),
        ("ego=Atlantis", "nobody here is called &#39;Atlantis&#39;"),
        ("ego=s", "&#39;s&#39; could be "),
        ("ego=%3Cscript%3E", "&lt;script&gt;"),
    ],
)
def test_bad_values_are_told(client, query, message):
    for path in ("/network", "/network/window", "/network/plot"):
        answer = client.get(f"{path}?{query}")
        assert answer.status_code == 400
        assert message in answer.text
        assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    ("query", "words", "reason"),
    [
        ("since=2019-01-01", "Nobody had to do with anybody", "no acts in those days"),
        ("ego=QAT&since=2016-01-01", "Qatar has no ties here", "the one asked for has none"),
        ("least=50", "ask for less in a tie", "too much asked for"),
    ],
)
def test_empty_windows_say_what_to_do(client, query, words, reason):
    answer = client.get(f"/network?{query}")
    assert answer.status_code == 200
    assert words in answer.text, reason


def test_an_empty_database_says_what_to_do(tmp_path):
    make_store(tmp_path / "none.duckdb", []).close()
    with client_over(tmp_path / "none.duckdb") as client:
        assert "There are no ties yet" in client.get("/network").text
        assert client.get("/network/plot").status_code == 200
        assert client.get("/network/coalitions").status_code == 200


def test_reports_that_are_not_linked_are_told_with_the_way_out(tmp_path):
    make_store(tmp_path / "d.duckdb", ACTS, linked=False).close()
    with client_over(tmp_path / "d.duckdb") as client:
        page = client.get("/network")
        assert "not linked yet" in page.text
        assert 'href="/network?unit=report"' in page.text
        assert "Saudi Arabia" in client.get("/network?unit=report").text


def test_names_are_text(tmp_path):
    make_store(tmp_path / "d.duckdb", ACTS).close()
    with open_store(tmp_path / "d.duckdb") as store:
        store.split("group:islamic-state", "<img src=x onerror=alert(1)>", text="Islamic State")
    with client_over(tmp_path / "d.duckdb") as client:
        item = window(client, unit="report")
        assert "<img" not in item["told"] + item["ties"]
        assert "&lt;img" in item["ties"]
        assert "<img src=x" not in client.get("/network?unit=report").text


# Windows over time


@pytest.mark.parametrize(
    ("window", "since", "until", "label"),
    [
        (Window(2015 * 12, 2015 * 12), "2015-01-01", "2015-01-31", "January 2015"),
        (Window(2016 * 12 + 1, 2016 * 12 + 1), "2016-02-01", "2016-02-29", "February 2016"),
        (Window(2015 * 12 + 2, 2015 * 12 + 4), "2015-03-01", "2015-05-31", "March to May 2015"),
        (Window(2015 * 12 + 11, 2016 * 12 + 1), "2015-12-01", "2016-02-29", "December 2015 to February 2016"),
        (Window(2015 * 12, 2015 * 12 + 11), "2015-01-01", "2015-12-31", "2015"),
        (Window(2014 * 12, 2015 * 12 + 11), "2014-01-01", "2015-12-31", "2014 to 2015"),
        (Window(9999 * 12 + 11, 9999 * 12 + 11), "9999-12-01", "9999-12-31", "December 9999"),
    ],
)
def test_a_window_has_days_and_a_name(window, since, until, label):
    assert (window.since.isoformat(), window.until.isoformat(), window.label) == (since, until, label)


@pytest.mark.parametrize(
    ("first", "last", "widths", "liked", "reason"),
    [
        ((2015, 1), (2015, 1), (1,), 1, "a month"),
        ((2015, 1), (2015, 4), (1, 3), 1, "wider ones need not be moved"),
        ((2010, 12), (2017, 1), (1, 3, 6, 12, 24, 60), 12, "some years"),
        ((1939, 9), (2019, 3), (12, 24, 60, 120), 120, "a long time is gone through by years"),
    ],
)
def test_the_widths_of_windows(first, last, widths, liked, reason):
    windows = Windows(*(year * 12 + month - 1 for year, month in (first, last)))
    assert windows.widths == widths, reason
    assert windows.liked == liked, reason
    for width in widths:
        listed = windows.of(width)
        assert listed[0].first <= windows.first
        assert listed[-1].last >= windows.last >= listed[-1].first
        assert len(listed) == 1 or listed[-2].last < windows.last, "none is beyond the last month"
        for place, one in enumerate(listed):
            assert windows.find(one.since, one.until) == (width, place)


@pytest.mark.parametrize(
    ("since", "until"),
    [(None, None), (date(2015, 1, 1), None), (date(2015, 1, 2), date(2015, 1, 31)),
     (date(2015, 1, 1), date(2015, 1, 30)), (date(2015, 3, 1), date(2016, 2, 29)),
     (date(2020, 1, 1), date(2020, 1, 31))],
)  # fmt: skip
def test_other_days_are_no_window(since, until):
    assert Windows(2014 * 12, 2017 * 12).find(since, until) is None


@pytest.mark.parametrize(
    ("months", "expected", "reason"),
    [
        ([], None, "nothing is dated"),
        ([(1948, 5, 2), (2015, 1, 50), (2015, 3, 60)], (2015 * 12, 2015 * 12 + 2), "a memory of long ago"),
        ([(1948, 5, 40), (2015, 1, 50)], (1948 * 12 + 4, 2015 * 12), "two times that are told of"),
        ([(1914, 8, 1), (1948, 5, 2), (2015, 1, 500)], (2015 * 12, 2015 * 12), "two memories"),
        ([(2013, 5, 1), (2015, 1, 500)], (2013 * 12 + 4, 2015 * 12), "two years are not long ago"),
    ],
)
def test_a_few_acts_of_long_ago_do_not_stretch_the_slider(months, expected, reason):
    found = windows_over([date(year, month, 1) for year, month, _ in months], [count for *_, count in months])
    assert (found and (found.first, found.last)) == expected, reason


# Places


def test_places_are_the_same_again_and_carry_on():
    names = [f"p{n}" for n in range(20)]
    bonds = [(a, b, 8.0 if int(a[1:]) % 2 == int(b[1:]) % 2 else -8.0) for a, b in combinations(names, 2)]
    own = sprung(bonds, 150)
    assert own == sprung(bonds, 150)
    first = settled(names, bonds, own)
    assert first == settled(names, bonds, own)
    later = settled(names[:-1], bonds[:-5], own)
    moves = [math.dist(first[one], later[one]) for one in later]
    assert max(moves) < 0.35
    assert sum(moves) / len(moves) < 0.1
    apart = {sign: [math.dist(first[a], first[b]) for a, b, score in bonds if score * sign > 0] for sign in (1, -1)}
    assert sum(apart[1]) / len(apart[1]) < sum(apart[-1]) / len(apart[-1]), "friends stand nearer than foes"
    assert all(-1 <= value <= 1 for spot in first.values() for value in spot)


def test_who_has_no_place_of_its_own_begins_beside_those_it_deals_with():
    own = {"a": (0.8, 0.8), "b": (-0.8, -0.8)}
    found = settled(["a", "b", "new", "lone"], [("a", "new", 5.0)], own)
    assert math.dist(found["new"], found["a"]) < math.dist(found["new"], found["b"])
    assert settled([], [], own) == {}
    assert settled(["a"], [], {}).keys() == {"a"}


@pytest.mark.parametrize(("number", "expected"), [(1, "A"), (26, "Z"), (27, "A2"), (53, "A3")])
def test_letters(number, expected):
    assert letter(number) == expected


# What is kept


def test_what_was_read_is_kept_until_something_is_written(path):
    held, memory, reads = HeldStore(path), Memory(kept=2), []

    def read(store):
        reads.append(store.counts()["events"])
        return reads[-1]

    assert memory.recall(held, "a", read) == memory.recall(held, "a", read) == len(ACTS)
    assert len(reads) == 1
    before = stamp(path)
    with held.writing() as store:
        store.reject("e0")
    assert stamp(path) != before
    memory.recall(held, "a", read)
    assert len(reads) == 2
    for key in ("b", "c", "a"):
        memory.recall(held, key, read)
    assert len(reads) == 5, "the oldest is forgotten for the newest"

    def fail(store):
        raise ValueError("unread")

    with pytest.raises(ValueError, match="unread"):
        memory.recall(held, "d", fail)
    assert memory.recall(held, "d", read) == len(ACTS), "a failure is not kept"
    held.close()


# In a browser

DRAWN = "#graph .bk-events"


@pytest.fixture
def at(serving, path):
    """The address of a desk."""
    return serving(path)


def opened(page, address):
    page.goto(address)
    page.wait_for_selector("#graph:not([aria-busy=true]) .bk-Figure")
    page.wait_for_selector("#coalitions table, #coalitions .muted")


def shown(page):
    """The parties in the graph, and where each is."""
    return page.evaluate(
        """() => { const { id, x, y } = Bokeh.documents.at(-1).get_model_by_name("parties").data;
                   return Object.fromEntries(id.map((one, n) => [one, [x[n], y[n]]])); }"""
    )


def test_the_slider_goes_through_time_by_keyboard(page, at):
    opened(page, at + "/network")
    assert len(shown(page)) == 10
    slider = page.get_by_role("slider", name="Period")
    assert slider.get_attribute("aria-valuetext") == "All days"
    slider.focus()
    page.keyboard.press("Home")
    page.wait_for_selector("#graph[data-shown='2015-01-01/2015-03-31']")
    assert page.url.endswith("/network?since=2015-01-01&until=2015-03-31")
    assert set(shown(page)) == {*GULF, "QAT", "TUR", "RUS", "FRA", "group:islamic-state"}
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.wait_for_selector("#graph[data-shown='2015-03-01/2015-05-31']")
    assert page.url.endswith("/network?since=2015-03-01&until=2015-05-31")
    assert slider.get_attribute("aria-valuetext") == "March to May 2015"
    page.wait_for_selector("#said:has-text('March to May 2015: parties 5')", state="attached")
    before = shown(page)
    assert set(before) == {"RUS", "TUR", "FRA", "USA", "group:islamic-state"}
    assert page.locator("[name=since]").input_value() == "2015-03-01"
    page.reload()
    page.wait_for_selector("#graph:not([aria-busy=true]) .bk-Figure")
    assert shown(page) == before, "a shared address shows the same"
    assert page.locator("#days").inner_text() == "March to May 2015"
    page.get_by_role("link", name="Earlier").click()
    page.wait_for_url("**/network?since=2015-02-01&until=2015-04-30")


def test_the_window_is_as_wide_as_asked(page, at):
    opened(page, at + "/network?since=2015-02-01&until=2015-02-28&top=9")
    assert page.locator("#width").input_value() == "1"
    page.locator("#width").select_option("12")
    page.wait_for_url("**/network?since=2015-01-01&until=2015-12-31&top=9")
    page.locator("#width").select_option("")
    page.wait_for_url("**/network?top=9")


def test_it_plays_to_the_end_and_passes_over_what_is_empty(page, at):
    opened(page, at + "/network?since=2015-03-01&until=2015-03-31")
    asked = []
    page.on("request", lambda sent: asked.append(sent.url) if "/network/window" in sent.url else None)
    page.get_by_role("button", name="Play").click()
    page.wait_for_url("**since=2016-02-01**")
    page.wait_for_selector("#play[aria-pressed=false]")
    assert [url.split("since=")[1][:7] for url in asked] == ["2015-03", "2016-02"]


def test_it_begins_anew_and_pauses(page, at):
    opened(page, at + "/network?since=2015-01-01&until=2015-12-31")
    page.get_by_role("button", name="Play").click()
    page.wait_for_url("**since=2016-01-01**")
    page.wait_for_selector("#play[aria-pressed=false]")
    page.get_by_role("button", name="Play").click()
    page.wait_for_url("**since=2015-01-01**")
    page.get_by_role("button", name="Pause").click()
    assert page.get_by_role("button", name="Play").count() == 1


def test_what_is_pointed_at_is_told_and_a_click_leads_on(page, at):
    address = at + "/network?since=2015-02-01&until=2015-02-28&by=actor"
    page.set_viewport_size({"width": 1280, "height": 1200})
    opened(page, address)
    qatar, turkey = (on_screen(page, one) for one in ("state:QAT", "state:TUR"))
    between = tuple((one + other) / 2 for one, other in zip(qatar, turkey, strict=True))
    page.mouse.move(*qatar)
    assert page.locator("#hint").inner_text().split("\n")[0] == "Qatar"
    assert "Foes" in page.locator("#hint").inner_text()
    page.mouse.move(*between)
    assert page.locator("#hint").inner_text().split("\n")[0] == "Qatar and Turkey"
    page.keyboard.press("Escape")
    assert page.locator("#hint").is_hidden()
    page.mouse.click(*qatar)
    page.wait_for_url("**/actors/state:QAT")
    opened(page, address)
    page.mouse.click(*between)
    page.wait_for_url("**/dyad?a=state%3AQAT&b=state%3ATUR")
    page.told.clear()  # pages of others, which may not be there


def on_screen(page, party):
    """Where a party is drawn."""
    box = page.locator("#graph .bk-events").bounding_box()
    x, y = shown(page)[party]
    figure = page.evaluate(
        """() => { const { x_range, y_range, inner_width, inner_height } =
                     Bokeh.documents.at(-1).get_model_by_name("network");
                   return { x: [x_range.start, x_range.end], y: [y_range.start, y_range.end],
                            inner: [inner_width, inner_height] }; }"""
    )
    border = (box["height"] - figure["inner"][1]) / 2  # the tools are at the right
    left, top = box["x"] + border, box["y"] + border
    along = (x - figure["x"][0]) / (figure["x"][1] - figure["x"][0])
    up = (y - figure["y"][0]) / (figure["y"][1] - figure["y"][0])
    return left + along * figure["inner"][0], top + (1 - up) * figure["inner"][1]


def test_the_graph_is_redrawn_in_the_other_theme(page, at):
    opened(page, at + "/network")
    page.get_by_role("slider", name="Period").focus()
    page.keyboard.press("Home")
    page.wait_for_selector("#graph[data-shown='2015-01-01/2015-03-31']")
    with page.expect_response("**/network/plot?*theme=dark*") as answer:
        page.locator("#theme").click()
    assert "since=2015-01-01" in answer.value.url
    page.wait_for_selector("#graph:not([aria-busy=true]) .bk-Figure")
    assert set(shown(page)) == {*GULF, "QAT", "TUR", "RUS", "FRA", "group:islamic-state"}


def test_the_page_is_usable_at_390_pixels_and_has_no_serious_fault(page, at):
    page.set_viewport_size({"width": 390, "height": 844})
    opened(page, at + "/network?least=1&status=occurred&status=planned")
    for one in page.locator("details > summary").all():
        if one.is_visible():
            one.click()
    assert faults(page, (390,)) == []
