"""Groups of events that are one act, from judgements of pairs: the same groups in whatever order they come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from dotterel.linking.compare import SAME

Pair = tuple[str, str]  # ids of two events, the smaller first


def components(items: Iterable[str], pairs: Iterable[Pair]) -> list[tuple[str, ...]]:
    """The items joined by any chain of pairs, each group sorted, the groups by their smallest item."""
    root = {item: item for item in items}

    def top(item: str) -> str:
        while root[item] != item:
            root[item] = item = root[root[item]]
        return item

    for a, b in pairs:
        low, high = sorted((top(a), top(b)))
        root[high] = low
    found: dict[str, list[str]] = {}
    for item in sorted(root):
        found.setdefault(top(item), []).append(item)
    return [tuple(group) for group in found.values()]


def groups(
    items: Sequence[str], scores: Mapping[Pair, float], joined: Iterable[Pair] = (), parted: Iterable[Pair] = ()
) -> list[tuple[str, ...]]:
    """The items of a component as acts: the two groups whose members are on average the surest to be one are joined,
    again and again, as long as that mean says so.

    `joined` and `parted` are pairs a user has decided on; they are kept whatever the scores say. A pair without a
    score is taken for different.
    """
    starts = components(items, joined)
    kept = [pair for pair in parted if not any(pair[0] in group and pair[1] in group for group in starts)]
    mean = _means(starts, scores)
    for a, b in kept:
        at, to = (next(n for n, group in enumerate(starts) if item in group) for item in (a, b))
        mean[at, to] = mean[to, at] = -np.inf
    return _merged([list(group) for group in starts], mean)


def _means(starts: Sequence[tuple[str, ...]], scores: Mapping[Pair, float]) -> np.ndarray:
    """Mean score between each two groups; below all scores on the diagonal."""
    mean = np.full((len(starts), len(starts)), -np.inf)
    for at, one in enumerate(starts):
        for to in range(at):
            found = [scores.get((min(a, b), max(a, b)), 0.0) for a in one for b in starts[to]]
            mean[at, to] = mean[to, at] = sum(sorted(found)) / len(found)
    return mean


def _merged(found: list[list[str]], mean: np.ndarray) -> list[tuple[str, ...]]:
    """Average linkage: the best pair of groups first, of equals the one with the smallest items."""
    while len(found) > 1:
        mean = np.round(mean, 9)  # the same mean by another way of adding up is the same
        at, to = divmod(int(mean.argmax()), len(found))
        if mean[at, to] < SAME:
            break
        one, other = len(found[at]), len(found[to])  # at < to, for the matrix is symmetrical
        joint = (mean[at] * one + mean[to] * other) / (one + other)
        mean[at], mean[:, at] = joint, joint
        mean[at, at] = -np.inf
        mean = np.delete(np.delete(mean, to, 0), to, 1)
        found[at] += found.pop(to)
    return sorted(tuple(sorted(group)) for group in found)
