"""GraphML: a directed graph of actors, one edge a dyad with its acts counted; dyads are held in memory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from dotterel.exports.acts import Act, Party, dyads, took_place
from dotterel.exports.losses import Losses

NODE = {"name": "string", "country": "string", "sector": "string"}
EDGE = {"events": "int", "quad1": "int", "quad2": "int", "quad3": "int", "quad4": "int", "score": "double",
        "first_day": "string", "last_day": "string"}  # fmt: skip
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # characters that XML 1.0 cannot hold


@dataclass
class Edge:
    """What one actor did to another."""

    quads: dict[int, int] = field(default_factory=lambda: dict.fromkeys((1, 2, 3, 4), 0))
    score: float = 0.0  # the sum
    days: set[str] = field(default_factory=set)  # the first and the last

    def add(self, act: Act) -> None:
        """Count one act."""
        self.quads[act.quad] += 1
        self.score += act.score
        found = self.days | {day.isoformat() for day in (act.first_day, act.last_day) if day}
        self.days = {min(found), max(found)} if found else set()

    def values(self) -> dict[str, object]:
        """The attributes of the edge."""
        events = sum(self.quads.values())
        told: dict[str, object] = {"events": events, **{f"quad{quad}": n for quad, n in self.quads.items()}}
        told["score"] = round(self.score / events, 4)
        return told | ({"first_day": min(self.days), "last_day": max(self.days)} if self.days else {})


def write(acts: Iterable[Act], file: BinaryIO, losses: Losses) -> int:
    """Write the graph of the acts that took place, and tell how many edges it has."""
    parties, edges = _gather(acts, losses)
    file.write(HEAD.encode())
    for kind, columns in (("node", NODE), ("edge", EDGE)):
        for name, of in columns.items():
            file.write(f'<key id="{kind}_{name}" for="{kind}" attr.name="{name}" attr.type="{of}"/>\n'.encode())
    file.write(b'<graph id="dyads" edgedefault="directed">\n')
    for actor, party in parties.items():
        told = {"name": party.name, "country": party.country, "sector": party.sector}
        file.write(_element("node", {"id": actor}, told))
    for (source, target), edge in edges.items():
        file.write(_element("edge", {"source": source, "target": target}, edge.values()))
    file.write(b"</graph>\n</graphml>\n")
    return len(edges)


def _gather(acts: Iterable[Act], losses: Losses) -> tuple[dict[str, Party], dict[tuple[str, str], Edge]]:
    parties: dict[str, Party] = {}
    edges: dict[tuple[str, str], Edge] = {}
    for act in acts:
        if not took_place(act):
            losses.note(
                "{event that was|events that were} planned, proposed, hypothetical or negated {is|are} not counted"
            )
            continue
        for dyad in dyads(act):
            if dyad.actor is None or dyad.recipient is None:
                losses.note("one-sided {event|events} {is|are} not counted: an edge has two ends")
                continue
            for party in (dyad.actor, dyad.recipient):
                parties.setdefault(party.id, party)
            edges.setdefault((dyad.actor.id, dyad.recipient.id), Edge()).add(act)
    return parties, edges


def _element(kind: str, attributes: dict[str, str], data: Mapping[str, object]) -> bytes:
    """A node or an edge with its data; what is None is left away."""
    named = "".join(f" {name}={quoteattr(_clean(value))}" for name, value in attributes.items())
    told = "".join(
        f'<data key="{kind}_{name}">{escape(_clean(str(value)))}</data>'
        for name, value in data.items()
        if value is not None
    )
    return f"<{kind}{named}>{told}</{kind}>\n".encode()


def _clean(text: str) -> str:
    return NO_XML.sub("?", text)
