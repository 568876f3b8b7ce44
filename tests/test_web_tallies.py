"""The page of figures: sums by period and by whose count, every figure with its words, and what is left out."""

from __future__ import annotations

import csv
import io
import re
import shutil
from html import unescape
from pathlib import Path

import duckdb
import pytest

from deeds import act, make_store
from manners import faults
from test_web_dyads import hrefs, sources, text_of

STRIKES = [
    act("ASSAULT", "RUS", "isis", "2015-11-02", id="a"),
    act("ASSAULT", "FRA", "isis", "2015-11-09", id="b"),
    act("ASSAULT", "RUS", "isis", "2015-12-01", id="c"),
    act("ASSAULT", "RUS", "isis", "2015-11-01", last="2015-12-31", id="d"),
    act("ASSAULT", "RUS", "isis", "2015-11-03", status="planned", id="e"),
]
FIGURES = [
    {"value": 12, "event_id": "a", "source": "police", "by_whom": "Russia", "sentence": "Police said 12 had died."},
    {"value": 12, "event_id": "a", "source": "police", "by_whom": "Russia", "report": "r1"},
    {"value": 15, "bound": "at least", "event_id": "a", "source": "police", "report": "r2"},
    {"value": 20, "event_id": "a", "source": "rebels"},
    {"value": 4, "bound": "at most", "event_id": "b", "source": "police"},
    {"value": 6, "bound": "range", "low": 4, "high": 6, "event_id": "c", "source": "police"},
    {"value": None, "value_text": "dozens", "event_id": "c", "source": "rebels"},
    {"value": 7, "event_id": "d", "source": "rebels"},
    {"value": 1, "event_id": "e", "source": "police"},
    {"value": 220000, "bound": "at least", "source": "police", "report": "r1"},
    {"value": 3, "what": "strikes", "event_id": "a", "by_whom": "Russia"},
]


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("tallies") / "made.duckdb"
    make_store(path, STRIKES, figures=FIGURES).close()
    return path


@pytest.fixture
def database(made, tmp_path):
    return Path(shutil.copy(made, tmp_path / "record.duckdb"))


def rows_of(answer, caption):
    """The rows of a table of a page as lists of words."""
    table = next(one for one in re.findall(r"<table.*?</table>", answer.text, re.DOTALL) if caption in one)
    body = table.split("<tbody>")[1]
    rows = re.findall(r"<tr>.*?</tr>", body, re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[" ".join(unescape(re.sub(r"<[^>]+>", " ", cell)).split()) for cell in row] for row in cells]


def test_sums_by_month_with_their_bounds(client):
    answer = client.get("/tallies")
    assert rows_of(answer, "by month") == [
        ["December 2015", "police", "6", "4", "6", "people", "range", "1", "0"],
        ["December 2015", "rebels", "–", "–", "–", "people", "–", "0", "1"],
        ["November 2015", "police", "19", "12", "no end", "people", "at least; at most", "2", "0"],
        ["November 2015", "rebels", "20", "20", "20", "people", "–", "1", "0"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("query", "expected", "reason"),
    [
        ("", "Figures of the dead", "the kind there is most of"),
        ("?what=strikes", "3 people", "another kind"),
        ("?what=strikes&whose=by", "Russia", "by whose doing it was"),
        ("", "1 figure dated too vaguely for one month", "what is in no month is told"),
        ("", "1 figure of no act that is recorded", "and what belongs to no act"),
        ("?period=year", "By year", "other periods"),
        ("?period=year&cumulate=1", "So far", "running totals"),
        ("?source=REBEL", "December 2015 rebels", "words of a source"),
        ("?status=planned", "November 2015 police 1", "another status"),
        ("?until=2015-11-08", "police 15 12 no end", "some days"),
        ("?period=each", "at least 220,000 people", "each figure in words"),
        ("?period=each", "4 to 6 people", "a range"),
        ("?period=each", "dozens people", "a vague count"),
        ("?unit=report", "November 2015", "the events of reports"),
        ("?what=votes", "No figures of votes", "none of a kind"),
        ("?source=nobody", "None answers these days, words and status", "none of a source"),
    ],
)
def test_a_tally(client, query, expected, reason):
    answer = client.get(f"/tallies{query}")
    assert answer.status_code == 200
    assert expected in text_of(answer), reason


def test_each_figure_has_its_words_its_report_and_its_act(client):
    answer = client.get("/tallies?period=each")
    rows = rows_of(answer, "Figures of the dead, the latest first")
    assert len(rows) == 8
    first = next(row for row in rows if row[1] == "12 people")
    assert first == ["2015-11-02", "12 people", "police", "Russia", "–", "–",
                     "Police said 12 had died. Report and 1 more · Act"]  # fmt: skip
    assert "/events/L-a" in hrefs(answer, "/events/")
    assert "/reports/r0?event=a" in hrefs(answer, "/reports/")
    of_no_act = next(row for row in rows if "220,000" in row[1])
    assert of_no_act[0] == "2015-12-02 of the report"
    assert of_no_act[-1].endswith("of no act")


def test_a_sum_leads_to_the_figures_in_it(client):
    answer = client.get("/tallies")
    href = next(one for one in hrefs(answer, "/tallies?") if "since=2015-11-01" in one and "police" in one)
    figures = rows_of(client.get(href), "the latest first")
    assert [row[1] for row in figures] == ["at most 4 people", "12 people", "at least 15 people"]


def test_no_figures_of_a_kind_leads_to_the_kinds_there_are(client):
    answer = client.get("/tallies?what=money")
    words = text_of(answer)
    assert "This record holds figures of: the dead 10 strikes 1" in words
    assert {"/tallies?what=dead", "/tallies?what=strikes"} <= set(hrefs(answer, "/tallies?"))


def test_a_record_without_figures_says_what_to_do(database, client):
    with duckdb.connect(str(database)) as raw:
        raw.execute("DELETE FROM figures")
    assert "No report of this record gives a figure" in text_of(client.get("/tallies"))
    assert client.get("/tallies/plot").status_code == 200


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/tallies?what=love", "what: there is no 'love'; choose one of strikes, dead"),
        ("/tallies?whose=mine", "whose: there is no 'mine'; choose one of source, by, against, place"),
        ("/tallies?period=hour", "period: there is no 'hour'"),
        ("/tallies?cumulate=yes", "cumulate: there is no 'yes'"),
        ("/tallies?page=9", "page: there is no page 9; the last is 1"),
        ("/tallies?page=x", "page: 'x' is no whole number"),
        ("/tallies?since=soon", "soon"),
        ("/tallies/plot?what=love", "what: there is no 'love'"),
    ],
)
def test_what_cannot_be_answered_is_told_in_plain_words(client, path, expected):
    answer = client.get(path)
    assert answer.status_code == 400
    assert expected in text_of(answer)


@pytest.mark.parametrize(("period", "rows"), [("month", 4), ("each", 8)])
def test_as_a_file(client, period, rows):
    answer = client.get(f"/tallies/figures.csv?period={period}")
    assert answer.headers["content-disposition"] == f'attachment; filename="dead-{period}.csv"'
    read = list(csv.DictReader(io.StringIO(answer.text)))
    assert len(read) == rows
    assert ("sentence" in read[0]) == (period == "each")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(
    ("query", "values"),
    [
        ("", [19.0, 6.0, 20.0]),
        ("period=year&cumulate=1", [25.0, 27.0]),
        ("period=each", [12.0, 15.0, 4.0, 6.0, 220000.0, 7.0, 20.0]),
    ],
)
def test_the_plot_has_every_value_between_its_bounds(client, query, values, theme):
    answer = client.get(f"/tallies/plot?{query}&theme={theme}")
    figures = sources(answer.json())["figures"]
    assert figures["value"] == values
    for low, value, high in zip(figures["low"], figures["value"], figures["high"], strict=True):
        assert low <= value <= high
    assert "CustomJS" not in answer.text


def test_the_plot_tells_an_open_end_and_where_a_point_leads(client):
    figures = sources(client.get("/tallies/plot").json())["figures"]
    place = figures["value"].index(19.0)
    assert figures["arrow"][place] == "↑"
    assert figures["told"][place] == "19 (12 to no upper end) people in 2 acts"
    assert figures["href"][place] == (
        "/tallies?what=dead&period=each&source=police&since=2015-11-01&until=2015-11-30")  # fmt: skip
    each = sources(client.get("/tallies/plot?period=each").json())["figures"]
    assert set(each["href"]) == {"/events/L-a", "/events/L-b", "/events/L-c", "/events/L-d", "/reports/r1"}


def test_only_so_many_parties_are_drawn_and_the_rest_is_told(database, client):
    with duckdb.connect(str(database)) as raw:
        raw.execute("""INSERT INTO figures BY NAME
            SELECT f.* REPLACE ('source ' || n AS source, position + 100 + n AS position)
            FROM figures f, range(9) t(n) WHERE position = 0""")
    answer = client.get("/tallies")
    assert "4 other parties are in the table only" in text_of(answer)
    assert answer.text.count('<svg class="shade-') == 7


def test_words_of_reports_are_text(database, client):
    with duckdb.connect(str(database)) as raw:
        raw.execute("""UPDATE figures SET sentence = '<script>alert(1)</script>', source = '"><img src=x onerror=a()>',
            unit = '<b>people'""")
    for path in ("/tallies", "/tallies?period=each"):
        answer = client.get(path)
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text
        assert "<b>people" not in answer.text


# In a browser


def opened(page, address):
    page.goto(address)
    page.wait_for_selector(".plot[aria-busy=false] canvas")


def test_a_point_leads_to_its_figures(database, serving, page):
    opened(page, serving(database) + "/tallies?what=dead")
    spot = page.evaluate(
        """() => {
            const data = window.Bokeh.documents.at(-1).get_model_by_name("figures").data;
            const of = (name) => [...(data.get ? data.get(name) : data[name])];
            const at = of("value").indexOf(20);
            const find = (view) =>
                view.model.name === "tally" ? view : (view.child_views ?? []).map(find).find(Boolean);
            const view = Object.values(window.Bokeh.index).map(find).find(Boolean)
                ?? [...window.Bokeh.index].map(find).find(Boolean);
            const box = view.el.getBoundingClientRect();
            return [box.left + view.frame.x_scale.compute(of("x")[at]), box.top + view.frame.y_scale.compute(20)];
        }"""
    )
    page.mouse.click(*spot)
    page.wait_for_url("**/tallies?*period=each*source=rebels*")
    assert page.locator(".figures tbody tr").count() == 1


def test_a_switch_of_theme_draws_the_plot_anew(database, serving, page):
    opened(page, serving(database) + "/tallies")
    with page.expect_response(lambda answer: "/tallies/plot" in answer.url) as told:
        page.get_by_role("button", name="Switch between light and dark").click()
    assert "theme=dark" in told.value.url
    page.wait_for_selector(".plot[aria-busy=false] canvas")


def test_nobody_is_kept_out(database, serving, page):
    address = serving(database)
    for path in ("/tallies", "/tallies?period=each", "/tallies?what=votes"):
        page.goto(address + path)
        page.wait_for_load_state("networkidle")
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert faults(page) == [], path
