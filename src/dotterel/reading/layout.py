"""Undoes what storage did to the lines of a text: byte order marks, line ends, CSV quotes, hard wrapping."""

from __future__ import annotations

import re
from collections.abc import Sequence

_NEWLINES = re.compile(r"\r\n?|[\u2028\u2029\x0b\x0c\x85]")
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_CSV_FIELD = re.compile(r'"(?=[^"]*"")(?:[^"]|"")+"')
_OPENS_LIKE_CSV = re.compile(r'"{3}(?!")')
_ALL_DOUBLED = re.compile(r'(?:[^"]|"")*')
_NARROWEST, _WIDEST = 50, 110  # characters a line, between which a text may have been wrapped by a program
_FEWEST_JOINS = 3  # lines that run on, before a text counts as wrapped


def normalised(raw: str) -> str:
    """The text with line feeds for line ends, and without byte order mark, NULs and lone surrogates."""
    return _NEWLINES.sub("\n", without_codes(raw).lstrip("\ufeff"))


def without_codes(words: str) -> str:
    """The words without what no output can hold: NULs, and lone surrogates, which become the sign of the unknown."""
    return _LONE_SURROGATE.sub("\ufffd", words.replace("\x00", ""))


def without_csv_quotes(line: str) -> str:
    '''The line as it was before CSV quoting doubled its quotation marks (`"""Stop,"" he said."`).

    Only a line wholly quoted so is rewritten; in one that merely opens with three marks they become one.
    '''
    if _CSV_FIELD.fullmatch(line):
        return line[1:-1].replace('""', '"')
    if not _OPENS_LIKE_CSV.match(line):
        return line
    if _ALL_DOUBLED.fullmatch(line, 1):  # a field that goes on in the next line
        return line[1:].replace('""', '"')
    return re.sub('"{2,}$', '"', line[2:])


def _full(line: str, following: str, width: int) -> bool:
    """Whether the next line's first word would not have fitted into the line."""
    words = following.split(maxsplit=1)
    return bool(words) and bool(line) and len(line) + 1 + len(words[0]) > width


def without_wrapping(lines: Sequence[str]) -> list[str]:
    """The lines, those joined by a space that a program wrapped at a fixed width; a text not so wrapped as it is."""
    width = max((len(line) for line in lines), default=0)
    if not _NARROWEST <= width <= _WIDEST:
        return list(lines)
    joins = {n for n in range(len(lines) - 1) if _full(lines[n].rstrip(), lines[n + 1], width)}
    lower = sum(lines[n + 1][:1].islower() for n in joins)
    if len(joins) < _FEWEST_JOINS or 2 * lower < len(joins):
        return list(lines)
    joined: list[str] = []
    for number, line in enumerate(lines):
        if number - 1 in joins:
            joined[-1] = f"{joined[-1].rstrip()} {line}"
        else:
            joined.append(line)
    return joined
