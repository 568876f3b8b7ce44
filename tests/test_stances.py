"""Lasting positions, told in words or shown by acts."""

from itertools import count

import pytest

from dotterel.actors import find_actors
from dotterel.parsing import parse
from dotterel.stances import find_stances
from dotterel.types import Actor, ActorMention, Event, Mention, Report, Roster

TOLD = [
    # text, holder, position, toward, reason
    ("Norway has long supported Ukraine.", "Norway", "supports", "Ukraine", "perfect with long"),
    ("Norway supports sanctions on fuel.", "Norway", "supports", "sanctions on fuel", "a matter"),
    ("Norway staunchly opposed Brexit.", "Norway", "opposes", "Brexit", "past tense with a word of degree"),
    ("Canada, a backer of Norway, spoke first.", "Canada", "supports", "Norway", "apposition"),
    ("Norway insisted that Bashar al-Assad must go.", "Norway", "opposes", "Bashar al-Assad", "somebody must go"),
    ("Norway said that Bashar al-Assad had to leave power.", "Norway", "opposes", "Bashar al-Assad", "has to leave"),
    ("Norway called on Bashar al-Assad to step down.", "Norway", "opposes", "Bashar al-Assad", "called on to go"),
    ("Norway demanded Bashar al-Assad's resignation.", "Norway", "opposes", "Bashar al-Assad", "resignation demanded"),
    ("Norway has banned Hezbollah.", "Norway", "opposes", "Hezbollah", "a ban in the perfect"),
    ("Norway held a protest against Chile.", "Norway", "opposes", "Chile", "a protest against"),
    ("Norway voted to back Ukraine.", "Norway", "supports", "Ukraine", "a vote to back"),
    ("Hezbollah is fighting alongside Iran.", "Hezbollah", "supports", "Iran", "fighting alongside"),
    ("Peru and Chile are archrivals.", "Peru", "opposes", "Chile", "a plural noun said of two"),
    ("Norway is working to defeat Boko Haram.", "Norway", "opposes", "Boko Haram", "a purpose"),
    ("Norway is determined to crush Boko Haram.", "Norway", "opposes", "Boko Haram", "set on something"),
    ("Norway stepped up its fight against Boko Haram.", "Norway", "opposes", "Boko Haram", "a struggle"),
    ("Norway voiced its support for Ukraine.", "Norway", "supports", "Ukraine", "support for"),
    ("Norway is committed to promoting free trade.", "Norway", "supports", "free trade", "committed to doing"),
    ("Norway pushed on and voted against the treaty.", "Norway", "opposes", "treaty", "a vote"),
    ("Peru is in favour of the treaty.", "Peru", "supports", "treaty", "in favour of"),
    ("Peru is committed to free trade.", "Peru", "supports", "free trade", "an adjective"),
    ("Peru has long been opposed to the treaty.", "Peru", "opposes", "treaty", "opposed to"),
    ("Hezbollah, backed by Iran, lost the vote.", "Iran", "supports", "Hezbollah", "backed by"),
    ("Hezbollah is fully backed by Iran.", "Iran", "supports", "Hezbollah", "passive"),
    ("Norway has returned from a mission in support of Ukraine.", "Norway", "supports", "Ukraine", "on a mission"),
    ("Turkey continues to back Qatar.", "Turkey", "supports", "Qatar", "continues to"),
    ("Turkey remains hostile to Greece.", "Turkey", "opposes", "Greece", "hostile to"),
]


def stances(text, events=()):
    report, parsed = Report("r", text), parse(text)
    return find_stances(parsed, report, find_actors(parsed, report, ()), events)


@pytest.mark.parametrize(("text", "holder", "position", "toward", "reason"), TOLD, ids=[row[4] for row in TOLD])
def test_told(text, holder, position, toward, reason):
    found = stances(text)
    assert [(s.holder, s.position, s.toward) for s in found] == [(holder, position, toward)], reason
    assert all(text[s.start : s.end].split()[0] == s.issue.split()[0] and s.sentence == text for s in found)


MUTUAL = [
    ("Relations between Peru and Chile have soured.", "relations between"),
    ("Peru's relations with Chile have deteriorated.", "one side's relations"),
    ("The row divides Peru and Chile, whose relations have soured.", "whose relations"),
    ("Peru is at war with Chile.", "a phrase"),
    ("Peru freed a man who had fled Chile, after a rise in tensions between the archrivals.", "the archrivals"),
]


@pytest.mark.parametrize(("text", "reason"), MUTUAL, ids=[row[1] for row in MUTUAL])
def test_mutual(text, reason):
    found = {(s.holder, s.position, s.toward) for s in stances(text)}
    assert found == {("Peru", "opposes", "Chile"), ("Chile", "opposes", "Peru")}, reason


def test_allies_support_each_other():
    found = {(s.holder, s.position, s.toward) for s in stances("Norway is a close ally of Canada.")}
    assert found == {("Norway", "supports", "Canada"), ("Canada", "supports", "Norway")}


def test_capital_without_a_mention_stands_for_its_state():
    text = "Hezbollah, an ally of Doha, lost the vote."
    roster = find_actors(parse(text), Report("r", text), ())
    roster = Roster(roster.mentions[:1], {t: ms for t, ms in roster.heads.items() if t == 0})
    found = find_stances(parse(text), Report("r", text), roster, ())
    assert {(s.holder, s.toward) for s in found} == {("Hezbollah", "Qatar"), ("Qatar", "Hezbollah")}


def test_first_person_in_a_quotation_is_the_speaker():
    text = '"We support Ukraine," President Emmanuel Macron of France said.'
    assert [(s.holder, s.position, s.toward) for s in stances(text)] == [("France", "supports", "Ukraine")]


def test_recorded_vote():
    text = (
        "The assembly adopted a resolution on fish by 99 votes to two against (Peru, Chile), one abstention (Norway)."
    )
    found = {(s.holder, s.position, s.toward) for s in stances(text)}
    assert found == {
        (n, p, "resolution") for n, p in (("Peru", "opposes"), ("Chile", "opposes"), ("Norway", "neutral"))
    }


def test_coalition_opposes_whom_it_is_named_for():
    actor = Actor("group:x", "Coalition against Islamic State", "IGO", "MIL")
    text = "The coalition met in Lima."
    roster = Roster((ActorMention("coalition", 4, 13, actor, "described"),))
    (stance,) = find_stances(parse(text), Report("r", text), roster, ())
    assert (stance.holder, stance.position, stance.toward) == (actor.name, "opposes", "Islamic State")


NONE = [
    ("Norway backed the motion on Monday.", "a single act"),
    ("Norway does not support Ukraine.", "denied"),
    ("Norway would support Ukraine.", "merely possible"),
    ("Norway backed down on Monday.", "another verb"),
    ("Norway urged Peru to support Ukraine.", "asked for"),
    ('"Norway supports Ukraine," Smith said.', "somebody's words"),
    ("Norway has tightened its sanctions against the country.", "an actor nobody knows is no matter"),
    ("Norway asked Peru to defeat Boko Haram.", "a purpose of nobody's own"),
    ("Norway did not try to defeat Boko Haram.", "a purpose denied"),
    ("The committee supports the choir.", "nobody known to act"),
    ("Norway said that Bashar al-Assad should go to Peru.", "somebody is to travel"),
    ("Norway said that Bashar al-Assad must not resign.", "somebody is to stay"),
    ("Norway banned Hezbollah on Monday.", "a single act of banning"),
    ("Peru backed Chile's plan, which the enemies of Chile and Norway had read.", "enemies of those named before"),
    ("Norway does not think that it is at war with Peru.", "denied by the verb above"),
    ("", "nothing"),
]


@pytest.mark.parametrize(("text", "reason"), NONE, ids=[row[1] for row in NONE])
def test_no_stance(text, reason):
    report, parsed = Report("r", text), parse(text)
    roster = Roster(()) if "committee" in text else find_actors(parsed, report, ())
    assert find_stances(parsed, report, roster, ()) == (), reason


def test_compound_names_holder_and_target():
    found = stances("Iranian-backed fighters met pro-Russian officials.")
    assert ("Iran", "supports") in {(s.holder, s.position) for s in found}
    assert ("Russia", "supports") in {(s.toward, s.position) for s in found}


def test_one_stance_for_a_position_told_twice():
    assert len(stances("Norway supports Ukraine. Norway has long supported Ukraine.")) == 1


TEXT = "Peru keeps shelling Chile."


PERU = Actor("state:PER", "Peru", "PER", "GOV")
CHILE = Actor("state:CHL", "Chile", "CHL", "GOV")


NUMBER = count()


def event(kind, status, claimed=False, trigger="shelling", one=PERU, other=CHILE, score=1.0):
    sides = [
        ActorMention(n, TEXT.index(n), TEXT.index(n) + len(n), a, "named", score)
        for n, a in (("Peru", one), ("Chile", other))
    ]
    at = TEXT.index(trigger)
    mention = Mention(TEXT, trigger, at, at + len(trigger), 0, len(TEXT))
    actors = () if claimed else (sides[0],)
    claimant = sides[0] if claimed else None
    return Event(
        f"e-{next(NUMBER)}", kind, None, status, actors, (sides[1],), None, None, None, claimant, (mention,), 0.9, ""
    )


MINISTER = Actor("person:ana-prado", "Ana Prado", "PER", "GOV")
OPPOSITION = Actor("person:luis-rojas", "Luis Rojas", "PER", "OPP")
JETS = Actor("role:PER-MIL-peruvian-jets", "Peruvian jets", "PER", "MIL")
LOYALISTS = Actor("role:PER-MIL-peruvian-government-forces", "Peruvian government forces", "PER", "MIL")
PRESIDENT = Actor("person:pablo-soto", "Pablo Soto", "CHL", "GOV")
REBELS = Actor("group:reds", "Red Army", "NSA", "REB")
TOWN = Actor("place:arica", "Arica", "CHL", "CVL")

NAMED = [
    # event, who holds it, toward whom, reason
    (event("ACCUSE", "ongoing", one=MINISTER), "Peru", "Chile", "an office-holder acts for the state"),
    (event("ACCUSE", "ongoing", one=OPPOSITION), "Luis Rojas", "Chile", "an opponent for himself"),
    (event("ASSAULT", "ongoing", one=JETS), "Peru", "Chile", "what the army has"),
    (
        event("ASSAULT", "ongoing", one=LOYALISTS, other=REBELS),
        "Peruvian government forces",
        "Red Army",
        "a war at home",
    ),
    (event("ACCUSE", "ongoing", other=PRESIDENT), "Peru", "Pablo Soto", "toward a person"),
    (event("ASSAULT", "occurred", claimed=True, one=REBELS, other=TOWN), "Red Army", "Chile", "a town that is hit"),
]


@pytest.mark.parametrize(("shows", "holder", "toward", "reason"), NAMED, ids=[row[3] for row in NAMED])
def test_sides_are_named_by_whom_they_act_for(shows, holder, toward, reason):
    found = find_stances(parse(TEXT), Report("r", TEXT), Roster(()), (shows,))
    assert [(s.holder, s.toward) for s in found] == [(holder, toward)], reason


AT_HOME = [
    (MINISTER, OPPOSITION, "Ana Prado", "Luis Rojas", "two persons of one country"),
    (MINISTER, CHILE, "Peru", "Chile", "a minister toward another state"),
]


@pytest.mark.parametrize(("one", "other", "holder", "toward", "reason"), AT_HOME, ids=[row[4] for row in AT_HOME])
def test_at_home_persons_stand_for_themselves(one, other, holder, toward, reason):
    shows = event("ACCUSE", "ongoing", one=one, other=other)
    found = find_stances(parse(TEXT), Report("r", TEXT), Roster(()), (shows,))
    assert [(s.holder, s.toward) for s in found] == [(holder, toward)], reason


def told_event(text, trigger, kind, one, other):
    """An event of that text, between the two actors, each named in it by their name."""
    sides = [
        ActorMention(a.name, text.index(a.name), text.index(a.name) + len(a.name), a, "named") for a in (one, other)
    ]
    at = text.index(trigger)
    mention = Mention(text, trigger, at, at + len(trigger), 0, len(text))
    status = "ongoing" if kind == "ACCUSE" else "occurred"
    return Event("e", kind, None, status, (sides[0],), (sides[1],), None, None, None, None, (mention,), 0.9, "")


NOT_MET = [
    ("Peru joined the campaign against Chile.", "joined", "COOPERATE", "an enemy is no partner"),
    ("Peru condemned the attacks on Chile.", "condemned", "ACCUSE", "a victim is not blamed"),
]


@pytest.mark.parametrize(("text", "trigger", "kind", "reason"), NOT_MET, ids=[row[3] for row in NOT_MET])
def test_others_in_an_act_are_not_met(text, trigger, kind, reason):
    shows = told_event(text, trigger, kind, PERU, CHILE)
    found = find_stances(parse(text), Report("r", text), Roster(()), (shows,))
    assert [s for s in found if s.reason.endswith(kind)] == [], reason


def test_crowd_is_named_by_where_it_gathered():
    text = "In Lima, some 300 people rallied against Chile."
    crowd = Actor("role:PER-CVL-peruvian-people", "Peruvian people", "PER", "CVL")
    sides = (ActorMention("people", 18, 24, crowd, "described"),), (ActorMention("Chile", 41, 46, CHILE, "named"),)
    told = Mention(text, "rallied", 25, 32, 0, len(text))
    shows = Event("e", "PROTEST", None, "occurred", *sides, None, None, None, None, (told,), 0.9, "")
    found = find_stances(parse(text), Report("r", text), Roster(()), (shows,))
    assert [(s.holder, s.position, s.toward) for s in found] == [("protesters in Lima", "opposes", "Chile")]


SHOWN = [
    # events, what they show, reason
    ((event("ASSAULT", "ongoing"),), [("Peru", "opposes", "Chile")], "a standing attack"),
    ((event("ASSAULT", "occurred"),), [], "a single attack"),
    ((event("ASSAULT", "occurred"), event("ASSAULT", "occurred")), [("Peru", "opposes", "Chile")], "a repeated attack"),
    ((event("ASSAULT", "occurred", claimed=True),), [("Peru", "opposes", "Chile")], "a claimed attack"),
    ((event("SUPPORT", "ongoing"),), [("Peru", "supports", "Chile")], "standing support"),
    ((event("AID", "ongoing"),), [("Peru", "supports", "Chile")], "standing aid"),
    ((event("AID", "occurred"),), [], "one gift"),
    ((event("AID", "occurred"), event("AID", "occurred")), [("Peru", "supports", "Chile")], "help given twice"),
    ((event("SUPPORT", "occurred"),), [], "one word of praise"),
    ((event("ACCUSE", "occurred", score=0.3),), [], "sides that are mere guesses"),
    (
        (event("COERCE", "ongoing", other=Actor("role:PER-COP-police", "police", "PER", "COP")),),
        [],
        "organs of one state",
    ),
    ((event("ACCUSE", "occurred"),), [], "one accusation"),
    (
        (event("ACCUSE", "occurred"), event("THREATEN", "occurred")),
        [("Peru", "opposes", "Chile")],
        "an accusation and a threat",
    ),
    ((event("ACCUSE", "occurred"), event("AID", "occurred")), [], "acts that show different positions"),
    ((event("SANCTION", "occurred"),), [("Peru", "opposes", "Chile")], "a sanction"),
    ((event("AGREE", "planned"),), [], "an agreement to something else than acting together"),
    (
        (event("COOPERATE", "occurred"),),
        [("Chile", "supports", "Peru"), ("Peru", "supports", "Chile")],
        "cooperation is mutual",
    ),
    ((event("ASSAULT", "hypothetical"), event("ASSAULT", "negated")), [], "no attack at all"),
]


@pytest.mark.parametrize(("events", "expected", "reason"), SHOWN, ids=[row[2] for row in SHOWN])
def test_shown_by_events(events, expected, reason):
    found = find_stances(parse(TEXT), Report("r", TEXT), Roster(()), events)
    assert [(s.holder, s.position, s.toward) for s in found] == expected, reason
