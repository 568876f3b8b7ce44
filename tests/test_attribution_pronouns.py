"""Whom "he said" and "it also said" cite, and crowds that shout."""

import pytest

from dotterel.actors import find_actors
from dotterel.attribution import find_attributions
from dotterel.parsing import parse
from dotterel.quotes import find_quotes
from dotterel.types import Report

CITED = [
    (
        "Angela Merkel said the rebels had fled.\n\nTheresa May had left. Mali waits.\n\nShe said the army lied.",
        "She",
        "Angela Merkel",
        "the one cited last, not the one spoken of last",
    ),
    (
        "The United Nations said Syria had shelled Idlib, to the anger of Iran.\n\nIt also said Iran had lied.",
        "It",
        "United Nations",
        "a body that goes on",
    ),
]  # fmt: skip
CROWDS = [
    ('In Athens, people marched to parliament, shouting "Thieves, thieves".', "protesters in Athens"),
    ('Dozens of students met outside the embassy in Ankara chanting "Down with the war".', "students in Ankara"),
    ('Supporters of the party marched in Lagos carrying placards saying "Our votes count".', "supporters in Lagos"),
    ('The minister spoke to a crowd in Lima, shouting "We will win this fight".', "Peruvian minister"),
    ('Merkel recalled Kohl\'s words, saying that "Germany will not stand apart".', "Helmut Kohl"),
]


def read(text):
    report, parsed = Report("r", text), parse(text)
    roster = find_actors(parsed, report, ())
    return find_attributions(parsed, report, roster), find_quotes(parsed, report, roster)


@pytest.mark.parametrize(("text", "pronoun", "name", "reason"), CITED, ids=[row[3] for row in CITED])
def test_whom_a_pronoun_cites(text, pronoun, name, reason):
    found = [
        a.source.actor.name for a in read(text)[0] if a.source_text == pronoun and a.source and a.kind != "attitude"
    ]
    assert found[-1:] == [name], reason


@pytest.mark.parametrize(("text", "name"), CROWDS)
def test_who_shouts(text, name):
    assert [q.speaker.actor.name for q in read(text)[1]] == [name]
