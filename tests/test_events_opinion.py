"""What voters, groups of people and those whom a poll asked think is no act; what they do is one."""

from __future__ import annotations

import pytest

from parsed import coded

# text, reason
THOUGHT = [
    ("Hillary Clinton is glad that college graduates in Ohio back her.", "a part of the people"),
    ("Most Republicans support Donald Trump.", "most of a party"),
    ("About 55 percent of Democrats support Hillary Clinton.", "a proportion"),
    ("His supporters support Donald Trump because he is honest.", "who backs him by the word for them"),
    ("Many Democrats oppose Donald Trump.", "many of a party"),
    ("The poll shows Democrats back Hillary Clinton by a wide margin.", "what a poll found"),
    ("Hillary Clinton was backed by a majority of women and black voters.", "those who back, after 'by'"),
    ("Hispanics back Hillary Clinton by nine points.", "a part of the people by a name"),
    ("Voters criticised Donald Trump in interviews.", "voters"),
    ("Peter Miles, 53, a baker, supports Donald Trump.", "a voter by name"),
]
DONE = [
    ("Three women accused Donald Trump of assault.", "ACCUSE", "what women do"),
    ("Many Republicans in the Senate criticised Barack Obama.", "ACCUSE", "many who speak"),
    ("The Republican Party opposes the treaty with Iran.", "ACCUSE", "a party as a body"),
    ("Ted Cruz backed Donald Trump after a poll showed him ahead.", "SUPPORT", "a politician beside a poll"),
    ("Voters in Denmark rejected the treaty with the EU in a referendum.", "REJECT", "a vote"),
    ("Thousands of women protested against Donald Trump in Washington.", "PROTEST", "a crowd"),
    ("Supporters of Mohamed Morsi accused the army of killing protesters.", "ACCUSE", "a movement that accuses"),
    ("Villagers accused soldiers of the Nigerian army of burning their homes.", "ACCUSE", "witnesses"),
]


@pytest.mark.parametrize(("text", "reason"), THOUGHT, ids=[r[-1] for r in THOUGHT])
def test_what_people_think_is_no_act(text: str, reason: str) -> None:
    types = [e.type for e in coded(text).events]
    assert not {"SUPPORT", "ACCUSE", "REQUEST"} & {*types}, (reason, types)


@pytest.mark.parametrize(("text", "kind", "reason"), DONE, ids=[r[-1] for r in DONE])
def test_what_people_do_is_one(text: str, kind: str, reason: str) -> None:
    types = [e.type for e in coded(text).events]
    assert kind in types, (reason, types)


def test_a_position_stays_a_stance() -> None:
    assert [s.position for s in coded("Most Republicans support Donald Trump, a new poll shows.").stances]
