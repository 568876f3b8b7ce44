"""Events that are one act: judges the pairs that may be, groups them, and makes each group a linked event."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from dotterel.linking.cluster import Pair, components, groups
from dotterel.linking.compare import IMPOSSIBLE, are_apart, judge, ruled_out, score_of
from dotterel.linking.facts import Facts
from dotterel.linking.keys import keys_of
from dotterel.linking.linked import linked_event
from dotterel.types import Judgement, LinkedEvent

ALL_PAIRS = 40  # events of a component up to which those that share no key are compared as well
KEPT = 0.2  # belief from which on a judgement is kept; in a large component all others count as 0


@dataclass(frozen=True, slots=True)
class Decisions:
    """What a user decided: pairs that are one act, pairs that are not. They win over every score."""

    joined: frozenset[Pair] = frozenset()
    parted: frozenset[Pair] = frozenset()


NOBODY_DECIDED = Decisions()


def link(facts: Iterable[Facts], copies: Mapping[str, str], decisions: Decisions = NOBODY_DECIDED) -> list[LinkedEvent]:
    """The linked events of some reports, by id: the same in whatever order the reports come.

    `copies` has of each report the group of reports that print the same copy; one that is absent is alone.
    """
    known = {one.event_id: one for one in facts}
    judged = {(j.event_a, j.event_b): j for j in judgements(known.values())}
    return [event for _, events in joined_up(known, judged, copies, decisions) for event in events]


def judgements(facts: Iterable[Facts]) -> list[Judgement]:
    """A judgement, sorted, of each pair that shares a key and may be one act."""
    holders: dict[str, list[Facts]] = {}
    for one in facts:
        for key in keys_of(one):
            holders.setdefault(key, []).append(one)
    pairs = {ordered(a.event_id, b.event_id) for found in holders.values() for a, b in combinations(found, 2)}
    known = {one.event_id: one for found in holders.values() for one in found}
    return likely((known[a], known[b]) for a, b in sorted(pairs))


def likely(pairs: Iterable[tuple[Facts, Facts]]) -> list[Judgement]:
    """The judgements of pairs that are worth keeping."""
    return [judge(a, b) for a, b in pairs if not ruled_out(a, b) and score_of(a, b) >= KEPT]


def ordered(a: str, b: str) -> Pair:
    """Two ids, the smaller first."""
    return (a, b) if a < b else (b, a)


def joined_up(
    known: Mapping[str, Facts],
    judged: Mapping[Pair, Judgement],
    copies: Mapping[str, str],
    decisions: Decisions = NOBODY_DECIDED,
) -> list[tuple[tuple[str, ...], list[LinkedEvent]]]:
    """Each component of events joined by judgements or by the user, with its linked events."""
    edges = [pair for pair, judgement in judged.items() if judgement.same]
    edges += [pair for pair in decisions.joined if pair[0] in known and pair[1] in known]
    found = components(known, edges)
    believed = inside(found, judged)
    return [(one, _acts(one, known, scores, copies, decisions)) for one, scores in zip(found, believed, strict=True)]


def inside(found: Sequence[tuple[str, ...]], judged: Mapping[Pair, Judgement]) -> list[dict[Pair, float]]:
    """Of each component the belief in those of its pairs that were judged."""
    place = {name: number for number, component in enumerate(found) for name in component}
    scores: list[dict[Pair, float]] = [{} for _ in found]
    for (a, b), judgement in judged.items():
        if a in place and place[a] == place.get(b):
            scores[place[a]][a, b] = judgement.score
    return scores


def _acts(
    component: Sequence[str],
    known: Mapping[str, Facts],
    scores: dict[Pair, float],
    copies: Mapping[str, str],
    decisions: Decisions,
) -> list[LinkedEvent]:
    if len(component) == 1:
        return [linked_event([known[component[0]]], copies)]
    if len(component) <= ALL_PAIRS:
        scores |= {(a, b): score_of(known[a], known[b]) for a, b in combinations(component, 2) if (a, b) not in scores}
    within = set(component)
    joined = sorted(pair for pair in decisions.joined if within.issuperset(pair))

    def apart(a: str, b: str) -> bool:
        pair = ordered(a, b)
        return pair in decisions.parted or scores.get(pair) == IMPOSSIBLE or are_apart(known[a], known[b])

    found = groups(component, scores, joined, apart)
    return [linked_event([known[name] for name in group], copies) for group in found]
