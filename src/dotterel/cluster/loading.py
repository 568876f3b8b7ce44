"""Loads the parts of a run over a cluster into a store, or any other output, each report once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice

from dotterel.cluster.parts import Parts
from dotterel.errors import InputError
from dotterel.run import Output, Tally
from dotterel.types import Coding, Failure

_BATCH = 200  # codings that are written at a time


def load_parts(folder: str, output: Output, shown: Callable[[list[str]], Iterable[str]] = lambda names: names) -> Tally:
    """Write what the parts in a folder hold to an output that may hold some of it; `coded` counts the new.

    Stopped, it is started again and goes on; `shown` hands on the parts and may show how many went by. Raises
    InputError where there are no parts, or one is damaged.
    """
    parts, tally = Parts(folder), Tally()
    names = list(parts.names().values())
    if not names:
        raise InputError(f"{folder}: holds no parts; name the folder that dotterel code --cluster wrote to", folder)
    for name in shown(names):
        items = parts.read(name)
        while batch := list(islice(items, _BATCH)):
            _load(batch, output, tally)
    return tally


def has_ended(folder: str) -> bool:
    """Whether the run that writes to a folder has come to its end."""
    return Parts(folder).has_ended()


def _load(batch: list[Coding | Failure], output: Output, tally: Tally) -> None:
    new = {item.report.id: item for item in batch if isinstance(item, Coding) and not output.has(item.report.id)}
    added = output.add_many(new.values()) if new else 0
    tally.coded += added
    tally.written += added
    tally.events += sum(len(coding.events) for coding in new.values())
    failures = [item for item in batch if isinstance(item, Failure)]
    tally.present += len(batch) - len(failures) - added
    for failure in failures:
        output.add_failure(failure)
        tally.count(failure)
