"""Counts of political action and its toll, and the numbers that are none."""

from datetime import date

import pytest

from dotterel.actors import find_actors
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


BOUNDS = [
    ("At least 15 men", [("at least", None, None)], "at least"),
    ("no fewer than 15 men", [("at least", None, None)], "no fewer than"),
    ("more than $3 million", [("at least", None, None)], "a sum"),
    ("15 or more men", [("at least", None, None)], "a bound after its number"),
    ("up to 300 men", [("at most", None, None)], "up to"),
    ("as many as 300 men", [("at most", None, None)], "as many as"),
    ("nearly 300 men", [("about", None, None)], "nearly"),
    ("an estimated 300 men", [("about", None, None)], "an estimate"),
    ("20-odd men", [("about", None, None)], "odd"),
    ("between 20 and 30 men", [("range", 20, 30)], "a range in words"),
    ("20-30 men", [("range", 20, 30)], "a range with a dash"),
    ("more than half the men", [("at least", None, None)], "a share with its bound"),
    ("300 men", [(None, None, None)], "an exact count"),
    ("dozens of men", [(None, None, None)], "a vague count"),
    ("half a million men", [(None, None, None)], "half a scale"),
]


@pytest.mark.parametrize(("text", "expected", "why"), BOUNDS, ids=[r[2] for r in BOUNDS])
def test_bounds(text, expected, why):
    assert [(n.bound, n.low, n.high) for n in find_numbers(text)] == expected


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
    ("Gunmen shot dead two women and six men.", [(2, "women", "dead"), (6, "men", "dead")], "both shot dead"),
    ("Two women were shot dead.", [(2, "women", "dead")], "shot dead in the passive"),
    ("Two women were fatally shot.", [(2, "women", "dead")], "shot fatally"),
    ("Troops found the bodies of 70 villagers.", [(70, "villagers", "dead")], "bodies of"),
    ("Some 40 people were shot and killed.", [(40, "people", "dead")], "the second verb of two"),
    (
        "Some 25 schools are reported to have been damaged.",
        [(25, "schools", "other")],
        "a verb that raises its subject",
    ),
    ("More than half the population has fled.", [("More than half", "population", "displaced")], "a share"),
    ("Some 300 people took part in the rally.", [(300, "people", "protesters")], "taking part in a protest"),
    ("Some 300 people took part in the course.", [], "taking part in something else"),
    ("A 10,000-strong crowd marched.", [(10000, "crowd", "protesters")], "a number with strong"),
    ("They flew many of the 8,289 total strikes.", [(8289, "strikes", "strikes")], "a large count with an article"),
    (
        "He faced the 3,000 to 5,000 fighters there.",
        [("3,000 to 5,000", "fighters", "troops")],
        "a range with an article",
    ),
    ("They were forced to march from one village to another.", [], "a verb is no march"),
    ("A poll of 400 voters released on Friday shows it.", [], "a sample"),
    ("The budget cut pay to $4.25 an hour.", [], "a price"),
    ("Norway has given Peru some $10 billion.", [(10000000000, "dollars", "money")], "a large gift"),
    ("He gave his brother $20.", [], "a small gift"),
    ("Norway announced the withdrawal of six regiments.", [(6, "regiments", "troops")], "units withdrawn"),
    ("Norway threw out 23 diplomats.", [(23, "diplomats", "other")], "diplomats thrown out"),
    ("Aid reached 4,000 people in the camp.", [(4000, "people", "displaced")], "people in a camp"),
    ("Villagers fired 12 rockets at the base.", [(12, "rockets", "strikes")], "weapons used"),
    ("The army has 12 rockets.", [(12, "rockets", "other")], "weapons owned"),
    ("The jets destroyed 67 vehicle-borne bombs.", [(67, "vehicle-borne bombs", "other")], "weapons destroyed"),
    ("The attack on 25 June killed many.", [], "a day and a month"),
    (
        "Some 300 soldiers fought against the mayor.",
        [(300, "soldiers", "troops")],
        "against is no vote where none is held",
    ),
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


def test_a_figure_names_the_event_that_it_counts():
    text = "The rebels raided the camp and left 12 dead."
    raid = event(text, "raided", "ASSAULT", (mention(text, "The rebels", "Rebels"),), ())
    (figure,) = figures_of(text, events=(raid,))
    assert figure.event == raid.id


def test_the_only_fitting_event_of_the_sentence_is_counted_though_another_clause_tells_it():
    text = "The navy shelled the port while doctors said that 12 villagers had died."
    shelling = event(text, "shelled", "ASSAULT", (mention(text, "The navy", "Navy"),), ())
    (figure,) = figures_of(text, events=(shelling,))
    assert (figure.event, figure.by) == (shelling.id, None)


def test_an_act_of_another_kind_is_not_counted():
    text = "The mayor met the rebels, who had killed 12 villagers."
    talks = event(text, "met", "CONSULT", (mention(text, "The mayor", "Mayor"),), ())
    (figure,) = figures_of(text, events=(talks,))
    assert (figure.event, figure.by) == (None, None)


def test_what_is_given_is_not_against_whom_it_is_given_to():
    text = "Norway sent Chile 500 soldiers."
    gift = event(text, "sent", "AID", (mention(text, "Norway", "Norway"),), (mention(text, "Chile", "Chile"),))
    (figure,) = figures_of(text, events=(gift,))
    assert (figure.by, figure.against, figure.event) == ("Norway", None, gift.id)


def test_a_vote_is_counted_by_its_word():
    text = "Parliament approved the treaty by 60 votes."
    vote = event(text, "approved", "SUPPORT", (mention(text, "Parliament", "Parliament"),), ())
    (figure,) = figures_of(text, events=(vote,))
    assert figure.event == vote.id


def test_a_toll_is_not_that_of_an_act_beside_it():
    text = "A truck hit a crowd, killing 80 people, before the driver was shot dead by police."
    shooting = event(text, "shot", "ASSAULT", (mention(text, "police", "Police"),), ())
    (figure,) = figures_of(text, events=(shooting,))
    assert figure.by is None


def test_strikes_name_their_own_sides():
    text = "Peru flew few of the 800 strikes that were launched by Chile on Norway."
    roster = find_actors(parse(text), Report("r", text), ())
    (figure,) = find_figures(parse(text), Report("r", text), roster, (), (), ())
    assert (figure.by, figure.against) == ("Chile", "Norway")


def test_strikes_are_by_whom_carried_them_out():
    text = "Peru has conducted 300 airstrikes."
    roster = find_actors(parse(text), Report("r", text), ())
    (figure,) = find_figures(parse(text), Report("r", text), roster, (), (), ())
    assert figure.by == "Peru"


def test_a_count_of_votes_names_the_voters_listed_after_it():
    text = "The assembly adopted the resolution by a vote of 99 to two against (Peru and Chile)."
    roster = find_actors(parse(text), Report("r", text), ())
    figures = find_figures(parse(text), Report("r", text), roster, (), (), ())
    assert [(f.value, f.by) for f in figures] == [(99, None), (2, "Peru, Chile")]


def test_places_joined_by_and_are_kept_together_and_since_opens_a_period():
    text = "Norway has carried out 300 airstrikes in Iraq and Syria since it began bombing in September 2014."
    places = tuple(Place(n, text.index(n), text.index(n) + len(n)) for n in ("Iraq", "Syria"))
    (figure,) = figures_of(text, places=places)
    assert (figure.place, figure.period) == ("Iraq and Syria", "since September 2014")


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
    ("Six people were killed outside Peru's embassy.", ["Peru"], None, "an owner"),
    ("From Homs to Hama six people were killed.", ["Homs", "Hama"], None, "a stretch"),
]


@pytest.mark.parametrize(("text", "names", "expected", "why"), SCENES, ids=[r[3] for r in SCENES])
def test_place_is_the_scene_in_the_clause(text, names, expected, why):
    places = tuple(Place(n, text.index(n), text.index(n) + len(n)) for n in names)
    (figure,) = figures_of(text, places=places)
    assert figure.place == expected
