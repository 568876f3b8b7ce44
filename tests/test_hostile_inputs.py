"""Whatever is read becomes a coding or a failure that says why: no crash, no hang, no flood of memory."""

from __future__ import annotations

import gzip
import json
import multiprocessing
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from dotterel.coder import Coder
from dotterel.reading.sources import read
from dotterel.run import printable
from dotterel.types import Coding, Failure, Report
from dotterel.workers import Workers

LIMIT = 100.0  # seconds a report
MEGABYTES = 700  # that a worker may ever hold
ACT = "Kenya condemned Sudan on Sunday."
CODED, NO_WORDS, TOO_LONG = "coded", "has no words in it", "words and signs long"
ENDLESS = "troops attacked the village near Kabul and ministers met with Russian officials who condemned Syria "
LINE = json.dumps({"text": ACT})

# name of the file, its content, what becomes of it, why
HOSTILE: list[tuple[str, str | bytes, str, str]] = [
    ("a.txt", "(" * 1_000_000, NO_WORDS, "a million brackets"),
    ("a.txt", ACT + "[" * 999_000, TOO_LONG, "brackets behind an act"),
    ("a.txt", ACT + " ([{<" * 300, CODED, "brackets that never close"),
    ("a.txt", ENDLESS * 12_500, "1,000,000 a report may have", "a sentence of 200,000 words"),
    ("a.txt", "war and " * 100_000, TOO_LONG, "a sentence of 200,000 short words"),
    ("a.txt", f"{ACT[:-1]} and {ENDLESS * 75}", CODED, "a sentence of 1,000 words"),
    ("a.txt", '"' * 300_000 + ACT, TOO_LONG, "quotation marks that never close"),
    ("a.txt", f'"{ACT}' * 400, CODED, "quotations that open and never close"),
    ("a.txt", "?!,;" * 200_000, NO_WORDS, "only punctuation"),
    ("a.txt", " \t\u00a0\u2003" * 200_000, NO_WORDS, "only spaces"),
    ("a.txt", "\n\r\r\n\x0b\x0c\u2028\u2029\x85" * 20_000 + ACT, CODED, "every kind of newline"),
    ("a.txt", "a" * 999_000, CODED, "one word of a megabyte"),
    ("a.txt", f"{ACT[:-1]} ({' ' * 300_000}.", CODED, "blanks behind a bracket"),
    ("a.txt", f"{ACT}\n{' ' * 300_000}x", CODED, "blanks before a word"),
    ("a.html", f"<meta property=og:site_name content=X><title>{' ' * 900_000}a</title><p>{ACT}", CODED, "blank titles"),
    ("a.txt", f"Kenya paid {'9' * 900_000} dollars to Sudan.", CODED, "a number of 900,000 digits"),
    ("a.txt", f"Kenya's army killed {'1,000,' * 50_000}000 rebels.", TOO_LONG, "a number of 50,000 groups"),
    ("a.txt", f"Kenya's army killed {'one hundred ' * 2_000} rebels.", CODED, "a number in 4,000 words"),
    ("a.txt", f"{ACT} \U0001f468‍\U0001f469‍\U0001f467" * 500, CODED, "emoji of several characters"),
    ("a.txt", "\U0001f600" * 60_000 + ACT, TOO_LONG, "more emoji than words in a book"),
    ("a.txt", ACT[:-1] + "e" + "\u0301" * 500_000, TOO_LONG, "half a million accents on a letter"),
    ("a.txt", "\u202e\u200f\u2067" * 2_000 + ACT + "\u202c" * 2_000, CODED, "marks of writing from right to left"),
    ("a.txt", ACT.replace(" ", "\x00 "), "binary file", "null bytes"),
    ("a.txt", ACT * 40 + "\x00", CODED, "a stray null byte"),
    ("a.jsonl", '{"text": "\\ud800' + ACT + '\\udfff"}', CODED, "lone halves of characters"),
    ("a.jsonl", "[" * 900_000, "holds no reports", "deeply nested JSON"),
    ("a.json", "[" * 900_000, "", "a list of lists"),
    ("a.jsonl", '{"text": ' * 200_000, "malformed JSON", "objects in objects"),
    ("a.jsonl", LINE.replace("}", ', "published": "32 Foctober 99999"}'), "no date", "a day that is none"),
    ("a.jsonl", LINE.replace("}", ', "published": "0000-00-00"}'), "no date", "the year 0"),
    ("a.jsonl", LINE.replace("}", ', "published": ' + "9" * 4_000 + "}"), "no date", "a time stamp of 4,000 digits"),
    ("a.jsonl", LINE.replace("}", ', "published": ' + "9" * 5_000 + "}"), "malformed JSON", "more than Python reads"),
    ("a.txt", f"Published: 2015-11-27\n\n{ACT} It was 1000000000000 days ago.", CODED, "a trillion days ago"),
    ("a.txt", f"{ACT[:-1]} 32 Foctober 99999, year 0, 31 February 0000, 99/99/9999.", CODED, "days that are none"),
    ("a.html", "<div>" * 100_000 + f"<p>{ACT}</p>" + "</div>" * 100_000, "no report was found", "100,000 divs"),
    ("a.html", "<table><tr><td>" * 30_000 + ACT, "no report was found", "tables in tables"),
    ("a.html", f"<p {' '.join(f'a{n}=1' for n in range(100_000))}>{ACT}", "attributes", "100,000 attributes"),
    ("a.html", "<" * 500_000 + ACT, NO_WORDS, "half a million tags begun"),
    ("a.html", "<!--" * 100_000 + ACT, "", "comments that never end"),
    ("a.html", f"<p>{ACT}" + "&amp" * 200_000, TOO_LONG, "entities"),
    ("a.html", "<meta name=article:published_time content=0000-99-99>" * 5_000 + f"<p>{ACT}", CODED, "dates of none"),
    ("a.txt", gzip.compress(b"a" * 50_000_000), "is longer than", "a file that unfolds a thousandfold, read as text"),
    ("a.parquet", zlib.compress(b"a" * 50_000_000), "Parquet", "no Parquet"),
    ("a.csv", 'text,published\n"' + ACT * 20_000, "", "a cell that never ends"),
    ("a.csv", "text" + "," * 500_000 + f"\n{ACT}\n", CODED, "half a million columns"),
    ("a.csv", f"text\n{ACT}" + "\n" * 500_000, CODED, "half a million empty rows"),
]  # fmt: skip


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    with Workers(Coder(), 1, LIMIT) as made:
        yield made


@pytest.mark.parametrize(("name", "content", "outcome", "why"), HOSTILE, ids=[row[3] for row in HOSTILE])
def test_what_becomes_of_it(
    name: str, content: str | bytes, outcome: str, why: str, tmp_path: Path, workers: Workers
) -> None:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    items = [printable(item) if isinstance(item, Report) else item for item in read([path])]
    found = list(workers.pipe(items))
    assert found, why
    for one in found:
        if isinstance(one, Failure):
            assert outcome in one.reason
            assert outcome != CODED, one.reason
            assert "took longer" not in one.reason
            assert "could not be coded" not in one.reason
        else:
            assert outcome in (CODED, ""), "was coded"
            assert_within(one)


def assert_within(coding: Coding) -> None:
    """Every offset lies in the text."""
    end = len(coding.report.text)
    for event in coding.events:
        assert all(0 <= m.sentence_start <= m.start <= m.end <= m.sentence_end <= end for m in event.mentions)
    for span in (*coding.quotes, *coding.figures, *coding.stances, *coding.places):
        assert 0 <= span.start <= span.end <= end


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc to tell memory")
def test_no_report_took_more_memory_than_the_longest_there_may_be(workers: Workers) -> None:
    list(workers.pipe([Report("x", f"{ACT} {'[ ' * 30_000}", path="x.txt")]))
    (child,) = [c for c in multiprocessing.active_children() if c.name == "dotterel worker"]
    told = Path(f"/proc/{child.pid}/status").read_text()
    (peak,) = [int(line.split()[1]) for line in told.splitlines() if line.startswith("VmHWM")]
    assert peak / 1024 < MEGABYTES
