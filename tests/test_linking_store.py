"""Linked events in the store: the same in any order, and what a user decides wins and can be undone."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from benchmarks import linking

from dotterel import Coder, Coding, open_store
from dotterel.errors import StoreError

TABLES = ("linked_events", "linked_members", "linked_actors", "linked_details", "reprints")
FIRST = 45  # reports of half b that are coded for these tests


@pytest.fixture(scope="module")
def codings() -> list[Coding]:
    reports = linking.reports("b")[:FIRST]
    copied = reports[0]
    text = copied.text.replace(copied.title or "", "The same story under another headline", 1) + "\n\nFollow us."
    copy = replace(copied, id="zz", title=None, text=text, source="Evening Mail", agency=None)
    found = list(Coder().pipe([*reports, copy]))
    assert all(isinstance(one, Coding) for one in found)
    return found  # type: ignore[return-value]


def kept(store) -> dict[str, list[dict]]:
    found = {table: store.query(f"SELECT * FROM {table} ORDER BY ALL").to_pylist() for table in TABLES}
    judged = "SELECT event_a, event_b, same, score, reasons, conflicts FROM judgements ORDER BY ALL"
    return found | {"judgements": store.query(judged).to_pylist()}


@pytest.fixture(scope="module")
def whole(codings, tmp_path_factory):
    with open_store(tmp_path_factory.mktemp("whole") / "all.duckdb") as store:
        store.add_many(codings)
        return kept(store)


def test_every_event_is_a_member_of_exactly_one_linked_event(whole, codings):
    members = [row["event_id"] for row in whole["linked_members"]]
    assert sorted(members) == sorted(event.id for coding in codings for event in coding.events)
    assert {row["linked_id"] for row in whole["linked_members"]} == {row["id"] for row in whole["linked_events"]}
    assert sum(row["events"] for row in whole["linked_events"]) == len(members)


def test_acts_are_found_that_several_reports_tell(whole):
    assert max(row["reports"] for row in whole["linked_events"]) >= 3


@pytest.mark.parametrize("seed", range(9))
def test_any_order_gives_the_same_links(seed, codings, whole, tmp_path):
    order = random.Random(seed).sample(codings, len(codings))
    with open_store(tmp_path / "other.duckdb") as store:
        store.add_many(order)
        assert kept(store) == whole


def test_one_by_one_gives_the_same_links_as_all_at_once(codings, whole, tmp_path):
    with open_store(tmp_path / "slow.duckdb") as store:
        for coding in reversed(codings):
            store.add(coding)
        assert kept(store) == whole


def test_a_reprint_counts_as_a_report_and_not_as_a_source(whole, codings):
    original = codings[0].report.id
    (row,) = [row for row in whole["reprints"] if row["report_id"] == "zz"]
    assert row["of_id"] == original
    assert row["containment"] > 0.8
    shared = {r["linked_id"] for r in whole["linked_members"] if r["report_id"] == "zz"}
    told = [r for r in whole["linked_events"] if r["id"] in shared]
    assert told
    assert all(row["sources"] < row["reports"] for row in told)


def linked_ids(store) -> dict[str, str]:
    rows = store.query("SELECT event_id, linked_id FROM linked_members").to_pylist()
    return {row["event_id"]: row["linked_id"] for row in rows}


def test_a_user_joins_two_events_and_takes_it_back(codings, whole, tmp_path):
    with open_store(tmp_path / "own.duckdb") as store:
        store.add_many(codings)
        a, b = sorted(row["id"].removeprefix("L-") for row in whole["linked_events"])[:2]
        number = store.join(a, b, "Ada", "one and the same march")
        assert linked_ids(store)[a] == linked_ids(store)[b] == f"L-{a}"
        (row,) = store.query(f"SELECT * FROM judgements WHERE number = {number}").to_pylist()
        assert (row["made_by"], row["note"], row["same"]) == ("Ada", "one and the same march", True)
        store.undo_judgement(number)
        assert {t: rows for t, rows in kept(store).items() if t in TABLES} == {t: whole[t] for t in TABLES}
        with pytest.raises(StoreError, match="undone before"):
            store.undo_judgement(number)


def test_a_user_parts_two_events_and_takes_it_back(codings, whole, tmp_path):
    with open_store(tmp_path / "own.duckdb") as store:
        store.add_many(codings)
        several = next(row["id"] for row in whole["linked_events"] if row["events"] > 1)
        a, b = sorted(row["event_id"] for row in whole["linked_members"] if row["linked_id"] == several)[:2]
        number = store.part(a, b, "Ada")
        assert linked_ids(store)[a] != linked_ids(store)[b]
        later = store.join(a, b, "Ada")
        assert linked_ids(store)[a] == linked_ids(store)[b]
        store.undo_judgement(later)
        assert linked_ids(store)[a] != linked_ids(store)[b]
        store.undo_judgement(number)
        assert {t: rows for t, rows in kept(store).items() if t in TABLES} == {t: whole[t] for t in TABLES}


def test_decisions_that_cannot_be_made(codings, tmp_path):
    with open_store(tmp_path / "own.duckdb") as store:
        store.add_many(codings[:3])
        known = next(iter(linked_ids(store)))
        for a, b, who, why in (
            (known, "nobody-1", "Ada", "no event nobody-1"),
            (known, f"L-{known}", "Ada", "are one event"),
            (known, known, "dotterel", "not 'dotterel'"),
        ):
            with pytest.raises(StoreError, match=why):
                store.join(a, b, who)
        with pytest.raises(StoreError, match="no judgement 99"):
            store.undo_judgement(99)


def test_what_an_older_dotterel_wrote_is_linked_when_asked(codings, whole, tmp_path):
    with open_store(tmp_path / "old.duckdb") as store:
        store.add_many(codings)
        for table in (*TABLES, "report_bands", "event_keys", "event_facts", "judgements"):
            store._connection.execute(f"DELETE FROM {table}")
        assert sorted(store.link()) == sorted(coding.report.id for coding in codings)
        assert kept(store) == whole
        assert list(store.link()) == []
