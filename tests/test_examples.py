"""The examples: what their expected codings say is in the texts, and what must come out of the coder does."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from dotterel import tables
from dotterel.coder import Coder
from dotterel.types import Coding
from scoring import CODINGS, any_is, examples, expected, fold, found, is_dyad, same_name

NAMES = sorted(p.stem for p in CODINGS.glob("*.json"))
MUST = tables.read_file(Path(__file__).parent / "cases" / "examples.tsv")
PUBLISHED = {
    "gambia_ecowas": "2017-01-20",
    "havana_ceasefire": "2016-06-23",
    "hongkong_protest": "2019-06-13",
    "moscow_meeting": "2015-11-26",
    "panmunjom_summit": "2018-04-27",
    "qatar_rift": "2017-06-06",
    "reykjavik_summit": "1986-10-13",
    "spy_expulsions": "2018-03-26",
    "wagah_pilot": "2019-03-01",
}
SECTORS = {"GOV", "LEG", "JUD", "MIL", "COP", "PTY", "OPP", "REB", "CVL", "MED", "IGO", "NGO", "REF", "BUS", "UNK"}
STATUSES = {"occurred", "ongoing", "planned", "proposed", "hypothetical", "negated"}
DYAD_FLOOR = 0.43  # least share of expected events, over all examples, that must be found with actor and recipient
SPEAKER_FLOOR = 0.8  # least share of expected quotations, over all examples, that must be found with their speaker


@lru_cache(maxsize=1)
def codings() -> dict[str, Coding]:
    reports = examples()
    coded = zip(reports, Coder().pipe(reports.values()), strict=True)
    return {name: coding for name, coding in coded if isinstance(coding, Coding)}


def test_every_example_is_coded() -> None:
    assert sorted(codings()) == NAMES == sorted(PUBLISHED)


@pytest.mark.parametrize("name", NAMES)
def test_expected_words_stand_in_the_report_as_read(name: str) -> None:
    text = examples()[name].text
    gold = expected(name)
    for event in gold["events"]:
        for mention in event["mentions"]:
            assert mention["sentence"] in text
            assert mention["trigger"] in mention["sentence"]
        for actor in (*event["actors"], *event["recipients"]):
            assert actor["text"] in text
            assert actor["sector"] in SECTORS
        assert event["status"] in STATUSES
    for record in (*gold["figures"], *gold["stances"]):
        assert record["sentence"] in text
    for quote in gold["quotes"]:
        assert all(part in text for part in quote["text"].split(" ... "))


@pytest.mark.parametrize(("name", "day"), PUBLISHED.items())
def test_publication_date_is_read_from_each_style(name: str, day: str) -> None:
    assert str(examples()[name].published) == day


@pytest.mark.parametrize("name", NAMES)
def test_furniture_is_not_read(name: str) -> None:
    text = examples()[name].text
    for words in ("Sign in", "cookie", "All rights reserved", "newsletter", "Late goal", "Published", "Posted on"):
        assert words not in text


@pytest.mark.parametrize("row", MUST, ids=lambda row: f"{row['example']}-{row['type']}-{row['actor']}")
def test_event_that_must_be_found(row: dict[str, str]) -> None:
    events = codings()[row["example"]].events
    dyads = [e for e in events if is_dyad(e, row["type"], row["actor"], row["recipient"])]
    days = [e.interval.iso() if e.interval else "" for e in dyads]
    assert dyads
    assert not row["date"] or any(day.startswith(row["date"]) for day in days)


def test_rows_that_must_be_found_are_expected_ones() -> None:
    for row in MUST:
        dated = [e for e in expected(row["example"])["events"] if (e["date"] or "").startswith(row["date"])]
        assert any(e["type"] == row["type"] for e in dated), row


def test_share_of_expected_events_found() -> None:
    hits = [found(event, codings()[name].events) for name in NAMES for event in expected(name)["events"]]
    assert sum(hits) / len(hits) >= DYAD_FLOOR


def test_share_of_expected_quotations_found_with_speaker() -> None:
    hits = [
        any(
            fold(quote["text"]) == fold(q.text) and q.speaker and any_is(quote["speaker"], (q.speaker,))
            for q in codings()[name].quotes
        )
        for name in NAMES
        for quote in expected(name)["quotes"]
    ]
    assert sum(hits) / len(hits) >= SPEAKER_FLOOR


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("François Hollande", "Hollande", True),  # a surname is part of the full name
        ("Islamic State", "State of Palestine", False),  # one shared word is not enough
        ("", "Hollande", False),  # nothing is no name
    ],
)
def test_names_are_compared_by_their_words(first: str, second: str, same: bool) -> None:
    assert same_name(first, second) is same
