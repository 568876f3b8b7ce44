"""The words above an act that govern it: the effects that a table gives them, and what complement it is there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dotterel.events.grammar import base_forms, is_infinitive, is_verb, strayed_doers
from dotterel.events.lexicon import Governor, Lexicon
from dotterel.events.signs import verb_signs, word_list
from dotterel.events.subjects import FINITE, finite_above, has_auxiliary, owners_of

if TYPE_CHECKING:
    from dotterel.parsing import Token

ENDED = {"halt", "stop", "end"}  # "moved to halt the attacks": they go on


def is_purpose(verb: Token, lexicon: Lexicon) -> bool:
    """What a thing is for ("a coalition to fight piracy"), not an act, unless somebody's effort or plan is named."""
    if verb.dep_ not in {"acl", "relcl"} or verb.head.pos_ != "NOUN" or not is_infinitive(verb):
        return False
    found = governor_of(verb, lexicon)
    return (found is None or found[1] is None) and not owners_of(verb.head)


def governs(verb: Token, noun: Token) -> bool:
    """Is the noun a core argument of the verb, so that the verb's tense is the act's?"""
    if noun.dep_ == "pobj" and noun.head.lower_ == "of" and noun.head.head.lower_ in word_list("many"):
        return governs(verb, noun.head.head)
    return (noun.head == verb and noun.dep_ in {"dobj", "nsubj", "nsubjpass", "attr", "obj", "acomp"}) or noun in {
        c for p in verb.children if p.dep_ == "prt" for c in p.children
    }


def governor_signs(token: Token, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """The effects of all governors above a word, nearest first; what one of them undergoes the act undergoes too.

    What somebody continues or extends goes on already, whatever is planned for it; it may still be mere words.
    """
    current, lasts, apart = token, False, False
    for _ in range(5):
        found = governor_of(current, lexicon)
        if found is None:
            return
        head, governor = found
        if governor is None and head.lemma_.lower() in word_list("evidence") and is_untold(head):
            yield "drop", f"no {head.lemma_.lower()} of it"
        apart = apart or sets_apart(head, current, governor)
        spared = head.lemma_.lower() in word_list("about") and stands_by_itself(token)
        if spared and head.lemma_.lower() in ENDED and is_infinitive(head):
            yield "ongoing", f"still to {head.lemma_}"
        if governor is not None and not (governor.effect == "drop" and spared):
            lasts = lasts or governor.effect == "ongoing"
            signs = [(governor.effect, f"governed by '{head.lemma_}'")]
            if governor.effect not in {"said", "alleged"} and is_verb(head):
                signs += [s for s in verb_signs(head) if s[0] != "ongoing"]
            signs = [s for s in signs if not (apart and s[0] == "negated")]  # its evidence is denied, or its report
            yield from (s for s in signs if not lasts or s[0] in {"ongoing", "drop", "negated"})
        if governor is not None and governor.effect == "alleged":
            return
        current = head


def is_untold(noun: Token) -> bool:
    """Is it said that there is no such thing: "failed to produce evidence", "found no proof"?"""
    verbs = [t for t in noun.ancestors if is_verb(t)][:2]
    denied = any(c.dep_ == "neg" for v in verbs for c in v.children)
    failed = any(v.lemma_.lower() in word_list("fails") for v in verbs)
    return denied or failed or any(c.lower_ in {"no", "without", "little", "scant"} for c in (noun.head, *noun.lefts))


def sets_apart(head: Token, current: Token, governor: Governor | None) -> bool:
    """Does a noun between ("details of the attack"), or a verb that only speaks of it, keep negation from an act?"""
    if head.pos_ == "NOUN":
        return governor is None and head.lemma_.lower() not in word_list("many") and current.dep_ in {"pobj", "pcomp"}
    return speaks_of(head, current)


def speaks_of(verb: Token, noun: Token) -> bool:
    """Does a verb with the noun as object only speak of it: mention, condemn, investigate the attack?"""
    return noun.pos_ == "NOUN" and noun.dep_ in {"dobj", "obj"} and verb.lemma_.lower() in word_list("tells_of")


def stands_by_itself(token: Token) -> bool:
    """A noun with an article or owner ("Iran's seizure", "the attack") names an act whoever speaks of it."""
    return token.pos_ == "NOUN" and (
        any(c.dep_ == "poss" or c.lower_ in {"the", "this", "those", "these", "by"} for c in token.children)
        or bool(strayed_doers(token))
    )


def governor_of(token: Token, lexicon: Lexicon) -> tuple[Token, Governor | None] | None:
    """The word above that governs this act, with the lexicon's row for it; None at the top of the sentence."""
    for head, complement in complement_heads(token):
        rows = (row for form in governor_forms(head) for row in lexicon.governors.get(form, ()))
        for governor in rows:
            fits = complement_fits(governor.complement, complement, head) and governor.pos == part_of_speech(head)
            if fits and not (governor.word == "go" and head.tag_ != "VBG"):  # "is going to", not "went to"
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
    if wanted == complement or (wanted == "gerund" and complement == "ing"):
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
