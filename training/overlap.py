"""Looks for sentences of the bench in the corpus: `python -m training.overlap [BENCH_FOLDER]`.

A corpus sentence is too close where it shares a run of eight words with a text of the bench, or where a third of its
runs of five words stand in one. Prints what it finds; the exit status is 1 where there is anything.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent / "corpus"
BENCH = Path(__file__).parents[2] / "shared" / "bench"
LONG, SHORT, SHARE = 8, 5, 1 / 3
WORD = re.compile(r"\w+")
MARK = re.compile(r"</?[st]>")


def words(text: str) -> list[str]:
    """The words of a text in lower case, the bench's marks left out."""
    return WORD.findall(MARK.sub("", text).lower())


def runs(told: list[str], length: int) -> set[tuple[str, ...]]:
    """All runs of so many words."""
    return set(zip(*(told[i:] for i in range(length)), strict=False))


def bench_texts(folder: Path) -> Iterator[str]:
    """Every text of the bench: whole reports, and all long strings and token lists of its JSON lines."""
    for path in sorted(folder.rglob("*.txt")):
        yield path.read_text(encoding="utf-8")
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield from strings(json.loads(line))


def strings(value: Any) -> Iterator[str]:
    """The texts in a JSON value; a list of words is one text."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list) and value and all(isinstance(v, str) for v in value):
        yield " ".join(value)
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)


def close(sentences: Iterable[tuple[str, str]], texts: Iterable[str]) -> list[str]:
    """A line for each (id, sentence) too close to one of the texts."""
    long: set[tuple[str, ...]] = set()
    short: set[tuple[str, ...]] = set()
    for text in texts:
        told = words(text)
        long |= runs(told, LONG)
        short |= runs(told, SHORT)
    found = []
    for identity, sentence in sentences:
        told = words(sentence)
        shared, fives = runs(told, LONG) & long, runs(told, SHORT)
        if shared or (fives and len(fives & short) / len(fives) >= SHARE):
            found.append(f"{identity}: {sentence}" + (f" [{' '.join(min(shared))}]" if shared else ""))
    return found


def main() -> int:
    """Compare the whole corpus with the whole bench."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else BENCH
    if not folder.is_dir():
        print(f"no bench at {folder}: nothing to compare with", file=sys.stderr)
        return 1
    rows = [json.loads(line) for path in sorted(CORPUS.glob("w*.jsonl")) for line in path.open(encoding="utf-8")]
    found = close(((row["id"], row["sentence"]) for row in rows), bench_texts(folder))
    print(*found, f"{len(rows)} sentences, {len(found)} too close to {folder}", sep="\n")
    return int(bool(found))


if __name__ == "__main__":
    raise SystemExit(main())
