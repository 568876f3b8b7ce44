"""Keeps page furniture (copyright lines, share buttons, teasers, credits) out of reports; the patterns are data."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate

from dotterel import tables
from dotterel.errors import DataError

_SCOPES = ("line", "link", "block", "tail", "part")
_LONGEST = 400  # characters; a longer line is a paragraph, whatever words it opens with
_PROSE = 80  # characters; a line at least so long that ends like a sentence is a paragraph of the report
_SENTENCE_END = (".", "!", "?", '."', '!"', '?"', ".”", "!”", "?”", ".’", '"', "”", ".)")


@lru_cache(maxsize=1)
def patterns() -> dict[str, re.Pattern[str]]:
    """The furniture table, one pattern a scope. Raises DataError naming a pattern or scope that is malformed."""
    gathered: dict[str, list[str]] = {scope: [r"(?!)"] for scope in _SCOPES}
    for row in tables.read("furniture"):
        try:
            re.compile(row["pattern"])
            gathered[row["scope"]].append(f"(?:{row['pattern']})")
        except (re.error, KeyError) as error:
            raise DataError(
                f"furniture.tsv: pattern {row['pattern']!r}, scope {row['scope']!r}: {error}; "
                f"write a Python regular expression and one of the scopes {', '.join(_SCOPES)}"
            ) from error
    joined = {scope: "|".join(forms) for scope, forms in gathered.items()}
    return {scope: re.compile(form, re.IGNORECASE) for scope, form in joined.items()}


def scope_of(line: str) -> str | None:
    """The scope of furniture the whole line is (`line`, `link`, `block`, `tail`), or None for words of the report."""
    if not line or len(line) > _LONGEST:
        return None
    bare = " ".join(line.split())
    return next((scope for scope in ("tail", "block", "link", "line") if patterns()[scope].fullmatch(bare)), None)


def is_prose(line: str) -> bool:
    """Whether a line reads as a paragraph: long, with the end of a sentence."""
    return len(line) >= _PROSE and line.rstrip().endswith(_SENTENCE_END)


def _looks_like_link(line: str) -> bool:
    """Whether a line may be a headline in a list of links: short, without a final full stop."""
    return bool(line.strip()) and len(line) < 2 * _PROSE and not line.rstrip().endswith(_SENTENCE_END)


def _end_of_block(lines: list[str], start: int) -> int:
    """The index after the link-like lines that follow a heading at `start`."""
    end = start + 1
    while end < len(lines) and (not lines[end].strip() or _looks_like_link(lines[end])):
        end += 1
    return end


def _prose_from(lines: list[str]) -> list[int]:
    """For each line, the characters of paragraphs from it to the end; one more, 0, for the end itself."""
    lengths = [len(line) if is_prose(line) else 0 for line in reversed(lines)]
    return [*accumulate(lengths, initial=0)][::-1]


def cut_parts(line: str) -> str:
    """The line without the credits inside it, such as `(Photo: AP)`; unchanged where it has none."""
    if "(" not in line and "[" not in line:
        return line
    kept, at = [], 0
    for part in patterns()["part"].finditer(line):
        kept.append(line[at : part.start()].rstrip())  # in the pattern, blanks without end would be tried from each one
        at = part.end()
    return "".join([*kept, line[at:]]).strip() if kept else line


def without_furniture(lines: list[str]) -> list[str]:
    """The lines of a report as written, less those that are furniture. Blank lines stay."""
    kept: list[str] = []
    prose = _prose_from(lines)
    opened, position = False, 0
    while position < len(lines):
        line = lines[position]
        scope = scope_of(line.strip())
        written = prose[0] - prose[position]
        if scope == "tail" and written > prose[position + 1]:
            break
        if scope in {"block", "tail"} and written:
            position = _end_of_block(lines, position)
            continue
        if scope is None or (scope == "link" and not opened):
            kept.append(cut_parts(line))
            opened = opened or bool(line.strip())
        position += 1
    return kept
