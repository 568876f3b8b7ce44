"""Places: which words name one, and where on earth it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dotterel.places.gazetteer import country_of, states
from dotterel.places.names import Name, find_names
from dotterel.places.names import words as place_words
from dotterel.places.resolve import Resolution, containers_of, neighbour_of, placed_beside, resolve, setting_of, widened
from dotterel.types import Place, Report

if TYPE_CHECKING:
    from dotterel.parsing import Parse

__all__ = ["country_of", "dateline_place", "find_places", "is_state", "place_words"]


def is_state(name: str) -> bool:
    """Whether a name is that of a state rather than of a place within one."""
    return name.removeprefix("the ") in states()


def find_places(parse: Parse, report: Report) -> tuple[Place, ...]:
    """The places a report names, in text order, each resolved as far as the tables and the text allow.

    A name is taken to mean one place throughout a report. A place that no table knows has the country it is said to
    lie in, or else that of which the report mostly speaks, if there is one.
    """
    names = find_names(parse)
    containers = {n.core: inside for n in reversed(names) if (inside := containers_of(n, report.text))}
    spoken = [e.text.removeprefix("the ") for e in parse.doc.ents if e.label_ in {"GPE", "NORP"}]
    dateline = country_of(report.dateline) if report.dateline else None
    setting = setting_of(spoken, (c[0] for c in containers.values() if len(c) == 1), [dateline] if dateline else [])
    first = {n.core: resolve(n.core, containers.get(n.core, ()), setting) for n in names}
    setting = widened(setting, first.values())
    final = {core: resolve(core, containers.get(core, ()), setting) for core in first}
    unknown = [n for n in names if final[n.core].site is None]
    neighbours = {n.core: piece for n in reversed(unknown) if (piece := neighbour_of(n, report.text))}
    for core, piece in neighbours.items():
        final[core] = placed_beside(final[core], final.get(piece) or resolve(piece, (), setting))
    return tuple(_place(n, final[n.core], report.text) for n in names)


def dateline_place(report: Report) -> Place | None:
    """The town that the report's dateline names, None where there is none or no table knows it.

    It stands outside the report's text, so that its offsets are 0.
    """
    if report.dateline is None:
        return None
    resolution = resolve(report.dateline, (), setting_of((), (), ()))
    if resolution.site is None:
        return None
    return _place(
        Name(report.dateline, 0, len(report.dateline), 0, 0, True, ""), resolution, report.dateline, inside=False
    )


def _place(name: Name, resolution: Resolution, text: str, inside: bool = True) -> Place:
    """The record of one mention."""
    site = resolution.site
    position = site or resolution.beside
    return Place(
        text=text[name.start : name.end],
        start=name.start if inside else 0,
        end=name.end if inside else 0,
        name=site.name if site else None,
        country=resolution.country,
        latitude=position.latitude if position else None,
        longitude=position.longitude if position else None,
        geonames=site.geonames if site else None,
        score=round(resolution.score, 2),
        reason=resolution.reason,
        region=(site.division if site else resolution.division) or None,
    )
