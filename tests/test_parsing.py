"""The parser keeps the text as it is, never lets a sentence cross a line, and says which pipelines it cannot use."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from dotterel.errors import ModelError
from dotterel.parsing import load, parse_many
from parsed import parsed

TEXTS = [
    ("Chad recalled its envoy.", "plain"),
    ("Chad  recalled\tits envoy. ", "doubled, tabbed and trailing blanks"),
    ("\n\nChad recalled its envoy.\n", "blank lines at either end"),
    ("Envoy recalled\r\n\r\nChad recalled its envoy.", "line ends of another system"),
    ("“Señor Núñez isn’t here,” said Łukasz — twice…", "accents and curly marks"),
    ("Протест 🕊 in Kyiv: 3.5€/l, e.g. by 10 a.m.", "letters of another script, a sign beyond the first plane"),
    ("", "nothing at all"),
]


@pytest.mark.parametrize(("text", "reason"), TEXTS)
def test_offsets_count_characters_of_the_text(text: str, reason: str) -> None:
    doc = parsed(text).doc
    assert doc.text == text, reason
    assert all(text[t.idx : t.idx + len(t)] == t.text for t in doc), reason


SENTENCES = [
    (
        "Chad recalled its envoy. Niger protested.",
        ["Chad recalled its envoy.", "Niger protested."],
        "two sentences of a line",
    ),
    ("Niger protests\n\nChad recalled its envoy.", ["Niger protests", "Chad recalled its envoy."], "title and lead"),
    ("Niger protests\nChad recalled its envoy.", ["Niger protests", "Chad recalled its envoy."], "one newline will do"),
    (
        "Chad recalled its envoy on Friday\n\nand Niger did the same",
        ["Chad recalled its envoy on Friday", "and Niger did the same"],
        "a line that stops short, one that begins in lower case",
    ),
    ("\n \n", [], "a sentence has words"),
    ("", [], "an empty text has no sentence"),
    (
        "Mr. Berg met Gen. Holm in St. Gallen.",
        ["Mr. Berg met Gen. Holm in St. Gallen."],
        "abbreviations end no sentence",
    ),
]


@pytest.mark.parametrize(("text", "expected", "reason"), SENTENCES)
def test_sentences(text: str, expected: list[str], reason: str) -> None:
    assert [s.text.strip() for s in parsed(text).sentences] == expected, reason


def test_no_word_depends_on_one_of_another_line() -> None:
    doc = parsed("Kenya and Uganda\n\nsign pact on\n\nMonday, ministers say\n\nThe pact was long in the making").doc
    lines = doc.text.split("\n\n")
    for token in doc:
        together = doc.text[min(token.idx, token.head.idx) : max(token.idx, token.head.idx)]
        assert "\n" not in together or token.is_space or token.head.is_space, (token, token.head, lines)


def test_many_texts_come_back_in_order_and_parsed_as_one_by_one() -> None:
    texts = [f"Minister {n} met the envoy of Chad on day {n}." for n in range(40)]
    many = list(parse_many(texts))
    assert [p.doc.text for p in many] == texts
    for parse_ in many[::8]:
        alone = parsed(parse_.doc.text).doc
        assert [(t.dep_, t.head.i) for t in parse_.doc] == [(t.dep_, t.head.i) for t in alone]


def test_the_pipeline_is_loaded_once() -> None:
    assert load() is load()


def test_a_pipeline_that_is_not_installed_is_named() -> None:
    with pytest.raises(ModelError, match=r"en_no_such_pipeline.*--model"):
        load("en_no_such_pipeline")


@pytest.mark.parametrize(
    ("language", "named", "reason"),
    [
        ("en", "parser", "an English pipeline that cannot parse"),
        ("de", "language de", "a pipeline of another language"),
    ],
)
def test_a_pipeline_that_will_not_do_says_why(tmp_path: Path, language: str, named: str, reason: str) -> None:
    spacy.blank(language).to_disk(tmp_path / language)
    with pytest.raises(ModelError, match=named):
        load(str(tmp_path / language))
