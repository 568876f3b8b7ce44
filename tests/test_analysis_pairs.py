"""Pairs of parties: the acts of each counted by hand, and the same as the views of dyads have, whatever the acts."""

from collections import defaultdict
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deeds import act, make_store
from dotterel.analysis.pairs import pairs
from dotterel.analysis.scope import STATUSES, scope_of
from dotterel.analysis.who import AmbiguousError, Party, UnknownPartyError, find_parties
from dotterel.errors import InputError
from test_analysis_dyads import generated, store_of

ACTS = [
    act("ASSAULT", "TUR", "RUS", "2015-11-24"),
    act("ACCUSE", "putin lavrov", "TUR", "2015-11-25"),
    act("CONSULT", "lavrov TUR", "", "2016-01-05"),
    act("CONSULT", "RUS TUR", "QAT", "2016-01-06"),
    act("AID", "RUS", "QAT"),
    act("ASSAULT", "air", "isis", "2015-11-20"),
    act("ASSAULT", "front", "TUR", "2015-11-21"),
    act("SANCTION", "RUS", "TUR", "2015-12-01", status="planned"),
    act("PROTEST", "crowd", "RUS", "2015-11-21"),
    act("ACCUSE", "RUS", "putin", "2015-11-21"),
]


@pytest.fixture
def store(tmp_path):
    with make_store(tmp_path / "d.duckdb", ACTS) as opened:
        yield opened


def told(found):
    return {(pair.a, pair.b): (pair.acts, pair.quads) for pair in found[0]}


@pytest.mark.parametrize(
    ("options", "expected", "reason"),
    [
        (
            {},
            {("RUS", "TUR"): (3, (1, 0, 1, 1)), ("QAT", "RUS"): (2, (1, 1, 0, 0)), ("QAT", "TUR"): (1, (1, 0, 0, 0)),
             ("RUS", "group:islamic-state"): (1, (0, 0, 0, 1)), ("TUR", "group:free-hills-front"): (1, (0, 0, 0, 1))},
            "an act once a pair, however many of a country do it; a group for itself; nobody toward his own country",
        ),
        ({"party": "QAT"}, {("QAT", "RUS"): (2, (1, 1, 0, 0)), ("QAT", "TUR"): (1, (1, 0, 0, 0))}, "those of one"),
        ({"by": "actor", "party": "person:sergei-lavrov"},
         {("person:sergei-lavrov", "state:TUR"): (2, (1, 0, 1, 0))}, "single actors"),
        ({"limit": 1, "offset": 1}, {("QAT", "RUS"): (2, (1, 1, 0, 0))}, "a page"),
        ({"limit": 1, "sort": "last"}, {("QAT", "RUS"): (2, (1, 1, 0, 0))}, "the latest act first, then most acts"),
        ({"limit": 1, "sort": "conflict"}, {("RUS", "TUR"): (3, (1, 0, 1, 1))}, "the most conflict first"),
    ],
)  # fmt: skip
def test_pairs(store, options, expected, reason):
    assert told(pairs(store, scope_of(), **options)) == expected, reason


def test_a_pair_has_names_days_years_and_a_mean(store):
    found, total = pairs(store, scope_of(), limit=2)
    assert total == 5
    assert found[0].names == ("Russia", "Turkey")
    assert (found[0].first, found[0].last) == (date(2015, 11, 24), date(2016, 1, 5))
    assert found[0].years == {2015: 2, 2016: 1}
    assert found[0].score == pytest.approx((-9 - 3 + 2.5) / 3)
    assert found[1].years == {2016: 1}, "an act of no day is of no year"


@pytest.mark.parametrize(
    ("scope", "expected", "reason"),
    [
        ({"since": "2016-01-01"}, 3, "from a day on, the undated left out"),
        ({"statuses": "planned"}, 1, "another status"),
        ({"until": "2015-11-21"}, 2, "up to a day"),
        ({"unit": "report"}, 5, "the events of reports"),
    ],
)
def test_what_is_counted(store, scope, expected, reason):
    assert len(pairs(store, scope_of(**scope))[0]) == expected, reason


def test_senseless_choices_are_refused(store):
    with pytest.raises(InputError, match="sort: there is no 'best'"):
        pairs(store, scope_of(), sort="best")
    with pytest.raises(InputError, match="by: there is no 'sector'"):
        pairs(store, scope_of(), by="sector")


SAME = """
SELECT DISTINCT linked_id, least(actor_id, recipient_id) AS a, greatest(actor_id, recipient_id) AS b FROM linked_dyads
WHERE actor_id <> recipient_id
"""


@settings(max_examples=25, deadline=None)
@given(generated)
def test_pairs_are_those_of_the_view_of_dyads(acts):
    with store_of(acts) as store:
        expected = defaultdict(int)
        for row in store.query(SAME).to_pylist():
            expected[row["a"], row["b"]] += 1
        found, total = pairs(store, scope_of(statuses=STATUSES), by="actor", limit=1000)
        assert {(pair.a, pair.b): pair.acts for pair in found} == expected
        assert total == len(expected)


@settings(max_examples=20, deadline=None)
@given(generated, st.sampled_from(["RUS", "TUR", "state:RUS"]))
def test_every_pair_of_the_list_has_as_many_acts_as_its_own_page(acts, party):
    from dotterel.analysis.between import read_dyad

    with store_of(acts) as store:
        scope = scope_of(statuses=STATUSES)
        found, _ = pairs(store, scope, by="country" if len(party) == 3 else "actor", party=party, limit=1000)
        for pair in found:
            assert read_dyad(store, pair.a, pair.b, scope).rows["act_id"].nunique() == pair.acts


# Whom a name means


def test_several_are_found_at_once(store):
    assert find_parties(store, ["RUS", "state:TUR", "putin"], scope_of()) == [
        Party("country", "RUS", "RUS"), Party("id", "state:TUR", "Turkey"),
        Party("id", "person:vladimir-putin", "Vladimir Putin")]  # fmt: skip


def test_who_could_be_meant_is_told_those_of_most_acts_first(store):
    with pytest.raises(AmbiguousError) as caught:
        find_parties(store, ["TUR", "rus"], scope_of())
    assert caught.value.said == "rus"
    assert [(one.id, one.acts) for one in caught.value.candidates] == [
        ("state:RUS", 6), ("organ:russian-air-force", 1)]  # fmt: skip
    with pytest.raises(UnknownPartyError) as unknown:
        find_parties(store, ["TUR", "nobody at all"], scope_of())
    assert unknown.value.said == "nobody at all"
