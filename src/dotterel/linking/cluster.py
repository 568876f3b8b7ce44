"""Groups of events that are one act, from judgements of pairs: the same groups in whatever order they come."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import heappop, heappush

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
    items: Iterable[str],
    scores: Mapping[Pair, float],
    joined: Iterable[Pair] = (),
    apart: Callable[[str, str], bool] = lambda one, other: False,
) -> list[tuple[str, ...]]:
    """The items of a component as acts: the two groups whose members are on average the surest to be one are joined,
    again and again, as long as that mean says so.

    `joined` are pairs a user has decided on, whatever the scores say; no two items that are `apart` come together but
    by those. A pair without a score is taken for different. The time is that of the pairs with a score, not of all.
    """
    merging = _Merging(components(items, joined), scores)
    while best := merging.best():
        one, other = best
        if any(apart(a, b) for a in merging.groups[one] for b in merging.groups[other]):
            merging.forbid(one, other)
        else:
            merging.join(one, other)
    return sorted(tuple(sorted(group)) for group in merging.groups.values())


class _Merging:
    """Groups under way, by number, and the sums of the scores between each two that have any."""

    def __init__(self, starts: Sequence[tuple[str, ...]], scores: Mapping[Pair, float]) -> None:
        self.groups = {number: list(group) for number, group in enumerate(starts)}
        self._sums: dict[int, dict[int, float]] = {number: {} for number in self.groups}
        self._heap: list[tuple[float, int, int]] = []  # the best mean first, of equals that of the smallest items
        place = {item: number for number, group in self.groups.items() for item in group}
        # By size, so that the same sums come of any order.
        for (a, b), score in sorted(scores.items(), key=lambda told: told[1]):
            one, other = place[a], place[b]
            if one != other:
                self._sums[one][other] = self._sums[other][one] = self._sums[one].get(other, 0.0) + score
        for number, others in self._sums.items():
            for other in others:
                self._note(number, other)

    def best(self) -> tuple[int, int] | None:
        """The two groups that are the surest to be one act; None where no two are likelier one than two."""
        while self._heap:
            mean, one, other = heappop(self._heap)
            if other in self._sums.get(one, ()) and -mean == self._mean(one, other):
                return one, other
        return None

    def join(self, one: int, other: int) -> None:
        """Make one group of two; it has the number of the first."""
        self.groups[one] += self.groups.pop(other)
        self.forbid(one, other)
        for third, total in self._sums.pop(other).items():
            del self._sums[third][other]
            self._sums[one][third] = self._sums[third][one] = self._sums[one].get(third, 0.0) + total
        for third in self._sums[one]:
            self._note(min(one, third), max(one, third))

    def forbid(self, one: int, other: int) -> None:
        """Leave two groups two. Whatever they grow to will hold what keeps them apart."""
        del self._sums[one][other], self._sums[other][one]

    def _note(self, one: int, other: int) -> None:
        if one < other and (mean := self._mean(one, other)) >= SAME:
            heappush(self._heap, (-mean, one, other))

    def _mean(self, one: int, other: int) -> float:
        """Rounded, for the same mean by another way of adding up is the same."""
        return round(self._sums[one][other] / (len(self.groups[one]) * len(self.groups[other])), 9)
