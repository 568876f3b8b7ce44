"""Scenes carried on: an act on the ground told without a place goes on where the one told just before it happened."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dotterel.events.draft import Draft
from dotterel.places import is_state
from dotterel.types import Place

ON_GROUND = {"ASSAULT", "PROTEST", "COERCE"}  # goes on at one scene over several sentences
REAL = {"occurred", "ongoing"}
FAR = 300  # characters between two sentences that tell of one scene
FIRM = 0.55  # least score of a place that is carried on
CARRIED = 0.5  # share of the score that is left


def with_scenes(drafts: Iterable[Draft]) -> list[Draft]:
    """The drafts, such as lack a place given that of the act on the ground told last before them, if it is near."""
    found: list[Draft] = []
    last: Draft | None = None
    for draft in sorted(drafts, key=lambda d: d.mention.start):
        if draft.type in ON_GROUND and draft.status in REAL:
            draft = carried(draft, last)
            last = draft if draft.place is not None and draft.place.score >= FIRM else last
        found.append(draft)
    return found


def carried(draft: Draft, last: Draft | None) -> Draft:
    """The draft with the place of the last act before it, unless that is wide, far away or of other actors."""
    if draft.place is not None or last is None or last.place is None:
        return draft
    if (
        is_state(last.place.text)
        or are_strangers(draft, last)
        or draft.mention.sentence_start - last.mention.sentence_end > FAR
    ):
        return draft
    return replace(draft, place=kept(last.place))


def are_strangers(one: Draft, other: Draft) -> bool:
    """Whether two acts are told of actors of different states, so that one is hardly done where the other was."""
    sides = [{m.actor.country for m in d.actors if m.actor.country} for d in (one, other)]
    return all(sides) and not sides[0] & sides[1]


def kept(place: Place) -> Place:
    """The place as that of the next act."""
    reason = f"scene of the act told before; {place.reason}"
    return replace(place, score=round(place.score * CARRIED, 2), reason=reason)
