"""What is a direct quotation, who speaks in it, and who carried it."""

import pytest

from dotterel.actors import find_actors
from dotterel.attribution import find_attributions
from dotterel.parsing import parse
from dotterel.quotes import find_quotes, quotation_spans
from dotterel.types import Report, Roster

MARKS = [
    # text, what stands inside marks, reason
    ('"We stay," she said. "We vote."', ["We stay,", "We vote."], "straight double marks"),
    ("He said “no deal”.", ["no deal"], "curly double marks"),
    ("‘We stay,’ she said of the unions’ plan.", ["We stay,"], "curly single marks, a possessive after them"),
    ("The court 'cannot wait' for the workers' vote.", ["cannot wait"], "straight single marks"),
    ("The '90s and the rock 'n' roll of the miners' union", [], "apostrophes are no marks"),
    ("It's Peru's vote, and it isn't over.", [], "apostrophes inside words"),
    ("“We ‘never’ agreed,” he said.", ["We ‘never’ agreed,", "never"], "nested, the outer one first"),
    ("''We stay,'' she said.", ["We stay,"], "two single marks for a double one"),
    ("He said: “We stay.\n“We vote.”", ["We stay.", "We vote."], "a paragraph left open, taken up by the next"),
    ("He said: “We stay.\nThe vote is on Sunday.", [], "a mark that nothing closes"),
    ("A 6\" pipe and a 9' wall", [], "inches and feet"),
    ("", [], "nothing"),
]


@pytest.mark.parametrize(("text", "inside", "reason"), MARKS, ids=[row[2] for row in MARKS])
def test_marks(text, inside, reason):
    assert [text[start:end] for start, end in quotation_spans(text)] == inside, reason


def quotes(text, title=None):
    report, parsed = Report("r", text, title=title), parse(text)
    return find_quotes(parsed, report, find_actors(parsed, report, ()))


SPOKEN = [
    # text, quotation, words that cite the speaker, reason
    ('"The pipeline will stay shut," the minister said.', "The pipeline will stay shut,", "the minister", "cue after"),
    ('"The pipeline is shut," said Ana Prado, a lawyer.', "The pipeline is shut,", "Ana Prado", "inverted cue"),
    ('Ana Prado said: "The pipeline is shut."', "The pipeline is shut.", "Ana Prado", "cue before, colon"),
    ('"It is shut," Ana Prado said. "It stays shut."', "It is shut, ... It stays shut.", "Ana Prado", "two sentences"),
    (
        '"It is shut," Ana Prado said, "and it stays so."',
        "It is shut, ... and it stays so.",
        "Ana Prado",
        "one sentence",
    ),
    ('Ana Prado said the pipeline was "shut for good now".', "shut for good now", "Ana Prado", "part of a clause"),
    ('"It is shut now," according to Ana Prado.', "It is shut now,", "Ana Prado", "according to"),
    ('The agency quoted Ana Prado as saying "it is shut for good".', "it is shut for good", "Ana Prado", "quoted as"),
    (
        'Ana Prado, for her part, thanked Peru, saying: "We owe you a lot."',
        "We owe you a lot.",
        "Ana Prado",
        "participle",
    ),
    ('Students were shouting "Open the gates".', "Open the gates", "Students", "a chant"),
    ('Students were carrying signs reading "Open the gates now".', "Open the gates now", "Students", "a placard"),
    (
        'The ministry issued a statement saying: "The gates stay shut."',
        "The gates stay shut.",
        "The ministry",
        "issuer",
    ),
    ('"Never," Ana Prado said.', "Never,", "Ana Prado", "one word that is a whole utterance"),
    (
        'Ana Prado made calls for a "single, stronger force" in the area.',
        "single, stronger force",
        "Ana Prado",
        "a noun cites",
    ),
    ('That is so. Said Prado: "I do not see it yet."', "I do not see it yet.", "Prado", "cue first"),
    (
        'She scolded him: "You knew all of it," Prado said.',
        "You knew all of it,",
        "Prado",
        "the words after a comma win",
    ),
    ('Ana Prado said: "It is shut.\n"It stays shut."', "It is shut. It stays shut.", "Ana Prado", "several paragraphs"),
    (
        'Ana Prado made fresh calls on Monday for a "single, stronger force" in the area.',
        "single, stronger force",
        "Ana Prado",
        "part of a clause that speaks",
    ),
    (
        '"It is shut for good," the Xinhua news agency quoted Ana Prado as saying.',
        "It is shut for good,",
        "Ana Prado",
        "quoted as, after the words",
    ),
    ('Students marched in the capital Lima shouting "Viva Peru".', "Viva Peru", "Students", "a chant of capitals"),
    (
        'Students gathered outside Chile\'s embassy carrying placards reading "Go home now".',
        "Go home now",
        "Students",
        "who carries the placard",
    ),
    (
        'Ana Prado said the gate was "inadvertently" shut.',
        "inadvertently",
        "Ana Prado",
        "one word of a reported clause",
    ),
    ('Ana Prado made her point:\n"It is shut," she said.', "It is shut,", "she", "pronoun"),
]


@pytest.mark.parametrize(("text", "quoted", "cue", "reason"), SPOKEN, ids=[row[3] for row in SPOKEN])
def test_quotation_and_cue(text, quoted, cue, reason):
    assert [(q.text, q.cue) for q in quotes(text)] == [(quoted, cue)], reason


BLOCK = "The gates will stay shut until the spring, for we owe that to the town."


def test_paragraphs_without_marks_after_a_colon():
    (quote,) = quotes(f"Talks ended.\nForeign Minister Ana Prado said:\n{BLOCK}\n{BLOCK}\nNotes to editors\n{BLOCK}")
    assert (quote.text, quote.speaker.actor.name) == (f"{BLOCK} {BLOCK}", "Ana Prado")


@pytest.mark.parametrize("text", [f"The list of gates:\n{BLOCK}", "Ana Prado said:\nGates", f"Ana Prado said: {BLOCK}"])
def test_no_block_quotation(text):
    assert quotes(text) == ()


SPEAKERS = [
    # text, speakers, reason
    (
        '"It is shut," Ana Prado said.\nLuis Soto said it was old.\n"It leaks," he said.',
        ["Ana Prado", "Luis Soto"],
        "he is the one cited last",
    ),
    (
        'Luis Soto said Ana Prado was right.\n"It is shut for good," he added.',
        ["Luis Soto"],
        "nobody named inside what is cited",
    ),
    ('Luis Soto said the bridge was old.\n"It leaks," she said.', [None], "no woman was cited"),
    (
        '"Can we not act at once?"\nJustin Trudeau put the question to the council.',
        ["Justin Trudeau"],
        "a question at the top",
    ),
    (
        '"The road is shut," Ana Prado said.\n"It may open again in spring."',
        ["Ana Prado", "Ana Prado"],
        "bare, in a paragraph of its own",
    ),
]


@pytest.mark.parametrize(("text", "speakers", "reason"), SPEAKERS, ids=[row[2] for row in SPEAKERS])
def test_speakers(text, speakers, reason):
    assert [q.speaker and q.speaker.actor.name for q in quotes(text)] == speakers, reason


LEFT_OUT = [
    ('The so-called "moderate" rebels left.', "one scare word"),
    ('The minister called the raid "brutal".', "one word, though somebody is cited"),
    ('He wrote a book called "The Long Road Home".', "a title"),
    ('The exercise was named "Northern Shield" by planners.', "a name"),
    ("The unions' plan didn't pass.", "apostrophes"),
    ('The "war on drugs" goes on.', "a fixed phrase nobody is cited for"),
]


@pytest.mark.parametrize(("text", "reason"), LEFT_OUT, ids=[row[1] for row in LEFT_OUT])
def test_left_out(text, reason):
    assert quotes(text) == (), reason


VIA = [
    ('"The road is shut," Ana Prado told Reuters.', "Reuters", "told an agency"),
    ('"The road is shut," Ana Prado told reporters.', None, "reporters are no outlet"),
    (
        'The Press Trust of India news agency quoted Ana Prado as saying "the road is shut".',
        "Press Trust of India",
        "quoted",
    ),
    ('"The road is shut," Ana Prado said.', None, "nobody carried it"),
]


@pytest.mark.parametrize(("text", "via", "reason"), VIA, ids=[row[2] for row in VIA])
def test_outlet(text, via, reason):
    assert [q.via for q in quotes(text)] == [via], reason


def test_bare_quotation_has_the_speaker_before_it():
    first, second = quotes('"The road is shut," Ana Prado said.\n\n"It may open again in spring."')
    assert (second.cue, second.speaker) == (None, first.speaker)
    assert second.speaker.actor.name == "Ana Prado"


def test_speaker_no_roster_knows_is_named_by_its_words():
    text = '"They came at night," a witness said.'
    report, parsed = Report("r", text), parse(text)
    (quote,) = find_quotes(parsed, report, Roster(()))
    assert (quote.speaker.actor.id, quote.speaker.text) == ("person:a-witness", "a witness")


def test_pronoun_stands_for_the_last_speaker():
    text = '"It is shut," Ana Prado said.\n\nThe road is long. "It stays shut," she said.'
    report, parsed = Report("r", text), parse(text)
    assert [q.speaker.actor.name for q in find_quotes(parsed, report, Roster(()))] == ["Ana Prado", "Ana Prado"]


def test_headline_quotation_told_again_is_left_out():
    text = "'The road is shut', says Prado\n\n\"The road is shut,\" Ana Prado said."
    assert [q.start > 30 for q in quotes(text, title=text.split("\n")[0])] == [True]


def test_offsets_cover_all_parts():
    text = '"It is shut," Ana Prado said. "It stays shut."'
    (quote,) = quotes(text)
    assert text[quote.start : quote.end] == text[1:-1]


def test_attributions_of_the_caller_are_used():
    text = '"It is shut," Ana Prado said.'
    report, parsed = Report("r", text), parse(text)
    roster = find_actors(parsed, report, ())
    attributions = find_attributions(parsed, report, roster)
    assert find_quotes(parsed, report, roster, attributions) == find_quotes(parsed, report, roster)
    assert find_quotes(parsed, report, roster, ())[0].speaker is None
