"""Settles what the context must supply: pronouns, "the group", bare offices, counterparts, the state of a bare army."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from dotterel.actors.again import body_called, same_person, short_for
from dotterel.actors.anaphora import bearer_of_office, counterpart, group_meant, member_meant, titled_before
from dotterel.actors.context import of_people, placed, state_for, stateless
from dotterel.actors.described import somebodys
from dotterel.actors.offices import holder, person_actor
from dotterel.actors.pairs import several
from dotterel.actors.phrases import Draft
from dotterel.actors.pronouns import antecedent, relative_noun, resolve_pronoun
from dotterel.actors.roles import is_thing
from dotterel.actors.scene import NOWHERE, Scene
from dotterel.actors.vocabulary import adjectives, slug, state_as, states, word_class
from dotterel.types import Actor

if TYPE_CHECKING:
    from dotterel.parsing import Token


def settle(scene: Scene, found: Iterable[Draft]) -> list[Draft]:
    """The drafts in text order with what could be resolved; what could not is left out."""
    history: list[Draft] = []
    waiting = sorted(found, key=lambda d: (d.start, d.head))
    sentence = {t.i: n for n, s in enumerate(scene.doc.sents) for t in s}
    for draft in waiting:
        history += _settled(scene, draft, history, sentence)
    return history


def _settled(scene: Scene, draft: Draft, history: list[Draft], sentence: dict[int, int]) -> list[Draft]:
    if not draft.need:
        if named := short_for(scene, draft, history):
            return [named]
        return [member_meant(scene, draft, history) or titled_before(scene, draft, history)]
    if draft.need == "pronoun":
        return resolve_pronoun(scene, draft, history, sentence)
    if body := body_called(scene, draft, history):
        return [body]
    if draft.need == "nothing":
        return []
    if draft.need == "stateless":
        return [placed(draft, None)]
    if draft.need == "possessor":
        return _possessed(scene, draft, history, sentence)
    if draft.need == "holder":
        return [bearer_of_office(scene, draft, history)]
    if same := _same_words(scene, draft, history) or same_person(scene, draft, history):
        return [same]
    if draft.need == "people":
        return [of_people(scene, draft, history)]
    if draft.need == "group":
        return group_meant(scene, draft, history)
    if draft.need == "counterpart":
        return counterpart(scene, draft, history)
    if draft.need == "plural":
        return several(scene, draft, history)
    return stateless(scene, draft, history)


def _same_words(scene: Scene, draft: Draft, history: list[Draft]) -> Draft | None:
    """ "The rebels" again: the actor that the same noun meant before, in this paragraph or the three before."""
    if draft.need not in {"group", "state", "place"} or scene.doc[draft.start].lower_ not in {
        "the",
        "these",
        "those",
        "this",
    }:
        return None
    here, words = scene.paragraphs[draft.head], {draft.word, *_parts(scene.doc[draft.head])}
    for earlier in reversed(history):
        if here - scene.paragraphs[earlier.head] > 6:
            return None
        actor = _identified(earlier)
        if actor and earlier.word in words and earlier.plural == draft.plural:
            settled = draft.settled(actor, "anaphor", 0.8 * earlier.score, f"{actor.name} spoken of before")
            return replace(settled, human=earlier.human)
    return None


def _parts(token: Token) -> list[str]:
    """The nouns that qualify a thing, by which it may have been told before: "the headquarters building"."""
    return [c.lower_ for c in token.lefts if c.dep_ == "compound"] if is_thing(token) else []


def _identified(draft: Draft) -> Actor | None:
    """The actor of a draft, where its state is known or it is a certain person."""
    actor = draft.actor
    return actor if actor and (actor.country is not None or actor.id.startswith("person:")) else None


def _with_owner(draft: Draft, owner: Actor) -> Actor:
    """A described actor once its owner is known."""
    base = draft.actor
    assert base is not None
    sector = base.sector
    if owner.country in states():
        code = owner.country
        if owner.id.startswith("group") and sector in {"MIL", "REB", "UNK", "GOV"}:
            return owner
        name = f"{adjectives().get(code, code)} {base.name}"
        return state_as(code, sector, name)
    if owner.country in NOWHERE:
        return somebodys(owner, base.name, sector) if draft.human and owner.id.startswith("person") else owner
    return replace(base, id=f"role:{slug(base.name)}")


def _state_itself(actor: Actor) -> bool:
    return actor.id.startswith("state:") or actor.id.endswith("-GOV-government")


def _possessed(scene: Scene, draft: Draft, history: list[Draft], sentence: dict[int, int]) -> list[Draft]:
    owner = next((d for d in history if d.head == draft.link and d.actor), None)
    token = scene.doc[draft.link]
    if owner is None and token.pos_ == "PRON" and token.lower_ in {"its", "his", "her", "their"}:
        gender = "m" if token.lower_ == "his" else "f" if token.lower_ == "her" else ""
        inner = Draft(draft.link, draft.link, draft.link + 1, None, "pronoun", 0.0, "", "pronoun", token.lower_, gender)
        owner = antecedent(scene, inner, history, sentence)
    if owner is None and token.lower_ == "whose":
        noun = relative_noun(token)
        owner = next((d for d in history if d.head == noun and d.actor), None)
    if owner is None and token.lower_ in {"country", "nation", "state"}:
        code = state_for(scene, draft, history)
        owner = replace(draft, actor=states()[code], score=0.7) if code else None
    if draft.word in word_class("outsider") and (owner is None or owner.actor is None or _state_itself(owner.actor)):
        return []
    if owner is None or owner.actor is None:
        return stateless(scene, replace(draft, need="state"), history)
    if draft.word and draft.kind == "titled":
        key = owner.actor.country if owner.actor.country not in NOWHERE else owner.actor.name
        term = holder(draft.word, key or "", scene.day)
        if term and person_actor(term.person, None).id != owner.actor.id:
            return [
                draft.settled(person_actor(term.person, scene.day), "titled", 0.6, "holder of the office on that day")
            ]
    return [
        draft.settled(_with_owner(draft, owner.actor), "described", 0.8 * owner.score, f"belongs to {owner.actor.name}")
    ]
