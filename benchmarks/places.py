"""Measures which places are found on news articles with every toponym annotated (GeoWebNews), and where they are put.

Counted are toponyms meant as a place (`literal`) that have coordinates. One is found where a place overlaps it, near
where that place's coordinates lie within 161 km (100 miles) of the annotated ones, and in the right country where
the nearest city of the tables to the annotated coordinates lies in the country given; both are told of all found, and
of those to which dotterel gave coordinates or a country. A place found that overlaps no
toponym at all, literal or not, counts against precision.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping
from dataclasses import astuple, dataclass
from typing import Any

from benchmarks.common import arguments, overlap, print_table, rows, share
from dotterel.parsing import parse
from dotterel.places import find_places
from dotterel.tables import read
from dotterel.types import Place, Report

EARTH = 6371.0  # mean radius in kilometres
NEAR = 161.0  # kilometres


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted in one article, or in all."""

    toponyms: int  # literal, with coordinates
    found: int
    near: int
    country: int
    located: int  # of those found: given coordinates
    settled: int  # of those found: given a country, or resolved to a sea, a continent or the like
    places: int  # found by dotterel, whatever they are
    wrong: int  # of those, such as overlap no toponym


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres along a great circle between two points given as degrees north and east."""
    north, east, north2, east2 = map(math.radians, (*one, *other))
    inner = math.sin((north2 - north) / 2) ** 2
    inner += math.cos(north) * math.cos(north2) * math.sin((east2 - east) / 2) ** 2
    return 2 * EARTH * math.asin(math.sqrt(inner))


def country_at(latitude: float, longitude: float) -> str:
    """The country of the nearest city of the tables."""
    squash = math.cos(math.radians(latitude)) ** 2
    cities = read("places")
    nearest = min(
        cities, key=lambda c: (float(c["latitude"]) - latitude) ** 2 + squash * (float(c["longitude"]) - longitude) ** 2
    )
    return nearest["country"]


def is_near(place: Place, toponym: Mapping[str, Any]) -> bool:
    """Do the place's coordinates lie within 161 km of the annotated ones?"""
    if place.latitude is None or place.longitude is None:
        return False
    return distance((place.latitude, place.longitude), (toponym["lat"], toponym["lon"])) <= NEAR


def is_in_country(place: Place, toponym: Mapping[str, Any]) -> bool:
    """Is the place's country that of the annotated coordinates? Seas and continents go by distance."""
    if place.country is None:
        return is_near(place, toponym)
    return place.country == country_at(toponym["lat"], toponym["lon"])


def counts(row: Mapping[str, Any], misses: bool) -> Counts:
    """The measures of one article; with `misses`, its errors are printed."""
    report = Report(id=row["id"], text=row["text"])
    places = find_places(parse(report.text), report)
    gold = [t for t in row["toponyms"] if t["literal"] and t["lat"] is not None]
    pairs = [(t, next((p for p in places if overlap((p.start, p.end), (t["start"], t["end"]))), None)) for t in gold]
    matched = [(t, p) for t, p in pairs if p is not None]
    wrong = [p for p in places if not any(overlap((p.start, p.end), (t["start"], t["end"])) for t in row["toponyms"])]
    if misses:
        print_misses(pairs, wrong)
    near = sum(is_near(p, t) for t, p in matched)
    country = sum(is_in_country(p, t) for t, p in matched)
    located = sum(p.latitude is not None for _, p in matched)
    settled = sum(p.country is not None or p.name is not None for _, p in matched)
    return Counts(len(gold), len(matched), near, country, located, settled, len(places), len(wrong))


def print_misses(pairs: list[tuple[Any, Place | None]], wrong: list[Place]) -> None:
    """One line for each toponym that was missed or put too far off, and each place that is none."""
    for toponym, place in pairs:
        if place is None:
            print(f"missed: {toponym['text']} ({toponym['name']})")
        elif not is_near(place, toponym):
            print(f"off: {toponym['text']} ({toponym['lat']}, {toponym['lon']}) put at {place.name}, {place.country}")
    for place in wrong:
        print(f"no toponym: {place.text} ({place.name}, {place.country}; {place.reason})")


def main() -> int:
    """Measure and print."""
    parser = arguments(__doc__, "places_dev.jsonl")
    parser.add_argument("--misses", action="store_true", help="print each error")
    options = parser.parse_args()
    each = [astuple(counts(row, options.misses)) for row in rows(options.file, options.limit)]
    total = Counts(*map(sum, zip(*each, strict=True)))
    body = [
        ("literal toponyms found", share(total.found, total.toponyms)),
        ("found, within 161 km", share(total.near, total.found)),
        ("found, right country", share(total.country, total.found)),
        ("given coordinates, within 161 km", share(total.near, total.located)),
        ("given a country, right country", share(total.country, total.settled)),
        ("all toponyms, within 161 km", share(total.near, total.toponyms)),
        ("places found that are toponyms", share(total.places - total.wrong, total.places)),
    ]
    print_table(f"Places: {len(each)} articles", ("measure", "share"), body, options.markdown)
    return 0


if __name__ == "__main__":
    sys.exit(main())
