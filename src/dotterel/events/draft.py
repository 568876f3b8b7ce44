"""One candidate with its parties, status, time and place settled: an event before the same acts are joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dotterel.attribution import cited_for
from dotterel.events.candidate import Candidate
from dotterel.events.claims import claimant
from dotterel.events.clauses import clause_of
from dotterel.events.dating import time_of
from dotterel.events.grammar import child, extent, is_infinitive, is_verb, prepositional, with_conjuncts
from dotterel.events.lexicon import Lexicon
from dotterel.events.locate import located
from dotterel.events.opinion import is_opinion
from dotterel.events.parties import RECIPIENT_OWNERS, host_of, others, parties, people_of, place_at
from dotterel.events.setting import Context, head_word, place_of
from dotterel.events.slots import is_war_of_a_place, noun_slot
from dotterel.events.status import REFUSAL, Verdict, status_of
from dotterel.events.targets import told_target
from dotterel.events.where import event_place
from dotterel.types import ActorMention, Interval, Mention, Place

if TYPE_CHECKING:
    from dotterel.parsing import Token

COOPERATIVE = {"CONSULT", "COOPERATE", "AID", "SUPPORT"}  # in the future they are AGREE (coding guide)
AGENTLESS = {"ASSAULT", "COERCE", "SANCTION", "PROTEST", "RETREAT", "AID"}  # worth recording without an actor
SUFFERED = {"COERCE", "SANCTION", "AID", "MOBILIZE", "RETREAT", "CONCEDE"}  # done to those of a place told with it
SPOKEN = 0.8  # belief in an act done by what a speech says, its parties being sure
WHERE = ("in", "on", "against", "to", "for", "from", "into", "inside", "across", "at")
DENIES = ("deny", "denie", "denying")  # who denies an act is not the one cited for it
VERBAL = {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"}
WORDS = VERBAL - {"CONSULT", "AGREE"}  # done by who speaks; who is met or promised to acts by his state


EARLIER = {"recent", "past", "previous", "earlier", "former", "last"}  # attributes of what is no news


@dataclass(frozen=True, slots=True)
class Draft:
    """An act as one trigger tells it."""

    type: str
    plain: str  # its type before its status shifted it
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
    spoken: bool  # done by what a speech says
    elsewhere: frozenset[int]  # starts of mentions in the sentence that have a part of their own there
    current: bool  # told as news, not as what had been before
    narrated: bool  # told in the simple past of a main clause
    confidence: float
    reason: str

    @property
    def fullness(self) -> tuple[int, int, int]:
        """How much of the act this mention tells: sides, then parties of a joint act, then words."""
        together = len(self.actors) if self.reciprocal else 0
        return bool(self.actors) + bool(self.recipients), together, len(self.mention.sentence)


def draft(candidate: Candidate, context: Context) -> Draft | None:
    """The act a candidate tells; None where grammar says that it is only spoken of."""
    head = candidate.head
    verdict = verdict_on(candidate, context.lexicon)
    unmet = candidate.row.type == "CONSULT" and verdict.status == "negated" and verdict.reason != REFUSAL
    if verdict.status == "drop" or unmet:
        return None
    if candidate.row.type not in VERBAL | {"ASSAULT"} and is_aim(candidate.verb):
        return None
    actors, recipients = settle_parties(candidate, context)
    if is_opinion(candidate, actors) or is_at_home(candidate, context, actors):
        return None
    if candidate.row.reciprocal:  # an agency that tells of a meeting has not met
        actors = tuple(m for m in actors if m.actor.sector != "MED")
    if candidate.row.reciprocal and recipients:
        actors, recipients = (*actors, *others(recipients, actors)), ()
    if candidate.row.type in WORDS:
        actors = spoken_for(actors, candidate, context)
    place = place_of(candidate, context, (*actors, *recipients))
    actors, recipients = (located(side, place, context.scene) for side in (actors, recipients))
    kind = shifted_type("AID" if is_help(candidate, actors, context) else candidate.row.type, verdict)
    interval = time_of(candidate, context, verdict.status)
    return Draft(
        type=kind,
        plain=candidate.row.type,
        mode=candidate.row.mode,
        status="occurred" if kind == "REJECT" and verdict.reason == REFUSAL else verdict.status,
        actors=actors,
        recipients=recipients,
        interval=interval,
        place=event_place(candidate, context, (actors, recipients), verdict.status),
        attribution=cited(candidate, context, actors, kind),
        claimed_by=claimant(head, context) if kind == "ASSAULT" else None,
        mention=mention_of(candidate, context.report.text),
        lemma=head.lemma_.lower(),
        definite=is_definite(head),
        reciprocal=candidate.row.reciprocal,
        spoken=candidate.spoken,
        elsewhere=busy_elsewhere(candidate, context),
        current=is_current(candidate),
        narrated=is_narrated(candidate, context),
        confidence=confidence(candidate, verdict, actors, recipients),
        reason=f"{candidate.row.pos.lower()} '{candidate.row.word}' → {candidate.row.type}; {verdict.reason}",
    )


def spoken_for(actors: tuple[ActorMention, ...], candidate: Candidate, context: Context) -> tuple[ActorMention, ...]:
    """The actors of an act of words: whose side is meant by "we", speaks himself ("we condemn the raid")."""
    said = cited_for(context.attributions, candidate.trigger[0].idx, candidate.trigger[-1].idx)
    if said is None or said.source is None or said.source.actor.country is None:
        return actors
    speaker = said.source
    ours = [m.kind == "pronoun" and m.text.lower() == "we" and m.actor.country == speaker.actor.country for m in actors]
    return tuple(speaker if our else m for our, m in zip(ours, actors, strict=True))


def is_help(candidate: Candidate, actors: tuple[ActorMention, ...], context: Context) -> bool:
    """Is it help, not praise: an agency "has been supporting" somebody who is a party, not a cause?"""
    verb = candidate.verb
    lasting = candidate.row.word == "support" and verb.tag_ == "VBG" and any(c.lower_ == "been" for c in verb.children)
    agency = any(m.actor.id.startswith("organisation:") and m.actor.sector in {"IGO", "NGO"} for m in actors)
    return lasting and agency and any(context.roster.at(t.i) for t in clause_of(verb).patients)


def verdict_on(candidate: Candidate, lexicon: Lexicon) -> Verdict:
    """The status of a candidate's act; what is done by speaking is done."""
    if candidate.spoken:
        return Verdict("occurred", "done by saying so")
    return status_of(candidate.head, candidate.verb, lexicon)


def busy_elsewhere(candidate: Candidate, context: Context) -> frozenset[int]:
    """The mentions in the sentence that cannot be the unsaid party: subjects elsewhere, company, what is spoken of."""
    head = candidate.head
    verb = candidate.verb
    own_clause = (
        verb.dep_ == "advcl" and child(verb, "mark") is not None and child(verb, "nsubj", "nsubjpass") is not None
    )
    above = set(head.ancestors) & {verb, *verb.children} if own_clause else set(head.ancestors)
    contents = wronged(candidate) | {
        t.i for c in head.children if c.dep_ in {"xcomp", "ccomp"} or c.lower_ == "for" for t in c.subtree
    }
    contents |= {t.i for t in candidate.verb.sent if t.dep_ in {"compound", "amod"} and is_war_of_a_place(t.head)}
    busy: list[int] = []
    for token in candidate.verb.sent:
        other_subject = (
            token.dep_ in {"nsubj", "nsubjpass"} and token.head not in above and token.head != candidate.verb
        )
        other_subject |= counted_subject(token, above, candidate.verb)
        company = token.dep_ == "pobj" and token.head.lower_ in {"with", "alongside"}
        if other_subject or company or token.i in contents:
            busy.extend(m.start for m in context.roster.at(token.i))
    return frozenset(busy)


def wronged(candidate: Candidate) -> set[int]:
    """Who suffers what is condemned, and so is not who is blamed: lawyers, in "condemned attacks on lawyers"."""
    if candidate.row.type != "ACCUSE":
        return set()
    deeds = (c for c in candidate.head.children if c.dep_ == "dobj")
    return {t.i for d in deeds for p in d.rights if p.lower_ in {"on", "against", "at"} for t in p.subtree}


def counted_subject(token: Token, above: set[Token], verb: Token) -> bool:
    """Is the word counted by the subject of another clause: "thousands of protesters"?"""
    if token.dep_ != "pobj" or token.head.lower_ != "of":
        return False
    counter = token.head.head
    return counter.dep_ in {"nsubj", "nsubjpass"} and counter.head not in above and counter.head != verb


def is_aim(verb: Token) -> bool:
    """Is the clause an aim ("fired tear gas to disperse them"), told beside the act that serves it?"""
    return verb.dep_ == "advcl" and is_infinitive(verb)


def shifted_type(kind: str, verdict: Verdict) -> str:
    """A cooperative act still to come is AGREE, one refused is REJECT."""
    if verdict.reason == REFUSAL and kind in COOPERATIVE | {"AGREE", "CONCEDE", "RETREAT"}:
        return "REJECT"
    return type_in(kind, verdict.status)


def type_in(kind: str, status: str) -> str:
    """What a type of act is in a status: a cooperative act still to come is AGREE."""
    return "AGREE" if status == "planned" and kind in COOPERATIVE else kind


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
    if not recipients and candidate.row.type in SUFFERED:
        recipients = affected_place(candidate, context)
    if not recipients and candidate.row.type == "PROTEST":
        recipients = others(told_target(candidate, context.roster), actors)
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
    place = place_done_to(candidate, context)
    host = host_of(place) if place is not None else None
    return (host,) if host is not None else ()


def place_done_to(candidate: Candidate, context: Context) -> Place | None:
    """The place that stands where a recipient does: what is visited or attacked."""
    return place_at(tuple(t for alternative in candidate.recipients for t in alternative), context.places)


def is_at_home(candidate: Candidate, context: Context, actors: tuple[ActorMention, ...]) -> bool:
    """Does somebody go to a place of his own state, and the words name nobody whom he meets there?"""
    if candidate.row.mode != "visit" or parties(candidate.recipients, context.roster, RECIPIENT_OWNERS):
        return False
    place = place_done_to(candidate, context)
    return place is not None and {m.actor.country for m in actors} == {place.country}


def attacked_place(
    candidate: Candidate, context: Context, actors: tuple[ActorMention, ...]
) -> tuple[ActorMention, ...]:
    """The people of the place attacked: a verb's object, or the scene of an attack by rebels or persons unknown."""
    place = place_done_to(candidate, context)
    if place is None and candidate.row.pos == "NOUN" and all(a.actor.sector == "REB" for a in actors):
        noun = candidate.trigger[-1]
        place = place_at((*noun_slot("in", noun), *noun_slot("at", noun), *noun_slot("mod", noun)), context.places)
    return (people_of(place),) if place is not None else ()


def affected_place(candidate: Candidate, context: Context) -> tuple[ActorMention, ...]:
    """The people of the place that the act's own words name: "imposed a curfew in Kashmir", "relief for Haiti"."""
    objects = clause_of(candidate.verb).patients if is_verb(candidate.verb) else ()
    if any(context.roster.at(t.i) for noun in objects for t in noun.subtree):
        return ()
    words = (*candidate.trigger, candidate.verb, *objects)
    named = tuple(t for word in words for p in WHERE for t in prepositional(word, p))
    tokens = named + tuple(t for noun in named for t in prepositional(noun, "of"))  # "in parts of Kashmir"
    place = place_at(tokens, context.places)
    return (people_of(place),) if place is not None and place.country is not None else ()


def is_definite(head: Token) -> bool:
    """Does the trigger point back: "the attack", "those strikes"?"""
    return head.pos_ in {"NOUN", "PROPN"} and any(
        c.lower_ in {"the", "this", "that", "these", "those", "both"} for c in head.children
    )


def is_current(candidate: Candidate) -> bool:
    """Is the act told as news: in the past or perfect, not as what had been before?"""
    head = candidate.head
    if head.tag_ == "NNS" or (head.pos_ == "NOUN" and any(c.lower_ in EARLIER for c in head.lefts)):
        return False  # "during his recent trips", "after earlier criticism"
    verbs = [candidate.verb, *([candidate.verb.head] if candidate.verb.dep_ == "conj" else [])]
    auxiliaries = {c.lower_ for verb in verbs for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    return "had" not in auxiliaries and candidate.verb.dep_ not in {"relcl", "acl"}


def is_narrated(candidate: Candidate, context: Context) -> bool:
    """Is the act told in the simple past of a main clause ("Ghana closed its embassy"), or as the headline?"""
    verb = candidate.verb
    auxiliaries = {c.lower_ for c in verb.children if c.dep_ in {"aux", "auxpass"}}
    past = verb.tag_ == "VBD" or (verb.tag_ == "VBN" and auxiliaries <= {"was", "were"} and auxiliaries)
    headline = verb.tag_ in {"VBZ", "VBP"} and verb.idx < len(context.report.title or "")
    own = candidate.head == verb or candidate.light  # not the attack in "they condemned the attack"
    return (
        own and bool(past or headline) and (verb.dep_ == "ROOT" or (verb.dep_ == "conj" and verb.head.dep_ == "ROOT"))
    )


def cited(candidate: Candidate, context: Context, actors: tuple[ActorMention, ...], kind: str) -> ActorMention | None:
    """Whom the report cites for the act; a speaker is not cited for his own words."""
    start, end = candidate.trigger[0].idx, candidate.trigger[-1].idx + len(candidate.trigger[-1])
    attribution = cited_for(context.attributions, start, end)
    if attribution is None or attribution.source is None or attribution.cue_text.lower().startswith(DENIES):
        return None
    own = attribution.source.actor.id in {a.actor.id for a in actors}
    return None if own and kind in VERBAL else attribution.source


def mention_of(candidate: Candidate, text: str) -> Mention:
    """Where the candidate stands in the text: its trigger, from first to last word, and its sentence."""
    start, end = candidate.trigger[0].idx, candidate.trigger[-1].idx + len(candidate.trigger[-1])
    sentence = candidate.verb.sent if candidate.verb.sent.start_char <= start else candidate.trigger[0].sent
    first, last = extent(sentence)
    return Mention(text[first:last], text[start:end], start, end, first, last)


def confidence(
    candidate: Candidate, verdict: Verdict, actors: tuple[ActorMention, ...], recipients: tuple[ActorMention, ...]
) -> float:
    """Belief in the act, 0 to 1: how specific its row, how sure its parties and its reality."""
    belief = SPOKEN if candidate.spoken else min(0.9, 0.6 + 0.1 * candidate.row.weight)
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
