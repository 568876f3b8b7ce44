"""Makes one of a described person and the name beside it: "the opposition leader, Ann Roe"."""

from __future__ import annotations

from dotterel.actors.phrases import Draft
from dotterel.actors.scene import Scene


def joined(scene: Scene, found: list[Draft]) -> list[Draft]:
    """The drafts, those of a person in apposition to a personal name settled as that person."""
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
    return [_borne(draft, bearers.get(draft.head)) for draft in found]


def _borne(draft: Draft, person: Draft | None) -> Draft:
    if person is None or person.actor is None or draft.actor is person.actor or draft is person:
        return draft
    return draft.settled(person.actor, draft.kind, person.score, f"apposition to {person.actor.name}")
