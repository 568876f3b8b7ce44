import pytest

from dotterel import tables
from dotterel.reading.furniture import patterns, scope_of, without_furniture

PROSE = "The army shelled the town on Thursday, killing four people, according to residents and local officials."
MORE = "Officials in the capital said that they would look into it, and that the guilty would be found and tried."

FURNITURE = [
    ("© 2019 Example Media", "line"),
    ("Copyright 2016 The Daily Example. All rights reserved.", "line"),
    ("The Example © 2018", "line"),
    ("Share this", "line"),
    ("Share Tweet Email", "line"),
    ("Follow us on Twitter", "line"),
    ("Follow @example", "line"),
    ("Advertisement", "line"),
    ("Sign up for our newsletter", "line"),
    ("Updated 2 hours ago", "line"),
    ("4 min read", "line"),
    ("Home > World > Asia", "line"),
    ("Tags: Syria, Turkey", "line"),
    ("(Reporting by A. Person in Cairo; editing by B. Person)", "line"),
    ("Photo by Jane Doe for Example", "line"),
    ("* * *", "line"),
    ("news@example.org", "line"),
    ("Photo: AP", "link"),
    ("Read more: Ministers meet in Vienna", "link"),
    ("More on this story", "block"),
    ("Related", "block"),
    ("You may also like", "tail"),
    ("Recommended for you", "tail"),
    ("12 Comments", "tail"),
]


@pytest.mark.parametrize(("line", "scope"), FURNITURE, ids=[row[0] for row in FURNITURE])
def test_furniture(line: str, scope: str) -> None:
    assert scope_of(line) == scope


REPORTS = [
    "Reporting by journalists was restricted by the army.",
    "By signing the deal the two sides agree to end the war.",
    "More information is expected at the talks in Vienna.",
    "Photos by activists showed bodies in the street.",
    "This report was published by the United Nations on Monday.",
    "Copyright law was the matter of the talks.",
    "Related charges were brought against two officers.",
    "Follow-up talks will be held on Tuesday.",
    "Join us, the rebels told the police.",
    "Live ammunition was used against the crowd.",
    "Sources: army, police",
    "Share prices fell after the vote.",
    "Read the full text, the minister urged.",
    "Watch towers were built along the border.",
    "The end",
]


@pytest.mark.parametrize("line", REPORTS)
def test_words_of_a_report_are_kept(line: str) -> None:
    assert scope_of(line) is None
    assert without_furniture([PROSE, line, MORE]) == [PROSE, line, MORE]


def test_the_tail_goes_after_a_report() -> None:
    assert without_furniture([PROSE, MORE, "You may also like", "Army takes hill", PROSE]) == [PROSE, MORE]


def test_the_tail_stays_where_most_of_the_report_follows() -> None:
    lines = [PROSE, "You may also like", "Army takes hill", MORE, PROSE]
    assert without_furniture(lines) == [PROSE, MORE, PROSE]


def test_a_block_goes_with_its_links() -> None:
    assert without_furniture([PROSE, "Related stories", "Army takes hill", "", "Talks fail", MORE]) == [PROSE, MORE]


def test_a_link_may_be_the_title() -> None:
    assert without_furniture(["Video: Ministers meet in Vienna", PROSE]) == ["Video: Ministers meet in Vienna", PROSE]


def test_a_credit_is_cut_out_of_its_line() -> None:
    assert without_furniture(["Police in the square (Photo: AP)."]) == ["Police in the square."]
    assert without_furniture(["Police in the square. (AP Photo/A. Person)"]) == ["Police in the square."]


def test_every_pattern_fits_a_line_and_no_paragraph() -> None:
    rows = tables.read("furniture")
    assert len(rows) > 50
    assert all(row["note"] for row in rows)
    assert not any(pattern.fullmatch(PROSE) for pattern in patterns().values())
