"""What is decided at the desk stands in the store, can be undone, and needs a form of the desk's own."""

from __future__ import annotations

import pytest
from starlette.routing import Route

from dotterel.web.app import create_app
from dotterel.web.correcting import login, named, shortened
from dotterel.web.desk import Desk
from sample import BODY, make_coding

CODING, OTHER = make_coding(), make_coding(" It rained.")
ID = CODING.report.id
BOMBED, MET, MARCHED = (event.id for event in CODING.events)
AGAIN = OTHER.events[0].id
BRIGADE = "group:southern-brigade"
FRONT = "group:free-hills-front"
JSON = {"accept": "application/json"}


@pytest.fixture
def database(two_reports):
    return two_reports


def asked(client, sql, **values):
    with client.desk.store.reading() as store:
        return [tuple(row.values()) for row in store.query(sql, values).to_pylist()]


def send(client, path, **fields):
    """What a script is answered."""
    answer = client.post(path, data=fields, headers=JSON)
    assert answer.status_code == 200, answer.text
    return answer.json()


def act(client, columns, event=BOMBED):
    (row,) = asked(client, f"SELECT {columns} FROM event_rows WHERE event_id = $id", id=event)
    return row


@pytest.mark.parametrize(
    ("path", "fields", "columns", "expected"),
    [
        ("accept", {}, "type, corrected", ("ASSAULT", "accepted")),
        ("edit", {"type": "coerce"}, "type, mode, corrected", ("COERCE", None, "edited")),
        ("edit", {"type": "COERCE", "mode": "arrest"}, "type, mode", ("COERCE", "arrest")),
        ("edit", {"mode": "heavy-weapons"}, "type, mode", ("ASSAULT", "heavy-weapons")),
        ("edit", {"status": "planned"}, "type, status, actors", ("ASSAULT", "planned", "Norland Air Force")),
        ("edit", {"date": "2021-03"}, "date", ("2021-03",)),
        ("edit", {"date": ""}, "date", (None,)),
        ("edit", {"place": "Aleppo, SYR"}, "place, place_country", ("Aleppo", "SYR")),
        ("edit", {"actors": ["France", BRIGADE]}, "actors", ("France; Southern Brigade",)),
        ("edit", {"recipients": ""}, "actors, recipients", ("Norland Air Force", None)),
        ("edit", {"recipients": ["", "Some New Band"]}, "recipients", ("Some New Band",)),
    ],
)  # fmt: skip
def test_an_act_is_corrected_and_that_is_undone(client, path, fields, columns, expected):
    before = act(client, columns)
    answer = send(client, f"/corrections/{path}", event=BOMBED, **fields)
    assert act(client, columns) == expected
    assert (answer["kind"], answer["undo"]) == (path, "/corrections/undo")
    send(client, answer["undo"], number=answer["number"])
    assert act(client, columns) == before


def test_a_rejected_act_is_gone_until_that_is_undone(client):
    answer = send(client, "/corrections/reject", event=MET, note="they did not")
    assert not asked(client, "SELECT 1 FROM event_rows WHERE event_id = $id", id=MET)
    with client.desk.store.reading() as store:
        (row,) = store.corrections().to_pylist()
    assert (row["kind"], row["note"], row["event_id"]) == ("reject", "they did not", MET)
    send(client, "/corrections/undo", number=answer["number"])
    assert act(client, "type", MET) == ("CONSULT",)


@pytest.mark.parametrize(
    ("words", "start", "expected", "reason"),
    [
        ("claimed responsibility", None, "claimed responsibility", "the first such words"),
        ("  claimed responsibility ", CODING.report.text.index("claimed") - 2, "claimed responsibility", "no blanks"),
        ("raid.\r\n\r\nForeign", None, "raid.\n\nForeign", "line breaks as a form sends them"),
    ],
)  # fmt: skip
def test_an_act_is_added_and_that_is_undone(client, words, start, expected, reason):
    fields = {"report": ID, "type": "ACCUSE", "words": words, "actors": [BRIGADE], "mode": "", "date": "2021-03-15"}
    answer = send(client, "/corrections/add", **fields, **({} if start is None else {"start": start}))
    found = act(client, "trigger, type, mode, actors, recipients, date, corrected", answer["event"])
    assert found == (expected, "ACCUSE", None, "Southern Brigade", None, "2021-03-15", "added"), reason
    send(client, "/corrections/undo", number=answer["number"])
    assert not asked(client, "SELECT 1 FROM event_rows WHERE corrected = 'added'")


def test_a_linked_act_is_corrected_where_it_is_told_most_fully(client):
    (linked, best), *_ = asked(
        client, "SELECT id, best_event FROM current_linked WHERE events > 1 AND type = 'ASSAULT'"
    )
    send(client, "/corrections/edit", event=linked, status="planned")
    assert act(client, "status", best) == ("planned",)


def test_actors_are_merged_and_split(client):
    parties = "SELECT DISTINCT name FROM parties WHERE role = 'claimed_by'"
    answer = send(client, "/actors/merge", actor=BRIGADE, into=FRONT, note="one band")
    assert asked(client, parties) == [("Free Hills Front",)]
    send(client, answer["undo"], number=answer["number"])
    answer = send(client, "/actors/split", actor=BRIGADE, name="Other Brigade", report="", text="The Southern Brigade")
    assert asked(client, parties) == [("Other Brigade",)]
    send(client, answer["undo"], number=answer["number"])
    assert asked(client, parties) == [("Southern Brigade",)]


def test_linked_events_are_parted_and_joined(client):
    together = "SELECT count(DISTINCT linked_id) FROM linked_members WHERE event_id IN ($a, $b)"
    pair = {"a": BOMBED, "b": AGAIN}
    assert asked(client, together, **pair) == [(1,)]
    parted = send(client, "/links/part", event_a=BOMBED, event_b=AGAIN)
    assert asked(client, together, **pair) == [(2,)]
    assert asked(client, "SELECT made_by FROM judgements WHERE number = $n", n=parted["number"]) == [(login(),)]
    joined = send(client, "/links/join", event_a=f"L-{BOMBED}", event_b=AGAIN)
    assert asked(client, together, **pair) == [(1,)]
    send(client, "/links/undo", number=joined["number"])
    assert asked(client, together, **pair) == [(2,)]


@pytest.mark.parametrize(
    ("path", "fields", "told"),
    [
        ("/corrections/accept", {}, "which event"),
        ("/corrections/accept", {"event": "nothing-1"}, "no event here has the id nothing-1"),
        ("/corrections/reject", {"event": "L-nothing-1"}, "there is no event L-nothing-1 here"),
        ("/corrections/edit", {"event": BOMBED}, "nothing in the form is other than it was"),
        ("/corrections/edit", {"event": BOMBED, "type": "BOMB"}, "no PLOVER event type"),
        ("/corrections/edit", {"event": BOMBED, "mode": "gently"}, "'gently' is no mode of ASSAULT"),
        ("/corrections/edit", {"event": BOMBED, "status": "maybe"}, "'maybe' is no status"),
        ("/corrections/edit", {"event": BOMBED, "date": "last Monday"}, "is no date"),
        ("/corrections/add", {"report": ID, "words": "raid"}, "what kind of act it is"),
        ("/corrections/add", {"report": ID, "type": "ACCUSE", "words": " "}, "choose the words"),
        ("/corrections/add", {"report": ID, "type": "ACCUSE", "words": "no such words"}, "has no words"),
        ("/corrections/add", {"report": ID, "type": "ACCUSE", "words": "raid", "start": "x"}, "no whole number"),
        ("/corrections/add", {"report": ID, "type": "ASSAULT", "words": "bombed"}, "is there already"),
        ("/corrections/accept", {"event": BOMBED, "note": "x" * 2001}, "note: 2,001 letters are too many"),
        ("/actors/split", {"actor": "person:ada-holm", "name": "x" * 301, "text": "Holm"}, "name: 301 letters"),
        ("/links/join", {"event_a": BOMBED, "event_b": MET, "note": "x" * 2001}, "note: 2,001 letters are too many"),
        ("/corrections/edit", {"event": BOMBED, "place": "x" * 301}, "place: 301 letters are too many"),
        ("/corrections/edit", {"event": BOMBED, "actors": ["A", "x" * 301]}, "actors: 301 letters are too many"),
        ("/corrections/undo", {"number": "99"}, "there is no correction 99"),
        ("/corrections/undo", {"number": "9" * 40}, "no whole number"),
        ("/corrections/undo", {}, "what to undo"),
        ("/corrections/by", {"by": "x" * 81}, "too long"),
        ("/corrections/by", {"by": "Dotterel"}, "give another name"),
        ("/actors/merge", {"actor": FRONT, "into": FRONT}, "already"),
        ("/actors/merge", {"actor": "nobody", "into": FRONT}, "no actor here has the id nobody"),
        ("/actors/split", {"actor": FRONT, "name": "Others"}, "tell which mentions"),
        ("/actors/undo", {"number": "7"}, "there is no decision 7"),
        ("/links/join", {"event_a": BOMBED, "event_b": BOMBED}, "are one event"),
        ("/links/part", {"event_a": BOMBED}, "the other event"),
        ("/links/undo", {"number": "77777"}, "there is no judgement 77777"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line_and_changes_nothing(client, path, fields, told):
    before = everything(client)
    answer = client.post(path, data=fields, headers=JSON)
    assert answer.status_code == 400
    assert told in answer.json()["error"]
    assert "\n" not in answer.json()["error"]
    assert answer.json()["kept"].startswith("Nothing was changed")
    assert everything(client) == before
    page = client.post(path, data=fields)
    assert told.replace("'", "&#39;") in page.text
    assert "Nothing was changed" in page.text


def everything(client):
    tables = ("corrections", "actor_decisions", "judgements WHERE made_by <> 'dotterel'", "event_rows", "actors")
    return [asked(client, f"SELECT * FROM {table} ORDER BY ALL") for table in tables]


def test_the_name_of_who_decides_goes_with_each_decision(client):
    send(client, "/corrections/by", by=" Ádá \x00 Holm ")
    send(client, "/corrections/accept", event=BOMBED)
    send(client, "/corrections/accept", event=MET, by="Bo")
    send(client, "/links/part", event_a=BOMBED, event_b=AGAIN)
    send(client, "/actors/merge", actor=BRIGADE, into=FRONT, note="one band")
    assert asked(client, "SELECT made_by FROM corrections ORDER BY number") == [("Ádá Holm",), ("Bo",)]
    assert asked(client, "SELECT made_by FROM judgements WHERE made_by <> 'dotterel'") == [("Ádá Holm",)]
    assert asked(client, "SELECT note FROM actor_decisions") == [("one band (Ádá Holm)",)]
    send(client, "/corrections/by", by="")
    send(client, "/corrections/accept", event=MARCHED)
    assert asked(client, "SELECT made_by FROM corrections ORDER BY number DESC LIMIT 1") == [(None,)]


@pytest.mark.parametrize(
    ("onward", "expected"),
    [("/record?type=ASSAULT", "/record?type=ASSAULT"), ("", "/corrections"), ("//evil.example/", "/"),
     ("https://evil.example/", "/"), ("/\\evil.example", "/"), ("/\r\nset-cookie: a=b", "/")],
)  # fmt: skip
def test_a_form_without_a_script_leads_on_and_tells_what_was_done(client, onward, expected):
    answer = client.post("/corrections/accept", data={"event": BOMBED, "next": onward}, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, expected)
    assert "Accepted." in client.get("/").text


def posting(desk):
    """Every address of the desk that takes forms."""
    app = create_app(desk)._app
    return sorted(route.path for route in app.routes if isinstance(route, Route) and "POST" in (route.methods or ()))


ANYTHING = {"event": BOMBED, "type": "AGREE", "number": "1", "report": ID, "words": "raid", "actor": BRIGADE,
            "into": FRONT, "name": "X", "text": BODY, "event_a": BOMBED, "event_b": AGAIN, "by": "X"}  # fmt: skip


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ({"x-desk-secret": ""}, "no secret"),
        ({"x-desk-secret": "of another run"}, "another secret"),
        ({"origin": "https://evil.example"}, "a page of elsewhere, with the secret even"),
        ({"origin": "http://127.0.0.1:9999"}, "another port of this machine"),
        ({"sec-fetch-site": "cross-site"}, "a browser that tells where it comes from"),
    ],
)
def test_nothing_is_changed_by_a_form_that_is_not_of_this_desk(client, database, headers, reason):
    send(client, "/corrections/accept", event=BOMBED)
    before, paths = everything(client), posting(client.desk)
    assert len(paths) >= 12
    for path in paths:
        answer = client.post(path.replace("{", "").replace("}", ""), data=ANYTHING, headers=headers)
        assert answer.status_code == 403, (path, reason)
    assert everything(client) == before, reason


def test_a_form_shows_the_secret_in_a_field_where_there_is_no_script(database):
    from starlette.testclient import TestClient

    from dotterel.store import HeldStore

    desk = Desk(HeldStore(database))
    with TestClient(create_app(desk), base_url="http://127.0.0.1", follow_redirects=False) as bare:
        assert bare.post("/corrections/accept", data={"event": BOMBED}).status_code == 403
        assert bare.post("/corrections/accept", data={"event": BOMBED, "secret": desk.forms}).status_code == 303


def test_a_page_that_shows_an_event_decides_about_it_by_key_and_by_button(database, serving, page):
    page.goto(f"{serving(database)}/reports/{ID}?event={BOMBED}")
    card = page.locator(f"[data-event='{BOMBED}']").first
    form = card.locator(".editing")

    def told(words):
        page.locator("#notice", has_text=words).wait_for()

    page.keyboard.press("a")
    card.locator(".told", has_text="Accepted.").wait_for()
    assert card.locator("[data-label]").inner_text() == "Accepted"
    card.get_by_role("button", name="Undo").click()
    told("Correction 1 is undone.")
    page.keyboard.press("e")
    form.get_by_label("Status").select_option("planned")
    form.get_by_label("Who, 1").fill("Southern Brigade")
    page.keyboard.press("Control+Enter")
    told("Saved: status planned, who Southern Brigade.")
    assert "Southern Brigade" in card.locator("h3").inner_text()
    page.keyboard.press("e")
    form.wait_for()
    assert form.get_by_label("Status").input_value() == "planned", "the form has what is now"
    page.keyboard.press("Escape")
    assert form.count() == 0
    page.keyboard.press("u")
    told("Correction 2 is undone.")
    assert "Norland Air Force" in card.locator("h3").inner_text()
    card.get_by_role("button", name="Reject").click()
    told("Rejected: it is left out from now on.")
    assert card.count() == 0 or card.locator("h3").count() == 0
    page.keyboard.press("u")
    told("Correction 3 is undone.")
    assert "Norland Air Force" in card.locator("h3").inner_text()


@pytest.mark.parametrize(("words", "expected"), [(" a  b ", "a b"), ("a\n\x1b[31mb", "a [31mb"), ("", "")])
def test_names_are_kept_on_one_line(words, expected):
    assert named(words) == expected


def test_many_words_are_told_in_few():
    assert shortened("word " * 40) == ("word " * 12)[:59].rstrip() + "…"
    assert shortened("two\nlines") == "two lines"
