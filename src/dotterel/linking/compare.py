"""Whether two events are the same act: what speaks for it and against it, weighed by a table of weights."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from math import asin, cos, exp, radians, sin, sqrt

import numpy as np
import numpy.typing as npt

from dotterel import tables
from dotterel.codebook import quad
from dotterel.linking.facts import NO_STATE, Facts, Party, Toll
from dotterel.types import Judgement

IMPOSSIBLE = 0.0  # belief in two events that may not be one act, through others neither
SAME = 0.5  # belief from which on two events are taken for one act
ALIKE, SAME_PARTY = 0.35, 0.9  # agreement of two sets of parties: of one state or like name; the same ones
# Any two of these outweigh whatever speaks for one act: one may be a slip of a report or of the coder, two are none.
CONTRADICTIONS = frozenset((
    "day beside", "day other", "time other", "place far", "country other", "type other", "actors of other states",
    "recipients of other states",
))  # fmt: skip
NAMED = ("person:", "group:", "organisation:")  # ids of parties that are told by name
NAMESAKE = 0.6  # likeness of two parties that have more in common than their state
DESCRIBED = ("role:", "place:", "crowd:")  # ids of parties that are told by what they are, and of no known state
MANY = 2
UNKNOWN = frozenset({*NO_STATE, None, ""})
VERBAL = (1, 3)  # quad classes of acts of words: the same people say much, on many days
ON_ONE_DAY = frozenset({"day same", "day guessed same"})
HAPPENED = frozenset({"occurred", "ongoing"})
NEAR_KM, FAR_KM = 30, 100  # two places are one spot for two reports; they are not
EARTH_KM = 6371.0
CLOSE = 0.15  # by which share two exact counts may differ and still be of one act


def judge(a: Facts, b: Facts) -> Judgement:
    """Are the two events the same act? The order of the two does not matter."""
    if a.event_id > b.event_id:
        a, b = b, a
    signs = signs_of(a, b)
    weights = read_weights()
    reasons = tuple(says for name, (weight, says) in weights.items() if says and weight > 0 and signs.get(name))
    conflicts = tuple(says for name, (weight, says) in weights.items() if says and weight < 0 and signs.get(name))
    score = _score(a, b, signs)
    return Judgement(a.event_id, b.event_id, score >= SAME, score, reasons, conflicts)


def score_of(a: Facts, b: Facts) -> float:
    """The belief that the two events are the same act, without what `judge` says of it. In either order the same."""
    if a.event_id > b.event_id:
        a, b = b, a
    return _score(a, b, signs_of(a, b))


def _score(a: Facts, b: Facts, signs: Mapping[str, float]) -> float:
    return IMPOSSIBLE if are_apart(a, b) else round(belief(signs), 4)


def are_apart(a: Facts, b: Facts) -> bool:
    """Are they two acts because their report tells them as two? Only a headline tells again what the text tells."""
    return a.report_id == b.report_id and a.titled == b.titled


def ruled_out(a: Facts, b: Facts) -> bool:
    """May two events be no one act, as is seen at a glance? Of most that share a key it is, in a tenth of the time of
    `judge`, which finds them impossible; where it is not, they are still to be judged.
    """
    if are_apart(a, b):
        return True
    plain = _of_other_sides(a.actors, b.actors) + _of_other_sides(a.recipients, b.recipients)
    plain += a.type != b.type and quad(a.type) != quad(b.type)
    plain += bool(a.place_country and b.place_country and a.place_country != b.place_country)
    return plain >= MANY or plain + len(CONTRADICTIONS & _of_time(a, b)) >= MANY


def _of_other_sides(first: tuple[Party, ...], second: tuple[Party, ...]) -> bool:
    """Are all parties of both of known states, and none of a state of the other side?"""
    states = [{party.country for party in side} for side in (first, second)]
    return bool(first and second) and states[0].isdisjoint(states[1]) and UNKNOWN.isdisjoint(states[0] | states[1])


def belief(signs: Mapping[str, float]) -> float:
    """The logistic of the weighed sum of the signs; none where several contradict that the two are one act."""
    weights = read_weights()
    found = 1 / (1 + exp(-sum(value * weights[name][0] for name, value in signs.items())))
    return IMPOSSIBLE if len(CONTRADICTIONS & signs.keys()) >= MANY else found


@lru_cache(maxsize=1)
def read_weights() -> dict[str, tuple[float, str]]:
    """Of each sign its weight, and what it says where it is there."""
    return {row["sign"]: (float(row["weight"]), row["says"]) for row in tables.read("linking_weights")}


def signs_of(a: Facts, b: Facts) -> dict[str, float]:
    """What two events have in common and in what they differ, each sign from 0 to 1; those not there are left out."""
    signs = {"always": 1.0, "sense": likeness(a.sense, b.sense), "words": shared(a.words, b.words)}
    signs |= dict.fromkeys(_of_type(a, b), 1.0)
    signs |= dict.fromkeys(_of_parties(a, b), 1.0)
    signs |= dict.fromkeys(_of_time(a, b), 1.0)
    signs |= dict.fromkeys(place_signs(a, b), 1.0)
    signs |= dict.fromkeys(_of_tolls(a, b), 1.0)
    signs |= dict.fromkeys(_of_telling(a, b), 1.0)
    if quad(a.type) in VERBAL and quad(b.type) in VERBAL and not ON_ONE_DAY & signs.keys():
        signs["said on no one day"] = 1.0
    return signs


def _of_telling(a: Facts, b: Facts) -> set[str]:
    """Of one report? In one sentence? In the very same words?"""
    found = {"same report"} if a.report_id == b.report_id else set()
    if a.sentence == b.sentence:
        found |= {"one sentence"} if found else {"same words"} if a.type == b.type else set()
    return found


def likeness(first: bytes, second: bytes) -> float:
    """Cosine of two vectors of whole numbers; the same in any order."""
    if not first or not second:
        return 0.0
    (a, square_a), (b, square_b) = _vector(first), _vector(second)
    return max(0.0, float(a @ b) / sqrt(square_a * square_b or 1.0))


@lru_cache(maxsize=8192)
def _vector(sense: bytes) -> tuple[npt.NDArray[np.int32], float]:
    """A vector, and its square: each is compared with many."""
    found = np.frombuffer(sense, dtype=np.int8).astype(np.int32)
    return found, float(found @ found)


def shared(first: frozenset[str], second: frozenset[str]) -> float:
    """Share of the words of the shorter telling that the other has too."""
    smaller = min(len(first), len(second))
    return len(first & second) / smaller if smaller else 0.0


def _of_type(a: Facts, b: Facts) -> set[str]:
    found = {"type same" if a.type == b.type else "type near" if quad(a.type) == quad(b.type) else "type other"}
    if (a.status in HAPPENED) != (b.status in HAPPENED):
        found.add("status other")
    if a.type == b.type and a.mode and b.mode:
        found.add("mode same" if a.mode == b.mode else "mode other")
    return found


def _of_parties(a: Facts, b: Facts) -> set[str]:
    straight = {
        "actors": agreement(a.actors, b.actors),
        "recipients": agreement(a.recipients, b.recipients),
    }
    both = agreement(a.actors + a.recipients, b.actors + b.recipients)
    home = at_home(a, b)
    found = set()
    for role, value in straight.items():
        if value is not None:
            if home and ALIKE <= value < NAMESAKE:
                found.add(f"{role} of one state at home")
                continue
            other = value < ALIKE and of_other_states(getattr(a, role), getattr(b, role))
            found.add(f"{role} of other states" if other else f"{role} {grade(value)}")
    if both is not None and not home:
        found.add(f"parties {grade(both)}")
    return found


def grade(value: float) -> str:
    """An agreement in words."""
    return "same" if value >= SAME_PARTY else "alike" if value >= ALIKE else "other"


def agreement(first: tuple[Party, ...], second: tuple[Party, ...]) -> float | None:
    """How far each of the fewer parties has its like among the others, 0 to 1; None where one side is untold."""
    if not first or not second:
        return None
    fewer, more = sorted((first, second), key=len)
    return sum(max(likeness_of(one, other) for other in more) for one in fewer) / len(fewer)


def of_other_states(first: tuple[Party, ...], second: tuple[Party, ...]) -> bool:
    """Is every party known, by its state or its name, and none like one of the other side?"""
    known = [{p.known_as for p in side} for side in (first, second)]
    if all(p.id.startswith(NAMED) for p in (*first, *second)):
        return not any(likeness_of(one, other) for one in first for other in second)
    return not known[0] & known[1] and not any(name.startswith(DESCRIBED) for side in known for name in side)


def at_home(a: Facts, b: Facts) -> bool:
    """Are all parties of both of one state? That two acts are of its politics says little."""
    return len({p.known_as for f in (a, b) for p in (*f.actors, *f.recipients)}) == 1


def likeness_of(a: Party, b: Party) -> float:
    """How far two parties may be the same, 0 to 1: two named persons or bodies are one only where they share a name."""
    return 1.0 if a.id == b.id else _likeness(a.id, a.country, b.id, b.country)


@lru_cache(maxsize=50_000)
def _likeness(id_a: str, country_a: str | None, id_b: str, country_b: str | None) -> float:
    words_a, words_b = _words_of(id_a), _words_of(id_b)
    common = len(words_a & words_b) / min(len(words_a), len(words_b)) if words_a and words_b else 0.0
    known = UNKNOWN.isdisjoint((country_a, country_b))
    if known and country_a != country_b:
        return 0.0
    if id_a.startswith(NAMED) and id_b.startswith(NAMED):
        return 0.9 if common else 0.0
    return 0.5 + 0.45 * common if known else 0.8 * common


@lru_cache(maxsize=20_000)
def _words_of(name: str) -> frozenset[str]:
    return frozenset(word[:5] for word in name.partition(":")[2].lower().replace("@", "-").split("-") if len(word) > 3)


def _of_time(a: Facts, b: Facts) -> set[str]:
    if a.first is None or b.first is None or a.last is None or b.last is None:
        return _of_publication(a, b)
    gap = max((a.first - b.last).days, (b.first - a.last).days, 0)
    exact = a.first == a.last and b.first == b.last
    if exact and a.told and b.told:
        return {"day same" if gap == 0 else "day beside" if gap == 1 else "day other"}
    if gap == 0:
        return {"day guessed same" if exact else "time overlaps"}
    return {"time beside" if gap == 1 else "time other"}


def _of_publication(a: Facts, b: Facts) -> set[str]:
    when = [(f.first or f.published, f.last or f.published) for f in (a, b)]
    (first_a, last_a), (first_b, last_b) = when
    if first_a is None or last_a is None or first_b is None or last_b is None:
        return {"time untold"}
    gap = max((first_a - last_b).days, (first_b - last_a).days, 0)
    return {"told at once" if gap <= 1 else "told within days" if gap <= 4 else "told long after"}


def place_signs(a: Facts, b: Facts) -> set[str]:
    """How two places lie to each other: the same town, near, far, one in the other, in one country or two."""
    if a.place_text and a.place_text == b.place_text and a.place_country == b.place_country:
        return {"place same"}
    if not (a.place_country or a.place_name) or not (b.place_country or b.place_name):
        return set()
    if a.place_country and b.place_country and a.place_country != b.place_country:
        return {"country other"}
    levels = level(a), level(b)
    if "country" in levels:
        return {"country same"}
    if levels == ("region", "region"):
        return {"place same" if a.place_region == b.place_region else "place named otherwise"}
    if "region" in levels:
        return {"place inside" if a.place_region == b.place_region else "place named otherwise"}
    if a.geonames is not None and a.geonames == b.geonames:
        return {"place same"}
    away = kilometres(a, b)
    if away is None:
        return {"place same" if a.place_name and a.place_name == b.place_name else "country same"}
    return {"place same" if away < NEAR_KM else "place near" if away < FAR_KM else "place far"}


def level(facts: Facts) -> str:
    """Is its place a town or the like, a region, or only a country?"""
    if facts.place_region is None:
        return "country"
    return "region" if facts.place_region == facts.place_name else "town"


def is_spot(facts: Facts) -> bool:
    """Is its place a town or the like?"""
    return facts.geonames is not None and level(facts) == "town"


def kilometres(a: Facts, b: Facts) -> float | None:
    """Distance of two places over the ground; None where one is unknown."""
    if a.latitude is None or b.latitude is None or a.longitude is None or b.longitude is None:
        return None
    north_a, north_b = radians(a.latitude), radians(b.latitude)
    across = radians(b.longitude - a.longitude)
    half = sin((north_b - north_a) / 2) ** 2 + cos(north_a) * cos(north_b) * sin(across / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))


def _of_tolls(a: Facts, b: Facts) -> set[str]:
    found = {
        "figures agree" if agree(one, other) else "figures differ"
        for one in a.tolls
        for other in b.tolls
        if one.what == other.what and (one.low, one.high) != (None, None) and (other.low, other.high) != (None, None)
    }
    return {"figures agree"} if "figures agree" in found else found


def agree(one: Toll, other: Toll) -> bool:
    """Can two counts be of the same thing: bounds that overlap, or numbers near to each other?"""
    lows = [t.low if t.low is not None else 0.0 for t in (one, other)]
    highs = [t.high if t.high is not None else float("inf") for t in (one, other)]
    if max(lows) <= min(highs):
        return True
    apart = max(lows) - min(highs)
    return apart <= max(1.0, CLOSE * max(lows))
