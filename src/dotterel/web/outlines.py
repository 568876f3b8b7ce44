"""Outlines of countries, and the projection in which pages draw them and put events on them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

import numpy as np
import numpy.typing as npt

from dotterel import tables
from dotterel.errors import DataError

Point = tuple[float, float]
Ring = tuple[Point, ...]
Numbers = npt.NDArray[np.float64]

# The polynomial of Equal Earth (Šavrič, Patterson and Jenny 2018): y over the angle, and what x is divided by.
ODD = (1.340264, -0.081106, 0.000893, 0.003796)
POWERS = (1, 3, 7, 9)
WIDTH = 180 / 2.7066299836960748  # brings the ends of the equator to -180 and 180
DIGITS = 3  # of projected points: a hundred metres


@dataclass(frozen=True, slots=True)
class Outline:
    """A country as it is drawn on a map."""

    code: str  # ISO 3166-1 alpha-3, or XKX; empty for a land that has no code
    name: str  # as in the table of states, where it has the code
    rings: tuple[Ring, ...]  # (longitude, latitude), or (x, y); largest first, holes wound the other way than land


@lru_cache(maxsize=1)
def outlines() -> tuple[Outline, ...]:
    """Every country of the table of outlines, by code, in degrees; lands without a code stand last.

    Raises DataError where a cell is no ring.
    """
    by_country = groupby(tables.read("outlines"), key=lambda row: (row["code"], row["name"]))
    return tuple(
        Outline(code, name, tuple(ring(row["ring"], name) for row in rows)) for (code, name), rows in by_country
    )


def ring(cell: str, name: str) -> Ring:
    """The points of a cell of the table. Raises DataError where they are fewer than three or no numbers."""
    try:
        points = tuple((float(x), float(y)) for x, _, y in (point.partition(",") for point in cell.split()))
    except ValueError as error:
        raise DataError(f"outlines: {name} has a point that is not longitude,latitude ({error})") from error
    if len(points) < 3:
        raise DataError(f"outlines: {name} has a ring of {len(points)} points; a ring has three or more")
    return points


def project(longitudes: npt.ArrayLike, latitudes: npt.ArrayLike) -> tuple[Numbers, Numbers]:
    """Where points in degrees lie on the map: x from -180 to 180, y from -87.6 to 87.6, in one scale.

    Give it numbers, lists or arrays of one shape; NaN stays NaN. The projection is Equal Earth. A map shaded by counts
    must give each country the area it has, which Web Mercator and plain degrees do not: they blow up the north.
    Among projections that do, this one keeps shapes most familiar, its parallels are straight, and it is a short sum.
    It is drawn with both axes in one scale (match_aspect in Bokeh) and without degrees on them.
    """
    angle = np.arcsin(np.sqrt(3) / 2 * np.sin(np.radians(np.asarray(latitudes, dtype=np.float64))))
    y = sum((factor * angle**power for factor, power in zip(ODD, POWERS, strict=True)), np.zeros_like(angle))
    slope = sum(
        (power * factor * angle ** (power - 1) for factor, power in zip(ODD, POWERS, strict=True)), np.zeros_like(angle)
    )
    x = 2 / np.sqrt(3) * np.radians(np.asarray(longitudes, dtype=np.float64)) * np.cos(angle) / slope
    return x * WIDTH, y * WIDTH


@lru_cache(maxsize=1)
def projected() -> tuple[Outline, ...]:
    """The outlines on the map that `project` puts points on, rounded to a thousandth of its degrees."""
    return tuple(replace(outline, rings=tuple(map(on_map, outline.rings))) for outline in outlines())


def on_map(points: Ring) -> Ring:
    """A ring of degrees as it is drawn."""
    x, y = project(*zip(*points, strict=True))
    return tuple(zip(x.round(DIGITS).tolist(), y.round(DIGITS).tolist(), strict=True))
