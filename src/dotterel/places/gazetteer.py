"""The places dotterel knows by name: states, regions and cities, indexed by every spelling."""

from __future__ import annotations

import math
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from dotterel.settings import DATA
from dotterel.tables import read

STATE_WEIGHT = 9.0  # a state's name means the state, unless the words around it say otherwise
CONTINENT_WEIGHT = 8.0
REGION_WEIGHT = 6.5  # as a city of three million
COUNTY_WEIGHT = 5.0
CAPITAL_BONUS = 1.5
KIND_WEIGHTS = {"continent": CONTINENT_WEIGHT, "sea": CONTINENT_WEIGHT, "county": COUNTY_WEIGHT}


@dataclass(frozen=True, slots=True)
class Site:
    """One place on earth that a name can mean."""

    name: str
    country: str | None  # alpha-3; None where several or none
    latitude: float | None
    longitude: float | None
    kind: str  # state | capital | city, or the kind of a region
    weight: (
        float  # how likely the bare name means this place: common logarithm of inhabitants, or of what they are worth
    )
    division: str = ""  # first-order division of the country it lies in or is, by name
    geonames: int | None = None


def plain(name: str) -> str:
    """The name in ASCII where it decomposes into it, with straight apostrophes."""
    if name.isascii():
        return name
    straight = name.replace("’", "'").replace("‘", "'")
    return unicodedata.normalize("NFKD", straight).encode("ascii", "ignore").decode() or name


def _degrees(text: str) -> float | None:
    return float(text) if text else None


@lru_cache(maxsize=1)
def divisions() -> dict[tuple[str, str], tuple[str, int | None]]:
    """Name and GeoNames id of every first-order division, by country and code; of states themselves under code ''."""
    return {
        (row["country"], row["code"]): (row["name"], int(row["geonames"]) if row["geonames"] else None)
        for row in read("divisions")
    }


@lru_cache(maxsize=1)
def states() -> dict[str, Site]:
    """Every name and alias of a state, to the state."""
    named: dict[str, Site] = {}
    for row in read("states"):
        where = _degrees(row["latitude"]), _degrees(row["longitude"])
        geonames = divisions().get((row["code"], ""), ("", None))[1]
        site = Site(row["name"], row["code"], *where, "state", STATE_WEIGHT, geonames=geonames)
        for name in (row["name"], *row["aliases"].split("|")):
            if name:
                named.setdefault(name, site)
    return named


@lru_cache(maxsize=1)
def demonyms() -> dict[str, str]:
    """Every adjective and noun of nationality or of a people to its country, '' where it has no one country."""
    named = {name: row["code"] for row in read("states") for name in row["demonyms"].split("|") if name}
    for row in read("peoples"):
        for name in row["name"].split("|"):
            named.setdefault(name, row["country"])
    return {name: code for name, code in named.items() if name not in states()}


@lru_cache(maxsize=1)
def capitals() -> dict[str, str]:
    """Every name of a capital or seat city to its state, states that are no more last."""
    rows = sorted(read("states"), key=lambda r: bool(r["to"]))
    named: dict[str, str] = {}
    for row in rows:
        for name in filter(None, row["capital"].split("|")):
            named.setdefault(name, row["code"])
    return named


@lru_cache(maxsize=1)
def regions() -> dict[str, tuple[Site, ...]]:
    """Every name of a region, sea, river or the like to the places it can mean."""
    named: defaultdict[str, list[Site]] = defaultdict(list)
    for row in read("regions"):
        weight = KIND_WEIGHTS.get(row["kind"], REGION_WEIGHT)
        where = (_degrees(row["latitude"]), _degrees(row["longitude"]))
        geonames = int(row["geonames"]) if row["geonames"] else None
        site = Site(row["name"], row["country"] or None, *where, row["kind"], weight, row["region"], geonames)
        for name in (row["name"], *row["aliases"].split("|")):
            if name:
                named[name].append(site)
    return {name: tuple(sites) for name, sites in named.items()}


@lru_cache(maxsize=1)
def _city_lines() -> dict[str, tuple[str, ...]]:
    """Every name of a city to its lines of the table.

    The table is too long to become dictionaries at every start: a line is taken apart when its name is met.
    """
    named: dict[str, tuple[str, ...]] = {}
    lines = (DATA / "places.tsv").read_text(encoding="utf-8").splitlines()
    first = next(n for n, line in enumerate(lines) if not line.startswith("#")) + 1
    for line in lines[first:]:
        name, aliases, _ = line.split("\t", 2)
        named[name] = (*named.get(name, ()), line)
        if aliases:
            for alias in aliases.split("|"):
                named[alias] = (*named.get(alias, ()), line)
    return named


@lru_cache(maxsize=1)
def _seats() -> frozenset[str]:
    """Names of cities that are no capitals but in which states meet: they weigh as much."""
    return frozenset(row["word"] for row in read("place_words") if row["role"] == "seat")


@lru_cache(maxsize=20_000)
def cities(name: str) -> tuple[Site, ...]:
    """The cities of that name, the most populous first; capitals are marked as such."""
    lines = list(dict.fromkeys(_city_lines().get(name, ())))
    seat = next((line for line in lines if line.split("\t")[2] == capitals().get(name)), None)
    seat = lines[0] if seat is None and name in _seats() else seat
    return tuple(_city(line, line is seat) for line in lines)


def _city(line: str, capital: bool) -> Site:
    name, _, country, admin1, latitude, longitude, population, geonames = line.split("\t")
    weight = math.log10(max(int(population), 10)) + (CAPITAL_BONUS if capital else 0.0)
    division = divisions().get((country, admin1), ("", None))[0]
    kind = "capital" if capital else "city"
    return Site(name, country, float(latitude), float(longitude), kind, weight, division, int(geonames))


@lru_cache(maxsize=20_000)
def sites(name: str) -> tuple[Site, ...]:
    """All places a name can mean, in no order; () where it is unknown. MOSCOW is read as Moscow."""
    for form in _forms(name):
        state = states().get(form)
        found = (*((state,) if state else ()), *regions().get(form, ()), *cities(form))
        if found:
            return found
    if name.endswith(".") and name in _us_containers():
        return tuple(s for s in sites(_us_containers()[name]) if s.kind == "state" and s.country == "USA")
    return ()


def _forms(name: str) -> tuple[str, ...]:
    """The spellings under which to look a name up, as written first."""
    bare = name.removeprefix("the ").removeprefix("The ") if name not in {"The Hague", "the Hague"} else "The Hague"
    forms = [name, bare, plain(bare), bare.replace("St. ", "Saint "), bare.replace("al-", "Al ").replace("Al-", "Al ")]
    forms += [bare.removeprefix("al-").removeprefix("Al-"), bare.replace("-", " ")]
    if (kind := bare.rpartition(" "))[2] in {"State", "Province", "Region", "Governorate", "Oblast", "City"}:
        forms.append(kind[0])  # "Oaxaca State"; after the whole name, which may be known
    if bare.isupper() and len(bare) > 4:
        forms.append(bare.title())
    return tuple(dict.fromkeys(f for f in forms if f))


@lru_cache(maxsize=1)
def _us_containers() -> dict[str, str]:
    """What may stand after a city for a US state, to the state's name in the column admin1."""
    return {
        name: row["state"]
        for row in read("us_states")
        for name in (row["state"], *row["abbreviations"].split("|"))
        if name
    }


@lru_cache(maxsize=1)
def _divisions_called() -> dict[str, tuple[tuple[str, str], ...]]:
    """Every name of a first-order division, or of a region that is or lies in one, to pairs of country and division."""
    named: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for (country, code), (name, _) in divisions().items():
        if code:
            named[plain(name)].append((country, name))
    for name, found in regions().items():
        named[name] += [
            (s.country, s.division) for s in found if s.country and (s.country, s.division) not in named[name]
        ]
    return {name: tuple(found) for name, found in named.items()}


def containers(name: str) -> tuple[tuple[str, str], ...]:
    """What a name can stand for when it says where another place lies: pairs of a country and a division or ''."""
    found = [("USA", _us_containers()[name])] if name in _us_containers() else []
    for form in _forms(name):
        if form in states():
            found.append((str(states()[form].country), ""))
        elif demonyms().get(form):
            found.append((demonyms()[form], ""))
        elif not found:
            found += _divisions_called().get(form, ())
        if found:
            break
    return tuple(found)


def is_area(name: str, country: str | None, latitude: float, longitude: float) -> bool:
    """Whether a place is no spot: a state, sea, province or the like, whose coordinates are those of its middle.

    False for what no table holds, and for regions that the tables do not tell from towns.
    """
    state = states().get(name)
    if state is not None and state.country == country:
        return True
    at = (latitude, longitude)
    same = (site for site in regions().get(name, ()) if (site.latitude, site.longitude) == at)
    return any(site.kind != "region" or site.country is None or site.division == site.name for site in same)


def country_of(name: str) -> str | None:
    """The alpha-3 code of the state that the name of a state, nationality, people, region or city stands for.

    None where the name is unknown, or belongs to several states or none.
    """
    for form in _forms(name):
        if form in states():
            return states()[form].country
        if form in demonyms():
            return demonyms()[form] or None
        if form in capitals():
            return capitals()[form]
    found = sites(name)
    return max(found, key=lambda s: s.weight).country if found else None
