"""What the clause of a described actor says of its state: a subject attacks others, but sends its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dotterel.actors.phrases import Draft
from dotterel.actors.scene import Scene
from dotterel.actors.vocabulary import word_class
from dotterel.types import Actor

if TYPE_CHECKING:
    from dotterel.parsing import Token

_SUBJECT = {"nsubj", "nsubjpass"}
_RELATION = {"prep", "pobj", "dobj", "dative", "conj", "agent", "pcomp", "appos", "compound", "nmod", "amod", "oprd"}
_INNER = {"xcomp", "advcl", "conj", "ccomp", "pcomp", "relcl", "acl"}


def _governing(token: Token) -> Token | None:
    """The verb that a noun is object or complement of; None for a subject of a clause of its own."""
    while token.dep_ in _RELATION and token.pos_ not in {"VERB", "AUX"} and token.head.i != token.i:
        token = token.head
        if token.pos_ == "VERB":
            return token
    if token.dep_ in _SUBJECT and _asked(token.head):
        return token.head.head
    return None


def _asked(verb: Token) -> bool:
    """Whether a clause is what somebody else is asked to do: "urged the army to leave"."""
    infinitive = any(c.dep_ == "aux" and c.tag_ == "TO" for c in verb.children)
    return infinitive and verb.dep_ in {"ccomp", "xcomp"} and verb.head.i != verb.i


def _verbs(token: Token) -> Iterator[Token]:
    """The verbs above an object, innermost first, as far as they share their subject."""
    verb = _governing(token)
    for _ in range(6):
        if verb is None:
            return
        yield verb
        if any(c.dep_ in _SUBJECT for c in verb.children) or verb.dep_ not in _INNER or verb.head.i == verb.i:
            return
        verb = verb.head if verb.head.pos_ in {"VERB", "AUX"} else None


def _subject(scene: Scene, verb: Token, history: list[Draft]) -> Draft | None:
    heads = {c.i for c in verb.children if c.dep_ in _SUBJECT}
    return next((d for d in history if d.head in heads and d.actor), None)


def _controller(verb: Token, history: list[Draft]) -> Draft | None:
    """The object of the verb above, who is to do what the infinitive says."""
    if verb.dep_ != "xcomp":
        return None
    heads = {c.i for c in verb.head.children if c.dep_ in {"dobj", "dative"} and c.i < verb.i}
    return next((d for d in history if d.head in heads and d.actor), None)


def _whole(draft: Draft) -> bool:
    """Whether a draft is a state as such or its government."""
    actor = draft.actor
    return actor is not None and (actor.id.startswith("state:") or actor.id.endswith("-GOV-government"))


def sender(scene: Scene, draft: Draft, history: list[Draft]) -> Actor | None:
    """Whose own the object of a verb is: who sends its soldiers, or arrests its citizens."""
    for n, verb in enumerate(_verbs(scene.doc[draft.head])):
        lemma = verb.lemma_.lower()
        citizen = draft.actor is not None and draft.actor.sector != "MIL" and lemma in word_class("own people")
        if n == 0 and not citizen and not sends_own(scene, draft):
            return None
        subject = _subject(scene, verb, history) or _controller(verb, history)
        if subject is not None:
            return subject.actor
    return None


def sends_own(scene: Scene, draft: Draft) -> bool:
    """Whether soldiers or arms are the object of a verb of sending, whose subject sends its own."""
    token = scene.doc[draft.head]
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    military = draft.actor is not None and draft.actor.sector == "MIL"
    return military and token.dep_ == "dobj" and token.head.lemma_.lower() in word_class("own forces")


def _own_aim(token: Token) -> bool:
    """Whether an object stands in a clause of purpose, mostly of one's own: "sent ships to reinforce troops"."""
    verb = _governing(token)
    if verb is None or verb.lemma_.lower() in word_class("others' forces"):
        return False
    return any(c.dep_ == "aux" and c.tag_ == "TO" for c in verb.children)


def excluded(scene: Scene, draft: Draft, history: list[Draft]) -> frozenset[str]:
    """The states that ask, accuse, attack or back the one described, and so are not its state."""
    sector = draft.actor.sector if draft.actor else "UNK"
    barred: set[str] = set()
    aimed = _own_aim(scene.doc[draft.head])
    for n, verb in enumerate(_verbs(scene.doc[draft.head])):
        own = n == 0 and (verb.lemma_.lower() in word_class("own people") or sends_own(scene, draft))
        if own:
            return frozenset()
        subject = _subject(scene, verb, history)
        if subject is None or subject.actor is None or (n and sector == "MIL" and aimed):
            continue
        leader = subject.actor.id.startswith("person") and subject.actor.sector == "GOV" and sector == "GOV"
        rival = sector in {"OPP", "PTY", "LEG", "JUD"} and not subject.actor.id.startswith("state:")
        if (_whole(subject) or leader) and not rival:
            barred.add(subject.actor.country or "")
    return frozenset(barred)
