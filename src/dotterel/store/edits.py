"""What an edit sets: the values a user gives as columns of the tables, each as words, '' for nothing."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from datetime import date

import duckdb

from dotterel.actors.vocabulary import slug, states
from dotterel.codebook import get, quad, score
from dotterel.errors import StoreError
from dotterel.places.gazetteer import sites
from dotterel.types import Actor

Parties = str | Actor | Sequence[str | Actor]  # one or several: ids, names, or actors
STATUSES = ("occurred", "ongoing", "planned", "proposed", "hypothetical", "negated")
SEPARATOR = "; "
DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
KNOWN = """
SELECT a.id FROM actors a LEFT JOIN event_actors p ON p.actor_id = a.id
WHERE a.id = $name OR strip_accents(lower(a.name)) = strip_accents(lower($name))
GROUP BY a.id ORDER BY a.id = $name DESC, count(p.event_id) DESC, a.id LIMIT 1
"""
SPLIT_OFF = """
SELECT into_id, into_name FROM actor_decisions
WHERE kind = 'split' AND undone IS NULL
  AND (into_id = $name OR strip_accents(lower(into_name)) = strip_accents(lower($name)))
ORDER BY into_id = $name DESC, number DESC LIMIT 1
"""


def columns(fields: Mapping[str, str | None], type_now: str, mode_now: str | None) -> dict[str, str]:
    """The columns that these fields set, of an act of that type and mode as it is now.

    A mode that another type does not have is emptied with the type. Raises StoreError where a value is none.
    """
    found = {name: value for name, value in fields.items() if value is not None}
    named = found.get("type")
    kind = get(named).name if named else type_now
    if mode_now and kind != type_now and mode_now not in {m.name for m in get(kind).modes}:
        found.setdefault("mode", "")  # the mode of another type
    mode = found.get("mode", mode_now or "").strip()
    if found.get("mode") and get(kind).modes and mode not in {m.name for m in get(kind).modes}:
        known = ", ".join(m.name for m in get(kind).modes)
        raise StoreError(f"'{mode}' is no mode of {kind}; known: {known}")
    if found.get("status", "occurred") not in STATUSES:
        raise StoreError(f"'{found['status']}' is no status; known: {', '.join(STATUSES)}")
    # An act of a type that is unknown here may be dated and placed all the same.
    retold = named or "mode" in found or not type_now
    scored = {"quad": str(quad(kind)), "score": str(score(kind, mode or None))} if retold else {}
    return {
        **({"type": kind} if named else {}),
        **({"mode": mode} if "mode" in found else {}),
        **scored,
        **({"status": found["status"]} if "status" in found else {}),
        **(date_columns(found["date"]) if "date" in found else {}),
        **(place_columns(found["place"]) if "place" in found else {}),
    }


def date_columns(value: str) -> dict[str, str]:
    """The columns of a date: a day, a month, a year, or two of them with a stroke between.

    Raises StoreError for anything else.
    """
    parts = value.strip().split("/")
    if parts == [""]:
        return dict.fromkeys(("date", "first_day", "last_day", "date_precision"), "")
    if len(parts) > 2 or not all(DAY.fullmatch(part) for part in parts):
        raise StoreError(f"'{value}' is no date; give 2015-11-24, 2015-11, 2015, or two of them as first/last")
    try:
        first, last = _days(parts[0])[0], _days(parts[-1])[1]
    except ValueError as error:
        raise StoreError(f"'{value}' is no date: {error}") from None
    if last < first:
        raise StoreError(f"'{value}' ends before it begins")
    precision = {4: "year", 7: "month", 10: "day"}[len(parts[0])] if len(parts) == 1 else "range"
    return {"date": parts[0], "first_day": str(first), "last_day": str(last), "date_precision": precision}


def _days(part: str) -> tuple[date, date]:
    """The first and last day of a day, month or year."""
    year, month, day = (int(n) if n else None for n in (part[:4], part[5:7], part[8:10]))
    assert year is not None
    if day:
        return date(year, month or 1, day), date(year, month or 1, day)
    last = month or 12
    return date(year, month or 1, 1), date(year, last, calendar.monthrange(year, last)[1])


def place_columns(value: str) -> dict[str, str]:
    """The columns of a place given by name, or by name and country: 'Aleppo, SYR'; coordinates where the gazetteer
    knows one such place.
    """
    name, _, country = (part.strip() for part in value.partition(","))
    names = ("place_name", "place_country", "place_region", "latitude", "longitude", "geonames")
    found = [site for site in sites(name) if site.country == country] if country else list(sites(name))
    if not found:
        return dict(zip(names, (name, country, "", "", "", ""), strict=True))
    site = max(found, key=lambda s: s.weight)
    values = (name, site.country, site.division, site.latitude, site.longitude, site.geonames)
    return dict(zip(names, ("" if v is None else str(v) for v in values), strict=True))


def party_ids(connection: duckdb.DuckDBPyConnection, parties: Parties) -> str:
    """The ids of these parties, '; ' between; whoever is new to the database gets a row in `actors`."""
    listed = [parties] if isinstance(parties, str | Actor) else list(parties)
    return SEPARATOR.join(_known(connection, party) for party in listed if party)


def _known(connection: duckdb.DuckDBPyConnection, party: str | Actor) -> str:
    name = party.id if isinstance(party, Actor) else party.strip()
    found = connection.execute(KNOWN, {"name": name}).fetchone()
    if found:
        return str(found[0])
    split_off = connection.execute(SPLIT_OFF, {"name": name}).fetchone()
    actor = party if isinstance(party, Actor) else Actor(*split_off) if split_off else _new(name)
    values = [actor.id, actor.name, actor.country, actor.sector, list(actor.sectors)]
    connection.execute("INSERT INTO actors VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING", values)
    return actor.id


def _new(name: str) -> Actor:
    """A state by its name or code, or somebody of whom nothing but the name is known."""
    state = next((s for code, s in states().items() if name.casefold() in {code.casefold(), s.name.casefold()}), None)
    return state or Actor(id_named("actor", name), name)


def id_named(kind: str, name: str) -> str:
    """The id of somebody of whom a kind and a name are known: 'person:ada-holm'."""
    # A name in other letters than Latin ones has no slug; the ids of a side are told with SEPARATOR between.
    return f"{kind}:{slug(name) or '-'.join(name.replace(';', ' ').split())}"
