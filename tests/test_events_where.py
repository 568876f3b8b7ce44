"""Where an act happened: its own words before its clause, its sentence, the act before it, the dateline."""

from __future__ import annotations

import pytest

from dotterel import code
from dotterel.types import Event
from parsed import coded


def told(text: str, kind: str) -> Event:
    """The first event of that type in a text."""
    return next(e for e in coded(text).events if e.type == kind)


PLACES = [
    ("Ministers condemned the attacks in Lyon.", "ASSAULT", "Lyon", "told with the noun of the act"),
    ("Islamic State claimed the Paris attacks on Sunday.", "ASSAULT", "Paris", "a town before the noun of the act"),
    ("Rebels shelled Bangui.", "ASSAULT", "Bangui", "the object of an attack"),
    ("Gunmen killed two police officers in the village of Dabiq.", "ASSAULT", "Dabiq", "the town of a name"),
    ("Rebels killed five soldiers north of Garissa on Sunday.", "ASSAULT", "Garissa", "a direction from a town"),
    ("In Nairobi, about 300 people demonstrated outside the Israeli embassy.", "PROTEST", "Nairobi", "sentence opener"),
    ("The president of Ghana travelled to Moscow to meet the president of Russia.", "CONSULT", "Moscow", "a journey"),
    ("The president of Ghana visited Rome on Monday.", "CONSULT", "Rome", "a visit"),
    ("Kobani, where Islamic State killed two Kurdish fighters, lies by the border.", "ASSAULT", "Kobani", "where"),
    ("The president of Ghana held a meeting with his counterparts in Paris.", "CONSULT", "Paris", "those who are met"),
    (
        "Togo's president condemned Mali in Lagos on Monday and held talks in Accra with Ghana's foreign minister.",
        "CONSULT",
        "Accra",
        "those met, not the clause before",
    ),
    ("Rebels shelled a market in Bangui on Sunday. They killed four soldiers.", "ASSAULT", "Bangui", "same scene"),
    ("France urged Russia to end the war in Ukraine.", "REQUEST", "", "a topic is no scene"),
    ("Kenya and Uganda held talks on Somalia.", "CONSULT", "", "a topic of talks"),
    ("France called on the United States to join the pact.", "REQUEST", "", "whom one speaks to is no scene"),
    ("Kenya condemned Sudan.", "ACCUSE", "", "a party is no scene"),
    (
        "Protesters marched in Tokyo as Israel fought rebels in Gaza.",
        "PROTEST",
        "Tokyo",
        "another clause is another scene",
    ),
    ("Norway imposed sanctions on Iran.", "SANCTION", "", "whom it is laid on is no scene"),
]


@pytest.mark.parametrize(("text", "kind", "place", "reason"), PLACES)
def test_place_of_an_event(text: str, kind: str, place: str, reason: str) -> None:
    here = told(text, kind).place
    assert (here.name or here.text if here else "") == place, (reason, here)


def test_surer_ways_score_higher_and_say_so() -> None:
    own = told("Rebels killed four soldiers in Bangui on Sunday.", "ASSAULT").place
    text = "Rebels shelled a market in Bangui on Sunday. Soldiers arrested three men."
    carried = told(text, "COERCE").place
    assert own is not None
    assert carried is not None
    assert carried.score < own.score
    assert carried.reason.startswith("scene of the act told before")


def test_an_act_far_from_the_last_scene_has_no_place() -> None:
    between = " ".join(f"Prices of maize rose by {n} percent over the year, traders said." for n in range(2, 12))
    text = f"Rebels shelled a market in Bangui on Sunday. {between} Soldiers arrested three men."
    assert told(text, "COERCE").place is None


def test_dateline_is_the_place_of_the_words_of_its_own_state_in_the_lead() -> None:
    lead = "Kenya condemns raid\n\nNAIROBI (Reuters) - {} condemned Sudan on Monday over a raid. It was the third."
    home = code(lead.format("Kenya")).events[0].place
    assert home is not None
    assert (home.name, home.country, home.score) == ("Nairobi", "KEN", 0.4)
    assert home.reason.startswith("the dateline")
    assert not [
        e for e in code(lead.format("France")).events if "FRA" in {a.actor.country for a in e.actors} and e.place
    ]


def test_the_place_told_most_surely_stands_for_an_act_told_twice() -> None:
    text = "Rebels attack Bangui market\n\nRebels attacked a market in Bangui, killing four people."
    here = told(text, "ASSAULT").place
    assert here is not None
    assert here.score >= 0.7
