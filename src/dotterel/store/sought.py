"""What is sought in a database: words, and filters on what was coded."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dotterel.errors import StoreError
from dotterel.store.terms import terms

UNITS = ("events", "linked", "reports")
CORRECTED = ("accepted", "edited", "added", "none")
PHRASE = re.compile(r'"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Search:
    """What is sought. Words must all be in the report, a phrase stands in quotation marks; None asks for nothing."""

    words: str = ""
    by: str = "events"  # events, linked (each act once) or reports
    actor: str | None = None  # a country, an id, or part of a name (see `whom`); on either side
    dyad: tuple[str, str] | None = None  # who acted, toward whom
    between: tuple[str, str] | None = None  # two parties, whoever acted, and what they did together
    type: str | None = None
    mode: str | None = None
    quad: int | None = None
    status: str | None = None
    country: str | None = None  # where it happened, or of a party
    where: str | None = None  # where it happened alone: code of a country, "none" where no country is known
    located: bool | None = None  # whether the place where it happened has coordinates
    place: str | None = None  # part of the name of the place where it happened, or of the words for it
    context: str | None = None
    since: str | None = None  # first day, month or year
    until: str | None = None
    source: str | None = None  # part of the name of publisher or agency
    report: str | None = None  # id of the report that tells it
    corrected: str | None = None  # by a person: accepted, edited, added or none; of a linked event, any of its members
    min_confidence: float = 0.0
    max_confidence: float = 1.0
    limit: int = 50

    @property
    def phrases(self) -> list[str]:
        """The phrases, as they are looked for in small letters."""
        found = (" ".join(phrase.lower().split()) for phrase in PHRASE.findall(self.words))
        return [phrase for phrase in found if phrase]

    @property
    def terms(self) -> list[str]:
        """The terms to be found, each once."""
        return list(dict.fromkeys(terms(self.words)))

    def check(self) -> None:
        """Raises StoreError where a filter asks for what there cannot be, or no word is left to look up."""
        if self.by not in UNITS:
            raise StoreError(f"'{self.by}' is nothing to search by; known: {', '.join(UNITS)}")
        if self.words.strip() and not self.terms:
            raise StoreError(f"'{self.words}' has common words only, which are not looked up; add one that tells more")
        if self.corrected is not None and self.corrected not in CORRECTED:
            raise StoreError(f"'{self.corrected}' is no state of correction; known: {', '.join(CORRECTED)}")
