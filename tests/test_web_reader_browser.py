"""The reader in a browser: records and words light each other up, by mouse and keys; an event is added by selecting."""

from __future__ import annotations

import re
import shutil

import pytest

from dotterel import Coder
from dotterel.reading.text import report_from_text
from dotterel.store import open_store
from hostile import hostile_coding
from manners import faults

BIRDS = (
    "Envoys 🕊 of two kingdoms gather\n\n🕊🕊 Norway's prime minister visited Sweden on Monday. 🕊 Denmark wrote to "
    "Finland, and Norway toasted Iceland.\n\nNorway toasted Iceland again."
)


def lit(page):
    """The words that are lit up, in order, and the ids of the records."""
    words = page.locator(".seg.lit").all_inner_texts()
    return words, [card.get_attribute("id") for card in page.locator(".record.lit").all()]


def reader(page, serving, database, begins="France and Russia", query=""):
    """Open the report whose title begins so."""
    with open_store(database, read_only=True) as store:
        coding = next(c for c in store.codings() if (c.report.title or c.report.text).startswith(begins))
    page.goto(f"{serving(database)}/reports/{coding.report.id}{query}")
    return coding


def test_a_record_lights_up_its_words_and_words_their_record(database, serving, page):
    coding = reader(page, serving, database)
    event = next(e for e in coding.events if e.claimed_by and len(e.mentions) > 1)
    card = page.locator(f"[id='event-{event.id}']")
    card.locator(".point").click()
    words, records = lit(page)
    assert records == [f"event-{event.id}"]
    for mention in (*event.actors, *event.recipients):
        assert mention.text in "".join(words)
    assert page.locator("#lit-told").inner_text().startswith(event.type)
    assert f"event={event.id}" in page.url
    page.keyboard.press("Escape")
    assert lit(page) == ([], [])
    assert "event=" not in page.url
    trigger = page.locator(f".seg[data-start='{event.mentions[0].start}']")
    trigger.click()
    assert f"event-{event.id}" in lit(page)[1]
    page.reload()
    assert f"event-{event.id}" in lit(page)[1], "the address holds what is lit up"


def test_the_same_words_again_light_up_what_is_around_them(database, serving, page):
    reader(page, serving, database)
    inside = page.locator("#text .seg.trigger.quote").first
    inside.click()
    first = lit(page)[1]
    inside.click()
    assert first[0].startswith("event-")
    assert not set(first) & set(lit(page)[1])


def test_keys(database, serving, page):
    coding = reader(page, serving, database)
    page.keyboard.press("n")
    page.keyboard.press("n")
    second = lit(page)[1]
    page.keyboard.press("n")
    page.keyboard.press("p")
    assert lit(page)[1] == second
    assert page.evaluate("document.activeElement.className") == "point"
    page.keyboard.press("Escape")
    page.locator(".seg[tabindex='0']").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert lit(page)[0]
    assert coding.events


def test_an_anchor_lights_up_an_event(database, serving, page):
    coding = reader(page, serving, database)
    event, here = coding.events[-1].id, page.url
    page.goto("about:blank")
    page.goto(f"{here}#event-{event}")
    assert lit(page)[1] == [f"event-{event}"]


def test_kinds_are_switched_off_and_the_address_says_so(database, serving, page):
    reader(page, serving, database)
    actor = page.locator("#text .seg.actor:not(.trigger):not(.place)").first
    assert "dotted" in actor.evaluate("e => getComputedStyle(e).borderBottomStyle")
    page.get_by_label("who", exact=True).uncheck()
    assert "dotted" not in actor.evaluate("e => getComputedStyle(e).borderBottomStyle")
    page.reload()
    assert not page.get_by_label("who", exact=True).is_checked()
    assert "kinds=time" in page.url
    assert "kinds=actor" not in page.url


def select(page, words, nth=0):
    """Select words of the text as a mouse would."""
    assert page.evaluate(
        """([words, nth]) => {
            for (const block of document.querySelectorAll("[data-from]")) {
                const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
                const nodes = [];
                while (walker.nextNode()) nodes.push(walker.currentNode);
                const whole = nodes.map((n) => n.data).join("");
                let at = -1;
                while ((at = whole.indexOf(words, at + 1)) >= 0) {
                    if (nth-- > 0) continue;
                    const range = document.createRange();
                    let seen = 0;
                    for (const node of nodes) {
                        const from = at - seen, to = at + words.length - seen;
                        if (from >= 0 && from <= node.length) range.setStart(node, from);
                        if (to > 0 && to <= node.length) range.setEnd(node, to);
                        seen += node.length;
                    }
                    getSelection().removeAllRanges();
                    getSelection().addRange(range);
                    return true;
                }
            }
            return false;
        }""",
        [words, nth],
    )


@pytest.fixture
def birds(database):
    """A database with a report that has letters beyond the first plane."""
    coding = Coder().code(report_from_text(BIRDS, published=None))
    with open_store(database) as store:
        store.add(coding)
    return coding


def corrections(database, report):
    """What was decided about a report; read from a copy, for the desk holds the file a while."""
    with open_store(shutil.copy(database, database.with_name("copy.duckdb")), read_only=True) as store:
        return store.query(
            "SELECT type, field, value, start_char, end_char FROM corrections WHERE report_id = $r", {"r": report.id}
        ).to_pylist()


def test_an_event_is_added_by_selecting_words(birds, database, serving, page):
    reader(page, serving, database, "Envoys")
    select(page, "toasted", nth=1)
    page.get_by_role("button", name="Add an event").click()
    assert page.locator("input[name=words]").input_value() == "toasted"
    page.locator("select[name=type]").select_option("COOPERATE")
    who = page.locator("input[name=actors]").first
    if not who.input_value():
        who.fill("Norway")
    page.locator("input[name=recipients]").first.fill("Iceland")
    with page.expect_navigation():
        page.get_by_role("button", name="Add the event").click()
    rows = corrections(database, birds.report)
    text = birds.report.text
    assert {(row["start_char"], row["end_char"]) for row in rows} == {
        (text.rindex("toasted"), text.rindex("toasted") + 7)
    }
    assert rows[0]["type"] == "COOPERATE"
    words, records = lit(page)
    assert "toasted" in words
    assert re.fullmatch(rf"event-{birds.report.id}-c\d+", records[0])
    assert "Added COOPERATE" in page.locator("#notice").inner_text()


def test_an_event_is_added_by_keys_alone(birds, database, serving, page):
    reader(page, serving, database, "Envoys")
    page.keyboard.press("m")
    page.keyboard.type("toasted")
    assert "Place 1 of 2" in page.locator("#words-found").inner_text()
    page.get_by_role("button", name="The next place").press("Enter")
    assert "Place 2 of 2" in page.locator("#words-found").inner_text()
    page.locator("select[name=type]").focus()
    page.keyboard.type("CONS")
    page.locator("input[name=words]").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    (row, *_) = corrections(database, birds.report)
    assert (row["type"], row["start_char"]) == ("CONSULT", birds.report.text.rindex("toasted"))


def test_whoever_is_named_in_the_sentence_is_filled_in(database, serving, page):
    coding = reader(page, serving, database)
    event = next(e for e in coding.events if e.actors and e.recipients and e.actors[0].end < e.mentions[0].start)
    trigger = event.mentions[0]
    select(page, trigger.trigger, coding.report.text[: trigger.start].count(trigger.trigger))
    page.keyboard.press("m")
    filled = [one.input_value() for one in page.locator("input[name=actors]").all()]
    assert event.actors[0].actor.name in filled
    page.keyboard.press("Escape")
    assert not page.locator("#adding").evaluate("e => e.open")


def test_what_cannot_be_added_is_told_and_the_form_is_kept(birds, database, serving, page):
    reader(page, serving, database, "Envoys")
    page.keyboard.press("m")
    page.keyboard.type("no such words")
    assert "do not stand in the text" in page.locator("#words-found").inner_text()
    page.locator("select[name=type]").select_option("CONSULT")
    page.get_by_role("button", name="Add the event").click()
    page.locator("#notice.failed").wait_for()
    assert "no such words" in page.locator("#notice").inner_text()
    assert page.locator("input[name=words]").input_value() == "no such words"
    page.told[:] = [told for told in page.told if "400" not in told]


def test_a_hostile_report_runs_nothing(database, serving, page):
    with open_store(database) as store:
        store.add(hostile_coding())
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page.goto(f"{serving(database)}/reports/bad0?event=bad0-1")
    assert lit(page)[1] == ["event-bad0-1"]
    page.locator("details").evaluate_all("all => all.forEach((one) => (one.open = true))")
    assert page.locator("main img, main script, main b, main i").count() == 0
    assert page.locator("a[href^='javascript']").count() == 0
    assert page.locator("#text [data-from]").count() == 2
    select(page, "The last line")
    page.keyboard.press("m")
    text = hostile_coding().report.text
    assert page.locator("input[name=start]").input_value() == str(text.index("The last line"))
    assert not dialogs


def test_no_serious_fault_and_no_sideways_scroll(database, serving, page):
    coding = reader(page, serving, database)
    page.locator(".record .point").nth(3).click()
    page.locator("#adding summary").click()
    page.locator(".why summary").first.click()
    assert faults(page) == []
    assert coding.events


def test_events_are_checked_without_leaving_the_text(database, serving, page):
    coding = reader(page, serving, database)
    page.keyboard.press("n")
    first = lit(page)[1][0]
    card = page.locator(f"[id='{first}']")
    page.keyboard.press("a")
    card.get_by_text("Accepted", exact=True).wait_for()
    assert "accepted by hand" in card.inner_text()
    page.keyboard.press("n")
    second = lit(page)[1][0]
    page.keyboard.press("r")
    page.locator(f".rejected [id='{second}']").wait_for(state="attached")
    third = lit(page)[1][0]
    assert third not in (first, second)
    assert page.evaluate("document.activeElement.className") == "point", "the next one is at hand"
    page.keyboard.press("u")
    page.locator(f".record.lit[id='{second}']").wait_for()
    assert not page.locator(".rejected").count()
    page.keyboard.press("e")
    page.locator(".editing select[name=status]").select_option("planned")
    page.locator(".editing").get_by_role("button", name="Save").click()
    page.locator(f"[id='{second}'] .by-hand").wait_for()
    assert "planned" in page.locator(f"[id='{second}'] .point").inner_text()
    kinds = [row["type"] for row in corrections(database, coding.report)]
    assert len(kinds) == 3
