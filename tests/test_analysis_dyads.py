"""Series and profiles of a dyad: counts and means computed by hand, and what must hold whatever the acts."""

import math
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deeds import act, make_store
from dotterel.analysis import dyad_series, quad_profile
from dotterel.errors import InputError
from dotterel.store import open_store
from sample import make_coding

# ASSAULT -9, SANCTION -6, ACCUSE -3, THREATEN -3.5, CONSULT 2.5 (visit 4), AID 10, AGREE 2.5
ACTS = [
    act("ASSAULT", "TUR", "RUS", "2015-11-24"),
    act("ACCUSE", "putin", "TUR", "2015-11-24"),
    act("ACCUSE", "RUS lavrov", "TUR", "2015-11-24", confidence=0.5),
    act("CONSULT", "lavrov TUR", "", "2015-11-25"),
    act("SANCTION", "RUS", "TUR", "2015-12-08"),
    act("AID", "RUS", "QAT", "2015-11-24"),
    act("AGREE", "RUS", "TUR", "2015-11-26", status="planned"),
    act("THREATEN", "RUS", "TUR", "2015-11-01", last="2015-11-30"),
    act("THREATEN", "RUS", "TUR"),
]


@pytest.fixture
def store(tmp_path):
    with make_store(tmp_path / "d.duckdb", ACTS) as opened:
        yield opened


def column(frame, name):
    return [None if value != value else value for value in frame[name].tolist()]


@pytest.mark.parametrize(
    ("arguments", "name", "expected", "reason"),
    [
        ({}, "acts", [4, 0, 1], "each act once, whoever of Russia does it; a week without acts is there"),
        ({}, "cooperation", [1, 0, 0], "the meeting"),
        ({}, "conflict", [3, 0, 1], "assault and two accusations; the sanction"),
        ({}, "verbal_cooperation", [1, 0, 0], "the meeting is in its class"),
        ({}, "material_conflict", [1, 0, 1], "the assault, and the sanction"),
        ({}, "from_a", [3, 0, 1], "two accusations and the meeting"),
        ({}, "from_b", [2, 0, 0], "the assault and the meeting"),
        ({}, "mutual", [1, 0, 0], "the meeting counts both ways"),
        ({}, "score", [(-9 - 3 - 3 + 2.5) / 4, None, -6.0], "mean over acts, null without"),
        ({}, "net", [-12.5, 0, -6], "their sum, zero without"),
        ({}, "score_from_a", [(-3 - 3 + 2.5) / 3, None, -6.0], "the mean of one way"),
        ({}, "score_from_b", [(-9 + 2.5) / 2, None, None], "the mean of the other"),
        ({"by": "month"}, "acts", [5, 1], "an act dated to a month is in that month"),
        ({"by": "day", "until": "2015-11-26"}, "acts", [3, 1, 0], "days up to the last asked for"),
        ({"one_a_day": True}, "acts", [3, 0, 1], "one accusation a day"),
        ({"one_a_day": True}, "conflict", [2, 0, 1], "the other accusation is gone"),
        ({"statuses": "planned"}, "acts", [1], "another status on demand"),
        ({"statuses": ("occurred", "planned")}, "acts", [5, 0, 1], "and several"),
        ({"dating": "start"}, "acts", [1, 0, 0, 0, 4, 0, 1], "a vague date by its first day"),
        ({"dating": "published"}, "acts", [1, 0, 0, 0, 4, 1, 1], "an undated one by the day of the report"),
        ({"since": "2015-11-25"}, "acts", [1, 0, 1], "from a day on"),
        ({"since": "2016-01-01", "until": "2016-01-14"}, "acts", [0, 0, 0], "nothing happened, and it is told so"),
        ({"unit": "report"}, "acts", [4, 0, 1], "the events of reports"),
    ],
)
def test_series(store, arguments, name, expected, reason):
    assert column(dyad_series(store, "RUS", "TUR", **arguments), name) == expected, reason


def test_periods_are_the_first_days_of_whole_weeks_months_and_years(store):
    def first(by):
        return dyad_series(store, "RUS", "TUR", by=by)["period"].iloc[0].date()

    assert [first(by) for by in ("day", "week", "month", "year")] == [
        date(2015, 11, 24), date(2015, 11, 23), date(2015, 11, 1), date(2015, 1, 1)]  # fmt: skip


def test_what_is_left_out_is_told_never_silent(store):
    plain = dyad_series(store, "RUS", "TUR")
    assert plain.attrs["left_out"] == {"without a date": 1, "dated too vaguely": 1}
    assert plain.attrs["one_a_day"] is False
    once = dyad_series(store, "RUS", "TUR", one_a_day=True)
    assert once.attrs["left_out"]["more than one of a type a day"] == 1
    assert once.attrs["one_a_day"] is True
    assert dyad_series(store, "RUS", "TUR", dating="published").attrs["left_out"] == {}


def test_one_a_day_keeps_the_meeting_before_a_one_way_act(tmp_path):
    acts = [act("CONSULT", "RUS", "TUR", "2015-11-25", confidence=1.0), act("CONSULT", "RUS TUR", "", "2015-11-25")]
    with make_store(tmp_path / "d.duckdb", acts) as store:
        frame = dyad_series(store, "RUS", "TUR", one_a_day=True)
    assert frame[["acts", "from_a", "from_b", "mutual"]].values.tolist() == [[1, 1, 1, 1]]


def test_a_dyad_turned_round_swaps_its_sides(store):
    there, back = dyad_series(store, "RUS", "TUR"), dyad_series(store, "TUR", "RUS")
    assert there["from_a"].tolist() == back["from_b"].tolist()
    assert there["score"].equals(back["score"])


@pytest.mark.parametrize(
    ("said", "expected", "reason"),
    [
        ("TUR", 4, "a country with all its actors"),
        ("state:TUR", 4, "an id"),
        ("turkey", 4, "a name, whatever its case"),
        ("Turk", 4, "a part of a name"),
    ],
)
def test_a_party_is_named_in_several_ways(store, said, expected, reason):
    assert dyad_series(store, "RUS", said)["acts"].iloc[0] == expected, reason


@pytest.mark.parametrize(("said", "expected"), [("Vladimir Putin", 1), ("lavrov", 2), ("Russia", 2)])
def test_an_actor_is_not_its_country(store, said, expected):
    assert dyad_series(store, said, "TUR", until="2015-11-30")["acts"].sum() == expected


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("Rus", "xyz"), "nobody in .* is called 'xyz'; look: dotterel actors"),
        (("r", "TUR"), r"'r' could be .*Russia \(state:RUS\).* or .*; give one of these ids"),
        (("", "TUR"), "nobody"),
        (("NOR", "TUR"), "nobody in .* is called 'NOR'"),
    ],
)
def test_nobody_and_several_are_asked_back_in_one_line(store, arguments, message):
    with pytest.raises(InputError, match=message) as caught:
        dyad_series(store, *arguments)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"by": "hour"}, "by: there is no 'hour'; choose one of day, week"),
        ({"unit": "event"}, "choose one of linked, report"),
        ({"statuses": "done"}, "choose one of occurred"),
        ({"dating": "never"}, "choose one of sure"),
        ({"since": "yesterday"}, "since: 'yesterday' is no day; write it as 2015-11-27"),
        ({"since": "2016-01-01", "until": "2015-01-01"}, "is after until"),
    ],
)
def test_senseless_arguments_are_refused(store, arguments, message):
    with pytest.raises(InputError, match=message):
        dyad_series(store, "RUS", "TUR", **arguments)


def test_nothing_between_two_is_a_frame_with_columns(store):
    frame = dyad_series(store, "QAT", "TUR")
    assert frame.empty
    assert list(frame)[:4] == ["period", "acts", "cooperation", "conflict"]


def test_events_that_were_never_linked_are_no_silent_zero(tmp_path):
    with make_store(tmp_path / "d.duckdb", ACTS, linked=False) as store:
        with pytest.raises(InputError, match=r"9 of its 9 events are not linked.*dotterel link.*--unit report"):
            dyad_series(store, "RUS", "TUR")
        assert dyad_series(store, "RUS", "TUR", unit="report")["acts"].sum() == 5


def test_some_events_not_linked_are_told_of_too(tmp_path):
    path = tmp_path / "d.duckdb"
    make_store(path, ACTS).close()
    with duckdb.connect(str(path)) as raw:
        raw.execute("DELETE FROM linked_members WHERE event_id = 'e1'")
    with open_store(path, read_only=True) as store, pytest.raises(InputError, match="1 of its 9 events are not linked"):
        dyad_series(store, "RUS", "TUR")


def test_what_two_reports_tell_is_one_act_when_the_store_has_linked_it(tmp_path):
    with open_store(tmp_path / "d.duckdb") as store:
        store.add_many([make_coding(), make_coding(" More.")])
        one, two = (dyad_series(store, "NOR", "Hills Front", by="day", unit=unit) for unit in ("linked", "report"))
    assert (one["acts"].tolist(), two["acts"].tolist()) == ([1], [2])


def test_a_merge_is_respected(tmp_path):
    path = tmp_path / "d.duckdb"
    make_store(path, ACTS).close()
    with open_store(path) as store:
        assert dyad_series(store, "putin", "TUR", unit="report")["acts"].sum() == 1
        store.merge("person:vladimir-putin", "person:sergei-lavrov")
        assert dyad_series(store, "lavrov", "TUR", unit="report")["acts"].sum() == 3
        assert dyad_series(store, "lavrov", "TUR")["acts"].sum() == 3


def test_an_act_told_by_three_reports_is_one_act_and_three_events(tmp_path):
    path = tmp_path / "d.duckdb"
    told = [act("ASSAULT", "TUR", "RUS", "2015-11-24", id=f"e{n}", report=f"r{n}") for n in range(3)]
    make_store(path, told).close()
    with duckdb.connect(str(path)) as raw:  # as linking leaves it
        raw.execute("UPDATE linked_members SET linked_id = 'L-e0'")
        raw.execute("DELETE FROM linked_events WHERE id <> 'L-e0'")
        raw.execute("DELETE FROM linked_actors WHERE linked_id <> 'L-e0'")
    with open_store(path, read_only=True) as store:
        assert dyad_series(store, "TUR", "RUS")["acts"].tolist() == [1]
        assert dyad_series(store, "TUR", "RUS", unit="report")["acts"].tolist() == [3]


@pytest.mark.parametrize(
    ("way", "quad", "acts", "share", "score", "types"),
    [
        (0, 1, 1, 0.2, 2.5, "CONSULT 1"),
        (0, 2, 0, 0.0, None, ""),
        (0, 3, 3, 0.6, -3.1666, "ACCUSE 2; THREATEN 1"),
        (0, 4, 1, 0.2, -6.0, "SANCTION 1"),
        (1, 1, 1, 0.5, 2.5, "CONSULT 1"),
        (1, 4, 1, 0.5, -9.0, "ASSAULT 1"),
    ],
)
def test_quad_profile(store, way, quad, acts, share, score, types):
    frame = quad_profile(store, "RUS", "TUR", dating="start", until="2016-01-01")
    assert len(frame) == 8
    row = frame.iloc[way * 4 + quad - 1]
    assert (row["acts"], row["types"], row["quad"]) == (acts, types, quad)
    assert row["share"] == pytest.approx(share)
    assert math.isnan(row["score"]) if score is None else row["score"] == pytest.approx(score, abs=0.001)


def test_a_profile_has_undated_acts_where_no_days_are_asked_for(store):
    assert quad_profile(store, "RUS", "TUR")["acts"].sum() == 8
    with_days = quad_profile(store, "RUS", "TUR", since="2015-11-15")
    assert with_days.attrs["left_out"] == {"without a date": 1, "dated too vaguely": 1}


def test_a_profile_of_two_without_acts_has_zeros_and_null_shares(store):
    frame = quad_profile(store, "QAT", "TUR")
    assert frame["acts"].sum() == 0
    assert frame["share"].isna().all()


days = st.integers(0, 40).map(lambda n: (date(2020, 1, 1) + timedelta(days=n)).isoformat())
spans = st.one_of(days.map(lambda d: (d, d)), st.tuples(days, days).map(sorted), st.just((None, None)))
generated = st.lists(
    st.tuples(
        st.sampled_from(["ASSAULT", "ACCUSE", "CONSULT", "AID"]),
        st.sampled_from([("RUS", "TUR"), ("TUR", "RUS"), ("putin TUR", ""), ("putin lavrov", "TUR"), ("USA", "RUS")]),
        spans,
    ).map(lambda t: act(t[0], *t[1], t[2][0], last=t[2][1])),
    min_size=1,
    max_size=12,
)
BOTH = """SELECT count(DISTINCT linked_id) AS n FROM linked_dyads WHERE first_day >= $since AND last_day <= $until
AND ((actor_country = 'RUS' AND recipient_country = 'TUR') OR (actor_country = 'TUR' AND recipient_country = 'RUS'))"""
ALWAYS = [act("CONSULT", "RUS", "USA", "2019-01-01"), act("CONSULT", "TUR", "USA", "2019-01-01")]
JANUARY = {"since": date(2020, 1, 6), "until": date(2020, 2, 2)}


@contextmanager
def store_of(acts):
    with TemporaryDirectory() as folder, make_store(Path(folder) / "d.duckdb", [*ALWAYS, *acts]) as store:
        yield store


@settings(max_examples=12, deadline=None)
@given(generated, st.sampled_from(["day", "week", "month"]))
def test_the_series_and_what_is_left_out_add_up_to_all_acts(acts, by):
    with store_of(acts) as store:
        (number,) = store.query(BOTH, JANUARY).to_pydict()["n"]
        year = dyad_series(store, "RUS", "TUR", by="year", **JANUARY)
        frame = dyad_series(store, "RUS", "TUR", by=by, **JANUARY)
    vague = frame.attrs["left_out"].get("dated too vaguely", 0)
    assert frame["acts"].sum() <= number <= frame["acts"].sum() + vague
    assert year["acts"].sum() == number
    assert (frame["acts"] == frame["from_a"] + frame["from_b"] - frame["mutual"]).all()
    assert (frame["acts"] == frame["cooperation"] + frame["conflict"]).all()
    assert (frame["score"].isna() == (frame["acts"] == 0)).all()


@settings(max_examples=12, deadline=None)
@given(generated)
def test_one_a_day_is_never_more_than_one_of_a_type_a_day(acts):
    with store_of(acts) as store:
        once = dyad_series(store, "RUS", "TUR", by="day", one_a_day=True, **JANUARY)
        plain = dyad_series(store, "RUS", "TUR", by="day", **JANUARY)
    assert (once["from_a"] <= 4).all(), "four types"
    assert (once["from_b"] <= 4).all()
    assert (once["acts"] <= plain["acts"]).all()
    assert ((once["acts"] > 0) == (plain["acts"] > 0)).all(), "a day with acts stays one"
    left = once.attrs["left_out"].get("more than one of a type a day", 0)
    assert once["acts"].sum() + left == plain["acts"].sum()


@settings(max_examples=8, deadline=None)
@given(st.lists(days, min_size=1, max_size=8))
def test_one_a_day_of_one_type_is_never_more_than_one(dates):
    with store_of([act("ASSAULT", "RUS", "TUR", day) for day in dates]) as store:
        assert dyad_series(store, "RUS", "TUR", by="day", one_a_day=True)["acts"].max() == 1


@settings(max_examples=8, deadline=None)
@given(generated, st.randoms())
def test_the_order_in_which_acts_were_written_does_not_matter(acts, random):
    acts = [{**one, "id": f"x{n}"} for n, one in enumerate(acts)]
    found = []
    for order in (acts, random.sample(acts, len(acts))):
        with store_of(order) as store:
            found.append([dyad_series(store, "RUS", "TUR", one_a_day=once, **JANUARY) for once in (False, True)])
    for first, second in zip(*found, strict=True):
        assert first.equals(second)
