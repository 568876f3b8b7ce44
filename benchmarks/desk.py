"""Times the desk in headless Chromium over a database of 100,000 events: first view, filters, the reader, every page.

A time is from the click, or from asking for the address, to the frame in which the answer is painted.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from benchmarks.browser import ARGUMENTS, CHROMIUM, served
from benchmarks.common import print_table
from benchmarks.desk_store import EVENTS, make
from dotterel import open_store
from dotterel.store import HeldStore
from dotterel.web.desk import Desk

FILTERS = (  # of the record: name of the field in the form, value
    ("a", "France"), ("b", "United States"), ("q", "border"), ("q", '"ceasefire talks"'), ("type", "ASSAULT"),
    ("since", "2014"), ("until", "2012-06"), ("status", "planned"), ("quad", "4"), ("country", "SYR"),
    ("context", "terrorism"), ("place", "Paris"), ("sure", "80"), ("source", "news"), ("mode", "visit"),
)  # fmt: skip
PAGES = ("/", "/record", "/reports", "/actors", "/dyads", "/network", "/map", "/tallies", "/review", "/corrections")
PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done())))"


def timed(page: Page, act: Callable[[], object]) -> float:
    """Milliseconds from an act to the paint after it."""
    start = time.perf_counter()
    act()
    page.evaluate(PAINTED)
    return 1000 * (time.perf_counter() - start)


def visit(page: Page, address: str) -> float:
    """Milliseconds until a page is loaded and painted."""
    return timed(page, lambda: page.goto(address, wait_until="load"))


def filtered(page: Page, desk: str, name: str, value: str) -> float:
    """Milliseconds from setting one filter of the record until its answer is painted."""
    page.goto(f"{desk}/record", wait_until="networkidle")
    page.evaluate("() => document.querySelectorAll('#filters details').forEach(one => one.open = true)")
    field = page.locator(f"#filters [name={name}]").first
    is_select = field.evaluate("one => one.tagName") == "SELECT"
    page.evaluate("() => document.querySelector('#results').dataset.old = '1'")

    def act() -> None:
        if is_select:
            field.select_option(value)
        else:
            field.fill(value)
            field.press("Enter")
        page.wait_for_selector("#results:not([data-old])", state="attached")

    return timed(page, act)


def long_report(path: Path) -> str:
    """The report of most events."""
    sql = "SELECT report_id FROM events GROUP BY report_id ORDER BY count(*) DESC, report_id LIMIT 1"
    with open_store(path, read_only=True) as store:
        return str(store.query(sql).column(0)[0])


def measure(page: Page, desk: str, report: str, rounds: int) -> dict[str, list[float]]:
    """What is measured -> milliseconds of every try."""
    found = {"first view": [visit(page, desk) for _ in range(rounds)]}
    tries = {f"filter {name} {value}": [filtered(page, desk, name, value) for _ in range(rounds)]
             for name, value in FILTERS}  # fmt: skip
    found["a filter of the record, of all"] = [one for times in tries.values() for one in times]
    found |= tries
    found["reader of the longest report"] = [visit(page, f"{desk}/reports/{report}") for _ in range(rounds)]
    for address in PAGES[1:]:
        found[f"page {address}"] = [visit(page, desk + address) for _ in range(rounds)]
    return found


def rows(found: Mapping[str, list[float]]) -> list[tuple[str, str, str]]:
    """The table: what, median and worst in milliseconds."""
    return [(name, f"{statistics.median(times):,.0f}", f"{max(times):,.0f}") for name, times in found.items()]


def run(path: Path, rounds: int, markdown: bool) -> None:
    """Measure and print."""
    told: dict[str, int] = {"console errors": 0, "requests to other hosts": 0}

    def count(name: str, happened: bool) -> None:
        told[name] += happened

    with sync_playwright() as playwright, served(Desk(HeldStore(path))) as desk:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page: Any = browser.new_page(viewport={"width": 1280, "height": 900})
        page.on("console", lambda message: count("console errors", message.type == "error"))
        page.on("pageerror", lambda error: count("console errors", True))
        page.on("request", lambda sent: count("requests to other hosts", not sent.url.startswith((desk, "data:"))))
        found = measure(page, desk, long_report(path), rounds)
        browser.close()
    print_table("The desk", ("what", "median ms", "worst ms"), rows(found), markdown)
    print_table("Told by the browser", ("what", "count"), [(n, str(c)) for n, c in told.items()], markdown)


def main() -> None:
    """Make a database where none is given, and time the desk over it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", type=Path, help="one that is there; else one is made")
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--rounds", type=int, default=20, help="how often each page and filter is asked for")
    parser.add_argument("--markdown", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.database or Path(folder) / "generated.duckdb"
        if not path.exists():
            make(path, chosen.events)
        run(path, chosen.rounds, chosen.markdown)


if __name__ == "__main__":
    main()
