"""Who is meant by a country code, an actor's id, a name or a part of it; one who could be several is asked back."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from dotterel.actors.vocabulary import fold
from dotterel.analysis.acts import check_linked
from dotterel.analysis.scope import Scope
from dotterel.errors import InputError
from dotterel.store import Store

if TYPE_CHECKING:
    import pandas as pd

LISTED = 6  # candidates named where a name could be several
KNOWN = """
SELECT actor_id, arg_max(name, (length(name), name)) AS name,
       list_distinct(list(country) FILTER (country IS NOT NULL)) AS countries,
       list_distinct(list(text)) AS texts, count(DISTINCT {id}) AS acts
FROM {view} WHERE role IN ('actor', 'recipient')
GROUP BY actor_id ORDER BY acts DESC, actor_id
"""


@dataclass(frozen=True, slots=True)
class Party:
    """One side of an analysis: an actor, or all actors of a country."""

    column: str  # 'id' or 'country': what `key` is
    key: str
    label: str  # for titles

    def condition(self, side: str, parameter: str) -> str:
        """In SQL: that it stands on that side of a dyad."""
        return f"{self.name_of(side)} = ${parameter}"

    def on(self, rows: pd.DataFrame, side: str) -> pd.Series:
        """Of rows of dyads: whether it stands on that side."""
        matches: pd.Series = (rows[self.name_of(side)] == self.key).fillna(False).astype(bool)
        return matches

    def name_of(self, side: str) -> str:
        """The column that tells it from others on a side, 'actor' or 'recipient'."""
        return f"{side}_{self.column}"


def find_party(store: Store, said: str, scope: Scope) -> Party:
    """Whom that means among those who take part in acts: a country code, then an id, a whole name, a part of a name, a
    part of what reports call somebody.

    Raises InputError where it is nobody, or could be several, or where reports are not linked yet.
    """
    check_linked(store, scope)
    known = store.query(KNOWN.format(view=scope.views.parties, id=scope.views.id)).to_pylist()
    if re.fullmatch(r"[A-Z]{3}", said) and any(said in (row["countries"] or ()) for row in known):
        return Party("country", said, said)
    found = candidates(said, known)
    if not found:
        raise InputError(f"nobody in {store.path} is called '{said}'; look: dotterel actors {store.path} --search NAME")
    if len(found) > 1:
        raise InputError(f"'{said}' could be {listed(found)}; give one of these ids")
    return Party("id", found[0]["actor_id"], found[0]["name"])


def candidates(said: str, known: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The actors meant, by the surest way in which there are any."""
    word = fold(said).lower().strip()
    if not word:
        return []
    ways: tuple[Callable[[dict[str, Any]], bool], ...] = (
        lambda row: row["actor_id"] == said,
        lambda row: fold(row["name"]).lower() == word,
        lambda row: word in fold(row["name"]).lower(),
        lambda row: any(word in fold(text).lower() for text in row["texts"]),
    )
    return next((found for way in ways if (found := [row for row in known if way(row)])), [])


def listed(found: list[dict[str, Any]]) -> str:
    """The candidates in one line, those of most acts first."""
    named = [f"{row['name']} ({row['actor_id']})" for row in found[:LISTED]]
    more = f" or {len(found) - LISTED} more" if len(found) > LISTED else ""
    return " or ".join(named) + more
