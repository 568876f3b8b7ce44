"""The classifier's folder: what it holds, batches, and what a broken one is told."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from dotterel import codebook
from dotterel.errors import ModelError
from dotterel.events import network
from dotterel.events.network import LABELS, NETWORK, TOKENIZER, batches, read_labels
from dotterel.settings import CLASSIFIER

SENTENCE = "Kenya condemned Sudan while Norway praised Sweden and Chad shelled a village in Niger."


def test_the_classifier_knows_the_codebook() -> None:
    labels = read_labels(CLASSIFIER / LABELS)
    assert labels.types[0] == "NONE"
    assert set(labels.types[1:]) == {t.name for t in codebook.types()}
    assert set(labels.plv) == {t.plv for t in codebook.types()}
    known = {(t.name, m.name) for t in codebook.types() for m in codebook.modes(t.name)}
    assert {(kind, mode) for kind, mode in labels.modes if mode} <= known
    assert labels.lexicon_weight > 0, "the lexicon helps"


def test_the_model_file_is_small() -> None:
    assert (CLASSIFIER / NETWORK).stat().st_size <= 25_000_000


@pytest.mark.parametrize(
    ("lengths", "expected", "reason"),
    [
        ([], [], "nothing"),
        ([30], [[0]], "one"),
        ([41, 40, 42], [[1, 0, 2]], "shortest first, in one batch"),
        ([250, 250, 250], [[0, 1], [2]], "no batch has more tokens than allowed, padding counted"),
        ([10, 200], [[0], [1]], "one long sentence does not pad a short one"),
        ([100, 106], [[0], [1]], "nor one that is a little shorter"),
    ],
)
def test_batches(lengths: list[int], expected: list[list[int]], reason: str) -> None:
    assert batches(lengths) == expected, reason


def test_scores_come_in_the_order_asked() -> None:
    loaded = network.load(CLASSIFIER)
    names = [("Kenya", "Sudan"), ("Norway", "Sweden"), ("Chad", "Niger")]
    spans = [((SENTENCE.index(a), SENTENCE.index(a) + len(a)), (SENTENCE.index(r), SENTENCE.index(r) + len(r)))
             for a, r in names]  # fmt: skip
    items = [(SENTENCE, *pair) for pair in spans]
    items.insert(1, ("Norway praised Sweden. " * 30, (0, 6), (15, 21)))
    scores = loaded.scores(items)
    alone = np.vstack([loaded.scores([item]).types for item in items])
    assert scores.types.shape == (4, len(loaded.labels.types))
    assert (scores.types.argmax(1) == alone.argmax(1)).all()
    assert np.abs(scores.types - alone).max() < 1.5  # in one byte, values are rounded by the range of their batch


def test_nothing_asked_nothing_scored() -> None:
    assert network.load(CLASSIFIER).scores([]).types.shape == (0, len(network.load(CLASSIFIER).labels.types))


def broken(folder: Path, name: str, content: bytes | None) -> Path:
    """A copy of the classifier with one file changed or taken away."""
    folder.mkdir()
    for part in (NETWORK, TOKENIZER, LABELS):
        shutil.copy(CLASSIFIER / part, folder / part)
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_bytes(content)
    return folder


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        (LABELS, None, "no labels"),
        (LABELS, b"not json", "labels are no JSON"),
        (LABELS, b"[]", "labels are no object"),
        (LABELS, b'{"types": ["NONE"]}', "labels lack the rest"),
        (NETWORK, None, "no network"),
        (NETWORK, b"onnx", "a broken network"),
        (TOKENIZER, None, "no tokenizer"),
    ],
)
def test_a_broken_classifier_is_named(tmp_path: Path, name: str, content: bytes | None, reason: str) -> None:
    folder = broken(tmp_path / "own", name, content)
    with pytest.raises(ModelError, match="own"):
        network.load(folder)


def test_labels_may_come_in_any_order_of_keys(tmp_path: Path) -> None:
    told = json.loads((CLASSIFIER / LABELS).read_text(encoding="utf-8"))
    (tmp_path / LABELS).write_text(json.dumps(dict(reversed(told.items()))), encoding="utf-8")
    assert read_labels(tmp_path / LABELS) == read_labels(CLASSIFIER / LABELS)
