"""The list of actors and the page of one: who they are, what they did and said, and who is who as people decide."""

from __future__ import annotations

import re
import shutil
from datetime import date
from urllib.parse import quote

import duckdb
import pytest

from dotterel import open_store
from dotterel.store import HeldStore
from dotterel.store.cast import Member, cast, chosen, tallied
from dotterel.store.deeds import Act, Deeds, deeds
from dotterel.store.profiles import profile, stances_of
from hostile import BREAKOUT, hostile_coding
from manners import faults
from markup import text_of

SHABAAB = "group:al-shabaab"
MINISTER = "person:fred-matiang-i"


@pytest.fixture
def database(coded_retold, tmp_path):
    return shutil.copy(coded_retold, tmp_path / "record.duckdb")


def listed(answer):
    """The ids of the actors that the list shows, in order."""
    return re.findall(r'name="actor" value="([^"]*)"', answer.text)


def member(actor_id, name="", countries=(), sectors=(), acts=0, quotes=0, first=None, last=None):
    return Member(actor_id, name or actor_id, countries, sectors, acts, 0, quotes, first, last, f"{actor_id}\n{name}")


CAST = (
    member("state:a", "zenith", ("AAA",), ("GOV",), 9, last=date(2020, 1, 1)),
    member("person:b", "muller", ("AAA", "BBB"), ("GOV", "MIL"), 5, 3, date(2019, 1, 1), date(2021, 1, 1)),
    member("group:c", "ada", (), ("REB",), 1, 7, date(2018, 1, 1), date(2018, 1, 1)),
)


@pytest.mark.parametrize(
    ("asked", "expected", "reason"),
    [
        ({}, "abc", "those of most acts first"),
        ({"words": "MÜLL"}, "b", "accents and capitals aside"),
        ({"words": "group:"}, "c", "a part of an id"),
        ({"words": " ada "}, "c", "blanks aside"),
        ({"country": "AAA"}, "ab", "of a country"),
        ({"country": "AAA", "sector": "MIL"}, "b", "and a sector"),
        ({"words": "nobody"}, "", "nobody is called so"),
        ({"sort": "name", "descending": False}, "cba", "by name"),
        ({"sort": "quotes"}, "cba", "by quotations"),
        ({"sort": "first", "descending": False}, "acb", "not dated first"),
        ({"sort": "last"}, "bac", "by the last day"),
        ({"descending": False}, "cba", "those of fewest acts first"),
    ],
)
def test_who_is_chosen(asked, expected, reason):
    assert "".join(one.actor_id[-1] for one in chosen(CAST, **asked)) == expected, reason


def test_countries_and_sectors_are_counted():
    assert tallied(CAST) == ([("AAA", 2), ("BBB", 1)], [("GOV", 2), ("MIL", 1), ("REB", 1)])


def test_the_cast_counts_each_act_once(database):
    with open_store(database) as store:
        found = {one.actor_id: one for one in cast(store)}
        assert found[SHABAAB].as_actor == 1, "four reports tell it"
        assert found[MINISTER].quotes == 2
        assert (found[SHABAAB].first_seen, found[SHABAAB].last_seen) == (date(2021, 5, 4), date(2021, 5, 5))
        rows = store.query("SELECT actor_id FROM actor_rows").to_pylist()
        assert set(found) == {row["actor_id"] for row in rows}
        store.merge(SHABAAB, "state:KEN")
        assert SHABAAB not in {one.actor_id for one in cast(store)}


@pytest.mark.parametrize(
    ("query", "expected", "reason"),
    [
        ("q=shabaab", SHABAAB, "a part of the name"),
        ("q=Matiang", MINISTER, "another"),
        ("q=Al-Shabaab militants", SHABAAB, "a wording of one report"),
        ("q=group:al-sh", SHABAAB, "a part of the id"),
        ("sector=IGO", "organisation:united-nations", "a sector"),
        ("country=ETH&sort=name&order=asc", "state:ETH", "a country"),
    ],
)
def test_the_list_is_sought_and_filtered(client, query, expected, reason):
    assert expected in listed(client.get(f"/actors?{query}")), reason


def test_the_list_says_when_nobody_is_called_so(client):
    answer = client.get("/actors?q=%25%27--nobody")
    assert "Nobody is called so" in answer.text


@pytest.mark.parametrize(
    ("query", "told"),
    [("sort=nothing", "sort: there is no"), ("page=99", "page: there is no page 99"), ("page=x", "no whole number")],
)
def test_what_the_list_cannot_be_asked_is_told(client, query, told):
    answer = client.get(f"/actors?{query}")
    assert answer.status_code == 400
    assert told in answer.text


def test_the_list_follows_a_change(client):
    assert SHABAAB in listed(client.get("/actors"))
    client.post("/actors/merge", data={"actor": SHABAAB, "into": "state:KEN"})
    assert SHABAAB not in listed(client.get("/actors")), "what was kept in memory is read anew"


def test_several_are_merged_at_once_and_that_is_undone(client):
    many = [SHABAAB, "state:ETH", "state:KEN"]
    answer = client.post(
        "/actors/merge", data={"actor": many, "into": "state:KEN", "note": "a test", "next": "/actors"}
    )
    assert "2 actors are state:KEN from now on" in text_of(answer)
    assert not {SHABAAB, "state:ETH"} & set(listed(answer))
    numbers = re.findall(r'action="/actors/undo".*?name="number" value="(\d+)"', answer.text, re.DOTALL)
    for number in numbers:
        client.post("/actors/undo", data={"number": number})
    assert {SHABAAB, "state:ETH"} <= set(listed(client.get("/actors")))


def test_nobody_is_merged_where_one_cannot_be(client):
    answer = client.post("/actors/merge", data={"actor": [SHABAAB, "group:nobody"], "into": "state:KEN"})
    assert answer.status_code == 400
    assert SHABAAB in listed(client.get("/actors"))


def test_the_page_tells_who_an_actor_is(client):
    told = text_of(client.get(f"/actors/{MINISTER}"))
    assert "Interior Minister Fred Matiang&#39;i" in told, "the title that reports give"
    assert "We will hunt them down" in told
    assert "Fred Matiang&#39;i made threats against al-Shabaab" in told, "an act as a sentence"
    assert "2 quotations" in told
    answer = client.get(f"/actors/{MINISTER}").text
    assert re.search(r'href="/reports/[0-9a-f]+\?record=q1"', answer), "a quotation leads to its words"
    assert f'href="/dyad?a={quote(MINISTER, safe="")}&amp;b={quote(SHABAAB, safe="")}"' in answer


def test_offices_are_told_from_the_table(coded_examples, tmp_path):
    from starlette.testclient import TestClient

    from dotterel.web.app import create_app
    from dotterel.web.desk import Desk

    path = shutil.copy(coded_examples, tmp_path / "examples.duckdb")
    with TestClient(create_app(Desk(HeldStore(path))), base_url="http://127.0.0.1") as client:
        told = text_of(client.get("/actors/person:francois-hollande"))
        assert "president France 2012-05 2017-05" in told


def test_somebody_merged_leads_to_whom_they_are(client):
    client.post("/actors/merge", data={"actor": SHABAAB, "into": "state:KEN"})
    answer = client.get(f"/actors/{SHABAAB}")
    assert answer.url.path == "/actors/state:KEN"
    assert "is Kenya, by decision" in text_of(answer)
    assert "al-Shabaab" in text_of(answer)
    assert "Al-Shabaab fighters" in answer.text, "their wordings are the other's now"


@pytest.mark.parametrize("name", ["nobody", "state:XXX", "a/b/c", "%00", "%27%3B--", "person:" + "x" * 3000])
def test_an_unknown_actor_is_not_found(client, name):
    answer = client.get(f"/actors/{name}")
    assert answer.status_code == 404
    assert "Nobody in this database has the id" in answer.text


def test_words_that_are_somebody_else_are_split_off(client):
    page = client.get(f"/actors/{SHABAAB}").text
    assert "These are somebody else" in page
    data = {"actor": SHABAAB, "text": "Al-Shabaab militants", "name": "Coast Raiders", "next": f"/actors/{SHABAAB}"}
    answer = client.post("/actors/split", data=data)
    told = text_of(answer)
    assert "where it says “ Al-Shabaab militants ”" in told
    wordings = answer.text[answer.text.index('id="wordings"') : answer.text.index('id="who"')]
    assert "Al-Shabaab militants" not in wordings, "they are no wording of theirs now"
    other = client.get("/actors/group:coast-raiders")
    assert "Al-Shabaab militants" in other.text
    number = re.search(r'action="/actors/undo".*?value="(\d+)"', other.text, re.DOTALL)[1]
    client.post("/actors/undo", data={"number": number})
    assert client.get("/actors/group:coast-raiders").status_code == 404


def test_quotations_go_with_the_words_for_their_speaker(client):
    data = {"actor": MINISTER, "text": "Interior Minister Fred Matiang'i", "name": "A Namesake"}
    assert client.post("/actors/split", data=data).status_code == 200
    assert "We will hunt them down" in client.get("/actors/person:a-namesake").text
    assert "We will hunt them down" not in client.get(f"/actors/{MINISTER}").text
    with client.desk.store.reading() as store:
        quotes = {one.actor_id: one.quotes for one in cast(store)}
    assert (quotes.get(MINISTER, 0), quotes["person:a-namesake"]) == (0, 2)


def test_an_actor_without_acts_left_has_a_page(client):
    with client.desk.store.writing() as store:
        for row in store.query("SELECT DISTINCT event_id FROM parties WHERE actor_id = 'state:ETH'").to_pylist():
            store.reject(row["event_id"])
    told = text_of(client.get("/actors/state:ETH"))
    assert "No act tells of them on either side." in told


def test_stances_are_found_by_names_that_are_nobody_elses(database):
    with open_store(database) as store:
        found = stances_of(store, profile(store, SHABAAB))
        assert found
        assert all(one["held"] for one in found)
        assert {one["holder"] for one in found} == {"al-Shabaab"}
        police = next(one.actor_id for one in cast(store) if one.name == "Kenyan police post")
        toward = stances_of(store, profile(store, police))
        assert toward
        assert not any(one["held"] for one in toward)
        assert {one["toward"] for one in toward} == {"Kenyan police post"}, "not the Kenyan police"


ACTS = (
    Act("1", "AGREE", date(2021, 2, 1), 1, 2.0, True),
    Act("2", "ASSAULT", date(2020, 2, 1), 4, -9.0, True),
    Act("3", "ASSAULT", None, 4, -9.0, False),
)
A, B, C, D = (("a", "A", None), ("b", "B", "BBB"), ("c", "C", None), ("d", "D", None))
SIDES = {
    "1": {"actor": [A, B], "recipient": []},
    "2": {"actor": [C, D], "recipient": [A]},
    "3": {"actor": [A], "recipient": [B]},
}


@pytest.mark.parametrize(
    ("act", "expected", "reason"),
    [(0, "b", "who took part as they did"), (1, "cd", "who acted toward them"), (2, "b", "whom they acted toward")],
)
def test_who_is_on_the_other_side(act, expected, reason):
    did = Deeds("a", ACTS, SIDES)
    assert "".join(one[0] for one in did.others(ACTS[act])) == expected, reason


def test_partners_and_years_are_counted():
    did = Deeds("a", ACTS, SIDES)
    partners = {one.actor_id: (one.acts, one.quads[1], one.quads[4], one.score) for one in did.partners()}
    assert partners == {"b": (1, 1, 0, 2.0), "c": (1, 0, 1, -9.0), "d": (1, 0, 1, -9.0)}, (
        "what did not happen is left out"
    )
    assert [(one.year, one.acts, one.score) for one in did.years()] == [
        (2021, 1, 2.0),
        (2020, 1, -9.0),
        (None, 1, -9.0),
    ]
    assert (did.on("actor"), did.on("recipient")) == (2, 1)


def test_deeds_are_those_of_the_record(database):
    with open_store(database) as store:
        for one in cast(store):
            found = deeds(store, one.actor_id, [one.actor_id])
            assert (found.on("actor"), found.on("recipient")) == (one.as_actor, one.as_recipient), one.actor_id


def test_acts_are_drawn_with_links_to_their_events(client):
    answer = client.get(f"/plots/actor?id={SHABAAB}&theme=dark")
    assert answer.headers["content-type"] == "application/json"
    assert answer.text.count("/events/L-") >= 4
    assert client.get("/plots/actor?id=nobody").status_code == 404


def test_words_of_a_report_stay_words(tmp_path):
    from starlette.testclient import TestClient

    from dotterel.web.app import create_app
    from dotterel.web.desk import Desk

    path = tmp_path / "hostile.duckdb"
    with open_store(path) as store:
        store.add(hostile_coding())
    with TestClient(create_app(Desk(HeldStore(path))), base_url="http://127.0.0.1") as client:
        for address in ("/actors", f"/actors/{quote(f'state:{BREAKOUT}', safe='')}", "/actors/group:arden"):
            answer = client.get(address)
            assert answer.status_code == 200, address
            assert "<img" not in answer.text.replace('<img src="/static/dotterel.svg"', "")
            assert "<script>alert" not in answer.text
        assert client.get(f"/plots/actor?id={quote(f'state:{BREAKOUT}', safe='')}").status_code == 200


def test_a_database_that_is_not_linked_yet_says_so(database):
    from starlette.testclient import TestClient

    from dotterel.web.app import create_app
    from dotterel.web.desk import Desk

    with duckdb.connect(str(database)) as raw:
        for table in ("linked_events", "linked_members", "linked_actors", "linked_details"):
            raw.execute(f"DELETE FROM {table}")
        (event,) = raw.execute("SELECT id FROM events LIMIT 1").fetchone()
    with TestClient(create_app(Desk(HeldStore(database))), base_url="http://127.0.0.1") as client:
        assert SHABAAB in listed(client.get("/actors"))
        assert "are not linked across reports yet" in text_of(client.get(f"/actors/{SHABAAB}"))
        assert "This event is not linked yet" in client.get(f"/events/{event}").text


def test_an_empty_database_says_what_to_do(tmp_path):
    from starlette.testclient import TestClient

    from dotterel.web.app import create_app
    from dotterel.web.desk import Desk

    open_store(tmp_path / "empty.duckdb").close()
    with TestClient(create_app(Desk(HeldStore(tmp_path / "empty.duckdb"))), base_url="http://127.0.0.1") as client:
        assert "dotterel code PATH" in text_of(client.get("/actors"))


def test_the_list_follows_what_is_typed(database, serving, page):
    page.goto(f"{serving(database)}/actors")
    page.get_by_label("Part of a name").press_sequentially("shab")
    page.wait_for_url("**/actors?q=shab")
    assert page.locator("tbody tr").count() == 1
    page.get_by_role("link", name="al-Shabaab").press("Enter")
    page.wait_for_url(f"**/actors/{SHABAAB}")
    assert page.locator("h1").inner_text() == "al-Shabaab"
    page.go_back()
    assert page.get_by_label("Part of a name").input_value() == "shab"


def test_actors_are_merged_by_keys_alone(database, serving, page):
    page.goto(f"{serving(database)}/actors")
    page.get_by_label("Choose Ethiopia", exact=True).press("Space")
    field = page.get_by_label("They are all this one")
    field.press_sequentially("keny")
    page.locator("#names option").first.wait_for(state="attached")
    assert "state:KEN" in page.locator("#names option").evaluate_all("all => all.map((one) => one.value)")
    field.fill("state:KEN")
    field.press("Enter")
    page.locator("#notice", has_text="state:ETH is state:KEN from now on").wait_for()
    page.get_by_role("button", name="Undo").press("Enter")
    page.get_by_label("Choose Ethiopia", exact=True).wait_for()


def test_who_was_chosen_stays_chosen_while_others_are_sought(database, serving, page):
    page.goto(f"{serving(database)}/actors")
    page.get_by_label("Choose Ethiopia", exact=True).press("Space")
    page.get_by_label("Part of a name").fill("shabaab")
    page.wait_for_url("**/actors?q=shabaab")
    page.get_by_label("Choose al-Shabaab").press("Space")
    assert page.get_by_label("Ethiopia", exact=True).is_checked()
    page.get_by_label("They are all this one").fill("state:KEN")
    page.get_by_role("button", name="Merge").press("Enter")
    page.locator("#notice", has_text="2 actors are state:KEN from now on").wait_for()


@pytest.mark.parametrize("path", ["/actors", f"/actors/{SHABAAB}"])
def test_manners(database, serving, page, path):
    with open_store(database) as store:
        store.split(SHABAAB, "Coast Raiders", text="Al-Shabaab militants")
    page.goto(f"{serving(database)}{path}")
    if path != "/actors":
        page.locator("[data-plot][aria-busy=false]").wait_for()
    assert faults(page) == []
