"""Tables are read as they stand, and one that cannot be read says which line is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from dotterel.errors import DataError
from dotterel.settings import DATA
from dotterel.tables import read, read_file

ROWS = [
    ("a\tb\n1\t2\n", [{"a": "1", "b": "2"}], "a header and a row"),
    ("# source: here\na\tb\n# of 2020\n1\t2\n", [{"a": "1", "b": "2"}], "comments above and between"),
    ("a\tb\n\n1\t2\n   \n3\t4", [{"a": "1", "b": "2"}, {"a": "3", "b": "4"}], "blank lines, no newline at the end"),
    ("a\tb\tc\n1\n", [{"a": "1", "b": "", "c": ""}], "cells left out at the end are empty"),
    ("a\tb\tc\n1\t\t3\n", [{"a": "1", "b": "", "c": "3"}], "a cell left empty in the middle"),
    (" a \tb\n 1 \t 2 3 \n", [{"a": "1", "b": "2 3"}], "blanks around cells and names go, those inside stay"),
    ('a\tb\n"1\tsay "two"\n', [{"a": '"1', "b": 'say "two"'}], "quotation marks are letters like others"),
    ("a\tb\r\n1\t2\r\n", [{"a": "1", "b": "2"}], "line ends of another system"),
    ("a\tb\nZürich\tŁódź\n", [{"a": "Zürich", "b": "Łódź"}], "accents"),
    ("a\tb\n1\tNo. #2\n", [{"a": "1", "b": "No. #2"}], "a # inside a row begins no comment"),
    ("a\tb\n", [], "a header alone is a table without rows"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), ROWS)
def test_rows(tmp_path: Path, text: str, expected: list[dict[str, str]], reason: str) -> None:
    path = tmp_path / "table.tsv"
    path.write_text(text, encoding="utf-8", newline="")
    assert read_file(path) == expected, reason


WRONG = [
    (b"a\tb\n1\t2\n1\t2\t3\n", r"table\.tsv:3: 3 cells under 2 columns", "a tab too many names its line"),
    (b"# one\n\na\n# two\n1\t2\n", r"table\.tsv:5: ", "comments and blank lines count as lines"),
    (b"", "table is empty", "nothing in it"),
    (b"# only a comment\n\n", "table is empty", "nothing but a comment"),
    ("a\nZürich\n".encode("latin-1"), "UTF-8", "another encoding"),
]


@pytest.mark.parametrize(("content", "message", "reason"), WRONG)
def test_what_cannot_be_read(tmp_path: Path, content: bytes, message: str, reason: str) -> None:
    path = tmp_path / "table.tsv"
    path.write_bytes(content)
    with pytest.raises(DataError, match=message):
        read_file(path)


def test_a_table_that_is_not_there_is_named() -> None:
    with pytest.raises(DataError, match=r"no_such_table\.tsv"):
        read("no_such_table")


@pytest.mark.parametrize("path", sorted(DATA.glob("*.tsv")), ids=lambda p: p.stem)
def test_packaged_tables_say_where_they_come_from_and_name_their_columns(path: Path) -> None:
    with path.open(encoding="utf-8") as lines:
        assert next(lines).startswith("# ")
    rows = read(path.stem)
    assert rows
    assert all(rows[0])
    assert all(any(row.values()) for row in rows)


def test_a_packaged_table_is_read_once() -> None:
    assert read("states") is read("states")
