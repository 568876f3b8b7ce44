"""Coalitions as they form: parties that act together, or alike within days of each other, against a third."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from dotterel.analysis.acts import describe
from dotterel.analysis.needed import library
from dotterel.analysis.relations import NOBODY, Relations, once, read_relations
from dotterel.analysis.scope import DONE, Scope, one_of, scope_of
from dotterel.errors import InputError
from dotterel.store import Store

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Whole = NDArray[np.int64]
    Marks = NDArray[np.bool_]

DAYS = 7  # within which an act alike counts as acting with the other
ALIKE = ("type", "quad", "any")
NO_DAY = np.iinfo(np.int64).max
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


class Deeds(NamedTuple):
    """Parts that parties had in acts against others, as columns: those that are alike and against one target stand
    together, in order of day, those of no day last.
    """

    against: Whole  # the target and the kind, as one number
    day: Whole  # since 1970; NO_DAY
    act: Whole  # positions in the acts and the nodes
    source: Whole
    target: Whole


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
    scope = scope_of(unit, statuses, since, until, dating)
    check_terms(days, alike, min_members)
    relations = read_relations(store, by=by, unit=unit, dating=dating)
    return coalitions_among(relations, scope, days=days, alike=alike, min_members=min_members)


def check_terms(days: int, alike: str, min_members: int) -> None:
    """Raises InputError for what no coalition can be."""
    one_of("alike", alike, ALIKE)
    if days < 0 or min_members < 2:
        raise InputError("days must be 0 or more, and a coalition has 2 members or more")


def coalitions_among(
    relations: Relations, scope: Scope, *, days: int = DAYS, alike: str = "type", min_members: int = 2
) -> pd.DataFrame:
    """The same of relations that were read before. Raises InputError for what no coalition can be."""
    check_terms(days, alike, min_members)
    inside, left_out = relations.inside(scope, relations.acts.score < 0)
    deeds = deeds_against(relations, inside, alike, days)
    found = [coalition_row(relations, deeds, group, min_members) for group in held_together(deeds, days, min_members)]
    found.sort(key=lambda row: (row["formed"] is None, row["formed"] or 0, row["target"], row["members"]))
    frame = library("pandas").DataFrame(found, columns=list(COLUMNS))
    frame = frame.astype(dict.fromkeys(("formed", "first_day", "last_day"), "datetime64[ns]"))
    return describe(frame, scope, left_out, by=relations.by, days=days, alike=alike)


def deeds_against(relations: Relations, inside: Marks, alike: str, days: int) -> Deeds:
    """The deeds of those acts. In a melee of more than two parties nobody knows who is against whom: it is left out."""
    acts, rows = relations.acts, relations.directed
    certain = inside[rows.act] & (rows.source != NOBODY) & (rows.target != NOBODY)
    act, _ = once(rows.act[certain], rows.target[certain])
    melee = np.bincount(act, minlength=len(acts.ids)) > 2  # acts with so many targets
    some = certain & (rows.source != rows.target) & ~(rows.reciprocal & melee[rows.act])
    act, source, target = rows.act[some], rows.source[some], rows.target[some]
    kinds = kinds_alike(relations, alike)
    against = target * (int(kinds.max(initial=0)) + 1) + kinds[act]
    day = days_of(relations, days)[act]
    order = np.lexsort((source, act, day, against))
    made = Deeds(*(column[order] for column in (against, day, act, source, target)))
    new = np.ones(len(order), dtype=bool)
    new[1:] = np.any([column[1:] != column[:-1] for column in made], axis=0)
    return Deeds(*(column[new] for column in made))


def kinds_alike(relations: Relations, alike: str) -> Whole:
    """Of every act, a number that it shares with those that are alike."""
    acts = relations.acts
    return {"type": acts.type, "quad": acts.quad.astype(np.int64), "any": np.zeros_like(acts.type)}[alike]


def days_of(relations: Relations, days: int) -> Whole:
    """The first day of every act that is dated to a span of so many days; NO_DAY for the others."""
    start, end = relations.acts.start, relations.acts.end
    dated = (end - start) <= np.timedelta64(days, "D")  # false where one is not known
    return np.where(dated, start.astype(np.int64), NO_DAY)


def held_together(deeds: Deeds, days: int, min_members: int) -> Iterator[list[int]]:
    """The deeds in groups of so many parties: those of one act, and those of different parties within so many days,
    directly or by others between them.
    """
    root = list(range(len(deeds.act)))

    def top(at: int) -> int:
        while root[at] != at:
            root[at] = at = root[root[at]]
        return at

    for one, other in (*of_one_act(deeds), *near(deeds, days)):
        first, last = sorted((top(one), top(other)))
        root[last] = first
    groups: dict[int, list[int]] = defaultdict(list)
    for at in range(len(root)):
        groups[top(at)].append(at)
    for group in groups.values():
        if len(group) >= min_members and len(set(deeds.source[group].tolist())) >= min_members:
            yield group


def of_one_act(deeds: Deeds) -> Iterable[tuple[int, int]]:
    """Each deed with another of the same act."""
    order = np.lexsort((deeds.act, deeds.against))
    one, other = order[:-1], order[1:]
    same = (deeds.against[one] == deeds.against[other]) & (deeds.act[one] == deeds.act[other])
    return zip(one[same].tolist(), other[same].tolist(), strict=True)


def near(deeds: Deeds, days: int) -> Iterable[tuple[int, int]]:
    """Each deed with the last one before it that is another party's, and with the first such after it, where they are
    near enough. This joins all that belong together, without looking at every pair.
    """
    count = len(deeds.act)
    turn = np.ones(count + 1, dtype=bool)  # where another party's deeds begin
    turn[1:-1] = (deeds.source[1:] != deeds.source[:-1]) | (deeds.against[1:] != deeds.against[:-1])
    turns = np.flatnonzero(turn)
    stretch = np.searchsorted(turns, np.arange(count), side="right")  # the number of each deed's stretch, from 1
    for other in (turns[stretch - 1] - 1, turns[stretch]):
        at = np.flatnonzero((other >= 0) & (other < count) & (deeds.day != NO_DAY))
        other = other[at]
        at, other = (some[deeds.day[other] != NO_DAY] for some in (at, other))
        close = np.abs(deeds.day[at] - deeds.day[other]) <= days
        alike = close & (deeds.against[at] == deeds.against[other])
        yield from zip(other[alike].tolist(), at[alike].tolist(), strict=True)


def coalition_row(relations: Relations, deeds: Deeds, group: list[int], min_members: int) -> dict[str, Any]:
    """One coalition against a target."""
    pandas = library("pandas")
    days = [None if day == NO_DAY else pandas.Timestamp(day, unit="D") for day in deeds.day[group].tolist()]
    joined: dict[int, Any] = {}
    acts: dict[int, set[int]] = defaultdict(set)
    for day, source, act in zip(days, deeds.source[group].tolist(), deeds.act[group].tolist(), strict=True):
        joined.setdefault(source, day)
        acts[act].add(source)
    known = [day for day in days if day is not None]
    names = {one: relations.names[one] for one in joined}
    return {
        "formed": list(joined.values())[min_members - 1],
        "target": relations.names[int(deeds.target[group[0]])],
        "members": "; ".join(sorted(names.values())),
        "size": len(joined),
        "joined": "; ".join(
            names[one] + (f" {day:%Y-%m-%d}" if day is not None else "") for one, day in joined.items()
        ),
        "first_day": min(known, default=None),
        "last_day": max(known, default=None),
        "acts": len(acts),
        "joint": sum(len(members) > 1 for members in acts.values()),
        "types": "; ".join(relations.types[kind] for kind in sorted(set(relations.acts.type[list(acts)].tolist()))),
        "act_ids": "; ".join(sorted(relations.acts.ids[act] for act in acts)),
    }
