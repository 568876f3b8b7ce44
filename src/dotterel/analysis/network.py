"""Who stands with whom: ties of friendship and enmity, the sides they form, and whether their triads are in balance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from dotterel.analysis.acts import describe
from dotterel.analysis.needed import library
from dotterel.analysis.relations import Relations, once, read_relations
from dotterel.analysis.scope import DONE, Scope, scope_of
from dotterel.analysis.triads import triads_counted, triads_of
from dotterel.store import Store

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

STANCE_SCORE = 5.0  # what a stance adds to a tie, for or against: the PLOVER score of SUPPORT
JOINT_SCORE = 5.0  # what an act done together toward a third adds
SEED = 20151127  # of the search for sides, so that it finds the same again
KINDS = ("cooperation", "conflict", "joint", "supports", "opposes")
TIES = ("a", "b", *KINDS, "score", "sign", "a_id", "b_id")
ACTORS = ("name", "side", "friends", "foes", "triads", "balanced", "id")
TRIADS = ("a", "b", "c", "ab", "ac", "bc", "balanced", "kind")


@dataclass(frozen=True)
class Sides:
    """Who stands with whom, as three frames: the ties, the parties with their sides, the triads."""

    ties: pd.DataFrame  # a, b, cooperation, conflict, joint, supports, opposes, score, sign (1, -1, 0), a_id, b_id
    actors: pd.DataFrame  # name, side (from 1; null: stands with nobody), friends, foes, triads, balanced, id
    triad_count: int  # how many triads there are
    balanced_count: int  # how many of them are in balance

    @cached_property
    def triads(self) -> pd.DataFrame:
        """Every triad: a, b, c, the signs ab, ac, bc, balanced, kind. Many parties have very many."""
        names = dict(zip(self.actors["id"], self.actors["name"], strict=True))
        made = library("pandas").DataFrame(triads_of(signs_of(self.ties), names), columns=list(TRIADS))
        made.attrs.update(self.ties.attrs)
        return made

    @property
    def balance(self) -> float:
        """Share of the triads that are in balance (a friend's foe is a foe); NaN without triads."""
        return self.balanced_count / self.triad_count if self.triad_count else float("nan")

    @property
    def strained(self) -> int:
        """How many ties go against the sides: of friends on two different sides, or of foes on one."""
        side = self.actors.set_index("id")["side"]
        a, b = (self.ties[end].map(side) for end in ("a_id", "b_id"))
        against = ((self.ties["sign"] > 0) & (a != b)) | ((self.ties["sign"] < 0) & (a == b))
        return int((against & a.notna() & b.notna()).sum())


def sides(
    store: Store,
    since: date | str | None = None,
    until: date | str | None = None,
    *,
    by: str = "country",
    min_ties: int = 1,
    unit: str = "linked",
    statuses: Iterable[str] = DONE,
    dating: str = "sure",
) -> Sides:
    """Who stands with whom: a signed network, its sides and its balance.

    The score of a tie is the sum of the PLOVER scores of the acts between the two, 5 for each act done together toward
    a third, and 5 or -5 for each stance; its sign is that of the score. Sides are the communities (Louvain) of the
    positive ties. A triad is in balance where the product of its signs is positive. By "country", persons and organs
    count as their country; armed groups and organisations stand for themselves. Ties of fewer than `min_ties` acts and
    stances are left out. Stances are taken of the reports published in those days.

    Raises InputError where reports are not linked yet and `unit` is "linked".
    """
    scope = scope_of(unit, statuses, since, until, dating)
    return sides_among(read_relations(store, by=by, unit=unit, dating=dating), scope, min_ties=min_ties)


def sides_among(relations: Relations, scope: Scope, *, min_ties: int = 1, min_score: float = 0.0) -> Sides:
    """The same of relations that were read before; ties whose score is nearer to 0 than `min_score` are left out."""
    inside, left_out = relations.inside(scope)
    ties = ties_of(relations, inside, relations.held_in(scope), min_ties, min_score)
    signs = signs_of(ties)
    part, good = triads_counted(signs)
    names = dict(zip(relations.nodes, relations.names, strict=True))
    graph = friendship(ties, signs)
    actors = actor_rows(graph, communities(graph), signs, (part, good), names)
    frame = library("pandas").DataFrame(actors, columns=list(ACTORS)).astype({"side": "Int64"})
    return Sides(
        describe(ties, scope, left_out, by=relations.by),
        describe(frame, scope, left_out, by=relations.by),
        part.total() // 3,
        good.total() // 3,
    )


def ties_of(
    relations: Relations, inside: NDArray[np.bool_], held: NDArray[np.bool_], min_ties: int, min_score: float
) -> pd.DataFrame:
    """One row a pair of parties that acted on each other, acted together, or hold stances on each other."""
    counts, score = tie_sums(relations, inside, held)
    evidence = sum(counts.values())
    kept = np.flatnonzero((evidence >= max(min_ties, 1)) & (np.abs(score) >= min_score))
    ends = relations.pairs[kept]
    names, ids = (np.array(words, dtype=object) for words in (relations.names, relations.nodes))
    columns = {
        "a": names[ends[:, 0]],
        "b": names[ends[:, 1]],
        **{kind: counts[kind][kept] for kind in KINDS},
        "score": score[kept],
        "sign": np.sign(score[kept]).astype(int),
        "a_id": ids[ends[:, 0]],
        "b_id": ids[ends[:, 1]],
    }
    frame: pd.DataFrame = library("pandas").DataFrame(columns, columns=list(TIES))
    return frame.iloc[strongest(relations.names, ends, score[kept])]


def strongest(names: list[str], ends: NDArray[np.int64], score: NDArray[np.float64]) -> NDArray[np.int64]:
    """The order of ties: the farther from 0 first, then by name."""
    rank = {name: number for number, name in enumerate(sorted(set(names)))}
    places = np.array([rank[name] for name in names], dtype=np.int64)
    order: NDArray[np.int64] = np.lexsort((places[ends[:, 1]], places[ends[:, 0]], -np.abs(score)))
    return order


def tie_sums(
    relations: Relations, inside: NDArray[np.bool_], held: NDArray[np.bool_]
) -> tuple[dict[str, NDArray[np.int64]], NDArray[np.float64]]:
    """Of every pair: how many acts and stances of each kind there are, and what they add up to."""
    size = len(relations.pairs)
    between, joint = (tied.pair[inside[tied.act]] for tied in (relations.between, relations.joint))
    acts = relations.between.act[inside[relations.between.act]]
    friendly = relations.acts.quad[acts] <= 2
    supports, opposes = (stances_once(relations, held & (relations.held.friendly == kind)) for kind in (True, False))
    told = (between[friendly], between[~friendly], joint, supports, opposes)
    counts = {kind: np.bincount(pairs, minlength=size) for kind, pairs in zip(KINDS, told, strict=True)}
    score = np.bincount(between, weights=relations.acts.score[acts], minlength=size)
    score = score + JOINT_SCORE * counts["joint"] + STANCE_SCORE * (counts["supports"] - counts["opposes"])
    return counts, score


def stances_once(relations: Relations, held: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The pairs of those stances, each stance of one party on another once."""
    pairs, _ = once(relations.held.pair[held], relations.held.source[held])
    return pairs


def acts_of_each(relations: Relations, scope: Scope) -> dict[str, int]:
    """Node -> in how many acts of the scope it had to do with another."""
    inside, _ = relations.inside(scope)
    counts = np.bincount(relations.parts.pair[inside[relations.parts.act]], minlength=len(relations.nodes))
    return {one: int(n) for one, n in zip(relations.nodes, counts, strict=True) if n}


def signs_of(ties: pd.DataFrame) -> dict[tuple[str, str], int]:
    """The ties that have a sign, in order of their ends."""
    rows = zip(ties["a_id"].tolist(), ties["b_id"].tolist(), ties["sign"].tolist(), strict=True)
    return {(a, b): sign for a, b, sign in sorted(rows) if sign}


def friendship(ties: pd.DataFrame, signs: Mapping[tuple[str, str], int]) -> Any:
    """The graph of all parties with a signed tie, its edges the positive ones."""
    graph = library("networkx").Graph()
    graph.add_nodes_from(sorted({end for pair in signs for end in pair}))
    friendly = ties[ties["sign"] > 0]
    graph.add_weighted_edges_from(sorted(zip(*(friendly[name].tolist() for name in ("a_id", "b_id", "score")),
                                             strict=True)))  # fmt: skip
    return graph


def communities(graph: Any) -> dict[str, int]:
    """Node -> the number of its side, the largest 1; those who stand with nobody are in none."""
    if not graph.number_of_edges():
        return {}
    found = library("networkx").community.louvain_communities(graph, weight="weight", seed=SEED)
    order = sorted((sorted(side) for side in found if len(side) > 1), key=lambda side: (-len(side), side))
    return {member: number for number, side in enumerate(order, 1) for member in side}


def actor_rows(
    graph: Any,
    side: Mapping[str, int],
    signs: Mapping[tuple[str, str], int],
    triads: tuple[Counter[str], Counter[str]],
    names: Mapping[str, str],
) -> list[dict[str, Any]]:
    """One row a party: its side, its friends and foes, and the share of its triads that are in balance."""
    foes = Counter(end for pair, sign in signs.items() if sign < 0 for end in pair)
    part, good = triads
    made = [
        {
            "name": names[one],
            "side": side.get(one),
            "friends": graph.degree(one),
            "foes": foes[one],
            "triads": part[one],
            "balanced": good[one] / part[one] if part[one] else float("nan"),
            "id": one,
        }
        for one in graph
    ]
    return sorted(made, key=lambda row: (row["side"] or len(made) + 1, -row["friends"], row["name"]))
