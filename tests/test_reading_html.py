from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dotterel.errors import InputError
from dotterel.reading.html import decode_html, report_from_html

LEAD = "Foreign ministers of six countries met in Vienna on Friday to discuss a ceasefire, officials said."
NEXT = "The army shelled the town on Thursday, killing four people, according to residents and local officials."
TITLE = "Ministers meet in Vienna"
FOOTER = "<footer><p>© 2019 Example News. All rights reserved</p></footer>"


def page(head: str = "", above: str = "", below: str = FOOTER) -> str:
    return (
        f'<!DOCTYPE html><html><head><title>{TITLE} | Example News</title><meta property="og:site_name" '
        f'content="Example News">{head}</head><body><nav><a href="/">Home</a></nav><article><h1>{TITLE}</h1>{above}'
        f"<p>VIENNA (Reuters) - {LEAD}</p><p>{NEXT}</p></article>{below}</body></html>"
    )


def test_the_whole_of_a_page() -> None:
    report = report_from_html(page(above="<div>Published November 27th, 2015 - 06:00 GMT</div>"), path="a.html")
    assert report.text == f"{TITLE}\n\n{LEAD}\n{NEXT}"
    assert (report.title, report.source, report.path) == (TITLE, "Example News", "a.html")
    assert (report.agency, report.dateline, report.published) == ("Reuters", "VIENNA", date(2015, 11, 27))


DAY = date(2015, 11, 27)
DATES = [
    ('<meta property="article:published_time" content="2015-11-27T06:00Z">', "", DAY, "metadata"),
    ('<meta name="date" content="27 Nov 2015">', "<p>Published: 3 March 2016</p>", DAY, "metadata before a line"),
    ('<script type="application/ld+json">{"datePublished": "2015-11-27"}</script>', "", DAY, "linked data"),
    ("", "<p>Published <b>x</b></p><span>Published: 27 November 2015</span>", DAY, "a line of the page"),
    ("", '<time datetime="2015-11-27T06:00Z">Friday</time>', DAY, "a time element"),
    ("", "<time>27 November 2015</time>", DAY, "the words of a time element"),
    ("", "<span>Updated 27 November 2015</span>", DAY, "the last update"),
    ("", "", None, "only a copyright year"),
]


@pytest.mark.parametrize(("head", "above", "published", "reason"), DATES, ids=[row[3] for row in DATES])
def test_published(head: str, above: str, published: date | None, reason: str) -> None:
    assert report_from_html(page(head, above)).published == published, reason


def test_broken_markup_yields_what_can_be_read() -> None:
    report = report_from_html(f"<html><body><p>{LEAD}<p>{NEXT}<div><b></p></table")
    assert LEAD in report.text
    assert NEXT in report.text


def test_a_piece_of_a_page() -> None:
    assert report_from_html(f"<p>{LEAD}").text == LEAD


@pytest.mark.parametrize(
    "html", ["", "<html></html>", "<<<>>>", "<script>let a = 1</script>", "<html><img src=a></html>"]
)
def test_a_page_without_a_report(html: str) -> None:
    with pytest.raises(InputError, match=r"^a\.html: ") as caught:
        report_from_html(html, path="a.html")
    assert "\n" not in str(caught.value)


def test_character_sets() -> None:
    declared = '<meta charset="iso-8859-2">Łódź'
    assert decode_html(declared.encode("iso-8859-2"), "a").endswith("Łódź")
    assert decode_html("Łódź".encode(), "a") == "Łódź"
    assert decode_html("“café”".encode("cp1252"), "a") == "“café”"
    assert decode_html(b'<meta charset="no-such-set">caf\xe9', "a").endswith("café")
    with pytest.raises(InputError, match="binary"):
        decode_html(bytes(range(256)), "a")


TAGS = st.sampled_from(
    ["<p>", "</p>", "<div", ">", "<h1>", "<!--", "-->", "<time>", "<meta charset=", "&#0;", "&amp", LEAD]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(TAGS, st.text(max_size=6)), max_size=20).map("".join))
def test_any_page_is_a_report_or_refused(html: str) -> None:
    try:
        report = report_from_html(html)
    except InputError:
        return
    assert any(c.isalpha() for c in report.text)
