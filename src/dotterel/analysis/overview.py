"""What a database holds, at a glance: how much, of which days, who takes part most, and what they do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dotterel.codebook import types
from dotterel.store import Store

DAYS_LISTED = 8
NAMES_LISTED = 12
# Acts may lie ahead ("will meet in 2030"): the newest day is no later than the newest report.
DAYS = """
SELECT first_day AS day, count(*) AS acts FROM {acts}
WHERE date_precision = 'day' AND first_day <= coalesce((SELECT max(published) FROM reports), first_day)
GROUP BY 1 ORDER BY 1
"""
ACTS = """
SELECT type, any_value(quad) AS quad, count(*) AS acts, min(first_day) AS first, max(last_day) AS last
FROM {acts} GROUP BY type
"""
# As the views of dyads pair parties, but each pair once an act, whichever way it goes.
WHO = """
WITH part AS MATERIALIZED (
    SELECT DISTINCT {id} AS act, role, actor_id, name FROM {parties} WHERE role IN ('actor', 'recipient')
),
toward AS (SELECT DISTINCT act FROM part WHERE role = 'recipient'),
pairs AS (
    SELECT a.act, a.actor_id AS a, b.actor_id AS b
    FROM part a JOIN part b ON b.act = a.act AND a.role = 'actor' AND b.role = 'recipient' AND a.actor_id <> b.actor_id
    UNION ALL
    SELECT a.act, a.actor_id, b.actor_id
    FROM part a JOIN part b ON b.act = a.act AND a.role = 'actor' AND b.role = 'actor' AND a.actor_id < b.actor_id
    WHERE a.act NOT IN (SELECT act FROM toward)
),
dyads AS (
    SELECT least(a, b) AS a, greatest(a, b) AS b, count(*) AS acts FROM pairs GROUP BY 1, 2
    ORDER BY acts DESC, 1, 2 LIMIT $dyads
),
actors AS (
    SELECT actor_id, arg_max(name, length(name)) AS name, count(DISTINCT act) AS acts FROM part GROUP BY actor_id
)
(SELECT 1 AS kind, actor_id AS a, name AS name_a, NULL AS b, NULL AS name_b, acts FROM actors
 ORDER BY acts DESC, a LIMIT $actors)
UNION ALL
SELECT 2, d.a, x.name, d.b, y.name, d.acts
FROM dyads d JOIN actors x ON x.actor_id = d.a JOIN actors y ON y.actor_id = d.b
ORDER BY kind, acts DESC, a, b
"""
UNITS = {
    "linked": ("current_linked", "linked_parties", "linked_id"),
    "events": ("current_events", "parties", "event_id"),
}
CHECKED = "SELECT (SELECT count(*) FROM verdicts) AS corrected, EXISTS (SELECT 1 FROM linked_members) AS linked"


@dataclass(frozen=True, slots=True)
class Day:
    """A day, and how many acts happened on it."""

    day: date
    acts: int


@dataclass(frozen=True, slots=True)
class Kind:
    """An event type, and how many acts are of it."""

    type: str
    quad: int
    acts: int


@dataclass(frozen=True, slots=True)
class Who:
    """An actor, and in how many acts."""

    id: str
    name: str
    acts: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two actors, and how many acts they did with or toward one another."""

    a: str
    name_a: str
    b: str
    name_b: str
    acts: int


@dataclass(frozen=True, slots=True)
class Overview:
    """What a database holds."""

    counts: dict[str, int]  # rows of each table: reports, events, failures, ...
    unit: str  # of all that is counted below: linked, or events where none is linked yet
    acts: int
    corrected: int  # events of reports that a person looked at
    first: date | None
    last: date | None
    types: tuple[Kind, ...]  # in the order of the codebook
    newest: tuple[Day, ...]
    busiest: tuple[Day, ...]
    actors: tuple[Who, ...]  # the most frequent first
    dyads: tuple[Pair, ...]


def overview(store: Store, names: int = NAMES_LISTED) -> Overview:
    """What the database holds; `names` is how many actors are told."""
    counts = store.counts()
    (checked,) = store.query(CHECKED).to_pylist()
    unit = "linked" if checked["linked"] or not counts["events"] else "events"
    acts, parties, key = UNITS[unit]
    kinds = {row["type"]: row for row in store.query(ACTS.format(acts=acts)).to_pylist()}
    days = [Day(**row) for row in store.query(DAYS.format(acts=acts)).to_pylist()]
    who = store.query(WHO.format(parties=parties, id=key), {"dyads": NAMES_LISTED, "actors": names}).to_pylist()
    return Overview(
        counts,
        unit,
        sum(row["acts"] for row in kinds.values()),
        checked["corrected"],
        min((row["first"] for row in kinds.values() if row["first"]), default=None),
        max((row["last"] for row in kinds.values() if row["last"]), default=None),
        tuple(in_order(kinds)),
        tuple(reversed(days[-DAYS_LISTED:])),
        tuple(sorted(days, key=lambda one: (-one.acts, one.day))[:DAYS_LISTED]),
        tuple(Who(row["a"], row["name_a"], row["acts"]) for row in who if row["kind"] == 1),
        tuple(Pair(row["a"], row["name_a"], row["b"], row["name_b"], row["acts"]) for row in who if row["kind"] == 2),
    )


def in_order(kinds: dict[str, dict[str, int]]) -> list[Kind]:
    """The types there are, PLOVER's in their order, then those of codebooks of a user's own."""
    known = [kind.name for kind in types()]
    names = [name for name in known if name in kinds] + sorted(set(kinds) - set(known))
    return [Kind(name, kinds[name]["quad"], kinds[name]["acts"]) for name in names]
