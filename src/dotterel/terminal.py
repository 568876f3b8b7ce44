"""Codings, answers and the codebook as a person reads them in a terminal."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from dotterel.codebook import EventType
from dotterel.codebook.loader import QUADS
from dotterel.types import ActorMention, Coding, Event, Figure, Interval, Place, Quote, Report, Stance

if TYPE_CHECKING:
    import pyarrow as pa

    from dotterel.training.train import Figures

STYLES = {
    "quotation": "italic yellow",
    "place": "magenta",
    "time": "green",
    "figure": "bright_blue",
    "actor": "bold cyan",
    "act": "bold red",
}  # later ones are laid over earlier ones
WIDE = 110  # columns from which a table of events has room for the source
CONTROLS = dict.fromkeys((*range(9), *range(11, 32), *range(127, 160)), "�")  # would steer the terminal
DAYS = ("first_seen", "last_seen", "undone", "day", "period", "formed", "first_day", "last_day", "since", "until")
WHOLE = {"actor_id": 24, **dict.fromkeys(DAYS, 10)}  # columns not cut short
SHOWN_ROWS = 200  # of the answer to a query
SHOWN_CONTEXTS = 2  # of an event, the likeliest; the record has all


def console() -> Console:
    """Standard output; plain, and as wide as COLUMNS says or 100, where it is no terminal."""
    plain = not sys.stdout.isatty()
    return Console(highlight=False, width=None if not plain else columns_of_environment(), soft_wrap=False)


def columns_of_environment() -> int:
    """The width a pipe is given: COLUMNS, or 100."""
    given = os.environ.get("COLUMNS", "")
    return int(given) if given.isdigit() and int(given) > 20 else 100


def coding_view(coding: Coding, width: int, coloured: bool = True) -> Group:
    """A report with its spans marked and a legend, then its record as tables; `width` in columns."""
    legend = Text("   ").join(Text(name, style=style) for name, style in STYLES.items()).append("\n")
    tables = [t for t in (events_table(coding.events, width), *small_tables(coding)) if t is not None]
    nothing = [] if tables else [Text("Nothing coded.", style="dim")]
    parts = [heading(coding.report), Text(), marked(coding), Text(), *([legend] if coloured else [])]
    return Group(*parts, *tables, *nothing)


def heading(report: Report) -> Text:
    """What is known of the report itself, on one line."""
    published = report.published.isoformat() if report.published else "no date"
    known = [report.id, published, report.source, report.agency, report.dateline, report.path]
    return Text(" · ".join(part for part in known if part), style="dim")


def marked(coding: Coding) -> Text:
    """The text of the report with every span that a record points to in the style of its kind."""
    text = Text(coding.report.text.translate(CONTROLS))
    spans = sorted(spans_of(coding), key=lambda span: list(STYLES).index(span[0]))
    for kind, start, end in spans:
        text.stylize(STYLES[kind], start, end)
    if coding.report.title:
        text.stylize("bold underline", 0, len(coding.report.title))
    return text


def spans_of(coding: Coding) -> Iterator[tuple[str, int, int]]:
    """(kind, start, end) of every span the records point to."""
    for event in coding.events:
        people = (*event.actors, *event.recipients, event.attribution, event.claimed_by)
        yield from (("actor", m.start, m.end) for m in people if m)
        yield from (("act", m.start, m.end) for m in event.mentions)
        if event.interval:
            yield "time", event.interval.start, event.interval.end
        if event.place:
            yield "place", event.place.start, event.place.end
    for quote in coding.quotes:
        yield "quotation", quote.start, quote.end
        if quote.speaker:
            yield "actor", quote.speaker.start, quote.speaker.end
    yield from (("figure", figure.start, figure.end) for figure in coding.figures)


def new_table(title: str, names: Sequence[str], stretch: Sequence[int]) -> Table:
    """A table without vertical lines; `stretch` are the relative widths of columns, 0 for as wide as the words."""
    table = Table(
        title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False, expand=True
    )
    for name, ratio in zip(names, stretch, strict=True):
        table.add_column(name, ratio=ratio or None, no_wrap=not ratio, overflow="fold")
    return table


def events_table(events: Sequence[Event], width: int) -> Table | None:
    """Who did what to whom, when, where and, where there is room, according to whom."""
    if not events:
        return None
    wide = width >= WIDE
    names = ("who", "did what", "to whom", "when", "where", *(("according to",) if wide else ()), "conf.")
    table = new_table("Events", names, (6, 0, 6, 0, 4, 4, 0) if wide else (6, 0, 6, 0, 5, 0))
    for event in events:
        who, source = parties(event.actors), cited(event, "" if wide else "according to ")
        if not wide and source:
            who = Text("\n").join([who, source])
        cells = [who, act(event), parties(event.recipients), when(event.interval), where(event.place)]
        table.add_row(*cells, *([source] if wide else []), Text(f"{event.confidence:.2f}", style="dim"))
        table.add_section()
    return table


def act(event: Event) -> Text:
    """The type of an event, its mode and status, the word that tells it, and what it is about."""
    quality = [event.mode, event.status if event.status != "occurred" else None]
    lines = [Text(event.type, style="bold red"), *(Text(word) for word in quality if word)]
    if event.mentions:
        lines.append(Text(f"“{shortened(event.mentions[0].trigger, 16)}”", style="dim"))
    lines += [Text(context, style="dim magenta") for context in event.contexts[:SHOWN_CONTEXTS]]
    return Text("\n").join(lines)


def parties(mentions: Iterable[ActorMention]) -> Text:
    """The names of one side, each with country and sector."""
    return Text("\n").join(
        Text.assemble((m.actor.name, "cyan"), (f" {m.actor.country or '–'} {m.actor.sector}", "dim")) for m in mentions
    )


def when(interval: Interval | None) -> Text:
    """A date as the coding guide writes it."""
    return Text(interval.iso(), style="green") if interval else Text("–", style="dim")


def where(place: Place | None) -> Text:
    """The name of a place and its country."""
    if place is None:
        return Text("–", style="dim")
    return Text.assemble((place.name or place.text, "magenta"), (f" {place.country or '–'}", "dim"))


def cited(event: Event, lead: str) -> Text | None:
    """Whom the report cites, after the words `lead`, and who claimed the act."""
    lines = [lead + event.attribution.text] if event.attribution else []
    lines += [f"claimed by {event.claimed_by.actor.name}"] if event.claimed_by else []
    return Text("\n".join(lines), style="italic dim") if lines else None


def small_tables(coding: Coding) -> Iterator[Table | None]:
    """The tables of quotations, figures and stances; None for an empty one."""
    yield filled("Quotes", ("speaker", "said", "as", "via"), (3, 8, 3, 3), map(quote_cells, coding.quotes))
    names = ("count", "of", "by", "against", "where", "when", "source")
    yield filled("Figures", names, (4, 0, 3, 3, 3, 0, 3), map(figure_cells, coding.figures))
    yield filled("Stances", ("holder", "position", "toward", "issue"), (3, 0, 3, 5), map(stance_cells, coding.stances))


def filled(
    title: str, names: Sequence[str], stretch: Sequence[int], rows: Iterable[Sequence[str | None]]
) -> Table | None:
    """A table of those rows without the columns that are empty in all of them; None without rows."""
    found = list(rows)
    used = [n for n in range(len(names)) if any(row[n] for row in found)]
    table = new_table(title, [names[n] for n in used], [stretch[n] for n in used])
    for row in found:
        table.add_row(*(row[n] or "–" for n in used))
    return table if found else None


def quote_cells(quote: Quote) -> Sequence[str | None]:
    """A row of the table of quotations."""
    speaker = quote.speaker.actor.name if quote.speaker else None
    return speaker, f"“{shortened(quote.text, 240)}”", quote.cue, quote.via


def figure_cells(figure: Figure) -> Sequence[str | None]:
    """A row of the table of figures."""
    value = figure.value if isinstance(figure.value, str) else f"{figure.value:,}"
    if figure.bound not in {None, "range"} and not value.lower().startswith(("more than", "less than")):
        value = f"{figure.bound} {value}"
    return f"{value} {figure.unit}", figure.what, figure.by, figure.against, figure.place, figure.period, figure.source


def stance_cells(stance: Stance) -> Sequence[str | None]:
    """A row of the table of stances."""
    return stance.holder, stance.position, stance.toward, stance.issue


def shortened(words: str, limit: int) -> str:
    """The words on one line of at most `limit` characters."""
    words = " ".join(words.split())
    return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"


def rows_view(names: Sequence[str], rows: Iterable[Sequence[Any]]) -> RenderableType:
    """The answer to a query as a table."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for name in names:
        table.add_column(name, overflow="fold", min_width=WHOLE.get(name))
    for row in rows:
        table.add_row(*("" if cell is None else Text(str(cell).translate(CONTROLS)) for cell in row))
    return table


def print_table(answer: pa.Table) -> None:
    """The first rows of an answer, up to 200, as a table."""
    columns = [column.to_pylist() for column in answer.slice(0, SHOWN_ROWS).columns]
    console().print(rows_view(answer.column_names, zip(*columns, strict=True)))


def print_csv(answer: pa.Table) -> None:
    """All rows as comma-separated values below a line of column names."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(answer.column_names)
    for batch in answer.to_batches(max_chunksize=10_000):
        writer.writerows(zip(*(column.to_pylist() for column in batch.columns), strict=True))


def print_json(answer: pa.Table) -> None:
    """All rows as a JSON list, an object a line; days and times in ISO form."""
    print("[")
    for number, row in enumerate(answer.to_pylist(), 1):
        print(json.dumps(row, ensure_ascii=False, default=str) + ("," if number < answer.num_rows else ""))
    print("]")


def types_view(types: Iterable[EventType]) -> RenderableType:
    """The codebook: a row a type."""
    table = new_table("", ("type", "class", "score", "sense"), (0, 0, 0, 1))
    table.title = None
    for kind in types:
        table.add_row(Text(kind.name, style="bold red"), QUADS[kind.quad], f"{kind.score:g}", kind.definition)
    return table


def type_view(kind: EventType) -> RenderableType:
    """One type: what it means, an example, and its modes."""
    place = f"{QUADS[kind.quad]}, score {kind.score:g}; CAMEO {', '.join(kind.cameo)}; PLV {kind.plv}"
    words = [Text(kind.name, style="bold red"), Text(place, style="dim"), Text(), Text(kind.definition)]
    words += [Text(f"“{kind.example}”", style="italic"), Text()]
    scores = (mode.score if mode.score is not None else kind.score for mode in kind.modes)
    cells = ((mode.name, f"{score:g}", mode.definition) for mode, score in zip(kind.modes, scores, strict=True))
    modes = filled("Modes", ("mode", "score", "how"), (0, 0, 1), cells)
    return Group(*words, *([modes] if modes else []))


def figures_view(found: Sequence[Figures]) -> RenderableType:
    """A cross-validation: the figures of each fold, and their means."""
    table = Table("fold", "pairs", "right type", "macro-F1", "right status", box=box.SIMPLE)
    for number, one in enumerate(found, 1):
        table.add_row(str(number), f"{one.pairs:,}", *(f"{v:.3f}" for v in (one.accuracy, one.macro_f1, one.status)))
    means = (sum(getattr(one, name) for one in found) / len(found) for name in ("accuracy", "macro_f1", "status"))
    table.add_row("mean", "", *(f"{mean:.3f}" for mean in means), style="bold")
    return table
