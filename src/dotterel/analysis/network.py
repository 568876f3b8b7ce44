"""Who stands with whom: ties of friendship and enmity, the sides they form, and whether their triads are in balance."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Any

from dotterel.analysis.acts import describe, dyad_rows, frame_of, within
from dotterel.analysis.needed import library
from dotterel.analysis.nodes import LEVELS, node_names, with_nodes
from dotterel.analysis.scope import DONE, Scope, one_of, scope_of
from dotterel.store import Store

if TYPE_CHECKING:
    import pandas as pd

STANCE_SCORE = 5.0  # what a stance adds to a tie, for or against: the PLOVER score of SUPPORT
JOINT_SCORE = 5.0  # what an act done together toward a third adds
SEED = 20151127  # of the search for sides, so that it finds the same again
TIES = ("a", "b", "cooperation", "conflict", "joint", "supports", "opposes", "score", "sign", "a_id", "b_id")
ACTORS = ("name", "side", "friends", "foes", "triads", "balanced", "id")
TRIADS = ("a", "b", "c", "ab", "ac", "bc", "balanced", "kind")
KINDS = {
    3: "all friends",
    1: "a friend of two foes",
    -1: "two friends against one",
    -3: "all foes",
}  # by the sum of the three signs
# One row a stance, reprinted or not; holder and target are names as written, led to the actor of that name alone.
STANCES = """
WITH named AS (
    SELECT a.name, any_value(coalesce(m.into_id, a.id)) AS id,
           any_value(coalesce(b.name, m.into_name, a.name)) AS whole,
           any_value(coalesce(b.country, a.country)) AS country, any_value(coalesce(b.sector, a.sector)) AS sector
    FROM actors a
    LEFT JOIN merged_actors m ON m.actor_id = a.id
    LEFT JOIN actors b ON b.id = m.into_id
    GROUP BY a.name HAVING count(DISTINCT coalesce(m.into_id, a.id)) = 1
)
SELECT DISTINCT s.stance,
       h.id AS actor_id, h.whole AS actor, h.country AS actor_country, h.sector AS actor_sector,
       t.id AS recipient_id, t.whole AS recipient, t.country AS recipient_country, t.sector AS recipient_sector
FROM stances s
JOIN reports r ON r.id = s.report_id
JOIN named h ON h.name = s.holder
JOIN named t ON t.name = s.toward
WHERE s.stance IN ('supports', 'opposes')
  AND ($since IS NULL OR r.published >= $since) AND ($until IS NULL OR r.published <= $until)
"""


@dataclass(frozen=True, slots=True)
class Sides:
    """Who stands with whom, as three frames: the ties, the parties with their sides, the triads."""

    ties: pd.DataFrame  # a, b, cooperation, conflict, joint, supports, opposes, score, sign (1, -1, 0), a_id, b_id
    actors: pd.DataFrame  # name, side (from 1; null: stands with nobody), friends, foes, triads, balanced, id
    triads: pd.DataFrame  # a, b, c, the signs ab, ac, bc, balanced, kind

    @property
    def balance(self) -> float:
        """Share of the triads that are in balance (a friend's foe is a foe); NaN without triads."""
        return float(self.triads["balanced"].mean()) if len(self.triads) else float("nan")


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
    one_of("by", by, LEVELS)
    scope = scope_of(unit, statuses, since, until, dating)
    rows, left_out = within(dyad_rows(store, scope), scope)
    rows = with_nodes(rows, by)
    held = with_nodes(frame_of(store, STANCES, {"since": scope.since, "until": scope.until}), by)
    names = {**node_names(held), **node_names(rows)}
    known = [tie for tie in tie_rows(rows, held, names) if tie["evidence"] >= min_ties]
    known.sort(key=lambda tie: (-abs(tie["score"]), tie["a"], tie["b"]))
    signed = {(tie["a_id"], tie["b_id"]): tie for tie in known if tie["sign"]}
    graph = friendship(signed)
    triads = list(triads_of(signed, names))
    actors = actor_rows(graph, communities(graph), signed, triads, names)
    shown = [{name: triad[name] for name in TRIADS} for triad in triads]
    return Sides(
        framed(known, TIES, scope, left_out, by), framed(actors, ACTORS, scope, left_out, by).astype({"side": "Int64"}),
        framed(shown, TRIADS, scope, left_out, by),
    )  # fmt: skip


def framed(
    rows: list[dict[str, Any]], columns: tuple[str, ...], scope: Scope, left_out: dict[str, int], by: str
) -> pd.DataFrame:
    """The rows as a frame of those columns."""
    return describe(library("pandas").DataFrame(rows, columns=list(columns)), scope, left_out, by=by)


def tie_rows(rows: pd.DataFrame, held: pd.DataFrame, names: dict[str, str]) -> list[dict[str, Any]]:
    """One row a pair of parties that acted on each other, acted together, or hold stances on each other."""
    ties: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    score: dict[tuple[str, str], float] = defaultdict(float)
    for pair, quad, value in acts_between(rows):
        ties[pair]["cooperation" if quad <= 2 else "conflict"] += 1
        score[pair] += value
    for pair in joint_acts(rows):
        ties[pair]["joint"] += 1
        score[pair] += JOINT_SCORE
    for pair, stance in stances_between(held):
        ties[pair][stance] += 1
        score[pair] += STANCE_SCORE if stance == "supports" else -STANCE_SCORE
    kinds = ("cooperation", "conflict", "joint", "supports", "opposes")
    return [
        {
            "a": names[a],
            "b": names[b],
            **{kind: ties[a, b][kind] for kind in kinds},
            "score": score[a, b],
            "sign": (score[a, b] > 0) - (score[a, b] < 0),
            "a_id": a,
            "b_id": b,
            "evidence": sum(ties[a, b].values()),
        }
        for a, b in sorted(ties)
    ]


def acts_between(rows: pd.DataFrame) -> Iterator[tuple[tuple[str, str], int, float]]:
    """Each act between two parties once: the pair in order, quad class, score."""
    pairs = rows.dropna(subset=["source", "target"])
    found = {
        (act, min(a, b), max(a, b)): (int(quad), float(score))
        for act, a, b, quad, score in pairs[["act_id", "source", "target", "quad", "score"]].itertuples(index=False)
        if a != b
    }
    for (_, a, b), (quad, score) in sorted(found.items()):
        yield (a, b), quad, score


def joint_acts(rows: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Each pair of parties that did an act together toward a third, once an act."""
    together = rows[~rows["reciprocal"].astype(bool)].dropna(subset=["source", "target"])
    doers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for act, target, source in together[["act_id", "target", "source"]].itertuples(index=False):
        doers[act, target].add(source)
    seen = {(act, *pair) for (act, target), some in doers.items() for pair in combinations(sorted(some - {target}), 2)}
    for _, a, b in sorted(seen):
        yield a, b


def stances_between(held: pd.DataFrame) -> Iterator[tuple[tuple[str, str], str]]:
    """Each stance of one party on another, once."""
    rows = held.dropna(subset=["source", "target"])
    for source, target, stance in sorted(set(rows[["source", "target", "stance"]].itertuples(index=False, name=None))):
        if source != target:
            yield (min(source, target), max(source, target)), stance


def friendship(signed: dict[tuple[str, str], dict[str, Any]]) -> Any:
    """The graph of all parties with a signed tie, its edges the positive ones."""
    graph = library("networkx").Graph()
    graph.add_nodes_from(sorted({end for pair in signed for end in pair}))
    graph.add_weighted_edges_from((a, b, tie["score"]) for (a, b), tie in sorted(signed.items()) if tie["sign"] > 0)
    return graph


def communities(graph: Any) -> dict[str, int]:
    """Node -> the number of its side, the largest 1; those who stand with nobody are in none."""
    if not graph.number_of_edges():
        return {}
    found = library("networkx").community.louvain_communities(graph, weight="weight", seed=SEED)
    order = sorted((sorted(side) for side in found if len(side) > 1), key=lambda side: (-len(side), side))
    return {member: number for number, side in enumerate(order, 1) for member in side}


def triads_of(signed: dict[tuple[str, str], dict[str, Any]], names: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Every three parties with three signed ties."""
    later: dict[str, set[str]] = defaultdict(set)
    for a, b in signed:
        later[a].add(b)
    for a, b in sorted(signed):
        for c in sorted(later[a] & later[b]):
            ab, ac, bc = (signed[pair]["sign"] for pair in ((a, b), (a, c), (b, c)))
            yield {
                "a": names[a], "b": names[b], "c": names[c], "ab": ab, "ac": ac, "bc": bc,
                "balanced": ab * ac * bc > 0, "kind": KINDS[ab + ac + bc], "ids": (a, b, c),
            }  # fmt: skip


def actor_rows(
    graph: Any,
    side: dict[str, int],
    signed: dict[tuple[str, str], dict[str, Any]],
    triads: list[dict[str, Any]],
    names: dict[str, str],
) -> list[dict[str, Any]]:
    """One row a party: its side, its friends and foes, and the share of its triads that are in balance."""
    foes = Counter(end for pair, tie in signed.items() if tie["sign"] < 0 for end in pair)
    part = Counter(end for triad in triads for end in triad["ids"])
    good = Counter(end for triad in triads if triad["balanced"] for end in triad["ids"])
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
