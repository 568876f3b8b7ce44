"""When an act took place: the time told with its own words, in its clause, or in one that governs it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from dotterel.events.candidate import Candidate
from dotterel.events.grammar import is_verb, own_words
from dotterel.events.setting import ATTRIBUTIVE, Context
from dotterel.times import days
from dotterel.times.resolve import numbers
from dotterel.times.told import dated_noun, day_written
from dotterel.types import Interval

if TYPE_CHECKING:
    from dotterel.parsing import Token

CLIMBED = {"xcomp", "ccomp", "advcl", "pcomp", "conj"}  # clauses that share the time of the one above
APART = {"before", "until", "till", "since"}  # conjunctions of a clause with a time of its own
OTHERS = {"those", "including", "ones"}  # "condemned the attacks, including those of 25 June"
UNITS = {"day", "week", "month", "year"}
COUNTED = "relative to an event"  # the reason of "two days after the attack", which dates what came after it
DONE = {"occurred", "ongoing"}


def time_of(candidate: Candidate, context: Context, status: str) -> Interval | None:
    """The time told with the act.

    What is done has none to come, what is to come none of a clause above that is past, and "the 2002 attack" dates
    that attack alone.
    """
    marker = counted_from(candidate)
    if marker is not None:
        return own_time(candidate, context) or counted(candidate, marker, context)
    written = day_written(context.report)
    times = [t for t in context.times if may_date(t, candidate)]
    if status in DONE and written is not None:
        times = [t for t in times if t.first <= written]
    elif status != "negated" and written is not None:  # not the day on which somebody said that it would be
        own = {t.i for t in own_words(candidate.verb)}
        times = [t for t in times if t.last >= written or head_of(t, candidate).i in own]
    return nearest(times, candidate, time_scopes(candidate))


def may_date(time: Interval, candidate: Candidate) -> bool:
    """Is the time no attribute of another noun than the act's own?"""
    head = head_of(time, candidate)
    noun = dated_noun(head, time)
    if candidate.verb.dep_ == "relcl" and candidate.verb.head == head:  # "25 June, when they were killed"
        return True
    if any(t.lower_ in OTHERS for t, _ in zip(head.ancestors, range(3), strict=False)):
        return False
    if noun is not None:
        return candidate.row.pos == "NOUN" and noun in candidate.trigger
    return candidate.row.pos == "NOUN" or head.dep_ not in ATTRIBUTIVE


def head_of(time: Interval, candidate: Candidate) -> Token:
    """The word of a time that hangs on one outside it, the last of several: "November" in "the 13 November attacks"."""
    span = candidate.verb.doc.char_span(time.start, time.end)
    outer = [t for t in span if t.head == t or t.head not in span] if span is not None else []
    return outer[-1] if outer else candidate.verb.doc[0]


def time_scopes(candidate: Candidate) -> Iterator[set[int]]:
    """Where the act's time is sought: the words on its noun, its clause, then the clauses whose time it shares."""
    if candidate.row.pos == "NOUN":
        yield {t.i for t in own_words(candidate.trigger[-1])}
    verb = candidate.verb
    yield {t.i for t in own_words(verb)}
    if verb.dep_ == "relcl":
        yield {verb.head.i}
    while (above := shared(verb)) is not None:
        verb = above
        yield {t.i for t in own_words(verb)}


def shared(verb: Token) -> Token | None:
    """The verb of the clause above, whose time a clause shares: not that of "before it fell"."""
    if verb.dep_ == "acl" and verb.tag_ == "VBG":  # "approved a resolution calling for a truce"
        return verb.head.head if verb.head.dep_ == "dobj" and is_verb(verb.head.head) else None
    if verb.dep_ not in CLIMBED or verb.head == verb:
        return None
    if verb.dep_ == "advcl" and any(c.dep_ == "mark" and c.lower_ in APART for c in verb.children):
        return None
    return verb.head


def nearest(times: Sequence[Interval], candidate: Candidate, scopes: Iterable[set[int]]) -> Interval | None:
    """The time of the innermost scope that has any, nearest to the trigger."""
    here = candidate.trigger[0].idx
    placed = [(time, head_of(time, candidate).i) for time in times]
    for scope in scopes:
        inside = [time for time, word in placed if word in scope]
        if inside:
            return min(inside, key=lambda time: abs(time.start - here))
    return None


# --- "two days after he was shot down" --------------------------------------------------------------------------------


def counted_from(candidate: Candidate) -> Token | None:
    """The "after" or "before" from which another clause's time is counted: "fled two days after they attacked"."""
    head = candidate.head
    marks = [c for c in candidate.verb.children if c.dep_ == "mark"] if candidate.verb.dep_ == "advcl" else []
    above = [head.head] if candidate.row.pos == "NOUN" and head.dep_ == "pobj" else []
    words = (w for w in (*above, *marks) if w.lower_ in {"after", "before"} and w.i > 1)
    return next((w for w in words if w.nbor(-1).lemma_.lower() in UNITS and count_of(w.nbor(-2))), None)


def count_of(word: Token) -> int:
    """The number that a word tells; 0 where it is none."""
    return int(word.text) if word.text.isdigit() else numbers().get(word.lower_, 0)


def own_time(candidate: Candidate, context: Context) -> Interval | None:
    """The time among the act's own words, the count left out."""
    times = [t for t in context.times if may_date(t, candidate) and not t.reason.startswith(COUNTED)]
    word = candidate.trigger[-1] if candidate.row.pos == "NOUN" else candidate.verb
    return nearest(times, candidate, [{t.i for t in own_words(word)}])


def counted(candidate: Candidate, marker: Token, context: Context) -> Interval | None:
    """The time of the clause above, counted back (or on) as the words before the marker say."""
    verb = candidate.verb.head if candidate.verb.dep_ == "advcl" else candidate.verb
    words = {t.i for t in own_words(verb)} - {t.i for t in marker.subtree}
    times = [t for t in context.times if t.precision == "day" and not t.reason.startswith(COUNTED)]
    anchor = nearest(times, candidate, [words])
    if anchor is None:
        return None
    unit, count = marker.nbor(-1).lemma_.lower(), count_of(marker.nbor(-2))
    step = -count if marker.lower_ == "after" else count
    stretch = days.around(days.shift(anchor.first, step, unit), unit)
    start, end = marker.nbor(-2).idx, marker.idx + len(marker)
    text = context.report.text[start:end]
    return Interval(*stretch, text=text, start=start, end=end, reason=f"counted from '{anchor.text}' ({anchor.reason})")
