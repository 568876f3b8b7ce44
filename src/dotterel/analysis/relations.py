"""All that parties did to each other, read once: acts and stances as columns, of which any days are quickly summed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dotterel.analysis.acts import check_linked
from dotterel.analysis.nodes import LEVELS, node, node_names
from dotterel.analysis.scope import DATINGS, DONE, STATUSES, Scope, one_of, scope_of
from dotterel.store import Store

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Marks = NDArray[np.bool_]
    Days = NDArray[np.datetime64]

NOBODY = -1  # the code of a side on which there is nobody certain
DYADS = """
SELECT {id} AS act, {source} AS source, {target} AS target, actor_id, actor, recipient_id, recipient, reciprocal,
       type, status, quad, score, {start} AS start, {end} AS "end"
FROM {view}
"""
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
),
held AS (
    SELECT s.stance = 'supports' AS friendly, r.published AS day,
           h.id AS actor_id, h.whole AS actor, h.country AS actor_country, h.sector AS actor_sector,
           t.id AS recipient_id, t.whole AS recipient, t.country AS recipient_country, t.sector AS recipient_sector
    FROM stances s
    JOIN reports r ON r.id = s.report_id
    JOIN named h ON h.name = s.holder
    JOIN named t ON t.name = s.toward
    WHERE s.stance IN ('supports', 'opposes')
)
SELECT DISTINCT {source} AS source, {target} AS target, actor_id, actor, recipient_id, recipient, friendly, day
FROM held
"""


class Acts(NamedTuple):
    """Every act, in the order of the ids."""

    ids: list[str]
    type: Whole  # positions in the types of the relations
    status: Whole  # positions in STATUSES
    quad: Whole
    score: NDArray[np.float64]
    start: Days  # NaT: not known
    end: Days


class Directed(NamedTuple):
    """Rows of dyads: an act of one party toward another, as positions in the acts and in the nodes."""

    act: Whole
    source: Whole  # NOBODY: nobody certain
    target: Whole
    reciprocal: Marks


class Tied(NamedTuple):
    """Acts with a pair of parties that each is between, or that did it together: each act once a pair."""

    act: Whole
    pair: Whole


class Held(NamedTuple):
    """Stances of one party on another."""

    source: Whole
    target: Whole
    friendly: Marks
    day: Days  # of the report; NaT: not known
    pair: Whole


@dataclass(frozen=True, slots=True, eq=False)
class Relations:
    """Acts and stances of a database among its parties. Positions in `nodes` stand for parties, in `pairs` for two."""

    by: str
    unit: str
    dating: str
    nodes: list[str]  # ids of actors, or country codes, in order
    names: list[str]  # the same in words
    types: list[str]  # of acts, in order
    acts: Acts
    directed: Directed
    pairs: Whole  # two columns: the nodes of each pair, in order
    between: Tied
    joint: Tied
    held: Held
    parts: Tied  # acts with a node (`pair` is its position) that had to do with another in it

    def inside(self, scope: Scope, some: Marks | None = None) -> tuple[Marks, dict[str, int]]:
        """Which acts, or which of `some`, are of the statuses and days of the scope; how many its days leave out, why.

        Where no days are asked for, every act of the statuses is inside. An act that may have happened inside or
        outside is left out.
        """
        asked = self._of(scope.statuses)
        asked = asked if some is None else asked & some
        if not scope.bounded:
            return asked, {}
        undated = np.isnat(self.acts.start) | np.isnat(self.acts.end)
        before, after = self._outside(scope)
        inside = ~undated & self._covered(scope)
        vague = ~undated & ~inside & ~before & ~after
        left = {"without a date": undated, "dated too vaguely": vague}
        return asked & inside, {why: int((asked & some).sum()) for why, some in left.items()}

    def _of(self, statuses: tuple[str, ...]) -> Marks:
        return np.isin(self.acts.status, [STATUSES.index(one) for one in statuses])

    def _covered(self, scope: Scope) -> Marks:
        inside = np.ones(len(self.acts.start), dtype=bool)
        if scope.since:
            inside &= self.acts.start >= np.datetime64(scope.since)
        if scope.until:
            inside &= self.acts.end <= np.datetime64(scope.until)
        return inside

    def _outside(self, scope: Scope) -> tuple[Marks, Marks]:
        nowhere = np.zeros(len(self.acts.start), dtype=bool)
        before = self.acts.end < np.datetime64(scope.since) if scope.since else nowhere
        after = self.acts.start > np.datetime64(scope.until) if scope.until else nowhere
        return before, after

    def held_in(self, scope: Scope) -> Marks:
        """Which stances are of reports published in the days of the scope."""
        kept = np.ones(len(self.held.day), dtype=bool)
        if scope.since:
            kept &= self.held.day >= np.datetime64(scope.since)
        if scope.until:
            kept &= self.held.day <= np.datetime64(scope.until)
        return kept

    def span(self, statuses: tuple[str, ...] = DONE) -> tuple[Days, Whole]:
        """The months in which acts of those statuses surely happened, in order, and how many did in each."""
        sure = self._of(statuses) & ~np.isnat(self.acts.start) & ~np.isnat(self.acts.end)
        first, last = (days[sure].astype("datetime64[M]") for days in (self.acts.start, self.acts.end))
        months, counts = np.unique(first[first == last], return_counts=True)
        return months, counts


def read_relations(store: Store, *, by: str = "country", unit: str = "linked", dating: str = "sure") -> Relations:
    """What the parties of a database did to each other and hold of each other, whatever the status or the day.

    Raises InputError where reports are not linked yet and `unit` is "linked", or for a choice that is none.
    """
    one_of("by", by, LEVELS)
    scope = scope_of(unit, STATUSES, dating=dating)
    check_linked(store, scope)
    start, end = DATINGS[dating]
    sides = {"source": node("actor", by), "target": node("recipient", by)}
    rows = store.query(DYADS.format(id=scope.views.id, view=scope.views.dyads, start=start, end=end, **sides))
    stances = store.query(STANCES.format(**sides))
    nodes, (source, target, holder, toward) = coded(
        rows["source"], rows["target"], stances["source"], stances["target"]
    )
    ids, (act,) = coded(rows["act"])
    types, (kind,) = coded(rows["type"])
    directed = Directed(act, source, target, column(rows, "reciprocal").astype(bool))
    names = {**node_names(known(stances)), **node_names(known(rows))}
    return related(
        (by, unit, dating),
        nodes,
        [names[one] for one in nodes],
        types,
        acts_of(rows, ids, act, kind),
        directed,
        (holder, toward, column(stances, "friendly").astype(bool), column(stances, "day")),
    )


def related(
    how: tuple[str, str, str],
    nodes: list[str],
    names: list[str],
    types: list[str],
    acts: Acts,
    directed: Directed,
    stances: tuple[Whole, Whole, Marks, Days],
) -> Relations:
    """The relations of those parties, with the pairs that anything ties."""
    holder, toward, friendly, day = stances
    own = (holder != toward) & (holder != NOBODY) & (toward != NOBODY)
    holder, toward, friendly, day = holder[own], toward[own], friendly[own], day[own]
    size = max(len(nodes), 1)
    between, joint = acts_between(directed, size), acts_together(directed, size)
    keys = (between[1], joint[1], np.minimum(holder, toward) * size + np.maximum(holder, toward))
    pairs = np.unique(np.concatenate(keys))
    tied = tuple(Tied(act, np.searchsorted(pairs, key)) for act, key in (between, joint))
    held = Held(holder, toward, friendly, day, np.searchsorted(pairs, keys[2]))
    ends = np.stack([pairs // size, pairs % size], axis=1)
    acting = np.unique(np.concatenate([one.act * size + ends[one.pair, end] for one in tied for end in (0, 1)]))
    parts = Tied(acting // size, acting % size)
    return Relations(*how, nodes, names, types, acts, directed, ends, tied[0], tied[1], held, parts)


def acts_between(rows: Directed, size: int) -> tuple[Whole, Whole]:
    """Each act between two parties once: its position, and the pair in order as one number."""
    some = (rows.source != NOBODY) & (rows.target != NOBODY) & (rows.source != rows.target)
    source, target = rows.source[some], rows.target[some]
    pair = np.minimum(source, target) * size + np.maximum(source, target)
    return once(rows.act[some], pair)


def acts_together(rows: Directed, size: int) -> tuple[Whole, Whole]:
    """Each pair of parties that did an act together toward a third, once an act, as `acts_between` tells it."""
    some = (rows.source != NOBODY) & (rows.target != NOBODY) & (rows.source != rows.target) & ~rows.reciprocal
    toward, source = once(rows.act[some] * size + rows.target[some], rows.source[some])
    _, which, counts = np.unique(toward, return_inverse=True, return_counts=True)
    several = counts[which] > 1
    doers: dict[int, list[int]] = defaultdict(list)
    for key, one in zip(toward[several].tolist(), source[several].tolist(), strict=True):
        doers[key].append(one)
    found = [(key // size, a * size + b) for key, some_ in doers.items() for a, b in combinations(some_, 2)]
    made = np.array(found, dtype=np.int64).reshape(-1, 2)
    return once(made[:, 0], made[:, 1])


def once(first: Whole, second: Whole) -> tuple[Whole, Whole]:
    """Two columns in order, each row of them once."""
    order = np.lexsort((second, first))
    first, second = first[order], second[order]
    new = np.ones(len(first), dtype=bool)
    new[1:] = (first[1:] != first[:-1]) | (second[1:] != second[:-1])
    return first[new], second[new]


def acts_of(rows: pa.Table, ids: list[str], act: Whole, kind: Whole) -> Acts:
    """What is told of each act, from the first of its rows."""
    _, first = np.unique(act, return_index=True)
    status = pc.index_in(rows["status"], pa.array(STATUSES)).to_numpy()
    told = {"type": kind, "status": status, **{name: column(rows, name) for name in ("quad", "score", "start", "end")}}
    return Acts(ids, **{name: values[first] for name, values in told.items()})


def known(rows: pa.Table) -> set[tuple[str, str, str]]:
    """The nodes on both sides of the rows, each with the id and the name of an actor that counts for it."""
    found: set[tuple[str, str, str]] = set()
    for names in (("source", "actor_id", "actor"), ("target", "recipient_id", "recipient")):
        groups = rows.select(names).group_by(names).aggregate([]).to_pydict()
        found |= {triple for triple in zip(*(groups[name] for name in names), strict=True) if triple[0] is not None}
    return found


def coded(*columns: pa.ChunkedArray) -> tuple[list[str], list[Whole]]:
    """All words of some columns in order, and each column as positions in them; NOBODY where there is none."""
    encoded = pa.chunked_array([part for one in columns for part in one.chunks], pa.string()).combine_chunks()
    encoded = encoded.dictionary_encode()
    words: list[str] = encoded.dictionary.to_pylist()
    place = {word: number for number, word in enumerate(sorted(words))}
    places = np.array([*(place[word] for word in words), NOBODY], dtype=np.int64)
    codes = places[encoded.indices.fill_null(len(words)).to_numpy(zero_copy_only=False)]
    ends = np.cumsum([len(one) for one in columns])
    return sorted(words), np.split(codes, ends[:-1])


def column(rows: pa.Table, name: str) -> NDArray[Any]:
    """A column as an array; days of no date as NaT."""
    made: NDArray[Any] = rows[name].to_numpy()
    return made.astype("datetime64[D]") if pa.types.is_date(rows.schema.field(name).type) else made
