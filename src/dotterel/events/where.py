"""Where an act happened: the place its own words tell, else its clause, its sentence, or the dateline.

A place that is only spoken of is no place of the act: "talks on Syria", "urged help for those in Yemen". How the place
was told is the first part of its reason, and lowers its score.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from dotterel.events.candidate import Candidate
from dotterel.events.grammar import own_words
from dotterel.events.setting import STATIC, Context, head_word
from dotterel.places import dateline_place, is_state, place_words
from dotterel.types import ActorMention, Place

if TYPE_CHECKING:
    from dotterel.parsing import Span, Token

SPOKEN = {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "REQUEST", "ACCUSE", "REJECT", "THREATEN"}  # done where one speaks
AIMED_AT_STATE = "on a state"  # "attacks on Syria", but also "sanctions on Iran": a place only of an attack
AIMED = {
    "ASSAULT": {"on", AIMED_AT_STATE, "of", "against", "to", "into"},
    "PROTEST": {"of"},
    "RETREAT": {"from"},
    "MOBILIZE": {"to"},
}
NEXT_TO = {"compound", "nmod", "poss", "amod"}  # "Paris attacks", "Aleppo's siege"
BREAK = 4  # characters at most between the title and the lead
STEPS = 5  # from a place's name up to the word that its phrase hangs on


@dataclass(frozen=True)
class Told:
    """A place of the report with the preposition before it and the word that its phrase hangs on."""

    place: Place
    preposition: str  # lower case, or the grammatical relation where there is none
    governor: Token


@dataclass(frozen=True)
class Scene:
    """What is asked: an act, and what the report tells around it."""

    candidate: Candidate
    context: Context
    actors: tuple[ActorMention, ...]
    recipients: tuple[ActorMention, ...]
    real: bool  # it is told as done, not as planned, asked for or imagined

    @cached_property
    def sentence(self) -> Span:
        """The sentence of the act."""
        return self.candidate.verb.sent

    @cached_property
    def told(self) -> tuple[Told, ...]:
        """The places of the sentence, the nearest to the trigger first."""
        here = self.candidate.trigger[0].idx
        free = (t for t in told_in(self.sentence, self.context) if not (self.spoken and self.is_party(t)))
        return tuple(sorted(free, key=lambda t: abs(t.place.start - here)))

    def is_party(self, told: Told) -> bool:
        """Whether a place is named as one to whom words are said: "called on the United States"."""
        parties = (m for m in (*self.actors, *self.recipients) if m.kind == "named" and is_state(told.place.text))
        return any(m.start <= told.place.start < m.end for m in parties) and self.candidate.row.type != "CONSULT"

    @property
    def spoken(self) -> bool:
        """Whether the act is one of words, so that places within what is said are not its own."""
        return self.candidate.row.type in SPOKEN


def event_place(
    candidate: Candidate,
    context: Context,
    sides: tuple[tuple[ActorMention, ...], tuple[ActorMention, ...]],
    status: str,
) -> Place | None:
    """The act's own place with how it is known as its reason, None where nothing tells it.

    `sides` are its actors and its recipients.
    """
    scene = Scene(candidate, context, *sides, status in {"occurred", "ongoing"})
    for way, factor, reason in WAYS:
        found = way(scene)
        if found is not None:
            return replace(found, score=round(found.score * factor, 2), reason=f"{reason}; {found.reason}")
    return None


def told_in(sentence: Span, context: Context) -> Iterator[Told]:
    """The places of a sentence."""
    for place in context.places:
        if sentence.start_char <= place.start < sentence.end_char:
            index = head_word(sentence.doc, place)
            if index >= 0:
                preposition, governor = anchor(sentence.doc[index])
                if not (
                    preposition in {"at", "on"} and is_state(place.text)
                ):  # "lashed out at Turkey", "sanctions on Iran"
                    yield Told(place, preposition, governor)
                elif preposition == "on":
                    yield Told(place, AIMED_AT_STATE, governor)


def anchor(token: Token) -> tuple[str, Token]:
    """The preposition before a place and the word its phrase hangs on; its relation where it has none."""
    for _ in range(STEPS):
        up = token.head
        if token.dep_ in {"conj", "appos"} and up != token:
            token = up
        elif token.dep_ == "pobj" and up.lower_ == "of" and up.head.lower_ in place_words("of"):
            token = up.head  # "in the town of Sarmada", "south of Mosul"
        elif token.dep_ == "pobj" and up.head.pos_ == "ADP":
            return up.head.lower_, up.head.head
        elif token.dep_ == "pobj":
            return up.lower_, up.head
        elif token.dep_ in {"compound", "nmod"} and up.dep_ == "pobj" and up.lower_ in place_words("kind"):
            token = up
        elif token.dep_ in {"compound", "nmod"} and up.pos_ == "PROPN" and token.nbor(1).text == ",":
            token = up  # "Columbus, Ohio"
        elif token.dep_ == "advmod" and token.lower_ in place_words("of"):
            return "near", up
        else:
            break
    return token.dep_, token.head


def first(scene: Scene, fits: Callable[[Told], bool]) -> Place | None:
    """The nearest place of the sentence that fits."""
    return next((t.place for t in scene.told if fits(t)), None)


def with_trigger(scene: Scene) -> Place | None:
    """Told with the trigger's own words: "attacks in Paris", "the Paris attacks", "gathered in Rome"."""
    own = {t.i for t in scene.candidate.trigger}
    prepositions = STATIC | AIMED.get(scene.candidate.row.type, set()) - ({"on"} if scene.spoken else set())
    found = first(scene, lambda t: t.governor.i in own and t.preposition in prepositions and t.place.text[0].isalpha())
    if found is not None or scene.candidate.row.pos != "NOUN":
        return found
    return first(
        scene,
        lambda t: t.governor.i in own and t.preposition in NEXT_TO and not (scene.spoken and is_state(t.place.text)),
    )


def done_to(scene: Scene) -> Place | None:
    """The place attacked, visited or travelled to: "shelled Aleppo", "visited Rome", "travelled to Moscow"."""
    row, verb = scene.candidate.row, scene.candidate.verb
    own = {verb.i, *(t.i for t in scene.candidate.trigger)}
    if row.type == "ASSAULT":
        return first(scene, lambda t: t.governor.i in own and t.preposition in {"dobj", "nsubjpass", "obj"})
    if row.mode == "visit" or verb.lemma_ in place_words("journey"):
        return first(
            scene, lambda t: t.governor.i in own and t.preposition in {"dobj", "to", "in", "into", "at", "nsubjpass"}
        )
    return None


def with_clause(scene: Scene) -> Place | None:
    """Told with the verb of the act's clause."""
    return first(scene, lambda t: t.governor.i == scene.candidate.verb.i and t.preposition in STATIC - {"on"})


def within_clause(scene: Scene) -> Place | None:
    """Told with another word of the act's clause: "killed fifteen people in a village near Mosul"."""
    if scene.spoken:
        return None
    scopes = [scene.candidate.trigger[-1], scene.candidate.verb]
    for scope in scopes:
        inside = {t.i for t in own_words(scope)}
        found = first(scene, lambda t, inside=inside: t.governor.i in inside and t.preposition in STATIC)  # type: ignore[misc]
        if found is not None:
            return found
    return None


def with_governor(scene: Scene) -> Place | None:
    """Told with a verb that governs the act's, or of a journey to it: "travelled to Moscow to meet Putin"."""
    verb = scene.candidate.verb
    if verb.dep_ == "relcl" and is_where(verb):
        return first(scene, lambda t: t.governor == verb.head or is_within(verb.head, t.place))
    while verb.dep_ in {"xcomp", "advcl", "conj", "acl", "pcomp"} and verb.head != verb:
        verb = verb.head
        found = first(scene, lambda t, at=verb.i: t.governor.i == at and t.preposition in STATIC - {"on"})  # type: ignore[misc]
        if found is not None:
            return found
    if scene.candidate.row.type != "CONSULT":
        return None
    journeys = place_words("journey")
    return first(scene, lambda t: t.governor.lemma_ in journeys and t.preposition in {"to", "in", "into", "at", "dobj"})


def is_where(verb: Token) -> bool:
    """Whether a relative clause tells what happened in the noun before it: "Kobani, where", "the city in which"."""
    words = [t for c in verb.children for t in (c, *c.children) if t.i < verb.i]
    return any(t.lower_ == "where" or (t.lower_ == "which" and t.head.lower_ in STATIC) for t in words)


def is_within(token: Token, place: Place) -> bool:
    """Whether a word belongs to a place."""
    return place.start <= token.idx < place.end


def with_others(scene: Scene) -> Place | None:
    """The town told with those who are met: "a meeting with his counterparts in Paris"."""
    if scene.candidate.row.type != "CONSULT":
        return None
    inside = {t.i for t in own_words(scene.candidate.head)}
    return first(
        scene, lambda t: t.governor.i in inside and t.preposition in {"in", "at"} and not is_state(t.place.text)
    )


def in_sentence(scene: Scene) -> Place | None:
    """The one scene told anywhere in the sentence of an act on the ground, but not where something was said."""
    if scene.spoken or not scene.real:
        return None
    free = [
        t
        for t in scene.told
        if t.governor.pos_ == "VERB" and is_scene(t, scene.context) and not is_aside(t, scene.candidate.verb)
    ]
    return free[0].place if len({t.place.country for t in free}) == 1 else None


def is_scene(told: Told, context: Context) -> bool:
    """Whether a place stands after a preposition of place that hangs on no word of saying or travelling."""
    cited = any(a.cue_start <= told.governor.idx < a.cue_end for a in context.attributions)
    return told.preposition in STATIC and not cited and told.governor.lemma_ not in place_words("journey")


def is_aside(told: Told, verb: Token) -> bool:
    """Whether a place stands in a clause of its own beside the act's: "as troops fought in Gaza"."""
    for token in (told.governor, *told.governor.ancestors):
        if token == verb or verb in token.subtree:
            return False
        if token.dep_ in {"advcl", "relcl", "ccomp"} and any(c.dep_ in {"nsubj", "nsubjpass"} for c in token.children):
            return True
    return False


def at_dateline(scene: Scene) -> Place | None:
    """The town of the dateline, for words said and meetings held in the lead by an actor of that state."""
    report = scene.context.report
    lead = scene.sentence.start_char <= len(report.title or "") + BREAK
    if not scene.spoken or not scene.real or not lead or scene.candidate.row.type == "AGREE":
        return None
    place = dateline_place(report)
    at_home = place is not None and place.country in {a.actor.country for a in scene.actors}
    return place if at_home else None


# How a place can be known, the surest first; the share of the place's score that is left; the reason.
WAYS: tuple[tuple[Callable[[Scene], Place | None], float, str], ...] = (
    (with_trigger, 1.0, "told with the act"),
    (done_to, 0.95, "what was attacked or visited"),
    (with_clause, 0.9, "told in its clause"),
    (within_clause, 0.85, "told in its clause"),
    (with_others, 0.7, "told with those who are met"),
    (with_governor, 0.7, "told with the verb above it"),
    (in_sentence, 0.6, "told in its sentence"),
    (at_dateline, 0.4, "the dateline, of the speaker's own state"),
)
