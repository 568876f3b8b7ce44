"""The form that changes an event: what it is filled with, what of it is new, and names completed as they are typed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dotterel.store import Standing, open_store
from dotterel.types import Interval
from dotterel.web.event_now import EventNow, changed, changes_in_words, date_words, event_now
from sample import BRIGADE, FRONT, NORLAND_MIL, make_coding

CODING = make_coding()
ID = CODING.report.id
BOMBED, MET, MARCHED = (event.id for event in CODING.events)


@pytest.fixture
def database(tmp_path):
    path = tmp_path / "record.duckdb"
    with open_store(path) as store:
        store.add(CODING)
    return path


NOW = EventNow(CODING.report, CODING.events[0], Standing(4))
UNCHANGED = {"type": "ASSAULT", "mode": "aerial", "status": "occurred", "date": "2021-03-15", "place": "Tarn, NOR",
             "actors": ["Norland Air Force"], "recipients": ["Free Hills Front"]}  # fmt: skip


@pytest.mark.parametrize(
    ("sent", "expected", "told"),
    [
        (UNCHANGED, {}, ""),
        (UNCHANGED | {"recipients": [FRONT.id]}, {}, "the same by its id"),
        ({"type": "assault", "place": " tarn,  NOR "}, {}, "capitals and blanks"),
        (UNCHANGED | {"type": "COERCE", "mode": ""}, {"type": "COERCE", "mode": ""}, "type COERCE, mode none"),
        ({"date": "", "place": "Aleppo"}, {"date": "", "place": "Aleppo"}, "date none, place Aleppo"),
        ({"actors": []}, {"actors": []}, "who none"),
        ({"actors": ["Norland Air Force", "France"]}, {"actors": [NORLAND_MIL, "France"]},
         "who Norland Air Force; France"),
        ({"actors": ["Free Hills Front"], "recipients": ["Norland Air Force"]},
         {"actors": [FRONT], "recipients": [NORLAND_MIL]}, "who Free Hills Front, to whom Norland Air Force"),
        ({"recipients": ["X", "X"]}, {"recipients": ["X"]}, "to whom X"),
    ],
)  # fmt: skip
def test_what_of_a_form_is_new(sent, expected, told):
    found = changed(NOW, sent)
    assert found == expected
    assert changes_in_words(found) == (told if expected else "")


@pytest.mark.parametrize(
    ("interval", "expected"),
    [
        (None, ""),
        (Interval(date(2021, 3, 15), date(2021, 3, 15), "day", "", 0, 0), "2021-03-15"),
        (Interval(date(2021, 3, 1), date(2021, 3, 31), "month", "", 0, 0), "2021-03"),
        (Interval(date(2021, 1, 1), date(2021, 12, 31), "year", "", 0, 0), "2021"),
        (Interval(date(2021, 3, 15), date(2021, 3, 21), "week", "", 0, 0), "2021-03-15/2021-03-21"),
        (Interval(date(2021, 3, 15), date(2021, 5, 2), "open", "", 0, 0), "2021-03-15/2021-05-02"),
    ],
)
def test_dates_are_written_so_that_the_form_reads_them(interval, expected):
    assert date_words(interval) == expected


def test_a_form_that_is_sent_as_it_was_filled_says_that_nothing_is_new(client):
    answer = client.post("/corrections/edit", data={"event": BOMBED, **UNCHANGED})
    assert answer.status_code == 400
    assert "nothing in the form is other than it was" in answer.text


STATUS = {"field": "status", "value": "planned"}


def test_only_what_is_new_is_written(client):
    client.post("/corrections/edit", data={"event": BOMBED, **UNCHANGED, "status": "planned"})
    with client.desk.store.reading() as store:
        assert store.query("SELECT field, value FROM corrections").to_pylist() == [STATUS]
        now = event_now(store, BOMBED)
    assert now is not None
    assert (now.event.status, now.decided, now.place, now.date) == ("planned", "edited", "Tarn, NOR", "2021-03-15")


def test_somebody_split_off_stays_who_they_are_when_another_is_named_beside_them(client):
    with client.desk.store.writing() as store:
        store.split(FRONT.id, "Other Front", report=ID)
    client.post("/corrections/edit", data={"event": BOMBED, "recipients": ["Other Front", "France"]})
    with client.desk.store.reading() as store:
        now = event_now(store, BOMBED)
    assert now is not None
    assert [(m.actor.id, m.actor.name) for m in now.event.recipients] == [
        ("group:other-front", "Other Front"),
        ("state:FRA", "France"),
    ]


def test_a_rejected_event_is_shown_as_it_was_coded_and_an_edit_brings_it_back(client):
    client.post("/corrections/reject", data={"event": BOMBED})
    assert client.get("/corrections/edit", params={"event": BOMBED}).status_code == 200
    client.post("/corrections/edit", data={"event": BOMBED, "status": "planned"})
    with client.desk.store.reading() as store:
        now = event_now(store, BOMBED)
    assert now is not None
    assert (now.decided, now.event.status) == ("edited", "planned")


def test_the_form_is_a_page_and_a_part(client):
    page = client.get("/corrections/edit", params={"event": BOMBED, "next": "/record?type=ASSAULT"}).text
    assert 'value="Tarn, NOR"' in page
    assert 'value="2021-03-15"' in page
    assert "<title>Edit an event" in page
    assert 'name="next" value="/record?type=ASSAULT"' in page
    part = client.get("/corrections/edit", params={"event": BOMBED, "part": 1}).text
    assert "<title>" not in part
    assert 'value="Free Hills Front"' in part


@pytest.mark.parametrize("onward", ["javascript:alert(1)", "//evil.example", "https://evil.example"])
def test_the_form_leads_nowhere_else(client, onward):
    assert "evil" not in (page := client.get("/corrections/edit", params={"event": BOMBED, "next": onward}).text)
    assert "alert(1)" not in page


def test_an_event_of_a_type_unknown_here_can_be_edited(client):
    strange = replace(make_coding(" Strange."), events=())
    event = replace(CODING.events[0], id=f"{strange.report.id}-1", type="ASSAULT")
    with client.desk.store.writing() as store:
        store.add(replace(strange, events=(event,)))
        store._connection.execute("UPDATE events SET type = 'WALKOUT' WHERE id = ?", [event.id])
    assert "<option selected>WALKOUT</option>" in client.get("/corrections/edit", params={"event": event.id}).text
    client.post("/corrections/edit", data={"event": event.id, "type": "WALKOUT", "mode": "aerial", "date": "2021"})
    with client.desk.store.reading() as store:
        assert store.query("SELECT date FROM event_rows WHERE type = 'WALKOUT'").to_pylist() == [{"date": "2021"}]


def test_an_event_that_is_not_there_is_told(client):
    assert client.get("/corrections/edit", params={"event": "no-1"}).status_code == 404
    assert client.get("/corrections/edit").status_code == 404


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("holm", ["Ada Holm"]),
        ("NÓRLAND", ["Norland Air Force", "Norland police"]),
        ("f", []),  # too short to tell anybody by
        ("fr", ["Free Hills Front", "France", "French Guiana", "French Polynesia"]),
        ("%", []),
        ("zzz", []),
    ],
)
def test_names_are_completed_from_actors_here_and_states(client, words, expected):
    found = [one["value"] for one in client.get("/actors/complete", params={"q": words}).json()]
    assert [name for name in found if name in expected] == expected
    assert not expected or len(found) <= 12


def test_of_two_of_one_name_the_second_is_told_by_its_id(client):
    with client.desk.store.writing() as store:
        store.edit(MARCHED, actors=[replace(BRIGADE, id="group:another")])
    values = [one["value"] for one in client.get("/actors/complete", params={"q": "southern b"}).json()]
    assert values == ["Southern Brigade", "group:another"]
