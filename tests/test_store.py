import subprocess
import sys

import duckdb
import pytest

from dotterel.errors import OutputError, StoreError
from dotterel.store import open_store
from dotterel.types import Coding, Failure, Report
from sample import make_coding


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "d.duckdb") as opened:
        yield opened


def many(number):
    return [make_coding(f" Number {n}.") for n in range(number)]


# DuckDB calls an open database by the name of its file, and takes that for the first part of a column's name.
@pytest.mark.parametrize("name", ["p", "v", "cut", "own", "source", "event_rows", "main", "my events"])
def test_a_file_may_have_any_name(tmp_path, name):
    with open_store(tmp_path / f"{name}.duckdb") as store:
        store.add(make_coding())
        for view in ("event_rows", "dyads", "linked_rows", "linked_dyads"):
            store.query(f"SELECT * FROM {view}")


def test_a_coding_comes_back_as_it_went_in(store):
    bare = Coding(Report(id="bare", text="Nothing happened."))
    assert store.add(make_coding())
    assert store.add(bare)
    assert list(store.codings()) == [make_coding(), bare]


def test_codings_come_back_after_closing_and_in_the_order_written(tmp_path):
    codings = many(120)
    with open_store(tmp_path / "d.duckdb") as store:
        assert store.add_many(codings) == 120
    with open_store(tmp_path / "d.duckdb", read_only=True) as store:
        assert list(store.codings()) == codings


def test_coding_the_same_report_again_changes_nothing(store):
    coding = make_coding()
    assert store.add(coding) is True
    before = store.counts()
    assert store.add(coding) is False
    assert store.add_many([coding, coding]) == 0
    assert store.counts() == before


def test_the_same_report_twice_in_one_batch_is_written_once(store):
    assert store.add_many([make_coding(), make_coding("."), make_coding()]) == 2
    assert store.counts()["reports"] == 2


def test_counts_name_every_table_of_records(store):
    store.add(make_coding())
    assert store.counts() == {
        "reports": 1,
        "actors": 7,
        "events": 3,
        "event_actors": 7,
        "mentions": 4,
        "quotes": 2,
        "figures": 3,
        "stances": 1,
        "attributions": 2,
        "places": 2,
        "failures": 0,
    }


def test_a_report_is_found_by_its_id_or_the_beginning_of_it(store):
    coding = make_coding()
    store.add_many([coding, make_coding(" more")])
    assert store.find(coding.report.id) == store.find(coding.report.id[:6]) == coding
    assert store.find("zzz") is None
    with pytest.raises(StoreError, match="2 reports begin"):
        store.find("")


def test_has_knows_only_what_was_written(store):
    coding = make_coding()
    assert not store.has(coding.report.id)
    store.add(coding)
    assert store.has(coding.report.id)


def test_a_failure_is_recorded_once(store):
    failure = Failure("a.txt", "is empty", None)
    assert store.add_failure(failure)
    assert not store.add_failure(failure)
    assert store.add_failure(Failure("a.txt", "is empty", 4))
    assert list(store.failures()) == [failure, Failure("a.txt", "is empty", 4)]


def test_offsets_in_the_tables_point_into_the_text(store):
    store.add(make_coding())
    for table, column in (("event_actors", "text"), ("mentions", "trigger")):
        wrong = f"""SELECT * FROM {table} t JOIN reports r ON r.id = t.report_id
                    WHERE substring(r.text, start_char + 1, end_char - start_char) <> t.{column}"""
        assert store.query(wrong).num_rows == 0
        assert store.query(f"SELECT * FROM {table}").num_rows > 3


BATCH = 20  # reports a transaction in these two tests


def test_a_batch_that_fails_leaves_the_earlier_ones_and_nothing_of_itself(store, monkeypatch):
    monkeypatch.setattr("dotterel.store.database.WRITE_BATCH", BATCH)
    codings = [*many(BATCH), make_coding(" fine"), make_coding(" torn \ud800")]
    with pytest.raises(StoreError, match="cannot write"):
        store.add_many(codings)
    assert store.counts()["reports"] == BATCH
    assert store.counts()["events"] == 3 * BATCH
    assert store.add(codings[BATCH]), "the store goes on working"


def test_an_interruption_in_the_middle_keeps_whole_batches(store, monkeypatch):
    monkeypatch.setattr("dotterel.store.database.WRITE_BATCH", BATCH)

    def interrupted():
        yield from many(BATCH + 7)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        store.add_many(interrupted())
    counts = store.counts()
    assert (counts["reports"], counts["events"], counts["quotes"]) == (BATCH, 3 * BATCH, 2 * BATCH)


@pytest.mark.parametrize(
    ("query", "expected", "reason"),
    [
        (
            "SELECT actor, actor_country, recipient, recipient_sector FROM dyads WHERE type = 'ASSAULT'",
            [("Norland Air Force", "NOR", "Free Hills Front", "REB")],
            "an act with both sides is one row a pair",
        ),
        (
            "SELECT actor, recipient FROM dyads WHERE type = 'CONSULT' ORDER BY 1",
            [("Ada Holm", "Jon Berg"), ("Jon Berg", "Ada Holm")],
            "a reciprocal act is a row each way",
        ),
        ("SELECT reciprocal FROM dyads WHERE type = 'CONSULT'", [(True,), (True,)], "and is marked as such"),
        ("SELECT actor, recipient FROM dyads WHERE type = 'PROTEST'", [("protesters", None)], "one-sided acts stay"),
        ("SELECT date, quad FROM dyads WHERE type = 'ASSAULT'", [("2021-03-15", 4)], "with date and quad"),
        ("SELECT DISTINCT type FROM dyads WHERE score < -6", [("ASSAULT",)], "and score"),
        (
            "SELECT actors, recipients, according_to, claimed_by, trigger FROM event_rows WHERE date = '2021-03-15'",
            [("Norland Air Force", "Free Hills Front", "police", "Southern Brigade", "bombed")],
            "event_rows reads like a sentence",
        ),
        ("SELECT count(*) FROM event_rows", [(3,)], "one row an event"),
        ("SELECT contexts FROM event_rows WHERE type <> 'PROTEST'", [("military; terrorism",), ("",)], "contexts read"),
        (
            "SELECT actor, place_region FROM dyads WHERE list_contains(contexts, 'terrorism')",
            [("Norland Air Force", "Fjell")],
            "dyads are counted by context",
        ),
        (
            "SELECT source, cue, content[-9:], via FROM attribution_rows",
            [("Norland police", "said", "on Monday", None), ("the Front", "told", "on Monday", "Wire")],
            "who is cited for which words, a source nobody knows by its own",
        ),
        ("SELECT name, region FROM places", [("Norstad", "Fjell"), (None, None)], "places named"),
        (
            "SELECT e.type FROM figures f JOIN events e ON e.id = f.event_id",
            [("ASSAULT",)],
            "a figure leads to the event that it counts",
        ),
        ("SELECT value, value_text FROM figures WHERE what = 'protesters'", [(None, "dozens")], "vague counts"),
    ],
)
def test_the_views_say_what_a_researcher_asks(store, query, expected, reason):
    store.add(make_coding())
    assert [tuple(row.values()) for row in store.query(query).to_pylist()] == expected, reason


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("DELETE FROM events", "only reads"),
        ("INSERT INTO meta VALUES ('a', 'b')", "only reads"),
        ("CREATE TABLE t (a INTEGER)", "only reads"),
        ("EXPLAIN ANALYZE DELETE FROM reports", "read-only"),
        ("SELECT 1; DELETE FROM events", "2 statements"),
        ("", "0 statements"),
        ("SELECT * FROM read_csv('/etc/hostname')", "disabled"),
        ("SELECT * FROM '/etc/hostname'", "does not exist"),
        ("COPY events TO 'out.csv'", "only reads"),
        ("ATTACH 'other.duckdb'", "only reads"),
        ("SET enable_external_access = true", "only reads"),
        ("SELEC 1", "syntax error"),
        ("SELECT * FROM nowhere", "nowhere does not exist"),
        ("SELECT '\ud800'", "surrogate"),
    ],
)
def test_a_query_only_reads_and_reaches_no_file(store, query, message):
    store.add(make_coding())
    with pytest.raises(StoreError, match=message) as caught:
        store.query(query)
    assert "\n" not in str(caught.value)
    assert store.counts()["events"] == 3


def test_a_query_is_refused_files_in_read_only_mode_too(tmp_path):
    open_store(tmp_path / "d.duckdb").close()
    with open_store(tmp_path / "d.duckdb", read_only=True) as store, pytest.raises(StoreError, match="disabled"):
        store.query("SELECT * FROM read_text('/etc/hostname')")


def test_a_newer_schema_is_refused_naming_both_versions_and_the_way_out(tmp_path):
    path = tmp_path / "d.duckdb"
    open_store(path).close()
    with duckdb.connect(str(path)) as raw:
        raw.execute("UPDATE meta SET value = '7' WHERE key = 'schema_version'")
    with pytest.raises(StoreError, match=r"version 7.*up to 5;.*pip install --upgrade"):
        open_store(path)


def test_views_of_an_earlier_dotterel_are_made_anew(tmp_path):
    path = tmp_path / "d.duckdb"
    with open_store(path) as store:
        store.add(make_coding())
    with duckdb.connect(str(path)) as raw:
        raw.execute("CREATE OR REPLACE VIEW current_linked AS SELECT 'old' AS id")
        raw.execute("UPDATE meta SET value = 'other' WHERE key = 'views'")
    with open_store(path) as store:
        assert store.query("SELECT count(reports) AS n FROM current_linked").to_pylist() == [{"n": 3}]


def make_text(path):
    path.write_text("Title\n\nNot a database at all. " * 30)


def make_lines(path):
    path.write_text('{"text": "Not a database at all."}\n')


def make_foreign(path):
    with duckdb.connect(str(path)) as raw:
        raw.execute("CREATE TABLE cats (name VARCHAR)")


# what is there, its name, what is said of it, why it is asked
OTHERS = [
    (make_text, "d.duckdb", "not a DuckDB database", "a text"),
    (make_lines, "d.jsonl", "not a DuckDB database", "DuckDB takes a file of that name for a database in memory"),
    (make_lines, "d.csv", "not a DuckDB database", "so it does with a table"),
    (make_foreign, "d.duckdb", "none that dotterel made", "somebody else's database"),
]


@pytest.mark.parametrize("read_only", [True, False])
@pytest.mark.parametrize(("prepare", "name", "message", "why"), OTHERS, ids=[row[3] for row in OTHERS])
def test_a_file_that_is_no_database_of_dotterel_is_refused_and_left_alone(
    tmp_path, prepare, name, message, why, read_only
):
    path = tmp_path / name
    prepare(path)
    before = path.read_bytes()
    with pytest.raises(StoreError, match=message):
        open_store(path, read_only=read_only)
    assert path.read_bytes() == before


def test_places_where_no_database_can_be_are_named(tmp_path):
    with pytest.raises(OutputError, match="is a folder"):
        open_store(tmp_path)
    with pytest.raises(OutputError, match="does not exist"):
        open_store(tmp_path / "no" / "d.duckdb")
    with pytest.raises(StoreError, match="no such database"):
        open_store(tmp_path / "d.duckdb", read_only=True)


def test_a_database_in_use_by_another_process_is_refused(tmp_path):
    path = tmp_path / "d.duckdb"
    code = f"import duckdb, sys; c = duckdb.connect({str(path)!r}); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"open\n"
        with pytest.raises(StoreError, match="in use by another process"):
            open_store(path, wait=0.5)
        holder.stdin.close()
    open_store(path).close()


def test_opened_twice_by_one_process_it_stays_closed_to_others(tmp_path):
    path = tmp_path / "d.duckdb"
    code = f"from dotterel import open_store; open_store({str(path)!r}, wait=0)"
    with open_store(path):
        open_store(path).close()
        other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert "in use by another process" in other.stderr, "closing a file by itself would have taken the lock off"


def test_a_long_question_draws_no_bar_among_what_a_script_prints(tmp_path):
    asking = "SELECT current_setting('enable_progress_bar') AS drawn"
    script = f"from dotterel import open_store\nprint(open_store('new.duckdb').query({asking!r}).to_pylist())"
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert done.stdout == "[{'drawn': False}]\n", "DuckDB takes python -c for somebody who watches"
