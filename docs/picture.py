"""Draws docs/show.svg, what `dotterel show examples/moscow_meeting.txt` prints; `python docs/picture.py`."""

from __future__ import annotations

import io
import re
import sys
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme

from dotterel.coder import Coder
from dotterel.errors import InputError
from dotterel.reading.sources import read
from dotterel.terminal import coding_view
from dotterel.types import Report

HERE = Path(__file__).parent
EXAMPLE = "examples/moscow_meeting.txt"
COLUMNS = 116
FONTS = "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace"  # what a reader has: nothing is fetched
FACE = re.compile(r"@font-face\s*\{.*?\}\s*", re.DOTALL)
PAPER = TerminalTheme(
    (250, 250, 247),
    (46, 52, 64),
    [(46, 52, 64), (176, 36, 52), (32, 122, 70), (156, 98, 0),
     (42, 90, 170), (140, 54, 140), (0, 112, 128), (90, 96, 106)],
    [(110, 116, 126), (200, 40, 58), (36, 140, 80), (176, 112, 0),
     (36, 98, 200), (160, 60, 160), (0, 128, 146), (20, 24, 32)],
)  # fmt: skip


def first_report(path: Path, shown: str) -> Report:
    """The first report of a file, under the path to show. Raises InputError where there is none."""
    report = next(iter(read([path])), None)
    if not isinstance(report, Report):
        raise InputError(f"{path}: cannot be read as a report")
    return replace(report, path=shown)


def picture() -> str:
    """The SVG, without any reference to a font on the web."""
    coding = Coder().code(first_report(HERE.parent / EXAMPLE, EXAMPLE))
    console = Console(record=True, width=COLUMNS, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(coding_view(coding, COLUMNS))
    drawn = console.export_svg(title=f"dotterel show {EXAMPLE}", theme=PAPER, unique_id="show")
    return (
        FACE.sub("", drawn)
        .replace("Fira Code, monospace", FONTS)
        .replace("font-family: arial", "font-family: sans-serif")
    )


def main() -> int:
    """Write the picture."""
    (HERE / "show.svg").write_text(picture(), encoding="utf-8")
    print("wrote docs/show.svg")
    return 0


if __name__ == "__main__":
    sys.exit(main())
