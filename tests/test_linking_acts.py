"""Two events of two reports: the same act or not, and what a linked event says of its members."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations, permutations

import pytest
from benchmarks import linking

from dotterel import Coder, Coding
from dotterel.linking.acts import Decisions, link
from dotterel.linking.cluster import components, groups
from dotterel.linking.compare import IMPOSSIBLE, agree, judge, ruled_out
from dotterel.linking.facts import Facts, Party, Toll, facts_of
from dotterel.linking.keys import keys_of

NORLAND = Party("state:NOR", "Norland", "NOR", "GOV", ("GOV",), "Norland")
ARMY = Party("role:NOR-MIL-army", "Norland army", "NOR", "MIL", ("MIL",), "the army")
FRONT = Party("group:free-hills-front", "Free Hills Front", "NSA", "REB", ("REB",), "the Front")
ESTMARK = Party("state:EST", "Estmark", "EST", "GOV", ("GOV",), "Estmark")
DAY = date(2021, 3, 15)
SENSE = bytes(range(1, 101))
DEAD = Toll("dead", 12.0, 12.0, "12")

FIRST = Facts(
    event_id="a-1", report_id="a", published=DAY, outlet="Wire", type="ASSAULT", mode="aerial", status="occurred",
    contexts=("military",), confidence=0.9, actors=(NORLAND,), recipients=(FRONT,), attribution=(), claimed_by=(),
    first=DAY, last=DAY, day="2021-03-15", precision="day", told=True, place_text="Tarn", place_name="Tarn",
    place_region="Fjell", place_country="NOR", latitude=60.5, longitude=10.25, geonames=1, tolls=(DEAD,),
    titled=False, sentence="Norland bombed a depot near Tarn.",
    words=frozenset({"norla", "bombe", "depot", "tarn"}), sense=SENSE,
)  # fmt: skip


def other(**changes: object) -> Facts:
    return replace(
        FIRST, **{"event_id": "b-1", "report_id": "b", "outlet": "Post", "sentence": "Raid at Tarn.", **changes}
    )


NEXT_DAY = {"first": date(2021, 3, 16), "last": date(2021, 3, 16), "day": "2021-03-16"}
FAR_TOWN = {"place_text": "Nes", "place_name": "Nes", "geonames": 2, "latitude": 64.0, "place_region": "Kyst"}
SAME = (
    (other(), "told alike by another agency"),
    (other(actors=(ARMY,)), "an organ of the same state"),
    (other(mode=None, place_text=None, place_name=None, place_region=None, place_country=None, geonames=None,
           latitude=None, longitude=None, tolls=()), "less is told"),
    (other(type="COERCE", mode=None), "a type of the same class"),
    (other(tolls=(Toll("dead", 15.0, None, "at least 15"),)), "another toll"),
    (other(first=None, last=None, day=None, precision=None, told=False), "no day told, printed at once"),
)  # fmt: skip
DIFFERENT = (
    (other(**NEXT_DAY, **FAR_TOWN), "the next day in another town"),
    (other(**NEXT_DAY, recipients=(ESTMARK,)), "the next day, against somebody else"),
    (other(recipients=(ESTMARK,), actors=(ESTMARK,)), "between others"),
    (other(type="CONSULT", mode=None, **NEXT_DAY), "an act of another class, the next day"),
    (other(actors=(ESTMARK,), recipients=(NORLAND,), **FAR_TOWN), "by another state in another town"),
)


AT_A_GLANCE = (
    (other(recipients=(ESTMARK,), actors=(ESTMARK,)), False, "only one side of another known state"),
    (other(type="CONSULT", mode=None, **NEXT_DAY), True, "another class of act, the next day"),
    (other(type="CONSULT", mode=None, actors=(ESTMARK,)), True, "another class, by another state"),
    (other(place_country="EST", actors=(ESTMARK,)), True, "in another country, by another state"),
    (other(place_country="EST", actors=(FRONT,)), False, "the Front is of no state"),
    (other(place_country="EST", actors=()), False, "no actor is told"),
    (other(place_country="EST", actors=(ESTMARK, NORLAND)), False, "one of the actors is the same"),
    (other(report_id="a"), True, "told in one report as two acts"),
    (other(), False, "the same act"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("event", "out", "why"), AT_A_GLANCE, ids=lambda value: value if isinstance(value, str) else ""
)
def test_what_is_ruled_out_at_a_glance_is_impossible_when_it_is_judged(event, out, why):
    assert ruled_out(FIRST, event) is ruled_out(event, FIRST) is out
    assert judge(FIRST, event).score == IMPOSSIBLE or not out


def test_of_all_pairs_of_many_events_none_is_ruled_out_that_is_believed():
    told = [FIRST, *(event for event, *_ in (*SAME, *DIFFERENT, *AT_A_GLANCE))]
    several = [replace(event, event_id=f"{n}-1", report_id=str(n)) for n, event in enumerate(told)]
    out = [pair for pair in combinations(several, 2) if ruled_out(*pair)]
    assert len(out) > 20
    assert {judge(*pair).score for pair in out} == {IMPOSSIBLE}


@pytest.mark.parametrize(("event", "why"), SAME, ids=lambda value: value if isinstance(value, str) else "")
def test_the_same_act(event, why):
    judgement = judge(FIRST, event)
    assert judgement.same, (why, judgement)
    assert judgement.reasons


@pytest.mark.parametrize(("event", "why"), DIFFERENT, ids=lambda value: value if isinstance(value, str) else "")
def test_different_acts(event, why):
    judgement = judge(FIRST, event)
    assert not judgement.same, (why, judgement)
    assert judgement.conflicts


def test_acts_of_one_report_stay_apart_but_for_its_headline():
    again = other(report_id="a", event_id="a-2")
    assert not judge(FIRST, again).same
    assert len(link([FIRST, again, other()], {})) == 2, "nor through a third"
    assert judge(FIRST, replace(again, titled=True)).same
    pair = ("a-1", "a-2")
    assert len(link([FIRST, again], {}, Decisions(joined=frozenset({pair})))) == 1, "unless a user says so"


def test_a_judgement_does_not_depend_on_which_comes_first():
    assert judge(FIRST, other()) == judge(other(), FIRST)


def test_events_that_may_be_one_act_share_a_key():
    for event, why in SAME:
        assert set(keys_of(FIRST)) & set(keys_of(event)), why
    assert not set(keys_of(FIRST)) & set(
        keys_of(other(first=date(2020, 1, 1), last=date(2020, 1, 1), published=date(2020, 1, 1)))
    )


COUNTS = (
    (Toll("dead", 12, 12, "12"), Toll("dead", 15, None, "at least 15"), False),
    (Toll("dead", 12, 12, "12"), Toll("dead", 10, None, "at least 10"), True),
    (Toll("dead", 12, 12, "12"), Toll("dead", 13, 13, "13"), True),
    (Toll("protesters", 20_000, 20_000, "about 20000"), Toll("protesters", 22_000, 22_000, "22000"), True),
    (Toll("protesters", 20_000, 20_000, "20000"), Toll("protesters", 5_000, 5_000, "5000"), False),
)  # fmt: skip


@pytest.mark.parametrize(("one", "two", "fits"), COUNTS)
def test_counts_of_the_same_thing(one, two, fits):
    assert agree(one, two) == agree(two, one) == fits


def test_a_linked_event_tells_sources_and_what_is_disputed():
    third = other(event_id="c-1", report_id="c", outlet="Post", tolls=(Toll("dead", 15.0, None, "at least 15"),))
    (event,) = link([FIRST, other(), third], {})
    assert (event.id, event.reports, event.sources) == ("L-a-1", ("a", "b", "c"), 2)
    dead = {d.value: (d.kind, d.event_ids) for d in event.details if d.field == "dead"}
    assert dead == {"12": ("conflicting", ("a-1", "b-1")), "at least 15": ("conflicting", ("c-1",))}
    assert {d.kind for d in event.details if d.field == "date"} == {"agreed"}
    assert event.reason == "told by 3 reports, 2 of them independent; they differ on dead"


def test_confidence_rises_with_sources_and_falls_with_disputes():
    alone = link([FIRST], {})[0].confidence
    two = link([FIRST, other()], {})[0].confidence
    copies = link([FIRST, other()], {"b": "a", "a": "a"})[0]
    disputed = link([FIRST, other(tolls=(Toll("dead", 40.0, 40.0, "40"),))], {})[0].confidence
    assert alone < two
    assert (copies.confidence, copies.sources) == (alone, 1)
    assert disputed < two


def test_a_user_wins_over_every_score():
    pair = ("a-1", "b-1")
    assert len(link([FIRST, other()], {}, Decisions(parted=frozenset({pair})))) == 2
    far = other(**NEXT_DAY, **FAR_TOWN, recipients=(ESTMARK,))
    assert len(link([FIRST, far], {})) == 2
    assert len(link([FIRST, far], {}, Decisions(joined=frozenset({pair})))) == 1


def test_groups_do_not_chain_different_acts_together():
    scores = {("a", "b"): 0.9, ("b", "c"): 0.8, ("a", "c"): 0.05}
    assert groups(["a", "b", "c"], scores) == [("a", "b"), ("c",)]
    assert groups(["a", "b", "c"], scores, joined=[("b", "c")]) == [("a",), ("b", "c")]
    assert groups(["a", "b"], {("a", "b"): 0.9}, apart=lambda one, other: True) == [("a",), ("b",)]


def test_groups_and_components_are_the_same_in_any_order():
    scores = {("a", "b"): 0.7, ("b", "c"): 0.7, ("a", "c"): 0.7, ("c", "d"): 0.7}
    for order in permutations("abcd"):
        assert components(order, scores) == [("a", "b", "c", "d")]
    assert groups("abcd", scores) == groups("abcd", dict(reversed(scores.items())))


def test_acts_of_a_part_of_the_set_are_linked():
    """A part of `python -m benchmarks.linking`, half b: B-cubed F1 over the events coded."""
    reports = linking.reports("b")[:60]
    codings = [one for one in Coder().pipe(reports) if isinstance(one, Coding)]
    acts, _ = linking.mapped(codings, linking.gold("b"))
    linked = linking.one_act_each(codings)
    _, _, f1 = linking.b_cubed(linked, acts)
    assert f1 >= 0.85
    facts = [one for coding in codings for one in facts_of(coding, linking.sense_of)]
    assert link(facts, {}) == link(list(reversed(facts)), {})
