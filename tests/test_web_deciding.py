"""What a person decides in a browser stands in the store, field by field, and is taken back; also without scripts."""

from __future__ import annotations

import re
import shutil

import pytest

from dotterel.store import open_store
from sample import make_coding

CODING, OTHER = make_coding(), make_coding(" It rained.")
ID = CODING.report.id
BOMBED, MET, MARCHED = (event.id for event in CODING.events)
AGAIN = OTHER.events[0].id
FRONT = "group:free-hills-front"
NOW = "SELECT type, mode, status, date, place, place_country, actors, recipients FROM event_rows WHERE event_id = $id"
BEFORE = ("ASSAULT", "aerial", "occurred", "2021-03-15", "Tarn", "NOR", "Norland Air Force", "Free Hills Front")


@pytest.fixture
def database(two_reports):
    return two_reports


def held(database, sql, **values):
    """Rows of the store, read from a copy, for the desk holds the file a while."""
    with open_store(shutil.copy(database, database.with_name("copy.duckdb")), read_only=True) as store:
        return [tuple(row.values()) for row in store.query(sql, values).to_pylist()]


def notice(page, words):
    page.locator("#notice", has_text=words).wait_for()


def undo_on_list(page, at, name):
    """Take a decision back in the list of all."""
    page.goto(f"{at}/corrections")
    page.get_by_role("button", name=name).press("Enter")
    notice(page, "undone")


CHOSEN = {"type": "COERCE", "mode": "arrest", "status": "planned"}
WRITTEN = {"date": "2021-03", "place": "Aleppo, SYR", "note": "told otherwise"}


def test_every_field_of_an_event_is_edited_and_all_of_it_is_undone(database, serving, page):
    at = serving(database)
    page.goto(f"{at}/reports/{ID}?event={BOMBED}")
    page.keyboard.press("e")
    form = page.locator(".editing")
    for name, value in CHOSEN.items():
        form.locator(f"select[name={name}]").select_option(value)
    for name, value in WRITTEN.items():
        form.locator(f"input[name={name}]").fill(value)
    form.get_by_label("Who, 1").fill("Southern Brigade")
    form.get_by_label("Who, one more").fill("France")
    form.get_by_label("To whom, 1").fill("")
    form.get_by_label("To whom, one more").fill("Some New Band")
    page.keyboard.press("Control+Enter")
    notice(page, "Saved: type COERCE")
    edited = ("COERCE", "arrest", "planned", "2021-03", "Aleppo", "SYR", "Southern Brigade; France", "Some New Band")
    assert held(database, NOW, id=BOMBED) == [edited]
    assert held(database, "SELECT DISTINCT note FROM corrections") == [("told otherwise",)]
    card = page.locator(f"[data-event='{BOMBED}']").first
    assert "Some New Band" in card.inner_text()
    undo_on_list(page, at, re.compile("Undo what was edited"))
    assert held(database, NOW, id=BOMBED) == [BEFORE]


def test_an_event_added_by_selecting_words_is_undone_in_the_list(database, serving, page):
    at = serving(database)
    page.goto(f"{at}/reports/{ID}")
    page.get_by_text("claimed responsibility").first.dblclick()
    page.get_by_role("button", name="Add an event").click()
    words = page.locator("input[name=words]").input_value()
    page.locator("#adding select[name=type]").select_option("ACCUSE")
    page.locator("#adding select[name=status]").select_option("negated")
    page.locator("#adding").get_by_label("Date").fill("2021-03-14")
    page.locator("#adding").get_by_label("Place").fill("Tarn")
    page.locator("#adding").get_by_label("Who, 1", exact=True).fill("Southern Brigade")
    page.locator("#adding").get_by_label("To whom, 1", exact=True).fill("Norland Air Force")
    page.get_by_role("button", name="Add the event").click()
    notice(page, "Added ACCUSE")
    added = "SELECT trigger, type, status, date, place, actors, recipients FROM event_rows WHERE corrected = 'added'"
    expected = (words, "ACCUSE", "negated", "2021-03-14", "Tarn", "Southern Brigade", "Norland Air Force")
    assert held(database, added) == [expected]
    undo_on_list(page, at, re.compile("Undo what was added"))
    assert held(database, added) == []


def test_mentions_are_split_off_and_that_is_undone(database, serving, page):
    at = serving(database)
    page.goto(f"{at}/actors/{FRONT}")
    page.get_by_text("These are somebody else").first.press("Enter")
    page.get_by_label("Who is meant").first.fill("Hill People's Union")
    page.get_by_label("Who is meant").first.press("Enter")
    notice(page, "Those mentions are of Hill People's Union from now on.")
    recipients = "SELECT DISTINCT recipients FROM event_rows WHERE type = 'ASSAULT'"
    assert held(database, recipients) == [("Hill People's Union",)]
    undo_on_list(page, at, re.compile("Undo what was split"))
    assert held(database, recipients) == [("Free Hills Front",)]


def test_an_actor_is_another_from_its_page_and_that_is_undone(database, serving, page):
    at = serving(database)
    page.goto(f"{at}/actors/group:southern-brigade")
    page.get_by_label("is the same as (id)").fill(FRONT)
    page.get_by_role("button", name="Merge").press("Enter")
    page.wait_for_url(f"{at}/actors/{FRONT}")
    claims = "SELECT DISTINCT name FROM parties WHERE role = 'claimed_by'"
    assert held(database, claims) == [("Free Hills Front",)]
    page.get_by_role("button", name=re.compile("Undo")).first.press("Enter")
    notice(page, "undone")
    assert held(database, claims) == [("Southern Brigade",)]


def test_events_are_joined_and_that_is_undone(database, serving, page):
    at = serving(database)
    together = "SELECT count(DISTINCT linked_id) FROM linked_members WHERE event_id IN ($a, $b)"
    page.goto(f"{at}/events/{BOMBED}")
    page.get_by_label("Id of the other event").fill(f"L-{MARCHED}")
    page.get_by_role("button", name="Join", exact=True).last.press("Enter")
    notice(page, "They are one act from now on.")
    assert held(database, together, a=BOMBED, b=MARCHED) == [(1,)]
    page.get_by_role("button", name=re.compile("Undo the join")).press("Enter")
    notice(page, "undone")
    assert held(database, together, a=BOMBED, b=MARCHED) == [(2,)]


def test_all_of_it_works_without_scripts(database, serving, chromium):
    at = serving(database)
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{at}/reports/{ID}?event={BOMBED}")
        card = page.locator(f"[data-event='{BOMBED}']").first
        card.get_by_role("button", name="Accept").click()
        assert page.locator("#notice").inner_text() == "Accepted."
        assert held(database, "SELECT corrected FROM event_rows WHERE event_id = $id", id=BOMBED) == [("accepted",)]
        card.get_by_role("link", name="Edit").click()
        page.get_by_label("Status").select_option("planned")
        page.get_by_role("button", name="Save").click()
        assert "Saved: status planned." in page.locator("#notice").inner_text()
        page.goto(f"{at}/reports/{ID}?event={MET}")
        page.locator(f"[data-event='{MET}']").first.get_by_role("button", name="Reject").click()
        assert held(database, "SELECT 1 FROM event_rows WHERE event_id = $id", id=MET) == []
        page.goto(f"{at}/corrections")
        for _ in range(3):
            page.get_by_role("button", name=re.compile("Undo")).first.click()
        assert held(database, NOW, id=BOMBED) == [BEFORE]
        assert held(database, "SELECT count(*) FROM corrections WHERE undone IS NULL") == [(0,)]
