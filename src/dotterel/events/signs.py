"""What a verb or an event noun says about the reality of its own act: tense, modals, negation, adverbs, attributes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from dotterel import tables
from dotterel.events.grammar import is_infinitive, is_verb

if TYPE_CHECKING:
    from dotterel.parsing import Token

FUTURE = {"will", "shall", "'ll", "wo", "’ll"}
MODAL = {"would", "could", "may", "might", "can"}
DUTY = {"should", "must", "ought"}  # what somebody wants done, no act
NEGATIONS = {"not", "n't", "n’t", "never", "no"}
COUNTED_SPANS = {"day", "week", "month", "year"}  # "the offensive entered its sixth day"
REPEATED = 10  # so many acts of one kind, told in the perfect, are no single act


@lru_cache(maxsize=16)
def word_list(kind: str) -> frozenset[str]:
    """The words of that kind in `data/status_words.tsv`."""
    return frozenset(row["word"] for row in tables.read("status_words") if row["kind"] == kind)


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
    if progressive(verb, words) or any(is_standing(c, verb) for c in verb.children):
        yield "ongoing", "progressive or standing"
    if is_attitude(verb, words):
        yield "ongoing", "present tense of a lasting attitude"
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
    """Does the verb stand in an if- or unless-clause, or one turned round ("had Chad attacked")?"""
    if verb.dep_ == "xcomp" and verb.head.lower_ == "were":  # "if Chad were to attack"
        return conditional(verb.head)
    marked = any(c.dep_ == "mark" and c.lower_ in {"if", "unless", "lest"} for c in verb.children)
    return verb.dep_ == "advcl" and (marked or turned_round(verb))


def turned_round(verb: Token) -> bool:
    """ "Had Chad attacked", "were Oslo to withdraw": the auxiliary before the subject, and no other word before it."""
    first = next(iter(verb.subtree), verb)
    inverted = first.lower_ in {"had", "were", "should"} and (first.head == verb or first == verb)
    return inverted and any(c.dep_ in {"nsubj", "nsubjpass"} and c.i > first.i for c in verb.children)


def headline_infinitive(verb: Token) -> bool:
    """ "France to send troops": an infinitive that nothing governs."""
    loose = verb.dep_ == "ROOT" or (verb.dep_ in {"relcl", "acl"} and verb.head.pos_ == "PROPN")
    return loose and is_infinitive(verb)


def progressive(verb: Token, words: list[Token]) -> bool:
    """Present progressive: "is shelling", "has been shelling", "is being shelled"."""
    if verb.tag_ == "VBN" and verb.dep_ == "acl" and any(t.lower_ == "being" for t in words):
        return True  # "attacks being carried out"
    present = any(t.lemma_ == "be" and t.tag_ in {"VBZ", "VBP", "VBN"} for t in words)
    present = present and not any(t.lower_ == "had" for t in words)
    return present and (verb.tag_ == "VBG" or any(t.lower_ == "being" for t in words))


def is_standing(adverb: Token, verb: Token) -> bool:
    """An adverb of acts that last; "Still, he left" and "but the plan still failed" only link sentences."""
    if adverb.lower_ == "still":
        return adverb.i != verb.sent.start and verb.tag_ != "VBD"
    if adverb.lower_ == "long":
        return adverb.i < verb.i  # not "as long as"
    return adverb.lower_ in word_list("standing")


def is_attitude(verb: Token, words: list[Token]) -> bool:
    """ "Ankara supports the rebels", "who trains them"; not the present of a headline, without full stop."""
    lasting = verb.dep_ == "relcl" or verb.lemma_.lower() in word_list("attitude")
    return (
        verb.tag_ in {"VBZ", "VBP"} and not words and lasting and any(t.text in {".", "?", "!"} for t in verb.sent[-3:])
    )


def since_then(verb: Token, words: list[Token]) -> bool:
    """ "has bombed the town since May", "since 1992 they had licensed sales": a perfect that reaches up to now."""
    perfect = verb.tag_ == "VBN" and any(t.lemma_ == "have" for t in words)
    near = (*verb.children, *(c for o in verb.children if o.dep_ == "dobj" for c in o.children))
    return perfect and any(c.lower_ == "since" or since_clause(c) for c in near)


def is_perfect(verb: Token, words: list[Token]) -> bool:
    """ "has shelled", "have been shelled": not "had shelled"."""
    return verb.tag_ == "VBN" and any(t.lower_ in {"has", "have", "'ve", "’ve"} for t in words)


def since_clause(child: Token) -> bool:
    """ "since it began": a clause of time with that conjunction."""
    return child.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ == "since" for c in child.children)


def reported(verb: Token) -> bool:
    """Does the clause hang on a verb in the past: "said it would visit"?"""
    return verb.dep_ == "ccomp" and verb.head.tag_ in {"VBD", "VBN"}


def goes_on(verb: Token) -> bool:
    """Does a verb say of its subject that it is not over: continues, enters its sixth day, has become usual?"""
    if verb.lemma_.lower() in word_list("goes_on"):
        return True
    if verb.lemma_.lower() == "become":
        return is_perfect(verb, list(auxiliaries(verb)))
    return verb.lemma_.lower() == "enter" and any(
        c.dep_ == "dobj" and c.lemma_.lower() in COUNTED_SPANS for c in verb.children
    )


def noun_signs(noun: Token) -> Iterator[tuple[str, str]]:
    """What a noun's modifiers, and the verb that it is the subject or object of, say about the act it names."""
    for c in noun.lefts:
        if c.lower_ in word_list("planned"):
            yield "planned", f"'{c.text}'"
        elif c.lower_ in word_list("unreal"):
            yield "hypothetical", f"'{c.text}'"
        elif c.lower_ in {"no", "without"}:
            yield "negated", "'no'"
        elif (
            c.lower_ in word_list("lasting")
            or c.lower_.endswith(("-old", "-running", "-standing"))
            or c.lower_ == "old"
        ):
            yield "ongoing", f"'{c.text}'"
    if any(c.dep_ == "acl" and c.tag_ == "VBN" and progressive(c, list(auxiliaries(c))) for c in noun.rights):
        yield "ongoing", "a progressive beside the noun"
    if noun.dep_ in {"nsubj", "nsubjpass"} and goes_on(noun.head):
        yield "ongoing", f"'{noun.head.text}'"
    if is_standing_act(noun):
        yield "ongoing", f"'{noun.lower_}' is a standing act"
    elif lately_begun(noun) or so_many(noun):
        yield "ongoing", "a campaign not said to be over"


def is_standing_act(noun: Token) -> bool:
    """ "the embargo against Cuba", where nobody is said to impose, change or lift it."""
    if noun.lemma_.lower() not in word_list("standing_act") or noun.tag_ in {"NNS", "NNPS"}:
        return False
    definite = any(c.dep_ == "poss" or c.lower_ in {"the", "this", "that"} for c in noun.children)
    verb = next((t for t in noun.ancestors if is_verb(t)), noun)
    made = verb.tag_ == "VBN" and verb.lemma_.lower() in word_list("makes")
    return definite and not made and not (verb.tag_ == "VBD" and verb.lemma_ != "be")


def lately_begun(noun: Token) -> bool:
    """ "launched an offensive eight days ago": a campaign whose beginning is told as lately gone by."""
    verb = noun.head
    begun = noun.dep_ in {"dobj", "nsubjpass"} and verb.lemma_.lower() in word_list("begins")
    ago = any(t.lower_ == "ago" for t in verb.subtree if t.i > noun.i)
    return begun and ago and noun.lemma_.lower() in word_list("campaign")


def so_many(noun: Token) -> bool:
    """ "has carried out 300 air strikes": many acts up to now, of an actor who goes on with them."""
    counts = [c.text.replace(",", "") for c in noun.children if c.dep_ == "nummod"]
    many = any(text.isdigit() and int(text) >= REPEATED for text in counts)
    verbs = [noun.head] if noun.dep_ in {"dobj", "nsubjpass"} else [c for c in noun.rights if c.dep_ == "relcl"]
    return many and any(is_perfect(verb, list(auxiliaries(verb))) for verb in verbs)
