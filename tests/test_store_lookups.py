"""What is sought in a large store: the same by an index as in one pass, and reprints among ever so many reports."""

from __future__ import annotations

import random
from datetime import date

import duckdb
import pytest

from dotterel import Coding, Report, open_store
from dotterel.store import inserting
from dotterel.store.copies import HOLDERS

WORDS = [
    first + last for first in ("bar", "cor", "dun", "fel", "gam", "hos") for last in ("an", "el", "ik", "om", "ut")
]
NOTICE = (
    "This report may not be printed or sent on without leave of the agency that wrote it, nor changed in any way."
    " Readers who find a mistake in it are asked to write to the desk in Norstad, which answers within two days."
)  # fmt: skip


@pytest.fixture
def table():
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE held AS SELECT 'k' || i % 700 AS key, i AS number FROM range(2100) t(i)")
        connection.execute("CREATE INDEX held_key ON held (key)")
        yield connection


@pytest.mark.parametrize(
    ("passed", "few", "values"),
    [
        (0, 250, 600),  # a table so large that its index is asked, for some at a time
        (0, 7, 600),  # for few at a time, and at last for fewer
        (10**9, 250, 600),  # in one pass
        (0, 250, 3),  # few values, for which the index is asked once
        (0, 250, 0),  # none
    ],
)
def test_the_same_is_found_and_deleted_by_index_and_in_one_pass(table, monkeypatch, passed, few, values):
    monkeypatch.setattr(inserting, "PASSED", passed)
    monkeypatch.setattr(inserting, "FEW", few)
    wanted = [f"k{n}" for n in range(values)]
    found = inserting.found_by(table, "SELECT key, number FROM held", "key", [*wanted, *wanted, "absent"])
    assert sorted(found) == sorted((f"k{i % 700}", i) for i in range(2100) if i % 700 < values)
    inserting.delete_by(table, "held", "key", wanted)
    assert table.execute("SELECT count(*), min(number) FROM held").fetchall() == [(2100 - 3 * values, values)]


def told(number: int, body: str, notice: str = NOTICE) -> Coding:
    return Coding(Report(f"r{number:04d}", f"Report {number}\n\n{body} {notice}", published=date(2021, 3, 1)))


def bodies(count: int) -> list[str]:
    chance = random.Random(5)
    return [" ".join(chance.choices(WORDS, k=90)) for _ in range(count)]


def test_a_set_phrase_in_ever_more_reports_is_noted_of_some_and_copies_are_found_all_the_same(tmp_path):
    other = bodies(HOLDERS + 40)
    story, last = "The ministers met in Norstad on Monday. " + bodies(200)[-1], len(other) - 1
    with open_store(tmp_path / "many.duckdb") as store:
        store.add_many(told(number, body) for number, body in enumerate(other))
        store.add_many(told(1000 + number, story) for number in range(HOLDERS + 10))
        store.add(told(2000, other[last], "Another paper printed this."))
        most = "SELECT max(n) AS most FROM (SELECT count(*) AS n FROM report_bands GROUP BY hash)"
        (row,) = store.query(most).to_pylist()
        assert row["most"] == HOLDERS, "the notice is in more reports than are noted"
        groups = "SELECT group_id, count(*) AS n FROM reprints GROUP BY group_id HAVING n > 1 ORDER BY n"
        copies = [(row["group_id"], row["n"]) for row in store.query(groups).to_pylist()]
    assert copies == [(f"r{last:04d}", 2), ("r1000", HOLDERS + 10)]
