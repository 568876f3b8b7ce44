"""A long text is parsed in pieces: joined they are the text, and no sentence is other than in the whole."""

from __future__ import annotations

import pytest

from dotterel.errors import InputError
from dotterel.parsing import load, parse, parse_many, read_off
from dotterel.pieces import batches, pieces
from dotterel.reading.text import WORD_OR_SIGN
from dotterel.settings import MAX_PIECE, MAX_REPORT_WORDS, PARSE_BATCH

ACT = "Kenya condemned Sudan on Sunday. "  # six words and signs
LONG = [
    (ACT.strip() + "\n\n", "paragraphs", "\n"),
    (ACT, "sentences", " "),
    ("Kenya and ", "words", " "),
    ("(", "signs without a blank", "("),
    ("“Never,” he said.”\u2003", "blanks of other kinds", "\u2003"),
]


@pytest.mark.parametrize(("unit", "reason", "end"), LONG, ids=[row[1] for row in LONG])
def test_pieces_are_the_text_and_end_where_it_parts(unit: str, reason: str, end: str) -> None:
    text = unit * (2 * MAX_PIECE)
    found = pieces(text)
    assert "".join(found) == text
    assert all(len(WORD_OR_SIGN.findall(piece)) <= MAX_PIECE for piece in found)
    assert all(piece.endswith(end) for piece in found[:-1]), reason
    assert min(len(piece) for piece in found[:-1]) * 2 >= max(len(piece) for piece in found) - len(unit)


def test_a_text_of_usual_length_is_one_piece() -> None:
    assert pieces("") == [""]
    assert pieces(ACT * (MAX_PIECE // 6)) == [ACT * (MAX_PIECE // 6)]


SIZES = [
    ([10] * 40, [PARSE_BATCH, PARSE_BATCH, 40 - 2 * PARSE_BATCH], "short texts, by number"),
    ([MAX_PIECE // 2] * 4, [2, 2], "long ones, by words"),
    ([5, MAX_PIECE + 1, 5], [1, 1, 1], "a very long one stands alone"),
    ([], [], "none"),
]


@pytest.mark.parametrize(("words", "expected", "reason"), SIZES)
def test_batches_are_bounded_by_number_and_words(words: list[int], expected: list[int], reason: str) -> None:
    found = list(batches("word " * number for number in words))
    assert [len(batch) for batch in found] == expected, reason


def test_a_text_of_too_many_words_is_refused() -> None:
    with pytest.raises(InputError, match="words and signs long"):
        parse("word " * (MAX_REPORT_WORDS + 1))


def test_a_text_in_pieces_is_parsed_as_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each paragraph as spaCy has it in one document: words, offsets, heads, sentences, names."""
    monkeypatch.setattr("dotterel.pieces.MAX_PIECE", 300)
    paragraph = "The foreign minister of Norway met Vladimir Putin in Moscow. “We agreed,” he said.\n\n"
    text = paragraph * 40
    assert len(pieces(text)) == 3
    whole, (found,) = read_off(load()(text)), parse_many([text])
    assert found.text == text
    for one, other in zip(found.doc, whole, strict=True):
        assert (one.text, one.i, one.idx, one.tag_, one.dep_) == (
            other.text,
            other.i,
            other.idx,
            other.tag_,
            other.dep_,
        )
        assert (one.head.i, one.first, one.last) == (other.head.i, other.first, other.last)
    assert [sentence.key for sentence in found.doc.sents] == [sentence.key for sentence in whole.sents]
    assert [entity.key for entity in found.doc.ents] == [entity.key for entity in whole.ents]
    assert found.doc.offsets == whole.offsets
