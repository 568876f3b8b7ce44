"""The reports that a soak codes: as many as are asked for, none twice, and rounds whose acts are others."""

import pytest
from benchmarks.soak import mixed, repeated, sizes

REPORTS = [
    {
        "id": str(n),
        "title": f"Day {n}",
        "published": f"2016-0{n}-01",
        "text": f"{f'word{n} ' * 20}\nshort\n{'more ' * n * 9}",
    }
    for n in range(1, 6)
]


def test_rounds_are_a_year_apart():
    days = [one["published"] for one in repeated(REPORTS, 7)]
    assert days == ["2016-01-01", "2016-02-01", "2016-03-01", "2016-04-01", "2016-05-01", "2014-12-26", "2015-01-26"]


@pytest.mark.parametrize(
    ("number", "rounds", "expected", "reason"),
    [
        (10, 5, [2] * 5, "all alike"),
        (10, 4, [3, 3, 3, 1], "the last has what is left"),
        (3, 5, [1, 1, 1], "no round without a report"),
    ],
)
def test_a_run_is_divided_into_rounds(number, rounds, expected, reason):
    assert sizes(number, rounds) == expected, reason


def test_mixed_reports_are_of_whole_paragraphs_and_long_enough():
    found = list(mixed(REPORTS, 50, 60))
    paragraphs = {part for report in REPORTS for part in report["text"].split("\n")}
    assert len({one["id"] for one in found}) == len(found) == 50
    for one in found:
        assert len(one["text"].split()) >= 60
        assert set(one["text"].split("\n\n")) <= paragraphs - {"short"}
    assert found == list(mixed(REPORTS, 50, 60)), "the same each time"
