"""Marked sentences as token numbers: where the marks stand, and what a long sentence keeps."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from dotterel.errors import ModelError
from dotterel.events.marking import MAX_TOKENS, Marker, Offsets, window
from dotterel.settings import CLASSIFIER

SENTENCE = "Kenya condemned Sudan."


@lru_cache(maxsize=1)
def marker() -> Marker:
    return Marker(CLASSIFIER / "tokenizer.json")


def words(sentence: str, actor: Offsets | None, recipient: Offsets | None) -> str:
    """A marking read back: < and > about the actor, { and } about the recipient."""
    marking = marker().mark([(sentence, actor, recipient)])[0]
    signs = dict(zip(marker().marks, "<>{}", strict=True))
    return " ".join(signs.get(i) or marker().tokenizer.id_to_token(i) for i in marking.ids)


ROWS = [
    (SENTENCE, (0, 5), (16, 21), "[CLS] < kenya > condemned { sudan } . [SEP]", "actor first"),
    (SENTENCE, (16, 21), (0, 5), "[CLS] { kenya } condemned < sudan > . [SEP]", "recipient first"),
    (SENTENCE, (0, 5), None, "[CLS] < kenya > condemned sudan . [SEP]", "recipient untold"),
    (SENTENCE, None, None, "[CLS] kenya condemned sudan . [SEP]", "nobody told"),
    ("US-backed Syria", (0, 2), (10, 15), "[CLS] < us > - backed { syria } [SEP]", "a span inside a written word"),
    ("Kenya Sudan", (0, 5), (6, 11), "[CLS] < kenya > { sudan } [SEP]", "one opens where the other closes"),
    ("Kenya's ally", (0, 12), (0, 5), "[CLS] < { kenya } ' s ally > [SEP]", "a span within a span"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "actor", "recipient", "expected", "reason"), ROWS, ids=[r[-1] for r in ROWS])
def test_marks(sentence: str, actor: Offsets | None, recipient: Offsets | None, expected: str, reason: str) -> None:
    assert words(sentence, actor, recipient) == expected, reason


def test_places_are_those_of_the_opening_marks() -> None:
    marking = marker().mark([(SENTENCE, (16, 21), (0, 5))])[0]
    assert [marking.ids[p] for p in marking.places] == [marker().first, marker().marks[0], marker().marks[2]]
    assert marker().mark([(SENTENCE, None, (0, 5))])[0].places[:2] == (0, 0)


@pytest.mark.parametrize(
    ("length", "spans", "expected", "reason"),
    [
        (20, [(3, 4)], (0, 20), "short enough"),
        (400, [(0, 2), (8, 9)], (0, MAX_TOKENS), "both at the beginning"),
        (400, [(200, 202), (220, 222)], (136, 136 + MAX_TOKENS), "both in the middle, which the window is laid about"),
        (400, [(390, 392), (395, 400)], (320, 400), "both at the end"),
        (400, [(10, 12), (390, 392)], (10, 10 + MAX_TOKENS), "too far apart: the first is kept"),
        (400, [], (0, MAX_TOKENS), "no span"),
    ],
)
def test_window(length: int, spans: list[Offsets], expected: Offsets, reason: str) -> None:
    assert window(length, spans) == expected, reason


def test_a_long_sentence_is_cut_around_its_spans() -> None:
    sentence = "and so on " * 200 + "Kenya condemned Sudan" + " and so on" * 200
    start = sentence.index("Kenya")
    told = words(sentence, (start, start + 5), (start + 16, start + 21))
    assert "< kenya > condemned { sudan }" in told
    assert len(told.split()) == MAX_TOKENS + 6  # first, last and four marks


@pytest.mark.parametrize(
    ("content", "reason"), [("{", "no JSON"), ('{"version": "1.0"}', "no tokenizer"), (None, "no file")]
)
def test_a_broken_tokenizer_is_named(tmp_path: Path, content: str | None, reason: str) -> None:
    path = tmp_path / "tokenizer.json"
    if content is not None:
        path.write_text(content)
    with pytest.raises(ModelError, match=r"tokenizer\.json"):
        Marker(path)


def test_a_tokenizer_without_the_marks_is_refused(tmp_path: Path) -> None:
    text = (CLASSIFIER / "tokenizer.json").read_text(encoding="utf-8").replace("[unused3]", "[other3]")
    (tmp_path / "tokenizer.json").write_text(text, encoding="utf-8")
    with pytest.raises(ModelError, match="unused3"):
        Marker(tmp_path / "tokenizer.json")
