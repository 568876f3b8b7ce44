import gzip
import json
from collections import Counter

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dotterel import read
from dotterel.reading.sources import Columns
from dotterel.reading.stretches import Stretch, cut, halves, read_stretch
from warcs import page, record, warc

TEXTS = [
    f"Ministers met number {n}.\n\nThe minister of France met the president of Chad, and said no." for n in range(9)
]
ROWS = [json.dumps({"text": text, "title": "A meeting"}) for text in TEXTS]
CSV = "title,text\n" + "".join(f'"A, meeting","{text}"\n' for text in TEXTS)
RECORDS = [one for text in TEXTS for one in (record(page(text[:24])), record(b"", "request"))]


def parquet():
    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({"text": TEXTS}), sink, row_group_size=4)
    return sink.getvalue().to_pybytes()


FILES = {
    "lines.jsonl": ("\n".join(ROWS) + "\n").encode(),
    "no_newline_at_the_end.jsonl": "\n".join(ROWS).encode(),
    "marked.jsonl": b"\xef\xbb\xbf" + "\r\n".join(ROWS).encode(),
    "blank_and_bad_lines.ndjson": ("\n\n".join(ROWS) + "\n{bad\n[1]\n").encode(),
    "list.jsonl": ("[" + ",\n".join(ROWS) + "]").encode(),
    "wide.jsonl": "\n".join(ROWS).encode("utf-16"),
    "rows.csv": CSV.encode(),
    "semicolons.csv": CSV.replace('","', '";"').replace("title,text", "title;text").encode(),
    "damaged.csv": CSV.encode() + b"a,\x81\x00\x01\x02\x03\nb,c\n",
    "unclosed.csv": CSV.encode() + b'x,"' + b"word " * 30,
    "none.csv": b"a,b\n1,2\n",
    "without_reports.csv": b"title,text\n\x00",
    "rows.tsv": b"title\ttext\n" + b"a\tThe minister of France met the president of Chad.\n" * 5,
    "list.json": ("[" + ",\n".join(ROWS) + "]").encode(),
    "broken.json": ("[" + ",\n".join(ROWS)).encode() + b"{",
    "a.parquet": parquet(),
    "a.warc.gz": warc(RECORDS),
    "a.warc": warc(RECORDS, packed=False),
    "cut.warc.gz": warc(RECORDS)[:-30],
    "one.warc.gz": gzip.compress(warc(RECORDS, packed=False)),
    "lines.jsonl.gz": gzip.compress("\n".join(ROWS).encode()),
    "two_members.jsonl.gz": gzip.compress("\n".join(ROWS[:4]).encode()) + gzip.compress("\n".join(ROWS[4:]).encode()),
    "cut.jsonl.gz": gzip.compress("\n".join(ROWS * 9).encode())[:-20],
    "not_named.jsonl": gzip.compress(("\n".join(ROWS) + "\n{bad\n").encode()),
    "lines.json.gz": gzip.compress("\n".join(ROWS).encode()),
    "list.json.gz": gzip.compress(("[" + ",\n".join(ROWS) + "]").encode()),
    "cut.json.gz": gzip.compress(("[" + ",\n".join(ROWS) + "]").encode())[:-20],
    "rows.csv.gz": gzip.compress(CSV.encode()),
    "cut.csv.gz": gzip.compress(CSV.encode())[:-20],
    "wide.jsonl.gz": gzip.compress("\n".join(ROWS).encode("utf-16")),
    "a.txt.gz": gzip.compress(TEXTS[0].encode()),
    "a.txt": TEXTS[0].encode(),
    "empty.jsonl": b"",
    "empty.txt": b"",
}


def parts(stretches):
    return [item for one in stretches for item in read_stretch(one, Columns(), None, Counter())]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("most", [1, 2, 4, 100])
def test_stretches_read_one_after_the_other_are_the_file(tmp_path, name, most):
    path = tmp_path / name
    path.write_bytes(FILES[name])
    stretches = cut(Stretch(str(path), str(path)), most)
    whole = list(read([str(path)]))
    assert parts(stretches) == whole
    again = [half for one in stretches for half in halves(one)]
    assert parts(again) == whole, "halves of stretches too"


CUT_DOWN = [
    "lines.jsonl", "rows.csv", "list.json", "a.parquet", "a.warc.gz", "a.warc", "lines.jsonl.gz", "not_named.jsonl",
    "lines.json.gz", "list.json.gz", "rows.csv.gz",
]  # fmt: skip


@pytest.mark.parametrize("name", CUT_DOWN)
def test_a_large_file_is_cut_down_to_the_single_report(tmp_path, name):
    path = tmp_path / name
    path.write_bytes(FILES[name])
    single = cut(Stretch(str(path), str(path)), 1)
    assert len(single) == (18 if "warc" in name else 10 if name == "not_named.jsonl" else 9)
    assert {one.weight for one in single if "csv" not in name} <= {1}
    pending = cut(Stretch(str(path), str(path)), 100)
    while any(one.weight > 1 for one in pending) and len(pending) < 30:
        longer = [half for one in pending for half in halves(one)]
        if longer == pending:
            break
        pending = longer
    assert len(pending) == len(single)


def test_what_cannot_be_cut_is_one_stretch(tmp_path):
    for name in ("a.txt", "wide.jsonl", "one.warc.gz", "list.jsonl", "a.txt.gz", "wide.jsonl.gz"):
        path = tmp_path / name
        path.write_bytes(FILES[name])
        assert len(cut(Stretch(str(path), str(path)), 1)) == 1
