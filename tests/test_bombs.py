"""A small file that unpacks to gigabytes ends as a failure, or is read piece by piece; memory is bounded either way."""

from __future__ import annotations

import json
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from fuzz.files import page, record
from fuzz.pieces import SENTENCES

GIGABYTES = 1 << 30
MEGABYTES = 450  # that a process may ever hold which reads them, 160 of them libraries
SECONDS = 120
GOOD = record(page(SENTENCES[0]))
HEAD = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: %d\r\n\r\n"
HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
VIDEO = b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n"

# Reads a file in a process of its own and tells the reports, the failures, and the most memory it ever held.
READER = """
import json, resource, sys
from pathlib import Path
from dotterel import Failure, read
resource.setrlimit(resource.RLIMIT_AS, (8 << 30, 8 << 30))
reports, reasons = 0, []
for item in read(sys.argv[1:]):
    if isinstance(item, Failure):
        reasons.append(item.reason)
    else:
        reports += 1
(peak,) = [int(line.split()[1]) for line in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in line]
print(json.dumps([reports, reasons, peak // 1024]))
"""


def bomb(before: bytes, unit: bytes = b"a" * (1 << 20), size: int = GIGABYTES, after: bytes = b"") -> bytes:
    """A gzip member that unpacks to those bytes around so many of the unit; made without packing them all."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    opening = packer.compress(before) + packer.flush(zlib.Z_FULL_FLUSH)
    middle = (packer.compress(unit) + packer.flush(zlib.Z_FULL_FLUSH)) * (size // len(unit))
    closing = packer.compress(after) + packer.flush()
    checked = zlib.crc32(before)
    for _ in range(size // len(unit)):
        checked = zlib.crc32(unit, checked)
    told = zlib.crc32(after, checked), (len(before) + size + len(after)) & 0xFFFFFFFF
    return b"\x1f\x8b\x08\0\0\0\0\0\0\3" + opening + middle + closing + b"".join(n.to_bytes(4, "little") for n in told)


def packed(data: bytes) -> bytes:
    """A gzip member."""
    return zlib.compress(data, wbits=31)


def kept(how: str, body: bytes) -> bytes:
    """A record whose page is kept packed."""
    return packed(record(body, more=f"Content-Encoding: {how}\r\n")) + packed(GOOD)


def long_record(http: bytes) -> bytes:
    """A record of gigabytes, and a good one behind it."""
    return bomb(HEAD % (len(http) + GIGABYTES) + http, after=b"\r\n\r\n") + packed(GOOD)


def parquet(texts: pa.Array, **options: object) -> bytes:
    """A Parquet file of those texts."""
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({"text": texts}), sink, **options)
    return bytes(sink.getvalue().to_pybytes())


def long_texts() -> bytes:
    """Many rows of one text of nine megabytes, which the file holds once."""
    texts = pa.DictionaryArray.from_arrays(pa.array([0] * 300), pa.array(["war " * 2_250_000]))
    return parquet(texts, compression="zstd")


def huge_page() -> bytes:
    """Rows of a megabyte, not shared, which pack to nothing."""
    return parquet(pa.array(["a" * (1 << 20)] * 300), compression="zstd", use_dictionary=False)


def long_row() -> bytes:
    """A row whose cells each begin on a line of their own."""
    return b"text\n" + (b'"' + b"a" * 999 + b'\n",') * 9_000


LINE = b'\n{"text": "It rained in Oslo, and the ministers of six countries met there."}\n'
DEFLATED = zlib.compress(b"a" * 99_000_000)
ONLY_LINES = json.dumps({"other": [[]] * 1_000_000}) + "\n"
# name, content, reports, reason of a failure or None, why
BOMBS: list[tuple[str, Callable[[], bytes], int, str | None, str]] = [
    ("a.warc.gz", lambda: bomb(b""), 0, "is no WARC file", "a line without end"),
    ("a.warc.gz", lambda: bomb(b"", b"\r\n" * (1 << 19)), 0, "blank lines", "blank lines without end"),
    ("a.warc.gz", lambda: bomb(b"WARC/1.0\r\n"), 0, "head of a record has more", "a head that is one line"),
    ("a.warc.gz", lambda: bomb(b"WARC/1.0\r\n", b"a: b\r\n" * 99_999), 0, "head of a record has", "a head without end"),
    ("a.warc.gz", lambda: long_record(VIDEO), 1, None, "a film, which is passed over"),
    ("a.warc.gz", lambda: long_record(HTTP), 1, "bytes long, more than", "a page"),
    ("a.warc.gz", lambda: long_record(HTTP[:-2]), 1, "what the server told", "a head of the server"),
    ("a.warc.gz", lambda: kept("gzip", bomb(b"<html>")), 1, "unpacks to more than", "a page kept packed"),
    ("a.warc.gz", lambda: kept("deflate", DEFLATED), 1, "unpacks to more than", "a page kept packed otherwise"),
    ("a.json.gz", lambda: bomb(b'[{"text": "'), 0, "is malformed JSON", "a packed text of JSON"),
    ("a.jsonl.gz", lambda: bomb(b"", after=LINE), 1, "the line is longer", "packed JSON lines, a good one behind"),
    ("a.jsonl", lambda: bomb(b"", after=LINE), 1, "the line is longer", "the same, not named so"),
    ("a.jsonl.gz", lambda: bomb(b"")[:-9], 0, "is cut off here", "the same, cut off"),
    ("a.jsonl.gz", lambda: packed(bomb(b"")), 0, "is packed (gzip)", "packed twice"),
    ("a.csv.gz", lambda: bomb(b"text\n"), 0, "the line is longer", "a packed table"),
    ("a.csv.gz", lambda: bomb(b'text\n"', b"a\n" * (1 << 19)), 0, "a row is longer", "a row without end"),
    ("a.csv.gz", lambda: bomb(b"text,"), 0, "the line is longer", "names of columns without end"),
    ("a.txt.gz", lambda: bomb(b""), 0, "is longer than", "a packed text"),
    ("a.html.gz", lambda: bomb(b"<html>"), 0, "is longer than", "a packed page"),
    ("a.gz", lambda: bomb(b"WARC/1.0\r\n"), 0, "is longer than", "a name that tells nothing"),
    ("a.parquet", huge_page, 0, "as no text does", "rows that unpack to 300 megabytes"),
    ("a.parquet", long_texts, 0, "is longer than", "a text that is kept once, for 300 rows"),
    ("a.csv", long_row, 0, "a row is longer than", "a row of thousands of lines"),
    ("a.jsonl", lambda: ONLY_LINES.encode() * 8, 0, "has no column", "rows that wait for one that has text"),
]  # fmt: skip


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="needs /proc to tell memory")
@pytest.mark.parametrize(("name", "content", "reports", "reason", "why"), BOMBS, ids=[row[4] for row in BOMBS])
def test_memory_stays_bounded(
    name: str, content: Callable[[], bytes], reports: int, reason: str | None, why: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content())
    command = [sys.executable, "-c", READER, str(path)]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
    assert ended.returncode == 0, ended.stderr
    found, reasons, peak = json.loads(ended.stdout)
    assert found == reports, why
    assert all(reason is not None and reason in told for told in reasons), reasons
    assert bool(reasons) == (reason is not None)
    assert peak < MEGABYTES, why
