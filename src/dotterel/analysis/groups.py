"""Coalitions as they form: parties that act together, or alike within days of each other, against a third."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from dotterel.analysis.acts import describe, dyad_rows, within
from dotterel.analysis.needed import library
from dotterel.analysis.nodes import LEVELS, node_names, with_nodes
from dotterel.analysis.scope import DONE, one_of, scope_of
from dotterel.errors import InputError
from dotterel.store import Store

if TYPE_CHECKING:
    import pandas as pd

DAYS = 7  # within which an act alike counts as acting with the other
ALIKE = ("type", "quad", "any")
COLUMNS = (
    "formed",
    "target",
    "members",
    "size",
    "joined",
    "first_day",
    "last_day",
    "acts",
    "joint",
    "types",
    "act_ids",
)


class Deed(NamedTuple):
    """One party's part in an act against a target."""

    day: Any  # a timestamp, or None
    source: str
    act: str
    type: str


def coalitions(
    store: Store,
    *,
    days: int = DAYS,
    alike: str = "type",
    min_members: int = 2,
    by: str = "country",
    unit: str = "linked",
    statuses: Iterable[str] = DONE,
    since: date | str | None = None,
    until: date | str | None = None,
    dating: str = "sure",
) -> pd.DataFrame:
    """Groups that act together against a third: joint actors of one act, or actors of acts alike against the same
    target, each within `days` days of one by another member.

    Against is every act of a negative score. Acts are `alike` that are of one type, of one quad class, or any of them.
    A coalition lasts while its members go on so. Columns: formed (the day its member number `min_members` joined),
    target, members, size, joined (each with the day of its first act), first_day, last_day, acts, joint (acts of
    several members at once), types, act_ids. Acts dated to no span of `days` hold together only those
    who did them jointly.

    Raises InputError where reports are not linked yet and `unit` is "linked".
    """
    one_of("by", by, LEVELS)
    one_of("alike", alike, ALIKE)
    if days < 0 or min_members < 2:
        raise InputError("days must be 0 or more, and a coalition has 2 members or more")
    scope = scope_of(unit, statuses, since, until, dating)
    rows, left_out = within(dyad_rows(store, scope, "score < 0"), scope)
    rows = with_nodes(rows, by)
    names = node_names(rows)
    found = []
    for (target, _), deeds in deeds_against(rows, alike, days).items():
        for group in held_together(deeds, days):
            if len({deed.source for deed in group}) >= min_members:
                found.append(coalition_row(group, names[target], names, min_members))
    found.sort(key=lambda row: (row["formed"] is None, row["formed"] or 0, row["target"], row["members"]))
    frame = library("pandas").DataFrame(found, columns=list(COLUMNS))
    frame = frame.astype(dict.fromkeys(("formed", "first_day", "last_day"), "datetime64[ns]"))
    return describe(frame, scope, left_out, by=by, days=days, alike=alike)


def deeds_against(rows: pd.DataFrame, alike: str, days: int) -> dict[tuple[str, str], list[Deed]]:
    """(target, what counts as alike) -> the deeds against it, in order of day. In a melee of more than two parties
    nobody knows who is against whom, so it is left out.
    """
    rows = rows.dropna(subset=["source", "target"])
    sides = rows.groupby("act_id")["target"].transform("nunique")
    rows = rows[(rows["source"] != rows["target"]) & ~(rows["reciprocal"].astype(bool) & (sides > 2))]
    found: dict[tuple[str, str], set[Deed]] = defaultdict(set)
    for row in rows.itertuples(index=False):
        dated = row.start == row.start and row.end == row.end and (row.end - row.start).days <= days
        kind = {"type": row.type, "quad": str(row.quad), "any": ""}[alike]
        found[row.target, kind].add(Deed(row.start if dated else None, row.source, row.act_id, row.type))
    return {key: sorted(deeds, key=order) for key, deeds in sorted(found.items())}


def order(deed: Deed) -> tuple[bool, Any, str, str]:
    """Deeds by day, those of no day last."""
    return deed.day is None, deed.day or 0, deed.act, deed.source


def held_together(deeds: list[Deed], days: int) -> list[list[Deed]]:
    """The deeds in groups: those of one act, and those of different parties within so many days, directly or by others
    between them.
    """
    graph = library("networkx").Graph()
    graph.add_nodes_from(range(len(deeds)))
    first: dict[str, int] = {}
    for at, deed in enumerate(deeds):
        graph.add_edge(first.setdefault(deed.act, at), at)
    dated = [at for at, deed in enumerate(deeds) if deed.day is not None]
    graph.add_edges_from(near(deeds, dated, days))
    graph.add_edges_from(near(deeds, dated[::-1], days))
    parts = (sorted(part) for part in library("networkx").connected_components(graph))
    return [[deeds[at] for at in part] for part in sorted(parts)]


def near(deeds: list[Deed], line: list[int], days: int) -> Iterable[tuple[int, int]]:
    """Each deed with the last one before it in the line that is another party's, where that is near enough.

    Along the line both ways this joins all that belong together, without looking at every pair.
    """
    last = other = None  # the deed before, and the last before it by another party than its
    for at in line:
        if last is not None and deeds[last].source != deeds[at].source:
            other = last
        if other is not None and abs((deeds[at].day - deeds[other].day).days) <= days:
            yield other, at
        last = at


def coalition_row(group: list[Deed], target: str, names: dict[str, str], min_members: int) -> dict[str, Any]:
    """One coalition against a target."""
    joined: dict[str, Any] = {}
    acts: dict[str, set[str]] = defaultdict(set)
    for deed in group:
        joined.setdefault(deed.source, deed.day)
        acts[deed.act].add(deed.source)
    known = [deed.day for deed in group if deed.day is not None]
    arrivals = list(joined.values())
    return {
        "formed": arrivals[min_members - 1],
        "target": target,
        "members": "; ".join(sorted(names[source] for source in joined)),
        "size": len(joined),
        "joined": "; ".join(
            names[one] + (f" {day:%Y-%m-%d}" if day is not None else "") for one, day in joined.items()
        ),
        "first_day": min(known, default=None),
        "last_day": max(known, default=None),
        "acts": len(acts),
        "joint": sum(len(members) > 1 for members in acts.values()),
        "types": "; ".join(sorted({deed.type for deed in group})),
        "act_ids": "; ".join(sorted(acts)),
    }
