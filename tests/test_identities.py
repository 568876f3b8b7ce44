import duckdb
import pytest

from dotterel.errors import StoreError
from dotterel.store import open_store
from dotterel.types import Actor, ActorMention, Alternative, Coding, Event, Mention, Report
from sample import make_coding

PUTIN = Actor("person:vladimir-putin", "Vladimir Putin", "RUS", "GOV", ("GOV",))
SMITH = Actor("person:john-smith", "John Smith", "GBR", "LEG", ("LEG",))
V_PUTIN = Actor("person:v-putin", "V. Putin", None, "UNK", ("UNK",))
OTHERS = (Alternative(Actor("person:lyudmila-putina", "Lyudmila Putina", "RUS"), 0.2),)


def told(report, *actors, text=None):
    """A report with one event a listed actor, the same words for each."""
    mentions = [ActorMention(text or a.name, 0, 4, a, "named", 0.9, "test", OTHERS) for a in actors]
    where = (Mention("X acted.", "acted", 2, 7, 0, 8),)
    events = tuple(
        Event(f"{report}-{n}", "ACCUSE", None, "occurred", (m,), (), None, None, None, None, where, 0.9, "test")
        for n, m in enumerate(mentions)
    )
    return Coding(Report(report, "X acted."), events)


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "d.duckdb") as opened:
        opened.add_many([told("r1", PUTIN, SMITH), told("r2", V_PUTIN, SMITH), told("r3", SMITH, text="Smith")])
        yield opened


def listed(store, search=None):
    return {row["actor_id"]: (row["name"], row["events"]) for row in store.actors(search).to_pylist()}


def test_actors_are_listed_with_their_counts_the_most_frequent_first(store):
    assert next(iter(listed(store).items())) == ("person:john-smith", ("John Smith", 3))


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ("PUTIN", {"person:vladimir-putin", "person:v-putin"}),  # case aside
        ("v-putin", {"person:v-putin"}),  # part of an id
        ("Smith", {"person:john-smith"}),
        ("nobody", set()),
        ("%", set()),  # no pattern of SQL's
    ],
)
def test_search_looks_in_names_ids_and_words(store, search, expected):
    assert set(listed(store, search)) == expected


def test_a_merge_holds_in_every_view_until_it_is_undone(store):
    number = store.merge("person:v-putin", "person:vladimir-putin", "an initial")
    assert listed(store, "putin") == {"person:vladimir-putin": ("Vladimir Putin", 2)}
    dyads = store.query("SELECT DISTINCT actor, actor_country FROM dyads WHERE actor LIKE '%Putin%'").to_pylist()
    assert dyads == [{"actor": "Vladimir Putin", "actor_country": "RUS"}]  # the country comes with the identity
    store.undo(number)
    assert set(listed(store, "putin")) == {"person:vladimir-putin", "person:v-putin"}
    (row,) = store.decisions().to_pylist()
    assert row["note"] == "an initial"
    assert row["undone"] is not None


def test_a_merge_into_one_merged_goes_to_the_last(store):
    store.merge("person:v-putin", "person:vladimir-putin")
    store.merge("person:vladimir-putin", "person:john-smith")
    assert set(listed(store)) == {"person:john-smith"}


def test_a_split_takes_the_mentions_of_a_report_or_of_certain_words(store):
    by_report = store.split("person:john-smith", "John Smith (MP)", report="r2")
    assert listed(store, "smith") == {
        "person:john-smith": ("John Smith", 2),
        "person:john-smith-mp": ("John Smith (MP)", 1),
    }
    store.undo(by_report)
    store.split("person:john-smith", "Adam Smith", text="Smith")
    assert listed(store, "adam") == {"person:adam-smith": ("Adam Smith", 1)}


def test_names_in_other_letters_are_of_different_actors(store):
    store.split("person:john-smith", "Иван Смит", report="r2")
    store.split("person:john-smith", "约翰 史密斯", report="r3")
    assert {"person:Иван-Смит", "person:约翰-史密斯"} <= set(listed(store))


def test_the_coding_stays_as_it_was_coded(store):
    before = list(store.codings())
    store.merge("person:v-putin", "person:vladimir-putin")
    store.split("person:john-smith", "Adam Smith", text="Smith")
    assert list(store.codings()) == before
    assert before[0].events[0].actors[0].alternatives == OTHERS


@pytest.mark.parametrize(
    ("decide", "message"),
    [
        (lambda s: s.merge("person:nobody", "person:v-putin"), "no actor here has the id person:nobody"),
        (lambda s: s.merge("person:v-putin", "person:v-putin"), "already"),
        (lambda s: s.split("person:john-smith", "X"), "tell which mentions"),
        (lambda s: s.split("person:john-smith", "X", text="Jones"), "no such mention"),
        (lambda s: s.split("person:john-smith", "X", report="r"), "3 reports begin"),
        (lambda s: s.undo(9), "there is no decision 9"),
    ],
)
def test_what_cannot_be_decided_is_refused_with_the_reason(store, decide, message):
    with pytest.raises(StoreError, match=message):
        decide(store)
    assert store.decisions().num_rows == 0


def test_a_circle_of_merges_is_refused(store):
    store.merge("person:v-putin", "person:vladimir-putin")
    with pytest.raises(StoreError, match="already"):
        store.merge("person:vladimir-putin", "person:v-putin")


def test_a_decision_is_undone_once(store):
    number = store.merge("person:v-putin", "person:vladimir-putin")
    store.undo(number)
    with pytest.raises(StoreError, match="undone before"):
        store.undo(number)


SINCE_VERSION_4 = (
    "report_bands", "reprints", "event_keys", "event_facts", "judgements",
    "linked_events", "linked_members", "linked_actors", "linked_details", "corrections",
    "indexed", "terms", "verdicts",
)  # fmt: skip


def as_version_3(raw):
    """Take out of a database what schema versions 4 and 5 added, and all views."""
    for (view,) in raw.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal").fetchall():
        raw.execute(f"DROP VIEW {view}")
    for table in SINCE_VERSION_4:
        raw.execute(f"DROP TABLE {table}")
    raw.execute("DROP SEQUENCE judgement_number; DROP SEQUENCE correction_number")
    raw.execute("UPDATE meta SET value = '3'")


def as_version_2(raw):
    """Take out of a database what schema versions 3 to 5 added, and all views."""
    as_version_3(raw)
    raw.execute("DROP TABLE attributions; DROP TABLE places")
    for column in ("event_id", "bound", "low", "high"):
        raw.execute(f"ALTER TABLE figures DROP {column}")
    for column in ("contexts", "place_region"):
        raw.execute(f"CREATE TABLE kept AS SELECT * EXCLUDE ({column}) FROM events; DROP TABLE events")
        raw.execute("ALTER TABLE kept RENAME TO events")
    raw.execute("UPDATE meta SET value = '2'")


def test_a_database_of_the_third_schema_is_brought_up_to_date(tmp_path):
    path = tmp_path / "old.duckdb"
    with open_store(path) as store:
        store.add(make_coding())
    with duckdb.connect(str(path)) as raw:
        as_version_3(raw)
    with open_store(path) as store:
        assert list(store.codings()) == [make_coding()]
        assert store.query("SELECT * FROM linked_rows").num_rows == 0  # none until `dotterel link`


def test_a_database_of_the_second_schema_is_brought_up_to_date_and_gone_on_with(tmp_path):
    path = tmp_path / "old.duckdb"
    with open_store(path) as store:
        store.add(make_coding())
    with duckdb.connect(str(path)) as raw:
        as_version_2(raw)
    with open_store(path) as store:
        store.add(make_coding(" More."))
        old, new = store.codings()
        assert (old.attributions, old.places, old.events[0].contexts) == ((), (), ())
        assert old.quotes == make_coding().quotes
        assert new == make_coding(" More.")
        assert store.query("SELECT DISTINCT contexts FROM event_rows ORDER BY 1").num_rows == 3


def test_a_database_of_the_first_schema_is_brought_up_to_date(tmp_path):
    path = tmp_path / "old.duckdb"
    with open_store(path) as store:
        store.add(told("r1", SMITH))
    with duckdb.connect(str(path)) as raw:  # as version 1 had left it
        as_version_2(raw)
        raw.execute("DROP TABLE actor_decisions; DROP SEQUENCE actor_decision_number")
        raw.execute("ALTER TABLE event_actors DROP alternatives; ALTER TABLE quotes DROP speaker_alternatives")
        raw.execute("UPDATE meta SET value = '1'")
    with open_store(path, read_only=True) as store:
        assert listed(store) == {"person:john-smith": ("John Smith", 1)}
        (coding,) = store.codings()
        assert coding.events[0].actors[0].alternatives == ()


def test_views_of_another_dotterel_give_way_to_this_ones(tmp_path):
    path = tmp_path / "views.duckdb"
    with open_store(path) as store:
        store.add(make_coding())
    with duckdb.connect(str(path)) as raw:
        raw.execute(
            "CREATE OR REPLACE VIEW event_rows AS SELECT 1 AS one; UPDATE meta SET value = '' WHERE key = 'views'"
        )
    with open_store(path, read_only=True) as store:
        assert store.query("SELECT * FROM event_rows").column_names == ["one"], "who only reads changes nothing"
    with open_store(path) as store:
        assert store.query("SELECT * FROM event_rows").num_rows == len(make_coding().events)


def test_a_split_holds_in_acts_where_most_tellings_are_of_it(tmp_path):
    with open_store(tmp_path / "split.duckdb") as store:
        store.add(make_coding())
        store.split("person:ada-holm", "Somebody Else", text="Ada Holm")
        named = store.query("SELECT actor_id FROM linked_parties WHERE coded_id = 'person:ada-holm'").to_pylist()
        assert named == [{"actor_id": "person:somebody-else"}]
        store.merge("person:somebody-else", "person:jon-berg")
        named = store.query("SELECT name FROM linked_parties WHERE coded_id = 'person:ada-holm'").to_pylist()
        assert named == [{"name": "Jon Berg"}]


def test_a_split_is_of_words_and_leaves_whom_a_correction_names(tmp_path):
    coding = make_coding()
    _, met, marched = (event.id for event in coding.events)
    with open_store(tmp_path / "given.duckdb") as store:
        store.add(coding)
        store.split("person:ada-holm", "Ada Berg", report=coding.report.id)
        store.edit(marched, actors=["Ada Holm"])
        second = store.edit(met, actors=["Ada Holm"])
        for view in ("parties", "linked_parties"):
            found = store.query(f"SELECT DISTINCT actor_id FROM {view} WHERE coded_id = 'person:ada-holm'").to_pylist()
            assert found == [{"actor_id": "person:ada-holm"}], view
        store.undo_correction(second)
        found = store.query("SELECT actor_id FROM linked_parties WHERE coded_id = 'person:ada-holm' ORDER BY 1")
        assert found.column(0).to_pylist() == ["person:ada-berg", "person:ada-holm"]


def test_quotations_and_citations_go_with_the_words_that_are_split_off(tmp_path):
    coding = make_coding()
    with open_store(tmp_path / "quoted.duckdb") as store:
        store.add(coding)
        number = store.split("person:ada-holm", "Ada Berg", report=coding.report.id)
        store.split("organ:norland-police", "Tarn police", text="police")
        quotes = {row["actor_id"]: row["quotes"] for row in store.actors().to_pylist()}
        assert (quotes["person:ada-berg"], quotes.get("person:ada-holm")) == (1, None)
        sources = store.query("SELECT source FROM attribution_rows").column(0).to_pylist()
        assert "Tarn police" in sources
        assert "Norland police" not in sources
        current = store.current(coding.report.id).coding
        assert current.quotes[0].speaker.actor.name == "Ada Berg"
        assert current.attributions[0].source.actor.name == "Tarn police"
        store.merge("person:ada-berg", "person:jon-berg")
        assert store.current(coding.report.id).coding.quotes[0].speaker.actor.id == "person:jon-berg"
        store.undo(number)
        assert store.current(coding.report.id).coding.quotes[0].speaker.actor.id == "person:ada-holm"


def test_whoever_is_split_off_can_be_named_in_other_acts(tmp_path):
    coding = make_coding()
    with open_store(tmp_path / "named.duckdb") as store:
        store.add(coding)
        store.split("person:ada-holm", "Ada Berg", report=coding.report.id)
        assert "person:ada-berg" in store.complete_actor("ada b").column("actor_id").to_pylist()
        store.edit(coding.events[2].id, actors=["ada berg"])
        found = store.query("SELECT DISTINCT actor_id, name FROM parties WHERE name ILIKE 'ada%'").to_pylist()
        assert found == [{"actor_id": "person:ada-berg", "name": "Ada Berg"}], "one identity, not two of one name"
        assert store.complete_actor("ada b").num_rows == 1
