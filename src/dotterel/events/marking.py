"""Sentences with a marked actor and recipient, as the token numbers that the classifier reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dotterel.errors import ModelError

if TYPE_CHECKING:
    from tokenizers import Encoding, Tokenizer

Offsets = tuple[int, int]
Marked = tuple[str, Offsets | None, Offsets | None]  # sentence, offsets of actor and recipient; None where untold

MAX_TOKENS = 150  # of a sentence; a longer one is cut around its two spans
MARKS = ("[unused1]", "[unused2]", "[unused3]", "[unused4]")  # open and close the actor, then the recipient
FIRST, LAST = "[CLS]", "[SEP]"


@dataclass(frozen=True, slots=True)
class Marking:
    """One marked sentence: token numbers, and where the sentence, the actor and the recipient are read off."""

    ids: tuple[int, ...]
    places: tuple[int, int, int]  # positions of the first token, the actor's mark, the recipient's mark (0: untold)


class Marker:
    """Turns marked sentences into token numbers with the tokenizer file of a classifier.

    Raises ModelError where the file cannot be read.
    """

    def __init__(self, path: Path) -> None:
        from tokenizers import Tokenizer

        try:
            self.tokenizer: Tokenizer = Tokenizer.from_file(str(path))
        except Exception as error:  # the library raises bare exceptions
            raise ModelError(f"the tokenizer {path} cannot be read ({error}); train or install it again") from None
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.marks = [self.number(mark) for mark in MARKS]
        self.first, self.last = self.number(FIRST), self.number(LAST)

    def number(self, word: str) -> int:
        """The number of a word of the vocabulary. Raises ModelError where it has none."""
        found = self.tokenizer.token_to_id(word)
        if found is None:
            raise ModelError(f"the tokenizer has no {word}: it is not the one dotterel's classifiers are trained with")
        return int(found)

    def mark(self, items: Sequence[Marked]) -> list[Marking]:
        """The marking of each item; a sentence told several times is split into tokens once."""
        sentences = list(dict.fromkeys(sentence for sentence, _, _ in items))
        split = dict(zip(sentences, self.tokenizer.encode_batch(sentences, add_special_tokens=False), strict=True))
        return [self.marked(split[sentence], actor, recipient) for sentence, actor, recipient in items]

    def marked(self, encoding: Encoding, actor: Offsets | None, recipient: Offsets | None) -> Marking:
        """One sentence's tokens with the marks put in."""
        spans = [token_span(encoding.offsets, span) for span in (actor, recipient)]
        start, end = window(len(encoding.ids), [s for s in spans if s])
        ids, places = [self.first], [0, 0, 0]
        for at in range(start, end + 1):
            self.put_marks(ids, places, spans, at)
            if at < end:
                ids.append(encoding.ids[at])
        return Marking((*ids, self.last), (places[0], places[1], places[2]))

    def put_marks(self, ids: list[int], places: list[int], spans: Sequence[Offsets | None], at: int) -> None:
        """Append the marks that stand before token `at`: what closes there, then what opens."""
        ids.extend(self.marks[2 * role + 1] for role, span in enumerate(spans) if span and span[1] == at)
        for role, span in enumerate(spans):
            if span and span[0] == at:
                places[role + 1] = len(ids)
                ids.append(self.marks[2 * role])


def token_span(offsets: Sequence[Offsets], span: Offsets | None) -> Offsets | None:
    """First token and end of the tokens that share characters with a span; None where there are none."""
    if span is None:
        return None
    inside = [i for i, (start, end) in enumerate(offsets) if start < span[1] and end > span[0]]
    return (inside[0], inside[-1] + 1) if inside else None


def window(length: int, spans: Sequence[Offsets]) -> Offsets:
    """Which tokens of a sentence are read: all, or as many as fit around the spans."""
    if length <= MAX_TOKENS:
        return 0, length
    low, high = min((s[0] for s in spans), default=0), max((s[1] for s in spans), default=0)
    start = max(0, min(low, (low + high - MAX_TOKENS) // 2))
    return start, min(length, start + MAX_TOKENS)
