"""Hints: demands put as duties, and known words in frames that the lexicon does not list."""

from __future__ import annotations

import pytest

from dotterel.events.hints import Hint, hints
from dotterel.events.lexicon import load
from dotterel.parsing import parse_many


def found(sentence: str) -> list[Hint]:
    """All hints of a sentence, no word of it being told already."""
    return list(hints(next(parse_many([sentence])).doc, load(), set()))


DEMANDS = [
    ("Oslo said that Minsk must free the men.", "Oslo", "Minsk", "must"),
    ("The envoy said rebels should leave the town.", "envoy", "rebels", "should, without that"),
    ("The king insisted that the army has to leave.", "king", "army", "has to"),
]


@pytest.mark.parametrize(("sentence", "speaker", "addressed", "reason"), DEMANDS, ids=[r[-1] for r in DEMANDS])
def test_a_duty_spoken_of_is_a_request(sentence: str, speaker: str, addressed: str, reason: str) -> None:
    demand = next(h for h in found(sentence) if h.type == "REQUEST" and h.share == 1.0)
    assert speaker in {t.text for t in demand.agents}, reason
    assert addressed in {t.text for t in demand.patients}, reason


@pytest.mark.parametrize(
    "sentence",
    [
        "Oslo said that Minsk freed the men.",
        "Minsk must free the men.",
        "Oslo said that the train has four cars.",
    ],
)
def test_no_duty_no_demand(sentence: str) -> None:
    assert not [h for h in found(sentence) if h.type == "REQUEST" and h.share == 1.0]


def test_the_shares_of_a_word_follow_its_rows() -> None:
    of_verb = [h for h in found("They attacked.") if h.word.lemma_ == "attack"]
    assert {h.type for h in of_verb} >= {"ASSAULT", "ACCUSE"}
    assert 0 < sum(h.share for h in of_verb) <= 1


def test_a_word_already_told_gives_no_hint() -> None:
    doc = next(parse_many(["Kenya attacked Chad."])).doc
    assert not list(hints(doc, load(), {1}))


def test_a_phrasal_row_needs_its_particle() -> None:
    assert "CONCEDE" in {h.type for h in found("Nurses called off it.")}
    assert "CONCEDE" not in {h.type for h in found("Nurses called it.")}
