"""Labelled sentences: JSON lines in, marked pairs with type, mode and status out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations
from pathlib import Path
from typing import Any

from dotterel import codebook
from dotterel.errors import InputError
from dotterel.events.marking import Marked, Offsets

NONE = "NONE"
STATUSES = ("occurred", "ongoing", "planned", "proposed", "hypothetical", "negated")
PARTS = 100  # into which sentences fall by their words


@dataclass(frozen=True, slots=True)
class Pair:
    """Two marked spans of a sentence and the act that links them."""

    sentence: str
    actor: Offsets | None  # None where the sentence does not tell it
    recipient: Offsets | None
    type: str  # NONE for no act
    mode: str | None  # an empty one is none in particular, None is not told
    status: str | None  # None for no act
    plv: str | None = None  # the act's type in PLOVER's first, fifteen-type scheme; None where the codebook is another

    @property
    def marked(self) -> Marked:
        """What the classifier is asked."""
        return self.sentence, self.actor, self.recipient


def read_corpus(paths: Iterable[Path]) -> list[Pair]:
    """The pairs of corpus files.

    A line holds a `sentence` and either `pairs`, or the `actor`, `recipient`, `type`, `mode` and `status` of one pair.
    Spans are [start, end] or the words themselves; a mode of null fits none, one left out is not told. With `parties`
    (a list of spans), every ordered pair of them that is not listed is NONE. Raises InputError naming file and line
    for what cannot be read.
    """
    return [pair for path in paths for number, row in lines(path) for pair in checked(row, path, number)]


def lines(path: Path) -> Iterator[tuple[int, Any]]:
    """Number and content of each line."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"the corpus {path} cannot be read ({error})") from None
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except ValueError as error:
                raise InputError(f"{path}, line {number}: no JSON ({error})") from None


def checked(row: Any, path: Path, number: int) -> list[Pair]:
    """The pairs of a line; InputError with its place where it is not as it must be."""
    try:
        return pairs_of(row)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        reason = f"lacks {error}" if isinstance(error, KeyError) else str(error)
        raise InputError(
            f"{path}, line {number}: {reason}; "
            f'a line is {{"sentence": ..., "actor": ..., "recipient": ..., "type": ...}}'
        ) from None


def pairs_of(row: Mapping[str, Any]) -> list[Pair]:
    """The pairs a line lists, then those that its parties make with no act between them."""
    sentence = row["sentence"]
    told = [pair_of(sentence, p) for p in row.get("pairs", [row])]
    listed = {(p.actor, p.recipient) for p in told}
    parties = [span_of(sentence, p) for p in row.get("parties", [])]
    silent = [Pair(sentence, a, r, NONE, None, None) for a, r in permutations(parties, 2) if (a, r) not in listed]
    acting = {p.actor for p in told}
    undergoing = {p.recipient for p in told}
    idle = [Pair(sentence, a, None, NONE, None, None) for a in parties if a not in acting]
    spared = [Pair(sentence, None, r, NONE, None, None) for r in parties if r not in undergoing]
    return [*told, *silent, *idle, *spared]


def pair_of(sentence: str, told: Mapping[str, Any]) -> Pair:
    """One listed pair. Raises ValueError for a span outside the sentence or an unknown status."""
    kind, status = told["type"], told.get("status")
    if not isinstance(kind, str) or not kind:
        raise ValueError(f"the type is {kind!r}, no word")
    if status not in {*STATUSES, None}:
        raise ValueError(f"the status is {status!r}, none of {', '.join(STATUSES)}")
    actor, recipient = (span_of(sentence, told.get(role)) for role in ("actor", "recipient"))
    if kind == NONE:
        return Pair(sentence, actor, recipient, NONE, None, None)
    mode = (told["mode"] or "") if "mode" in told else None
    return Pair(sentence, actor, recipient, kind, mode, status or "occurred", plv_of(told))


def plv_of(told: Mapping[str, Any]) -> str | None:
    """The type in the fifteen-type scheme: as the line says, else as the codebook converts it."""
    if "plv" in told or told["type"] not in {t.name for t in codebook.types()}:
        return told.get("plv")
    return codebook.plv(told["type"], told.get("mode"), told.get("status") or "occurred")


def span_of(sentence: str, told: Any) -> Offsets | None:
    """A span given as offsets or as words. Raises ValueError where the sentence does not hold it."""
    if told is None:
        return None
    if isinstance(told, str):
        start = sentence.find(told)
        if start < 0 or not told:
            raise ValueError(f"the span {told!r} is not in the sentence")
        return start, start + len(told)
    start, end = told
    if not 0 <= start < end <= len(sentence):
        raise ValueError(f"the span {told} lies outside the sentence of {len(sentence)} characters")
    return start, end


def part_of(sentence: str) -> int:
    """The part, of a hundred, that a sentence falls into: always the same for the same words."""
    return int.from_bytes(hashlib.sha256(sentence.encode()).digest()[:4]) % PARTS


def split(pairs: Sequence[Pair], *bounds: int) -> list[list[Pair]]:
    """Pairs by the part of their sentence: those below the first bound, below the second, ..., and the rest."""
    edges = (0, *bounds, PARTS)
    return [[p for p in pairs if low <= part_of(p.sentence) < high] for low, high in pairwise(edges)]
