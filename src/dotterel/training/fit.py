"""Fits the network to labelled pairs: the same data and seed give the same weights on the same machine."""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import cross_entropy

from dotterel.events.marking import Marker, Marking
from dotterel.training.corpus import NONE, Pair
from dotterel.training.network import MarkedNetwork, base_folder, tensors

IGNORED = -100  # a label that is not told
BATCH = 32
LENGTH_STEP = 8  # tokens; pairs of like length share a batch
MODE_SHARE, STATUS_SHARE, PLV_SHARE = 0.3, 0.5, 0.7  # weight of those heads' loss beside the types'
SMOOTHING = 0.05
NONE_SHARE = 0.7  # pairs without an act, as a multiple of those with one, drawn anew each epoch
ENCODER_RATE, HEAD_RATE = 1e-4, 1e-3
WARM_UP = 0.1  # share of the steps
AVERAGING = 0.998  # of the weights over the steps

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Scheme:
    """The labels of a classifier, in the order of its scores."""

    types: tuple[str, ...]  # NONE first
    modes: tuple[tuple[str, str], ...]  # type and mode; an empty mode is none in particular
    statuses: tuple[str, ...]
    plv: tuple[str, ...]  # types of the fifteen-type scheme; empty for a codebook of the user's

    @property
    def sizes(self) -> tuple[int, int, int, int]:
        """How many scores each head gives."""
        return len(self.types), len(self.modes), len(self.statuses), len(self.plv)

    def targets(self, pair: Pair) -> tuple[int, int, int, int]:
        """Positions of a pair's type, mode, status and type in the other scheme; IGNORED for what is not told."""
        mode = (pair.type, pair.mode)
        return (
            self.types.index(pair.type),
            self.modes.index(mode) if mode in self.modes else IGNORED,
            self.statuses.index(pair.status) if pair.status else IGNORED,
            self.plv.index(pair.plv) if pair.plv else IGNORED,
        )


@dataclass(frozen=True, slots=True)
class Example:
    """A marked pair with its targets."""

    marking: Marking
    targets: tuple[int, int, int, int]


def scheme_of(pairs: Sequence[Pair], statuses: tuple[str, ...], types: Sequence[str] = ()) -> Scheme:
    """The labels that pairs bear: types in the order given, else by name; a type with modes has an empty one too."""
    found = {p.type for p in pairs} - {NONE}
    named = [t for t in types if t in found] or sorted(found)
    told = {(p.type, p.mode) for p in pairs if p.mode}
    modes = sorted(told | {(kind, "") for kind, _ in told}, key=lambda m: (named.index(m[0]), m[1]))
    return Scheme((NONE, *named), tuple(modes), statuses, tuple(sorted({p.plv for p in pairs if p.plv})))


def examples_of(pairs: Sequence[Pair], scheme: Scheme) -> list[Example]:
    """Pairs marked and with targets."""
    markings = Marker(base_folder() / "tokenizer.json").mark([p.marked for p in pairs])
    return [Example(m, scheme.targets(p)) for m, p in zip(markings, pairs, strict=True)]


def fit(pairs: Sequence[Pair], scheme: Scheme, *, epochs: int, seed: int, tell: Tell) -> MarkedNetwork:
    """A network fitted to the pairs. `tell` gets a line an epoch."""
    torch.manual_seed(seed)
    dice = random.Random(seed)
    network = MarkedNetwork(sum(scheme.sizes))
    examples = examples_of(pairs, scheme)
    steps = epochs * len(list(batches(drawn(examples, random.Random(seed)), random.Random(seed))))
    optimiser = torch.optim.AdamW(parameter_groups(network), fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda step: pace(step, steps))
    average = Average(network)
    for epoch in range(1, epochs + 1):
        network.train()
        losses = []
        for batch in batches(drawn(examples, dice), dice):
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=half_precision()):
                loss = loss_of(network, batch, scheme)
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            average.add(network)
            losses.append(loss.item())
        tell(f"epoch {epoch} of {epochs}: mean loss {np.mean(losses):.3f}")
    average.put_into(network)
    network.eval()
    return network


def half_precision() -> bool:
    """Does this processor compute in bfloat16? A step then takes half the time."""
    return bool(torch.ops.mkldnn._is_mkldnn_bf16_supported())


def drawn(examples: Sequence[Example], dice: random.Random) -> list[Example]:
    """Every act, and as many pairs without one as NONE_SHARE says."""
    acts = [e for e in examples if e.targets[0]]
    silent = [e for e in examples if not e.targets[0]]
    return acts + dice.sample(silent, min(len(silent), math.ceil(NONE_SHARE * len(acts))))


def batches(examples: Sequence[Example], dice: random.Random) -> Iterator[list[Example]]:
    """Batches of like length, in random order."""
    mixed = dice.sample(examples, len(examples))
    by_length = sorted(mixed, key=lambda e: len(e.marking.ids) // LENGTH_STEP)
    found = []
    for _, group in groupby(by_length, key=lambda e: len(e.marking.ids) // LENGTH_STEP):
        alike = list(group)
        found += [alike[i : i + BATCH] for i in range(0, len(alike), BATCH)]
    dice.shuffle(found)
    return iter(found)


def loss_of(network: MarkedNetwork, batch: Sequence[Example], scheme: Scheme) -> Tensor:
    """The loss of a batch: types first, the other heads where their labels are told."""
    scores = network(**tensors([e.marking for e in batch]))
    parts = torch.split(scores, scheme.sizes, dim=1)
    targets = torch.tensor([e.targets for e in batch])
    loss = cross_entropy(parts[0], targets[:, 0], label_smoothing=SMOOTHING)
    for head, share, smoothing in ((1, MODE_SHARE, 0.0), (2, STATUS_SHARE, 0.0), (3, PLV_SHARE, SMOOTHING)):
        told = targets[:, head]
        if (told != IGNORED).any():
            loss = loss + share * cross_entropy(parts[head], told, ignore_index=IGNORED, label_smoothing=smoothing)
    return loss


def parameter_groups(network: MarkedNetwork) -> list[dict[str, object]]:
    """The encoder's weights learn slowly, the new heads' fast, the words' vectors stay: a step is quicker so."""
    heads = [*network.middle.parameters(), *network.heads.parameters()]
    network.encoder.embeddings.requires_grad_(False)
    encoder = [weight for weight in network.encoder.parameters() if weight.requires_grad]
    return [
        {"params": encoder, "lr": ENCODER_RATE, "weight_decay": 0.01},
        {"params": heads, "lr": HEAD_RATE, "weight_decay": 0.01},
    ]


def pace(step: int, steps: int) -> float:
    """The share of the learning rate at a step: up, then down to nothing."""
    warm = max(1, int(WARM_UP * steps))
    return (step + 1) / warm if step < warm else max(0.0, (steps - step) / max(1, steps - warm))


class Average:
    """A running average of a network's weights: calmer than the last step's."""

    def __init__(self, network: nn.Module) -> None:
        self.kept = {name: weight.detach().clone() for name, weight in trained(network)}
        self.steps = 0

    def add(self, network: nn.Module) -> None:
        """Take in the weights after a step; the first steps count for little."""
        self.steps += 1
        keep = min(AVERAGING, self.steps / (self.steps + 9))
        for name, weight in trained(network):
            self.kept[name].lerp_(weight.detach(), 1 - keep)

    def put_into(self, network: nn.Module) -> None:
        """Give a network the averaged weights."""
        with torch.no_grad():
            for name, weight in trained(network):
                weight.copy_(self.kept[name])


def trained(network: nn.Module) -> Iterator[tuple[str, nn.Parameter]]:
    """The weights that learn, by name."""
    return ((name, weight) for name, weight in network.named_parameters() if weight.requires_grad)
