"""The tools of the corpus: notation, agreement, overlap with the bench, conversion to the fifteen-type scheme."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from training import agreement, crosswalk, notation, overlap

from dotterel import codebook
from dotterel.training.corpus import STATUSES, read_corpus

CORPUS = sorted((Path(notation.__file__).parent / "corpus").glob("w*.jsonl"))
BENCH = overlap.BENCH


def rows() -> list[dict[str, Any]]:
    return [json.loads(line) for path in CORPUS for line in path.read_text(encoding="utf-8").splitlines()]


# notation, (actor, recipient, type, mode, status) by words, reason
NOTED = [
    ("[A Kenya] thanked [B Norway]. || A>B SUPPORT - occurred",
     [("Kenya", "Norway", "SUPPORT", None, "occurred")], "one act"),
    ("[A Kenya] met [B Chad]. || A<>B CONSULT third-party ongoing",
     [(a, r, "CONSULT", "third-party", "ongoing") for a, r in (("Kenya", "Chad"), ("Chad", "Kenya"))], "a joint act"),
    ("[A He] resigned. || A>- RETREAT resign occurred",
     [("He", None, "RETREAT", "resign", "occurred")], "no recipient"),
    ("[A Kenya] lies near [B Chad]. || NONE", [], "no act"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "expected", "reason"), NOTED, ids=[r[-1] for r in NOTED])
def test_notation(line: str, expected: list[tuple[Any, ...]], reason: str) -> None:
    row = notation.row("x-001", line)

    def words(span: list[int] | None) -> str | None:
        return row["sentence"][span[0] : span[1]] if span else None

    told = [(words(p["actor"]), words(p["recipient"]), p["type"], p["mode"], p["status"]) for p in row["pairs"]]
    assert told == expected, reason
    assert "[" not in row["sentence"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("[A Kenya] thanked [B Norway].", "no ||"),
        ("[A Kenya thanked [B Norway]. || NONE", "broken brackets"),
        ("Kenya thanked Norway. || NONE", "no party"),
        ("[A Kenya] thanked [A Norway]. || NONE", "letter A twice"),
        ("[A Kenya] thanked [B Norway]. || A>B PRAISE - occurred", "unknown type"),
        ("[A Kenya] thanked [B Norway]. || A>B SUPPORT warm occurred", "mode"),
        ("[A Kenya] thanked [B Norway]. || A>B SUPPORT - done", "status"),
        ("[A Kenya] thanked [B Norway]. || A>C SUPPORT - occurred", "does not mark"),
        ("[A Kenya] thanked [B Norway]. || A>B SUPPORT", "not A>B TYPE MODE STATUS"),
        ("[A Kenya] thanked [B Norway]. || A>B SUPPORT - occurred; A>B AID - occurred", "two acts"),
    ],
)
def test_faulty_notation_is_told(line: str, told: str) -> None:
    with pytest.raises(notation.NotationError, match=told.replace("|", r"\|")):
        notation.row("x-001", line)


def test_the_corpus_is_large_distinct_and_readable() -> None:
    told = rows()
    assert len({row["sentence"].lower() for row in told}) == len(told) >= 6000
    assert len({row["id"] for row in told}) == len(told)
    pairs = read_corpus(CORPUS)
    counts = {t.name: sum(p.type == t.name for p in pairs) for t in codebook.types()}
    assert min(counts.values()) >= 250, counts
    assert {p.status for p in pairs} - {None} == set(STATUSES)
    known = {(t.name, m.name) for t in codebook.types() for m in codebook.modes(t.name)}
    assert {(p.type, p.mode) for p in pairs if p.mode} <= known


def test_every_sentence_was_read_twice() -> None:
    first, second = ({row["id"] for row in agreement.rows(path)} for path in (agreement.FIRST, agreement.SECOND))
    assert {row["id"] for row in rows()} <= first & second


@pytest.mark.parametrize(
    ("pairs", "expected", "reason"),
    [
        ([("A", "A"), ("B", "B")], 1.0, "all alike"),
        ([("A", "B"), ("B", "A")], -1.0, "all unlike"),
        ([("A", "A"), ("A", "B"), ("B", "A"), ("B", "B")], 0.0, "as chance has it"),
    ],
)
def test_kappa(pairs: list[tuple[str, str]], expected: float, reason: str) -> None:
    assert agreement.kappa(pairs) == pytest.approx(expected), reason


BENCH_TEXT = (
    "The ministry said on Friday that seven trawlers had been seized by the coast guard near the disputed reef."
)
CLOSE = [
    (BENCH_TEXT, True, "the same"),
    ("He said seven trawlers had been seized by the coast guard in May.", True, "a run of eight words"),
    ("SEVEN trawlers, had been seized... by the coast-guard!", True, "case and points aside"),
    ("The coast guard seized a trawler near the reef on Friday, the ministry said.", False, "the same told otherwise"),
    ("Chad thanked Niger.", False, "shorter than any run"),
]


@pytest.mark.parametrize(("sentence", "expected", "reason"), CLOSE, ids=[r[-1] for r in CLOSE])
def test_overlap(sentence: str, expected: bool, reason: str) -> None:
    assert bool(overlap.close([("x", sentence)], [BENCH_TEXT])) is expected, reason


@pytest.mark.skipif(not BENCH.is_dir(), reason="no ../shared/bench here: nothing to compare the corpus with")
def test_no_sentence_is_close_to_one_of_the_bench() -> None:
    assert overlap.close(((r["id"], r["sentence"]) for r in rows()), overlap.bench_texts(BENCH)) == []


def test_the_corpus_is_marked_as_the_conversion_says() -> None:
    stale = [row["id"] for row in rows() if crosswalk.marked(row) != row]
    assert stale == [], "run python -m training.crosswalk"
