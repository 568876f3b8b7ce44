"""The words of a piece of HTML in a feed, a paragraph a line."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = frozenset(
    ("p", "div", "br", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "table", "blockquote", "section",
     "article", "figure", "figcaption", "hr")
)  # fmt: skip
# What feeds put after the text: a link to the page, a plug for the site.
_AFTER = re.compile(
    r"(?:(?:^|(?<=[.!?…\"”’)\]]))[\s\[(…>»→-]*"
    r"(?:continue reading\b[^.!?]{0,120}|read (?:more|on)|(?:read )?(?:the )?full (?:story|article))[^\w.!?]*\.{0,3}\W*"
    r"|\s*\bthe post .{1,300} (?:first )?appeared (?:first )?on .{1,100})$",
    re.IGNORECASE,
)
_SILENT = {"script", "style", "noscript", "template", "figure"}  # figures hold captions and credits of pictures


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT and self._silent:
            self._silent -= 1
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            # A newline within a paragraph is a space.
            self.parts.append(re.sub(r"\s+", " ", data))


def text_of(html: str) -> str:
    """The words of the piece, without its markup; plain text stays as it is."""
    if "<" not in html and "&" not in html:
        return html.strip()
    parser = _Words()
    parser.feed(html)
    parser.close()
    lines = (" ".join(line.split()) for line in "".join(parser.parts).split("\n"))
    return "\n".join(filter(None, lines))


def without_plug(text: str) -> str:
    """The text without a last "Continue reading..." or "The post ... appeared first on ..."; such a text is cut off."""
    *before, last = text.split("\n")
    return "\n".join([*before, _AFTER.sub("", last)]).strip()
