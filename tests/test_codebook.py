"""The codebook: PLOVER's types, modes, contexts and sectors as the tables give them."""

from __future__ import annotations

from pathlib import Path

import pytest

from dotterel import codebook
from dotterel.codebook import loader
from dotterel.codebook.loader import number, quad_class
from dotterel.errors import DataError

PAGE = Path(__file__).parent.parent / "docs" / "codebook.md"


@pytest.mark.parametrize(
    ("name", "quad", "score", "plv", "cameo"),
    [
        ("AGREE", 1, 2.5, "AGREE", ("03",)),
        ("CONCEDE", 1, 4.5, "YIELD", ("08",)),  # yielding in words
        ("RETREAT", 2, 6.5, "YIELD", ("08",)),  # yielding in deed
        ("REQUEST", 3, 0.0, "REQUEST", ("10",)),  # verbal conflict, though its score is nought
        ("ACCUSE", 3, -3.0, "ACCUSE", ("09", "11")),  # two CAMEO roots
        ("ASSAULT", 4, -9.0, "ASSAULT", ("18", "19", "20")),
    ],
)
def test_type(name: str, quad: int, score: float, plv: str, cameo: tuple[str, ...]) -> None:
    assert codebook.quad(name) == quad
    assert codebook.score(name) == score
    assert codebook.plv(name) == plv
    assert codebook.cameo_roots(name) == cameo


@pytest.mark.parametrize(
    ("name", "mode", "score"),
    [
        ("CONSULT", "phone", 1.5),  # a mode with a score of its own
        ("RETREAT", "disarm", 10.0),
        ("ASSAULT", "beat", -7.5),
        ("PROTEST", "vandalize", -5.0),  # PLOVER gives none: the type's
        ("ASSAULT", "phone", -9.0),  # not a mode of this type: the type's
        ("ASSAULT", None, -9.0),
    ],
)
def test_score_of_mode(name: str, mode: str | None, score: float) -> None:
    assert codebook.score(name, mode) == score


def test_counts_are_those_of_plover() -> None:
    assert len(codebook.types()) == 16
    assert len({codebook.plv(t.name) for t in codebook.types()}) == 15
    assert len(codebook.contexts()) == 37
    assert len({c.name for c in codebook.contexts()}) == 37


def test_cooperation_scores_above_conflict() -> None:
    signs = {t.name: t.score > 0 for t in codebook.types()}
    assert all(signs[t.name] == (t.quad <= 2) for t in codebook.types() if t.score != 0)


def test_quads_are_four_and_all_used() -> None:
    by_quad = [sum(t.quad == q for t in codebook.types()) for q in (1, 2, 3, 4)]
    assert by_quad == [4, 3, 4, 5]


@pytest.mark.parametrize("kind", codebook.types(), ids=lambda kind: kind.name)
def test_type_is_complete(kind: codebook.EventType) -> None:
    names = [m.name for m in kind.modes]
    assert kind.definition.endswith(".")
    assert kind.example.endswith(".")
    assert len(names) == len(set(names))
    assert all(code.isdigit() and 2 <= len(code) <= 4 for m in kind.modes for code in (*m.cameo, *kind.cameo))


@pytest.mark.parametrize(
    ("name", "modes"),
    [
        ("AGREE", set()),
        ("ACCUSE", {"disapprove", "investigate", "allege"}),
        ("RETREAT", {"withdraw", "release", "disarm", "ceasefire", "access", "resign"}),
    ],
)
def test_modes(name: str, modes: set[str]) -> None:
    assert {m.name for m in codebook.modes(name)} == modes


def test_name_is_found_in_any_case() -> None:
    assert codebook.get(" assault ").name == "ASSAULT"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("ASSULT", "ASSAULT"),  # a slip of the pen
        ("COOPERATION", "COOPERATE"),
        ("xyz", "known: AGREE"),  # nothing near: all are named
    ],
)
def test_unknown_type_names_the_near_ones(name: str, hint: str) -> None:
    with pytest.raises(DataError, match=hint):
        codebook.get(name)


def test_sectors_written_are_among_all() -> None:
    written, known = ({s.name for s in codebook.sectors(w)} for w in (True, False))
    assert {"GOV", "REB", "UNK", "IGO"} <= written < known
    assert "SPY" in known - written


@pytest.mark.parametrize("cell", ["", "much", "11"])
def test_bad_score_is_refused(cell: str) -> None:
    with pytest.raises(DataError, match="table"):
        number(cell, "table")


def test_bad_quad_is_refused() -> None:
    with pytest.raises(DataError, match="no quad class"):
        quad_class("5", "table")


def test_page_in_docs_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == codebook.as_markdown()


# type, mode, status, type in PLOVER's first scheme, reason
CONVERTED = [
    ("CONCEDE", None, "occurred", "YIELD", "yielded in words"),
    ("RETREAT", "withdraw", "ongoing", "YIELD", "yielded in deed"),
    ("RETREAT", None, "planned", "AGREE", "035: an intent to yield"),
    ("CONSULT", "visit", "planned", "AGREE", "036: an intent to meet"),
    ("AID", None, "negated", "REJECT", "122: aid refused"),
    ("ASSAULT", "aerial", "planned", "THREATEN", "138: force announced"),
    ("ASSAULT", "aerial", "occurred", "ASSAULT", "its own"),
    ("SANCTION", "convict", "occurred", "ACCUSE", "116: found guilty"),
    ("SANCTION", "expel", "occurred", "SANCTION", "its own"),
    ("COERCE", "cyber", "occurred", "ASSAULT", "called an attack"),
]


@pytest.mark.parametrize(("name", "mode", "status", "expected", "reason"), CONVERTED, ids=[r[-1] for r in CONVERTED])
def test_conversion_to_the_first_scheme(name: str, mode: str | None, status: str, expected: str, reason: str) -> None:
    assert codebook.plv(name, mode, status) == expected, reason


# sentence, type, mode, status, type in the first scheme, reason
WORDED = [
    ("Kenya and Chad reached a trade deal.", "AGREE", None, "occurred", "SUPPORT", "057, a deal concluded"),
    ("Kenya agreed to send Chad two boats.", "AGREE", None, "occurred", "AGREE", "03, a promise"),
    ("Kenya pledged its full support to Chad.", "AGREE", None, "occurred", "SUPPORT", "05, backing voiced"),
    ("Kenya promised to free the pilots.", "CONCEDE", None, "occurred", "AGREE", "035, a promise to yield"),
    ("Kenya eased the curfew.", "CONCEDE", None, "occurred", "YIELD", "08, yielded"),
    ("Kenya imposed sanctions on Chad.", "SANCTION", "discontinue", "occurred", "COERCE", "163"),
    ("Kenya recalled its envoy from Chad.", "SANCTION", "withdraw", "occurred", "SANCTION", "161"),
    ("A court convicted the general.", "SANCTION", "convict", "occurred", "ACCUSE", "116, found guilty"),
    ("Troops blockaded the port.", "COERCE", "restrict", "ongoing", "ASSAULT", "191"),
    ("Soldiers bulldozed the house.", "ASSAULT", "destroy", "occurred", "COERCE", "1712, property destroyed"),
    ("Kenya sent peacekeepers to Chad.", "MOBILIZE", "troops", "occurred", "AID", "074"),
    ("Kenya would impose sanctions on Chad.", "SANCTION", None, "hypothetical", "SANCTION", "words count for deeds"),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "kind", "mode", "status", "expected", "reason"), WORDED)
def test_conversion_by_words(
    sentence: str, kind: str, mode: str | None, status: str, expected: str, reason: str
) -> None:
    assert codebook.plv(kind, mode, status, words=sentence) == expected, reason


def test_a_codebook_of_one_s_own(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text("type\tquad\tscore\tdefinition\nWALKOUT\t4\t-3.5\tWork laid down\nOFFER\t1\n", encoding="utf-8")
    walkout, offer = codebook.read_codebook(path)
    assert (walkout.name, walkout.quad, walkout.score, walkout.definition) == ("WALKOUT", 4, -3.5, "Work laid down")
    assert offer.score > 0  # the mean of verbal cooperation
    assert not codebook.known("WALKOUT")
    codebook.adopt(path)
    assert codebook.known("WALKOUT")
    assert codebook.quad("WALKOUT") == 4
    assert len(codebook.types()) == 16  # PLOVER's stay as they are
    loader.by_name.cache_clear()
    assert not codebook.known("WALKOUT")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "empty"),
        ("quad\n4\n", "lacks the column type"),
        ("type\nWALKOUT\n", "lacks the column quad"),
        ("type\tquad\nWALKOUT\t7\n", "WALKOUT"),
        ("type\tquad\tscore\nWALKOUT\t4\tbad\n", "WALKOUT"),
    ],
)
def test_a_faulty_codebook_is_named(tmp_path: Path, content: str, told: str) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=told) as caught:
        codebook.read_codebook(path)
    assert "own.tsv" in str(caught.value)
