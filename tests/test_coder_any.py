"""Whatever a report says: one coding or one failure, true to the text, the same each time, whole when written down."""

from __future__ import annotations

from datetime import date

import pytest
from fuzz.pieces import DAYS, NUMBERS, ODD, PIECES, SENTENCES, SIGNS, WORDS
from fuzz.promises import UNFORESEEN, check_coding, codes
from hypothesis import given
from hypothesis import strategies as st

from anything import examples
from dotterel.coder import Coder
from dotterel.errors import InputError
from dotterel.reading.text import report_as_is, report_from_text, with_default_date
from dotterel.types import Coding, Failure, Report

CODER = Coder()
PARTS = st.one_of(*(st.sampled_from(kind) for kind in (SENTENCES, WORDS, SIGNS, ODD, NUMBERS, DAYS)))
BETWEEN = st.sampled_from([" ", " ", " ", "", "\n", "\n\n", ", ", ". "])


@st.composite
def told(draw: st.DrawFn, most: int = 14) -> str:
    """A text put together from pieces of news and from odd signs."""
    parts = draw(st.lists(st.tuples(PARTS, BETWEEN), min_size=1, max_size=most))
    return "".join(part + between for part, between in parts)


@st.composite
def inserted(draw: st.DrawFn) -> str:
    """A sentence of news with odd signs within its words."""
    text = draw(st.sampled_from(SENTENCES))
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from([*ODD, *SIGNS])) + text[at:]
    return text


PUBLISHED = st.sampled_from([None, date(2016, 3, 3), date(1000, 1, 1), date(2999, 12, 31), date.max, date.min])


@examples(60)
@given(text=st.one_of(told(), inserted()), published=PUBLISHED)
def test_any_report_is_coded_true_to_its_text(text: str, published: date | None) -> None:
    try:
        report = report_from_text(text, published=published)
    except InputError:
        return
    assert isinstance(codes(CODER, report), Coding)


@examples(30)
@given(text=st.one_of(told(8), inserted()), published=PUBLISHED)
def test_a_text_that_nobody_has_cleaned_is_coded_or_a_failure(text: str, published: date | None) -> None:
    """Only halves of characters, which no text has that was read, may be a failure nobody foresaw."""
    (found,) = CODER.pipe([with_default_date(report_as_is(text), published)])
    if isinstance(found, Coding):
        check_coding(found)
    else:
        assert not found.reason.startswith(UNFORESEEN) or any("\ud800" <= c <= "\udfff" for c in text), found


@examples(6)
@given(texts=st.lists(told(5), min_size=2, max_size=6))
def test_each_report_of_a_stream_has_its_result_in_its_place(texts: list[str]) -> None:
    reports = [Report(str(n), text) for n, text in enumerate(texts)]
    found = list(CODER.pipe(reports))
    assert [one.report.id if isinstance(one, Coding) else one.path for one in found] == [one.id for one in reports]
    alone = [one for report in reports for one in CODER.pipe([report])]
    assert found == alone, "coded otherwise in a stream than alone"


SOLE = [piece for piece in PIECES if not piece.isspace()]


@pytest.mark.parametrize("text", [" ".join(SOLE[at : at + 12]) for at in range(0, len(SOLE), 12)])
def test_every_piece_is_coded(text: str) -> None:
    found = codes(CODER, report_from_text(f"{SENTENCES[0]} {text} {SENTENCES[1]}"))
    assert not isinstance(found, Failure)
