"""Makes a report of a web page saved as HTML: its main text, title, site and date of publication."""

from __future__ import annotations

import codecs
import logging
import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from dotterel.errors import InputError
from dotterel.reading.datelines import agency_of
from dotterel.reading.dates import dates_of_line, find_written_date
from dotterel.reading.decoding import looks_binary
from dotterel.reading.layout import normalised
from dotterel.reading.text import report_from_text
from dotterel.types import Report

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,40})""", re.IGNORECASE)
_NO_CHARSET = re.compile(r"utf-(?:7|16|32)|idna|punycode|undefined|.*escape")  # Python has them, pages do not
_META_DATES = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publication_date",
    "date",
)
_JSON_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')
_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{20000,}")
_MOST_ATTRIBUTES = 5_000  # of a tag: the parser compares each with all before it
_SKIPPED = {"script", "style", "noscript", "template", "svg"}


def decode_html(data: bytes, path: str) -> str:
    """The text of a page: UTF-8 where it is that, else in the character set the page names, else Windows-1252.

    Raises InputError, naming the path, for binary data.
    """
    if looks_binary(data):
        raise InputError(f"{path}: is a binary file, not HTML; save the page again", path)
    declared = _CHARSET.search(data[:4096])
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return data.decode(_known(declared[1].decode("ascii")) if declared else "cp1252", errors="replace")
    except (LookupError, UnicodeError):
        return data.decode("cp1252", errors="replace")


def _known(charset: str) -> str:
    """The name of a character set. Raises LookupError where it is none that a page whose markup is ASCII can have."""
    name = codecs.lookup(charset).name
    if _NO_CHARSET.match(name):
        raise LookupError(name)
    return name


def report_from_html(
    html: str, *, path: str | None = None, url: str | None = None, published: date | None = None
) -> Report:
    """The report on a saved page. The date is that of the page's own statements, never of a copyright line.

    Raises InputError, naming the path, where the page holds no text that can be read.
    """
    name = path or "page"
    if any(tag[0].count("=") > _MOST_ATTRIBUTES for tag in _LONG_TAG.finditer(html)):
        raise InputError(f"{name}: has a tag with thousands of attributes; save the article's text as .txt", path)
    html = _whole(normalised(html))
    _keep_quiet()
    tree = _tree(html, name)
    day = published or _stated_date(tree)
    document = _extracted(html)
    body = (document and document.text) or _paragraphs(tree)
    if not body.strip():
        raise InputError(f"{name}: no report was found on the page; save the article itself, or its text as .txt", name)
    return report_from_text(
        body,
        title=_title(document, tree),
        published=day or _found_date(document),
        path=path,
        source=document.sitename if document else None,
        url=url or (document.url if document else None),
        agency=agency_of(document.author) if document and document.author else None,
    )


def _whole(html: str) -> str:
    """The page, or a piece of one made a page."""
    return html if re.search(r"<html\b", html[:4096], re.IGNORECASE) else f"<html><body>{html}</body></html>"


@lru_cache(maxsize=1)
def _keep_quiet() -> None:
    """Give trafilatura's complaints about single pages to nobody, unless the program listens to its logs."""
    for name in ("trafilatura", "htmldate"):
        logging.getLogger(name).addHandler(logging.NullHandler())


def _tree(html: str, name: str) -> Any:
    """The parsed page (an lxml element), however broken its markup."""
    from trafilatura import load_html

    tree = load_html(html)
    if tree is None:
        raise InputError(f"{name}: cannot be read as HTML; save the page again, or its text as .txt", name)
    return tree


def _extracted(html: str) -> Any | None:
    """What trafilatura makes of the page, or None where it makes nothing of it."""
    from trafilatura import bare_extraction

    try:
        return bare_extraction(
            html,
            include_comments=False,
            include_tables=False,
            with_metadata=True,
            date_extraction_params={"original_date": True, "extensive_search": False, "outputformat": "%Y-%m-%d"},
        )
    except Exception:  # its dependencies raise errors of many kinds on broken markup; the paragraphs can still be read
        return None


def _paragraphs(tree: Any) -> str:
    """The words of the page's paragraphs, or of its whole body where it has none."""
    found = [" ".join(p.text_content().split()) for p in tree.iter("p")]
    return "\n".join(filter(None, found)) or "\n".join(_visible_lines(tree))


def _title(document: Any | None, tree: Any) -> str | None:
    """The headline, without the site's name at its end."""
    told = (document.title if document else None) or tree.findtext(".//h1") or tree.findtext(".//title")
    title = " ".join(str(told).split()) if told else None
    site = document.sitename if document else None
    if title and site:
        title = re.sub(rf"\s*[|–—»:-]\s*{re.escape(site)}\s*$", "", title, flags=re.IGNORECASE) or title
    return title


def _stated_date(tree: Any) -> date | None:
    """The day of publication by the page's metadata, else by a line that says so, else by its first <time>."""
    for text in (*_metadata(tree), *_json_dates(tree)):
        if found := find_written_date(text[:60]):
            return found[0]
    lines = [dates_of_line(line) for line in _visible_lines(tree)]
    labelled = next((dates["published"] for dates in lines if "published" in dates), None)
    return labelled or _time_element(tree) or next((dates["updated"] for dates in lines if "updated" in dates), None)


def _metadata(tree: Any) -> Iterator[str]:
    """What the page's <meta> elements give as its date, the most trusted first."""
    given: dict[str, str] = {}
    for meta in tree.iter("meta"):
        key = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        given.setdefault(key.lower(), meta.get("content") or "")
    yield from (given[key] for key in _META_DATES if key in given)


def _json_dates(tree: Any) -> Iterator[str]:
    """The dates of publication in the page's linked data."""
    for script in tree.iter("script"):
        if script.get("type") == "application/ld+json" and (match := _JSON_DATE.search(script.text or "")):
            yield match[1].replace("\\", "")


def _time_element(tree: Any) -> date | None:
    """The day of the first <time> marked as the publication's, else of the first one in the page's article."""
    times = list(tree.iter("time"))
    marked = [t for t in times if t.get("pubdate") is not None or t.get("itemprop") == "datePublished"]
    within = [t for article in tree.iter("article") for t in article.iter("time")]
    for element in (*marked, *within, *times):
        found = find_written_date((element.get("datetime") or element.text_content())[:80])
        if found:
            return found[0]
    return None


def _visible_lines(tree: Any) -> Iterator[str]:
    """The lines of text the page's elements hold, each element's own words and those of its inline children."""
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in _SKIPPED:
            continue
        texts = (element.text, *(child.tail for child in element))
        yield from (" ".join(text.split()) for text in texts if text and not text.isspace())


def _found_date(document: Any | None) -> date | None:
    """The date trafilatura found in the page's structure."""
    found = find_written_date(document.date) if document and document.date else None
    return found[0] if found else None
