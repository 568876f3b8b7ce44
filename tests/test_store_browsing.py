"""A search answered a page at a time: every filter, every order, all that is to be read of a row, corrections."""

from dataclasses import replace
from datetime import date

import pytest

from dotterel.errors import StoreError
from dotterel.store import Search, open_store
from dotterel.types import ActorMention, Coding, Event, Interval, Mention, Place, Report
from sample import BERG, FRONT, HOLM, make_coding

FIRST = make_coding()
BOMBED, MET, MARCHED = "bombed", "met", "marched"
TEXT = """Envoys in Aleppo

Ada Holm called on Jon Berg in Aleppo on Thursday. The Free Hills Front may shell Aleppo."""
CALLED, SHELL = "called", "shell"


def second():
    """A report of two acts: Holm calls on Berg; the Front may shell a town."""
    report = Report("second", TEXT, "Envoys in Aleppo", date(2021, 4, 2), "Other Post", url="https://other.example/2")

    def at(words):
        return TEXT.index(words), TEXT.index(words) + len(words)

    def party(words, actor):
        return ActorMention(words, *at(words), actor, "named", 1.0, "named in full")

    def told(sentence, trigger):
        return (Mention(sentence, trigger, *at(trigger), *at(sentence)),)

    town = Place("Aleppo", *at("Aleppo"), "Aleppo", "SYR", 36.2, 37.16, 170063, 1.0, "one of that name", "Aleppo")
    day = Interval(date(2021, 4, 1), date(2021, 4, 1), "day", "Thursday", *at("Thursday"), "weekday")
    called = Event("second-1", "CONSULT", "visit", "occurred", (party("Ada Holm", HOLM),), (party("Jon Berg", BERG),),
                   day, town, None, None, told("Ada Holm called on Jon Berg in Aleppo on Thursday.", "called"), 0.9,
                   "verb 'call'", ("diplomatic",))  # fmt: skip
    shell = Event("second-2", "ASSAULT", "heavy-weapons", "hypothetical", (party("The Free Hills Front", FRONT),), (),
                  None, town, None, None, told("The Free Hills Front may shell Aleppo.", "shell"), 0.4,
                  "verb 'shell'")  # fmt: skip
    return Coding(report, (called, shell))


SECOND = second()
IDS = dict(zip([BOMBED, MET, MARCHED, CALLED, SHELL], [e.id for e in (*FIRST.events, *SECOND.events)], strict=True))
NAMES = {id: name for name, id in IDS.items()} | {f"L-{id}": name for name, id in IDS.items()}
ALL = [BOMBED, MET, MARCHED, CALLED, SHELL]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with open_store(tmp_path_factory.mktemp("browsing") / "d.duckdb") as opened:
        opened.add_many([FIRST, SECOND])
        yield opened


@pytest.fixture
def corrected(tmp_path):
    with open_store(tmp_path / "d.duckdb") as opened:
        opened.add_many([FIRST, SECOND])
        opened.reject(IDS[MARCHED])
        opened.accept(IDS[MET])
        opened.edit(IDS[BOMBED], actors=["person:jon-berg"], status="planned")
        opened.add_event(FIRST.report.id, "THREATEN", "We will not yield", actors="Ada Holm")
        yield opened


def names(rows):
    return [NAMES.get(row["id"], "added") for row in rows]


@pytest.mark.parametrize(
    ("filters", "expected", "reason"),
    [
        ({}, ALL, "nothing is asked for"),
        ({"actor": "Holm"}, [MET, CALLED], "part of a name"),
        ({"actor": "nobody at all"}, [], "no name"),
        ({"dyad": ("Holm", "Berg")}, [MET, CALLED], "who toward whom, and together"),
        ({"dyad": ("Berg", "Holm")}, [MET], "not the other way round, but for what they do together"),
        ({"between": ("Berg", "Holm")}, [MET, CALLED], "whoever acted"),
        ({"between": ("Holm", "Berg")}, [MET, CALLED], "in whatever order they are given"),
        ({"between": ("NOR", "EST")}, [MET, CALLED], "countries"),
        ({"between": ("Norland Air Force", "free hills")}, [BOMBED], "one toward the other"),
        ({"between": ("free hills", "Norland Air Force")}, [BOMBED], "or the other way round"),
        ({"between": ("Holm", "Holm")}, [], "nobody acts together with himself"),
        ({"between": ("Holm", "free hills")}, [], "two who have nothing to do with each other"),
        ({"type": "assault"}, [BOMBED, SHELL], "type, whatever its letters"),
        ({"mode": "visit"}, [CALLED], "mode"),
        ({"mode": "drone"}, [], "a mode that no act has"),
        ({"quad": 4}, [BOMBED, MARCHED, SHELL], "quad class"),
        ({"status": "hypothetical"}, [SHELL], "status"),
        ({"country": "SYR"}, [CALLED, SHELL], "where it happened"),
        ({"country": "EST"}, [MET, CALLED], "of a party"),
        ({"where": "syr"}, [CALLED, SHELL], "where it happened alone"),
        ({"where": "EST"}, [], "not of a party"),
        ({"located": True, "where": "SYR"}, [CALLED, SHELL], "at a place with coordinates"),
        ({"place": "ALEP"}, [CALLED, SHELL], "part of the name of a place"),
        ({"place": "capital"}, [MARCHED], "words for a place that has no name"),
        ({"place": "fjell"}, [], "the division that a place lies in is another place"),
        ({"context": "diplomatic"}, [CALLED], "context"),
        ({"since": "2021-04"}, [CALLED, SHELL], "since; an undated act has the day of its report"),
        ({"until": "2021-03-15"}, [BOMBED, MARCHED], "until"),
        ({"source": "other post"}, [CALLED, SHELL], "publisher"),
        ({"source": "wire"}, [BOMBED, MET, MARCHED], "agency"),
        ({"report": "second"}, [CALLED, SHELL], "of one report"),
        ({"report": "seco"}, [], "of which the whole id is given"),
        ({"corrected": "none"}, ALL, "nobody corrected any"),
        ({"corrected": "edited"}, [], "likewise"),
        ({"min_confidence": 0.875}, [BOMBED, CALLED], "at least so sure"),
        ({"max_confidence": 0.5}, [MET, SHELL], "at most so sure"),
        ({"min_confidence": 0.5, "max_confidence": 0.6}, [MET, MARCHED], "both"),
        ({"type": "CONSULT", "country": "SYR", "actor": "Berg"}, [CALLED], "several at once"),
        ({"words": "shelling aleppo"}, [SHELL, CALLED], "words of the report, the best sentence first"),
        ({"words": '"free hills"', "quad": 4}, [SHELL, BOMBED, MARCHED], "a phrase and a filter"),
    ],
)
@pytest.mark.parametrize("by", ["events", "linked"])
def test_filters(store, by, filters, expected, reason):
    search = Search(by=by, **filters)
    page = store.page(search)
    assert page.total == len(expected), reason
    assert sorted(names(page.rows)) == sorted(expected), reason
    if filters.get("words"):
        assert names(page.rows)[0] == expected[0], reason
        old = store.search(**filters, by=by).to_pylist()
        key = "linked_id" if by == "linked" else "event_id"
        assert [row["id"] for row in page.rows] == [row[key] for row in old]
    assert store.summary(search).total == len(expected)


@pytest.mark.parametrize(
    ("sort", "descending", "expected", "reason"),
    [
        (None, True, [CALLED, SHELL, BOMBED, MARCHED, MET], "as best"),
        ("best", True, [CALLED, SHELL, BOMBED, MARCHED, MET], "without words the newest; of equals the latest act"),
        ("date", True, [CALLED, BOMBED, MARCHED, MET, SHELL], "the undated come last"),
        ("date", False, [MARCHED, BOMBED, CALLED, MET, SHELL], "either way"),
        ("published", False, [BOMBED, MARCHED, MET, CALLED, SHELL], "day of publication"),
        ("actors", False, [CALLED, MET, SHELL, BOMBED, MARCHED], "the first of those who act"),
        ("actors", True, [MARCHED, BOMBED, SHELL, CALLED, MET], "from z to a"),
        ("recipients", False, [BOMBED, CALLED, MARCHED, MET, SHELL], "without recipients last"),
        ("type", False, [BOMBED, SHELL, CALLED, MET, MARCHED], "type"),
        ("mode", False, [BOMBED, MARCHED, SHELL, CALLED, MET], "mode"),
        ("status", False, [SHELL, CALLED, BOMBED, MET, MARCHED], "status"),
        ("place", False, [CALLED, SHELL, BOMBED, MARCHED, MET], "name, or words"),
        ("country", False, [BOMBED, CALLED, SHELL, MARCHED, MET], "country"),
        ("confidence", True, [CALLED, BOMBED, MARCHED, MET, SHELL], "the surest first"),
        ("quad", False, [CALLED, MET, BOMBED, MARCHED, SHELL], "quad class"),
        ("score", True, [CALLED, MET, MARCHED, BOMBED, SHELL], "score"),
        ("source", False, [BOMBED, MARCHED, MET, CALLED, SHELL], "publisher"),
        ("reports", True, [CALLED, BOMBED, MARCHED, MET, SHELL], "equals"),
        ("sources", True, [CALLED, BOMBED, MARCHED, MET, SHELL], "equals"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("by", ["events", "linked"])
def test_orders(store, by, sort, descending, expected, reason):
    search = Search(by=by)
    whole = store.page(search, sort=sort, descending=descending)
    assert names(whole.rows) == expected, reason
    parts = [store.page(search, sort=sort, descending=descending, offset=n, limit=2) for n in (0, 2, 4)]
    assert [row for part in parts for row in part.rows] == whole.rows
    assert store.ids(search, sort=sort, descending=descending) == [row["id"] for row in whole.rows]
    assert {part.total for part in parts} == {5}


def test_a_page_behind_the_last_is_empty_and_still_tells_how_many_there_are(store):
    page = store.page(Search(quad=4), offset=50)
    assert (page.rows, page.total) == ([], 3)


@pytest.mark.parametrize("by", ["events", "linked"])
@pytest.mark.parametrize("offset", range(5))
def test_pages_by_words_go_on_where_the_ranking_by_sentences_ends(store, monkeypatch, by, offset):
    search = Search("hills", by=by)
    monkeypatch.setattr("dotterel.store.browsing.RERANKED", 3)
    whole = store.page(search).rows
    assert names(whole)[0] == SHELL
    assert sorted(names(whole)) == sorted(ALL)
    assert store.page(search, offset=offset, limit=2).rows == whole[offset : offset + 2]


def party(actor_id, name, text):
    return {"actor_id": actor_id, "name": name, "text": text}


def test_a_row_has_all_that_is_to_be_read_of_an_event(store):
    (row,) = store.page(Search(type="ASSAULT", status="occurred")).rows
    assert row == {
        "id": IDS[BOMBED], "told_in": IDS[BOMBED], "type": "ASSAULT", "mode": "aerial", "status": "occurred", "quad": 4,
        "score": -9.5, "date": "2021-03-15", "first_day": date(2021, 3, 15), "last_day": date(2021, 3, 15),
        "date_precision": "day", "actors": "Norland Air Force", "actor_ids": ["organ:norland-air-force"],
        "recipients": "Free Hills Front", "recipient_ids": ["group:free-hills-front"], "according_to": "police",
        "claimed_by": "Southern Brigade", "place": "Tarn", "place_region": "Fjell", "place_country": "NOR",
        "contexts": ["military", "terrorism"], "confidence": 0.875, "corrected": None, "reports": 1, "sources": 1,
        "conflicting": None, "trigger": "bombed", "sentence": FIRST.events[0].mentions[0].sentence, "trigger_start": 20,
        "title": FIRST.report.title, "published": date(2021, 3, 16), "source": "example.org", "agency": "Wire",
        "url": "https://example.org/1", "report_id": FIRST.report.id,
        "parties": {
            "actor": [party("organ:norland-air-force", "Norland Air Force", "Norland's air force")],
            "recipient": [party("group:free-hills-front", "Free Hills Front", "the Free Hills Front")],
            "attribution": [party("organ:norland-police", "Norland police", "police")],
            "claimed_by": [party("group:southern-brigade", "Southern Brigade", "The Southern Brigade")],
        },
        "told_by": {
            "report_id": FIRST.report.id, "title": FIRST.report.title, "published": date(2021, 3, 16),
            "source": "example.org", "agency": "Wire",
        },
    }  # fmt: skip
    assert row["sentence"][20:26] == "bombed"


def test_a_row_of_a_linked_event_counts_its_reports_and_tells_what_they_dispute(tmp_path):
    again = make_coding(" Again.")
    other = replace(again.events[0], place=replace(again.events[0].place, name="Estby", country="EST", geonames=1))
    with open_store(tmp_path / "d.duckdb") as store:
        store.add_many([FIRST, replace(again, events=(other, *again.events[1:])), SECOND])
        first, *rest = store.page(Search(by="linked", type="ASSAULT"), sort="reports").rows
        told = [row["id"] for row in store.page(Search(by="linked", report=again.report.id)).rows]
    assert (first["reports"], first["sources"], first["actors"]) == (2, 1, "Norland Air Force")
    assert first["conflicting"] == "place: Estby; place: Tarn"
    assert [(row["reports"], row["conflicting"]) for row in rest] == [(1, None)]
    assert len(told) == 3
    assert first["told_by"]["report_id"] == first["told_in"].rpartition("-")[0], "the report of the words"


@pytest.mark.parametrize(
    ("filters", "expected", "reason"),
    [
        ({}, [BOMBED, MET, CALLED, SHELL, "added"], "without what was rejected, with what was added"),
        ({"corrected": "none"}, [CALLED, SHELL], "nothing said of"),
        ({"corrected": "accepted"}, [MET], "accepted"),
        ({"corrected": "edited"}, [BOMBED], "edited"),
        ({"corrected": "added"}, ["added"], "added"),
        ({"actor": "Berg"}, [BOMBED, MET, CALLED], "who acts as edited"),
        ({"actor": "Norland Air Force"}, [], "and no longer as coded"),
        ({"status": "planned"}, [BOMBED], "status as edited"),
        ({"between": ("Berg", "free hills")}, [BOMBED], "both sides as they are now"),
        ({"type": "THREATEN", "report": FIRST.report.id}, ["added"], "the report of an act that was added"),
        ({"words": "yield", "type": "THREATEN"}, ["added"], "and its words"),
    ],
)
@pytest.mark.parametrize("by", ["events", "linked"])
def test_corrections_hold(corrected, by, filters, expected, reason):
    page = corrected.page(Search(by=by, **filters))
    assert sorted(names(page.rows)) == sorted(expected), reason
    assert page.total == len(expected)
    for row in page.rows:
        kept = {MET: "accepted", BOMBED: "edited", "added": "added"}
        assert row["corrected"] == kept.get(NAMES.get(row["id"], "added")), reason


@pytest.mark.parametrize(("by", "party"), [("events", "parties"), ("linked", "linked_parties")])
def test_merged_actors_are_found_under_the_name_they_have_now(corrected, by, party):
    corrected.merge("group:free-hills-front", "organ:norland-police")
    found = corrected.page(Search(by=by, actor="norland police")).rows
    assert sorted(names(found)) == [BOMBED, SHELL]
    assert {row["recipients"] or row["actors"] for row in found} == {"Norland police"}
    assert corrected.page(Search(by=by, actor="free hills")).total == 0


def test_a_summary_tells_days_and_quad_classes(store):
    told = store.summary(Search())
    assert (told.total, told.first, told.last) == (5, date(2021, 3, 1), date(2021, 4, 1))
    assert told.quads == {1: 2, 2: 0, 3: 0, 4: 3}
    nothing = store.summary(Search(mode="drone"))
    assert (nothing.total, nothing.first, sum(nothing.quads.values())) == (0, None, 0)


@pytest.mark.parametrize(
    ("search", "sort", "message"),
    [
        (Search(), "colour", "sorted by 'colour'; known: date"),
        (Search(by="reports"), "date", "shown in pages; known: events, linked"),
        (Search(by="things"), "date", "shown in pages"),
        (Search(corrected="maybe"), "date", "no state of correction; known: accepted"),
        (Search("of the"), "best", "common words only"),
        (Search(since="someday"), "date", "no date"),
    ],
)
def test_what_cannot_be_shown_is_said(store, search, sort, message):
    with pytest.raises(StoreError, match=message):
        store.page(search, sort=sort)


@pytest.mark.parametrize(
    "words", ["'; DROP TABLE events; --", '"', "%", "$actor", "a' OR '1'='1", "\\", "{}", "x\x00y"]
)
@pytest.mark.parametrize("by", ["events", "linked"])
def test_hostile_values_are_only_values(store, by, words):
    for name in ("actor", "mode", "status", "country", "place", "context", "source", "report"):
        assert store.page(Search(by=by, **{name: words})).total in {0, 5}, name
    assert store.page(Search(by=by, between=(words, words))).total == 0
    assert store.counts()["events"] == 5


def test_one_event_comes_with_its_parties_words_and_figures(store):
    found = store.event(IDS[BOMBED])
    assert (found["type"], found["linked_id"], found["title"]) == ("ASSAULT", f"L-{IDS[BOMBED]}", FIRST.report.title)
    roles = [(party["role"], party["name"], party["text"], party["coded_id"]) for party in found["parties"]]
    assert ("claimed_by", "Southern Brigade", "The Southern Brigade", "group:southern-brigade") in roles
    assert len(roles) == 4
    assert all(party["alternatives"] == [] for party in found["parties"])
    assert [mention["trigger"] for mention in found["mentions"]] == ["bombed", "bombs"]
    assert [figure["what"] for figure in found["figures"]] == ["dead"]
    assert store.event("no such id") is None


def test_one_event_comes_as_corrected(corrected):
    found = corrected.event(IDS[BOMBED])
    assert (found["status"], found["corrected"]) == ("planned", "edited")
    assert [party["name"] for party in found["parties"] if party["role"] == "actor"] == ["Jon Berg"]
    assert corrected.event(IDS[MARCHED]) is None
    (added,) = corrected.page(Search(corrected="added")).rows
    assert corrected.event(added["id"])["mentions"][0]["trigger"] == "We will not yield"
