"""What the benchmarks share: where the data lie, precision and recall, and tables on the screen."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"  # beside the repository, never inside it

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Rate:
    """Precision, recall and F1 of `hits` among `gold` true and `predicted` claimed items."""

    hits: int
    gold: int
    predicted: int

    @property
    def precision(self) -> float:
        """Share of the predicted items that are right; 0 where nothing was predicted."""
        return self.hits / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold items that were found; 0 where there is no gold."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def cells(self) -> tuple[str, str, str, str, str]:
        """Precision, recall, F1 and the two counts, as table cells."""
        return (f"{self.precision:.3f}", f"{self.recall:.3f}", f"{self.f1:.3f}", str(self.gold), str(self.predicted))


RATE_COLUMNS = ("P", "R", "F1", "gold", "predicted")


def share(part: int, whole: int) -> str:
    """`part` of `whole` as a table cell, e.g. `0.412 (70 of 170)`."""
    return f"{part / whole if whole else 0.0:.3f} ({part} of {whole})"


def overlap(first: Span, second: Span) -> bool:
    """Do two character spans share a character?"""
    return first[0] < second[1] and second[0] < first[1]


def arguments(description: str | None, default: str) -> argparse.ArgumentParser:
    """The options every benchmark has: FILE (by default `default` in the bench folder), --limit, --markdown."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    parser.add_argument(
        "file", nargs="?", type=Path, default=BENCH / default, help=f"data (default: {BENCH / default})"
    )
    parser.add_argument("--limit", type=int, default=None, metavar="N", help="take the first N entries only")
    parser.add_argument("--markdown", action="store_true", help="print the tables as Markdown")
    return parser


def require(path: Path) -> Path:
    """The path itself. Where it does not exist the programme says so and ends with success: there is nothing to do."""
    if not path.exists():
        print(f"{path} is absent; nothing was measured")
        raise SystemExit(0)
    return path


def rows(path: Path, limit: int | None = None) -> list[dict[str, Any]]:
    """The objects of a JSON lines file, the first `limit` of them; ends the programme where the file is absent."""
    lines = [line for line in require(path).read_text(encoding="utf-8").splitlines() if line.strip()]
    return [json.loads(line) for line in lines[:limit]]


def markdown(columns: Sequence[str], body: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [columns, ["---"] * len(columns), *body]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines)


def print_table(
    title: str, columns: Sequence[str], body: Iterable[Sequence[object]], as_markdown: bool = False
) -> None:
    """Print one table, for the screen or as Markdown."""
    if as_markdown:
        print(f"**{title}**\n\n{markdown(columns, body)}\n")
        return
    table = Table(*columns, title=title, title_justify="left")
    for line in body:
        table.add_row(*(str(cell) for cell in line))
    Console().print(table)
