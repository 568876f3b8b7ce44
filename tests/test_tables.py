"""The tables of states, peoples, offices, cities and regions say sane things."""

import re
from collections import Counter, defaultdict
from itertools import pairwise

import pytest

from dotterel.tables import read

STATES = {row["code"]: row for row in read("states")}
OFFICES = read("offices")
SECTORS = {row["sector"] for row in read("plover_sectors")} | {"UNK"}
# Offices that one person holds at a time, of states whose holders are listed in full.
SINGLE = [
    (country, office)
    for country in ("USA", "GBR", "FRA", "DEU", "RUS", "CHN", "IND", "PAK", "ISR", "IRN", "IRQ", "TUR", "EGY", "SAU",
                    "UKR", "JPN", "KOR", "AFG", "SYR", "NGA", "ZAF", "BRA", "MEX", "ITA", "ESP", "POL", "CAN", "AUS")
    for office in ("president", "prime minister", "chancellor", "king", "foreign minister", "defence minister",
                   "secretary of state", "defence secretary", "foreign secretary", "home secretary")
]  # fmt: skip


def terms(country, office, organisation=""):
    return sorted(
        (row["from"], row["to"] or "9999", row["person"])
        for row in OFFICES
        if (row["country"], row["office"], row["organisation"]) == (country, office, organisation)
    )


def parts(cell):
    return [part for part in cell.split("|") if part]


def holders(office, country, month, organisation=""):
    return {person for start, end, person in terms(country, office, organisation) if start <= month < end}


def test_every_state_has_a_code_a_name_and_a_middle_point():
    for code, row in STATES.items():
        assert re.fullmatch(r"[A-Z]{3}", code)
        assert row["name"]
        assert -90 <= float(row["latitude"]) <= 90, code
        assert -180 <= float(row["longitude"]) <= 180, code


@pytest.mark.parametrize("column", ["from", "to"])
def test_years_of_states_are_years(column):
    assert all(re.fullmatch(r"(1[89]|20)\d\d|", row[column]) for row in STATES.values())


def test_no_name_stands_for_two_states():
    names = Counter(name for row in STATES.values() for name in (row["name"], *parts(row["aliases"])))
    assert [name for name, times in names.items() if times > 1] == []


def test_no_nationality_stands_for_two_states():
    names = Counter(name for row in STATES.values() for name in parts(row["demonyms"]))
    assert [name for name, times in names.items() if times > 1] == []


def test_seats_have_a_sector():
    for row in STATES.values():
        for seat in parts(row["seats"]):
            name, _, sector = seat.partition(":")
            assert name, row["code"]
            assert sector in SECTORS, seat


def test_members_of_the_security_council_are_there():
    assert {"USA", "RUS", "CHN", "GBR", "FRA", "SUN", "XKX", "PSE", "TWN", "VAT", "ESH", "YUG", "CSK", "DDR"} <= set(
        STATES
    )


def test_peoples_name_states():
    rows = read("peoples")
    assert all(row["country"] in {"", *STATES} for row in rows)
    names = Counter(name for row in rows for name in parts(row["name"]))
    assert [name for name, times in names.items() if times > 1] == []


def test_rows_of_offices_are_well_formed():
    for row in OFFICES:
        assert row["country"] in {"IGO", "NGO", "NSA", *STATES}, row
        assert row["sector"] in SECTORS, row
        assert row["gender"] in {"m", "f", ""}, row
        assert row["source"] in {"general", "wikidata", "reign"}, row
        assert re.fullmatch(r"\d{4}(-(0[1-9]|1[0-2]))?", row["from"]), row
        assert re.fullmatch(r"(\d{4}(-(0[1-9]|1[0-2]))?)?", row["to"]), row
        assert not row["to"] or row["from"][: len(row["to"])] <= row["to"], row


def test_one_human_has_the_same_aliases_and_gender_in_every_row():
    seen = defaultdict(set)
    for row in OFFICES:
        if row["source"] == "general":
            seen[row["person"]].add((row["aliases"], row["gender"]))
    assert [person for person, forms in seen.items() if len(forms) > 1] == []


@pytest.mark.parametrize(("country", "office"), SINGLE)
def test_one_holder_at_a_time(country, office):
    for (start, end, person), (start2, _, person2) in pairwise(terms(country, office)):
        shortest = min(len(end), len(start2))
        assert start2[:shortest] >= end[:shortest], (start, person, person2)


HOLDERS = [
    ("president", "RUS", "2005-06", "", "Vladimir Putin"),
    ("president", "RUS", "2010-06", "", "Dmitry Medvedev"),
    ("prime minister", "RUS", "2010-06", "", "Vladimir Putin"),
    ("president", "RUS", "2015-11", "", "Vladimir Putin"),
    ("president", "FRA", "2015-11", "", "François Hollande"),
    ("secretary of state", "USA", "2015-11", "", "John Kerry"),
    ("secretary-general", "IGO", "2003-03", "United Nations", "Kofi Annan"),
    ("secretary-general", "IGO", "2015-11", "NATO", "Jens Stoltenberg"),
    ("leader", "SUN", "1950-01", "", "Joseph Stalin"),
    ("prime minister", "GBR", "1982-05", "", "Margaret Thatcher"),
    ("prime minister", "GBR", "1956-11", "", "Anthony Eden"),
    ("supreme leader", "IRN", "2015-11", "", "Ali Khamenei"),
    ("foreign minister", "DEU", "2015-11", "", "Frank-Walter Steinmeier"),
    ("envoy for Syria", "IGO", "2015-11", "United Nations", "Staffan de Mistura"),
]


@pytest.mark.parametrize(("office", "country", "month", "organisation", "person"), HOLDERS)
def test_who_held_an_office(office, country, month, organisation, person):
    assert holders(office, country, month, organisation) == {person}


def test_every_state_of_today_has_somebody_in_office_since_2022():
    led = {row["country"] for row in OFFICES if not row["to"] or row["to"] >= "2022"}
    small = {"SMR", "JAM", "TUV", "KIR"}  # heads of state abroad, or changing every half-year
    members = {c for c, r in STATES.items() if not r["to"] and "territory" not in r["note"]}
    beyond = {
        "ABW", "CUW", "SXM", "COK", "NIU", "FRO", "GRL", "GLP", "MTQ", "REU", "GUF", "MYT", "NCL", "PYF", "IMN", "JEY",
        "GGY", "MAC", "ATA", "PRI",
    }  # fmt: skip
    assert members - beyond - led - small == set()


ISLETS = {
    "BES",
    "ALA",
    "MAF",
    "BLM",
    "CXR",
    "SJM",
    "WLF",
    "SPM",
    "NFK",
    "CCK",
    "PCN",
    "TKL",
    "SGS",
}  # in no other table


@pytest.mark.parametrize("table", ["places", "regions"])
def test_coordinates_and_countries_of_places(table):
    for row in read(table):
        assert -90 <= float(row["latitude"]) <= 90, row
        assert -180 <= float(row["longitude"]) <= 180, row
        assert row["country"] in {"", *STATES, *ISLETS}, row


def test_cities_are_listed_once():
    ids = [row["geonames"] for row in read("places")]
    assert len(ids) == len(set(ids))


def test_us_states_are_those_of_the_cities():
    listed = {row["state"] for row in read("us_states")}
    cities = {row["admin1"] for row in read("places") if row["country"] == "USA"}
    assert cities <= listed
