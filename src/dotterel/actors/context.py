"""Which state a bare "the army", "police" or "protesters" belongs to, by what the report says around it."""

from __future__ import annotations

from dataclasses import replace

from dotterel.actors.phrases import Draft
from dotterel.actors.scene import Scene
from dotterel.actors.vocabulary import adjectives, slug, state_as, states
from dotterel.types import Actor


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
    if draft.word == "ambassador":
        return _sender(scene, draft)
    place = _place_nearby(scene, draft)
    if draft.need == "place" or sector in {"COP", "CVL", "REF", "REB", "MED"}:
        return place or _paragraph_place(scene, draft)
    return _last_actor(scene, draft, history) or scene.dateline or place or scene.home


def _sender(scene: Scene, draft: Draft) -> str | None:
    """The state of an ambassador "to" another: one the sentence names that is not the other."""
    head = scene.doc[draft.head]
    hosts = {
        n.entry.actor.country
        for c in head.children
        if c.lower_ == "to"
        for g in c.children
        if (n := scene.name_at(g.i))
    }
    named = [
        n.entry.actor.country for t in head.sent if (n := scene.name_at(t.i)) and n.entry.actor.country in states()
    ]
    others = [code for code in named if code not in hosts]
    return others[0] if others else (scene.home if scene.home not in hosts else None)


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


def placed(draft: Draft, code: str | None) -> Draft:
    """The draft with the state the context gave, or without one."""
    base = draft.actor
    assert base is not None
    if base.id.startswith("person"):
        return draft.settled(
            replace(base, country=code), draft.kind, draft.score * (0.7 if code else 0.6), "state by context"
        )
    if code is None:
        actor = replace(base, id=f"role:{base.sector}-{slug(base.name)}")
        return draft.settled(actor, "described", 0.4, "no state told")
    name = f"{adjectives().get(code, code)} {base.name}"
    if base.sector == "GOV" and draft.word in {"government", "administration", "regime", "authority"}:
        actor = Actor(f"role:{code}-GOV-government", f"Government of {states()[code].name}", code, "GOV", ("GOV",))
    else:
        actor = state_as(code, base.sector, name)
    return draft.settled(actor, "described", 0.55, "state by context")


def stateless(scene: Scene, draft: Draft, history: list[Draft]) -> list[Draft]:
    """The draft settled by the state the report speaks of around it."""
    if draft.actor is None:
        return []
    return [placed(draft, state_for(scene, draft, history))]
