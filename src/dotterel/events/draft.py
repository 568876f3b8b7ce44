"""One candidate with its parties, status, time and place settled: an event before the same acts are joined."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from dotterel.attribution import Attribution, cited_for
from dotterel.events.candidates import Candidate, noun_slot
from dotterel.events.grammar import is_infinitive, own_words, prepositional, surface_subjects, with_conjuncts
from dotterel.events.lexicon import Lexicon
from dotterel.events.locate import located, scene_of
from dotterel.events.parties import RECIPIENT_OWNERS, host_of, others, parties, people_of, place_at
from dotterel.events.status import REFUSAL, Verdict, negative_subject, status_of
from dotterel.types import ActorMention, Interval, Mention, Place, Report, Roster

if TYPE_CHECKING:
    from dotterel.parsing import Doc, Token

T = TypeVar("T", Interval, Place)

COOPERATIVE = {"CONSULT", "COOPERATE", "AID", "SUPPORT"}  # in the future they are AGREE (coding guide)
AGENTLESS = {"ASSAULT", "COERCE", "SANCTION", "PROTEST", "RETREAT", "AID"}  # worth recording without an actor
VERBAL = {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"}
ATTRIBUTIVE = {"amod", "nummod", "compound", "nmod", "poss"}
STATIC = {"in", "at", "near", "outside", "inside", "across", "around", "over", "off", "throughout", "on", "along"}
BETWEEN = {"the", "a", "northern", "southern", "eastern", "western", "central", "city", "town", "village", "of"}


@dataclass(frozen=True, slots=True)
class Draft:
    """An act as one trigger tells it."""

    type: str
    mode: str | None
    status: str
    actors: tuple[ActorMention, ...]
    recipients: tuple[ActorMention, ...]
    interval: Interval | None
    place: Place | None
    attribution: ActorMention | None
    claimed_by: ActorMention | None
    mention: Mention
    lemma: str  # of the trigger's head
    definite: bool  # an event noun with "the", "this", "those": told before
    reciprocal: bool
    elsewhere: frozenset[int]  # starts of mentions in the sentence that have a part of their own there
    current: bool  # told as news, not as what had been before
    confidence: float
    reason: str

    @property
    def fullness(self) -> tuple[int, int, int]:
        """How much of the act this mention tells: sides, then parties of a joint act, then words."""
        together = len(self.actors) if self.reciprocal else 0
        return bool(self.actors) + bool(self.recipients), together, len(self.mention.sentence)


@dataclass(frozen=True, slots=True)
class Context:
    """What earlier stages found in the report."""

    report: Report
    roster: Roster
    times: tuple[Interval, ...]
    places: tuple[Place, ...]
    attributions: tuple[Attribution, ...]
    lexicon: Lexicon


def draft(candidate: Candidate, context: Context) -> Draft | None:
    """The act a candidate tells; None where grammar says that it is only spoken of."""
    head = candidate.trigger[0] if candidate.row.pos == "VERB" else candidate.trigger[-1]
    verdict = status_of(head, candidate.verb, context.lexicon)
    if verdict.status == "drop" or (candidate.row.type == "CONSULT" and verdict.status == "negated"):
        return None
    if candidate.row.type not in VERBAL | {"ASSAULT"} and is_aim(candidate.verb):
        return None
    actors, recipients = settle_parties(candidate, context)
    if candidate.row.reciprocal:  # an agency that tells of a meeting has not met
        actors = tuple(m for m in actors if m.actor.sector != "MED")
    if candidate.row.reciprocal and recipients:
        actors, recipients = (*actors, *others(recipients, actors)), ()
    place = place_of(candidate, context, (*actors, *recipients))
    scene = scene_of(context.places)
    actors, recipients = located(actors, place, scene), located(recipients, place, scene)
    kind = shifted_type(candidate.row.type, verdict)
    interval = time_of(candidate, context)
    return Draft(
        type=kind,
        mode=candidate.row.mode,
        status=verdict.status,
        actors=actors,
        recipients=recipients,
        interval=interval,
        place=place,
        attribution=cited(candidate, context, actors, kind),
        claimed_by=claimant(head, context) if kind == "ASSAULT" else None,
        mention=mention_of(candidate, context.report.text),
        lemma=head.lemma_.lower(),
        definite=is_definite(head),
        reciprocal=candidate.row.reciprocal,
        elsewhere=busy_elsewhere(candidate, context),
        current=is_current(candidate),
        confidence=confidence(candidate, verdict, actors, recipients),
        reason=f"{candidate.row.pos.lower()} '{candidate.row.word}' → {candidate.row.type}; {verdict.reason}",
    )


def busy_elsewhere(candidate: Candidate, context: Context) -> frozenset[int]:
    """The mentions in the sentence that cannot be the unsaid party: subjects elsewhere, company, what is spoken of."""
    head = candidate.trigger[0] if candidate.row.pos == "VERB" else candidate.trigger[-1]
    above = set(head.ancestors)
    contents = {t.i for c in head.children if c.dep_ in {"xcomp", "ccomp"} or c.lower_ == "for" for t in c.subtree}
    busy: list[int] = []
    for token in candidate.verb.sent:
        other_subject = (
            token.dep_ in {"nsubj", "nsubjpass"} and token.head not in above and token.head != candidate.verb
        )
        company = token.dep_ == "pobj" and token.head.lower_ in {"with", "alongside"}
        if other_subject or company or token.i in contents:
            busy.extend(m.start for m in context.roster.at(token.i))
    return frozenset(busy)


def is_aim(verb: Token) -> bool:
    """Is the clause an aim ("fired tear gas to disperse them"), told beside the act that serves it?"""
    return verb.dep_ == "advcl" and is_infinitive(verb)


def shifted_type(kind: str, verdict: Verdict) -> str:
    """A cooperative act still to come is AGREE, one refused is REJECT."""
    if verdict.reason == REFUSAL and kind in COOPERATIVE | {"AGREE", "CONCEDE", "RETREAT"}:
        return "REJECT"
    return "AGREE" if verdict.status == "planned" and kind in COOPERATIVE else kind


def settle_parties(candidate: Candidate, context: Context) -> tuple[tuple[ActorMention, ...], tuple[ActorMention, ...]]:
    """Actors and recipients of a candidate, nobody on both sides."""
    actors = parties(candidate.agents, context.roster)
    recipients = others(parties(candidate.recipients, context.roster, RECIPIENT_OWNERS), actors)
    if not actors:
        owner = claimant(candidate.trigger[-1], context) if candidate.row.type == "ASSAULT" else None
        actors = (owner,) if owner is not None else ()
    if not recipients and candidate.row.type == "ASSAULT":
        recipients = attacked_place(candidate, context, actors)
    elif not recipients and candidate.row.mode == "visit":
        recipients = others(hosts(candidate, context), actors)
    if not actors and candidate.row.type == "PROTEST":
        scene = place_of(candidate, context, recipients)
        actors = tuple(people_of(p) for p in with_neighbours(scene, candidate, context)) if scene is not None else ()
    return actors, recipients


def with_neighbours(place: Place, candidate: Candidate, context: Context) -> tuple[Place, ...]:
    """A place and those coordinated with it: "protests in Tokyo and Seoul"."""
    doc = candidate.verb.doc
    joined = {t.i for t in with_conjuncts(doc[head_word(doc, place)])}
    return tuple(p for p in context.places if p == place or head_word(doc, p) in joined)


def hosts(candidate: Candidate, context: Context) -> tuple[ActorMention, ...]:
    """The government of the place that is visited."""
    tokens = tuple(t for alternative in candidate.recipients for t in alternative)
    place = place_at(tokens, context.places)
    host = host_of(place) if place is not None else None
    return (host,) if host is not None else ()


def attacked_place(
    candidate: Candidate, context: Context, actors: tuple[ActorMention, ...]
) -> tuple[ActorMention, ...]:
    """The people of the place attacked: a verb's object, or the scene of an attack by rebels or persons unknown."""
    tokens = [t for alternative in candidate.recipients for t in alternative]
    place = place_at(tuple(tokens), context.places)
    if place is None and candidate.row.pos == "NOUN" and all(a.actor.sector == "REB" for a in actors):
        noun = candidate.trigger[-1]
        place = place_at((*noun_slot("in", noun), *noun_slot("at", noun), *noun_slot("mod", noun)), context.places)
    return (people_of(place),) if place is not None else ()


def claimant(noun: Token, context: Context) -> ActorMention | None:
    """Who claimed the act: "an attack claimed by X", "X claimed responsibility for the bombing".

    A claim of "both" or "all" attacks in a sentence covers every act named in it.
    """
    for claim in (t for t in noun.sent if t.lemma_ == "claim" and t.pos_ == "VERB"):
        claimed = claim.head
        collective = any(c.lower_ in {"both", "all", "which", "each"} for c in claimed.children)
        if claim.dep_ in {"acl", "relcl"} and (claimed == noun or claimed in same_acts(noun) or collective):
            return first_mention(prepositional(claim, "by"), context)
        if any(c.lemma_ in {"responsibility", "credit"} for c in claim.children) and claim in noun.ancestors:
            return None if negative_subject(claim) else first_mention(surface_subjects(claim), context)
    return None


def first_mention(tokens: tuple[Token, ...], context: Context) -> ActorMention | None:
    """The first actor that one of the words names."""
    return next((m for t in tokens for m in context.roster.at(t.i)), None)


def same_acts(noun: Token) -> tuple[Token, ...]:
    """The appositions of a noun and of those coordinated with it: "A and B, an attack claimed by X"."""
    joined = (noun, *noun.conjuncts) if noun.pos_ in {"NOUN", "PROPN"} else (noun,)
    return tuple(c for word in joined for c in word.children if c.dep_ == "appos")


def is_definite(head: Token) -> bool:
    """Does the trigger point back: "the attack", "those strikes"?"""
    return head.pos_ in {"NOUN", "PROPN"} and any(
        c.lower_ in {"the", "this", "that", "these", "those", "both"} for c in head.children
    )


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
    span = doc.char_span(item.start, item.end, alignment_mode="expand")
    return span.root.i if span is not None else -1


def time_of(candidate: Candidate, context: Context) -> Interval | None:
    """The interval told with the act, in its clause, or in one that governs it; "the 2002 attack" dates itself."""
    if candidate.row.pos == "NOUN":
        return nearest(context.times, candidate)
    doc = candidate.verb.doc
    return nearest((t for t in context.times if doc[head_word(doc, t)].dep_ not in ATTRIBUTIVE), candidate)


def is_current(candidate: Candidate) -> bool:
    """Is the act told as news: in the past or perfect, not as what had been before?"""
    auxiliaries = {c.lower_ for c in candidate.verb.children if c.dep_ in {"aux", "auxpass"}}
    return "had" not in auxiliaries and candidate.verb.dep_ not in {"relcl", "acl"}


def place_of(candidate: Candidate, context: Context, taken: tuple[ActorMention, ...]) -> Place | None:
    """The place told with the act's noun or in its clause, after a preposition of place."""
    parties = [m for m in taken if not m.actor.id.startswith("place:")]
    free = (p for p in context.places if not any(m.start <= p.start < m.end for m in parties))
    return nearest((p for p in free if preposition_before(p, candidate) in STATIC), candidate)


def preposition_before(place: Place, candidate: Candidate) -> str:
    """The word before a place and its article or compass point, in lower case."""
    span = candidate.verb.doc.char_span(place.start, place.end, alignment_mode="expand")
    index = span.start - 1 if span is not None else -1
    while index > 0 and candidate.verb.doc[index].lower_ in BETWEEN:
        index -= 1
    return candidate.verb.doc[index].lower_ if index >= 0 else ""


def cited(candidate: Candidate, context: Context, actors: tuple[ActorMention, ...], kind: str) -> ActorMention | None:
    """Whom the report cites for the act; a speaker is not cited for his own words."""
    start, end = candidate.trigger[0].idx, candidate.trigger[-1].idx + len(candidate.trigger[-1])
    attribution = cited_for(context.attributions, start, end)
    if attribution is None or attribution.source is None:
        return None
    own = attribution.source.actor.id in {a.actor.id for a in actors}
    return None if own and kind in VERBAL else attribution.source


def mention_of(candidate: Candidate, text: str) -> Mention:
    """Where the candidate stands in the text: its trigger, from first to last word, and its sentence."""
    start, end = candidate.trigger[0].idx, candidate.trigger[-1].idx + len(candidate.trigger[-1])
    sentence = candidate.verb.sent if candidate.verb.sent.start_char <= start else candidate.trigger[0].sent
    first = sentence.start_char + len(sentence.text) - len(sentence.text.lstrip())
    last = sentence.start_char + len(sentence.text.rstrip())
    return Mention(text[first:last], text[start:end], start, end, first, last)


def confidence(
    candidate: Candidate, verdict: Verdict, actors: tuple[ActorMention, ...], recipients: tuple[ActorMention, ...]
) -> float:
    """Belief in the act, 0 to 1: how specific its row, how sure its parties and its reality."""
    belief = min(0.9, 0.6 + 0.1 * candidate.row.weight)
    for side in (actors, recipients):
        belief *= max((m.score for m in side), default=0.6 if side is actors else 0.8) ** 0.5
    if verdict.status == "hypothetical":
        belief *= 0.6
    return round(belief, 3)


def worth_recording(act: Draft) -> bool:
    """Has the act the parties its type needs?"""
    if not act.actors:
        return act.type in AGENTLESS and bool(act.recipients)
    if act.reciprocal and len(act.actors) < 2 and not act.recipients:
        return act.lemma in {"meet", "gather", "convene"} or act.type == "AGREE"
    return True
