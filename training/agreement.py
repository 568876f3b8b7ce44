"""How far the second reading agrees with the first: `python -m training.agreement`.

The second reader saw sentences and parties, not the labels. Counted are ordered pairs of parties, one perhaps untold.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent / "corpus"
FIRST, SECOND = CORPUS / "first_reading.jsonl", CORPUS / "second_reading.jsonl"
Labels = dict[tuple[str, str], tuple[str, str]]  # type and status by actor and recipient


def rows(path: Path) -> list[dict[str, Any]]:
    """The rows of a file of JSON lines."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def labels(pairs: Iterable[Mapping[str, Any]]) -> Labels:
    """Type and status by pair."""
    return {(str(p["actor"]), str(p["recipient"])): (p["type"], p["status"]) for p in pairs}


def compared(first: Labels, second: Labels, parties: int) -> list[tuple[str, str]]:
    """The types both readers give to each pair, NONE where they list none; silent pairs of two parties included."""
    either = set(first) | set(second)
    found = [(first.get(k, ("NONE", ""))[0], second.get(k, ("NONE", ""))[0]) for k in sorted(either)]
    both_told = sum("None" not in k for k in either)
    return found + [("NONE", "NONE")] * (parties * (parties - 1) - both_told)


def kappa(pairs: Iterable[tuple[str, str]]) -> float:
    """Cohen's kappa of two readers' labels."""
    counts = Counter(pairs)
    total = sum(counts.values())
    agreed = sum(n for (a, b), n in counts.items() if a == b) / total
    one, other = Counter[str](), Counter[str]()
    for (a, b), n in counts.items():
        one[a] += n
        other[b] += n
    chance = sum(one[name] * other[name] for name in one) / total**2
    return (agreed - chance) / (1 - chance)


def main() -> None:
    """Print the figures of the datasheet."""
    second = {row["id"]: labels(row["pairs"]) for row in rows(SECOND)}
    read = [row for row in rows(FIRST) if row["id"] in second]
    types, statuses, whole = [], [], 0
    for row in read:
        mine, theirs = labels(row["pairs"]), second[row["id"]]
        types += compared(mine, theirs, row["parties"])
        statuses += [mine[k][1] == theirs[k][1] for k in set(mine) & set(theirs) if mine[k][0] == theirs[k][0]]
        whole += {k: v[0] for k, v in mine.items()} == {k: v[0] for k, v in theirs.items()}
    acts = [(a, b) for a, b in types if {a, b} != {"NONE"}]
    seen = [(a, b) for a, b in acts if "NONE" not in (a, b)]
    found = [a for a, _ in acts if a != "NONE"]
    print(f"sentences read twice: {len(read):,}; the same acts in {whole / len(read):.1%} of them")
    print(f"ordered pairs: {len(types):,}; same type or NONE {sum(a == b for a, b in types) / len(types):.1%};"
          f" Cohen's kappa {kappa(types):.3f}")  # fmt: skip
    print(f"acts of the first reading: {len(found):,}; the second sees an act there in {len(seen) / len(found):.1%}")
    print(f"acts both see: {len(seen):,}; same type {sum(a == b for a, b in seen) / len(seen):.1%};"
          f" same status where the type is the same {sum(statuses) / len(statuses):.1%}")  # fmt: skip
    print("commonest differences (first, second):")
    for (a, b), n in Counter((a, b) for a, b in acts if a != b).most_common(20):
        print(f"  {a} {b} {n}")


if __name__ == "__main__":
    main()
