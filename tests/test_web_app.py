"""The desk as a whole: who may ask, what every answer carries, and what is told when something goes wrong."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from dotterel.store import HeldStore
from dotterel.web.app import create_app
from dotterel.web.desk import Desk

TOKEN = "a token of some length"


@pytest.mark.parametrize(
    ("headers", "status", "reason"),
    [
        ({}, 200, "this machine asks by its own name"),
        ({"host": "localhost:8377"}, 200, "and by its other name"),
        ({"host": "[::1]:8377"}, 200, "and by its address of version 6"),
        ({"host": "evil.example"}, 421, "a name of elsewhere that was made to lead here"),
    ],
)
def test_hosts(client, headers, status, reason):
    assert client.get("/", headers=headers).status_code == status, reason


def test_every_answer_carries_a_strict_policy(client):
    for path in ("/", "/no/such/page", "/static/desk.css"):
        headers = client.get(path).headers
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/static/desk.js", "/bokeh/bokeh.min.js"])
def test_scripts_are_kept_by_the_browser_and_asked_after(client, path):
    answer = client.get(path)
    assert answer.headers["cache-control"] == "no-cache"
    assert client.get(path, headers={"if-none-match": answer.headers["etag"]}).status_code == 304


def test_a_page_that_is_not_there_is_told(client):
    answer = client.get("/no/such/page")
    assert answer.status_code == 404
    assert "There is no such page here." in answer.text


@pytest.mark.parametrize(
    ("cookies", "path", "status", "reason"),
    [
        ({}, "/", 401, "nothing is shown"),
        ({}, f"/?token={TOKEN}x", 401, "the token is wrong"),
        ({}, f"/?token={TOKEN}", 303, "the token in the address is made a cookie"),
        ({"dotterel_token": TOKEN}, "/", 200, "the cookie is shown"),
        ({"dotterel_token": "tökén"}, "/", 401, "letters that are none of a token"),
    ],
)
def test_tokens(database, cookies, path, status, reason):
    app = create_app(Desk(HeldStore(database), host="0.0.0.0", token=TOKEN))
    with TestClient(app, base_url="http://10.0.0.5", follow_redirects=False) as client:
        cookie = "; ".join(f"{k}={v}" for k, v in cookies.items())
        headers = {"cookie": cookie.encode("latin-1")} if cookie else {}
        assert client.get(path, headers=headers).status_code == status, reason


def test_a_page_in_the_browser(database, serving, page):
    page.goto(serving(database))
    assert page.locator("h1").inner_text() == "Who did what to whom, and who says so"
    page.get_by_role("button", name="Switch between light and dark").click()
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.reload()
    assert page.locator("html").get_attribute("data-theme") == "dark", "the choice holds"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_page_has_the_theme_of_the_system_where_none_was_chosen(database, serving, page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(serving(database))
    assert page.locator("html").get_attribute("data-theme") == scheme


@pytest.mark.parametrize(
    "path",
    ["/record?", "/dyad?a=USA&b=RUS&by=year&", "/dyad/plot?a=USA&b=RUS&by=year&", "/dyad/plot?a=USA&b=RUS&", "/dyads?",
     "/map?", "/network?", "/tallies?", "/reports?"],
)  # fmt: skip
@pytest.mark.parametrize(
    "days",
    [
        "since=0001-01-01&until=0001-01-01",
        "since=9999-12-31&until=9999-12-31",
        "since=0001&until=9999",
        "since=9999-12",
    ],
)
def test_the_first_and_the_last_days_there_are_can_be_asked_for(client, path, days):
    assert client.get(path + days).status_code in (200, 400)
