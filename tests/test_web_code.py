"""Pasting a text and dropping a file: what is coded is shown and not kept, what cannot be read is told and kept."""

from __future__ import annotations

import gzip
import json
import tempfile
import time
from pathlib import Path

import pytest

from dotterel.store import open_store
from dotterel.web.giving import lot_of_text, shown_name, suffix_of
from dotterel.web.tray import MOST_HELD, Lot, Tray, code_lot
from hostile import BREAKOUT, MARKUP
from manners import faults

VISIT = "Norway's prime minister visited Sweden on Monday. Denmark condemned the visit."
PAGE = b"<html><head><title>Oslo hosts talks</title></head><body><p>" + b"Norway met Sweden. " * 20 + b"</p>"
FRENCH = (
    "Les ministres de la France et de la Norvège se sont vus hier à Oslo, et ils ont dit que la paix est dans les "
    "mains de tous les pays du nord, mais que le temps est court pour les accords de cette année."
)


def give(client, text="", name=None, data=b"", **fields):
    """Send the form; the answer to it, not of the page that it leads to."""
    files = {"file": (name or "", data)}
    sent = {"text": text, "title": "", "published": "", **fields}
    return client.post("/code", data=sent, files=files, follow_redirects=False)


def finished(client, answer):
    """Where the text is shown once it is coded."""
    assert answer.status_code == 303, answer.text[:2000]
    where = answer.headers["location"]
    until = time.monotonic() + 60
    while not client.get(f"{where}/progress").json()["finished"]:
        assert time.monotonic() < until
        time.sleep(0.05)
    return where


def counted(database):
    with open_store(database, read_only=True) as store:
        return store.counts()["reports"]


def test_a_pasted_text_is_coded_shown_and_added_only_when_asked(client, database):
    where = finished(client, give(client, VISIT, title="Two visits", published="2016-02-03"))
    page = client.get(where).text
    assert "Two visits" in page
    assert page.count('class="record event') >= 2
    assert "2016-02-01" in page, "Monday is counted from the day of publication"
    assert "not in the database" in page
    assert 'id="adding"' not in page, "what is not kept cannot be corrected"
    added = client.post(f"{where}/add", data={"number": "1"})
    assert "Added to the database, with " in added.text
    assert added.url.path.startswith("/reports/")
    again = client.post(f"{where}/add", data={"number": "1"})
    assert "in the database already" in again.text
    assert "in the database" in client.get(where).text


def test_nothing_is_written_before_it_is_asked(client, database):
    before = database.read_bytes()
    finished(client, give(client, VISIT))
    assert database.read_bytes() == before


@pytest.mark.parametrize(
    ("given", "told", "reason"),
    [
        ({}, "there is nothing to read yet", "nothing at all"),
        ({"text": " \n "}, "there is nothing to read yet", "blanks"),
        ({"text": "12 34"}, "has no words", "no words"),
        ({"text": FRENCH}, "not in English", "another language"),
        ({"text": "word " * 200_001}, "1,000,000", "too long"),
        ({"text": VISIT, "published": "someday"}, "is no date", "a day that is none"),
        ({"text": VISIT, "name": "a.txt", "data": b"Oslo met Rome."}, "take one of them out", "two things"),
        ({"name": "a.txt", "data": b"\x00\x01\x02\x03" * 99}, "a.txt: is a binary file", "a binary file"),
        ({"name": "a.png", "data": b"\x89PNG\r\n\x1a\n\x00\x00\x00\x01" * 9}, "binary", "a picture"),
        ({"name": "a.txt", "data": b""}, "a.txt: ", "an empty file"),
        ({"name": "a.jsonl", "data": b'{"no": "text"}\n'}, "a.jsonl", "a table without texts"),
        ({"name": "a.parquet", "data": b"PAR1 not"}, "a.parquet", "a broken table"),
        ({"name": "a.json", "data": b"[" * 100_000}, "a.json", "nested too deeply"),
    ],
)
def test_what_cannot_be_read_is_told_and_what_was_written_is_kept(client, given, told, reason):
    answer = give(client, **{"title": "My title", **given})
    assert answer.status_code == 400, reason
    assert told in answer.text, reason
    assert "My title" in answer.text
    if given.get("text", "").strip():
        kept = answer.text.split("<textarea")[1].split(">", 1)[1].split("</textarea>")[0]
        assert kept.strip().replace("&#39;", "'") == given["text"].strip()
    assert "/tmp" not in answer.text, "no path of this machine is told"


def test_a_file_of_many_reports_is_listed(client, database):
    rows = [{"text": VISIT, "title": "First"}, {"text": FRENCH}, {"text": "Peru thanked Chile.", "title": "Third"}]
    data = "\n".join(json.dumps(row) for row in rows).encode()
    where = finished(client, give(client, name="wires.jsonl", data=data))
    page = client.get(where).text
    assert "wires.jsonl" in page
    assert f'href="{where}/1"' in page
    assert f'href="{where}/2"' not in page
    assert "not in English" in page
    assert client.get(f"{where}/3").status_code == 200
    assert client.get(f"{where}/2").status_code == 404
    assert client.get(f"{where}/0").status_code == 404
    answer = client.post(f"{where}/add", data={})
    assert "Added 2 of 2 reports" in answer.text
    client.desk.store.close()  # the desk lets the file go only when nobody has looked for some time
    assert counted(database) == 11


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("page.html", PAGE),
        ("rows.csv", b"title,text\nTalks,Norway met Sweden in Oslo.\n"),
        ("no suffix", b'{"text": "Norway met Sweden in Oslo."}'),
        ("rows.CSV.gz", gzip.compress(b"title,text\nTalks,Norway met Sweden in Oslo.\n", mtime=0)),
        ("REPORT.TXT", "Norway’s envoy met Sweden’s.".encode("cp1252")),
    ],
)  # fmt: skip
def test_every_kind_of_file_is_read(client, name, data):
    page = client.get(finished(client, give(client, name=name, data=data))).text
    assert 'class="record event' in page


def test_a_files_name_is_never_a_path(client, tmp_path, monkeypatch):
    folder = tmp_path / "private"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    name = f"../../etc/{MARKUP}.txt"
    page = client.get(finished(client, give(client, name=name, data=VISIT.encode()))).text
    assert MARKUP not in page
    assert "&lt;img src=x onerror=alert(1)&gt;.txt" in page
    assert not list(folder.iterdir()), "the private folder is gone"


@pytest.mark.parametrize(
    ("name", "shown", "suffix"),
    [
        ("a.txt", "a.txt", ".txt"),
        ("../../a.HTML", "a.HTML", ".html"),
        ("C:\\news\\a.csv", "a.csv", ".csv"),
        ("a.jsonl.gz", "a.jsonl.gz", ".jsonl"),
        ("a.exe", "a.exe", ""),
        ("a.txt\x00.exe", "a.txt\ufffd.exe", ""),
        ("\u202efdp.txt", "\ufffdfdp.txt", ".txt"),
        ("/", "file", ""),
        ("x" * 500, "x" * 120, ""),
    ],
)
def test_names_of_files(name, shown, suffix):
    assert shown_name(name) == shown
    assert suffix_of(name) == suffix


def test_a_hostile_text_is_text(client):
    text = f"France {BREAKOUT} met Norway {MARKUP} in Oslo. {{{{ 7*7 }}}} &lt; \ud7ff \x00 end."
    page = client.get(finished(client, give(client, text, title=f"Title {MARKUP}"))).text
    assert MARKUP not in page
    assert BREAKOUT not in page
    assert "<script>alert" not in page
    assert "{{ 7*7 }}" in page


def test_without_a_script_the_page_asks_again_by_itself(client):
    lot = lot_of_text(VISIT, None, None)
    client.desk.tray._lots[lot.id] = lot  # held, but nobody codes it
    page = client.get(f"/code/{lot.id}").text
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "Waiting" in page
    assert client.get(f"/code/{lot.id}/progress").json() == {"stage": "waiting", "done": 0, "of": 1, "finished": False}
    assert client.get(f"/code/{lot.id}/1").status_code == 404


def test_a_few_are_held(client):
    tray = Tray()
    lots = [lot_of_text(f"Oslo met Rome {n} times.", None, None) for n in range(MOST_HELD + 1)]
    for lot in lots:
        tray.put(lot)
    assert tray.get(lots[0].id) is None
    assert tray.get(lots[-1].id) is lots[-1]
    assert len(lots[0].id) > 20, "cannot be guessed"
    answer = client.get("/code/none-such")
    assert answer.status_code == 404
    assert "Paste it again" in answer.text


def test_only_a_form_of_the_desk_is_heeded(client):
    client.headers["x-desk-secret"] = "wrong"
    assert give(client, VISIT).status_code == 403


def test_pasting_and_dropping_in_the_browser(database, serving, page):
    base = serving(database)
    page.goto(f"{base}/code")
    page.get_by_label("Text of the report").fill(VISIT)
    page.get_by_role("button", name="Read it").click()
    page.locator("article.reader").wait_for(timeout=60_000)
    page.wait_for_load_state()  # its scripts too
    page.keyboard.press("n")
    assert page.locator(".record.lit").count() == 1
    page.get_by_role("link", name="Read another").click()
    example = Path(__file__).parents[1] / "examples" / "wires.jsonl"
    page.locator("input[type=file]").set_input_files(example)
    page.get_by_role("button", name="Read it").click()
    page.get_by_role("button", name="Add all").click(timeout=60_000)
    page.locator("#notice").get_by_text("in the database").wait_for()
    assert faults(page) == []
    page.goto(f"{base}/code")
    assert faults(page) == []


def test_a_file_is_dropped_anywhere_on_the_page(database, serving, page):
    page.goto(f"{serving(database)}/code")
    page.evaluate(
        """() => {
            const held = new DataTransfer();
            held.items.add(new File(["Norway met Sweden in Oslo."], "drop.txt"));
            document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: held, bubbles: true, cancelable: true }));
        }"""
    )
    page.get_by_role("button", name="Read it").click()
    page.locator("article.reader").wait_for(timeout=60_000)
    assert "drop.txt" in page.locator(".source").inner_text()


def test_a_lot_that_breaks_the_coder_says_so_and_leaves_the_thread_to_others():
    lot = Lot("odd", [None])  # nothing that a reader hands on
    code_lot(lot)
    assert lot.finished
    assert "please report it" in lot.coded[0].reason
