import gzip
import socket
import threading
import time
import tracemalloc
import zlib

import pytest

from dotterel.feeds import web as module
from dotterel.feeds.addresses import PrivateError, is_private, public_address
from dotterel.feeds.robots import ForbiddenError, Robots
from dotterel.feeds.web import FetchError, Web, within
from newsroom import FILE, FakeClock, Page, bomb, newsroom


@pytest.fixture
def room():
    with newsroom() as opened:
        yield opened


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def web(clock):
    return Web("me@uni.example", 2.0, clock)


def fails(web, url, **more):
    with pytest.raises(FetchError) as caught:
        web.get(url, "*/*", **{"private": True, **more})
    return caught.value


def test_a_request_says_who_asks_and_how_to_reach_them(room, web):
    room.pages["/a"] = Page("hello")
    answer = web.get(f"{room.url}/a", "text/html", private=True, given={"If-None-Match": '"x"'})
    assert (answer.status, answer.body, answer.moved_to) == (200, b"hello", None)
    headers = room.asked[0][1]
    assert headers["user-agent"].startswith("dotterel/")
    assert "contact: me@uni.example" in headers["user-agent"]
    assert (headers["accept"], headers["if-none-match"]) == ("text/html", '"x"')


def test_requests_to_one_host_keep_their_distance(room, web, clock):
    for _ in range(3):
        web.get(f"{room.url}/a", "*/*", private=True)
    assert clock.slept == [2.0, 2.0]
    web.get(f"{room.url}/a", "*/*", private=True, check=lambda url: 7.0)  # what robots.txt asks for
    web.get(f"{room.url}/a", "*/*", private=True)
    assert clock.slept[-1] == 7.0


def test_a_clock_put_back_stops_nothing(room, web, clock):
    web.get(f"{room.url}/a", "*/*", private=True)
    clock.time -= 86400
    web.get(f"{room.url}/a", "*/*", private=True)
    assert clock.slept == []


@pytest.mark.parametrize(("status", "lasting"), [(301, True), (308, True), (302, False), (307, False), (303, False)])
def test_redirects_are_followed_and_lasting_ones_told(room, web, status, lasting):
    room.pages |= {"/old": Page(status=status, headers={"Location": "/new#top"}), "/new": Page("hello")}
    answer = web.get(f"{room.url}/old", "*/*", private=True)
    assert (answer.body, answer.url) == (b"hello", f"{room.url}/new")
    assert answer.moved_to == (f"{room.url}/new" if lasting else None)


def test_a_lasting_redirect_after_a_passing_one_is_a_passing_one(room, web):
    room.pages |= {
        "/a": Page(status=301, headers={"Location": "/b"}),
        "/b": Page(status=302, headers={"Location": "/c"}),
        "/c": Page("hello"),
    }
    assert web.get(f"{room.url}/a", "*/*", private=True).moved_to is None


def test_circles_and_long_ways_of_redirects_end(room, web):
    room.pages |= {
        "/a": Page(status=302, headers={"Location": "/b"}),
        "/b": Page(status=302, headers={"Location": "/a"}),
    }
    assert "in a circle" in fails(web, f"{room.url}/a").reason
    room.pages |= {f"/{n}": Page(status=302, headers={"Location": f"/{n + 1}"}) for n in range(10)}
    assert "more than 5 times" in fails(web, f"{room.url}/0").reason


@pytest.mark.parametrize("target", [FILE, "ftp://127.0.0.1/", "javascript:1", "gopher://x/", "http://:80/"])
def test_nothing_but_the_web_is_followed_to(room, web, target):
    room.pages["/a"] = Page(status=302, headers={"Location": target})
    error = fails(web, f"{room.url}/a")
    assert "no http or https address" in error.reason
    assert not error.lost


def test_a_private_address_is_refused_before_anything_is_sent(room, web):
    error = fails(web, f"{room.url}/a", private=False)
    assert "private network (127.0.0.1); allow_private" in error.reason
    assert not error.lost
    assert room.asked == []


@pytest.mark.parametrize(
    "host", ["localhost", "127.1", "2130706433", "0x7f000001", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"]
)
def test_other_spellings_of_a_private_address_are_refused_too(room, web, host):
    port = room.url.rpartition(":")[2]
    fails(web, f"http://{host}:{port}/a", private=False)
    assert room.asked == []


def test_a_public_name_that_leads_to_a_private_address_is_refused(room, web, monkeypatch):
    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.7", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answer)
    assert "private network (news.example)" in fails(web, "http://news.example/", private=False).reason


def test_a_host_with_a_public_and_a_private_address_is_refused(monkeypatch):
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("8.8.8.8", "192.168.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(PrivateError):
        public_address("news.example", 80)


@pytest.mark.parametrize(
    ("address", "private"),
    [
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("192.168.1.1", True),
        ("169.254.169.254", True),  # where clouds keep their keys
        ("100.64.0.1", True),
        ("0.0.0.0", True),
        ("224.0.0.1", True),
        ("::1", True),
        ("fe80::1%eth0", True),
        ("fd00::1", True),
        ("::ffff:10.0.0.1", True),
        ("64:ff9b::a00:1", True),  # 10.0.0.1 by way of a translator
        ("2002:a00:1::", True),
        ("8.8.8.8", False),
        ("2606:4700::1111", False),
        ("64:ff9b::808:808", False),
    ],
)
def test_private_addresses(address, private):
    assert is_private(address) is private


def test_the_proxy_of_the_environment_is_used_and_a_private_address_stays_refused(room, web, monkeypatch):
    room.pages |= {"http://news.example/a": Page("by proxy"), "/b": Page("directly")}
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, room.url)
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(module, "addresses", lambda host, port: ["127.0.0.1" if host == "127.0.0.1" else "8.8.8.8"])
    assert web.get("http://news.example/a", "*/*").body == b"by proxy"
    assert "private network" in fails(web, f"{room.url}/b", private=False).reason
    assert web.get(f"{room.url}/b", "*/*", private=True).body == b"directly"


def test_packed_answers_are_unpacked(room, web):
    room.pages["/gz"] = Page(gzip.compress(b"hello"), headers={"Content-Encoding": "gzip"})
    room.pages["/z"] = Page(zlib.compress(b"hello"), headers={"Content-Encoding": "deflate"})
    assert web.get(f"{room.url}/gz", "*/*", private=True).body == b"hello"
    assert web.get(f"{room.url}/z", "*/*", private=True).body == b"hello"


def test_huge_answers_and_bombs_are_cut_short(room, web):
    room.pages["/big"] = Page(b"x" * (module.LARGEST + 1))
    room.pages["/bomb"] = Page(bomb(300 * 1024 * 1024), headers={"Content-Encoding": "gzip"})
    tracemalloc.start()
    for path in ("/big", "/bomb"):
        assert "larger than 10 MB" in fails(web, room.url + path).reason
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 100 * 1024 * 1024


@pytest.mark.parametrize(
    ("body", "encoding", "reason"), [(b"hello", "gzip", "is damaged"), (b"hello", "br", "packed as 'br'")]
)
def test_what_cannot_be_unpacked_is_said(room, web, body, encoding, reason):
    room.pages["/a"] = Page(body, headers={"Content-Encoding": encoding})
    assert reason in fails(web, f"{room.url}/a").reason


def test_a_slow_server_is_given_up(room, web, monkeypatch):
    monkeypatch.setattr(module, "LONGEST", 0.3)
    room.pages["/a"] = Page("late", wait=300)
    started = time.monotonic()
    error = fails(web, f"{room.url}/a")
    assert "took longer than" in error.reason
    assert error.lost
    assert time.monotonic() - started < 60


def test_a_server_that_is_not_there_is_a_lost_connection(web):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    error = fails(web, f"http://127.0.0.1:{port}/")
    assert "cannot be reached" in error.reason
    assert error.lost


def test_a_name_that_does_not_exist_is_a_lost_connection(web, monkeypatch):
    def unknown(*_, **__):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    for private in (True, False):
        error = fails(web, "http://news.example/", private=private)
        assert "no network" in error.reason
        assert error.lost


def test_a_server_that_breaks_off_is_a_lost_connection(web):
    server = socket.create_server(("127.0.0.1", 0))
    port = server.getsockname()[1]

    def answer():
        other, _ = server.accept()
        other.recv(65536)
        other.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nhalf")
        other.close()

    threading.Thread(target=answer, daemon=True).start()
    error = fails(web, f"http://127.0.0.1:{port}/")
    server.close()
    assert "broke off" in error.reason
    assert error.lost


def test_a_function_within_a_time_returns_raises_or_is_given_up():
    assert within(60, lambda: 3) == 3
    with pytest.raises(ZeroDivisionError):
        within(60, lambda: 1 / 0)
    with pytest.raises(FetchError, match="longer"):
        within(0.05, lambda: time.sleep(1))


class Memory:
    def __init__(self):
        self.kept = {}

    def robots(self, origin):
        return self.kept.get(origin)

    def keep_robots(self, origin, text, fetched):
        self.kept[origin] = (text, fetched)


def test_robots_are_asked_once_a_day_and_obeyed(room, web, clock):
    rules = "User-agent: *\nDisallow: /private/\n\nUser-agent: dotterel\nCrawl-delay: 5\nDisallow: /paid/\n"
    room.pages["/robots.txt"] = Page(rules)
    check = Robots(web, Memory(), clock).check(True)
    assert check(f"{room.url}/news/1") == 5
    assert check(f"{room.url}/private/1") == 5  # that group is not ours
    with pytest.raises(ForbiddenError, match=r"robots\.txt of 127\.0\.0\.1 forbids"):
        check(f"{room.url}/paid/1")
    assert len(room.asked) == 1
    clock.time += 90_000
    check(f"{room.url}/news/1")
    assert len(room.asked) == 2


def test_wildcards_of_robots_are_understood(room, web, clock):
    room.pages["/robots.txt"] = Page("User-agent: *\nDisallow: /*/video/\nAllow: /a/video/free\nCrawl-delay: 86400\n")
    check = Robots(web, Memory(), clock).check(True)
    assert check(f"{room.url}/a/video/free") == 60  # a day between two pages is no offer
    with pytest.raises(ForbiddenError):
        check(f"{room.url}/b/video/1")


@pytest.mark.parametrize(("status", "allowed"), [(404, True), (403, True), (500, False), (503, False), (429, False)])
def test_without_robots_all_is_allowed_and_with_a_server_in_trouble_nothing(room, web, clock, status, allowed):
    room.pages["/robots.txt"] = Page(status=status)
    check = Robots(web, Memory(), clock).check(True)
    if allowed:
        assert check(f"{room.url}/a") == 0
    else:
        with pytest.raises(FetchError) as caught:
            check(f"{room.url}/a")
        assert caught.value.lost
