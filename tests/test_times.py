"""Time expressions resolved against a Tuesday, 24 November 2015."""

from datetime import date

import pytest

from dotterel.parsing import parse
from dotterel.times import find_times, is_attributive
from dotterel.types import Report

PUBLISHED = date(2015, 11, 24)


def times_of(text, published=PUBLISHED, title=None):
    return find_times(parse(text), Report("r", text, title=title, published=published))


# text, [(expression, ISO date)], why
ROWS = [
    ("The envoy met the minister on Thursday.", [("Thursday", "2015-11-19")], "a past verb looks back"),
    ("Talks resumed on Tuesday.", [("Tuesday", "2015-11-24")], "the weekday of publication is that day"),
    ("The minister left last Wednesday.", [("last Wednesday", "2015-11-18")], "last"),
    ("The king left last Tuesday.", [("last Tuesday", "2015-11-17")], "last excludes the day of publication"),
    ("The ministers will meet on Friday.", [("Friday", "2015-11-27")], "a future verb looks ahead"),
    ("The council is due to vote on Thursday.", [("Thursday", "2015-11-26")], "prospective word"),
    ("He said he would fly to Oslo on Saturday.", [("Saturday", "2015-11-28")], "would looks ahead"),
    ("The assembly, scheduled for Sunday, was called off.", [("Sunday", "2015-11-29")], "scheduled looks ahead"),
    ("Ministers meeting in Rome on Monday agreed to a truce.", [("Monday", "2015-11-23")], "participle, past above"),
    ("The minister told reporters on Friday that he will go.", [("Friday", "2015-11-20")], "own verb, not the next"),
    ("Leaders gathered ahead of Sunday's summit.", [("Sunday", "2015-11-29")], "ahead of"),
    ("Police fired on crowds late on Monday night.", [("late on Monday night", "2015-11-23")], "part of a day"),
    ("The embassy will reopen next Monday.", [("next Monday", "2015-11-30")], "next"),
    ("Yesterday the army withdrew.", [("Yesterday", "2015-11-23")], "yesterday"),
    ("Polls open tomorrow.", [("tomorrow", "2015-11-25")], "tomorrow"),
    ("The strike began today.", [("today", "2015-11-24")], "today"),
    ("Shelling continued overnight.", [("overnight", "2015-11-24")], "overnight"),
    ("It was agreed last month.", [("last month", "2015-10")], "last month"),
    ("Turnout fell this year.", [("this year", "2015")], "this year"),
    ("Earlier this week, the court convicted him.", [("Earlier this week", "2015-11")], "week inside one month"),
    ("The vote is next week.", [("next week", "2015")], "a week across months is known to the year only"),
    ("In September, the army seized power.", [("September", "2015-09")], "bare month"),
    ("Elections are planned in January.", [("January", "2016-01")], "coming month"),
    ("Troops have shelled it since September 2014.", [("since September 2014", "2014-09")], "since a month"),
    ("He has been held since March 9.", [("since March 9", "2015-03-09")], "since a day"),
    ("The October 31 downing shocked many.", [("October 31", "2015-10-31")], "inside a noun phrase"),
    ("Gunmen struck on 3 March.", [("3 March", "2015-03-03")], "day before month"),
    ("The law takes effect on Jan. 1.", [("Jan. 1", "2016-01-01")], "abbreviated month, coming"),
    ("He was killed on 19 October 2005.", [("19 October 2005", "2005-10-19")], "full date"),
    ("Polls will open on May 9.", [("May 9", "2016-05-09")], "month and day, coming"),
    ("The parade was held on May 9.", [("May 9", "2015-05-09")], "month and day, past"),
    ("Tuesday, November 17, 2015 was quiet.", [("Tuesday, November 17, 2015", "2015-11-17")], "weekday and date"),
    ("The invasion began in 2003.", [("2003", "2003")], "year"),
    ("The 2003 invasion toppled him.", [("2003", "2003")], "year before a noun"),
    ("A truce collapsed in early 2016.", [("early 2016", "2016")], "part of a year"),
    ("Rebels took the town late last year.", [("late last year", "2014")], "part of last year"),
    ("He resigned three years ago.", [("three years ago", "2012")], "years ago"),
    ("She fled eight days ago.", [("eight days ago", "2015-11-16")], "days ago"),
    ("Jets struck over the past three days.", [("over the past three days", "2015-11")], "running span"),
    ("Forty died in the last 24 hours.", [("in the last 24 hours", "2015-11")], "hours"),
    ("Protests broke out in summer 2014.", [("summer 2014", "2014")], "season"),
    ("The wars of the 1990s left scars.", [("the 1990s", "1990")], "decade"),
    ("It was held between 3 and 5 March.", [("between 3 and 5 March", "2015-03")], "range of days"),
    ("Games took place on March 3-5, 2014.", [("March 3-5, 2014", "2014-03")], "range with a dash"),
    ("He was jailed from 1990 to 1995.", [("from 1990 to 1995", "1990")], "range of years"),
    (
        "From Monday to Wednesday the army shelled the town.",
        [("From Monday to Wednesday", "2015-11")],
        "range of weekdays, the first before the last",
    ),
    (
        "On November 13 a bomb went off. The same day, gunmen struck. Two days later, a curfew began.",
        [("November 13", "2015-11-13"), ("The same day", "2015-11-13"), ("Two days later", "2015-11-15")],
        "told from the expression before",
    ),
    (
        "The rebels withdrew on March 3. Two weeks earlier, they had vowed to fight.",
        [("March 3", "2015-03-03"), ("Two weeks earlier", "2015-02")],
        "weeks before the expression before",
    ),
    ("The group planned the September 11 attacks.", [("September 11 attacks", "2001-09-11")], "a day with a name"),
    ("He spoke for two hours of a week-long campaign.", [], "durations"),
    ("The deal expires in six months.", [], "a duration from now"),
    ("A five-year-old girl and a man aged 24 survived.", [], "ages"),
    ("Resolution 2118 was passed for the Airbus A321.", [], "bare numbers"),
    ("They burned in 2000 homes.", [], "a number that counts"),
    ("On Fridays they march on the capital; you may go.", [], "plural days, verbs that look like months"),
    ("Theresa May spoke to the Sunday Times.", [], "names"),
    ("It was the worst in the last 300 decades.", [], "before the first year of the calendar"),
    ("Two days later, they left.", [], "nothing before to count from"),
    ("In a call on Tuesday, he said the truce held.", [("Tuesday", "2015-11-24")], "a call is no act to come"),
    ("The envoys reached an agreement on Friday.", [("Friday", "2015-11-20")], "an agreement is no act to come"),
    ("They reached an agreement to meet on Friday.", [("Friday", "2015-11-27")], "the infinitive under it is"),
    ("The rebels face a deadline of Friday.", [("Friday", "2015-11-27")], "a deadline lies ahead"),
    (
        "He flew in ahead of next Tuesday's primary. A day earlier, six were arrested.",
        [("next Tuesday", "2015-12-01"), ("A day earlier", "2015-11-23")],
        "counted from publication, not from what is to come",
    ),
    (
        "Rebels struck on Sunday. They denied Friday's raid. A day later they left.",
        [("Sunday", "2015-11-22"), ("Friday", "2015-11-20"), ("A day later", "2015-11-23")],
        "not counted from the attribute of a noun",
    ),
    (
        "It fled over the past three days. A day earlier, it struck.",
        [("over the past three days", "2015-11"), ("A day earlier", "2015-11-23")],
        "not counted from a running span",
    ),
    ("In September it struck. Two days later it left.", [("September", "2015-09")], "no days are counted from a month"),
    (
        "The raid came on November 13. Mr Diallo quit on November 20, a week after the raid.",
        [("November 13", "2015-11-13"), ("November 20", "2015-11-20"), ("a week after", "2015-11")],
        "counted from an event whose day was told",
    ),
    ("He fled two days after the raid.", [], "an event whose day was not told"),
    ("In recent days rebels shelled the port.", [("In recent days", "2015-11")], "recent days"),
    (
        "Signed on 24/11/2014, it took effect on 11/28/2014 and lapsed on 3.2.2015.",
        [("24/11/2014", "2014-11-24"), ("11/28/2014", "2014-11-28"), ("3.2.2015", "2015-02-03")],
        "numeric dates, the day first where it can be",
    ),
    ("They met on July 9 and 10 in Rome.", [("July 9", "2015-07-09"), ("10", "2015-07-10")], "two days of a month"),
    ("They met on 9 and 12 July 2014.", [("9", "2014-07-09"), ("12 July 2014", "2014-07-12")], "days before the month"),
    ("On July 9 and 10 people died.", [("July 9", "2015-07-09")], "a count after a day"),
]


@pytest.mark.parametrize(("text", "expected", "why"), ROWS, ids=[r[2] for r in ROWS])
def test_expressions_resolve(text, expected, why):
    found = times_of(text)
    assert [(t.text, t.iso()) for t in found] == expected
    assert all(text[t.start : t.end] == t.text and t.reason for t in found)


UNDATED = [
    ("It was signed on 3 March 2014.", ["2014-03-03"], "absolute dates stand on their own"),
    ("It was signed on 3 March.", [], "no year to be had"),
    ("He left on Monday, as he did last year.", [], "relative expressions"),
    ("He fled on 3 March 2014. The next day she did.", ["2014-03-03", "2014-03-04"], "told from an absolute date"),
]


@pytest.mark.parametrize(("text", "expected", "why"), UNDATED, ids=[r[2] for r in UNDATED])
def test_without_publication_date(text, expected, why):
    assert [t.iso() for t in times_of(text, published=None)] == expected


def test_present_tense_of_a_headline_is_past():
    title = "Bomb kills ten in market on Monday"
    (time,) = times_of(title + "\n\nThe market was full.", title=title)
    assert time.iso() == "2015-11-23"


def test_open_interval_ends_with_publication():
    (time,) = times_of("The port has been closed since 2014.")
    assert (time.precision, time.first, time.last) == ("open", date(2014, 1, 1), PUBLISHED)


@pytest.mark.parametrize(
    ("dateline_day", "published", "expected", "why"),
    [
        ("11-21", PUBLISHED, ["2015-11-15", "2015-11-21"], "in the year of publication"),
        ("12-30", PUBLISHED, ["2014-12-28", "2014-12-30"], "in the year before, where it would lie ahead"),
        ("11-25", PUBLISHED, ["2015-11-22", "2015-11-25"], "a day ahead, across time zones"),
        ("2015-11-21", PUBLISHED, ["2015-11-15", "2015-11-21"], "with its year"),
        ("2015-11-21", None, ["2015-11-15", "2015-11-21"], "with its year and no other date"),
        ("11-21", None, [], "no year to be had"),
        ("02-29", PUBLISHED, ["2012-02-26", "2012-02-29"], "a leap day"),
        ("05-03", date.max, ["9999-05-02", "9999-05-03"], "on the last day that Python has"),
        ("05-03", date.min, ["0001-01-01"], "on the first, where there is no year before"),
    ],
)
def test_relative_times_count_from_the_day_of_the_dateline(dateline_day, published, expected, why):
    text = "The army struck on Sunday. It withdrew today."
    found = find_times(parse(text), Report("r", text, published=published, dateline_day=dateline_day))
    assert [t.iso() for t in found] == expected, why


def test_times_that_date_a_noun_are_told_apart():
    text = "He recalled the Dec. 2 attack, last December's sanctions and the 2002 war in Rome on Monday."
    parsed = parse(text)
    found = {t.text: is_attributive(t, parsed) for t in times_of(text)}
    assert found == {"Dec. 2": True, "last December": True, "2002": True, "Monday": False}
