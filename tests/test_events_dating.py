"""When an act took place: by its own words, those of the clauses around it, or the day its report is about."""

from __future__ import annotations

from functools import lru_cache

import pytest

from dotterel import Coder
from dotterel.types import Event


@lru_cache(maxsize=1)
def coder() -> Coder:
    return Coder(min_confidence=0)


def dates(text: str, title: str | None = None) -> dict[str, str | None]:
    """The date of each event by its type, the report published on Tuesday, 24 November 2015."""
    events = coder().code(text, title=title, published="2015-11-24").events
    return {e.type: e.interval.iso() if e.interval else None for e in events}


# text, type, date of that act, reason
ROWS = [
    ("Kenya bombed Sudan on Sunday.", "ASSAULT", "2015-11-22", "its own clause"),
    ("Kenya condemned the 13 November attacks on Paris.", "ACCUSE", "2015-11-24", "not the date of another noun"),
    ("Kenya bombed Sudan on Sunday, killing five soldiers.", "ASSAULT", "2015-11-22", "the clause above"),
    ("Parliament on Monday approved a resolution calling on Sudan to free the pilots.", "REQUEST", "2015-11-23",
     "the clause in which the noun above it stands"),
    ("Kenya urged Sudan to free the pilots by December 3.", "REQUEST", "2015-11-24", "what is done has no day to come"),
    ("Kenya freed a Sudanese pilot on Friday, two days after it shot down his jet.", "ASSAULT", "2015-11-18",
     "counted from the clause above"),
    ("Kenya freed a Sudanese pilot on Friday, two days after it shot down his jet.", "RETREAT", "2015-11-20",
     "and the clause above keeps its own"),
    ("Kenya freed a Sudanese pilot on Friday, two days before it attacked Sudan.", "ASSAULT", "2015-11-22",
     "counted on"),
    ("Kenya will free three Sudanese pilots, officials said on Sunday.", "RETREAT", None, "not the day of the saying"),
    ("Kenya will free three Sudanese pilots on Friday, officials said on Sunday.", "RETREAT", "2015-11-27",
     "but its own day to come"),
    ("Kenya expelled Sudan's ambassador on Monday. Ghana recalled its ambassador from Sudan later in the day.",
     "SANCTION", "2015-11-23", "later in the day"),
    ("Kenya bombed Sudan on Monday. Ghana closed its embassy in Sudan. Chad condemned Kenya.", "ACCUSE", "2015-11-23",
     "words are of the day of the lead"),
    ("Kenya bombed Sudan on Monday. Ghana arrested three Sudanese generals.", "COERCE", "2015-11-23",
     "deeds told in the simple past are of the day of the lead"),
    ("Kenya condemned Sudan. Ghana arrested three Sudanese generals.", "ACCUSE", "2015-11-24",
     "no day told: words are of the day of publication"),
    ("Kenya condemned Sudan. Ghana arrested three Sudanese generals.", "COERCE", None, "deeds are not"),
    ("Kenya bombed Sudan on Monday. Ghana had arrested three Sudanese generals.", "COERCE", None,
     "what had been before"),
    ("Kenya condemned Sudan on Monday. Sudan expelled a Kenyan envoy in 2003. Sudanese troops killed Kenyan monks.",
     "ASSAULT", None, "told beside an act of long ago"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "date", "reason"), ROWS, ids=[f"{r[1]} {r[3]}" for r in ROWS])
def test_date(text: str, kind: str, date: str | None, reason: str) -> None:
    found = dates(text)
    assert kind in found, found
    assert found[kind] == date, reason


def interval_reason(text: str) -> str:
    (event,) = coder().code(text, published="2015-11-24").events
    assert event.interval is not None
    return event.interval.reason


def test_the_reason_says_where_a_time_is_from() -> None:
    assert interval_reason("Kenya bombed Sudan on Sunday.") == "weekday, past tense"
    assert interval_reason("Kenya condemned Sudan.") == "not told: the day of publication"


def test_a_headline_is_of_the_day_of_the_lead() -> None:
    report = "Ghana expels three Sudanese envoys\n\nGhana on Sunday told three Sudanese envoys to leave."
    assert dates(report, title="Ghana expels three Sudanese envoys")["SANCTION"] == "2015-11-22"


def event_dates(events: tuple[Event, ...]) -> list[str | None]:
    return [e.interval.iso() if e.interval else None for e in events]


def test_without_a_day_of_publication_relative_times_stay_unresolved() -> None:
    assert event_dates(coder().code("Kenya bombed Sudan on Sunday.").events) == [None]
    assert event_dates(coder().code("Kenya bombed Sudan on 3 March 2014.").events) == ["2014-03-03"]
