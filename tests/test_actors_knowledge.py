"""The actor tables: well formed, dated, and answering who held what when."""

from datetime import date

import pytest

from dotterel.actors.knowledge import entries, fold, states
from dotterel.actors.offices import holder, office_class, surname
from dotterel.actors.persons import identify_full, in_office
from dotterel.actors.vocabulary import agents, titles
from dotterel.codebook.loader import sectors
from dotterel.tables import read

SPECIAL = {"IGO", "NGO", "NSA", "MNC"}


@pytest.mark.parametrize("table", ["organisations", "groups", "media"])
def test_every_row_has_a_known_country_and_sector(table: str) -> None:
    wrong = [r["name"] for r in read(table) if r["country"] not in states() and r["country"] not in SPECIAL]
    assert wrong == []
    assert [r["name"] for r in read(table) if not r["sector"]] == []


def test_sectors_of_head_nouns_and_titles_are_in_the_codebook() -> None:
    used = {a.sector for a in agents().values()} | {t.sector for t in titles().values()}
    assert used <= {term.name for term in sectors()}


@pytest.mark.parametrize("table", ["organisations", "groups", "media", "agents", "titles", "sector_words"])
def test_no_row_stands_twice(table: str) -> None:
    first = next(iter(read(table)[0]))
    keys = [row[first] for row in read(table)]
    assert sorted(keys) == sorted(set(keys))


HOLDERS = [
    ("prime minister", "GBR", date(1985, 5, 1), "Margaret Thatcher"),
    ("foreign minister", "USA", date(2010, 5, 1), "Hillary Clinton"),
    ("leader", "GBR", date(2015, 5, 1), "David Cameron"),
    ("leader", "ITA", date(2015, 5, 1), "Matteo Renzi"),
    ("leader", "DEU", date(2015, 5, 1), "Angela Merkel"),
]


@pytest.mark.parametrize(("office", "code", "day", "name"), HOLDERS)
def test_holder(office: str, code: str, day: date, name: str) -> None:
    term = holder(office, code, day)
    assert term is not None
    assert term.person == name


def test_no_holder_without_a_date() -> None:
    assert holder("president", "FRA", None) is None


def test_titles_come_to_one_office() -> None:
    assert office_class("foreign secretary") == office_class("minister of foreign affairs") == "foreign minister"


def test_fold_keeps_offsets() -> None:
    text = "Türkiye’s Erdoğan"
    assert fold(text) == "Turkiye's Erdogan"
    assert len(fold(text)) == len(text)


def test_surname_drops_the_article() -> None:
    assert surname("Bashar al-Assad") == surname("al-Assad") == "assad"


def test_a_misspelt_full_name_is_put_right_but_a_known_one_is_kept() -> None:
    day = date(2015, 1, 1)
    assert identify_full("Vladmir Putin", day).actor.name == "Vladimir Putin"
    assert identify_full("George W. Bush", day).actor.name == "George W. Bush"
    assert identify_full("Ann Roe", day).actor.country is None


def test_a_surname_shared_in_office_needs_the_state() -> None:
    assert in_office("Putin", date(2015, 1, 1), set()) == "Vladimir Putin"


def test_names_are_indexed_without_accents() -> None:
    assert entries()[fold("Sinn Féin")][0].actor.country == "IRL"
