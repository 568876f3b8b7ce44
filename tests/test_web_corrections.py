"""The list of decisions: each with its words, whether it holds, and a way back; and their sentences for training."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dotterel.store.history import ToldAct
from dotterel.training.corpus import read_corpus
from dotterel.web.corrections import sentence_parts
from sample import make_coding

CODING, OTHER = make_coding(), make_coding(" It rained.")
ID = CODING.report.id
BOMBED, MET, MARCHED = (event.id for event in CODING.events)
AGAIN = OTHER.events[0].id
JSON = {"accept": "application/json"}
DECIDED = [
    ("/corrections/accept", {"event": MARCHED, "by": "Ada Holm"}, "accept",
     ["PROTEST", "marched", "Ada Holm", "holds"]),
    ("/corrections/reject", {"event": MET, "note": "<b>no</b> act"}, "reject",
     ["Rejected", "Jon Berg, in Norstad", "&lt;b&gt;no&lt;/b&gt; act"]),
    ("/corrections/edit", {"event": BOMBED, "type": "COERCE", "place": "Aleppo, SYR", "actors": "France", "date": ""},
     "edit", ["COERCE", "Aleppo, SYR", "France", "none", "<mark>bombed</mark>"]),
    ("/corrections/add", {"report": ID, "type": "ACCUSE", "words": "claimed responsibility"}, "add",
     ["Added", "<mark>claimed responsibility</mark>", f"/events/{ID}-c4"]),
    ("/actors/merge", {"actor": "group:southern-brigade", "into": "group:free-hills-front"}, "merge",
     ["Southern Brigade", " is ", "Free Hills Front"]),
    ("/actors/split", {"actor": "person:ada-holm", "name": "Eva Holm", "report": ID}, "split",
     ["Ada Holm", "some mentions are of", "Eva Holm", "Norland bombs rebel depot"]),
    ("/links/part", {"event_a": BOMBED, "event_b": AGAIN}, "part", ["These two are different acts", "bombed"]),
    ("/links/join", {"event_a": BOMBED, "event_b": AGAIN}, "join", ["These two are one act"]),
]  # fmt: skip


@pytest.fixture
def database(two_reports):
    return two_reports


def decide(client):
    return [client.post(path, data=fields, headers=JSON).json() for path, fields, *_ in DECIDED]


def test_an_empty_list_says_where_to_begin(client):
    page = client.get("/corrections").text
    assert "Nothing was decided yet" in page
    assert 'href="/review"' in page


def test_every_decision_is_listed_under_its_kind_with_its_words_and_is_undone(client):
    answers = decide(client)
    assert client.get("/corrections").text.count("<button>Undo") == len(DECIDED)
    for (_, _, kind, told), answer in zip(DECIDED, answers, strict=True):
        page = client.get("/corrections", params={"kind": kind}).text
        for words in told:
            assert words in page, (kind, words)
        client.post(answer["undo"], data={"number": answer["number"]})
        page = client.get("/corrections", params={"kind": kind}).text
        assert "undone 20" in page
        assert "<button>Undo" not in page
    with client.desk.store.reading() as store:
        assert list(store.codings()) == [CODING, OTHER]
        assert store.query("SELECT count(*) AS n FROM current_events").to_pylist() == [{"n": 6}]
        assert store.history_counts() == dict.fromkeys((kind for _, _, kind, _ in sorted(DECIDED, key=order)), (1, 0))


def order(row):
    return ("accept", "reject", "edit", "add", "merge", "split", "join", "part").index(row[2])


def test_the_newest_stand_first_page_by_page(client):
    with client.desk.store.writing() as store:
        for _ in range(51):
            number = store.accept(MARCHED)
    first, second = (client.get("/corrections", params={"page": n}).text for n in (1, 2))
    assert f"number {number}\n" in first
    assert "number 1\n" not in first
    assert "number 1\n" in second
    assert "Page 2 of 2" in second
    assert client.get("/corrections", params={"page": 9}).text.count("<li class=") == 0


@pytest.mark.parametrize("query", [{"kind": "guess"}, {"page": "0"}, {"page": "x"}])
def test_what_is_no_kind_or_page_is_told(client, query):
    assert client.get("/corrections", params=query).status_code == 400


def test_decisions_hold_and_are_told_when_a_report_is_coded_anew(client):
    decide(client)
    _, met, marched = CODING.events
    again = replace(CODING, events=(replace(met, id=f"{ID}-1"), replace(marched, id=f"{ID}-2")))
    columns = "SELECT event_id, type, corrected FROM event_rows WHERE report_id = $r ORDER BY event_id"
    with client.desk.store.writing() as store:
        store.replace(again)
        held = store.query(columns, {"r": ID})
    assert held.to_pylist() == [
        {"event_id": f"{ID}-2", "type": "PROTEST", "corrected": "accepted"},  # under another id than before
        {"event_id": f"{ID}-c3", "type": "COERCE", "corrected": "added"},  # coded no more, and kept
        {"event_id": f"{ID}-c4", "type": "ACCUSE", "corrected": "added"},
    ]
    page = client.get("/corrections", params={"kind": "reject"}).text
    assert "Jon Berg, in Norstad" in page, "a rejected act of the old coding is told"
    assert f"event={ID}-1" in page, "and found under the id that it has now"
    (number,) = [one["number"] for one in decided(client, "reject")]
    client.post("/corrections/undo", data={"number": number})
    with client.desk.store.reading() as store:
        assert f"{ID}-1" in store.query("SELECT event_id FROM event_rows").column("event_id").to_pylist()


def decided(client, kind):
    with client.desk.store.reading() as store:
        return [{"number": one.number, "acts": one.acts} for one in store.history(kind)]


def test_what_was_decided_is_downloaded_as_sentences_that_training_reads(client, tmp_path):
    decide(client)
    answer = client.get("/corrections/sentences.jsonl")
    assert answer.headers["content-disposition"] == 'attachment; filename="record.sentences.jsonl"'
    path = tmp_path / "sentences.jsonl"
    path.write_bytes(answer.content)
    assert sorted({pair.type for pair in read_corpus([path])}) == ["NONE", "PROTEST"]
    told = client.get("/corrections/sentences/count").json()
    assert told["message"].startswith("Sentences: 2. Pairs of parties with an act: 1; without: 2.")
    assert set(told["left_out"]) == {BOMBED, f"{ID}-c4"}  # 'France' is not in that sentence; nobody is named


@pytest.mark.parametrize(
    ("words", "sentence", "expected"),
    [
        ("met", "Ada met Jon.", ("Ada ", "met", " Jon.")),
        ("met", None, ("", "met", "")),
        ("a\nb", "a b", ("a b", "", "")),
        (None, None, ("", "", "")),
    ],
)
def test_the_words_of_an_act_in_its_sentence(words, sentence, expected):
    assert sentence_parts(ToldAct(None, "r", None, None, "", words, sentence)) == expected
