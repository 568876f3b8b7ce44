"""Whatever is asked of the desk, by whomever: it neither tells nor changes what it must not, and makes no mistake."""

from __future__ import annotations

import http.client
import re
import shutil
import socket
from pathlib import Path
from select import select
from urllib.parse import quote, urlsplit

import pytest
from starlette.datastructures import FormData, QueryParams
from starlette.routing import Route
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from dotterel.store import HeldStore, open_store
from dotterel.web.app import create_app
from dotterel.web.desk import Desk
from dotterel.web.filters import Filters
from dotterel.web.guard import LARGEST_BODY
from hostile import hostile_coding
from sample import BRIGADE, FRONT, make_coding

CODING, OTHER = make_coding(), make_coding(" It rained.")
ID, EVENT, AGAIN = CODING.report.id, CODING.events[0].id, OTHER.events[0].id
WORDS = ("'\"; DROP TABLE events; -- ../../../etc/passwd <script>{{7*7}}%s\u202e\ufffe", "\x00", "9" * 400, "-1.5")
# Names that every view of the record reads in one place are asked with all words there alone.
SHARED = {"theme", *Filters.__dataclass_fields__}
# What makes a path lead to something, where it does not by itself.
LEADING = {
    "/corrections/edit": {"event": EVENT},
    "/review/event": {"event": EVENT},
    "/actors/complete": {"q": "front"},
    "/plots/actor": {"id": FRONT.id},
    "/map/clusters": {"x0": "-180", "x1": "180", "y0": "-90", "y1": "90"},
    "/map/acts": {"latitude": "60.5", "longitude": "10.25"},
    "/dyad": {"a": FRONT.id, "b": "NOR"},
}
HELD = {"report_id": ID, "event_id": f"L-{EVENT}", "actor_id": FRONT.id, "lot": "none", "number": "1"}
SECRETS = ("root:", "[project]", "Traceback", "site-packages")  # of files and of mistakes


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Two reports of the same, and one that tries to be more than text."""
    path = tmp_path_factory.mktemp("requests") / "record.duckdb"
    with open_store(path) as store:
        store.add_many([CODING, OTHER, hostile_coding()])
        store.accept(EVENT)
    return path


@pytest.fixture
def database(made, tmp_path):
    return Path(shutil.copy(made, tmp_path / "record.duckdb"))


@pytest.fixture
def names(monkeypatch):
    """The names that are read of addresses and forms, noted as they are read."""
    read = {}

    def noting(real):
        def noted(self, name, *rest):
            read.setdefault(name)
            return real(self, name, *rest)

        return noted

    for kind in (QueryParams, FormData):
        for method in ("get", "getlist", "__getitem__", "__contains__"):
            monkeypatch.setattr(kind, method, noting(getattr(kind, method)))
    return read


def paths(client, method):
    """The paths that are asked in that way, with what their parts are called."""
    routes = create_app(client.desk)._app.routes
    return [one.path for one in routes if isinstance(one, Route) and method in one.methods]


def filled(path, **values):
    """A path with its parts filled in."""
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda part: quote((HELD | values)[part[1]], safe=""), path)


def everything(client):
    """Every row of the database."""
    with client.desk.store.reading() as store:
        tables = store.query(
            "SELECT table_name AS t FROM information_schema.tables WHERE table_type = 'BASE TABLE' ORDER BY t"
        )
        names = tables.column("t").to_pylist()
        return {name: store.query(f"SELECT * FROM {name} ORDER BY ALL").to_pylist() for name in names}


def sound(answer):
    """Whether an answer is none of a mistake, and tells nothing that it must not."""
    assert answer.status_code in (200, 303, 307, 400, 404), (answer.url, answer.status_code)
    assert not [secret for secret in SECRETS if secret in answer.text], answer.url
    return answer


def test_no_word_of_an_address_makes_a_mistake_or_changes_anything(client, names):
    before, asked = everything(client), 0
    for path in paths(client, "GET"):
        base, done, at = LEADING.get(path, {}), set(), filled(path)
        names.clear()
        sound(client.get(at, params=base, follow_redirects=False))
        while new := [name for name in names if name not in done]:
            for name in new:
                done.add(name)
                words = WORDS[:1] if name in SHARED and path != "/record" else WORDS
                for word in words:
                    sound(client.get(at, params=base | {name: word}, follow_redirects=False))
                    asked += 1
    assert asked > 300
    assert everything(client) == before


def test_no_word_of_a_path_makes_a_mistake(client):
    before = everything(client)
    for path in paths(client, "GET"):
        for part in re.findall(r"\{(\w+)", path):
            for word in (*WORDS, "..", ".", "../..", "a/b", "L-", "\\..\\..", "%2e%2e"):
                sound(client.get(filled(path, **{part: word}), follow_redirects=False))
    assert everything(client) == before


FIELDS = {"event": EVENT, "type": "AGREE", "number": "1", "report": ID, "words": "raid", "actor": BRIGADE.id,
          "into": FRONT.id, "name": "X", "text": "The Front", "event_a": EVENT, "event_b": AGAIN}  # fmt: skip


def test_no_word_of_a_form_makes_a_mistake_or_touches_what_was_coded(client, names):
    with client.desk.store.reading() as store:
        before = list(store.codings())
    for path in [path for path in paths(client, "POST") if path != "/code"]:  # which changes nothing
        names.clear()
        sound(client.post(filled(path), data=FIELDS, follow_redirects=False))
        for name in list(names):
            for word in ("", *WORDS[:2], "x" * 100_000):
                answer = client.post(
                    filled(path), data=FIELDS | {name: [word, word]}, headers={"accept": "application/json"},
                    follow_redirects=False,
                )  # fmt: skip
                assert answer.status_code in (200, 303, 400, 403, 404), (path, name, answer.text)
    with client.desk.store.reading() as store:
        assert list(store.codings()) == before
    for path in ("/", "/record", "/corrections", "/actors", f"/reports/{ID}", f"/reports/{ID}?event={EVENT}"):
        assert client.get(path).status_code == 200, path


@pytest.mark.parametrize(
    ("headers", "body", "status", "reason"),
    [
        ({"content-type": "application/json"}, b'{"event": 1}', 400, "no form"),
        ({"content-type": "text/plain"}, b"event=1", 400, "as another site may send without asking"),
        ({}, b"event=1", 400, "of no kind"),
        ({"content-type": "multipart/form-data"}, b"--x", 400, "no boundary"),
        ({"content-type": "multipart/form-data; boundary=x"}, b"--y\r\nnothing", 400, "another boundary"),
        ({"content-type": "multipart/form-data; boundary=x; charset=unicode_escape"},
         b'--x\r\nContent-Disposition: form-data; name="event"\r\n\r\n\\ud800\r\n--x--\r\n', 415, "half a letter"),
        ({"content-type": "application/x-www-form-urlencoded; charset=utf-7"}, b"event=+AG", 415, "another alphabet"),
        ({"content-type": "application/x-www-form-urlencoded"}, b"&".join([b"a=b"] * 2000), 400, "too many fields"),
        ({"content-type": "application/x-www-form-urlencoded"}, b"event=%ed%a0%80%ff", 400, "letters that are none"),
        ({"content-length": "many"}, b"", 400, "a length that is none"),
        ({"content-length": str(LARGEST_BODY + 1)}, b"", 413, "too long, as it says"),
        ({"content-length": "9" * 5000}, b"", 413, "far too long"),
        ({"content-type": "application/x-www-form-urlencoded"}, b"event=" + b"x" * LARGEST_BODY, 413, "too long"),
        ({"content-type": "application/x-www-form-urlencoded", "content-length": "7"}, b"x" * (LARGEST_BODY + 1), 413,
         "longer than it says"),
    ],
)  # fmt: skip
def test_what_is_no_form_is_told(client, headers, body, status, reason):
    before = everything(client)
    answer = client.post("/corrections/accept", content=body, headers=headers)
    assert answer.status_code == status, (reason, answer.text)
    assert "Traceback" not in answer.text
    assert everything(client) == before


def test_what_is_sent_without_end_is_cut(database, serving):
    at = urlsplit(serving(database))
    piece = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    with socket.create_connection((at.hostname, at.port), timeout=10) as line:
        line.sendall(
            b"POST /corrections/accept HTTP/1.1\r\nHost: " + at.netloc.encode() + b"\r\nTransfer-Encoding: chunked\r\n"
            b"Content-Type: application/x-www-form-urlencoded\r\n\r\n"
        )
        sent = 0
        while sent < 10 * LARGEST_BODY and not select([line], [], [], 0)[0]:
            line.sendall(piece)
            sent += len(piece)
        assert sent < 2 * LARGEST_BODY
        assert line.recv(1000).startswith(b"HTTP/1.1 413 ")


ELSEWHERE = [
    "/static/../../../../pyproject.toml",
    "/static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/pyproject.toml",
    "/static/..%2f..%2fapp.py",
    "/static/%2e%2e%2fapp.py",
    "/static/..%5c..%5capp.py",
    "/static/....//app.py",
    "/static/.%00./app.py",
    "/static//etc/passwd",
    "/static/%2fetc%2fpasswd",
    "/static/desk.css%00.html",
    "/static/",
    "/static/" + "a" * 5000,
    "/bokeh/" + "../" * 12 + "etc/passwd",
    "/bokeh/..%2f..%2f..%2f__init__.py",
    "/bokeh/%2e%2e/%2e%2e/%2e%2e/__init__.py",
    "/bokeh/",
    "/reports/..%2f..%2f..%2f..%2fetc%2fpasswd",
    "/actors/../../../../etc/passwd",
    "/code/..%2f..%2fpyproject.toml/progress",
    "//etc/passwd",
    "/%2fetc%2fpasswd",
    "http://evil.example/etc/passwd",
    "/record/export?format=../../etc/passwd",
]


def test_no_path_leads_to_another_file(database, serving):
    at = urlsplit(serving(database))
    for path in ELSEWHERE:
        line = http.client.HTTPConnection(at.hostname, at.port, timeout=10)
        line.request("GET", path)
        answer = line.getresponse()
        body = answer.read().decode()
        line.close()
        assert answer.status in (400, 404, 421), (path, answer.status)
        assert not [word for word in (*SECRETS, "annotations", "__init__") if word in body], path


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:80", 200), ("localhost:x", 421), ("localhost.evil.example", 421), ("127.0.0.1.evil.example", 421),
        ("evil.example#127.0.0.1", 421), ("127.0.0.1@evil.example", 421), ("[::1", 421), ("[::1].evil.example", 421),
        ("0.0.0.0", 421), ("127.1", 421), ("", 421), (" ", 421), ("2130706433", 421), ("[::ffff:127.0.0.1]", 421),
    ],
)  # fmt: skip
def test_only_names_of_this_machine_lead_to_the_desk(client, host, status):
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == status
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_socket_that_stays_open_is_not_let_in(client):
    for path in ("/", "/static/desk.js"):
        with pytest.raises(WebSocketDisconnect), client.websocket_connect(path, headers={"host": "evil.example"}):
            pass


def test_a_token_in_an_address_leads_nowhere_else(database):
    token = "of sixteen letters"
    app = create_app(Desk(HeldStore(database), host="0.0.0.0", token=token))
    with TestClient(app, base_url="http://10.0.0.5", follow_redirects=False) as client:
        for path, expected in (
            ("/record", "/record?a=b"),
            ("//evil.example/x", "/?a=b"),
        ):
            answer = client.get(f"http://10.0.0.5{path}", params={"a": "b", "token": token})
            assert (answer.status_code, answer.headers["location"]) == (303, expected)
            assert "HttpOnly" in answer.headers["set-cookie"]
            assert "SameSite=strict" in answer.headers["set-cookie"]
