from contextlib import contextmanager
from itertools import pairwise

import pytest

from dotterel.coder import Coder
from dotterel.errors import StoreError
from dotterel.feeds.articles import LOST_TRIES, TRIES, is_about, is_whole
from dotterel.feeds.items import Item, read_feed
from dotterel.feeds.plan import Feed, read_plan
from dotterel.feeds.polling import due_at, is_due, sorted_out
from dotterel.feeds.state import FeedState, State, Task, state_path
from dotterel.feeds.status import feed_rows, item_rows
from dotterel.feeds.watching import Round, interleaved, open_watcher, summary
from dotterel.feeds.web import FetchError
from dotterel.reading.text import report_from_text
from dotterel.store import open_store
from dotterel.types import Coding, Failure
from newsroom import FILE, FakeClock, Page, article, newsroom, place, rss, rss_item

HOUR, DAY = 3600.0, 86400.0
FEED = Feed("http://h.example/rss", "Herald", 900.0, True, False, None)


class PlainCoder:
    """Codes nothing, and can be made to stop in the middle."""

    def __init__(self):
        self.seen = []
        self.stop_at = None

    def pipe(self, reports):
        for report in reports:
            if self.stop_at is not None and len(self.seen) == self.stop_at:
                raise KeyboardInterrupt
            self.seen.append(report.id)
            yield Failure(report.id, "broke") if "unspeakable" in report.text else Coding(report)


@pytest.fixture
def room():
    with newsroom() as opened:
        yield opened


class Desk:
    """A plan, a clock and a coder; `watch` runs rounds as processes of their own would."""

    def __init__(self, folder, room):
        self.room, self.clock, self.coder, self.told = room, FakeClock(), PlainCoder(), []
        self.path, self.database = folder / "feeds.toml", folder / "news.duckdb"

    def plan(self, *urls, **keys):
        lines = ["[watch]", 'database = "news.duckdb"', 'contact = "me@uni.example"', 'delay = "1s"']
        for n, url in enumerate(urls):
            lines += ["[[feeds]]", f'url = "{url}"', f'name = "Herald {n}"']
            lines += [
                f"{key} = {str(value).lower() if isinstance(value, bool) else repr(value)}"
                for key, value in keys.items()
            ]
        self.path.write_text("\n".join(lines))
        return self

    @contextmanager
    def open(self):
        with open_watcher(read_plan(self.path), self.coder, self.clock, self.told.append) as watcher:
            yield watcher

    def once(self):
        with self.open() as watcher:
            return watcher.round(once=True)

    def reports(self):
        if not self.database.exists():
            return []
        with open_store(self.database, read_only=True) as store:
            return store.query("SELECT * FROM reports ORDER BY url, title").to_pylist()

    def failures(self):
        with open_store(self.database, read_only=True) as store:
            return list(store.failures())

    def feed(self, n=0):
        plan = read_plan(self.path)
        with State(state_path(self.database), read_only=True) as state:
            return state.feed(plan.feeds[n].url)

    def notes(self):
        return {link: (outcome, note) for link, outcome, note in item_rows(read_plan(self.path))}


@pytest.fixture
def desk(tmp_path, room):
    return Desk(tmp_path, room)


def test_new_items_are_fetched_coded_and_stored_once(desk, room):
    links = room.add_articles(range(3))
    desk.plan(room.rss(range(3)))
    assert desk.once() == Round(polled=1, new=3, coded=3)
    reports = desk.reports()
    assert [r["url"] for r in reports] == links
    assert reports[0]["source"] == "Herald 0"
    assert str(reports[0]["published"]) == "2026-03-02"
    assert "condemned the attack" in reports[0]["text"]
    assert "All rights reserved" not in reports[0]["text"]
    room.add_articles(range(4))
    room.rss(range(1, 4))
    assert desk.once() == Round(polled=1, new=1, coded=1)
    assert desk.once() == Round(polled=1)
    assert len(desk.reports()) == 4


def test_an_unchanged_feed_costs_one_short_answer(desk, room):
    room.add_articles(range(1))
    desk.plan(room.rss(range(1), etag='"one"'))
    room.pages["/rss.xml"].headers["Last-Modified"] = "Mon, 02 Mar 2026 10:00:00 GMT"
    desk.once()
    room.asked.clear()
    assert desk.once() == Round(polled=1)
    ((path, headers),) = room.asked
    assert (path, headers["if-none-match"]) == ("/rss.xml", '"one"')
    assert headers["if-modified-since"] == "Mon, 02 Mar 2026 10:00:00 GMT"


def test_a_watch_polls_at_its_interval_for_ever(desk, room):
    room.add_articles(range(9))
    desk.plan(room.rss(range(2)))
    rounds, start = [], desk.clock.now()

    def done(found):
        rounds.append((desk.clock.now() - start, found))
        room.rss(range(2 + len(rounds)))
        if len(rounds) == 4:
            raise KeyboardInterrupt

    with desk.open() as watcher, pytest.raises(KeyboardInterrupt):
        watcher.run(done)
    assert [found.coded for _, found in rounds] == [2, 1, 1, 1]
    gaps = [later[0] - sooner[0] for sooner, later in pairwise(rounds)]
    assert all(900 - 60 <= gap <= 900 * 1.1 + 10 for gap in gaps)


def test_a_restart_does_not_poll_before_its_time(desk, room):
    room.add_articles(range(1))
    desk.plan(room.rss(range(1)))
    for wait, polled in ((0, 1), (60, 0), (1000, 1)):
        desk.clock.time += wait
        with desk.open() as watcher:
            assert watcher.round().polled == polled


def test_whole_text_in_the_feed_is_taken_and_no_page_fetched(desk, room):
    long = "<p>" + " ".join(f"Troops shelled {place(n)} at dawn, officials said." for n in range(30)) + "</p>"
    item = rss_item(1, f"{room.url}/news/1.html", more=f"<content:encoded><![CDATA[{long}]]></content:encoded>")
    room.pages["/rss.xml"] = Page(rss(item))
    desk.plan(f"{room.url}/rss.xml")
    assert desk.once().coded == 1
    assert room.paths() == ["/rss.xml"]
    assert "Troops shelled Pesna 29 at dawn" in desk.reports()[0]["text"]


def test_full_text_false_never_fetches_a_page(desk, room):
    desk.plan(room.rss(range(2)), full_text=False)
    assert desk.once().coded == 2
    assert room.paths() == ["/rss.xml"]
    assert desk.reports()[0]["text"].endswith("Troops shelled Lysne 0, officials said.")
    assert desk.notes() == {}


def test_where_robots_forbid_only_the_feeds_own_text_is_used_and_said_so(desk, room):
    (link,) = room.add_articles(range(1))
    room.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /news/\n")
    desk.plan(room.rss(range(1)))
    assert desk.once().coded == 1
    assert room.paths() == ["/rss.xml"]
    assert desk.notes()[link] == (
        "stored",
        "robots.txt of 127.0.0.1 forbids to fetch it; the feed's own text was coded",
    )


def test_where_robots_forbid_the_feed_it_is_not_polled(desk, room):
    room.pages["/robots.txt"] = Page("User-agent: dotterel\nDisallow: /\n")
    desk.plan(room.rss(range(1)))
    assert desk.once() == Round(polled=1, troubled=1)
    assert room.paths() == []
    assert "robots.txt of 127.0.0.1 forbids" in desk.told[0]


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (Page("gone", 404), "its page answers 404"),
        (Page("pay", 402), "its page answers 402"),
        (Page("%PDF-1.4", headers={"Content-Type": "application/pdf"}), "its page is application/pdf"),
        (Page("<html><body><p>Please log in.</p></body></html>"), "its page holds no article"),
        (Page(""), "its page gives no report"),
        (Page(b"\x00\x01\x02" * 500), "its page: is a binary file"),
        (
            Page("<html><body>" + "<p>We value your privacy and use cookies to improve what you see.</p>" * 20),
            "another text",
        ),
        (Page(status=302, headers={"Location": FILE}), "no http or https address"),
        (Page(status=302, headers={"Location": "/news/0.html"}), "in a circle"),
        (Page(b"x" * 11_000_000), "larger than 10 MB"),
    ],
)
def test_a_page_that_is_no_article_leaves_the_feeds_own_text(desk, room, page, why):
    desk.plan(room.rss(range(1)))
    room.pages["/news/0.html"] = page
    assert desk.once().coded == 1
    ((outcome, note),) = desk.notes().values()
    assert outcome == "stored"
    assert why in note
    assert note.endswith("the feed's own text was coded")


def test_without_a_text_in_the_feed_it_is_a_recorded_failure(desk, room):
    item = f"<item><title>Storm</title><link>{room.url}/x</link></item><item><guid isPermaLink='false'>7</guid></item>"
    room.pages["/rss.xml"] = Page(rss(item))
    desk.plan(f"{room.url}/rss.xml")
    assert desk.once() == Round(polled=1, new=2, failed=2)
    found = {f.path: f.reason for f in desk.failures()}
    assert found[f"{room.url}/x"] == "its page answers 404; and its feed gives no text"
    assert "no words" in found[f"{room.url}/rss.xml#7"]
    assert {outcome for outcome, _ in desk.notes().values()} == {"failed"}
    assert any("answers 404" in line for line in desk.told)
    assert desk.once() == Round(polled=1)


def test_a_report_that_cannot_be_coded_is_a_recorded_failure(desk, room):
    room.pages["/rss.xml"] = Page(rss(rss_item(1, f"{room.url}/x", "The unspeakable happened.") + rss_item(2, None)))
    desk.plan(f"{room.url}/rss.xml", full_text=False)
    assert desk.once() == Round(polled=1, new=2, coded=1, failed=1)
    assert [(f.path, f.reason) for f in desk.failures()] == [(f"{room.url}/x", "broke")]


@pytest.mark.parametrize(
    "link",
    ["http://169.254.169.254/latest/meta-data/", FILE, "http://localhost:1/", "javascript:alert(1)"],
)
def test_a_feed_cannot_make_dotterel_ask_a_private_address(desk, room, link):
    desk.plan(room.rss(range(1)))
    room.pages["/rss.xml"] = Page(rss(rss_item(1, link)))
    with State(state_path(desk.database)) as state:
        list_as_of_a_public_feed(desk, room, state)
    assert desk.once().coded == 1
    ((outcome, note),) = desk.notes().values()
    assert outcome == "stored"
    assert "private network" in note or "no http or https address" in note


def list_as_of_a_public_feed(desk, room, state):
    with state.transaction():
        for item in read_feed(room.pages["/rss.xml"].data, f"{room.url}/rss.xml", {}).items:
            state.list_item(f"{room.url}/rss.xml", item, "listed", False, desk.clock.now(), None)


def test_a_feed_on_a_private_address_may_link_to_one(desk, room):
    room.add_articles(range(1))
    desk.plan(room.rss(range(1)))
    assert desk.once().coded == 1
    assert room.paths()[-1] == "/news/0.html"


def test_a_server_in_trouble_is_asked_again_when_it_says(desk, room):
    desk.plan(room.rss(range(1)), full_text=False)
    good = room.pages["/rss.xml"]
    room.pages["/rss.xml"] = Page("busy", 503, {"Retry-After": "7200"})
    assert desk.once() == Round(polled=1, troubled=1)
    assert "answers 503; asked again 2027-01-15 10:" in desk.told[0]
    room.pages["/rss.xml"] = good
    desk.clock.time += HOUR
    assert desk.once() == Round()  # not even with --once
    desk.clock.time += HOUR * 1.2
    assert desk.once() == Round(polled=1, new=1, coded=1)
    assert (desk.feed().failures, desk.feed().note) == (0, None)


def test_failures_in_a_row_are_counted_and_waited_for_longer(desk, room):
    desk.plan(f"{room.url}/none")
    waits = []
    for n in range(1, 10):
        assert desk.once().troubled == 1
        assert desk.feed().failures == n
        waits.append(desk.feed().wait_until - desk.clock.now())
        desk.clock.time = desk.feed().wait_until
    assert waits[0] >= 1800
    assert waits == sorted(waits) or waits[-1] <= DAY * 1.1
    assert DAY <= waits[-1] <= DAY * 1.1


def test_a_feed_that_is_gone_is_told_and_never_polled_again(desk, room):
    room.pages["/rss.xml"] = Page("", 410)
    desk.plan(f"{room.url}/rss.xml")
    assert desk.once() == Round(polled=1, troubled=1)
    assert "is gone for good (410)" in desk.told[0]
    desk.clock.time += 30 * DAY
    assert desk.once() == Round()
    with desk.open() as watcher:
        watcher.run(lambda found: pytest.fail("nothing is left to do"))


def test_a_feed_that_has_moved_for_good_is_asked_where_it_is(desk, room):
    room.pages["/old"] = Page(status=301, headers={"Location": "/rss.xml"})
    room.rss(range(1))
    desk.plan(f"{room.url}/old", full_text=False)
    assert desk.once().coded == 1
    assert f"has moved to {room.url}/rss.xml; write that into FEEDS.toml" in desk.told[0]
    room.asked.clear()
    assert desk.once() == Round(polled=1)
    assert room.paths() == ["/rss.xml"]
    del room.pages["/rss.xml"]  # and is asked at its old address again where it is no more
    desk.once()
    desk.clock.time += DAY
    room.asked.clear()
    desk.once()
    assert room.paths()[0] == "/old"


def test_a_lost_network_loses_nothing(desk, room, monkeypatch):
    desk.plan(room.rss(range(3)))
    room.add_articles(range(3))
    with desk.open() as watcher:
        get = watcher._articles._web.get

        def lost(url, *args, **more):
            if "/news/" in url:
                raise FetchError("its server cannot be reached", lost=True)
            return get(url, *args, **more)

        monkeypatch.setattr(watcher._articles._web, "get", lost)
        assert watcher.round() == Round(polled=1, new=3, waiting=3)
        room.pages["/rss.xml"] = Page(rss(""))  # meanwhile the feed has gone on
        desk.clock.time += 30
        assert watcher.round().waiting == 3
        monkeypatch.undo()
        desk.clock.time += 300
    assert desk.once() == Round(polled=1, coded=3)
    assert {r["url"] for r in desk.reports()} == {f"{room.url}/news/{n}.html" for n in range(3)}


def test_a_page_in_trouble_is_tried_a_few_times_then_the_feeds_text_is_taken(desk, room):
    desk.plan(room.rss(range(1)))
    room.pages["/news/0.html"] = Page("busy", 503)
    rounds = 0
    while not desk.reports():
        desk.once()
        desk.clock.time += DAY
        rounds += 1
    assert rounds == TRIES < LOST_TRIES  # a page that cannot be reached gets more, as it may be our own network
    ((_, note),) = desk.notes().values()
    assert note == "its page answers 503; the feed's own text was coded"


def test_a_host_that_asks_for_peace_gets_it_for_all_its_pages(desk, room):
    desk.plan(room.rss(range(5)))
    room.add_articles(range(5))
    room.pages["/news/4.html"] = Page("slow down", 429, {"Retry-After": "600"})
    room.pages["/news/0.html"] = Page("slow down", 429, {"Retry-After": "600"})
    assert desk.once().waiting == 5
    assert len(room.paths()) == 2  # the feed and one page


def test_an_article_that_two_feeds_name_is_read_once(desk, room):
    room.add_articles(range(3))
    one, two = room.rss(range(2), "/one.xml"), room.rss(range(1, 3), "/two.xml")
    desk.plan(one, two)
    assert desk.once() == Round(polled=2, new=3, coded=3)
    assert sorted(room.paths()) == sorted([*(f"/news/{n}.html" for n in range(3)), "/one.xml", "/two.xml"])


def test_items_in_another_language_are_left_out_where_asked(desk, room):
    room.pages["/fr.xml"] = Page(rss(rss_item(1, f"{room.url}/1"), "<language>fr</language>"))
    desk.plan(f"{room.url}/fr.xml", language="en")
    assert desk.once() == Round(polled=1)
    assert feed_rows(read_plan(desk.path))[0][3:7] == (0, 0, 0, 0)


def test_a_text_that_is_not_english_is_a_recorded_failure(desk, room):
    french = "Les troupes russes ont bombardé le village dans la nuit et les habitants ont dit que la centrale " * 3
    room.pages["/fr.xml"] = Page(rss(rss_item(1, f"{room.url}/1", french)))
    desk.plan(f"{room.url}/fr.xml", full_text=False)
    assert desk.once().failed == 1
    assert "not in English" in desk.failures()[0].reason


def test_a_broken_feed_gives_what_it_has_and_says_so(desk, room):
    xml = rss(rss_item(1, None) + rss_item(2, None))[:-40] + "<oops>&nope;"
    room.pages["/rss.xml"] = Page(xml)
    desk.plan(f"{room.url}/rss.xml")
    assert desk.once().coded >= 1
    assert "is broken XML" in desk.told[0]


def test_a_page_instead_of_a_feed_is_said(desk, room):
    room.pages["/x"] = Page("<!DOCTYPE html><html><body>Hello</body></html>")
    desk.plan(f"{room.url}/x")
    assert desk.once() == Round(polled=1, troubled=1)
    assert "is a web page, not a feed; asked again" in desk.told[0]


def test_a_watch_stopped_at_any_report_goes_on_and_stores_each_once(desk, room):
    desk.plan(room.rss(range(6)), full_text=False)
    for stop in (0, 2, 5):
        desk.coder.stop_at = len(desk.coder.seen) + stop
        with pytest.raises(KeyboardInterrupt):
            desk.once()
    desk.coder.stop_at = None
    room.rss(range(0))
    assert desk.once().coded == 6
    assert len({r["id"] for r in desk.reports()}) == len(desk.reports()) == 6


def test_a_report_stored_but_not_marked_is_not_stored_again(desk, room, monkeypatch):
    desk.plan(room.rss(range(3)), full_text=False)
    with desk.open() as watcher:
        monkeypatch.setattr(watcher, "_settle", lambda *_: 1 / 0)  # killed between the two
        with pytest.raises(ZeroDivisionError):
            watcher.round()
    assert len(desk.reports()) == 3
    assert desk.once().present == 3
    assert len(desk.reports()) == 3
    assert desk.once().waiting == 0


def test_a_database_that_somebody_reads_is_waited_for_and_the_coding_kept(desk, room, monkeypatch):
    desk.plan(room.rss(range(2)), full_text=False)
    with desk.open() as watcher:
        real = watcher._writer.write

        def in_use(*_):
            raise StoreError("news.duckdb: is in use by another process; wait")

        watcher._writer.write = in_use
        assert watcher.round() == Round(polled=1, new=2, waiting=2)
        assert "is in use by another process; wait; 2 items kept for later" in desk.told[-1]
        watcher._writer.write = real
        desk.clock.time += 61
        assert watcher.round() == Round(coded=2)
    assert len(desk.coder.seen) == 2


def test_the_database_can_be_read_while_a_watch_is_running(desk, room):
    desk.plan(room.rss(range(2)), full_text=False)
    with desk.open() as watcher:
        watcher.round()
        assert len(desk.reports()) == 2
        assert feed_rows(read_plan(desk.path))[0][3] == 2


def test_only_one_watch_at_a_time(desk, room):
    desk.plan(room.rss(range(1)))
    with desk.open(), pytest.raises(StoreError, match="another dotterel watch is running"), desk.open():
        pass
    with desk.open():
        pass


def test_a_memory_that_is_none_is_said(desk, room):
    desk.plan(room.rss(range(1)))
    state_path(desk.database).write_text("no database, " * 100)
    with pytest.raises(StoreError, match=r"news\.watch\.sqlite: cannot be used"), desk.open():
        pass


def test_the_same_story_twice_in_a_feed_is_stored_once(desk, room):
    twin = rss_item(1, None).replace("guid-1", "other")
    room.pages["/rss.xml"] = Page(rss(rss_item(1, None) + twin))
    desk.plan(f"{room.url}/rss.xml")
    assert desk.once() == Round(polled=1, new=2, coded=1, present=1)
    assert len(desk.reports()) == 1


def item(key, link=None, language=None):
    return Item(key, link, key, None, "", language)


def test_what_is_new_is_decided_by_key_and_link():
    items = [item("a", "l1"), item("b", "l2"), item("c", "l2"), item("d"), item("e", "l3", "fr"), item("f", "l9")]
    feed = Feed("u", "n", 900, True, False, "en")
    found = [(i.key, outcome) for i, outcome, _ in sorted_out(items, feed, {"a"}, {"l9"})]
    assert found == [("b", "listed"), ("c", "same"), ("d", "listed"), ("e", "left out"), ("f", "same")]


@pytest.mark.parametrize(
    ("state", "now", "once", "due"),
    [
        (FeedState("u"), 1000.0, False, True),  # never polled
        (FeedState("u", polled=1000.0), 1100.0, False, False),
        (FeedState("u", polled=1000.0), 2000.0, False, True),
        (FeedState("u", polled=1000.0), 1100.0, True, True),  # --once does not mind the interval
        (FeedState("u", polled=1000.0, wait_until=5000.0), 2000.0, True, False),  # but minds Retry-After
        (FeedState("u", polled=1000.0, gone=True), 9e9, True, False),
    ],
)
def test_when_a_feed_is_due(state, now, once, due):
    assert is_due(FEED, state, now, once) is due


def test_a_shorter_interval_in_the_file_counts_at_once():
    state = FeedState(FEED.url, polled=1000.0)
    assert due_at(Feed(FEED.url, "H", 86400.0, True, False, None), state) > 87000
    assert due_at(FEED, state) < 2000


def test_pages_are_asked_in_turns_by_host():
    tasks = [
        Task("f", str(n), link, False, 0) for n, link in enumerate(["http://a/1", "http://a/2", "http://b/1", None])
    ]
    assert [t.key for t in interleaved(tasks)] == ["0", "2", "3", "1"]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("word " * 150, True),
        ("word " * 149, False),
        ("word " * 200 + "[…]", False),
        ("word " * 200 + "Continue reading", False),
        ("word " * 200 + "Read more...", False),
    ],
)
def test_a_whole_text(text, whole):
    assert is_whole(text) is whole


@pytest.mark.parametrize(
    ("title", "text", "about"),
    [
        ("Russian troops shell the village of Kemsk", article(2), True),
        ("Russian troops shell the village of Kemsk", "We value your privacy. Accept cookies.", False),
        ("War in brief", "Whatever", True),  # too few words to judge by
    ],
)
def test_a_page_is_about_its_item(title, text, about):
    assert is_about(Item("k", "l", title, None, "", None), text) is about


def test_a_round_in_one_line(tmp_path):
    found = Round(polled=3, troubled=1, new=12, coded=1, events=34, failed=1)
    assert summary(found, tmp_path / "n.duckdb", 1_800_000_000.0) == (
        "2027-01-15 08:00 UTC: 3 feeds polled, 12 new items, 1 report coded, 34 events, 1 failed, 1 feed not read;"
        f" in {tmp_path / 'n.duckdb'}"
    )


def test_a_report_kept_over_a_restart_is_coded_as_it_was_read(tmp_path):
    report = report_from_text("Attack\n\nMOSCOW, Feb. 14 (Reuters) - Troops shelled Kemsk today, officials said.")
    assert report.dateline_day
    with State(tmp_path / "s.sqlite") as state:
        with state.transaction():
            state.list_item("u", item("a", "l"), "listed", False, 1.0, None)
        (task,) = state.listed(["u"], 2.0, 9)
        state.keep_report(task, report, None)
        (task,) = state.read(["u"], 2.0, 9)
    assert task.report == report
    assert task.report.dateline_day == report.dateline_day
    assert Coder().code(task.report).events == Coder().code(report).events
