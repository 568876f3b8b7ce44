"""The list of reports: words, filters, order and pages; and the inputs that could not be read."""

from __future__ import annotations

import re

import pytest

from dotterel.store import HeldStore, open_store
from dotterel.types import Failure

TITLES = re.compile(r'class="c-title"[^>]*><div><a href="/reports/[^"]+">(.*?)</a>', re.DOTALL)


def titles(page: str) -> list[str]:
    return [re.sub("<[^>]+>", "", title) for title in TITLES.findall(page)]


@pytest.mark.parametrize(
    ("query", "expected", "reason"),
    [
        ("", ["Hong Kong", "Pakistan", "Two Koreas", "Western states", "Four Arab"], "the newest first"),
        ("sort=published&order=asc", ["Superpower", "France and"], "the oldest first"),
        ("sort=title", ["Colombia", "Four Arab"], "by title, as letters go"),
        ("sort=title&order=desc", ["Western", "West African"], "the other way"),
        ("q=intelligence", ["France and Russia"], "words"),
        ("q=ceasefire&sort=published", ["Colombia"], "words, in another order"),
        ("q=nothing-like-that", [], "no report"),
        ("source=courier", ["Four Arab"], "part of a source"),
        ("since=2018", ["Hong Kong", "Pakistan", "Two Koreas", "Western"], "days"),
        ("since=26+November+2015&until=2015-11-26", ["France and"], "a day in words"),
        ("until=1990", ["Superpower"], "up to a year"),
        ("source=dotterel&since=2018", ["Western"], "two filters"),
    ],
)
def test_the_list(client, query, expected, reason):
    answer = client.get(f"/reports?{query}")
    assert answer.status_code == 200
    found = titles(answer.text)
    assert [title[: len(words)] for title, words in zip(found, expected, strict=False)] == expected, reason
    assert len(found) == (len(expected) if re.search("q=|source=|since=|until=", query) else 9), reason


def test_the_words_are_marked_in_the_title_and_the_best_sentence(client):
    page = client.get("/reports?q=intelligence").text
    assert "France and Russia to share <mark>intelligence</mark> on Islamic State</a>" in page
    page = client.get("/reports?q=apologise").text
    assert "has refused to <mark>apologise</mark>." in page


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("page=0", "page: &#39;0&#39; is no whole number"),
        ("page=x", "is no whole number"),
        ("page=2", "there is no page 2; the last is 1"),
        ("sort=size", "sort: there is no &#39;size&#39;"),
        ("order=up", "order: there is no"),
        ("since=soon", "is no date"),
        ("since=2016&until=2015", "exchange them"),
        ("q=the+of", "common words only"),
    ],
)
def test_what_cannot_be_asked_is_told(client, query, message):
    answer = client.get(f"/reports?{query}")
    assert answer.status_code == 400
    assert message in answer.text


def test_what_a_form_leaves_empty_is_taken_out_of_the_address(client):
    answer = client.get("/reports?q=&source=courier&since=&until=", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/reports?source=courier")


def test_pages_of_many(tmp_path):
    from starlette.testclient import TestClient

    from dotterel.web.app import create_app
    from dotterel.web.desk import Desk
    from sample import make_coding

    path = tmp_path / "d.duckdb"
    with open_store(path) as store:
        store.add_many(make_coding(f" Part {n}.") for n in range(60))
        report = store.query("SELECT min(id) AS id FROM reports").to_pylist()[0]["id"]
        store.accept(f"{report}-1")
    with TestClient(create_app(Desk(HeldStore(path))), base_url="http://127.0.0.1") as client:
        first, second = client.get("/reports").text, client.get("/reports?page=2").text
        assert (len(titles(first)), len(titles(second))) == (50, 10)
        assert "1–50 of 60" in first
        assert 'href="/reports?page=2"' in first
        assert (first + second).count("✓ 1 looked at") == 1


def test_failures_are_told_with_their_reasons(client):
    assert "Everything could be read" in client.get("/reports/failures").text
    with client.desk.store.writing() as store:
        store.add_failure(Failure("news/<b>.html", "holds no text", 3))
    page = client.get("/reports/failures").text
    assert "news/&lt;b&gt;.html" in page
    assert "holds no text" in page
    assert "1 input could not be read" in client.get("/reports").text
