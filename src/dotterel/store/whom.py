"""Whom the words of a filter mean: an id, the actors of a country, a known body, or whoever is named so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from dotterel.actors.knowledge import Entry, entries
from dotterel.actors.vocabulary import country_name, fold, states
from dotterel.store.terms import unaccented

OWN, SEATS = ("state", "demonym"), ("capital", "seat")  # names of a state, and those that stand for its government
OF_A_STATE = OWN + SEATS
BODIES = ("organisation", "group", "medium")
OUTSIDE = ("IGO", "NGO", "NSA", "MNC")  # what stands for a country where an actor has none
CODE = re.compile(r"[A-Z]{3}")
# There are far fewer actors than mentions of them: names are looked at once each.
CALLED = "{id} IN (SELECT id FROM actor_names WHERE {test})"
EDGE = r"(^|$|[^\pL\pN])"
SIGN = re.compile(r"[!-/:-@\[-`{-~]")  # patterns may have no other sign behind a stroke


@dataclass(frozen=True, slots=True)
class Whom:
    """What is sought of a party; it is meant where any of these holds."""

    words: str  # as given
    name: str  # how it is called: "France" for "FRA"
    id: str | None = None
    countries: tuple[str, ...] = ()
    named: tuple[str, ...] = ()  # words that stand whole in the name
    part: str | None = None  # a part of the name

    def condition(self, columns: tuple[str, str], parameter: str, values: dict[str, Any]) -> str:
        """In SQL, of the columns that hold id and country; the values are added to `values` under `parameter`."""
        id_, country = columns
        found = []
        if self.id:
            values[parameter] = self.id
            found.append(f"{id_} = ${parameter}")
        if self.countries:
            values[f"{parameter}_of"] = list(self.countries)
            found.append(f"list_contains(${parameter}_of::VARCHAR[], {country})")
        if self.named:
            values[f"{parameter}_named"] = EDGE + "(" + "|".join(map(literal, self.named)) + ")" + EDGE
            found.append(CALLED.format(id=id_, test=f"regexp_matches(strip_accents(lower(name)), ${parameter}_named)"))
        if self.part:
            values[f"{parameter}_part"] = unaccented(self.part)
            found.append(CALLED.format(id=id_, test=f"contains(strip_accents(lower(name)), ${parameter}_part)"))
        return f"({' OR '.join(found) or 'false'})"


def whom(words: str) -> Whom:
    """Whom words mean. In quotation marks: those with just these words in the name. Else all actors of the country so
    called (by code, name, nationality or capital), the body known by that name, the actor of that id, or whoever has
    the words as a part of the name.
    """
    words = " ".join(words.split())
    quoted = words.strip('"“”').strip()
    if words[:1] in ('"', "“") and quoted:
        return Whom(words, quoted, named=(quoted,))
    if CODE.fullmatch(words) and (words in states() or words in OUTSIDE):
        return Whom(words, country_name(words), countries=(words,))
    name = folded(words)
    known = _called().get(name) or _called().get(name.removeprefix("the ")) or ()
    if known and known[0].kind in OF_A_STATE:
        codes = tuple(dict.fromkeys(entry.actor.country for entry in known if entry.actor.country))
        return Whom(words, " or ".join(states()[code].name for code in codes), countries=codes)
    if known:
        body = known[0].actor
        return Whom(words, body.name, id=body.id, named=tuple(dict.fromkeys((words, body.name))))
    return Whom(words, words, id=words, part=words)


def folded(name: str) -> str:
    """A name as it is looked up: small letters, no accents, straight marks."""
    return unaccented(fold(name))


def literal(words: str) -> str:
    """Words as a pattern that fits only them, in names without accents and capitals."""
    return SIGN.sub(r"\\\g<0>", unaccented(words))


@cache
def _called() -> dict[str, tuple[Entry, ...]]:
    """A name in small letters without accents -> the states it stands for, or else the body."""
    found: dict[str, tuple[Entry, ...]] = {}
    for name, meant in entries().items():
        own = tuple(entry for entry in meant if entry.kind in OWN)
        seats = tuple(entry for entry in meant if entry.kind in SEATS)
        bodies = tuple(entry for entry in meant if entry.kind in BODIES)
        if chosen := own or seats or bodies[:1]:
            found.setdefault(folded(name), chosen)
    return found
