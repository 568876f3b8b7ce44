"""Pages on two parties: the list of pairs, one pair over time with the acts behind every point, and itineraries."""

from __future__ import annotations

import csv
import io
import re
import shutil
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import duckdb
import pytest

from deeds import act, make_store
from dotterel.web.periods import first_day, last_day, period_words
from manners import faults

DAYS = 60


def act_on(number, start=date(2015, 11, 1)):
    """A meeting while relations are good, then an attack, then a meeting by the other side's leave."""
    day = (start + timedelta(days=number)).isoformat()
    return act("CONSULT" if number < DAYS // 2 else "ASSAULT", "RUS", "TUR", day)


ACTS = [
    *(act_on(number) for number in range(DAYS) if number % 7),
    act("ACCUSE", "putin", "TUR", "2015-11-24", place_name="Moscow"),
    act("ASSAULT", "TUR", "RUS", "2015-11-24"),
    act("CONSULT", "lavrov TUR", "", "2015-11-25"),
    act("THREATEN", "RUS", "TUR"),
    act("ACCUSE", "TUR", "RUS", "2015-11-01", last="2015-11-30"),
    act("SANCTION", "RUS", "TUR", "2015-12-08", status="planned"),
    act("CONSULT", "hollande", "RUS", "2015-11-26", mode="visit", place_name="Moscow"),
    act("CONSULT", "hollande merkel", "", "2015-11-25", mode="phone"),
    act("AID", "FRA", "QAT", "2014-05-05"),
]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("dyads") / "made.duckdb"
    make_store(path, ACTS).close()
    return path


@pytest.fixture
def database(made, tmp_path):
    return Path(shutil.copy(made, tmp_path / "record.duckdb"))


def text_of(answer):
    """The words of a page, one blank between."""
    body = re.sub(r"<(script|style|select|datalist)\b.*?</\1>", " ", answer.text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def hrefs(answer, start):
    return [unescape(one) for one in re.findall(r'href="([^"]*)"', answer.text) if unescape(one).startswith(start)]


# One pair


@pytest.mark.parametrize(
    ("query", "expected", "reason"),
    [
        ("a=RUS&b=TUR", "Russia and Turkey", "country codes"),
        ("a=Russia&b=turkey", "Russia: all actors of the country (RUS)", "a state's name is all of the country"),
        ("a=Russia&b=turkey", "56 acts in all", "undated and vague ones among them"),
        ("a=state:RUS&b=TUR", "state:RUS alone", "an id is one actor"),
        ("a=putin&b=TUR", "1 act in all", "a part of a name"),
        ("a=Moscow&b=TUR", "Russia and Turkey", "a capital of two states, of which one is here"),
        ("a=RUS&b=TUR&by=month", "Over time, by month", "periods that are asked for"),
        ("a=RUS&b=TUR", "Over time, by day", "periods that suit two months"),
        ("a=RUS&b=TUR&since=2015-11-24&until=2015-11-25", "Russia toward Turkey 4", "some days"),
        ("a=RUS&b=TUR&direction=in", "3 acts", "only what the second did"),
        ("a=RUS&b=TUR&status=planned", "1 act in all", "another status"),
        ("a=RUS&b=TUR&status=any", "57 acts in all", "any status"),
        ("a=RUS&b=TUR&unit=report", "56 acts in all", "the events of reports"),
        ("a=RUS&b=TUR&by=week", "1 act without a day", "what is in no week is told"),
        ("a=RUS&b=TUR&by=week", "1 act dated too vaguely for one week", "and why"),
        ("a=RUS&b=TUR&by=week&dating=published", "week from 2015-11-30", "and may be counted all the same"),
        ("a=FRA&b=QAT", "Too few periods to tell a change: 1, and it takes 6", "why no change is told"),
        ("a=RUS&b=TUR&by=week&measure=acts", "No lasting change of the number of acts", "and that there is none"),
        ("a=FRA&b=TUR", "No acts between them", "an empty answer"),
    ],
)
def test_a_pair(client, query, expected, reason):
    answer = client.get(f"/dyad?{query}")
    assert answer.status_code == 200
    assert expected in text_of(answer), reason


def test_nothing_in_the_series_is_offered_a_way_in(client):
    answer = client.get("/dyad?a=RUS&b=TUR&by=week")
    assert hrefs(answer, "/dyad?a=RUS&b=TUR&by=week&dating=published")
    assert hrefs(answer, "/dyad?a=RUS&b=TUR&by=week&dating=start")
    empty = client.get("/dyad?a=FRA&b=TUR&since=2001-01-01")
    assert "/dyad?a=FRA&b=TUR&status=any" in hrefs(empty, "/dyad")
    assert {"/dyads?a=FRA", "/dyads?a=TUR"} <= set(hrefs(empty, "/dyads"))


def test_the_change_is_told_where_it_was_made(client):
    words = text_of(client.get("/dyad?a=RUS&b=TUR&by=day"))
    (day,) = re.findall(r"Change (2015-1[12]-\d\d) [\d.]+ −[\d.]+ −[\d.]+ Of the sum of scores", words)
    assert abs((date.fromisoformat(day) - date(2015, 12, 1)).days) <= 2
    assert "lasting change" in words


@pytest.mark.parametrize("by", ["day", "week", "month", "year"])
@pytest.mark.parametrize("direction", ["both", "out", "in"])
def test_behind_every_number_of_the_table_stand_as_many_acts(client, by, direction):
    answer = client.get(f"/dyad?a=RUS&b=TUR&by={by}&direction={direction}")
    rows = re.findall(r'<tr><th scope="row"><a href="[^"]*" data-acts>.*?</tr>', answer.text, re.DOTALL)
    assert rows
    for row in rows[:3]:
        cells = re.findall(r'<td class="count">(?:<a href="([^"]*)" data-acts[^>]*>)?([\d,]+)', row)
        whole = re.search(r'<a href="([^"]*)" data-acts>', row)
        for href, count in [(whole[1], cells[0][1]), *(cell for cell in cells if cell[0])]:
            listed = client.get(unescape(href).replace("/dyad?", "/dyad/acts?"))
            assert re.search(rf"\b{count} acts?\b", text_of(listed))
            assert listed.text.count("<li>") == min(int(count), 50)


def test_acts_are_listed_with_their_words_and_links(client):
    answer = client.get("/dyad?a=RUS&b=TUR&by=day&at=2015-11-24&quad=3")
    words = text_of(answer)
    assert "2015-11-24: verbal conflict 1 act." in words
    assert "Vladimir Putin ACCUSE Turkey in Moscow" in words
    number = next(n for n, one in enumerate(ACTS) if one["type"] == "ACCUSE")
    assert f"Sentence {number}." in words
    assert f"/events/L-e{number}" in answer.text
    assert f"/reports/r0?event=e{number}" in answer.text
    assert "/record?a=RUS&b=TUR&quad=3&since=2015-11-24&until=2015-11-24" in hrefs(answer, "/record")
    back = client.get("/dyad?a=RUS&b=TUR&direction=in&unit=report&status=occurred")
    assert "/record?by=events&a=TUR&b=RUS&directed=1&status=occurred" in hrefs(back, "/record")


def test_both_directions_are_compared(client):
    words = text_of(client.get("/dyad?a=RUS&b=TUR"))
    assert "Russia toward Turkey 54" in words
    assert "Turkey toward Russia 3" in words
    kinds = words.split("By what kinds of acts")[1]
    assert "material conflict 26 48 % −9.0 ASSAULT 26 1 33 % −9.0 ASSAULT 1" in kinds


def test_the_series_as_a_file(client):
    answer = client.get("/dyad/series.csv?a=Russia&b=TUR&by=month")
    assert answer.headers["content-disposition"] == 'attachment; filename="RUS-TUR-month.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["period"] for row in rows] == ["2015-11-01", "2015-12-01"]
    assert sum(int(row["acts"]) for row in rows) == 55
    assert rows[0]["verbal_conflict"] == "2"


def sources(item):
    """name -> columns of the data sources of a plot that tell something."""
    found = {}

    def walk(one):
        if isinstance(one, dict):
            if one.get("name") == "ColumnDataSource" and one["attributes"].get("name"):
                found[one["attributes"]["name"]] = dict(one["attributes"]["data"]["entries"])
            for value in one.values():
                walk(value)
        elif isinstance(one, list):
            for value in one:
                walk(value)

    walk(item)
    return found


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_plot_has_every_act_and_needs_no_code(client, theme):
    answer = client.get(f"/dyad/plot?a=RUS&b=TUR&by=month&theme={theme}")
    item = answer.json()
    bars = sources(item)["bars"]
    assert sum(bars["count"]) == 55
    assert all(href.startswith("/dyad?a=RUS&b=TUR&by=month&at=2015-1") for href in bars["href"])
    assert "CustomJS" not in answer.text
    up = [top for top, kind in zip(bars["top"], bars["kind"], strict=True) if "cooperation" in kind]
    down = [bottom for bottom, kind in zip(bars["bottom"], bars["kind"], strict=True) if "conflict" in kind]
    assert min(up) > 0 > max(down)


def test_a_plot_without_acts_is_a_plot(client):
    assert client.get("/dyad/plot?a=FRA&b=TUR").status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "expected", "reason"),
    [
        ("/dyad?a=RUS&b=TUR&by=hour", 400, "by: there is no 'hour'; choose one of day, week, month, year", "a choice"),
        ("/dyad?a=RUS&b=TUR&direction=up", 400, "direction: there is no 'up'", "a choice"),
        ("/dyad?a=RUS&b=TUR&status=done", 400, "status: there is no 'done'", "a choice"),
        ("/dyad?a=RUS&b=TUR&unit=3", 400, "unit: there is no '3'", "a choice"),
        ("/dyad?a=RUS&b=TUR&since=tomorrow", 400, "tomorrow", "no day"),
        ("/dyad?a=RUS&b=TUR&since=2016-01-01&until=2015-01-01", 400, "is after until", "days the wrong way round"),
        ("/dyad?a=RUS&b=TUR&quad=5", 400, "quad: '5' is no whole number from 1 to 4", "no class"),
        ("/dyad?a=RUS&b=TUR&by=day&since=1000-01-01", 400, "days are too many for a series by day", "far too long"),
        ("/dyad?a=RUS&b=nobody", 404, "Nobody is called “nobody”", "nobody"),
        ("/dyad?a=o&b=TUR", 200, "Which “o”?", "several could be meant"),
        ("/dyads?page=2", 400, "page: there is no page 2", "no such page"),
        ("/dyads?sort=best", 400, "sort: there is no 'best'", "no such order"),
        ("/dyads?a=nobody", 404, "Nobody is called “nobody”", "nobody"),
        ("/itinerary?who=nobody", 404, "Nobody is called “nobody”", "nobody"),
        ("/itinerary?who=o", 200, "Which “o”?", "several could be meant"),
    ],
)
def test_what_cannot_be_answered_is_told_in_plain_words(client, path, status, expected, reason):
    answer = client.get(path)
    assert answer.status_code == status, reason
    assert expected in text_of(answer), reason


def test_who_could_be_meant_is_offered_as_links_that_keep_the_question(client):
    answer = client.get("/dyad?a=o&b=TUR&by=month&since=2015-01-01")
    (href,) = [one for one in hrefs(answer, "/dyad?") if "hollande" in one]
    assert client.get(href).status_code == 200
    assert "by=month" in href
    assert "since=2015-01-01" in href


def test_a_name_of_two_states_is_asked_back(database, client):
    with duckdb.connect(str(database)) as raw:
        raw.execute("UPDATE linked_actors SET country = 'SUN' WHERE actor_id = 'person:vladimir-putin'")
    answer = client.get("/dyad?a=Moscow&b=TUR")
    assert "Which “Moscow”?" in text_of(answer)
    assert {"/dyad?a=RUS&b=TUR", "/dyad?a=SUN&b=TUR"} <= set(hrefs(answer, "/dyad?"))


def test_one_party_leads_to_those_it_dealt_with(client):
    answer = client.get("/dyad?a=FRA", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/dyads?a=FRA")


def test_names_of_reports_are_text_on_every_page(database, client):
    hostile = '"><img src=x onerror=alert(1)>'
    with duckdb.connect(str(database)) as raw:
        raw.execute("UPDATE linked_actors SET name = $1 WHERE actor_id = 'person:vladimir-putin'", [hostile])
        raw.execute("UPDATE mentions SET sentence = '<script>alert(1)</script>'")
        raw.execute("UPDATE reports SET title = '<b>' || title")
    for path in ("/dyads?by=actor", "/dyad?a=person:vladimir-putin&b=TUR", "/itinerary?who=hollande",
                 "/dyad?a=onerror&b=<script>alert(2)</script>"):  # fmt: skip
        words = client.get(path).text
        assert "<img src=x" not in words
        assert "<script>alert" not in words
        assert "<b>" not in re.sub(r"<b>\d+ pairs", "", words)


# The list of pairs


@pytest.mark.parametrize(
    ("query", "expected", "reason"),
    [
        ("", "4 pairs", "of countries"),
        ("", "Russia and Turkey 56", "most acts first"),
        ("?by=actor", "Russia and Turkey 54", "single actors"),
        ("?a=France", "Whom France dealt with", "of one party"),
        ("?a=FRA", "3 pairs", "of one party"),
        ("?a=hollande", "François Hollande and Russia 1", "of one actor"),
        ("?since=2014&until=2014-12", "France and Qatar 1", "of a year"),
        ("?status=planned", "1 pair", "of a status"),
        ("?since=1999&until=1999", "No pairs", "none"),
    ],
)
def test_pairs(client, query, expected, reason):
    answer = client.get(f"/dyads{query}")
    assert answer.status_code == 200
    assert expected in text_of(answer), reason


def test_a_pair_of_the_list_has_bars_of_years_and_leads_to_its_page(client):
    answer = client.get("/dyads?since=2015&until=2015-12-31&status=any")
    assert 'aria-label="Acts by year: 2015: 56"' in answer.text
    assert " style=" not in answer.text
    (href, *_) = hrefs(answer, "/dyad?")
    assert href == "/dyad?a=RUS&b=TUR&since=2015-01-01&until=2015-12-31&status=any"
    assert "56 acts in all" in text_of(client.get(href))


def test_reports_that_were_never_linked_can_be_counted_once_each(tmp_path, database, client):
    with duckdb.connect(str(database)) as raw:
        raw.execute("DELETE FROM linked_members WHERE event_id = 'e1'")
    for path in ("/dyads", "/dyad?a=RUS&b=TUR", "/itinerary?who=hollande", "/tallies"):
        answer = client.get(path)
        assert answer.status_code == 409
        (href,) = [one for one in hrefs(answer, path.split("?")[0]) if "unit=report" in one]
        assert client.get(href).status_code == 200


def test_an_empty_database_says_what_to_do(tmp_path, serving):
    import urllib.request

    path = tmp_path / "empty.duckdb"
    make_store(path, [], reports=1).close()
    with urllib.request.urlopen(serving(path) + "/dyads") as answer:
        assert "No act of two parties is in this record yet" in answer.read().decode()


# Itineraries


@pytest.mark.parametrize(
    ("query", "expected", "reason"),
    [
        ("?who=hollande", "2015-11-26 visited Russia Moscow", "whom and where"),
        ("?who=hollande", "1 meeting or visit", "no calls"),
        ("?who=hollande&calls=1", "2015-11-25 spoke from afar with Angela Merkel", "calls on demand"),
        ("?who=merkel", "No meetings or visits", "none, and what there may be instead"),
        ("?who=hollande&since=2016", "No meetings or visits", "none within days"),
        ("", "Give the name of a person", "what to do"),
    ],
)
def test_itineraries(client, query, expected, reason):
    answer = client.get(f"/itinerary{query}")
    assert answer.status_code == 200
    assert expected in text_of(answer), reason


# Periods


@pytest.mark.parametrize(
    ("day", "by", "first", "last", "words"),
    [
        ("2015-11-24", "day", "2015-11-24", "2015-11-24", "2015-11-24"),
        ("2015-11-24", "week", "2015-11-23", "2015-11-29", "week from 2015-11-23"),
        ("2016-02-10", "month", "2016-02-01", "2016-02-29", "February 2016"),
        ("2015-12-31", "month", "2015-12-01", "2015-12-31", "December 2015"),
        ("2015-07-01", "year", "2015-01-01", "2015-12-31", "2015"),
    ],
)
def test_periods(day, by, first, last, words):
    begun = first_day(date.fromisoformat(day), by)
    assert (begun.isoformat(), last_day(begun, by).isoformat(), period_words(begun, by)) == (first, last, words)


# In a browser


def bar_at(page, period):
    """Where the bar of a period is drawn, in pixels of the page."""
    return page.evaluate(
        """(period) => {
            const document_ = window.Bokeh.documents.at(-1);
            const data = document_.get_model_by_name("bars").data;
            const names = ["href", "left", "right", "top", "bottom"];
            const [href, left, right, top, bottom] = names.map((name) => [...(data.get ? data.get(name) : data[name])]);
            const at = href.findIndex((one) => one.includes(`at=${period}`));
            const find = (view) =>
                view.model.name === "counts" ? view : (view.child_views ?? []).map(find).find(Boolean);
            const view = Object.values(window.Bokeh.index).map(find).find(Boolean)
                ?? [...window.Bokeh.index].map(find).find(Boolean);
            const box = view.el.getBoundingClientRect();
            return [box.left + view.frame.x_scale.compute((left[at] + right[at]) / 2),
                    box.top + view.frame.y_scale.compute((top[at] + bottom[at]) / 2)];
        }""",
        period,
    )


def opened(page, address):
    page.goto(address)
    page.wait_for_selector(".plot .bk-events, .plot .bk-Column")
    page.wait_for_function("() => document.querySelector('.plot').getAttribute('aria-busy') === 'false'")


def test_a_bar_leads_to_its_acts(database, serving, page):
    opened(page, serving(database) + "/dyad?a=RUS&b=TUR&by=month")
    assert page.locator(".plot canvas").count()
    page.mouse.click(*bar_at(page, "2015-12-01"))
    page.wait_for_function("() => document.querySelector('#acts-heading').textContent.startsWith('December 2015')")
    assert "at=2015-12-01" in page.url
    assert page.evaluate("document.activeElement.id") == "acts-heading"
    count = page.locator("#acts li").count()
    page.reload()
    assert page.locator("#acts-heading").inner_text().startswith("December 2015"), "the address holds what is shown"
    assert page.locator("#acts li").count() == count > 1


def test_the_table_does_the_same_by_keyboard(database, serving, page):
    opened(page, serving(database) + "/dyad?a=RUS&b=TUR&by=week")
    page.locator("#table summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")  # the file
    for _ in range(3):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('[data-acts]')"):
            break
    words = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.id === 'acts-heading'")
    assert page.locator("#acts-heading").inner_text().lower() == words


def test_a_switch_of_theme_draws_the_plot_anew(database, serving, page):
    opened(page, serving(database) + "/dyad?a=RUS&b=TUR&by=month")
    with page.expect_response(lambda answer: "/dyad/plot" in answer.url) as told:
        page.get_by_role("button", name="Switch between light and dark").click()
    assert "theme=dark" in told.value.url
    page.wait_for_function("() => document.querySelector('.plot').getAttribute('aria-busy') === 'false'")
    assert page.locator(".plot canvas").count()


def test_names_are_completed_as_they_are_written(database, serving, page):
    page.goto(serving(database) + "/dyads")
    page.get_by_label("Who", exact=True).press_sequentially("holl")
    page.wait_for_selector("#parties option", state="attached")
    assert page.locator("#parties option").first.get_attribute("value") == "François Hollande"


PAGES = ("/dyads", "/dyad?a=RUS&b=TUR&by=day", "/dyad?a=o&b=TUR", "/dyad?a=FRA&b=TUR", "/itinerary?who=hollande")


def test_nobody_is_kept_out(database, serving, page):
    address = serving(database)
    for path in PAGES:
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert faults(page) == [], path
