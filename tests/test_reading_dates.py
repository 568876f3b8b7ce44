from datetime import date

import pytest

from dotterel.reading.dates import dates_of_line, find_written_date, parse_written_date

WRITTEN = [
    ("November 27th, 2015", date(2015, 11, 27), "month first, ordinal"),
    ("27 Nov 2015", date(2015, 11, 27), "day first, short month"),
    ("Nov. 27, 2015", date(2015, 11, 27), "short month with a full stop"),
    ("3rd of May 2014", date(2014, 5, 3), "'of' between day and month"),
    ("2015-11-27", date(2015, 11, 27), "ISO"),
    ("2015-11-27T06:00Z", date(2015, 11, 27), "ISO with time and zone"),
    ("2015-11-27T06:00:00.000+01:00", date(2015, 11, 27), "ISO with fractions and offset"),
    ("20151127", date(2015, 11, 27), "ISO without dashes"),
    ("27/11/2015", date(2015, 11, 27), "day first"),
    ("03/04/2015", date(2015, 4, 3), "day first where both orders are possible"),
    ("11/27/2015", date(2015, 11, 27), "month first where it must be"),
    ("27.11.2015", date(2015, 11, 27), "dots"),
    ("Friday, 27 November 2015 at 4:05 p.m. EST", date(2015, 11, 27), "weekday, time and zone beside it"),
    ("Fri, 27 Nov 2015 06:00:00 +0000", date(2015, 11, 27), "as in mail headers"),
    ("14:05, 3 March 2016", date(2016, 3, 3), "time before"),
    ("31/31/2015", None, "no such month"),
    ("30 February 2015", None, "no such day"),
    ("November 27", None, "no year"),
    ("2015", None, "a year alone"),
    ("The war ended on 3 May 1945", None, "a sentence is more than a date"),
    ("", None, "nothing"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), WRITTEN, ids=[row[2] for row in WRITTEN])
def test_written_date(text: str, expected: date | None, reason: str) -> None:
    assert parse_written_date(text) == expected, reason


LINES = [
    ("Published November 27th, 2015 - 06:00 GMT", {"published": date(2015, 11, 27)}, "label, ordinal, time"),
    ("Published: 2016-03-03", {"published": date(2016, 3, 3)}, "label and colon"),
    ("First published on 3 March 2016", {"published": date(2016, 3, 3)}, "longer label"),
    ("Posted on March 3, 2016", {"published": date(2016, 3, 3)}, "another label"),
    ("Updated 14:05, 3 March 2016", {"updated": date(2016, 3, 3)}, "time before the date"),
    ("Last updated on 3 March 2016", {"updated": date(2016, 3, 3)}, "last updated"),
    (
        "Posted March 3, 2016 (Updated March 4, 2016)",
        {"published": date(2016, 3, 3), "updated": date(2016, 3, 4)},
        "two dates in a line",
    ),
    (
        "Last updated 4 March 2016 | Published 3 March 2016",
        {"published": date(2016, 3, 3), "updated": date(2016, 3, 4)},
        "two dates, the later first",
    ),
    ("3 March 2016", {"plain": date(2016, 3, 3)}, "a date alone"),
    ("© 2019 Example Media", {}, "a copyright year is no date"),
    ("Copyright 3 March 2019 Example Media", {}, "nor is a copyright date"),
    ("Published in Geneva on 3 March 2016 by the ministry", {}, "a sentence"),
    ("Dated coins of 3 March 2016", {}, "words beside the date"),
]


@pytest.mark.parametrize(("line", "expected", "reason"), LINES, ids=[row[2] for row in LINES])
def test_date_line(line: str, expected: dict[str, date], reason: str) -> None:
    assert dates_of_line(line) == expected, reason


def test_offsets_of_a_date_in_a_sentence() -> None:
    text = "They signed it on 3 May 2015 and left on 4 May 2015."
    found = find_written_date(text)
    assert found is not None
    day, start, end = found
    assert (day, text[start:end]) == (date(2015, 5, 3), "3 May 2015")
