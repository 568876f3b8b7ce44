"""Who is cited for which words."""

import pytest

from dotterel.attribution import cited_for, find_attributions
from dotterel.attribution.lexicon import entries
from dotterel.parsing import parse
from dotterel.types import Actor, ActorMention, Report, Roster

ROWS = [
    # text, source, content, kind, reason
    ("The army said that rebels had fled.", "The army", "that rebels had fled", "indirect", "that-clause"),
    ("The army said rebels had fled.", "The army", "rebels had fled", "indirect", "clause without that"),
    ("Rebels had fled, the army said.", "the army", "Rebels had fled", "indirect", "cue at the end"),
    ("Rebels had fled, said the army.", "the army", "Rebels had fled", "indirect", "inverted cue"),
    ("According to the army, rebels had fled.", "the army", "rebels had fled.", "according", "according to, first"),
    ("Rebels had fled, according to a witness.", "a witness", "Rebels had fled", "according", "according to, last"),
    ("The army told reporters that rebels had fled.", "The army", "that rebels had fled", "indirect", "told somebody"),
    ("State media reported that rebels had fled.", "State media", "that rebels had fled", "indirect", "reported"),
    ("In a statement, the army said rebels had fled.", "the army", "rebels had fled", "indirect", "in a statement"),
    ("The agency quoted Smith as saying rebels had fled.", "Smith", "rebels had fled", "indirect", "quoted as saying"),
    ("Smith was quoted as saying that rebels had fled.", "Smith", "that rebels had fled", "indirect", "passive"),
    ("The general, who said rebels had fled, resigned.", "The general", "rebels had fled", "indirect", "relative"),
    ("The report found that rebels had fled.", "The report", "that rebels had fled", "indirect", "a document shows"),
    ('"Rebels fled," the army said.', "the army", "Rebels fled,", "direct", "direct"),
    ('Smith called it "a cruel and useless raid".', "Smith", 'it "a cruel and useless raid"', "attitude", "judged"),
    ("Smith wants to leave.", "Smith", "to leave", "attitude", "a wish"),
    ("Smith accused the army of looting.", "Smith", "the army of looting", "attitude", "an object with its complement"),
    ("Peru's claim that rebels had fled was denied.", "Peru's", "that rebels had fled", "indirect", "a noun cites"),
]  # fmt: skip


def attributions(text, roster=None):
    return find_attributions(parse(text), Report("r", text), roster or Roster(()))


@pytest.mark.parametrize(("text", "source", "content", "kind", "reason"), ROWS, ids=[row[4] for row in ROWS])
def test_source_and_content(text, source, content, kind, reason):
    found = [(a.source_text, text[a.content_start : a.content_end], a.kind) for a in attributions(text)]
    assert (source, content, kind) in found, reason
    assert all(text[a.source_start : a.source_end] == a.source_text for a in attributions(text))
    assert all(text[a.cue_start : a.cue_end] == a.cue_text for a in attributions(text))


NONE = [
    ("It was reported that rebels had fled.", "nobody is named"),
    ("Rebels had fled.", "no cue"),
    ("The minister declined to say whether rebels had fled.", "nothing was said"),
    ("If the army says so, rebels will flee.", "a condition"),
    ("", "nothing"),
]


@pytest.mark.parametrize(("text", "reason"), NONE, ids=[row[1] for row in NONE])
def test_nobody_is_cited(text, reason):
    assert [a for a in attributions(text) if a.kind != "attitude"] == [], reason


def test_subjects_inside_quotations_are_no_sources():
    text = '"The mayor said we must go," Prado recalled.'
    assert {a.source_text for a in attributions(text)} == {"Prado"}


def test_words_around_a_cue_are_one_content_in_two_parts():
    text = "The rebels, he said, were beaten."
    assert [text[a.content_start : a.content_end] for a in attributions(text)] == ["The rebels", "were beaten."]


def test_source_is_the_mention_of_the_roster():
    text = "The army said rebels had fled."
    mention = ActorMention("The army", 0, 8, Actor("role:PER-MIL-army", "Peruvian army", "PER", "MIL"), "described")
    (found,) = attributions(text, Roster((mention,), {1: (mention,)}))
    assert found.source is mention


def test_innermost_source_is_cited():
    text = "The paper reported that the army said rebels had fled."
    found = attributions(text)
    rebels = text.index("rebels")
    assert cited_for(found, rebels, rebels + 6).source_text == "the army"
    assert cited_for(found, text.index("that"), len(text) - 1).source_text == "The paper"
    assert cited_for(found, 0, 3) is None


def test_wishes_are_not_cited():
    text = "Smith wants to leave."
    assert cited_for(attributions(text), text.index("leave"), len(text) - 1) is None


def test_credit_and_transcript_lines():
    text = '"The plan is a bad one." — Ana Prado\nSMITH: The plan is good.'
    assert {a.source_text for a in attributions(text)} >= {"Ana Prado", "SMITH"}


def test_every_row_of_the_table_has_a_frame_or_bears():
    assert all(entry.frames or pos in {"bearer", "utter"} for (pos, _), entry in entries().items())
