"""Codes of other data sets: the tables are whole and say sane things, and acts and actors come to the right codes."""

import re

import pytest

from acts import CROWD, FRANCE, JIHADISTS, MINISTER, NATO, POLICE, SOMEBODY, make_act
from dotterel import tables
from dotterel.codebook import cameo_roots, contexts, modes, sectors, types
from dotterel.exports.acts import Party, Spot
from dotterel.exports.codes import cameo, cameo_actor, cameo_quad, cameo_roles, country_code, country_name, number
from dotterel.exports.spots import district, kind, province, town

CONVERSIONS = tables.read("plover_to_cameo")
CODES = {row["code"]: row for row in tables.read("cameo_codes")}
COUNTRIES = {row["code"]: row for row in tables.read("country_codes")}
# Types of which CAMEO counts some acts under another root, and why.
ELSEWHERE = {
    "SUPPORT": {"01"},  # sympathy is a public statement
    "REQUEST": {"02"},  # an appeal
    "ACCUSE": {"17"},  # a charge before a court
    "SANCTION": {"11"},  # a conviction
    "COERCE": {"19"},  # blockade, occupation
    "ASSAULT": {"17"},  # destruction, repression
}  # fmt: skip


def test_conversions_name_only_what_there_is():
    names = {"type": {t.name for t in types()}, "context": {c.name for c in contexts()} | {"*"}, "cameo": set(CODES)}
    for row in CONVERSIONS:
        assert {key for key, known in names.items() if row[key] not in known} == set(), row
        assert row["mode"] in {"*", "-"} | {m.name for m in modes(row["type"])}, row
        re.compile(row["words"].replace("*", "", 1) if row["words"] == "*" else row["words"])


@pytest.mark.parametrize("name", [t.name for t in types()])
def test_every_type_and_mode_has_a_code_under_a_root_of_its_type(name):
    for mode in [None, *(m.name for m in modes(name))]:
        code = cameo(make_act(name, mode, contexts=(), trigger=""))
        assert code is not None, mode
        assert code[:2] in {*cameo_roots(name), *ELSEWHERE.get(name, ())}, (mode, code)


def test_every_row_stays_under_the_roots_of_its_type():
    for row in CONVERSIONS:
        assert row["cameo"][:2] in {*cameo_roots(row["type"]), *ELSEWHERE.get(row["type"], ())}, row


def test_every_code_is_used_and_scored():
    assert {row["cameo"] for row in CONVERSIONS} == set(CODES)
    assert all(-10 <= float(row["goldstein"]) <= 10 for row in CODES.values())
    assert all(re.fullmatch(r"(0[1-9]|1\d|20)\d\d?", code) for code in CODES)


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (make_act("CONSULT", "visit", trigger="visited"), "042"),
        (make_act("CONSULT", "visit", trigger="hosted"), "043"),  # the actor is the host
        (make_act("CONSULT", "phone", trigger="spoke"), "041"),
        (make_act("SUPPORT", trigger="signed"), "057"),
        (make_act("SUPPORT", trigger="recognised"), "054"),
        (make_act("REQUEST", "yield", trigger="urged", contexts=("military",)), "0256"),
        (make_act("REQUEST", "yield", trigger="demanded", contexts=("military",)), "1056"),  # a demand is no appeal
        (make_act("AGREE", status="planned", trigger="will meet"), "036"),
        (make_act("AGREE", trigger="promised aid", contexts=("economic",)), "0331"),
        (make_act("ACCUSE", "allege", trigger="accused", contexts=("corruption",)), "1121"),
        (make_act("ACCUSE", trigger="indicted"), "173"),
        (make_act("SANCTION", "withdraw", trigger="recalled"), "161"),
        (make_act("SANCTION", trigger="imposed sanctions"), "163"),
        (make_act("ASSAULT", "drone"), "195"),
        (make_act("ASSAULT", trigger="shelled"), "194"),
        (make_act("ASSAULT", trigger="attacked", contexts=("military",)), "190"),
        (make_act("ASSAULT", "suicide-attack"), "1831"),
        (make_act("CONSULT", status="planned"), None),  # what is yet to come is AGREE
        (make_act("ASSAULT", status="hypothetical"), None),
        (make_act("ASSAULT", status="ongoing", trigger="killed", contexts=()), "180"),
        (make_act("CONSULT", type="STRIKE"), None),  # a type of the user's own
    ],
)
def test_acts_come_to_cameo_codes(act, code):
    assert cameo(act) == code


@pytest.mark.parametrize(
    ("code", "quad"), [("036", 1), ("057", 1), ("061", 2), ("0874", 2), ("100", 3), ("138", 3), ("141", 4)]
)
def test_quad_classes_go_by_the_root(code, quad):
    assert cameo_quad(code) == quad


@pytest.mark.parametrize(
    ("party", "code"),
    [
        (FRANCE, "FRA"),  # a state as such
        (MINISTER, "NORGOV"),
        (POLICE, "RUSCOP"),
        (CROWD, "RUSCVL"),
        (NATO, "IGONAT"),
        (JIHADISTS, "IMG"),  # armed, of no one state
        (SOMEBODY, ""),
        (None, ""),
        (Party("organisation:un", "United Nations", "IGO", "IGO", (), ""), "IGOUNO"),
        (Party("organisation:msf", "Doctors Without Borders", "NGO", "NGO", (), ""), "NGOMSF"),
        (Party("organisation:x", "X Corporation", "MNC", "BUS", ("BUS",), ""), "MNC"),
        (Party("person:y", "Y", "FRA", "UNK", (), ""), "FRA"),
        (Party("role:z", "Z", "XKX", "GOV", (), ""), "KSVGOV"),  # CAMEO's own code
        (Party("role:z", "Z", None, "CVL", (), ""), "CVL"),
        (Party("role:z", "Z", "USA", "MED", (), ""), "USAMED"),
        (Party("organisation:l", "L", "GBR", "PTY", ("PTY", "OPP"), ""), "GBRPTY"),
    ],
)
def test_actors_come_to_cameo_codes(party, code):
    assert cameo_actor(party) == code


def test_roles_are_listed_once_the_primary_first():
    assert cameo_roles(Party("p", "P", "USA", "MED", ("MED", "GOV", "JRN"), "")) == ["MED", "GOV"]


def test_country_codes_cover_every_state_once():
    assert set(COUNTRIES) == {row["code"] for row in tables.read("states")}
    assert all(re.fullmatch(r"\d{1,3}|", row["cow"]) for row in COUNTRIES.values())
    assert all(re.fullmatch(r"[A-Z]{2}|", row["fips"]) for row in COUNTRIES.values())


@pytest.mark.parametrize(
    ("code", "cow", "fips", "name"),
    [
        ("USA", "2", "US", "United States"),
        ("RUS", "365", "RS", "Russian Federation"),
        ("GBR", "200", "UK", "United Kingdom"),
        ("DEU", "255", "GM", "Germany"),
        ("CHN", "710", "CH", "China"),
        ("PRK", "731", "KN", "North Korea"),
        ("AUS", "900", "AS", "Australia"),
        ("AUT", "305", "AU", "Austria"),
        ("VNM", "816", "VM", "Vietnam"),
        ("PSE", "", "WE", "Occupied Palestinian Territory"),
        ("IGO", "", "", ""),
        (None, "", "", ""),
    ],
)
def test_codes_of_countries(code, cow, fips, name):
    assert (country_code(code, "cow"), country_code(code, "fips"), country_name(code)) == (cow, fips, name)


def test_codes_of_sectors_cover_every_sector_once():
    told = [row["sector"] for row in tables.read("sector_codes")]
    assert sorted(told) == sorted(term.name for term in sectors(written=False))


def test_organisations_with_a_code_are_known_by_that_name():
    known = {row["name"] for row in tables.read("organisations")}
    assert [row["name"] for row in tables.read("cameo_groups") if row["name"] not in known] == []
    assert all(re.fullmatch("([A-Z]{3})+", row["group"]) for row in tables.read("cameo_groups"))


@pytest.mark.parametrize(
    ("place", "told", "names"),
    [
        (Spot("", "Moscow", "Moscow", "RUS", 55.7, 37.6, 524901), "town", ("Moscow", "", "Moscow")),
        (Spot("", "Syria", None, "SYR", 35, 38, 163843), "country", ("", "", "")),
        (Spot("", "Texas", "Texas", "USA", 31, -99, 4736286), "province", ("", "", "Texas")),
        (Spot("the border", None, None, None, None, None, None), "", ("", "", "")),
        (
            Spot("", "White House", "District of Columbia", "USA", 38.9, -77.0, None),
            "",
            ("", "", "District of Columbia"),
        ),
        (Spot("", "Rhine", None, None, 50, 7, None), "", ("", "", "")),
    ],
)
def test_kinds_of_places(place, told, names):
    assert (kind(place), (town(place), district(place), province(place))) == (told, names)


def test_numbers_are_always_the_same_for_the_same_words():
    assert number("L-a", "state:FRA", bits=31) == number("L-a", "state:FRA", bits=31) < 2**31
    assert number("a", "bc", bits=52) != number("ab", "c", bits=52)
