"""Organisations the tables do not know, by their capitals and the entity recogniser."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dotterel.actors.phrases import Draft, is_plural, premodifies
from dotterel.actors.roles import owners_of
from dotterel.actors.scene import Scene
from dotterel.actors.vocabulary import slug, word_class
from dotterel.types import Actor

if TYPE_CHECKING:
    from dotterel.parsing import Token


UNKNOWN_BODY = "organisation not in the tables"


def _title_case(token: Token) -> bool:
    """Whether the sentence capitalises most words, as headlines do, so that capitals tell nothing."""
    words = [t for t in token.sent if t.is_alpha and len(t) > 3]
    return sum(t.text[0].isupper() for t in words) > 0.6 * max(1, len(words))


def _capital_elsewhere(token: Token) -> bool:
    """Whether the report writes a sentence's first word with a capital inside a sentence too."""
    return any(
        t.text == token.text and t.pos_ == "PROPN" and t.i != t.sent.start and not _title_case(t) for t in token.doc
    )


def own_name(scene: Scene, token: Token, start: int, noun: int) -> str:
    """The proper name a collective noun carries before it ("the Blue Dawn movement"); empty where it carries none."""
    words = [scene.doc[i] for i in range(start, noun)]
    proper = [w for w in words if w.pos_ == "PROPN" and w.i not in scene.by_token and w.text[0].isupper()]
    if not proper or proper[-1].i != noun - 1 or proper[-1].dep_ != "compound" or is_plural(token):
        return ""
    return f"{scene.doc[proper[0].i : token.i + 1].text}"


def unknown_body(scene: Scene, token: Token, start: int) -> list[Draft]:
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
    if not token.text[0].isupper() or len(token.text) < 3 or scene.is_place(token.i):
        return []
    if token.lower_ in word_class("no body"):
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
    return [Draft(token.i, start, token.i + 1, actor, "named", 0.5, UNKNOWN_BODY, word="organisation")]
