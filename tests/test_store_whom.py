"""Whom the words of a filter mean, and that the search finds them."""

from dataclasses import replace

import pytest

from dotterel.store import open_store
from dotterel.store.whom import whom
from dotterel.types import Actor
from sample import make_coding

FRANCE = Actor("state:FRA", "France", "FRA", "GOV", ("GOV",))
PRESIDENT = Actor("person:jean-petit", "Jean Petit", "FRA", "GOV", ("GOV",))
NIGERIA = Actor("state:NGA", "Nigeria", "NGA", "GOV", ("GOV",))
UN = Actor("organisation:united-nations", "United Nations", "IGO", "IGO", ("IGO",))
GUARDS = Actor("organ:un-guards", "UN guards", "IGO", "MIL", ("MIL",))
TUNERS = Actor("crowd:piano-tuners", "Piano tuners of France", "BEL", "CVL", ("CVL",))
EVERYBODY = (FRANCE, PRESIDENT, NIGERIA, UN, GUARDS, TUNERS)


@pytest.mark.parametrize(
    ("words", "name", "id", "countries", "reason"),
    [
        ("France", "France", None, ("FRA",), "a state by its name"),
        ("france", "France", None, ("FRA",), "whatever its letters"),
        ("FRA", "France", None, ("FRA",), "by its code"),
        ("French", "France", None, ("FRA",), "by the nationality"),
        ("Côte d’Ivoire", "Ivory Coast", None, ("CIV",), "by another name, accents and marks aside"),
        ("the Kremlin", "Russia or Soviet Union", None, ("RUS", "SUN"), "a seat stands for whoever sat there"),
        ("Paris", "France", None, ("FRA",), "a capital for the government"),
        ("un", "United Nations", "organisation:united-nations", (), "a body by its letters"),
        ("IGO", "IGO", None, ("IGO",), "what stands for a country"),
        ("state:FRA", "state:FRA", "state:FRA", (), "an id is one actor"),
        ("Petit", "Petit", "Petit", (), "a part of a name"),
        ('"France"', "France", None, (), "in quotation marks: the name alone"),
        ('"', '"', '"', (), "a lone mark is no quotation"),
    ],
)
def test_whom_words_mean(words, name, id, countries, reason):
    meant = whom(words)
    assert (meant.name, meant.id, meant.countries) == (name, id, countries), reason


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    coding = make_coding()
    event = coding.events[0]
    events = tuple(
        replace(event, id=f"{event.id}{n}", actors=(replace(event.actors[0], actor=actor, text=actor.name),))
        for n, actor in enumerate(EVERYBODY)
    )
    with open_store(tmp_path_factory.mktemp("whom") / "d.duckdb") as opened:
        opened.add(replace(coding, events=events))
        yield opened


@pytest.mark.parametrize(
    ("words", "expected", "reason"),
    [
        ("France", {FRANCE, PRESIDENT}, "the state and its president, not others with the name in theirs"),
        ('"France"', {FRANCE, TUNERS}, "those named so"),
        ("Niger", set(), "another state, though the name is a part of Nigeria's"),
        ('"Niger"', set(), "in quotation marks only whole words"),
        ("UN", {UN, GUARDS}, "the body, and others whose name holds its letters as a word; no 'tuners'"),
        ("state:FRA", {FRANCE}, "one actor"),
        ("tune", {TUNERS}, "a part of a name"),
        ('"(x"', set(), "marks of a pattern are only marks"),
        ('"x\x00y\\"', set(), "likewise"),
        ('"x – y’s «z»"', set(), "likewise marks beyond ASCII"),
        ('"piano tuners of"', {TUNERS}, "several words"),
    ],
)
@pytest.mark.parametrize("by", ["events", "linked"])
def test_the_search_finds_them(store, words, expected, reason, by):
    found = store.search(actor=words, by=by).to_pylist()
    assert {row["actors"] for row in found} == {actor.name for actor in expected}, reason
    toward = store.search(dyad=(words, "Free Hills"), by=by).to_pylist()
    assert {row["actors"] for row in toward} == {actor.name for actor in expected}, reason
