"""Who counts as one party where many are compared: a country with its organs, or every actor by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dotterel.actors.vocabulary import states
from dotterel.analysis.needed import library

if TYPE_CHECKING:
    import pandas as pd

LEVELS = ("country", "actor")
NO_STATE = {"IGO", "NGO", "NSA", "MNC"}  # country codes of those that belong to no country
APART = {"REB"}  # sectors that do not act for their country
NAMELESS = ("role:", "crowd:", "people:")  # ids of actors who are only described


def with_nodes(rows: pd.DataFrame, by: str) -> pd.DataFrame:
    """Rows of dyads with the columns `source` and `target`: the nodes of both, null for nobody certain."""
    return rows.assign(source=nodes(rows, "actor", by), target=nodes(rows, "recipient", by))


def nodes(rows: pd.DataFrame, side: str, by: str) -> pd.Series:
    """The node of everybody on one side of the rows."""
    names = [f"{side}_id", f"{side}_country", f"{side}_sector"]
    known = rows[names].drop_duplicates()
    found = {(one, country, sector): node(one, country, sector, by) for one, country, sector in keys(known)}
    made: pd.Series = library("pandas").Series(
        [found[key] for key in keys(rows[names])], index=rows.index, dtype=object
    )
    return made


def keys(frame: pd.DataFrame) -> list[tuple[str | None, str | None, str | None]]:
    """The rows of a frame of id, country and sector as tuples, null as None."""
    columns = ([cell if isinstance(cell, str) else None for cell in frame[name]] for name in frame)
    return list(zip(*columns, strict=True))


def node(actor_id: str | None, country: str | None, sector: str | None, by: str) -> str | None:
    """Whom an actor counts for. By country: the country, but armed groups, organisations and persons of no country
    stand for themselves. Those who are only described ('protesters') and of no country are nobody certain.
    """
    if actor_id is None:
        return None
    stateless = country is None or country in NO_STATE
    if by == "country" and country is not None and not stateless and sector not in APART:
        return country
    return None if stateless and actor_id.startswith(NAMELESS) else actor_id


def node_names(rows: pd.DataFrame) -> dict[str, str]:
    """Node -> its name: that of the country, or of the actor."""
    named: dict[str, str] = {}
    for side, column in (("actor", "source"), ("recipient", "target")):
        pairs = rows[[column, f"{side}_id", side]].dropna()
        for key, actor_id, name in sorted(set(pairs.itertuples(index=False, name=None))):
            named[key] = name if key == actor_id else states()[key].name if key in states() else key
    return named
