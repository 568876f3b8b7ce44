"""What a second, shorter description stands for: "the Council", "the tycoon", of a body or person named before."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from dotterel.actors.bodies import UNKNOWN_BODY
from dotterel.actors.knowledge import entries
from dotterel.actors.phrases import Draft
from dotterel.actors.pronouns import is_person
from dotterel.actors.scene import Scene
from dotterel.actors.vocabulary import slug, split_cell
from dotterel.tables import read

REACH = 8  # tokens before its initials within which the head of a body's full name stands
NEAR = 6  # paragraph marks back that a body written small may stand
_DEFINITE = {"the", "this", "that"}
_COMMON = {"CVL", "UNK", "GOV"}  # sectors that tell no person from the next


@lru_cache(maxsize=1)
def _kinds() -> dict[str, frozenset[str]]:
    """Noun -> ids of the bodies it may stand for without being a word of their names."""
    return {
        row["noun"]: frozenset(f"organisation:{slug(name)}" for name in split_cell(row["bodies"]))
        for row in read("bodies_called")
    }


@lru_cache(maxsize=1)
def _words_of_names() -> dict[str, frozenset[str]]:
    """Id of a body -> the lower-case words of all its names."""
    found: dict[str, set[str]] = {}
    for name, options in entries().items():
        for entry in options:
            if entry.kind == "organisation":
                found.setdefault(entry.actor.id, set()).update(name.lower().split())
    return {key: frozenset(words) for key, words in found.items()}


def body_called(scene: Scene, draft: Draft, history: list[Draft]) -> Draft | None:
    """The named body that "the council", "the agency" or "the bloc" takes up; None where none named before fits."""
    first, head = scene.doc[draft.start], scene.doc[draft.head]
    if draft.plural or draft.human or draft.head != draft.start + 1 or first.lower_ not in _DEFINITE:
        return None
    noun, capital = head.lower_, head.text[0].isupper()
    for earlier in reversed(history):
        actor = earlier.actor
        if actor is None or not actor.id.startswith("organisation:") or earlier.kind not in {"named", "anaphor"}:
            continue
        if not capital and scene.paragraphs[draft.head] - scene.paragraphs[earlier.head] > NEAR:
            return None
        if noun in _words_of_names().get(actor.id, ()) or actor.id in _kinds().get(noun, ()):
            return draft.settled(actor, "anaphor", 0.75, f"{actor.name} named before")
    return None


def same_person(scene: Scene, draft: Draft, history: list[Draft]) -> Draft | None:
    """The one person of this paragraph or the one before whose title, apposition or sector fits the description."""
    if not draft.human or draft.need not in {"state", "place", "stateless", "group", "holder"} or draft.actor is None:
        return None
    if scene.doc[draft.start].lower_ not in _DEFINITE or draft.start == draft.head:
        return None
    here = scene.paragraphs[draft.head]
    near = [d for d in history if is_person(d) and d.kind != "pronoun" and here - scene.paragraphs[d.head] <= 2]
    fits = {d.actor.id: d for d in near if d.actor and d.actor.id.startswith("person:") and _fits(scene, draft, d)}
    if len(fits) != 1:
        return None
    (known,) = fits.values()
    assert known.actor is not None
    return replace(
        draft.settled(known.actor, "anaphor", 0.7, f"{known.actor.name} described before"), gender=known.gender
    )


def _fits(scene: Scene, draft: Draft, person: Draft) -> bool:
    """Whether a description suits a person: the same noun in their title, or a telling sector in common."""
    if scene.doc[draft.head].lower_ in {t.lower_ for t in scene.doc[person.start : person.end]}:
        return True
    assert draft.actor is not None
    assert person.actor is not None
    return draft.actor.sector == person.actor.sector and draft.actor.sector not in _COMMON


def short_for(scene: Scene, draft: Draft, history: list[Draft]) -> Draft | None:
    """The body that unknown initials were put in brackets after: "the Kenyan Election Commission (KEC)"."""
    initials = scene.doc[draft.head].text
    if draft.reason != UNKNOWN_BODY or not initials.isupper() or draft.actor is None:
        return None
    for i in scene.bracketed.get(initials, ()):
        before = [d for d in history if d.actor and i - REACH < d.head < i and d.kind in {"named", "described"}]
        full = next((d for d in before if _initials(scene, d.start, i).startswith(initials)), None)
        if full is not None and full.actor is not None and full.actor.country is not None:
            return draft.settled(full.actor, "named", full.score, f"initials of {full.actor.name}")
    return None


def _initials(scene: Scene, start: int, end: int) -> str:
    """The first letters of the capitalised words between two tokens."""
    return "".join(t.text[0] for t in scene.doc[start:end] if t.text[0].isupper())
