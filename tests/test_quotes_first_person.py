from datetime import date

import pytest

from dotterel.actors import find_actors
from dotterel.attribution import find_attributions
from dotterel.parsing import parse
from dotterel.quotes import find_quotes
from dotterel.quotes.first_person import with_speakers
from dotterel.types import Report


def meant(text, word):
    """The name behind the first mention so worded."""
    report = Report("r", text, published=date(2019, 6, 3))
    parsed = parse(text)
    roster = find_actors(parsed, report)
    attributions = find_attributions(parsed, report, roster)
    spoken = with_speakers(roster, parsed, find_quotes(parsed, report, roster, attributions), attributions, acts=True)
    return next((m.actor.name for m in spoken.mentions if m.text == word), None)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ('"I will not sign this treaty," Emmanuel Macron said.', "I", "Emmanuel Macron"),
        ('"We will not leave the island," Emmanuel Macron said.', "We", "France"),  # an official's "we" is his state
        ('"We will burn their camps," said Abu Sayyaf of Boko Haram.', "We", "Abu Sayyaf"),  # who has no state
        ('Angela Merkel told Vladimir Putin: "You must withdraw your troops."', "You", "Vladimir Putin"),
        ('"You must withdraw," Angela Merkel told reporters.', "You", None),  # the press is but the channel
        ('"You never know what comes," Angela Merkel said.', "You", None),  # nobody is addressed
        ("We must act, the paper wrote.", "We", None),  # no quotation
    ],
)
def test_who_a_pronoun_in_a_quotation_means(text, word, expected):
    assert meant(text, word) == expected
