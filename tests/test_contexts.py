"""Contexts: which words are found, what they weigh, what an act itself tells, and how often the outcome is right."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from benchmarks import contexts as bench

from dotterel import codebook, tables
from dotterel.contexts import contexts_of, find_contexts, why
from dotterel.contexts.signs import between, sectors_of, signs_of
from dotterel.contexts.signs import table as signs
from dotterel.contexts.words import NONE, find_words
from dotterel.types import Actor, ActorMention, Event, Mention, Report

NAMES = {context.name for context in codebook.contexts()}


def found(text: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in find_words(text)]


def party(sector: str, country: str | None = "NOR", start: int = -1, end: int = -1) -> ActorMention:
    return ActorMention("", start, end, Actor(sector, sector, country, sector, (sector,)), "named")


def event(
    text: str,
    sentence: str | None = None,
    type: str = "ACCUSE",
    mode: str | None = None,
    actors: tuple[ActorMention, ...] = (),
    recipients: tuple[ActorMention, ...] = (),
) -> Event:
    start = text.index(sentence) if sentence else 0
    mention = Mention(sentence or text, "", start, start, start, start + len(sentence or text))
    return Event("e", type, mode, "occurred", actors, recipients, None, None, None, None, (mention,), 1.0, "")


def given(one: Event, text: str, title: str | None = None) -> tuple[str, ...]:
    return contexts_of(one, Report("r", text, title), find_words(text))


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("The tribunals sat.", ["tribunal"], "a plural s is understood"),
        ("He courted her in the courtyard.", [], "but words hold whole words only"),
        ("Terrorists came.", ["Terroris"], "a star stands for any ending"),
        ("The WHO spoke of who came from the IMF.", ["IMF"], "capitals must stand as listed"),
        ("A bill that Bill wrote.", ["bill"], "a name is no bill"),
        ("Use of artificial intelligence", ["artificial intelligence"], "inside words listed as none no other counts"),
        ("The Trade War", ["Trade War"], "though they count for a context themselves"),
        ("The think tank wrote.", [], "and others count for nothing at all"),
        ("Nuclear test.", ["Nuclear test"], "of one context's words the longest"),
        ("Climate summit", ["Climate summit", "summit"], "of another context's too"),
        ("İİ the army", ["army"], "offsets hold where small letters are longer"),
        ("The ministry’s spies’ nest", ["spies"], "an apostrophe ends a word"),
    ],
)
def test_words_are_found_whole_as_listed(text: str, expected: list[str], reason: str) -> None:
    assert found(text) == expected, reason


@pytest.mark.parametrize(
    ("text", "sentence", "expected", "reason"),
    [
        ("Troops crossed the river.", None, ("military",), "a word of weight 1 in the sentence is enough"),
        ("Troops crossed. He spoke.", "He spoke.", (), "in the paragraph it counts half"),
        ("Chemical weapons were used. He spoke.", "He spoke.", ("cbrn",), "one of weight 2 is enough there"),
        ("Troops and the navy came. He spoke.", "He spoke.", ("military",), "or two of weight 1"),
        ("Chemical weapons were used.\nHe spoke.", "He spoke.", (), "another paragraph does not count"),
        ("It was a bill.", None, (), "a weak word alone is not enough"),
        ("The bill went to the committee.", None, ("legislative",), "two are"),
        ("Troops, troops, more troops and a general.", None, ("military",), "the same word counts once"),
        ("Smugglers and a gang of robbers fled.", None, ("trafficking",), "a closer crime stands for crime"),
        ("The court heard of cocaine, troops, asylum and cholera.", None,
         ("health", "asylum", "illegal_drugs", "military"), "four at most, the likeliest first"),
    ],
)  # fmt: skip
def test_words_are_weighed(text: str, sentence: str | None, expected: tuple[str, ...], reason: str) -> None:
    assert given(event(text, sentence), text) == expected, reason


def test_the_title_adds_to_what_the_paragraph_tells_but_does_not_tell_alone() -> None:
    text = "Cholera spreads\n\nThe ambulance came.\nHe spoke."
    assert given(event(text, "The ambulance came."), text, "Cholera spreads") == ("health",)
    assert given(event(text, "The ambulance came."), text) == ()
    assert given(event(text, "He spoke."), text, "Cholera spreads") == ()


def test_a_report_on_one_matter_adds_to_it() -> None:
    text = "The army came.\nSoldiers and the navy came.\nMarines came.\nOne missile fell."
    assert given(event(text, "One missile fell."), text) == ("military",)
    assert given(event("One missile fell."), "One missile fell.") == ()


def test_an_armed_group_called_army_is_none_of_a_state() -> None:
    text = "The Blue Mountain Army burnt a school."
    rebels = party("REB", "NSA", 0, len("The Blue Mountain Army"))
    assert given(event(text, actors=(rebels,)), text) == ()
    assert given(event(text), text) == ("military",)


@pytest.mark.parametrize(
    ("type", "mode", "actors", "recipients", "expected", "reason"),
    [
        ("ASSAULT", None, ("MIL",), ("REB",), ("military",), "armed forces of a state"),
        ("CONSULT", None, ("GOV", "FRA/GOV"), (), ("diplomatic",), "governments of two states meet"),
        ("CONSULT", None, ("GOV", "GOV"), (), (), "of one state"),
        ("SANCTION", "convict", ("JUD",), ("CVL",), ("legal",), "a court convicts"),
        ("RETREAT", "resign", ("GOV",), (), ("executive",), "a minister resigns"),
        ("ASSAULT", "suicide-attack", ("UNK",), (), ("terrorism",), "a suicide attack"),
        ("ASSAULT", "torture", ("COP",), ("CVL",), ("repression",), "police torture, two signs"),
        ("COERCE", "censor", ("GOV",), ("MED",), ("rights_freedoms",), "censorship"),
        ("COERCE", "arrest", ("COP",), ("CVL",), (), "an arrest alone may be anything"),
        ("ACCUSE", None, ("GOV",), ("FRA/GOV",), (), "words between governments may be of anything"),
    ],
)
def test_an_act_tells_contexts_itself(
    type: str,
    mode: str | None,
    actors: tuple[str, ...],
    recipients: tuple[str, ...],
    expected: tuple[str, ...],
    reason: str,
) -> None:
    def side(written: tuple[str, ...]) -> tuple[ActorMention, ...]:
        return tuple(party(w.rpartition("/")[2], w.rpartition("/")[0] or "NOR") for w in written)

    text = "It came so."
    assert given(event(text, None, type, mode, side(actors), side(recipients)), text) == expected, reason


@pytest.mark.parametrize(
    ("actors", "recipients", "expected"),
    [
        ((party("GOV"),), (party("CVL"),), "one"),
        ((party("GOV"),), (party("GOV", "FRA"),), "several"),
        ((party("GOV"), party("IGO", "IGO")), (), "several"),
        ((party("GOV"),), (party("REB", "NSA"),), "one"),
        ((party("GOV"),), (), ""),
        ((party("UNK", None),), (party("CVL", None),), ""),
    ],
)
def test_parties_are_of_one_state_or_several(
    actors: tuple[ActorMention, ...], recipients: tuple[ActorMention, ...], expected: str
) -> None:
    assert between(actors, recipients) == expected


def test_only_a_state_has_armed_forces() -> None:
    assert sectors_of((party("MIL"), party("MIL", "IGO"))) == {"MIL"}
    assert sectors_of((party("MIL", "IGO"), party("GOV"))) == {"GOV"}


def test_the_full_name_of_a_group_or_body_that_takes_part_tells_too() -> None:
    def mention(id: str, name: str, sector: str) -> ActorMention:
        return ActorMention("it", -1, -1, Actor(id, name, "NSA", sector, (sector,)), "anaphor")

    text = "It burnt the school."
    state = mention("group:islamic-state", "Islamic State", "REB")
    assert given(event(text, actors=(state,)), text) == ("terrorism",)
    assert given(event(text, actors=(mention("group:x", "Blue Mountain Army", "REB"),)), text) == ()
    assert given(event(text, actors=(mention("person:x", "Pope Army", "CVL"),)), text) == (), "a person's name is none"


def test_why_names_the_evidence() -> None:
    text = "Police fired tear gas at protesters."
    act = event(text, None, "ASSAULT", "crowd-control", (party("COP"),), (party("CVL"),))
    (one,) = why(act, Report("r", text))
    assert (one.context, one.weight) == ("repression", 3.25)
    assert one.evidence[:2] == ("tear gas", "protesters")
    assert one.evidence[2] == "ASSAULT crowd-control by COP|GOV|MIL|PRM"
    assert len(signs_of(act)) == 2


def test_every_event_of_a_report_is_given_its_contexts() -> None:
    text = "Troops came.\nHe spoke."
    events = (event(text, "Troops came."), event(text, "He spoke."))
    assert [one.contexts for one in find_contexts(events, Report("r", text))] == [("military",), ()]
    assert replace(events[0], contexts=("military",)) in find_contexts(events, Report("r", text))


def test_the_tables_name_contexts_types_modes_and_sectors_of_the_codebook() -> None:
    words = tables.read("context_words")
    assert {row["context"] for row in words} - {NONE} == NAMES
    assert all(0 < float(row["weight"]) <= 2 for row in words if row["context"] != NONE)
    sectors = {sector.name for sector in codebook.sectors(written=False)}
    for sign in signs():
        assert sign.context in NAMES
        assert not sign.type or sign.type in {kind.name for kind in codebook.types()}
        assert not sign.mode or sign.mode in {mode.name for mode in codebook.get(sign.type).modes}
        assert sign.actor | sign.recipient | sign.party <= sectors
        assert sign.between in ("", "one", "several")


def test_no_word_is_listed_twice_under_a_context_and_stars_end_words() -> None:
    listed = [(row["context"], word) for row in tables.read("context_words") for word in row["words"].split("|")]
    assert [pair for pair, times in Counter(listed).items() if times > 1] == []
    assert [word for _, word in listed if not word.strip("_* ") or "*" in word[:-1] or "_" in word[1:]] == []


@pytest.mark.parametrize(("part", "least"), [("tuned", 0.9), ("held_back", 0.8)])
def test_sentences_of_our_own_are_given_the_right_contexts(part: str, least: float) -> None:
    assert bench.rate(bench.part_of(bench.sentences(), part)).f1 >= least


def test_what_is_about_nothing_is_given_nothing() -> None:
    bare = [case for case in bench.sentences() if not case.gold]
    assert len(bare) >= 20
    assert [case.report.text for case in bare if case.given] == []


def test_every_context_has_three_sentences_or_more() -> None:
    counted = Counter(context for case in bench.sentences() for context in case.gold)
    assert set(counted) == NAMES
    assert min(counted.values()) >= 3
