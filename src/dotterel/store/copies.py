"""Reprints in the store: which reports print the same copy, kept up to date as reports come in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from dotterel.linking.cluster import components
from dotterel.linking.reprints import SHARED_BANDS, original, reprint, runs, same_copy
from dotterel.store.inserting import delete_by, found_by, insert_rows
from dotterel.store.ready import Ready
from dotterel.store.rows import Row
from dotterel.types import Report

MOST = 50  # candidates of one report that are compared with it, those that share most bands first
# Reports of a band from which on no more are noted. What so many share is a set phrase, which tells no copy from
# another, or a copy that one of them will do to find; were all kept, each new report would be held against ever more.
HOLDERS = 64
ALONE = "no other report prints the same copy"
FIRST = "the first published of those that print the same copy"


def add_copies(connection: duckdb.DuckDBPyConnection, codings: Sequence[Ready]) -> set[str]:
    """Take new reports into the groups of those that print the same copy.

    Returns the reports that were here before and are now in a group with others that were.
    """
    if not codings:
        return set()
    reports = [coding.report for coding in codings]
    pairs = _pairs(connection, codings)
    new = {report.id for report in reports}
    old = {b for _, b in pairs} - new
    before = _members(connection, old)
    chains = [(group[0], member) for group in before.values() for member in group]
    names = {*new, *(member for group in before.values() for member in group)}
    groups = components(names, [*pairs, *chains])
    _write(connection, groups, reports)
    merged: set[str] = set()
    for group in groups:
        known = [members for members in before.values() if members[0] in group]
        merged |= {member for members in known for member in members} if len(known) > 1 else set()
    return merged


def groups_of(connection: duckdb.DuckDBPyConnection, report_ids: Iterable[str]) -> dict[str, str]:
    """Of each report the group of those that print the same copy."""
    return dict(found_by(connection, "SELECT report_id, group_id FROM reprints", "report_id", report_ids))


def _pairs(connection: duckdb.DuckDBPyConnection, codings: Sequence[Ready]) -> list[tuple[str, str]]:
    """Pairs of a new report and another that print the same copy: at least one of each group that it belongs to."""
    bands = {coding.report.id: coding.bands for coding in codings}
    holders = _note(connection, bands)
    likely = {name: others for name, found in bands.items() if (others := _candidates(name, found, holders))}
    texts = {coding.report.id: runs(coding.report.text) for coding in codings if coding.report.id in likely}
    sought = _by_group(connection, likely)
    pairs: dict[tuple[str, str], str] = {}
    # A text is dear to read, and one that matches does for its group: the others are read where the likeliest does not.
    for some in (slice(0, 1), slice(1, None)):
        asked = [(place, other) for place, others in sought.items() if place not in pairs for other in others[some]]
        _read_texts(connection, texts, (other for _, other in asked))
        pairs |= {place: other for place, other in asked if same_copy(texts[place[0]], texts[other])}
    return [(name, other) for (name, _), other in pairs.items()]


def _by_group(connection: duckdb.DuckDBPyConnection, likely: dict[str, list[str]]) -> dict[tuple[str, str], list[str]]:
    """The candidates of each new report by their group, the likeliest first; a new one is a group of its own."""
    groups = groups_of(connection, {other for others in likely.values() for other in others})
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for name, others in likely.items():
        for other in others:
            found[name, groups.get(other, other)].append(other)
    return found


def _note(connection: duckdb.DuckDBPyConnection, bands: dict[str, tuple[int, ...]]) -> dict[int, list[str]]:
    """Write the bands of new reports, and tell of each band who has it, the new ones included."""
    wanted = (band for found in bands.values() for band in found)
    select = f"SELECT hash, min(report_id, {HOLDERS}) FROM report_bands"
    holders: dict[int, list[str]] = defaultdict(list, found_by(connection, select, "hash", wanted, "GROUP BY hash"))
    rows: list[Row] = []
    for name, found in bands.items():
        rows += [{"report_id": name, "hash": band} for band in found if len(holders[band]) < HOLDERS]
        for band in found:
            holders[band].append(name)
    insert_rows(connection, "report_bands", rows)
    return holders


def _candidates(name: str, bands: Sequence[int], holders: dict[int, list[str]]) -> list[str]:
    counts = Counter(other for band in bands for other in holders[band] if other != name)
    enough = [other for other, count in counts.items() if count >= SHARED_BANDS]
    return sorted(enough, key=lambda other: (-counts[other], other))[:MOST]


def _members(connection: duckdb.DuckDBPyConnection, reports: Iterable[str]) -> dict[str, list[str]]:
    """The groups that reports are in, with all their members."""
    groups = set(groups_of(connection, reports).values())
    found: dict[str, list[str]] = defaultdict(list)
    for name, group in found_by(connection, "SELECT report_id, group_id FROM reprints", "group_id", groups):
        found[group].append(name)
    return {group: sorted(members) for group, members in found.items()}


@dataclass(frozen=True, slots=True)
class _Standing:
    """Where a report stands among those that print the same copy."""

    group: str
    of: str | None  # the original; None where it is that
    alone: bool


def _write(connection: duckdb.DuckDBPyConnection, groups: Sequence[Sequence[str]], reports: Sequence[Report]) -> None:
    """Write the rows of the members of groups that stand there otherwise than before."""
    days = {report.id: report.published for report in reports}
    old = {name for group in groups if len(group) > 1 for name in group} - set(days)
    days |= dict(found_by(connection, "SELECT id, published FROM reports", "id", old))
    select = "SELECT report_id, group_id, of_id, reason FROM reprints"
    before = {
        name: _Standing(at, of, why == ALONE) for name, at, of, why in found_by(connection, select, "report_id", old)
    }
    now = {name: standing for group in groups for name, standing in _standings(group, days)}
    changed = {name: standing for name, standing in now.items() if before.get(name) != standing}
    compared = {one for name, standing in changed.items() if standing.of for one in (name, standing.of)}
    texts = {report.id: runs(report.text) for report in reports if report.id in compared}
    _read_texts(connection, texts, compared)
    delete_by(connection, "reprints", "report_id", changed.keys() & old)
    insert_rows(connection, "reprints", [_row(name, standing, texts) for name, standing in changed.items()])


def _standings(group: Sequence[str], days: dict[str, date | None]) -> Iterator[tuple[str, _Standing]]:
    first = original((days[name], name) for name in group)
    for name in group:
        yield name, _Standing(group[0], None if name == first else first, len(group) == 1)


def _row(name: str, standing: _Standing, texts: dict[str, frozenset[str]]) -> Row:
    row: Row = {"report_id": name, "group_id": standing.group}
    if standing.of is None:
        return row | {"reason": ALONE if standing.alone else FIRST}
    found = reprint(name, standing.of, texts)
    return row | {"of_id": found.of_id, "containment": found.containment, "reason": found.reason}


def _read_texts(connection: duckdb.DuckDBPyConnection, texts: dict[str, frozenset[str]], wanted: Iterable[str]) -> None:
    """Add the runs of the texts of reports, those that are not there yet."""
    for name, text in found_by(connection, "SELECT id, text FROM reports", "id", set(wanted) - set(texts)):
        texts[name] = runs(text)
