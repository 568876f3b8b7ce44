"""Takes the pictures of docs/desk/: every page of the desk in a real browser; `python docs/screens.py`.

Reports and actors are those of examples/; an event told by several reports, dyads, network, map and tallies are of a
generated database (`python -m benchmarks.desk_store`). Needs Chromium and the development libraries.
"""

from __future__ import annotations

import io
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks.browser import ARGUMENTS, CHROMIUM, served
from benchmarks.desk_store import make
from PIL import Image
from playwright.sync_api import Page, sync_playwright

from dotterel import Coder, Coding, open_store, read
from dotterel.store import HeldStore
from dotterel.web.desk import Desk

HERE = Path(__file__).parent
PICTURES = HERE / "desk"
GENERATED = 8_000  # events of the generated database
WIDE, NARROW = (1280, 860), (390, 844)
EXAMPLE_PAGES = {  # name of the picture -> address; {...} are filled from the database
    "overview": "/",
    "record": "/record?a=France&b=Russia&since=2015-11-26&until=2015-11-26",
    "reader": "/reports/{report}?event={event}",
    "actor": "/actors/{actor}",
    "review": "/review",
    "corrections": "/corrections",
    "code": "/code",
}
GENERATED_PAGES = {
    "event": "/events/{linked}",
    "dyad": "/dyad?a={a}&b={b}&by=month",
    "network": "/network",
    "map": "/map",
    "tallies": "/tallies?what=dead&whose=source&period=year",
}
MOST = (
    "SELECT {0} FROM linked_dyads WHERE actor_country <> recipient_country"
    " GROUP BY actor_country, recipient_country ORDER BY count(*) DESC, actor_country, recipient_country LIMIT 1"
)
FILL = {
    "report": "SELECT report_id FROM event_rows WHERE title ILIKE '%France and Russia%' LIMIT 1",
    "event": "SELECT event_id FROM event_rows WHERE title ILIKE '%France and Russia%' ORDER BY confidence DESC LIMIT 1",
    "linked": "SELECT linked_id FROM linked_rows ORDER BY reports DESC, sources DESC, linked_id LIMIT 1",
    "actor": "SELECT actor_id FROM actor_rows WHERE actor_id LIKE 'person:%' ORDER BY events + quotes DESC, 1 LIMIT 1",
    "a": MOST.format("actor_country"),
    "b": MOST.format("recipient_country"),
}

NEEDED = {"news": ("report", "event", "actor"), "generated": ("linked", "a", "b")}


def code_examples(path: Path) -> None:
    """A database of the reports in examples/."""
    with open_store(path) as store:
        store.add_many(item for item in Coder().pipe(read(["examples/"])) if isinstance(item, Coding))
        store.accept(first(path, FILL["event"], store), by="a reader")


def first(path: Path, sql: str, store: Any = None) -> str:
    """The one value of a query."""
    if store is not None:
        return str(store.query(sql).column(0)[0])
    with open_store(path, read_only=True) as opened:
        return str(opened.query(sql).column(0)[0])


def take(page: Page, address: str, name: str) -> None:
    """One picture, as WebP: a fifth of the size of PNG."""
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(600)
    picture = Image.open(io.BytesIO(page.screenshot()))
    picture.save(PICTURES / f"{name}.webp", quality=82, method=6)


def main() -> None:
    """Take all of them; those named as arguments alone where there are any."""
    wanted = set(sys.argv[1:])
    os.chdir(HERE.parent)  # pictures show the paths of reports
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as running:
        examples, generated = Path(folder) / "news.duckdb", Path(folder) / "generated.duckdb"
        code_examples(examples)
        make(generated, GENERATED, seed=7)
        browser = running.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for path, pages in ((examples, EXAMPLE_PAGES), (generated, GENERATED_PAGES)):
            filled = {name: first(path, sql) for name, sql in FILL.items() if name in NEEDED[path.stem]}
            with served(Desk(HeldStore(path))) as desk:
                for size, theme, ending in ((WIDE, "light", ""), (NARROW, "dark", "_narrow")):
                    context = browser.new_context(
                        viewport={"width": size[0], "height": size[1]}, color_scheme=theme, reduced_motion="reduce"
                    )
                    for name, address in pages.items():
                        if not wanted or name in wanted:
                            take(context.new_page(), desk + address.format(**filled), name + ending)
                    context.close()
        browser.close()


if __name__ == "__main__":
    main()
