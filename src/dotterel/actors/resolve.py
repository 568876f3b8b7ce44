"""Turns each noun phrase into the actor it means, or into a draft that says what the context must supply."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from dotterel.actors.bodies import unknown_body
from dotterel.actors.coalitions import coalition_of, led_coalition, led_from
from dotterel.actors.described import kind_drafts, office_draft
from dotterel.actors.metonyms import named_draft
from dotterel.actors.phrases import Draft, depth_first, is_plural, phrase_start, premodifies
from dotterel.actors.roles import Role, name_after, role_of
from dotterel.actors.scene import Scene
from dotterel.actors.titled import person_draft, person_span
from dotterel.actors.vocabulary import word_class

if TYPE_CHECKING:
    from dotterel.actors.names import Name
    from dotterel.parsing import Token

_ACTING = {"nsubj", "poss", "agent"}
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
    """The mention of a noun that is no name: somebody's office, a kind of actor, or an unknown body."""
    start = phrase_start(token)
    if start and scene.doc[start - 1].tag_ == "TO" and scene.doc[start - 1].head.i == token.i:
        return []
    role = role_of(token, start)
    if role is None:
        return unknown_body(scene, token, start)
    if known := _named_within(scene, token, start, role):
        return [known]
    start = _misparsed_name(scene, start)
    if coalition := _coalition(scene, token, start):
        return [coalition]
    if _no_actor(scene, token, start, role):
        return []
    if _predicate(token):
        return []
    if role.title and not is_plural(token) and (role.agent.kind in {"person", "crowd"} or role.start < token.i):
        return _titled(scene, token, start, role)
    return kind_drafts(scene, token, start, role)


def _coalition(scene: Scene, token: Token, start: int) -> Draft | None:
    """The mention of a military coalition: "the coalition", "coalition jets", "US-led coalition strikes"."""
    first = led_from(scene, token, start)
    coalition = coalition_of(scene, token, first) or led_coalition(scene, token, first)
    if coalition is None:
        return None
    draft = Draft(token.i, first, token.i + 1, None, "named", 0.0, "", word="coalition")
    return draft.settled(coalition, "named", 0.8, "the coalition of that time and place")


def _named_within(scene: Scene, token: Token, start: int, role: Role) -> Draft | None:
    """The mention of a name that follows its noun: "the separatist group ETA", "Foreign Minister | Ann Roe"."""
    if role.word in word_class("collective") and not is_plural(token) and (known := name_after(scene, token)):
        draft = Draft(token.i, start, known.end, None, "named", 0.0, "", word=role.word)
        return draft.settled(known.entry.actor, "named", 1.0, "the body named after its kind")
    if bearer := _named_next(scene, token, role):
        return replace(person_draft(scene, *bearer, first=start), head=token.i)
    return None


def _no_actor(scene: Scene, token: Token, start: int, role: Role) -> bool:
    """Whether a noun of the tables means no actor here: "no group", "join forces", or it but qualifies another noun."""
    if any(scene.doc[i].lower_ in word_class("nobody") for i in range(start, token.i)):
        return True
    merged = role.word == "force" and start == token.i and token.dep_ == "dobj"
    if merged and token.head.lemma_.lower() in word_class("merge"):
        return True
    if premodifies(token) and token.dep_ not in {"poss", "nsubj"}:
        slight = role.agent.kind in {"thing", "person"} or role.agent.sector in {"CVL", "UNK", "BUS"}
        if slight or role.word == "state":
            return True
    if is_plural(token):
        return False
    if role.word in {"country", "nation", "kingdom", "republic", "state"} and token.dep_ not in _ACTING:
        return not _dealt_with(scene, token, start)
    return _bare(scene, start, token) and not _stands_bare(token, role)


def _dealt_with(scene: Scene, token: Token, start: int) -> bool:
    """Whether "the country" is a party, not where something happens: "sanctions against the country"."""
    definite = start == token.i - 1 and scene.doc[start].lower_ in {"the", "that"}
    return definite and token.dep_ == "pobj" and token.head.lower_ in {"against", "with", "towards", "toward"}


def _titled(scene: Scene, token: Token, start: int, role: Role) -> list[Draft]:
    """A singular title: an office, unless it is one of many such people."""
    assert role.title is not None
    if role.title.office in word_class("common office") and not (start < token.i and scene.doc[start].lower_ == "the"):
        return kind_drafts(scene, token, start, role)
    return office_draft(scene, token, start, role)


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
