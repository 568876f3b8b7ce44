"""Tallies, itineraries and change points: figures, order and turning points computed by hand."""

import math
import random
import time
from datetime import date, timedelta

import numpy as np
import pytest
import ruptures

from deeds import act, make_store
from dotterel.analysis import change_points, itinerary, tallies
from dotterel.analysis.changes import breaks, noise
from dotterel.errors import InputError

STRIKES = [
    act("ASSAULT", "RUS", "isis", "2015-11-02", id="a"),
    act("ASSAULT", "FRA", "isis", "2015-11-09", id="b"),
    act("ASSAULT", "RUS", "isis", "2015-12-01", id="c"),
    act("ASSAULT", "RUS", "isis", "2015-11-01", last="2015-12-31", id="d"),
    act("ASSAULT", "RUS", "isis", "2015-11-03", status="planned", id="e"),
]
DEAD = [
    {"value": 12, "event_id": "a", "source": "police"},
    {"value": 12, "event_id": "a", "source": "police", "report": "r1"},  # the same again
    {"value": 15, "bound": "at least", "event_id": "a", "source": "police", "report": "r2"},
    {"value": 20, "event_id": "a", "source": "rebels"},
    {"value": 4, "bound": "at most", "event_id": "b", "source": "police"},
    {"value": 6, "bound": "range", "low": 4, "high": 6, "event_id": "c", "source": "police"},
    {"value": None, "value_text": "dozens", "event_id": "c", "source": "rebels"},
    {"value": 7, "event_id": "d", "source": "rebels"},
    {"value": 1, "event_id": "e", "source": "police"},
    {"value": 220000, "bound": "at least", "source": "police", "report": "r1"},  # of no act
    {"value": 3, "what": "strikes", "event_id": "a", "by_whom": "Russia"},
]


@pytest.fixture
def store(tmp_path):
    with make_store(tmp_path / "d.duckdb", STRIKES, figures=DEAD) as opened:
        yield opened


def column(frame, name):
    return [None if value != value else value for value in frame[name].tolist()]


def test_each_figure_is_a_row_with_its_bounds(store):
    frame = tallies(store, "dead")
    days = [f"{day:%m-%d}" for day in frame["day"]]
    assert days == ["11-01", "11-02", "11-02", "11-02", "11-09", "12-01", "12-01", "12-02"]
    assert column(frame, "value") == [7, 12, 20, 15, 4, 6, None, 220000]
    assert column(frame, "low") == [7, 12, 20, 15, 0, 4, None, 220000]
    assert column(frame, "high") == [7, 12, 20, None, 4, 6, None, None]
    assert column(frame, "reports") == [1, 2, 1, 1, 1, 1, 1, 1]
    assert column(frame, "dated_by")[-1] == "report"


@pytest.mark.parametrize(
    ("arguments", "expected", "reason"),
    [
        (
            {"period": "month"},
            [("police", 19, 12, None, 2, 0), ("rebels", 20, 20, 20, 1, 0),
             ("police", 6, 4, 6, 1, 0), ("rebels", None, None, None, 0, 1)],
            "the last told of each act (15 and 4) between the lowest and the highest; an open end stays open",
        ),
        (
            {"period": "month", "until": "2015-11-08"},
            [("police", 15, 12, None, 1, 0), ("rebels", 20, 20, 20, 1, 0)],
            "of some days only",
        ),
        (
            {"period": "year"},
            [("police", 25, 16, None, 3, 0), ("rebels", 27, 27, 27, 2, 1)],
            "a year holds what is dated to two months",
        ),
        ({"period": "month", "source": "REBEL"}, [("rebels", 20, 20, 20, 1, 0), ("rebels", None, None, None, 0, 1)],
         "one source, by a part of its name"),
        ({"period": "year", "whose": "by"}, [(None, 15 + 4 + 6 + 7, 12 + 0 + 4 + 7, None, 4, 0)],
         "all sources together: of each act the figure in the latest report"),
    ],
)  # fmt: skip
def test_sums_by_period_and_source(store, arguments, expected, reason):
    frame = tallies(store, "dead", **arguments)
    names = ("whose", "value", "low", "high", "acts", "vague")
    found = list(zip(*(column(frame, name) for name in names), strict=True))
    assert found == expected, reason


def test_what_no_sum_holds_is_told(store):
    assert tallies(store, "dead", period="month").attrs["left_out"] == {"of no act": 1, "dated too vaguely": 1}
    assert tallies(store, "dead").attrs["left_out"] == {}


def test_running_totals_are_on_demand_only_and_keep_open_ends(store):
    assert "total_value" not in tallies(store, "dead", period="month")
    frame = tallies(store, "dead", period="month", cumulate=True)
    police = frame[frame["whose"] == "police"]
    assert column(police, "total_value") == [19, 25]
    assert column(police, "total_low") == [12, 16]
    assert column(police, "total_high") == [None, None]


def test_figures_of_events_when_each_report_counts(store):
    frame = tallies(store, "dead", period="month", unit="report")
    assert column(frame, "value")[0] == 19, "the act is one event here, told by its own report"


def test_units_are_never_added_to_each_other(tmp_path):
    given = {"value": 5, "what": "money", "event_id": "a", "by_whom": "Russia"}
    money = [{**given, "unit": unit} for unit in ("euros", "dollars")]
    with make_store(tmp_path / "d.duckdb", STRIKES, figures=money) as store:
        frame = tallies(store, "money", whose="by", period="month")
    assert frame[["unit", "value"]].values.tolist() == [["dollars", 5.0], ["euros", 5.0]]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("deaths",), "what: there is no 'deaths'; choose one of strikes, dead"),
        (("dead", {"cumulate": True}), "a running total needs periods"),
        (("dead", {"whose": "actor"}), "choose one of source"),
        (("dead", {"period": "decade"}), "choose one of day"),
    ],
)
def test_senseless_tallies_are_refused(store, arguments, message):
    what, options = (*arguments, {})[:2]
    with pytest.raises(InputError, match=message):
        tallies(store, what, **options)


@pytest.mark.parametrize("options", [{}, {"period": "month"}, {"period": "week", "cumulate": True}])
def test_no_figures_are_a_frame_with_columns(store, options):
    frame = tallies(store, "votes", **options)
    assert frame.empty
    assert "value" in frame


# Itineraries

VISITS = [
    act("CONSULT", "hollande", "RUS", "2015-11-26", mode="visit", place_name="Moscow", place_country="RUS"),
    act("CONSULT", "hollande", "merkel", "2015-11-25", mode="phone"),
    act("CONSULT", "hollande merkel", "", "2015-11-25", place_name="Paris", place_country="FRA"),
    act("CONSULT", "USA", "hollande", "2015-11-24", mode="visit"),
    act("CONSULT", "hollande merkel putin", ""),
    act("CONSULT", "hollande", "TUR", "2015-12-01", status="planned"),
    act("ASSAULT", "hollande", "isis", "2015-11-27"),
    act("CONSULT", "merkel", "putin", "2015-11-26"),
    act("CONSULT", "hollande", "un", "2015-11-01", last="2015-11-30"),
]


@pytest.mark.parametrize(
    ("arguments", "expected", "reason"),
    [
        (
            {},
            [("met", "United Nations", None), ("hosted", "United States", None), ("met", "Angela Merkel", "Paris"),
             ("visited", "Russia", "Moscow"), ("met", "Angela Merkel; Vladimir Putin", None)],
            "in order of day, the undated last; no calls, no plans, no acts of others",
        ),
        ({"calls": True, "since": "2015-11-25", "until": "2015-11-25"},
         [("spoke from afar with", "Angela Merkel", None), ("met", "Angela Merkel", "Paris")], "calls on demand"),
        ({"statuses": "planned"}, [("met", "Turkey", None)], "plans on demand"),
        ({"since": "2015-11-26"}, [("visited", "Russia", "Moscow")], "from a day on"),
        ({"unit": "report", "until": "2015-11-24"}, [("hosted", "United States", None)], "events of reports"),
    ],
)  # fmt: skip
def test_itinerary(tmp_path, arguments, expected, reason):
    with make_store(tmp_path / "d.duckdb", VISITS) as store:
        frame = itinerary(store, "hollande", **arguments)
    assert list(zip(frame["how"], frame["whom"], column(frame, "place"), strict=True)) == expected, reason


def test_an_itinerary_tells_words_and_what_it_leaves_out(tmp_path):
    with make_store(tmp_path / "d.duckdb", VISITS) as store:
        frame = itinerary(store, "hollande", since="2015-11-20")
        assert itinerary(store, "Angela Merkel", until="2015-01-01").empty
    assert frame["sentence"].tolist() == ["Sentence 3.", "Sentence 2.", "Sentence 0."]
    assert frame.attrs["left_out"] == {"without a date": 1, "dated too vaguely": 1}
    assert frame.attrs["person"] == "François Hollande"


# Change points


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(("before", "after"), [(0.0, 6.0), (5.0, -5.0), (2.0, 9.0)])
def test_a_planted_change_is_found_where_it_is(seed, before, after):
    noise = np.random.default_rng(seed).normal(0, 1, 60)
    values = noise + np.where(np.arange(60) < 25, before, after)
    assert breaks(values, 3.0, 3) == [25]


@pytest.mark.parametrize("seed", range(10))
def test_noise_alone_has_no_change(seed):
    assert breaks(np.random.default_rng(seed).normal(0, 1, 60), 3.0, 3) == []


@pytest.mark.parametrize("shortest", [1, 3, 5])
def test_changes_are_those_of_the_search_called_pelt(shortest):
    chance = np.random.default_rng(shortest)
    for _ in range(20):
        values = chance.normal(0, 1, int(chance.integers(12, 80)))
        for start in chance.integers(0, len(values), 3):
            values[start:] += chance.normal(0, 4)
        scaled, price = values / noise(values), 3.0 * math.log(len(values))
        search = ruptures.Pelt(model="l2", min_size=shortest, jump=1).fit(scaled.reshape(-1, 1))
        assert breaks(values, 3.0, shortest) == search.predict(pen=price)[:-1]


def test_ten_years_of_days_are_searched_while_somebody_waits():
    values = np.random.default_rng(0).normal(0, 1, 3650) + np.where(np.arange(3650) < 2000, 0, 2)
    begun = time.process_time()
    (found,) = breaks(values, 3.0, 3)
    assert abs(found - 2000) < 5
    assert time.process_time() - begun < 10  # a fraction of a second


@pytest.mark.parametrize("values", [[], [1.0], [2.0] * 20, [0.0, 9.0]])
def test_too_little_to_tell_has_no_change(values):
    assert breaks(np.array(values), 3.0, 3) == []


def turning(days=60, turn=30):
    """A meeting most days until relations turn, then an attack most days."""
    chance = random.Random(7)
    start = date(2015, 11, 1)
    return [
        act("CONSULT" if n < turn else "ASSAULT", "RUS", "TUR", (start + timedelta(days=n)).isoformat())
        for n in range(days)
        if chance.random() < 0.8
    ]


@pytest.mark.parametrize(("measure", "sign"), [("net", -1), ("score", -1), ("conflict", 1), ("cooperation", -1)])
def test_the_turn_of_a_dyad_is_found(tmp_path, measure, sign):
    with make_store(tmp_path / "d.duckdb", turning()) as store:
        frame = change_points(store, "RUS", "TUR", by="day", measure=measure)
    (row,) = frame.to_dict("records")
    assert abs((row["period"].date() - date(2015, 12, 1)).days) <= 2
    assert row["change"] * sign > 0
    assert row["change"] == pytest.approx(row["after"] - row["before"])
    assert row["since"].date() < row["period"].date() < row["until"].date()


def test_a_steady_dyad_has_no_change_and_a_frame_with_columns(tmp_path):
    with make_store(tmp_path / "d.duckdb", turning(turn=60)) as store:
        frame = change_points(store, "RUS", "TUR", by="day")
        nothing = change_points(store, "RUS", "TUR", by="day", statuses="planned")
    assert frame.empty
    assert nothing.empty
    assert list(nothing) == ["period", "since", "until", "before", "after", "change"]


@pytest.mark.parametrize("options", [{"measure": "mood"}, {"penalty": 0}, {"shortest": 0}])
def test_senseless_searches_are_refused(tmp_path, options):
    with make_store(tmp_path / "d.duckdb", turning(6)) as store, pytest.raises(InputError):
        change_points(store, "RUS", "TUR", **options)
