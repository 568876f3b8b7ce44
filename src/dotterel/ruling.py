"""Remembers what spaCy's attribute ruler finds for a word: the same few kinds of words come again and again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.tokens import Doc

    Match = tuple[int, int, int, int]  # number of the rule, its name, first and last word

STRINGS = ("TAG", "DEP", "LOWER")
ASKED = {*STRINGS, "IS_SPACE"}  # all that a rule may ask of a word for it to be remembered
WAYS = {"IN", "NOT_IN", "REGEX"}  # in which it may ask
OTHER = -1  # any string that no rule asks for
MOST = 50_000  # of what is remembered


class Ruling:
    """Stands for `AttributeRuler.match`: rules for one word are looked up by its kind, rules for several are tried."""

    def __init__(self, ruler: Any) -> None:
        self.ruler = ruler
        self.several = type(ruler.matcher)(ruler.vocab)
        for number, rule in enumerate(ruler.patterns):
            if long := [pattern for pattern in rule["patterns"] if len(pattern) > 1]:
                self.several.add(str(number), long)
        self.strings = [Strings(ruler, name) for name in STRINGS]
        self.known: dict[tuple[int, ...], list[tuple[int, int]]] = {}  # kind of word -> the rules that fit it

    def __call__(self, doc: Doc) -> list[Match]:
        """The rules that fit words of a document, the later rules last."""
        tag, dep, lower = self.strings
        rows = doc.to_array([*STRINGS, "IS_SPACE"]).tolist()
        kinds: list[tuple[int, ...]] = [(tag[a], dep[b], lower[c], space) for a, b, c, space in rows]
        if len(self.known) > MOST:
            self.known.clear()
        if new := {kind: i for i, kind in enumerate(kinds) if kind not in self.known}:
            self.learn(doc, new)
        found = [(*rule, i, i + 1) for i, kind in enumerate(kinds) for rule in self.known[kind]]
        return sorted([*found, *self.tried(self.several, doc)])

    def learn(self, doc: Doc, new: dict[tuple[int, ...], int]) -> None:
        """Have the ruler look at a word of each new kind, given by its place, and remember what it finds."""
        places = list(new.values())
        listed = type(doc)(doc.vocab, words=[doc[i].text for i in places])
        told: Any = doc.to_array(["TAG", "DEP"])
        listed.from_array(["TAG", "DEP"], told[places])
        self.known.update({kind: [] for kind in new})
        kinds = list(new)
        for number, name, start, end in self.tried(self.ruler.matcher, listed):
            if end - start == 1:
                self.known[kinds[start]].append((number, name))

    def tried(self, matcher: Any, doc: Doc) -> Iterator[Match]:
        """What a matcher finds, with the numbers of the rules."""
        strings = self.ruler.vocab.strings
        for name, start, end in matcher(doc, allow_missing=True, as_spans=False):
            yield int(strings[name]), name, start, end


class Strings(dict[int, int]):
    """A string of a word -> the same where a rule asks for it, else `OTHER`."""

    def __init__(self, ruler: Any, name: str) -> None:
        told = [word[name] for word in words(ruler) if name in word]
        self.texts = ruler.vocab.strings
        self.asked = {one for asked in told for one in listed(asked)}
        self.shapes = [re.compile(asked["REGEX"]) for asked in told if isinstance(asked, dict) and "REGEX" in asked]

    def __missing__(self, key: int) -> int:
        if len(self) > MOST:
            self.clear()
        text = self.texts[key]
        self[key] = key if text in self.asked or any(shape.search(text) for shape in self.shapes) else OTHER
        return self[key]


def listed(asked: str | dict[str, Any]) -> list[str]:
    """The strings that a rule asks for or excludes."""
    return [asked] if isinstance(asked, str) else [*asked.get("IN", []), *asked.get("NOT_IN", [])]


def words(ruler: Any) -> Iterator[dict[str, Any]]:
    """What each rule asks of each word."""
    return (word for rule in ruler.patterns for pattern in rule["patterns"] for word in pattern)


def memorable(ruler: Any) -> bool:
    """Do the rules ask no more of a word than can be remembered?"""
    told = [(name, asked) for word in words(ruler) for name, asked in word.items()]
    return all(name in ASKED and (not isinstance(asked, dict) or set(asked) <= WAYS) for name, asked in told)
