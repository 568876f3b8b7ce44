from datetime import date

import pytest

from dotterel.reading.datelines import agency_of, cut_credit, find_dateline, read_byline, read_credit
from dotterel.reading.text import report_from_text

DATELINES = [
    ("MOSCOW (Agency) - Troops moved.", ("MOSCOW", "Agency", None), "unknown agency as written"),
    ("SYDNEY: Troops moved.", ("SYDNEY", None, None), "colon"),
    ("NEW DELHI: Troops moved.", ("NEW DELHI", None, None), "two words"),
    ("BEIRUT — Troops moved.", ("BEIRUT", None, None), "long dash"),
    ("LONDON- Troops moved.", ("LONDON", None, None), "hyphen without a blank before"),
    ("UNITED NATIONS, May 28 (Xinhua) -- Troops moved.", ("UNITED NATIONS", "Xinhua", None), "day without year"),
    ("PARIS, Nov 12 (Reuters) - Troops moved.", ("PARIS", "Reuters", None), "agency"),
    ("GENEVA (12 March 2011) – Troops moved.", ("GENEVA", None, date(2011, 3, 12)), "date in brackets"),
    ("Geneva, 12 March 2011 – Troops moved.", ("Geneva", None, date(2011, 3, 12)), "title case with a date"),
    ("Paris (AFP) - Troops moved.", ("Paris", "Agence France-Presse", None), "title case with an agency"),
    ("KABUL, Afghanistan (AP) — Troops moved.", ("KABUL, Afghanistan", "Associated Press", None), "with a country"),
    ("WASHINGTON, D.C. (AP) — Troops moved.", ("WASHINGTON, D.C.", "Associated Press", None), "with an abbreviation"),
    ("MOSCOW, March 3. /TASS/. Troops moved.", ("MOSCOW", "TASS", None), "agency between slashes"),
    ("MOSCOW. March 3 (Interfax) - Troops moved.", ("MOSCOW", "Interfax", None), "full stop after the place"),
    ("Tehran, May 3, IRNA – Troops moved.", ("Tehran", "IRNA", None), "agency without brackets"),
    ("CAIRO - 3 May 2016: Troops moved.", ("CAIRO", None, date(2016, 5, 3)), "date between two marks"),
    (
        "TEL AVIV/GAZA, Aug 2 2014 (AFP) - Troops moved.",
        ("TEL AVIV/GAZA", "Agence France-Presse", date(2014, 8, 2)),
        "two",
    ),
    ("(Reuters) - Troops moved.", (None, "Reuters", None), "agency alone"),
    ("By Jane Doe. BOSTON (Reuters) - Troops moved.", ("BOSTON", "Reuters", None), "byline on the same line"),
    ("AFP - Troops moved.", (None, "Agence France-Presse", None), "agency without brackets alone"),
    (
        "PORT OF SPAIN, Trinidad and Tobago (AP) - Troops moved.",
        ("PORT OF SPAIN, Trinidad and Tobago", "Associated Press", None),
        "small words within a place",
    ),
    (
        "GOMA, Democratic Republic of the Congo, Feb 14 - Troops moved.",
        ("GOMA, Democratic Republic of the Congo", None, None),
        "a state of many words",
    ),
    ("ST. PETERSBURG, Russia (AP) — Troops moved.", ("ST. PETERSBURG, Russia", "Associated Press", None), "saint"),
    (
        "DAR ES SALAAM, Tanzania, Aug. 7 /PRNewswire/ -- Troops moved.",
        ("DAR ES SALAAM, Tanzania", "PRNewswire", None),
        "three words and a wire service",
    ),
    ("QUITO, Ecuador (AP) _ Troops moved.", ("QUITO, Ecuador", "Associated Press", None), "underscore for a dash"),
]


@pytest.mark.parametrize(("line", "expected", "reason"), DATELINES, ids=[row[2] for row in DATELINES])
def test_dateline(line: str, expected: tuple[str | None, str | None, date | None], reason: str) -> None:
    found = find_dateline(line, opening=True)
    assert found is not None, reason
    assert (found.place, found.agency, found.published) == expected
    assert line[found.length :] == "Troops moved."


NO_DATELINES = [
    ("UPDATE: Troops moved.", "a word of the newsroom"),
    ("NATO - The alliance met.", "an organisation"),
    ("AP: How do you see the talks?", "a question in an interview"),
    ("The army said: we will go on.", "a colon in a sentence"),
    ("French troops - who arrived on 3 May 2015 - left.", "a dash and a date in a sentence"),
    ("Smith (Conservative) - the member for York - spoke.", "a bracket in a sentence"),
    ("Three towns - Duma, Arbin and Harasta - were shelled.", "dashes in a sentence"),
    ("MINISTERS MEET IN VIENNA", "a headline in capitals"),
    ("On Feb. 14 - two days before the vote - troops moved.", "a date with its preposition"),
    ("Talks of the ministers, Feb 14 - a failure.", "small words at the end of no place"),
]


@pytest.mark.parametrize(("line", "reason"), NO_DATELINES, ids=[row[1] for row in NO_DATELINES])
def test_no_dateline(line: str, reason: str) -> None:
    assert find_dateline(line, opening=True) is None, reason


def test_a_colon_makes_no_dateline_below_the_first_paragraph() -> None:
    assert find_dateline("SMITH: We will go on.", opening=False) is None


BYLINES = [
    ("By John Smith, Associated Press", ("Associated Press", None), "agency after a comma"),
    ("By JOHN SMITH and JANE DOE", (None, None), "two names in capitals"),
    ("By Reuters Staff", ("Reuters", None), "staff of an agency"),
    ("By Jane Doe | 3 March 2016", (None, date(2016, 3, 3)), "with a date"),
    ("by Anna de Vries in Kabul", (None, None), "name particle and place"),
    ("Jane Doe, Reuters", ("Reuters", None), "without 'by'"),
    ("AFP", ("Agence France-Presse", None), "agency alone"),
    ("By the end of 2015 the army had left", None, "a sentence"),
    ("By Train to Moscow", None, "a headline"),
    ("Map", None, "a word that is an agency only in capitals"),
]


@pytest.mark.parametrize(("line", "expected", "reason"), BYLINES, ids=[row[2] for row in BYLINES])
def test_byline(line: str, expected: tuple[str | None, date | None] | None, reason: str) -> None:
    assert read_byline(line) == expected, reason


@pytest.mark.parametrize(
    ("line", "expected"),
    [("Source: Xinhua", "Xinhua"), ("/TASS/", "TASS"), ("- Reuters", "Reuters"), ("(AFP)", "Agence France-Presse")],
)
def test_credit_line(line: str, expected: str) -> None:
    assert read_credit(line) == expected


def test_a_sentence_is_no_credit_line() -> None:
    assert read_credit("Reuters was told of it") is None


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("They left, he said. (AFP)", ("They left, he said.", "Agence France-Presse")),
        ("They left, he said. – Reuters", ("They left, he said.", "Reuters")),
        ("They left, he said.", ("They left, he said.", None)),
        ("He spoke to the agency (AP)", ("He spoke to the agency (AP)", None)),
        ("They left. (Later they came back.)", ("They left. (Later they came back.)", None)),
    ],
)
def test_credit_at_the_end_of_a_paragraph(paragraph: str, expected: tuple[str, str | None]) -> None:
    assert cut_credit(paragraph) == expected


def test_agency_among_several_names() -> None:
    assert agency_of("Kabul/AP/Reuters") == "Associated Press"
    assert agency_of("The Daily Example") is None


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("July 28 (UPI) -- Troops moved.", "07-28"),
        ("GOMA, Congo, 3 Feb - Troops moved.", "02-03"),
        ("CAIRO, Feb. 29 (AFP) - Troops moved.", "02-29"),
        ("GENEVA (12 March 2011) – Troops moved.", "2011-03-12"),
        ("CAIRO (AFP) - Troops moved.", None),
    ],
)
def test_day_of_a_dateline(line: str, day: str | None) -> None:
    found = find_dateline(line, opening=True)
    assert found is not None
    assert found.day == day


def test_a_report_keeps_the_day_of_its_dateline() -> None:
    report = report_from_text("Troops leave\n\nGOMA, Congo, Feb 14 (Reuters) - Troops left the town on Sunday.")
    assert (report.dateline, report.dateline_day, report.published) == ("GOMA, Congo", "02-14", None)
