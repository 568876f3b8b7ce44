"""Who stands with whom and against whom: signed ties, sides, balance, coalitions, computed by hand."""

import math
import random
from datetime import date, timedelta
from itertools import combinations

import pytest

from deeds import act, make_store
from dotterel.analysis import coalitions, sides
from dotterel.analysis.groups import coalitions_among
from dotterel.analysis.network import acts_of_each, sides_among
from dotterel.analysis.relations import read_relations
from dotterel.analysis.scope import scope_of
from dotterel.analysis.triads import triads_counted, triads_of
from dotterel.errors import InputError
from dotterel.store import open_store


def found(tmp_path, acts, stances=(), **arguments):
    with make_store(tmp_path / "d.duckdb", acts, stances=stances) as store:
        return sides(store, **arguments)


def tie(network, a, b):
    ties = network.ties
    return ties[(ties["a"] == a) & (ties["b"] == b)].iloc[0]


def test_the_score_of_a_tie_adds_acts_joint_acts_and_stances(tmp_path):
    network = found(
        tmp_path,
        [
            act("AID", "RUS", "TUR"),  # 10
            act("ASSAULT", "TUR", "putin"),  # -9
            act("SANCTION", "TUR RUS", "QAT", "2015-11-01"),  # joint: 5 between Russia and Turkey
            act("CONSULT", "lavrov putin TUR", "", "2015-11-02"),  # 2.5, once
        ],
        [("Turkey", "opposes", "Russia"), ("Turkey", "opposes", "Russia"), ("Russia", "supports", "a bill")],
    )
    row = tie(network, "Russia", "Turkey")
    assert row[["cooperation", "conflict", "joint", "supports", "opposes"]].tolist() == [2, 1, 1, 0, 1]
    assert (row["score"], row["sign"]) == (10 - 9 + 5 + 2.5 - 5, 1)
    assert tie(network, "Qatar", "Russia")["score"] == -6


FRIENDS = ("CONSULT", "ASSAULT")


@pytest.mark.parametrize(
    ("ab", "ac", "bc", "balanced", "kind"),
    [
        (1, 1, 1, True, "all friends"),
        (1, -1, -1, True, "two friends against one"),
        (1, 1, -1, False, "a friend of two foes"),
        (-1, -1, -1, False, "all foes"),
    ],
)
def test_a_triad_is_in_balance_where_a_friends_foe_is_a_foe(tmp_path, ab, ac, bc, balanced, kind):
    pairs = (("EGY", "FRA", ab), ("EGY", "QAT", ac), ("FRA", "QAT", bc))
    network = found(tmp_path, [act("CONSULT" if sign > 0 else "ASSAULT", a, b) for a, b, sign in pairs])
    (row,) = network.triads.to_dict("records")
    assert (row["a"], row["b"], row["c"], row["ab"], row["ac"], row["bc"]) == ("Egypt", "France", "Qatar", ab, ac, bc)
    assert (row["balanced"], row["kind"]) == (balanced, kind)
    assert network.balance == float(balanced)
    assert network.actors["triads"].tolist() == [1, 1, 1]


def test_sides_are_communities_of_friends(tmp_path):
    network = found(
        tmp_path,
        [
            act("COOPERATE", "SAU EGY BHR", ""),
            act("SANCTION", "SAU EGY BHR", "QAT"),
            act("AID", "TUR", "QAT"),
            act("ASSAULT", "isis", "FRA"),
        ],
    )
    side = dict(zip(network.actors["name"], network.actors["side"].tolist(), strict=True))
    assert side["Saudi Arabia"] == side["Egypt"] == side["Bahrain"] == 1
    assert side["Turkey"] == side["Qatar"] == 2
    assert network.actors.set_index("name").loc["France", "side"] is not side
    assert network.actors.set_index("name")["side"].isna()[["France", "Islamic State"]].all()
    friends = network.actors.set_index("name")[["friends", "foes"]]
    assert friends.loc["Qatar"].tolist() == [1, 3]
    assert network.balance == 1.0, "three friends; and three times two friends against Qatar"
    assert len(network.triads) == 4


@pytest.mark.parametrize(
    ("by", "names", "reason"),
    [
        ("country", ["Free Hills Front", "Russia", "Turkey"], "rebels are not their country, an air force is"),
        ("actor", ["Free Hills Front", "Russian Air Force", "Turkey"], "everyone by himself"),
    ],
)
def test_who_counts_as_one(tmp_path, by, names, reason):
    acts = [act("ASSAULT", "front", "TUR"), act("ASSAULT", "air", "front"), act("PROTEST", "crowd", "TUR")]
    assert sorted(found(tmp_path, acts, by=by).actors["name"]) == names, reason


def test_few_dealings_are_left_out_on_demand_and_days_are_kept_to(tmp_path):
    acts = [act("CONSULT", "RUS", "TUR", "2015-11-01"), act("CONSULT", "RUS", "TUR", "2015-11-02"),
            act("CONSULT", "FRA", "TUR", "2015-11-02"), act("CONSULT", "FRA", "EGY")]  # fmt: skip
    with make_store(tmp_path / "d.duckdb", acts, stances=[("Qatar", "opposes", "Egypt")]) as store:
        assert len(sides(store).ties) == 4
        assert len(sides(store, min_ties=2).ties) == 1
        day = sides(store, "2015-11-02", "2015-11-30")
        assert day.ties["a"].tolist() == ["France", "Russia"]
        assert day.ties.attrs["left_out"] == {"without a date": 1}
        assert len(sides(store, "2015-12-01").ties) == 1, "the stance of a report of that day"


def test_a_tie_of_no_sign_is_in_no_triad(tmp_path):
    network = found(tmp_path, [act("REQUEST", "RUS", "TUR")])
    assert tie(network, "Russia", "Turkey")["sign"] == 0
    assert network.actors.empty
    assert math.isnan(network.balance)


def test_an_empty_database_gives_frames_with_columns(tmp_path):
    network = found(tmp_path, [])
    assert list(network.actors)[:3] == ["name", "side", "friends"]
    assert network.ties.empty
    assert network.triads.empty


def test_sides_do_not_depend_on_the_order_of_writing(tmp_path):
    acts = [act("COOPERATE", a, b, id=f"{a}-{b}") for a in ("RUS", "EGY", "SAU") for b in ("TUR", "FRA", "isis", "BHR")]
    acts += [act("ASSAULT", "RUS", "EGY", id="z"), act("AID", "un", "TUR", id="y")]
    first, second = (sides(make_store(tmp_path / f"{n}.duckdb", some)) for n, some in enumerate((acts, acts[::-1])))
    assert first.actors.equals(second.actors)
    assert first.ties.equals(second.ties)
    assert first.triads.equals(second.triads)


def test_triads_are_counted_as_they_are_listed():
    chance = random.Random(5)
    parties = "abcdefghijkl"
    signs = {pair: chance.choice((1, -1)) for pair in combinations(parties, 2) if chance.random() < 0.7}
    listed = list(triads_of(signs, dict(zip(parties, parties, strict=True))))
    part, good = triads_counted(signs)
    for one in parties:
        own = [triad for triad in listed if one in (triad["a"], triad["b"], triad["c"])]
        assert (part[one], good[one]) == (len(own), sum(triad["balanced"] for triad in own))


def test_ties_against_the_sides_are_counted(tmp_path):
    friends = [act("AID", a, b) for a, b in combinations(("SAU", "EGY", "BHR", "USA"), 2) if (a, b) != ("SAU", "USA")]
    others = [act("AID", a, b) for a, b in combinations(("RUS", "TUR", "QAT"), 2)]
    network = found(tmp_path, [*friends, act("ASSAULT", "SAU", "USA"), *others, act("CONSULT", "USA", "RUS"),
                               act("ASSAULT", "EGY", "QAT"), act("ASSAULT", "isis", "FRA")])  # fmt: skip
    assert network.actors["side"].max() == 2
    assert network.strained == 2, "foes on one side, and friends on two; not foes on two, nor those on none"


def test_weak_ties_are_left_out_on_demand(tmp_path):
    with make_store(tmp_path / "d.duckdb", [act("CONSULT", "RUS", "TUR"), act("ASSAULT", "RUS", "FRA")]) as store:
        scope, relations = scope_of(), read_relations(store)
    assert len(sides_among(relations, scope).ties) == 2
    assert sides_among(relations, scope, min_score=5).ties["a"].tolist() == ["France"]


def test_what_was_read_once_answers_for_any_days(tmp_path):
    chance = random.Random(11)
    who = ("RUS", "TUR", "USA", "FRA", "QAT", "SAU", "EGY", "isis", "putin")
    days = [(date(2015, 1, 1) + timedelta(days=chance.randrange(90))).isoformat() for _ in range(120)]
    acts = [act(chance.choice(("AID", "CONSULT", "ASSAULT", "ACCUSE")), " ".join(pair[:-1]), pair[-1], day)
            for day in days for pair in [chance.sample(who, chance.choice((2, 2, 3)))]]  # fmt: skip
    acts += [act("AID", "RUS", "FRA"), act("AID", "RUS", "FRA", "2015-01-20", "2015-02-20")]
    with make_store(tmp_path / "d.duckdb", acts, stances=[("Turkey", "opposes", "Russia")]) as store:
        relations = read_relations(store)
        for since, until in (("2015-01-01", "2015-01-31"), ("2015-02-10", None), (None, None)):
            inside = [one for one in acts if one["first_day"] and (not since or str(one["first_day"]) >= since)
                      and (not until or str(one["last_day"]) <= until)] if since else acts  # fmt: skip
            held = [] if until else [("Turkey", "opposes", "Russia")]  # of a report of December
            with make_store(tmp_path / f"{since}.duckdb", inside, stances=held) as alone:
                ties, expected = sides(alone).ties, coalitions(alone)
            scope = scope_of(since=since, until=until)
            network = sides_among(relations, scope)
            assert network.ties.equals(ties)
            assert coalitions_among(relations, scope)["members"].tolist() == expected["members"].tolist()
            assert network.ties[["cooperation", "conflict"]].to_numpy().sum() == sum(between(one) for one in inside)
    assert acts_of_each(relations, scope_of(since="2016-01-01")) == {}


def between(one):
    """How many pairs an act is between, by country."""
    country = {"putin": "RUS"}
    actors, recipients = ({country.get(who, who) for who in one[side]} for side in ("actors", "recipients"))
    return len({frozenset((a, b)) for a in actors for b in recipients if a != b})


def test_corrections_hold_in_sides(tmp_path):
    acts = [act("AID", "RUS", "TUR", "2015-11-01"), act("ASSAULT", "FRA", "TUR", "2015-11-01")]
    make_store(tmp_path / "d.duckdb", acts).close()
    with open_store(tmp_path / "d.duckdb") as store:
        store.reject("e1")
        store.edit("e0", recipients=["state:EGY"])
        assert sides(store).ties[["a", "b"]].to_numpy().tolist() == [["Egypt", "Russia"]]
        store.merge("state:RUS", "state:USA")
        assert sides(store, by="actor").ties[["a", "b"]].to_numpy().tolist() == [["Egypt", "United States"]]


# Coalitions

CUT = [act("SANCTION", "SAU", "QAT", "2017-06-05"), act("SANCTION", "EGY", "QAT", "2017-06-08")]


@pytest.mark.parametrize(
    ("acts", "arguments", "expected", "reason"),
    [
        ([act("SANCTION", "SAU EGY", "QAT", "2017-06-05")], {}, ["Egypt; Saudi Arabia"], "one act of two"),
        (CUT, {}, ["Egypt; Saudi Arabia"], "two acts alike within a week"),
        (CUT, {"days": 2}, [], "not within two days"),
        (CUT, {"days": 3}, ["Egypt; Saudi Arabia"], "but within three"),
        ([CUT[0], act("SANCTION", "SAU", "QAT", "2017-06-06")], {}, [], "one party alone is none"),
        ([CUT[0], act("SANCTION", "EGY", "TUR", "2017-06-05")], {}, [], "nor are two against different targets"),
        ([CUT[0], act("ACCUSE", "EGY", "QAT", "2017-06-05")], {}, [], "nor acts unlike"),
        ([CUT[0], act("ACCUSE", "EGY", "QAT", "2017-06-05")], {"alike": "any"}, ["Egypt; Saudi Arabia"], "on demand"),
        ([CUT[0], act("COERCE", "EGY", "QAT", "2017-06-05")], {"alike": "quad"}, ["Egypt; Saudi Arabia"], "quad class"),
        ([act("AID", "SAU EGY", "QAT", "2017-06-05")], {}, [], "help is not against anybody"),
        ([act("CONSULT", "SAU EGY QAT", "", "2017-06-05")], {}, [], "nor is a meeting"),
        ([act("ASSAULT", "SAU EGY QAT", "", "2017-06-05")], {}, [], "in a melee nobody knows the sides"),
        ([act("ASSAULT", "SAU QAT", "", "2017-06-05"), act("ASSAULT", "EGY", "QAT", "2017-06-06")], {},
         ["Egypt; Saudi Arabia"], "a clash is against the other"),
        ([act("SANCTION", "SAU", "QAT"), act("SANCTION", "EGY", "QAT")], {}, [], "acts of no day are not near"),
        ([act("SANCTION", "SAU EGY", "QAT")], {}, ["Egypt; Saudi Arabia"], "but a joint one needs no day"),
        ([act("SANCTION", "SAU", "QAT", "2017-06-05"), act("SANCTION", "EGY", "QAT", "2017-06-01", "2017-06-30")], {},
         [], "nor is a month"),
        (CUT, {"min_members": 3}, [], "three asked for"),
        ([*CUT, act("SANCTION", "BHR", "QAT", "2017-06-14")], {"min_members": 3}, ["Bahrain; Egypt; Saudi Arabia"],
         "the third comes within a week of the second"),
        ([*CUT, act("SANCTION", "BHR", "QAT", "2017-06-20"), act("SANCTION", "TUR", "QAT", "2017-06-21")], {},
         ["Egypt; Saudi Arabia", "Bahrain; Turkey"], "two coalitions in their time"),
        ([act("SANCTION", "putin", "QAT", "2017-06-05"), act("SANCTION", "lavrov", "QAT", "2017-06-05")], {}, [],
         "two men of one country are one party"),
        ([act("SANCTION", "putin", "QAT", "2017-06-05"), act("SANCTION", "lavrov", "QAT", "2017-06-05")],
         {"by": "actor"}, ["Sergei Lavrov; Vladimir Putin"], "unless actors are asked for"),
    ],
)  # fmt: skip
def test_coalitions(tmp_path, acts, arguments, expected, reason):
    with make_store(tmp_path / "d.duckdb", acts) as store:
        assert coalitions(store, **arguments)["members"].tolist() == expected, reason


def test_a_coalition_tells_how_it_formed(tmp_path):
    acts = [
        act("SANCTION", "SAU", "QAT", "2017-06-05"),
        act("SANCTION", "SAU", "QAT", "2017-06-06"),
        act("SANCTION", "EGY BHR", "QAT", "2017-06-07"),
        act("SANCTION", "EGY", "QAT", "2017-06-12"),
    ]
    with make_store(tmp_path / "d.duckdb", acts) as store:
        (row,) = coalitions(store).to_dict("records")
    assert row["joined"] == "Saudi Arabia 2017-06-05; Bahrain 2017-06-07; Egypt 2017-06-07"
    assert [f"{row[name]:%m-%d}" for name in ("first_day", "formed", "last_day")] == ["06-05", "06-07", "06-12"]
    assert (row["target"], row["size"], row["acts"], row["joint"], row["types"]) == ("Qatar", 3, 4, 1, "SANCTION")
    assert row["act_ids"] == "L-e0; L-e1; L-e2; L-e3"


def test_a_long_line_of_one_partys_acts_does_not_hide_the_other(tmp_path):
    acts = [act("ASSAULT", "SAU", "QAT", f"2017-06-{day:02}") for day in range(1, 29)]
    acts.append(act("ASSAULT", "EGY", "QAT", "2017-06-14"))
    with make_store(tmp_path / "d.duckdb", acts) as store:
        (row,) = coalitions(store, days=3).to_dict("records")
    assert row["acts"] == 8, "the other's act, and those within three days of it"


@pytest.mark.parametrize("arguments", [{"days": -1}, {"min_members": 1}, {"alike": "mode"}, {"by": "city"}])
def test_senseless_arguments_are_refused(tmp_path, arguments):
    with make_store(tmp_path / "d.duckdb", CUT) as store, pytest.raises(InputError):
        coalitions(store, **arguments)


def test_no_coalition_is_a_frame_with_columns(tmp_path):
    with make_store(tmp_path / "d.duckdb", []) as store:
        frame = coalitions(store)
    assert frame.empty
    assert list(frame)[:3] == ["formed", "target", "members"]
