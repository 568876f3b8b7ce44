"""What people corrected as labelled sentences: what the training reader makes of them."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from dotterel.cli import app
from dotterel.errors import InputError, OutputError
from dotterel.store import open_store
from dotterel.store.decided import Decided, DecidedParty
from dotterel.training.corpus import NONE, Pair, read_corpus
from dotterel.training.corrected import labelled, span_of
from sample import make_coding

CODING = make_coding()
BOMBED, MET, MARCHED = (event.id for event in CODING.events)
RAID = "The Southern Brigade claimed responsibility for a raid."


@pytest.fixture
def store(tmp_path):
    with open_store(tmp_path / "d.duckdb") as opened:
        opened.add(CODING)
        yield opened


def labels(store, tmp_path):
    """What `dotterel train` reads: actor and recipient in words, type, mode and status."""
    path = tmp_path / "corrected.jsonl"
    path.write_text("".join(labelled(store.decided()).lines()), encoding="utf-8")
    return [(words(p, p.actor), words(p, p.recipient), p.type, p.mode or None, p.status) for p in read_corpus([path])]


def words(pair: Pair, span):
    return span and pair.sentence[slice(*span)]


AIR_FORCE, FRONT = "Norland's air force", "the Free Hills Front"
BOMBING = (AIR_FORCE, FRONT, "ASSAULT", "aerial", "occurred")
CASES = [
    (lambda s: s.accept(BOMBED), [BOMBING], "an act that is right, with the words coded for its parties"),
    (lambda s: s.reject(BOMBED), [(AIR_FORCE, FRONT, NONE, None, None)], "one that is none"),
    (lambda s: s.edit(BOMBED, type="COERCE", mode="", status="planned"),
     [(AIR_FORCE, FRONT, "COERCE", None, "planned")], "one that is another"),
    (lambda s: s.edit(BOMBED, recipients="Norland police"),
     [(AIR_FORCE, "police", "ASSAULT", "aerial", "occurred")], "by what the party is called there"),
    (lambda s: s.edit(BOMBED, actors=["Tarn"]),
     [("Tarn", FRONT, "ASSAULT", "aerial", "occurred")], "a name nobody had, which stands in the sentence"),
    (lambda s: s.edit(BOMBED, actors=["Samoa"]), [], "a name that the sentence does not hold"),
    (lambda s: s.edit(BOMBED, actors=["Samoa", "Norland Air Force"]), [BOMBING], "of two actors the one who is told"),
    (lambda s: s.edit(BOMBED, recipients=()), [(AIR_FORCE, None, "ASSAULT", "aerial", "occurred")], "one side alone"),
    (lambda s: s.accept(MET), [("Ada Holm", "Jon Berg", "CONSULT", None, "occurred"),
                               ("Jon Berg", "Ada Holm", "CONSULT", None, "occurred")], "done together: both ways"),
    (lambda s: s.add_event(CODING.report.id, "ACCUSE", "claimed responsibility", actors="Southern Brigade"),
     [("The Southern Brigade", None, "ACCUSE", None, "occurred")], "one that was not coded"),
    (lambda s: s.undo_correction(s.reject(BOMBED)), [], "nothing that was undone"),
]  # fmt: skip


@pytest.mark.parametrize(("decide", "expected", "reason"), CASES, ids=[case[-1] for case in CASES])
def test_what_training_reads(store, tmp_path, decide, expected, reason):
    decide(store)
    assert labels(store, tmp_path) == expected, reason


def test_acts_of_one_sentence_stand_in_one_line_and_what_holds_counts_more_than_what_does_not(store):
    added = dict.fromkeys(("claimed", "claimed responsibility", "raid"))
    for words, kind in zip(added, ("ACCUSE", "ACCUSE", "ASSAULT"), strict=True):
        added[words] = store.add_event(CODING.report.id, kind, words, actors="Southern Brigade")
    store.reject(f"{CODING.report.id}-c{added['raid']}")
    store.reject(BOMBED)
    rows = {row["sentence"]: [pair["type"] for pair in row["pairs"]] for row in labelled(store.decided()).rows}
    assert rows == {CODING.events[0].mentions[0].sentence: [NONE], RAID: ["ACCUSE"]}


def test_two_parties_with_an_act_are_not_without_one():
    sides = (DecidedParty("Ada", (0, 3), (), ()),), (DecidedParty("Jon", (8, 11), (), ()),)
    met = Decided("r-1", "r", "CONSULT", None, "occurred", "Ada met Jon.", 0, *sides)
    helped = Decided("r-2", "r", None, None, None, "Ada met Jon.", 0, *sides)
    found = labelled([met, helped])
    assert [pair["type"] for pair in found.rows[0]["pairs"]] == ["CONSULT"]
    assert (found.acts, found.none, found.left_out) == (1, 0, ())


def test_what_is_left_out_is_told(store):
    store.edit(BOMBED, actors=["Samoa"])
    assert labelled(store.decided()).left_out == (BOMBED,)


def test_no_line_is_broken_by_what_a_sentence_holds():
    sentence = "Ada\u2028Holm\x85 met\nJon\u2029Berg."
    party = DecidedParty("Ada", (0, 3), (), ())
    act = Decided("r-1", "r", "CONSULT", None, "occurred", sentence, 0, (party,), ())
    (line,) = labelled([act]).lines()
    assert len(line.splitlines()) == 1


@pytest.mark.parametrize(
    ("party", "expected", "reason"),
    [
        (DecidedParty("X", (4, 21), (), ()), (4, 21), "the words that were coded"),
        (DecidedParty("X", (-40, -30), ((60, 70), (0, 20)), ()), (0, 20), "coded elsewhere; here told in other words"),
        (DecidedParty("southern brigade", None, (), ()), (4, 20), "by its name, capitals aside"),
        (DecidedParty("Bri", None, (), ()), None, "part of a word is no name"),
        (DecidedParty("Brigade of the South", None, (), ("the Brigade", "Brigade")), (13, 20), "by what it is called"),
        (DecidedParty("", None, (), ()), None, "no name"),
    ],
)
def test_where_a_sentence_tells_a_party(party, expected, reason):
    assert span_of(RAID, party) == expected, reason


def test_the_command_writes_them_and_tells_what_is_left_out(store, tmp_path):
    store.accept(BOMBED)
    store.edit(MET, actors=["Samoa"])
    store.close()
    target = tmp_path / "corrected.jsonl"
    done = CliRunner().invoke(app, ["correct", str(tmp_path / "d.duckdb"), "export", "--output", str(target)])
    assert done.stdout == f"1 labelled sentence written to {target}: 1 pair with an act, 0 without\n"
    assert done.stderr == f"dotterel: left out, as their sentence does not name who takes part: 1 ({MET})\n"
    assert [pair.type for pair in read_corpus([target])] == ["ASSAULT"]


@pytest.mark.parametrize(
    ("more", "told"),
    [([], "no file is named; add --output FILE"), (["--output", "no/such/folder/x.jsonl"], "cannot be written")],
)
def test_the_command_needs_a_file(store, tmp_path, more, told):
    store.close()
    with pytest.raises((InputError, OutputError), match=told):
        CliRunner().invoke(app, ["correct", str(tmp_path / "d.duckdb"), "export", *more], catch_exceptions=False)
