"""Lines of cells separated by tabs, as data sets of events are written, without quotation marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import BinaryIO

from dotterel.exports.losses import Losses

BREAKS = re.compile(r"[\t\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
# What Latin letters are called that do not come apart into a letter and a mark, and signs of print.
PLAIN = str.maketrans(
    {"‘": "'", "’": "'", "“": "'", "”": "'", "„": "'", "–": "-", "—": "-", "−": "-", "…": "...", "ł": "l", "Ł": "L",
     "đ": "d", "Đ": "D", "ı": "i", "œ": "oe", "Œ": "OE", "ŋ": "ng", "ħ": "h", "ŧ": "t", "ə": "e", "Ə": "E", "ʻ": "'",
     "ʼ": "'", "ʿ": "'", "ʾ": "'", "€": "EUR"}
)  # fmt: skip


class Lines:
    """Writes rows of cells to a file in one encoding; a cell that it cannot hold as it is gets changed and counted."""

    def __init__(self, file: BinaryIO, losses: Losses, encoding: str = "utf-8") -> None:
        self._file = file
        self._losses = losses
        self._encoding = encoding

    def write(self, cells: Iterable[str]) -> None:
        """One line."""
        line = "\t".join(self._clean(cell) for cell in cells) + "\n"
        try:
            encoded = line.encode(self._encoding)
        except UnicodeEncodeError:
            encoded = self._transliterated(line)
        self._file.write(encoded)

    def _clean(self, cell: str) -> str:
        """A cell on one line and without double quotes, which readers take for the beginning of a quoted cell."""
        clean = BREAKS.sub(" ", cell).replace('"', "'")
        if clean != cell:
            self._losses.note("{cell|cells} with tabs, line breaks or double quotes {has|have} spaces and single ones")
        return clean

    def _transliterated(self, line: str) -> bytes:
        self._losses.note(
            f"{{row has|rows have}} letters outside {self._encoding.upper()}: written without their marks, else as '?'"
        )
        return "".join(map(self._letter, line)).encode(self._encoding, "replace")

    def _letter(self, letter: str) -> str:
        try:
            letter.encode(self._encoding)
        except UnicodeEncodeError:
            apart = unicodedata.normalize("NFKD", letter.translate(PLAIN))
            return "".join(part for part in apart if not unicodedata.combining(part)) or "?"
        return letter
