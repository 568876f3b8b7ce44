"""Parses and codes the short texts of the tests, each of them once."""

from __future__ import annotations

from datetime import date
from functools import cache

from dotterel.actors import find_actors
from dotterel.attribution import find_attributions
from dotterel.coder import code_parse
from dotterel.events.candidate import Candidate
from dotterel.events.candidates import find_candidates
from dotterel.events.draft import Draft, draft
from dotterel.events.lexicon import load
from dotterel.events.locate import scene_of
from dotterel.events.setting import Context
from dotterel.parsing import Parse, parse
from dotterel.places import find_places
from dotterel.reading.text import report_as_is, with_default_date
from dotterel.times import find_times
from dotterel.types import ActorMention, Coding, Report, Roster

DAY = "2019-05-14"  # a Tuesday


@cache
def parsed(text: str) -> Parse:
    """The parse of a text."""
    return parse(text)


def report(text: str, published: str = DAY) -> Report:
    """A report of exactly that text, published on that day."""
    return with_default_date(report_as_is(text), date.fromisoformat(published))


@cache
def coded(text: str, published: str = DAY) -> Coding:
    """The coding of a text published on that day."""
    return code_parse(report(text, published), parsed(text))


@cache
def candidates(text: str) -> tuple[Candidate, ...]:
    """The candidate acts of a text."""
    return tuple(find_candidates(parsed(text).doc, load()))


def candidate(text: str, kind: str) -> Candidate:
    """The only candidate of that type. Raises ValueError where there are none or several."""
    (found,) = [c for c in candidates(text) if c.row.type == kind]
    return found


@cache
def roster_of(text: str) -> Roster:
    """The actors that a text names."""
    source, parse_ = report(text), parsed(text)
    return find_actors(parse_, source, find_places(parse_, source))


@cache
def drafts(text: str, published: str = DAY) -> tuple[Draft, ...]:
    """The acts a text published on that day tells, before the same acts are joined."""
    source, parse_ = report(text, published), parsed(text)
    places = find_places(parse_, source)
    roster = find_actors(parse_, source, places)
    times, cited = find_times(parse_, source), find_attributions(parse_, source, roster)
    context = Context(source, roster, times, places, cited, load(), scene_of(places))
    return tuple(d for c in candidates(text) if (d := draft(c, context)) is not None)


def names(mentions: tuple[ActorMention, ...]) -> set[str]:
    """What each mention is called in a table of expectations: the country of its actor, and its name."""
    return {n for m in mentions for n in (m.actor.country, m.actor.name) if n}
