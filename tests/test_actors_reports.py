"""Whole small reports: whom words mean that only the rest of the report, or the day, tells."""

from datetime import date

import pytest

from dotterel.actors import find_actors
from dotterel.parsing import parse
from dotterel.places import find_places
from dotterel.types import Report


def mentions(text, day="2016-05-02"):
    report, parsed = Report("r", text, published=date.fromisoformat(day) if day else None), parse(text)
    return find_actors(parsed, report, find_places(parsed, report)).mentions


def named(text, words, day="2016-05-02"):
    return [m.actor.name for m in mentions(text, day) if m.text == words]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Sen. Bernie Sanders spoke. The Vermont senator left.", "The Vermont senator", "Bernie Sanders"),
        ("Democratic nominee Ann Roe spoke. Later the nominee left.", "the nominee", "Ann Roe"),
        ("Hillary Clinton met Bill Clinton. Mrs. Clinton then left.", "Mrs. Clinton", "Hillary Clinton"),
        ("Jane Marlow, a widow, met John Pell. She thanked him.", "She", "Jane Marlow"),
        ("Policeman Kim Hale met his wife, Robin Hale. He left.", "He", "Kim Hale"),  # the noun tells the gender
        ("The rally began late. Donald Trump waited. Trump urges calm, the banner said.", "Trump", "Donald Trump"),
        ("Amnesty International alleged that militiamen shot villagers. They denied it.", "They", "militiamen"),
        ("Egypt cut ties with Qatar, accusing it of backing rebels.", "it", "Qatar"),  # nobody accuses himself
        ("Carla Ibsen spoke in Oslo. WARD: Thank you. IBSEN: We will stay.", "IBSEN", "Carla Ibsen"),  # a transcript
        ("Juan Perez Molino spoke. Perez Molino left.", "Perez Molino", "Juan Perez Molino"),
        ("Harold Bornstein wrote a letter. Mr. Bornsten signed it.", "Mr. Bornsten", "Harold Bornstein"),  # a slip
    ],
)  # fmt: skip
def test_short_names_and_descriptions_of_people(text, words, expected):
    names = named(text, words)
    assert names
    assert expected.lower() in names[-1].lower()


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("US-led jets bombed Mosul, in Iraq, and shot three men.", "three men", "IRQ"),  # not the leader's
        ("Thousands of protesters from Chile to Canada marched.", "Canada", None),  # a range is no state
        ("The President called on all states to act, in Paris.", "all states", None),
        ("Troops of the National Guard shot protesters in Caracas, Venezuela.", "the National Guard", "VEN"),
        ("Police in Ohio called the National Guard.", "the National Guard", None),  # not Venezuela's
        ("Russian-speaking separatists shelled a village.", "Russian-speaking separatists", None),  # of a language
        ("Portuguese speakers met Maputo's mayor in Mozambique.", "Portuguese speakers", "MOZ"),
        ("Portuguese farmers met Maputo's mayor in Mozambique.", "Portuguese farmers", "PRT"),  # of a state
        ("Iraqi forces held Sunni Arabs near Mosul, in Iraq.", "Sunni Arabs", "IRQ"),  # a people of no one state
    ],
)  # fmt: skip
def test_the_state_of_those_without_one(text, words, country):
    countries = {m.actor.country for m in mentions(text) if m.text == words}
    assert countries == {country} if country else not countries - {None}


@pytest.mark.parametrize(
    ("day", "sectors"),
    [("2015-06-01", ("GOV",)), ("2017-02-10", ("GOV",)), ("2018-06-01", ("CVL", "ELI"))],  # the month of handing over
)
def test_an_office_that_has_ended_makes_a_civilian(day, sectors):
    (obama,) = [m.actor for m in mentions("Barack Obama met the pope.", day) if m.text == "Barack Obama"]
    assert (obama.id, obama.country, obama.sectors) == ("person:barack-obama", "USA", sectors)


@pytest.mark.parametrize(
    ("text", "day", "words", "others"),
    [
        ("Bush called Blair.", "2003-03-20", "Bush", {"Jeb Bush"}),  # a namesake of that time
        ("Bush called Blair. He thanked him.", "2003-03-20", "He", {"Tony Blair"}),  # the other who agrees
        ("Vladimir Putin left.", "2003-03-20", "Vladimir Putin", set()),  # nobody else is meant
    ],
)
def test_whom_else_words_could_mean_is_told_below_the_one_chosen(text, day, words, others):
    (mention,) = [m for m in mentions(text, day) if m.text == words]
    assert {a.actor.name for a in mention.alternatives} == others
    assert all(a.score < mention.score for a in mention.alternatives)


def test_a_law_is_no_body_that_acts():
    assert not [m for m in mentions("Critics say the Helms-Burton Act hurts Cuba.") if "Act" in m.text]
