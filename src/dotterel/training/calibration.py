"""Makes probabilities mean what they say: fits temperature, bias and the lexicon's weight; measures what is amiss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Table = NDArray[np.float64]

STEPS, RATE = 400, 0.05
BINS = 10


@dataclass(frozen=True, slots=True)
class Calibration:
    """What makes scores probabilities: softmax(scores / temperature + weight * log lexicon + bias for NONE)."""

    temperature: float
    none_bias: float
    lexicon_weight: float


def calibrate(
    scores: Table,
    lexicon: Table | None,
    gold: NDArray[np.int64],
    *,
    with_none: bool = True,
    lexicon_weight: float | None = None,
) -> Calibration:
    """The calibration under which the gold labels are most likely.

    `scores` and `lexicon` are n by types (NONE first), the latter probabilities or None for a codebook the lexicon
    does not know; `gold` holds n positions. Without NONE among the types there is no bias for it. The lexicon's weight
    is fitted too, unless it is given.
    """
    told, right = torch.from_numpy(scores), torch.from_numpy(gold)
    opinion = torch.zeros_like(told) if lexicon is None else torch.from_numpy(np.log(lexicon))
    cold, bias, weight = (torch.zeros((), dtype=torch.float64, requires_grad=True) for _ in range(3))
    fitted = lexicon is not None and lexicon_weight is None
    if lexicon is not None:
        weight.data.fill_(lexicon_weight or 0.0)
    free = [cold, *([bias] if with_none else []), *([weight] if fitted else [])]
    optimiser = torch.optim.Adam(free, lr=RATE)
    for _ in range(STEPS):
        optimiser.zero_grad()
        whole = told / cold.exp() + weight * opinion
        whole = torch.cat([whole[:, :1] + bias, whole[:, 1:]], dim=1)
        torch.nn.functional.cross_entropy(whole, right).backward()
        optimiser.step()
    return Calibration(cold.exp().item(), bias.item(), max(0.0, weight.item()))


def calibration_error(probabilities: Table, gold: NDArray[np.int64]) -> float:
    """Expected calibration error: the mean distance of belief and rightness over ten bins of belief, by their size."""
    belief, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == gold
    bins = np.minimum((belief * BINS).astype(int), BINS - 1)
    gaps = (abs(belief[bins == b].mean() - right[bins == b].mean()) * (bins == b).mean() for b in set(bins))
    return float(sum(gaps))
