"""The walk of somebody new to the desk, in a browser: from the first page to an answer, and who says so."""

from __future__ import annotations

import re

import pytest

from manners import faults

DAY = "2015-11-26"
QUESTION = f"/record?a=France&b=Russia&since={DAY}&until={DAY}"


def shows(page, place, words):
    """Wait until a place of the page shows the words."""
    page.locator(place, has_text=words).wait_for()


def test_what_france_and_russia_did_on_a_day_and_who_says_so(database, serving, page):
    page.goto(serving(database))
    page.get_by_label("Who", exact=True).fill("France")
    page.get_by_label("with or toward whom").fill("Russia")
    page.get_by_label("on the day, or from").fill("26 November 2015")
    page.get_by_role("button", name="Find").click()
    page.wait_for_url("**/record?**")
    assert page.url.endswith(QUESTION)
    assert page.locator("h1").inner_text() == "France with or toward Russia, 26 November 2015"
    row = page.get_by_role("row").filter(has_text="François Hollande and Vladimir Putin")
    told = " ".join(row.inner_text().split())
    assert "AGREE with one another" in told
    assert "the report itself in France and Russia to share intelligence on Islamic State 2015-11-26" in told
    assert row.locator("mark").inner_text() == "agreed"
    row.get_by_role("link", name="France and Russia to share").click()
    page.wait_for_url("**/reports/**")
    assert "exchange intelligence on Islamic State" in page.locator("main").inner_text()


def test_a_filter_changes_the_grid_without_loading_the_page(database, serving, page):
    page.goto(serving(database) + "/record")
    page.evaluate("window.same = true")
    page.locator("select[name=type]").select_option("ASSAULT")
    page.wait_for_url("**/record?type=ASSAULT")
    shows(page, "#count", "17 acts")
    page.get_by_label("From", exact=True).fill("November 2015")
    page.get_by_label("From", exact=True).press("Enter")
    page.wait_for_url("**/record?type=ASSAULT&since=2015-11")
    page.get_by_role("link", name="Take out: Type: ASSAULT").click()
    page.wait_for_url(re.compile(r"/record\?since=2015-11$"))
    assert page.locator("select[name=type]").input_value() == "", "the form follows"
    page.go_back()
    page.wait_for_url("**/record?type=ASSAULT&since=2015-11")
    shows(page, ".chips", "Type: ASSAULT")
    assert page.locator("select[name=type]").input_value() == "ASSAULT"
    assert page.evaluate("window.same"), "the page was never loaded anew"
    page.reload()
    assert page.locator("select[name=type]").input_value() == "ASSAULT", "and the address holds the view"


@pytest.mark.parametrize("path", ["/record", "/map"])
def test_enter_in_a_changed_field_asks_once(database, serving, page, path):
    page.goto(serving(database) + path)
    asked = []
    page.on("request", lambda sent: asked.append(sent.url) if f"{path}?since=" in sent.url else None)
    page.get_by_label("From", exact=True).fill("2015-11")
    page.get_by_label("From", exact=True).press("Enter")
    page.wait_for_url(re.compile(rf"{path}\?since=2015-11(#.*)?$"))
    page.wait_for_load_state("networkidle")
    assert len(asked) == 1, "the change and the sending of the form are one question"


def test_what_cannot_be_asked_is_told_beside_what_was_there(database, serving, page):
    page.goto(serving(database) + "/record")
    page.get_by_label("From", exact=True).fill("soon")
    page.get_by_label("From", exact=True).press("Enter")
    page.wait_for_selector("#notice.failed")
    assert "'soon' is no date" in page.locator("#notice").inner_text()
    shows(page, "#count", "122 acts")
    page.told[:] = [one for one in page.told if "400" not in one]


def test_columns_sorting_and_pages(database, serving, page):
    page.goto(serving(database) + "/record?size=25")
    page.get_by_text("Columns", exact=True).click()
    page.get_by_label("How sure").check()
    page.wait_for_selector("th.c-confidence")
    page.get_by_role("link", name="How sure").click()
    page.wait_for_selector("th.c-confidence[aria-sort=descending]")
    assert page.evaluate("document.activeElement.textContent").startswith("How sure"), "the focus stays"
    page.get_by_role("link", name="Next").click()
    page.wait_for_url("**page=2**")
    shows(page, ".pages p:first-child", "26–50 of 122")
    page.locator(".jump input[name=page]").fill("5")
    page.get_by_role("button", name="Go").click()
    shows(page, ".pages p:first-child", "101–122 of 122")
    assert "columns=" in page.url
    assert "sort=confidence" in page.url


def test_with_keys_alone(database, serving, page):
    page.goto(serving(database))
    for _ in range(30):
        if page.evaluate("document.activeElement.name") == "a":
            break
        page.keyboard.press("Tab")
    page.keyboard.type("France")
    page.keyboard.press("Tab")
    page.keyboard.type("Russia")
    page.keyboard.press("Tab")
    page.keyboard.type(DAY)
    page.keyboard.press("Enter")
    page.wait_for_url("**" + QUESTION)
    for _ in range(60):
        if page.evaluate("document.activeElement.getAttribute('href')?.startsWith('/reports/') ?? false"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/4bb20cbd7261bc29?event=*")


def test_without_scripts(database, serving, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(serving(database) + "/record")
    page.locator("select[name=type]").select_option("ASSAULT")
    page.get_by_text("Columns", exact=True).click()
    page.get_by_label("Where", exact=True).uncheck()
    page.get_by_role("button", name="Show", exact=True).click()
    assert "/record?type=ASSAULT&columns=date%2Cactors%2Ctype%2Crecipients%2Caccording_to%2Csentence" in page.url
    shows(page, "#count", "17 acts")
    context.close()


@pytest.mark.parametrize(
    "path", ["/", "/record", QUESTION, "/record?a=Atlantis", "/reports?q=ceasefire", "/reports/failures"]
)
def test_nobody_is_kept_out(database, serving, page, path):
    page.goto(serving(database) + path)
    page.evaluate("document.querySelectorAll('main details').forEach((one) => (one.open = true))")
    assert faults(page) == []
