"""The outlines of countries: which there are, that they lie where they should, and how they are projected."""

from functools import cache
from math import cos, hypot, radians

import numpy as np
import pytest

from dotterel.errors import DataError
from dotterel.settings import DATA
from dotterel.tables import read
from dotterel.web.outlines import WIDTH, outlines, project, projected, ring

STATES = {row["code"]: row for row in read("states")}
BY_CODE = {outline.code: outline for outline in outlines() if outline.code}
UNDRAWN = {"ATA", "GIB", "TUV"}  # left out, or not on Natural Earth's map of this scale
EARTH = 6371  # kilometres


def edges(points):
    return zip(points, points[1:] + points[:1], strict=True)


def inside(x, y, outline):
    return sum(
        (b > y) != (d > y) and x < a + (c - a) * (y - b) / (d - b)
        for points in outline.rings
        for (a, b), (c, d) in edges(points)
    ) % 2  # fmt: skip


def off(x, y, outline):
    """Degrees of latitude from a point to the nearest line."""
    squeeze, nearest = cos(radians(y)), 360.0
    for points in outline.rings:
        for (a, b), (c, d) in edges(points):
            left, low, right, high = (a - x) * squeeze, b - y, (c - x) * squeeze, d - y
            along, up = right - left, high - low
            length = along * along + up * up
            share = min(1, max(0, -(left * along + low * up) / length)) if length else 0
            nearest = min(nearest, hypot(left + share * along, low + share * up))
    return nearest


def area(points):
    return sum(x * b - a * y for (x, y), (a, b) in edges(points)) / 2


@cache
def capitals():
    towns = {}
    for row in read("places"):
        for name in (row["name"], *row["aliases"].split("|")):
            towns.setdefault((row["country"], name), (float(row["longitude"]), float(row["latitude"])))
    named = {code: [towns.get((code, name)) for name in row["capital"].split("|")] for code, row in STATES.items()}
    return {code: next(filter(None, found)) for code, found in named.items() if any(found)}


def test_every_state_of_today_is_drawn_and_named_as_in_the_table_of_states():
    assert {code for code, row in STATES.items() if not row["to"]} - BY_CODE.keys() == UNDRAWN
    assert {code: o.name for code, o in BY_CODE.items() if code in STATES and o.name != STATES[code]["name"]} == {}


def test_a_country_is_told_once():
    assert len({(outline.code, outline.name) for outline in outlines()}) == len(outlines())
    assert {o.name for o in outlines() if not o.code} >= {"Northern Cyprus", "Somaliland"}


def test_no_line_crosses_the_map():
    for outline in (*outlines(), *projected()):
        for points in outline.rings:
            longitudes = [x for x, _ in points]
            assert max(longitudes) - min(longitudes) < 180, outline.name
            assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in points), outline.name


@pytest.mark.parametrize("code", ["RUS", "FJI"])
def test_countries_on_both_sides_of_the_antimeridian_are_cut_there(code):
    sides = {np.sign(points[0][0]) for points in BY_CODE[code].rings if any(abs(x) == 180 for x, _ in points)}
    assert sides == {-1, 1}


def test_land_is_wound_one_way_and_holes_the_other():
    assert [o.name for o in outlines() if area(o.rings[0]) >= 0] == []
    holes = {o.code: sum(area(points) > 0 for points in o.rings) for o in outlines()}
    assert {code: number for code, number in holes.items() if number} == {"ITA": 2, "KGZ": 1, "ZAF": 1}


def test_neighbours_share_their_border():
    for code, other in (("DEU", "POL"), ("USA", "CAN"), ("FRA", "ESP"), ("ZAF", "LSO"), ("ITA", "VAT"), ("BRA", "GUF")):
        mine, theirs = ({p for points in BY_CODE[c].rings for p in points} for c in (code, other))
        assert len(mine & theirs) >= 3, (code, other)


@pytest.mark.parametrize(
    ("longitude", "latitude", "code"),
    [
        (28.5, -29.5, "LSO"),  # an enclave
        (45.4, 39.2, "AZE"),  # an exclave
        (12.2, -5.2, "AGO"),
        (20.5, 54.7, "RUS"),
        (-175, 66.5, "RUS"),  # beyond the antimeridian
        (178, -17.8, "FJI"),
        (-53, 4, "GUF"),  # part of a state, with a code of its own
        (55.5, -21.1, "REU"),
        (21, 42.6, "XKX"),
        (-13.7, 22, "ESH"),  # east of the wall
        (35.2, 32.2, "PSE"),
        (-150, 65, "USA"),
        (12.434, 41.902, "VAT"),
    ],
)
def test_a_point_lies_in_its_country_alone(longitude, latitude, code):
    assert [o.code for o in outlines() if inside(longitude, latitude, o)] == [code]


def test_capitals_lie_in_their_countries():
    """Ports stand on the coast: five kilometres off the thinned line are less than a dot on a map."""
    found = {code: place for code, place in capitals().items() if code in BY_CODE}
    astray = {c for c, place in found.items() if not inside(*place, BY_CODE[c]) and off(*place, BY_CODE[c]) > 0.05}
    assert len(found) >= 200
    assert len(astray) <= 0.05 * len(found), astray
    assert sum(bool(inside(*place, BY_CODE[code])) for code, place in found.items()) >= 0.8 * len(found)


def test_the_table_is_small():
    assert (DATA / "outlines.tsv").stat().st_size <= 350_000


@pytest.mark.parametrize(
    ("longitude", "latitude", "x", "y"),
    [
        (0, 0, 0, 0),
        (180, 0, 180, 0),
        (-180, 0, -180, 0),
        (0, 90, 0, 87.61),  # 1.3173627 of the published projection, whose equator ends at 2.7066300
        (180, -90, 106.64, -87.61),  # a pole is 0.59247 of the equator
    ],
)
def test_known_points_of_the_projection(longitude, latitude, x, y):
    assert np.allclose(project(longitude, latitude), (x, y), atol=0.01)


def test_projection_takes_lists_and_keeps_what_is_missing():
    x, y = project([10, 20, float("nan")], [50, -5, 5])
    assert x.shape == y.shape == (3,)
    assert np.isnan(x).tolist() == [False, False, True]
    assert [round(float(value), 6) for value in (x[1], y[1])] == [round(float(v), 6) for v in project(20, -5)]


@pytest.mark.parametrize(
    ("code", "square_kilometres"),
    [("DZA", 2_382_000), ("KAZ", 2_725_000), ("COD", 2_345_000), ("BRA", 8_515_000), ("RUS", 17_000_000),
     ("ISL", 103_000), ("SWE", 450_000), ("ARG", 2_780_000)],
)  # fmt: skip
def test_a_country_has_its_area_on_the_map(code, square_kilometres):
    country = next(o for o in projected() if o.code == code)
    drawn = -sum(area(points) for points in country.rings) / WIDTH**2 * EARTH**2
    assert drawn == pytest.approx(square_kilometres, rel=0.05)


@pytest.mark.parametrize("cell", ["", "1,2 3,4", "1,2 3,4 5", "1,2 3,x 5,6"])
def test_a_cell_that_is_no_ring_is_refused(cell):
    with pytest.raises(DataError, match="Nowhere"):
        ring(cell, "Nowhere")
