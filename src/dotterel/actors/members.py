"""Who belonged to which international organisation when."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache

from dotterel.actors.vocabulary import slug, split_cell
from dotterel.tables import read


@lru_cache(maxsize=1)
def _spells() -> dict[str, tuple[tuple[int, int, frozenset[str]], ...]]:
    """Id of an organisation -> (first year, last year, codes of the states that belonged to it in those years)."""
    found: dict[str, list[tuple[int, int, frozenset[str]]]] = defaultdict(list)
    for row in read("members"):
        years = int(row["from"]), int(row["to"] or 9999)
        found[f"organisation:{slug(row['organisation'])}"].append((*years, frozenset(split_cell(row["members"]))))
    return {key: tuple(spells) for key, spells in found.items()}


def members_of(organisation: str, year: int | None) -> frozenset[str]:
    """The codes of the states that belonged to an organisation (by id) in a year; in any year for None."""
    spells = _spells().get(organisation, ())
    return frozenset(code for first, last, codes in spells if year is None or first <= year <= last for code in codes)
