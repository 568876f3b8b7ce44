"""Acts read from a database: the events of reports, and linked events."""

import pytest

from dotterel.exports.acts import dyads
from dotterel.store import open_store
from sample import make_coding

DISPUTED = """
DELETE FROM linked_details;
INSERT INTO linked_details
SELECT id, 'dead', unnest(['15', '12']), 'conflicting', [] FROM linked_events WHERE type = 'ASSAULT';
INSERT INTO linked_details SELECT id, 'date', date, 'agreed', [] FROM linked_events WHERE type = 'ASSAULT';
"""


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "o.duckdb") as opened:
        opened.add_many([make_coding(), make_coding(" Again.")])
        yield opened


@pytest.fixture
def linked(store):
    store._connection.execute(DISPUTED)
    return store


def test_events_of_reports_come_whole_by_their_first_day(store):
    acts = list(store.acts("report"))
    assert len(acts) == 6
    days = [act.first_day for act in acts]
    assert days == [*sorted(filter(None, days)), None, None], "the undated last"
    bombed = next(act for act in acts if act.type == "ASSAULT")
    assert [p.name for p in bombed.actors] == ["Norland Air Force"]
    assert (bombed.recipients[0].text, bombed.recipients[0].country) == ("the Free Hills Front", "NSA")
    assert [p.name for p in bombed.claimed_by] == ["Southern Brigade"]
    assert [p.text for p in bombed.attribution] == ["police"]
    assert (bombed.place.name, bombed.place.region, bombed.place.geonames) == ("Tarn", "Fjell", 314159)
    assert (bombed.trigger, bombed.mentions, bombed.lead) == ("bombed", 2, True)
    assert (bombed.reports, bombed.sources) == ((bombed.source.id,), 1)
    assert (bombed.contexts, bombed.source.publisher) == (("military", "terrorism"), "example.org")


def test_a_report_is_told_with_who_and_what_it_names(store):
    source = next(store.acts("report")).source
    assert source.people == ("Ada Holm", "Jon Berg")
    assert "Free Hills Front" in source.organisations
    assert source.places == ("Norstad", "the capital")


def test_an_act_told_far_down_is_not_in_the_lead(store):
    lead = {act.type: act.lead for act in store.acts("report")}
    assert lead == {"ASSAULT": True, "CONSULT": False, "PROTEST": False}


def test_linked_events_come_once_with_all_their_reports(linked):
    acts = list(linked.acts())
    assert [act.type for act in acts] == ["PROTEST", "ASSAULT", "CONSULT"]
    assert all(act.id.startswith("L-") and len(act.reports) == 2 for act in acts)
    assert (acts[1].mentions, acts[1].disputed, acts[2].disputed) == (4, ("dead: 12", "dead: 15"), ())
    assert [p.name for p in acts[2].actors] == ["Ada Holm", "Jon Berg"]


@pytest.mark.parametrize(
    ("unit", "view", "key"), [("report", "dyads", "event_id"), ("linked", "linked_dyads", "linked_id")]
)
def test_dyads_of_acts_are_those_of_the_view(linked, unit, view, key):
    told = {
        (act.id, dyad.actor and dyad.actor.id, dyad.recipient and dyad.recipient.id)
        for act in linked.acts(unit)
        for dyad in dyads(act)
    }
    asked = linked.query(f"SELECT {key} AS id, actor_id, recipient_id FROM {view}").to_pylist()
    assert told == {(row["id"], row["actor_id"], row["recipient_id"]) for row in asked}
    assert len(asked) == len(told)


@pytest.mark.parametrize("unit", ["report", "linked"])
def test_acts_follow_the_merges_of_actors(linked, unit):
    linked.merge("group:free-hills-front", "organ:norland-police")
    bombed = next(act for act in linked.acts(unit) if act.type == "ASSAULT")
    assert bombed.recipients[0].id == "organ:norland-police"


@pytest.mark.parametrize("unit", ["report", "linked"])
def test_acts_follow_the_corrections(tmp_path, unit):
    coding = make_coding()
    bombed, met, marched = (event.id for event in coding.events)
    with open_store(tmp_path / "o.duckdb") as store:
        store.add(coding)
        store.reject(marched)
        store.edit(bombed, type="THREATEN", recipients=["person:ada-holm"], place="Paris")
        store.edit(met, date="2021-03-14")
        store.add_event(coding.report.id, "REQUEST", "told", actors=["person:ada-holm"], recipients=["person:jon-berg"])
        acts = {act.type: act for act in store.acts(unit)}
    assert set(acts) == {"THREATEN", "CONSULT", "REQUEST"}
    assert [party.name for party in acts["THREATEN"].recipients] == ["Ada Holm"]
    assert (acts["THREATEN"].place.name, acts["THREATEN"].place.country) == ("Paris", "FRA")
    assert str(acts["CONSULT"].first_day) == "2021-03-14"
    asked = acts["REQUEST"]
    assert (asked.trigger, asked.reports, asked.mentions) == ("told", (coding.report.id,), 1)
    assert [party.name for party in (*asked.actors, *asked.recipients)] == ["Ada Holm", "Jon Berg"]


def test_acts_come_in_batches_without_a_gap(linked, monkeypatch):
    whole = list(linked.acts("report"))
    monkeypatch.setattr("dotterel.store.acts.BATCH", 2)
    assert list(linked.acts("report")) == whole
