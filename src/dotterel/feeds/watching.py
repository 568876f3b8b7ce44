"""The story of a watch: poll what is due, read what is new, code it, store it, mark it done; then wait.

Every step is remembered before the next begins, and doing one again changes nothing: a watch that was killed goes on
where it was. An item is marked as stored only after the database holds it, and a report is stored once, by its id.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path
from urllib.parse import urlsplit

from dotterel.errors import InputError, OutputError, StoreError
from dotterel.feeds.articles import Articles, BusyError
from dotterel.feeds.plan import Plan
from dotterel.feeds.polling import Poller, due_at, is_due, moment
from dotterel.feeds.robots import Robots
from dotterel.feeds.state import FAILED, LISTED, READ, STORED, State, Task, state_path
from dotterel.feeds.timing import FIRST_WAIT, wait_before_try
from dotterel.feeds.web import Clock, FetchError, Web
from dotterel.feeds.writing import Writer
from dotterel.piping import Piping
from dotterel.run import counted, printable
from dotterel.types import Coding, Failure, Report

BATCH = 16  # items for each process that codes which are read, then coded and stored, at a time
TOGETHER = 60.0  # feeds due within so many seconds are polled in one round
LONGEST_SLEEP = 3600.0  # then the clock is looked at again: a laptop may have slept


@dataclass(frozen=True, slots=True)
class Round:
    """What happened in one round."""

    polled: int = 0
    troubled: int = 0  # feeds that could not be read
    new: int = 0  # items listed
    coded: int = 0  # reports that are new in the database
    present: int = 0  # reports that it held already
    events: int = 0
    failed: int = 0  # items that became no report
    waiting: int = 0  # items that must wait for a server or the database

    def plus(self, **more: int) -> Round:
        """With so many more."""
        return replace(self, **{name: getattr(self, name) + number for name, number in more.items()})


def interleaved(tasks: Sequence[Task]) -> list[Task]:
    """The tasks in turns by host, so that waiting for one host is waiting for none of the others."""
    hosts: dict[str, list[Task]] = {}
    for task in tasks:
        hosts.setdefault(urlsplit(task.link or "").netloc, []).append(task)
    return [task for turn in zip_longest(*hosts.values()) for task in turn if task is not None]


class Watcher:
    """Watches the feeds of a plan; `tell` takes lines for a person, `step` the round under way after each batch.

    `number` is how many reports the coder codes side by side.
    """

    def __init__(
        self,
        plan: Plan,
        state: State,
        web: Web,
        coder: Piping,
        clock: Clock,
        tell: Callable[[str], None],
        step: Callable[[Round], None],
        number: int = 1,
    ) -> None:
        self._plan = plan
        self._most = BATCH * number
        self._feeds = {feed.url: feed for feed in plan.feeds}
        self._state = state
        self._clock = clock
        self._coder = coder
        self._tell = tell
        self._step = step
        robots = Robots(web, state, clock)
        self._poller = Poller(web, robots, state, clock)
        self._articles = Articles(web, robots, clock)
        self._writer = Writer(plan.database)
        self._resting: dict[str, float] = {}  # host -> until when it asks to be left alone
        self._unwritten: dict[tuple[str, str], Coding | Failure] = {}  # coded, and the database was in use
        self._shut = 0.0  # until when the database is not tried again
        self.last = Round()  # what has happened so far in the round under way, or happened in the last one

    def round(self, once: bool = False) -> Round:
        """Poll every feed that is due (with `once`, every one that was not told to wait), and deal with the items."""
        self.last = Round()
        for feed in self._plan.feeds:
            state = self._state.feed(feed.url)
            if not self._rests(feed.url) and is_due(feed, state, self._clock.now(), once, TOGETHER):
                self._poll(feed.url)
        while self._read_some() | self._code_some():
            self._step(self._counted())
        self.last = self._counted()
        return self.last

    def _counted(self) -> Round:
        """What has happened so far in this round, with how many items are open."""
        return replace(self.last, waiting=self._state.waiting(tuple(self._feeds)))

    def next_due(self) -> float | None:
        """When there is something to do again; None where every feed is gone and every item done."""
        states = [(feed, self._state.feed(feed.url)) for feed in self._plan.feeds]
        times = [max(due_at(feed, state), self._rest_of(feed.url)) for feed, state in states if not state.gone]
        if (listed := self._state.next_due(tuple(self._feeds), LISTED)) is not None:
            times.append(listed)
        if self._state.next_due(tuple(self._feeds), READ) is not None:
            times.append(self._shut)
        return min(times, default=None)

    def run(self, done: Callable[[Round], None]) -> None:
        """Watch until every feed is gone, or for ever; `done` is given each round in which something happened."""
        while True:
            found = self.round()
            if found != Round(waiting=found.waiting):
                done(found)
            due = self.next_due()
            if due is None:
                return
            self._clock.sleep(min(max(due - self._clock.now(), 1.0), LONGEST_SLEEP))

    def _poll(self, url: str) -> None:
        feed = self._feeds[url]
        found = self._poller.poll(feed)
        if found.note:
            self._tell(f"{feed.name}: {url} {found.note}")
        if found.rest:
            self._rest(url, found.rest)
        self.last = self.last.plus(polled=1, troubled=int(found.failed), new=found.new)

    def _read_some(self) -> bool:
        """Make reports of some items; whether there were any."""
        tasks = self._state.listed(tuple(self._feeds), self._clock.now(), self._most)
        for task in interleaved(tasks):
            self._read(task)
        return bool(tasks)

    def _read(self, task: Task) -> None:
        """Make a report of one item, or decide that it is tried again later, or never."""
        assert task.item is not None
        feed = self._feeds[task.feed]
        if self._articles.needs_page(task.item, feed) and self._rests(task.link):
            self._state.postpone(task, self._rest_of(task.link), False, task.note)
            return
        try:
            found = self._articles.read(task.item, feed, task.private, task.tries)
        except FetchError as error:
            asked = error.asked if isinstance(error, BusyError) else None
            self._rest(task.link, wait_before_try(task.tries, asked))
            self._state.postpone(task, self._rest_of(task.link), True, f"its page {error.reason}; tried again later")
        except InputError as error:
            self._state.keep_report(task, None, str(error))
        else:
            self._state.keep_report(task, printable(found.report), found.note)

    def _code_some(self) -> bool:
        """Code and store some reports; whether any were dealt with."""
        now = self._clock.now()
        tasks = self._state.read(tuple(self._feeds), now, self._most) if now >= self._shut else []
        if not tasks:
            return False
        found = self._coded(tasks)
        codings = [item for item in found.values() if isinstance(item, Coding)]
        failures = [item for item in found.values() if isinstance(item, Failure)]
        try:
            new = self._writer.write(codings, failures)
        except (StoreError, OutputError) as error:
            self._unwritten |= found  # what is coded need not be coded again
            self._shut = self._clock.now() + FIRST_WAIT
            self._tell(f"{error}; {counted(len(tasks), 'item')} kept for later")
            return False
        self._unwritten = {key: item for key, item in self._unwritten.items() if key not in found}
        self._settle(tasks, found)
        stored = {coding.report.id: coding for coding in codings if coding.report.id in new}
        events = sum(len(coding.events) for coding in stored.values())
        self.last = self.last.plus(
            coded=len(new), present=len(codings) - len(new), events=events, failed=len(failures)
        )  # fmt: skip
        return True

    def _coded(self, tasks: Sequence[Task]) -> dict[tuple[str, str], Coding | Failure]:
        """What became of each item, by its feed and key."""
        found: dict[tuple[str, str], Coding | Failure] = {}
        to_code: list[Task] = []
        for task in tasks:
            known = self._unwritten.get((task.feed, task.key))
            if known is None and task.report is not None:
                to_code.append(task)
            else:
                found[task.feed, task.key] = known or Failure(task.name, task.note or "became no report")
        reports: list[Report] = [task.report for task in to_code if task.report is not None]
        for task, item in zip(to_code, self._coder.pipe(reports), strict=True):
            found[task.feed, task.key] = Failure(task.name, item.reason) if isinstance(item, Failure) else item
        return found

    def _settle(self, tasks: Sequence[Task], found: Mapping[tuple[str, str], Coding | Failure]) -> None:
        """Mark as done what the database now holds."""
        with self._state.transaction():
            for task in tasks:
                item = found[task.feed, task.key]
                if isinstance(item, Failure):
                    self._state.settle(task, FAILED, item.reason)
                    self._tell(f"{item.path}: {item.reason}")
                else:
                    self._state.settle(task, STORED, task.note)

    def _rest(self, url: str | None, seconds: float) -> None:
        """Leave a host alone for so long."""
        host = urlsplit(url or "").netloc
        self._resting[host] = max(self._resting.get(host, 0.0), self._clock.now() + seconds)

    def _rest_of(self, url: str | None) -> float:
        """Until when a host is left alone."""
        return self._resting.get(urlsplit(url or "").netloc, 0.0)

    def _rests(self, url: str | None) -> bool:
        return self._rest_of(url) > self._clock.now()


def summary(found: Round, database: Path, time: float) -> str:
    """A round in one line."""
    parts = [f"{counted(found.polled, 'feed')} polled", counted(found.new, "new item")]
    parts += [f"{counted(found.coded, 'report')} coded", counted(found.events, "event")]
    parts += [f"{found.present:,} already there"] if found.present else []
    parts += [f"{found.failed:,} failed"] if found.failed else []
    parts += [f"{counted(found.troubled, 'feed')} not read"] if found.troubled else []
    parts += [f"{found.waiting:,} waiting"] if found.waiting else []
    return f"{moment(time)}: {', '.join(parts)}; in {database}"


@contextmanager
def open_watcher(
    plan: Plan,
    coder: Piping,
    clock: Clock,
    tell: Callable[[str], None],
    step: Callable[[Round], None] = lambda found: None,
    number: int = 1,
) -> Iterator[Watcher]:
    """A watcher of the plan, with its memory; the database is made where there is none. `number` as in `Watcher`.

    Raises StoreError or OutputError where the database or the memory cannot be used, or another watcher has them.
    """
    with State(state_path(plan.database)) as state:
        Writer(plan.database).check()
        yield Watcher(plan, state, Web(plan.contact, plan.delay, clock), coder, clock, tell, step, number)
