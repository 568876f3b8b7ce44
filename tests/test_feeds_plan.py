import re
from pathlib import Path

import pytest

from dotterel.errors import InputError
from dotterel.feeds.plan import duration, host_of, read_plan, shown
from newsroom import FILE

GOOD = '[watch]\ndatabase = "news.duckdb"\ncontact = "me@uni.example"\n'
FEED = '[[feeds]]\nurl = "https://news.example/rss"\n'


def plan_of(tmp_path, text, **more):
    path = tmp_path / "feeds.toml"
    path.write_text(text)
    return read_plan(path, **more)


def test_a_feed_takes_what_the_watch_says_unless_it_says_otherwise(tmp_path):
    text = GOOD + 'every = "1h"\nlanguage = "EN"\nfull_text = false\n' + FEED
    text += '[[feeds]]\nurl = "http://b.example/"\nname = "B"\nevery = "5m"\nfull_text = true\nlanguage = "fr"\n'
    plan = plan_of(tmp_path, text)
    assert plan.database == tmp_path / "news.duckdb"
    first, second = plan.feeds
    assert (first.name, first.every, first.full_text, first.language) == ("news.example", 3600, False, "en")
    assert (second.name, second.every, second.full_text, second.language) == ("B", 300, True, "fr")


def test_an_interval_given_wins_over_the_file(tmp_path):
    assert plan_of(tmp_path, GOOD + FEED, every=120.0).feeds[0].every == 120


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("[watch", ["is not TOML", "docs/feeds.md"]),
        (GOOD, ["names no feed", "[[feeds]]"]),
        ("[watch]\n" + FEED, ["[watch]: contact is missing", 'write contact = "you@']),
        ('[watch]\ncontact = "nobody"\n' + FEED, ["[watch]: contact", "neither a mail address nor a page"]),
        (GOOD + "[[feeds]]\nname = 'X'\n", ["feed 1: url is missing", "https://"]),
        (GOOD + "[[feeds]]\nurl = '" + FILE + "'\n", ["feed 1: url", "must begin with http"]),
        (GOOD + "[[feeds]]\nurl = 'https://'\n", ["feed 1: url", "no address"]),
        (GOOD + "[[feeds]]\nurl = 'https://a:x@b.example/'\n", ["feed 1: url"]),  # a password would be logged
        (GOOD + FEED + FEED, ["feed 2: url is that of feed 1"]),
        (GOOD + FEED + "every = '10s'\n", ["feed 1: every", "out of bounds", "1m and 7d"]),
        (GOOD + FEED + "every = 15\n", ["feed 1: every = 15", '"15m"']),
        (GOOD + FEED + "every = 'often'\n", ["feed 1: every", "no length of time"]),
        (GOOD + FEED + "full_text = 'yes'\n", ["feed 1: full_text = 'yes'", "true or false"]),
        (GOOD + FEED + "langauge = 'en'\n", ["feed 1: langauge is no key", "language"]),
        (GOOD + FEED + "language = 'English'\n", ["feed 1: language", '"en"']),
        (GOOD + FEED + "name = ''\n", ["feed 1: name", "no text"]),
        (GOOD + FEED + "name = 3\n", ["feed 1: name = 3", "quotation marks"]),
        (GOOD.replace("duckdb", "csv") + FEED, ["[watch]: database", ".duckdb"]),
        ("feeds = 3\n" + GOOD, ["names no feed"]),
        ("feeds = [3]\n" + GOOD, ["feed 1: must be a table"]),
        ("watch = 3\n" + FEED, ["[watch]: must be a table"]),
        ("[web]\n" + GOOD + FEED, ["web is no section"]),
    ],
)
def test_a_fault_is_told_in_one_line_with_file_section_key_and_way_out(tmp_path, text, parts):
    with pytest.raises(InputError) as caught:
        plan_of(tmp_path, text)
    message = str(caught.value)
    assert message.startswith(str(tmp_path / "feeds.toml") + ": ")
    assert "\n" not in message
    assert [part for part in parts if part not in message] == []


def test_a_file_that_is_not_there_or_no_text_is_told(tmp_path):
    with pytest.raises(InputError, match=r"feeds\.toml: cannot be read .*docs/feeds\.md"):
        read_plan(tmp_path / "feeds.toml")
    (tmp_path / "b.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="UTF-8"):
        read_plan(tmp_path / "b.toml")


@pytest.mark.parametrize(
    ("words", "seconds"),
    [("90s", 90), ("15m", 900), ("1.5h", 5400), ("1d", 86400), ("15", None), ("m", None), ("-1m", None), ("1w", None)],
)
def test_lengths_of_time(words, seconds):
    assert duration(words) == seconds


def test_a_length_of_time_is_shown_in_its_largest_unit():
    assert [shown(s) for s in (30, 60, 5400, 604800)] == ["30s", "1m", "1.5h", "7d"]


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://A.example/x", "a.example"),
        ("http://[::1]:80/", "::1"),
        ("http://a.example:99999/", None),  # no port
        ("http://[::1/", None),
        ("ftp://a.example/", None),
        ("javascript:alert(1)", None),
        ("//a.example/x", None),  # no scheme
        ("http:///x", None),
        ("http://a.example/x y", None),  # would end the request line
        ("http://a.example/\r\nX: y", None),
        ("http://a.example\\@b.example/", None),  # read differently by different libraries
    ],
)
def test_only_addresses_of_the_web_have_a_host(url, host):
    assert host_of(url) == host


def test_the_example_and_the_file_of_the_page_are_good(tmp_path):
    root = Path(__file__).parents[1]
    page = (root / "docs" / "feeds.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"^```toml\n(.*?)^```$", page, re.DOTALL | re.MULTILINE)
    plan = plan_of(tmp_path, block)
    assert plan.feeds == read_plan(root / "examples" / "feeds.toml").feeds
    assert [feed.every for feed in plan.feeds] == [900, 3600, 900]
