"""Finds the names of places in a parse: what the entity recogniser marked, and what it missed but the tables know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from dotterel.places import gazetteer
from dotterel.tables import read

if TYPE_CHECKING:
    from dotterel.parsing import Doc, Parse, Span, Token

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
MISLABELLED = frozenset(
    {"PERSON", "ORG", "NORP", "PRODUCT", "WORK_OF_ART", "EVENT"}
)  # entities that may be a place after all
LOOSE = frozenset({"WORK_OF_ART", "PRODUCT", "EVENT"})  # entities whose words are looked up one by one
LONGEST = 4  # words of a name looked for outside entities
CERTAIN_WEIGHT = 5.0  # least weight at which a name is a place without a locative word: a city of 100,000
NAMESAKE_WEIGHT = 5.5  # least weight of a place whose name is that of an office-holder too
CONTAINER_AFTER = re.compile(r", (?:in )?([A-Z][\w.]+(?: [A-Z][\w.]+)?)(?!['’\w])")


@dataclass(frozen=True, slots=True)
class Name:
    """One mention of a place: its core name, and the span with the words of direction and kind beside it."""

    core: str
    start: int  # of the span, in characters
    end: int
    core_start: int
    core_end: int
    located: bool  # whether the words before it say that it is a place
    label: str  # of the entity recogniser, '' where it marked nothing


@lru_cache(maxsize=8)
def words(role: str) -> frozenset[str]:
    """The words of one role in the table of words beside places."""
    return frozenset(row["word"] for row in read("place_words") if row["role"] == role)


@lru_cache(maxsize=1)
def _no_places() -> frozenset[str]:
    """Names of groups and organisations, which the recogniser at times takes for places."""
    return frozenset(
        name
        for table in ("groups", "organisations")
        for row in read(table)
        for name in (row["name"], *row["aliases"].split("|"))
    )


def find_names(parse: Parse) -> tuple[Name, ...]:
    """All mentions of places in the parse, in text order, none overlapping another."""
    doc = parse.doc
    persons = _surnames(doc)
    found: list[Name] = []
    for span in doc.ents:
        name = _from_entity(span, persons)
        if name is not None and (not found or name.core_start >= found[-1].core_end):
            found.append(name)
    taken = {i for span in doc.ents if span.label_ not in LOOSE for i in range(span.start, span.end)}
    found += [n for n in _missed(doc, taken, persons) if not any(n.start < f.end and f.start < n.end for f in found)]
    return tuple(sorted(found, key=lambda n: n.core_start))


def _is_no_place(core: str) -> bool:
    """Whether a name is that of a people, group or organisation rather than of a place."""
    return core in gazetteer.demonyms() or (core in _no_places() and core not in gazetteer.states())


def _surnames(doc: Doc) -> frozenset[str]:
    """Last words of the persons whom the report names in full, and of office-holders whom news name by them alone."""
    return _leaders() | {e[-1].text for e in doc.ents if e.label_ == "PERSON" and len(e) > 1}


@lru_cache(maxsize=1)
def _leaders() -> frozenset[str]:
    """Surnames of office-holders that no great place bears: "attacks on Obama" are not on the town in Japan."""
    named = (row["person"].split(" ") for row in read("offices") if row["source"] == "general")
    surnames = {words[-1] for words in named if len(words) > 1}
    return frozenset(n for n in surnames if max((s.weight for s in gazetteer.sites(n)), default=0.0) < NAMESAKE_WEIGHT)


def _from_entity(span: Span, persons: frozenset[str]) -> Name | None:
    """An entity as a place's name, None where it is none."""
    label = span.label_
    span = _extended(_trimmed(span))
    core = span.text
    if not any(c.isupper() for c in core) or _is_no_place(core):
        return None
    if label in PLACE_LABELS:
        good = _is_marked_place(span, label, persons)
    else:
        good = label in MISLABELLED and _is_mislabelled_place(span, label, persons)
    return _named(span, label, _is_located(span)) if good else None


def _is_marked_place(span: Span, label: str, persons: frozenset[str]) -> bool:
    """Whether an entity marked as a place is one: known, or said to be one by the words beside it."""
    core = span.text
    if core in persons and not _is_located(span):
        return False
    known = gazetteer.sites(core)
    if known:
        return max(s.weight for s in known) >= CERTAIN_WEIGHT or _is_towards(span) or not _is_part_of_name(span)
    looks_named = span[0].is_title and not any(c.isdigit() for c in core)
    said = _is_located(span) if label == "GPE" else _is_towards(span)
    return looks_named and (said or _has_container(span))


def _is_mislabelled_place(span: Span, label: str, persons: frozenset[str]) -> bool:
    """Whether an entity marked as a person, organisation or the like is a place after all."""
    core = span.text
    if core in persons or _is_part_of_name(span):
        return False
    if core in gazetteer.states():
        return label != "PERSON" or _is_towards(span)
    if gazetteer.sites(core):
        return _is_towards(span) or (label in {"ORG", "NORP"} and _has_container(span))
    return _has_container(span) and (_is_located(span) or label != "PERSON")


def _trimmed(span: Span) -> Span:
    """The entity without article, words of direction and possessive, which are found again by their own rule."""
    while len(span) > 1 and (span[-1].text in {"'s", "’s", "'", ",", "-"} or span[-1].is_space):
        span = span[:-1]
    while len(span) > 1 and span.text.lower() != "the hague" and _is_trimmable(span):
        span = span[1:]
    return span


def _extended(span: Span) -> Span:
    """The entity with the one or two words after it, where together they are a known name ("Baja" California)."""
    for more in (2, 1):
        longer = span.doc[span.start : span.end + more]
        known = longer.end == span.end + more and longer[-1].text[0].isupper() and gazetteer.sites(longer.text)
        if known and "," not in longer.text:
            return longer
    return span


def _is_trimmable(span: Span) -> bool:
    """Whether the first word is an article or a direction and no part of the name ("northern Syria", "Western US")."""
    first = span[0]
    if first.lower_ == "the" or (first.is_lower and first.lower_ in words("direction")):
        return True
    return (
        first.lower_ in words("direction") and not gazetteer.sites(span.text) and bool(gazetteer.sites(span[1:].text))
    )


def _before(span: Span) -> Token | None:
    """The word before a span, articles, words of direction and the names of a list it goes on from passed over."""
    passed = words("direction") | {"the", ",", "and", "or"}
    token = span[0]
    while token.i > span.sent.start:
        token = token.nbor(-1)
        in_list = token.ent_type_ in PLACE_LABELS or (
            token.pos_ == "PROPN" and token.nbor(1).text in {",", "and", "or"}
        )
        in_name = token.nbor(1).ent_iob_ == "I" and token.nbor(1) not in span
        if token.lower_ not in passed and not in_list and not in_name:
            return token
    return None


def _is_located(span: Span) -> bool:
    """Whether a locative preposition, or a kind of place and `of`, stands before the span."""
    before = _before(span)
    if before is None:
        return False
    if before.lower_ == "of" and before.i > span.sent.start:
        return before.nbor(-1).lower_ in words("of")
    return before.lower_ in words("locative")


def _is_towards(span: Span) -> bool:
    """Whether the word before the span makes a name that the tables know a place."""
    before = _before(span)
    return _is_located(span) or (before is not None and before.lower_ in words("towards"))


def _has_container(span: Span) -> bool:
    """Whether a comma and the name of a state or US state follow ("Sarmada, Syria")."""
    following = span[-1].whitespace_ + span.doc[span.end : span.end + 8].text  # `Doc.text` is built anew at each call
    after = CONTAINER_AFTER.match(following)
    return after is not None and any(gazetteer.containers(name) for name in (after[1], after[1].split(" ")[0]))


def _is_part_of_name(span: Span) -> bool:
    """Whether the span modifies a capitalised word that follows it: "Homs Front"."""
    end = span[-1]
    return end.i + 1 < len(end.doc) and end.nbor(1).pos_ == "PROPN" and end.dep_ == "compound"


def _named(span: Span, label: str, located: bool) -> Name:
    """The mention of a span, widened by words of direction before and of kind after it."""
    first, last = span[0], span[-1]
    while first.i > span.sent.start and first.nbor(-1).lower_ in words("direction") and first.nbor(-1).whitespace_:
        first = first.nbor(-1)
    if last.i + 1 < len(span.doc) and last.nbor(1).lower_ in words("kind") and last.nbor(1).dep_ != "compound":
        last = last.nbor(1)
    end = last.idx + len(last.text)
    core = span.doc[span.start : last.i + 1].text
    core = core if gazetteer.sites(core) else span.text
    return Name(core, first.idx, end, span.start_char, span.end_char, located, label)


def _missed(doc: Doc, taken: set[int], persons: frozenset[str]) -> Iterator[Name]:
    """Capitalised names outside all entities that the tables know as places."""
    skip = -1
    for token in doc:
        if token.i <= skip or token.i in taken or not token.text[0].isupper() or token.is_stop:
            continue
        for length in range(LONGEST, 0, -1):
            span = doc[token.i : token.i + length]
            if len(span) == length and not taken & set(range(span.start, span.end)) and _is_known_place(span, persons):
                skip = span.end - 1
                yield _named(span, "", _is_located(span))
                break


def _is_known_place(span: Span, persons: frozenset[str]) -> bool:
    """Whether an unmarked span names a place: a state or a big city, a smaller one only where a preposition says so."""
    first, last = span[0], span[-1]
    if not last.text[0].isalpha() or not last.text[0].isupper() or "\n" in span.text:
        return False
    core = span.text
    if core in persons or _is_no_place(core) or _is_beside_name(first, last):
        return False
    known = gazetteer.sites(core)
    if not known:
        return _is_located(span) and _has_container(span) and all(t.pos_ == "PROPN" for t in span)
    if first.is_sent_start and len(span) == 1 and core not in gazetteer.states():
        return False
    if first.ent_type_:
        return _is_towards(span)
    return _is_towards(span) or (
        all(t.pos_ == "PROPN" for t in span) and max(s.weight for s in known) >= CERTAIN_WEIGHT
    )


def _is_beside_name(first: Token, last: Token) -> bool:
    """Whether a capitalised word stands on either side, so that the span is a piece of a longer name."""
    before = first.nbor(-1) if first.i and not first.is_sent_start else None
    after = last.nbor(1) if last.i + 1 < len(last.doc) else None
    before_is_name = before is not None and before.pos_ == "PROPN" and before.text[0].isupper()
    return before_is_name or (after is not None and after.pos_ == "PROPN" and after.text[0].isupper())
