"""Texts that are coded at the desk but not kept: a few at a time, in memory, one after another in a thread."""

from __future__ import annotations

import queue
import secrets
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from dotterel.errors import DotterelError
from dotterel.types import Coding, Failure, Report

MOST_HELD = 8  # lots; the oldest is dropped for a ninth
WAITING, LOADING, CODING, DONE = "waiting", "loading", "coding", "done"


@dataclass(slots=True)
class Lot:
    """What was given at once: one text, or the reports of a file."""

    name: str  # of what was given, as it is shown
    items: Sequence[Report | Failure]  # as they were read
    more: bool = False  # whether the file holds more
    id: str = field(default_factory=lambda: secrets.token_urlsafe(16))  # cannot be guessed
    stage: str = WAITING
    coded: list[Coding | Failure] = field(default_factory=list)  # of the items, in order, as far as they are
    added: set[int] = field(default_factory=set)  # numbers of those that were put into the database
    dropped: bool = False

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do."""
        return self.stage == DONE

    @property
    def addable(self) -> list[int]:
        """The numbers of the reports that are coded and were not put into the database."""
        return [n for n in range(len(self.coded)) if n not in self.added and self.coding(n)]

    def coding(self, number: int) -> Coding | None:
        """The coding of the report of that number, from 0; None where there is none (yet)."""
        found = next(islice(self.coded, number, None), None) if number >= 0 else None
        return found if isinstance(found, Coding) else None

    def give_up(self, reason: str) -> None:
        """Have all that is not coded yet be failures of that reason."""
        self.coded += [Failure(self.name, reason) for _ in self.items[len(self.coded) :]]


class Tray:
    """The lots of one desk, and the thread that codes them."""

    def __init__(self) -> None:
        self._lots: OrderedDict[str, Lot] = OrderedDict()
        self._waiting: queue.SimpleQueue[Lot] = queue.SimpleQueue()
        self._thread: threading.Thread | None = None
        self._turn = threading.Lock()

    def put(self, lot: Lot) -> None:
        """Hold a lot and have it coded, after those that were put before."""
        with self._turn:
            self._lots[lot.id] = lot
            while len(self._lots) > MOST_HELD:
                self._lots.popitem(last=False)[1].dropped = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True)
                self._thread.start()
        self._waiting.put(lot)

    def get(self, lot_id: str) -> Lot | None:
        """The lot of that id; None where there is none, or it was dropped."""
        with self._turn:
            return self._lots.get(lot_id)

    def _work(self) -> None:
        while True:
            code_lot(self._waiting.get())


def code_lot(lot: Lot) -> None:
    """Code what a lot holds, item by item; what cannot be coded becomes a failure that says why."""
    from dotterel.coder import Coder

    coder = Coder()
    try:
        lot.stage = LOADING
        coder.load()
        lot.stage = CODING
        for item in lot.items:
            if lot.dropped:
                break
            lot.coded.append(item if isinstance(item, Failure) else coder.guarded(item, None))
    except DotterelError as error:  # no model, say: it is the same for all that wait
        lot.give_up(str(error))
    except MemoryError:
        lot.give_up("is too long for the memory of this machine; split it into single reports")
    except Exception as error:  # whatever breaks, the lots behind this one are coded
        lot.give_up(f"could not be coded ({type(error).__name__}: {error}); please report it")
    finally:
        lot.stage = DONE
