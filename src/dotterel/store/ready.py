"""What the store writes of a coding beside its rows, made where it is coded, so that the writer is spared it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from typing import Any

from dotterel.events.sense import sense_of
from dotterel.linking.facts import Facts, facts_of
from dotterel.linking.reprints import bands_of
from dotterel.piping import Loading
from dotterel.store.terms import term_counts
from dotterel.types import Coding, Failure, Report

PARTS = tuple(one.name for one in fields(Coding))


@dataclass(frozen=True, slots=True)
class Ready(Coding):
    """A coding, and what is linked and sought by; nothing of it depends on other reports."""

    facts: tuple[Facts, ...] = ()  # of each event, in order
    terms: Counter[str] = field(default_factory=Counter)  # of the text
    bands: tuple[int, ...] = ()  # of the text, by which copies are found


@dataclass(frozen=True, slots=True)
class Sensed(Coding):
    """A coding with the dearest of what makes it ready, as the parts of a cluster keep it."""

    senses: tuple[bytes, ...] = ()  # of the sentences that tell its events most fully


def ready(coding: Coding) -> Ready:
    """The coding made ready, unless it is."""
    if isinstance(coding, Ready):
        return coding
    one, text = sensed(coding), coding.report.text
    senses = dict(zip(fullest(one), one.senses, strict=True))
    facts = facts_of(one, senses.__getitem__)
    return Ready(**fields_of(one), facts=facts, terms=term_counts(text), bands=bands_of(text))


def sensed(coding: Coding) -> Sensed:
    """The coding with the sense of its sentences, unless it has it."""
    if isinstance(coding, Sensed):
        return coding
    return Sensed(**fields_of(coding), senses=tuple(map(sense_of, fullest(coding))))


def fullest(coding: Coding) -> list[str]:
    """The sentences that tell its events most fully."""
    return [event.mentions[0].sentence for event in coding.events if event.mentions]


def fields_of(coding: Coding) -> dict[str, Any]:
    """All that a coding has."""
    return {name: getattr(coding, name) for name in PARTS}


class ReadyCoder:
    """Codes for a database: each coding comes ready to be written."""

    def __init__(self, coder: Loading) -> None:
        self._coder = coder

    def load(self) -> None:
        """Load what is needed. Raises DotterelError where that cannot be."""
        self._coder.load()

    def pipe(self, reports: Iterable[Report | Failure]) -> Iterator[Coding | Failure]:
        """Code a stream, in order; failures pass through."""
        for item in self._coder.pipe(reports):
            yield item if isinstance(item, Failure) else ready(item)
