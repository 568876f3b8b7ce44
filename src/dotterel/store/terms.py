"""The words of reports as full text search looks them up: without endings, accents and capitals."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import islice

import duckdb
import pyarrow as pa
import snowballstemmer

from dotterel import tables
from dotterel.store.inserting import insert_table

WORD = re.compile(r"[^\W_]+")
POSSESSIVE = re.compile(r"[’']s\b")
LONGEST = 40  # letters; longer ones are addresses and noise
MOST = 65535  # counts of a term kept
BATCH = 1000  # reports indexed at a time where a whole database is
POSTINGS = pa.schema({"term": pa.string(), "report": pa.int32(), "count": pa.uint16()})
LENGTHS = pa.schema({"number": pa.int32(), "report_id": pa.string(), "length": pa.int32()})


@cache
def common_words() -> frozenset[str]:
    """Small English words, which tell no report from another."""
    rows = tables.read("stopwords")
    return frozenset(next(row["words"] for row in rows if row["language"] == "English").split())


def unaccented(text: str) -> str:
    """The text in small letters without accents."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text)
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).lower()


def folded(text: str) -> str:
    """The text in small letters without accents, possessives cut off."""
    return POSSESSIVE.sub("", unaccented(text))


def words(text: str) -> list[str]:
    """Every word of a text, folded."""
    return WORD.findall(folded(text))


@cache
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=200_000)
def term(word: str) -> str:
    """A folded word without its ending: 'bombed' and 'bombing' are 'bomb'."""
    return str(_stemmer().stemWord(word))


def terms(text: str) -> Iterator[str]:
    """The terms of a text in order, common words left out."""
    return (term(word) for word in words(text) if word not in common_words() and len(word) <= LONGEST)


def term_counts(text: str) -> Counter[str]:
    """How often each term stands in a text."""
    return Counter(terms(text))


def index(connection: duckdb.DuckDBPyConnection, counted: Sequence[tuple[str, Counter[str]]]) -> None:
    """Write the terms of new reports, given as (id, count of each term), within the transaction under way."""
    ((last,),) = connection.execute("SELECT coalesce(max(number), 0) FROM indexed").fetchall()
    first = last + 1
    numbered = list(enumerate((counts for _, counts in counted), first))
    lengths = [[number for number, _ in numbered], [name for name, _ in counted], [c.total() for _, c in counted]]
    postings = [
        [word for _, counts in numbered for word in counts],
        [number for number, counts in numbered for _ in counts],
        [min(count, MOST) for _, counts in numbered for count in counts.values()],
    ]
    by_term = pa.table(postings, POSTINGS).sort_by([("term", "ascending"), ("report", "ascending")])
    insert_table(connection, "indexed", pa.table(lengths, LENGTHS))
    insert_table(connection, "terms", by_term)


def index_all(connection: duckdb.DuckDBPyConnection) -> None:
    """Write the terms of every report that has none yet: those of a database from before there was a search."""
    query = "SELECT id, text FROM reports WHERE id NOT IN (SELECT report_id FROM indexed) ORDER BY rowid"
    waiting = iter(connection.execute(query).fetchall())
    while batch := list(islice(waiting, BATCH)):
        index(connection, [(report_id, term_counts(text)) for report_id, text in batch])
