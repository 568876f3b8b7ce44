"""What a view shows, in words: its heading, a chip for each filter, and whom the names in it were taken to mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dotterel.codebook.loader import QUADS
from dotterel.errors import DotterelError
from dotterel.store.whom import Whom, whom
from dotterel.web.filters import Filters, days_of

CORRECTED = {"accepted": "accepted", "edited": "edited", "added": "added by hand", "none": "not looked at"}
LOCATED = {"yes": "at a place with coordinates", "no": "at none that is known"}
NOUNS = {"linked": "act", "events": "telling"}  # what each unit counts
LABELS = {
    "q": "Words",
    "a": "Who",
    "b": "With or toward",
    "type": "Type",
    "mode": "Mode",
    "quad": "Class",
    "status": "Status",
    "context": "About",
    "country": "Country",
    "where": "Happened in",
    "located": "On the map",
    "place": "Place",
    "since": "From",
    "until": "To",
    "source": "Source",
    "surest": "At most sure",
    "sure": "At least sure",
    "corrected": "Corrected",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is set, and the filters without it."""

    words: str
    without: Filters


def chips(filters: Filters) -> Iterator[Chip]:
    """The filters that are set, in the order of the form."""
    for name, label in LABELS.items():
        if value := getattr(filters, name):
            without = filters.but(**{name: None} | ({"directed": None} if name in ("a", "b") else {}))
            yield Chip(f"{label}: {shown(name, value)}", without)
    if filters.directed and filters.a and filters.b:
        yield Chip("Only the first toward the second", filters.but(directed=None))
    if filters.by == "events":
        yield Chip("Each telling", filters.but(by="linked"))


def shown(name: str, value: str) -> str:
    """The value of a filter for a person."""
    if name == "quad":
        return QUADS.get(int(value), value) if value.isdecimal() else value
    if name in ("sure", "surest"):
        return f"{value} %"
    if name == "where" and value.lower() == "none":
        return "no country known"
    named = {"corrected": CORRECTED, "located": LOCATED}.get(name, {})
    return named.get(value, value)


def heading(filters: Filters) -> str:
    """The view as a heading: "France with or toward Russia: ASSAULT, 26 November 2015"."""
    if not filters.narrowed:
        return "Who did what to whom"
    kind = " ".join(filter(None, (filters.type, filters.mode))) or (shown("quad", filters.quad) if filters.quad else "")
    told = f"told with “{filters.q.strip()}”" if filters.q else ""
    who = whose(filters) or "Acts"
    return ", ".join(part for part in (f"{who}: {kind}" if kind else who, told, span(filters)) if part)


def whose(filters: Filters) -> str:
    """The parties that are asked for."""
    names = [whom(words).name for words in (filters.a, filters.b) if words]
    if len(names) == 2:
        return f"{names[0]} toward {names[1]}" if filters.directed else f"{names[0]} with or toward {names[1]}"
    return f"Acts of or toward {names[0]}" if names else ""


def span(filters: Filters) -> str:
    """The days that are asked for."""
    if day := one_day(filters):
        return f"{day.day} {day:%B %Y}"
    since, until = filters.since, filters.until
    if since and until:
        return since if since == until else f"{since} to {until}"
    return f"from {since} on" if since else f"up to {until}" if until else ""


@dataclass(frozen=True, slots=True)
class Meaning:
    """Whom a name in a filter was taken to mean, and what else it could: the words of a link and where it leads."""

    words: str
    means: str
    other: str | None = None
    instead: Filters | None = None


def meanings(filters: Filters) -> Iterator[Meaning]:
    """What was understood of each name."""
    for field in ("a", "b"):
        if words := getattr(filters, field):
            yield meaning(field, whom(words), filters)


def meaning(field: str, meant: Whom, filters: Filters) -> Meaning:
    """What was understood of one name."""
    alone = filters.but(**{field: f'"{meant.name}"'})
    if meant.countries:
        codes = " and ".join(meant.countries)
        return Meaning(meant.words, f"all actors of {meant.name} ({codes})", "only those named so", alone)
    if meant.id and meant.named:
        means = f"{meant.name}, and whoever has the name in theirs"
        return Meaning(meant.words, means, "this actor alone", filters.but(**{field: meant.id}))
    if meant.named:
        wider = whom(meant.name)
        if wider.countries:
            return Meaning(
                meant.words, "only those named so", f"all actors of {wider.name}", filters.but(**{field: meant.name})
            )
        return Meaning(meant.words, "whoever has just these words in the name")
    return Meaning(meant.words, "this actor, or whoever has this in the name")


def beyond(filters: Filters) -> Iterator[tuple[str, Filters]]:
    """Other questions near the one asked: the words of a link, and the filters it leads to."""
    if filters.a and filters.b:
        for field in ("a", "b"):
            one = getattr(filters, field)
            yield f"Everything of or toward {whom(one).name}", filters.but(a=one, b=None, directed=None)
    if day := one_day(filters):
        for words, end, step in (("The day before", date.min, -1), ("The day after", date.max, 1)):
            if day != end:
                other = str(day + timedelta(step))
                yield words, filters.but(since=other, until=other)
        yield "Any day", filters.but(since=None, until=None)


def one_day(filters: Filters) -> date | None:
    """The day, where just one is asked for."""
    if not (filters.since and filters.until):
        return None
    try:
        first, last = days_of(filters.since)[0], days_of(filters.until)[1]
    except DotterelError:
        return None
    return date.fromisoformat(first) if first == last else None
