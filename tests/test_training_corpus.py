"""Labelled sentences: what a line holds, the pairs it makes, and how a faulty one is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dotterel.errors import InputError
from dotterel.training.corpus import NONE, Pair, part_of, read_corpus, split

SENTENCE = "Kenya condemned Sudan and Chad."
KENYA, SUDAN, CHAD = (0, 5), (16, 21), (26, 30)


def corpus(folder: Path, *rows: Any) -> Path:
    """A corpus file of those rows, a string as it stands."""
    path = folder / "own.jsonl"
    path.write_text("".join((r if isinstance(r, str) else json.dumps(r)) + "\n" for r in rows), encoding="utf-8")
    return path


def pair(**told: Any) -> dict[str, Any]:
    return {"sentence": SENTENCE, "actor": "Kenya", "recipient": "Sudan", "type": "ACCUSE", **told}


ACCUSED = Pair(SENTENCE, KENYA, SUDAN, "ACCUSE", None, "occurred", "ACCUSE")
ROWS = [
    (pair(), [ACCUSED], "words for spans, status occurred where none is told"),
    (pair(actor=[0, 5], recipient=[16, 21]), [ACCUSED], "offsets for spans"),
    (pair(mode=None), [Pair(SENTENCE, KENYA, SUDAN, "ACCUSE", "", "occurred", "ACCUSE")], "a mode of null fits none"),
    (pair(mode="disapprove", status="ongoing"),
     [Pair(SENTENCE, KENYA, SUDAN, "ACCUSE", "disapprove", "ongoing", "ACCUSE")], "mode and status"),
    (pair(recipient=None), [Pair(SENTENCE, KENYA, None, "ACCUSE", None, "occurred", "ACCUSE")], "recipient untold"),
    (pair(type="NONE", status="occurred"), [Pair(SENTENCE, KENYA, SUDAN, NONE, None, None)], "no act has no status"),
    (pair(type="STRIKE"), [Pair(SENTENCE, KENYA, SUDAN, "STRIKE", None, "occurred", None)], "a type of the user's"),
    (pair(type="RETREAT", status="planned"),
     [Pair(SENTENCE, KENYA, SUDAN, "RETREAT", None, "planned", "AGREE")], "converted by status"),
    (pair(plv="REJECT"), [Pair(SENTENCE, KENYA, SUDAN, "ACCUSE", None, "occurred", "REJECT")], "converted by hand"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "expected", "reason"), ROWS, ids=[r[-1] for r in ROWS])
def test_a_line_with_one_pair(tmp_path: Path, row: dict[str, Any], expected: list[Pair], reason: str) -> None:
    assert read_corpus([corpus(tmp_path, row)]) == expected, reason


def test_parties_make_the_silent_pairs(tmp_path: Path) -> None:
    row = {"sentence": SENTENCE, "parties": ["Kenya", "Sudan"],
           "pairs": [{"actor": "Kenya", "recipient": "Sudan", "type": "ACCUSE"}]}  # fmt: skip
    told = {(p.actor, p.recipient): p.type for p in read_corpus([corpus(tmp_path, row)])}
    assert told == {
        (KENYA, SUDAN): "ACCUSE",
        (SUDAN, KENYA): NONE,  # the reverse
        (SUDAN, None): NONE,  # does nothing
        (None, KENYA): NONE,  # undergoes nothing
    }


def test_empty_lines_are_passed_over(tmp_path: Path) -> None:
    assert len(read_corpus([corpus(tmp_path, pair(), "", pair())])) == 2


FAULTS = [
    ("{", "line 1: no JSON", "no JSON"),
    ("[1]", "line 1", "no object"),
    (pair(actor="Uganda"), "'Uganda' is not in the sentence", "a span not there"),
    (pair(actor=[0, 99]), r"\[0, 99\] lies outside", "offsets outside"),
    (pair(actor=[0]), "line 1", "half a span"),
    (pair(type=""), "the type is ''", "an empty type"),
    (pair(type=7), "the type is 7", "a type that is no word"),
    (pair(status="done"), "the status is 'done', none of occurred", "an unknown status"),
    ({"actor": "Kenya"}, "lacks 'sentence'", "no sentence"),
    ({"sentence": SENTENCE, "actor": "Kenya"}, "lacks 'type'", "no type"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "told", "reason"), FAULTS, ids=[r[-1] for r in FAULTS])
def test_a_faulty_line_is_named(tmp_path: Path, row: Any, told: str, reason: str) -> None:
    with pytest.raises(InputError, match=told) as caught:
        read_corpus([corpus(tmp_path, row)])
    assert "own.jsonl" in str(caught.value), reason


def test_a_corpus_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.jsonl"):
        read_corpus([tmp_path / "none.jsonl"])


def test_a_sentence_stays_whole_in_a_split() -> None:
    pairs = [Pair(f"Sentence {n}.", (0, 8), None, NONE, None, None) for n in range(400) for _ in range(2)]
    parts = split(pairs, 80, 90)
    assert sum(map(len, parts)) == len(pairs)
    assert [len({p.sentence for p in part}) for part in parts] == [len(part) / 2 for part in parts]
    assert 0.7 < len(parts[0]) / len(pairs) < 0.9


def test_the_part_of_a_sentence_never_changes() -> None:
    assert part_of("Kenya condemned Sudan.") == part_of("Kenya condemned Sudan.")
    assert len({part_of(f"Sentence {n}.") for n in range(2000)}) == 100
