"""How rows of POLECAT, ICEWS, GDELT and PETRARCH-2 look, cell by cell: one strict reader for real files and ours."""

import csv
import re
from pathlib import Path

from dotterel import tables
from dotterel.codebook import contexts, modes, types

Row = dict[str, str]

DAY = r"\d{4}-\d\d-\d\d"
NUMBER = r"-?\d+(\.\d+)?"
STATES = "|".join(row["code"] for row in tables.read("states"))
TYPES = "|".join(kind.name for kind in types())
MODES = "|".join(sorted({mode.name for kind in types() for mode in modes(kind.name)}))
CONTEXTS = "|".join(term.name for term in contexts())
POLECAT_SECTORS = (
    "GOV|LEG|JUD|MIL|COP|SPY|PTY|OPP|REB|PRM|UAF|CRM|CVL|JRN|IGO|NGO|REF|BUS|AGR|EDU|ELI|LAB|REL|SOC|PRE|MED|UNK"
)
CAMEO = r"(0[1-9]|1\d|20)\d\d?"
ROLE = "GOV|LEG|JUD|MIL|COP|SPY|PTY|OPP|REB|UAF|CRM|CVL|MED|REF|BUS|AGR|EDU|ELI|LAB|IGO|NGO|MNC|IMG"
ICEWS_SECTORS = "|".join(
    re.escape(name)
    for name in (
        "Agricultural", "Business", "Criminals / Gangs", "Dissident", "Education", "Elite", "Executive",
        "Foreign Ministry", "General Population / Civilian / Social", "Government", "Insurgents",
        "Intelligence Ministry", "International Government Organization", "Judicial", "Labor",
        "Legislative / Parliamentary", "Media", "Military", "National Religious",
        "Nongovernmental Organizations / Activists", "Parties", "Police",
        "Refugees / Displaced", "Social", "Unidentified Forces",
    )
)  # fmt: skip


def listed(value: str, none: str = "None") -> str:
    """A pattern for one or several such values, '; ' between, each perhaps unknown."""
    return rf"({value}|{none})(; ({value}|{none}))*"


def either(value: str, none: str) -> str:
    return f"({value})|{none}"


ANY = r"\S(.*\S)?"


def polecat_side(side: str) -> dict[str, str]:
    return {
        f"{side} Name": listed(r"[^;]*\S"),
        f"{side} Country": listed(rf"({STATES}|IGO|NGO|MNC|IMG)"),
        f"{side} COW": listed(r"\d{1,3}"),
        f"Primary {side} Sector": listed(POLECAT_SECTORS),
        f"{side} Sectors": listed(rf"({POLECAT_SECTORS})(\|({POLECAT_SECTORS}))*"),
        f"{side} Title": listed(ANY),
        f"{side} Name Raw": listed(r"[^;]*\S"),
        f"Wikipedia {side} ID": ANY,
    }


POLECAT = {
    "Event ID": r"\S+",
    "Event Date": DAY,
    "Event Type": TYPES,
    "Event Mode": either(MODES, "None"),
    "Intensity": r"-?(10|\d)\.\d",
    "Quad Code": "(VERBAL|MATERIAL) (COOPERATION|CONFLICT)",
    "Contexts": listed(CONTEXTS),
    **polecat_side("Actor"),
    **polecat_side("Recipient"),
    **dict.fromkeys(("Placename", "City", "District", "Province"), ANY),
    "Country": either(STATES, "None"),
    "Latitude": either(NUMBER, "None"),
    "Longitude": either(NUMBER, "None"),
    "GeoNames ID": r"\d+|None",
    "Raw Placename": ANY,
    "Feature Type": r"[A-Z]{2,4}\d?|None",
    "Source": ANY,
    "Publication Date": either(DAY, "None"),
    **dict.fromkeys(("Story People", "Story Organizations", "Story Locations"), listed(r"[^;]*\S")),
    "Language": r"[A-Z][a-z]+|None",
    "Version": r"\S(.*\S)?",
}
ICEWS_SIDE = {
    "Name": r"(?!NA$)\S(.*\S)?",
    "Sectors": rf"({ICEWS_SECTORS})(,({ICEWS_SECTORS}))*|NA",
    "Country": r"NA|\S(.*\S)?",
}
ICEWS = {
    "Event ID": r"[1-9]\d{0,9}",
    "Event Date": DAY,
    **{f"Source {name}": value for name, value in ICEWS_SIDE.items()},
    "Event Text": ANY,
    "CAMEO Code": CAMEO,
    "Intensity": NUMBER,
    **{f"Target {name}": value for name, value in ICEWS_SIDE.items()},
    "Story ID": r"\d{1,10}",
    "Sentence Number": r"[1-9]\d*|NA",
    **dict.fromkeys(("Publisher", "City", "District", "Province", "Country"), ANY),
    "Latitude": either(NUMBER, "NA"),
    "Longitude": either(NUMBER, "NA"),
}
GDELT_ACTOR = {
    "Code": r"[A-Z]{3}([A-Z]{3})*|",
    "Name": r"[^a-z]*",
    "CountryCode": "[A-Z]{3}|",
    "KnownGroupCode": "[A-Z]{3}|",
    "EthnicCode": "[a-z]{3}|",
    "Religion1Code": "[A-Z]{3}|",
    "Religion2Code": "[A-Z]{3}|",
    "Type1Code": rf"{ROLE}|",
    "Type2Code": rf"{ROLE}|",
    "Type3Code": rf"{ROLE}|",
}
GDELT_GEO = {
    "Type": "[0-5]",
    "FullName": ".*",
    "CountryCode": "[A-Z]{2}|",
    "ADM1Code": r"[A-Z]{2}[A-Z0-9]{0,2}|",
    "ADM2Code": r"[A-Z0-9]*",
    "Lat": rf"{NUMBER}|",
    "Long": rf"{NUMBER}|",
    "FeatureID": r"-?[A-Z0-9]+|",
}
GDELT = {
    "GLOBALEVENTID": r"\d{1,16}",
    "SQLDATE": r"\d{8}",
    "MonthYear": r"\d{6}",
    "Year": r"\d{4}",
    "FractionDate": r"\d{4}\.\d{4}",
    **{f"Actor1{name}": value for name, value in GDELT_ACTOR.items()},
    **{f"Actor2{name}": value for name, value in GDELT_ACTOR.items()},
    "IsRootEvent": "[01]",
    "EventCode": CAMEO,
    "EventBaseCode": r"\d{3}",
    "EventRootCode": r"\d\d",
    "QuadClass": "[1-4]",
    "GoldsteinScale": NUMBER,
    **dict.fromkeys(("NumMentions", "NumSources", "NumArticles"), r"[1-9]\d*"),
    "AvgTone": rf"{NUMBER}|",
    **{f"Actor1Geo_{name}": value for name, value in GDELT_GEO.items()},
    **{f"Actor2Geo_{name}": value for name, value in GDELT_GEO.items()},
    **{f"ActionGeo_{name}": value for name, value in GDELT_GEO.items()},
    "DATEADDED": r"\d{14}",
    "SOURCEURL": ANY,
}
PETRARCH = {
    "date": r"\d{8}",
    "source": r"[A-Z]{3}([A-Z]{3})*",
    "target": r"[A-Z]{3}([A-Z]{3})*",
    "code": CAMEO,
    "issues": r"([A-Z_]+,\d+(;[A-Z_]+,\d+)*)?",
    "ids": r"\S+",
    "url": r"(https?://\S+)?",
    "story_source": ANY,
}
SCHEMAS = {"polecat": POLECAT, "icews": ICEWS, "gdelt": GDELT, "cameo": PETRARCH}
ENCODINGS = {"polecat": "iso-8859-1"}
HEADED = {"polecat", "icews"}


def read(path: Path, form: str) -> list[Row]:
    """The rows of a file in that format; AssertionError where a cell is not as the format has it."""
    schema = SCHEMAS[form]
    with path.open(encoding=ENCODINGS.get(form, "utf-8"), newline="") as file:
        lines = list(csv.reader(file, delimiter="\t"))  # with quoting, as most scripts read them
    if form in HEADED:
        assert lines.pop(0) == list(schema)
    rows = []
    for number, cells in enumerate(lines, 1):
        assert len(cells) == len(schema), f"row {number} has {len(cells)} cells"
        row = dict(zip(schema, cells, strict=True))
        for name, pattern in schema.items():
            assert re.fullmatch(pattern, row[name]), f"row {number}, {name}: {row[name]!r}"
        rows.append(row)
    return rows
