"""Marks acts whose type in PLOVER's first scheme depends on words: `python -m training.crosswalk` rewrites the corpus.

src/dotterel/data/plover_to_plv.tsv converts by type, mode and status. Five cases need the sentence: a deal concluded, not
promised, is SUPPORT (CAMEO 057), and so is pledged support; a yielding only promised is AGREE (035); embargoes and
sanctions are COERCE (163 in the conversion table of 2021-09-17); blockades and occupations are ASSAULT (191, 192).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent / "corpus"
DEAL = r"agreements?|deals?|accords?|pacts?|treaty|treaties|understanding|settlement|compromise"
CONCLUDED = re.compile(
    rf"\b(reach\w*|struck|strik\w+|conclud\w+|clinch\w*|hammer\w*|seal\w*|ink\w*|finali[sz]\w+|came to|settled)\b"
    rf".*\b({DEAL})\b|\bagreed (on |to )?(a|an|the) .*\b({DEAL})\b",
    re.IGNORECASE,
)
BACKING = re.compile(r"\b(pledg|promis|vow|reaffirm|reiterat|assur)\w*\b.{0,40}\b(support|backing)\b", re.IGNORECASE)
INTENT = re.compile(
    r"\b(agree\w*|promis\w*|pledg\w*|offer\w*|willing\w*|ready|will|would|undert\w+|vow\w*|commit\w*|consent\w*"
    r"|(is|are) to|prepared)\b",
    re.IGNORECASE,
)
EMBARGO = re.compile(r"\b(sanction\w*|embargo\w*|black-?list\w*|froze|freez\w*)\b", re.IGNORECASE)
BLOCKADE = re.compile(r"\b(blockad\w*|besieg\w*|siege|encircl\w*|occup(y|ied|ies|ation))\b", re.IGNORECASE)
DONE = {"occurred", "ongoing"}


def exception(sentence: str, pair: Mapping[str, Any], joint: bool) -> str | None:
    """The type in the first scheme that the words of a sentence decide; None where the table's conversion holds."""
    kind, status = pair["type"], pair["status"]
    if status not in DONE:
        return None
    if kind == "AGREE" and (joint or CONCLUDED.search(sentence) or BACKING.search(sentence)):
        return "SUPPORT"
    if kind == "CONCEDE" and INTENT.search(sentence):
        return "AGREE"
    if kind == "SANCTION" and pair["mode"] == "discontinue" and EMBARGO.search(sentence):
        return "COERCE"
    return "ASSAULT" if kind == "COERCE" and BLOCKADE.search(sentence) else None


def marked(row: dict[str, Any]) -> dict[str, Any]:
    """The row with its exceptions marked."""
    pairs: Sequence[dict[str, Any]] = [{k: v for k, v in p.items() if k != "plv"} for p in row["pairs"]]
    ends = {(str(p["actor"]), str(p["recipient"]), p["type"]) for p in pairs}
    for pair in pairs:
        joint = (str(pair["recipient"]), str(pair["actor"]), pair["type"]) in ends
        found = exception(row["sentence"], pair, joint)
        if found is not None:
            pair["plv"] = found
    return {**row, "pairs": pairs}


def main() -> None:
    """Mark every row of every corpus file."""
    for path in sorted(CORPUS.glob("w*.jsonl")):
        rows = [marked(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
