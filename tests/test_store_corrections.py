"""What a person corrects holds in every view, can be undone, and follows its act into a new coding."""

from dataclasses import replace

import duckdb
import pytest

from dotterel.errors import DataError, StoreError
from dotterel.store import open_store
from sample import make_coding

CODING = make_coding()
ID = CODING.report.id
SAID = '"We will not yield," Holm told reporters.'
BOMBED, MET, MARCHED = (event.id for event in CODING.events)


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "d.duckdb") as opened:
        opened.add(CODING)
        yield opened
        kept, worked_out = (rows(opened, f"SELECT * FROM {name} ORDER BY ALL") for name in ("verdicts", "last_say"))
        assert kept == worked_out, "whatever a test corrects, the table of verdicts keeps up with"


def rows(store, sql):
    return [tuple(row.values()) for row in store.query(sql).to_pylist()]


def events(store, columns="event_id"):
    return rows(store, f"SELECT {columns} FROM event_rows ORDER BY event_id")


def recoded(*events):
    return replace(CODING, events=events)


def retold(event, number=1, **changes):
    return replace(event, id=f"{ID}-{number}", **changes)


def moved(event, words):
    """The event with other words as its trigger, in the same sentence."""
    start = CODING.report.text.index(words)
    main = replace(event.mentions[0], trigger=words, start=start, end=start + len(words))
    return replace(event, mentions=(main, *event.mentions[1:]))


@pytest.mark.parametrize("view", ["event_rows", "dyads", "parties"])
def test_a_rejected_act_is_left_out_of_every_view_until_that_is_undone(store, view):
    number = store.reject(BOMBED, note="an exercise", by="ada")
    assert (BOMBED,) not in rows(store, f"SELECT DISTINCT event_id FROM {view}")
    assert (MET,) in rows(store, f"SELECT DISTINCT event_id FROM {view}")
    store.undo_correction(number)
    assert (BOMBED,) in rows(store, f"SELECT DISTINCT event_id FROM {view}")


def test_the_coding_itself_stays_as_it_was_coded(store):
    store.reject(BOMBED)
    store.edit(MET, type="AGREE")
    assert list(store.codings()) == [CODING]


@pytest.mark.parametrize(
    ("fields", "columns", "expected"),
    [
        ({"type": "coerce"}, "type, status", ("COERCE", "occurred")),
        ({"type": "coerce"}, "type, mode", ("COERCE", None)),  # which is not done from the air
        ({"mode": "heavy-weapons"}, "type, mode", ("ASSAULT", "heavy-weapons")),
        ({"mode": ""}, "type, mode", ("ASSAULT", None)),
        ({"status": "planned"}, "type, status", ("ASSAULT", "planned")),
        ({"date": "2021-03-14"}, "date, type", ("2021-03-14", "ASSAULT")),
        ({"date": ""}, "date", (None,)),
        ({"place": "Aleppo, SYR"}, "place, place_country", ("Aleppo", "SYR")),
        ({"place": "Nowhere-on-Sea"}, "place, place_country", ("Nowhere-on-Sea", None)),
        ({"place": ""}, "place, place_country", (None, None)),
        ({"actors": "France"}, "actors, recipients", ("France", "Free Hills Front")),
        ({"actors": ["group:southern-brigade", "Ada Holm"]}, "actors", ("Southern Brigade; Ada Holm",)),
        ({"actors": "习近平; 王"}, "actors", ("习近平; 王",)),  # one party, whatever stands in its name
        ({"recipients": ()}, "actors, recipients", ("Norland Air Force", None)),
        ({"recipients": "Some New Band"}, "recipients, according_to", ("Some New Band", "police")),
    ],
)
def test_an_edit_holds_in_the_views(store, fields, columns, expected):
    number = store.edit(BOMBED, **fields)
    assert rows(store, f"SELECT {columns} FROM event_rows WHERE event_id = '{BOMBED}'") == [expected]
    store.undo_correction(number)
    assert rows(store, f"SELECT type, actors, corrected FROM event_rows WHERE event_id = '{BOMBED}'") == [
        ("ASSAULT", "Norland Air Force", None)
    ]


def test_an_edited_type_brings_its_quad_and_score(store):
    store.edit(BOMBED, type="AGREE")
    assert rows(store, f"SELECT quad, score > 0 FROM dyads WHERE event_id = '{BOMBED}'") == [(1, True)]


@pytest.mark.parametrize(
    ("date", "first", "last", "precision"),
    [
        ("2020-02", "2020-02-01", "2020-02-29", "month"),
        ("2020", "2020-01-01", "2020-12-31", "year"),
        ("2020-02-03/2020-03", "2020-02-03", "2020-03-31", "range"),
    ],
)
def test_a_date_is_as_exact_as_it_is_given(store, date, first, last, precision):
    store.edit(MET, date=date)
    sql = f"SELECT first_day::VARCHAR, last_day::VARCHAR, date_precision FROM current_events WHERE id = '{MET}'"
    assert rows(store, sql) == [(first, last, precision)]


def test_the_last_edit_of_a_field_wins_and_others_stay(store):
    store.edit(MET, status="planned", date="2021-05-01")
    last = store.edit(MET, status="negated")
    assert rows(store, f"SELECT status, date FROM event_rows WHERE event_id = '{MET}'") == [("negated", "2021-05-01")]
    store.undo_correction(last)
    assert rows(store, f"SELECT status FROM event_rows WHERE event_id = '{MET}'") == [("planned",)]


def test_the_last_word_on_an_act_wins(store):
    store.reject(MET)
    store.accept(MET)
    assert rows(store, f"SELECT corrected FROM event_rows WHERE event_id = '{MET}'") == [("accepted",)]


def test_an_act_added_by_hand_stands_in_every_view(store):
    number = store.add_event(ID, "THREATEN", "We will not yield", actors="Ada Holm", recipients="Estmark", by="ada")
    added = f"{ID}-c{number}"
    columns = "type, status, actors, recipients, trigger, sentence, corrected"
    assert rows(store, f"SELECT {columns} FROM event_rows WHERE event_id = '{added}'") == [
        ("THREATEN", "occurred", "Ada Holm", "Estmark", "We will not yield", SAID, "added")
    ]
    assert rows(store, f"SELECT actor, recipient, quad FROM dyads WHERE event_id = '{added}'") == [
        ("Ada Holm", "Estmark", 3)
    ]
    store.edit(added, status="negated")
    assert rows(store, f"SELECT status FROM event_rows WHERE event_id = '{added}'") == [("negated",)]
    store.undo_correction(number)
    assert len(events(store)) == 3


def test_corrections_are_listed_with_what_they_change(store):
    store.edit(BOMBED, status="planned", actors="France", note="says the annex", by="ada")
    store.undo_correction(store.reject(MET))
    first, second = store.corrections().to_pylist()
    assert first["changes"] == "status: planned, actors: state:FRA"
    assert (first["number"], first["kind"], first["event_id"], first["type"], first["words"], first["made_by"]) == (
        1, "edit", BOMBED, "ASSAULT", "bombed", "ada"
    )  # fmt: skip
    assert (second["kind"], second["event_id"], second["undone"] is None) == ("reject", None, False)
    assert store.corrections("nothing").num_rows == 0


@pytest.mark.parametrize(
    ("act", "error", "message"),
    [
        (lambda s: s.accept("x-9"), StoreError, "no event here has the id x-9"),
        (lambda s: s.edit(MET), StoreError, "tell what to change"),
        (lambda s: s.edit(MET, type="FROWN"), DataError, "no PLOVER event type"),
        (lambda s: s.edit(MET, status="done"), StoreError, "no status; known: occurred"),
        (lambda s: s.edit(MET, date="gestern"), StoreError, "no date"),
        (lambda s: s.edit(MET, date="2021-02-30"), StoreError, "no date"),
        (lambda s: s.edit(MET, date="2021-02/2020"), StoreError, "ends before"),
        (lambda s: s.edit(BOMBED, mode="singing"), StoreError, "no mode of ASSAULT"),
        (lambda s: s.add_event(ID, "ASSAULT", "bombed"), StoreError, "there already"),
        (lambda s: s.add_event(ID, "ASSAULT", "danced"), StoreError, "no words"),
        (lambda s: s.add_event("x", "ASSAULT", "bombed"), StoreError, "holds no report x"),
        (lambda s: s.undo_correction(7), StoreError, "no correction 7"),
        (lambda s: [s.undo_correction(n) for n in [s.accept(MET)] * 2], StoreError, "undone before"),
    ],
)
def test_what_cannot_be_corrected_is_refused_and_nothing_kept(store, act, error, message):
    with pytest.raises(error, match=message):
        act(store)
    assert all(row["undone"] for row in store.corrections().to_pylist())


HOSTILE = ["'; DROP TABLE events; --", '"; DELETE FROM corrections; --', "%", "\\", "a; b", "𝕏\u200b", "$id", "?"]


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_only_words(store, words):
    store.edit(MET, place=words.replace(",", ""), actors=[words.replace(";", "")], note=words, by=words)
    with pytest.raises(StoreError):
        store.reject(words)
    assert store.corrections().to_pylist()[0]["note"] == words
    assert store.counts()["events"] == 3


# Over a new coding.


def test_replacing_a_coding_takes_its_records_away_and_leaves_the_rest(store):
    other = make_coding(" More.")
    store.add(other)
    new = recoded(retold(CODING.events[1]))
    store.replace(new)
    assert list(store.codings()) == [new, other]
    assert store.counts()["mentions"] == 1 + 4
    assert rows(store, "SELECT count(*) FROM indexed") == [(2,)]


def test_a_report_that_is_not_there_cannot_be_replaced(store):
    with pytest.raises(StoreError, match="no report"):
        store.replace(make_coding(" Another."))


@pytest.mark.parametrize(
    ("new", "expected", "note", "reason"),
    [
        (recoded(retold(CODING.events[1])), [], None, "the same act under another id"),
        (recoded(retold(CODING.events[1], type="AGREE")), [], "CONSULT when made", "another type at the same words"),
        (
            recoded(retold(moved(CODING.events[1], "met her"))),
            [],
            "its words moved",
            "more words, those among them",
        ),
        (recoded(retold(moved(CODING.events[1], "counterpart"))), [f"{ID}-1"], None, "words of another act"),
        (recoded(), [], None, "it is coded no longer"),
    ],
)
def test_a_rejection_holds_over_a_new_coding(store, new, expected, note, reason):
    store.reject(MET)
    store.replace(new)
    assert [event for (event,) in events(store)] == expected, reason
    assert store.corrections().to_pylist()[0]["note"] == note


def test_an_edit_follows_its_act_and_can_be_undone_there_by_its_number(store):
    number = store.edit(MET, status="planned")
    store.replace(recoded(retold(CODING.events[1], 1, type="AGREE")))
    assert events(store, "event_id, type, status") == [(f"{ID}-1", "CONSULT", "planned")], "the type the user saw"
    store.undo_correction(number)
    assert events(store, "event_id, type, status") == [(f"{ID}-1", "AGREE", "occurred")]


def test_an_act_beside_it_is_not_taken_for_the_one_corrected(store):
    beside = retold(CODING.events[1], 4, type="AGREE")
    store.replace(recoded(*CODING.events, beside))
    store.reject(MET)
    store.replace(recoded(retold(CODING.events[0], 1), retold(beside, 2)))
    assert [kind for (kind,) in events(store, "type")] == ["ASSAULT", "AGREE"]


def test_an_accepted_act_that_is_coded_no_longer_is_kept(store):
    number = store.accept(BOMBED, by="ada")
    store.edit(BOMBED, status="ongoing")
    before = events(store, "date, actors, type, mode, recipients, place, place_country, trigger, sentence")[0]
    store.replace(recoded(retold(CODING.events[1])))
    kept = f"{ID}-c{number}"
    columns = "date, actors, type, mode, recipients, place, place_country, trigger, sentence"
    assert rows(store, f"SELECT {columns} FROM event_rows WHERE event_id = '{kept}'") == [before]
    assert rows(store, f"SELECT status, corrected FROM event_rows WHERE event_id = '{kept}'") == [("ongoing", "added")]
    assert store.corrections().to_pylist()[0]["note"] == "no longer coded, kept"
    store.replace(CODING)
    assert events(store, "event_id, status")[0] == (BOMBED, "ongoing"), "and found again it is the coded one"
    assert len(events(store)) == 3


def test_an_act_added_that_is_coded_now_is_told_once(store):
    store.replace(recoded(CODING.events[0]))
    store.add_event(ID, "CONSULT", "met", actors=["Ada Holm", "Jon Berg"], status="planned")
    assert len(events(store)) == 2
    store.replace(CODING)
    assert events(store, "event_id, status")[1] == (MET, "planned")
    assert len(events(store)) == 3


def test_a_database_of_the_fourth_schema_gets_the_table_of_verdicts_when_it_is_opened(tmp_path):
    path = tmp_path / "old.duckdb"
    with open_store(path) as store:
        store.add(CODING)
        store.reject(BOMBED)
        store.edit(MET, type="AGREE")
        before = events(store, "*")
    with duckdb.connect(str(path)) as raw:  # as version 4 had left it
        raw.execute("DROP TABLE verdicts; ALTER VIEW last_say RENAME TO verdicts")
        raw.execute("UPDATE meta SET value = '4'")
    with open_store(path, read_only=True) as store:
        assert events(store, "*") == before
        assert rows(store, "SELECT event_id, rejected, type FROM verdicts ORDER BY 1") == [
            (BOMBED, True, None),
            (MET, False, "AGREE"),
        ]
