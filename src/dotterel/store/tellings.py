"""A linked event and all that tell it: each report's own telling, what they agree on, and why they are one act."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dotterel.linking.cluster import components
from dotterel.store.database import Store

Row = dict[str, Any]
AT = "IN (SELECT unnest($ids::VARCHAR[]))"
ACT = "SELECT * FROM current_linked WHERE id = $id"
PARTIES = (
    "SELECT role, actor_id, name, country, sector, text FROM linked_parties WHERE linked_id = $id ORDER BY position"
)
MEMBERS = "SELECT event_id FROM current_members WHERE linked_id = $id"
TELLINGS = f"""
SELECT e.id AS event_id, e.report_id, e.type, e.mode, e.status, e.quad, e.date, e.first_day, e.last_day, e.date_text,
       e.date_precision, e.place_text, e.place_name, e.place_country, e.confidence, e.reason, e.corrected,
       o.date_start_char, o.date_end_char, o.place_start_char, o.place_end_char,
       r.title, r.source, r.agency, r.published, c.group_id, c.of_id
FROM current_events e
JOIN reports r ON r.id = e.report_id
LEFT JOIN reprints c ON c.report_id = e.report_id
LEFT JOIN events o ON o.id = e.id AND o.id {AT}
WHERE e.id {AT}
ORDER BY r.published NULLS LAST, e.report_id, e.position
"""
MENTIONS = f"""
SELECT m.event_id, m.trigger, m.start_char, m.end_char, m.sentence_start_char,
       substring(r.text, m.sentence_start_char + 1, m.sentence_end_char - m.sentence_start_char) AS sentence
FROM current_mentions m JOIN reports r ON r.id = m.report_id WHERE m.event_id {AT} ORDER BY m.position
"""
TAKING_PART = f"""
SELECT event_id, role, actor_id, name, country, sector, text, start_char, end_char, kind, score, reason
FROM parties WHERE event_id {AT} ORDER BY position
"""
FIGURES = f"""
SELECT event_id, value_text, value, unit, what, bound, source, sentence, report_id, start_char
FROM figures WHERE event_id {AT} ORDER BY report_id, start_char
"""
STANCES = """
SELECT report_id, holder, toward, stance, issue, start_char,
       row_number() OVER (PARTITION BY report_id ORDER BY start_char, position) AS place
FROM stances WHERE report_id IN (SELECT unnest($reports::VARCHAR[]))
ORDER BY report_id, start_char, position
"""
DETAILS = "SELECT field, value, kind, event_ids FROM linked_details WHERE linked_id = $id"
# Two searches of an index each, for one with OR would go through all judgements.
JUDGEMENTS = f"""
SELECT * FROM judgements WHERE event_a {AT} AND undone IS NULL
UNION SELECT * FROM judgements WHERE event_b {AT} AND undone IS NULL
"""
DOTTEREL = "dotterel"


@dataclass(frozen=True, slots=True)
class Part:
    """Somebody with a part in a telling, and the words for them."""

    role: str  # actor, recipient, attribution, claimed_by
    actor_id: str
    name: str
    country: str | None
    sector: str
    text: str
    start_char: int
    end_char: int
    kind: str
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Telling:
    """How one report tells the act."""

    row: Mapping[str, Any]  # the event as it holds now, with its report
    mention: Mapping[str, Any] | None  # the fullest: trigger, sentence, and where they stand in the report
    mentions: int
    parts: tuple[Part, ...]
    figures: tuple[Mapping[str, Any], ...]

    @property
    def event_id(self) -> str:
        """The id of the report's event."""
        return str(self.row["event_id"])

    @property
    def report_id(self) -> str:
        """The id of the report."""
        return str(self.row["report_id"])

    @property
    def outlet(self) -> str | None:
        """Who published it, as far as is told."""
        told: str | None = self.row["source"] or self.row["agency"]
        return told

    @property
    def label(self) -> str:
        """What the report is called where there is little room."""
        return str(self.outlet or self.row["title"] or f"Report {self.report_id}")

    def side(self, role: str) -> tuple[Part, ...]:
        """Who has that role in it."""
        return tuple(part for part in self.parts if part.role == role)


@dataclass(frozen=True, slots=True)
class Copy:
    """Reports that print one copy: the first published, and those that print it again."""

    first: tuple[Telling, ...]  # its tellings: mostly one, several where the report tells the act several times
    again: tuple[Telling, ...]

    @property
    def tellings(self) -> tuple[Telling, ...]:
        """All of them."""
        return self.first + self.again


@dataclass(frozen=True, slots=True)
class Field:
    """What is told of one thing, by whom; the values that cannot all be right first."""

    name: str
    kind: str  # conflicting, agreed or single
    values: tuple[tuple[str, str, tuple[str, ...]], ...]  # (value, kind, members that tell it so)


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement on two events as it is kept."""

    number: int
    event_a: str
    event_b: str
    same: bool
    score: float
    reasons: tuple[str, ...]
    conflicts: tuple[str, ...]
    made_by: str
    note: str | None
    made: datetime
    undone: datetime | None

    @property
    def by_hand(self) -> bool:
        """Whether a person said so."""
        return self.made_by != DOTTEREL


@dataclass(frozen=True, slots=True)
class Whole:
    """A linked event with everything a person needs to judge it."""

    act: Mapping[str, Any]
    parties: tuple[Mapping[str, Any], ...]
    copies: tuple[Copy, ...]
    fields: tuple[Field, ...]
    within: tuple[Judged, ...]  # on two of its members
    beyond: tuple[Judged, ...]  # on one of them and another event

    @property
    def tellings(self) -> tuple[Telling, ...]:
        """Every telling of it."""
        return tuple(telling for copy in self.copies for telling in copy.tellings)

    def side(self, role: str) -> tuple[Mapping[str, Any], ...]:
        """Who has that role in it."""
        return tuple(party for party in self.parties if party["role"] == role)


def whole(store: Store, linked_id: str) -> Whole | None:
    """The linked event of that id as corrections leave it; None where there is none."""
    acts = rows_of(store, ACT, id=linked_id)
    if not acts:
        return None
    ids = [row["event_id"] for row in rows_of(store, MEMBERS, id=linked_id)]
    tellings = tellings_of(store, ids)
    judged = [_judged(row) for row in rows_of(store, JUDGEMENTS, ids=ids)]
    judged.sort(key=lambda j: (not j.by_hand, -j.score, j.number))
    members = set(ids)
    return Whole(
        acts[0],
        tuple(rows_of(store, PARTIES, id=linked_id)),
        copies_of(tellings),
        fields_of(rows_of(store, DETAILS, id=linked_id), tellings),
        tuple(j for j in judged if {j.event_a, j.event_b} <= members),
        tuple(j for j in judged if not {j.event_a, j.event_b} <= members),
    )


def tellings_of(store: Store, event_ids: Sequence[str]) -> list[Telling]:
    """These events of reports, the first published first."""
    ids = list(event_ids)
    mentions, parts, figures = (_by_event(rows_of(store, sql, ids=ids)) for sql in (MENTIONS, TAKING_PART, FIGURES))
    return [
        Telling(
            row,
            next(iter(mentions[row["event_id"]]), None),
            len(mentions[row["event_id"]]),
            tuple(Part(**part) for part in parts[row["event_id"]]),
            tuple(figures[row["event_id"]]),
        )
        for row in rows_of(store, TELLINGS, ids=ids)
    ]


def copies_of(tellings: Iterable[Telling]) -> tuple[Copy, ...]:
    """The tellings by the copy that their reports print, in order of the first of each."""
    groups: dict[str, list[Telling]] = defaultdict(list)
    for telling in tellings:
        groups[telling.row["group_id"] or telling.report_id].append(telling)
    return tuple(
        Copy(
            tuple(t for t in group if t.report_id == group[0].report_id),
            tuple(t for t in group if t.report_id != group[0].report_id),
        )
        for group in groups.values()
    )


def sources_of(tellings: Iterable[Telling]) -> dict[str, int]:
    """Report -> the number of its source, from 1 in order of publication: reports of one copy, agency or outlet are of
    one source, as in `linked_events.sources`.
    """
    holders: dict[str, str] = {}
    pairs, reports = [], []
    for telling in tellings:
        origins = [f"copy {telling.row['group_id'] or telling.report_id}"]
        origins += [f"outlet {outlet.casefold()}"] if (outlet := telling.row["agency"] or telling.row["source"]) else []
        pairs += [(holders.setdefault(origin, telling.report_id), telling.report_id) for origin in origins]
        reports.append(telling.report_id)
    groups = components(reports, pairs)
    first = sorted(groups, key=lambda group: min(map(reports.index, group)))
    return {report: number for number, group in enumerate(first, 1) for report in group}


def fields_of(details: Iterable[Row], tellings: Sequence[Telling]) -> tuple[Field, ...]:
    """What the details say of the members that are left: disputed fields first, then as they were written."""
    reports = {telling.event_id: telling.report_id for telling in tellings}
    told: dict[str, list[tuple[str, str, tuple[str, ...]]]] = defaultdict(list)
    for row in details:
        left = tuple(event_id for event_id in row["event_ids"] if event_id in reports)
        if left:
            told[row["field"]].append((row["value"], row["kind"], left))
    fields = [_field(name, values, reports) for name, values in told.items()]
    order = {"type": 0, "status": 1, "date": 2, "place": 3, "actor": 4, "recipient": 5}
    return tuple(sorted(fields, key=lambda f: (f.kind != "conflicting", order.get(f.name, 9), f.name)))


def _field(name: str, values: list[tuple[str, str, tuple[str, ...]]], reports: Mapping[str, str]) -> Field:
    if len(values) == 1 and values[0][1] == "conflicting":  # whoever told otherwise was rejected
        value, _, members = values[0]
        values = [(value, "agreed" if len({reports[m] for m in members}) > 1 else "single", members)]
    kinds = [kind for _, kind, _ in values]
    kind = next(kind for kind in ("conflicting", "agreed", "single") if kind in kinds)
    ordered = sorted(values, key=lambda v: (v[1] != "conflicting", -len(v[2]), v[0]))
    return Field(name, kind, tuple(ordered))


def stances_of(store: Store, tellings: Iterable[Telling]) -> list[Row]:
    """The stances told in the sentences that tell the act; `place` is their number in its report."""
    spans: dict[str, list[tuple[int, int]]] = defaultdict(list)
    labels = {}
    for telling in tellings:
        labels[telling.report_id] = telling.label
        if m := telling.mention:
            spans[telling.report_id].append((m["sentence_start_char"], m["sentence_start_char"] + len(m["sentence"])))
    return [
        row | {"label": labels[row["report_id"]]}
        for row in rows_of(store, STANCES, reports=list(spans))
        if any(start <= row["start_char"] < end for start, end in spans[row["report_id"]])
    ]


def _judged(row: Row) -> Judged:
    return Judged(**{**row, "reasons": tuple(row["reasons"]), "conflicts": tuple(row["conflicts"])})


def _by_event(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.pop("event_id")].append(row)
    return found


def rows_of(store: Store, sql: str, **values: object) -> list[Row]:
    """The rows that a question has for an answer."""
    answer: list[Row] = store.query(sql, values).to_pylist()
    return answer
