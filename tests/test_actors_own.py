from datetime import date

import pytest

from dotterel.actors import find_actors, own_actors
from dotterel.coder import Coder
from dotterel.errors import DataError
from dotterel.parsing import parse
from dotterel.types import Report

TABLE = """\
# the groups of my valley
name\taliases\tcountry\tsector\tkind\tfrom\tto
Riverbank Defence League\tRDL|League of the Riverbank\tCOL\tREB\t\t2012\t
Ana Torrealba\tDoctor Torrealba\tVEN\tOPP\tperson\t\t2015
Ana Torrealba\t\tVEN\tGOV\tperson\t2016\t
Islamic State\tIS\tSYR\tREB|OPP\tgroup\t\t
"""


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "own.tsv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def found(text, path, day="2017-03-01"):
    report = Report("r", text, published=date.fromisoformat(day))
    return {m.text: m.actor for m in find_actors(parse(text), report, (), own_actors(path)).mentions}


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The RDL freed two hostages.", "The RDL", ("Riverbank Defence League", "COL", "REB")),  # an alias
        ("Ana Torrealba met Vladimir Putin.", "Ana Torrealba", ("Ana Torrealba", "VEN", "GOV")),  # her later office
        ("Ana Torrealba spoke. Torrealba left.", "Torrealba", ("Ana Torrealba", "VEN", "GOV")),  # then by surname
        ("IS bombed a church.", "IS", ("Islamic State", "SYR", "REB")),  # goes before the package's own row
        ("Hamas fired rockets.", "Hamas", ("Hamas", "PSE", "REB")),  # which is there for the rest
    ],
)
def test_names_of_the_table_are_found_and_go_first(table, text, words, expected):
    actor = found(text, table)[words]
    assert (actor.name, actor.country, actor.sector) == expected


def test_the_years_of_a_row_count(table):
    assert found("Ana Torrealba met Vladimir Putin.", table, "2013-03-01")["Ana Torrealba"].sector == "OPP"


def test_a_table_with_commas_is_read_where_its_name_says_so(tmp_path):
    path = tmp_path / "own.csv"
    path.write_text('name,country,sector\n"League, Riverbank",COL,REB\n', encoding="utf-8")
    assert list(own_actors(path).entries) == ["League, Riverbank"]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("name\tcountry\nX\tCOL\n", "lacks the column sector"),
        ("name\tcountry\tsector\n\tCOL\tREB\n", "row 1 .*has no name"),
        ("name\tcountry\tsector\nX\tCOLX\tREB\n", r"row 1 \(X\): COLX is no country"),
        ("name\tcountry\tsector\nX\tCOL\tREBEL\n", "REBEL is no sector"),
        ("name\tcountry\tsector\tkind\nX\tCOL\tREB\tband\n", "band is no kind of actor"),
        ("name\tcountry\tsector\tfrom\nX\tCOL\tREB\tlong ago\n", "from and to are years"),
        ("", "the table is empty"),
    ],
)
def test_a_malformed_table_is_refused_naming_row_and_reason(tmp_path, table, message):
    path = tmp_path / "bad.tsv"
    path.write_text(table, encoding="utf-8")
    with pytest.raises(DataError, match=message):
        Coder(actors=path)
