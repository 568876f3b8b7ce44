"""Makes one of a described person and the name beside it: "the opposition leader, Ann Roe"."""

from __future__ import annotations

from dataclasses import replace

from dotterel.actors.bodies import UNKNOWN_BODY
from dotterel.actors.phrases import Draft
from dotterel.actors.scene import Scene
from dotterel.actors.vocabulary import slug, word_class
from dotterel.types import Actor

_BODY = ("group:", "organisation:")
SURE = 0.5  # score above which a body is one of the tables


def joined(scene: Scene, found: list[Draft]) -> list[Draft]:
    """The drafts, those of a person in apposition to a personal name settled as that person."""
    found = [_person_after_all(scene, d, found) for d in found]
    people = [d for d in found if d.actor and d.actor.id.startswith("person:") and d.kind in {"named", "titled"}]
    people = [d for d in people if d.need != "holder"]
    described = [d for d in found if d.human and d not in people]
    bearers: dict[int, Draft] = {}
    for person in people:
        token = scene.doc[person.head]
        near = [child.i for child in token.children if child.dep_ == "appos"]
        near += [token.head.i] if token.dep_ == "appos" else []
        for draft in described:
            if any(draft.start <= i < draft.end for i in near):
                bearers[draft.head] = person
    bearers.update(_bodies(scene, found))
    return [_borne(draft, bearers.get(draft.head)) for draft in found]


def _person_after_all(scene: Scene, draft: Draft, found: list[Draft]) -> Draft:
    """A name read as an organisation's, where an office in apposition tells that it is somebody's: "X, the envoy"."""
    if draft.reason != UNKNOWN_BODY or draft.plural:
        return draft
    token = scene.doc[draft.head]
    offices = {d.head for d in found if d.human and d.kind in {"titled", "described"}}
    if not any(c.dep_ == "appos" and c.i in offices for c in token.children):
        return draft
    first = draft.head
    while first > draft.start and scene.doc[first - 1].pos_ == "PROPN":
        first -= 1
    name = scene.doc[first : draft.head + 1].text
    actor = Actor(f"person:{slug(name)}", name)
    return replace(
        draft, actor=actor, human=True, word="", kind="named", reason="named person, by the office beside it"
    )


def _bodies(scene: Scene, found: list[Draft]) -> dict[int, Draft]:
    """Head of a description -> the named body in apposition to it: "a second rebel group, the M23"."""
    named = {
        d.head: d for d in found if d.kind == "named" and d.actor and d.actor.id.startswith(_BODY) and d.score > SURE
    }
    called = [
        d
        for d in found
        if scene.doc[d.head].lower_ in word_class("collective") and d not in named.values() and not d.plural
    ]
    pairs = ((d, named.get(c.i)) for d in called for c in scene.doc[d.head].children if c.dep_ == "appos")
    return {draft.head: body for draft, body in pairs if body is not None}


def _borne(draft: Draft, person: Draft | None) -> Draft:
    if person is None or person.actor is None or draft.actor is person.actor or draft is person:
        return draft
    return draft.settled(person.actor, draft.kind, person.score, f"apposition to {person.actor.name}")
