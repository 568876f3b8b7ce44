"""How a watch stands, for a person: a row a feed, a row a failure."""

from __future__ import annotations

from collections.abc import Sequence

from dotterel.feeds.plan import Feed, Plan
from dotterel.feeds.polling import due_at, moment
from dotterel.feeds.state import FAILED, LISTED, READ, STORED, State, state_path

FEED_COLUMNS = ("feed", "polled", "next", "stored", "feed's text only", "waiting", "failed", "note")
ITEM_COLUMNS = ("item", "outcome", "why")
SHOWN = 20  # failures, the latest


def feed_rows(plan: Plan) -> list[Sequence[object]]:
    """A row a feed of the plan, as FEED_COLUMNS."""
    if not state_path(plan.database).exists():
        return [(feed.name, "never", "now", 0, 0, 0, 0, None) for feed in plan.feeds]
    with State(state_path(plan.database), read_only=True) as state:
        return [_row(feed, state) for feed in plan.feeds]


def item_rows(plan: Plan) -> list[tuple[str, str, str]]:
    """The latest items that failed, wait, or are coded from the feed's own text only, as ITEM_COLUMNS."""
    if not state_path(plan.database).exists():
        return []
    with State(state_path(plan.database), read_only=True) as state:
        return state.troubles(SHOWN)


def _row(feed: Feed, state: State) -> Sequence[object]:
    known, counts = state.feed(feed.url), state.counts(feed.url)
    polled = moment(known.polled) if known.polled else "never"
    due = "never" if known.gone else moment(due_at(feed, known)) if known.polled else "now"
    waiting = counts.get(LISTED, 0) + counts.get(READ, 0)
    return feed.name, polled, due, counts.get(STORED, 0), counts["noted"], waiting, counts.get(FAILED, 0), known.note
