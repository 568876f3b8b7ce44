"""Which state a bare "the army", "police" or "protesters" belongs to, by what the report says around it."""

from __future__ import annotations

from dotterel.actors.knowledge import states
from dotterel.actors.phrases import Draft
from dotterel.actors.scene import Scene


def _place_nearby(scene: Scene, draft: Draft) -> str | None:
    """The state of the place named in the same sentence, nearest first."""
    sentence = scene.doc[draft.head].sent
    near: list[tuple[int, str]] = []
    for token in sentence:
        code = scene.place_country(token.i)
        name = scene.name_at(token.i)
        if code is None and name and name.entry.kind in {"state", "capital"} and _located(scene, name.root):
            code = name.entry.actor.country
        if code in states():
            near.append((abs(token.i - draft.head), code or ""))
    return min(near)[1] if near else None


def _located(scene: Scene, token: int) -> bool:
    governor = scene.doc[token].head
    return governor.dep_ == "prep" and governor.lower_ in {
        "in",
        "at",
        "near",
        "inside",
        "across",
        "throughout",
        "outside",
        "around",
        "of",
        "from",
    }


def _last_actor(scene: Scene, draft: Draft, history: list[Draft]) -> str | None:
    """The state that acted last in this paragraph or the one before."""
    here = scene.paragraphs[draft.head]
    for earlier in reversed(history):
        if here - scene.paragraphs[earlier.head] > 2:
            return None
        if earlier.actor and earlier.actor.country in states() and earlier.score >= 0.5:
            return earlier.actor.country
    return None


def state_for(scene: Scene, draft: Draft, history: list[Draft]) -> str | None:
    """The code of the state, or None where nothing tells it."""
    sector = draft.actor.sector if draft.actor else "UNK"
    if draft.actor and draft.actor.id.startswith("person"):
        return scene.dateline or scene.home
    place = _place_nearby(scene, draft)
    if draft.need == "place" or sector in {"COP", "CVL", "REF", "REB", "MED"}:
        return place or _paragraph_place(scene, draft)
    return _last_actor(scene, draft, history) or scene.dateline or place or scene.home


def _paragraph_place(scene: Scene, draft: Draft) -> str | None:
    """The state of the nearest place before, in the paragraph; else the report's, or that of a place shortly before."""
    earlier: str | None = None
    for i in range(draft.head, max(-1, draft.head - 120), -1):
        code = _state_at(scene, i)
        if code is not None and scene.paragraphs[i] == scene.paragraphs[draft.head]:
            return code
        earlier = earlier or code
    home = scene.home
    sure = home is not None and 2 * scene.spoken_of[home] >= sum(scene.spoken_of.values())
    return home if sure else earlier or home


def _state_at(scene: Scene, i: int) -> str | None:
    """The state of the place that a token names, where it names one."""
    code, name = scene.place_country(i), scene.name_at(i)
    if code is None and name and name.entry.kind in {"state", "capital"} and _located(scene, name.root):
        code = name.entry.actor.country
    return code if code in states() else None
