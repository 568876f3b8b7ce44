"""One sentence, one construction: the act that must be coded, or that none may be."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from dotterel import tables
from dotterel.coder import Coder
from dotterel.reading.text import report_from_text
from dotterel.types import Coding, Event, Failure
from scoring import is_dyad

ROWS = tables.read_file(Path(__file__).parent / "cases" / "sentences.tsv")


def cases(silent: bool) -> list[object]:
    """The rows with an act, or those without; one that is missed so far must go on failing until it is unmarked."""
    return [
        pytest.param(
            row,
            id=row["sentence"][:50],
            marks=pytest.mark.xfail(strict=True, reason=row["missed"]) if row["missed"] else (),
        )
        for row in ROWS
        if (row["type"] == "NONE") is silent
    ]


@lru_cache(maxsize=1)
def codings() -> dict[str, Coding | Failure]:
    """What became of every sentence, each coded as a report of its own."""
    reports = [
        report_from_text(row["sentence"], title=None, published=date.fromisoformat(row["published"])) for row in ROWS
    ]
    return dict(zip((row["sentence"] for row in ROWS), Coder().pipe(reports), strict=True))


def events_of(sentence: str) -> tuple[Event, ...]:
    """The events of a sentence; the test fails with the reason where it could not be coded."""
    coding = codings()[sentence]
    assert isinstance(coding, Coding), coding
    return coding.events


@pytest.mark.parametrize("row", cases(silent=False))
def test_act_is_coded(row: dict[str, str]) -> None:
    events = events_of(row["sentence"])
    statuses = [e.status for e in events if is_dyad(e, row["type"], row["actor"], row["recipient"])]
    assert row["status"] in statuses, (row["reason"], shown(events))


@pytest.mark.parametrize("row", cases(silent=True))
def test_no_act_is_coded(row: dict[str, str]) -> None:
    events = events_of(row["sentence"])
    assert not events, (row["reason"], shown(events))


def shown(events: tuple[Event, ...]) -> list[str]:
    """The events in short, for the message of a failure."""
    parties = (([m.actor.name for m in e.actors], [m.actor.name for m in e.recipients]) for e in events)
    return [f"{e.type} {e.status} {a} -> {r}" for e, (a, r) in zip(events, parties, strict=True)]
