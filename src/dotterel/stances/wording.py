"""Reads positions off the grammar: verbs, nouns, adjectives, phrases and compounds that tell one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dotterel.attribution.sources import source_of
from dotterel.stances.lexicon import StanceWord, marks, phrases, words

if TYPE_CHECKING:
    from dotterel.parsing import Parse, Token

_NOT_MEANT = frozenset({"would", "could", "might", "may", "should", "will", "can", "must"})
_RELATIONS = frozenset({"relation", "tie", "relationship", "link"})
_GOING_ON = frozenset({"continue", "remain", "keep"})
_FIGHTING = frozenset({"fight", "battle"})
_PRESENT = frozenset({"VBZ", "VBP"})


@dataclass(frozen=True, slots=True)
class Wording:
    """A position as worded: who holds it toward what (head words), and the words that tell it."""

    holder: Token | str  # a str is a name inside a compound ("Iranian-backed")
    toward: Token | str
    position: str
    first: Token  # the words that tell it run from here
    last: Token
    reason: str
    between_actors: bool = False  # it tells nothing unless it is toward an actor ("fights", "backed by")


def find_wordings(parse: Parse) -> Iterator[Wording]:
    """The positions told in words, in text order; whoever holds them may still turn out to be nobody known."""
    for token in parse.doc:
        if token.is_alpha or "-" in token.text:
            yield from _verb(token)
            yield from _noun(token)
            yield from _adjective(token)
            yield from _phrase(token)
            yield from _relation(token)
            yield from _compound(token)


def _verb(verb: Token) -> Iterator[Wording]:
    """ "X has long supported Y", "rebels fighting alongside Y", "the militia, backed by X"."""
    if verb.pos_ not in ("VERB", "AUX"):
        return
    if (
        verb.tag_ == "VBN"
        and verb.lower_ in marks("participle")
        and verb.dep_ in ("acl", "amod", "relcl", "ROOT", "conj")
    ):
        yield from _backed(verb)
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)
    if passive or not _asserted(verb) or any(c.dep_ == "prt" for c in verb.children):
        return
    for entry in words().get(("verb", verb.lemma_.lower()), ()):
        holder = verb.head if verb.dep_ == "acl" and verb.tag_ == "VBG" else source_of(verb)
        toward = _linked(verb, entry)
        if holder is not None and toward is not None and _standing(verb, entry):
            reason = f"'{verb.text}' tells a lasting position"
            hostile = entry.lemma in _FIGHTING
            yield Wording(holder, toward, entry.position, verb, toward, reason, hostile)


def _backed(verb: Token) -> Iterator[Wording]:
    """ "Y is backed by X", "Y, backed by X"."""
    by = next((c for c in verb.children if c.lower_ == "by" and c.dep_ in ("agent", "prep")), None)
    holder = next((c for c in by.children if c.dep_ == "pobj"), None) if by is not None else None
    patient = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if patient is None and verb.dep_ in ("acl", "amod"):
        patient = verb.head
    tensed = [c.tag_ for c in verb.children if c.dep_ in ("aux", "auxpass")]
    if holder is not None and patient is not None and "VBD" not in tensed and _asserted(verb):
        position = marks("participle")[verb.lower_]
        yield Wording(holder, patient, position, verb, holder, f"'{verb.text} by' tells a lasting position", True)


def _asserted(verb: Token) -> bool:
    """Is the verb stated as fact: not denied, not merely possible, no bare infinitive?"""
    aux = [c for c in verb.children if c.dep_ in ("aux", "neg")]
    if any(c.dep_ == "neg" or c.lower_ in _NOT_MEANT for c in aux):
        return False
    return verb.tag_ != "VB" or (verb.dep_ == "xcomp" and verb.head.lemma_ in _GOING_ON)


def _standing(verb: Token, entry: StanceWord) -> bool:
    """Does the verb tell a lasting position rather than one act?"""
    if entry.standing == "yes":
        return True
    beside = {c.lower_ for c in verb.children} | {
        g.lower_ for c in verb.children for g in c.children if c.dep_ == "aux"
    }
    if beside & set(marks("duration")) or beside & set(marks("degree")):
        return True
    if entry.standing == "degree":
        return False
    aux = {c.lower_ for c in verb.children if c.dep_ == "aux"}
    progressive = verb.tag_ == "VBG" and (
        bool(aux & {"is", "are", "been", "'s", "’s", "'re", "’re"}) or verb.dep_ == "acl"
    )
    return verb.tag_ in _PRESENT or progressive or verb.head.lemma_ in _GOING_ON


def _linked(word: Token, entry: StanceWord) -> Token | None:
    """What the word is tied to by its table row: the object, or the object of one of the prepositions."""
    for child in word.rights:
        if "object" in entry.link and child.dep_ in ("dobj", "obj"):
            return child
        if child.dep_ in ("prep", "advmod") and child.lower_ in entry.link:
            return next((t for t in child.children if t.dep_ == "pobj"), None)
    return None


def _noun(noun: Token) -> Iterator[Wording]:
    """ "X is an ally of Y", "X, a critic of Y", "Y's ally X", "X and Y are archrivals"."""
    if noun.pos_ != "NOUN":
        return
    lemma = noun.lemma_.lower()
    compound = noun.i >= 2 and noun.nbor(-1).text == "-" and noun.nbor(-2).lower_ == "arch"
    for entry in words().get(("noun", lemma), ()):
        holder = _described(noun)
        if holder is None:
            continue
        toward = _linked(noun, entry) or next((c for c in noun.children if c.dep_ == "poss"), None)
        reason = f"'{'arch-' if compound else ''}{noun.text}' tells a lasting position"
        if toward is not None:
            yield Wording(holder, toward, entry.position, noun, toward if toward.i > noun.i else noun, reason)
        elif noun.tag_ == "NNS" and noun.dep_ == "attr":
            yield from (Wording(holder, other, entry.position, noun, noun, reason) for other in holder.conjuncts[:1])


def _described(noun: Token) -> Token | None:
    """Whom a noun describes: the subject of its copula, or the name it stands beside."""
    if noun.dep_ == "attr" and noun.head.lemma_ in ("be", "remain") and noun.head.tag_ in ("VBZ", "VBP", "VBN"):
        return None if not _asserted(noun.head) else source_of(noun.head)
    if noun.dep_ == "appos":
        return noun.head
    return next((c for c in noun.children if c.dep_ == "appos"), None)


def _adjective(adjective: Token) -> Iterator[Wording]:
    """ "X is opposed to Y", "forces loyal to Y", "committed to …"."""
    for entry in words().get(("adjective", adjective.lower_), ()):
        toward = _linked(adjective, entry)
        holder = _holder_of_adjective(adjective)
        if holder is None or toward is None:
            continue
        if entry.standing == "yes" or {c.lower_ for c in adjective.children} & set(marks("duration")):
            yield Wording(
                holder, toward, entry.position, adjective, toward, f"'{adjective.text}' tells a lasting position"
            )


def _holder_of_adjective(adjective: Token) -> Token | None:
    head = adjective.head
    if adjective.dep_ in ("acomp", "oprd") and head.tag_ in ("VBZ", "VBP", "VBN") and _asserted(head):
        return source_of(head)
    if adjective.tag_ == "VBN" and adjective.dep_ not in ("amod", "acl"):
        near = [t for c in adjective.children for t in (c, *c.children)]
        present = any(t.dep_ in ("aux", "auxpass") and t.lower_ in ("is", "are", "has", "have") for t in near)
        subject = next((c for c in adjective.children if c.dep_ in ("nsubjpass", "nsubj")), None)
        return subject if present and _asserted(adjective) else None
    return (
        head if adjective.dep_ in ("amod", "acl") and head.pos_ in ("NOUN", "PROPN") and head.i < adjective.i else None
    )


def _phrase(token: Token) -> Iterator[Wording]:
    """ "X is at war with Y", "countries in favour of Y"."""
    for text, position in phrases():
        start = token.i - len(text) + 1
        if token.lower_ != text[-1] or start < 0 or tuple(t.lower_ for t in token.doc[start : token.i + 1]) != text:
            continue
        first = token.doc[start]
        verb = first.head
        toward = next((c for c in token.children if c.dep_ == "pobj"), None)
        holder = verb if verb.pos_ in ("NOUN", "PROPN") else None
        if verb.lemma_ in ("be", "remain", "stay") and verb.tag_ in ("VBZ", "VBP", "VBN") and _asserted(verb):
            holder = source_of(verb)
        if holder is not None and toward is not None:
            yield Wording(holder, toward, position, first, toward, f"'{' '.join(text)}' tells a lasting position")


def _relation(noun: Token) -> Iterator[Wording]:
    """ "Relations between X and Y have soured", "X's ties with Y are tense"."""
    if noun.lemma_.lower() not in _RELATIONS or noun.dep_ not in ("nsubj", "nsubjpass"):
        return
    verb = noun.head
    said = [verb, *(c for c in verb.children if c.dep_ in ("acomp", "attr"))]
    entry = next((e for t in said for e in words().get(("relation", t.lemma_.lower()), ())), None)
    if entry is None or not _asserted(verb):
        return
    parties = [c for p in noun.children if p.dep_ == "prep" and p.lower_ in ("between", "with") for c in p.children]
    owner = next((c for c in noun.children if c.dep_ in ("poss", "amod")), None)
    named = [c for c in parties if c.dep_ == "pobj"]
    if named and named[0].conjuncts:
        named = [named[0], named[0].conjuncts[0]]
    elif named and owner is not None:
        named = [owner, named[0]]
    if len(named) == 2:
        yield Wording(named[0], named[1], entry.position, noun, verb, f"relations that '{said[-1].text}'")


def _compound(token: Token) -> Iterator[Wording]:
    """ "Iranian-backed militias", "pro-Russian separatists", "anti-Assad rebels", as one token or as three."""
    for name, use, position, first, last in _hyphened(token):
        noun = _noun_after(last)
        if noun is not None:
            holder, toward = (name, noun) if use == "suffix" else (noun, name)
            reason = f"compound '{token.doc[first.i : last.i + 1].text}'"
            yield Wording(holder, toward, position, first, noun, reason)


def _hyphened(token: Token) -> Iterator[tuple[str, str, str, Token, Token]]:
    """The name in a compound with this token, the use and position of its other half, first and last token."""
    doc, at = token.doc, token.i
    before, sign, after = token.text.rpartition("-")
    if sign and after.lower() in marks("suffix"):
        yield before, "suffix", marks("suffix")[after.lower()], token, token
    if sign and before.lower() in marks("prefix"):
        yield after, "prefix", marks("prefix")[before.lower()], token, token
    if at >= 2 and doc[at - 1].text in "-–" and token.lower_ in marks("suffix"):
        yield doc[at - 2].text, "suffix", marks("suffix")[token.lower_], doc[at - 2], token
    if at + 2 < len(doc) and doc[at + 1].text in "-–" and token.lower_ in marks("prefix"):
        yield doc[at + 2].text, "prefix", marks("prefix")[token.lower_], token, doc[at + 2]


def _noun_after(token: Token) -> Token | None:
    """The noun a compound that ends with this token describes: the last plain noun of the phrase after it."""
    found = None
    for following in token.doc[token.i + 1 : token.i + 5]:
        if following.pos_ not in ("ADJ", "NOUN", "PROPN"):
            break
        found = following if following.pos_ == "NOUN" else None
    return found
