"""Builds the actor that a described phrase means from its noun and its owner."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dotterel.actors.bodies import own_name
from dotterel.actors.offices import holder, person_actor
from dotterel.actors.phrases import Draft, is_plural
from dotterel.actors.roles import Owner, Role, in_range, owners_of, sector_of
from dotterel.actors.scene import NOWHERE, Scene
from dotterel.actors.titled import title_home
from dotterel.actors.vocabulary import adjectives, slug, state_as, states, word_class
from dotterel.types import Actor

if TYPE_CHECKING:
    from dotterel.parsing import Token


def office_draft(scene: Scene, token: Token, start: int, role: Role) -> list[Draft]:
    """An office without a name: its holder on that day, or a described actor."""
    assert role.title is not None
    owners = owners_of(scene, start, token)
    gender = role.title.gender
    base = Draft(
        token.i, start, token.i + 1, None, "titled", 0.0, "", word=role.title.office, gender=gender, human=True
    )
    if token.lower_ == "counterpart":
        return [replace(base, need="counterpart", actor=owners[0].actor if owners else None)]
    if not owners:
        return [_ownerless(scene, token, base, role, start)]
    return [_held(scene, _stretched(base, owner), owner, token, role, start) for owner in owners[:1]]


def _stretched(draft: Draft, owner: Owner) -> Draft:
    return (
        replace(draft, end=max(draft.end, owner.end))
        if owner.how == "complement" and owner.end - draft.end < 12
        else draft
    )


def _held(scene: Scene, draft: Draft, owner: Owner, token: Token, role: Role, start: int) -> Draft:
    assert role.title is not None
    key = owner.actor.country if owner.actor.country not in NOWHERE else owner.actor.name
    definite = not any(scene.doc[i].lower_ in word_class("indefinite") for i in range(start, token.i))
    if definite and not role.former and key and owner.how != "place":
        term = holder(role.title.office, key, scene.day)
        if term:
            return draft.settled(
                person_actor(term.person, scene.day), "titled", 0.85 * owner.score, "holder of the office on that day"
            )
    actor = described_actor(scene, token, start, role, owner)
    return draft.settled(actor, "described", 0.8 * owner.score, f"an office of {owner.actor.name}")


def _possessor(token: Token) -> int:
    """The possessive pronoun or noun before a noun, which says whose it is; -1 where there is none."""
    for child in token.lefts:
        if child.dep_ == "poss":
            return child.i
    return -1


def _ownerless(scene: Scene, token: Token, draft: Draft, role: Role, start: int) -> Draft:
    sector = sector_of(scene, token, start, role)
    actor = Actor("", label(scene, token, start, ""), None, sector, (sector,))
    link = _possessor(token)
    if link >= 0:
        return replace(draft, actor=actor, need="possessor", link=link)
    indefinite = any(scene.doc[i].lower_ in word_class("indefinite") for i in range(start, token.i))
    if role.title and role.title.office != "civilian" and not indefinite and not role.former:
        actor = replace(actor, country=title_home(scene, role.title))
        return replace(draft, actor=actor, need="holder")
    return replace(draft, actor=actor, kind="described", need="state" if sector not in {"CVL", "REB"} else "place")


def label(scene: Scene, token: Token, start: int, adjective: str) -> str:
    """A neutral name for a described actor: nationality, the words that qualify the noun, the noun."""
    doc = scene.doc
    words = [token.text]
    for i in range(token.i - 1, start - 1, -1):
        if (
            doc[i].dep_ not in {"compound", "amod", "nmod"}
            or doc[i].pos_ not in {"NOUN", "PROPN", "ADJ"}
            or scene.name_at(i) is not None
        ):
            break
        words.insert(0, doc[i].text)
    return " ".join([adjective, *words]).strip()


def described_actor(scene: Scene, token: Token, start: int, role: Role, owner: Owner) -> Actor:
    """What a head noun and its owner make together."""
    sector = sector_of(scene, token, start, role)
    body, code = owner.actor, owner.actor.country
    if role.word in word_class("outsider") and body.id.startswith("state"):
        name = label(scene, token, start, adjectives().get(code or "", body.name))
        return Actor(f"role:{slug(name)}", name, None, sector, (sector,))
    if code in states() and (body.id.startswith(("state", "person", "people", "role")) or owner.how == "place"):
        if sector == "UNK" and body.sector not in {"UNK", "CVL"} and role.word in word_class("on behalf"):
            sector = body.sector
        if role.word in word_class("whole state") and owner.how != "place" and sector == "GOV":
            return Actor(f"role:{code}-GOV-government", f"Government of {states()[code].name}", code, "GOV", ("GOV",))
        weak = role.agent.take == "weak"
        site = role.agent.kind == "thing" and sector == "CVL"
        if weak and body.sector not in {"GOV", "UNK", "CVL"} and (site or sector in {"GOV", "UNK"}):
            sector = body.sector
        return state_as(code, sector, label(scene, token, start, adjectives().get(code, states()[code].name)))
    if code is None:
        name = label(scene, token, start, scene.doc[owner.token].text if owner.token < token.i else "")
        return Actor(f"role:{slug(name)}", name, None, sector, (sector,))
    return _of_body(scene, token, start, role, owner, sector)


def _of_body(scene: Scene, token: Token, start: int, role: Role, owner: Owner, sector: str) -> Actor:
    """Somebody or something of an organisation or group: mostly the body itself acts."""
    body = owner.actor
    if body.id.startswith("person") and role.title is not None:
        return somebodys(body, label(scene, token, start, ""), sector)
    weak = role.agent.take == "weak"
    one = (
        role.title is not None
        and role.title.office not in word_class("speaks for")
        and not is_plural(token)
        and role.agent.kind != "organ"
    )
    if one and body.id.startswith("person:") and body.country in NOWHERE:
        name = label(scene, token, start, f"{body.name}'s")
        return Actor(f"role:{body.country}-{sector}-{slug(name)}", name, body.country, body.sector, (body.sector,))
    if one and body.country in states():
        sector = body.sector if role.agent.take == "weak" and sector in {"GOV", "UNK"} else sector
        return state_as(body.country or "", sector, label(scene, token, start, body.name))
    if (
        weak
        or body.sector == sector
        or body.country in NOWHERE
        or (body.sector in {"REB", "MIL"} and sector in {"MIL", "REB", "UNK"})
    ):
        if sector == "MIL" and body.sector not in {"MIL", "REB"} and not (weak and role.agent.kind == "thing"):
            return Actor(f"{body.id}-mil", body.name, body.country, "MIL", ("MIL", body.sector))
        return body
    if sector in {"CVL", "UNK"} and body.sector in {"REB", "PTY", "OPP"}:
        return body
    name = label(scene, token, start, body.name)
    return Actor(f"role:{body.country}-{sector}-{slug(name)}", name, body.country, sector, (sector,))


def _of_many(token: Token) -> bool:
    """Whether people come from a range of states: "protesters from Chile to Canada"."""
    after = token.i + 1
    return after < len(token.doc) and token.doc[after].lower_ == "from" and in_range(token.doc[after])


def somebodys(person: Actor, name: str, sector: str) -> Actor:
    """Who serves a person of no state is somebody else of the same body: "Mr. Annan's envoy", "his deputy"."""
    sector = person.sector if sector in {"GOV", "UNK"} else sector
    named = f"{name} of {person.name}"
    return Actor(f"role:{person.country}-{sector}-{slug(named)}", named, person.country, sector, (sector,))


def kind_drafts(scene: Scene, token: Token, start: int, role: Role) -> list[Draft]:
    """A described actor: troops, the police, three teachers."""
    plural = is_plural(token)
    human = role.agent.kind in {"person", "crowd"} and not plural
    base = Draft(token.i, start, token.i + 1, None, "described", 0.0, "", word=role.word, plural=plural, human=human)
    if human:
        base = replace(base, gender=next((g for g in ("m", "f") if role.word in word_class(f"gender {g}")), ""))
    if token.lower_ in {"counterpart", "counterparts"}:
        owners = owners_of(scene, start, token)
        return [replace(base, need="counterpart", actor=o.actor) for o in owners[:1]] or []
    if token.lower_ in word_class("pair") and _pairs(scene, token, start):
        return [replace(base, need="plural")]
    owners = owners_of(scene, start, token)
    mere_place = bool(owners) and owners[0].how == "place" and owners[0].token > token.i
    if not owners or (mere_place and (_possessor(token) >= 0 or _sent(token, role))):
        return [_unowned(scene, token, base, role, start)]
    if len(owners) == 1:
        actor = described_actor(scene, token, start, role, owners[0])
        if actor.country is None and owners[0].actor.id.startswith("people"):
            return [replace(base, actor=actor, need="people")]
        return [
            _stretched(base, owners[0]).settled(
                actor, "described", 0.9 * owners[0].score, f"{role.word} of {owners[0].actor.name}"
            )
        ]
    return _coordinated(scene, token, start, role, base, owners)


def _sent(token: Token, role: Role) -> bool:
    """Whether soldiers are what a verb of sending moves, so that a place after them is where they go."""
    return role.agent.sector == "MIL" and token.dep_ == "dobj" and token.head.lemma_.lower() in word_class("own forces")


def _pairs(scene: Scene, token: Token, start: int) -> bool:
    return any(scene.doc[i].lower_ in {"both", "two", "these"} for i in range(start, token.i))


def _coordinated(scene: Scene, token: Token, start: int, role: Role, base: Draft, owners: list[Owner]) -> list[Draft]:
    """One mention for each owner of a shared noun; each keeps its own words."""
    found = []
    for n, owner in enumerate(owners):
        actor = _shared_office(scene, role, owner) or described_actor(scene, token, start, role, owner)
        first = start if n == 0 else _name_start(scene, owner)
        last = token.i + 1 if n == len(owners) - 1 and owner.token < token.i else owner.end
        found.append(
            replace(base, start=first, end=last).settled(
                actor, "described", 0.9 * owner.score, f"{role.word} of {owner.actor.name}"
            )
        )
    return found


def _name_start(scene: Scene, owner: Owner) -> int:
    name = scene.name_at(owner.token)
    return name.start if name else owner.token


def _shared_office(scene: Scene, role: Role, owner: Owner) -> Actor | None:
    if role.title is None or role.former:
        return None
    key = owner.actor.country if owner.actor.country not in NOWHERE else owner.actor.name
    term = holder(role.title.office, key or "", scene.day)
    return person_actor(term.person, scene.day) if term else None


def _unowned(scene: Scene, token: Token, draft: Draft, role: Role, start: int) -> Draft:
    """A described actor whose state the phrase does not tell."""
    sector = sector_of(scene, token, start, role)
    actor = Actor("", label(scene, token, start, ""), None, sector, (sector,))
    link = _possessor(token)
    if link >= 0:
        return replace(draft, actor=actor, need="possessor", link=link)
    if (role.agent.kind == "thing" and sector == "UNK") or (start == token.i and token.lower_ == "others"):
        return replace(draft, need="nothing")
    definite = start < token.i and scene.doc[start].lower_ in {"the", "this", "these", "those"}
    bare = start == token.i
    if body := own_name(scene, token, start, role.start):
        actor = Actor(f"organisation:{slug(body)}", body, None, sector, (sector,))
        return draft.settled(actor, "named", 0.5, "organisation not in the tables")
    if role.word in word_class("needs name"):
        return replace(draft, need="nothing")
    if (role.word in word_class("collective") and definite) or (sector == "REB" and (definite or bare)):
        return replace(draft, actor=actor, need="group", kind="anaphor")
    if role.agent.kind == "thing" and role.agent.home == "none":
        return replace(draft, actor=actor, need="stateless")
    if sector == "UNK" or role.agent.home == "none":
        return replace(draft, actor=actor, need="group" if definite else "stateless")
    stateless = any(scene.doc[i].lower_ in word_class("stateless") for i in range(start, token.i)) or _of_many(token)
    return replace(draft, actor=actor, need="stateless" if stateless else role.agent.home)
