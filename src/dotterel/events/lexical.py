"""What the lexicon makes of two spans: its triggers weighed by how they link them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dotterel import codebook
from dotterel.events.candidate import Candidate
from dotterel.events.candidates import find_candidates
from dotterel.events.draft import shifted_type, verdict_on
from dotterel.events.hints import Hint, hints
from dotterel.events.lexicon import Lexicon, load
from dotterel.events.marking import Marked, Offsets
from dotterel.events.status import Verdict
from dotterel.parsing import parse_many
from dotterel.settings import MODEL

if TYPE_CHECKING:
    from dotterel.parsing import Doc, Token

NONE = "NONE"
NONE_WEIGHT = 0.6  # what "no event" starts with; a trigger that links both spans has 8
LINKS_BOTH, LINKS_ACTOR, LINKS_RECIPIENT, LINKS_NEITHER = 8.0, 2.5, 1.5, 0.4
PRIOR_WEIGHT = 0.6  # of all types together
SPOKEN_OF = 0.3  # share of its weight that an act keeps which another act only speaks of
ON_PATH = 1.5  # how much more a trigger counts that stands between the spans in the parse
HINTED = 0.2  # weight of a word in a frame that the lexicon does not know, as a share of a trigger's


@dataclass(frozen=True, slots=True)
class Told:
    """An act the lexicon found, with its type in both schemes and the share of its weight that it keeps."""

    candidate: Candidate
    type: str
    plv: str
    share: float


@dataclass(frozen=True, slots=True)
class Reading:
    """A text read once for all its pairs: its acts, and what else it hints at."""

    doc: Doc
    acts: tuple[Told, ...]
    hints: tuple[Hint, ...]


@dataclass(frozen=True, slots=True)
class Opinion:
    """The lexicon's probabilities for a pair of spans."""

    types: dict[str, float]  # of the sixteen types and NONE
    plv: dict[str, float]  # of the fifteen types of PLOVER's first scheme, were there an act


def read(doc: Doc, lexicon: Lexicon, candidates: Iterable[Candidate]) -> Reading:
    """A text's candidates with their types, one only spoken of with a small share."""
    acts = tuple(told(c, verdict_on(c, lexicon)) for c in candidates)
    taken = {t.i for act in acts for t in act.candidate.trigger}
    return Reading(doc, acts, tuple(hints(doc, lexicon, taken)))


def told(candidate: Candidate, verdict: Verdict) -> Told:
    """An act with its types, which its status may shift."""
    row, spoken_of = candidate.row, verdict.status == "drop"
    kind = shifted_type(row.type, verdict)
    status = "occurred" if spoken_of or kind != row.type else verdict.status
    plv = codebook.plv(kind, row.mode, status, words=phrase(candidate))
    return Told(candidate, kind, plv, SPOKEN_OF if spoken_of else 1.0)


def phrase(candidate: Candidate) -> str:
    """The words of a trigger with those right below it: "imposed sanctions"."""
    words = {t.i: t.text for head in candidate.trigger for t in (head, *head.children)}
    return " ".join(words[i] for i in sorted(words))


def opinions(items: Sequence[Marked], model: str = MODEL) -> list[Opinion]:
    """The lexicon's opinion on each marked sentence; each text is parsed once."""
    texts = list(dict.fromkeys(sentence for sentence, _, _ in items))
    parses = zip(texts, parse_many(texts, model), strict=True)
    readings = {text: read(p.doc, load(), find_candidates(p.doc, load())) for text, p in parses}
    return [opinion(readings[text], actor, recipient, (0, len(text))) for text, actor, recipient in items]


def opinion(reading: Reading, actor: Offsets | None, recipient: Offsets | None, sentence: Offsets) -> Opinion:
    """What the lexicon makes of two spans of a sentence, given in characters of the text; an untold role may be filled
    by any of the sentence's words."""
    found = list(weigh(reading, actor or sentence, recipient or sentence, sentence))
    return Opinion(
        types=distribution(strongest((kind, weight) for kind, _, weight in found)),
        plv=plv_distribution(strongest((plv, weight) for _, plv, weight in found)),
    )


def weigh(reading: Reading, actor: Offsets, recipient: Offsets, sentence: Offsets) -> Iterator[tuple[str, str, float]]:
    """Types in both schemes with a weight: a trigger counts by how it links the spans and how near it stands."""
    path = path_between(reading.doc, actor, recipient)
    for act in reading.acts:
        head = act.candidate.head
        if sentence[0] <= head.idx < sentence[1]:
            weight = link(act.candidate, actor, recipient) * act.share * (ON_PATH if head.i in path else 1.0)
            yield act.type, act.plv, weight / (1 + 0.02 * distance(head, actor, recipient))
    for hint in reading.hints:
        if sentence[0] <= hint.word.idx < sentence[1]:
            weight = HINTED * hint.share * hinted_link(hint, actor, recipient)
            yield hint.type, codebook.plv(hint.type), weight


def strongest(found: Iterable[tuple[str, float]]) -> dict[str, float]:
    """The greatest weight of each type."""
    weights: dict[str, float] = defaultdict(float)
    for kind, weight in found:
        weights[kind] = max(weights[kind], weight)
    return weights


def path_between(doc: Doc, first: Offsets, second: Offsets) -> set[int]:
    """Positions of the words on the way through the parse from one span to the other, their meeting point included."""
    start, end = ancestry(doc, first), ancestry(doc, second)
    shared = [i for i in start if i in end]
    return {*start, *end} - set(shared[1:])


def ancestry(doc: Doc, span: Offsets) -> list[int]:
    """The position of a span's head and of the words above it, up to the root."""
    inside = doc.char_span(*span)
    return [inside.root.i, *(t.i for t in inside.root.ancestors)] if inside else []


def hinted_link(hint: Hint, actor: Offsets, recipient: Offsets) -> float:
    """How the words about a hint meet the two spans."""
    acts, undergoes = touches((hint.agents,), actor), touches((hint.patients,), recipient)
    return LINKS_BOTH if acts and undergoes else LINKS_ACTOR if acts or undergoes else LINKS_NEITHER


def link(candidate: Candidate, actor: Offsets, recipient: Offsets) -> float:
    """How a candidate's slots meet the two spans."""
    acts = touches(candidate.agents, actor) or (candidate.row.reciprocal and touches(candidate.recipients, actor))
    undergoes = touches(candidate.recipients, recipient) or (
        candidate.row.reciprocal and touches(candidate.agents, recipient)
    )
    if acts and undergoes:
        return LINKS_BOTH
    if acts:
        return LINKS_ACTOR + 2 * below(candidate, recipient)
    return LINKS_RECIPIENT if undergoes else LINKS_NEITHER


def touches(slots: tuple[tuple[Token, ...], ...], span: Offsets) -> bool:
    """Does any word in the slots, or a phrase it heads, share text with the span?"""
    return any(overlaps(t, span) for tokens in slots for t in tokens)


def overlaps(token: Token, span: Offsets) -> bool:
    """Does the token, or a name or owner right below it, lie in the span?"""
    near = (token, *(c for c in token.children if c.dep_ in {"compound", "poss", "amod", "appos", "nmod"}))
    return any(span[0] <= t.idx < span[1] for t in near)


def below(candidate: Candidate, span: Offsets) -> bool:
    """Does the span stand under the trigger in the parse?"""
    return any(span[0] <= t.idx < span[1] for t in candidate.head.subtree)


def distance(head: Token, actor: Offsets, recipient: Offsets) -> int:
    """Words between a trigger and the nearer span, roughly."""
    return min(abs(head.idx - actor[0]), abs(head.idx - recipient[0])) // 6


def distribution(weights: Mapping[str, float]) -> dict[str, float]:
    """Weights as probabilities over all types and NONE; a type without evidence keeps a share of its prior."""
    full = {t.name: weights.get(t.name, 0.0) + PRIOR_WEIGHT * priors().get(t.name, 0.0) for t in codebook.types()}
    return normalised({**full, NONE: NONE_WEIGHT})


def plv_distribution(weights: Mapping[str, float]) -> dict[str, float]:
    """The same over the fifteen types, where an act is taken for granted."""
    full: dict[str, float] = defaultdict(float, weights)
    for t in codebook.types():
        full[t.plv] += PRIOR_WEIGHT * priors().get(t.name, 0.0)
    return normalised(full)


def normalised(weights: Mapping[str, float]) -> dict[str, float]:
    """Weights as shares of their sum."""
    total = sum(weights.values())
    return {name: weight / total for name, weight in weights.items()}


@lru_cache(maxsize=1)
def priors() -> dict[str, float]:
    """Share of each type among the lexicon's verb rows, for want of a better guess where no trigger is found."""
    rows = [row.type for group in load().verbs.values() for row in group if row.type != NONE]
    return {kind: count / len(rows) for kind, count in Counter(rows).items()}
