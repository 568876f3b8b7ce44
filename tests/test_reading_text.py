from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dotterel.errors import InputError
from dotterel.reading.text import report_as_is, report_from_text, report_id, with_default_date
from dotterel.settings import MAX_REPORT_CHARS
from dotterel.types import Report

LEAD = "Foreign ministers of six countries met on Friday to discuss a ceasefire, officials said."
NEXT = "The army shelled the town on Thursday, killing four people, according to residents."
TITLE = "Ministers meet in Vienna"


def test_the_whole_of_a_page() -> None:
    report = report_from_text(
        f"{TITLE}\nPublished November 27th, 2015 - 06:00 GMT\nShare this\nBy John Smith, Associated Press\n\n"
        f"VIENNA, Nov 26 - {LEAD}\nRead more: Army moves north\n\n{NEXT}\n\n© 2019 Example News\n"
        "You may also like\nArmy takes hill\n"
    )
    assert report.text == f"{TITLE}\n\n{LEAD}\n\n{NEXT}"
    assert (report.title, report.published, report.agency) == (TITLE, date(2015, 11, 27), "Associated Press")
    assert report.dateline == "VIENNA"


TITLES = [
    (f"{TITLE}\n\n{LEAD}", TITLE, "a short line above a paragraph"),
    (f"{TITLE}\n{LEAD}", TITLE, "without a blank line"),
    (f"Published: 2016-03-03\n{TITLE}\n{LEAD}", TITLE, "below a date"),
    (f"Will they talk?\n{LEAD}", "Will they talk?", "a question"),
    (f"Envoy leaves the U.S.\n{LEAD}", "Envoy leaves the U.S.", "an abbreviation at its end"),
    (f"{TITLE}\n{TITLE}\n{LEAD}", TITLE, "told twice"),
    (LEAD, None, "one running paragraph"),
    (f"{LEAD}\n{NEXT}", None, "a first paragraph with a full stop"),
    (TITLE, None, "nothing follows"),
    (f"{TITLE} and will go\non until Friday, they said.", None, "the line runs on"),
    (f"MOSCOW, March 3 (Reuters)\n{LEAD}", None, "a dateline on a line of its own"),
]


@pytest.mark.parametrize(("text", "title", "reason"), TITLES, ids=[row[2] for row in TITLES])
def test_title(text: str, title: str | None, reason: str) -> None:
    report = report_from_text(text)
    assert report.title == title, reason
    assert title is None or report.text.count(title) == 1


def test_a_title_given_is_not_told_twice() -> None:
    report = report_from_text(f"{TITLE}.\n\n{LEAD}", title=f" {TITLE}\n")
    assert (report.title, report.text) == (TITLE, f"{TITLE}\n\n{LEAD}")


DATES = [
    (f"{TITLE}\nPublished: 2016-03-03\n\n{LEAD}", date(2016, 3, 3), "labelled"),
    (f"{TITLE}\n3 March 2016\n\n{LEAD}", date(2016, 3, 3), "alone"),
    (f"{TITLE}\n\n{LEAD}\n\nPosted on March 3, 2016", date(2016, 3, 3), "below the text"),
    (
        f"{TITLE}\nUpdated 14:05, 4 March 2016\nPublished 3 March 2016\n{LEAD}",
        date(2016, 3, 3),
        "published before updated",
    ),
    (f"{TITLE}\nUpdated 14:05, 4 March 2016\n{LEAD}", date(2016, 3, 4), "updated where there is no other"),
    (f"{TITLE}\n\nGENEVA (12 March 2011) – {LEAD}", date(2011, 3, 12), "in the dateline"),
    (f"{TITLE}\n\nPARIS, Nov 12 (Reuters) - {LEAD}", None, "in the dateline, no year"),
    (f"{TITLE}\n\n{LEAD}\n\n© 2019 Example Media", None, "a copyright year"),
    (f"{TITLE}\n\n{LEAD}\n{NEXT[:-1]} on 3 May 2015.", None, "a date in a sentence"),
]


@pytest.mark.parametrize(("text", "published", "reason"), DATES, ids=[row[2] for row in DATES])
def test_published(text: str, published: date | None, reason: str) -> None:
    report = report_from_text(text)
    assert report.published == published, reason
    assert report.text.startswith(f"{TITLE}\n\n{LEAD}")


def test_what_is_given_goes_before_what_the_text_says() -> None:
    text = f"Published: 2016-03-03\nPARIS (Reuters) - {LEAD}"
    report = report_from_text(text, published=date(2016, 3, 4), agency="Example Wire", path="a.txt", source="Example")
    assert (report.published, report.agency, report.path, report.source) == (
        date(2016, 3, 4),
        "Example Wire",
        "a.txt",
        "Example",
    )
    assert (report.text, report.dateline) == (LEAD, "PARIS")


def test_dateline_below_a_summary() -> None:
    report = report_from_text(f"{TITLE}\n\n{NEXT}\n\nKABUL, Afghanistan (AP) — {LEAD}")
    assert report.text == f"{TITLE}\n\n{NEXT}\n\n{LEAD}"
    assert (report.dateline, report.agency) == ("KABUL, Afghanistan", "Associated Press")


def test_speakers_of_a_transcript_are_no_datelines() -> None:
    text = f"SMITH: {LEAD}\nJONES: {NEXT}\nSMITH: That is so."
    assert report_from_text(text).text == text


def test_credit_below_the_text() -> None:
    report = report_from_text(f"{LEAD}\n{NEXT} (AFP)\n")
    assert (report.text, report.agency) == (f"{LEAD}\n{NEXT}", "Agence France-Presse")


LAYOUT = [
    (f"\ufeff{LEAD}\r\n\r\n{NEXT}\r\n", f"{LEAD}\n\n{NEXT}", "byte order mark and line ends"),
    (f"{LEAD}\x00\n{NEXT}", f"{LEAD}\n{NEXT}", "NUL"),
    (f"\ud800{LEAD}\n{NEXT}", f"\ufffd{LEAD}\n{NEXT}", "lone surrogate"),
    (f'"""Stop,"" he said."\n{NEXT}', f'"Stop," he said.\n{NEXT}', "a line quoted as in CSV"),
    (f'"""Stop, all of you.""\n{NEXT}', f'"Stop, all of you."\n{NEXT}', "a CSV field that goes on"),
    (f'"""Stop," he said.\n{NEXT}', f'"Stop," he said.\n{NEXT}', "three marks that should be one"),
    (f'"Stop," he said.  "Now."\n{NEXT}', f'"Stop," he said.  "Now."\n{NEXT}', "usual quotation marks, two blanks"),
    (f"{LEAD}\n\n\n\n{NEXT}", f"{LEAD}\n\n{NEXT}", "several blank lines"),
]


@pytest.mark.parametrize(("raw", "text", "reason"), LAYOUT, ids=[row[2] for row in LAYOUT])
def test_layout(raw: str, text: str, reason: str) -> None:
    assert report_from_text(raw).text == text, reason


def test_lines_wrapped_at_a_fixed_width_are_joined() -> None:
    wrapped = (
        "Foreign ministers of six countries met in Vienna on Friday to\n"
        "discuss a ceasefire in the north, officials said, and they will\n"
        "meet again next week in order to sign what they have agreed on.\n\n"
        "The army shelled the town on Thursday, killing four people, as\n"
        "residents told the news agency by phone from the market.\n"
    )
    paragraphs = [" ".join(part.split("\n")) for part in wrapped.strip().split("\n\n")]
    assert report_from_text(wrapped).text == "\n\n".join(paragraphs)


def test_short_paragraphs_are_not_joined() -> None:
    text = "The army left.\nThe rebels came.\nThe town was quiet on Friday.\nNobody was hurt in the square."
    assert report_from_text(text).text == text


REFUSED = [
    ("", "has no words"),
    (" \n\t", "has no words"),
    ("12 34 !!", "has no words"),
    ("Share this\n© 2019 Example Media", "nothing but page furniture"),
    ("a" * (MAX_REPORT_CHARS + 1), "1,000,001 characters"),
    ("Министры шести стран встретились в Вене в пятницу.", "not in English (most of its letters are Cyrillic)"),
    (
        "Der Bundestag hat am Donnerstag mit großer Mehrheit beschlossen, dass die Soldaten nicht nach Süden entsandt "
        "werden, sondern in der Heimat bleiben, bis sich die Lage ändert.",
        "not in English (its words look German)",
    ),
    (
        "Les ministres des affaires étrangères de six pays se sont réunis vendredi à Vienne pour discuter d'un "
        "cessez-le-feu dans le nord du pays, ont indiqué des responsables.",
        "not in English (its words look French)",
    ),
]


@pytest.mark.parametrize(("text", "words"), REFUSED, ids=[row[1] for row in REFUSED])
def test_refused(text: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        report_from_text(text, path="a.txt")
    assert words in str(caught.value)
    assert str(caught.value).startswith("a.txt: ")
    assert "\n" not in str(caught.value)


ENGLISH = [
    "Vitamin A, hepatitis A, " + "section A, " * 30 + "group A",
    "Merkel trifft Hollande",
    "Qatar, Kuwait, Bahrain: Al Udeid, Ali Al Salem, Isa. Turkey: Incirlik, Konya, Izmir. Italy: Aviano, Sigonella, "
    "Vicenza. Spain: Rota, Moron. Germany: Ramstein, Spangdahlem, Grafenwoehr.",
    'He said "Путин встретился с президентом в Москве" and the crowd left.',
]


@pytest.mark.parametrize("text", ENGLISH)
def test_not_plainly_another_language(text: str) -> None:
    assert report_from_text(text).text == text


def test_as_is_changes_nothing() -> None:
    text = f"\ufeff{TITLE}\r\nPublished: 2016-03-03\n\n\n© 2019 Example Media  "
    report = report_as_is(text)
    assert (report.text, report.title, report.published) == (text, None, None)


def test_the_same_report_has_the_same_id() -> None:
    first, second = report_from_text(f"{TITLE}\n{LEAD}", path="a"), report_from_text(f"{TITLE}\n\n{LEAD}\n", path="b")
    assert first.id == second.id
    assert len(first.id) == 16
    assert int(first.id, 16) >= 0
    assert first.id != report_from_text(f"{TITLE}\n{NEXT}").id


def test_default_date() -> None:
    report = report_from_text(LEAD)
    dated = with_default_date(report, date(2016, 3, 3))
    assert dated.published == date(2016, 3, 3)
    assert dated.id == report_id(None, LEAD, date(2016, 3, 3)) != report.id
    assert with_default_date(dated, date(2017, 1, 1)) == dated


WORDS = st.sampled_from(
    [
        TITLE,
        LEAD,
        NEXT,
        "\n",
        "\r\n",
        "\n\n",
        "\x00",
        "\ufeff",
        '"""',
        '""',
        "(",
        ")",
        " - ",
        ": ",
        "/",
        "PARIS",
        "(AFP)",
    ]
)
PAGE_WORDS = st.sampled_from(
    ["By Jane Doe", "Published", "3 March 2016", "2016-03-03T", "© 2019", "Related", "You may also like", "Photo: "]
)
PIECES = st.lists(st.one_of(WORDS, PAGE_WORDS, st.text(max_size=8)), max_size=30)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), PIECES.map("".join)))
def test_any_text_is_a_report_or_refused(raw: str) -> None:
    try:
        report = report_from_text(raw)
    except InputError:
        return
    assert isinstance(report, Report)
    assert any(c.isalpha() for c in report.text)
    assert report.title is None or report.text.startswith(report.title)
    assert report.text.encode("utf-8")
