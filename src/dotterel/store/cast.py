"""Who takes part: every actor of a database with what is counted of them, to be sought, filtered and sorted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from dotterel.store.database import Store
from dotterel.store.terms import unaccented

SORTS = ("acts", "name", "actor", "recipient", "quotes", "first", "last")
LINKED = "SELECT EXISTS (SELECT 1 FROM linked_events) AS linked"
ACTS = """
SELECT actor_id, count(*) FILTER (role = 'actor') AS as_actor, count(*) FILTER (role = 'recipient') AS as_recipient
FROM {view} GROUP BY actor_id
"""
SEEN = """
WITH spoken AS (
    SELECT speaker_id AS actor_id, speaker_name AS name, speaker_country AS country, speaker_sector AS sector,
           speaker_text AS text, report_id, 1 AS quotes
    FROM current_quotes WHERE speaker_id IS NOT NULL
),
told AS (
    SELECT actor_id, name, country, sector, text, report_id, 0 AS quotes FROM parties
    UNION ALL SELECT * FROM spoken
),
worded AS (
    SELECT t.actor_id, t.name, t.country, t.sector, t.text, sum(t.quotes) AS quotes,
           min(r.published) AS first_seen, max(r.published) AS last_seen
    FROM told t JOIN reports r ON r.id = t.report_id GROUP BY ALL
)
SELECT w.actor_id, coalesce(a.name, max(w.name)) AS name,
       list_sort(list_distinct(list(w.country) FILTER (w.country IS NOT NULL))) AS countries,
       list_sort(list_distinct(list(w.sector))) AS sectors,
       sum(w.quotes)::BIGINT AS quotes, min(w.first_seen) AS first_seen, max(w.last_seen) AS last_seen,
       strip_accents(lower(concat_ws(
           chr(10), w.actor_id, a.name, array_to_string(list_distinct(list(w.name) || list(w.text)), chr(10))
       ))) AS sought
FROM worded w LEFT JOIN actors a ON a.id = w.actor_id
GROUP BY w.actor_id, a.name
"""


@dataclass(frozen=True, slots=True)
class Member:
    """An actor, under the identity that people decided on."""

    actor_id: str
    name: str
    countries: tuple[str, ...]
    sectors: tuple[str, ...]
    as_actor: int  # acts, each once however many reports tell it
    as_recipient: int
    quotes: int
    first_seen: date | None  # in a report published that day
    last_seen: date | None
    sought: str  # name, id and wordings without accents and capitals, a line each

    @property
    def acts(self) -> int:
        """Acts on either side."""
        return self.as_actor + self.as_recipient


def cast(store: Store) -> tuple[Member, ...]:
    """Everybody who takes part in an act, is cited for one or is quoted, those of most acts first."""
    view = "linked_parties" if _rows(store, LINKED)[0]["linked"] else "parties"
    acts = {row["actor_id"]: row for row in _rows(store, ACTS.format(view=view))}
    members = [_member(row, acts.get(row["actor_id"], {})) for row in _rows(store, SEEN)]
    return tuple(sorted(members, key=lambda m: (-m.acts, -m.quotes, m.actor_id)))


def _member(row: dict[str, Any], acts: dict[str, Any]) -> Member:
    return Member(
        row["actor_id"],
        row["name"],
        tuple(row["countries"] or ()),
        tuple(row["sectors"]),
        acts.get("as_actor", 0),
        acts.get("as_recipient", 0),
        row["quotes"],
        row["first_seen"],
        row["last_seen"],
        row["sought"],
    )


def chosen(
    members: Sequence[Member],
    words: str = "",
    country: str | None = None,
    sector: str | None = None,
    sort: str = "acts",
    descending: bool = True,
) -> list[Member]:
    """Those whose name, id or wording holds the words, of that country and sector; `sort` is one of SORTS.

    Among those that words fit alike, the order by acts holds.
    """
    sought = unaccented(words.strip())
    found = [
        m
        for m in members
        if sought in m.sought and (not country or country in m.countries) and (not sector or sector in m.sectors)
    ]
    if sort == "acts":
        return found if descending else found[::-1]
    return sorted(found, key=_KEYS[sort], reverse=descending)


_KEYS: dict[str, Any] = {
    "name": lambda m: unaccented(m.name),
    "actor": lambda m: m.as_actor,
    "recipient": lambda m: m.as_recipient,
    "quotes": lambda m: m.quotes,
    "first": lambda m: m.first_seen or date.min,
    "last": lambda m: m.last_seen or date.min,
}


def tallied(members: Sequence[Member]) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
    """The countries and the sectors of the members, each with how many there are, most first."""
    counts: tuple[dict[str, int], dict[str, int]] = (defaultdict(int), defaultdict(int))
    for member in members:
        for found, values in zip(counts, (member.countries, member.sectors), strict=True):
            for value in values:
                found[value] += 1
    by_country, by_sector = (sorted(found.items(), key=lambda item: (-item[1], item[0])) for found in counts)
    return by_country, by_sector


def _rows(store: Store, sql: str) -> list[dict[str, Any]]:
    answer: list[dict[str, Any]] = store.query(sql).to_pylist()
    return answer
