"""The map: what is put where, what is drawn as one circle, and the page in a browser."""

from __future__ import annotations

import math

import duckdb
import pyarrow as pa
import pytest

from dotterel.places.gazetteer import is_area
from dotterel.store import Search, open_store
from dotterel.web.map import LISTED
from dotterel.web.outlines import project
from dotterel.web.spots import FINEST, drawn, gathered, label, level_of, members, reach_of, spots_of, within
from dotterel.web.whereabouts import SHADES, rounded, steps, whereabouts_of
from manners import faults

WORLD = (-180.0, -90.0, 180.0, 90.0)
VIEW = "x0=-180&y0=-90&x1=180&y1=90&cells=24"
DRAWN = "#map[data-circles]:not([data-asking])"
ROWS = [  # name, country, north, east, acts by quad class
    ("Aleppo", "SYR", 36.2, 37.16, (1, 2, 0, 30)),
    ("Idlib", "SYR", 35.93, 36.63, (0, 0, 0, 9)),
    ("Syria", "SYR", 35.0, 38.0, (50, 0, 0, 0)),
    ("Suva", "FJI", -18.14, 178.44, (3, 0, 0, 0)),
    ("Apia", "WSM", -13.83, -171.77, (0, 4, 0, 0)),
    ("Far East of the line", "FJI", -18.0, 180.0, (0, 0, 5, 0)),
    ("Far West of the line", "FJI", -18.0, -180.0, (0, 0, 0, 6)),
    ("North Pole", None, 90.0, 0.0, (1, 0, 0, 0)),
    (None, "SYR", None, None, (0, 0, 2, 0)),
    (None, None, None, None, (7, 0, 0, 0)),
]


def table(rows=ROWS):
    return pa.Table.from_pylist(
        [
            {"name": name, "country": country, "latitude": north, "longitude": east, "acts": sum(quads)}
            | {f"quad_{n}": many for n, many in enumerate(quads, 1)}
            for name, country, north, east, quads in rows
        ]
    )


@pytest.mark.parametrize(
    ("name", "country", "north", "east", "expected", "reason"),
    [
        ("Syria", "SYR", 35.0, 38.0, True, "a state"),
        ("Georgia", "GEO", 42.0, 43.5, True, "a state whose name others have"),
        ("Georgia", "USA", 32.75, -83.5, True, "a state of a federation"),
        ("Aleppo", "SYR", 36.2, 37.16, False, "a town"),
        ("Kashmir", None, 34.0, 76.0, True, "a region of several states"),
        ("White House", "USA", 38.897, -77.037, False, "a building"),
        ("Nowhere at all", "USA", 1.0, 2.0, False, "in no table"),
    ],
)
def test_areas(name, country, north, east, expected, reason):
    assert is_area(name, country, north, east) is expected, reason


@pytest.mark.parametrize("level", range(0, FINEST + 1, 4))
def test_circles_hold_every_act_once_and_stand_apart(level):
    spots = spots_of(table())
    circles = gathered(spots, level)
    told = drawn(spots, circles, WORLD, 1)
    assert sum(told["acts"]) == sum(sum(quads) for *_, north, _, quads in ROWS if north is not None)
    assert sum(told["places"]) == len(spots) == 8
    assert all(sum(quads) == acts for *quads, acts in zip(*(told[f"quad_{n}"] for n in (1, 2, 3, 4)), told["acts"],
                                                          strict=True))  # fmt: skip
    at = list(zip(told["x"], told["y"], strict=True))
    assert all(math.dist(a, b) > reach_of(level) - 1e-3 for n, a in enumerate(at) for b in at[:n])


def test_a_circle_stands_at_a_town_rather_than_at_the_middle_of_a_state():
    spots = spots_of(table())
    told = drawn(spots, gathered(spots, 12), WORLD, 1)
    n = told["label"].index("Aleppo and 2 other places")
    assert (told["acts"][n], told["area"][n], told["quad"][n]) == (92, 50, 1)
    assert (told["latitude"][n], told["longitude"][n]) == (36.2, 37.16)
    assert told["x0"][n] < told["x"][n] < told["x1"][n]
    alone = drawn(spots, gathered(spots, FINEST), WORLD, 1)
    assert alone["area"][alone["label"].index("Syria")] == 50, "hollow: nothing but the state is known"


def test_places_on_both_sides_of_the_antimeridian_stay_at_the_ends_of_the_map():
    spots = spots_of(table())
    told = drawn(spots, gathered(spots, 6), WORLD, 1)
    at = dict(zip(told["label"], told["x"], strict=True))
    west, east = min(at, key=at.get), max(at, key=at.get)
    assert (west[:8], east[:8]) == ("Far West", "Far East"), "those with the most acts head their circles"
    cut = drawn(spots, gathered(spots, FINEST), (170.0, -30.0, 190.0, 0.0), 0)
    assert set(cut["label"]) == {"Suva", "Far East of the line"}, "a view over the edge holds one side of it"


def test_a_circle_is_found_again_by_where_it_stands():
    spots = spots_of(table())
    circles = gathered(spots, 12)
    assert sorted(spots.names[n] for n in members(spots, circles, 36.2, 37.16)) == ["Aleppo", "Idlib", "Syria"]
    assert members(spots, circles, 36.2, 37.0) == []
    x, y = project(36.63, 35.93)
    assert [spots.names[n] for n in within(spots, (x - 0.1, y - 0.1, x + 0.1, y + 0.1))] == ["Idlib"]


def test_nothing_to_draw_is_drawn_as_nothing():
    spots = spots_of(table([]))
    assert drawn(spots, gathered(spots, 4), WORLD, 1)["acts"] == []


def test_levels_follow_the_width_of_the_view():
    assert level_of(360, 1) == 0
    assert level_of(360, 16) == 8
    assert level_of(180, 16) == 10
    assert level_of(1e-6, 200) == FINEST
    assert level_of(1e4, 1) == 0
    assert label("Suva", 1) == "Suva"
    assert label("Suva", 2) == "Suva and 1 other place"


def test_countries_count_acts_that_no_map_shows():
    found = whereabouts_of(table())
    by_code = {country.code: country for country in found.countries}
    assert (by_code["SYR"].name, by_code["SYR"].acts, by_code["SYR"].unplaced) == ("Syria", 94, 2)
    assert found.countries[-1].code is None
    assert found.countries[-1].unplaced == 7
    assert (found.acts, found.unplaced) == (120, 9)


@pytest.mark.parametrize("most", [1, 2, 7, 40, 999, 7174, 10**6])
def test_shades_are_few_round_and_rise(most):
    found = steps(most)
    assert found[0] == 1
    assert len(found) <= SHADES
    assert found == sorted(set(found))
    assert found[-1] <= most
    assert all(str(n).strip("0") in ("1", "2", "5") for n in found)
    assert rounded(199) == 100
    assert steps(0) == []


def test_the_store_counts_places_as_the_views_have_them(database):
    with open_store(database) as store:
        for unit, view in (("linked", "current_linked"), ("events", "current_events")):
            told = store.located(Search(by=unit)).to_pylist()
            (row,) = store.query(f"SELECT count(*) AS n, count(latitude) AS placed FROM {view}").to_pylist()
            assert sum(place["acts"] for place in told) == row["n"]
            assert sum(place["acts"] for place in told if place["latitude"] is not None) == row["placed"] > 0
        moscow = next(place for place in told if place["name"] == "Moscow")
        acts = store.acts_at(Search(by="events"), [(moscow["latitude"], moscow["longitude"])], 50)
        assert len(acts) == moscow["acts"]
        assert {act["place"] for act in acts} == {"Moscow"}
        assert all(act["id"] == act["event_id"] and (act["actors"] or act["recipients"]) for act in acts)


def test_the_store_counts_what_answers_filters_and_words(database):
    with open_store(database) as store:
        conflict = store.located(Search(by="linked", quad=4)).to_pylist()
        assert {place["quad_1"] for place in conflict} == {0}
        assert sum(place["quad_4"] for place in conflict) > 0
        worded = store.located(Search("Salisbury", by="linked")).to_pylist()
        assert {place["country"] for place in worded} >= {"GBR"}
        assert sum(place["acts"] for place in worded) < sum(
            place["acts"] for place in store.located(Search(by="linked")).to_pylist()
        )


def test_rows_of_the_tables_lead_to_as_many_acts(client):
    with client.desk.store.reading() as store:
        told = store.located(Search(by="linked")).to_pylist()
        for place in (place for place in told if place["name"]):
            same = Search(by="linked", where=place["country"] or "none", place=place["name"])
            assert store.summary(same).total == place["acts"], place
        left_out = sum(place["acts"] for place in told if place["latitude"] is None)
        assert store.summary(Search(by="linked", located=False)).total == left_out > 0
    assert "/record?located=no" in client.get("/map").text


def on_map(desk):
    with desk.store.reading() as store:
        return store.query("SELECT count(latitude) AS n FROM current_linked").to_pylist()[0]["n"]


def test_circles_of_the_desk_sum_to_what_has_coordinates(client):
    told = client.get(f"/map/clusters?{VIEW}").json()
    assert sum(told["circles"]["acts"]) == on_map(client.desk)
    fewer = client.get(f"/map/clusters?{VIEW}&quad=4").json()
    assert 0 < sum(fewer["circles"]["acts"]) < on_map(client.desk)
    none = client.get(f"/map/clusters?{VIEW}&since=1850&until=1851").json()
    assert none["circles"]["acts"] == []


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/map/clusters?x0=1&x1=2&y0=1", 400, "y1: '' is no number"),
        ("/map/clusters?x0=a&x1=2&y0=1&y1=2", 400, "x0: 'a' is no number"),
        ("/map/clusters?x0=nan&x1=2&y0=1&y1=2", 400, "x0: 'nan' is no number"),
        ("/map/clusters?x0=-inf&x1=2&y0=1&y1=2", 400, "x0: '-inf' is no number"),
        ("/map/clusters?x0=2&x1=1&y0=1&y1=2", 400, "left of its right end"),
        (f"/map/clusters?{VIEW}&quad=7", 400, "quad: '7'"),
        (f"/map/clusters?{VIEW}&located=maybe", 400, "located: there is no 'maybe'; choose one of yes, no"),
        ("/map/clusters?x0=0&x1=2&y0=1&y1=2&cells=999999", 400, "cells: '999999'"),
        ("/map/acts?latitude=1&longitude=2&level=3", 404, "load the map anew"),
        ("/map/acts?latitude=1&longitude=2&level=300", 400, "level: '300'"),
        ("/map?quad=none", 400, "quad: 'none'"),
    ],
)
def test_bad_values_are_told(client, path, status, told):
    answer = client.get(path, headers={"accept": "application/json"})
    assert answer.status_code == status
    assert told in answer.json()["error"]


def test_outlines_are_sent_once_and_kept(client):
    page = client.get("/map").text
    where = page.split('data-outlines="')[1].split('"')[0]
    answer = client.get(where)
    assert "immutable" in answer.headers["cache-control"]
    assert len(answer.json()["code"]) == len(answer.json()["rings"]) > 150
    assert client.get("/map/outlines.json?v=old").headers["cache-control"] == "no-cache"
    assert "rings" not in client.get("/map/plot").text, "the plot itself is small"


def test_the_page_tells_the_same_as_tables(client):
    page = client.get("/map?quad=4").text
    assert "acts are on the map" in page
    assert "have no coordinates" in page
    assert "/record?quad=4&amp;where=RUS&amp;place=Moscow" in page
    assert "/record?quad=4&amp;where=RUS" in page
    assert "Natural Earth, public domain" in page


def test_what_was_written_since_is_shown(client):
    before = sum(client.get(f"/map/clusters?{VIEW}").json()["circles"]["acts"])
    with client.desk.store.writing() as store:
        (event,) = store.query("SELECT id FROM current_events WHERE place_name = 'Pyongyang'").to_pylist()
        store.reject(event["id"])
    assert sum(client.get(f"/map/clusters?{VIEW}").json()["circles"]["acts"]) == before - 1


@pytest.mark.parametrize("query", ["?since=1850&until=1851", "?q=zzzz", "?type=PROTEST&a=Salisbury"])
def test_an_empty_map_says_what_to_do(client, query):
    assert "Take one of them out" in client.get(f"/map{query}").text
    assert "None of these has a place on the map" in client.get("/map?located=no").text


def test_a_form_without_script_leads_to_a_short_address(client):
    answer = client.get("/map?a=&quad=4&since=&shade=1", follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/map?quad=4&shade=1"


def test_what_reports_say_is_never_markup(database, client):
    with client.desk.store.writing() as store:
        store._connection.execute("UPDATE reports SET title = '<img src=x onerror=alert(1)>'")
    listed = client.get("/map/acts?x0=-180&y0=-90&x1=180&y1=90").text
    assert "<img" not in listed
    assert "&lt;img" in listed


def test_acts_of_a_circle_are_listed(client):
    told = client.get(f"/map/clusters?{VIEW}").json()
    first = {name: told["circles"][name][0] for name in ("latitude", "longitude", "acts")}
    where = f"latitude={first['latitude']}&longitude={first['longitude']}&level={told['level']}"
    listed = client.get(f"/map/acts?{where}")
    assert listed.text.count('href="/events/L-') == min(first["acts"], LISTED)
    assert "/record?where=" in listed.text
    boxed = client.get("/map/acts?x0=-180&y0=-90&x1=180&y1=90").text
    assert boxed.count('href="/events/L-') == min(LISTED, sum(told["circles"]["acts"]))


def drawn_map(page, url):
    page.goto(url)
    page.wait_for_selector(DRAWN)


def settled(page, act):
    """Do what moves the map, and wait for the circles of the new view."""
    with page.expect_response(lambda answer: "/map/clusters" in answer.url) as told:
        act()
    page.wait_for_selector(DRAWN)
    return told.value.json()


def on_screen(page, label):
    """Where a circle is drawn, in pixels of the page."""
    return page.evaluate(
        """(label) => {
            const figure = window.Bokeh.documents.at(-1).roots()[0];
            const data = figure.document.get_model_by_name("circles").data;
            const i = data.label.findIndex((one) => one.startsWith(label));
            const box = document.querySelector("#map").getBoundingClientRect();
            const { x_range: x, y_range: y } = figure;
            return [box.left + (box.width * (data.x[i] - x.start)) / (x.end - x.start),
                    box.top + (box.height * (y.end - data.y[i])) / (y.end - y.start)];
        }""",
        label,
    )


def test_the_map_draws_zooms_and_lists_events(serving, database, page):
    drawn_map(page, serving(database) + "/map")
    assert page.locator("#map canvas").count()
    assert "In view:" in page.locator("#map-status").text_content()
    world = settled(page, page.locator("#world").click)
    nearer = settled(page, page.locator("#nearer").click)
    assert nearer["level"] == world["level"] + 2
    assert "#view=" in page.url
    settled(page, page.locator("#all").click)
    page.mouse.click(*on_screen(page, "Moscow"))
    page.wait_for_selector("#chosen li")
    assert page.locator("#chosen h2").text_content() == "Moscow"
    assert page.locator("#chosen a[href^='/events/L-']").count() >= 1
    assert page.locator("#chosen a[href='/record?where=RUS&place=Moscow']").count() == 1


def test_a_circle_of_many_events_zooms_in_until_its_places_part(serving, database, page):
    more = """INSERT INTO events SELECT e.* REPLACE (e.id || name || n AS id, name AS place_name,
              'SYR' AS place_country, north AS latitude, east AS longitude)
              FROM (SELECT * FROM events LIMIT 1) e, range(60) t(n),
              (VALUES ('Aleppo', 36.2, 37.16), ('Idlib', 35.93, 36.63)) v(name, north, east)"""
    with duckdb.connect(str(database)) as connection:
        connection.execute(more)
    drawn_map(page, serving(database) + "/map?by=events")
    told = []
    while not told or told[-1] != "Aleppo60 tellings":
        page.mouse.move(*on_screen(page, "Aleppo"))
        told.append(page.locator("#tip strong").text_content() + page.locator("#tip div").first.text_content())
        if told[-1] != "Aleppo60 tellings":
            settled(page, lambda: page.mouse.click(*on_screen(page, "Aleppo")))
    page.mouse.click(*on_screen(page, "Aleppo"))
    assert 2 <= len(told) <= 4, told
    assert told[0].endswith("121 tellings")
    page.wait_for_selector("#chosen li")
    assert page.locator("#chosen li").count() == LISTED
    assert "The latest 50 of 60 tellings" in page.locator("#chosen").text_content()
    page.keyboard.press("Escape")
    assert page.locator("#chosen").is_hidden()


def test_a_view_is_kept_when_the_page_is_loaded_anew(serving, database, page):
    base = serving(database)
    drawn_map(page, base + "/map#view=36.00,40.00,60.00")
    kept = page.url
    page.reload()
    page.wait_for_selector(DRAWN)
    assert page.url == kept
    page.locator("#shade").check()
    assert "shade=1" in page.url
    assert page.locator("#shades").is_visible()


def test_a_box_lists_the_events_in_it(serving, database, page):
    drawn_map(page, serving(database) + "/map")
    page.locator("#choose").click()
    x, y = on_screen(page, "Moscow")
    page.mouse.move(x - 30, y - 30)
    page.mouse.down()
    page.mouse.move(x + 30, y + 30, steps=4)
    page.mouse.up()
    page.wait_for_selector("#chosen li")
    assert page.locator("#choose").get_attribute("aria-pressed") == "false"
    assert "Moscow" in page.locator("#chosen h2").text_content()


def test_keys_lead_through_map_and_tables(serving, database, page):
    drawn_map(page, serving(database) + "/map")
    page.locator("#map").focus()
    nearer = settled(page, lambda: page.keyboard.press("+"))
    assert settled(page, lambda: page.keyboard.press("-"))["level"] == nearer["level"] - 2
    settled(page, lambda: page.keyboard.press("ArrowLeft"))
    russia = page.get_by_role("row", name="Russia").first
    russia.get_by_role("link").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Show Russia on the map"
    settled(page, lambda: page.keyboard.press("Enter"))
    assert russia.get_by_role("link").get_attribute("href") == "/record?where=RUS"


def test_the_map_is_redrawn_in_the_other_theme(serving, database, page):
    drawn_map(page, serving(database) + "/map")
    before = page.url
    for _ in range(2):
        settled(page, page.locator("#theme").click)
    assert page.locator("#map canvas").count()
    assert page.url == before


def test_filters_are_followed_without_loading_the_page_anew(serving, database, page):
    base = serving(database)
    drawn_map(page, base + "/map")
    before = page.locator("#told").text_content()
    page.evaluate("document.body.dataset.same = 'yes'")
    page.locator("#filters summary").click()
    fewer = settled(page, lambda: page.locator("#filters [name=quad]").select_option("4"))
    assert {quad for quad, acts in zip(fewer["circles"]["quad"], fewer["circles"]["acts"], strict=True) if acts} == {4}
    assert page.locator("#told").text_content() != before
    assert page.url.startswith(base + "/map?quad=4#view=")
    assert page.locator(".chips").text_content().split() == ["Class:", "material", "conflict", "×"]
    page.locator("#filters [name=a]").fill("Gambia")
    found = settled(page, lambda: page.keyboard.press("Enter"))
    assert found["circles"]["label"] == [] or "Gambia" in found["circles"]["label"][0]
    settled(page, page.get_by_role("link", name="Take out all").click)
    assert page.locator("#told").text_content() == before
    assert page.locator("#filters [name=a]").input_value() == ""
    settled(page, page.go_back)
    assert page.locator("#filters [name=quad]").input_value() == "4"
    assert page.evaluate("document.body.dataset.same") == "yes"
    page.locator("#filters [name=since]").fill("no day at all")
    page.locator("#filters [name=since]").press("Enter")
    page.wait_for_selector("#notice.failed")
    page.told.clear()  # the browser tells of every answer that is an error


def test_the_page_is_usable_at_390_pixels_and_has_no_serious_fault(serving, database, page):
    page.set_viewport_size({"width": 390, "height": 844})
    drawn_map(page, serving(database) + "/map?shade=1")
    page.mouse.click(*on_screen(page, "Moscow"))
    page.wait_for_selector("#chosen li")
    assert faults(page, (390,)) == []
