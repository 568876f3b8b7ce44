"""Names the sides of a stance: who acts for a state stands for it, a crowd is named by where it gathered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from dotterel.actors.knowledge import states
from dotterel.types import Actor, ActorMention, Event

if TYPE_CHECKING:
    from dotterel.parsing import Parse

_STATE_SECTORS = frozenset({"GOV", "MIL", "SPY"})  # what an office-holder or organ of these does, its state does
_OWN_SIDE = re.compile(
    r"\b(?:security|government|pro-\w+|loyalist|democratic|regime) (?:forces|troops)\b", re.IGNORECASE
)
_FORCES = re.compile(r"\b(?:forces|troops|army|military)$", re.IGNORECASE)
_CROWD = re.compile(
    r"\b(protest(?:e|o)rs|demonstrators|marchers|strikers|rioters|people|students|workers|supporters)$", re.IGNORECASE
)


def of_state(actor: Actor) -> str | None:
    """The name of the state an actor belongs to, if it belongs to one."""
    return states()[actor.country].name if actor.country in states() else None


def plain_name(actor: Actor) -> str:
    """The actor's own name; of the government of a state and of its people the state's name."""
    state = of_state(actor)
    if state is not None and actor.id.startswith(("state:", "people:")) and actor.sector in _STATE_SECTORS | {"CVL"}:
        return state
    return re.sub(r"^Government of (?:the )?", "", actor.name)


def holder_name(mention: ActorMention) -> str:
    """Who holds what an actor shows: its state where it acts for one, unless it is a party to a war at home."""
    actor = mention.actor
    state = of_state(actor)
    acts_for_state = state is not None and actor.sector in _STATE_SECTORS and not actor.id.startswith("group:")
    return state if state is not None and acts_for_state and not _OWN_SIDE.search(actor.name) else plain_name(actor)


def toward_name(mention: ActorMention, position: str) -> str:
    """What a stance is toward: a person as such, an organ or its belongings as their state.

    Support is given to forces as such, for it need not be given to all their state does.
    """
    actor = mention.actor
    if actor.id.startswith("person:") or (position == "supports" and _FORCES.search(actor.name)):
        return plain_name(actor)
    return holder_name(mention)


def names_within(one: ActorMention, other: ActorMention) -> tuple[str, str] | None:
    """The own names of two sides of one country, where neither of them stands for it; None for others."""
    at_home = one.actor.country == other.actor.country and one.actor.country in states()
    persons = one.actor.id.startswith("person:") and not other.actor.id.startswith("state:")
    return (plain_name(one.actor), plain_name(other.actor)) if at_home and persons else None


def crowd_names(parse: Parse, events: Iterable[Event]) -> dict[str, str]:
    """Names of the crowds of a report by actor id: "protesters in Lima"."""
    names: dict[str, str] = {}
    for event in events:
        for mention in event.actors if event.type == "PROTEST" else ():
            name = _crowd(parse, event, mention.actor)
            if name is not None:
                names.setdefault(mention.actor.id, name)
    return names


def _crowd(parse: Parse, event: Event, actor: Actor) -> str | None:
    """The name of one crowd; of a place it is the protesters there ("protests were held in Lima")."""
    if actor.id.startswith("place:"):
        return f"protesters in {actor.name}"
    what = _CROWD.search(actor.name)
    described = what is not None and actor.id.startswith("role:")
    place = (_gathered_in(parse, event) or of_state(actor)) if described else None
    if place is None or what is None:
        return None
    return f"{'protesters' if what[1].lower() == 'people' else what[1].lower()} in {place}"


def _gathered_in(parse: Parse, event: Event) -> str | None:
    """Where a protest took place: the place of the event, else the last one its sentence names "in …" before it."""
    if event.place is not None:
        return event.place.name or event.place.text
    told = event.mentions[0]
    span = parse.doc.char_span(told.sentence_start, told.start)
    near = [t for t in span or () if t.ent_type_ == "GPE" and t.ent_iob_ == "B"]
    places = [t for t in near if any(w.lower_ == "in" for w in list(t.ancestors)[:4])]
    return next((entity.text for entity in parse.doc.ents if places and entity.start == places[-1].i), None)
