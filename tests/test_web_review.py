"""The queue of events to be checked: what is in it, in which order, and a coder who goes through it by keys alone."""

from __future__ import annotations

import statistics
import time
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import duckdb
import pytest

from dotterel.errors import InUseError
from dotterel.store import Standing, open_store
from dotterel.types import Actor, Mention
from dotterel.web.event_now import EventNow
from dotterel.web.passage import CONTEXT, passage_of, roles
from dotterel.web.queue import Queue
from manners import faults
from sample import make_coding

CODINGS = [make_coding(f" It rained {n} times.") for n in range(4)]  # three acts each: 0.875, 0.5 and 0.6 sure
FIRST = CODINGS[0]
BOMBED, MET, MARCHED = (event.id for event in FIRST.events)
ALL = "/review?by=events"
EVIL = '<script>window.hit=1</script>"><img src=x onerror=window.hit=1>'


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "record.duckdb"
    with open_store(path) as store:
        store.add_many(CODINGS)
    return path


def events_of(page_text):
    """The events of the queue, as the page has them."""
    import json
    import re
    from html import unescape

    found = re.search(r'data-events="([^"]*)"', page_text)
    return json.loads(unescape(found[1])) if found else []


def confidences(client, events):
    with client.desk.store.reading() as store:
        rows = store.query("SELECT id, confidence FROM events").to_pylist()
    known = {row["id"]: row["confidence"] for row in rows}
    return [known[event] for event in events]


@pytest.mark.parametrize(
    ("query", "expected", "reason"),
    [
        ("by=events", [0.5] * 4 + [0.6] * 4 + [0.875] * 4, "least sure first"),
        ("by=events&order=most", [0.875] * 4 + [0.6] * 4 + [0.5] * 4, "most sure first"),
        ("", [0.5, 0.6, 0.875], "each act once, however many reports tell it"),
        ("by=events&type=PROTEST", [0.6] * 4, "as filtered"),
        ("by=events&sure=70", [0.875] * 4, "at least so sure"),
        ("by=events&from=10", [0.875] * 2, "behind the first ten"),
    ],
)
def test_what_is_in_the_queue(client, query, expected, reason):
    assert confidences(client, events_of(client.get(f"/review?{query}").text)) == expected, reason


def test_what_is_decided_leaves_the_queue_unless_it_is_asked_for(client):
    for path, event in (("accept", BOMBED), ("reject", MET)):
        client.post(f"/corrections/{path}", data={"event": event})
    assert not {BOMBED, MET} & set(events_of(client.get(ALL).text))
    shown = events_of(client.get(f"{ALL}&decided=1").text)
    assert BOMBED in shown
    assert MET not in shown, "what is rejected is found on /corrections"


def test_an_event_that_has_left_the_queue_is_shown_and_the_queue_begins_behind_it(client):
    client.post("/corrections/reject", data={"event": MET})
    page = client.get(f"{ALL}&event={MET}").text
    assert "Not in this queue" in page
    assert "Rejected" in page
    assert f"event={events_of(page)[0]}" in page


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ("order=best", 400, "there is no &#39;best&#39;"),
        ("from=x", 400, "no whole number"),
        ("by=words", 400, "choose one of"),
        ("event=nothing-1", 404, "There is no event nothing-1"),
        ("type=COERCE", 200, "No event answers these filters"),
        ("by=events&type=PROTEST&status=ongoing", 200, "<bdi>ongoing</bdi>"),
    ],
)
def test_what_the_page_tells(client, query, status, told):
    answer = client.get(f"/review?{query}")
    assert answer.status_code == status
    assert told in answer.text


def test_an_empty_queue_says_what_to_do_next(client, tmp_path):
    for event in (event for coding in CODINGS for event in coding.events):
        client.post("/corrections/accept", data={"event": event.id})
    page = client.get(ALL).text
    assert "Everything here is checked" in page
    assert "12 events answer, and somebody decided on each" in page


def test_a_database_without_events_says_where_they_come_from(tmp_path):
    from starlette.testclient import TestClient

    from dotterel.store import HeldStore
    from dotterel.web.app import create_app
    from dotterel.web.desk import Desk

    with open_store(tmp_path / "empty.duckdb"):
        pass
    with TestClient(create_app(Desk(HeldStore(tmp_path / "empty.duckdb"))), base_url="http://127.0.0.1") as client:
        assert "This database holds no events yet" in client.get("/review").text


def test_the_words_are_marked_in_their_paragraph():
    passage = passage_of(EventNow(FIRST.report, FIRST.events[0], Standing(4)))
    assert passage is not None
    marked = {s.text: (s.kinds, roles(s)) for s in passage.sentence if s.records}
    assert marked["bombed"] == (("trigger",), "")
    assert marked["Norland's air force"] == (("actor",), "who")
    assert marked["the Free Hills Front"] == (("actor",), "to whom")
    assert marked["on Monday"] == (("time",), "when")
    assert marked["Tarn"] == (("place",), "where")
    assert "".join(s.text for s in passage.before) == "NORSTAD (Wire) - "
    assert "".join(s.text for s in passage.after).startswith(" The Southern Brigade")


def test_a_long_paragraph_is_cut_around_the_sentence():
    text = "before " * 300 + "They met." + " after" * 300
    start = text.index("They")
    met = replace(
        FIRST.events[1], actors=(), mentions=(Mention("They met.", "met", start + 5, start + 8, start, start + 9),)
    )
    passage = passage_of(EventNow(replace(FIRST.report, text=text), met, Standing(1)))
    assert passage is not None
    assert (passage.cut_before, passage.cut_after) == (True, True)
    for part in (passage.before, passage.after):
        assert CONTEXT - 10 < len("".join(s.text for s in part)) < CONTEXT + 10
    assert passage.before[0].text.startswith(" before")


def test_where_an_event_stands_in_its_queue():
    queue = Queue(("a", "b", "c"), 9)
    assert [queue.beside(event) for event in ("a", "b", "c", "x")] == [
        (None, "b"),
        ("a", "c"),
        ("b", None),
        (None, "a"),
    ]
    assert Queue((), 0).beside("x") == (None, None)


# In the browser


def said(page, words):
    """Wait until the page says so, and shows the event that it is at: until then no key decides about it."""
    page.locator("#said", has_text=words).wait_for()
    for event in parse_qs(urlsplit(page.url).query).get("event", []):
        page.locator(f"#review article[data-event='{event}']").wait_for(state="attached")


def place(page):
    return int(page.locator("#progress strong").inner_text().split()[0])


def let_go(path):
    """The database, once the desk has let it go: it runs in this process, which opens a file in one way at a time."""
    for _ in range(600):
        try:
            return open_store(path, read_only=True)
        except (duckdb.Error, InUseError):
            time.sleep(0.1)
    raise AssertionError("the desk holds on to the database")


def held(database, columns="event_id, corrected"):
    with let_go(database) as store:
        rows = store.query(f"SELECT {columns} FROM event_rows").to_pylist()
        made = [(one.kind, one.acts[0].event_id, one.undone is None) for one in store.history()]
    return {event: tuple(rest) for event, *rest in (row.values() for row in rows)}, made[::-1]


def test_ten_events_by_keys_alone(database, serving, page):
    page.goto(serving(database) + ALL)
    ids = page.evaluate("JSON.parse(document.querySelector('#review').dataset.events)")
    assert page.evaluate("document.activeElement.dataset.event") == ids[0]
    for number, (key, words) in enumerate(
        [("a", "Accepted"), ("r", "Rejected"), ("a", "Accepted"), ("a", "Accepted"), ("r", "Rejected")], 1
    ):
        assert place(page) == number
        page.keyboard.press(key)
        said(page, f"{words}: number {number}.")
    page.keyboard.press("s")  # the sixth is passed over
    page.keyboard.press("e")  # the seventh is planned, and in Tarn
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("planned")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.type("Tarn")
    page.keyboard.press("Control+Enter")
    said(page, "Saved: status planned, place Tarn.")
    assert place(page) == 7
    assert page.locator(".reviewing .decided").inner_text() == "Edited"
    page.keyboard.press("j")
    page.keyboard.press("r")  # the eighth, by mistake
    said(page, "Rejected: number 8.")
    page.keyboard.press("u")
    said(page, "is undone")
    assert place(page) == 8
    page.keyboard.press("a")
    said(page, "Accepted: number 8.")
    page.keyboard.press("e")  # the ninth is looked at in the form, and left
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("k")
    page.keyboard.press("a")
    said(page, "Accepted: number 9.")
    page.keyboard.press("r")
    said(page, "Rejected: number 10.")
    assert place(page) == 11

    corrected, made = held(database, "event_id, corrected, status, place")
    of = {n: corrected.get(event, ("rejected",)) for n, event in enumerate(ids, 1)}
    assert [of[n][0] for n in range(1, 12)] == [
        "accepted", "rejected", "accepted", "accepted", "rejected", None, "edited", "accepted", "accepted", "rejected",
        None,
    ]  # fmt: skip
    assert of[7][1:] == ("planned", "Tarn")
    assert [kind for kind, _, holds in made if holds].count("accept") == 5
    assert ("reject", ids[7], False) in made


def test_the_next_event_is_there_at_once(database, serving, page):
    page.goto(serving(database) + ALL)
    page.wait_for_load_state("networkidle")
    took = [page.evaluate(MOVE) for _ in range(7)]
    assert place(page) == 8
    assert statistics.median(took) < 100, took


MOVE = """async () => {
  const begun = performance.now();
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key: "j", bubbles: true }));
  const there = document.querySelector("#review");
  await new Promise((done) => {
    new MutationObserver((_, one) => { one.disconnect(); done(); }).observe(there, { childList: true });
  });
  const took = performance.now() - begun;
  await new Promise((done) => setTimeout(done, 150));
  return took;
}"""


def test_the_batch_holds_over_a_reload_and_ends_by_telling_what_was_done(database, serving, page):
    page.goto(serving(database) + "/review?by=events&type=PROTEST")
    for key, words in (("a", "Accepted: number 1."), ("r", "Rejected: number 2.")):
        page.keyboard.press(key)
        said(page, words)
    page.reload()
    assert page.locator("#progress strong").inner_text() == "3 of 4", "those decided are counted on"
    page.keyboard.press("s")
    page.keyboard.press("s")
    page.locator("#end").wait_for()
    assert page.locator("#end h2").inner_text() == "That was the last"
    assert page.locator("#end p").first.inner_text() == "1 accepted, 1 rejected, 0 edited, 2 left as they are."
    page.keyboard.press("k")
    assert place(page) == 4
    page.keyboard.press("u")
    said(page, "is undone")
    assert place(page) == 2, "what was decided before the reload can be undone after it"


def test_a_decision_that_is_not_kept_brings_its_event_back(database, serving, page):
    page.goto(serving(database) + ALL)
    page.route("**/corrections/accept", lambda route: route.abort())
    page.keyboard.press("a")
    said(page, "The desk does not answer")
    assert place(page) == 1
    assert held(database)[1] == []
    page.told.clear()  # the request that failed


def test_a_form_that_is_not_right_stays_open_and_tells(database, serving, page):
    page.goto(serving(database) + ALL)
    page.keyboard.press("e")
    page.get_by_label("Where").fill("Tarn")
    page.evaluate("document.querySelector('.editing [name=date]').removeAttribute('pattern')")
    page.get_by_label("When").fill("last Monday")
    page.keyboard.press("Control+Enter")
    page.locator(".editing .told", has_text="is no date").wait_for()
    assert page.get_by_label("Where").input_value() == "Tarn", "nothing that was written is lost"
    page.told.clear()  # the answer 400


def test_names_are_completed_as_they_are_typed(database, serving, page):
    page.goto(serving(database) + ALL)
    page.keyboard.press("e")
    page.get_by_label("Who, one more").press_sequentially("south")
    page.locator("datalist option[value='Southern Brigade']").wait_for(state="attached")
    assert page.locator(".editing fieldset").first.locator("input").count() == 4, "an empty line more"


def test_the_modes_follow_the_type(database, serving, page):
    page.goto(serving(database) + f"{ALL}&event={BOMBED}")
    page.keyboard.press("e")
    assert page.get_by_label("How").input_value() == "aerial"
    page.get_by_label("What was done").select_option("COERCE")
    assert page.get_by_label("How").input_value() == ""
    modes = page.get_by_label("How").locator("option").all_inner_texts()
    assert "arrest" in modes
    assert "aerial" not in modes


def test_keys_can_be_turned_off(database, serving, page):
    page.goto(serving(database) + ALL)
    page.keyboard.press("?")
    page.get_by_label("Single keys do this").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    assert place(page) == 1
    page.get_by_role("button", name="Accept").click()
    said(page, "Accepted: number 1.")


def test_it_works_without_scripts(database, serving, chromium):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(serving(database) + ALL)
    first = page.locator("article").get_attribute("data-event")
    page.get_by_role("button", name="Accept").click()
    assert page.locator("#notice").inner_text() == "Accepted."
    assert page.locator("article").get_attribute("data-event") != first
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("Status").select_option("planned")
    page.get_by_role("button", name="Save").click()
    assert page.locator("#notice").inner_text() == "Saved: status planned."
    context.close()
    assert held(database)[0][first] == ("accepted",)


def test_words_of_a_hostile_report_stay_words(database, serving, page):
    report = replace(FIRST.report, id="evil", title=EVIL, text=f"{EVIL}\n\nX {EVIL} met Y.", source=EVIL)
    start = report.text.index("X <")
    mention = Mention(report.text[start:], "met", len(report.text) - 6, len(report.text) - 3, start, len(report.text))
    actor = replace(FIRST.events[1].actors[0], actor=Actor(f"person:{EVIL}", EVIL), text=EVIL, start=start + 2)
    actor = replace(actor, end=start + 2 + len(EVIL))
    event = replace(FIRST.events[1], id="evil-1", actors=(actor,), mentions=(mention,), reason=EVIL, confidence=0.01)
    with open_store(database) as store:
        store.add(
            replace(
                FIRST, report=report, events=(event,), quotes=(), figures=(), stances=(), attributions=(), places=()
            )
        )
        store.accept("evil-1", note=EVIL, by=EVIL[:80])
    address = serving(database)
    for path in (f"{ALL}&decided=1", "/corrections", "/corrections/edit?event=evil-1"):
        page.goto(address + path)
        assert EVIL in page.locator("main").inner_text(), path
        assert page.evaluate("window.hit") is None, path
    page.goto(address + f"{ALL}&decided=1")
    page.keyboard.press("e")
    assert page.get_by_label("Who, 1").input_value() == EVIL
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert EVIL in page.locator("article[data-event='evil-1'] .told-in").inner_text()
    assert page.evaluate("window.hit") is None


def test_nobody_is_kept_out(database, serving, page):
    with open_store(database) as store:
        store.edit(MET, status="planned", note="why", by="Ada")
        store.undo_correction(store.reject(MARCHED))
        store.merge("group:southern-brigade", "group:free-hills-front")
    address = serving(database)
    for path, key in ((ALL, None), (ALL, "e"), (ALL, "?"), ("/review?type=COERCE", None), ("/corrections", None),
                      ("/corrections?kind=join", None), (f"/corrections/edit?event={BOMBED}", None)):  # fmt: skip
        page.goto(address + path)
        if key:
            page.keyboard.press(key)
        assert faults(page) == [], (path, key)
