"""A parsed text in plain Python: words, spans and sentences with the names spaCy gives them, many times faster to ask.

spaCy looks every string of a word up at each asking and makes its words anew; here they are read once and kept.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter
from typing import overload

POSITION = attrgetter("i")


@dataclass(slots=True, eq=False)
class Token:
    """A word, a sign or white space of a text; two are equal where they are the same one."""

    doc: Doc = field(repr=False)
    i: int  # position in the document
    idx: int  # position of its first character in the text
    text: str
    whitespace_: str  # the blank after it, if any
    lower_: str
    lemma_: str
    tag_: str  # its fine part of speech
    pos_: str  # its coarse part of speech
    dep_: str  # what it is to its head
    ent_type_: str
    ent_iob_: str
    is_alpha: bool
    is_upper: bool
    is_lower: bool
    is_title: bool
    is_space: bool
    is_punct: bool
    is_stop: bool
    like_num: bool
    is_sent_start: bool
    first: int = field(repr=False)  # position of the first word that hangs on it, however far down
    last: int = field(repr=False)  # and of the last; spaCy takes either too near where many branches cross
    head: Token = field(init=False, repr=False)  # itself at the root of a sentence
    sent: Span = field(init=False, repr=False)
    before: tuple[Token, ...] = field(init=False, default=(), repr=False)  # words before it that hang on it
    after: tuple[Token, ...] = field(init=False, default=(), repr=False)  # words after it that hang on it
    nested: bool = field(init=False, default=False, repr=False)  # all words between its edges hang on it, none crossed

    def __len__(self) -> int:
        return len(self.text)

    def __str__(self) -> str:
        return self.text

    def __lt__(self, other: Token) -> bool:
        return self.idx < other.idx

    @property
    def children(self) -> Iterator[Token]:
        """The words that hang on it, in order."""
        return iter(self.before + self.after)

    @property
    def lefts(self) -> Iterator[Token]:
        """Those of them before it."""
        return iter(self.before)

    @property
    def rights(self) -> Iterator[Token]:
        """Those of them after it."""
        return iter(self.after)

    @property
    def left_edge(self) -> Token:
        """The first word of all that hangs on it, however far down."""
        return self.doc.tokens[self.first]

    @property
    def right_edge(self) -> Token:
        """The last one."""
        return self.doc.tokens[self.last]

    @property
    def subtree(self) -> Iterator[Token]:
        """It with all that hangs on it, however far down."""
        return iter(self.doc.tokens[self.first : self.last + 1]) if self.nested else self.walked()

    def walked(self) -> Iterator[Token]:
        """The same branch by branch, which is not the order of the text where branches cross."""
        for token in self.before:
            yield from token.subtree
        yield self
        for token in self.after:
            yield from token.subtree

    @property
    def ancestors(self) -> Iterator[Token]:
        """Its head, the head of that, and so on."""
        token = self
        while token.head is not token:
            token = token.head
            yield token

    @property
    def conjuncts(self) -> tuple[Token, ...]:
        """The words coordinated with it."""
        first = self
        while first.dep_ == "conj" and first.head is not first:
            first = first.head
        found = [first]
        for token in found:
            found.extend(c for c in token.after if c.dep_ == "conj")
        return tuple(t for t in found if t is not self)

    def nbor(self, distance: int = 1) -> Token:
        """The word so many further on. Raises IndexError beyond the text."""
        if self.i + distance < 0:
            raise IndexError(self.i + distance)
        return self.doc.tokens[self.i + distance]


class Span:
    """Words of a text that follow each other; two are equal where text, place and label are."""

    __slots__ = ("doc", "end", "label_", "start")

    def __init__(self, doc: Doc, start: int, end: int, label: str = "") -> None:
        self.doc, self.start, self.end, self.label_ = doc, start, end, label

    def __len__(self) -> int:
        return self.end - self.start

    def __iter__(self) -> Iterator[Token]:
        return iter(self.doc.tokens[self.start : self.end])

    def __repr__(self) -> str:
        return self.text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Span) and self.key == other.key and self.doc is other.doc

    def __hash__(self) -> int:
        return hash(self.key)

    def __lt__(self, other: Span) -> bool:
        return self.key < other.key

    @property
    def key(self) -> tuple[int, int, str]:
        """What tells it from other spans of its text."""
        return self.start, self.end, self.label_

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Span: ...
    def __getitem__(self, at: int | slice) -> Token | Span:
        if isinstance(at, int):
            return self.doc.tokens[range(self.start, self.end)[at]]
        start, stop, _ = at.indices(len(self))
        return Span(self.doc, self.start + start, self.start + max(start, stop))

    @property
    def start_char(self) -> int:
        """Position in the text of its first character."""
        return self.doc.tokens[self.start].idx if self.start < len(self.doc) else len(self.doc.text)

    @property
    def end_char(self) -> int:
        """Position in the text after its last character."""
        if self.start == self.end:
            return self.start_char
        last = self.doc.tokens[self.end - 1]
        return last.idx + len(last.text)

    @property
    def text(self) -> str:
        """Its words as written."""
        return self.doc.text[self.start_char : self.end_char]

    @property
    def sent(self) -> Span:
        """The sentence it begins in."""
        return self.doc.tokens[self.start].sent

    @property
    def ents(self) -> list[Span]:
        """The names of things within it."""
        return [e for e in self.doc.ents if self.start <= e.start and e.end <= self.end]

    @property
    def root(self) -> Token:
        """The word the others hang on: a root of a sentence, else the one nearest to the root of its sentence."""
        for token in self:
            if token.head is token:
                return token
        outward = [t for t in self if not self.start <= t.head.i < self.end]
        return min(outward, key=depth, default=self.doc.tokens[self.start])


def depth(token: Token) -> int:
    """How many heads are above a word; a sign on which nothing hangs is taken for the deepest."""
    idle = (token.is_space or token.is_punct) and not token.before and not token.after
    return len(token.doc) if idle else sum(1 for _ in token.ancestors)


class Doc:
    """A parsed text: its words, its sentences, and the names of things in it."""

    __slots__ = ("ents", "offsets", "sents", "text", "tokens")

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens: list[Token] = []
        self.sents: tuple[Span, ...] = ()
        self.ents: tuple[Span, ...] = ()
        self.offsets: list[int] = []  # where each word begins

    def __len__(self) -> int:
        return len(self.tokens)

    def __iter__(self) -> Iterator[Token]:
        return iter(self.tokens)

    def __repr__(self) -> str:
        return self.text

    @overload
    def __getitem__(self, at: int) -> Token: ...
    @overload
    def __getitem__(self, at: slice) -> Span: ...
    def __getitem__(self, at: int | slice) -> Token | Span:
        if isinstance(at, int):
            return self.tokens[at]
        start, stop, _ = at.indices(len(self.tokens))
        return Span(self, start, max(start, stop))

    def char_span(self, start: int, end: int) -> Span | None:
        """The words that those characters of the text touch; None where they are not of the text."""
        if not (0 <= start < len(self.text) and 0 < end <= len(self.text)):
            return None
        first, last = (bisect_right(self.offsets, at) - 1 for at in (start, end - 1))
        token = self.tokens[first]
        first += start == token.idx + len(token.text)  # the blank after a word is none of it
        return Span(self, first, last + 1) if first <= last + 1 else None

    def tied(self, heads: Iterable[int], starts: Iterable[int]) -> None:
        """Tie the words together: each to the position of its head, and into the sentences that begin there."""
        tokens = self.tokens
        for token, head in zip(tokens, heads, strict=True):
            token.head = tokens[head]
        for governor, words in children(tokens).items():
            split = bisect_right(words, governor, key=POSITION)
            tokens[governor].before, tokens[governor].after = tuple(words[:split]), tuple(words[split:])
        measure(tokens)
        bounds = [*starts, len(tokens)]
        self.sents = tuple(Span(self, a, b) for a, b in pairwise(bounds))
        for sentence in self.sents:
            for token in sentence:
                token.sent = sentence


def children(tokens: list[Token]) -> dict[int, list[Token]]:
    """Position of a word -> the words that hang on it, in order."""
    found: dict[int, list[Token]] = {}
    for token in tokens:
        if token.head is not token:
            found.setdefault(token.head.i, []).append(token)
    return found


def measure(tokens: list[Token]) -> None:
    """Tell of each word whether what hangs on it stands together, branch within branch."""
    downward = [t for t in tokens if t.head is t]
    for token in downward:
        downward.extend(token.before + token.after)
    size = [1] * len(tokens)
    for token in reversed(downward):
        nested = True
        for child in token.before + token.after:
            nested = nested and child.nested
            size[token.i] += size[child.i]
        token.nested = nested and token.last - token.first + 1 == size[token.i]
