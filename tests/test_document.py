"""Our copy of a parsed text answers as spaCy's own document does."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from spacy.tokens import Doc as Original

from dotterel.document import Doc
from dotterel.parsing import load, read_off

TEXTS = [
    ("", "nothing at all"),
    ("\n \n", "white space alone"),
    ("Chad  recalled\tits envoy. ", "doubled, tabbed and trailing blanks"),
    ("Oslo talks\n\nMr. Berg met Gen. Holm and two aides in St. Gallen on Friday.", "title, names, coordination"),
    ("“We will not wait,” she said; they, however, did — a hearing is set on the case today.", "crossing branches"),
    ("( . ) — said Ann Roe, who ... of Lima", "signs beside words"),
]
PLAIN = [
    *("i", "idx", "text", "whitespace_", "lower_", "lemma_", "tag_", "pos_", "dep_", "ent_type_", "ent_iob_"),
    *("is_alpha", "is_upper", "is_lower", "is_title", "is_space", "is_punct", "is_stop", "like_num"),
]
MANY = ["children", "lefts", "rights", "subtree", "ancestors", "conjuncts"]
ONE = ["head", "left_edge", "right_edge"]


def both(text: str) -> tuple[Original, Doc]:
    original = load()(text)
    return original, read_off(original)


def bounds(span: Any) -> tuple[int, int] | None:
    return None if span is None else (span.start, span.end)


@pytest.mark.parametrize(("text", "reason"), TEXTS)
def test_words_answer_as_spacys(text: str, reason: str) -> None:
    for theirs, ours in zip(*both(text), strict=True):
        assert [getattr(theirs, name) for name in PLAIN] == [getattr(ours, name) for name in PLAIN], reason
        assert bool(theirs.is_sent_start) == ours.is_sent_start, reason
        for name in MANY:
            assert [t.i for t in getattr(theirs, name)] == [t.i for t in getattr(ours, name)], (reason, name)
        for name in ONE:
            assert getattr(theirs, name).i == getattr(ours, name).i, (reason, name)
        assert (theirs.sent.start, theirs.sent.end) == (ours.sent.start, ours.sent.end), reason


@pytest.mark.parametrize(("text", "reason"), TEXTS)
def test_slices_answer_as_spacys(text: str, reason: str) -> None:
    original, copy = both(text)
    assert [(e.start, e.end, e.label_) for e in original.ents] == [(e.start, e.end, e.label_) for e in copy.ents]
    for a, b in product(range(-len(copy), len(copy) + 1), repeat=2):
        theirs, ours = original[a:b], copy[a:b]
        assert (theirs.start, theirs.end, theirs.text) == (ours.start, ours.end, ours.text), reason
        if len(ours):
            assert (theirs.root.i, theirs.sent.start) == (ours.root.i, ours.sent.start), (reason, ours)
            assert [e.start for e in theirs.ents] == [e.start for e in ours.ents], reason


@pytest.mark.parametrize(("text", "reason"), TEXTS)
def test_characters_answer_as_spacys(text: str, reason: str) -> None:
    original, copy = both(text)
    for a in range(-2, len(text) + 2):
        for b in range(a + 1, min(a + 9, len(text) + 3)):
            theirs, ours = original.char_span(a, b, alignment_mode="expand"), copy.char_span(a, b)
            assert bounds(theirs) == bounds(ours), (reason, a, b)


def test_a_word_beyond_the_text_is_an_error() -> None:
    _, copy = both("Chad recalled its envoy.")
    with pytest.raises(IndexError):
        copy[0].nbor(-1)
    with pytest.raises(IndexError):
        copy[-1].nbor()
    with pytest.raises(IndexError):
        copy[0:2][2]
