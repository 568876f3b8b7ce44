"""ICEWS: one row a dyad, 20 columns, tab-separated, UTF-8; what is not known is 'NA', numbers included."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from dotterel.exports.acts import Act, Party, Spot, dyads
from dotterel.exports.codes import cameo, cameo_text, country_name, goldstein, is_state, number, sector_code
from dotterel.exports.delimited import Lines
from dotterel.exports.losses import Gate, Losses
from dotterel.exports.spots import district, province, town

NONE = "NA"
ID_BITS = 31  # readers keep the id as an integer of 32 bits with a sign
COLUMNS = (
    "Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code",
    "Intensity", "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City",
    "District", "Province", "Country", "Latitude", "Longitude",
)  # fmt: skip
EMPTY = ("Sentence Number",)


def write(acts: Iterable[Act], file: BinaryIO, losses: Losses) -> int:
    """Write the dyads of the acts that ICEWS can hold, and tell how many rows they are."""
    lines = Lines(file, losses)
    lines.write(COLUMNS)
    rows = 0
    for act in Gate(losses, "ICEWS")(acts):
        for cells in dyad_rows(act, losses):
            lines.write(cell or NONE for cell in cells)
            rows += 1
    return rows


def dyad_rows(act: Act, losses: Losses) -> Iterable[list[str]]:
    """The rows of one act, one a dyad; none, and a loss, where it has no CAMEO code or only one side."""
    code = cameo(act)
    if code is None:
        losses.note("{event|events} of a type or status without CAMEO code {is|are} left out")
        return
    if len(act.reports) > 1:
        losses.note("{event|events} told by several reports {has|have} the first one's Story ID and Publisher alone")
    for dyad in dyads(act):
        if dyad.actor is None or dyad.recipient is None:
            losses.note("one-sided {event|events} {is|are} left out: ICEWS needs a source and a target")
            continue
        yield [
            str(number(act.id, dyad.actor.id, dyad.recipient.id, bits=ID_BITS)),
            str(act.first_day),
            *side(dyad.actor),
            cameo_text(code),
            code,
            f"{goldstein(code):g}",
            *side(dyad.recipient),
            str(number(act.source.id, bits=ID_BITS)),
            "",
            act.source.publisher or act.source.agency or "",
            *where(act.place),
        ]


def side(party: Party) -> list[str]:
    """Name, sectors and country of one side; a state as such has no sectors."""
    sectors = [sector_code(sector, "icews") for sector in (party.sector, *party.sectors)]
    told = dict.fromkeys(name for sector in sectors for name in sector.split(","))
    return [party.name, "" if is_state(party) else ",".join(filter(None, told)), country_name(party.country)]


def where(place: Spot | None) -> list[str]:
    """The six cells of the place."""
    if place is None:
        return [""] * 6
    return [
        town(place),
        district(place),
        province(place),
        country_name(place.country),
        "" if place.latitude is None else f"{place.latitude:.6g}",
        "" if place.longitude is None else f"{place.longitude:.6g}",
    ]
