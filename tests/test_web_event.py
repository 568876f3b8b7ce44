"""The page of an event: its tellings side by side, what they dispute, its sources, and what people decide of it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from dotterel import open_store
from dotterel.store import HeldStore
from dotterel.store.likely import of_two_parties, others
from dotterel.store.tellings import sources_of, whole
from dotterel.web.act_sentence import listed, sentence, when
from hostile import hostile_coding
from manners import faults
from markup import text_of


@pytest.fixture
def database(coded_retold, tmp_path):
    return shutil.copy(coded_retold, tmp_path / "record.duckdb")


def looking(source):
    """The store of a client's desk, which holds the file; or that of a path."""
    return open_store(source, read_only=True) if isinstance(source, str | Path) else source.desk.store.reading()


def raid(source):
    """The id of the linked event that all four reports tell."""
    with looking(source) as store:
        (found,) = store.query("SELECT id FROM current_linked WHERE reports = 4").to_pylist()
        return found["id"]


def members(source, linked_id):
    with looking(source) as store:
        return {telling.event_id: telling for telling in whole(store, linked_id).tellings}


ACT = {
    "type": "ASSAULT", "mode": None, "status": "occurred", "first_day": None, "last_day": None, "date_precision": None,
    "place_text": None, "place_name": None, "place_country": None,
}  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "actors", "recipients", "expected", "reason"),
    [
        ({}, ["France"], ["Mali"], "France attacked Mali", "who did what to whom"),
        ({}, [], ["Mali"], "Somebody not named attacked Mali", "nobody is named"),
        ({"type": "CONSULT"}, ["A", "B"], [], "A and B talked", "an act of several has no other side"),
        ({"mode": "aerial"}, ["A"], ["B"], "A made air strikes on B", "the mode has words of its own"),
        ({"mode": "no such"}, ["A"], ["B"], "A attacked B", "a mode without words is said as its type"),
        ({"type": "OWN"}, ["A"], ["B"], "A did what counts as OWN toward B", "a type of somebody's own codebook"),
        ({"status": "planned"}, ["A"], ["B"], "A planned to attack B", "it lies ahead"),
        ({"status": "proposed"}, ["A"], ["B"], "It was proposed that A attack B", "it is proposed"),
        ({"status": "hypothetical"}, ["A"], [], "A might attack", "it is thought of"),
        ({"status": "negated"}, ["A"], ["B"], "A did not attack B", "it did not happen"),
        ({"place_name": "Tarn", "place_country": "MLI"}, ["A"], [], "A attacked in Tarn, Mali", "where"),
        ({"place_name": "Mali", "place_country": "MLI"}, ["A"], [], "A attacked in Mali", "a country is said once"),
    ],
)
def test_an_act_reads_as_a_sentence(changes, actors, recipients, expected, reason):
    assert sentence(ACT | changes, actors, recipients) == expected, reason


@pytest.mark.parametrize(
    ("first", "last", "precision", "expected"),
    [
        ("2021-05-03", "2021-05-03", "day", "on 3 May 2021"),
        ("2021-05-01", "2021-05-31", "month", "in May 2021"),
        ("2021-01-01", "2021-12-31", "year", "in 2021"),
        ("2021-05-03", "2021-05-09", "week", "between 3 May 2021 and 9 May 2021"),
        ("2000-02-01", "2016-06-23", "open", "since February 2000"),
    ],
)
def test_days_in_words(first, last, precision, expected):
    from datetime import date

    act = {"first_day": date.fromisoformat(first), "last_day": date.fromisoformat(last), "date_precision": precision}
    assert when(act) == expected


def test_many_names_are_counted():
    assert listed(["A", "B", "C", "D"]) == "A, B, C and D"
    assert listed(["A", "B", "C", "D", "E"]) == "A, B, C and 2 more"


@pytest.mark.parametrize(
    ("key", "expected"),
    [("FRA RUS|act 12", True), ("FRA AGREE|act 12", False), ("2988507 4|print 7", False), ("FRA AID|undated", False)],
)
def test_keys_of_two_parties(key, expected):
    assert of_two_parties(key) is expected


def test_the_page_shows_every_report_side_by_side(client):
    answer = client.get(f"/events/{raid(client)}")
    told = text_of(answer)
    assert "al-Shabaab attacked Kenyan police post in Mandera, Kenya, on 3 May 2021" in told
    for outlet in ("The Harbour Post", "Coast Herald", "Inland Gazette", "Lake Observer"):
        assert outlet in told
    assert "The 4 reports that tell it" in told
    assert "Same copy in 1 more" in told
    assert "Same copy as The Harbour Post" in told
    assert "The same report tells it again" in told, "its headline and its text tell it"
    assert "20 officers according to" in told, "the figure with who is cited for it"
    assert answer.text.count("/links/part") == 6, "each telling can be parted from the others"


def test_what_they_dispute_comes_first_and_says_who_tells_it(client):
    page = client.get(f"/events/{raid(client)}").text
    table = page[page.index("<tbody") :]
    rows = re.findall(r'<tbody class="(\w+)">(.*?)</tbody>', table, re.DOTALL)
    assert [kind for kind, _ in rows[:2]] == ["conflicting", "conflicting"]
    assert "They differ" in rows[0][1], "said in words, not by colour alone"
    for words in ("2021-05-03", "2021-05-04"):
        assert words in rows[0][1]
    assert "Coast Herald" in rows[0][1]
    assert {kind for kind, _ in rows[2:]} <= {"agreed", "single"}


def test_a_detail_that_only_a_rejected_member_disputed_is_disputed_no_more(client):
    event = raid(client)
    odd = next(t for t in members(client, event).values() if t.row["source"] == "Coast Herald")
    client.post("/corrections/reject", data={"event": odd.event_id, "next": "/"}, follow_redirects=False)
    assert "They differ" not in client.get(f"/events/{event}").text


def test_sources_count_as_the_store_counts_them(database):
    with open_store(database, read_only=True) as store:
        for row in store.query("SELECT id, sources FROM current_linked").to_pylist():
            assert max(sources_of(whole(store, row["id"]).tellings).values()) == row["sources"]


def test_the_id_of_a_reports_event_leads_to_its_linked_event(client):
    event = raid(client)
    told = next(iter(members(client, event)))
    answer = client.get(f"/events/{told}", follow_redirects=False)
    assert answer.headers["location"] == f"/events/{event}?told={told}#t-{told}"
    assert "You came from this telling" in client.get(f"/events/{event}?told={told}").text


@pytest.mark.parametrize("name", ["L-nobody-1", "nobody-1", "L-", "%00", "L-%27%3B--"])
def test_an_event_that_never_was_is_not_found(client, name):
    answer = client.get(f"/events/{name}")
    assert answer.status_code == 404
    assert "There is no event" in answer.text


def test_a_rejected_event_says_so_and_has_a_way_back(client):
    with looking(client) as store:
        (alone,) = store.query("SELECT id, best_event FROM current_linked WHERE type = 'CONSULT'").to_pylist()
    client.post("/corrections/reject", data={"event": alone["best_event"], "note": "only talk", "by": "Ada"})
    for name in alone.values():
        answer = client.get(f"/events/{name}")
        assert "This event was rejected" in answer.text
        assert "“<bdi>only talk</bdi>”" in answer.text
    number = re.search(r'name="number" value="(\d+)"', answer.text)[1]
    client.post("/corrections/undo", data={"number": number})
    assert "talked" in client.get(f"/events/{alone['id']}").text


def test_an_event_added_by_hand_has_a_page(client):
    with client.desk.store.writing() as store:
        report = store.query("SELECT id FROM reports LIMIT 1").to_pylist()[0]["id"]
        number = store.add_event(report, "AID", "Kenya", actors=["state:KEN"])
    assert "Kenya gave aid" in text_of(client.get(f"/events/L-{report}-c{number}"))
    assert client.get(f"/events/{report}-c{number}").url.path == f"/events/L-{report}-c{number}"


def test_one_telling_is_parted_from_all_the_others_and_that_is_undone(client):
    event = raid(client)
    page = client.get(f"/events/{event}").text
    form = re.findall(r'action="/links/part">(.*?)</form>', page, re.DOTALL)[-1]
    fields = re.findall(r'name="(event_a|event_b|next)" value="([^"]*)"', form)
    data = {
        "event_a": next(value for name, value in fields if name == "event_a"),
        "event_b": [value for name, value in fields if name == "event_b"],
        "next": next(value for name, value in fields if name == "next"),
        "by": "Ada",
    }
    assert len(data["event_b"]) == 5
    answer = client.post("/links/part", data=data)
    parted = members(client, answer.url.path.removeprefix("/events/"))
    assert list(parted) == [data["event_a"]]
    rest = set(data["event_b"])
    (left,) = {client.get(f"/events/{one}").url.path for one in rest}
    assert set(members(client, left.removeprefix("/events/"))) == rest
    undo = re.search(r'action="/links/undo"(.*?)</form>', answer.text, re.DOTALL)[1]
    assert "Parted by <bdi>Ada</bdi>" in undo
    numbers = re.findall(r'name="number" value="(\d+)"', undo)
    assert len(numbers) == 5, "what was decided at one stroke is undone at one stroke"
    client.post("/links/undo", data={"number": numbers})
    assert len(members(client, event)) == 6


def test_acts_of_many_members_are_joined_whole(client):
    with looking(client) as store:
        pair = store.query("SELECT id FROM current_linked WHERE events = 2 ORDER BY id LIMIT 2").to_pylist()
    one, other = (row["id"] for row in pair)
    both = {*members(client, one), *members(client, other)}
    client.post("/links/join", data={"event_a": one, "event_b": other})
    assert set(members(client, min(one, other))) == both
    numbers = re.findall(r'name="number" value="(\d+)"', client.get(f"/events/{max(one, other)}").text)
    client.post("/links/undo", data={"number": numbers})
    assert {*members(client, one)} | {*members(client, other)} == both
    assert len(members(client, one)) == 2


def test_nothing_is_undone_where_one_decision_cannot_be(client):
    event = raid(client)
    one, other, *_ = members(client, event)
    number = client.post(
        "/links/part", data={"event_a": one, "event_b": other}, headers={"accept": "application/json"}
    ).json()["number"]
    answer = client.post("/links/undo", data={"number": [number, 10**9]})
    assert answer.status_code == 400
    with looking(client) as store:
        assert store.query(f"SELECT undone FROM judgements WHERE number = {number}").to_pylist() == [{"undone": None}]


def test_acts_that_may_be_the_same_are_offered(client):
    event = raid(client)
    ids = list(members(client, event))
    with client.desk.store.writing() as store:
        store.part_from(ids[0], ids[1:], "Ada")
        parted = store.query("SELECT linked_id FROM current_members WHERE event_id = $e", {"e": ids[0]}).to_pylist()
        offered = others(store, whole(store, parted[0]["linked_id"]))
        rest = {row["linked_id"] for row in store.query("SELECT linked_id FROM current_members").to_pylist()}
    assert event not in {one.linked_id for one in offered}, "what a person parted is not offered again"
    assert {one.linked_id for one in offered} <= rest
    with looking(client) as store:
        (accused,) = store.query("SELECT id FROM current_linked WHERE mode = 'allege'").to_pylist()
    page = text_of(client.get(f"/events/{accused['id']}"))
    assert "Fred Matiang&#39;i made threats against al-Shabaab" in page[page.index("Likely ones") :]


def test_the_sources_are_drawn_with_links_to_the_reports(client):
    event = raid(client)
    answer = client.get(f"/events/{event}/sources?theme=dark")
    assert answer.headers["content-type"] == "application/json"
    for report_id in {telling.report_id for telling in members(client, event).values()}:
        assert f"/reports/{report_id}?event=" in answer.text
    assert client.get("/events/L-nobody/sources").status_code == 404


def test_words_of_a_report_stay_words(tmp_path):
    from starlette.testclient import TestClient

    from dotterel.web.app import create_app
    from dotterel.web.desk import Desk

    path = tmp_path / "hostile.duckdb"
    with open_store(path) as store:
        store.add(hostile_coding())
    with TestClient(create_app(Desk(HeldStore(path))), base_url="http://127.0.0.1") as client:
        page = client.get("/events/bad0-1").text
        assert "<img" not in page.replace('<img src="/static/dotterel.svg"', "")
        assert "<script>alert" not in page
        assert client.get("/events/L-bad0-1/sources").status_code == 200


def test_the_page_in_a_browser(database, serving, page):
    event = raid(database)
    page.goto(f"{serving(database)}/events/{event}")
    page.locator("[data-plot] canvas, [data-plot] .bk-Canvas").first.wait_for()
    card = page.locator(".telling").first
    summary = card.get_by_text("Not the same event")
    summary.focus()
    page.keyboard.press("Enter")
    card.get_by_label("Why (optional)").fill("another day")
    page.keyboard.press("Enter")
    page.locator("#notice", has_text="They are different acts from now on.").wait_for()
    assert page.get_by_text("One telling only").count() == 1
    page.get_by_role("button", name=re.compile("Undo")).first.press("Enter")
    page.get_by_text("The 4 reports that tell it").wait_for()


def test_a_decision_shows_at_once(database, serving, page):
    event = raid(database)
    page.goto(f"{serving(database)}/events/{event}")
    odd = page.locator(".telling", has_text="Coast Herald")
    assert page.get_by_text("They differ").count()
    odd.get_by_role("button", name="Reject").press("Enter")
    page.locator(".differ").wait_for(state="detached")
    odd.get_by_role("button", name="Undo").press("Enter")
    page.locator(".differ").wait_for()


def test_manners(database, serving, page):
    page.goto(f"{serving(database)}/events/{raid(database)}")
    page.locator("[data-plot][aria-busy=false]").wait_for()
    assert faults(page) == []
