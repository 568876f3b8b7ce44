"""Places: which words name one, and where on earth it lies."""

import time

import pytest

from dotterel.parsing import parse
from dotterel.places import country_of, find_places
from dotterel.places.gazetteer import containers, sites
from dotterel.types import Report


def found(text, dateline=None):
    return find_places(parse(text), Report(id="t", text=text, dateline=dateline))


COUNTRIES = [
    ("Syria", "SYR", "name of a state"),
    ("the United States", "USA", "article"),
    ("U.S.", "USA", "abbreviation"),
    ("Burma", "MMR", "former name"),
    ("Soviet Union", "SUN", "dissolved state"),
    ("Frenchmen", "FRA", "plural noun of nationality"),
    ("Filipino", "PHL", "irregular nationality"),
    ("Chechen", "RUS", "people within a state"),
    ("Kurdish", None, "people of several states"),
    ("Kiev", "UKR", "former spelling of a capital"),
    ("KABUL", "AFG", "capitals, as in a dateline"),
    ("Raqqa", "SYR", "city that GeoNames calls Ar Raqqah"),
    ("Xi'an", "CHN", "straight apostrophe"),
    ("Bogota", "COL", "without diacritics"),
    ("Helmand", "AFG", "province"),
    ("Mediterranean", None, "sea of many states"),
    ("Georgia", "GEO", "the state, without other evidence"),
    ("Kosovo", "XKX", "state without ISO code"),
    ("Qwertyville", None, "unknown"),
]


@pytest.mark.parametrize(("name", "code", "reason"), COUNTRIES)
def test_country_of(name, code, reason):
    assert country_of(name) == code, reason


SENTENCES = [
    ("Shells hit a market in Aleppo.", "Aleppo", "SYR", "a city"),
    ("The family moved from Paris, Texas, to Oklahoma.", "Paris", "USA", "US state after a comma"),
    ("Police in Gainesville, Va., held two men.", "Gainesville", "USA", "abbreviated US state"),
    ("Doctors in Tripoli, Lebanon, treated the wounded.", "Tripoli", "LBN", "the container decides"),
    ("The Libyan army shelled suburbs of Tripoli.", "Tripoli", "LBY", "the state spoken of"),
    ("Clashes in Tbilisi, Georgia, left five wounded.", "Georgia", "GEO", "a container that has two meanings"),
    ("He was born in Atlanta, Georgia, in 1950.", "Georgia", "USA", "the US state of that name"),
    ("Ministers met in Jordan, Lebanon and Turkey.", "Jordan", "JOR", "a list is no container"),
    ("Troops entered the Donetsk region of Ukraine.", "Donetsk region", "UKR", "kind after the name"),
    ("The quake struck northwestern Syria.", "northwestern Syria", "SYR", "direction before the name"),
    ("Turkey's Hatay province was shelled.", "Hatay province", "TUR", "possessor"),
    ("Ships crossed the Mediterranean Sea at night.", "Mediterranean Sea", None, "a sea has no country"),
    ("A convoy reached the besieged village of Zurbala, Syria.", "Zurbala", "SYR", "known to no table"),
    ("The court sits in The Hague.", "The Hague", "NLD", "article that is part of the name"),
    ("They fled from Misrata to Tunis by sea.", "Misrata", "LBY", "a preposition of movement"),
]


@pytest.mark.parametrize(("text", "place", "code", "reason"), SENTENCES)
def test_places_found_with_country(text, place, code, reason):
    places = {p.text: p for p in found(text)}
    assert place in places, (reason, list(places))
    assert places[place].country == code, reason


NOT_PLACES = [
    ("Jordan Smith met reporters. Jordan said no.", "Jordan", "a person named in full before"),
    ("French and Syrian officials spoke.", "French", "a nationality"),
    ("Fighters of Hezbollah attacked from the hills.", "Hezbollah", "an armed group"),
    ("The University of Texas closed its gates.", "Texas", "a piece of an organisation's name"),
    ("In May the talks broke down.", "May", "a month"),
]


@pytest.mark.parametrize(("text", "name", "reason"), NOT_PLACES)
def test_what_is_no_place(text, name, reason):
    assert name not in {p.text for p in found(text)}, reason


def test_offsets_are_those_of_the_report():
    text = "Rebels took Sirte, Libya, and marched on western Benghazi."
    for place in found(text):
        assert text[place.start : place.end] == place.text
        assert 0.0 <= place.score <= 1.0
        assert place.reason


def test_coordinates_and_geonames_of_a_city():
    (place,) = found("Shells hit a market in Aleppo.")
    assert place.latitude == pytest.approx(36.2, abs=0.2)
    assert place.longitude == pytest.approx(37.2, abs=0.2)
    assert place.geonames == 170063


def test_a_name_means_one_place_throughout_a_report():
    text = "Two died in Cordoba on Monday. Officials in Cordoba, Spain, said a wall had fallen."
    assert {p.country for p in found(text) if p.text == "Cordoba"} == {"ESP"}


def test_unknown_place_goes_to_the_state_the_report_is_about():
    text = "Syrian troops left. Syria said Syrian jets had flown. Two were killed in Zurbala, residents said."
    places = {p.text: p for p in found(text)}
    assert places["Zurbala"].country == "SYR"
    assert places["Zurbala"].score < 0.5


def test_no_place_in_an_empty_text():
    assert found("It was a long and quiet night.") == ()


def test_containers_may_have_two_meanings():
    assert set(containers("Georgia")) == {("USA", "Georgia"), ("GEO", "")}


def test_capitals_outweigh_their_namesakes():
    best = max(sites("Paris"), key=lambda s: s.weight)
    assert (best.country, best.kind) == ("FRA", "capital")


def seconds_to_find(times):
    """What finding costs in a text of so many sentences, by the clock of this process alone."""
    sentence = "Rebels in northern Syria shelled Aleppo and Homs, and jets from Russia bombed Idlib province."
    text = " ".join([sentence] * times)
    parsed, report = parse(text), Report(id="t", text=text)
    taken = []
    for _ in range(4):
        start = time.process_time()
        find_places(parsed, report)
        taken.append(time.process_time() - start)
    return min(taken)


def test_finding_takes_as_much_longer_as_the_text_is():
    assert seconds_to_find(160) < 20 * seconds_to_find(20)  # eight times, where it took its square sixty-four


REGIONS = [
    ("Shells hit a market in Aleppo.", "Aleppo", "Aleppo", "a town's governorate, in English"),
    (
        "Police in Gainesville, Va., held two men.",
        "Gainesville",
        "Virginia",
        "US state of a town that is named with it",
    ),
    ("Protesters marched in Lyon.", "Lyon", "Auvergne-Rhône-Alpes", "the division of today"),
    ("Troops entered Helmand province.", "Helmand province", "Helmand", "a province is its own division"),
    ("Jets bombed Sangin in the night.", "Sangin", "Helmand", "a small place lies where the nearest town does"),
    ("The deputy comes from Washington County, Oregon.", "Washington County", "Oregon", "county told by its state"),
    ("He spoke in France.", "France", None, "a state lies in no division of itself"),
    ("Fighting went on in Donbas.", "Donbas", None, "a region over several divisions"),
]


@pytest.mark.parametrize(("text", "place", "region", "reason"), REGIONS)
def test_region_of_a_place(text, place, region, reason):
    places = {p.text: p for p in found(text)}
    assert place in places, (reason, list(places))
    assert places[place].region == region, reason


def test_states_and_continents_have_their_geonames_ids():
    places = {p.text: p.geonames for p in found("Ministers from France and Texas travelled across Africa.")}
    assert places == {"France": 3017382, "Texas": 4736286, "Africa": 6255146}


NAMESAKES = [
    ("He was received at the White House.", "White House", 38.9, "a seat of power, not the town in Tennessee"),
    ("American envoys flew to Geneva. The US wants a truce.", "Geneva", 46.2, "where states meet, not in Illinois"),
    ("A man was shot in Springfield, Missouri.", "Springfield", 37.2, "container"),
    ("The mayors of Boston and Worcester met. Two died in Springfield.", "Springfield", 42.1, "near other towns"),
    (
        "Crews from Dayton and Columbus came. Two died in Springfield.",
        "Springfield",
        39.9,
        "near other towns, elsewhere",
    ),
    (
        "Police in Manchester and Concord, New Hampshire, said two died.",
        "Manchester",
        42.99,
        "division of its neighbour",
    ),
    ("Police in Manchester said two died.", "Manchester", 53.5, "the weightiest where nothing else is told"),
]


@pytest.mark.parametrize(("text", "place", "latitude", "reason"), NAMESAKES)
def test_namesakes_are_told_apart(text, place, latitude, reason):
    (known,) = [p for p in found(text) if p.text == place]
    assert known.latitude == pytest.approx(latitude, abs=0.3), (reason, known)


BESIDE = [
    (
        "Fifteen were killed in the village of Zurbala, about 45 km (28 miles) south of Mosul.",
        "IRQ",
        36.3,
        "Nineveh",
        "far",
    ),
    ("Fifteen were killed in Zurbala, near Aleppo.", "SYR", 36.2, "Aleppo", "near a town"),
    ("Flights from Nairobi International Airport were stopped.", "KEN", -1.3, "Nairobi", "called after its town"),
    ("Two died on Manila Avenue in Zurbala.", None, None, None, "a street may be far from the town in its name"),
]


@pytest.mark.parametrize(("text", "country", "latitude", "region", "reason"), BESIDE)
def test_place_in_no_table_lies_beside_one_that_is(text, country, latitude, region, reason):
    unknown = next(p for p in found(text) if "Zurbala" in p.text or "Airport" in p.text)
    assert (unknown.country, unknown.region, unknown.geonames) == (country, region, None), reason
    assert unknown.latitude == (pytest.approx(latitude, abs=0.2) if latitude else None)
    assert unknown.score <= 0.6
