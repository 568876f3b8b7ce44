"""The grid of the record: every filter, order, page and column; what it is saved as; what cannot be asked."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from starlette.testclient import TestClient

from dotterel.store import HeldStore, open_store
from dotterel.store.terms import unaccented
from dotterel.web.app import create_app
from dotterel.web.desk import Desk
from dotterel.web.filters import Filters
from dotterel.web.saving import file_name
from sample import make_coding

COUNT = re.compile(r'id="count"><b>([\d,]+) ')
CELL = '<td role="cell" class="c-{}"[^>]*><div>(.*?)</div></td>'
PARTY = "id IN (SELECT linked_id FROM linked_parties WHERE role IN ('actor', 'recipient') AND {})"
BOTH = """id IN (SELECT linked_id FROM linked_dyads WHERE (actor_country = 'FRA' AND recipient_country = 'RUS')
                                                  OR (actor_country = 'RUS' AND recipient_country = 'FRA'))"""


def total(page: str) -> int:
    """How many acts a page says there are."""
    found = COUNT.search(page)
    return int(found[1].replace(",", "")) if found else 0


def cells(page: str, column: str) -> list[str]:
    """The words of a column, tags taken out."""
    found = re.findall(CELL.format(column), page, re.DOTALL)
    return [" ".join(re.sub("<[^>]+>", "", words).split()) for words in found]


def expected(client, condition: str, table: str = "current_linked") -> int:
    with client.desk.store.reading() as store:
        return store.query(f"SELECT count(*) AS n FROM {table} e WHERE {condition}").to_pylist()[0]["n"]


FILTERS = [
    ("", "true", "every act once"),
    ("type=ASSAULT", "type = 'ASSAULT'", "a type"),
    ("type=assault", "type = 'ASSAULT'", "whatever its letters"),
    ("mode=demo", "mode = 'demo'", "a mode"),
    ("quad=4", "quad = 4", "a class"),
    ("status=planned", "status = 'planned'", "a status"),
    ("context=military", "list_contains(contexts, 'military')", "what it is about"),
    ("a=Russia", PARTY.format("country = 'RUS'"), "a state's name is all its actors"),
    ("a=Putin", PARTY.format("name = 'Vladimir Putin'"), "a part of a name"),
    ("b=state:QAT", PARTY.format("actor_id = 'state:QAT'"), "an id"),
    ("a=%22Russia%22", PARTY.format("regexp_matches(name, '\\bRussia\\b')"), "the name alone"),
    ("a=France&b=Russia", BOTH, "two parties, either way"),
    ("a=Russia&b=France", BOTH, "the same"),
    ("a=France&b=Russia&directed=1", "id IN (SELECT linked_id FROM linked_dyads WHERE actor_country = 'FRA'"
     " AND recipient_country = 'RUS')", "the first toward the second"),
    ("country=SYR", "place_country = 'SYR' OR " + PARTY.format("country = 'SYR'"), "a country"),
    ("country=syria", "place_country = 'SYR' OR " + PARTY.format("country = 'SYR'"), "by its name"),
    ("where=SYR", "place_country = 'SYR'", "where it happened alone"),
    ("where=none", "place_country IS NULL", "nowhere known"),
    ("located=yes", "latitude IS NOT NULL", "what a map can show"),
    ("place=moscow", "contains(lower(concat_ws(' ', place_name, place_text)), 'moscow')", "a place"),
    ("since=2018", "coalesce(last_day, first_published) >= '2018-01-01'", "from a year on"),
    ("until=2015-11", "coalesce(first_day, first_published) <= '2015-11-30'", "up to a month"),
    ("since=26+November+2015&until=2015-11-26", "coalesce(last_day, first_published) >= '2015-11-26'"
     " AND coalesce(first_day, first_published) <= '2015-11-26'", "a day, in words"),
    ("source=courier", "first_report IN (SELECT id FROM reports WHERE source = 'The Plover Courier')", "a source"),
    ("sure=90", "confidence >= 0.9", "surer"),
    ("surest=50", "confidence <= 0.5", "less sure"),
    ("corrected=none", "true", "not looked at"),
    ("corrected=edited", "false", "nobody edited"),
    ("type=CONSULT&a=Russia&since=2015", "type = 'CONSULT' AND coalesce(last_day, first_published) >= '2015-01-01' AND "
     + PARTY.format("country = 'RUS'"), "several filters"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "condition", "reason"), FILTERS, ids=[f[0] or "all" for f in FILTERS])
def test_filters(client, query, condition, reason):
    answer = client.get(f"/record?{query}")
    assert answer.status_code == 200
    found = total(answer.text)
    assert found == expected(client, condition), reason
    assert len(cells(answer.text, "type")) == min(found, 50)


def test_words_find_the_best_first_with_its_sentence(client):
    page = client.get("/record?q=tear+gas").text
    assert "tear gas" in cells(page, "sentence")[0]
    assert "<mark>" in page


def test_each_telling(client):
    page = client.get("/record?by=events").text
    assert total(page) == expected(client, "true", "current_events")
    assert "tellings</b>" in page


@pytest.mark.parametrize(
    ("query", "column", "order"),
    [
        ("sort=date", "date", "first_day DESC"),
        ("sort=date&order=asc", "date", "first_day"),
        ("sort=type", "type", "type"),
        ("sort=type&order=desc", "type", "type DESC"),
        ("sort=place", "place", "strip_accents(lower(coalesce(place_name, place_text)))"),
        ("sort=confidence", "confidence", "confidence DESC"),
        ("sort=published&order=asc", "published", "first_published"),
        ("sort=reports", "reports", "reports DESC"),
    ],
)
def test_order(client, query, column, order):
    page = client.get(f"/record?size=100&columns={column},id&{query}").text
    with client.desk.store.reading() as store:
        sql = f"SELECT id FROM current_linked ORDER BY {order} NULLS LAST, first_day DESC NULLS LAST, id LIMIT 100"
        assert cells(page, "id") == [row["id"] for row in store.query(sql).to_pylist()]
    direction = "descending" if "DESC" in order else "ascending"
    assert f'class="c-{column}" aria-sort="{direction}"' in page


@pytest.mark.parametrize("column", ["actors", "recipients"])
def test_order_by_the_name_of_the_first_party(client, column):
    page = client.get(f"/record?size=100&sort={column}").text
    names = [unaccented(re.split(r" and |, ", words)[0]) for words in cells(page, column)]
    named = [name for name in names if name not in ("–", "with one another", "somebody not named")]
    assert named == sorted(named)
    assert len(named) > 40
    assert names[: len(named)] == named, "those without come last"


def test_pages_hold_everything_once(client):
    seen = []
    for number in range(1, 6):
        page = client.get(f"/record?size=25&sort=type&columns=type,id&page={number}").text
        seen += cells(page, "id")
    assert len(seen) == len(set(seen)) == expected(client, "true")
    assert "101–122 of 122" in page
    first = client.get("/record?size=25").text
    assert "1–25 of 122" in first
    assert 'href="/record?page=2&amp;size=25"' in first
    assert 'href="/record?page=5&amp;size=25"' in first


def test_columns_are_those_that_are_chosen_in_their_order(client):
    page = client.get("/record?columns=confidence,type,date").text
    assert re.findall(r'<th scope="col" role="columnheader" class="c-(\w+)"', page) == ["date", "type", "confidence"]
    assert "the act</a>" not in page
    assert client.get("/record?columns=date,title").text.count("the act</a>") == 50, "each row leads to its act"
    address = client.get("/record?columns=type&columns=date&q=", follow_redirects=False).headers["location"]
    assert address == "/record?columns=date%2Ctype"


def test_every_column_can_be_shown(client):
    page = client.get("/record?columns=" + ",".join(column for column in re.findall(
        r'name="columns" value="(\w+)"', client.get("/record").text))).text  # fmt: skip
    assert len(re.findall('role="columnheader"', page)) == 23


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("page=0", "page: &#39;0&#39; is no whole number"),
        ("page=-1", "is no whole number"),
        ("page=²", "is no whole number"),
        ("page=99", "there is no page 99; the last is 3"),
        ("size=30", "size: there is no &#39;30&#39;; choose one of 25, 50, 100"),
        ("sort=id;drop", "sort: there is no"),
        ("order=sideways", "order: there is no"),
        ("columns=date,secret", "columns: there is no &#39;secret&#39;"),
        ("by=things", "by: there is no &#39;things&#39;"),
        ("quad=5", "quad: &#39;5&#39; is no whole number from 1 to 4"),
        ("sure=many", "sure: &#39;many&#39;"),
        ("since=soon", "no date"),
        ("since=2016&until=2015", "exchange them"),
        ("type=FROWN", "no PLOVER event type"),
        ("corrected=perhaps", "perhaps"),
        ("q=the", "common words only"),
    ],
)
@pytest.mark.parametrize("path", ["/record", "/record/export"])
def test_what_cannot_be_asked_is_told(client, path, query, message):
    if path == "/record/export" and query == "page=99":
        pytest.skip("a file has no pages")
    answer = client.get(f"{path}?{query}")
    assert answer.status_code == 400
    assert message in answer.text


@pytest.mark.parametrize(
    "words", ["'; DROP TABLE events; --", '"', "%", "a' OR '1'='1", "\\", "x\x00y", "<script>", "{{1}}"]
)
def test_hostile_values_are_only_values(client, words):
    for name in ("q", "a", "b", "mode", "status", "context", "country", "place", "source"):
        answer = client.get("/record", params={name: words})
        assert answer.status_code in (200, 400), name
        assert "<script>" not in answer.text.replace("<script src", "").replace("<script type", "")


@pytest.mark.parametrize(
    ("query", "location"),
    [
        ("a=&b=&q=&type=ASSAULT&since=", "/record?type=ASSAULT"),
        ("a=France&day=2015-11-26", "/record?a=France&since=2015-11-26&until=2015-11-26"),
        ("day=26+Nov+2015&until=", "/record?since=2015-11-26&until=2015-11-26"),
        ("day=2015-11-26&until=2015-12", "/record?since=2015-11-26&until=2015-12"),
        ("day=November+2015", "/record?since=2015-11&until=2015-11"),
    ],
)
def test_what_a_form_sends_becomes_a_short_address(client, query, location):
    answer = client.get(f"/record?{query}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, location)


def test_the_answer_is_plain(client):
    """What France and Russia did on 26 November 2015, and who says so."""
    page = client.get("/record?a=France&b=Russia&since=2015-11-26&until=2015-11-26").text
    assert "France with or toward Russia, 26 November 2015</h1>" in page
    assert "all actors of France (FRA)" in page
    assert (
        'href="/record?a=%22France%22&amp;b=Russia&amp;since=2015-11-26&amp;until=2015-11-26">only those named so</a>'
        in page
    )
    assert "François Hollande and Vladimir Putin" in cells(page, "actors")
    assert "with one another" in cells(page, "recipients")
    (said, *_) = cells(page, "according_to")
    assert said.startswith("the report itself in France and Russia to share intelligence on Islamic State")
    assert re.search(r'href="/reports/4bb20cbd7261bc29\?event=4bb20cbd7261bc29-\d+"', page)
    assert re.search(r'href="/events/L-4bb20cbd7261bc29-\d+"', page)
    assert 'href="/actors/person:' in page


def test_who_is_cited_is_told(client):
    page = client.get("/record?a=Russia&type=AGREE&since=2015-11-26&until=2015-11-26").text
    assert any(words.startswith("Putin in France and Russia") for words in cells(page, "according_to"))


def test_what_is_corrected_is_marked(database):
    with open_store(database) as store:
        event = store.search("tear gas", type="ASSAULT").to_pylist()[0]["event_id"]
        store.edit(event, status="negated")
    with TestClient(create_app(Desk(HeldStore(database))), base_url="http://127.0.0.1") as client:
        for by in ("linked", "events"):
            page = client.get(f"/record?corrected=edited&by={by}").text
            assert total(page) == 1
            assert "✓ edited" in page


def test_nothing_found_tells_the_way_on(client):
    page = client.get("/record?a=France&b=Atlantis").text
    assert "No act answers" in page
    assert 'href="/record?a=France"' in page, "without the filter that is too much"


def test_an_empty_database_tells_how_to_fill_it(tmp_path):
    path = tmp_path / "new.duckdb"
    open_store(path).close()
    with TestClient(create_app(Desk(HeldStore(path))), base_url="http://127.0.0.1") as client:
        for by in ("linked", "events"):
            assert "dotterel code PATH --output new.duckdb" in client.get(f"/record?by={by}").text
        assert client.get("/record/export?format=csv").text.count("\n") == 1


def test_acts_that_are_not_linked(database):
    with open_store(database) as store:
        for table in ("linked_members", "linked_events", "linked_actors"):
            store._connection.execute(f"DELETE FROM {table}")
    with TestClient(create_app(Desk(HeldStore(database))), base_url="http://127.0.0.1") as client:
        page = client.get("/record").text
    assert "dotterel link record.duckdb" in page
    assert 'href="/record?by=events"' in page


def test_files_hold_what_is_shown(client):
    query = "a=Russia&sort=type&columns=date,actors,type,according_to,confidence,id"
    page = client.get(f"/record?{query}&size=100").text
    answer = client.get(f"/record/export?{query}&format=csv")
    assert answer.headers["content-disposition"] == 'attachment; filename="record-russia.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["id"] for row in rows] == cells(page, "id")
    assert [row["type"] for row in rows] == [words.split(" ")[0] for words in cells(page, "type")]
    assert list(rows[0]) == ["date", "actors", "type", "according_to", "confidence", "id"]
    told = json.loads(client.get(f"/record/export?{query}&format=json").text)
    assert [row["id"] for row in told] == cells(page, "id")
    assert json.loads(client.get("/record/export?a=nobody-at-all&format=json").text) == []


@pytest.mark.parametrize("form", ["polecat", "icews", "gdelt", "cameo", "parquet", "geojson", "graphml", "rdf"])
def test_formats_of_data_sets_hold_the_acts_that_answer(client, form):
    everything = client.get(f"/record/export?format={form}")
    some = client.get(f"/record/export?type=ASSAULT&format={form}")
    assert everything.status_code == some.status_code == 200
    assert 0 < len(some.content) < len(everything.content)
    assert re.fullmatch(r'attachment; filename="record-assault\.\w+"', some.headers["content-disposition"])


def test_a_format_that_is_none(client):
    answer = client.get("/record/export?format=docx")
    assert answer.status_code == 400
    assert "choose one of csv, json, polecat" in answer.text


@pytest.mark.parametrize(
    ("filters", "name"),
    [
        (Filters(), "record.csv"),
        (Filters(a="France", b="Russia", since="2015-11-26"), "record-france-russia-2015-11-26.csv"),
        (Filters(q='../../etc/passwd"\r\nX: y'), "record-etc-passwd-x-y.csv"),
        (Filters(q="新闻"), "record.csv"),
    ],
)
def test_names_of_files_are_safe(tmp_path, filters, name):
    assert file_name(tmp_path / "record.duckdb", filters, "csv") == name
    assert file_name(tmp_path / "新闻.duckdb", Filters(), "csv") == "record.csv"
    assert len(file_name(tmp_path / "record.duckdb", Filters(q="word " * 100), "csv")) < 100


def test_reports_that_hold_markup_are_only_text(tmp_path):
    path = tmp_path / "d.duckdb"
    with open_store(path) as store:
        store.add(make_coding(" <img src=x onerror=alert(1)> ministers."))
        event = store.query("SELECT min(id) AS id FROM events").to_pylist()[0]["id"]
        store.edit(event, actors="<b>Nobody</b>", place="<i>Nowhere</i>")
    with TestClient(create_app(Desk(HeldStore(path))), base_url="http://127.0.0.1") as client:
        page = client.get("/record").text
    assert not any(markup in page for markup in ("<img src=x", "<b>Nobody", "<i>Nowhere"))
    assert "&lt;b&gt;Nobody" in page
