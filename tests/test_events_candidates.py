"""Which words tell an act, and which words stand where its parties are named, however the clause is turned."""

from __future__ import annotations

import pytest

from dotterel.events.candidate import Candidate, Slots
from parsed import candidate, candidates, coded

# text, type, words of the trigger, first words for the actor, first words for the recipient, reason
ROWS = [
    ("Kenya condemned Sudan.", "ACCUSE", "condemned", "Kenya", "Sudan", "active"),
    ("Sudan was condemned by Kenya.", "ACCUSE", "condemned", "Kenya", "Sudan", "passive"),
    ("Kenya, which condemned Sudan, said more.", "ACCUSE", "condemned", "Kenya", "Sudan", "relative clause"),
    ("The man whom police arrested was a monk.", "COERCE", "arrested", "police", "man", "object of a relative clause"),
    ("Kenya and Uganda condemned Sudan.", "ACCUSE", "condemned", "Kenya Uganda", "Sudan", "two actors"),
    ("Kenya condemned Sudan and Chad.", "ACCUSE", "condemned", "Kenya", "Sudan Chad", "two recipients"),
    ("Chad left the room and condemned Sudan.", "ACCUSE", "condemned", "Chad", "Sudan", "subject shared by two verbs"),
    ("Norway held talks with Sweden.", "CONSULT", "held", "Norway", "Sweden", "verb and object noun are one act"),
    ("Talks between Norway and Sweden began.", "CONSULT", "Talks", "Norway Sweden", "", "noun with both parties"),
    ("Norway's talks with Sweden began.", "CONSULT", "talks", "Norway", "Sweden", "noun with its owner"),
    ("Militants blew up a bridge near Mosul.", "ASSAULT", "blew up", "Militants", "bridge", "particle beside its verb"),
    ("Militants blew a bridge up near Mosul.", "ASSAULT", "blew up", "Militants", "bridge", "particle after object"),
    ("Minister arrested over bribes", "COERCE", "arrested", "", "Minister", "a headline leaves out the auxiliary"),
    ("Two envoys expelled by Hungary", "SANCTION", "expelled", "Hungary", "envoys", "a headline's passive, its agent"),
    ("Japan is critical of North Korea.", "ACCUSE", "critical", "Japan", "Korea", "adjective after be"),
    ("Peru gave Ecuador three helicopters.", "AID", "gave", "Peru", "Ecuador", "who is given stands before the gift"),
    ("Peru gave three helicopters to Ecuador.", "AID", "gave", "Peru", "Ecuador", "who is given stands after the gift"),
    ("Algeria was granted a loan by China.", "AID", "granted", "China", "Algeria", "given to the passive subject"),
    ("Ethiopia launched an attack on rebels.", "ASSAULT", "attack", "Ethiopia", "rebels", "light verb"),
    ("Soldiers came under attack from rebels.", "ASSAULT", "attack", "rebels", "Soldiers", "light verb turned round"),
    ("Jets carried out a series of raids on rebels.", "ASSAULT", "raids", "Jets", "rebels", "below a counting noun"),
    ("Thousands of teachers marched in Lima.", "PROTEST", "marched", "teachers", "", "who is counted, not the number"),
    ("Guards subjected the prisoners to torture.", "ASSAULT", "torture", "Guards", "prisoners", "brought on them"),
    ("Prisoners were subjected to beatings by guards.", "ASSAULT", "beatings", "guards", "Prisoners", "passive"),
    ("Divers recovered the bodies of migrants.", "ASSAULT", "bodies", "", "migrants", "who finds has no part in it"),
    ("Troops entered Togo at Benin's request.", "REQUEST", "request", "Benin", "Troops", "who asked for what is done"),
    ("Observers came at the invitation of Chad.", "AGREE", "invitation", "Chad", "Observers", "who invited"),
    ("Danish jets flew missions in support of Malian troops.", "AID", "missions", "jets", "troops", "for whom"),
    ("They praised Chad-Sudan cooperation on water.", "COOPERATE", "cooperation", "Chad Sudan", "", "two states"),
    ("They praised Chad-Sudan co-operation on water.", "COOPERATE", "co-operation", "Chad Sudan", "", "hyphened"),
    ("Sudan moved to halt rocket attacks by rebels.", "ASSAULT", "rocket attacks", "rebels", "", "by-phrase"),
    ("Raids went on, with rebels leaving four nuns dead.", "ASSAULT", "leaving", "rebels", "nuns", "toll"),
    ("Morales's offer of dialogue was turned down.", "AGREE", "offer", "Morales", "", "a will needs no addressee"),
    ("Chad's demand for a ceasefire was ignored.", "REQUEST", "demand", "Chad", "", "the same, asked"),
    ("Togo was fighting rebels alongside Benin.", "COOPERATE", "fighting", "Togo", "Benin", "two against a third"),
    ("Ethiopian troops continued shelling rebel positions.", "ASSAULT", "shelling", "troops", "positions",
     "a gerund that the parser takes for an adjective"),
    ("Norway hailed the sailor's release from Iran.", "RETREAT", "release", "Iran", "sailor", "who is let go owns it"),
]  # fmt: skip


def first(slots: Slots) -> str:
    """The words of the first slot, as one string."""
    return " ".join(t.text for t in slots[0]) if slots else ""


def words(found: Candidate) -> str:
    """The words of a trigger."""
    return " ".join(t.text for t in found.trigger)


@pytest.mark.parametrize(("text", "kind", "trigger", "actor", "recipient", "reason"), ROWS, ids=[r[0] for r in ROWS])
def test_candidate(text: str, kind: str, trigger: str, actor: str, recipient: str, reason: str) -> None:
    found = candidate(text, kind)
    assert words(found) == trigger, reason
    assert (first(found.agents), first(found.recipients)) == (actor, recipient), reason


SILENT = [
    ("The minister said that the road was dry.", "bare reporting"),
    ("The firm made a bid for its rival.", "commerce"),
    ("He suffered a heart attack at the hotel.", "a compound that is no act"),
    ("The road runs from Accra to Kumasi.", "a description"),
    ("Bread costs more than it did last year.", "prices"),
]


@pytest.mark.parametrize(("text", "reason"), SILENT)
def test_words_that_tell_no_act(text: str, reason: str) -> None:
    assert candidates(text) == (), reason


SENSES = [
    ("The opposition attacked the government's plan.", "ACCUSE", "a plan is attacked in words"),
    ("The rebels attacked the soldiers.", "ASSAULT", "soldiers are attacked with arms"),
    ("The senator launched a verbal attack on the governor.", "ACCUSE", "an attack that is called verbal"),
    ("The army launched an attack on the rebels.", "ASSAULT", "an attack that is called nothing"),
    ("Turkey called in the Greek ambassador.", "ACCUSE", "a particle makes another verb"),
]


@pytest.mark.parametrize(("text", "kind", "reason"), SENSES)
def test_the_words_around_a_trigger_decide_its_sense(text: str, kind: str, reason: str) -> None:
    assert [c.row.type for c in candidates(text)] == [kind], reason


WILL = [
    ("Nigeria refused to recognise Niger.", "REJECT", "Niger", "the object of what is refused"),
    ("Japan promised to send Cambodia two boats.", "AGREE", "Cambodia", "who is to be sent something"),
    ("Bolivia called for talks with Chile.", "REQUEST", "Chile", "the party of the talks that are called for"),
    ("Poland urged Belarus to free the reporters.", "REQUEST", "Belarus", "who is asked comes before who is freed"),
]


@pytest.mark.parametrize(("text", "kind", "recipient", "reason"), WILL)
def test_words_of_will_are_spoken_to_who_is_named_in_what_they_govern(
    text: str, kind: str, recipient: str, reason: str
) -> None:
    assert first(candidate(text, kind).recipients) == recipient, reason


def test_a_bare_noun_takes_the_sense_that_its_compound_has_had() -> None:
    text = "Kenyan air strikes on rebels began on Monday. Kenya carried out more strikes on Friday."
    assert [(c.row.type, c.row.mode) for c in candidates(text)] == [("ASSAULT", "aerial")] * 2
    talk = "Peace talks with Mali began on Monday. Kenya carried out more strikes on Friday."
    assert ("ASSAULT", "aerial") not in [(c.row.type, c.row.mode) for c in candidates(talk)]


@pytest.mark.parametrize("text", [row[0] for row in ROWS])
def test_candidates_stand_in_text_order_with_their_words_in_order(text: str) -> None:
    found = candidates(f"{text}\nKenya condemned Sudan.\n{text}")
    starts = [[t.idx for t in c.trigger] for c in found]
    assert len(found) == 2 * len(candidates(text)) + 1
    assert all(own == sorted(own) for own in starts)
    assert starts == sorted(starts)


def test_every_event_points_to_its_words() -> None:
    coding = coded("Envoys leave\n\nKenya condemned Sudan.  Chad blew a bridge up.\nNiger held talks with Mali.")
    assert coding.events
    for mention in (m for event in coding.events for m in event.mentions):
        assert coding.report.text[mention.start : mention.end] == mention.trigger
        assert coding.report.text[mention.sentence_start : mention.sentence_end] == mention.sentence
        assert mention.sentence_start <= mention.start < mention.end <= mention.sentence_end
