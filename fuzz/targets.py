"""What is fuzzed: each target takes bytes, and raises where dotterel does not keep what it promises."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from dotterel.coder import Coder
from dotterel.errors import InputError
from dotterel.reading.rows import Columns
from dotterel.reading.stretches import Stretch, cut, read_stretch
from dotterel.reading.text import report_from_text
from dotterel.types import Report
from fuzz.files import samples
from fuzz.pieces import PIECES, SENTENCES
from fuzz.promises import Item, codes, reads

Target = Callable[[bytes], None]
TWICE = 8  # one text of so many is coded a second time


def reader(suffix: str, data: bytes, most: int = 1) -> None:
    """A file of that suffix, read whole, and in stretches of at most so many members where it can be cut."""
    whole = reads(data, suffix)
    if suffix not in CUT:
        return
    path = f"{scratch()}/a.{suffix}"
    Path(path).write_bytes(data)
    parts = [
        item
        for stretch in cut(Stretch(path, f"a.{suffix}"), most)
        for item in read_stretch(stretch, Columns(), None, Counter())
    ]
    assert with_text(parts) == with_text(whole), "read otherwise in stretches"


def with_text(items: list[Item]) -> list[Item]:
    """What is not about a lack of text or reports, nor a failure told again: of a whole file all are told once."""
    kept: list[Item] = []
    for item in items:
        if isinstance(item, Report) or (item not in kept and not item.reason.startswith(("has no", "holds no"))):
            kept.append(item)
    return kept


CUT = ("jsonl", "json", "csv", "tsv", "warc", "warc.gz", "jsonl.gz", "json.gz", "csv.gz")


@cache
def scratch() -> str:
    """A folder for the files of this process, in memory where there is one."""
    memory = Path("/dev/shm")
    return tempfile.mkdtemp(prefix="fuzz", dir=memory if memory.is_dir() else None)


@cache
def coder() -> Coder:
    """The coder, loaded once."""
    made = Coder()
    made.load()
    return made


def text(data: bytes) -> None:
    """A report with the text that the bytes are, coded as any caller may have it coded."""
    words = data.decode("utf-8", "surrogatepass" if is_decodable(data) else "replace")
    try:
        report = report_from_text(words)
    except InputError:
        return
    codes(coder(), report, len(data) % TWICE == 0)


def is_decodable(data: bytes) -> bool:
    """Whether the bytes are UTF-8, halves of characters allowed."""
    try:
        data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return False
    return True


def assembled(data: bytes) -> Report | None:
    """The report put together from the pieces that the bytes choose; None where it is none."""
    chosen = [PIECES[byte % len(PIECES)] for byte in data]
    try:
        return report_from_text(" ".join(chosen))
    except InputError:
        return None


def pieces(data: bytes) -> None:
    """A report put together from pieces of news and from odd signs, coded."""
    report = assembled(data)
    if report:
        codes(coder(), report, len(data) % TWICE == 0)


READERS = ("txt", "html", "jsonl", "jsonl.gz", "json", "csv", "csv.gz", "parquet", "warc", "warc.gz", "")
TARGETS: dict[str, Target] = {
    **{suffix.replace(".", "_") or "unnamed": partial(reader, suffix) for suffix in READERS},
    "coder": text,
    "pieces": pieces,
}


def seeds(name: str) -> list[bytes]:
    """What fuzzing a target begins with."""
    if name == "coder":
        return [sentence.encode() for sentence in SENTENCES] + [" ".join(SENTENCES[n::3]).encode() for n in range(3)]
    if name == "pieces":
        return [bytes(range(n, n + 12)) for n in range(0, 240, 12)]
    return samples()["" if name == "unnamed" else name.replace("_", ".")]


def words(name: str) -> list[str]:
    """What the fuzzer may put in: the words that the target's format is made of."""
    if name in ("coder", "txt"):
        return [piece for piece in PIECES if piece.isprintable()]
    return [word for word in FORMATS.get(name.partition("_")[0], "").split(" ") if word]


HTML_WORDS = (
    "<p> </p> <div> </div> <article> <time <h1> <table><tr><td> <!-- --> <script> <style> <meta <meta charset= <title> "
    "datetime= property= content= name= itemprop=datePublished article:published_time &#0; &#xd800; &amp &nbsp; ]]> "
    "<![CDATA[ <svg> <template> <iframe> <html <body> <br> <ul><li> <blockquote> <a href= og:site_name "
    "application/ld+json"
)
WARC_WORDS = "WARC/1.0 WARC-Type: response Content-Length: Content-Type: chunked gzip deflate HTTP/1.1 200 404"
JSON_WORDS = '{"text": "title": "published": null true [[[ ]]] {{ }} \\ud800 \\u0000 NaN 1e999 -Infinity \\" },{ ,,'
FORMATS = {
    "html": HTML_WORDS,
    "warc": f"{WARC_WORDS} {HTML_WORDS}",
    "jsonl": JSON_WORDS,
    "json": JSON_WORDS,
    "csv": 'text title published "" """ ,, ;; || ", ," ";" 2016-03-03',
    "unnamed": '{"text": [{ <html <!doctype <p> <?xml',
}
