"""Words, phrases and filters find reports and acts, the best first; hostile words are only words."""

from dataclasses import replace

import pytest

from dotterel.errors import DataError, StoreError
from dotterel.store import open_store
from dotterel.store.terms import terms
from sample import make_coding

CODING = make_coding()
OTHER = make_coding(" Café owners in Aleppo said nothing.")
BOMBED, MET, MARCHED = "ASSAULT", "CONSULT", "PROTEST"


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with open_store(tmp_path_factory.mktemp("search") / "d.duckdb") as opened:
        opened.add_many([CODING, replace(OTHER, events=())])
        yield opened


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bombed, bombing and bombs", ["bomb", "bomb", "bomb"]),
        ("Norland's Café", ["norland", "cafe"]),
        ("François’s   12 ships", ["francoi", "12", "ship"]),
        ("the of and", []),
        ("x" * 50, []),
    ],
)
def test_words_lose_endings_accents_and_capitals(text, expected):
    assert list(terms(text)) == expected


@pytest.mark.parametrize(
    ("words", "filters", "expected", "reason"),
    [
        ("bombing depot", {}, [BOMBED, MET, MARCHED], "the act whose own sentence says so comes first"),
        ("protesters", {}, [MARCHED, BOMBED, MET], "likewise"),
        ("bombing aleppo", {}, [], "a report has to hold all words"),
        ('"long supported Norland"', {}, [BOMBED, MET, MARCHED], "a phrase"),
        ('"supported long"', {}, [], "in its order"),
        ('"we will not  YIELD"', {}, [BOMBED, MET, MARCHED], "capitals and blanks do not count"),
        ("depot", {"type": "consult"}, [MET], "words and a filter"),
        ("", {"actor": "holm"}, [MET], "part of a name"),
        ("", {"actor": "person:jon-berg"}, [MET], "an id"),
        ("", {"actor": "NOR"}, [BOMBED, MET, MARCHED], "a country"),
        ("", {"dyad": ("NOR", "free hills")}, [BOMBED], "who toward whom"),
        ("", {"dyad": ("free hills", "NOR")}, [], "and not the other way round"),
        ("", {"dyad": ("berg", "holm")}, [MET], "a reciprocal act both ways"),
        ("", {"quad": 1}, [MET], "quad"),
        ("", {"status": "ongoing"}, [MARCHED], "status"),
        ("", {"country": "est"}, [MET], "the country of a party"),
        ("", {"context": "terrorism"}, [BOMBED], "context"),
        ("", {"since": "2021-03-15", "until": "2021-03-15"}, [BOMBED, MARCHED], "days that overlap"),
        ("", {"since": "2021-03-16"}, [MET, MARCHED], "an undated act has the day of its report"),
        ("", {"until": "2020"}, [], "too early"),
        ("", {"source": "EXAMPLE"}, [BOMBED, MET, MARCHED], "publisher"),
        ("", {"source": "wire"}, [BOMBED, MET, MARCHED], "agency"),
        ("", {"source": "other"}, [], "neither"),
        ("", {"min_confidence": 0.8}, [BOMBED], "surer"),
        ("", {"limit": 1}, [BOMBED], "limit"),
    ],
)
@pytest.mark.parametrize("by", ["events", "linked"])
def test_words_and_filters_find_acts(store, words, filters, expected, reason, by):
    found = store.search(words, by=by, **filters).to_pylist()
    kinds = [row["type"] for row in found]
    same_rank = len({row["rank"] for row in found}) <= 1
    assert (sorted(kinds) if same_rank else kinds) == expected, reason


def test_reports_are_found_whether_an_act_was_coded_or_not(store):
    (found,) = store.search("cafe owners", by="reports").to_pylist()
    assert (found["report_id"], found["sentence"][-36:]) == (OTHER.report.id, "Café owners in Aleppo said nothing.")
    (found,) = store.search(by="reports", type="ASSAULT").to_pylist()
    assert found["report_id"] == CODING.report.id


def test_the_rarer_and_the_shorter_report_rank_higher(tmp_path):
    with open_store(tmp_path / "d.duckdb") as store:
        store.add_many([make_coding(" Zebra." + " Padding words here." * 50), make_coding(" Zebra zebra.")])
        first, second = store.search("zebra", by="reports").to_pylist()
    assert first["rank"] > second["rank"]
    assert first["report_id"] == make_coding(" Zebra zebra.").report.id


def test_corrections_hold_in_a_search(tmp_path):
    with open_store(tmp_path / "d.duckdb") as store:
        store.add(CODING)
        store.reject(CODING.events[0].id)
        store.add_event(CODING.report.id, "THREATEN", "We will not yield", actors="Ada Holm")
        for by in ("events", "linked"):
            assert store.search(type="ASSAULT", by=by).num_rows == 0
            (found,) = store.search("yield", type="THREATEN", by=by).to_pylist()
            assert (found["actors"], found["sentence"]) == ("Ada Holm", '"We will not yield," Holm told reporters.')


@pytest.mark.parametrize(
    ("filters", "error", "message"),
    [
        ({"words": "the of"}, StoreError, "common words only"),
        ({"by": "things"}, StoreError, "known: events"),
        ({"since": "gestern"}, StoreError, "no date"),
        ({"type": "FROWN"}, DataError, "no PLOVER"),
    ],
)
def test_what_cannot_be_sought_is_said(store, filters, error, message):
    with pytest.raises(error, match=message):
        store.search(**filters)


@pytest.mark.parametrize(
    "words", ["'; DROP TABLE terms; --", '"', "%", "$terms x", "a' OR '1'='1", "\\", "x\x00y", "?{}"]
)
def test_hostile_words_are_only_words(store, words):
    for name in ("actor", "status", "country", "context", "source"):
        assert store.search(**{name: words}).num_rows in {0, 3}
    store.search(dyad=(words, words))
    store.search(words + " depot")
    assert store.counts()["events"] == 3
