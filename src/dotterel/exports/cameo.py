"""CAMEO-coded dyads: eight columns as PETRARCH-2 writes them, tab-separated, without header, one row a dyad."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO

from dotterel.exports.acts import Act, dyads
from dotterel.exports.codes import cameo, cameo_actor
from dotterel.exports.delimited import Lines
from dotterel.exports.losses import Gate, Losses

COLUMNS = ("date", "source", "target", "code", "issues", "ids", "url", "story_source")
EMPTY = ("issues",)


def write(acts: Iterable[Act], file: BinaryIO, losses: Losses) -> int:
    """Write the dyads of the acts that CAMEO can hold, and tell how many rows they are."""
    lines = Lines(file, losses)
    rows = 0
    for act in Gate(losses, "CAMEO")(acts):
        for cells in dyad_rows(act, losses):
            lines.write(cells)
            rows += 1
    return rows


def dyad_rows(act: Act, losses: Losses) -> Iterable[list[str]]:
    """The rows of one act, one a dyad; dyads of which a side has no actor code are lost."""
    code = cameo(act)
    if code is None:
        losses.note("{event|events} of a type or status without CAMEO code {is|are} left out")
        return
    for dyad in dyads(act):
        source, target = cameo_actor(dyad.actor), cameo_actor(dyad.recipient)
        if dyad.actor is None or dyad.recipient is None:
            losses.note("one-sided {event|events} {is|are} left out: CAMEO codes dyads")
        elif not source or not target:
            losses.note("{dyad|dyads} with an actor of no known state or role {is|are} left out: CAMEO has no code")
        else:
            yield [
                f"{act.first_day:%Y%m%d}",
                source,
                target,
                code,
                "",
                act.id,
                act.source.url or "",
                act.source.publisher or act.source.agency or "NULL",
            ]
