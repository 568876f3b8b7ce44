import io
import json
import os
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dotterel.reading.rows import Columns
from dotterel.reading.sources import count, read
from dotterel.types import Failure, Report

LEAD = "Foreign ministers of six countries met on Friday, officials said."
NEXT = "The army shelled the town on Thursday, residents said."
ROW = json.dumps({"text": LEAD})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deep").mkdir()
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "h.txt").write_text(LEAD)
    (tmp_path / "a.txt").write_text(LEAD)
    (tmp_path / "b.html").write_text(f"<html><body><p>{NEXT}</p></body></html>")
    (tmp_path / "c.jsonl").write_text(f"{ROW}\n{ROW}\n")
    (tmp_path / "deep" / "d.CSV").write_text(f'text\n"{LEAD}"\n')
    (tmp_path / "deep" / "e.tsv").write_text(f"text\ttitle\n{LEAD}\tTalks\n")
    (tmp_path / "deep" / "notes.md").write_text("# Notes")
    pq.write_table(pa.table({"text": [LEAD]}), tmp_path / "deep" / "f.parquet")
    return tmp_path


def paths_of(items: list[Report | Failure], folder: Path) -> list[str]:
    assert all(isinstance(item, Report) for item in items), items
    return [os.path.relpath(str(item.path), folder) for item in items]


def only_failure(*paths: str) -> Failure:
    (item,) = read(paths)
    assert isinstance(item, Failure), item
    assert "\n" not in item.reason
    return item


def test_a_folder_and_all_below_it(folder: Path) -> None:
    found = paths_of(list(read([str(folder)])), folder)
    deep = ["deep/d.CSV:2", "deep/e.tsv:2", "deep/f.parquet:1"]
    assert found == ["a.txt", "b.html", "c.jsonl:1", "c.jsonl:2", *deep]


def test_patterns(folder: Path) -> None:
    assert paths_of(list(read([f"{folder}/*.txt"])), folder) == ["a.txt"]
    assert paths_of(list(read([f"{folder}/**/*.tsv"])), folder) == ["deep/e.tsv:2"]


def test_a_file_name_with_brackets_is_no_pattern(tmp_path: Path) -> None:
    path = tmp_path / "a[1].txt"
    path.write_text(LEAD)
    assert paths_of(list(read([str(path)])), tmp_path) == ["a[1].txt"]


def test_one_path_may_be_given_as_it_is_or_as_a_path(folder: Path) -> None:
    path = folder / "a.txt"
    assert list(read(str(path))) == list(read([path])) == list(read([str(path)]))


def test_default_date_and_columns(folder: Path) -> None:
    (folder / "g.jsonl").write_text('{"body": "The army left.", "published": "2016-03-03"}\n{"body": "It rained."}\n')
    first, second = read([str(folder / "g.jsonl")], columns=Columns(text="body"), published=date(2017, 1, 1))
    assert isinstance(first, Report)
    assert isinstance(second, Report)
    assert (first.published, second.published) == (date(2016, 3, 3), date(2017, 1, 1))


JSON_FILES = [
    ("x.json", ROW, 1, "one object"),
    ("x.json", f"[{ROW},\n{ROW}]", 2, "a list"),
    ("x.json", f"{ROW}\n{ROW}\n", 2, "JSON lines under another suffix"),
    ("x.json", json.dumps({"text": LEAD}, indent=2), 1, "an object on several lines"),
    ("x.jsonl", json.dumps([{"text": LEAD}], indent=2), 1, "a list under the suffix of JSON lines"),
    ("x.ndjson", f"{ROW}\n{ROW}", 2, "the other suffix"),
    ("x.txt", f"<!DOCTYPE html><html><body><p>{LEAD}</p></body></html>", 1, "a page under the suffix of text"),
    ("x", LEAD, 1, "text without a suffix"),
    ("x", ROW, 1, "JSON without a suffix"),
    ("x.md", f"<p>{LEAD}</p>", 1, "HTML under an unknown suffix"),
]


@pytest.mark.parametrize(("name", "content", "number", "reason"), JSON_FILES, ids=[row[3] for row in JSON_FILES])
def test_files_are_read_by_suffix_and_looks(tmp_path: Path, name: str, content: str, number: int, reason: str) -> None:
    (tmp_path / name).write_text(content)
    items = list(read([str(tmp_path / name)]))
    assert [item.text for item in items if isinstance(item, Report)] == [LEAD] * number, reason
    assert len(items) == number


ENCODINGS = [
    ("“Café” was the word. " + LEAD, "utf-8"),
    ("“Café” was the word. " + LEAD, "utf-8-sig"),
    ("“Café” was the word. " + LEAD, "utf-16"),
    ("“Café” was the word. " + LEAD, "cp1252"),
]


@pytest.mark.parametrize(("text", "encoding"), ENCODINGS, ids=[row[1] for row in ENCODINGS])
def test_encodings(tmp_path: Path, text: str, encoding: str) -> None:
    (tmp_path / "a.txt").write_bytes(text.encode(encoding))
    assert [item.text for item in read([str(tmp_path / "a.txt")]) if isinstance(item, Report)] == [text]


BAD_FILES = [
    ("a.txt", b"", "is empty"),
    ("a.txt", b" \n", "has no words"),
    ("a.txt", bytes(range(256)) * 4, "binary file"),
    ("a.txt", b"\x89PNG\r\n\x1a\n\xff\x81\x8d", "not UTF-8"),
    ("a.txt", b"\xff\xfea", "damaged"),
    ("a.txt", b"a " * 2_500_000, "split it"),
    ("a.pdf", b"%PDF-1.4\x00\x01\x02\x03\xff" * 9, "binary file"),
    ("a.html", b"<html></html>", "no report was found"),
    ("a.html", b"", "is empty"),
    ("a.jsonl", b"", "holds no reports"),
    ("a.json", b"[]", "holds no reports"),
    ("a.json", b"{broken", "malformed JSON"),
    ("a.csv", b"", "has no column 'text'"),
    ("a.csv", b"text\n", "holds no reports"),
    ("a.parquet", b"PAR1", "cannot be read as Parquet"),
    ("a.jsonl", b'{"report": {}, "events": []}\n', "output of dotterel"),
]


@pytest.mark.parametrize(("name", "data", "reason"), BAD_FILES, ids=[f"{n} {r[2]}" for n, r in enumerate(BAD_FILES)])
def test_a_bad_file_is_a_failure_and_the_next_are_read(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "good").write_text(LEAD)
    bad, good = read([str(tmp_path / name), str(tmp_path / "good")])
    assert isinstance(bad, Failure)
    assert reason in bad.reason
    assert bad.path.startswith(str(tmp_path / name))
    assert str(tmp_path) not in bad.reason
    assert isinstance(good, Report)


def test_what_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    assert "no such file" in only_failure(str(tmp_path / "gone.txt")).reason
    assert "broken link" in only_failure(str(tmp_path / "link")).reason
    assert "no such file" in only_failure("").reason
    assert "files must end in .txt" in only_failure(str(tmp_path / "empty")).reason
    assert "no file matches" in only_failure(str(tmp_path / "*.txt")).reason


def test_a_file_name_of_no_known_encoding_can_be_printed(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(path)).write_text(LEAD)
    (item,) = read([os.fsdecode(path)])
    assert isinstance(item, Report)
    assert (item.path or "").encode("utf-8").endswith("caf\ufffd.txt".encode())


STDIN = [
    (LEAD, "text"),
    (ROW, "a JSON line"),
    (json.dumps([{"text": LEAD}]), "a JSON list"),
    (f"<p>{LEAD}</p>", "HTML"),
]


@pytest.mark.parametrize(("content", "reason"), STDIN, ids=[row[1] for row in STDIN])
def test_standard_input(monkeypatch: pytest.MonkeyPatch, content: str, reason: str) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content.encode())))
    assert [item.text for item in read(["-"]) if isinstance(item, Report)] == [LEAD], reason


def test_text_that_opens_with_a_brace_is_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{{sic}} {LEAD}"))
    assert [item.text for item in read(["-"]) if isinstance(item, Report)] == [f"{{sic}} {LEAD}"]


def test_count(folder: Path) -> None:
    flat = [str(folder / name) for name in ("a.txt", "b.html", "c.jsonl", "deep/f.parquet")]
    assert count(flat) == 5
    assert count([str(folder)]) is None
    assert count(["-"]) is None
    assert count([str(folder / "gone")]) == 0


SUFFIX = st.sampled_from(["txt", "html", "jsonl", "json", "csv", "tsv", "parquet", "", "xyz"])
PIECE = st.one_of(
    st.binary(max_size=12), st.sampled_from([b"text\n", b'{"text": "The army left."}\n', b"<p>", b'"', b"\xff\xfe"])
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(suffix=SUFFIX, data=st.lists(PIECE, max_size=12).map(b"".join))
def test_any_file_is_reports_or_failures(tmp_path: Path, suffix: str, data: bytes) -> None:
    path = tmp_path / f"a.{suffix}"
    path.write_bytes(data)
    items = list(read([str(path)]))
    assert items
    assert all("\n" not in item.reason for item in items if isinstance(item, Failure))
