"""From an item of a feed to a report: the feed's own text where that is whole, else the article's page."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import NoReturn

from dotterel.errors import InputError
from dotterel.feeds.items import Item
from dotterel.feeds.markup import without_plug
from dotterel.feeds.plan import Feed
from dotterel.feeds.robots import ForbiddenError, Robots
from dotterel.feeds.timing import retry_after
from dotterel.feeds.web import Answer, Clock, FetchError, Web
from dotterel.reading.html import decode_html, report_from_html
from dotterel.reading.text import report_from_text
from dotterel.types import Report

WHOLE = 150  # words from which a feed's text is taken for the whole article
FEWEST = 40  # words of an article on a page; less is a notice, a login or a video
TRIES = 5  # of a page whose server is in trouble, before the feed's own text is taken
LOST_TRIES = 12  # of a page that cannot be reached, which may be our own network: more than a day
ACCEPTED = "text/html, application/xhtml+xml, text/plain;q=0.5"
_KINDS = ("text/html", "application/xhtml+xml", "text/plain", "")
_BUSY = (429, 500, 502, 503, 504)
_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\]|read more|continue reading|full (?:story|article))\W*$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{4,}")


class BusyError(FetchError):
    """The page's server is in trouble; `asked` is how many seconds it asks to be left alone."""

    def __init__(self, reason: str, asked: float | None) -> None:
        super().__init__(reason, lost=True)
        self.asked = asked


@dataclass(frozen=True, slots=True)
class Reading:
    """The report an item became, and why it is only the feed's own text."""

    report: Report
    note: str | None = None


def is_whole(text: str) -> bool:
    """Whether a text from a feed is the whole article: long, and not cut off."""
    return len(text.split()) >= WHOLE and not _CUT.search(text)


def own_report(item: Item, feed: Feed) -> Report:
    """The report that the feed's own text makes, be it only a headline. Raises InputError where it makes none."""
    body = without_plug(item.text) or item.title or ""
    title = item.title if body != item.title else None
    return report_from_text(body, title=title, published=item.published, source=feed.name, url=item.link)


def page_report(html: str, item: Item, feed: Feed, url: str) -> Report:
    """The report on an article's page. Raises InputError where the page holds no article, or another one."""
    try:
        report = report_from_html(html, url=item.link or url, published=item.published)
    except InputError as error:
        said = str(error).removeprefix("page: ").partition(";")[0]
        raise InputError(f"its page gives no report ({said})") from error
    if len(report.text.split()) < FEWEST + len((report.title or "").split()):
        raise InputError(f"its page holds no article ({len(report.text.split())} words)")
    if not is_about(item, report.text):
        raise InputError("its page holds another text, such as a notice or a list")
    return replace(report, source=report.source or feed.name)


def is_about(item: Item, text: str) -> bool:
    """Whether a text can be the article of an item: it has some of the longer words of its headline or its text."""
    words = {word.lower() for word in _WORD.findall(f"{item.title or ''} {item.text[:500]}")}
    return len(words) < 4 or len(words & {word.lower() for word in _WORD.findall(text)}) >= max(2, len(words) // 10)


class Articles:
    """Makes reports of items, fetching pages where the plan and robots.txt allow it."""

    def __init__(self, web: Web, robots: Robots, clock: Clock) -> None:
        self._web = web
        self._robots = robots
        self._clock = clock

    def needs_page(self, item: Item, feed: Feed) -> bool:
        """Whether the article's page is to be fetched."""
        return feed.full_text and item.link is not None and not is_whole(item.text)

    def read(self, item: Item, feed: Feed, private: bool, tries: int) -> Reading:
        """The report of an item.

        Raises FetchError with `lost` where it should be tried again later, InputError where it becomes no report.
        """
        if not self.needs_page(item, feed):
            return Reading(own_report(item, feed))
        try:
            answer = self._page(item.link or "", private)
            return Reading(page_report(decode_html(answer.body, "its page"), item, feed, answer.url))
        except FetchError as error:
            most = TRIES if isinstance(error, BusyError) else LOST_TRIES
            if error.lost and tries + 1 < most:
                raise
            reason = error.reason if isinstance(error, ForbiddenError) else f"its page {error.reason}"
        except InputError as error:
            reason = str(error)
        return self._instead(item, feed, reason)

    def _instead(self, item: Item, feed: Feed, reason: str) -> Reading:
        """The feed's own text, with the reason why it is only that. Raises InputError where it has none either."""
        if not item.text:
            raise InputError(f"{reason}; and its feed gives no text")
        return Reading(own_report(item, feed), f"{reason}; the feed's own text was coded")

    def _page(self, url: str, private: bool) -> Answer:
        answer = self._web.get(url, ACCEPTED, private=private, check=self._robots.check(private))
        kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        if answer.status != 200:
            self._refuse(answer)
        if kind not in _KINDS:
            raise FetchError(f"is {kind}, no page to be read")
        return answer

    def _refuse(self, answer: Answer) -> NoReturn:
        reason = f"answers {answer.status}"
        if answer.status in _BUSY:
            raise BusyError(reason, retry_after(answer.headers.get("retry-after"), self._clock.now()))
        raise FetchError(reason)
