"""Whom a citing word cites: the source of a verb, noun or adjective in the grammar, and its span."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dotterel.attribution.lexicon import bearers
from dotterel.attribution.lexicon import verb as citing
from dotterel.types import ActorMention, Roster

if TYPE_CHECKING:
    from dotterel.parsing import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
_CONTROLLED = frozenset({"advcl", "xcomp", "conj", "dep", "ccomp", "parataxis"})
_RELATIVES = frozenset({"who", "which", "that", "whom"})
_EMPTY = frozenset({"it", "there", "what", "this", "these", "those", "nothing", "everything"})
_LEFT, _RIGHT = " ,\n\"“”'‘’-—–", ' ,\n"“”‘-—–'  # no part of a phrase at its edges; a final apostrophe is
_RECALLS = frozenset({"recall", "quote", "cite", "echo", "repeat", "recite"})
_WORDS = frozenset({"word", "remark", "comment", "warning", "saying", "phrase", "speech", "quote"})
_MAX_CLIMB = 4  # a subject further away than four clauses is hardly ever meant


def source_of(verb: Token) -> Token | None:
    """The head word of whoever says what this verb reports; None where the text names nobody."""
    if _is_passive(verb):
        return _agent(verb) or _quoted_patient(verb)
    return _subject(verb) or _inverted(verb) or _controller(verb)


def _is_passive(verb: Token) -> bool:
    return any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children)


def _agent(verb: Token) -> Token | None:
    """The noun of "by …" beside a passive or a participle."""
    for child in verb.children:
        if child.dep_ in ("agent", "prep") and child.lower_ == "by":
            return next((t for t in child.children if t.dep_ == "pobj"), None)
    return None


def _quoted_patient(verb: Token) -> Token | None:
    """The subject of "was quoted as saying", who is the one that spoke."""
    if verb.lemma_.lower() not in ("quote", "cite"):
        return None
    return next((t for t in verb.children if t.dep_ == "nsubjpass"), None)


def _subject(verb: Token) -> Token | None:
    subjects = [t for t in verb.children if t.dep_ in _SUBJECTS]
    subject = min(subjects, key=lambda t: abs(t.i - verb.i), default=None)  # the farther one belongs to a quotation
    if subject is None or subject.lower_ not in _RELATIVES:
        return None if subject is None or (subject.lower_ in _EMPTY and subject.lower_ != "it") else subject
    return _antecedent(verb)


def _antecedent(verb: Token) -> Token | None:
    """The noun that a relative clause with this verb describes."""
    clause = verb
    for _ in range(_MAX_CLIMB):
        if clause.dep_ in ("relcl", "acl"):
            return clause.head
        clause = clause.head
    return None


def _inverted(verb: Token) -> Token | None:
    """The noun right after a finite verb that follows a comma or a closing mark: `," said Smith`."""
    if verb.is_sent_start and verb.head.pos_ == "PROPN" and verb.dep_ in ("compound", "amod", "nmod"):
        head: Token = verb.head  # "Said Smith: …", which the parser takes for a name
        return head
    if verb.i == 0 or verb.tag_ not in ("VBD", "VBZ", "VBP") or not verb.nbor(-1).is_punct:
        return None
    candidates = [t for t in verb.rights if t.dep_ in ("dobj", "npadvmod", "attr", "oprd", "dep", "appos")]
    nouns = [t for t in candidates if t.pos_ in ("PROPN", "NOUN", "PRON") and t.ent_type_ not in ("DATE", "TIME")]
    return nouns[0] if nouns else None


def _controller(verb: Token) -> Token | None:
    """The subject a participle or a second verb borrows from the clause it hangs on."""
    clause = verb
    for _ in range(_MAX_CLIMB):
        head = clause.head
        if head.dep_ == "relcl" and _set_off(verb):
            outer = next((t for t in head.head.ancestors if t.pos_ == "VERB" and citing(t.lemma_) is not None), None)
            return _own_subject(outer) if outer is not None else _own_subject(head)
        if clause.dep_ == "pcomp" and head.lower_ == "as" and head.head.lemma_.lower() in ("quote", "cite"):
            return quoted_by(head.head)
        if verb.tag_ == "VBG" and head.lemma_.lower() in _RECALLS and (owner := _owner_of_words(head)) is not None:
            return owner
        if clause.dep_ in ("acl", "relcl"):
            return _behind(head) if clause.tag_ == "VBG" or clause.dep_ == "relcl" else None
        if clause.dep_ not in _CONTROLLED and clause.dep_ not in ("pcomp", "prep"):
            return None
        if head.pos_ in ("VERB", "AUX"):
            found = _object(head) if clause.dep_ == "xcomp" and clause.tag_ == "VB" else None
            found = found or _own_subject(head)
            if found is not None:
                return found
        clause = head
    return None


def _owner_of_words(verb: Token) -> Token | None:
    """Whose words are brought up: "recalled the secretary-general's words, saying that …"."""
    words = _object(verb)
    if words is None or words.lemma_.lower() not in bearers() | _WORDS:
        return None
    return next((t for t in words.children if t.dep_ == "poss" and t.pos_ != "PRON"), None)


def _set_off(verb: Token) -> bool:
    """Does a comma set the participle off, so that it belongs to whoever speaks: "…, strongly urging them"?"""
    first = verb.left_edge
    return verb.tag_ == "VBG" and first.i > 0 and first.nbor(-1).lower_ == ","


def _behind(noun: Token) -> Token:
    """Who speaks through a noun: of "issued a statement saying" the issuer, else the noun itself."""
    if noun.lemma_.lower() in bearers() and noun.dep_ == "dobj":
        return source_of(noun.head) or noun
    return noun


def _own_subject(verb: Token) -> Token | None:
    """The subject of a verb that another verb leans on; of a passive the one acted upon, as in "was beaten, saying"."""
    if _is_passive(verb):
        return next((t for t in verb.children if t.dep_ == "nsubjpass"), None)
    return _subject(verb) or _inverted(verb)


def _object(verb: Token) -> Token | None:
    return next((t for t in verb.children if t.dep_ == "dobj"), None)


def quoted_by(verb: Token) -> Token | None:
    """Who spoke where somebody was quoted: the object of "quoted X as saying", the subject of its passive."""
    return _quoted_patient(verb) if _is_passive(verb) else _object(verb)


def possessor_of(noun: Token) -> Token | None:
    """Whose claim, call or view it is: "X's claim", "a claim by X", or the subject of the verb it is the object of."""
    owner = next((t for t in noun.children if t.dep_ == "poss"), None) or _agent(noun)
    if owner is None and noun.dep_ == "dobj":
        owner = source_of(noun.head)
    return owner


def _issuers(noun: Token) -> list[Token]:
    """Whose statement it is: "X's statement", "a statement by X", "a statement from X"."""
    by = [t for child in noun.children if child.lower_ in ("by", "from") for t in child.children if t.dep_ == "pobj"]
    return [t for t in noun.children if t.dep_ == "poss"] + by


def noun_phrase(head: Token) -> tuple[int, int]:
    """Character span of the phrase of that head, without relative clauses, clauses and loose appositions."""
    doc, first, last = head.doc, head.left_edge.i, head.i
    if (
        doc[first].tag_.startswith("VB")
        and doc[first].is_sent_start
        and doc[first].dep_ in ("compound", "amod", "nmod")
    ):
        first += 1  # the verb of "Said Smith: …"
    for child in head.rights:
        closing = child.dep_ in ("relcl", "acl", "appos", "punct", "advcl", "parataxis", "ccomp", "dep")
        if closing and not (child.dep_ == "punct" and child.text in "-)"):
            break
        last = max(last, child.right_edge.i)
    while first < head.i and not doc[first].text.strip(_LEFT):
        first += 1
    while last > head.i and not doc[last].text.strip(_RIGHT):
        last -= 1
    return doc[first].idx, doc[last].idx + len(doc[last])


def mention_of(head: Token, roster: Roster) -> ActorMention | None:
    """The actor mention that head stands for, if the roster has it.

    An apposition may name the actor instead; of a statement or the like it is whoever issued it.
    """
    issuers = _issuers(head) if head.lemma_.lower() in bearers() else []
    for token in (*issuers, head, *(t for t in head.children if t.dep_ == "appos")):
        found = roster.at(token.i) or tuple(
            m for m in roster.within(*noun_phrase(token)) if m.start <= token.idx < m.end
        )
        if found:
            return max(found, key=lambda m: m.score)
    return None
