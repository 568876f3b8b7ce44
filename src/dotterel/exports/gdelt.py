"""GDELT 2.0 events: one row a dyad, 61 columns, tab-separated, without header, UTF-8; what is not known is empty."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import BinaryIO

from dotterel import tables
from dotterel.exports.acts import Act, Dyad, Party, Spot, dyads
from dotterel.exports.codes import (
    cameo,
    cameo_actor,
    cameo_country,
    cameo_group,
    cameo_quad,
    cameo_roles,
    country_code,
    country_name,
    goldstein,
    number,
)
from dotterel.exports.delimited import Lines
from dotterel.exports.losses import Gate, Losses
from dotterel.exports.spots import kind, province

ID_BITS = 52  # also exact where readers keep numbers as floating point
ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
         "Type2Code", "Type3Code")  # fmt: skip
GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
COLUMNS = (
    "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate",
    *(f"Actor1{part}" for part in ACTOR), *(f"Actor2{part}" for part in ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
    "NumSources", "NumArticles", "AvgTone",
    *(f"{whose}Geo_{part}" for whose in ("Actor1", "Actor2", "Action") for part in GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
EMPTY = (
    *(f"Actor{n}{part}" for n in (1, 2) for part in ("EthnicCode", "Religion1Code", "Religion2Code")),
    "AvgTone",
    *(f"Actor{n}Geo_{part}" for n in (1, 2) for part in GEO[1:]),
    "ActionGeo_ADM2Code",
)  # fmt: skip
NOWHERE = ["0", *[""] * 7]
LEVELS = {"country": (1, 1), "province": (2, 5)}  # in the United States, elsewhere
LANDMARK = (3, 4)  # a town or anything as small


def write(acts: Iterable[Act], file: BinaryIO, losses: Losses) -> int:
    """Write the dyads of the acts that GDELT can hold, and tell how many rows they are."""
    lines = Lines(file, losses)
    rows = 0
    for act in Gate(losses, "GDELT")(acts):
        code = cameo(act)
        if code is None:
            losses.note("{event|events} of a type or status without CAMEO code {is|are} left out")
            continue
        for dyad in dyads(act):
            lines.write(row(act, dyad, code))
            rows += 1
    return rows


def row(act: Act, dyad: Dyad, code: str) -> list[str]:
    """The cells of one dyad of an act."""
    ids = (party.id if party else "" for party in (dyad.actor, dyad.recipient))
    return [
        str(number(act.id, *ids, bits=ID_BITS)),
        *days(act),
        *side(dyad.actor),
        *side(dyad.recipient),
        str(int(act.lead)),
        code,
        code[:3],
        code[:2],
        str(cameo_quad(code)),
        f"{goldstein(code):.1f}",
        str(act.mentions),
        str(act.sources),
        str(len(act.reports)),
        "",
        *NOWHERE,
        *NOWHERE,
        *where(act.place),
        f"{act.source.published or act.last_day:%Y%m%d}000000",
        act.source.url or act.source.title or act.source.id,
    ]


def days(act: Act) -> list[str]:
    """The day as four columns; the fraction of the year counts months of thirty days, as GDELT does."""
    day = act.first_day
    assert day is not None
    fraction = ((day.month - 1) * 30 + day.day) / 365
    return [f"{day:%Y%m%d}", f"{day:%Y%m}", f"{day:%Y}", f"{day.year + fraction:.4f}"]


def side(party: Party | None) -> list[str]:
    """The ten cells of one actor."""
    if party is None:
        return [""] * len(ACTOR)
    roles = [*cameo_roles(party), "", "", ""][:3]
    group = cameo_group(party)[:3]
    return [cameo_actor(party), party.name.upper(), cameo_country(party), group, "", "", "", *roles]


def where(place: Spot | None) -> list[str]:
    """The eight cells of the place; its precision tells how far it is known."""
    if place is None or place.latitude is None or place.longitude is None or place.name is None:
        return NOWHERE
    fips = country_code(place.country, "fips")
    level = LEVELS.get(kind(place), LANDMARK)[fips != "US"]
    names = [
        "" if kind(place) == "country" else place.name,
        province(place),
        country_name(place.country),
    ]
    return [
        str(level),
        ", ".join(dict.fromkeys(name for name in names if name)),
        fips,
        fips if level == 1 else division(place, fips),
        "",
        f"{place.latitude:g}",
        f"{place.longitude:g}",
        fips if level == 1 else "",
    ]


def division(place: Spot, fips: str) -> str:
    """The ADM1 code, 'USTX': known of the United States alone."""
    code = _postal_codes().get(province(place), "")
    return fips + code if fips == "US" and code else ""


@lru_cache(maxsize=1)
def _postal_codes() -> dict[str, str]:
    """The two letters of each of the United States."""
    rows = ((row["state"], row["abbreviations"].split("|")) for row in tables.read("us_states"))
    return {state: code for state, names in rows for code in names if len(code) == 2 and code.isupper()}
