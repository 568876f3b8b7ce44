"""Files of every kind that dotterel reads, made here, to be read as they are or after something has damaged them."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Sequence

from fuzz.pieces import SENTENCES

TEXT = "\n\n".join(("Ministers meet in Oslo", *SENTENCES[:4]))
URL = "https://news.example/a"


def page(*sentences: str, head: str = "") -> bytes:
    """A web page with an article of those sentences."""
    body = "".join(f"<p>{sentence} {SENTENCES[1]}</p>" for sentence in sentences)
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>Ministers meet</title>{head}</head>'
        f"<body><nav><a href=/>Home</a></nav><article><h1>Ministers meet</h1>{body}</article></body></html>"
    ).encode()


def record(body: bytes, *, status: str = "200 OK", content: str = "text/html", more: str = "") -> bytes:
    """A record of a WARC file: the answer of a server, with that body."""
    http = f"HTTP/1.1 {status}\r\nContent-Type: {content}\r\n{more}\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2021-03-05T06:07:08Z\r\nWARC-Target-URI: {URL}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def chunked(body: bytes, size: int = 500) -> bytes:
    """A body in pieces, as servers send them."""
    parts = [body[at : at + size] for at in range(0, len(body), size)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def row(text: str, **more: object) -> str:
    """A line of JSON for a report."""
    return json.dumps({"text": text, "title": "Ministers meet", "published": "2016-03-03", **more})


def parquet(texts: Sequence[object], **columns: Sequence[object]) -> bytes:
    """A Parquet file of rows with those texts."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    pq.write_table(pa.table({"text": list(texts), **columns}), sink, row_group_size=4)
    return bytes(sink.getvalue().to_pybytes())


def csv(mark: str = ",") -> str:
    """A table of reports, one of them over several lines."""
    lines = [mark.join(("title", "text", "published"))]
    for n, sentence in enumerate(SENTENCES[:5]):
        told = sentence.replace('"', '""') + ("\n\nIt rained." if n == 2 else "")
        lines.append(mark.join(("Ministers meet", f'"{told}"', "2016-03-03")))
    return "\n".join(lines) + "\n"


def samples() -> dict[str, list[bytes]]:
    """Whole files by suffix."""
    packed, both = "Content-Encoding: gzip\r\n", "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"
    records = [
        record(page(SENTENCES[0])),
        record(b"", status="404 Not Found"),
        record(gzip.compress(page(SENTENCES[2])), more=packed),
        record(chunked(gzip.compress(page(SENTENCES[4]))), more=both),
        record(b"%PDF-1.4", content="application/pdf"),
    ]
    rows = [row(sentence, source=f"Paper {n}", url=URL) for n, sentence in enumerate(SENTENCES[:5])]
    dated = (
        '<meta property="article:published_time" content="2016-03-03"><meta property="og:site_name" content="Example">'
    )
    linked = '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2016-03-03"}</script>'
    kinds = {
        "txt": [TEXT.encode(), TEXT.encode("utf-16"), f"Published: 3 March 2016\nBy Jane Doe\n{TEXT}".encode()],
        "html": [
            page(*SENTENCES[:3]),
            page(SENTENCES[5], head=dated),
            page(SENTENCES[6], head=linked),
            "<html><head><meta charset=cp1252></head><p>“Never”, the café’s owner said.</p></html>".encode("cp1252"),
            b"<p>" + SENTENCES[3].encode() + b"<time datetime=2016-03-03>Thursday</time><p>Updated 3 March 2016",
        ],
        "jsonl": ["\n".join(rows).encode(), "\r\n".join(rows[:2]).encode("utf-16"), f"\n{rows[0]}\n{{\n[1]".encode()],
        "json": [f"[{','.join(rows[:3])}]".encode(), json.dumps(json.loads(rows[0]), indent=1).encode()],
        "csv": [csv().encode(), csv(";").encode("utf-8-sig"), csv("|").encode("utf-16")],
        "tsv": [csv("\t").encode()],
        "parquet": [parquet(SENTENCES[:6], published=["2016-03-03"] * 6), parquet(["a", None, ""])],
        "warc": [b"".join(records), *records],
        "warc.gz": [b"".join(map(gzip.compress, records)), gzip.compress(b"".join(records))],
        "": [TEXT.encode(), rows[0].encode(), page(SENTENCES[0])],
    }
    return kinds | {f"{kind}.gz": list(map(gzip.compress, kinds[kind])) for kind in ("txt", "jsonl", "json", "csv")}


def stream(data: bytes) -> io.BufferedReader:
    """Bytes as an opened file."""
    return io.BufferedReader(io.BytesIO(data))
