"""Small databases with acts written by hand, for the tests of analysis."""

import shutil
from collections import defaultdict
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path
from tempfile import mkdtemp

import duckdb

from dotterel.codebook import get
from dotterel.store import open_store

WHO = {
    "RUS": ("state:RUS", "Russia", "RUS", "GOV"), "TUR": ("state:TUR", "Turkey", "TUR", "GOV"),
    "USA": ("state:USA", "United States", "USA", "GOV"), "FRA": ("state:FRA", "France", "FRA", "GOV"),
    "QAT": ("state:QAT", "Qatar", "QAT", "GOV"), "SAU": ("state:SAU", "Saudi Arabia", "SAU", "GOV"),
    "EGY": ("state:EGY", "Egypt", "EGY", "GOV"), "BHR": ("state:BHR", "Bahrain", "BHR", "GOV"),
    "putin": ("person:vladimir-putin", "Vladimir Putin", "RUS", "GOV"),
    "lavrov": ("person:sergei-lavrov", "Sergei Lavrov", "RUS", "GOV"),
    "hollande": ("person:francois-hollande", "François Hollande", "FRA", "GOV"),
    "merkel": ("person:angela-merkel", "Angela Merkel", "DEU", "GOV"),
    "air": ("organ:russian-air-force", "Russian Air Force", "RUS", "MIL"),
    "isis": ("group:islamic-state", "Islamic State", "NSA", "REB"),
    "front": ("group:free-hills-front", "Free Hills Front", "TUR", "REB"),
    "un": ("organisation:united-nations", "United Nations", "IGO", "IGO"),
    "crowd": ("role:CVL-protesters", "protesters", None, "CVL"),
}  # fmt: skip


def act(kind, actors, recipients="", day=None, last=None, **more):
    """An act: its type, who and whom as keys of WHO with blanks between, its day or first and last day."""
    first = date.fromisoformat(day) if day else None
    return {"type": kind, "actors": actors.split(), "recipients": recipients.split(), "first_day": first,
            "last_day": date.fromisoformat(last) if last else first, **more}  # fmt: skip


@cache
def empty():
    """A database without rows, made once."""
    path = Path(mkdtemp()) / "empty.duckdb"
    open_store(path).close()
    return path


def make_store(path, acts, figures=(), stances=(), linked=True, reports=3):
    """A database with those acts; each is one event, and one linked event where `linked`."""
    shutil.copy(empty(), path)
    with duckdb.connect(str(path)) as raw:
        raw.execute("BEGIN")
        insert(raw, "reports", [report(n) for n in range(reports)])
        insert(raw, "actors", [dict(zip(("id", "name", "country", "sector"), who, strict=True)) | {"sectors": [who[3]]}
                               for who in WHO.values()])  # fmt: skip
        written = defaultdict(list)
        for number, one in enumerate(acts):
            for table, rows in act_rows(number, dict(one), linked):
                written[table] += rows
        for table, rows in written.items():
            insert(raw, table, sorted(rows, key=lambda row: tuple(row)))
        insert(raw, "figures", [figure(n, **one) for n, one in enumerate(figures)])
        insert(raw, "stances", [stance(n, *one) for n, one in enumerate(stances)])
        raw.execute("COMMIT")
    return open_store(path, read_only=True)


def report(number):
    return {"id": f"r{number}", "title": f"Report {number}", "published": date(2015, 12, 1 + number),
            "language": "en", "text": f"Report {number}", "coded_by": "test"}  # fmt: skip


def act_rows(number, one, linked):
    """(table, rows) of one act."""
    kind = get(one["type"])
    scores = {mode.name: mode.score for mode in kind.modes}
    event = one.pop("id", f"e{number}")
    in_report = one.pop("report", "r0")
    sides = {"actor": one.pop("actors"), "recipient": one.pop("recipients")}
    mode_score = scores.get(one.get("mode"))
    facts = {"mode": None, "status": "occurred", "confidence": 0.9, "quad": kind.quad, "reason": "by hand",
             "score": kind.score if mode_score is None else mode_score, **one}  # fmt: skip
    facts.setdefault("date", facts["first_day"] and facts["first_day"].isoformat())
    people = [
        {"role": role, "position": n, **dict(zip(("actor_id", "name", "country", "sector"), WHO[who], strict=True)),
         "sectors": [WHO[who][3]], "text": WHO[who][1]}
        for role, side in sides.items() for n, who in enumerate(side)
    ]  # fmt: skip
    spot = {"start_char": 0, "end_char": 1, "kind": "named", "score": 1.0, "reason": "by hand"}
    told = {"trigger": "did", "start_char": 0, "end_char": 1, "sentence": f"Sentence {number}.",
            "sentence_start_char": 0, "sentence_end_char": 1}  # fmt: skip
    yield "events", [{"id": event, "report_id": in_report, "position": number, **facts}]
    yield "event_actors", [{"event_id": event, "report_id": in_report, **each, **spot} for each in people]
    yield "mentions", [{"event_id": event, "report_id": in_report, "position": 0, **told}]
    if linked:
        of = one_linked(event, in_report, facts)
        yield "linked_events", [of]
        yield "linked_members", [{"event_id": event, "linked_id": of["id"], "report_id": in_report,
                                  "component": event}]  # fmt: skip
        yield "linked_actors", [{"linked_id": of["id"], **each, "events": 1} for each in people]


def one_linked(event, in_report, facts):
    return {"id": f"L-{event}", "events": 1, "reports": 1, "sources": 1, "first_report": in_report,
            "first_published": date(2015, 12, 1), "best_event": event, **facts}  # fmt: skip


def figure(number, what="dead", value=None, **more):
    in_report = more.pop("report", "r0")
    text = more.pop("value_text", str(value))
    unit = more.pop("unit", "people")
    return {"report_id": in_report, "position": number, "value": value, "value_text": text, "unit": unit,
            "what": what, "sentence": "A sentence.", "start_char": 0, "end_char": 1, "reason": "by hand",
            **more}  # fmt: skip


def stance(number, holder, position, toward):
    return {
        "report_id": "r0",
        "position": number,
        "holder": holder,
        "toward": toward,
        "stance": position,
        "issue": "issue",
        "sentence": "A sentence.",
        "start_char": 0,
        "end_char": 1,
        "reason": "by hand",
    }


def insert(raw, table, rows):
    for names, alike in groupby(rows, key=tuple):
        cells = [list(row.values()) for row in alike]
        marks = ", ".join(f"({', '.join('?' * len(names))})" for _ in cells)
        raw.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES {marks}", [cell for row in cells for cell in row])
