"""Rules that are remembered for a kind of word fit the words that the ruler itself would find."""

from __future__ import annotations

from typing import Any

import pytest

from dotterel.parsing import load
from dotterel.ruling import Ruling, memorable

TEXTS = [
    ("Chad recalled its envoy, but they'd had enough.", "rules of one word"),
    ("There was a raid; let's go, they said, we've gotta go.", "rules of two words"),
    ("Chad recalled its envoy.\n\nDoin' nothin', y'all?", "rules that ask for a shape; white space"),
    ("", "no word"),
]


def ready(text: str) -> Any:
    """A document as the ruler gets it."""
    nlp = load()
    doc = nlp.make_doc(text)
    for name in ("tok2vec", "tagger", "parser"):
        doc = nlp.get_pipe(name)(doc)
    return doc


@pytest.mark.parametrize(("text", "reason"), TEXTS)
def test_the_same_rules_fit_at_first_and_when_remembered(text: str, reason: str) -> None:
    ruler: Any = load().get_pipe("attribute_ruler")
    doc, ruling = ready(text), Ruling(ruler)
    expected = type(ruler).match(ruler, doc)
    assert set(ruling(doc)) == set(expected), reason
    assert set(ruling(doc)) == set(expected), reason


class Asking:
    """A ruler with one rule."""

    def __init__(self, word: dict[str, Any]) -> None:
        self.patterns = [{"patterns": [[word]], "attrs": {"POS": "X"}, "index": 0}]


@pytest.mark.parametrize(
    ("word", "expected", "reason"),
    [
        ({"TAG": "NN"}, True, "a string of the word"),
        ({"LOWER": {"REGEX": "^a"}, "IS_SPACE": False}, True, "a shape, a yes or no"),
        ({"SHAPE": "Xxx"}, False, "something else of the word"),
        ({"TAG": "NN", "OP": "+"}, False, "several words at once"),
        ({"LOWER": {"FUZZY": "envoy"}}, False, "a manner that is not foreseen"),
    ],
)
def test_only_rules_that_can_be_remembered_are(word: dict[str, Any], expected: bool, reason: str) -> None:
    assert memorable(Asking(word)) is expected, reason
