"""Decides which place on earth a name means, from the words beside it and the states the report speaks of."""

from __future__ import annotations

import calendar
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from dotterel.places import gazetteer
from dotterel.places.gazetteer import Site
from dotterel.places.names import Name, words

MENTIONED_WEIGHT = 1.0  # the report speaks of that state
MOST_MENTIONED_WEIGHT = 0.5  # and of none so often
SAME_DIVISION_WEIGHT = 1.5  # the report speaks of that division of it, such as a US state
NEAR_WEIGHT = 1.0  # another place of the report lies that near
NEAR = 200.0  # kilometres
MAIN_COUNT, MAIN_SHARE = 3, 0.6  # mentions, and share of all, that make a state the one a report is about
BESIDE_SCORE = 0.6
NAMESAKE_WEIGHT = 5.5  # least weight of a town that a building is called after: 300,000 inhabitants
MOST_TOWNS = 30  # looked at for nearness
SURE = 0.8  # score from which a place resolved at first sight helps to resolve the others
LIKELY = 0.65  # and from which it counts as a place that others may lie near
DEGREE = 111.2  # kilometres on a meridian
NO_DIVISION = {"", "District of Columbia", "Washington"}  # spoken of wherever the United States are
DATE_WORDS = {*calendar.month_name, *calendar.day_name}
CAPITALISED = r"[A-Z][\w.’'-]*(?: [A-Z][\w.-]*){0,3}"
AFTER = re.compile(rf"(?:,? in (?:the )?(?:[a-z-]+ ){{0,2}}|, |,? \()(?:the )?(?:[a-z-]+ern )?({CAPITALISED})")
POSSESSOR = re.compile(rf"({CAPITALISED})['’]s? (?:[a-z-]+ ){{0,3}}(?:of )?(?:the )?$")
ADJECTIVE = re.compile(r"([A-Z][a-z]+)(?:-[a-z]+)? (?:[a-z-]+ ){0,4}of (?:the )?$")
DISTANCE = r"(?:(?:about|some|around|roughly|nearly|just|located|situated) ){0,2}(?:\d[\d.,]* ?[a-z]+(?: \([^)]*\))? )?"
BESIDE = re.compile(
    rf"(?:,| \(|, which is| -)? {DISTANCE}(?:(?:to the )?(?:north|south|east|west)[a-z-]* of|near|outside) "
    rf"(?:the )?(?:[a-z-]+ ){{0,3}}?({CAPITALISED})"
)

Container = tuple[str, str]  # country, and first-order division or ''


@dataclass(frozen=True, slots=True)
class Setting:
    """What a report speaks of: states and their divisions with how often, and the towns that are sure."""

    countries: Counter[str]
    divisions: Counter[Container]
    towns: tuple[Site, ...] = ()  # each once

    @property
    def main(self) -> str | None:
        """The state that most of the names and nationalities in the report belong to, None where none stands out."""
        if not self.countries:
            return None
        code, count = self.countries.most_common(1)[0]
        return code if count >= MAIN_COUNT and count >= MAIN_SHARE * self.countries.total() else None

    def bonus(self, site: Site) -> float:
        """What the report as a whole adds to the weight of a place."""
        near = NEAR_WEIGHT if any(t.name != site.name and is_near(t, site, NEAR) for t in self.towns) else 0.0
        if site.country is None or not self.countries[site.country]:
            return near
        most = self.countries[site.country] == max(self.countries.values())
        same_division = SAME_DIVISION_WEIGHT if site.division and self.divisions[site.country, site.division] else 0.0
        return MENTIONED_WEIGHT + (MOST_MENTIONED_WEIGHT if most else 0.0) + same_division + near


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name was taken to mean, how surely, and why."""

    site: Site | None
    country: str | None
    score: float  # 0 to 1
    reason: str
    division: str = ""  # where the place itself is unknown
    beside: Site | None = None  # a known place near which the unknown one lies


def containers_of(name: Name, text: str) -> tuple[Container, ...]:
    """The countries and divisions that may be said to contain the place.

    Said by what follows ("Sarmada, Syria"; "Sarmada, in northern Syria") or precedes ("Syria's Idlib province", "the
    Syrian town of Sarmada"). More than one where the container's name has several meanings ("Georgia").
    """
    after = AFTER.match(text, name.end)
    if after:
        pieces = after[1].removesuffix("'s").removesuffix("’s").rstrip(",;:").split(" ")
        for length in range(len(pieces), 0, -1):
            piece = " ".join(pieces[:length])
            found = gazetteer.containers(piece) or gazetteer.containers(piece.rstrip("."))
            if found and piece != name.core and piece not in gazetteer.demonyms() and not _goes_on_list(name, piece):
                return () if _qualifies(pieces[length:]) else found
    return _containers_before(name, text)


def _qualifies(rest: list[str]) -> bool:
    """Whether capitals after a would-be container make it part of a title: "in Paris, the US Defense Secretary"."""
    return bool(rest) and rest[0] not in DATE_WORDS


def _goes_on_list(name: Name, following: str) -> bool:
    """Whether a name after a comma is the next of a list, not a container: a big city too, and holds no such place."""
    if max((s.weight for s in gazetteer.cities(following)), default=0.0) < gazetteer.REGION_WEIGHT - 1:
        return False
    return not any(fits(s, c) for s in gazetteer.sites(name.core) for c in gazetteer.containers(following))


def _containers_before(name: Name, text: str) -> tuple[Container, ...]:
    """The containers told by a possessor or an adjective of nationality before the name."""
    before = text[max(0, name.start - 60) : name.start]
    possessor = POSSESSOR.search(before)
    if possessor:
        pieces = possessor[1].split(" ")
        return next((c for i in range(len(pieces)) if (c := gazetteer.containers(" ".join(pieces[i:])))), ())
    adjective = ADJECTIVE.search(before)
    if adjective and gazetteer.demonyms().get(adjective[1]) and set(before.lower().split()) & words("of"):
        return ((gazetteer.demonyms()[adjective[1]], ""),)
    return ()


def setting_of(named: Iterable[str], containers: Iterable[Container], extra: Iterable[str]) -> Setting:
    """Count the states spoken of: by name or nationality (`named`), as containers, and by code (`extra`)."""
    countries: Counter[str] = Counter(extra)
    divisions: Counter[Container] = Counter()
    for name in named:
        state = gazetteer.states().get(name)
        division = next((r for r in gazetteer.regions().get(name, ()) if r.kind == "state" and r.division), None)
        if state is not None and division is not None:
            continue  # "Georgia" is what is to be found out
        if division is not None:
            divisions[str(division.country), division.division] += 1
        code = state.country if state else division.country if division else gazetteer.demonyms().get(name)
        if code:
            countries[code] += 1
    for country, within in containers:
        countries[country] += 1
        divisions[country, within] += 1 if within else 0
    return Setting(countries, divisions)


def widened(setting: Setting, resolutions: Iterable[Resolution]) -> Setting:
    """The setting with the states and divisions of all towns that were surely resolved at first sight."""
    towns = [(r.site, r.score) for r in resolutions if r.site is not None and r.site.kind in {"city", "capital"}]
    sure = [site for site, score in towns if score >= SURE]
    countries = setting.countries + Counter(s.country for s in sure if s.country)
    divisions = setting.divisions + Counter((s.country, s.division) for s in sure if s.country and s.division)
    return Setting(countries, divisions, tuple(s for s, score in towns if score >= LIKELY)[:MOST_TOWNS])


def is_near(one: Site, other: Site, kilometres: float) -> bool:
    """Whether two places lie within so many kilometres, by a flat reckoning that serves at short range."""
    if one.latitude is None or one.longitude is None or other.latitude is None or other.longitude is None:
        return False
    east = abs(one.longitude - other.longitude) * math.cos(math.radians(one.latitude))
    return math.hypot(one.latitude - other.latitude, east) * DEGREE <= kilometres


def neighbour_of(name: Name, text: str) -> str | None:
    """The known place beside which the text says that one lies: "Safina, about 45 km south of Mosul", or its namesake.

    A building called after its town ("Manila Cathedral") lies in it; a street need not.
    """
    told = BESIDE.match(text, name.end)
    pieces = told[1].rstrip(".,").removesuffix("'s").split(" ") if told else name.core.split(" ")[:-1]
    if not told and name.core.split(" ")[-1].lower() in words("street"):
        return None
    shorter = (" ".join(pieces[:length]) for length in range(len(pieces), 0, -1))
    least = 0.0 if told else NAMESAKE_WEIGHT
    known = (
        p for p in shorter if p not in DATE_WORDS and max((s.weight for s in gazetteer.sites(p)), default=0) > least
    )
    return next(known, None)


def placed_beside(resolution: Resolution, neighbour: Resolution | None) -> Resolution:
    """The resolution of an unknown place, put where its neighbour lies if that is a town or county."""
    if resolution.site is not None or neighbour is None or neighbour.site is None:
        return resolution
    site = neighbour.site
    if site.kind not in {"city", "capital", "county"} or resolution.country not in {None, site.country}:
        return resolution
    score = min(BESIDE_SCORE, neighbour.score)
    return Resolution(None, site.country, score, f"in no table; beside {site.name}", site.division, site)


def fits(site: Site, inside: Container) -> bool:
    """Whether a place lies in the container."""
    country, division = inside
    return site.country == country and (not division or site.division == division) and site.kind != "continent"


def resolve(core: str, containers: tuple[Container, ...], setting: Setting) -> Resolution:
    """The place a name means; one without coordinates where only its container is known.

    A container that holds no known place of the name is set aside ("in Jordan, Lebanon and Turkey"), unless it is a
    US state: there "Damascus, Md." is a small place that no table knows. Elsewhere its country still counts.
    """
    known = gazetteer.sites(core)
    within = [s for s in known if any(fits(s, c) for c in containers)]
    if not within and not any(c[0] == "USA" for c in containers):
        within = [s for s in known if any(fits(s, (c[0], "")) for c in containers)]
    if within:
        best = max(within, key=lambda s: _strength(s, setting))
        return Resolution(best, best.country, 1.0, "lies in what is named beside it")
    if not known and not containers and setting.main:
        return Resolution(None, setting.main, 0.4, "the report speaks mostly of that state")
    if containers and (
        not known or (containers[0][0] == "USA" and containers[0][1] and all(_is_town(s) for s in known))
    ):
        country, division = max(containers, key=lambda c: (setting.divisions[c], setting.countries[c[0]]))
        return Resolution(None, country, 0.7, "lies in what is named beside it", division)
    return _by_weight(known, setting) if known else Resolution(None, None, 0.2, "in no table")


def _is_town(site: Site) -> bool:
    return site.kind in {"city", "county"}


def _by_weight(known: tuple[Site, ...], setting: Setting) -> Resolution:
    """The weightiest of several places, what the report speaks of counted in."""
    ranked = sorted(_told_apart(known, setting), key=lambda s: -_strength(s, setting))
    margin = 3.0 if len(ranked) == 1 else _strength(ranked[0], setting) - _strength(ranked[1], setting)
    score = min(1.0, 0.55 + 0.15 * margin)
    return Resolution(ranked[0], ranked[0].country, score, _reason(ranked, setting))


def _strength(site: Site, setting: Setting) -> float:
    return site.weight + setting.bonus(site)


def _told_apart(known: tuple[Site, ...], setting: Setting) -> tuple[Site, ...]:
    """Without the state where its name is a US state's too and the report tells of others of those, and not of it."""
    namesakes = [s for s in known if s.kind == "state" and s.weight < gazetteer.STATE_WEIGHT and s.country == "USA"]
    others = any(country == "USA" and within not in NO_DIVISION for country, within in setting.divisions)
    unspoken = {s for s in known if s.weight >= gazetteer.STATE_WEIGHT and not setting.countries[s.country or ""]}
    return tuple(s for s in known if s not in unspoken) if namesakes and others and unspoken else known


def _reason(ranked: list[Site], setting: Setting) -> str:
    """In a few words, what put the first of the ranked places there."""
    best = ranked[0]
    if best.kind == "state" and best.weight >= gazetteer.STATE_WEIGHT:
        return "name of a state"
    if len(ranked) == 1:
        return "the one place of that name"
    heaviest = max(ranked, key=lambda s: s.weight)
    return _why_not_the_heaviest(best, setting) if best is not heaviest else "weightiest place of that name"


def _why_not_the_heaviest(best: Site, setting: Setting) -> str:
    """What spoke for a place that is not the weightiest of its name."""
    near = next((t for t in setting.towns if t.name != best.name and is_near(t, best, NEAR)), None)
    return f"near {near.name}, which the report names" if near is not None else "the report speaks of that state"
