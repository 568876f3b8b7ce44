"""Where parties stand in a drawing of who stands with whom: friends near, foes apart, steady from period to period."""

from __future__ import annotations

import math
import zlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from dotterel.analysis.needed import library
from dotterel.analysis.network import SEED

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Points = NDArray[np.float64]

Spot = tuple[float, float]  # each from -1 to 1
HOMES = 100  # parties that have a place of their own; others stand near those that they deal with
HOSTILE = 0.05  # how strongly foes hold on to each other, beside friends' 1: enough that none drifts away
STEPS = 60  # of settling
HOLD = 0.35  # how strongly a party holds on to its own place while it settles
FIRST, LAST = 0.09, 0.005  # the farthest that a step goes


def homes(ties: pd.DataFrame, most: int = HOMES) -> dict[str, Spot]:
    """A place of its own for each of the busiest parties, by ties as `Sides` has them, best of all days."""
    signed = ties[ties["sign"] != 0]
    return sprung(list(zip(*(signed[name].tolist() for name in ("a_id", "b_id", "score")), strict=True)), most)


def sprung(ties: Sequence[tuple[str, str, float]], most: int) -> dict[str, Spot]:
    """Places by springs between friends, of the parties with the heaviest ties."""
    networkx = library("networkx")
    weight: dict[str, float] = {}
    for a, b, score in ties:
        for end in (a, b):
            weight[end] = weight.get(end, 0.0) + abs(score)
    kept = sorted(weight, key=lambda one: (-weight[one], one))[:most]
    graph = networkx.Graph()
    graph.add_nodes_from(kept)
    pairs = [(a, b, pull(score)) for a, b, score in ties if a in graph and b in graph]
    graph.add_weighted_edges_from(pairs)
    found = networkx.spring_layout(graph, seed=SEED, iterations=80, k=2 / math.sqrt(max(len(kept), 1)))
    return {one: (float(x), float(y)) for one, (x, y) in spread(found).items()}


def pull(score: float) -> float:
    """How strongly a tie pulls."""
    return 1 + math.log1p(score) if score > 0 else HOSTILE


def spread(found: Mapping[str, Points]) -> dict[str, Spot]:
    """The same places, as far from the middle as there is room for: a crowd in the middle could not be told apart."""
    order = sorted(found, key=lambda one: float(np.hypot(*found[one])))
    made: dict[str, Spot] = {}
    for rank, one in enumerate(order):
        x, y = (float(value) for value in found[one])
        far = math.hypot(x, y) or 1.0
        reach = math.sqrt((rank + 0.5) / len(order))
        made[one] = (x / far * reach, y / far * reach)
    return made


def settled(shown: Sequence[str], ties: Sequence[tuple[str, str, float]], own: Mapping[str, Spot]) -> dict[str, Spot]:
    """Places of the parties shown: each moves a little from its own place, to its friends and away from its foes.

    The same parties and ties stand in the same places again, and alike ones in places that are alike.
    """
    if not shown:
        return {}
    place = {one: number for number, one in enumerate(shown)}
    bonds = np.zeros((len(shown), len(shown)))
    heaviest = max((abs(score) for *_, score in ties), default=1.0) or 1.0
    for a, b, score in ties:
        if a in place and b in place:
            bond = math.copysign(math.sqrt(abs(score) / heaviest), score)
            bonds[place[a], place[b]] = bonds[place[b], place[a]] = bond
    spots = moved(np.array([begun(one, ties, own) for one in shown]), bonds)
    return {one: (round(float(x), 4), round(float(y), 4)) for one, (x, y) in zip(shown, spots, strict=True)}


def begun(one: str, ties: Sequence[tuple[str, str, float]], own: Mapping[str, Spot]) -> Spot:
    """Where a party starts from: its own place, or one beside those that it deals with."""
    if one in own:
        return own[one]
    others = [b if a == one else a for a, b, _ in ties if one in (a, b)]
    near = [own[other] for other in others if other in own]
    turn = zlib.crc32(one.encode()) / 2**32 * math.tau
    reach = 0.15 if near else 0.9
    x, y = (sum(spot[axis] for spot in near) / max(len(near), 1) for axis in (0, 1))
    return x + reach * math.cos(turn), y + reach * math.sin(turn)


def moved(start: Points, bonds: Points) -> Points:
    """The places after settling; `bonds` has what draws two together, above 0, or apart, below."""
    spots = start.copy()
    room = 1.8 / math.sqrt(len(start))  # what each has to itself
    draws, parts = np.maximum(bonds, 0), np.maximum(-bonds, 0)
    for step in range(STEPS):
        apart = spots[:, None] - spots[None, :]
        far = np.maximum(np.linalg.norm(apart, axis=2), 0.01)
        push = (room / far) ** 2 * (1 + parts) - draws * far / room
        np.fill_diagonal(push, 0)
        wish = (apart / far[..., None] * (push * room)[..., None]).sum(axis=1) - HOLD * (spots - start) / room
        length = np.maximum(np.linalg.norm(wish, axis=1, keepdims=True), 1e-9)
        most = FIRST + (LAST - FIRST) * step / STEPS
        spots = np.clip(spots + wish / length * np.minimum(length, most), -1, 1)
    return spots
