"""What kind of place an act took place at, as data sets with columns for city, district and province ask."""

from __future__ import annotations

from functools import lru_cache

from dotterel import tables
from dotterel.exports.acts import Spot

DIVISIONS = {"state": "province", "province": "province", "region": "province", "county": "district",
             "department": "district"}  # fmt: skip


def kind(place: Spot) -> str:
    """'country', 'province', 'district', 'town', or '' for rivers, buildings, front lines and what no table knows."""
    if place.name is None:
        return ""
    if place.name in _states():
        return "country"
    if place.geonames is not None and str(place.geonames) not in _ids():
        return "town"
    told = _ids().get(str(place.geonames)) or _names().get(place.name, "")
    if told == "region" and place.region != place.name:  # an area or a building within a division, or over several
        return ""
    return DIVISIONS.get(told, "")


def town(place: Spot) -> str:
    """The name of the town; empty for anything else."""
    return place.name or "" if kind(place) == "town" else ""


def district(place: Spot) -> str:
    """The name of the county or department; empty for anything else."""
    return place.name or "" if kind(place) == "district" else ""


def province(place: Spot) -> str:
    """The first-order division that the place is or lies in; empty where that is not known."""
    return place.region or (place.name or "" if kind(place) == "province" else "")


@lru_cache(maxsize=1)
def _states() -> set[str]:
    return {row["name"] for row in tables.read("states")}


@lru_cache(maxsize=1)
def _ids() -> dict[str, str]:
    return {row["geonames"]: row["kind"] for row in tables.read("regions") if row["geonames"]}


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {row["name"]: row["kind"] for row in tables.read("regions") if not row["geonames"]}
