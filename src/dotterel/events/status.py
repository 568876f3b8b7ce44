"""Did it happen? The status of an act by grammar: tense, modals, negation, conditions, and the words that govern it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dotterel.events.grammar import base_forms, is_infinitive, is_verb
from dotterel.events.lexicon import Governor, Lexicon
from dotterel.events.subjects import FINITE, finite_above, has_auxiliary, owners_of

if TYPE_CHECKING:
    from dotterel.parsing import Token

FUTURE = {"will", "shall", "'ll", "wo", "’ll"}
MODAL = {"would", "could", "may", "might", "can"}
DUTY = {"should", "must", "ought"}  # what somebody wants done, no act
NEGATIONS = {"not", "n't", "n’t", "never", "no"}
STANDING = {"long", "always", "repeatedly", "consistently", "traditionally", "still", "regularly", "daily"}
STANDING |= {"staunchly", "steadfastly", "constantly", "continually", "continuously", "persistently", "currently"}
PLANNED_NOUN = {"planned", "upcoming", "forthcoming", "scheduled", "future", "proposed", "next", "coming"}
UNREAL_NOUN = {"possible", "potential", "hypothetical", "threatened", "feared", "further", "eventual", "any"}
LASTING_NOUN = {
    "ongoing",
    "continuing",
    "continued",
    "existing",
    "current",
    "lasting",
    "persistent",
    "unrelenting",
    "longstanding",
}
GOING_ON = {"continue", "rage", "persist", "drag"}  # verbs whose subject, an act, is not over
COUNTED_SPANS = {"day", "week", "month", "year"}  # "the offensive entered its sixth day"
MANY = {"series", "round", "string", "number", "wave", "spate", "raft", "range"}  # "a series of meetings"
REFUSAL = "refusal"
# verbs about an act that has its own life: "discussed Iran's seizure of the ship" still tells the seizure
ABOUT = {"oppose", "support", "reject", "accept", "discuss", "defend", "back", "debate", "review", "justify", "deny",
         "halt", "stop", "end"}  # fmt: skip
STRENGTH = ("drop", "negated", "hypothetical", "proposed", "planned", "ongoing")


@dataclass(frozen=True, slots=True)
class Verdict:
    """An act's status, or that it must not be recorded (`drop`), and the word that decided."""

    status: str
    reason: str


def status_of(trigger: Token, verb: Token, lexicon: Lexicon) -> Verdict:
    """The status of the act told by `trigger` in the clause of `verb`.

    The strongest sign wins: a governor that makes it mere words, negation, condition, wish, plan, continuation.
    """
    signs = list(governor_signs(trigger, lexicon))
    if trigger != verb and trigger.pos_ != "VERB":
        signs.extend(noun_signs(trigger))
        if trigger.dep_ == "nsubj" and goes_on(trigger.head):
            signs.append(("ongoing", f"'{trigger.head.text}'"))
    if is_verb(verb) and (trigger == verb or governs(verb, trigger)):
        signs.extend(verb_signs(verb))
        if trigger != verb:
            signs.extend(governor_signs(verb, lexicon))
    if is_purpose(verb, lexicon):
        return Verdict("drop", f"what '{verb.head.lemma_}' is for")
    if refuses(verb, trigger):
        return Verdict("negated", REFUSAL)
    for status in STRENGTH:
        for sign, reason in signs:
            if sign == status:
                return Verdict(status, reason)
    return Verdict("occurred", "plain past or present")


def refuses(verb: Token, trigger: Token) -> bool:
    """ "Oslo will not negotiate": a future denied by who would do it is a refusal."""
    words = {t.lower_ for t in auxiliaries(verb)} if trigger == verb and is_verb(verb) else set()
    return bool(words & FUTURE and words & NEGATIONS)


def reported(verb: Token) -> bool:
    """Does the clause hang on a verb in the past: "said it would visit"?"""
    return verb.dep_ == "ccomp" and verb.head.tag_ in {"VBD", "VBN"}


def governs(verb: Token, noun: Token) -> bool:
    """Is the noun a core argument of the verb, so that the verb's tense is the act's?"""
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ in MANY:
        return governs(verb, noun.head.head)
    return (noun.head == verb and noun.dep_ in {"dobj", "nsubj", "nsubjpass", "attr", "obj", "acomp"}) or noun in {
        c for p in verb.children if p.dep_ == "prt" for c in p.children
    }


def verb_signs(verb: Token) -> Iterator[tuple[str, str]]:
    """What a verb's own auxiliaries, adverbs and conjunctions say about its reality."""
    words = list(auxiliaries(verb))
    lower = {t.lower_ for t in words}
    if lower & NEGATIONS or any(c.dep_ == "neg" for c in words) or negative_subject(verb):
        yield "negated", "negation"
    if lower & FUTURE:
        yield "planned", "future tense"
    if "would" in lower and reported(verb):
        yield "planned", "'would' in reported speech"
    elif lower & MODAL:
        yield "hypothetical", f"modal '{next(iter(lower & MODAL))}'"
    if lower & DUTY:
        yield "drop", f"modal '{next(iter(lower & DUTY))}'"
    if any(c.dep_ == "mark" and c.lower_ == "whether" for c in verb.children):
        yield "drop", "a question: 'whether'"
    if conditional(verb):
        yield "hypothetical", "conditional clause"
    if headline_infinitive(verb):
        yield "planned", "infinitive of a headline"
    if progressive(verb, words) or any(c.lower_ in STANDING for c in verb.children):
        yield "ongoing", "progressive or standing"
    if since_then(verb, words):
        yield "ongoing", "perfect with 'since'"


def auxiliaries(verb: Token) -> Iterator[Token]:
    """The verb's auxiliaries and negations, or those of the verb it is coordinated with."""
    own = [c for c in verb.children if c.dep_ in {"aux", "auxpass", "neg"}]
    yield from own
    if not own and verb.dep_ == "conj" and is_verb(verb.head) and not any(c.dep_ == "nsubj" for c in verb.children):
        yield from (t for t in auxiliaries(verb.head) if t.dep_ == "aux" and t.lower_ in FUTURE | MODAL)


def negative_subject(verb: Token) -> bool:
    """ "No troops were sent", "neither side attacked"."""
    return any(
        c.dep_ in {"nsubj", "nsubjpass"} and any(d.lower_ in {"no", "neither", "none"} for d in (c, *c.children))
        for c in verb.children
    )


def conditional(verb: Token) -> bool:
    """Does the verb stand in an if- or unless-clause?"""
    return verb.dep_ == "advcl" and any(
        c.dep_ == "mark" and c.lower_ in {"if", "unless", "lest"} for c in verb.children
    )


def is_purpose(verb: Token, lexicon: Lexicon) -> bool:
    """What a thing is for ("a coalition to fight piracy"), not an act, unless somebody's effort or plan is named."""
    if verb.dep_ not in {"acl", "relcl"} or verb.head.pos_ != "NOUN" or not is_infinitive(verb):
        return False
    found = governor_of(verb, lexicon)
    return (found is None or found[1] is None) and not owners_of(verb.head)


def headline_infinitive(verb: Token) -> bool:
    """ "France to send troops": an infinitive that nothing governs."""
    loose = verb.dep_ == "ROOT" or (verb.dep_ in {"relcl", "acl"} and verb.head.pos_ == "PROPN")
    return loose and is_infinitive(verb)


def progressive(verb: Token, words: list[Token]) -> bool:
    """Present progressive: "is shelling", "has been shelling", "is being shelled"."""
    if verb.tag_ == "VBN" and verb.dep_ == "acl" and any(t.lower_ == "being" for t in words):
        return True  # "attacks being carried out"
    present = any(t.lemma_ == "be" and t.tag_ in {"VBZ", "VBP", "VBN"} for t in words)
    return present and (verb.tag_ == "VBG" or any(t.lower_ == "being" for t in words))


def since_then(verb: Token, words: list[Token]) -> bool:
    """ "has bombed the town since May", "since 1992 they had licensed sales": a perfect that reaches up to now."""
    perfect = verb.tag_ == "VBN" and any(t.lemma_ == "have" for t in words)
    return perfect and any(c.lower_ == "since" or since_clause(c) for c in verb.children)


def since_clause(child: Token) -> bool:
    """ "since it began": a clause of time with that conjunction."""
    return child.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "since" for c in child.children)


def goes_on(verb: Token) -> bool:
    """Does a verb say of its subject that it is not over: continues, enters its sixth day?"""
    if verb.lemma_.lower() in GOING_ON:
        return True
    return verb.lemma_.lower() == "enter" and any(
        c.dep_ == "dobj" and c.lemma_.lower() in COUNTED_SPANS for c in verb.children
    )


def noun_signs(noun: Token) -> Iterator[tuple[str, str]]:
    """What a noun's modifiers say about the reality of the act it names."""
    for c in noun.lefts:
        if c.lower_ in PLANNED_NOUN:
            yield "planned", f"'{c.text}'"
        elif c.lower_ in UNREAL_NOUN:
            yield "hypothetical", f"'{c.text}'"
        elif c.lower_ in {"no", "without"}:
            yield "negated", "'no'"
        elif c.lower_ in LASTING_NOUN or c.lower_.endswith(("-old", "-running", "-standing")) or c.lower_ == "old":
            yield "ongoing", f"'{c.text}'"


def governor_signs(token: Token, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """The effects of all governors above a word, nearest first; what one of them undergoes the act undergoes too."""
    current = token
    for _ in range(5):
        found = governor_of(current, lexicon)
        if found is None:
            return
        head, governor = found
        spared = head.lemma_.lower() in ABOUT and stands_by_itself(token)
        if governor is not None and not (governor.effect == "drop" and spared):
            yield governor.effect, f"governed by '{head.lemma_}'"
            if governor.effect not in {"said", "alleged"} and is_verb(head):
                yield from (s for s in verb_signs(head) if s[0] not in {"ongoing"})
        if governor is not None and governor.effect == "alleged":
            return
        current = head


def stands_by_itself(token: Token) -> bool:
    """A noun with an article or owner ("Iran's seizure", "the attack") names an act whoever speaks of it."""
    return token.pos_ == "NOUN" and any(
        c.dep_ == "poss" or c.lower_ in {"the", "this", "those", "these", "by"} for c in token.children
    )


def governor_of(token: Token, lexicon: Lexicon) -> tuple[Token, Governor | None] | None:
    """The word above that governs this act, with the lexicon's row for it; None at the top of the sentence."""
    for head, complement in complement_heads(token):
        rows = (row for form in governor_forms(head) for row in lexicon.governors.get(form, ()))
        for governor in rows:
            if complement_fits(governor.complement, complement, head) and governor.pos == part_of_speech(head):
                return head, governor
        return head, None
    return None


def governor_forms(head: Token) -> Iterator[str]:
    """The forms under which a governor may stand in the table, with its particle first ("rule out")."""
    particles = [c.lower_ for c in head.children if c.dep_ == "prt"]
    yield from (f"{form} {particle}" for particle in particles for form in base_forms(head))
    yield from base_forms(head)


def part_of_speech(token: Token) -> str:
    """The coarse part of speech of the governor table."""
    return {"AUX": "VERB", "PROPN": "NOUN"}.get(token.pos_, token.pos_)


def complement_fits(wanted: str, complement: str, head: Token) -> bool:
    """Is this the kind of complement a governor row speaks of? `on X to`, `prep:of` and the like included."""
    if wanted == complement:
        return True
    return wanted == "ing" and complement.startswith("prep:")


def complement_heads(token: Token) -> Iterator[tuple[Token, str]]:
    """The word an act depends on, with the kind of complement it is there."""
    head = token.head
    if head == token:
        return
    if token.dep_ == "conj" and token.pos_ == head.pos_:
        astray = token.tag_ in FINITE and head.tag_ not in FINITE and not has_auxiliary(head)
        above = finite_above(head) if astray else head
        yield from complement_heads(above) if above is not None else ()
    elif token.dep_ in {"xcomp", "ccomp", "acl", "advcl", "relcl"} and is_verb(token):
        yield from verb_complement(token, head)
    elif token.dep_ in {"pcomp", "pobj"}:
        yield head.head, f"prep:{head.lower_}"
    elif token.dep_ in {"dobj", "obj", "attr", "nsubjpass"} and is_verb(head):
        yield head, "obj"


def verb_complement(token: Token, head: Token) -> Iterator[tuple[Token, str]]:
    """The governor of a verb: infinitive, finite clause or gerund; adverbial and relative clauses have none."""
    if is_infinitive(token) and token.dep_ != "relcl":
        yield head, "to"
    elif token.dep_ == "ccomp" or any(c.dep_ == "mark" and c.lower_ == "that" for c in token.children):
        yield head, "that"
    elif token.dep_ == "xcomp":
        yield head, "ing" if token.tag_ == "VBG" else "to"
