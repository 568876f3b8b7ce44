"""The notation of the guide to JSON lines: `python -m training.notation PREFIX FILE...` prints a corpus.

`[A Kenya] thanked [B Norway]. || A>B SUPPORT - occurred` becomes a line with sentence, parties and pairs; its id is
PREFIX, the file's stem and a number. Faults are told with file and line, and nothing is printed then.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from dotterel import codebook
from dotterel.training.corpus import STATUSES

PARTY = re.compile(r"\[([A-Z]) ([^\[\]]+)\]")
ACT = re.compile(r"([A-Z-])(<>|>)([A-Z-]) (\S+) (\S+) (\S+)")
TYPES = {t.name for t in codebook.types()}
MODES = {(t.name, m.name) for t in codebook.types() for m in codebook.modes(t.name)}


class NotationError(ValueError):
    """A line that is not in the notation; the message says why."""


def row(identity: str, line: str) -> dict[str, Any]:
    """The corpus row of a line in the notation. Raises NotationError."""
    told, bar, acts = line.partition("||")
    if not bar:
        raise NotationError("has no || before its acts")
    sentence, places = unbracketed(told.strip())
    pairs = [] if acts.strip() == "NONE" else [p for act in acts.split(";") for p in pairs_of(act.strip(), places)]
    ends = [(str(p["actor"]), str(p["recipient"])) for p in pairs]
    if len(set(ends)) < len(ends):
        raise NotationError("has two acts for one ordered pair")
    return {"id": identity, "sentence": sentence, "parties": list(places.values()), "pairs": pairs}


def unbracketed(told: str) -> tuple[str, dict[str, list[int]]]:
    """The plain sentence, and the span of each party by its letter."""
    plain, places, last = "", {}, 0
    for found in PARTY.finditer(told):
        plain += told[last : found.start()]
        if found[1] in places:
            raise NotationError(f"uses the letter {found[1]} twice")
        places[found[1]] = [len(plain), len(plain) + len(found[2])]
        plain, last = plain + found[2], found.end()
    plain += told[last:]
    if "[" in plain or "]" in plain or not places:
        raise NotationError("has broken brackets or no party")
    return plain, places


def pairs_of(act: str, places: dict[str, list[int]]) -> Iterator[dict[str, Any]]:
    """The one or two ordered pairs of an act."""
    found = ACT.fullmatch(act)
    if found is None:
        raise NotationError(f"has the act {act!r}, which is not A>B TYPE MODE STATUS")
    actor, arrow, recipient, kind, mode, status = found.groups()
    if kind not in TYPES or status not in STATUSES or (mode != "-" and (kind, mode) not in MODES):
        raise NotationError(f"has the act {act!r} with an unknown type, mode or status")
    unknown = {actor, recipient} - {"-", *places}
    if unknown or actor == recipient:
        raise NotationError(f"has the act {act!r} between parties it does not mark")
    for one, other in ((actor, recipient), (recipient, actor))[: 2 if arrow == "<>" else 1]:
        ends = {"actor": places.get(one), "recipient": places.get(other)}
        yield {**ends, "type": kind, "mode": None if mode == "-" else mode, "status": status}


def main(arguments: Sequence[str]) -> int:
    """Convert files; 1 where any line is faulty."""
    prefix, *files = arguments
    rows, faults = [], []
    for file in map(Path, files):
        told = [line for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
        for number, line in enumerate(told, 1):
            try:
                rows.append(row(f"{prefix}{file.stem}-{number:03d}", line))
            except NotationError as fault:
                faults.append(f"{file}, sentence {number}: {fault}")
    print("\n".join(faults), file=sys.stderr, end="\n" if faults else "")
    if not faults:
        print("\n".join(json.dumps(r, ensure_ascii=False) for r in rows))
    return int(bool(faults))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
