"""The trained classifier: the only home of ONNX Runtime. Marked sentences in, scores of every question out."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from dotterel import codebook
from dotterel.errors import ModelError
from dotterel.events.marking import Marked, Marker, Marking

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Scores = NDArray[np.float32]

BATCH_TOKENS = 512  # of a batch, padding included: more is slower on one core, whose cache it outgrows
PADDED = 1.05  # the longest of a batch, as a multiple of the shortest: padding costs what words cost, a batch little
SENSE = "sense"  # the network's second output
NETWORK, TOKENIZER, LABELS, CODEBOOK = "model.onnx", "tokenizer.json", "labels.json", "codebook.tsv"


@dataclass(frozen=True, slots=True)
class Labels:
    """What the scores of a classifier stand for, and what its calibration found."""

    types: tuple[str, ...]  # NONE is the first
    modes: tuple[tuple[str, str], ...]  # type and mode; an empty mode is none in particular
    statuses: tuple[str, ...]
    plv: tuple[str, ...]  # types of PLOVER's first, fifteen-type scheme; empty for a codebook of the user's
    temperature: float  # by which the scores of types are divided
    none_bias: float  # added to the score of NONE
    lexicon_weight: float  # of the lexicon's opinion beside the network's; 0 for a codebook it does not know
    plv_temperature: float  # the same for the fifteen-type scheme
    plv_lexicon_weight: float
    status_temperature: float = 1.0  # by which the scores of statuses are divided


@dataclass(frozen=True, slots=True)
class Raw:
    """Uncalibrated scores of n marked pairs."""

    types: Scores  # n by types
    modes: Scores  # n by modes
    statuses: Scores  # n by statuses
    plv: Scores  # n by types of the fifteen-type scheme


class Network:
    """A classifier in a folder: model.onnx, tokenizer.json and labels.json.

    Raises ModelError where a file is missing or broken, naming the folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.labels = read_labels(folder / LABELS)
        self.marker = Marker(folder / TOKENIZER)
        self.session = session(folder / NETWORK)

    def scores(self, items: Sequence[Marked]) -> Raw:
        """Scores of each marked pair, in order; pairs of like length are computed together."""
        marked = self.marker.mark(items)
        labels = self.labels
        sizes = (len(labels.types), len(labels.modes), len(labels.statuses), len(labels.plv))
        found = np.zeros((len(items), sum(sizes)), dtype=np.float32)
        for batch in batches([len(m.ids) for m in marked]):
            found[batch] = self.session.run(["scores"], feed([marked[i] for i in batch]))[0]
        return Raw(*np.split(found, np.cumsum(sizes)[:-1], axis=1))

    def sense(self, sentence: str) -> Scores:
        """The mean of the sentence's last hidden layer: near for sentences of like sense.

        One sentence a run: one-byte weights round by what else is in a batch, and a sentence must always have the
        same vector. Raises ModelError where the network was exported without it.
        """
        if SENSE not in {output.name for output in self.session.get_outputs()}:
            raise ModelError(f"the classifier {self.folder} tells no sense of sentences; train or install it again")
        (found,) = self.session.run([SENSE], feed(self.marker.mark([(sentence, None, None)])))
        vector: Scores = found[0]
        return vector


def feed(markings: Sequence[Marking]) -> dict[str, NDArray[np.int64]]:
    """The arrays the network takes: token numbers padded with zeros, which of them count, and where to read."""
    width = max(len(m.ids) for m in markings)
    ids = np.zeros((len(markings), width), dtype=np.int64)
    for row, marking in enumerate(markings):
        ids[row, : len(marking.ids)] = marking.ids
    places = np.array([m.places for m in markings], dtype=np.int64)
    return {"ids": ids, "mask": (ids != 0).astype(np.int64), "places": places}


def batches(lengths: Sequence[int]) -> list[list[int]]:
    """Positions in batches of like length, so that little is padding."""
    found: list[list[int]] = []
    for at in sorted(range(len(lengths)), key=lambda i: lengths[i]):
        full = found and (len(found[-1]) + 1) * lengths[at] > BATCH_TOKENS
        if not found or full or lengths[at] > PADDED * lengths[found[-1][0]]:
            found.append([])
        found[-1].append(at)
    return found


def session(path: Path) -> Any:
    """The ONNX Runtime session of a model file, on one thread: the coder's processes share the cores.

    Without the arena it keeps 120 MB less, and is as fast.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the runtime has many error classes of its own
        raise ModelError(f"the classifier {path} cannot be loaded ({error}); train or install it again") from None


def read_labels(path: Path) -> Labels:
    """The labels file of a classifier. Raises ModelError where it is missing or not as `dotterel train` writes it."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return Labels(
            types=tuple(told["types"]),
            modes=tuple((kind, mode) for kind, mode in told["modes"]),
            statuses=tuple(told["statuses"]),
            plv=tuple(told["plv"]),
            temperature=float(told["temperature"]),
            none_bias=float(told["none_bias"]),
            lexicon_weight=float(told["lexicon_weight"]),
            plv_temperature=float(told["plv_temperature"]),
            plv_lexicon_weight=float(told["plv_lexicon_weight"]),
            status_temperature=float(told.get("status_temperature", 1.0)),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelError(f"no classifier in {path.parent}: {LABELS} cannot be read ({error!r})") from None


@lru_cache(maxsize=4)
def load(folder: Path) -> Network:
    """The classifier of a folder, loaded once a process; its codebook, where it has one of its own, is adopted."""
    own = folder / CODEBOOK
    if own.is_file():
        codebook.adopt(own)
    return Network(folder)
