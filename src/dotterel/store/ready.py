"""What the store writes of a coding beside its rows, made where it is coded, so that the writer is spared it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields

from dotterel.events.sense import sense_of
from dotterel.linking.facts import Facts, facts_of
from dotterel.linking.reprints import bands_of
from dotterel.piping import Loading
from dotterel.store.terms import terms
from dotterel.types import Coding, Failure, Report

PARTS = tuple(one.name for one in fields(Coding))


@dataclass(frozen=True, slots=True)
class Ready(Coding):
    """A coding, and what is linked and sought by; nothing of it depends on other reports."""

    facts: tuple[Facts, ...] = ()  # of each event, in order
    terms: Counter[str] = field(default_factory=Counter)  # of the text
    bands: tuple[int, ...] = ()  # of the text, by which copies are found


def ready(coding: Coding) -> Ready:
    """The coding made ready, unless it is."""
    if isinstance(coding, Ready):
        return coding
    text = coding.report.text
    parts = {name: getattr(coding, name) for name in PARTS}
    return Ready(**parts, facts=facts_of(coding, sense_of), terms=Counter(terms(text)), bands=bands_of(text))


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
