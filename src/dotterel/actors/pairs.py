"""Whom "both sides", "the two neighbours" or "the two leaders" mean: two parties the report names together."""

from __future__ import annotations

from dotterel.actors.phrases import Draft
from dotterel.actors.pronouns import is_person
from dotterel.actors.scene import NOWHERE, Scene
from dotterel.actors.vocabulary import states, word_class
from dotterel.types import Actor

REACH = 8  # paragraph marks back that two parties named together may stand
_PERSONAL = {"leaders", "presidents", "ministers", "premiers", "men"}
_WHOLE = {"countries", "nations", "states", "capitals", "neighbours", "neighbors", "governments"}


def several(scene: Scene, draft: Draft, history: list[Draft]) -> list[Draft]:
    """The two parties as mentions: those last named together, else the last two, else the two states of the report."""
    noun = scene.doc[draft.head].lower_
    found = _together(scene, draft, history, noun) or _last_two(history, noun)
    if not found and noun in _PERSONAL:
        found = _last_two(history, "countries")
    if found:
        return [draft.settled(a, "anaphor", 0.55, "one of the two named before") for a in found]
    if len(scene.spoken_of) == 2 and noun not in _PERSONAL:
        pair = [states()[code] for code in scene.spoken_of]
        return [draft.settled(a, "anaphor", 0.4, "one of the two states the report speaks of") for a in pair]
    return []


def _differ(one: Actor, other: Actor) -> bool:
    """Whether two parties are not the same: of two states, or of one state and not both its government's."""
    if one.id == other.id:
        return False
    if one.country == other.country and one.country not in NOWHERE:
        return "REB" in {one.sector, other.sector} or "OPP" in {one.sector, other.sector} or _named(one, other)
    return True


def _named(one: Actor, other: Actor) -> bool:
    return one.id.startswith(("person", "group")) or other.id.startswith(("person", "group"))


def _last_two(history: list[Draft], noun: str) -> list[Actor]:
    pair: list[Actor] = []
    for earlier in reversed(history):
        actor = _party(earlier, noun)
        if actor is not None and all(_differ(known, actor) for known in pair):
            pair.append(actor)
        if len(pair) == 2:
            return pair[::-1]
    return []


def _joint(scene: Scene, draft: Draft) -> int:
    """The token under which a party stands with its fellow: the first conjunct, or the verb of a subject or partner."""
    token = scene.doc[draft.head]
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    if token.dep_ in {"nsubj", "dobj"}:
        return int(token.head.i)
    if token.dep_ == "pobj" and token.head.lower_ in {"with", "against"}:
        above = token.head.head
        return int(above.head.i if above.pos_ == "NOUN" and above.dep_ == "dobj" else above.i)
    return int(token.i)


def _together(scene: Scene, draft: Draft, history: list[Draft], noun: str) -> list[Actor]:
    """The last two parties that one phrase coordinates, or one verb joins as subject and partner."""
    here = scene.paragraphs[draft.head]
    groups: dict[int, list[Actor]] = {}
    for earlier in reversed(history):
        if here - scene.paragraphs[earlier.head] > REACH:
            break
        actor = _party(earlier, noun)
        if actor is None or earlier.kind == "anaphor":
            continue
        fellows = groups.setdefault(_joint(scene, earlier), [])
        if all(_differ(known, actor) for known in fellows):
            fellows.append(actor)
    return next((pair[::-1] for pair in groups.values() if len(pair) == 2), [])


def _party(draft: Draft, noun: str) -> Actor | None:
    """What a draft is as one of two parties: a person, a state, or a body."""
    actor = draft.actor
    if actor is None or draft.kind == "pronoun" or draft.score < 0.5:
        return None
    if noun in _PERSONAL:
        return actor if is_person(draft) and actor.id.startswith("person") else None
    body = actor.id.startswith(("group", "organisation"))
    if noun in _WHOLE:
        return states()[actor.country or ""] if actor.country in states() and not body else None
    if body or actor.sector in {"REB", "OPP", "PTY"}:
        return actor
    official = actor.sector in {"GOV", "MIL"} or draft.word in word_class("whole state")
    return states()[actor.country or ""] if actor.country in states() and official else None
