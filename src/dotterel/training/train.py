"""From labelled sentences to a classifier in a folder, with figures that tell how well it does."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np

from dotterel import codebook
from dotterel.errors import InputError
from dotterel.events.classify import NONE, plv_table, probabilities, type_table
from dotterel.events.lexical import Opinion, opinions
from dotterel.events.network import CODEBOOK, Labels, Network, Raw
from dotterel.training.calibration import Calibration, calibrate, calibration_error
from dotterel.training.corpus import STATUSES, Pair, read_corpus, split
from dotterel.training.export import export, write_labels
from dotterel.training.fit import Scheme, fit, scheme_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

TRAINED, CALIBRATED = 84, 92  # parts of a hundred: trained on, then calibrated on; the rest measures
EPOCHS, SEED = 8, 20151127
LEAST_SENTENCES = 50
# The lexicon's say, chosen on development sets: the corpus, written to stretch the lexicon, would give it too little.
LEXICON_WEIGHT, PLV_LEXICON_WEIGHT = 0.5, 1.0
UNFITTED = Calibration(1.0, 0.0, 0.0)

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Figures:
    """How well a classifier does on pairs it was not fitted to."""

    pairs: int
    accuracy: float  # NONE counted as a type
    macro_f1: float  # over the types that occur among the pairs, NONE included
    status: float  # share of right statuses among acts
    mode: float  # share of right modes among acts of types that have modes
    error: float  # expected calibration error
    error_before: float  # the same without calibration


def train(
    pairs: Sequence[Pair],
    output: Path,
    *,
    epochs: int = EPOCHS,
    seed: int = SEED,
    tell: Tell,
) -> Figures:
    """Fit a classifier to pairs and write it to a folder; sentences held back calibrate and measure it.

    `tell` gets a line on each step. Raises InputError for too few sentences or fewer than two types,
    OutputError where the folder cannot be written.
    """
    enough(pairs)
    fitted, calibrated, held = split(pairs, TRAINED, CALIBRATED)
    scheme = scheme_of(pairs, STATUSES, [t.name for t in codebook.types()])
    tell(f"{len(pairs):,} pairs: fits to {len(fitted):,}, calibrates on {len(calibrated):,}, measures on {len(held):,}")
    labels = labels_of(scheme, UNFITTED, UNFITTED)
    export(fit(fitted, scheme, epochs=epochs, seed=seed, tell=tell), labels, output)
    network = Network(output)
    labels = calibrated_labels(network, calibrated or fitted, scheme)  # of a small corpus no sentence may be held back
    write_labels(labels, output)
    return measured(network, held or calibrated or fitted, scheme, labels)


def train_own(
    corpus: Path, own_codebook: Path, output: Path, *, folds: int, epochs: int, seed: int = SEED, tell: Tell
) -> list[Figures]:
    """Fit a classifier to a user's labelled sentences and codebook; the figures of a cross-validation before it.

    The folder holds the codebook as well. Raises InputError for a corpus that cannot be read, is too small or has a
    type the codebook lacks, DataError for a codebook that cannot be read.
    """
    types = {t.name for t in codebook.read_codebook(own_codebook)}
    pairs = read_corpus([corpus])
    enough(pairs)
    strange = sorted({p.type for p in pairs} - types - {NONE})
    if strange:
        raise InputError(f"{corpus}: the type {strange[0]!r} is not in {own_codebook}; add it there or relabel")
    with TemporaryDirectory() as scratch:
        found = cross_validated(pairs, folds=folds, epochs=epochs, seed=seed, scratch=Path(scratch), tell=tell)
    tell("fits to the whole corpus")
    train(pairs, output, epochs=epochs, seed=seed, tell=tell)
    shutil.copyfile(own_codebook, output / CODEBOOK)
    return found


def enough(pairs: Sequence[Pair]) -> None:
    """Raises InputError where the pairs are too few to learn from."""
    sentences, types = {p.sentence for p in pairs}, {p.type for p in pairs} - {NONE}
    if len(sentences) < LEAST_SENTENCES or len(types) < 1:
        raise InputError(
            f"the corpus has {len(sentences)} sentences with {len(types)} types; "
            f"at least {LEAST_SENTENCES} sentences and one type beside NONE are needed"
        )


def labels_of(scheme: Scheme, found: Calibration, plv: Calibration, status: Calibration | None = None) -> Labels:
    """The labels file of a scheme and its calibrations."""
    return Labels(
        types=scheme.types,
        modes=scheme.modes,
        statuses=scheme.statuses,
        plv=scheme.plv,
        temperature=found.temperature,
        none_bias=found.none_bias,
        lexicon_weight=found.lexicon_weight,
        plv_temperature=plv.temperature,
        plv_lexicon_weight=plv.lexicon_weight,
        status_temperature=(status or UNFITTED).temperature,
    )


def calibrated_labels(network: Network, pairs: Sequence[Pair], scheme: Scheme) -> Labels:
    """The labels of a network with its calibration on pairs it was not fitted to."""
    raw, told = evidence(network, pairs, scheme)
    targets = np.array([scheme.targets(p) for p in pairs])
    lexicon = type_table(told, scheme.types)
    found = calibrate(raw.types.astype(np.float64), lexicon, targets[:, 0], lexicon_weight=LEXICON_WEIGHT)
    real = targets[:, 2] >= 0
    status = (
        calibrate(raw.statuses[real].astype(np.float64), None, targets[real, 2], with_none=False)
        if real.any()
        else UNFITTED
    )
    acts = targets[:, 3] >= 0
    if not acts.any():
        return labels_of(scheme, found, UNFITTED, status)
    lexicon = plv_table(told, scheme.plv)
    plv = calibrate(
        raw.plv[acts].astype(np.float64),
        None if lexicon is None else lexicon[acts],
        targets[acts, 3],
        with_none=False,
        lexicon_weight=PLV_LEXICON_WEIGHT,
    )
    return labels_of(scheme, found, plv, status)


def evidence(network: Network, pairs: Sequence[Pair], scheme: Scheme) -> tuple[Raw, list[Opinion] | None]:
    """Scores of pairs, and the lexicon's opinions where it knows all types."""
    marked = [p.marked for p in pairs]
    known = {t.name for t in codebook.types()} | {NONE}
    return network.scores(marked), opinions(marked) if set(scheme.types) <= known else None


def measured(network: Network, pairs: Sequence[Pair], scheme: Scheme, labels: Labels) -> Figures:
    """The figures of a classifier on pairs."""
    raw, told = evidence(network, pairs, scheme)
    gold = np.array([scheme.types.index(p.type) for p in pairs])
    table = probabilities(raw.types, type_table(told, scheme.types), labels)
    plain = probabilities(raw.types, None, replace(labels, temperature=1.0, none_bias=0.0))
    targets = np.array([scheme.targets(p) for p in pairs])
    acts = targets[:, 2] >= 0
    with_mode = targets[:, 1] >= 0
    return Figures(
        pairs=len(pairs),
        accuracy=float((table.argmax(1) == gold).mean()),
        macro_f1=macro_f1(gold, table.argmax(1)),
        status=share(raw.statuses[acts].argmax(1) == targets[acts, 2]),
        mode=share(raw.modes[with_mode].argmax(1) == targets[with_mode, 1]) if scheme.modes else float("nan"),
        error=calibration_error(table, gold),
        error_before=calibration_error(plain, gold),
    )


def share(right: NDArray[np.bool_]) -> float:
    """How many are right, of one; not a number where there are none."""
    return float(right.mean()) if right.size else float("nan")


def macro_f1(gold: NDArray[np.int64], found: NDArray[np.int64]) -> float:
    """Mean F1 of the labels that occur in gold."""
    scores = []
    for label in np.unique(gold):
        right = ((gold == label) & (found == label)).sum()
        scores.append(2 * right / ((gold == label).sum() + (found == label).sum()))
    return float(np.mean(scores))


def cross_validated(
    pairs: Sequence[Pair], *, folds: int, epochs: int, seed: int, scratch: Path, tell: Tell
) -> list[Figures]:
    """The figures of each fold: fitted to the others, measured on it. Sentences are dealt out whole."""
    sentences = sorted({p.sentence for p in pairs})
    random.Random(seed).shuffle(sentences)
    fold_of = {sentence: at % folds for at, sentence in enumerate(sentences)}
    scheme = scheme_of(pairs, STATUSES, [t.name for t in codebook.types()])
    labels = labels_of(scheme, UNFITTED, UNFITTED)
    found = []
    for fold in range(folds):
        tell(f"fold {fold + 1} of {folds}")
        fitted = [p for p in pairs if fold_of[p.sentence] != fold]
        export(fit(fitted, scheme, epochs=epochs, seed=seed, tell=tell), labels, scratch / str(fold))
        held = [p for p in pairs if fold_of[p.sentence] == fold]
        found.append(measured(Network(scratch / str(fold)), held, scheme, labels))
    return found
