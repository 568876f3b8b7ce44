"""Named states, bodies and capitals: whether a name acts here, or is merely where something happens."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from dotterel.actors.knowledge import entries
from dotterel.actors.phrases import Draft, is_plural, phrase_start, premodifies
from dotterel.actors.roles import in_range, owns_by_words
from dotterel.actors.vocabulary import fold, slug
from dotterel.tables import read
from dotterel.types import Actor

if TYPE_CHECKING:
    from dotterel.actors.names import Name
    from dotterel.actors.scene import Scene
    from dotterel.parsing import Token

MISSPELT = 0.8  # belief in a name put right by a letter
_INSIDE = {
    "in",
    "at",
    "near",
    "inside",
    "outside",
    "across",
    "throughout",
    "around",
    "within",
    "through",
    "off",
    "into",
    "beyond",
    "along",
    "under",
    "above",
    "where",
    "north",
    "south",
    "east",
    "west",
}
_LOCAL_SUBJECT = {"be", "lie", "host", "have", "see", "witness", "become", "remain"}


@lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in read("metonyms"):
        found.setdefault(row["use"], set()).add(row["word"])
    return {use: frozenset(words) for use, words in found.items()}


def _preposition(token: Token) -> tuple[str, Token | None]:
    """The preposition that governs a noun, coordination seen through, and the word it hangs on."""
    while token.dep_ in {"conj", "appos"} and token.head.i != token.i:
        token = token.head
    if token.dep_ == "pobj" and token.head.dep_ in {"prep", "agent", "dative"}:
        return token.head.lower_, token.head.head
    return ("" if token.dep_ != "pobj" else token.head.lower_), None


def _acts(token: Token) -> bool:
    """Whether a capital stands for its government, by its place in the sentence."""
    first = token
    while first.dep_ == "conj" and first.head.i != first.i:
        first = first.head
    if first.dep_ == "nsubj":
        return (first.head.pos_ in {"VERB", "AUX"} and first.head.lemma_.lower() not in _LOCAL_SUBJECT) or (
            first.head.pos_ == "AUX" and (first.head.lemma_ != "be")
        )
    if first.dep_ in {"nsubjpass", "dobj", "dative"}:
        return first.head.lemma_.lower() in _words()["object"]
    if first.dep_ == "poss":
        return first.head.lemma_.lower() in _words()["possessed"]
    if first.dep_ in {"compound", "nmod", "amod", "npadvmod"} and first.head.i > first.i:
        return first.head.lemma_.lower() in _words()["compound"] or first.head.lemma_.lower() in {
            "back",
            "lead",
            "hold",
            "control",
        }
    preposition, governor = _preposition(token)
    if preposition in {"with", "between", "against", "by", "toward", "towards"}:
        return not (preposition == "by" and governor is not None and governor.lemma_ in {"pass", "fly"})
    if preposition in {"on", "from", "to", "for", "of", "upon", "among", "over"} and governor is not None:
        return governor.lemma_.lower() in _words()[preposition if preposition in _words() else "on"]
    return False


def named_draft(scene: Scene, name: Name) -> list[Draft]:
    """The mention that a known name makes, or none where it is but a place or an adjective of something else."""
    token, kind = scene.doc[name.root], name.entry.kind
    if kind in {"demonym", "people"}:
        return _people(scene, name, token)
    if kind == "capital":
        return _capital(scene, name, token)
    if _only_where(name, token):
        return []
    shape, sure = ("metonym", 0.9) if kind == "seat" else ("named", 1.0)
    start = _name_start(scene, name, token)
    draft = Draft(
        name.root, start, name.end, None, shape, sure, "", word=kind, plural=is_plural(token), others=name.others
    )
    if not scene.own and fold(scene.doc[name.start : name.end].text) not in entries():
        return [draft.settled(name.entry.actor, shape, MISSPELT, f"{kind} by name, misspelt")]
    return [draft.settled(name.entry.actor, shape, sure * name.score, f"{kind} by name")]


def _only_where(name: Name, token: Token) -> bool:
    """Whether a name tells but where something is, or through what channel it came."""
    preposition, _ = _preposition(token)
    kind = name.entry.kind
    aimed_at = kind == "state" and preposition == "at"  # one is in a state, and lashes out at it
    if kind in {"state", "seat", "bloc"} and preposition in _INSIDE and not premodifies(token) and not aimed_at:
        return True
    if kind == "state" and in_range(token.head):
        return True
    if kind == "state" and _of_place(token) and not _opens_headline(name, token):
        return True
    return name.entry.actor.sector in {"MED", "BUS"} and preposition in {"on", "in", "at", "via"}


def _opens_headline(name: Name, token: Token) -> bool:
    """Whether a name opens the sentence before a comma, as the first of those who act: "Russia, France to meet"."""
    return name.start == token.sent.start and name.end < len(token.doc) and token.doc[name.end].text == ","


def _name_start(scene: Scene, name: Name, token: Token) -> int:
    """Where the phrase around a name starts: its article and plain adjectives belong to it."""
    if premodifies(token):
        article = token.dep_ == "poss" and name.start and scene.doc[name.start - 1].lower_ == "the"
        return name.start - 1 if article else name.start
    start = min(name.start, phrase_start(token))
    plain = all(scene.doc[i].pos_ in {"DET", "ADJ", "NOUN", "PROPN", "ADV"} for i in range(start, name.start))
    return start if plain else name.start


def _of_place(token: Token) -> bool:
    """Whether a state's name only locates: "north of Syria", "the Syria border"."""
    preposition, governor = _preposition(token)
    if preposition == "of" and governor is not None:
        return governor.lemma_.lower() in _words()["region"]
    return (
        token.dep_ in {"npadvmod", "advmod"} and token.head.pos_ == "VERB" and token.nbor(1).text != "-"
        if token.i + 1 < len(token.doc)
        else False
    )


def _capital(scene: Scene, name: Name, token: Token) -> list[Draft]:
    doc = scene.doc
    if doc[name.start].is_upper and doc[name.start].is_sent_start and len(doc[name.start]) > 3:
        return []
    if name.end < len(doc) and doc[name.end].text in {"(", "—", "--"} and doc[name.start].is_sent_start:
        return []
    if not _acts(token):
        return []
    actor, sure = name.entry.actor, 0.85
    if scene.doc[name.root].text == "Brussels":
        actor, sure = Actor("organisation:european-union", "European Union", "IGO", "IGO", ("IGO",)), 0.7
    return [
        Draft(
            name.root, name.start, name.end, actor, "metonym", sure, "capital that acts as a government", word="capital"
        )
    ]


def _people(scene: Scene, name: Name, token: Token) -> list[Draft]:
    """Demonyms: of an act ("Turkish raids"), of a state ("the Russians"), or of people ("three Iranians")."""
    actor, doc = name.entry.actor, scene.doc
    base = Draft(name.root, name.start, name.end, None, "named", 0.0, "", word="demonym", plural=is_plural(token))
    if premodifies(token):
        acts = owns_by_words(doc, name.start, name.end)
        return [base.settled(actor, "named", 0.9, "nationality of what it modifies")] if acts else []
    if token.dep_ in {"acomp", "amod", "oprd"} or (token.dep_ == "attr" and token.pos_ == "ADJ"):
        return []
    base = replace(base, start=min(phrase_start(token), name.start))
    definite = base.start < name.start and doc[name.start - 1].lower_ == "the"
    if definite and name.entry.kind == "demonym":
        return [replace(base, plural=True).settled(actor, "named", 0.75, "a nation for its state")]
    alone = token.pos_ == "PROPN" and not is_plural(token) and base.start == name.start and not _countable(token)
    if alone or (token.pos_ == "ADJ" and not definite):
        return []
    crowd = _crowd(actor, doc[name.start : name.end].text)
    if crowd.country is None:
        return [replace(base, actor=crowd, word="people", need="people")]
    return [replace(base, word="people").settled(crowd, "described", 0.85, "people of a nation")]


def _crowd(nation: Actor, label: str) -> Actor:
    """Some people of a nation, as the text calls them."""
    key = f"role:{nation.country or 'NSA'}-CVL-{slug(label)}"
    return replace(nation, id=key, name=label, sector="CVL", sectors=("CVL",))


def _countable(token: Token) -> bool:
    return any(child.dep_ in {"det", "nummod", "amod"} for child in token.lefts) or token.tag_ == "NNPS"
