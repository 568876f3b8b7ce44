"""Marks acts whose type in PLOVER's first scheme depends on words: `python -m training.crosswalk` rewrites the corpus.

src/dotterel/data/plover_to_plv.tsv converts by type, mode and status; training/plv_exceptions.tsv holds the rest.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from dotterel import codebook, tables

HERE = Path(__file__).parent
CORPUS, EXCEPTIONS = HERE / "corpus", HERE / "plv_exceptions.tsv"
ANY = "*"
DONE = {"occurred", "ongoing"}


@lru_cache(maxsize=1)
def exceptions() -> tuple[dict[str, str], ...]:
    """The rows of the table, in order."""
    return tuple(tables.read_file(EXCEPTIONS))


def scheme_type(sentence: str, act: Mapping[str, Any]) -> str:
    """The type of an act in the first scheme: by the words of its sentence, else by the conversion table."""
    mode, status = act.get("mode"), act["status"]
    told = (row["plv"] for row in exceptions() if status in DONE and fits(row, sentence, act["type"], mode or ""))
    return next(told, codebook.plv(act["type"], mode, status))


def fits(row: Mapping[str, str], sentence: str, kind: str, mode: str) -> bool:
    """Does an exception hold for an act of that type and mode in a sentence?"""
    fitting = row["type"] == kind and row["mode"] in {ANY, mode}
    return fitting and re.search(row["words"], sentence, re.IGNORECASE) is not None


def marked(row: dict[str, Any]) -> dict[str, Any]:
    """The row with the types marked that the conversion table alone would miss."""
    acts = [{k: v for k, v in act.items() if k != "plv"} for act in row["pairs"]]
    for act in acts:
        found = scheme_type(row["sentence"], act)
        if found != codebook.plv(act["type"], act.get("mode"), act["status"]):
            act["plv"] = found
    return {**row, "pairs": acts}


def main() -> None:
    """Mark every row of every corpus file."""
    for path in sorted(CORPUS.glob("w*.jsonl")):
        rows = [marked(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
