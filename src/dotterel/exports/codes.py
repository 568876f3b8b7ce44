"""Codes of other data sets for our events, actors, sectors and countries, by the tables in data/."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

from dotterel import tables
from dotterel.codebook.loader import fits
from dotterel.exports.acts import Act, Party

Row = dict[str, str]
NO_STATE = {"IGO", "NGO", "MNC", "NSA"}  # what stands for a country of actors of no one state


@lru_cache(maxsize=1)
def _conversions() -> dict[str, list[tuple[Row, re.Pattern[str]]]]:
    """The rows of plover_to_cameo.tsv by type, each with the pattern of its words."""
    found: dict[str, list[tuple[Row, re.Pattern[str]]]] = {}
    for row in tables.read("plover_to_cameo"):
        words = "" if row["words"] == "*" else row["words"]
        found.setdefault(row["type"], []).append((row, re.compile(words, re.IGNORECASE)))
    return found


def cameo(act: Act) -> str | None:
    """The CAMEO code of an act; None where CAMEO has none, as for what is only planned or a type of the user's own."""
    mode = act.mode or "-"
    for row, words in _conversions().get(act.type, ()):
        told = fits(row["mode"], mode) and fits(row["status"], act.status)
        if told and (row["context"] == "*" or row["context"] in act.contexts) and words.search(act.trigger):
            return row["cameo"]
    return None


@lru_cache(maxsize=1)
def _cameo_codes() -> dict[str, Row]:
    return {row["code"]: row for row in tables.read("cameo_codes")}


def cameo_text(code: str) -> str:
    """What a CAMEO code is called."""
    return _cameo_codes()[code]["text"]


def goldstein(code: str) -> float:
    """Where a CAMEO code stands between conflict (-10) and cooperation (10)."""
    return float(_cameo_codes()[code]["goldstein"])


def cameo_quad(code: str) -> int:
    """The quad class of a CAMEO code by its root: 1 verbal, 2 material cooperation; 3 verbal, 4 material conflict."""
    root = int(code[:2])
    return 1 if root <= 5 else 2 if root <= 8 else 3 if root <= 13 else 4


@lru_cache(maxsize=1)
def _countries() -> dict[str, Row]:
    return {row["code"]: row for row in tables.read("country_codes")}


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    return {row["code"]: row["name"] for row in tables.read("states")}


def country_code(country: str | None, scheme: str) -> str:
    """The code of a country in a scheme, `cow` or `fips`; empty where it has none or is none."""
    return _countries().get(country or "", {}).get(scheme, "")


def country_name(country: str | None) -> str:
    """The name of a country as ICEWS writes it; empty for what is no state."""
    code = country or ""
    return _countries().get(code, {}).get("icews") or _names().get(code, "")


@lru_cache(maxsize=1)
def _sectors() -> dict[str, Row]:
    return {row["sector"]: row for row in tables.read("sector_codes")}


def sector_code(sector: str, scheme: str) -> str:
    """The code of a sector in a scheme, `polecat`, `cameo` or `icews`; empty where it has none."""
    return _sectors().get(sector, {}).get(scheme, "")


@lru_cache(maxsize=1)
def _groups() -> dict[str, str]:
    return {row["name"]: row["group"] for row in tables.read("cameo_groups")}


def is_state(party: Party) -> bool:
    """Whether a party is a state as such, whose sector goes without saying, and not one of its organs or people."""
    return party.id.startswith("state:")


def cameo_country(party: Party) -> str:
    """The state of a party in CAMEO; empty for who belongs to none."""
    if party.country is None or party.country in NO_STATE:
        return ""
    return country_code(party.country, "cameo") or party.country


def cameo_group(party: Party) -> str:
    """The code of an international organisation; empty for everybody else."""
    return _groups().get(party.name, "")


def cameo_roles(party: Party) -> list[str]:
    """Role codes of a party, the primary first: ['GOV'], ['IGO']; none for a state as such."""
    if is_state(party):
        return []
    told = [sector_code(sector, "cameo") for sector in (party.sector, *party.sectors)]
    if party.country in {"IGO", "NGO", "MNC"}:
        told = [party.country, *told]
    elif party.country == "NSA" and party.sector == "REB":
        told = ["IMG", *told[1:]]
    return list(dict.fromkeys(code for code in told if code and code != "UNK"))


def cameo_actor(party: Party | None) -> str:
    """The actor code in CAMEO: state, then role (USAGOV), or IGO, NGO, MNC, IMG and the organisation (IGOUNO)."""
    if party is None:
        return ""
    roles = cameo_roles(party)
    return cameo_country(party) + "".join(roles[:1]) + cameo_group(party)


def number(*parts: str, bits: int) -> int:
    """A whole number of so many bits that is always the same for the same words."""
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).digest()
    return int.from_bytes(digest[:8], "big") >> (64 - bits)
