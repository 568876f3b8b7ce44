"""Whatever a file holds: a report or a failure for each of its members, no other error, and no good member lost."""

from __future__ import annotations

import codecs
import csv
import encodings.aliases
import gzip
import io
import json
import sys
from collections import Counter

import pytest
from fuzz.files import chunked, page, parquet, record, row, samples
from fuzz.pieces import DAYS, NUMBERS, ODD, SENTENCES, SIGNS
from fuzz.promises import reads
from fuzz.targets import reader
from hypothesis import given
from hypothesis import strategies as st

from anything import examples
from dotterel.reading.warc import NO_PAGE
from dotterel.types import Failure, Report

SAMPLES = samples()
PACKED = ["jsonl.gz", "csv.gz", "json.gz", "warc.gz"]
ROW, PAGE = row(SENTENCES[0]), page(SENTENCES[0])
DEEP_ROW = ROW[:-1] + f', "source": {"[" * 990}{"]" * 990}}}'

# Suffix, content, how many reports and failures, what was found with it.
FOUND: list[tuple[str, bytes, int, int, str]] = [
    ("csv", f"text,{'a' * 200_000}\n{SENTENCES[0]},b\n".encode(), 1, 0, "a long name of a column"),
    ("csv", b"text\nIt rained.\na\x81\x01\nIt snowed.\n", 2, 1, "a byte of no encoding ended the reading of the table"),
    ("jsonl", f"{ROW}\n{ROW}".replace("Sudan", "\u2028").encode("utf-16"), 2, 0, "a line of UTF-16 that a sign ended"),
    ("jsonl", b'{"a\\nb": 1, "\\ud800": 2}', 0, 1, "a newline in a key"),
    ("jsonl", f'{ROW[:-1]}, "source": "\\ud800"}}'.encode(), 1, 0, "half of a character in a source"),
    ("json", f'{{\n "text": "{SENTENCES[0]}"}}\n'.encode(), 1, 0, "an object over two lines"),
    ("json", f"[{ROW},{ROW},".encode() + b'{"text": "\xe4"}]', 2, 1, "a byte of no UTF-8 lost what stood before"),
    ("html", b"<html><meta charset=idna><p>\xe9" + SENTENCES[0].encode(), 1, 0, "a charset that only Python has"),
    ("html", b"<html><meta charset=undefined><p>\xe9" + SENTENCES[0].encode(), 1, 0, "one that is there to fail"),
    ("warc", record(PAGE, more="a: b\r\n" * 1_500) + record(PAGE), 1, 1, "an endless HTTP head lost the next records"),
    ("parquet", parquet(SENTENCES[:2]).replace(b"text", b"t\x83xt"), 0, 1, "the name of a column is no UTF-8"),
    ("parquet", parquet(["It rained."] * 3).replace(b"rained", b"r\xff\xfened"), 0, 3, "text that is no UTF-8"),
    ("parquet", parquet(["It rained."] * 2, published=[10**12, 0]), 1, 1, "a day beyond the years that Python has"),
]  # fmt: skip


@pytest.mark.parametrize(("suffix", "content", "reports", "failures", "why"), FOUND, ids=[row[4] for row in FOUND])
def test_what_was_found(suffix: str, content: bytes, reports: int, failures: int, why: str) -> None:
    items = reads(content, suffix)
    assert [sum(isinstance(item, kind) for item in items) for kind in (Report, Failure)] == [reports, failures], why


def test_a_row_so_deep_that_python_may_read_but_not_write_it_costs_no_other() -> None:
    """Before Python 3.12 it is a failure, since then a report."""
    first, deep, last = reads(f"{ROW}\n{DEEP_ROW}\n{ROW}".encode(), "jsonl")
    assert isinstance(first, Report)
    assert isinstance(last, Report)
    assert isinstance(deep, Failure) or sys.version_info >= (3, 12)


ODDITIES = st.sampled_from([*ODD, *SIGNS, *NUMBERS, *DAYS])
ODD_TEXT = st.lists(ODDITIES, min_size=1, max_size=6).map("".join)
ODD_BYTES = st.one_of(ODD_TEXT.map(lambda t: t.encode("utf-8", "surrogatepass")), st.binary(min_size=1, max_size=20))


@st.composite
def damaged(draw: st.DrawFn, suffix: str) -> bytes:
    """A whole file, then cut off, spliced, doubled or overwritten somewhere."""
    data = draw(st.sampled_from(SAMPLES[suffix]))
    for _ in range(draw(st.integers(1, 4))):
        at, end = sorted(draw(st.tuples(*[st.integers(0, len(data))] * 2)))
        how = draw(st.sampled_from(["cut", "put in", "overwrite", "double", "take out", "turn a bit"]))
        put = draw(ODD_BYTES)
        data = {
            "cut": data[:end],
            "put in": data[:at] + put + data[at:],
            "overwrite": data[:at] + put + data[at + len(put) :],
            "double": data[:end] + data[at:],
            "take out": data[:at] + data[min(end, at + 40) :],
            "turn a bit": data[:at] + bytes(b ^ 1 << len(put) % 8 for b in data[at : at + 1]) + data[at + 1 :],
        }[how]
    return data


@pytest.mark.parametrize("suffix", SAMPLES)
@examples(25)
@given(data=st.data())
def test_a_damaged_file_is_reports_and_failures(suffix: str, data: st.DataObject) -> None:
    assert reads(data.draw(damaged(suffix)), suffix)


@pytest.mark.parametrize("suffix", ["jsonl", "csv", "json", "warc", *PACKED])
@examples(12)
@given(data=st.data())
def test_stretches_of_a_damaged_file_are_the_file(suffix: str, data: st.DataObject) -> None:
    reader(suffix, data.draw(damaged(suffix)), data.draw(st.integers(1, 3)))


@pytest.mark.parametrize("suffix", ["txt", "html", "jsonl", "json", "csv", "warc", *PACKED, "parquet", ""])
@examples(15)
@given(content=st.one_of(st.binary(max_size=200), ODD_BYTES, st.lists(ODD_BYTES, max_size=20).map(b"\n".join)))
def test_anything_at_all_is_reports_and_failures(suffix: str, content: bytes) -> None:
    assert reads(content, suffix)


GOOD = st.sampled_from([sentence for sentence in SENTENCES if '"' not in sentence and "(" not in sentence])
JSON_VALUES = st.recursive(
    st.one_of(st.none(), st.booleans(), st.floats(), st.integers(), ODD_TEXT, GOOD),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(ODD_TEXT, inner, max_size=3)),
    max_leaves=6,
)
FIELDS = st.sampled_from(["text", "title", "published", "source", "url", "agency", "other"])
DEEP = [900, 960, 980, 990, 2_000, 100_000]  # near and beyond the depth that Python reads
BAD_LINES = st.one_of(
    st.sampled_from(DEEP).map(lambda depth: row(SENTENCES[0])[:-1] + f', "source": {"[" * depth}{"]" * depth}}}'),
    st.dictionaries(FIELDS, JSON_VALUES, max_size=4).map(json.dumps),
    st.tuples(GOOD.map(row), st.integers(1, 60)).map(lambda cut: cut[0][: -cut[1]]),
    st.sampled_from(["{", "}", "null", "nul", '"text"', "{}", '{"text": 3}', '{"text": NaN}', "{'a': 'a'}", "\\", "0"]),
)  # fmt: skip
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16"]


@examples(60)
@given(
    lines=st.lists(st.one_of(GOOD.map(lambda text: (text, row(text))), st.tuples(st.none(), BAD_LINES)), max_size=12),
    good=GOOD,
    encoding=st.sampled_from(ENCODINGS),
    end=st.sampled_from(["\n", "\r\n", "\n\n", "\n \t\n"]),
)
def test_each_line_of_json_is_a_report_or_a_failure(
    lines: list[tuple[str | None, str]], good: str, encoding: str, end: str
) -> None:
    """The first line is good: one that opens a list would make it JSON of another layout."""
    lines = [(good, row(good)), *lines]
    found = reads(end.join(line for _, line in lines).encode(encoding), "jsonl")
    assert len(found) == len(lines)
    for (text, _), item in zip(lines, found, strict=True):
        assert text is None or (isinstance(item, Report) and text in item.text)


@examples(30)
@given(
    lines=st.lists(st.tuples(GOOD, st.text(st.sampled_from("\u2028\u2029\x85\x1c\x0b\x0ca"), max_size=3)), min_size=1)
)
def test_signs_that_end_lines_for_unicode_end_none_of_json(lines: list[tuple[str, str]]) -> None:
    rows = [json.dumps({"text": f"{text} {signs} {text}"}, ensure_ascii=False) for text, signs in lines]
    for encoding in ENCODINGS:
        found = reads("\n".join(rows).encode(encoding), "jsonl")
        assert [type(item) for item in found] == [Report] * len(lines)


@examples(40)
@given(
    before=st.lists(GOOD, min_size=1, max_size=5),
    fault=st.sampled_from(
        [b"{", b'{"text": ', b"nul", b"\xff\xfe\xff", b'{"text": "\xe4"}', b'{"a":' * 2_000, b'"\x01"', b"}"]
    ),
    between=st.sampled_from([b",", b",\n", b"\n", b" ", b"\x00,"]),
)
def test_the_objects_before_a_fault_in_a_json_file_are_read(before: list[str], fault: bytes, between: bytes) -> None:
    data = b"[" + between.join([*(row(text).encode() for text in before), fault])
    found = reads(data, "json")
    assert [type(item) for item in found] == [Report] * len(before) + [Failure]


BAD_ROWS = st.one_of(
    st.sampled_from([b"a,b\x81\x01,c", b"\xff\xfe,x", b'"a\r\nb\x90\x02",c', b"x", b",,", b'"",""', b"t,,2016-03-03"]),
    ODD_TEXT.filter(lambda t: t.strip() and not set(t) & set('"\n')).map(lambda t: t.encode("utf-8", "replace")),
)  # fmt: skip


@examples(60)
@given(rows=st.lists(st.one_of(GOOD, BAD_ROWS), min_size=1, max_size=10), good=GOOD, mark=st.sampled_from(",;\t|"))
def test_a_bad_row_of_a_table_costs_no_other(rows: list[str | bytes], good: str, mark: str) -> None:
    rows = [good, *rows, good]
    lines = [one if isinstance(one, bytes) else delimited(["A title", one, "2016-03-03"], mark) for one in rows]
    found = reads(delimited(["title", "text", "published"], mark) + b"\n" + b"\n".join(lines), "csv")
    told = [item.text for item in found if isinstance(item, Report)]
    wanted = [f"A title\n\n{one}" for one in rows if isinstance(one, str)]
    assert [text for text in told if text in wanted] == wanted


def delimited(cells: list[str], mark: str) -> bytes:
    """A row of a table."""
    out = io.StringIO()
    csv.writer(out, delimiter=mark, quoting=csv.QUOTE_ALL if mark != "," else csv.QUOTE_MINIMAL).writerow(cells)
    return out.getvalue().rstrip("\r\n").encode()


CELLS = st.one_of(GOOD, st.none(), ODD_TEXT.map(lambda text: text.encode("utf-8", "replace").decode()), st.just(""))


@examples(30)
@given(texts=st.lists(CELLS, min_size=1, max_size=12))
def test_each_row_of_parquet_is_a_report_or_a_failure(texts: list[str | None]) -> None:
    found = reads(parquet(texts), "parquet")
    assert len(found) == len(texts)
    for text, item in zip(texts, found, strict=True):
        assert text not in SENTENCES or isinstance(item, Report)


BAD_RECORDS = st.one_of(
    st.builds(
        record,
        st.one_of(ODD_BYTES, st.just(page(SENTENCES[0])), st.just(gzip.compress(page(SENTENCES[1]))[:-20])),
        status=st.sampled_from(["200 OK", "404 Not Found", "200", "", "OK 200", "\u20ac"]),
        content=st.sampled_from(["text/html; charset=utf-8", "text/html", "application/pdf", "", "\x00"]),
        more=st.sampled_from(
            ["", "Content-Encoding: gzip\r\n", "Content-Encoding: br\r\n", "Transfer-Encoding: chunked\r\n", "\r\n",
             "Content-Encoding: deflate\r\n", "a: b\r\n" * 1_500, ": :\r\n", f"x: {'y' * 70_000}\r\n"]
        ),
    ),
    st.builds(lambda data: record(chunked(data)[:-9], more="Transfer-Encoding: chunked\r\n"), ODD_BYTES),
)  # fmt: skip


@examples(25)
@given(
    records=st.lists(
        st.one_of(GOOD.map(lambda text: (text, record(page(text)))), st.tuples(st.none(), BAD_RECORDS)), max_size=6
    ),
    good=GOOD,
    packed=st.booleans(),
    cut_off=st.integers(0, 30),
)
def test_each_record_is_a_report_a_failure_or_counted(
    records: list[tuple[str | None, bytes]], good: str, packed: bool, cut_off: int
) -> None:
    """The last record is cut off by so many bytes, of which four are no part of it where it is not packed."""
    records = [*records, (good, record(page(good)))]
    data = b"".join(gzip.compress(one) if packed else one for _, one in records)
    passed: Counter[str] = Counter()
    found = reads(data[: len(data) - cut_off], "warc.gz" if packed else "warc", passed)
    cut_off_told = [item for item in found if isinstance(item, Failure) and "cut off" in item.reason]
    reports = [item for item in found if isinstance(item, Report)]
    assert len(cut_off_told) == bool(cut_off)
    for text, _ in records[: -1 if cut_off else None]:
        assert text is None or any(text in report.text for report in reports)
    whole = len(found) - len(cut_off_told) + passed[NO_PAGE]
    assert len(records) - bool(cut_off) <= whole <= len(records)


MARKUP = st.sampled_from(
    ["<p>", "</p>", "<div>" * 300, "</div>" * 300, "<table><tr><td>", "<!--", "-->", "<script>", "</script>", "<svg>",
     "<time datetime=99999-99-99>", "<meta charset=", "<meta name=date content='0000-00-00'>", "<h1>", "<title>",
     "&#0;", "&#xd800;", "&#999;", "&amp", "<![CDATA[", "<?xml version='1.0' encoding='utf-16'?>",
     "<a href='javascript:",
     "<meta property=og:site_name content='", "'>", "<html lang=de>", "<body", "<iframe src=",
     "<link rel=canonical href='",
     '<script type="application/ld+json">{"datePublished":"', '{"@type":"NewsArticle","author":[[[{}]]]}', "<br>" * 200,
     "<ul><li>" * 100, "<blockquote>", "<b><i><p>", "\x00", "<p " + "a=b " * 300 + ">"]
)  # fmt: skip


@examples(60)
@given(parts=st.lists(st.one_of(MARKUP, ODDITIES, GOOD), min_size=1, max_size=14), encoding=st.sampled_from(ENCODINGS))
def test_any_page_is_one_report_or_one_failure(parts: list[str], encoding: str) -> None:
    (found,) = reads("".join(parts).encode(encoding, "replace"), "html")
    assert found


CHARSETS = sorted(
    {*encodings.aliases.aliases.values(), "idna", "punycode", "undefined", "unicode_escape", "no-such", "hex"}
)


@pytest.mark.parametrize("charset", CHARSETS)
def test_a_page_in_whatever_it_says_is_read(charset: str) -> None:
    said = f"<html><meta charset={charset}><p>{SENTENCES[1]} ".encode()
    (found,) = reads(said + b"caf\xe9 \\ud800 \xff\x81</p>", "html")
    assert isinstance(found, Report) or "not in English" in found.reason or "no words" in found.reason


@examples(40)
@given(
    lines=st.lists(st.one_of(GOOD, ODD_TEXT), min_size=1, max_size=12),
    encoding=st.sampled_from([*ENCODINGS, "utf-16-le", "utf-32", "cp1252", "latin-1", "cp1251", "shift-jis"]),
    mark=st.sampled_from([b"", codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF8]),
)
def test_any_text_is_one_report_or_one_failure(lines: list[str], encoding: str, mark: bytes) -> None:
    (found,) = reads(mark + "\n".join(lines).encode(encoding, "replace"), "txt")
    assert found
