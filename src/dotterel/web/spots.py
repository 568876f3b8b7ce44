"""Places with acts on the map, and which of them are drawn as one circle at which scale."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from dotterel.places.gazetteer import is_area
from dotterel.web.outlines import Numbers, project

Counts = npt.NDArray[np.int64]
Box = tuple[float, float, float, float]  # x0, y0, x1, y1 on the map
WORLD = 360.0  # as wide as the map is
FINEST = 28  # the level whose circles stand for places within two kilometres


@dataclass(frozen=True, slots=True, eq=False)
class Spots:
    """Places with acts. Those that are spots stand before areas, then those with more acts before others."""

    names: tuple[str, ...]
    countries: tuple[str | None, ...]
    degrees: tuple[tuple[float, float], ...]  # north, east
    x: Numbers
    y: Numbers
    quads: Counts  # a row a place, a column a quad class
    areas: npt.NDArray[np.bool_]  # known only as a country, province or sea, and put at its middle

    def __len__(self) -> int:
        return len(self.names)


@dataclass(frozen=True, slots=True, eq=False)
class Circles:
    """Which places are drawn as one."""

    heads: Counts  # the place at which each circle is drawn
    of: Counts  # the circle of each place


def spots_of(table: pa.Table) -> Spots:
    """The places of an answer of `Store.located` that have coordinates."""
    rows = [row for row in table.to_pylist() if row["latitude"] is not None and row["longitude"] is not None]
    for row in rows:
        row["area"] = is_area(row["name"] or "", row["country"], row["latitude"], row["longitude"])
    rows.sort(key=lambda row: (row["area"], -row["acts"]))
    x, y = project([row["longitude"] for row in rows], [row["latitude"] for row in rows])
    return Spots(
        tuple(row["name"] or "a place without a name" for row in rows),
        tuple(row["country"] for row in rows),
        tuple((row["latitude"], row["longitude"]) for row in rows),
        x,
        y,
        np.array([[row[f"quad_{quad}"] for quad in (1, 2, 3, 4)] for row in rows], np.int64).reshape(-1, 4),
        np.array([row["area"] for row in rows], np.bool_),
    )


def level_of(width: float, cells: int) -> int:
    """The level at which a view of that width has about so many circles side by side.

    Levels are steps, so that circles stay as they are while a view is moved.
    """
    return min(FINEST, max(0, round(2 * math.log2(WORLD * cells / width))))


def reach_of(level: int) -> float:
    """How far apart the circles of a level are at least, in units of the map; two levels on it is half as far."""
    return float(WORLD / 2 ** (level / 2))


def gathered(spots: Spots, level: int) -> Circles:
    """Which places are one circle: each goes to the nearest head within reach, and is a head where there is none.

    Places are taken in their order, so that a circle stands at the place with the most acts. Heads are looked for in a
    grid of cells as wide as the reach, where a head in reach lies in the same cell or one beside it.
    """
    reach = reach_of(level)
    columns, rows = (np.floor(values / reach).astype(int).tolist() for values in (spots.x, spots.y))
    points = list(zip(spots.x.tolist(), spots.y.tolist(), strict=True))
    cells: dict[tuple[int, int], list[int]] = {}  # cell -> its circles
    heads: list[int] = []
    of: list[int] = []
    for place, (x, y) in enumerate(points):
        column, row = columns[place], rows[place]
        near = [(math.dist((x, y), points[heads[circle]]), circle) for i in (-1, 0, 1) for j in (-1, 0, 1)
                for circle in cells.get((column + i, row + j), ())]  # fmt: skip
        distance, circle = min(near, default=(math.inf, -1))
        if distance > reach:
            circle = len(heads)
            heads.append(place)
            cells.setdefault((column, row), []).append(circle)
        of.append(circle)
    return Circles(np.array(heads, np.int64), np.array(of, np.int64))


def drawn(spots: Spots, circles: Circles, box: Box, margin: float) -> dict[str, list[Any]]:
    """The circles in a view, and as far around it as the margin, as columns: x, y, latitude, longitude (of the head),
    label, places, acts, quad_1 to quad_4, quad (the one of most acts), area (acts at places that are no spots), and
    x0, y0, x1, y1, around the places of each.
    """
    many = len(circles.heads)
    quads = np.zeros((many, 4), np.int64)
    np.add.at(quads, circles.of, spots.quads)
    places, acts = np.bincount(circles.of, minlength=many), quads.sum(axis=1)
    areas = np.bincount(circles.of, spots.quads.sum(axis=1) * spots.areas, many).astype(int)
    x, y = spots.x[circles.heads], spots.y[circles.heads]
    x0, y0, x1, y1 = box
    seen = (x >= x0 - margin) & (x <= x1 + margin) & (y >= y0 - margin) & (y <= y1 + margin)
    shown = np.flatnonzero(seen)
    shown = shown[np.argsort(-acts[shown], kind="stable")]  # small circles are drawn over large ones
    ends = around(spots, circles, many)
    heads = circles.heads[shown].tolist()
    columns = {"x": x, "y": y, "places": places, "acts": acts, "area": areas, "quad": quads.argmax(axis=1) + 1,
               **{f"quad_{n + 1}": quads[:, n] for n in range(4)}, **ends}  # fmt: skip
    return {
        **{name: values[shown].round(4).tolist() for name, values in columns.items()},
        "latitude": [spots.degrees[head][0] for head in heads],
        "longitude": [spots.degrees[head][1] for head in heads],
        "label": [label(spots.names[head], int(places[circle])) for head, circle in zip(heads, shown, strict=True)],
    }


def around(spots: Spots, circles: Circles, many: int) -> dict[str, Numbers]:
    """The box around the places of each circle."""
    ends = {}
    for axis, values in (("x", spots.x), ("y", spots.y)):
        for end, extreme, start in (("0", np.minimum, np.inf), ("1", np.maximum, -np.inf)):
            ends[axis + end] = np.full(many, start)
            extreme.at(ends[axis + end], circles.of, values)
    return ends


def members(spots: Spots, circles: Circles, latitude: float, longitude: float) -> list[int]:
    """The places of the circle that stands at those degrees; none where none does."""
    at = [n for n, head in enumerate(circles.heads.tolist()) if spots.degrees[head] == (latitude, longitude)]
    return np.flatnonzero(np.isin(circles.of, at)).tolist()


def within(spots: Spots, box: Box) -> list[int]:
    """The places in a box of the map."""
    x0, y0, x1, y1 = box
    return np.flatnonzero((spots.x >= x0) & (spots.x <= x1) & (spots.y >= y0) & (spots.y <= y1)).tolist()


def label(name: str, places: int) -> str:
    """Aleppo; Aleppo and 3 other places."""
    more = places - 1
    return name if not more else f"{name} and {more} other place{'s' if more > 1 else ''}"
