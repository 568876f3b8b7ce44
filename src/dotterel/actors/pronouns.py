"""Resolves pronouns by agreement, the clause they stand in, subjects first, and nearness."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dotterel.actors.phrases import Draft, conjuncts
from dotterel.actors.scene import Scene
from dotterel.types import Alternative

if TYPE_CHECKING:
    from dotterel.parsing import Token

_SUBJECT = {"nsubj", "nsubjpass", "agent"}
_PERSONAL = {"he", "she", "him", "her", "his", "himself", "herself"}
_PLURAL = {"they", "them", "their", "themselves"}
_RELATIVE = {"who", "which", "that", "whom", "whose"}
MAIN = 0.8  # how much better the subject of a main clause is: the sentence is about it
LEAST, MOST_RIVALS = 0.1, 3  # belief from which, and number up to which, other antecedents are told
REACH, PERSON_REACH = 3, 5  # sentences back that a pronoun may look; he and she, who agree in gender, further


def is_person(draft: Draft) -> bool:
    """Whether a draft means one human being."""
    actor = draft.actor
    return actor is not None and not draft.plural and (draft.human or actor.id.startswith("person"))


def _is_body(draft: Draft) -> bool:
    actor = draft.actor
    return (
        actor is not None
        and not is_person(draft)
        and (not draft.plural or draft.kind == "named")
        and draft.kind != "pronoun"
    )


def _one_body(draft: Draft) -> bool:
    """Whether a draft is one organisation, which news call "it": not "they", where others are at hand."""
    return draft.actor is not None and draft.actor.id.startswith("organisation") and not draft.plural


def _is_many(draft: Draft) -> bool:
    actor = draft.actor
    return (
        actor is not None
        and not is_person(draft)
        and (draft.plural or actor.id.startswith(("group", "organisation", "state")))
    )


def _rank(scene: Scene, draft: Draft, at: int, sentence: dict[int, int]) -> float:
    """How good an antecedent a draft is: recency by sentence, subjects first, names above descriptions."""
    token: Token = scene.doc[draft.head]
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head
    worth = -2.0 * (sentence[at] - sentence[draft.head])
    worth += 1.5 if token.dep_ in _SUBJECT else 0.0
    pronoun = scene.doc[at].lower_
    others_body = pronoun in _PLURAL and _one_body(draft)
    topic = token.dep_ in _SUBJECT and token.head.dep_ == "ROOT" and pronoun not in _PERSONAL
    worth += MAIN if topic and not others_body else 0.0
    worth += 0.7 if draft.kind in {"named", "titled"} else 0.0
    worth += 0.6 if draft.gender else 0.0
    worth -= 0.8 if token.dep_ in {"poss", "compound", "amod", "nmod"} else 0.0
    worth -= 1.0 if others_body else 0.0
    return worth - 0.01 * (at - draft.head) / 10


def _speaker(scene: Scene, token: Token, history: list[Draft]) -> Draft | None:
    """The subject of the verb that reports the pronoun's clause: Turkey, in "Turkey said it shot down"."""
    clause = token.head
    for _ in range(4):
        if clause.dep_ in {"ccomp", "xcomp", "advcl", "conj"} and clause.head.i != clause.i:
            if clause.dep_ in {"ccomp", "advcl"}:
                subjects = {c.i for c in clause.head.children if c.dep_ in _SUBJECT and c.i < token.i}
                return next((d for d in history if d.head in subjects), None)
            clause = clause.head
        else:
            clause = clause.head
    return None


def _fits(draft: Draft, pronoun: str, gender: str) -> bool:
    if draft.actor is None or (draft.kind == "pronoun" and pronoun not in _PERSONAL):
        return False
    if pronoun in _PERSONAL:
        return is_person(draft) and (not draft.gender or draft.gender == gender)
    if pronoun in _PLURAL:
        return _is_many(draft)
    return _is_body(draft)


def antecedent(scene: Scene, draft: Draft, history: list[Draft], sentence: dict[int, int]) -> Draft | None:
    """The mention a pronoun refers back to; None where none agrees with it nearby."""
    pronoun, at = draft.word, draft.head
    own_clause = _own_subjects(scene.doc[at])
    speaker = _speaker(scene, scene.doc[at], history)
    if (
        speaker
        and speaker.head not in own_clause
        and _fits(speaker, pronoun, draft.gender)
        and not (pronoun in _PLURAL and _one_body(speaker))
    ):
        return speaker
    near = [
        d
        for d in history
        if sentence[at] - sentence[d.head] < (PERSON_REACH if pronoun in _PERSONAL else REACH)
        and _fits(d, pronoun, draft.gender)
        and d.head != at
    ]
    near = [d for d in near if d.head not in own_clause]
    if speaker and pronoun in _PLURAL and _one_body(speaker) and any(d.plural and _is_many(d) for d in near):
        near = [d for d in near if d.actor != speaker.actor]  # a body that tells of "them" means others
    ranks = {n: _rank(scene, d, at, sentence) for n, d in enumerate(near)}
    if not ranks:
        return None
    best = max(ranks, key=lambda n: ranks[n])
    return replace(near[best], others=_rivals(near, ranks, best))


def _rivals(near: list[Draft], ranks: dict[int, float], best: int) -> tuple[Alternative, ...]:
    """The other actors that agree with a pronoun, each half as likely for every point it ranks below the best."""
    found: dict[str, Alternative] = {}
    for n in sorted(ranks, key=lambda n: -ranks[n]):
        actor, chosen = near[n].actor, near[best].actor
        belief = near[best].score * 0.5 ** (1 + ranks[best] - ranks[n])
        if actor and chosen and actor.id != chosen.id and belief >= LEAST:
            found.setdefault(actor.id, Alternative(actor, round(belief, 3)))
    return tuple(found.values())[:MOST_RIVALS]


def _own_subjects(token: Token) -> set[int]:
    """The subjects of the verb that an object pronoun hangs on, which it cannot mean."""
    if token.dep_ in {"nsubj", "nsubjpass", "poss"}:
        return set()
    verb = token.head
    while verb.pos_ not in {"VERB", "AUX"} and verb.head.i != verb.i:
        verb = verb.head
    subjects = [c for c in verb.children if c.dep_ in _SUBJECT]
    if not subjects and verb.dep_ in {"advcl", "xcomp", "conj"}:
        subjects = [c for c in verb.head.children if c.dep_ in _SUBJECT]
    return {t.i for c in subjects for t in conjuncts(c)}


def relative_noun(token: Token) -> int:
    """The noun that a relative clause hangs on; -1 where the pronoun stands in none."""
    verb = token
    for _ in range(6):
        if verb.dep_ == "relcl":
            return verb.head.i
        verb = verb.head
    return -1


def _relative(scene: Scene, draft: Draft, history: list[Draft]) -> list[Draft]:
    noun = relative_noun(scene.doc[draft.head])
    found = [d for d in history if d.head == noun and d.actor]
    return [
        replace(d, head=draft.head, start=draft.start, end=draft.end).settled(
            d.actor, "pronoun", 0.9 * d.score, "relative pronoun"
        )
        for d in found
        if d.actor
    ]


def _expletive(token: Token) -> bool:
    verb = token.head
    if token.dep_ == "expl":
        return True
    extraposed = any(c.dep_ in {"ccomp", "xcomp", "advcl", "csubj"} for c in verb.children)
    return (
        token.lower_ == "it"
        and token.dep_ == "nsubj"
        and verb.lemma_ in {"be", "seem", "appear", "take", "remain"}
        and extraposed
    )


def resolve_pronoun(scene: Scene, draft: Draft, history: list[Draft], sentence: dict[int, int]) -> list[Draft]:
    """A pronoun as the actors it refers to; `sentence` gives the number of each token's sentence."""
    token = scene.doc[draft.head]
    if draft.word in _RELATIVE:
        return _relative(scene, draft, history)
    if _expletive(token) or (draft.word == "it" and token.dep_ not in {*_SUBJECT, "dobj"}):
        return []
    best = antecedent(scene, draft, history, sentence)
    if best is None or best.actor is None:
        return []
    near = best.kind == "named" and sentence[token.i] == sentence[best.head]
    if draft.word == "it" and token.dep_ == "dobj" and not near:
        return []
    distance = sentence[draft.head] - sentence[best.head]
    sure = max(0.3, best.score * (0.85 - 0.15 * distance))
    settled = []
    for one in together(scene, best, history) if draft.plural else [best]:
        assert one.actor is not None
        meant = draft.settled(one.actor, "pronoun", sure, f"'{draft.word}' for {one.actor.name}")
        gender = one.gender or draft.gender
        rivals = best.others if one is best else ()
        meant = replace(meant, word=one.word, plural=one.plural, human=one.human, gender=gender, others=rivals)
        settled.append(meant)
    return settled


def together(scene: Scene, best: Draft, history: list[Draft]) -> list[Draft]:
    """An antecedent with what is coordinated to it: Peru and Ecuador, for "they"."""
    first = scene.doc[best.head]
    while first.dep_ == "conj" and first.head.i != first.i:
        first = first.head
    heads = {t.i for t in conjuncts(first)}
    found = [d for d in history if d.head in heads and d.actor and d.kind != "pronoun"]
    return found if len({d.actor.id for d in found if d.actor}) > 1 else [best]
