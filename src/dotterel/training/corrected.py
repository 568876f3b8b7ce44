"""What people corrected, as labelled sentences: the lines that `dotterel train` reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, permutations, product
from typing import Any

from dotterel.store.decided import Decided, DecidedParty
from dotterel.training.corpus import NONE

Span = tuple[int, int]
Ends = tuple[Span | None, Span | None]  # of actor and recipient; None where the act has none
LINE_ENDS = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})  # that JSON leaves as they are


@dataclass(frozen=True, slots=True)
class Labelled:
    """Labelled sentences, and what could not be made into any."""

    rows: tuple[dict[str, Any], ...]  # a line each
    acts: int  # pairs of parties with an act
    none: int  # pairs of parties that no act links
    left_out: tuple[str, ...]  # ids of events whose sentence does not tell in words who takes part

    def lines(self) -> Iterator[str]:
        """The lines of a file."""
        for row in self.rows:
            yield json.dumps(row, ensure_ascii=False).translate(LINE_ENDS) + "\n"


def labelled(decisions: Iterable[Decided]) -> Labelled:
    """The sentences of acts that were decided on: those that hold as examples, those rejected as pairs without an act.

    A party that a person gave by name is looked for in the sentence; an act with a side of which nobody is found there
    is left out.
    """
    rows: list[dict[str, Any]] = []
    left_out: list[str] = []
    for _, group in groupby(decisions, key=lambda one: (one.report_id, one.start, one.sentence)):
        told = list(group)
        pairs = pairs_of(told)
        left_out += [one.event_id for one in told if not ends_of(one)]
        if pairs:
            rows.append({"sentence": told[0].sentence, "report": told[0].report_id, "pairs": pairs})
    kinds = [pair["type"] for row in rows for pair in row["pairs"]]
    return Labelled(tuple(rows), len(kinds) - kinds.count(NONE), kinds.count(NONE), tuple(left_out))


def pairs_of(told: Sequence[Decided]) -> list[dict[str, Any]]:
    """The pairs of one sentence, each once. Two parties with an act that holds are not without one, though another of
    theirs was rejected.
    """
    acting = [pair for one in told if one.type is not None for pair in marked(one)]
    linked = [(pair["actor"], pair["recipient"]) for pair in acting]
    silent = [pair for one in told if one.type is None for pair in marked(one)]
    found: list[dict[str, Any]] = []
    for pair in (*acting, *(pair for pair in silent if (pair["actor"], pair["recipient"]) not in linked)):
        if pair not in found:
            found.append(pair)
    return found


def marked(act: Decided) -> Iterator[dict[str, Any]]:
    """The pairs of an act as a line has them."""
    label = {"type": NONE} if act.type is None else {"type": act.type, "mode": act.mode, "status": act.status}
    for actor, recipient in ends_of(act):
        yield {"actor": actor and list(actor), "recipient": recipient and list(recipient), **label}


def ends_of(act: Decided) -> list[Ends]:
    """Every actor with every recipient; of an act done together, every party with every other; none where a side that
    the act has is not told in its sentence.
    """
    actors, recipients = ([span_of(act.sentence, party) for party in side] for side in (act.actors, act.recipients))
    first, second = ([span for span in spans if span] for spans in (actors, recipients))
    if (actors and not first) or (recipients and not second) or not (first or second):
        return []
    if len(actors) > 1 and not recipients:
        return list(permutations(dict.fromkeys(first), 2))
    nobody: list[Span | None] = [None]
    return [(a, b) for a, b in product(first or nobody, second or nobody) if a != b]


def span_of(sentence: str, party: DecidedParty) -> Span | None:
    """Where the sentence tells a party: the words coded, others that the report has for the same, or the name."""
    for start, end in (*([party.own] if party.own else []), *party.others):
        if 0 <= start < end <= len(sentence):
            return start, end
    for words in (party.name, *party.words):
        found = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", sentence, re.IGNORECASE) if words else None
        if found:
            return found.span()
    return None
