"""What the trained classifier makes of the acts the lexicon found: belief in each, other types, acts it alone sees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import permutations
from typing import TYPE_CHECKING

from dotterel import codebook
from dotterel.events.candidate import Candidate
from dotterel.events.classify import NONE, Classification, classifications
from dotterel.events.draft import Draft, draft
from dotterel.events.grammar import is_verb, nouns
from dotterel.events.lexical import Opinion, Reading, opinion, path_between
from dotterel.events.lexicon import Trigger
from dotterel.events.marking import Offsets
from dotterel.events.network import Network
from dotterel.events.pairs import Pair, Question, may_act, pairs_of
from dotterel.events.reality import weighed
from dotterel.events.setting import Context

if TYPE_CHECKING:
    from dotterel.parsing import Doc, Span, Token

DOUBTED = 0.05  # an act less probable than this is dropped
TOLD_ODDS = 5  # by which an act of the lexicon's is likelier in news than in the corpus, written to mislead
UNTOLD_ODDS = 45  # the same where a party is untold, which in the corpus mostly means that the other does nothing
FILLS = 0.5  # least probability of an act between two parties that is used at all
RETYPED = 0.85  # least probability of a type, if there is an act, that replaces the lexicon's
WORDED = 0.6  # the same where an attack proves one of words
UNSURE = 0.6  # probability of no act above which the lexicon's type stands
LEXICON = 0.4  # least share of the lexicon's type in the belief that there is an act, where it is told as real
REAL = {"occurred", "ongoing"}
ALONE = 0.8  # least probability of an act that no trigger tells
ALONE_OWN = 0.5  # the same for types of a user's own, which have no triggers
UNASKED = 0.7  # belief kept in an act that could not be asked about
WORDLESS = 0.4  # probability of no act by the lexicon from which on the classifier is not asked to see one alone
MOST_PAIRS = 4  # parties a side of one act that are asked about


class Judge:
    """Asks the classifier about the pairs of one report."""

    def __init__(self, network: Network, reading: Reading, context: Context) -> None:
        self.network, self.reading, self.context = network, reading, context
        self.known: dict[Question, Classification] = {}
        self.told: dict[Question, Opinion] = {}

    @property
    def knows_plover(self) -> bool:
        """Are the classifier's types PLOVER's, so that the lexicon's acts can be asked about?"""
        return {t.name for t in codebook.types()} <= set(self.network.labels.types)

    def ask(self, questions: Iterable[Question]) -> None:
        """Have the questions not yet answered answered, all at once."""
        new = [q for q in dict.fromkeys(questions) if q not in self.known]
        if not new:
            return
        text, labels = self.context.report.text, self.network.labels
        told = [self.opinion(q) for q in new] if labels.lexicon_weight else None
        answers = classifications(self.network.scores([q.marked(text) for q in new]), told, labels)
        self.known.update(zip(new, answers, strict=True))

    def opinion(self, question: Question) -> Opinion:
        """What the lexicon makes of a question."""
        if question not in self.told:
            self.told[question] = opinion(self.reading, question.actor, question.recipient, question.sentence)
        return self.told[question]

    def pairs(self, sentence: Span) -> Iterator[Pair]:
        """The pairs of a sentence's parties between which there may be an act."""
        return pairs_of(sentence, self.context.roster, sided=self.knows_plover)


def questions_of(act: Draft) -> list[Question]:
    """The pairs of an act's parties that stand in its sentence."""
    sentence = (act.mention.sentence_start, act.mention.sentence_end)
    actors, recipients = (
        [(m.start, m.end) for m in side if sentence[0] <= m.start and m.end <= sentence[1]][:MOST_PAIRS]
        for side in (tuple(m for m in act.actors if not m.actor.id.startswith("place:")), act.recipients)
    )
    if not recipients and act.reciprocal and len(actors) > 1:
        return [Question(sentence, a, r) for a, r in permutations(actors, 2) if a != r]
    untold: list[Offsets | None] = [None]
    pairs = [(a, r) for a in [*actors] or untold for r in [*recipients] or untold if a != r]
    return [Question(sentence, a, r) for a, r in pairs]


@dataclass(frozen=True, slots=True)
class Finding:
    """An act the classifier sees between two parties."""

    pair: Pair
    answer: Classification

    @property
    def type(self) -> str:
        """Its type."""
        return self.answer.type

    @property
    def belief(self) -> float:
        """The probability of its type."""
        return self.answer.types[self.type]


def judged(judge: Judge, sentences: Iterable[Span], candidates: Iterable[Candidate]) -> list[Draft]:
    """The acts of a report: those of the candidates that the classifier believes in, with what it alone sees."""
    pairs = [list(judge.pairs(sentence)) for sentence in sentences]
    acts = [act for c in candidates if (act := draft(c, judge.context)) is not None] if judge.knows_plover else []
    judge.ask(q for act in acts for q in questions_of(act))
    acts = [believed(act, judge) for act in acts if belief(act, judge) >= DOUBTED]
    judge.ask(pair.question for of_one in pairs for pair in of_one if is_open(pair, acts, judge))
    for of_one in pairs:
        for found in findings(judge, of_one):
            with_finding(acts, found, judge)
    return acts


def is_open(pair: Pair, acts: Sequence[Draft], judge: Judge) -> bool:
    """Could an act seen between two parties change anything, and is there a word that may tell one?

    A codebook of the user's has no lexicon: there every pair is asked about.
    """
    if not judge.knows_plover:
        return True
    here = [act for act in acts if stands_in(act, pair.question)]
    if any(is_lacking(act, pair) for act in here):
        return True
    linked = any(pair.ids <= ids_of(act) for act in here)
    return not linked and may_act(pair, judge.reading.doc) and has_word(pair, judge)


def has_word(pair: Pair, judge: Judge) -> bool:
    """Does the lexicon see a word that may tell an act between the two?"""
    return judge.opinion(pair.question).types[NONE] < WORDLESS


def with_finding(acts: list[Draft], found: Finding, judge: Judge) -> None:
    """Use a finding: it fills in an act's unsaid party, else is an act of its own."""
    at = next((i for i, act in enumerate(acts) if lacks(act, found)), None)
    if at is not None:
        acts[at] = filled(acts[at], found)
        return
    alone = ALONE if judge.knows_plover else ALONE_OWN
    if found.belief >= alone and not any(covers(act, found) for act in acts):
        acts.extend(added(found, judge))


def belief(act: Draft, judge: Judge) -> float:
    """The probability that any act links its parties, at its likeliest pair; 1 where no pair stands in the sentence."""
    return max((1 - none(question, judge) for question in questions_of(act)), default=1.0)


def none(question: Question, judge: Judge) -> float:
    """The probability that an act the lexicon tells is none: its odds by the classifier, put right for news.

    The corpus was written to hold acts that are none, and a party without a counterpart mostly does nothing there.
    """
    untold = question.actor is None or question.recipient is None
    probability = judge.known[question].types[NONE]
    return probability / (probability + (UNTOLD_ODDS if untold else TOLD_ODDS) * (1 - probability))


def believed(act: Draft, judge: Judge) -> Draft:
    """The act with the classifier's belief in it: the probability of its type at its likeliest pair.

    Where the classifier is sure of another type, the act is of that one; where it is not, the lexicon's stands.
    """
    questions = questions_of(act)
    if not questions:
        return replace(act, confidence=act.confidence * UNASKED)
    surest = min(questions, key=lambda question: none(question, judge))
    likeliest = judge.known[surest]
    least = LEXICON if act.status in REAL else 0.0
    sure = max(told(act.type, question, judge, least) for question in questions)
    if act.spoken:  # the classifier, which sees one sentence, may confirm what a speech does but not retype it
        return replace(act, confidence=round(max(sure, act.confidence * UNASKED), 3))
    act = weighed(act, likeliest.statuses)
    other, share = next_best(likeliest)
    if retypes(act, other, share, likeliest):
        mode = likeliest.mode if other == likeliest.type else None
        return replace(act, type=other, mode=mode, confidence=round(share * (1 - none(surest, judge)), 3))
    return replace(act, confidence=round(sure, 3))


def retypes(act: Draft, other: str, share: float, answer: Classification) -> bool:
    """Is the classifier so sure of another type that the act is of that one?"""
    if (act.type, other) == ("AID", "SUPPORT"):  # what was given is told, and it is a thing
        return False
    enough = WORDED if (act.type, other) == ("ASSAULT", "ACCUSE") else RETYPED
    return other != act.type and share >= enough and answer.types[NONE] <= UNSURE and not act.reciprocal


def next_best(answer: Classification) -> tuple[str, float]:
    """The likeliest type of act, and how likely it is if there is one at all."""
    kind = max((t for t in answer.types if t != NONE), key=lambda t: answer.types[t])
    return kind, answer.types[kind] / max(1 - answer.types[NONE], 1e-9)


def told(kind: str, question: Question, judge: Judge, least: float) -> float:
    """The probability of a type at a pair, if there is an act at least that share of it."""
    types = judge.known[question].types
    share = types[kind] / max(1 - types[NONE], 1e-9)
    return (1 - none(question, judge)) * max(share, least)


def findings(judge: Judge, pairs: Iterable[Pair]) -> list[Finding]:
    """The acts between the parties of a sentence that are sure enough to be used, the surest first."""
    asked = (Finding(pair, judge.known[pair.question]) for pair in pairs if pair.question in judge.known)
    return sorted((f for f in asked if f.type != NONE and f.belief >= FILLS), key=lambda f: -f.belief)


def stands_in(act: Draft, question: Question) -> bool:
    """Is the act told in the question's sentence?"""
    return question.sentence[0] <= act.mention.start < question.sentence[1]


def lacks(act: Draft, found: Finding) -> bool:
    """Is this the act found, with one side or both unsaid?"""
    return act.type == found.type and stands_in(act, found.pair.question) and is_lacking(act, found.pair)


def is_lacking(act: Draft, pair: Pair) -> bool:
    """Is a side of the act unsaid that one of the pair may be, where the other is the side that is said?"""
    actors, recipients = ({m.actor.id for m in side} for side in (act.actors, act.recipients))
    if act.reciprocal or (actors and recipients):
        return False
    one, other = pair.actor, pair.recipient
    agrees = (not actors or one.actor.id in actors) and (not recipients or other.actor.id in recipients)
    again = one.actor.id in recipients or other.actor.id in actors
    new = [m for m, known in ((one, actors), (other, recipients)) if not known]
    return agrees and not again and not any(m.start in act.elsewhere for m in new)


def filled(act: Draft, found: Finding) -> Draft:
    """The act with its unsaid sides taken from the finding."""
    pair = found.pair
    return replace(act, actors=act.actors or (pair.actor,), recipients=act.recipients or (pair.recipient,))


def covers(act: Draft, found: Finding) -> bool:
    """Is an act of that type, or one that links the same two, told in the sentence already?"""
    return stands_in(act, found.pair.question) and (act.type == found.type or found.pair.ids <= ids_of(act))


def ids_of(act: Draft) -> set[str]:
    """The identities of an act's parties."""
    return {m.actor.id for m in (*act.actors, *act.recipients)}


def added(found: Finding, judge: Judge) -> Iterator[Draft]:
    """The act found, as a draft; none where grammar says that it is only spoken of."""
    candidate = candidate_of(found, judge.reading.doc)
    act = draft(candidate, judge.context) if candidate is not None else None
    if act is not None:
        yield replace(act, confidence=round(found.belief, 3))


def candidate_of(found: Finding, doc: Doc) -> Candidate | None:
    """The candidate of an act that no trigger tells: its word is the verb or noun between the parties in the parse."""
    spans = [(m.start, m.end) for m in (found.pair.actor, found.pair.recipient)]
    actor, recipient = (doc.char_span(*span) for span in spans)
    if actor is None or recipient is None:
        return None
    word = word_between(actor.root.sent, path_between(doc, spans[0], spans[1]))
    row = Trigger(
        word=word.lemma_.lower(),
        pos="VERB" if is_verb(word) else "NOUN",
        conditions=(),
        type=found.type,
        mode=found.answer.mode,
        actor=(),
        recipient=(),
        alone=True,
        reciprocal=found.type == "CONSULT",
        example="",
    )
    verb = next((t for t in (word, *word.ancestors) if is_verb(t)), word)
    return Candidate(row, (word,), verb, (together(actor.root, recipient.root),), ((recipient.root,),))


def together(actor: Token, recipient: Token) -> tuple[Token, ...]:
    """An actor with those coordinated to it, as they act together; alone where the recipient is one of them."""
    first = actor
    while first.dep_ == "conj" and first.head.i != first.i and first.head.pos_ in {"NOUN", "PROPN"}:
        first = first.head
    group = nouns(first)
    return group if actor in group and recipient not in group else (actor,)


def word_between(sentence: Span, path: set[int]) -> Token:
    """The verb highest on the way between two parties, else a noun on it, else the head of the sentence."""
    way = [t for t in sentence if t.i in path]
    words = [t for t in way if t.pos_ == "VERB"] or [t for t in way if t.pos_ == "NOUN" and not t.ent_type_]
    return min(words, key=lambda t: len(list(t.ancestors)), default=sentence.root)
