"""Who is meant by a country code, an actor's id, a name or a part of it; one who could be several is asked back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from dotterel.actors.vocabulary import fold
from dotterel.analysis.acts import check_linked
from dotterel.analysis.scope import Scope
from dotterel.errors import InputError
from dotterel.store import Store

LISTED = 6  # candidates named where a name could be several
# Most ask by code or id: what all are called is read only where that finds nobody.
EXACT = """
SELECT DISTINCT actor_id, name, country, name AS text FROM {view}
WHERE role IN ('actor', 'recipient') AND (list_contains($said, actor_id) OR list_contains($said, country))
"""
KNOWN = "SELECT DISTINCT actor_id, name, country, text FROM {view} WHERE role IN ('actor', 'recipient')"
ACTS = """
SELECT actor_id, count(DISTINCT {id}) AS acts FROM {view}
WHERE role IN ('actor', 'recipient') AND list_contains($ids, actor_id) GROUP BY actor_id
"""


@dataclass(frozen=True, slots=True)
class Party:
    """One side of an analysis: an actor, or all actors of a country."""

    column: str  # 'id' or 'country': what `key` is
    key: str
    label: str  # for titles

    def condition(self, parameter: str) -> str:
        """In SQL: that a row of the view of parties is of this one."""
        return f"{'actor_id' if self.column == 'id' else 'country'} = ${parameter}"


@dataclass(slots=True)
class Known:
    """An actor who takes part in acts, and what reports call him."""

    id: str
    name: str
    countries: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    acts: int = 0  # counted only where he is one of several candidates


class UnknownPartyError(InputError):
    """A name that nobody has who takes part in acts."""

    def __init__(self, said: str, store: Store) -> None:
        path = store.path
        super().__init__(f"nobody in {path} is called '{said}'; look: dotterel actors {path} --search NAME")
        self.said = said


class AmbiguousError(InputError):
    """A name that could be several; `candidates` has them, those of most acts first."""

    def __init__(self, said: str, candidates: Sequence[Known]) -> None:
        super().__init__(f"'{said}' could be {listed(candidates)}; give one of these ids")
        self.said = said
        self.candidates = tuple(candidates)


def find_party(store: Store, said: str, scope: Scope) -> Party:
    """Whom that means among those who take part in acts: a country code, then an id, a whole name, a part of a name, a
    part of what reports call somebody.

    Raises UnknownPartyError where it is nobody, AmbiguousError where it could be several, InputError where reports are
    not linked yet.
    """
    return find_parties(store, (said,), scope)[0]


def find_parties(store: Store, said: Sequence[str], scope: Scope) -> list[Party]:
    """The same for several at once. Raises as `find_party` does."""
    check_linked(store, scope)
    view = scope.views.parties
    exact = known_from(store.query(EXACT.format(view=view), {"said": list(said)}).to_pylist())
    found = {one: exactly(one, exact) for one in said}
    if any(party is None for party in found.values()):
        known = known_from(store.query(KNOWN.format(view=view)).to_pylist())
        found |= {one: found[one] or named(store, one, known, scope) for one in found}
    return [party for one in said if (party := found[one])]


def known_from(rows: Iterable[dict[str, str | None]]) -> list[Known]:
    """Each actor once, with the longest of his names."""
    found: dict[str, Known] = {}
    for row in rows:
        one, name = str(row["actor_id"]), str(row["name"])
        known = found.setdefault(one, Known(one, name))
        known.name = max(known.name, name, key=lambda name: (len(name), name))
        known.texts.add(str(row["text"]))
        if row["country"]:
            known.countries.add(row["country"])
    return list(found.values())


def exactly(said: str, known: Iterable[Known]) -> Party | None:
    """The party of that code or id."""
    if re.fullmatch(r"[A-Z]{3}", said) and any(said in one.countries for one in known):
        return Party("country", said, said)
    return next((Party("id", one.id, one.name) for one in known if one.id == said), None)


def named(store: Store, said: str, known: Sequence[Known], scope: Scope) -> Party:
    """The one actor who is called so. Raises UnknownPartyError where there is none, AmbiguousError for several."""
    found = candidates(said, known)
    if not found:
        raise UnknownPartyError(said, store)
    if len(found) > 1:
        sql = ACTS.format(view=scope.views.parties, id=scope.views.id)
        acts = {
            row["actor_id"]: row["acts"] for row in store.query(sql, {"ids": [one.id for one in found]}).to_pylist()
        }
        for one in found:
            one.acts = acts[one.id]
        raise AmbiguousError(said, sorted(found, key=lambda one: (-one.acts, one.id)))
    return Party("id", found[0].id, found[0].name)


def candidates(said: str, known: Sequence[Known]) -> list[Known]:
    """The actors meant, by the surest way in which there are any."""
    word = fold(said).lower().strip()
    if not word:
        return []
    ways: tuple[Callable[[Known], bool], ...] = (
        lambda one: fold(one.name).lower() == word,
        lambda one: word in fold(one.name).lower(),
        lambda one: any(word in fold(text).lower() for text in one.texts),
    )
    return next((found for way in ways if (found := [one for one in known if way(one)])), [])


def listed(found: Sequence[Known]) -> str:
    """The candidates in one line."""
    words = [f"{one.name} ({one.id})" for one in found[:LISTED]]
    more = f" or {len(found) - LISTED} more" if len(found) > LISTED else ""
    return " or ".join(words) + more
