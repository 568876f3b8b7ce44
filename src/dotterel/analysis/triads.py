"""Balance: three parties with three signed ties, and whether a friend's foe is a foe."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

Signs = Mapping[tuple[str, str], int]  # a pair of parties in order -> 1 or -1
KINDS = {
    3: "all friends",
    1: "a friend of two foes",
    -1: "two friends against one",
    -3: "all foes",
}  # by the sum of the three signs


def triads_of(signs: Signs, names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Every three parties with three signed ties."""
    later: dict[str, set[str]] = defaultdict(set)
    for a, b in signs:
        later[a].add(b)
    for a, b in sorted(signs):
        for c in sorted(later[a] & later[b]):
            ab, ac, bc = (signs[pair] for pair in ((a, b), (a, c), (b, c)))
            yield {
                "a": names[a], "b": names[b], "c": names[c], "ab": ab, "ac": ac, "bc": bc,
                "balanced": ab * ac * bc > 0, "kind": KINDS[ab + ac + bc],
            }  # fmt: skip


def triads_counted(signs: Signs) -> tuple[Counter[str], Counter[str]]:
    """How many triads each party is part of, and how many of these are in balance.

    The friends and the foes of a party are bits of two numbers, so that those of two parties are compared at once:
    many parties have far more triads than could be listed while somebody waits.
    """
    place = {one: number for number, one in enumerate(sorted({end for pair in signs for end in pair}))}
    friends, foes = [0] * len(place), [0] * len(place)
    for (a, b), sign in signs.items():
        of = friends if sign > 0 else foes
        of[place[a]] |= 1 << place[b]
        of[place[b]] |= 1 << place[a]
    part: Counter[str] = Counter()
    good: Counter[str] = Counter()
    for (a, b), sign in signs.items():
        i, j = place[a], place[b]
        alike = (friends[i] & friends[j]).bit_count() + (foes[i] & foes[j]).bit_count()
        unlike = (friends[i] & foes[j]).bit_count() + (foes[i] & friends[j]).bit_count()
        for end in (a, b):
            part[end] += alike + unlike
            good[end] += alike if sign > 0 else unlike
    return Counter({one: n // 2 for one, n in part.items()}), Counter({one: n // 2 for one, n in good.items()})
