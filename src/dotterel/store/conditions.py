"""The filters of a search as conditions in SQL; every value is bound, none is SQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from dotterel.codebook import get
from dotterel.store.edits import date_columns
from dotterel.store.sought import Search
from dotterel.store.terms import unaccented
from dotterel.store.whom import whom

Values = dict[str, Any]
PUBLISHED = {"reports": "r.published", "events": "r.published", "linked": "e.first_published"}
# What one act is called by in the tables of each unit, and the view of its parties.
PARTIES = {"events": ("event_id", "parties"), "linked": ("linked_id", "linked_parties")}
# Two parties: toward one another, or together in an act that has no recipient, as the views of dyads have it. Those who
# are neither are left out before anything is put together, for they are nearly all.
SIDES = """e.id IN (
    WITH told AS (
        SELECT p.{key} AS id, p.role, p.actor_id, {a} AS is_a, {b} AS is_b
        FROM {parties} p WHERE p.role IN ('actor', 'recipient') AND ({a} OR {b})
    ),
    sides AS (
        SELECT id,
               coalesce(bool_or(role = 'actor' AND is_a), false) AS a_acts,
               coalesce(bool_or(role = 'actor' AND is_b), false) AS b_acts,
               coalesce(bool_or(role = 'recipient' AND is_a), false) AS a_undergoes,
               coalesce(bool_or(role = 'recipient' AND is_b), false) AS b_undergoes,
               count(DISTINCT actor_id) FILTER (role = 'actor') > 1 AS several
        FROM told GROUP BY id
    )
    SELECT id FROM sides
    WHERE (a_acts AND b_undergoes) OR ({either} AND b_acts AND a_undergoes)
       OR (a_acts AND b_acts AND several AND id NOT IN (SELECT {key} FROM {parties} WHERE role = 'recipient'))
)"""
CORRECTED = {
    "events": "e.corrected IS NOT DISTINCT FROM nullif($corrected, 'none')",
    "linked": """(e.id IN (SELECT linked_id FROM corrected_members WHERE $corrected IN ('none', corrected)))
 = ($corrected <> 'none')""",
}
REPORT = {
    "events": "e.report_id = $report",
    "linked": "e.id IN (SELECT linked_id FROM current_members WHERE report_id = $report)",
}


def conditions(search: Search, values: Values) -> list[str]:
    """What rows have to fulfil; the values they name are added to `values`.

    `e` is an act and `r` its report. Raises StoreError where a date is none, DataError where a type is none.
    """
    found = []
    if search.source:
        values["source"] = search.source
        found.append(
            "contains(strip_accents(lower(concat_ws(' ', r.source, r.agency))), strip_accents(lower($source)))"
        )
    published = PUBLISHED[search.by]
    if search.since:
        values["since"] = bound(search.since, "first_day")
        found.append(f"{_day('e.last_day', search, published)} >= $since")
    if search.until:
        values["until"] = bound(search.until, "last_day")
        found.append(f"{_day('e.first_day', search, published)} <= $until")
    if search.by == "reports":
        return found + _of_reports(search, values)
    return found + act_conditions(search, values)


def _day(column: str, search: Search, published: str) -> str:
    """The day of an act, or that of its report where it has none."""
    return published if search.by == "reports" else f"coalesce({column}, {published})"


def _of_reports(search: Search, values: Values) -> list[str]:
    """The conditions on a report: which it is, and that it tells such an act."""
    acts = act_conditions(replace(search, report=None), values)
    found = (
        [f"EXISTS (SELECT 1 FROM current_events e WHERE e.report_id = r.id AND {' AND '.join(acts)})"] if acts else []
    )
    if search.report:
        values["report"] = search.report
        found.append("r.id = $report")
    return found


def bound(value: str, end: str) -> date:
    """The first or last day of a date that is given. Raises StoreError where it is none."""
    return date.fromisoformat(date_columns(value)[end])


def act_conditions(search: Search, values: Values) -> list[str]:
    """The conditions on acts."""
    unit = "linked" if search.by == "linked" else "events"
    given: Values = {
        "type": get(search.type).name if search.type is not None else None,
        "mode": search.mode,
        "quad": search.quad,
        "status": search.status,
    }
    found = [f"e.{name} = ${name}" for name, value in given.items() if value is not None]
    values |= {name: value for name, value in given.items() if value is not None}
    if search.context:
        values["context"] = search.context
        found.append("list_contains(e.contexts, $context)")
    if search.min_confidence:
        values["sure"] = search.min_confidence
        found.append("e.confidence >= $sure")
    if search.max_confidence < 1:
        values["surest"] = search.max_confidence
        found.append("e.confidence <= $surest")
    if search.where:
        values["where"] = search.where.upper()
        found.append("e.place_country IS NOT DISTINCT FROM nullif($where, 'NONE')")
    if search.located is not None:
        found.append(f"e.latitude IS {'NOT ' if search.located else ''}NULL")
    if search.place:
        values["place"] = unaccented(search.place)
        found.append("contains(strip_accents(lower(concat_ws(chr(10), e.place_name, e.place_text))), $place)")
    if search.report:
        values["report"] = search.report
        found.append(REPORT[unit])
    if search.corrected:
        values["corrected"] = search.corrected
        found.append(CORRECTED[unit])
    return found + _of_parties(search, unit, values)


def _of_parties(search: Search, unit: str, values: Values) -> list[str]:
    """The conditions on who takes part."""
    key, parties = PARTIES[unit]
    part = f"SELECT p.{key} FROM {parties} p WHERE p.role IN ('actor', 'recipient')"
    found = []
    if search.country:
        values["country"] = list(whom(search.country).countries or (search.country.upper(),))
        among = "list_contains($country::VARCHAR[], {})"
        where, whose = among.format("e.place_country"), among.format("p.country")
        found.append(f"({where} OR e.id IN ({part} AND {whose}))")
    if search.actor:
        found.append(f"e.id IN ({part} AND {_is(search.actor, 'actor', values)})")
    for name, pair in (("dyad", search.dyad), ("between", search.between)):
        if pair:
            a, b = (_is(words, f"{name}_{side}", values) for side, words in zip("ab", pair, strict=True))
            found.append(SIDES.format(key=key, parties=parties, a=a, b=b, either=str(name == "between").lower()))
    return found


def _is(words: str, parameter: str, values: Values) -> str:
    """That a party is whom the words mean."""
    return whom(words).condition(("p.actor_id", "p.country"), parameter, values)
