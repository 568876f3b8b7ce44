"""What is made ready where a report is coded is what the store makes of it otherwise, wherever that is."""

import pickle

import pytest

from dotterel.cluster.jobs import Shard
from dotterel.cluster.parts import Parts
from dotterel.coder import Coder
from dotterel.errors import ModelError
from dotterel.run import coder_for
from dotterel.store import ReadyCoder, open_store
from dotterel.store.ready import Ready, Sensed, ready, sensed
from dotterel.types import Coding, Failure
from dotterel.workers import Workers
from quick_coder import Missing, QuickCoder, coding, report, reports
from sample import make_coding

CODING = make_coding()

TABLES = {
    **dict.fromkeys(
        ("event_facts", "event_keys", "report_bands", "reprints", "terms", "indexed", "linked_events"), "*"
    ),
    "judgements": "* EXCLUDE made",
}


def held(path, codings):
    """Every row that is linked and sought by, of a new database of these codings."""
    with open_store(path) as store:
        store.add_many(codings)
        return {name: store.query(f"SELECT {columns} FROM {name} ORDER BY ALL") for name, columns in TABLES.items()}


def test_a_database_is_the_same_made_ready_or_not(tmp_path):
    codings = [CODING, *map(coding, reports(5))]
    sent = [pickle.loads(pickle.dumps(ready(one))) for one in codings]
    assert held(tmp_path / "a.duckdb", codings) == held(tmp_path / "b.duckdb", sent)


@pytest.mark.parametrize(
    ("made", "kind", "reason"),
    [(sensed, Sensed, "a worker has told the sense of its sentences"), (lambda one: one, Coding, "of an older part")],
)
def test_a_database_is_the_same_by_way_of_the_parts_of_a_cluster(tmp_path, made, kind, reason):
    codings = [CODING, *map(coding, reports(5))]
    parts, shard = Parts(str(tmp_path / "parts")), Shard(0)
    parts.write(shard, map(made, codings))
    read = list(parts.read(parts.names()[shard.id]))
    assert {type(one) for one in read} == {kind}, reason
    assert held(tmp_path / "a.duckdb", codings) == held(tmp_path / "b.duckdb", read)


def test_what_is_ready_stays_as_it_is():
    one = ready(CODING)
    assert ready(one) is one
    assert one.terms["bomb"] == 2
    assert len(one.facts) == len(CODING.events)
    assert all(fact.sense for fact in one.facts)
    assert one.bands
    assert one.to_dict() == CODING.to_dict(), "other outputs do not tell"


def test_workers_make_ready_and_pass_failures_on():
    with Workers(ReadyCoder(QuickCoder()), 2, 20.0) as workers:
        found = list(workers.pipe([report("Good. One."), Failure("a.txt", "cannot be read"), report("It FAILS.")]))
    assert [type(one) for one in found] == [Ready, Failure, Failure]
    with pytest.raises(ModelError, match="no such pipeline"):
        ReadyCoder(Missing()).load()


@pytest.mark.parametrize(
    ("name", "kind", "reason"),
    [
        ("a.duckdb", Ready, "a database is linked and searched"),
        ("a.db", Ready, "so is this one"),
        ("a.jsonl", Coding, "a file is neither"),
    ],
)
def test_only_what_a_database_needs_is_made_ready(tmp_path, name, kind, reason):
    (found,) = coder_for(tmp_path / name, Coder()).pipe([report("Norland's army bombed the port of Southland.")])
    assert type(found) is kind, reason
