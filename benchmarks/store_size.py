"""Measures how much room real reports take in a store: codes them as a user does, and tells the size of the file.

A small file is mostly blocks that are not full yet, or kept for the next writing; what each further report takes is
told by two files that half of the reports and all of them are written to at one go.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from itertools import islice
from pathlib import Path

from benchmarks.common import arguments, print_table, require
from dotterel import open_store

MIB = 2**20
DOTTEREL = Path(sys.executable).with_name("dotterel")
TOLD = """SELECT count(*) AS reports, sum(len(string_split_regex(trim(text), '\\s+')))::BIGINT AS words,
       sum(strlen(text))::BIGINT AS bytes, (SELECT count(*) FROM events) AS events FROM reports"""


def coded(file: Path, limit: int | None, folder: Path) -> Path:
    """A new database of the first reports of a file. Ends the programme where some cannot be coded."""
    some = folder / "some.jsonl"
    with file.open(encoding="utf-8") as stream:
        some.write_text("".join(islice(stream, limit)), encoding="utf-8")
    subprocess.run([DOTTEREL, "code", some, "--output", folder / "events.duckdb"], check=True, capture_output=True)
    return folder / "events.duckdb"


def growing(path: Path, reports: int, folder: Path) -> float:
    """MiB that each report takes of the second half of a database: of all written anew, less the first half."""
    sizes = []
    with open_store(path, read_only=True) as store:
        for part in (reports // 2, reports):
            new = folder / f"{part}.duckdb"
            with open_store(new) as again:
                again.add_many(islice(store.codings(), part))
            sizes.append(new.stat().st_size / MIB)
    return (sizes[1] - sizes[0]) / (reports - reports // 2)


def rows(path: Path, folder: Path) -> list[tuple[str, str]]:
    """The measures of a database."""
    with open_store(path, read_only=True) as store:
        (told,) = store.query(TOLD).to_pylist()
    reports, size = told["reports"], path.stat().st_size / MIB
    return [
        ("reports, words a report", f"{reports:,}, {told['words'] / reports:,.0f}"),
        ("events, a report", f"{told['events']:,}, {told['events'] / reports:.1f}"),
        ("text of the reports", f"{told['bytes'] / MIB:.1f} MiB"),
        ("file", f"{size:.1f} MiB"),
        ("file, a 1,000 reports", f"{1000 * size / reports:.1f} MiB"),
        ("each further 1,000 reports", f"{1000 * growing(path, reports, folder):.1f} MiB"),
    ]


def main() -> None:
    """Code the reports, or take a database that is there, and print the table."""
    parser = arguments(__doc__, "throughput.jsonl")
    parser.add_argument("--database", type=Path, help="one that was coded before; else FILE is coded")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = chosen.database or coded(require(chosen.file), chosen.limit, Path(folder))
        print_table("A store of real reports", ("measure", "value"), rows(require(path), Path(folder)), chosen.markdown)


if __name__ == "__main__":
    main()
