import gzip
import io
import random
import tracemalloc
from collections import Counter
from datetime import date

import pytest

from dotterel import Failure, Report, read
from dotterel.reading import warc as reading
from dotterel.reading.rows import LONGEST_ROW
from dotterel.reading.warc import DATED_BY_CRAWL, NO_PAGE, read_warc, warc_places
from warcs import page, record, warc

CHUNKED = b"%x\r\n%s\r\n0\r\n\r\n"
PLAIN = [
    record(b"software: a crawler\r\n", "warcinfo"),
    record(b"", "request"),
    record(page("Ministers meet"), url="https://news.example/1"),
    record(page("Gone"), status="404 Not Found"),
    record(b"%PDF-1.4", content="application/pdf"),
    record(page("Treaty signed", day=None), url="https://news.example/2"),
]


def items(data, passed=None):
    return list(read_warc(io.BytesIO(data), "a.warc", passed))


@pytest.mark.parametrize("packed", [True, False])
def test_pages_fetched_well_are_reports_and_the_rest_is_counted(packed):
    passed = Counter()
    first, second = items(warc(PLAIN, packed), passed)
    assert (first.title, first.url, first.path) == ("Ministers meet", "https://news.example/1", "a.warc:3")
    assert first.published == date(2021, 3, 4), "the page's own day"
    assert (second.published, second.path) == (date(2021, 3, 5), "a.warc:6"), "the day of the crawl"
    assert passed == {NO_PAGE: 4, DATED_BY_CRAWL: 1}


def test_one_member_for_the_whole_file_is_read_too():
    assert len(items(gzip.compress(warc(PLAIN, False)))) == 2
    assert len(items(warc(PLAIN) + b"\x00" * 600)) == 2, "filled up with zeros"


def test_a_file_cut_off_anywhere_gives_its_good_pages_and_says_that_it_is_cut_off():
    chance = random.Random(3)
    for packed in (True, False):
        data = warc(PLAIN, packed)
        ends = [sum(len(warc([one], packed)) for one in PLAIN[:n]) for n in range(len(PLAIN) + 1)]
        cuts = [len(data) - n for n in (1, 2, 4, 5, 8, 9, 30)] + [chance.randrange(1, len(data)) for _ in range(60)]
        for cut in cuts:
            found = items(data[:cut])
            pages = [item for item in found if isinstance(item, Report)]
            failures = [
                item for item in found if isinstance(item, Failure) and "no report was found" not in item.reason
            ]
            whole = (ends[3] <= cut) + (ends[6] <= cut)
            assert whole <= len(pages) <= whole + 1, (packed, cut)
            if cut not in ends:
                assert len(failures) == 1, (packed, cut)
                assert "cut off" in failures[0].reason or "no WARC" in failures[0].reason


def test_a_damaged_file_gives_the_pages_before_the_damage():
    data = warc(PLAIN)
    middle = data.index(warc(PLAIN[5:])) + 40
    page_before, failure = items(data[:middle] + b"\x00\xff" * 30 + data[middle + 60 :])
    assert isinstance(page_before, Report)
    assert "is damaged (" in failure.reason


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"hello\r\n\r\n", "is no WARC file"),
        (b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "does not say how long it is"),
        (b"WARC/1.0\r\nContent-Length: -5\r\n\r\n", "does not say how long it is"),
        (b"WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\n", "does not say how long it is"),
        (b"WARC/1.0\r\nContent-Length: 999999999999\r\n\r\nabc", "is cut off"),
        (b"WARC/1.0\r\n" + b"a: b\r\n" * 5000, "head of a record has more than"),
        (b"WARC/1.0\r\n" + b"a" * 500_000, "is cut off"),
    ],
)
def test_what_is_no_warc_is_told(data, reason):
    (failure,) = items(data)
    assert reason in failure.reason


def test_a_page_too_large_is_refused_and_the_next_is_read():
    large = record(b"<html>" + b"a" * LONGEST_ROW)
    failure, report = items(warc([large, *PLAIN[2:3]]))
    assert (failure.path, failure.line) == ("a.warc:1", 1)
    assert "bytes long, more than" in failure.reason
    assert report.title == "Ministers meet"


def test_pages_kept_as_they_came_over_the_wire():
    body = gzip.compress(page("Packed"))
    pieces = CHUNKED % (len(body), body)
    both = "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"
    records = [
        record(pieces, more=both),
        record(body, more="Content-Encoding: gzip\r\n"),
        record(page("Packed"), more=both),  # unpacked by the crawler, which left what was claimed
        record(gzip.compress(b"<html>" + b"a" * (LONGEST_ROW + 5)), more="Content-Encoding: gzip\r\n"),
        record(b"\x0b\x02", more="Content-Encoding: br\r\n"),
    ]
    *good, bomb, strange = items(warc(records))
    assert [report.title for report in good] == ["Packed"] * 3
    assert "unpacks to more than" in bomb.reason
    assert "packed as 'br'" in strange.reason


def test_memory_stays_flat_however_long_the_file_and_whatever_it_unpacks_to(tmp_path):
    path = tmp_path / "a.warc.gz"
    one = gzip.compress(record(b"\x00" * 60_000_000, content="video/mp4"))
    path.write_bytes(one * 5 + gzip.compress(PLAIN[2]))
    next(read([str(path)]))  # what is loaded once
    tracemalloc.start()
    assert [type(item) for item in read([str(path)])] == [Report]
    assert tracemalloc.get_traced_memory()[1] < 8_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("packed", [True, False])
def test_reading_can_begin_at_each_place_told(packed):
    data = warc(PLAIN, packed)
    whole = items(data)
    *every_place, after = warc_places(io.BytesIO(data))
    assert after == (None, 7)
    for every in (1, 2, 4):
        places = every_place[::every]
        assert [number for _, number in places] == list(range(1, 7, every))
        ends = [place for place, _ in places[1:]] + [len(data)]
        parts = [
            list(read_warc(io.BytesIO(data[place:end]), "a.warc", first=number))
            for (place, number), end in zip(places, ends, strict=True)
        ]
        assert [item for part in parts for item in part] == whole
    in_one = list(warc_places(io.BytesIO(gzip.compress(warc(PLAIN, False)))))
    assert in_one == [(0, 1), *((None, number) for number in range(2, 8))]


def test_by_name_and_in_a_folder(tmp_path):
    (tmp_path / "a.WARC.gz").write_bytes(warc(PLAIN))
    (tmp_path / "b.warc").write_bytes(warc(PLAIN, packed=False))
    passed = Counter()
    found = list(read([str(tmp_path)], passed=passed))
    assert [item.path.removeprefix(f"{tmp_path}/") for item in found] == [
        "a.WARC.gz:3",
        "a.WARC.gz:6",
        "b.warc:3",
        "b.warc:6",
    ]
    assert passed[reading.NO_PAGE] == 8
