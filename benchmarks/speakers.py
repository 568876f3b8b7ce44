"""Measures whether the person cited is resolved to the full name, where the article gives it anywhere (PolNeAR).

The 200 attributions of speakers.tsv were drawn from all annotated ones (Python's random.Random(4)), those kept whose
source is a person the article names in full, and read by hand. An attribution is right where a mention overlapping
the annotated source resolves to a name that holds all words of the true one, or the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.common import arguments, print_table, rows, share
from benchmarks.polnear import read_out
from dotterel.actors.vocabulary import fold
from dotterel.attribution import find_attributions
from dotterel.quotes import find_quotes
from dotterel.quotes.first_person import with_speakers
from dotterel.tables import read_file
from dotterel.types import ActorMention

KEY = Path(__file__).with_suffix(".tsv")


def source_at(row: Mapping[str, Any], start: int) -> tuple[int, int]:
    """The annotated source that begins there, to the end of its last part."""
    sources = (a["source"] for a in row["attributions"] if a["source"])
    return next((s[0][0], s[-1][1]) for s in sources if s[0][0] == start)


def mentions_of(row: Mapping[str, Any]) -> Sequence[ActorMention]:
    """All actor mentions of an article, those inside quotations included."""
    parsed, report, roster = read_out(row)
    attributions = find_attributions(parsed, report, roster)
    return with_speakers(roster, parsed, find_quotes(parsed, report, roster, attributions), attributions).mentions


def same(name: str, other: str) -> bool:
    """Do all words of one name stand in the other, and two at least?"""
    one, two = (set(re.findall(r"\w+", fold(n).lower())) for n in (name, other))
    return len(one & two) > 1 and (one <= two or two <= one)


def wrong(data: Sequence[Mapping[str, Any]], key: Iterable[Mapping[str, str]]) -> list[tuple[str, str, str]]:
    """The words, true name and resolved names of every source that is not resolved rightly."""
    known: dict[int, Sequence[ActorMention]] = {}
    found = []
    for row in key:
        article, start = int(row["article"]), int(row["start"])
        if article not in known:
            known[article] = mentions_of(data[article])
        first, last = source_at(data[article], start)
        names = [m.actor.name for m in known[article] if m.start < last and first < m.end]
        if not any(same(name, row["name"]) for name in names):
            found.append((data[article]["text"][first:last], row["name"], "; ".join(names)))
    return found


def main() -> None:
    """Resolve the sources and print the share that is right; --misses lists the rest."""
    parser = arguments(__doc__, "polnear_dev.jsonl")
    parser.add_argument("--misses", action="store_true", help="list what is wrong")
    chosen = parser.parse_args()
    data = rows(chosen.file, None)
    key = [row for row in read_file(KEY) if int(row["article"]) < len(data)][: chosen.limit]
    misses = wrong(data, key)
    right = [("speaker resolved to the full name", share(len(key) - len(misses), len(key)))]
    print_table("Persons cited", ("measure", "share"), right, chosen.markdown)
    if chosen.misses:
        print_table("Wrong", ("source", "is", "was taken for"), misses, chosen.markdown)


if __name__ == "__main__":
    main()
