"""Resolves what stands for actors named elsewhere: bare offices, "the group", counterparts, "both sides"."""

from __future__ import annotations

from dataclasses import replace

from dotterel.actors.again import same_person
from dotterel.actors.context import place_nearby, placed, state_for, stateless
from dotterel.actors.grounds import fights_in
from dotterel.actors.members import members_of
from dotterel.actors.offices import holder, office_class, person_actor, term_at, terms
from dotterel.actors.persons import identify_full
from dotterel.actors.phrases import Draft
from dotterel.actors.pronouns import is_person, together
from dotterel.actors.scene import NOWHERE, Scene
from dotterel.actors.vocabulary import adjectives, slug, state_as, states, titles, word_class
from dotterel.types import Actor

_ANYBODY = {"civilian", "journalist", "officer", "police officer", "spokesperson", ""}  # titles that tell nobody apart
_MEMBERS = {"member", "ally", "state", "nation", "country"}
_NEAR = 6  # paragraph marks back that a description may stand which "the spokesman" or "the groups" takes up
_LEADS = {"president", "prime minister", "chancellor", "leader", "supreme leader", "monarch"}


def bearer_of_office(scene: Scene, draft: Draft, history: list[Draft]) -> Draft:
    """A bare office: its bearer named before, else the holder in the state the context speaks of."""
    for earlier in reversed(history):
        if (
            is_person(earlier)
            and earlier.actor
            and (earlier.kind in {"titled", "named"} or earlier.actor.id.startswith("person:"))
            and _bears(scene, earlier, draft.word)
        ):
            settled = draft.settled(earlier.actor, "anaphor", 0.8, f"the {draft.word} named before")
            return replace(settled, gender=earlier.gender)
    if draft.word not in _LEADS and (same := same_person(scene, draft, history)):
        return same
    if told := _same_office_told(scene, draft, history):
        return told
    if body := _body_led(draft, history):
        return _leads_body(scene, draft, body)
    home = draft.actor.country if draft.actor else None
    code = home or _reported_from(scene) or state_for(scene, draft, history)
    if code and (named := _named_holder(scene, draft, code)):
        return draft.settled(named, "titled", 0.7, f"the report names a {draft.word} of that state")
    term = holder(draft.word, code, scene.day) if code else None
    if term:
        return draft.settled(
            person_actor(term.person, scene.day), "titled", 0.55, "holder of the office in the state spoken of"
        )
    return placed(draft, code)


def _same_office_told(scene: Scene, draft: Draft, history: list[Draft]) -> Draft | None:
    """ "The spokesperson", after "a UN spokesperson" not long before: whom those words meant."""
    here = scene.paragraphs[draft.head]
    for earlier in reversed(history):
        if here - scene.paragraphs[earlier.head] > _NEAR:
            return None
        actor = earlier.actor
        if actor and actor.country and earlier.human and earlier.kind == "described" and earlier.word == draft.word:
            return draft.settled(actor, "anaphor", 0.7, f"the {draft.word} told before")
    return None


def _body_led(draft: Draft, history: list[Draft]) -> Actor | None:
    """The organisation spoken of last, for a title that no state but only a body has: "the secretary-general"."""
    title = titles().get(draft.word)
    if title is None or title.scope != "organisation":
        return None
    bodies = (d.actor for d in reversed(history) if d.actor and d.actor.id.startswith("organisation:"))
    return next((a for a in bodies if a.country in NOWHERE and _ever_led(draft.word, a.name)), None)


def _ever_led(office: str, body: str) -> bool:
    """Does the table of offices know any holder of that office of the body?"""
    return any(t.organisation == body and office_class(t.office) == office for held in terms().values() for t in held)


def _leads_body(scene: Scene, draft: Draft, body: Actor) -> Draft:
    """The holder of the office on that day, else somebody of the body."""
    term = holder(draft.word, body.name, scene.day)
    if term:
        return draft.settled(
            person_actor(term.person, scene.day), "titled", 0.75, f"holder of the office at {body.name}"
        )
    actor = Actor(
        f"role:{body.country}-GOV-{slug(draft.word)}", f"{body.name} {draft.word}", body.country, "GOV", ("GOV",)
    )
    return draft.settled(actor, "titled", 0.6, f"office of {body.name}, spoken of before")


def _reported_from(scene: Scene) -> str | None:
    """The state that the report is sent from, where it is also the one the report speaks of most."""
    return scene.dateline if scene.dateline and scene.dateline == scene.home else None


def _named_holder(scene: Scene, draft: Draft, code: str) -> Actor | None:
    """The one whom the report names in full, there or further on, and who held that office of that state."""
    held = {}
    for name in scene.full_names:
        identity = identify_full(name, scene.day)
        term = term_at(identity.actor.name, scene.day)
        if term and term.country == code and office_class(term.office) == draft.word:
            held[identity.actor.id] = identity.actor
    return next(iter(held.values())) if len(held) == 1 else None


def _bears(scene: Scene, earlier: Draft, office: str) -> bool:
    if earlier.word == office:
        return True
    if earlier.actor is None:
        return False
    term = term_at(earlier.actor.name, scene.day)
    held = office_class(term.office) if term else ""
    generic = {
        "minister": "minister",
        "leader": "",
        "ambassador": "ambassador",
        "head": "head",
        "spokesperson": "spokes",
    }
    if office == "leader":
        return held in _LEADS
    return bool(held) and (
        held == office or (office in generic and bool(generic[office]) and generic[office] in (earlier.word or held))
    )


def titled_before(scene: Scene, draft: Draft, history: list[Draft]) -> Draft:
    """ "The Vermont senator", "the Republican nominee": the one person so far of that title and state."""
    actor = draft.actor
    described = actor is not None and actor.id.startswith("role:") and draft.kind == "described" and draft.human
    if not described or draft.word in _ANYBODY or scene.doc[draft.start].lower_ != "the":
        return draft
    assert actor is not None
    people = [d for d in history if is_person(d) and d.actor and d.actor.id.startswith("person:")]
    fits = [d for d in people if _bears(scene, d, draft.word) or _called(scene, d, draft)]
    bearers = {d.actor.id: d for d in fits if d.actor and d.actor.country in {actor.country, None}}
    if len(bearers) != 1:
        return draft
    (known,) = bearers.values()
    assert known.actor is not None
    return replace(draft.settled(known.actor, "anaphor", 0.7, f"the {draft.word} named before"), gender=known.gender)


def member_meant(scene: Scene, draft: Draft, history: list[Draft]) -> Draft | None:
    """ "The NATO member", "its fellow EU member": the state last spoken of that belonged to the body in that year."""
    body, words = draft.actor, {t.lower_ for t in scene.doc[draft.start : draft.head + 1]}
    if body is None or body.country != "IGO" or draft.plural or not words & _MEMBERS or not words & {"the", "fellow"}:
        return None
    members = members_of(body.id, scene.day.year if scene.day else None)
    states_before = (d.actor for d in reversed(history) if d.actor and d.actor.id.startswith("state:"))
    found = [a for a in states_before if a.country in members]
    meant = next((a for a in found if "fellow" not in words or a.id != found[0].id), None)
    return draft.settled(meant, "anaphor", 0.65, f"the member of {body.name} named before") if meant else None


def _called(scene: Scene, person: Draft, draft: Draft) -> bool:
    """Whether the very noun stands in the words that introduce a person: "Democratic nominee Ann Roe"."""
    noun = scene.doc[draft.head].lower_
    return person.kind == "titled" and noun in {t.lower_ for t in scene.doc[person.start : person.end]}


def group_meant(scene: Scene, draft: Draft, history: list[Draft]) -> list[Draft]:
    """ "The group", "the militants": the armed group named last; of one that is named only later, the only one.

    "The group" may be any body but a company, "the groups" are several that were told together.
    """
    if draft.human:
        return []
    unknown = draft.actor is not None and draft.actor.sector == "UNK"
    if unknown and draft.plural:
        return _groups_meant(scene, draft, history)
    if draft.word == "party":
        parties = [
            d.actor for d in history if d.actor and "PTY" in d.actor.sectors and d.actor.id.startswith("organisation")
        ]
        return [draft.settled(parties[-1], "anaphor", 0.7, f"{parties[-1].name} named before")] if parties else []
    prefixes = ("group", "organisation") if unknown else ("group",)
    for earlier in reversed(history):
        if (
            earlier.actor
            and earlier.actor.id.startswith(prefixes)
            and not (unknown and "BUS" in earlier.actor.sectors)
            and earlier.score > 0.5
            and earlier.head != draft.head
        ):
            near = 0.75 if scene.paragraphs[earlier.head] + 2 >= scene.paragraphs[draft.head] else 0.5
            return [draft.settled(earlier.actor, "anaphor", near, f"{earlier.actor.name} named before")]
    named = {n.entry.actor.id: n.entry.actor for n in scene.groups}
    if len(named) == 1 and _may_be_of(scene, draft, next(iter(named.values()))):
        return [draft.settled(next(iter(named.values())), "anaphor", 0.45, "the one group the report names")]
    if unknown:
        return []
    return stateless(scene, replace(draft, need="place", kind="described"), history)


def _groups_meant(scene: Scene, draft: Draft, history: list[Draft]) -> list[Draft]:
    """The bodies that "the groups" takes up: told as several, or named side by side, not long before."""
    for earlier in reversed(history):
        actor = earlier.actor
        if scene.paragraphs[draft.head] - scene.paragraphs[earlier.head] > _NEAR:
            return []
        if actor is None or earlier.human or earlier.kind == "pronoun" or "BUS" in actor.sectors:
            continue
        named = actor.id.startswith(("group", "organisation"))
        found = together(scene, earlier, history) if named else [earlier]
        told = earlier.plural and earlier.word.rpartition(" ")[2] in word_class("several bodies")
        if told or len(found) > 1:
            return [draft.settled(d.actor, "anaphor", 0.7, "the groups told before") for d in found if d.actor]
    return []


def _may_be_of(scene: Scene, draft: Draft, group: Actor) -> bool:
    """Whether the sentence sets nobody's militants where the group does not fight: "gunmen" in Orlando."""
    place = place_nearby(scene, draft)
    return place is None or fights_in(group, place)


def counterpart(scene: Scene, draft: Draft, history: list[Draft]) -> list[Draft]:
    """Who "his French counterpart" is: the holder in that state of the office that the one before holds."""
    if draft.actor is None:
        return []
    code = draft.actor.country or ""
    earlier = next((d for d in reversed(history) if is_person(d) and d.actor), None)
    if earlier is not None and earlier.actor is not None:
        if named := _named_leader(scene, code, earlier):
            return [draft.settled(named, "anaphor", 0.75, "leader of that state, named in the report")]
        if person := _same_office(scene, code, earlier):
            return [draft.settled(person, "titled", 0.75, f"holds the office that {earlier.actor.name} holds")]
    actor = draft.actor
    if code in states():
        actor = state_as(code, actor.sector, f"{adjectives().get(code, actor.name)} counterpart")
    return [draft.settled(actor, "described", 0.6, "counterpart of that state")]


def _same_office(scene: Scene, code: str, earlier: Draft) -> Actor | None:
    """The holder in a state of the office that somebody holds elsewhere; its leader, for a leader."""
    term = term_at(earlier.actor.name, scene.day) if earlier.actor else None
    office = office_class(term.office) if term else earlier.word
    found = holder(office, code, scene.day)
    if found is None and office in _LEADS:
        found = holder("leader", code, scene.day)
    return person_actor(found.person, scene.day) if found else None


def _named_leader(scene: Scene, code: str, leader: Draft) -> Actor | None:
    """The leader of a state whom the report names elsewhere, where the one before is a leader too."""
    if leader.word not in _LEADS:
        return None
    for name in sorted(scene.full_names):
        identity = identify_full(name, scene.day)
        term = term_at(identity.actor.name, scene.day)
        if (
            term
            and term.country == code
            and office_class(term.office) in _LEADS
            and identity.actor.id != (leader.actor or identity.actor).id
        ):
            return identity.actor
    return None
