"""Finds the time expressions of a report and resolves them against its day of publication."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dotterel.calendar_days import Stretch
from dotterel.time_rules import Context, Match, Rule, any_of, rules, words
from dotterel.types import Interval, Report

if TYPE_CHECKING:
    from dotterel.parsing import Parse, Token

MODALS = {"will", "shall", "wo", "'ll", "’ll", "would", "could", "should", "might", "may", "must", "can"}


def find_times(parse: Parse, report: Report) -> tuple[Interval, ...]:
    """All time expressions of the report that can be resolved, in the order of the text.

    Relative ones need `report.published`, or an expression before them; those that cannot be resolved are left out.
    """
    starts = [token.idx for token in parse.doc]
    found: list[Interval] = []
    end = 0
    for match, rule in _candidates(report.text):
        if match.start() < end:
            continue
        if rule is None:
            end = match.end()
            continue
        context = _context(match, parse, report, starts, found[-1] if found else None)
        interval = _resolve(match, rule, context)
        if interval is not None:
            found.append(interval)
            end = match.end()
    return tuple(_joined(found, report.text))


def event_time(
    times: tuple[Interval, ...], head_start: int, clause: tuple[int, int], sentence: tuple[int, int]
) -> Interval | None:
    """The interval that dates a trigger at `head_start`: the nearest inside its clause, else inside its sentence.

    All positions are character offsets in `Report.text`; None where the sentence names no time.
    """
    for start, end in (clause, sentence):
        inside = [t for t in times if start <= t.start and t.end <= end]
        if inside:
            return min(inside, key=lambda t: (max(t.start - head_start, head_start - t.end), t.start))
    return None


def _candidates(text: str) -> Iterator[tuple[Match, Rule | None]]:
    """Every match of every rule, the earlier and longer first; a name that is no time comes with None."""
    found: list[tuple[Match, Rule | None]] = [(m, rule) for rule in rules() for m in rule.pattern.finditer(text)]
    found += [(m, None) for m in re.finditer(rf"\b(?:{any_of(words('not_time'))})\b", text)]
    return iter(sorted(found, key=lambda pair: (pair[0].start(), -pair[0].end())))


def _resolve(match: Match, rule: Rule, context: Context) -> Interval | None:
    stretch = rule.resolve(match, context)
    if stretch is None:
        return None
    reason = rule.name
    if match["part"]:
        stretch, reason = _part(stretch, match["part"], context.published), f"part of {reason}"
    if match["since"]:
        first = stretch[0]
        stretch, reason = (first, max(first, context.published or first), "open"), f"since {reason}"
    if context.direction and not match.groupdict().get("year"):
        reason += f", {context.direction} tense"
    return Interval(*stretch, text=match.group(), start=match.start(), end=match.end(), reason=reason)


def _part(stretch: Stretch, part: str, published: date | None) -> Stretch:
    """The early, middle or late share of a stretch, or what of it lies before or after publication."""
    first, last, precision = stretch
    if first == last:
        return stretch
    share = words("part")[" ".join(part.lower().split())]
    if share in {"before", "after"}:
        if published is None or not first <= published <= last:
            return stretch
        return (first, published, precision) if share == "before" else (published, last, precision)
    low, high = (int(x) / 100 for x in share.split())
    days = (last - first).days + 1
    narrowed = first + timedelta(int(days * low)), first + timedelta(int(days * high) - 1)
    return *narrowed, "season" if precision == "year" else precision


def _joined(found: list[Interval], text: str) -> list[Interval]:
    """Make one range of two expressions written "between A and B" or "from A to B"."""
    joined: list[Interval] = []
    for interval in found:
        before = joined[-1] if joined else None
        if before and before.precision != "open":
            opening = re.search(r"\b(between|from)\s+(?:the\s+)?$", text[: before.start], re.IGNORECASE)
            linked = re.fullmatch(r"\s*(and|to|until|till|through|-|–)\s*", text[before.end : interval.start])
            if opening and linked and before.first <= interval.last:
                span = text[opening.start() : interval.end]
                joined[-1] = Interval(
                    before.first,
                    interval.last,
                    "range",
                    span,
                    opening.start(),
                    interval.end,
                    f"range of {before.reason}",
                )
                continue
        joined.append(interval)
    return joined


# --- tense: whether an expression looks back or ahead ---------------------------------------------------------------


def _context(match: Match, parse: Parse, report: Report, starts: list[int], previous: Interval | None) -> Context:
    before = report.text[max(0, match.start() - 20) : match.start()].rstrip().lower()
    token = _head(match, parse, starts)
    verb, direct = _governor(token, match.start())
    ahead = re.search(rf"\b(?:{any_of(words('ahead'))})(?:\s+of)?(?:\s+(?:the|its|his|her|their))?$", before)
    in_title = bool(report.title) and match.end() <= len(report.title or "")
    direction = "future" if ahead else _tense(verb, in_title) if verb is not None else None
    return Context(report.published, previous, direction, direct, before)


def _head(match: Match, parse: Parse, starts: list[int]) -> Token:
    """The token of the expression that hangs on a word outside it."""
    first = max(0, bisect_right(starts, match.start()) - 1)
    inside = [t for t in parse.doc[first : bisect_right(starts, match.end() - 1)] if not t.is_space]
    outer = [t for t in inside if t.head not in inside or t.head == t]
    return (outer or inside or [parse.doc[first]])[-1]


def _governor(token: Token, start: int) -> tuple[Token | None, bool]:
    """The verb above a token, and whether no noun stands between them."""
    direct, node = True, token
    while node.head != node:
        node = node.head
        if node.pos_ in {"VERB", "AUX"}:
            return node, direct
        if node.pos_ in {"NOUN", "PROPN"}:
            direct = False
            if node.lemma_.lower() in words("prospective"):
                return node, direct
    return None, False


def _tense(verb: Token, in_title: bool) -> str | None:
    """Past or future, as the verb group says; None where it does not tell."""
    if verb.pos_ == "NOUN":
        return "future"
    auxiliaries = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    lowered = {c.lower_ for c in auxiliaries}
    if lowered & MODALS:
        return "past" if "have" in lowered else "future"
    if "to" in lowered:
        return "past" if "have" in lowered else _tense_of_infinitive(verb, in_title)
    if any(c.tag_ == "VBD" for c in auxiliaries) or lowered & {"has", "have", "having", "'ve", "’ve"}:
        return _prospective_or(verb, "past")
    if verb.tag_ == "VBD":
        return "past"
    if verb.tag_ in {"VBN", "VBG"} and not auxiliaries:
        return _prospective_or(
            verb, "past" if verb.tag_ == "VBN" or verb.head == verb else _tense_above(verb, in_title)
        )
    if in_title:
        return "past"
    return "future" if verb.tag_ in {"VBZ", "VBP", "VBG"} else _prospective_or(verb, None)


def _prospective_or(verb: Token, tense: str | None) -> str | None:
    """A participle such as "scheduled" puts the date ahead, whatever its auxiliary; other verbs keep their tense."""
    return "future" if verb.tag_ == "VBN" and verb.lemma_.lower() in words("scheduled") else tense


def _tense_above(verb: Token, in_title: bool) -> str | None:
    above, _ = _governor(verb, verb.idx)
    return _tense(above, in_title) if above is not None else None


def _tense_of_infinitive(verb: Token, in_title: bool) -> str | None:
    """ "due to meet" and a bare "to meet" look ahead; "came to meet" has the tense of its own verb."""
    if verb.head == verb or verb.head.lemma_.lower() in words("prospective"):
        return "future"
    return _tense_above(verb, in_title)
