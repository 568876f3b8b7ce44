"""From the words in a candidate's slots to the actors they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dotterel import tables
from dotterel.actors import is_thing
from dotterel.events.candidate import Slots
from dotterel.events.grammar import is_verb
from dotterel.events.slots import has_victim, is_war_of_a_place, noun_slot
from dotterel.events.subjects import surface_subjects
from dotterel.types import Actor, ActorMention, Place, Roster

if TYPE_CHECKING:
    from dotterel.parsing import Token

OWNED = 0.85  # the least score of a state told by an adjective or possessor: "Chinese coast guard ships" do act
OWNERS = ("poss", "by", "mod")  # where a noun that is no actor names the one behind it
RECIPIENT_OWNERS = (*OWNERS, "from", "held", "of")  # held: "areas controlled by", "a plan drafted by"
DOCUMENTS = {"resolution", "statement", "declaration", "communique", "letter", "report", "decree", "bill", "law",
             "order", "motion", "measure", "document", "text", "ruling", "verdict", "memorandum", "message", "speech",
             "decision", "move", "proposal"}  # fmt: skip


def parties(alternatives: Slots, roster: Roster, owners: tuple[str, ...] = OWNERS) -> tuple[ActorMention, ...]:
    """The actors of the first alternative that names any, directly before indirectly ("the US decision")."""
    for tokens in alternatives:
        direct = unique(m for t in tokens for m in roster.at(t.i) if not (owners is OWNERS and inert(t, m)))
        if direct:
            return direct
    for tokens in alternatives:
        behind = unique(m for t in tokens for m in behind_noun(t, roster, owners))
        if behind:
            return behind
    authors = (t for tokens in alternatives for t in tokens if t.lemma_.lower() in DOCUMENTS)
    return next((found for t in authors if (found := authors_of(t, roster))), ())


def inert(token: Token, mention: ActorMention) -> bool:
    """A thing that can be attacked but does nothing itself: a village, a school."""
    unowned = mention.kind == "described" and mention.score < OWNED
    return unowned and mention.actor.sector in {"CVL", "UNK", "BUS"} and is_thing(token)


def authors_of(document: Token, roster: Roster) -> tuple[ActorMention, ...]:
    """Who speaks through a document: the subject of the verb that adopts or issues it."""
    verb = document.head
    if document.dep_ != "dobj" or not is_verb(verb):
        return ()
    return unique(m for t in surface_subjects(verb) for m in roster.at(t.i))


def behind_noun(noun: Token, roster: Roster, owners: tuple[str, ...]) -> tuple[ActorMention, ...]:
    """The actors who own, make or qualify the thing a noun names."""
    if noun.pos_ not in {"NOUN", "PROPN", "VERB"}:
        return ()
    named_after = owners is RECIPIENT_OWNERS and is_war_of_a_place(noun)
    for slot in (s for s in owners if not (s == "of" and has_victim(noun)) and not (s == "mod" and named_after)):
        found = unique(m for t in noun_slot(slot, noun) for m in roster.at(t.i))
        if found:
            return found
    return ()


def unique(mentions: object) -> tuple[ActorMention, ...]:
    """Mentions of different actors, the first of each."""
    seen: dict[str, ActorMention] = {}
    for mention in mentions:  # type: ignore[attr-defined]
        seen.setdefault(mention.actor.id, mention)
    return tuple(seen.values())


def others(mentions: tuple[ActorMention, ...], than: tuple[ActorMention, ...]) -> tuple[ActorMention, ...]:
    """The mentions of actors who are not among others already taken."""
    taken = {m.actor.id for m in than}
    return tuple(m for m in mentions if m.actor.id not in taken)


def people_of(place: Place) -> ActorMention:
    """The people of a place that is attacked, as an actor: "bombed Aleppo", "the attacks in Brussels"."""
    name = place.name or place.text
    actor = Actor(f"place:{name.casefold().replace(' ', '-')}", name, place.country, "CVL", ("CVL",))
    return ActorMention(
        place.text, place.start, place.end, actor, "described", 0.6 * place.score, "people of the place"
    )


def host_of(place: Place) -> ActorMention | None:
    """The government that a visitor to a place visits; None where the place's country is unknown."""
    state = state_of(place.country) if place.country else None
    if state is None:
        return None
    return ActorMention(place.text, place.start, place.end, state, "metonym", 0.7 * place.score, "host of a visit")


def state_of(code: str) -> Actor | None:
    """The state of an ISO code as an actor, from the table of states."""
    row = next((r for r in tables.read("states") if r["code"] == code), None)
    return Actor(f"state:{code}", row["name"], code, "GOV", ("GOV",)) if row is not None else None


def place_at(tokens: tuple[Token, ...], places: tuple[Place, ...]) -> Place | None:
    """The first place that one of the words belongs to."""
    return next((p for t in tokens for p in places if p.start <= t.idx < p.end), None)
