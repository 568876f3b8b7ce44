"""An act as a sentence: who did what to whom, when and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from dotterel import tables
from dotterel.actors.vocabulary import country_name

NAMED = 3  # parties of a side that are named; more are counted
NOBODY = "Somebody not named"
TOLD = {  # by status: how the words for an act are put
    "planned": "{who} planned to {plain}{toward}",
    "proposed": "It was proposed that {who} {plain}{toward}",
    "hypothetical": "{who} might {plain}{toward}",
    "negated": "{who} did not {plain}{toward}",
}
DONE = "{who} {past}{toward}"


def sentence(act: Mapping[str, Any], actors: Sequence[str], recipients: Sequence[str], *, dated: bool = True) -> str:
    """The sentence of an act, given by its type, mode, status, days and place as the database has them; without its day
    where that stands beside it.
    """
    words = words_for(act["type"], act["mode"])
    toward = f" {words['toward']}".rstrip() + f" {listed(recipients)}" if recipients else ""
    form = TOLD.get(act["status"], DONE)
    told = form.format(who=listed(actors) or NOBODY, past=words["past"], plain=words["plain"], toward=toward)
    return ", ".join(part for part in (told + where(act), when(act) if dated else "") if part)


def words_for(kind: str, mode: str | None) -> Mapping[str, str]:
    """The words for a type and mode; a type of somebody's own codebook is said by its name."""
    rows = _rows()
    own = {"past": f"did what counts as {kind}", "plain": f"do what counts as {kind}", "toward": "toward"}
    return rows.get((kind, mode or "")) or rows.get((kind, "")) or own


@cache
def _rows() -> dict[tuple[str, str], dict[str, str]]:
    return {(row["type"], row["mode"]): row for row in tables.read("act_words")}


def listed(names: Sequence[str]) -> str:
    """A, B and C; the first ones and how many more where they are many."""
    shown = list(dict.fromkeys(names))
    if len(shown) > NAMED + 1:
        shown = [*shown[:NAMED], f"{len(shown) - NAMED} more"]
    return " and ".join(part for part in (", ".join(shown[:-1]), shown[-1] if shown else "") if part)


def when(act: Mapping[str, Any]) -> str:
    """On 3 May 2021, in May 2021, between 1 and 4 May 2021; nothing where no day is known."""
    first, last, precision = act["first_day"], act["last_day"], act["date_precision"]
    if first is None:
        return ""
    if precision == "year":
        return f"in {first.year}"
    if precision == "month":
        return f"in {first:%B %Y}"
    if precision == "open":
        return f"since {first:%B %Y}"
    return f"on {in_words(first)}" if first == last else f"between {in_words(first)} and {in_words(last)}"


def in_words(day: date) -> str:
    """3 May 2021."""
    return f"{day.day} {day:%B %Y}"


def where(act: Mapping[str, Any]) -> str:
    """' in Tarn, Norland'; nothing where no place is known."""
    name, code = act["place_name"] or act["place_text"], act["place_country"]
    country = country_name(code) if code else None
    parts = dict.fromkeys(part for part in (name, country) if part)
    return f" in {', '.join(parts)}" if parts else ""
