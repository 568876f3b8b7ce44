"""The world of a generated database: who acts in it, where, how often, and the acts themselves, without their words."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path

from dotterel import tables
from dotterel.actors.vocabulary import adjectives, slug, split_cell, state_as, states
from dotterel.places.gazetteer import Site, cities
from dotterel.types import Actor

HERE = Path(__file__).parent
FIRST, LAST = date(2011, 1, 1), date(2016, 12, 31)
# The states of the news, those told of most first; after them come the rest in the order of the table.
TOLD_OF = """
USA RUS CHN SYR TUR FRA ISR IRN IRQ UKR GBR DEU EGY SAU PAK IND AFG PSE JPN PRK KOR LBY YEM NGA SOM SDN SSD LBN JOR
GRC ITA ESP POL BRA VEN COL MEX ZAF KEN ETH UGA COD MLI DZA TUN MAR QAT ARE KWT BHR PHL VNM IDN THA MMR BGD LKA NPL
GEO ARM AZE BLR SRB HUN AUS CAN CUB ARG CHL PER
""".split()  # noqa: SIM905 — a table, easier to read so
STATES, PERSONS, BODIES, GROUPS = 150, 230, 100, 70
# Pairs of states with a long history, and their share among all stories.
RIVALS = ("FRA RUS", "USA RUS", "TUR RUS", "ISR PSE", "IND PAK", "PRK KOR", "USA IRN", "SAU YEM", "UKR RUS", "CHN JPN")
OF_RIVALS, AT_HOME = 0.3, 0.35
TYPE_WEIGHTS = {"CONSULT": 15, "ASSAULT": 17, "ACCUSE": 13, "COERCE": 10, "REQUEST": 7, "AGREE": 6, "COOPERATE": 6,
                "SUPPORT": 5, "PROTEST": 6, "THREATEN": 5, "REJECT": 4, "MOBILIZE": 4, "RETREAT": 4, "AID": 4,
                "SANCTION": 4, "CONCEDE": 2}  # fmt: skip
STATUSES = {"occurred": 74, "ongoing": 5, "planned": 8, "proposed": 4, "hypothetical": 4, "negated": 5}
PRECISIONS = {"day": 55, "not told": 17, "week": 6, "month": 8, "year": 4, "none": 10}
AT_HOME_ONLY = frozenset({"police", "crowd", "opp", "civ"})  # whom states deal with in their own country
SECTORS = {"mil": "MIL", "police": "COP", "crowd": "CVL", "civ": "CVL", "court": "JUD"}


@dataclass(frozen=True, slots=True)
class Party:
    """An actor and how reports name it, the fullest form first, each with its kind of mention."""

    actor: Actor
    forms: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A row of desk_acts.tsv: one way to tell acts of a type and mode."""

    type: str
    mode: str | None
    who: str
    whom: str
    verb: tuple[str, ...]  # past, plain, present, running
    rest: str
    contexts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Deed:
    """One act as it was: what every report of it has in common."""

    number: int
    pattern: Pattern
    status: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    claimed_by: Party | None
    day: date
    place: Site | None
    words: dict[str, str]  # issue, goods, n, money
    dead: int


def words(use: str) -> list[str]:
    """The words of a row of desk_words.tsv."""
    return _words()[use]


@lru_cache(maxsize=1)
def _words() -> dict[str, list[str]]:
    return {row["use"]: row["words"].split("|") for row in tables.read_file(HERE / "desk_words.tsv")}


@lru_cache(maxsize=1)
def patterns() -> dict[str, list[Pattern]]:
    """The ways to tell acts, by type."""
    found: dict[str, list[Pattern]] = {}
    for row in tables.read_file(HERE / "desk_acts.tsv"):
        pattern = Pattern(row["type"], row["mode"] or None, row["who"], row["whom"], tuple(row["verb"].split()),
                          row["rest"], tuple(split_cell(row["contexts"])))  # fmt: skip
        found.setdefault(row["type"], []).append(pattern)
    return found


def skewed(count: int) -> list[float]:
    """Cumulative weights by which the first of so many come up far more often than the last."""
    return list(accumulate(1 / (n + 3) for n in range(count)))


@dataclass
class World:
    """Everybody and every place; the same for the same `chance`."""

    chance: random.Random
    codes: list[str] = field(init=False)
    persons: dict[str, list[Party]] = field(init=False)
    rivals: dict[str, list[Party]] = field(init=False)
    bodies: list[Party] = field(init=False)
    groups: dict[str, list[Party]] = field(init=False)
    sites: dict[str, list[Site]] = field(init=False)
    made: int = 0

    def __post_init__(self) -> None:
        lasting = [row["code"] for row in tables.read("states") if not row["to"] and row["code"] not in TOLD_OF]
        towns = towns_by_country()
        self.codes = [*TOLD_OF, *(code for code in lasting if len(towns.get(code, [])) > 4)][:STATES]
        self.sites = {code: [site for name in towns[code][:12] for site in _site(name, code)] for code in self.codes}
        self.weights = skewed(len(self.codes))
        self.persons = {code: [] for code in self.codes}
        self.rivals = {code: [] for code in self.codes}
        self._name_persons()
        self.bodies = listed("organisations", "organisation", lambda row: row["country"] == "IGO")[:BODIES]
        known = listed("groups", "group", lambda row: (row["from"] or "0") < "2016" and (row["to"] or "9") > "2012")
        self.groups = {}
        for party in known[:GROUPS]:
            self.groups.setdefault(party.actor.country or "NSA", []).append(party)

    def _name_persons(self) -> None:
        given = [name for row in tables.read("given_names") for name in row["names"].split("|") if len(name) > 2]
        names: set[str] = set()
        while len(names) < PERSONS:
            name = f"{self.chance.choice(given)} {self.chance.choice(words('family'))}"
            if name in names:
                continue
            code = self.codes[len(names)] if len(names) < len(self.codes) else self.state()
            names.add(name)
            rival = len(self.persons[code]) > 1 and self.chance.random() < 0.4
            sector, title = ("OPP", "rival") if rival else ("GOV", "title")
            actor = Actor(f"person:{slug(name)}", name, code, sector, (sector,))
            said = self.chance.choice(words(title))
            title = f"{adjectives()[code]} {said}" if rival else said
            forms = ((f"{title} {name}", "titled"), (name, "named"), (name.split()[-1], "named"))
            (self.rivals if rival else self.persons)[code].append(Party(actor, forms))

    def state(self) -> str:
        """The code of a state, those told of most far more often."""
        return self.chance.choices(self.codes, cum_weights=self.weights)[0]

    def pair(self) -> tuple[str, str]:
        """The two states that a story is about; one twice where it plays at home."""
        luck = self.chance.random()
        if luck < OF_RIVALS:
            a, b = self.chance.choices(RIVALS, cum_weights=skewed(len(RIVALS)))[0].split()
            return (a, b) if self.chance.random() < 0.5 else (b, a)
        a = self.state()
        return (a, a) if luck < OF_RIVALS + AT_HOME else (a, self.state())

    def deed(self, pair: tuple[str, str], day: date) -> Deed:
        """A new act between two states, or those in them, of about that day."""
        chance, (a, b) = self.chance, pair if self.chance.random() < 0.7 else pair[::-1]
        pattern = chance.choice(patterns()[drawn(chance, TYPE_WEIGHTS)])
        actors, recipients = self._sides(pattern, a, b)
        violent = pattern.type == "ASSAULT"
        status = drawn(chance, STATUSES)
        claimed = self.party("arm", a) if violent and pattern.who == "arm" and chance.random() < 0.3 else None
        spots = self.sites[b if violent or chance.random() < 0.4 else a]
        self.made += 1
        return Deed(
            self.made, pattern, status, actors, recipients,
            claimed if claimed and claimed.actor.id.startswith("group:") and status == "occurred" else None,
            day + timedelta(days=chance.randint(1, 4)) if status in {"planned", "proposed"} else day,
            chance.choices(spots, cum_weights=skewed(len(spots)))[0] if spots and chance.random() < 0.72 else None,
            {use: chance.choice(words(use)) for use in ("issue", "goods", "n", "money")},
            chance.randint(2, 60) if violent and status == "occurred" and chance.random() < 0.6 else 0,
        )  # fmt: skip

    def _sides(self, pattern: Pattern, a: str, b: str) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
        both, kind = pattern.who.startswith("pair "), pattern.who.removeprefix("pair ")
        if pattern.whom in AT_HOME_ONLY and pattern.who != "arm":
            b = a
        first = self.party(kind, a)
        second = self.party(kind if both else pattern.whom or "gov", b)
        if second.actor.id == first.actor.id:
            second = self.party("gov", next(code for code in self.codes if code not in {a, b}))
        if both:
            return (first, second), ()
        return (first,), (second,) if pattern.whom else ()

    def party(self, kind: str, code: str) -> Party:
        """Somebody of that kind in a state."""
        chance = self.chance
        luck = chance.random()
        if kind == "igo" or (kind == "gov" and luck < 0.06):
            return chance.choices(self.bodies, cum_weights=skewed(len(self.bodies)))[0]
        own = self.groups.get(code) or self.groups["NSA"]
        if kind == "arm":
            return chance.choices(own, cum_weights=skewed(len(own)))[0]
        people = self.rivals[code] if kind == "opp" else self.persons[code]
        if people and (kind in {"person", "opp"} or (kind == "gov" and luck < 0.35)):
            return chance.choices(people, cum_weights=skewed(len(people)))[0]
        return state_party(code) if kind in {"gov", "person"} else self._described(kind, code)

    def _described(self, kind: str, code: str) -> Party:
        """Those in a state who are told by what they are: its soldiers, police, courts, protesters."""
        nouns = {"mil": ["soldiers", "troops", "warplanes"], "police": ["police"], "court": ["prosecutors"],
                 "opp": ["opposition figures"]}  # fmt: skip
        name = f"{adjectives()[code]} {self.chance.choice(nouns.get(kind) or words(kind))}"
        return Party(state_as(code, SECTORS.get(kind, "OPP"), name), ((name, "described"),))


@cache
def state_party(code: str) -> Party:
    """A state, by its name and its capital."""
    row = next(row for row in tables.read("states") if row["code"] == code)
    capital = split_cell(row["capital"])[:1]
    forms = [(row["name"], "named"), *((name, "metonym") for name in capital)]
    return Party(states()[code], tuple(forms))


def listed(table: str, kind: str, wanted: object) -> list[Party]:
    """The bodies of a table that are wanted, by their names."""
    assert callable(wanted)
    found = []
    for row in filter(wanted, tables.read(table)):
        sectors = tuple(split_cell(row["sector"]))
        actor = Actor(f"{kind}:{slug(row['name'])}", row["name"], row["country"] or None, sectors[0], sectors)
        short = [name for name in split_cell(row["aliases"])[:1] if len(name) > 2]
        found.append(Party(actor, tuple((name, "named") for name in (f"the {row['name']}", *short))))
    return found


def drawn(chance: random.Random, weights: dict[str, int]) -> str:
    """One of the keys, by its weight."""
    return chance.choices(list(weights), list(weights.values()))[0]


@lru_cache(maxsize=1)
def towns_by_country() -> dict[str, list[str]]:
    """The names of the cities of each state, the most populous first."""
    found: dict[str, list[str]] = {}
    for row in tables.read("places"):
        found.setdefault(row["country"], []).append(row["name"])
    return found


def _site(name: str, code: str) -> Sequence[Site]:
    return [site for site in cities(name) if site.country == code][:1]
