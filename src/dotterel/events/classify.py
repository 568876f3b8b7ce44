"""What kind of act, if any, links this actor to this recipient? The trained classifier and the lexicon together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np

from dotterel.errors import InputError
from dotterel.events import network
from dotterel.events.lexical import Opinion, opinions
from dotterel.events.marking import Marked, Offsets
from dotterel.events.network import Labels, Network, Raw
from dotterel.settings import CLASSIFIER, MODEL

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Table = NDArray[np.float64]

NONE = "NONE"
Span = Offsets | str | None


@dataclass(frozen=True, slots=True)
class Classification:
    """What links a marked actor to a marked recipient."""

    types: dict[str, float]  # probability of each type and of NONE; they sum to one
    plv: dict[str, float]  # probability of each of the fifteen types of PLOVER's first version, were there an act
    mode: str | None  # how the most probable act is done, where one is likelier than none
    status: str  # occurred, ongoing, planned, proposed, hypothetical or negated, were there an act
    statuses: dict[str, float]  # probability of each of those six, were there an act

    @property
    def type(self) -> str:
        """The most probable type, NONE included."""
        return max(self.types, key=lambda name: self.types[name])


class Classifier(Protocol):
    """Names the act between marked spans."""

    def classify_many(self, items: Sequence[Marked]) -> list[Classification]:
        """The classification of each marked sentence, in order."""
        ...


class TrainedClassifier:
    """A classifier in a folder, with the lexicon's opinion where the two were fitted together.

    Raises ModelError where the folder holds none.
    """

    def __init__(self, folder: Path = CLASSIFIER, model: str = MODEL) -> None:
        self.network: Network = network.load(folder)
        self.model = model

    def classify_many(self, items: Sequence[Marked]) -> list[Classification]:
        """The classification of each marked sentence, in order."""
        labels = self.network.labels
        told = opinions(items, self.model) if labels.lexicon_weight else None
        return classifications(self.network.scores(items), told, labels)


def classifications(raw: Raw, told: Sequence[Opinion] | None, labels: Labels) -> list[Classification]:
    """Scores and the lexicon's opinions as classifications."""
    types = probabilities(raw.types, type_table(told, labels.types), labels)
    plv = plv_probabilities(raw.plv, plv_table(told, labels.plv), labels)
    statuses = softmax(raw.statuses.astype(np.float64) / labels.status_temperature)
    return [
        Classification(
            types=dict(zip(labels.types, map(float, types[at]), strict=True)),
            plv=dict(zip(labels.plv, map(float, plv[at]), strict=True)),
            mode=mode_of(labels.types[1 + int(types[at, 1:].argmax())], raw.modes[at], labels),
            status=labels.statuses[int(raw.statuses[at].argmax())],
            statuses=dict(zip(labels.statuses, map(float, statuses[at]), strict=True)),
        )
        for at in range(len(types))
    ]


def type_table(told: Sequence[Opinion] | None, names: Sequence[str]) -> Table | None:
    """Opinions on types as a table, n by names."""
    return None if told is None else table([opinion.types for opinion in told], names)


def plv_table(told: Sequence[Opinion] | None, names: Sequence[str]) -> Table | None:
    """Opinions in the fifteen-type scheme as a table, n by names."""
    return None if told is None else table([opinion.plv for opinion in told], names)


def table(rows: Sequence[Mapping[str, float]], names: Sequence[str]) -> Table:
    """The named values of each row, n by names, whether or not there are any rows."""
    return np.array([[row[name] for name in names] for row in rows], dtype=np.float64).reshape(len(rows), len(names))


def probabilities(scores: NDArray[np.floating], lexicon: Table | None, labels: Labels) -> Table:
    """Calibrated probabilities, n by types: softmax(scores / temperature + weight * log lexicon + bias for NONE)."""
    whole = scores.astype(np.float64) / labels.temperature
    if lexicon is not None:
        whole = whole + labels.lexicon_weight * np.log(lexicon)
    whole[:, 0] += labels.none_bias
    return softmax(whole)


def plv_probabilities(scores: NDArray[np.floating], lexicon: Table | None, labels: Labels) -> Table:
    """The same for the fifteen types, where an act is taken for granted."""
    whole = scores.astype(np.float64) / labels.plv_temperature
    if lexicon is not None and scores.size:
        whole = whole + labels.plv_lexicon_weight * np.log(lexicon)
    return softmax(whole)


def softmax(scores: Table) -> Table:
    """Probabilities from scores, along the last axis."""
    if not scores.size:
        return scores
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))


def mode_of(kind: str, scores: NDArray[np.float32], labels: Labels) -> str | None:
    """The likeliest mode of a type; None where it has none."""
    own = [at for at, (of, _) in enumerate(labels.modes) if of == kind]
    return (labels.modes[max(own, key=lambda at: scores[at])][1] or None) if own else None


def span_in(sentence: str, span: Span) -> Offsets | None:
    """Offsets of a span given as offsets or as a substring; None stays None.

    Raises InputError where the substring is not in the sentence or the offsets lie outside it.
    """
    if span is None:
        return None
    if isinstance(span, str):
        start = sentence.find(span)
        if not span or start < 0:
            raise InputError(f"the span {span!r} is not in the sentence; give its words as written, or its offsets")
        return start, start + len(span)
    start, end = span
    if not 0 <= start < end <= len(sentence):
        raise InputError(f"the span {span} lies outside the sentence of {len(sentence)} characters")
    return start, end


def classify(sentence: str, actor: Span, recipient: Span) -> Classification:
    """The act between two marked spans of a sentence: all types with their probabilities, mode and status.

    Spans are (start, end) offsets or substrings; None for a party the sentence does not tell.
    Raises InputError for a span that is not in the sentence.
    """
    return classify_many([(sentence, actor, recipient)])[0]


def classify_many(items: Sequence[tuple[str, Span, Span]]) -> list[Classification]:
    """`classify` for many sentences at once, in order; pairs of one sentence are cheapest side by side."""
    marked = [
        (sentence, span_in(sentence, actor), span_in(sentence, recipient)) for sentence, actor, recipient in items
    ]
    return TrainedClassifier().classify_many(marked)
