"""A linked event from the events that are one act: what they agree on, where they differ, how sure it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from dotterel.linking.cluster import components
from dotterel.linking.compare import is_spot, likeness_of
from dotterel.linking.details import details_of
from dotterel.linking.facts import Facts, Party
from dotterel.types import Actor, Detail, LinkedEvent, LinkedParty

ONE_PARTY = 0.5  # likeness from which two parties of one act are taken for the same
SECOND_SOURCE = 0.5  # share of its confidence that each further independent source adds
DISPUTED = 0.9  # factor for each field that is told in conflicting ways
SUREST = 0.99
ROLES = ("actor", "recipient", "attribution", "claimed_by")

Value = TypeVar("Value")


def linked_event(members: Sequence[Facts], copies: Mapping[str, str]) -> LinkedEvent:
    """The one act that the members tell. `copies` has of each report the group of reports that print the same copy."""
    members = sorted(members, key=lambda m: m.event_id)
    best = fullest(members)
    sources = sources_of(members, copies)
    details = details_of(members)
    reports = in_order(members)
    return LinkedEvent(
        id=f"L-{members[0].event_id}",
        type=(kind := most(members, lambda m: m.type)),
        mode=most([m for m in members if m.type == kind], lambda m: m.mode),
        status=most(members, lambda m: m.status),
        contexts=best.contexts,
        parties=tuple(party for role in ROLES for party in parties_of(members, best, role)),
        **_day(members, best),  # type: ignore[arg-type]
        **_place(members, best),  # type: ignore[arg-type]
        members=tuple(m.event_id for m in members),
        reports=tuple(reports),
        sources=len(sources),
        first_published=min((m.published for m in members if m.published), default=None),
        best_event=best.event_id,
        details=details,
        confidence=confidence(members, sources, details),
        reason=reason(members, sources, details),
    )


def fullest(members: Sequence[Facts]) -> Facts:
    """The member that tells most: who, to whom, when, where, how many; of equals the surest, then the smallest id."""

    def told(facts: Facts) -> int:
        return sum(map(bool, (facts.actors, facts.recipients, facts.told, facts.geonames, facts.tolls)))

    return min(members, key=lambda m: (-told(m), -m.confidence, m.event_id))


def most(members: Sequence[Facts], value: Callable[[Facts], Value]) -> Value:
    """The value that members tell most, weighed by their confidence; of equals the first in the order of letters."""
    weights: dict[Value, float] = {}
    for member in members:
        weights[value(member)] = weights.get(value(member), 0.0) + member.confidence
    return min(weights, key=lambda found: (-round(weights[found], 6), str(found)))


def in_order(members: Sequence[Facts]) -> list[str]:
    """The ids of the reports, the first published first."""
    days = {m.report_id: (m.published is None, m.published or date.min, m.report_id) for m in members}
    return sorted(days, key=lambda report: days[report])


def sources_of(members: Sequence[Facts], copies: Mapping[str, str]) -> list[tuple[Facts, ...]]:
    """The members by independent source: reports of one copy, agency or outlet are one."""
    by_report: dict[str, list[Facts]] = {}
    holders: dict[str, str] = {}
    pairs = []
    for member in members:
        by_report.setdefault(member.report_id, []).append(member)
        origins = [f"copy {copies.get(member.report_id, member.report_id)}"]
        origins += [f"outlet {member.outlet.casefold()}"] if member.outlet else []
        pairs += [(holders.setdefault(origin, member.report_id), member.report_id) for origin in origins]
    return [tuple(m for report in group for m in by_report[report]) for group in components(by_report, pairs)]


def confidence(members: Sequence[Facts], sources: Sequence[Sequence[Facts]], details: Iterable[Detail]) -> float:
    """That of the surest member, more for each further independent source, less for each disputed field."""
    surest = sorted((max(m.confidence for m in source) for source in sources), reverse=True)
    doubt = 1 - surest[0]
    for found in surest[1:]:
        doubt *= 1 - SECOND_SOURCE * found
    disputed = len({d.field for d in details if d.kind == "conflicting"})
    sure = 1 - doubt if len(members) == 1 else min(1 - doubt, SUREST)
    return round(sure * DISPUTED**disputed, 3)


def reason(members: Sequence[Facts], sources: Sequence[Sequence[Facts]], details: Iterable[Detail]) -> str:
    """How many tell it, and what they dispute."""
    reports = len({m.report_id for m in members})
    disputed = sorted({d.field for d in details if d.kind == "conflicting"})
    told = "told by one report" if reports == 1 else f"told by {reports} reports"
    if reports > 1:
        independent = len(sources)
        told += f", {independent} of them independent" if independent > 1 else ", all of one source"
    return told + (f"; they differ on {', '.join(disputed)}" if disputed else "")


def parties_of(members: Sequence[Facts], best: Facts, role: str) -> list[LinkedParty]:
    """Who has that role: the parties of the fullest telling, each as most members name it."""
    told = [(m, of_role(m, role)) for m in members]
    start = of_role(best, role) or next(iter(sorted((p for _, p in told if p), key=len, reverse=True)), ())
    taken = {p.id for other in ROLES[:2] if other != role and role in ROLES[:2] for p in of_role(best, other)}
    found: list[LinkedParty] = []
    for party in start:
        named = commonest(party, [p for _, parties in told for p in parties])
        if named.id not in taken | {f.actor.id for f in found}:
            count = sum(any(p.id == named.id for p in parties) for _, parties in told)
            found.append(LinkedParty(role, _actor(named), named.text, count))
    return found


def of_role(facts: Facts, role: str) -> tuple[Party, ...]:
    """The parties of an event that have a role."""
    return {
        "actor": facts.actors,
        "recipient": facts.recipients,
        "attribution": facts.attribution,
        "claimed_by": facts.claimed_by,
    }[role]


def commonest(party: Party, others: Sequence[Party]) -> Party:
    """What most members call a party that is like this one: a name before a description, then the commoner."""
    like = [other for other in others if likeness_of(party, other) > ONE_PARTY]
    counts = {other.id: sum(o.id == other.id for o in like) for other in like}
    if not like:
        return party
    return min(like, key=lambda o: (o.id.startswith("role:"), -counts[o.id], o.id != party.id, o.id, o.text))


def _actor(party: Party) -> Actor:
    return Actor(party.id, party.name, party.country, party.sector, party.sectors)


def _day(members: Sequence[Facts], best: Facts) -> dict[str, object]:
    """The day that most reports tell; where none tells one, the best that is known."""
    dated = [m for m in members if m.first is not None]
    for kept in ([m for m in dated if m.told and m.first == m.last], [m for m in dated if m.first == m.last], dated):
        if kept:
            chosen = most(kept, lambda m: (m.first, m.last, m.day, m.precision))
            return dict(zip(("first_day", "last_day", "day", "date_precision"), chosen, strict=True))
    return {"first_day": best.first, "last_day": best.last, "day": best.day, "date_precision": best.precision}


def _place(members: Sequence[Facts], best: Facts) -> dict[str, object]:
    """The place that most members tell, a town before a country."""
    names = ("place_text", "place_name", "place_region", "place_country", "latitude", "longitude", "geonames")
    spots = [m for m in members if is_spot(m)] or [m for m in members if m.place_text]
    if spots:
        common = most(spots, lambda m: (m.place_country or "", m.place_name or m.place_text or ""))
        alike = [m for m in spots if (m.place_country or "", m.place_name or m.place_text or "") == common]
        best = best if best in alike else alike[0]
    return {name: getattr(best, name) for name in names}
