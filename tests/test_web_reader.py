"""The reader: texts and spans cut into segments, what the page says of the record, and reports that hold markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from dotterel.store import open_store
from dotterel.web.reading_view import reading_of, web_address
from dotterel.web.segments import UNSHOWN, Span, paragraphs, segments, stretches
from hostile import BREAKOUT, MARKUP, TEXT, hostile_coding


def cut(text, spans):
    """(words, kinds, keys by span) of every segment."""
    return [(s.text, " ".join(s.kinds), s.records) for s in segments(text, 0, len(text), spans)]


TEXT_AND_SPANS = [
    ("Oslo met Rome", [], [("Oslo met Rome", "", ())], "no spans: one segment"),
    (
        "Oslo met Rome",
        [Span(5, 8, "trigger", "e1", quad=1)],
        [("Oslo ", "", ()), ("met", "trigger", (("e1",),)), (" Rome", "", ())],
        "one span in the middle",
    ),
    (
        "Oslo met Rome",
        [Span(0, 4, "actor", "e1"), Span(0, 4, "actor", "e2"), Span(0, 4, "place", "p1")],
        [("Oslo", "actor place", (("e1", "e2", "p1"),)), (" met Rome", "", ())],
        "the same words for several records are one span",
    ),
    (
        "Oslo met Rome",
        [Span(0, 13, "quote", "q1"), Span(5, 8, "trigger", "e1")],
        [("Oslo ", "quote", (("q1",),)), ("met", "trigger quote", (("e1",), ("q1",))), (" Rome", "quote", (("q1",),))],
        "nested: the inner span first",
    ),
    (
        "Oslo met Rome",
        [Span(0, 8, "quote", "q1"), Span(5, 13, "figure", "f1")],
        [("Oslo ", "quote", (("q1",),)), ("met", "quote figure", (("q1",), ("f1",))), (" Rome", "figure", (("f1",),))],
        "crossing: as long as each other, in order",
    ),
    (
        "Oslo met Rome",
        [Span(0, 4, "actor", "e1"), Span(4, 8, "trigger", "e1")],
        [("Oslo", "actor", (("e1",),)), (" met", "trigger", (("e1",),)), (" Rome", "", ())],
        "one ends where the next begins",
    ),
    ("Oslo", [Span(2, 2, "time", "e1")], [("Oslo", "", ())], "an empty span marks nothing"),
    ("Oslo", [Span(2, 90, "time", "e1")], [("Os", "", ()), ("lo", "time", (("e1",),))], "a span beyond the end"),
    ("🕊 met 🕊", [Span(2, 5, "trigger", "e1")],
     [("🕊 ", "", ()), ("met", "trigger", (("e1",),)), (" 🕊", "", ())], "birds"),
    ("a\x00b\rc", [], [("a\ufffdb c", "", ())], "what HTML would lose is shown as a sign of its own"),
    ("", [Span(0, 0, "actor", "e1")], [], "nothing at all"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "spans", "expected", "reason"), TEXT_AND_SPANS)
def test_segments(text, spans, expected, reason):
    assert cut(text, spans) == expected, reason


def test_ends_and_quads():
    spans = [Span(0, 4, "actor", "e1", "who"), Span(0, 8, "", "a1", "source"), Span(5, 8, "trigger", "e1", quad=3)]
    found = list(segments("Oslo hit Rome", 0, 13, spans))
    assert [s.ends for s in found] == [("e1:who",), (), ("a1:source",), ()]
    assert [s.quad for s in found] == [0, 0, 3, 0]


@pytest.mark.parametrize(
    ("text", "after", "expected"),
    [
        ("Title\n\nOne.\n\nTwo.", 5, ["One.", "Two."]),
        ("One\nline two.\n\n\n\nThree.\n", 0, ["One\nline two.", "Three."]),
        ("\n\n\nA", 0, ["A"]),
        ("  \n\n ", 0, []),
        ("", 0, []),
    ],
)
def test_stretches(text, after, expected):
    assert [text[a:b] for a, b in stretches(text, after)] == expected


def test_a_span_over_two_paragraphs_lights_both():
    text = "One two.\n\nThree four."
    found = list(paragraphs(text, [Span(4, 15, "quote", "q1"), Span(10, 15, "actor", "e1")]))
    assert [[(s.text, s.keys) for s in p.segments] for p in found] == [
        [("One ", set()), ("two.", {"q1"})],
        [("Three", {"q1", "e1"}), (" four.", set())],
    ]
    assert [p.start for p in found] == [0, 10]


def test_offsets_go_to_the_page_and_back():
    """Every segment holds exactly the characters of the text that stand at its place."""
    view = reading_of(hostile_coding())
    whole = [*view.title, *(s for p in view.paragraphs for s in p.segments)]
    assert len(whole) > 10
    for one in whole:
        assert one.text == TEXT[one.start : one.start + len(one.text)].translate(UNSHOWN)
    gaps = re.sub(
        "|".join(re.escape(one.text) for one in sorted(whole, key=lambda s: -len(s.text))), "", TEXT.translate(UNSHOWN)
    )
    assert not gaps.strip(), "nothing but line ends lies between paragraphs"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://courier.example/a?b=c", True),
        ("HTTP://courier.example/", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("data:text/html,<b>", False),
        ("//courier.example/a", False),
        ("https:/courier.example", False),
        ("file" + ":///etc/passwd", False),
        ("http://[broken", False),
        ("", False),
        (None, False),
    ],
)
def test_only_addresses_of_the_web_are_links(url, expected):
    assert (web_address(url) is not None) is expected


class Elements(HTMLParser):
    """Counts the elements of a page, and keeps what its attributes hold."""

    def __init__(self):
        super().__init__()
        self.tags, self.hrefs, self.handlers = {}, [], []

    def handle_starttag(self, tag, attrs):
        self.tags[tag] = self.tags.get(tag, 0) + 1
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        self.hrefs += [value for name, value in attrs if name in ("href", "src", "action")]


def elements(page):
    found = Elements()
    found.feed(page)
    return found


def test_a_report_that_holds_markup_is_text(client, database):
    with open_store(database) as store:
        store.add(hostile_coding())
    page = client.get("/reports/bad0").text
    found = elements(page)
    assert found.tags["img"] == 1, "the bird of the desk alone"
    assert found.tags["script"] == 5, "those of the desk alone"
    assert "i" not in found.tags
    assert not found.handlers
    assert not [href for href in found.hrefs if "javascript" in href.lower()]
    assert "49" not in re.sub(r"\d{3,}", "", page.split("<h1")[1].split("</h1>")[0]), "no template is run"
    assert MARKUP not in page
    assert BREAKOUT not in page


@pytest.fixture
def moscow(database):
    """The id of a report of the examples, and its events."""
    with open_store(database, read_only=True) as store:
        coding = next(c for c in store.codings() if "Moscow" in c.report.text and c.report.dateline == "MOSCOW")
    return coding


def test_what_the_page_says_of_a_report(client, moscow):
    page = client.get(f"/reports/{moscow.report.id}").text
    assert page.count('class="record event') == len(moscow.events)
    assert "2015-11-26" in page
    assert "MOSCOW" in page
    assert "/events/L-" in page, "each event leads to the act that it tells"
    for told in (*moscow.quotes, *moscow.figures):
        assert told.reason.replace("'", "&#39;") in page, "reasons are told"


def test_the_address_lights_up_a_record(client, moscow):
    event = moscow.events[3].id
    page = client.get(f"/reports/{moscow.report.id}?event={event}").text
    assert re.search(rf'<li class="record event q\d lit" id="event-{event}"', page)
    assert ' lit"' in page.split("record-side")[0], "its words are lit up without a script"
    assert client.get(f"/reports/{moscow.report.id}?event=none-such&record=x").status_code == 200


def test_the_address_tells_which_kinds_are_marked(client, moscow):
    def shown(query):
        return re.search(r'data-shown="([^"]*)"', client.get(f"/reports/{moscow.report.id}{query}").text)[1]

    assert shown("") == "trigger actor time place quote figure"
    assert shown("?kinds=time&kinds=actor&kinds=<b>") == "actor time"
    assert shown("?kinds=none") == ""


def test_a_report_that_is_not_there(client):
    answer = client.get("/reports/none-such")
    assert answer.status_code == 404
    assert "no report none-such" in answer.text


def test_corrections_and_merges_are_shown(client, database, moscow):
    report, (first, second, third) = moscow.report, moscow.events[:3]
    actor = third.actors[0].actor
    with open_store(database) as store:
        number = store.reject(first.id)
        store.edit(second.id, date="2015-12", place="Aleppo, SYR", actors=["Vladimir Putin"])
        added = store.add_event(report.id, "CONSULT", "told a joint news conference", actors=["Russia"])
        into = next(m.actor for e in moscow.events for m in e.actors if m.actor.id != actor.id)
        store.merge(actor.id, into.id)
        now = store.current(report.id)
    assert now is not None
    assert now.standing[second.id].corrected == "edited"
    assert now.standing[f"{report.id}-c{added}"].corrected == "added"
    assert [e.id for e in now.rejected] == [first.id]
    assert now.standing[first.id].rejection == number
    edited = next(e for e in now.coding.events if e.id == second.id)
    assert edited.interval.iso() == "2015-12"
    assert edited.interval.start == edited.interval.end
    assert edited.place.name == "Aleppo"
    assert not [m for e in now.coding.events for m in e.actors if m.actor.id == actor.id], "merged away"
    page = client.get(f"/reports/{report.id}").text
    assert page.count("by hand</span>") == 2
    assert 'class="rejected" open' in client.get(f"/reports/{report.id}?event={first.id}").text
    rejected = page.split('class="rejected"')[1].split("</details>")[0]
    assert first.type in rejected
    assert f'name="number" value="{number}"' in rejected
    client.post("/corrections/undo", data={"number": number, "next": f"/reports/{report.id}"})
    assert 'class="rejected"' not in client.get(f"/reports/{report.id}").text


def test_a_record_without_corrections_is_the_coding(database):
    with open_store(database, read_only=True) as store:
        for coding in store.codings():
            now = store.current(coding.report.id)
            assert now.coding == coding
            assert not now.rejected


def test_a_decision_about_somebody_else_changes_no_record(database, moscow):
    """The way over the views of corrections gives the same as the straight way."""
    with open_store(database) as store:
        everybody = store.actors().column("actor_id").to_pylist()
        here = {m.actor.id for e in moscow.events for m in (*e.actors, *e.recipients, e.attribution) if m}
        a, b = [one for one in everybody if one not in here and one not in str(moscow)][:2]
        store.merge(a, b)
        now = store.current(moscow.report.id)
    assert now.coding == moscow
