"""Marks acts whose type in PLOVER's first scheme depends on words: `python -m training.crosswalk` rewrites the corpus.

In src/dotterel/data, plover_to_plv.tsv converts by type, mode and status, plv_words.tsv by the words of the sentence.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from dotterel import codebook

CORPUS = Path(__file__).parent / "corpus"


def marked(row: dict[str, Any]) -> dict[str, Any]:
    """The row with the types marked that mode and status alone would miss."""
    acts = [{k: v for k, v in act.items() if k != "plv"} for act in row["pairs"]]
    for act in acts:
        told = (act["type"], act.get("mode"), act["status"])
        found = codebook.plv(*told, words=row["sentence"])
        if found != codebook.plv(*told):
            act["plv"] = found
    return {**row, "pairs": acts}


def main() -> None:
    """Mark every row of every corpus file."""
    for path in sorted(CORPUS.glob("w*.jsonl")):
        rows = [marked(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
