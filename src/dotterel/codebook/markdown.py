"""Writes the codebook as one Markdown page, `docs/codebook.md`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dotterel.codebook.loader import QUADS, EventType, contexts, sectors, types

INTRODUCTION = """# The codebook

What dotterel's codes mean. The event types, modes, contexts and sectors are those of PLOVER, the Political Language
Ontology for Verifiable Event Records (Open Event Data Alliance, manual 2.0 of 2021-23); the definitions are in
dotterel's own words. This page is made from the tables `plover_*.tsv` in `src/dotterel/data/`, by `make docs`.

Scores run from -10 (conflict) to 10 (cooperation). CAMEO gives the two-digit roots that map to a type; PLV is the type
in the scheme of fifteen types, where the two ways of yielding are one.
"""
CONTEXTS = "What an act of any type is about; an act may have several or none. [Contexts](contexts.md) tells how.\n\n"


def as_markdown() -> str:
    """The whole codebook as Markdown, ending in a line break."""
    parts = [INTRODUCTION, overview(), *(section(kind) for kind in types())]
    parts.append(
        "## Contexts\n\n"
        + CONTEXTS
        + table(("Context", "What it covers"), ((c.name, c.definition) for c in contexts()))
    )
    parts.append("## Sectors\n\n" + table(("Sector", "Who is meant"), ((s.name, s.definition) for s in sectors())))
    return "\n".join(parts)


def overview() -> str:
    """All types in one table."""
    rows = (
        (f"[{t.name}](#{t.name.lower()})", QUADS[t.quad], f"{t.score:g}", ", ".join(t.cameo), t.plv) for t in types()
    )
    return "## Event types\n\n" + table(("Type", "Quad class", "Score", "CAMEO", "PLV"), rows)


def section(kind: EventType) -> str:
    """One type with its modes."""
    head = f"### {kind.name}\n\n{kind.definition}\n\n> {kind.example}\n"
    if not kind.modes:
        return head
    rows = ((m.name, m.definition, "" if m.score is None else f"{m.score:g}", ", ".join(m.cameo)) for m in kind.modes)
    return head + "\n" + table(("Mode", "How", "Score", "CAMEO"), rows)


def table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table."""
    return "".join(f"{line}\n" for line in lines(header, rows))


def lines(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """The lines of a Markdown table."""
    yield "| " + " | ".join(header) + " |"
    yield "|" + " --- |" * len(header)
    yield from ("| " + " | ".join(row) + " |" for row in rows)
