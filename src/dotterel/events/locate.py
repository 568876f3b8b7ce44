"""Whose people, rebels or troops: the state of parties that no word ties to one, from the place of the act."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from dotterel.types import ActorMention, Place

BY_CONTEXT = 0.55  # the actors stage gives a state by context this score at most
BY_PLACE, BY_REPORT = 0.6, 0.4
SCENE_SHARE = 0.5  # of all placed words, before a country counts as the report's scene


def located(mentions: tuple[ActorMention, ...], place: Place | None, scene: str | None) -> tuple[ActorMention, ...]:
    """The mentions, those described without a sure state given that of the act's place, else that of the report."""
    return tuple(at_place(m, place, scene) for m in mentions)


def at_place(mention: ActorMention, place: Place | None, scene: str | None) -> ActorMention:
    """One mention with the state of the place, where it is described and its own state is unknown or a guess."""
    guessed = mention.kind == "described" and mention.score <= BY_CONTEXT
    local = mention.actor.sector in {"CVL", "REB", "REF", "UNK", "OPP"}
    if guessed and local and place is not None and place.country:
        return with_country(mention, place.country, BY_PLACE, f"state of the place of the act, {place.text}")
    if guessed and mention.actor.country is None and scene is not None:
        return with_country(mention, scene, BY_REPORT, "state that most places of the report lie in")
    return mention


def with_country(mention: ActorMention, country: str, score: float, reason: str) -> ActorMention:
    """The mention under that country; its name and words stay."""
    actor = replace(mention.actor, id=f"{mention.actor.id}@{country}", country=country)
    return replace(mention, actor=actor, score=score, reason=reason)


def scene_of(places: tuple[Place, ...]) -> str | None:
    """The country in which most of a report's places lie; None where no country has half of them."""
    counts = Counter(p.country for p in places if p.country)
    country, count = counts.most_common(1)[0] if counts else (None, 0)
    return country if count and count >= SCENE_SHARE * sum(counts.values()) else None
