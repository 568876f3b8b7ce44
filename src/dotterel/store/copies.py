"""Reprints in the store: which reports print the same copy, kept up to date as reports come in."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
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
    """Pairs of a new report and another that print the same copy."""
    bands = {coding.report.id: coding.bands for coding in codings}
    holders = _note(connection, bands)
    likely = {name: others for name, found in bands.items() if (others := _candidates(name, found, holders))}
    wanted = {*likely, *(other for others in likely.values() for other in others)}
    texts = {coding.report.id: runs(coding.report.text) for coding in codings if coding.report.id in wanted}
    for name, text in found_by(connection, "SELECT id, text FROM reports", "id", wanted - set(texts)):
        texts[name] = runs(text)
    return [(a, b) for a, others in likely.items() for b in others if same_copy(texts[a], texts[b])]


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


def _write(connection: duckdb.DuckDBPyConnection, groups: Sequence[Sequence[str]], reports: Sequence[Report]) -> None:
    """Write the rows of groups anew."""
    known = {report.id: (report.published, report.text) for report in reports}
    several = {name for group in groups if len(group) > 1 for name in group}
    select = "SELECT id, published, text FROM reports"
    known |= {name: (day, text) for name, day, text in found_by(connection, select, "id", several - set(known))}
    rows = [row for group in groups for row in _rows(group, known)]
    delete_by(connection, "reprints", "report_id", several - {report.id for report in reports})
    insert_rows(connection, "reprints", rows)


def _rows(group: Sequence[str], known: dict[str, tuple[date | None, str]]) -> Iterable[Row]:
    first = original((known[name][0], name) for name in group)
    texts = {name: runs(known[name][1]) for name in group} if len(group) > 1 else {}
    for name in group:
        row: Row = {"report_id": name, "group_id": group[0]}
        if name == first:
            yield row | {"reason": ALONE if len(group) == 1 else FIRST}
        else:
            found = reprint(name, first, texts)
            yield row | {"of_id": first, "containment": found.containment, "reason": found.reason}
