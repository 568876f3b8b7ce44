"""Finds the numbers of a text, in digits and in words, and reads their values."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from dotterel import tables

AFTER = {"or more", "or so", "or fewer", "or less", "odd", "plus"}  # bounds that stand after their number


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written. Offsets count characters and leave out "about", "at least" and their like."""

    value: int | float | str  # the words themselves for a vague count or a range
    start: int
    end: int
    symbol: str | None = None  # the sign of a currency before it
    bound: str | None = None  # at least | at most | about | range; None where the count is exact
    low: int | float | None = None  # lower end of a range
    high: int | float | None = None  # upper end of a range


def find_numbers(text: str) -> tuple[Number, ...]:
    """All numbers of the text, in order: digits, words, vague counts ("dozens") and ranges ("3,000 to 5,000")."""
    # "5m" is money only with its sign; else it measures metres
    singles = [_number(m) for m in _pattern().finditer(text) if m["symbol"] or (m["short"] or "").lower() != "m"]
    found: list[Number] = []
    for number in singles:
        merged = _range(found[-1], number, text) if found else None
        if merged:
            found[-1] = merged
        else:
            found.append(replace(number, bound=_bound(number, text)))
    return tuple(found)


@lru_cache(maxsize=1)
def _bounds() -> dict[str, str]:
    """The words of bounds, in lower case, with the bound each sets."""
    rows = tables.read("number_words")
    return {r["word"]: r["kind"].replace("_", " ") for r in rows if r["kind"] in {"at_least", "at_most", "about"}}


@lru_cache(maxsize=1)
def _bound_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Bounds before a number, those that belong to its words ("more than half"), and those after it."""
    words = _any(_bounds())
    before = re.compile(rf"(?<![\w-])({words})\s+(?:an?\s+|the\s+)?$", re.IGNORECASE)
    return before, re.compile(rf"({words})\b", re.IGNORECASE), re.compile(rf"[\s-]({words})\b", re.IGNORECASE)


def _bound(number: Number, text: str) -> str | None:
    """The bound that words beside a number set to it: "at least 15", "up to 20", "15 or more"."""
    before, own, after = _bound_patterns()
    found = before.search(text[max(0, number.start - 25) : number.start])
    found = found or own.match(text, number.start, number.end)
    if found is None:
        found = after.match(text, number.end)
        found = found if found and found[1].lower() in AFTER else None
    return _bounds()[" ".join(found[1].lower().split())] if found else None


@lru_cache(maxsize=8)
def _words(kind: str) -> dict[str, int]:
    rows = tables.read("number_words")
    return {r["word"]: int(r["value"] or 0) for r in rows if r["kind"] == kind}


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(w).replace("\\ ", r"\s+") for w in sorted(words, key=len, reverse=True))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    small = _any([*_words("unit"), *_words("ten")])
    scale = _any(w for w in _words("scale") if len(w) > 2)
    short = _any(w for w in _words("scale") if len(w) <= 2)
    symbols = _any(r["word"] for r in tables.read("figure_words") if r["role"] == "symbol")
    digits = r"(?P<digits>\d{1,3}(?:,\d{3}){1,4}(?:\.\d+)?|\d{1,15}(?:\.\d+)?)"
    digits += rf"(?:[\s-](?P<scale>{scale})\b|(?P<short>{short})\b)?"
    more = rf"(?:(?:\s+and\s+|[\s-])(?:{small}|{scale})\b)*"
    words = rf"(?P<words>\b(?:(?:{small})\b{more}|an?\s+(?:{scale})\b{more}))"
    vague = rf"(?P<vague>\b(?:{_any([*_words('vague'), *_words('pair')])})\b(?!(?<=half)\s+an?\s))"
    compound = r"-(?!strong\b|odd\b|plus\b)[A-Za-z]"  # "12-member"
    in_digits = rf"(?<![\w.,$€£¥])(?<![A-Za-z]-)(?P<symbol>{symbols})?{digits}(?!\w|[.,]\d|{compound}|°)"
    not_share = r"(?!\s*(?:%|per\s?cent\b|percentage\b))"
    in_words = rf"(?<![\w-])(?:{vague}|{words})(?!{compound}|\w)"
    return re.compile(rf"(?:{in_digits}|{in_words}){not_share}", re.IGNORECASE)


def _number(match: re.Match[str]) -> Number:
    start, end = match.span()
    if match["digits"]:
        scale = _words("scale").get((match["scale"] or match["short"] or "").lower(), 1)
        return Number(_plain(float(match["digits"].replace(",", "")) * scale), start, end, match["symbol"])
    if match["vague"]:
        pair = _words("pair").get(" ".join(match["vague"].lower().split()))
        return Number(match.group() if pair is None else pair, start, end)
    return Number(_value(re.split(r"[\s-]+", match["words"].lower())), start, end)


def _value(words: list[str]) -> int:
    """The number that the words spell: "two hundred and five thousand" is 205000."""
    total = part = 0
    small = {**_words("unit"), **_words("ten"), **_words("article")}
    for word in words:
        if word in small:
            part += small[word]
        elif word in _words("scale"):
            scale = _words("scale")[word]
            part = (part or 1) * scale
            if scale >= 1000:
                total, part = total + part, 0
    return total + part


def _plain(value: float) -> int | float:
    return round(value) if abs(value - round(value)) < 1e-6 else value


def _range(low: Number, high: Number, text: str) -> Number | None:
    """One number of two joined by "to", a dash or "or", or "between A and B"; "182 to 4" is a vote, not a range."""
    if isinstance(low.value, str) or isinstance(high.value, str):
        return None
    link = text[low.end : high.start]
    between = re.search(r"\bbetween\s+$", text[max(0, low.start - 10) : low.start], re.IGNORECASE)
    paired = bool(between) and re.fullmatch(r"\s+and\s+", link)
    if not paired and not re.fullmatch(r"\s+(to|or)\s+|\s*[-–]\s*", link):
        return None
    if low.value >= high.value:
        return None
    start = low.start - len(between.group()) if between and paired else low.start
    ends = {"low": low.value, "high": high.value}
    return Number(text[start : high.end], start, high.end, low.symbol or high.symbol, bound="range", **ends)
