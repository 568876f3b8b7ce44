import io
import json
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dotterel.errors import InputError
from dotterel.reading.parquet import parquet_rows, read_parquet
from dotterel.reading.rows import LONGEST_ROW, Columns
from dotterel.reading.tables import read_csv, read_json, read_json_lines
from dotterel.settings import MAX_REPORT_CHARS
from dotterel.types import Failure, Report

USUAL = Columns()
LEAD = "Foreign ministers of six countries met on Friday, officials said."
NEXT = "The army shelled the town on Thursday, residents said."


def lines(*rows: object) -> io.BytesIO:
    return io.BytesIO(b"\n".join(row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows))


def read_lines(*rows: object, columns: Columns = USUAL) -> list[Report | Failure]:
    return list(read_json_lines(lines(*rows), "a.jsonl", columns))


def from_csv(text: str | bytes, delimiter: str | None = None) -> list[Report | Failure]:
    data = text.encode() if isinstance(text, str) else text
    return list(read_csv(io.BufferedReader(io.BytesIO(data)), "a.csv", USUAL, delimiter))  # type: ignore[type-var]


def report_of(item: Report | Failure) -> Report:
    assert isinstance(item, Report), item
    return item


def failure_of(item: Report | Failure) -> Failure:
    assert isinstance(item, Failure), item
    assert "\n" not in item.reason
    return item


def test_all_columns() -> None:
    row = {"text": LEAD, "title": "Talks", "published": "2016-03-03", "source": "Example", "url": "http://e.org/1"}
    report = report_of(read_lines(row | {"agency": "AFP"})[0])
    assert (report.title, report.text, report.published) == ("Talks", f"Talks\n\n{LEAD}", date(2016, 3, 3))
    assert (report.source, report.url, report.agency, report.path) == ("Example", "http://e.org/1", "AFP", "a.jsonl:1")


def test_columns_of_other_names() -> None:
    columns = Columns(text="body", title="headline", published="day")
    report = report_of(read_lines({"body": LEAD, "headline": "Talks", "day": "3 March 2016"}, columns=columns)[0])
    assert (report.title, report.published) == ("Talks", date(2016, 3, 3))


DAYS = [
    ("2016-03-03", date(2016, 3, 3), "ISO"),
    ("2016-03-03 14:05:00", date(2016, 3, 3), "with a time"),
    ("03/04/2016", date(2016, 4, 3), "day first"),
    (1456963200, date(2016, 3, 3), "seconds"),
    (1456963200000, date(2016, 3, 3), "milliseconds"),
    (20160303, date(2016, 3, 3), "digits"),
    ("", None, "empty"),
    (None, None, "null"),
    ("N/A", None, "not available"),
]


@pytest.mark.parametrize(("cell", "day", "reason"), DAYS, ids=[row[2] for row in DAYS])
def test_published(cell: object, day: date | None, reason: str) -> None:
    assert report_of(read_lines({"text": LEAD, "published": cell})[0]).published == day, reason


BAD = [
    (b'{"text": "x', "malformed JSON"),
    (b"[1, 2]", "not an object"),
    (b'{"text": ""}', "empty"),
    (b'{"text": null}', "empty"),
    (b'{"text": 7}', "no text"),
    (b'{"other": "x"}', "has no 'text'"),
    (b'{"text": "The army left.", "published": "soon"}', "no date; write it as YYYY-MM-DD"),
    (b'{"text": "\xff\x81"}', "not UTF-8"),
    (b"[" * 100_000, "malformed JSON"),
    (b'{"text": "' + b"a " * (MAX_REPORT_CHARS // 2 + 1) + b'"}', "split it"),
    (b'{"text": "' + b"a" * LONGEST_ROW + b'"}', "longer than"),
]


@pytest.mark.parametrize(("line", "reason"), BAD, ids=[f"{n} {row[1]}" for n, row in enumerate(BAD)])
def test_a_bad_line_is_a_failure_and_the_next_are_read(line: bytes, reason: str) -> None:
    first, bad, last = read_lines({"text": LEAD}, line, {"text": NEXT})
    assert (report_of(first).text, report_of(last).text) == (LEAD, NEXT)
    failure = failure_of(bad)
    assert (failure.path, failure.line) == ("a.jsonl:2", 2)
    assert reason in failure.reason
    assert "a.jsonl" not in failure.reason


def test_a_bad_line_may_be_the_first() -> None:
    bad, good = read_lines({"meta": 1}, {"text": LEAD})
    assert failure_of(bad).path == "a.jsonl:1"
    assert report_of(good).path == "a.jsonl:2"


def test_blank_lines_and_byte_order_mark() -> None:
    assert [
        report_of(item).text for item in read_lines(b"\xef\xbb\xbf" + json.dumps({"text": LEAD}).encode(), b"", b" ")
    ]


def test_json_lines_in_utf16() -> None:
    stream = io.BufferedReader(io.BytesIO(f"{json.dumps({'text': LEAD})}\n".encode("utf-16")))  # type: ignore[type-var]
    assert [report_of(item).text for item in read_json_lines(stream, "a.jsonl", USUAL)] == [LEAD]


def test_a_missing_text_column() -> None:
    with pytest.raises(InputError, match=r"^a\.jsonl: has no column 'text'; it has: body, id; .*--text-column"):
        read_lines(*[{"body": LEAD, "id": 1}] * 30)
    with pytest.raises(InputError, match=r"^a\.csv: has no column 'text'; it has: body, id; .*--text-column"):
        from_csv(f"body,id\n{LEAD},1\n")


def test_own_output_is_refused() -> None:
    with pytest.raises(InputError, match="is output of dotterel"):
        read_lines({"report": {"text": LEAD}, "events": []}, {"report": {"text": NEXT}, "events": []})


VALUES = [
    (json.dumps({"text": LEAD}), [1], "one object"),
    (json.dumps([{"text": LEAD}, {"text": NEXT}]), [1, 1], "a list on one line"),
    (json.dumps([{"text": LEAD}, {"text": NEXT}], indent=1), [2, 5], "a list on several lines"),
    (json.dumps({"text": LEAD}, indent=2) + "\n" + json.dumps({"text": NEXT}, indent=2), [1, 4], "one after the other"),
    (
        json.dumps([{"text": LEAD + f" {'x' * 50}" * 3_000}, {"text": NEXT}], indent=1),
        [2, 5],
        "longer than what is read at once",
    ),
]


@pytest.mark.parametrize(("text", "numbers", "reason"), VALUES, ids=[row[2] for row in VALUES])
def test_json(text: str, numbers: list[int], reason: str) -> None:
    found = list(read_json(io.BytesIO(text.encode()), "a.json", USUAL))
    assert [report_of(item).path for item in found] == [f"a.json:{number}" for number in numbers], reason


def test_malformed_json() -> None:
    good, bad = read_json(io.BytesIO(json.dumps([{"text": LEAD}]).encode()[:-1] + b', {"text": '), "a.json", USUAL)
    assert report_of(good).text == LEAD
    assert "malformed JSON" in failure_of(bad).reason


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_csv(mark: str) -> None:
    talks = f'Talks{mark}"{LEAD}\nHe said ""no""."{mark}2016-03-03'
    text = f'title{mark}text{mark}published\n{talks}\n\nWar{mark}"{NEXT}"{mark}\n'
    first, second = map(report_of, from_csv(text))
    assert (first.text, first.published) == (f'Talks\n\n{LEAD}\nHe said "no".', date(2016, 3, 3))
    assert (first.path, second.path, second.published) == ("a.csv:2", "a.csv:5", None)


CSV_ODDITIES = [
    (f'\ufefftext\r\n"{LEAD}"\r\n'.encode(), "byte order mark and line ends"),
    (f'text\n"{LEAD}"\n'.encode("utf-16"), "UTF-16"),
    (f'text\n"{LEAD}\x00"\n'.encode(), "NUL"),
    (f'text,title\n"{LEAD}"\n'.encode(), "a cell too few"),
    (f'text\n"{LEAD}",x,y\n'.encode(), "cells too many"),
    (f'text\n"{LEAD}"'.encode(), "no line end"),
]


@pytest.mark.parametrize(("data", "reason"), CSV_ODDITIES, ids=[row[1] for row in CSV_ODDITIES])
def test_csv_oddities(data: bytes, reason: str) -> None:
    assert [report_of(item).text for item in from_csv(data)] == [LEAD], reason


def test_a_csv_cell_too_long_is_a_failure_and_the_next_are_read() -> None:
    bad, good = from_csv(f'text\n"{"a " * (MAX_REPORT_CHARS // 2 + 1)}"\n"{NEXT}"\n')
    assert "split it" in failure_of(bad).reason
    assert report_of(good).text == NEXT


def test_an_unclosed_csv_cell_is_a_failure() -> None:
    good, bad = from_csv(f'text\n"{LEAD}"\n"' + f"{NEXT}\n" * (LONGEST_ROW // len(NEXT) + 1))
    assert report_of(good).text == LEAD
    assert "unclosed quotation mark" in failure_of(bad).reason


def test_parquet(tmp_path: Path) -> None:
    path = str(tmp_path / "a.parquet")
    days = [datetime(2016, 3, 3, 14, tzinfo=UTC), None, None]
    pq.write_table(pa.table({"text": [LEAD, None, NEXT], "published": days, "other": [1, 2, 3]}), path)
    first, bad, last = read_parquet(path, USUAL)
    assert (report_of(first).published, report_of(last).path) == (date(2016, 3, 3), f"{path}:3")
    assert "empty" in failure_of(bad).reason
    assert parquet_rows(path) == 3
    with pytest.raises(InputError, match="has no column 'body'; it has: text, published, other"):
        list(read_parquet(path, Columns(text="body")))


def test_no_parquet(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    path.write_text(LEAD)
    with pytest.raises(InputError, match="cannot be read as Parquet"):
        list(read_parquet(str(path), USUAL))
