"""POLECAT: one row an event, 40 columns, tab-separated, ISO-8859-1; what is not known is 'None'."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from dotterel.exports.acts import Act, Party, Source, Spot
from dotterel.exports.codes import NO_STATE, country_code, sector_code
from dotterel.exports.delimited import Lines
from dotterel.exports.losses import Gate, Losses
from dotterel.exports.spots import district, kind, province, town

ENCODING = "iso-8859-1"
NONE = "None"
SIDE = (
    "{} Name",
    "{} Country",
    "{} COW",
    "Primary {} Sector",
    "{} Sectors",
    "{} Title",
    "{} Name Raw",
    "Wikipedia {} ID",
)
COLUMNS = (
    "Event ID", "Event Date", "Event Type", "Event Mode", "Intensity", "Quad Code", "Contexts",
    *(name.format("Actor") for name in SIDE), *(name.format("Recipient") for name in SIDE),
    "Placename", "City", "District", "Province", "Country", "Latitude", "Longitude", "GeoNames ID", "Raw Placename",
    "Feature Type", "Source", "Publication Date", "Story People", "Story Organizations", "Story Locations", "Language",
    "Version",
)  # fmt: skip
EMPTY = ("Actor Title", "Wikipedia Actor ID", "Recipient Title", "Wikipedia Recipient ID")
QUADS = {1: "VERBAL COOPERATION", 2: "MATERIAL COOPERATION", 3: "VERBAL CONFLICT", 4: "MATERIAL CONFLICT"}
LANGUAGES = {"en": "English"}
FEATURES = {"country": "PCLI", "province": "ADM1", "district": "ADM2", "town": "PPL"}  # GeoNames feature codes


def write(acts: Iterable[Act], file: BinaryIO, losses: Losses) -> int:
    """Write the acts that POLECAT can hold, and tell how many rows they are."""
    lines = Lines(file, losses, ENCODING)
    lines.write(COLUMNS)
    rows = 0
    for act in Gate(losses, "POLECAT")(acts):
        lines.write(cell or NONE for cell in row(act))
        rows += 1
    return rows


def row(act: Act) -> list[str]:
    """The cells of one act; an unknown one is empty."""
    return [
        act.id,
        str(act.first_day),
        act.type,
        act.mode or "",
        f"{act.score:.1f}",
        QUADS[act.quad],
        "; ".join(act.contexts),
        *side(act.actors),
        *side(act.recipients),
        *where(act.place),
        *story(act.source),
    ]


def side(parties: tuple[Party, ...]) -> list[str]:
    """The eight cells of one side; several parties stand in one order, '; ' between, the sectors of one with '|'."""
    if not parties:
        return [""] * len(SIDE)
    columns = (
        [party.name for party in parties],
        [country(party) for party in parties],
        [country_code(party.country, "cow") for party in parties],
        [sector_code(party.sector, "polecat") for party in parties],
        ["|".join(sectors(party)) for party in parties],
        [""],
        [party.text for party in parties],
        [""],
    )
    return ["; ".join(cell or NONE for cell in column) for column in columns]


def country(party: Party) -> str:
    """Alpha-3, or IGO, NGO, MNC, and IMG for an armed group of no one state."""
    if party.country == "NSA":
        return "IMG" if party.sector == "REB" else ""
    return party.country or ""


def sectors(party: Party) -> list[str]:
    """All sectors of a party, the primary first."""
    told = [sector_code(sector, "polecat") for sector in (party.sector, *party.sectors)]
    return list(dict.fromkeys(filter(None, told)))


def where(place: Spot | None) -> list[str]:
    """The ten cells of the place."""
    if place is None:
        return [""] * 10
    return [
        place.name or place.text,
        town(place),
        district(place),
        province(place),
        place.country if place.country and place.country not in NO_STATE else "",
        "" if place.latitude is None else f"{place.latitude:.5f}",
        "" if place.longitude is None else f"{place.longitude:.5f}",
        str(place.geonames or ""),
        place.text,
        FEATURES.get(kind(place), ""),
    ]


def story(source: Source) -> list[str]:
    """The seven cells of the report."""
    return [
        source.publisher or source.agency or "",
        str(source.published or ""),
        "; ".join(source.people),
        "; ".join(source.organisations),
        "; ".join(source.places),
        LANGUAGES.get(source.language, source.language),
        source.coded_by,
    ]
