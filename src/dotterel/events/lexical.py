"""What kind of act links this actor to this recipient here? One interface; the lexicon answers it for now."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from dotterel import codebook
from dotterel.errors import InputError
from dotterel.events.candidate import Candidate
from dotterel.events.candidates import find_candidates
from dotterel.events.draft import COOPERATIVE, shifted_type
from dotterel.events.hints import Hint, hints
from dotterel.events.lexicon import Lexicon, load
from dotterel.events.status import Verdict, status_of
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

GIVING = COOPERATIVE | {"AGREE", "CONCEDE", "RETREAT"}
HARM = {"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}

Offsets = tuple[int, int]
Marked = tuple[str, Offsets, Offsets]  # sentence, actor and recipient offsets


class Classifier(Protocol):
    """Names the act between marked spans; the lexicon and any trained model serve it alike."""

    def classify_many(self, items: Sequence[Marked]) -> list[dict[str, float]]:
        """For each item the probabilities of the sixteen types and NONE; they sum to one."""
        ...


class LexiconClassifier:
    """Weighs the lexicon's triggers in a sentence by how they link the two spans."""

    def __init__(self, model: str = MODEL) -> None:
        self.model = model

    def classify_many(self, items: Sequence[Marked]) -> list[dict[str, float]]:
        """For each item the probabilities of the sixteen types and NONE."""
        lexicon = load()
        parses = parse_many((sentence for sentence, _, _ in items), self.model)
        return [
            distribution(weigh(parse.doc, actor, recipient, lexicon))
            for parse, (_, actor, recipient) in zip(parses, items, strict=True)
        ]


def weigh(doc: Doc, actor: Offsets, recipient: Offsets, lexicon: Lexicon) -> dict[str, float]:
    """Weight of each type: every trigger counts by how it links the spans and how near it stands to them."""
    weights: dict[str, float] = defaultdict(float)
    told: set[int] = set()
    path = path_between(doc, actor, recipient)
    for candidate in find_candidates(doc, lexicon):
        head = candidate.head
        told.update(t.i for t in candidate.trigger)
        verdict = status_of(head, candidate.verb, lexicon)
        weight = link(candidate, actor, recipient) * (SPOKEN_OF if verdict.status == "drop" else 1.0)
        weight *= ON_PATH if head.i in path else 1.0
        kind = told_type(candidate, verdict)
        weights[kind] = max(weights[kind], weight / (1 + 0.02 * distance(head, actor, recipient)))
    for hint in hints(doc, lexicon, told):
        weights[hint.type] = max(weights[hint.type], HINTED * hint.share * hinted_link(hint, actor, recipient))
    return weights


def path_between(doc: Doc, first: Offsets, second: Offsets) -> set[int]:
    """Positions of the words on the way through the parse from one span to the other, their meeting point included."""
    start, end = ancestry(doc, first), ancestry(doc, second)
    shared = [i for i in start if i in end]
    return {*start, *end} - set(shared[1:])


def ancestry(doc: Doc, span: Offsets) -> list[int]:
    """The position of a span's head and of the words above it, up to the root."""
    inside = doc.char_span(*span, alignment_mode="expand")
    return [inside.root.i, *(t.i for t in inside.root.ancestors)] if inside else []


def told_type(candidate: Candidate, verdict: Verdict) -> str:
    """The type of an act by its status: a yielding or kindness still to come is AGREE, one withheld is REJECT, and
    harm announced is THREATEN."""
    kind = candidate.row.type
    if verdict.status == "negated" and kind in GIVING:
        return "REJECT"
    if verdict.status == "planned" and kind in GIVING | HARM:
        return "AGREE" if kind in GIVING else "THREATEN"
    return shifted_type(kind, verdict)


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
    full = {t.name: weights.get(t.name, 0.0) + PRIOR_WEIGHT * prior(t.name) for t in codebook.types()}
    full[NONE] = NONE_WEIGHT
    total = sum(full.values())
    return {name: weight / total for name, weight in full.items()}


@lru_cache(maxsize=1)
def priors() -> dict[str, float]:
    """Share of each type among the lexicon's verb rows, for want of a better guess where no trigger is found."""
    rows = [row.type for group in load().verbs.values() for row in group if row.type != NONE]
    return {kind: count / len(rows) for kind, count in Counter(rows).items()}


def prior(kind: str) -> float:
    """The prior of one type."""
    return priors().get(kind, 0.0)


def span_in(sentence: str, span: Offsets | str) -> Offsets:
    """Offsets of a span given as offsets or as a substring.

    Raises InputError where the substring is not in the sentence or the offsets lie outside it.
    """
    if isinstance(span, str):
        start = sentence.find(span)
        if not span or start < 0:
            raise InputError(f"the span {span!r} is not in the sentence; give its words as written, or its offsets")
        return start, start + len(span)
    start, end = span
    if not 0 <= start < end <= len(sentence):
        raise InputError(f"the span {span} lies outside the sentence of {len(sentence)} characters")
    return start, end


def classify(sentence: str, actor: Offsets | str, recipient: Offsets | str) -> dict[str, float]:
    """Probabilities of the sixteen types and NONE for the act between two marked spans of a sentence.

    Spans are (start, end) offsets or substrings. Raises InputError for a span that is not in the sentence.
    """
    return classify_many([(sentence, actor, recipient)])[0]


def classify_many(items: Sequence[tuple[str, Offsets | str, Offsets | str]]) -> list[dict[str, float]]:
    """`classify` for many sentences at once: one mapping an item, in order."""
    marked = [
        (sentence, span_in(sentence, actor), span_in(sentence, recipient)) for sentence, actor, recipient in items
    ]
    return LexiconClassifier().classify_many(marked)
