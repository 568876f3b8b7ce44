from datetime import date

import pytest

from dotterel.errors import InputError
from dotterel.feeds.items import canonical, read_feed
from dotterel.feeds.markup import text_of, without_plug
from newsroom import rss, rss_item

URL = "http://herald.example/feeds/world.xml"


def items_of(xml, **headers):
    data = xml if isinstance(xml, bytes) else xml.encode()
    return read_feed(data, URL, headers).items


def test_an_rss_item_tells_key_link_title_day_and_text():
    (item,) = items_of(rss(rss_item(3, "http://herald.example/3"), "<language>en-GB</language>"))
    assert (item.key, item.link, item.language) == ("guid-3", "http://herald.example/3", "en")
    assert item.title == "Russian troops shell the village of Dalun 3"
    assert item.published == date(2026, 3, 2)
    assert item.text == "Troops shelled Dalun 3, officials said."


def test_an_atom_entry_tells_the_same():
    atom = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://herald.example/a/">
    <title>Herald</title><entry><id>urn:x:1</id><title type="html">Talks &amp;amp; threats</title>
    <link rel="alternate" href="story/1.html"/><updated>2026-03-03T01:30:00Z</updated>
    <published>2026-03-02T23:30:00-05:00</published><summary>Short.</summary>
    <content type="html">&lt;p&gt;First.&lt;/p&gt;&lt;p&gt;Second &lt;b&gt;part&lt;/b&gt;.&lt;/p&gt;</content>
    </entry></feed>"""
    (item,) = items_of(atom)
    assert (item.key, item.link, item.title) == ("urn:x:1", "http://herald.example/a/story/1.html", "Talks & threats")
    assert item.published == date(2026, 3, 2)  # the outlet's own day, from which its "Monday" counts
    assert item.text == "First.\nSecond part."


def test_an_rdf_feed_is_read():
    rdf = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
    xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>H</title></channel>
    <item rdf:about="http://h.example/1"><title>One</title><link>http://h.example/1</link><dc:date>2026-03-02</dc:date>
    </item></rdf:RDF>"""
    assert [(i.title, i.published) for i in items_of(rdf)] == [("One", date(2026, 3, 2))]


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Mon, 02 Mar 2026 23:30:00 -0500", date(2026, 3, 2)),  # not the third, which it is in Greenwich
        ("Mon, 2 Mar 26 23:30:00 GMT", date(2026, 3, 2)),
        ("02/03/2026 14:05", date(2026, 3, 2)),  # day first, which feedparser leaves empty
        ("27.11.2025", date(2025, 11, 27)),
        ("2 March 2026", date(2026, 3, 2)),
        ("2026-03-02T01:00:00Z", date(2026, 3, 2)),
        ("yesterday", None),
        ("", None),
    ],
)
def test_days_are_read_as_written(written, day):
    (item,) = items_of(rss(rss_item(1, "http://h.example/1", date=written)))
    assert item.published == day


def test_the_oldest_item_comes_first():
    xml = rss("".join(rss_item(n, f"http://h.example/{n}") for n in (3, 2, 1)))
    assert [i.key for i in items_of(xml)] == ["guid-1", "guid-2", "guid-3"]


def test_an_item_without_guid_is_known_by_its_link_and_without_link_by_its_words():
    xml = rss("<item><title>A</title><link>http://h.example/1</link></item><item><title>B</title></item>")
    second, first = items_of(xml)
    assert first.key == first.link == "http://h.example/1"
    assert (second.link, len(second.key)) == (None, 32)
    assert second.key == items_of(xml)[0].key  # the same at the next poll


def test_the_same_guid_twice_is_one_item_and_with_two_links_two():
    twice = rss(rss_item(1, "http://h.example/1") * 2)
    assert [i.key for i in items_of(twice)] == ["guid-1"]
    lazy = rss(rss_item(1, "http://h.example/1") + rss_item(1, "http://h.example/2"))
    assert {i.key for i in items_of(lazy)} == {"http://h.example/1", "http://h.example/2"}


def test_broken_xml_gives_the_items_that_can_be_read_and_says_so():
    broken = rss(rss_item(1, "http://h.example/1") + rss_item(2, "http://h.example/2"))[:-60] + "&nope; <b>"
    found = read_feed(broken.encode(), URL, {})
    assert "guid-1" in {i.key for i in found.items}
    assert "broken XML" in (found.problem or "")


def test_an_empty_feed_is_one_without_items():
    assert items_of(rss("")) == ()


def test_entities_that_grow_without_end_do_no_harm():
    laughs = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "' + "ha" * 50 + '">'
    laughs += "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9)) + "]>"
    xml = laughs + rss(rss_item(1, "http://h.example/1", summary="&j;")).partition("?>")[2]
    assert all(len(i.text) < 1_000_000 for i in items_of(xml))


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"  \n", "is empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "is no feed"),
        (b'{"version": "https://jsonfeed.org/version/1"}', "is no feed"),
        (
            b"<!DOCTYPE html><html><head><title>x</title></head><body><p>Hello</p></body></html>",
            "is a web page, not a feed",
        ),
        (
            b'<html><head><link rel="alternate" type="application/rss+xml" href="/w/rss"></head></html>',
            "it names http://herald.example/w/rss",
        ),
        (b"<?xml version='1.0'?><sitemap><url>x</url></sitemap>", "is no feed"),
    ],
)
def test_what_is_no_feed_is_said(data, reason):
    with pytest.raises(InputError, match=reason):
        read_feed(data, URL, {"content-type": "text/html"})


@pytest.mark.parametrize(
    ("xml", "kind"),
    [
        (rss(rss_item(1, "http://h/1", "Erdoğan said")).encode("utf-8"), "text/xml"),  # by RFC ASCII; nobody means it
        (rss(rss_item(1, "http://h/1", "Erdoğan said")).encode("utf-8"), "text/html; charset=utf-8"),
        (rss(rss_item(1, "http://h/1", "Erdoğan said")).replace("UTF-8", "iso-8859-9").encode("iso-8859-9"), ""),
        (rss(rss_item(1, "http://h/1", "Erdoğan said")).replace("UTF-8", "utf-16").encode("utf-16"), "application/xml"),
        (rss(rss_item(1, "http://h/1", "Erdoğan said")).encode("utf-8-sig"), "application/rss+xml"),
    ],
)
def test_encodings(xml, kind):
    found = read_feed(xml, URL, {"content-type": kind})
    assert found.items[0].text == "Erdoğan said"
    assert found.problem is None


@pytest.mark.parametrize(
    ("link", "plain"),
    [
        ("http://h.example/a?utm_source=rss&id=3#top", "http://h.example/a?id=3"),
        ("http://h.example/a?q=a%20b&x=", "http://h.example/a?q=a%20b&x="),  # otherwise as written
        ("http://h.example/a?at_medium=RSS&at_campaign=x", "http://h.example/a"),
    ],
)
def test_a_link_is_kept_without_what_tells_where_a_reader_came_from(link, plain):
    assert canonical(link) == plain


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Plain.", "Plain."),
        ("<p>One\n two.</p><p>Three</p>", "One two.\nThree"),
        ("A &amp; B<br/>C", "A & B\nC"),
        ("<p>Said.</p><script>x()</script><figure><figcaption>Reuters</figcaption></figure>", "Said."),
        ("<p>Open <b>ends", "Open ends"),
        ("<script>never closed", ""),
        ("3 < 5 & 6 > 2", "3 < 5 & 6 > 2"),
    ],
)
def test_markup_becomes_paragraphs(html, text):
    assert text_of(html) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Troops left. Continue reading...", "Troops left."),
        ("Troops left.\nThe post Troops leave appeared first on Herald.", "Troops left."),
        ("Troops left. [Read more]", "Troops left."),
        ("Troops left… Read the full story »", "Troops left…"),
        ("Read more books, the minister said, and went on to speak of schools for a quarter of an hour, and of roads, "
         "of rivers and of what the country had done for them.", None),
        ("The minister was clear. Read more books, he said.", None),
        ("Continue reading Talks end in Kemsk →", ""),
        ("He was ready to read. Moreover, the post was lost.", None),
    ],
)  # fmt: skip
def test_a_plug_after_the_text_is_left_out(text, kept):
    assert without_plug(text) == (text if kept is None else kept)
