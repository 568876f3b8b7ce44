"""What the benchmarks of growth do with a small store, what an estimate reckons, and how tables get onto a page."""

import pytest
from benchmarks import growth, growth_queries
from benchmarks.estimate import Corpus, long, rows
from benchmarks.measured import renewed

from dotterel.store import open_store


def test_a_store_that_waits_for_it_is_linked_and_takes_new_reports(tmp_path):
    path = tmp_path / "made.duckdb"
    growth.generate(path, 150, linked=False)
    with open_store(path, read_only=True) as store:
        before = store.query("SELECT count(*) AS n, (SELECT count(*) FROM linked_members) AS linked FROM reports")
        (held,) = before.to_pylist()
    assert held["linked"] == 0
    linked, added = growth.link(path), growth.add(path, 10)
    assert linked.seconds > 0
    assert added.memory > 0
    with open_store(path, read_only=True) as store:
        assert store.counts()["reports"] == held["n"] + 10
        linked_now = store.query("SELECT event_id FROM linked_members").num_rows
        assert linked_now == store.counts()["events"] > 150
    assert set(growth_queries.seconds(path, 1)) == set(growth_queries.QUESTIONS)


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(5, "5 seconds"), (600, "10.0 minutes"), (86_400, "24.0 hours"), (864_000, "10.0 days")],
)
def test_lengths_of_time_are_told_in_the_unit_that_reads_best(seconds, told):
    assert long(seconds) == told


def test_an_estimate_is_the_arithmetic_it_shows():
    asked = Corpus(1_000_000, 1000 / 365.25, cores=10, rate=2.0, events=4.0, mib=50.0, link=20.0, pairs=40.0)
    found = {what: value for what, _, value in rows(asked)}
    assert found["coding, on one core"] == "5.8 days"
    assert found["coding, on 10 cores"] == "13.9 hours"
    assert found["events a day of news"] == "4,000"
    assert found["writing and linking a report"] == "100 ms"
    assert found["writing and linking, one process"] == "27.8 hours"
    assert found["cores that it can serve"] == "5.0"
    assert found["the store"] == "49 GiB"


PAGE = """One.
<!-- measured: python -m benchmarks.workers --rounds 2 -->
old
<!-- end of measured -->
<!-- measured: python -m benchmarks.growth -->
<!-- end of measured -->
"""


@pytest.mark.parametrize(
    ("words", "run"),
    [((), ["workers --rounds 2", "growth"]), (("growth",), ["growth"]), (("none such",), [])],
)
def test_tables_are_put_between_their_marks(words, run):
    page = renewed(PAGE, words, lambda command: f"| table of {command} |")
    assert [part.partition(" |")[0] for part in page.split("| table of python -m benchmarks.")[1:]] == run
    assert page.count("<!-- measured") == page.count("<!-- end of measured") == 2
    assert ("\nold\n" in page) is bool(words), "what is not run anew stays"
    assert renewed(page, words, lambda command: f"| table of {command} |") == page
