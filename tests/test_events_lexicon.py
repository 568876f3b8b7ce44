"""The written form of the trigger tables is read as it is meant, the most specific row first."""

from __future__ import annotations

import pytest

from dotterel import tables
from dotterel.errors import DataError
from dotterel.events.lexicon import (
    PARTIES,
    PLACES,
    Trigger,
    classes,
    condition,
    conditions,
    index,
    load,
    slots,
    trigger,
)

CONDITIONS = [
    ("obj", ("obj", "", set(), set(), True), "any object"),
    ("-obj", ("obj", "", set(), set(), False), "no object"),
    ("prep:from", ("prep", "from", set(), set(), True), "a preposition with any object"),
    ("obj=talks|summit", ("obj", "", {"talks", "summit"}, set(), True), "one of two words"),
    ("-to=visit", ("to", "", {"visit"}, set(), False), "an infinitive it must not have"),
    ("obj=Talks", ("obj", "", {"talks"}, set(), True), "letter case says nothing"),
    ("prep:in=@place", ("prep", "in", classes()["@place"], set(PLACES), True), "a class, and names of its kind"),
    ("obj=@people|envoy", ("obj", "", classes()["@people"] | {"envoy"}, set(PARTIES), True), "a class and a word"),
    ("subj=state", ("subj", "", {"state"}, {"GPE"}, True), "a named state is a state"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), CONDITIONS, ids=lambda v: v if isinstance(v, str) else "")
def test_condition(text: str, expected: tuple[object, ...], reason: str) -> None:
    found = condition(text, "here")
    assert (found.what, found.preposition, set(found.words), set(found.entities), found.wanted) == expected, reason


@pytest.mark.parametrize(
    ("text", "count", "reason"),
    [
        ("", 0, "an empty cell demands nothing"),
        ("obj", 1, "one demand"),
        ("obj; -prep:on ;to", 3, "blanks around a semicolon"),
        ("obj;", 1, "a semicolon at the end"),
    ],
)
def test_conditions(text: str, count: int, reason: str) -> None:
    assert len(conditions(text, "here")) == count, reason


def test_a_class_nobody_defined_is_named_with_its_row() -> None:
    with pytest.raises(DataError, match=r"trigger 'attack'.*@unicorns.*trigger_classes\.tsv"):
        condition("obj=@unicorns", "trigger 'attack'")


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("by|poss|mod", ("by", "poss", "mod"), "in order of preference"),
        ("-", (), "nobody"),
        ("", (), "an empty cell"),
        ("obj | -", ("obj",), "blanks, and nobody as the last choice"),
    ],
)
def test_slots(text: str, expected: tuple[str, ...], reason: str) -> None:
    assert slots(text) == expected, reason


def row(word: str, needs: str = "", pos: str = "VERB") -> Trigger:
    """A trigger as a table gives it."""
    return trigger({"needs": needs, "type": "CONSULT", "recipient": "obj", "example": ""}, word, pos)


MORE_SPECIFIC = [
    (row("hold", "obj"), row("hold"), "a demand counts"),
    (row("hold", "obj=talks"), row("hold", "obj"), "a word asked for counts more than any object"),
    (row("hold", "obj;prep:with"), row("hold", "obj"), "two demands count more than one"),
    (row("call for"), row("call", "obj"), "a particle counts more than a demand"),
    (row("air strike", pos="NOUN"), row("strike", "on", "NOUN"), "a compound counts more than a demand"),
]


@pytest.mark.parametrize(("first", "second", "reason"), MORE_SPECIFIC, ids=[r for *_, r in MORE_SPECIFIC])
def test_the_more_specific_row_comes_first_wherever_it_stands(first: Trigger, second: Trigger, reason: str) -> None:
    word = first.word.split()[0 if first.pos == "VERB" else -1]
    assert index([first, second])[word] == index([second, first])[word] == (first, second), reason


def test_rows_as_specific_keep_the_order_of_the_table() -> None:
    rows = (row("hold", "obj=talks"), row("hold", "obj=hostage"), row("hold", "obj=rally"))
    assert index(rows)["hold"] == rows


INDEXED = [
    ("verbs", "blow", "blow up", "a phrasal verb under its verb"),
    ("verbs", "attack", "attack", "a verb under itself"),
    ("nouns", "strike", "air strike", "a compound under its last word"),
    ("nouns", "talk", "talk", "a noun under its lemma"),
]


@pytest.mark.parametrize(("table", "word", "expected", "reason"), INDEXED)
def test_where_a_row_is_found(table: str, word: str, expected: str, reason: str) -> None:
    assert expected in {t.word for t in getattr(load(), table)[word]}, reason


def test_no_row_of_the_tables_is_lost() -> None:
    lexicon = load()
    for found, name in ((lexicon.verbs, "verbs"), (lexicon.nouns, "nouns"), (lexicon.adjectives, "adjectives")):
        assert sum(map(len, found.values())) == len(tables.read(f"triggers_{name}")) > 0
    assert sum(map(len, lexicon.governors.values())) == len(tables.read("triggers_governors")) > 0
    assert load() is lexicon


def test_a_noun_needs_a_light_verb_only_where_its_row_says_so() -> None:
    cells = {"needs": "", "type": "CONSULT", "mode": "", "actor": "by|-", "recipient": "with", "example": ""}
    assert trigger(cells | {"alone": "yes"}, "talk", "NOUN").alone
    assert not trigger(cells | {"alone": "no"}, "talk", "NOUN").alone
    assert trigger(cells | {"reciprocal": "yes"}, "talk", "NOUN").reciprocal
    assert trigger(cells, "talk", "NOUN").mode is None
