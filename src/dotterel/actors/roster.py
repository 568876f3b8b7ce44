"""The actors stage: from a parsed report to all its actor mentions, resolved."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from dotterel.actors.apposition import joined
from dotterel.actors.coreference import settle
from dotterel.actors.own import OwnActors
from dotterel.actors.phrases import Draft
from dotterel.actors.resolve import drafts
from dotterel.actors.scene import Scene, set_scene
from dotterel.types import Actor, ActorMention, Place, Report, Roster

if TYPE_CHECKING:
    from dotterel.parsing import Parse


def _one_identity(found: list[Draft]) -> dict[str, Actor]:
    """Person id -> the mention of that person which says most of them."""
    best: dict[str, tuple[bool, bool, float, Actor]] = {}
    for draft in found:
        actor = draft.actor
        if actor and actor.id.startswith("person"):
            worth = (
                actor.country is not None and "context" not in draft.reason,
                actor.sector != "UNK",
                draft.score,
                actor,
            )
            if actor.id not in best or worth[:3] > best[actor.id][:3]:
                best[actor.id] = worth
    return {key: worth[3] for key, worth in best.items()}


def _mention(scene: Scene, draft: Draft, persons: dict[str, Actor]) -> ActorMention:
    span = scene.doc[draft.start : draft.end]
    assert draft.actor is not None
    actor = persons.get(draft.actor.id, draft.actor)
    score = round(min(1.0, draft.score), 3)
    others = tuple(a for a in draft.others if a.actor.id != actor.id)
    return ActorMention(span.text, span.start_char, span.end_char, actor, draft.kind, score, draft.reason, others)


def find_actors(parse: Parse, report: Report, places: tuple[Place, ...] = (), own: OwnActors | None = None) -> Roster:
    """All actor mentions of a report, each with a score and a reason; offsets count characters of `report.text`.

    `own` is a table of the user's, read by `own_actors`.
    """
    scene = set_scene(parse, report, places, own)
    found = settle(scene, joined(scene, list(drafts(scene))))
    persons = _one_identity(found)
    heads: dict[int, list[ActorMention]] = defaultdict(list)
    for draft in found:
        heads[draft.head].append(_mention(scene, draft, persons))
    mentions = sorted((m for group in heads.values() for m in group), key=lambda m: (m.start, m.end))
    return Roster(tuple(mentions), {head: tuple(group) for head, group in heads.items()})
