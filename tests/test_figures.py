"""Counts of political action and its toll, and the numbers that are none."""

from datetime import date

import pytest

from dotterel.figures import find_figures
from dotterel.figures.numbers import find_numbers
from dotterel.parsing import parse
from dotterel.times import find_times
from dotterel.types import Actor, ActorMention, Event, Mention, Place, Report, Roster


def figures_of(text, places=(), events=(), title=None):
    parsed, report = parse(text), Report("r", text, title=title, published=date(2015, 11, 24))
    return find_figures(parsed, report, Roster(()), places, find_times(parsed, report), events)


NUMBERS = [
    ("about 3,000 men", [3000], "thousands with a comma"),
    ("3,000 to 5,000 men", ["3,000 to 5,000"], "a range stays text"),
    ("between 20 and 30 men", ["between 20 and 30"], "a range in words"),
    ("182 to four", [182, 4], "a falling pair is no range"),
    ("1.2 million people", [1200000], "decimal and scale"),
    ("$82 billion", [82000000000], "money"),
    ("€5m", [5000000], "short scale with a sign"),
    ("two dozen eggs", [24], "dozen as a scale"),
    ("a hundred and five thousand", [105000], "words"),
    ("twenty-five men", [25], "hyphen"),
    ("a couple of men", [2], "a pair"),
    ("dozens, scores and tens of thousands", ["dozens", "scores", "tens of thousands"], "vague counts"),
    ("a third of deputies", ["a third"], "a share in words"),
    ("the A321, an F-16 and a 12-member team", [], "numbers in names and compounds"),
    ("12 per cent and 8% and 9 percentage points", [], "shares"),
    ("the 3rd of 5m", [], "ordinals and metres"),
]


@pytest.mark.parametrize(("text", "expected", "why"), NUMBERS, ids=[r[2] for r in NUMBERS])
def test_numbers(text, expected, why):
    assert [n.value for n in find_numbers(text)] == expected


# text, [(value, unit, what)], why
ROWS = [
    ("The army carried out 12 airstrikes near the border.", [(12, "airstrikes", "strikes")], "unit tells"),
    ("At least 40 civilians were killed.", [(40, "civilians", "dead")], "passive"),
    ("A bomber killed three people in the market.", [(3, "people", "dead")], "object"),
    ("Three gunmen killed two policemen.", [(2, "policemen", "dead")], "the killers are not counted"),
    (
        "The death toll rose to 165 with more than 1,000 injured.",
        [(165, "people", "dead"), (1000, "people", "injured")],
        "toll and state",
    ),
    ("The blast left 14 dead and 30 wounded.", [(14, "people", "dead"), (30, "people", "injured")], "bare states"),
    ("Rockets hit it, killing 12.", [(12, "people", "dead")], "participle"),
    ("Some 300 refugees drowned.", [(300, "refugees", "dead")], "the verb goes before the unit"),
    ("The killing of eight journalists shocked many.", [(8, "journalists", "dead")], "noun and of"),
    ("The dead included five children.", [(5, "children", "dead")], "the dead include"),
    ("Militants shot dead six villagers.", [(6, "villagers", "dead")], "shot dead"),
    ("On Monday 17 bodies were brought in.", [(17, "bodies", "dead")], "bodies"),
    ("The fighting has claimed 300 lives.", [(300, "lives", "dead")], "verb with its object"),
    ("Officials put the death toll at 48.", [(48, "people", "dead")], "toll put at"),
    ("One soldier was killed.", [(1, "soldier", "dead")], "one"),
    ("Doctors treated 60 wounded soldiers.", [(60, "wounded soldiers", "injured")], "state inside the noun phrase"),
    ("Scores were hurt in the crush.", [("Scores", "people", "injured")], "vague count alone"),
    ("Tens of thousands of people fled.", [("Tens of thousands", "people", "displaced")], "vague count with of"),
    ("More than 1.2 million people are displaced.", [(1200000, "people", "displaced")], "state"),
    ("Turkey hosts 2.2 million refugees.", [(2200000, "refugees", "displaced")], "refugees"),
    ("About 10,000 troops were deployed.", [(10000, "troops", "troops")], "troops"),
    ("He commands 5,000 fighters.", [(5000, "fighters", "troops")], "strength of a force"),
    ("Dozens of protesters marched.", [("Dozens", "protesters", "protesters")], "protesters"),
    (
        "Some 3,000 to 5,000 people demonstrated.",
        [("3,000 to 5,000", "people", "protesters")],
        "subject of a protest verb",
    ),
    ("Around 100,000 took to the streets.", [(100000, "people", "protesters")], "verb with its phrase"),
    ("The protest drew 20,000 people.", [(20000, "people", "protesters")], "the protest draws"),
    ("Norway pledged $82 billion in aid.", [(82000000000, "dollars", "money")], "aid"),
    ("The court fined the bank 5 million euros.", [(5000000, "euros", "money")], "fine"),
    (
        "Parliament passed it by a vote of 182 in favour to four against.",
        [(182, "in favour", "votes"), (4, "against", "votes")],
        "votes by side",
    ),
    ("Senators voted 120 to 45 for the bill.", [(120, "votes", "votes"), (45, "votes", "votes")], "score of a vote"),
    ("It passed with 15 votes.", [(15, "votes", "votes")], "votes"),
    ("Police arrested 35 student activists.", [(35, "student activists", "other")], "arrests"),
    ("Police detained 40 protesters.", [(40, "protesters", "other")], "what befell protesters, not their number"),
    ("Two dozen former police officers were abducted.", [(24, "former police officers", "other")], "adjectives kept"),
    ("Officers used tear gas, arresting 45.", [(45, "people", "other")], "bare number of arrests"),
    ("The raid destroyed 45.", [], "bare number of things"),
    ("It forced 18,000 people from their homes.", [(18000, "people", "displaced")], "forced from home"),
    ("Rome gave 20 million euros ($22 million) in aid.", [(20000000, "euros", "money")], "a conversion is no sum"),
    ("Bread costs $2 a loaf.", [], "price"),
    ("The two leaders held three meetings.", [], "leaders and meetings"),
    ("The two soldiers were flown home.", [], "a count told before"),
    ("The boy, 14, died.", [], "age"),
    ("The 30-year-old was jailed for 12 years.", [], "age and term"),
    ("One of the men died.", [], "one of"),
    ("He told two soldiers to leave.", [], "persons, not the size of a force"),
    ("Resolution 2118 was adopted unanimously.", [], "number of a resolution"),
    ("The Airbus A321 flew 300 kilometres in two hours.", [], "model, distance, duration"),
    ("He scored two goals in three games.", [], "sport"),
    ("Inflation hit 12 per cent.", [], "share"),
    ("The company employs 300 people in 14 countries.", [], "nothing political"),
    ("In 2014, on 3 March, the town was shelled.", [], "dates"),
    ("Critics recalled the 2011 air strikes.", [], "a year before a unit"),
    ("Senators backed the 2003 troops bill by 60 votes.", [(60, "votes", "votes")], "a year before a noun"),
    ("At least 2011 people were killed.", [(2011, "people", "dead")], "four digits after a word of counting"),
    ("Shells killed 2,011 people.", [(2011, "people", "dead")], "four digits with a comma"),
]


@pytest.mark.parametrize(("text", "expected", "why"), ROWS, ids=[r[2] for r in ROWS])
def test_counts(text, expected, why):
    found = figures_of(text)
    assert [(f.value, f.unit, f.what) for f in found] == expected
    assert all(f.sentence == text and f.reason for f in found)


def test_offsets_span_number_and_unit():
    text = "At least two dozen former police officers were abducted."
    (figure,) = figures_of(text)
    assert text[figure.start : figure.end] == "two dozen former police officers"


def test_period_place_and_source_of_the_clause():
    text = "According to the hospital, 17 people were killed in Basra on Monday."
    start = text.index("Basra")
    (figure,) = figures_of(text, places=(Place("Basra", start, start + 5),))
    assert (figure.period, figure.place, figure.source) == ("Monday", "Basra", "the hospital")


def mention(text, words, name):
    start = text.index(words)
    return ActorMention(words, start, start + len(words), Actor(name.lower(), name), "named")


def event(text, trigger, type_, actors, recipients):
    start = text.index(trigger)
    told = Mention(text, trigger, start, start + len(trigger), 0, len(text))
    return Event("r-1", type_, None, "occurred", actors, recipients, None, None, None, None, (told,), 1.0, "")


def test_by_and_against_come_from_the_governing_event():
    text = "The rebels killed 12 villagers after the army shelled their camp."
    killing = event(text, "killed", "ASSAULT", (mention(text, "The rebels", "Rebels"),),
                    (mention(text, "12 villagers", "Villagers"),))  # fmt: skip
    shelling = event(text, "shelled", "ASSAULT", (mention(text, "the army", "Army"),), ())
    (figure,) = figures_of(text, events=(shelling, killing))
    assert (figure.by, figure.against) == ("Rebels", None)  # the counted are not whom it was done against


def test_event_of_a_fitting_type_stands_in_where_no_trigger_governs():
    text = "The rebels raided the camp and left 12 dead."
    raid = event(text, "raided", "ASSAULT", (mention(text, "The rebels", "Rebels"),), ())
    talks = event(text, "left", "CONSULT", (mention(text, "the camp", "Camp"),), ())
    (figure,) = figures_of(text, events=(talks, raid))
    assert figure.by == "Rebels"


def test_a_count_told_twice_is_one_figure():
    title = "Blast kills 40 people"
    text = f"{title}\n\nA blast killed 40 people on Monday. The mayor resigned."
    (figure,) = figures_of(text, title=title)
    assert figure.period == "Monday"


def test_counts_of_different_places_stay_apart():
    text = "Shells killed six people in Homs. Mines killed six people in Hama."
    places = tuple(Place(n, text.index(n), text.index(n) + 4) for n in ("Homs", "Hama"))
    assert [f.place for f in figures_of(text, places=places)] == ["Homs", "Hama"]


def test_no_party_is_taken_from_another_clause():
    text = "The navy shelled the port while doctors said that 12 villagers had drowned."
    shelling = event(text, "shelled", "ASSAULT", (mention(text, "The navy", "Navy"),), ())
    (figure,) = figures_of(text, events=(shelling,))
    assert (figure.by, figure.against) == (None, None)


# text, places named in it, expected, why
SCENES = [
    ("A bomb went off in Homs, killing six people.", ["Homs"], "Homs", "a clause that shares its subject"),
    ("Jets hit Homs and killed six people in Hama.", ["Homs", "Hama"], "Hama", "its own clause first"),
    ("Six people were killed, said the mayor, who was in Rome.", ["Rome"], None, "another clause"),
    ("Russia lost six people who were killed.", ["Russia"], None, "a state that acts"),
]


@pytest.mark.parametrize(("text", "names", "expected", "why"), SCENES, ids=[r[3] for r in SCENES])
def test_place_is_the_scene_in_the_clause(text, names, expected, why):
    places = tuple(Place(n, text.index(n), text.index(n) + len(n)) for n in names)
    (figure,) = figures_of(text, places=places)
    assert figure.place == expected
