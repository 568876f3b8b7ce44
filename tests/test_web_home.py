"""The first page: what the database holds, the question, and what to do where there is nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from dotterel.analysis.overview import overview
from dotterel.store import HeldStore, open_store
from dotterel.types import Failure
from dotterel.web.app import create_app
from dotterel.web.desk import Desk
from sample import make_coding


def client_of(path):
    return TestClient(create_app(Desk(HeldStore(path))), base_url="http://127.0.0.1")


def test_the_overview_counts_what_is_there(database):
    with open_store(database) as store:
        told = overview(store)
        (acts,) = store.query("SELECT count(*) AS n, min(first_day) AS first FROM current_linked").to_pylist()
        (days,) = store.query(
            "SELECT count(*) AS n FROM current_linked WHERE date = '2015-11-26' AND date_precision = 'day'"
        ).to_pylist()
        (pair,) = store.query(
            "SELECT count(DISTINCT linked_id) AS n FROM linked_dyads"
            " WHERE least(actor_id, recipient_id) = 'state:IND' AND greatest(actor_id, recipient_id) = 'state:PAK'"
        ).to_pylist()
    assert (told.acts, told.first, told.unit) == (acts["n"], acts["first"], "linked")
    assert sum(kind.acts for kind in told.types) == told.acts
    assert {one.acts for one in told.busiest if str(one.day) == "2015-11-26"} == {days["n"]}
    assert {one.acts for one in told.dyads if (one.a, one.b) == ("state:IND", "state:PAK")} == {pair["n"]}
    assert list(told.newest) == sorted(told.newest, key=lambda one: one.day, reverse=True)


def test_the_first_page_tells_what_is_in_it_and_leads_on(client):
    page = client.get("/").text
    assert "<h1>Who did what to whom, and who says so</h1>" in page
    assert "dotterel read 9 news reports" in page
    for link in ("/record", "/reports", "/actors", "/dyads", "/map", "/review", "/code", "/corrections"):
        assert f'href="{link}"' in page, link
    assert 'href="/record?since=2015-11-26&amp;until=2015-11-26"' in page, "a day with many acts"
    assert '<option value="France">' in page, "names are offered"


@pytest.mark.parametrize(
    ("prepare", "told", "reason"),
    [
        (lambda store: None, ["Nothing has been read yet", "dotterel code PATH --output", 'href="/code"'], "nothing"),
        (
            lambda store: store.add_failure(Failure("a.txt", "is empty")),
            ["Nothing has been read yet", 'href="/reports/failures"'],
            "nothing but failures",
        ),
        (
            lambda store: store.add(replace(make_coding(), events=(), figures=())),
            ["No act was found", "1 news report and wrote down", 'href="/reports"'],
            "a report without an act",
        ),
    ],
)
def test_an_empty_database_says_what_to_do_next(tmp_path, prepare, told, reason):
    path = tmp_path / "d.duckdb"
    with open_store(path) as store:
        prepare(store)
    with client_of(path) as client:
        page = client.get("/")
    assert page.status_code == 200
    for words in told:
        assert words in page.text, reason


def test_acts_that_are_not_linked_are_counted_once_a_report(database):
    with open_store(database) as store:
        for table in ("linked_members", "linked_events", "linked_actors"):
            store._connection.execute(f"DELETE FROM {table}")
    with client_of(database) as client:
        page = client.get("/").text
    assert "dotterel link record.duckdb" in page
    assert "/record?by=events" in page


def test_a_hostile_name_is_only_a_name(tmp_path):
    path = tmp_path / "d.duckdb"
    with open_store(path) as store:
        store.add(make_coding())
        store.edit(
            store.query("SELECT id FROM events LIMIT 1").to_pylist()[0]["id"], actors='"><script>alert(1)</script>'
        )
    with client_of(path) as client:
        page = client.get("/").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
