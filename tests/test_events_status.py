"""Whether an act was done, is being done, was planned, wished, supposed or denied, and what is only spoken of."""

from __future__ import annotations

import pytest

from dotterel.events.lexicon import load
from dotterel.events.status import Verdict, status_of
from parsed import candidate

ROWS = [
    ("Kenya attacked the rebels.", "ASSAULT", "occurred", "plain past"),
    ("Kenya has attacked the rebels.", "ASSAULT", "occurred", "perfect"),
    ("Kenya arrests two rebels", "COERCE", "occurred", "the present of headlines"),
    ("The rebels were attacked by Kenya.", "ASSAULT", "occurred", "passive"),
    ("Kenya began attacking the rebels.", "ASSAULT", "occurred", "what has begun is done"),
    ("Kenya managed to arrest the rebels.", "COERCE", "occurred", "what was managed is done"),
    ("Kenya did not attack the rebels.", "ASSAULT", "negated", "not"),
    ("Kenya didn't attack the rebels.", "ASSAULT", "negated", "not, written short"),
    ("Kenya has never attacked the rebels.", "ASSAULT", "negated", "never"),
    ("Neither side attacked the village.", "ASSAULT", "negated", "a subject that is nobody"),
    ("No rebels were arrested.", "COERCE", "negated", "nobody was arrested"),
    ("Kenya will attack the rebels.", "ASSAULT", "planned", "future"),
    ("Kenya plans to attack the rebels.", "ASSAULT", "planned", "a plan"),
    ("Kenya to attack rebels", "ASSAULT", "planned", "infinitive of a headline"),
    ("Kenya could attack the rebels.", "ASSAULT", "hypothetical", "a modal"),
    ("Kenya would attack the rebels if they returned.", "ASSAULT", "hypothetical", "a modal with a condition"),
    ("If Kenya attacks the rebels, villagers will leave.", "ASSAULT", "hypothetical", "the condition itself"),
    ("Unless Kenya attacks the rebels, villagers will leave.", "ASSAULT", "hypothetical", "unless"),
    ("Kenya is shelling the rebels.", "ASSAULT", "ongoing", "present progressive"),
    ("The rebels are being shelled by Kenya.", "ASSAULT", "ongoing", "progressive passive"),
    ("Kenya has repeatedly shelled the rebels.", "ASSAULT", "ongoing", "a repeated act"),
    ("Kenya continues to shell the rebels.", "ASSAULT", "ongoing", "an act that goes on"),
    ("The planned attack on the rebels by Kenya was put off.", "ASSAULT", "planned", "an attribute of the noun"),
    ("Kenya launched an attack on the rebels.", "ASSAULT", "occurred", "a light verb lends its tense"),
    ("Kenya will launch an attack on the rebels.", "ASSAULT", "planned", "a light verb lends its future"),
    ("Kenya did not launch an attack on the rebels.", "ASSAULT", "negated", "a light verb lends its negation"),
    ("Kenya failed to carry out the attack on the rebels.", "ASSAULT", "negated", "a failed attack"),
    ("Kenya did not mention the attack on the rebels.", "ASSAULT", "occurred", "whoever is silent about it"),
    ("Kenya failed to mention the attack on the rebels.", "ASSAULT", "occurred", "the same with a verb of failing"),
    ("Kenya gave no details of the attack on the rebels.", "ASSAULT", "occurred", "its details are denied"),
    ("Kenya failed to produce evidence of an attack on the rebels.", "ASSAULT", "drop", "what nothing proves"),
    ("Kenya offered no proof of an attack on the rebels.", "ASSAULT", "drop", "what is not proved"),
    ("Kenya found evidence of an attack on the rebels.", "ASSAULT", "occurred", "what is proved"),
    ("Kenya supports shelling the rebels.", "ASSAULT", "drop", "a position on what might be done"),
    ("Kenya opposed arresting the rebels.", "COERCE", "drop", "a position against it"),
    ("Kenya supported Chad after its attack on the rebels.", "ASSAULT", "occurred", "a time beside such a verb"),
    ("Kenya arms the rebels.", "AID", "ongoing", "the present of what lasts"),
    ("Kenya backs the rebels in the vote", "SUPPORT", "occurred", "the present of a headline"),
    ("Still, Kenya attacked the rebels.", "ASSAULT", "occurred", "a still that only links sentences"),
    ("The plan failed, but Kenya still attacked the rebels.", "ASSAULT", "occurred", "another, in the past"),
    ("Kenya still shells the rebels.", "ASSAULT", "ongoing", "a still of acts that last"),
    ("Reports of attacks being carried out by Kenya on the rebels grew.", "ASSAULT", "ongoing", "a participle"),
    ("Attacks by Kenya on the rebels have become a plague.", "ASSAULT", "ongoing", "what has become usual"),
    ("The Kenyan blockade of the island has ruined fishermen.", "COERCE", "ongoing", "a blockade stands"),
    ("Kenya imposed the blockade of the island in May.", "COERCE", "occurred", "but not while it is being imposed"),
    ("Kenya launched an offensive against the rebels three weeks ago.", "ASSAULT", "ongoing", "lately begun"),
    ("Kenya launched an offensive against the rebels on Monday.", "ASSAULT", "occurred", "the beginning is the news"),
    ("Kenya has carried out 40 air strikes on the rebels.", "ASSAULT", "ongoing", "many acts up to now"),
    ("Kenya carried out 40 air strikes on the rebels on Monday.", "ASSAULT", "occurred", "many acts of one day"),
    ("Kenya has carried out two air strikes on the rebels.", "ASSAULT", "occurred", "two acts"),
    ("Kenya plans to expand its attacks on the rebels.", "ASSAULT", "ongoing", "expanded: it goes on already"),
    ("Sudan moved to halt the attacks by Kenya on the rebels.", "ASSAULT", "ongoing", "still to be halted"),
    ("Kenya plans to begin its attacks on the rebels.", "ASSAULT", "planned", "what is to begin does not"),
    ("Kenya remains committed to attacking the rebels.", "ASSAULT", "planned", "a purpose declared"),
]  # fmt: skip


def verdict(text: str, kind: str) -> Verdict:
    """The verdict on the only act of that type in a text."""
    found = candidate(text, kind)
    head = found.trigger[0] if found.row.pos == "VERB" else found.trigger[-1]
    return status_of(head, found.verb, load())


@pytest.mark.parametrize(("text", "kind", "status", "reason"), ROWS, ids=[r[0] for r in ROWS])
def test_status(text: str, kind: str, status: str, reason: str) -> None:
    assert verdict(text, kind).status == status, reason


def test_what_will_not_be_done_is_not_done() -> None:
    assert verdict("Kenya won't attack the rebels.", "ASSAULT").status != "occurred"


SPOKEN_OF = [
    ("Chad urged Kenya to attack the rebels.", "ASSAULT", "what is asked for is not done"),
    ("Chad asked Kenya not to attack the rebels.", "ASSAULT", "nor is what is asked not to be done"),
    ("Chad threatened to attack Kenya.", "ASSAULT", "what is threatened"),
    ("Chad promised to free the reporters.", "RETREAT", "what is promised"),
    ("Chad called for an attack on the rebels.", "ASSAULT", "a noun that is called for"),
    ("Chad joined a force to attack the rebels.", "ASSAULT", "what a thing is for"),
]


@pytest.mark.parametrize(("text", "kind", "reason"), SPOKEN_OF, ids=[r[0] for r in SPOKEN_OF])
def test_what_is_only_spoken_of_is_dropped(text: str, kind: str, reason: str) -> None:
    assert verdict(text, kind).status == "drop", reason


KEPT = [
    ("Chad accused Kenya of attacking the rebels.", "ASSAULT", "what is alleged"),
    ("Kenya attacked the rebels, Chad said.", "ASSAULT", "what is said"),
    ("Chad said that Kenya had attacked the rebels.", "ASSAULT", "what is said, in a clause of its own"),
    ("Parliament discussed Kenya's attack on the rebels.", "ASSAULT", "an act with a doer of its own is done"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "reason"), KEPT, ids=[r[0] for r in KEPT])
def test_what_is_said_or_alleged_is_kept_as_done(text: str, kind: str, reason: str) -> None:
    assert verdict(text, kind).status == "occurred", reason


@pytest.mark.parametrize(
    ("text", "kind", "word"),
    [
        ("Chad urged Kenya to attack the rebels.", "ASSAULT", "urge"),
        ("Kenya could attack the rebels.", "ASSAULT", "could"),
        ("Kenya plans to attack the rebels.", "ASSAULT", "plan"),
        ("Kenya did not attack the rebels.", "ASSAULT", "negation"),
    ],
)
def test_the_verdict_says_what_decided(text: str, kind: str, word: str) -> None:
    assert word in verdict(text, kind).reason


def test_an_act_of_its_own_keeps_its_status_beside_another() -> None:
    assert verdict("Kenya freed a monk and will attack the rebels.", "RETREAT").status == "occurred"
    assert verdict("Kenya freed a monk and will attack the rebels.", "ASSAULT").status == "planned"
