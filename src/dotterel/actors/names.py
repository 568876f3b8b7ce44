"""Finds in a report every name the tables know, and decides what each stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from ahocorasick_rs import AhoCorasick

from dotterel.actors.knowledge import Entry, entries, news_agencies
from dotterel.actors.own import OwnActors
from dotterel.actors.spelling import slips
from dotterel.actors.vocabulary import fold, word_class
from dotterel.types import Alternative

if TYPE_CHECKING:
    from dotterel.parsing import Doc

# tokens of these parts of speech do not begin or form a name of one word in running text
_COMMON = {"VERB", "ADV", "ADP", "PRON", "DET", "SCONJ", "CCONJ", "INTJ"}


DECIDED, UNDECIDED = 0.1, 0.4  # belief left to the other meanings of a name where the report tells them apart, or not
SHORT = 4  # letters up to which initials need their state spoken of
_OF_STATES = {"state", "demonym", "capital", "seat"}


Span = tuple[int, int, tuple[Entry, ...]]  # tokens start to end (exclusive), what they may stand for


@dataclass(frozen=True, slots=True)
class Name:
    """A known name in the report: tokens start to end (exclusive), its syntactic head, what it stands for."""

    start: int
    end: int
    root: int
    entry: Entry
    others: tuple[Alternative, ...] = ()  # what else it may stand for

    @property
    def score(self) -> float:
        """Belief that the entry is meant, 0 to 1."""
        return 1.0 - sum(a.score for a in self.others)


@lru_cache(maxsize=1)
def _automaton() -> tuple[AhoCorasick, list[str]]:
    patterns = list(entries())
    return AhoCorasick(patterns), patterns


def _bounded(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return not (before.isalnum() or after.isalnum())


def _spans(text: str, automaton: AhoCorasick, patterns: Sequence[str]) -> list[tuple[int, int, str]]:
    """Longest, leftmost occurrences of known names with word boundaries on both sides."""
    hits = automaton.find_matches_as_indexes(text, overlapping=True)
    found = sorted(((s, e, patterns[p]) for p, s, e in hits if _bounded(text, s, e)), key=lambda h: (h[0], -h[1]))
    kept: list[tuple[int, int, str]] = []
    for hit in found:
        if not kept or hit[0] >= kept[-1][1]:
            kept.append(hit)
    return kept


def span_root(doc: Doc, start: int, end: int) -> int:
    """The token of the span that is governed from outside it; the last such."""
    for i in range(end - 1, start - 1, -1):
        head = doc[i].head.i
        if not start <= head < end or head == i:
            return i
    return end - 1


def _plausible(doc: Doc, start: int, end: int, name: str) -> bool:
    """Whether a name of one word is meant as a name, not as the common word it looks like."""
    if start and doc[start - 1].text == "New" and doc[start - 1].pos_ == "PROPN":
        return False  # "New Mexico", "New Jersey"
    if end - start > 1:
        return True
    token = doc[start]
    if name in word_class("half"):
        return _half_named(doc, start)
    if len(name) == 2 and name in {"IS", "US", "IT", "AN", "ON", "UP"}:
        return not _shouting(doc, start)
    if name.isupper() and len(name) > 2:
        return not _shouting(doc, start)
    if not name[0].isupper():
        return token.pos_ in {"NOUN", "PROPN", "ADJ", "X"}
    return not (token.pos_ in _COMMON and (token.is_sent_start or not token.ent_type_))


def _half_named(doc: Doc, i: int) -> bool:
    """Whether "the North" stands alone with its capital, as news call one of two states of a name."""
    after = doc[i + 1] if i + 1 < len(doc) else None
    alone = after is None or after.pos_ not in {"PROPN", "NOUN", "ADJ", "NUM"}
    return i > 0 and doc[i - 1].lower_ == "the" and alone


def _as_agency(doc: Doc, end: int, name: str, options: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """What a name stands for, only an agency where "news agency" follows it; empty if none is known."""
    if name.lower().startswith("the ") and _goes_on(doc, end):
        options = tuple(e for e in options if e.kind != "medium")
    follows = end + 1 < len(doc) and doc[end].lower_ == "news" and doc[end + 1].lower_ == "agency"
    if not follows or any(e.kind in {"state", "demonym", "people", "medium", "seat"} for e in options):
        return options
    return (news_agencies()[name],) if name in news_agencies() else ()


def _of_state(doc: Doc, end: int, options: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """What a name stands for, no state where it names a language: "Russian-speaking separatists"."""
    after = end + 1 if end < len(doc) and doc[end].text == "-" else end
    if after >= len(doc) or doc[after].lower_ not in word_class("tongue"):
        return options
    return tuple(e for e in options if e.kind not in {"demonym", "people"})


def _goes_on(doc: Doc, end: int) -> bool:
    """Whether a longer name stands there: "the Independent Electoral Commission" is no newspaper."""
    after = doc[end] if end < len(doc) else None
    return after is not None and after.is_title and after.pos_ == "PROPN" and after.ent_type_ not in {"DATE", "PERSON"}


def _shouting(doc: Doc, i: int) -> bool:
    sentence = doc[i].sent
    return sum(t.is_upper for t in sentence if t.is_alpha) > 0.7 * max(1, sum(t.is_alpha for t in sentence))


def _choose(
    options: tuple[Entry, ...], year: int | None, context: Counter[str]
) -> tuple[Entry, tuple[Alternative, ...]]:
    """Of several things a name may stand for, the one that existed then and whose country the report speaks of."""
    if len(options) == 1:
        return options[0], ()

    def fit(entry: Entry) -> tuple[bool, bool, bool]:
        return entry.lived(year), context[entry.actor.id] > 0, context[entry.actor.country or ""] > 0

    best = max(options, key=fit)
    rivals = [e for e in options if e is not best and e.lived(year) == best.lived(year)]
    left = DECIDED if all(fit(e) < fit(best) for e in rivals) else UNDECIDED
    return best, tuple(Alternative(e.actor, round(left / len(rivals), 3)) for e in rivals)


def _at_home(doc: Doc, spans: list[Span]) -> list[Span]:
    """The names, those that bodies of many states share only where the report speaks of the body's state."""
    own = ((s, options) for s, e, options in spans if doc[s:e].text not in word_class("half"))
    spoken = {o.actor.country for _, options in own for o in options if o.kind in _OF_STATES}
    kept = []
    for start, end, options in spans:
        name = doc[start:end].text
        told = tuple(o for o in options if not _shared(name, o) or o.actor.country in spoken)
        if told:
            kept.append((start, end, told))
    return kept


def _shared(name: str, option: Entry) -> bool:
    """Whether a name is borne in many states ("National Guard"), or is the short initials of a party."""
    if name in word_class("half"):
        return True
    if option.kind not in {"organisation", "group"} or option.actor.country in {"IGO", "NGO", "NSA", "MNC", None}:
        return False
    initials = (
        option.kind == "organisation"
        and name.isupper()
        and len(name) <= SHORT
        and option.actor.sector in {"PTY", "OPP", "CVL", "GOV", "BUS"}
    )
    return initials or name.lower() in word_class("shared name")


def find_names(doc: Doc, year: int | None, own: OwnActors | None = None) -> tuple[Name, ...]:
    """The known names of a report in text order; they never overlap. Names of the user's own win over the package's."""
    starts = {t.idx: t.i for t in doc}
    ends = {t.idx + len(t.text): t.i + 1 for t in doc}
    table, text = entries(), fold(doc.text)
    first = _spans(text, own.automaton, own.patterns) if own else []
    mine = [(starts[s], ends[e], own.entries[n]) for s, e, n in first if own and s in starts and e in ends]
    taken = {i for start, end, _ in mine for i in range(start, end)}
    spans = mine + [
        (starts[s], ends[e], options)
        for s, e, name in _spans(text, *_automaton())
        if s in starts
        and e in ends
        and not taken & set(range(starts[s], ends[e]))
        and _plausible(doc, starts[s], ends[e], name)
        and (options := _of_state(doc, ends[e], _as_agency(doc, ends[e], name, table[name])))
    ]
    taken = {i for start, end, _ in spans for i in range(start, end)}
    spans = sorted([*_at_home(doc, spans), *slips(doc, taken)], key=lambda s: s[0])
    sure = [options[0].actor for _, _, options in spans if len(options) == 1]
    context = Counter([a.id for a in sure] + [a.country for a in sure if a.country])
    return tuple(Name(s, e, span_root(doc, s, e), *_choose(options, year, context)) for s, e, options in spans)
