"""Settles what the context must supply: pronouns, "the group", bare offices, counterparts, the state of a bare army."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from dotterel.actors.context import state_for
from dotterel.actors.knowledge import adjectives, holder, office_class, person_actor, slug, state_as, states, term_at
from dotterel.actors.persons import identify_full
from dotterel.actors.phrases import Draft, conjuncts
from dotterel.actors.scene import NOWHERE, Scene
from dotterel.types import Actor

if TYPE_CHECKING:
    from dotterel.parsing import Token

_SUBJECT = {"nsubj", "nsubjpass", "agent"}
_PERSONAL = {"he", "she", "him", "her", "his", "himself", "herself"}
_PLURAL = {"they", "them", "their", "themselves"}
_RELATIVE = {"who", "which", "that", "whom", "whose"}
_LEADS = {"president", "prime minister", "chancellor", "leader", "supreme leader", "monarch"}
REACH = 3  # sentences back that a pronoun may look


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
        return [draft]
    if draft.need == "pronoun":
        return _pronoun(scene, draft, history, sentence)
    if draft.need == "nothing":
        return []
    if draft.need == "stateless":
        return [_placed(draft, None)]
    if draft.need == "possessor":
        return _possessed(scene, draft, history, sentence)
    if draft.need == "holder":
        return [_office(scene, draft, history)]
    if same := _same_words(scene, draft, history):
        return [same]
    if draft.need == "group":
        return _group(scene, draft, history)
    if draft.need == "counterpart":
        return _counterpart(scene, draft, history)
    if draft.need == "plural":
        return _several(scene, draft, history)
    return _stateless(scene, draft, history)


def _same_words(scene: Scene, draft: Draft, history: list[Draft]) -> Draft | None:
    """ "The rebels" again: the actor that the same noun meant before, in this paragraph or the three before."""
    if draft.need not in {"group", "state", "place"} or scene.doc[draft.start].lower_ not in {
        "the",
        "these",
        "those",
        "this",
    }:
        return None
    here = scene.paragraphs[draft.head]
    for earlier in reversed(history):
        if here - scene.paragraphs[earlier.head] > 6:
            return None
        if earlier.word == draft.word and earlier.plural == draft.plural and earlier.actor and earlier.actor.country:
            settled = draft.settled(
                earlier.actor, "anaphor", 0.8 * earlier.score, f"{earlier.actor.name} spoken of before"
            )
            return replace(settled, human=earlier.human)
    return None


def is_person(draft: Draft) -> bool:
    """Whether a draft means one human being."""
    actor = draft.actor
    return actor is not None and not draft.plural and (draft.human or actor.id.startswith("person"))


def _is_body(draft: Draft) -> bool:
    actor = draft.actor
    return (
        actor is not None
        and not is_person(draft)
        and (not draft.plural or draft.kind == "named")
        and draft.kind != "pronoun"
    )


def _is_many(draft: Draft) -> bool:
    actor = draft.actor
    return (
        actor is not None
        and not is_person(draft)
        and (draft.plural or actor.id.startswith(("group", "organisation", "state")))
    )


def _rank(scene: Scene, draft: Draft, at: int, sentence: dict[int, int]) -> float:
    """How good an antecedent a draft is: recency by sentence, subjects first, names above descriptions."""
    token: Token = scene.doc[draft.head]
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    worth = -2.0 * (sentence[at] - sentence[draft.head])
    worth += 1.5 if token.dep_ in _SUBJECT else 0.0
    worth += 0.7 if draft.kind in {"named", "titled"} else 0.0
    worth += 0.6 if draft.gender else 0.0
    worth -= 0.8 if token.dep_ in {"poss", "compound", "amod", "nmod"} else 0.0
    return worth - 0.01 * (at - draft.head) / 10


def _speaker(scene: Scene, token: Token, history: list[Draft]) -> Draft | None:
    """The subject of the verb that reports the pronoun's clause: Turkey, in "Turkey said it shot down"."""
    clause = token.head
    for _ in range(4):
        if clause.dep_ in {"ccomp", "xcomp", "advcl", "conj"} and clause.head.i != clause.i:
            if clause.dep_ in {"ccomp", "advcl"}:
                subjects = {c.i for c in clause.head.children if c.dep_ in _SUBJECT and c.i < token.i}
                return next((d for d in history if d.head in subjects), None)
            clause = clause.head
        else:
            clause = clause.head
    return None


def _fits(draft: Draft, pronoun: str, gender: str) -> bool:
    if draft.actor is None or (draft.kind == "pronoun" and pronoun not in _PERSONAL):
        return False
    if pronoun in _PERSONAL:
        return is_person(draft) and (not draft.gender or draft.gender == gender)
    if pronoun in _PLURAL:
        return _is_many(draft)
    return _is_body(draft)


def _antecedent(scene: Scene, draft: Draft, history: list[Draft], sentence: dict[int, int]) -> Draft | None:
    pronoun, at = draft.word, draft.head
    speaker = _speaker(scene, scene.doc[at], history)
    if speaker and _fits(speaker, pronoun, draft.gender):
        return speaker
    near = [
        d
        for d in history
        if sentence[at] - sentence[d.head] < REACH and _fits(d, pronoun, draft.gender) and d.head != at
    ]
    own_clause = _own_subjects(scene.doc[at])
    near = [d for d in near if d.head not in own_clause]
    return max(near, key=lambda d: _rank(scene, d, at, sentence), default=None)


def _own_subjects(token: Token) -> set[int]:
    """The subjects of the verb that an object pronoun hangs on, which it cannot mean."""
    if token.dep_ in {"nsubj", "nsubjpass", "poss"}:
        return set()
    verb = token.head
    while verb.pos_ not in {"VERB", "AUX"} and verb.head.i != verb.i:
        verb = verb.head
    return {c.i for c in verb.children if c.dep_ in _SUBJECT}


def _relative_noun(token: Token) -> int:
    """The noun that a relative clause hangs on; -1 where the pronoun stands in none."""
    verb = token
    for _ in range(6):
        if verb.dep_ == "relcl":
            return verb.head.i
        verb = verb.head
    return -1


def _relative(scene: Scene, draft: Draft, history: list[Draft]) -> list[Draft]:
    noun = _relative_noun(scene.doc[draft.head])
    found = [d for d in history if d.head == noun and d.actor]
    return [
        replace(d, head=draft.head, start=draft.start, end=draft.end).settled(
            d.actor, "pronoun", 0.9 * d.score, "relative pronoun"
        )
        for d in found
        if d.actor
    ]


def _expletive(token: Token) -> bool:
    verb = token.head
    if token.dep_ == "expl":
        return True
    extraposed = any(c.dep_ in {"ccomp", "xcomp", "advcl", "csubj"} for c in verb.children)
    return (
        token.lower_ == "it"
        and token.dep_ == "nsubj"
        and verb.lemma_ in {"be", "seem", "appear", "take", "remain"}
        and extraposed
    )


def _pronoun(scene: Scene, draft: Draft, history: list[Draft], sentence: dict[int, int]) -> list[Draft]:
    token = scene.doc[draft.head]
    if draft.word in _RELATIVE:
        return _relative(scene, draft, history)
    if _expletive(token) or (draft.word == "it" and token.dep_ not in _SUBJECT):
        return []
    best = _antecedent(scene, draft, history, sentence)
    if best is None or best.actor is None:
        return []
    distance = sentence[draft.head] - sentence[best.head]
    sure = max(0.3, best.score * (0.85 - 0.15 * distance))
    settled = []
    for one in _together(scene, best, history) if draft.plural else [best]:
        assert one.actor is not None
        meant = draft.settled(one.actor, "pronoun", sure, f"'{draft.word}' for {one.actor.name}")
        gender = one.gender or draft.gender
        settled.append(replace(meant, word=one.word, plural=one.plural, human=one.human, gender=gender))
    return settled


def _together(scene: Scene, best: Draft, history: list[Draft]) -> list[Draft]:
    """An antecedent with what is coordinated to it: Peru and Ecuador, for "they"."""
    first = scene.doc[best.head]
    while first.dep_ == "conj" and first.head.i != first.i:
        first = first.head
    heads = {t.i for t in conjuncts(first)}
    found = [d for d in history if d.head in heads and d.actor and d.kind != "pronoun"]
    return found if len({d.actor.id for d in found if d.actor}) > 1 else [best]


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
        return owner
    return replace(base, id=f"role:{slug(base.name)}")


def _possessed(scene: Scene, draft: Draft, history: list[Draft], sentence: dict[int, int]) -> list[Draft]:
    owner = next((d for d in history if d.head == draft.link and d.actor), None)
    token = scene.doc[draft.link]
    if owner is None and token.pos_ == "PRON" and token.lower_ in {"its", "his", "her", "their"}:
        gender = "m" if token.lower_ == "his" else "f" if token.lower_ == "her" else ""
        inner = Draft(draft.link, draft.link, draft.link + 1, None, "pronoun", 0.0, "", "pronoun", token.lower_, gender)
        owner = _antecedent(scene, inner, history, sentence)
    if owner is None and token.lower_ == "whose":
        noun = _relative_noun(token)
        owner = next((d for d in history if d.head == noun and d.actor), None)
    if owner is None and token.lower_ in {"country", "nation", "state"}:
        code = state_for(scene, draft, history)
        owner = replace(draft, actor=states()[code], score=0.7) if code else None
    if owner is None or owner.actor is None:
        return _stateless(scene, replace(draft, need="state"), history)
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


def _office(scene: Scene, draft: Draft, history: list[Draft]) -> Draft:
    """A bare office: its bearer named before, else the holder in the state the context speaks of."""
    for earlier in reversed(history):
        if (
            is_person(earlier)
            and earlier.actor
            and earlier.kind in {"titled", "named"}
            and _bears(scene, earlier, draft.word)
        ):
            settled = draft.settled(earlier.actor, "anaphor", 0.8, f"the {draft.word} named before")
            return replace(settled, gender=earlier.gender)
    code = state_for(scene, draft, history)
    term = holder(draft.word, code, scene.day) if code else None
    if term:
        return draft.settled(
            person_actor(term.person, scene.day), "titled", 0.55, "holder of the office in the state spoken of"
        )
    return _placed(draft, code)


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


def _group(scene: Scene, draft: Draft, history: list[Draft]) -> list[Draft]:
    """ "The group", "the militants": the armed group named last; of one that is named only later, the only one."""
    if draft.human:
        return []
    if draft.word == "party":
        parties = [
            d.actor for d in history if d.actor and "PTY" in d.actor.sectors and d.actor.id.startswith("organisation")
        ]
        return [draft.settled(parties[-1], "anaphor", 0.7, f"{parties[-1].name} named before")] if parties else []
    prefixes = ("group", "organisation") if draft.actor and draft.actor.sector == "UNK" else ("group",)
    for earlier in reversed(history):
        if (
            earlier.actor
            and earlier.actor.id.startswith(prefixes)
            and earlier.score > 0.5
            and earlier.head != draft.head
        ):
            near = 0.75 if scene.paragraphs[earlier.head] + 2 >= scene.paragraphs[draft.head] else 0.5
            return [draft.settled(earlier.actor, "anaphor", near, f"{earlier.actor.name} named before")]
    named = {n.entry.actor.id: n.entry.actor for n in scene.groups}
    if len(named) == 1:
        return [draft.settled(next(iter(named.values())), "anaphor", 0.45, "the one group the report names")]
    if draft.actor and draft.actor.sector == "UNK":
        return []
    return _stateless(scene, replace(draft, need="place", kind="described"), history)


def _counterpart(scene: Scene, draft: Draft, history: list[Draft]) -> list[Draft]:
    """ "His French counterpart": the holder in that state of the office that the one before holds."""
    if draft.actor is None:
        return []
    for earlier in reversed(history):
        if not is_person(earlier) or earlier.actor is None:
            continue
        if named := _named_leader(scene, draft.actor.country or "", earlier):
            return [
                draft.settled(
                    named, "anaphor", 0.75, f"leader of that state, named in the report, as {earlier.actor.name} is"
                )
            ]
        term = term_at(earlier.actor.name, scene.day)
        office = office_class(term.office) if term else earlier.word
        found = holder(office, draft.actor.country or "", scene.day) or (
            holder("leader", draft.actor.country or "", scene.day)
            if office in {"president", "prime minister", "chancellor"}
            else None
        )
        if found:
            return [
                draft.settled(
                    person_actor(found.person, scene.day), "titled", 0.75, f"{office} as {earlier.actor.name} is"
                )
            ]
        break
    code = draft.actor.country or ""
    sector = draft.actor.sector
    actor = (
        state_as(code, sector, f"{adjectives().get(code, draft.actor.name)} counterpart")
        if code in states()
        else draft.actor
    )
    return [draft.settled(actor, "described", 0.6, "counterpart of that state")]


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


def _several(scene: Scene, draft: Draft, history: list[Draft]) -> list[Draft]:
    """ "Both sides", "the two leaders": the last two different actors of that sort."""
    personal = draft.word in {"leader", "president", "minister"} or scene.doc[draft.head].lower_ in {
        "leaders",
        "presidents",
        "ministers",
    }
    pair: list[Actor] = []
    for earlier in reversed(history):
        actor = _party(earlier, personal)
        if actor is None:
            continue
        if all(known.country != actor.country or (actor.country in NOWHERE and known.id != actor.id) for known in pair):
            pair.append(actor)
        if len(pair) == 2:
            return [draft.settled(a, "anaphor", 0.55, "one of the two named before") for a in reversed(pair)]
    return []


def _party(draft: Draft, personal: bool) -> Actor | None:
    """What a draft is as one of two sides: a person, or a state or body."""
    actor = draft.actor
    if actor is None or draft.kind == "pronoun":
        return None
    if personal:
        return actor if is_person(draft) and actor.id.startswith("person") else None
    if actor.country in states() and not actor.id.startswith(("group", "organisation")):
        return states()[actor.country or ""]
    return actor if actor.id.startswith(("group", "organisation")) else None


def _placed(draft: Draft, code: str | None) -> Draft:
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


def _stateless(scene: Scene, draft: Draft, history: list[Draft]) -> list[Draft]:
    if draft.actor is None:
        return []
    return [_placed(draft, state_for(scene, draft, history))]
