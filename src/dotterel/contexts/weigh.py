"""Weighs what speaks for each context of an act: the words of its sentence and paragraph, and the act itself."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dotterel import codebook
from dotterel.contexts.signs import signs_of
from dotterel.contexts.words import Hit, find_words
from dotterel.types import Actor, Event, Report

ENOUGH = 1.0  # weight from which an act has a context
MOST = 4  # contexts an act has at most
IN_PARAGRAPH = 0.5  # what a word of the paragraph counts, beside one of the sentence
OF_REPORT = 0.5  # what it adds that the whole report, or its title, is about a context that the paragraph tells too
SHARE, LEAST = 0.2, 4.0  # a report is about what has that share of the weight of its listed words, and that weight
BODIES = {"group", "organ", "organisation"}  # kinds of actor whose names tell what they are for
# PLOVER: a crime of a closer kind is that alone.
GIVES_WAY = {"crime": {"trafficking", "corruption", "illegal_drugs"}}

Piece = tuple[str, str, float]  # context, the word or sign that speaks for it, weight


@dataclass(frozen=True, slots=True)
class Weighed:
    """A context, how much speaks for it, and what."""

    context: str
    weight: float
    evidence: tuple[str, ...]  # words and signs, in order


def weighed(event: Event, report: Report, hits: tuple[Hit, ...]) -> tuple[Weighed, ...]:
    """The contexts of an act, the likeliest first; `hits` are the listed words of the report, in order."""
    best: dict[tuple[str, str], float] = {}
    for context, piece, weight in pieces(event, report, hits):
        best[context, piece] = max(weight, best.get((context, piece), 0.0))
    totals: dict[str, list[tuple[str, float]]] = {}
    for (context, piece), weight in best.items():
        totals.setdefault(context, []).append((piece, weight))
    for context in totals.keys() & (themes(hits) | headline(report, hits)):
        totals[context].append(("the report", OF_REPORT))
    found = [Weighed(c, sum(w for _, w in parts), tuple(p for p, _ in parts)) for c, parts in totals.items()]
    return chosen([one for one in found if one.weight >= ENOUGH])


def chosen(found: Sequence[Weighed]) -> tuple[Weighed, ...]:
    """Those kept of the contexts for which enough speaks, the likeliest first."""
    names = {one.context for one in found}
    kept = (one for one in found if not GIVES_WAY.get(one.context, set()) & names)
    return tuple(sorted(kept, key=lambda one: (-one.weight, order()[one.context])))[:MOST]


def pieces(event: Event, report: Report, hits: Sequence[Hit]) -> Iterator[Piece]:
    """Everything that speaks for a context: words of its sentences and of its paragraph, and signs."""
    sentences = [(m.sentence_start, m.sentence_end) for m in event.mentions]
    around = [paragraph(report.text, sentence) for sentence in sentences[:1]]
    for share, spans in ((1.0, sentences), (IN_PARAGRAPH, around)):
        for hit in (hit for span in spans for hit in within(hits, span)):
            for context, weight in hit.senses:
                if not (context == "military" and in_rebels(event, hit)):
                    yield context, hit.word, share * weight
    for mention in (*event.actors, *event.recipients):
        yield from named(mention.actor)
    for sign in signs_of(event):
        yield sign.context, str(sign), sign.weight


@lru_cache(maxsize=4096)
def named(actor: Actor) -> tuple[Piece, ...]:
    """What the full name of a group or body tells that takes part, though the report may call it "the group" here."""
    if actor.id.partition(":")[0] not in BODIES:
        return ()
    senses = ((hit.word, sense) for hit in find_words(actor.name) for sense in hit.senses)
    return tuple((c, word, weight) for word, (c, weight) in senses if (c, actor.sector) != ("military", "REB"))


@lru_cache(maxsize=1)
def themes(hits: tuple[Hit, ...]) -> frozenset[str]:
    """The contexts that the whole report is about."""
    tally: Counter[str] = Counter()
    for hit in hits:
        tally.update(dict(hit.senses))
    return frozenset(c for c, weight in tally.items() if weight >= max(LEAST, SHARE * tally.total()))


def headline(report: Report, hits: Sequence[Hit]) -> set[str]:
    """The contexts that one word of the title is enough for."""
    words = within(hits, (0, len(report.title or "")))
    return {context for hit in words for context, weight in hit.senses if weight >= ENOUGH}


def in_rebels(event: Event, hit: Hit) -> bool:
    """Is the word part of the name of an armed group: "the Free Syrian Army"?"""
    mentions = (*event.actors, *event.recipients)
    return any(m.start <= hit.start and hit.end <= m.end for m in mentions if m.actor.sector == "REB")


def within(hits: Sequence[Hit], span: tuple[int, int]) -> Iterable[Hit]:
    """The hits inside a span."""
    first = bisect_left(hits, span[0], key=lambda h: h.start)
    return hits[first : bisect_left(hits, span[1], key=lambda h: h.start)]


def paragraph(text: str, span: tuple[int, int]) -> tuple[int, int]:
    """The paragraph around a span."""
    end = text.find("\n", span[1])
    return text.rfind("\n", 0, span[0]) + 1, len(text) if end < 0 else end


@lru_cache(maxsize=1)
def order() -> dict[str, int]:
    """The contexts in the order of the codebook, which decides between equals."""
    return {context.name: n for n, context in enumerate(codebook.contexts())}
