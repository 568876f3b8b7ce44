"""Scores whole codings of reports against gold codings, by event, quote, figure and stance.

GOLD_DIR holds one NAME.json a report, REPORTS_DIR (by default the same folder) NAME.txt (or NAME.html; or, where
the "report" object of the coding names them, the file and the title of a report in a .jsonl file). Every report is
coded, the codings are written as JSON lines, and the shared scorer ../shared/bench/score.py compares them. Nothing is
measured, and the exit status is 0, where the scorer or the folder is absent.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.common import BENCH, RATE_COLUMNS, print_table, require
from dotterel.coder import Coder
from dotterel.reading.sources import read
from dotterel.types import Coding, Failure, Report

SOURCES = {".txt", ".html", ".jsonl"}
MEANING = {
    "found": "the act is noticed: a sentence that tells it",
    "type": "and has the right type",
    "dyad": "and the right actor and recipient country",
    "full": "and the right person or sector, status and date",
    "quote": "the words are found",
    "speaker": "and the right speaker",
    "figure": "the number is found",
    "what": "and what it counts",
    "stance": "holder and toward",
    "position": "and the position",
}


def gold_names(gold_dir: Path) -> dict[str, str]:
    """The title of each report that shares its file with others, with the name of its gold coding."""
    names = {}
    for path in sorted(gold_dir.glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8")).get("report", {})
        if told.get("title"):
            names[told["title"]] = path.stem
    return names


def reports(gold_dir: Path, reports_dir: Path) -> Iterator[tuple[str, Report]]:
    """Each report of the folder with the name of its gold coding; unreadable ones are named on standard error."""
    names = gold_names(gold_dir)
    for path in sorted(p for p in reports_dir.iterdir() if p.suffix in SOURCES):
        for report in read([str(path)]):
            if isinstance(report, Failure):
                print(f"{report.path}: {report.reason}", file=sys.stderr)
            else:
                name = names.get(report.title or "", path.stem) if path.suffix == ".jsonl" else path.stem
                yield name, report


def predictions(gold_dir: Path, reports_dir: Path, model: str | None) -> Iterator[dict[str, Any]]:
    """The coding of each report, in the serialised form, under the path of its gold text."""
    coder = Coder(model=model) if model else Coder()
    named = list(reports(gold_dir, reports_dir))
    for (name, _), coding in zip(named, coder.pipe(report for _, report in named), strict=True):
        if isinstance(coding, Coding):
            entry: dict[str, Any] = json.loads(json.dumps(coding.to_dict()))
            entry["report"]["path"] = str(gold_dir / f"{name}.txt")
            yield entry
        else:
            print(f"{name}: {coding.reason}", file=sys.stderr)


def write_predictions(gold_dir: Path, reports_dir: Path, output: Path, model: str | None) -> int:
    """Write the codings as JSON lines; the number written."""
    entries = list(predictions(gold_dir, reports_dir, model))
    output.write_text("".join(json.dumps(entry, ensure_ascii=False) + "\n" for entry in entries), encoding="utf-8")
    return len(entries)


def run_scorer(gold_dir: Path, output: Path, misses: str | None) -> tuple[list[str], dict[str, dict[str, float]]]:
    """What the shared scorer prints: the lines about misses, and the figures by measure."""
    command = [sys.executable, str(BENCH / "score.py"), str(gold_dir), str(output), "--json"]
    command += ["--misses", misses] if misses else []
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
    return printed[:-1], json.loads(printed[-1])


def table_row(measure: str, figures: dict[str, float]) -> tuple[object, ...]:
    """One measure as a row of the table."""
    rates = (f"{figures[key]:.3f}" for key in ("p", "r", "f1"))
    return (measure, *rates, figures["gold"], figures["pred"], MEANING.get(measure, ""))


def options() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold_dir", nargs="?", type=Path, default=BENCH / "gold", help=f"default: {BENCH / 'gold'}")
    parser.add_argument("reports_dir", nargs="?", type=Path, help="default: GOLD_DIR")
    parser.add_argument("--misses", metavar="NAME", help="list what the coding of report NAME missed or invented")
    parser.add_argument("--output", type=Path, metavar="FILE", help="keep the codings in FILE (JSON lines)")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    parser.add_argument("--model", metavar="NAME", help="spaCy pipeline to parse with (default: the one dotterel uses)")
    return parser.parse_args()


def main() -> None:
    """Code, write, score, print."""
    chosen = options()
    require(BENCH / "score.py")
    gold_dir = require(chosen.gold_dir)
    reports_dir = require(chosen.reports_dir or gold_dir)
    with tempfile.TemporaryDirectory() as folder:
        output = chosen.output or Path(folder) / "predictions.jsonl"
        coded = write_predictions(gold_dir, reports_dir, output, chosen.model)
        misses, result = run_scorer(gold_dir, output, chosen.misses)
    body = [table_row(measure, figures) for measure, figures in result.items()]
    title = f"{coded} reports of {reports_dir}"
    print_table(title, ("measure", *RATE_COLUMNS, "meaning"), body, chosen.markdown)
    print("\n".join(misses))


if __name__ == "__main__":
    main()
