"""The links between the pages of a list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dotterel.errors import InputError


@dataclass(frozen=True, slots=True)
class Turn:
    """A link to another page of a list; `page` is None where there is none that way."""

    words: str
    page: int | None

    @property
    def name(self) -> str:
        """What the link is found by."""
        return self.words.lower()


def page_count(total: int, size: int) -> int:
    """How many pages of a size a list fills; an empty one has a page that says so."""
    return max(1, -(-total // size))


def pages_with(page: int, total: int, size: int) -> int:
    """How many pages there are. Raises InputError where the one asked for is not among them."""
    pages = page_count(total, size)
    if page > pages:
        raise InputError(f"page: there is no page {page:,}; the last is {pages:,}")
    return pages


def turns(page: int, pages: int) -> Iterator[Turn]:
    """First, previous, next and last."""
    yield Turn("First", 1 if page > 1 else None)
    yield Turn("Previous", page - 1 if page > 1 else None)
    yield Turn("Next", page + 1 if page < pages else None)
    yield Turn("Last", pages if page < pages else None)
