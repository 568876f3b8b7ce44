"""One text or forty reports: coded in order, alike one by one or in batches, and never stopped by a bad one."""

from __future__ import annotations

from datetime import date

import pytest

from dotterel.coder import Coder, code
from dotterel.errors import InputError, ModelError
from dotterel.reading.text import report_from_text
from dotterel.settings import MAX_REPORT_CHARS, PARSE_BATCH
from dotterel.types import Coding, Failure, Report
from parsed import names

PAIRS = [("Kenya", "Sudan"), ("Norway", "Chad"), ("Peru", "Bolivia"), ("Ghana", "Togo"), ("Nepal", "India")]
REPORTS = [
    report_from_text(
        f"{a} condemned {b} on Sunday. Bulletin {n} has more.", published=date(2019, 5, 14), path=f"{n}.txt"
    )
    for n, (a, b) in enumerate(PAIRS * 8)
]
LOST = Failure("lost.txt", "cannot be read; take it out", 3)
UNCODABLE = Report("long", "word " * (MAX_REPORT_CHARS // 4), path="long.txt")  # longer than the parser takes
NO_TEXT = Report("none", None)  # type: ignore[arg-type]  # what a caller without a type checker may hand over


def coded(items: list[Report | Failure]) -> list[Coding | Failure]:
    """What becomes of a stream of reports."""
    return list(Coder().pipe(items))


def test_forty_reports_come_back_in_order_each_with_its_event() -> None:
    codings = coded([*REPORTS])
    assert len(REPORTS) > 2 * PARSE_BATCH
    assert [c.report.path for c in codings if isinstance(c, Coding)] == [r.path for r in REPORTS]
    for coding, (actor, recipient) in zip(codings, PAIRS * 8, strict=True):
        assert isinstance(coding, Coding)
        (event,) = coding.events
        assert event.type == "ACCUSE"
        assert actor in names(event.actors)
        assert recipient in names(event.recipients)


def test_a_report_is_coded_the_same_alone_and_in_a_batch() -> None:
    codings = coded([*REPORTS])
    assert [Coder().code(r) for r in REPORTS[:5]] == codings[:5]


def test_failures_pass_through_where_they_stand() -> None:
    items: list[Report | Failure] = [LOST, *REPORTS[:2], LOST, REPORTS[2], LOST]
    found = coded(items)
    assert [n for n, f in enumerate(found) if f is LOST] == [0, 3, 5]
    assert [f.report.path for f in found if isinstance(f, Coding)] == ["0.txt", "1.txt", "2.txt"]


@pytest.mark.parametrize(
    ("bad", "path", "reason"),
    [(UNCODABLE, "long.txt", "a text the parser refuses"), (NO_TEXT, "none", "no text; named by its id")],
)
def test_a_report_that_breaks_the_coder_becomes_a_failure_and_stops_nobody(bad: Report, path: str, reason: str) -> None:
    for place in (0, 1, 2):
        items: list[Report | Failure] = [*REPORTS[:2]]
        items.insert(place, bad)
        found = coded(items)
        failure = found.pop(place)
        assert isinstance(failure, Failure), reason
        assert failure.path == path
        assert failure.reason
        assert found == [Coder().code(r) for r in REPORTS[:2]]


def test_the_stream_is_read_as_it_is_needed() -> None:
    taken = []

    def stream() -> object:
        for report in REPORTS:
            taken.append(report)
            yield report

    coder = Coder().pipe(stream())  # type: ignore[arg-type]
    next(coder)
    assert len(taken) <= PARSE_BATCH < len(REPORTS)


def test_nothing_comes_of_nothing() -> None:
    assert coded([]) == []
    assert coded([LOST]) == [LOST]


DATES = [
    (date(2015, 11, 27), "a date"),
    ("2015-11-27", "as the standard writes it"),
    ("27 November 2015", "day first"),
    ("Nov 27, 2015", "month first"),
    ("2015-11-27T08:00:00Z", "with the hour"),
]


@pytest.mark.parametrize(("published", "reason"), DATES)
def test_day_of_publication_anchors_relative_days(published: date | str, reason: str) -> None:
    coding = code("Kenya condemned Sudan on Sunday.", published=published)
    assert coding.report.published == date(2015, 11, 27), reason
    (event,) = coding.events
    assert event.interval is not None
    assert event.interval.iso() == "2015-11-22", reason


@pytest.mark.parametrize("published", ["someday", "2015-13-40", "yesterday", ""])
def test_a_date_that_cannot_be_read_is_named_with_the_way_out(published: str) -> None:
    with pytest.raises(InputError, match=f"published: '{published}'.*2015-11-27"):
        code("Kenya condemned Sudan.", published=published)


def test_without_a_day_of_publication_no_year_is_made_up() -> None:
    (event,) = code("Kenya condemned Sudan on Sunday.").events
    assert event.interval is None


@pytest.mark.parametrize(
    ("text", "reason"),
    [("", "nothing"), (" \n\n ", "blanks"), ("12 345 - 67", "no words"), ("a " * MAX_REPORT_CHARS, "too long")],
)
def test_a_text_that_is_no_report_is_refused(text: str, reason: str) -> None:
    with pytest.raises(InputError):
        code(text)


def test_a_title_stands_at_the_head_of_the_text_and_is_coded_with_it() -> None:
    coding = code("The two states share a border.", title="Kenya condemns Sudan", published="2019-05-14")
    assert coding.report.text == "Kenya condemns Sudan\n\nThe two states share a border."
    (event,) = coding.events
    assert event.mentions[0].sentence == "Kenya condemns Sudan"


def test_an_act_told_in_title_and_body_is_one_record() -> None:
    coding = code("Kenya condemned Sudan on Sunday.", title="Kenya condemns Sudan", published="2019-05-14")
    (event,) = coding.events
    assert {m.trigger for m in event.mentions} == {"condemns", "condemned"}


def test_a_pipeline_that_is_not_installed_is_named() -> None:
    coder = Coder("en_no_such_pipeline")
    with pytest.raises(ModelError, match="en_no_such_pipeline"):
        coder.code("Kenya condemned Sudan.")
    with pytest.raises(ModelError, match="en_no_such_pipeline"):
        list(coder.pipe([REPORTS[0]]))


def test_ids_of_events_begin_with_the_report_and_do_not_recur() -> None:
    coding = code("Kenya condemned Sudan. Norway praised Chad. Peru expelled a Bolivian envoy.")
    ids = [e.id for e in coding.events]
    assert len(ids) == len(set(ids)) == 3
    assert all(i.startswith(coding.report.id) for i in ids)
