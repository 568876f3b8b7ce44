"""When and where: the time and place told with an act's own words, in its clause, or in one that governs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from dotterel.attribution import Attribution
from dotterel.events.candidate import Candidate
from dotterel.events.grammar import own_words
from dotterel.events.lexicon import Lexicon
from dotterel.types import ActorMention, Interval, Place, Report, Roster

if TYPE_CHECKING:
    from dotterel.parsing import Doc

T = TypeVar("T", Interval, Place)
ATTRIBUTIVE = {"amod", "nummod", "compound", "nmod", "poss"}
STATIC = {"in", "at", "near", "outside", "inside", "across", "around", "over", "off", "throughout", "on", "along"}
BETWEEN = {"the", "a", "northern", "southern", "eastern", "western", "central", "city", "town", "village", "of"}


@dataclass(frozen=True, slots=True)
class Context:
    """What earlier stages found in the report."""

    report: Report
    roster: Roster
    times: tuple[Interval, ...]
    places: tuple[Place, ...]
    attributions: tuple[Attribution, ...]
    lexicon: Lexicon
    scene: str | None  # country in which most of the report's places lie


def scopes(candidate: Candidate) -> Iterator[set[int]]:
    """Where the act's time and place are sought: the words on its noun, its clause, then the clauses that govern it."""
    if candidate.row.pos == "NOUN":
        yield {t.i for t in own_words(candidate.trigger[-1])}
    verb = candidate.verb
    yield {t.i for t in own_words(verb)}
    while verb.dep_ in {"xcomp", "ccomp", "advcl", "pcomp", "conj"} and verb.head != verb:
        verb = verb.head
        yield {t.i for t in own_words(verb)}


def nearest(items: Iterable[T], candidate: Candidate) -> T | None:
    """The item of the innermost scope that has any, nearest to the trigger."""
    doc, here = candidate.verb.doc, candidate.trigger[0].idx
    placed = [(item, head_word(doc, item)) for item in items]
    for scope in scopes(candidate):
        inside = [item for item, word in placed if word in scope]
        if inside:
            return min(inside, key=lambda item: abs(item.start - here))
    return None


def head_word(doc: Doc, item: Interval | Place) -> int:
    """The index of the word by which an expression hangs on the sentence."""
    span = doc.char_span(item.start, item.end)
    return span.root.i if span is not None else -1


def place_of(candidate: Candidate, context: Context, taken: tuple[ActorMention, ...]) -> Place | None:
    """The place told with the act's noun or in its clause, after a preposition of place."""
    parties = [m for m in taken if not m.actor.id.startswith("place:")]
    free = (p for p in context.places if not any(m.start <= p.start < m.end for m in parties))
    return nearest((p for p in free if preposition_before(p, candidate) in STATIC), candidate)


def preposition_before(place: Place, candidate: Candidate) -> str:
    """The word before a place and its article or compass point, in lower case."""
    span = candidate.verb.doc.char_span(place.start, place.end)
    index = span.start - 1 if span is not None else -1
    while index > 0 and candidate.verb.doc[index].lower_ in BETWEEN:
        index -= 1
    return candidate.verb.doc[index].lower_ if index >= 0 else ""
