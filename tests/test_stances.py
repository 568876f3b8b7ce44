"""Lasting positions, told in words or shown by acts."""

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
    ("Norway is a close ally of Canada.", "Norway", "supports", "Canada", "ally of"),
    ("Canada, an ally of Norway, spoke first.", "Canada", "supports", "Norway", "apposition"),
    ("Hezbollah is fighting alongside Iran.", "Hezbollah", "supports", "Iran", "fighting alongside"),
    ("Peru and Chile are archrivals.", "Peru", "opposes", "Chile", "a plural noun said of two"),
    ("Relations between Peru and Chile have soured.", "Peru", "opposes", "Chile", "relations between"),
    ("Peru's relations with Chile have deteriorated.", "Peru", "opposes", "Chile", "one side's relations"),
    ("Peru is at war with Chile.", "Peru", "opposes", "Chile", "a phrase"),
    ("Peru is in favour of the treaty.", "Peru", "supports", "treaty", "in favour of"),
    ("Peru is committed to free trade.", "Peru", "supports", "free trade", "an adjective"),
    ("Peru has long been opposed to the treaty.", "Peru", "opposes", "treaty", "opposed to"),
    ("Hezbollah, backed by Iran, lost the vote.", "Iran", "supports", "Hezbollah", "backed by"),
    ("Hezbollah is fully backed by Iran.", "Iran", "supports", "Hezbollah", "passive"),
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


NONE = [
    ("Norway backed the motion on Monday.", "a single act"),
    ("Norway does not support Ukraine.", "denied"),
    ("Norway would support Ukraine.", "merely possible"),
    ("Norway backed down on Monday.", "another verb"),
    ("Norway urged Peru to support Ukraine.", "asked for"),
    ('"Norway supports Ukraine," Smith said.', "somebody's words"),
    ("The committee supports the choir.", "nobody known to act"),
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


def event(kind, status, claimed=False, trigger="shelling"):
    sides = [
        ActorMention(n, TEXT.index(n), TEXT.index(n) + 5, Actor(f"state:{n}", n), "named") for n in ("Peru", "Chile")
    ]
    at = TEXT.index(trigger)
    mention = Mention(TEXT, trigger, at, at + len(trigger), 0, len(TEXT))
    actors = () if claimed else (sides[0],)
    claimant = sides[0] if claimed else None
    return Event("e", kind, None, status, actors, (sides[1],), None, None, None, claimant, (mention,), 0.9, "")


SHOWN = [
    # events, what they show, reason
    ((event("ASSAULT", "ongoing"),), [("Peru", "opposes", "Chile")], "a standing attack"),
    ((event("ASSAULT", "occurred"),), [], "a single attack"),
    ((event("ASSAULT", "occurred"), event("ASSAULT", "occurred")), [("Peru", "opposes", "Chile")], "a repeated attack"),
    ((event("ASSAULT", "occurred", claimed=True),), [("Peru", "opposes", "Chile")], "a claimed attack"),
    ((event("SUPPORT", "ongoing"),), [("Peru", "supports", "Chile")], "standing support"),
    ((event("AID", "ongoing"),), [("Peru", "supports", "Chile")], "standing aid"),
    ((event("AID", "occurred"),), [], "one delivery"),
    ((event("ASSAULT", "hypothetical"), event("ASSAULT", "negated")), [], "no attack at all"),
]


@pytest.mark.parametrize(("events", "expected", "reason"), SHOWN, ids=[row[2] for row in SHOWN])
def test_shown_by_events(events, expected, reason):
    found = find_stances(parse(TEXT), Report("r", TEXT), Roster(()), events)
    assert [(s.holder, s.position, s.toward) for s in found] == expected, reason
