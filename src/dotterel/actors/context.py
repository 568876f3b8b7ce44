"""Which state a bare "the army", "police" or "protesters" belongs to, by what the report says around it."""

from __future__ import annotations

from dataclasses import replace

from dotterel.actors.clauses import excluded, sender
from dotterel.actors.phrases import Draft
from dotterel.actors.scene import Scene
from dotterel.actors.vocabulary import adjectives, slug, state_as, states, word_class
from dotterel.quotation import quotation_spans
from dotterel.types import Actor

_LOCAL = {"COP", "CVL", "REF", "REB", "MED"}  # sectors that belong where something happens
_PLACED = {"MIL", "GOV", "OPP"}  # sectors that do so where a place is told before them
_INSIDE = {"in", "at", "near", "inside", "across", "throughout", "outside", "around"}
_LOCALS = {"activist", "protester", "demonstrator", "marcher", "resident", "villager", "organiser", "organizer",
           "shopkeeper", "farmer", "worker", "nurse", "teacher", "student", "campaigner", "survivor"}  # fmt: skip
_US_PARTIES = {"Democratic", "Democrat", "Republican", "GOP"}
_US_PARTY_IDS = {"organisation:democratic-party", "organisation:republican-party"}
_US_STATES = {"states", "governors"}  # which Congress pays or parties win
NEAR = 120  # tokens back that a place may stand


def _located(scene: Scene, token: int, prepositions: set[str]) -> bool:
    governor = scene.doc[token].head
    return governor.dep_ == "prep" and governor.lower_ in prepositions


def _state_at(scene: Scene, i: int) -> str | None:
    """The state of the place that a token names, where it names one."""
    code, name = scene.place_country(i), scene.name_at(i)
    if name and (name.entry.kind == "state" or (code is None and name.entry.kind == "capital")):
        code = name.entry.actor.country if _located(scene, name.root, _INSIDE | {"of", "from"}) else None
    return code if code in states() else None


def place_nearby(scene: Scene, draft: Draft) -> str | None:
    """The state of the place named in the same sentence, nearest first."""
    sentence = scene.doc[draft.head].sent
    near = [(abs(t.i - draft.head), code) for t in sentence if (code := _state_at(scene, t.i))]
    return min(near)[1] if near else None


def _scene_set(scene: Scene, draft: Draft) -> str | None:
    """The state of the place that an "in Kinshasa" told before, in the sentence or earlier in the paragraph."""
    for i in range(draft.head - 1, max(-1, draft.head - NEAR), -1):
        if scene.paragraphs[i] != scene.paragraphs[draft.head]:
            return None
        code = _state_at(scene, i)
        if code is not None and _located(scene, i, _INSIDE) and not _abroad(scene, i, code):
            return code
    return None


def _abroad(scene: Scene, place: int, code: str) -> bool:
    """Whether another state than the place's own acts there: "Chad bombed camps in Sudan"."""
    verb = scene.doc[place].head
    while verb.pos_ != "VERB" and verb.head.i != verb.i:
        verb = verb.head
    for token in verb.subtree:
        name = scene.name_at(token.i)
        if name and name.entry.kind in {"state", "demonym", "seat", "capital"} and token.i < place:
            acts = token.dep_ in {"nsubj", "amod", "poss", "compound", "agent"}
            if acts and name.entry.actor.country != code:
                return True
    return False


def _last_actor(scene: Scene, draft: Draft, history: list[Draft], barred: frozenset[str]) -> str | None:
    """The state that acted last in this paragraph or the one before."""
    here = scene.paragraphs[draft.head]
    for earlier in reversed(history):
        if here - scene.paragraphs[earlier.head] > 2:
            return None
        code = earlier.actor.country if earlier.actor else None
        if code in states() and code not in barred and earlier.score >= 0.5:
            return code
    return None


def _other(scene: Scene, barred: frozenset[str]) -> str | None:
    """The state the report speaks of most among those not excluded."""
    return next((code for code, _ in scene.spoken_of.most_common() if code not in barred), None)


def state_for(scene: Scene, draft: Draft, history: list[Draft]) -> str | None:
    """The code of the state, or None where nothing tells it."""
    sector = draft.actor.sector if draft.actor else "UNK"
    if draft.actor and draft.actor.id.startswith("person"):
        return _persons_state(scene, draft)
    if draft.word == "ambassador":
        return _sender(scene, draft)
    if _of_us_parties(scene, draft):
        return "USA"
    place = place_nearby(scene, draft)
    owner = sender(scene, draft, history)
    own = owner.country if owner and owner.country in states() else None
    if draft.need == "place" or sector in _LOCAL:
        return place or own or _paragraph_place(scene, draft, excluded(scene, draft, history))
    if own:
        return own
    barred = excluded(scene, draft, history)
    told = _scene_set(scene, draft) if sector in _PLACED else None
    options = (told, _last_actor(scene, draft, history, barred), scene.dateline, place, scene.home)
    found = next((code for code in options if code and code not in barred), None)
    return found or (_other(scene, barred) if barred else None)


def _of_us_parties(scene: Scene, draft: Draft) -> bool:
    """Whether it is of the American parties ("Democratic leaders"), or one of the states beside their names."""
    called = {scene.doc[i].text for i in range(draft.start, draft.head)}
    if not called & _US_PARTIES and scene.doc[draft.head].lower_ not in _US_STATES:
        return False
    if any(scene.name_at(i) for i in range(draft.start, draft.head + 1)):
        return False
    named = any(n.entry.actor.id in _US_PARTY_IDS for n in scene.names)
    return named or (bool(called & _US_PARTIES) and scene.home in {None, "USA"})


def _persons_state(scene: Scene, draft: Draft) -> str | None:
    """The state of somebody with a title alone: that of the dateline or the report, unless they but travel there."""
    if _is_local(scene, draft) and (here := _before_quotation(scene, draft)):
        return here
    verb = scene.doc[draft.head].head
    travels = verb.lemma_.lower() in word_class("travel")
    code = scene.dateline or scene.home
    there = {
        _state_at(scene, t.i) or (n.entry.actor.country if (n := scene.name_at(t.i)) else None) for t in verb.subtree
    }
    return None if travels and code in there else code


def _is_local(scene: Scene, draft: Draft) -> bool:
    """Whether it is one of those who are where something happens: a resident, an activist."""
    called = scene.doc[max(0, draft.start - 2) : draft.head + 1]
    return draft.actor is not None and draft.actor.sector == "CVL" and any(t.lower_ in _LOCALS for t in called)


def _before_quotation(scene: Scene, draft: Draft) -> str | None:
    """The state of the scene told last before somebody of no office: words in quotation marks set none."""
    quoted = _quoted(scene, draft.head)
    for i in range(draft.head - 1, max(-1, draft.head - NEAR), -1):
        if scene.paragraphs[draft.head] - scene.paragraphs[i] > 2:
            return None
        code = None if i in quoted else _state_at(scene, i)
        if code is not None and _located(scene, i, _INSIDE) and not _abroad(scene, i, code):
            return code
        if code is not None and scene.doc[i].dep_ == "appos" and _located(scene, scene.doc[i].head.i, _INSIDE):
            return code  # "in the capital Jakarta"
    return None


def _quoted(scene: Scene, head: int) -> set[int]:
    """The words before one that stand in quotation marks, as far back as a scene is sought."""
    first = max(0, head - NEAR)
    start = scene.doc[first].idx
    spans = [(s + start, e + start) for s, e in quotation_spans(scene.doc[first:head].text)]
    return {i for i in range(first, head) if any(s <= scene.doc[i].idx < e for s, e in spans)}


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


def _paragraph_place(scene: Scene, draft: Draft, barred: frozenset[str]) -> str | None:
    """The state of the nearest place before, in the paragraph; else the report's, or that of a place shortly before."""
    earlier: str | None = None
    for i in range(draft.head, max(-1, draft.head - NEAR), -1):
        code = _state_at(scene, i)
        if code is not None and scene.paragraphs[i] == scene.paragraphs[draft.head]:
            return code
        earlier = earlier or code
    home = scene.home
    sure = home is not None and 2 * scene.spoken_of[home] >= sum(scene.spoken_of.values())
    options = (home if sure else None, earlier, scene.dateline, home)
    found = next((code for code in options if code and code not in barred), None)
    return found or (_other(scene, barred) if barred else None)


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
    elif base.name in {"country", "nation"}:
        actor = states()[code]
    else:
        actor = state_as(code, base.sector, name)
    return draft.settled(actor, "described", 0.55, "state by context")


def of_people(scene: Scene, draft: Draft, history: list[Draft]) -> Draft:
    """Some of a people of no state, with the state of the place told around them or that the report is mostly about."""
    base = draft.actor
    assert base is not None
    code = place_nearby(scene, draft) or _paragraph_place(scene, draft, excluded(scene, draft, history))
    if code is None:
        return draft.settled(base, "described", 0.5, "a people of no one state")
    actor = replace(base, id=f"role:{code}-{base.sector}-{slug(base.name)}", country=code)
    return draft.settled(actor, "described", 0.5, "a people of no one state; state by context")


def stateless(scene: Scene, draft: Draft, history: list[Draft]) -> list[Draft]:
    """The draft settled by the state the report speaks of around it."""
    if draft.actor is None:
        return []
    owner = sender(scene, draft, history)
    if owner and draft.actor.sector == "MIL" and owner.id.startswith(("organisation", "group")):
        return [draft.settled(owner, "described", 0.6, f"sent by {owner.name}")]
    return [placed(draft, state_for(scene, draft, history))]
