"""What an act is about: PLOVER's contexts, by the words around it and by what it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from dotterel.contexts.weigh import Weighed, weighed
from dotterel.contexts.words import Hit, find_words
from dotterel.types import Event, Report

__all__ = ["Weighed", "contexts_of", "find_contexts", "why"]


def find_contexts(events: Iterable[Event], report: Report) -> tuple[Event, ...]:
    """The events of a report, each with its contexts."""
    hits = find_words(report.text)
    return tuple(replace(event, contexts=contexts_of(event, report, hits)) for event in events)


def contexts_of(event: Event, report: Report, hits: tuple[Hit, ...]) -> tuple[str, ...]:
    """The contexts of one event, the likeliest first; `hits` are what `find_words` found in its text."""
    return tuple(one.context for one in weighed(event, report, hits))


def why(event: Event, report: Report) -> tuple[Weighed, ...]:
    """The contexts of one event with the words and signs that speak for each."""
    return weighed(event, report, find_words(report.text))
