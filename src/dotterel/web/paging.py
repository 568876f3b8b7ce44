"""The links between the pages of a list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """A link to another page of a list; `page` is None where there is none that way."""

    words: str
    page: int | None

    @property
    def name(self) -> str:
        """What the link is found by."""
        return self.words.lower()


def turns(page: int, pages: int) -> Iterator[Turn]:
    """First, previous, next and last."""
    yield Turn("First", 1 if page > 1 else None)
    yield Turn("Previous", page - 1 if page > 1 else None)
    yield Turn("Next", page + 1 if page < pages else None)
    yield Turn("Last", pages if page < pages else None)
