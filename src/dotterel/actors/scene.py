"""What a report offers to resolve its mentions: names, places, persons, the states it speaks of."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from dotterel.actors.knowledge import entries
from dotterel.actors.names import Name, find_names
from dotterel.actors.offices import persons_by_surname, surname, term_at, terms
from dotterel.actors.own import OwnActors
from dotterel.actors.persons import first_surname, in_office
from dotterel.actors.vocabulary import fold, states, titles, word_class
from dotterel.places import country_of
from dotterel.types import Place, Report

if TYPE_CHECKING:
    from dotterel.parsing import Doc, Parse, Span

NOWHERE = {"IGO", "NGO", "NSA", "MNC"}


@dataclass(frozen=True)
class Scene:
    """One report with the names found in it, as every resolver sees it."""

    doc: Doc
    day: date | None
    names: tuple[Name, ...]
    places: tuple[Place, ...]
    dateline: str | None  # code of the state the dateline lies in
    by_token: dict[int, Name] = field(default_factory=dict)  # every token of a name -> the name
    by_offset: dict[int, Place] = field(default_factory=dict)  # character offset -> the place starting there
    own: OwnActors | None = None  # the user's table

    def name_at(self, token: int) -> Name | None:
        """The name that token belongs to."""
        return self.by_token.get(token)

    def place_country(self, token: int) -> str | None:
        """The state of the place a token belongs to, where the places stage found one."""
        place = self.by_offset.get(self.doc[token].idx)
        return place.country if place and place.country in states() else None

    def is_place(self, token: int) -> bool:
        """Whether the places stage or the gazetteer knows that one word as a place."""
        return self.doc[token].idx in self.by_offset or country_of(self.doc[token].text) is not None

    def is_known_place(self, token: int) -> bool:
        """Whether that one word was read as a place, and the gazetteer has one of that name."""
        return self.doc[token].ent_type_ == "GPE" and country_of(self.doc[token].text) is not None

    @cached_property
    def spoken_of(self) -> Counter[str]:
        """State -> how often the report names it, its people or its capital; the title and lead count double."""
        count: Counter[str] = Counter()
        for place in self.places:
            if place.country in states() and place.start not in {self.doc[n.start].idx for n in self.names}:
                count[place.country or ""] += 1
        for name in self.names:
            if self._mere_backer(name):
                continue
            if name.entry.actor.country in states() and name.entry.kind in {"state", "demonym", "capital", "seat"}:
                count[name.entry.actor.country or ""] += 2 if name.start < 60 else 1
            elif (
                name.entry.kind == "person"
                and (term := term_at(name.entry.actor.name, self.day))
                and term.country in states()
            ):
                count[term.country or ""] += 1
        return count

    def _mere_backer(self, name: Name) -> bool:
        """Whether a name tells but who leads or backs another: "the US-led coalition", "Iran-backed", "pro-Russian"."""
        doc, end = self.doc, name.end
        if name.start > 1 and doc[name.start - 1].text == "-" and doc[name.start - 2].lower_ in {"pro", "anti"}:
            return True
        return end + 1 < len(doc) and doc[end].text == "-" and doc[end + 1].tag_ == "VBN"

    @cached_property
    def spoken(self) -> frozenset[str]:
        """The states the report speaks of most, with IGO or NSA where it names such a body."""
        bodies = {n.entry.actor.country for n in self.names if n.entry.kind in {"organisation", "group"}}
        states_named = {code for code, _ in self.spoken_of.most_common(12)}
        return frozenset(states_named | {code for code in bodies if code in NOWHERE})

    @cached_property
    def bracketed(self) -> dict[str, list[int]]:
        """Capitals alone in brackets -> the tokens of the opening ones."""
        found: dict[str, list[int]] = defaultdict(list)
        for token in self.doc[1:-1]:
            if token.is_upper and token.nbor(-1).text == "(" and token.nbor(1).text == ")":
                found[token.text].append(token.i - 1)
        return found

    @cached_property
    def surnames(self) -> dict[str, str]:
        """Surname -> the one full personal name in the report that ends in it."""
        found: dict[str, set[str]] = defaultdict(set)
        for full in self.full_names:
            found[surname(full)].add(full)
        for full in self.full_names:
            if (first := first_surname(full)) and first not in {surname(other) for other in self.full_names}:
                found[first].add(full)
        return {last: one for last, names in found.items() if (one := _one_bearer(names))}

    @cached_property
    def family_names(self) -> dict[str, tuple[str, ...]]:
        """Surname -> all full personal names in the report that end in it, the most frequent first."""
        found: dict[str, set[str]] = defaultdict(set)
        for full in self.full_names:
            found[surname(full)].add(full)
        text = fold(self.doc.text)
        return {last: tuple(sorted(names, key=lambda n: (-text.count(fold(n)), n))) for last, names in found.items()}

    @cached_property
    def first_names(self) -> dict[str, str]:
        """Given name -> the one full personal name in the report that begins with it."""
        found: dict[str, set[str]] = defaultdict(set)
        for full in self.full_names:
            found[fold(full).lower().split()[0]].add(full)
        return {first: one for first, names in found.items() if (one := _one_bearer(names))}

    @cached_property
    def full_names(self) -> frozenset[str]:
        """Personal names of two or more words in the report, without titles."""
        known = {n.entry.actor.name for n in self.names if n.entry.kind == "person"}
        entities = (bare_name(e.text) for e in self.doc.ents if e.label_ == "PERSON" and not self._mere_words(e))
        return frozenset(known | {name for name in entities if " " in name})

    def _mere_words(self, entity: Span) -> bool:
        """Whether a name in a headline is but its capitals: its last word stands small elsewhere in the report."""
        words = [t for t in entity.sent if t.is_alpha and len(t) > 3]
        shouted = sum(t.text[0].isupper() for t in words) > 0.6 * max(1, len(words))
        return shouted and entity[-1].lower_ in self._small_words

    @cached_property
    def _small_words(self) -> frozenset[str]:
        """The words of the report that are written small."""
        return frozenset(t.text for t in self.doc if t.is_lower)

    @cached_property
    def surname_tokens(self) -> frozenset[int]:
        """Capitalised tokens that are the surname of an office-holder of that day and no known name otherwise."""
        return frozenset(
            t.i
            for t in self.doc
            if t.pos_ == "PROPN"
            and len(t.text) > 3
            and t.i not in self.by_token
            and t.text[0].isupper()
            and not t.is_upper
            and surname(t.text) in persons_by_surname()
            and not self._mere_place(t.i)
            and in_office(t.text, self.day, self.spoken)
        )

    def _mere_place(self, token: int) -> bool:
        """Whether a capitalised word is a place here: read as one, and no title stands before it."""
        word = self.doc[token]
        titled = token > 0 and self.doc[token - 1].lower_ in titles()
        return not titled and (word.ent_type_ in {"GPE", "LOC", "FAC"} or word.idx in self.by_offset)

    @cached_property
    def paragraphs(self) -> tuple[int, ...]:
        """For each token the number of its paragraph."""
        numbers, current = [], 0
        for token in self.doc:
            numbers.append(current)
            current += "\n" in token.text
        return tuple(numbers)

    @cached_property
    def groups(self) -> tuple[Name, ...]:
        """Where the report names armed groups."""
        return tuple(n for n in self.names if n.entry.kind == "group")

    @cached_property
    def home(self) -> str | None:
        """The state the report is mostly about: the most named, else that of the dateline."""
        if self.spoken_of:
            (first, top), *rest = self.spoken_of.most_common(2)
            if not rest or top > rest[0][1] or not self.dateline:
                return first
        return self.dateline


def _one_bearer(names: set[str]) -> str | None:
    """The one person that several full names mean: they agree, or one alone is an office-holder's."""
    if len({fold(n).lower().split()[0] for n in names}) == 1:
        return min(names, key=len)
    holders = [n for n in names if n in terms()]
    return holders[0] if len(holders) == 1 else None


def bare_name(text: str) -> str:
    """A personal name without the titles before it and the possessive after it."""
    words = text.replace("’s", "").replace("'s", "").split()
    while len(words) > 1:
        size = next((n for n in range(min(4, len(words) - 1), 0, -1) if " ".join(words[:n]).lower() in titles()), 0)
        if not size:
            break
        words = words[size:]
    while len(words) > 1 and words[-1].lower() in word_class("headline verb"):
        words.pop()
    return " ".join(words)


def _dateline(report: Report) -> str | None:
    if not report.dateline:
        return None
    for name in (report.dateline, report.dateline.title(), report.dateline.split(",")[0].title()):
        for entry in entries().get(fold(name), ()):
            if entry.kind in {"capital", "state"}:
                return entry.actor.country
    code = country_of(report.dateline.split(",")[0].title())
    return code if code in states() else None


def _is_namesake(name: Name, place: Place | None) -> bool:
    """Whether a state's name is read as a place within another state: Georgia beside Alabama and Texas."""
    if name.entry.kind != "state" or place is None or place.region is None:
        return False
    return place.country not in {None, name.entry.actor.country}


def _by_offset(places: tuple[Place, ...], doc: Doc) -> dict[int, Place]:
    found: dict[int, Place] = {}
    for place in places:
        for token in doc.char_span(place.start, place.end) or ():
            found[token.idx] = place
    return found


def set_scene(parse: Parse, report: Report, places: tuple[Place, ...], own: OwnActors | None = None) -> Scene:
    """Look up the report's names, in the user's own table first, and lay out its places."""
    doc = parse.doc
    names = find_names(doc, report.published.year if report.published else None, own)
    by_offset = _by_offset(places, doc)
    names = tuple(n for n in names if not _is_namesake(n, by_offset.get(doc[n.start].idx)))
    by_token = {i: name for name in names for i in range(name.start, name.end)}
    return Scene(doc, report.published, names, places, _dateline(report), by_token, by_offset, own)
