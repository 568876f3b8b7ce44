"""Reads what a phrase says of its referent: its title or kind, its sector, and the state or body it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dotterel.actors.offices import person_actor, surname, terms
from dotterel.actors.persons import in_office
from dotterel.actors.phrases import complements, conjuncts, is_plural, lemma, phrase_start, singular
from dotterel.actors.scene import Scene
from dotterel.actors.vocabulary import Agent, Title, agents, sector_words, states, titles, word_class
from dotterel.types import Actor

if TYPE_CHECKING:
    from dotterel.actors.names import Name
    from dotterel.parsing import Doc, Token

OWNED = frozenset({"of", "for", "from", "to", "in", "at", "with"})
_MERE_PLACE = {"in", "at", "from", "to"}
_NOT_OWNER_PREFIX = {"pro", "anti", "ex", "non"}


@dataclass(frozen=True, slots=True)
class Owner:
    """The state, body or person that a described actor belongs to."""

    actor: Actor
    how: str  # nationality | owner | complement | place
    token: int  # its head token
    end: int  # where its words end (token, exclusive)
    score: float


@dataclass(frozen=True, slots=True)
class Role:
    """What a head noun with its modifiers says: a title, a kind of actor, or both."""

    title: Title | None
    agent: Agent
    word: str  # the title or noun, singular
    start: int  # first token of the words that make the title or noun
    former: bool


def _phrase_words(start: int, head: Token) -> list[str]:
    return [head.doc[i].lower_ for i in range(start, head.i)]


def read_title(words: list[str]) -> tuple[str, int] | None:
    """The longest title at the end of the words, with the number of words it takes."""
    table = titles()
    for size in range(min(6, len(words)), 0, -1):
        phrase = " ".join(words[-size:]).replace(" - ", "-")
        if phrase in table:
            return phrase, size
    return None


def _forms(token: Token) -> tuple[str, ...]:
    forms = (token.text if token.is_upper else token.lower_, lemma(token), singular(token.lower_))
    return tuple(dict.fromkeys(forms))


def role_of(head: Token, start: int) -> Role | None:
    """What the noun is by the tables of titles and head nouns; None where they do not know it."""
    words = _phrase_words(start, head)
    former = any(w in word_class("former") for w in words)
    title = next(
        (found for form in _forms(head) if (found := read_title([*words, form.lower() if len(form) > 3 else form]))),
        None,
    )
    agent, word, size = None, "", 1
    for form in _forms(head):
        for length in (3, 2, 1):
            phrase = " ".join([*words[len(words) - length + 1 :], form]) if length > 1 else form
            if len(words) >= length - 1 and phrase in agents():
                agent, word, size = agents()[phrase], phrase, length
                break
        if agent:
            break
    if title is None and agent is None:
        return None
    if title is not None and (title[1] > size or agent is None):
        word, size = title
    held = titles()[title[0]] if title else None
    agent = agent or Agent(held.sector if held else "UNK", "person", "weak", "state")
    return Role(held, agent, word, head.i - size + 1, former)


def sector_of(scene: Scene, head: Token, start: int, role: Role) -> str:
    """The sector a described actor has by its noun, or by the words before it."""
    own = role.agent.sector
    if role.title and role.start < head.i:
        own = role.title.sector
    weak = role.agent.take == "weak"
    plain = [scene.doc[i].lower_ for i in range(start, head.i) if i not in scene.by_token]
    told = [sector_words()[w] for w in plain if w in sector_words()]
    for sector, over in reversed(told):
        if over == "all" and own == "MIL":
            return "REB"
        if weak and role.start == head.i:
            return sector
    return own


def owns_by_words(doc: Doc, start: int, end: int) -> bool:
    """Whether a name inside a phrase owns it, rather than backs, opposes or imposes it."""
    if end + 1 < len(doc) and doc[end].text == "-" and doc[end + 1].lower_ in word_class("not owner"):
        return False
    if start >= 2 and doc[start - 1].text == "-" and doc[start - 2].lower_ in _NOT_OWNER_PREFIX:
        return False
    return not (start >= 1 and doc[start - 1].lower_ in _NOT_OWNER_PREFIX)


def _named_owner(scene: Scene, name: Name, how: str, score: float) -> Owner:
    actor = name.entry.actor
    if name.entry.kind == "person":
        actor = person_actor(actor.name, scene.day)
    return Owner(actor, how, name.root, name.end, score)


def _place_owner(scene: Scene, token: Token, how: str, score: float) -> Owner | None:
    code = scene.place_country(token.i)
    return Owner(states()[code], how, token.i, token.i + 1, score) if code else None


def _person_owner(scene: Scene, token: Token) -> Owner | None:
    """A leader known by surname whose name stands before a noun: "the Obama administration", "Assad's forces"."""
    if token.pos_ != "PROPN" or token.dep_ not in {"compound", "poss", "nmod"}:
        return None
    full = scene.surnames.get(surname(token.text))
    person = full if full in terms() else None
    if person is None and token.i in scene.surname_tokens:
        person = in_office(token.text, scene.day, scene.spoken)
    if person is None:
        return None
    return Owner(person_actor(person, scene.day), "owner", token.i, token.i + 1, 0.9)


def _left_owners(scene: Scene, start: int, head: Token) -> list[Owner]:
    """Names and places before the head noun, in text order."""
    found: list[Owner] = []
    i = start
    while i < head.i:
        name = scene.name_at(i)
        if name is not None and name.start >= start and name.end <= head.i + 1 and head.i >= name.end:
            if owns_by_words(scene.doc, name.start, name.end):
                found.append(_named_owner(scene, name, "nationality" if name.entry.kind == "demonym" else "owner", 1.0))
            i = name.end
            continue
        if person := _person_owner(scene, scene.doc[i]):
            found.append(person)
            i += 1
            continue
        place = _place_owner(scene, scene.doc[i], "place", 0.8)
        if place and scene.doc[i].pos_ == "PROPN":
            found.append(place)
        i += 1
    return [o for o in found if o.actor.country or o.actor.id.startswith(("group", "organisation"))] or found


def _pick(scene: Scene, owners: list[Owner], head: Token) -> list[Owner]:
    """Of several names before a noun: all of a coordination, else a body before a state, else the first."""
    firm = [o for o in owners if o.how != "place"] or owners[-1:]
    if len(firm) < 2:
        return firm
    doc = scene.doc
    if any(doc[i].text in {",", "and", "&", "/"} or doc[i].text == "-" for i in range(firm[0].end, firm[-1].token)):
        return firm
    bodies = [o for o in firm if not o.actor.id.startswith(("state", "people"))]
    return bodies[:1] or firm[:1]


def _shared(head: Token, first: Token) -> list[Token]:
    """The objects of a preposition after a noun; a plural noun's stray conjuncts belong to them."""
    nouns = conjuncts(first)
    if is_plural(head):
        nouns += [n for n in conjuncts(head)[1:] if n.i > first.i and n.pos_ == "PROPN" and n not in nouns]
    return nouns


def right_owners(scene: Scene, head: Token, prepositions: frozenset[str] = OWNED) -> list[Owner]:
    """Names and places governed by of, for, from or in after the noun."""
    for preposition, first in complements(head, prepositions):
        if in_range(preposition):
            continue
        how, score = ("place", 0.75) if preposition.lower_ in _MERE_PLACE else ("complement", 0.95)
        found = []
        for noun in _shared(head, first):
            name = scene.name_at(noun.i)
            if name is not None and name.entry.kind != "people":
                member = preposition.lower_ == "from" and name.entry.kind in {"group", "organisation"}
                if preposition.lower_ not in {"to", "with"} or name.entry.actor.country == "IGO":
                    found.append(_named_owner(scene, name, "complement" if member else how, score))
            elif place := _place_owner(scene, noun, "place", score - 0.1):
                found.append(place)
            elif how == "complement" and (owner := nested_owner(scene, noun)):
                found.append(owner)
        if found:
            return found
    return []


def in_range(preposition: Token) -> bool:
    """Whether a "from" or a "to" is one end of a range of people, who are many: "protesters from Chile to Canada"."""
    doc, at = preposition.doc, preposition.i
    if preposition.lower_ == "to":
        return any(in_range(t) for t in doc[max(0, at - 5) : at] if t.lower_ == "from")
    after = doc[at + 1 : at + 6]
    people = at > 0 and doc[at - 1].pos_ == "NOUN" and is_plural(doc[at - 1])
    return preposition.lower_ == "from" and people and any(t.lower_ == "to" and t.tag_ != "TO" for t in after)


def nested_owner(scene: Scene, noun: Token) -> Owner | None:
    """The owner of a noun that itself owns: Iraq, in "a spokesman for the Iraqi army"."""
    start = phrase_start(noun)
    if name := name_after(scene, noun):
        return _named_owner(scene, name, "complement", 0.95)
    owners = _pick(scene, _left_owners(scene, start, noun), noun)
    role = role_of(noun, start)
    if not owners:
        owners = right_owners(scene, noun)
    if not owners:
        return None
    owner = owners[0]
    actor = owner.actor
    if role and actor.country in states() and role.agent.kind in {"organ", "crowd"}:
        sector = sector_of(scene, noun, start, role)
        if actor.id.startswith("state"):
            actor = Actor(actor.id, actor.name, actor.country, sector, (sector,))
    return Owner(actor, owner.how, owner.token, max(noun.i + 1, owner.end), owner.score)


def owners_of(scene: Scene, start: int, head: Token) -> list[Owner]:
    """Whom a described actor belongs to; several where names are coordinated."""
    left = _pick(scene, _left_owners(scene, start, head), head)
    return left or _cut_off_owner(scene, start) or right_owners(scene, head)


def _cut_off_owner(scene: Scene, start: int) -> list[Owner]:
    """A possessor the parser gave to a later noun: India, in "India's army and Pakistani troops"."""
    if start < 2 or scene.doc[start - 1].tag_ != "POS":
        return []
    name = scene.name_at(start - 2)
    return [_named_owner(scene, name, "owner", 0.9)] if name else []


def name_after(scene: Scene, noun: Token) -> Name | None:
    """The name of a body right after the noun for its kind: ETA, in "the separatist group ETA"."""
    name = scene.name_at(noun.i + 1) if noun.i + 1 < len(scene.doc) else None
    return name if name and name.start == noun.i + 1 and name.entry.kind in {"group", "organisation"} else None


def is_thing(head: Token) -> bool:
    """Whether a noun names what can be attacked or seized but does not act by itself: a village, a warship."""
    role = role_of(head, phrase_start(head))
    return role is not None and role.agent.kind == "thing"
