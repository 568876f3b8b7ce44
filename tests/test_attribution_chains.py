"""Who passed words on, between the report and the one it cites."""

import pytest

from dotterel.actors import find_actors
from dotterel.attribution import find_attributions
from dotterel.parsing import parse
from dotterel.types import Report

ROWS = [
    # text, source, via, reason
    ("The agency quoted Prado as saying that rebels had fled.", "Prado", "The agency", "an agency quoted her"),
    ("State media quoted the mayor as saying the talks had failed.", "the mayor", "State media", "media of no name"),
    ("Prado was quoted by KCNA as saying rebels had fled.", "Prado", "KCNA", "passive"),
    ("The minister told the newspaper Le Monde that rebels had fled.", "The minister", "Le Monde", "told a paper"),
    ("The relief chief quoted the army as saying that rebels had fled.", "the army", "The relief chief", "no outlet"),
    ("State television reported that the army said rebels had fled.", "the army", "State television", "reported, said"),
    ("The Xinhua news agency said, citing an official, that rebels had fled.", "an official", "Xinhua", "citing"),
    ("Rebels had fled, the Xinhua news agency said, citing the army.", "the army", "Xinhua", "citing, at the end"),
    ("Rebels had fled, the mayor said, according to state media.", "the mayor", "state media", "according to, outside"),
    ("The mayor said that rebels had fled, according to state media.", "The mayor", "state media", "within the clause"),
    ("The army said that rebels had fled.", "The army", None, "nobody passed it on"),
    ("The army told reporters that rebels had fled.", "The army", None, "reporters are no outlet"),
    ("The bank cut its rate, citing the war, the mayor said.", "the mayor", None, "a cause is no source"),
]  # fmt: skip


def attributions(text):
    report, parsed = Report("r", text), parse(text)
    return find_attributions(parsed, report, find_actors(parsed, report, ()))


@pytest.mark.parametrize(("text", "source", "via", "reason"), ROWS, ids=[row[3] for row in ROWS])
def test_who_passed_it_on(text, source, via, reason):
    found = {(a.source_text, a.via) for a in attributions(text) if a.kind != "attitude"}
    assert (source, via) in found, reason
    assert all(text[a.source_start : a.source_end] == a.source_text for a in attributions(text))


def test_what_an_outlet_cites_is_not_its_own():
    text = "The Xinhua news agency said, citing an official, that rebels had fled."
    (found,) = attributions(text)
    assert text[found.content_start : found.content_end] == "that rebels had fled"


def test_words_of_the_carrier_are_no_part_of_what_was_said():
    text = "The mayor said that rebels had fled, according to state media."
    contents = {a.source_text: text[a.content_start : a.content_end] for a in attributions(text)}
    assert contents == {"The mayor": "that rebels had fled", "state media": text[: text.index(", acc")]}
