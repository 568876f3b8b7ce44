"""The same copy in other reports: a new headline, cut paragraphs, another site's furniture, small edits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import combinations

from dotterel.linking.cluster import components
from dotterel.types import Report, Reprint

RUN = 3  # words of the runs by which two texts are compared
LONG_RUN = 5  # words of the runs by which candidates are sought: unrelated texts share hardly any of them
BANDS = 48  # smallest hashes kept of a text, one a permutation
SHARED_BANDS = 2  # that make two texts candidates: a third kept, and that third edited, still shares as many
SEED = 1980
ENOUGH = 0.55  # share of the shorter text's runs that stand in the longer one, of a reprint
FEWEST = 12  # runs that two texts must share at least
WORD = re.compile(r"\w+")


def runs(text: str, length: int = RUN) -> frozenset[str]:
    """The runs of so many words in a text, case and marks aside."""
    words = WORD.findall(text.lower())
    return frozenset(" ".join(words[at : at + length]) for at in range(len(words) - length + 1))


def bands_of(text: str) -> tuple[int, ...]:
    """The MinHash of a text, one whole number a band, the same in every process; none for a text of few words."""
    from rensa import RMinHash

    found = runs(text, LONG_RUN)
    if not found:
        return ()
    sketch = RMinHash(num_perm=BANDS, seed=SEED)
    sketch.update(sorted(found))
    return tuple((band << 32) | value for band, value in enumerate(sketch.digest()))


def containment(first: frozenset[str], second: frozenset[str]) -> float:
    """Share of the runs of the shorter text that stand in the other, 0 to 1; 0 where they share only a few."""
    common = len(first & second)
    return common / min(len(first), len(second)) if common >= FEWEST else 0.0


def same_copy(first: frozenset[str], second: frozenset[str]) -> bool:
    """Do two texts, given as their runs, print the same copy?"""
    return containment(first, second) >= ENOUGH


def original(reports: Iterable[tuple[date | None, str]]) -> str:
    """The id of the first published, then the smallest; reports without a day come last."""
    return min(reports, key=lambda report: (report[0] is None, report[0] or date.min, report[1]))[1]


def reprint(report_id: str, of_id: str, texts: Mapping[str, frozenset[str]]) -> Reprint:
    """The record of a reprint; `texts` are the runs of both."""
    share = round(containment(texts[report_id], texts[of_id]), 3)
    reason = f"{share:.0%} of the runs of three words of the shorter text stand in the other"
    return Reprint(report_id, of_id, share, reason)


def find_reprints(reports: Iterable[Report]) -> tuple[Reprint, ...]:
    """The reprints among reports, sorted by id; the store does the same a report at a time."""
    known = {report.id: report for report in reports}
    texts = {name: runs(report.text) for name, report in known.items()}
    pairs = [pair for pair in candidates(known.values()) if same_copy(texts[pair[0]], texts[pair[1]])]
    found = []
    for group in components(known, pairs):
        first = original((known[name].published, name) for name in group)
        found += [reprint(name, first, texts) for name in group if name != first]
    return tuple(sorted(found, key=lambda one: one.report_id))


def candidates(reports: Iterable[Report]) -> list[tuple[str, str]]:
    """Pairs of reports that share enough bands."""
    holders: dict[int, list[str]] = {}
    for report in reports:
        for band in bands_of(report.text):
            holders.setdefault(band, []).append(report.id)
    counts: dict[tuple[str, str], int] = {}
    for names in holders.values():
        for pair in combinations(sorted(names), 2):
            counts[pair] = counts.get(pair, 0) + 1
    return sorted(pair for pair, count in counts.items() if count >= SHARED_BANDS)
