"""Turns each noun phrase into the actor it means, or into a draft that says what the context must supply."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from dotterel.actors.coalitions import coalition_of
from dotterel.actors.describe import Owner, Role, owners_of, role_of, sector_of
from dotterel.actors.knowledge import adjectives, holder, person_actor, slug, state_as, stateless_words, states
from dotterel.actors.metonyms import named_draft
from dotterel.actors.phrases import Draft, depth_first, is_plural, phrase_start, premodifies
from dotterel.actors.scene import NOWHERE, Scene
from dotterel.actors.titled import person_draft, person_span
from dotterel.types import Actor

if TYPE_CHECKING:
    from dotterel.actors.names import Name
    from dotterel.parsing import Token

_WHOLE_STATE = {
    "government",
    "administration",
    "regime",
    "authority",
    "state",
    "leadership",
    "cabinet",
    "federal government",
}
_MERGED = {"CVL", "REB", "UNK", "MIL", "GOV", "IGO", "NGO"}  # sectors of people who act for the body they belong to
_COLLECTIVE = {
    "group",
    "organisation",
    "organization",
    "movement",
    "faction",
    "network",
    "militia",
    "party",
    "alliance",
    "side",
    "bloc",
}
_ON_BEHALF = {
    "ally",
    "partner",
    "counterpart",
    "side",
    "delegation",
    "team",
    "enemy",
    "foe",
    "rival",
    "adversary",
    "backer",
}
_NEEDS_NAME = {"front", "cell", "wing", "branch", "element", "network", "alliance", "team", "side", "coalition", "bloc"}
_SPEAKS_FOR = {"spokesperson", "ambassador", "officer", "rebel leader"}  # offices whose bearers act for their body
_COMMON = {"civilian", "journalist", "cleric", "officer", "police officer", "judge", "legislator", "party leader"}
_INDEFINITE = {
    "a",
    "an",
    "first",
    "next",
    "future",
    "every",
    "each",
    "one",
    "would-be",
    "some",
    "several",
    "many",
    "other",
    "another",
    "no",
    "any",
}
PRONOUNS = {
    "he",
    "she",
    "it",
    "they",
    "him",
    "her",
    "them",
    "his",
    "its",
    "their",
    "who",
    "which",
    "that",
    "whom",
    "whose",
    "himself",
    "herself",
    "itself",
    "themselves",
}


def drafts(scene: Scene) -> Iterator[Draft]:
    """Every mention in the making; governors come before what they govern, and no two overlap."""
    claimed: set[int] = set()
    for token in depth_first(scene.doc):
        if token.i in claimed or token.is_space or token.is_punct:
            continue
        for draft in _phrase(scene, token):
            span = set(range(draft.start, draft.end))
            if not span & claimed:
                claimed |= span
                yield draft


def _phrase(scene: Scene, token: Token) -> list[Draft]:
    """The mentions one token heads."""
    if token.lower_ in PRONOUNS and token.pos_ in {"PRON", "DET", "SCONJ"} and token.i not in scene.by_token:
        return _pronoun(token)
    span = person_span(scene, token)
    if span is not None:
        return [person_draft(scene, token, *span)]
    name = scene.name_at(token.i)
    if name is not None:
        return named_draft(scene, name) if token.i == name.root and not _before_its_noun(scene, name) else []
    if token.pos_ not in {"NOUN", "PROPN", "ADJ", "VERB", "NUM"} or (
        token.dep_ in {"amod", "advmod", "acomp", "ROOT"} and token.pos_ != "NOUN"
    ):
        return []
    return _described(scene, token)


def _before_its_noun(scene: Scene, name: Name) -> bool:
    """Whether a group's name was tagged as a verb and a noun follows that it qualifies."""
    if scene.doc[name.root].pos_ not in {"AUX", "VERB"} or name.end >= len(scene.doc):
        return False
    noun = scene.doc[name.end]
    return noun.pos_ == "NOUN" and role_of(noun, noun.i) is not None


def _pronoun(token: Token) -> list[Draft]:
    if token.lower_ == "that" and token.dep_ not in {"nsubj", "nsubjpass", "dobj"}:
        return []
    gender = (
        "m"
        if token.lower_ in {"he", "him", "his", "himself"}
        else "f"
        if token.lower_ in {"she", "her", "herself"}
        else ""
    )
    plural = token.lower_ in {"they", "them", "their", "themselves"}
    return [Draft(token.i, token.i, token.i + 1, None, "pronoun", 0.0, "", "pronoun", token.lower_, gender, plural)]


def _described(scene: Scene, token: Token) -> list[Draft]:
    start = phrase_start(token)
    if start and scene.doc[start - 1].tag_ == "TO" and scene.doc[start - 1].head.i == token.i:
        return []
    role = role_of(token, start)
    if role is None:
        return _unknown_body(scene, token, start)
    if bearer := _named_next(scene, token, role):
        return [replace(person_draft(scene, *bearer, first=start), head=token.i)]
    start = _misparsed_name(scene, start)
    modifier = premodifies(token) and token.dep_ not in {"poss", "nsubj"}
    if modifier and (
        role.agent.kind in {"thing", "person"} or role.agent.sector in {"CVL", "UNK", "BUS"} or role.word == "state"
    ):
        return []
    if _bare(scene, start, token) and not is_plural(token) and not _stands_bare(token, role):
        return []
    if coalition := coalition_of(scene, token, start):
        return [
            Draft(
                token.i,
                start,
                token.i + 1,
                coalition,
                "named",
                0.8,
                "the coalition of that time and place",
                word="coalition",
            )
        ]
    if _predicate(token):
        return []
    if role.title and not is_plural(token) and (role.agent.kind in {"person", "crowd"} or role.start < token.i):
        return _titled(scene, token, start, role)
    if (
        role.word in {"country", "nation", "kingdom", "republic", "state"}
        and not is_plural(token)
        and token.dep_ not in {"nsubj", "poss", "agent"}
    ):
        return []
    return _kind(scene, token, start, role)


def _titled(scene: Scene, token: Token, start: int, role: Role) -> list[Draft]:
    """A singular title: an office, unless it is one of many such people."""
    assert role.title is not None
    if role.title.office in _COMMON and not (start < token.i and scene.doc[start].lower_ == "the"):
        return _kind(scene, token, start, role)
    return _office(scene, token, start, role)


def _predicate(token: Token) -> bool:
    """Whether a singular noun says what somebody is or becomes, and means nobody else."""
    as_what = token.dep_ == "pobj" and token.head.lower_ == "as"
    return not is_plural(token) and (token.dep_ in {"attr", "oprd", "acomp"} or as_what)


def _bare(scene: Scene, start: int, token: Token) -> bool:
    """Whether nothing before a noun makes it one certain thing: no article, possessor, number or name."""
    return not any(
        scene.doc[i].dep_ in {"det", "poss", "nummod"} or scene.doc[i].pos_ == "PROPN" or i in scene.by_token
        for i in range(start, token.i)
    )


def _stands_bare(token: Token, role: Role) -> bool:
    """Whether a singular noun without article or modifier can act: "parliament", but not "in court", "took office"."""
    if role.agent.kind == "thing" or role.word in {"state", "power", "force"}:
        return False
    if role.agent.kind == "organ" and role.agent.take == "strong":
        return not (token.dep_ == "pobj" and token.head.lower_ in {"in", "to", "into", "at"})
    if role.agent.take == "weak" and token.dep_ == "dobj":
        return False
    return token.sent.start < 30 and token.dep_ in {"nsubj", "nsubjpass", "dobj", "ROOT", "conj", "agent", "poss"}


def _named_next(scene: Scene, token: Token, role: Role) -> tuple[Token, int, int] | None:
    """The personal name right after a title the parser took for the head: "Foreign Minister | Ann Roe"."""
    if token.i + 1 >= len(scene.doc) or is_plural(token) or (role.title is None and token.pos_ != "PROPN"):
        return None
    for i in range(token.i + 1, min(token.i + 6, len(scene.doc))):
        other = scene.doc[i]
        if other.pos_ not in {"PROPN", "PUNCT", "PART"} or other.text in {",", ";"}:
            return None
        span = person_span(scene, other)
        if span is not None and span[0] == token.i + 1:
            return other, *span
    return None


def _misparsed_name(scene: Scene, start: int) -> int:
    """Take in a group's name that was tagged as a verb: "IS fighters"."""
    name = scene.name_at(start - 1) if start else None
    wrong = name is not None and name.entry.kind == "group" and scene.doc[start - 1].pos_ in {"AUX", "VERB"}
    return name.start if name is not None and wrong else start


def _office(scene: Scene, token: Token, start: int, role: Role) -> list[Draft]:
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
    definite = not any(scene.doc[i].lower_ in _INDEFINITE for i in range(start, token.i))
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
    sector = sector_of(token, start, role)
    actor = Actor("", label(scene, token, start, ""), None, sector, (sector,))
    link = _possessor(token)
    if link >= 0:
        return replace(draft, actor=actor, need="possessor", link=link)
    indefinite = any(scene.doc[i].lower_ in _INDEFINITE for i in range(start, token.i))
    if role.title and role.title.office != "civilian" and not indefinite and not role.former:
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
    sector = sector_of(token, start, role)
    body, code = owner.actor, owner.actor.country
    if code in states() and (body.id.startswith(("state", "person", "people", "role")) or owner.how == "place"):
        if sector == "UNK" and body.sector not in {"UNK", "CVL"} and role.word in _ON_BEHALF:
            sector = body.sector
        if role.word in _WHOLE_STATE and owner.how != "place" and sector == "GOV":
            return Actor(f"role:{code}-GOV-government", f"Government of {states()[code].name}", code, "GOV", ("GOV",))
        weak = role.agent.take == "weak"
        if weak and body.sector not in {"GOV", "UNK", "CVL"} and sector in {"GOV", "UNK"}:
            sector = body.sector
        return state_as(code, sector, label(scene, token, start, adjectives().get(code, states()[code].name)))
    if code is None:
        name = label(scene, token, start, scene.doc[owner.token].text if owner.token < token.i else "")
        return Actor(f"role:{slug(name)}", name, None, sector, (sector,))
    return _of_body(scene, token, start, role, owner, sector)


def _of_body(scene: Scene, token: Token, start: int, role: Role, owner: Owner, sector: str) -> Actor:
    """Somebody or something of an organisation or group: mostly the body itself acts."""
    body = owner.actor
    weak = role.agent.take == "weak"
    one = (
        role.title is not None
        and role.title.office not in _SPEAKS_FOR
        and not is_plural(token)
        and role.agent.kind != "organ"
    )
    if one and body.country in states():
        return state_as(body.country or "", sector, label(scene, token, start, body.name))
    if weak or body.sector == sector or body.country in NOWHERE or (body.sector == "REB" and sector in {"MIL", "UNK"}):
        if sector == "MIL" and body.sector not in {"MIL", "REB"}:
            return Actor(f"{body.id}-mil", body.name, body.country, "MIL", ("MIL", body.sector))
        return body
    if sector in {"CVL", "UNK"} and body.sector in {"REB", "PTY", "OPP"}:
        return body
    name = label(scene, token, start, body.name)
    return Actor(f"role:{body.country}-{sector}-{slug(name)}", name, body.country, sector, (sector,))


def _kind(scene: Scene, token: Token, start: int, role: Role) -> list[Draft]:
    """A described actor: troops, the police, three teachers."""
    plural = is_plural(token)
    human = role.agent.kind in {"person", "crowd"} and not plural
    base = Draft(token.i, start, token.i + 1, None, "described", 0.0, "", word=role.word, plural=plural, human=human)
    if token.lower_ in {"counterpart", "counterparts"}:
        owners = owners_of(scene, start, token)
        return [replace(base, need="counterpart", actor=o.actor) for o in owners[:1]] or []
    if token.lower_ in {
        "sides",
        "parties",
        "leaders",
        "countries",
        "nations",
        "neighbours",
        "presidents",
        "ministers",
        "governments",
    } and (_pairs(scene, token, start)):
        return [replace(base, need="plural")]
    owners = owners_of(scene, start, token)
    if not owners or (owners[0].how == "place" and owners[0].token > token.i and _possessor(token) >= 0):
        return [_unowned(scene, token, base, role, start)]
    if len(owners) == 1:
        actor = described_actor(scene, token, start, role, owners[0])
        return [
            _stretched(base, owners[0]).settled(
                actor, "described", 0.9 * owners[0].score, f"{role.word} of {owners[0].actor.name}"
            )
        ]
    return _coordinated(scene, token, start, role, base, owners)


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
    sector = sector_of(token, start, role)
    actor = Actor("", label(scene, token, start, ""), None, sector, (sector,))
    link = _possessor(token)
    if link >= 0:
        return replace(draft, actor=actor, need="possessor", link=link)
    if role.agent.kind == "thing" and sector == "UNK":
        return replace(draft, need="nothing")
    definite = start < token.i and scene.doc[start].lower_ in {"the", "this", "these", "those"}
    bare = start == token.i
    if own_name := _own_name(scene, token, start, role.start):
        actor = Actor(f"organisation:{slug(own_name)}", own_name, None, sector, (sector,))
        return draft.settled(actor, "named", 0.5, "organisation not in the tables")
    if role.word in _NEEDS_NAME:
        return replace(draft, need="nothing")
    if (role.word in _COLLECTIVE and definite) or (sector == "REB" and (definite or bare)):
        return replace(draft, actor=actor, need="group", kind="anaphor")
    if sector == "UNK" or role.agent.home == "none":
        return replace(draft, actor=actor, need="group" if definite else "stateless")
    stateless = any(scene.doc[i].lower_ in stateless_words() for i in range(start, token.i))
    return replace(draft, actor=actor, need="stateless" if stateless else role.agent.home)


def _title_case(token: Token) -> bool:
    """Whether the sentence capitalises most words, as headlines do, so that capitals tell nothing."""
    words = [t for t in token.sent if t.is_alpha and len(t) > 3]
    return sum(t.text[0].isupper() for t in words) > 0.6 * max(1, len(words))


def _capital_elsewhere(token: Token) -> bool:
    """Whether the report writes a sentence's first word with a capital inside a sentence too."""
    return any(
        t.text == token.text and t.pos_ == "PROPN" and t.i != t.sent.start and not _title_case(t) for t in token.doc
    )


def _own_name(scene: Scene, token: Token, start: int, noun: int) -> str:
    """The proper name a collective noun carries before it ("the Blue Dawn movement"); empty where it carries none."""
    words = [scene.doc[i] for i in range(start, noun)]
    proper = [w for w in words if w.pos_ == "PROPN" and w.i not in scene.by_token and w.text[0].isupper()]
    if not proper or proper[-1].i != noun - 1 or proper[-1].dep_ != "compound" or is_plural(token):
        return ""
    return f"{scene.doc[proper[0].i : token.i + 1].text}"


def _unknown_body(scene: Scene, token: Token, start: int) -> list[Draft]:
    """An organisation the tables do not know, by the entity recogniser."""
    acting = token.dep_ in {"nsubj", "nsubjpass", "agent", "poss"} and token.ent_type_ in {"", "NORP", "PERSON"}
    if (
        token.pos_ != "PROPN"
        or not (token.ent_type_ == "ORG" or acting)
        or (premodifies(token) and token.dep_ != "poss")
    ):
        return []
    if acting and (_title_case(token) or (start == token.sent.start and not _capital_elsewhere(token))):
        return []
    if not token.text[0].isupper() or len(token.text) < 3 or scene.doc[token.i].idx in scene.by_offset:
        return []
    first = token.i
    while first > start and (
        scene.doc[first].ent_iob_ == "I" or (scene.doc[first - 1].pos_ == "PROPN" and not token.ent_type_)
    ):
        first -= 1
    text = scene.doc[first : token.i + 1].text.removeprefix("the ").removeprefix("The ")
    owners = [o for o in owners_of(scene, start, token) if o.how != "place"]
    country = owners[0].actor.country if owners else None
    actor = Actor(f"organisation:{slug(text)}", text, country, "UNK", ("UNK",))
    return [
        Draft(token.i, start, token.i + 1, actor, "named", 0.5, "organisation not in the tables", word="organisation")
    ]
