"""Packed files are read as what they hold; one that breaks off gives what stands before, and is told."""

import gzip
import io
import json
import subprocess
import sys
from hashlib import sha256

import pytest

from dotterel import Failure, Report, read
from dotterel.reading.packed import unpacked
from dotterel.reading.sources import count

LEAD = "Foreign ministers of six countries met on Friday, officials said."
SIGNS = [sha256(b"%d" % n).hexdigest() for n in range(400)]  # so that it packs no better than text does
ROWS = [json.dumps({"text": f"{LEAD} The call sign was {sign}."}) for sign in SIGNS]
LINES = "\n".join(ROWS).encode() + b"\n"
LIST = b"[" + b",\n".join(row.encode() for row in ROWS) + b"]"
TABLE = b"title,text\n" + "".join(f'Talks,"{LEAD}\nThe call sign was {sign}."\n' for sign in SIGNS).encode()

# name, content, number of reports, where the last of them stands, why
WHOLE = [
    ("a.jsonl.gz", LINES, 400, ":400", "JSON lines"),
    ("a.ndjson.gz", LINES, 400, ":400", "the other suffix"),
    ("a.JSONL.GZ", LINES, 400, ":400", "capitals"),
    ("a.jsonl", LINES, 400, ":400", "packed, though the name does not say so"),
    ("a.json.gz", LIST, 400, ":400", "a list"),
    ("a.json.gz", LINES, 400, ":400", "JSON lines under another suffix"),
    ("a.csv.gz", TABLE, 400, ":800", "a table whose rows have two lines"),
    ("a.tsv.gz", b"text\ttitle\n" + LEAD.encode() + b"\tTalks\n", 1, ":2", "the other table"),
    ("a.jsonl.gz", "\n".join(ROWS).encode("utf-16"), 400, ":400", "UTF-16"),
    ("a.txt.gz", LEAD.encode(), 1, "", "a text"),
    ("a.html.gz", f"<html><body><p>{LEAD}</p></body></html>".encode(), 1, "", "a page"),
    ("a.gz", ROWS[0].encode(), 1, ":1", "a name that says nothing more"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "number", "last", "why"), WHOLE, ids=[row[4] for row in WHOLE])
def test_a_packed_file_is_read_as_what_it_holds(tmp_path, name, content, number, last, why):
    path = tmp_path / name
    path.write_bytes(gzip.compress(content))
    found = list(read([path]))
    assert all(isinstance(item, Report) for item in found), found[:1]
    assert (len(found), found[-1].path) == (number, f"{path}{last}"), why


def test_members_that_stand_one_after_the_other_are_one_file(tmp_path):
    (tmp_path / "a.jsonl.gz").write_bytes(b"".join(gzip.compress(row.encode() + b"\n") for row in ROWS))
    assert [item.path for item in read([tmp_path])] == [f"{tmp_path}/a.jsonl.gz:{n}" for n in range(1, 401)]


def test_a_folder_a_pattern_and_standard_input_may_be_packed(tmp_path, monkeypatch):
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(LINES))
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(LEAD.encode()))
    (tmp_path / "c.md.gz").write_bytes(gzip.compress(LEAD.encode()))
    assert [item.path for item in read([tmp_path])][-2:] == [f"{tmp_path}/a.jsonl.gz:400", f"{tmp_path}/b.txt.gz"]
    assert len(list(read([f"{tmp_path}/*.jsonl.gz"]))) == 400
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(gzip.compress(LINES))))
    assert [item.path for item in read(["-"])][-1] == "standard input:400"


def test_addresses_may_be_packed():
    fsspec = pytest.importorskip("fsspec")
    storage = fsspec.filesystem("memory")
    storage.pipe({"/packed/a.jsonl.gz": gzip.compress(LINES), "/packed/b.txt": LEAD.encode()})
    assert [item.path for item in read(["memory://packed"])][-2:] == [
        "memory:///packed/a.jsonl.gz:400",
        "memory:///packed/b.txt",
    ]


# name, content, whether what stands before a fault is kept, why
KINDS = [
    ("a.jsonl.gz", LINES, True, "lines"),
    ("a.json.gz", LIST, True, "a list"),
    ("a.csv.gz", TABLE, True, "a table"),
    ("a.txt.gz", "\n".join(ROWS).encode(), False, "a text, of which a half is none"),
    ("a.html.gz", f"<html><body><p>{' '.join(SIGNS)} {LEAD}</p></body></html>".encode(), False, "a page"),
]


@pytest.mark.parametrize("share", [0, 0.001, 0.5, 0.999])
@pytest.mark.parametrize(("name", "content", "kept", "why"), KINDS, ids=[row[3] for row in KINDS])
def test_a_file_that_is_cut_off_gives_what_stands_before_and_says_so(tmp_path, name, content, kept, why, share):
    data = gzip.compress(content)
    path = tmp_path / name
    path.write_bytes(data[: max(2, int(share * len(data)))])
    *reports, fault = read([path])
    assert isinstance(fault, Failure)
    assert fault.path == f"{path}:{fault.line}", "it names the line"
    assert fault.reason.startswith("the packed file is cut off here"), why
    whole = {item.text for item in read_whole(tmp_path, name, content)}
    assert {report.text for report in reports} <= whole, "and no half of a report is taken for a whole one"
    assert bool(reports) == (kept and share >= 0.5)
    lines_a_report = 2 if "csv" in name else 1
    assert not kept or len(reports) >= fault.line // lines_a_report - 2, "none that is whole is lost"


def read_whole(folder, name, content):
    other = folder / "whole"
    other.mkdir()
    (other / name).write_bytes(gzip.compress(content))
    return [item for item in read([other]) if isinstance(item, Report)]


def test_a_file_that_is_damaged_within_says_so(tmp_path):
    data = gzip.compress(LINES)
    (tmp_path / "a.jsonl.gz").write_bytes(data[:-8] + bytes(8))
    (tmp_path / "b.jsonl.gz").write_bytes(data[: len(data) // 2] + bytes(500) + data[len(data) // 2 + 500 :])
    *found, checksum = read([tmp_path / "a.jsonl.gz"])
    assert len(found) == 399, "all but the line in which the wrong checksum is met"
    assert checksum.reason.startswith("the packed file is damaged")
    *found, fault = read([tmp_path / "b.jsonl.gz"])
    assert sum(isinstance(item, Report) for item in found) > 150
    assert fault.reason.startswith("the packed file is damaged")


REFUSED = [
    ("a.jsonl.gz", gzip.compress(gzip.compress(LINES)), "is packed (gzip); only gzip is unpacked here, once"),
    ("a.parquet.gz", gzip.compress(b"PAR1"), "is packed (gzip)"),
    ("a.jsonl", b"BZh91AY&SY" + bytes(90), "is packed (bzip2)"),
    ("a.txt.gz", gzip.compress(b""), "is empty"),
    ("a.jsonl.gz", gzip.compress(b""), "holds no reports"),
    ("a.jsonl.gz", gzip.compress(LINES) + b"more", "the packed file is damaged"),
]


@pytest.mark.parametrize(("name", "data", "reason"), REFUSED, ids=[row[2][:40] for row in REFUSED])
def test_what_is_refused(tmp_path, name, data, reason):
    (tmp_path / name).write_bytes(data)
    assert [item.reason for item in read([tmp_path / name]) if isinstance(item, Failure) and reason in item.reason]


def test_lines_are_counted_for_the_progress(tmp_path):
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(LINES))
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(LINES)[:-20])
    assert count([tmp_path / "a.jsonl.gz"]) == 400
    assert 300 < count([tmp_path / "b.jsonl.gz"]) <= 400


def test_it_is_sought_in_forward_only():
    stream = unpacked(io.BufferedReader(io.BytesIO(gzip.compress(LINES))), "a")
    assert (stream.seek(100), stream.tell(), stream.read(5)) == (100, 100, LINES[100:105])
    assert stream.seek(len(LINES) + 9) == len(LINES)
    with pytest.raises(OSError, match="forward"):
        stream.seek(0)


# Reads a packed file of a hundred megabytes of lines and tells how many reports and how much memory more than at first.
READER = """
import resource, sys
from dotterel import read
list(read(sys.argv[1:2]))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(sum(1 for _ in read(sys.argv[2:])), (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def test_memory_is_flat(tmp_path):
    row = json.dumps({"text": LEAD, "passed_over": "a" * 100_000}).encode() + b"\n"
    (tmp_path / "one.jsonl").write_bytes(row)
    with gzip.open(tmp_path / "a.jsonl.gz", "wb", compresslevel=1) as file:
        for _ in range(1_000):
            file.write(row)
    command = [sys.executable, "-c", READER, str(tmp_path / "one.jsonl"), str(tmp_path / "a.jsonl.gz")]
    told = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True).stdout
    number, megabytes = map(int, told.split())
    assert number == 1_000
    assert megabytes < 20
